"""The heading over a table, and what else stands above and below it on its page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from agendaparse.content.headers import names_time
from agendaparse.content.kinds import is_slide
from agendaparse.content.text import plain
from agendaparse.content.vocabulary import REMEMBERED, mark_words
from agendaparse.layout.blocks import Block
from agendaparse.layout.chunks import is_figure
from agendaparse.layout.lines import Line
from agendaparse.layout.pages import Page
from agendaparse.records import Box

_LARGE = 1.15  # of the size of most of the page's text: a heading
_TITLE_GAP = 2.2  # of the font size: lines of one title stand no further apart
_WIDE = 3.0  # of the font size: a gap in a line between two headings
_LONGEST_LABEL = 24  # letters of a time below a chart
_LONGEST_STATUS = 40  # letters of words for a colour with their arrow
_NEAR = 40.0  # points: an unmarked line this near above a table may be its title
_HIGHER = 80.0  # points: a heading above a plain line is the title still
_SENTENCE = 16  # words
_LONGEST_TITLE = 28  # words
_CAPTION = re.compile(r"(?:table|figure|fig\.?|chart)\s*:?\s*\d", re.IGNORECASE)
_SAME_PLACE = 4.0  # points: a running header or footer stands where it stood on the page before
_HEAD_LINES = 6
_BAR = 3.0  # of the height of a title: the bar on which it is set is no higher
_FOOTNOTES = 2  # lines that may stand under a table that goes on overleaf


@dataclass(frozen=True)
class Bar:
    """The line on which a table's title stands: what is printed behind the title, and how far the line reaches."""

    behind: tuple[Line, ...]
    box: Box


def meets(a: Box, b: Box) -> bool:
    """Whether two areas share more than an edge.

    >>> meets(Box(0, 0, 10, 10), Box(10, 0, 20, 10)), meets(Box(0, 0, 10, 10), Box(5, 5, 20, 20))
    (False, True)
    """
    if a[0] >= b[2] or b[0] >= a[2] or a[1] >= b[3] or b[1] >= a[3]:  # most do not even touch
        return False
    wide = min(a.x1, b.x1) - max(a.x0, b.x0)
    high = min(a.bottom, b.bottom) - max(a.top, b.top)
    return wide > 0 and high > 0 and wide * high > 0.1 * min(a.width * a.height, b.width * b.height)


def find_titles(page: Page, blocks: Sequence[Block]) -> list[tuple[str | None, tuple[str, ...], Bar | None]]:
    """The heading of each block of a page, all lines above it, and the line on which the heading stands.

    It stands right above; or, over an introduction, it is a slide's title, or else the nearest group of bold or large
    lines. What stands in other tables is no heading.
    """
    body = _body_size(page, blocks) if blocks else 0.0
    return [_title(page, block, [b for b in blocks if b is not block], body) for block in blocks]


def _title(
    page: Page, block: Block, others: Sequence[Block], body: float
) -> tuple[str | None, tuple[str, ...], Bar | None]:
    lines = _lines_above(page, block, others)
    marked = [_is_bold(line) or line.size > _LARGE * body or _CAPTION.match(line.text) is not None for line in lines]
    at = _nearest(lines, marked, block)
    aside = _nearest_aside(lines, marked, block, others)
    at = aside if aside is not None and (at is None or at < aside) else at
    if (at is None or _gap(lines[at], block) > _NEAR) and is_slide(page):
        own = _slide_title(lines, body)
        at = at if own is None else own
    text = " ".join(line.text for line in _group(lines, at)) if at is not None else ""
    above = tuple(line.text for line in lines)
    if at is None or not 0 < len(text.split()) <= _LONGEST_TITLE:
        return None, above, None
    return text, above, _bar(page, lines[at])


