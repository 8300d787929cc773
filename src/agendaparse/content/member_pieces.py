"""The stretches of a front sheet's lines: what stands in one column, and what stands over all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from agendaparse.content.body import BodyLine
from agendaparse.content.name_lists import TITLED
from agendaparse.content.segments import chunks_of
from agendaparse.content.text import plain
from agendaparse.layout.lines import Line
from agendaparse.layout.words import Word

_NARROW = 0.4  # of the font size, wider than a space, before a column that other lines begin
_INDENT = 40.0  # points: what begins further right on both sides stands in the middle
_AXIS = 4.0  # points within which the sums of the edges of centred lines agree
_SEVERAL = 2  # of one kind are no accident
_COLUMN = 10.0  # points within which the texts of a column begin


class Piece(NamedTuple):
    """A stretch of a line without a wide gap, or several lines of a list joined."""

    pdf_page: int
    x: float
    top: float
    size: float
    text: str
    centred: bool = False  # alone in the middle of the page: a heading over all columns
    has_value: bool = False  # something stands right of it, on its line
    low: float = 0.0  # the top of its last line, where it has several

    @property
    def lowest(self) -> float:
        """The top of its last line."""
        return self.low or self.top


def find_pieces(lines: Iterable[BodyLine]) -> list[Piece]:
    """The stretches of the lines; a line in the middle of the page is over all columns.

    >>> find_pieces([])
    []
    """
    found: list[Piece] = []
    placed = list(lines)
    left = min((b.line.box.x0 for b in placed), default=0.0)
    right = max((b.line.box.x1 for b in placed), default=0.0)
    parted = [chunks_of(here.line) for here in placed]
    starts = Counter(round(words[0].x0) for chunks in parted for words in chunks if words[0].x0 > left + _INDENT)
    axes = _axes(b for b, chunks in zip(placed, parted, strict=True) if len(chunks) == 1)
    columns = frozenset(x for x, n in starts.items() if n >= _SEVERAL)
    for here, gaps in zip(placed, parted, strict=True):
        chunks = [part for words in gaps for part in _cut_at(words, columns)]
        box = here.line.box
        centred = (
            len(chunks) == 1
            and here.cell is None
            and box.x0 > left + _INDENT
            and (abs(box.x0 + box.x1 - left - right) < _INDENT or round((box.x0 + box.x1) / _AXIS) in axes)
        )
        for n, words in enumerate(chunks):
            line = Line(tuple(words))
            text, has_value = plain(line.text), len(chunks) > n + 1
            if n and (text[0] == "-" or found[-1].text.endswith(" -")):  # "Cllr Moss  -  Pier Ward"
                found[-1] = found[-1]._replace(text=f"{found[-1].text.rstrip(' -')} - {text.lstrip(' -')}".rstrip())
            else:
                found.append(Piece(here.pdf_page, words[0].x0, box.top, line.size, text, centred, has_value))
    return found


def _axes(lines: Iterable[BodyLine]) -> set[int]:
    """Twice where lines that begin at different places have their middle: they are centred, wherever the page ends."""
    found: dict[int, set[int]] = {}
    for here in lines:
        found.setdefault(round((here.line.box.x0 + here.line.box.x1) / _AXIS), set()).add(round(here.line.box.x0))
    return {axis for axis, starts in found.items() if len(starts) > _SEVERAL}


def _cut_at(words: list[Word], columns: frozenset[int]) -> Iterator[list[Word]]:
    """The words, parted where a column of the page begins: a long name leaves little room before the next."""
    cuts = [
        k for k, (a, b) in enumerate(pairwise(words), 1) if round(b.x0) in columns and b.x0 - a.x1 > _NARROW * a.size
    ]
    yield from (words[a:b] for a, b in pairwise((0, *cuts, len(words))))


def without_affiliations(pieces: Sequence[Piece], tells: Callable[[str], bool]) -> list[Piece]:
    """The pieces without a second column that says whom the people in the first represent.

    There the first column's people have titles, and nobody in the second has one; ``tells`` knows an office or heading.

    >>> without_affiliations([], bool)
    []
    """
    rows = [list(row) for _, row in groupby(pieces, key=lambda p: (p.pdf_page, p.top))]
    titled = [row for row in rows if len(row) == 2 and TITLED.match(row[0].text) is not None]  # noqa: PLR2004
    columns = Counter(round(row[1].x) for row in titled)
    x, n = max(columns.items(), key=lambda c: c[1], default=(0, 0))
    beside = [p for row in rows for p in row[1:] if abs(p.x - x) < _COLUMN]
    if n <= _SEVERAL or 2 * n < len(beside) or any(TITLED.match(p.text) or p.text.endswith(":") for p in beside):
        return list(pieces)
    gone = {id(p) for p in beside if not tells(p.text)}
    return [p for p in pieces if id(p) not in gone]
