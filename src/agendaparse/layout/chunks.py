"""Words -> chunks: what stands together in one row of print, and which of it are figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product

from agendaparse.layout.pages import Page
from agendaparse.layout.words import Word
from agendaparse.records import Box

_NUMBER = r"[-+–−]?\s?[£$€]?\s?[-–]?\d[\d,]*(?:\.\d+)?\s?(?:%|k|m|bn|pp)?"
_SIGN = r"[-–—]{1,2}|n/?a|\*|[↑↓→▲▼►]"
_TIME = r"\d{1,3}:[0-5]\d(?::[0-5]\d)?|\d+\s?(?:h|hrs?|hours?|m|mins?)\s\d+\s?(?:m|mins?|s|secs?)"
_FIGURE = re.compile(  # 12, 12 (45%), 3/4; but "£000" is what the figures below it count in
    rf"(?!(?:19|20)\d\d\s?/|£\s?000$)(?:[↑↓→▲▼►]\s?)?[<>≤≥~]?\s?{_NUMBER}[*^†¹²³⁴⁵⁶⁷⁸⁹⁰]*(?:\s?[(\[/]\s?(?:n\s?=\s?)?{_NUMBER}\s?[)\]]?)?"
    rf"|[(\[]\s?{_NUMBER}\s?[)\]]"
    rf"|{_SIGN}|{_TIME}",
    re.IGNORECASE,
)
_NOT_GIVEN = re.compile(r"[cxz:]|\[[a-z]{1,4}\]|\.{2,3}")  # as the statistics of the government print them
_ARROWS = frozenset("↑↓→▲▼►")
_ONE_SIGN = re.compile(_SIGN, re.IGNORECASE)
_FIRST = frozenset("<>≤≥~-+–−—£$€([*↑↓→▲▼►0123456789")  # of the word with which a figure begins
NOT_GIVEN = frozenset("".join(letters) for letters in product("nN", ("/", ""), "aA"))
_TWO_DIGITS = re.compile(r"[0-4]\d(?:/[0-4]\d)?")
_BREAKS = ("-", "–", "/")
_LEAST_TIMES = 2
# Shares of the font size.
_GAP = 1.0  # a wider gap parts two chunks of words
_FIGURE_GAP = 0.28  # two figures beside each other are two chunks
_BRACKET_GAP = 0.7  # "12 (45%)" and "▲ 2" are one


@dataclass(frozen=True)
class Chunk:
    """Words of one row without a wide gap between them."""

    words: tuple[Word, ...]

    @cached_property
    def x0(self) -> float:
        """Its left edge."""
        return self.words[0].x0

    @cached_property
    def x1(self) -> float:
        """Its right edge."""
        return max([w.x1 for w in self.words])

    @cached_property
    def text(self) -> str:
        """Its words with single spaces between."""
        return " ".join([w.text for w in self.words])

    @cached_property
    def is_figure(self) -> bool:
        """Whether it prints a figure, or a sign for none, and nothing else."""
        return is_figure(self.text)

    @property
    def box(self) -> Box:
        """The box around its words."""
        return Box(self.x0, min(w.top for w in self.words), self.x1, max(w.bottom for w in self.words))


@dataclass(frozen=True)
class Row:
    """One row of print."""

    chunks: tuple[Chunk, ...]

    @cached_property
    def top(self) -> float:
        """The upper edge of its highest word."""
        return min(w.top for c in self.chunks for w in c.words)

    @cached_property
    def bottom(self) -> float:
        """The lower edge of its lowest word."""
        return max(w.bottom for c in self.chunks for w in c.words)

    @cached_property
    def size(self) -> float:
        """Its largest font size."""
        return max(w.size for c in self.chunks for w in c.words)

    @property
    def middle(self) -> float:
        """The y of its middle."""
        return (self.top + self.bottom) / 2

    @cached_property
    def figures(self) -> tuple[Chunk, ...]:
        """Its chunks that are figures; beside one, letters and dots that stand for figures not given count too."""
        found = tuple(c for c in self.chunks if c.is_figure)
        if not found or len(found) > len(self.chunks) - 2:  # a name, and nothing else
            return found
        return tuple(c for c in self.chunks if c.is_figure or _NOT_GIVEN.fullmatch(c.text))

    @property
    def words(self) -> list[Word]:
        """All its words."""
        return [w for c in self.chunks for w in c.words]


def is_figure(text: str) -> bool:
    """Whether a text is a figure as tables print them, or a sign that stands in place of one.

    >>> is_figure("12 (45%)"), is_figure("n/a"), is_figure("Dec-24"), is_figure("2023/24")
    (True, True, False, False)
    """
    return _FIGURE.fullmatch(text) is not None


def is_sign(text: str) -> bool:
    """Whether a text stands in place of a figure.

    >>> is_sign("-"), is_sign("0")
    (True, False)
    """
    return _ONE_SIGN.fullmatch(text) is not None


def ends_times(above: Sequence[Row], row: Row) -> bool:
    """Whether a row of two digits each ends the times of the rows above, broken by narrow columns: "May-" over "25".

    Without a dash or a stroke there, it must be of one year, or of two that follow each other, under words alone.

    >>> ends_times(above, row)  # "Apr", "May", "Jun" over "24", "24", "24"  # doctest: +SKIP
    True
    """
    years = [c.text.strip("'’") for c in row.chunks if c.is_figure]
    if not years or not all(map(_TWO_DIGITS.fullmatch, years)):
        return False
    near = [c for r in above[-_LEAST_TIMES:] if row.top - r.bottom < row.size for c in r.chunks]
    over = [[c for c in near if c.x0 < y.x1 and c.x1 > y.x0] for y in row.chunks if y.is_figure]
    if not all(len(found) == 1 and not found[0].is_figure for found in over):
        return False
    broken = all(found[0].text.endswith(_BREAKS) for found in over)
    if broken:
        return True
    one = years == sorted(years) and int(years[-1][:2]) - int(years[0][:2]) <= 1 and len(years) > len(set(years))
    return one and len(years) >= _LEAST_TIMES and row.chunks[0].is_figure


def count_figures(row: Sequence[Word]) -> int:
    """How many figures a row of print holds, apart from each other; none is counted where it can be one at most.

    >>> count_figures(next(iter(page.rows)))  # doctest: +SKIP
    0
    """
    begun = sum([w.text[0] in _FIRST or w.text in NOT_GIVEN for w in row])
    return sum(is_figure(chunk.text) for chunk in _cut(row)) if begun > 1 else 0


def find_chunks(rows: Iterable[Sequence[Word]]) -> list[Row]:
    """Rows of print, each cut at its wide gaps."""
    return [Row(tuple(_cut(row))) for row in rows]


def page_rows(page: Page) -> tuple[Row, ...]:
    """The rows of print of a page in chunks, found once: regions, figures and a second opinion ask for them."""
    return page.remembered(_rows)


def _rows(page: Page) -> tuple[Row, ...]:
    return tuple(find_chunks(page.rows))


def recut(row: Row, gap: float) -> list[Chunk]:
    """The chunks of a row, cut again where words stand further apart than this share of their size."""
    found = []
    for chunk in row.chunks:
        parts = [[chunk.words[0]]]
        for left, right in pairwise(chunk.words):
            if right.x0 - left.x1 > gap * max(left.size, right.size):
                parts.append([])
            parts[-1].append(right)
        found += [Chunk(tuple(part)) for part in parts]
    return found


def _cut(words: Sequence[Word]) -> list[Chunk]:
    first, chunks = 0, []
    for i, (left, right) in enumerate(pairwise(words), 1):
        gap, size = right.x0 - left.x1, max(right.size, left.size)
        # only between these two gaps does it matter whether the words are figures
        if gap > size * _FIGURE_GAP and (gap > size * _GAP or gap > _widest(left, right, size)):
            chunks.append(Chunk(tuple(words[first:i])))
            first = i
    return [*chunks, Chunk(tuple(words[first:]))]


def _widest(left: Word, right: Word, size: float) -> float:
    """How far the second word may stand off and still be of the first one's chunk."""
    if is_figure(left.text) and is_figure(right.text) and right.text != "%":
        joined = right.text.startswith(("(", "[")) or left.text in _ARROWS
        return size * (_BRACKET_GAP if joined else _FIGURE_GAP)
    return size * _GAP


def within(rows: Iterable[Row], x0: float, x1: float) -> list[Row]:
    """What of the rows stands between two x, by the middles of the chunks."""
    kept = (tuple(c for c in row.chunks if x0 <= (c.x0 + c.x1) / 2 < x1) for row in rows)
    return [Row(chunks) for chunks in kept if chunks]