def _bar(page: Page, title: Line) -> Bar | None:
    """What stands behind a title on its line, and how far the bar reaches on which it is set; None without either."""
    x0, top, x1, bottom = title.box
    middle = (top + bottom) / 2
    level = [line for line in page.lines if line.box.top < middle < line.box.bottom and not line.angle]
    pieces = [Line(part) for line in level for part in line.parted(_WIDE)]
    behind = sorted([p for p in pieces if p.box.x0 >= x1], key=lambda p: p.box.x0)
    over = [s.box for s in page.shapes if s.kind == "rect" and s.box.top <= top + 2 and bottom - 2 <= s.box.bottom]
    bars = [b.x1 for b in over if b.x0 <= x0 and x1 <= b.x1 and b.height < _BAR * title.box.height]
    end = min(bars, default=x1)
    return Bar(tuple(behind), Box(x1, top, end, bottom)) if behind or end > x1 else None


def _lines_above(page: Page, block: Block, others: Sequence[Block]) -> list[Line]:
    lines = [line for line in page.lines if line.angle == 0 and line.box.bottom <= block.box.top + 2]
    lines = [part for line in lines if not _are_labels(line) for part in _cut(line, block)]
    lines = [line for line in lines if not is_status(line.text) and not any(meets(line.box, o.box) for o in others)]
    return sorted(lines, key=lambda line: line.box.top)


def _cut(line: Line, block: Block) -> list[Line]:
    """A line, or what of it stands over the block: the headings of tables beside each other share a line."""
    if line.widest <= _WIDE:  # most lines
        return [line]
    pieces = [Line(part) for part in line.parted(_WIDE)]
    over = [p for p in pieces if p.box.x0 < block.box.x1 and p.box.x1 > block.box.x0]
    return over or [line]


def headlines(page: Page) -> tuple[str, ...]:
    """The large lines at the head of a page, from the top: they may name the time of the tables behind.

    >>> headlines(page)  # doctest: +SKIP
    ('Corporate performance report', 'Quarter 3, 2024/25')
    """
    return page.remembered(_headlines)


def _headlines(page: Page) -> tuple[str, ...]:
    body = _body_size(page, ())
    head = [line for line in page.lines if line.angle == 0][:_HEAD_LINES]
    return tuple(line.text for line in head if line.size > _LARGE * body)


def _body_size(page: Page, blocks: Sequence[Block]) -> float:
    """The size of most letters outside the tables; of all letters where nothing else stands on the page."""
    outside = [line for line in page.lines if not any(meets(line.box, b.box) for b in blocks)]
    for own in (outside, page.lines):
        letters: Counter[float] = Counter()
        for line in own:
            if line.angle == 0 and not line.bold:
                letters[round(line.size, 1)] += len(line.text)
        if letters:
            return letters.most_common(1)[0][0]
    return 0.0


def _nearest(lines: Sequence[Line], marked: Sequence[bool], block: Block) -> int | None:
    """The nearest heading above; a plain line only where it stands close to the table and is no sentence.

    A plain line under a heading, such as a link or a date at the right, is none.
    """
    plain_line = None
    for i in reversed(range(len(lines))):
        if not _over(lines[i].box, block.box):
            continue
        near = _gap(lines[i], block) < _NEAR and not _is_sentence(lines[i])
        if marked[i] and (plain_line is None or _gap(lines[i], block) < _HIGHER):
            return i
        if near and plain_line is None:
            plain_line = i
        elif not near:
            break
    if plain_line is not None:
        return plain_line
    return next((i for i in reversed(range(len(lines))) if marked[i] and _over(lines[i].box, block.box)), None)


def _nearest_aside(lines: Sequence[Line], marked: Sequence[bool], block: Block, others: Sequence[Block]) -> int | None:
    """A heading at the margin, right above a table that is centred and begins where the heading has ended."""
    if any(b.box.top < block.box.bottom and b.box.bottom > block.box.top for b in others):
        return None  # it may be of the table beside
    at = next((i for i in reversed(range(len(lines))) if marked[i]), None)
    return at if at is not None and _gap(lines[at], block) < _NEAR and lines[at].box.x0 < block.box.x0 else None


@lru_cache(maxsize=REMEMBERED)
def is_status(text: str) -> bool:
    """Whether a text says a colour or a direction and nothing else.

    >>> is_status("▲ AMBER"), is_status("Green spaces")
    (True, False)
    """
    if len(text) > _LONGEST_STATUS:  # most lines
        return False
    said = without_arrows(text).casefold().strip(" .:;()")
    return not said or said in mark_words("rag") or all(ch in mark_words("colored") for ch in said)


def without_arrows(text: str) -> str:
    """A text with spaces for its arrows and other signs of a direction.

    >>> without_arrows("AMBER ▲")
    'AMBER  '
    """
    signs = mark_words("direction")
    return "".join(" " if ch in signs and not ch.isalpha() else ch for ch in text)


def _are_labels(line: Line) -> bool:
    """Whether a line is of times and figures beside each other, as under a chart."""
    parts = [" ".join(w.text for w in part) for part in line.parted(1.0)]
    told = all(len(t) <= _LONGEST_LABEL and (is_figure(t) or names_time(t)) for t in parts)
    return told and (len(parts) > 1 or is_figure(parts[0]))


def _is_bold(line: Line) -> bool:
    """Whether a line is bold as headings are, and not only in its label: "**Good performance:** lower"."""
    return line.bold and (":" not in line.text or all(w.bold for w in line.words if w.text.isalnum()))


def _is_sentence(line: Line) -> bool:
    return line.text.rstrip().endswith((".", ";")) or len(line.words) > _SENTENCE


def _over(line: Box, block: Box) -> bool:
    return line.x0 < block.x1 and line.x1 > block.x0


def _gap(line: Line, block: Block) -> float:
    return block.box.top - line.box.bottom


def _slide_title(lines: Sequence[Line], body: float) -> int | None:
    """The last line of the largest print."""
    largest = max((line.size for line in lines), default=0.0)
    if largest <= _LARGE * body:
        return None
    return max(i for i, line in enumerate(lines) if line.size > largest - 1)


def _group(lines: Sequence[Line], at: int) -> list[Line]:
    """The lines of one heading, of which the last is given."""
    group = [lines[at]]
    for line in reversed(lines[:at]):
        gap = group[0].box.top - line.box.top
        alike = line.bold == group[0].bold and abs(line.size - group[0].size) < 1
        if gap >= _TITLE_GAP * group[0].size or not alike:
            break
        group.insert(0, line)
    return group


def stands_alone(page: Page, block: Block, before: Page, title: str | None) -> bool:
    """Whether a text of its own stands over the first table of a page, so that it goes on with no other.

    What stood in the same place on the page before is a running header; the title of the table printed again, with
    "(continued)" or without, parts nothing.
    """
    lines = [line for line in _lines_above(page, block, ()) if not _is_repeated(line, before)]
    text = bare_title(" ".join(line.text for line in lines))
    return bool(text) and text != bare_title(title or "")


def is_last(page: Page, block: Block, after: Page) -> bool:
    """Whether nothing but footnotes and a running footer stands under a block."""
    lines = [line for line in page.lines if line.angle == 0 and line.box.top >= block.box.bottom - 2]
    return sum(not _is_repeated(line, after) for line in lines) <= _FOOTNOTES


def _is_repeated(line: Line, other: Page) -> bool:
    text = re.sub(r"\d+", "", line.text)
    if not text.strip(" -|/."):
        return True  # a page's own number
    return any(abs(o.box.top - line.box.top) < _SAME_PLACE and re.sub(r"\d+", "", o.text) == text for o in other.lines)


def bare_title(text: str) -> str:
    """The words of a title without "(continued)", lower case.

    >>> bare_title("Visits (cont'd)") == bare_title("Visits")
    True
    """
    text = re.sub(r"\(?\b(?:continued|cont'd|contd?\.?)\)?", "", plain(text).casefold())
    return " ".join(re.findall(r"\w+", text))
