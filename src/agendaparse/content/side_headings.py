"""Headings in a column of their own, left of the text that they head: they are put above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from agendaparse.content.body import BodyLine
from agendaparse.content.text import plain
from agendaparse.layout.lines import Line

_APART = 80.0  # points from the headings to the text
_GAP = 0.8  # of the font size, at least, between the two
_NEAR = 2.0  # points within which the lines of the text begin
_STEP = 1.45  # of the font size, from line to line of one heading
_LEAST = 2  # headings
_MOST = 0.85  # of the lines from the first heading to the last line of the column begin in it
_LINES = 1.35  # to a line of headings, at least: labels have their value on one


def with_headings_above(lines: Sequence[BodyLine], is_label: Callable[[str], bool]) -> list[BodyLine]:
    """The lines, where bold headings stand left of a column of text each followed by what it heads.

    ``is_label`` knows the labels of a cover: where they stand so, it is a form, and stays as it is.

    >>> with_headings_above([], bool)
    []
    """
    column = _column(lines)
    if column is None:
        return list(lines)
    first, last = column.first, column.last
    while last + 1 < len(lines) and _is_near(lines[last], lines[last + 1]) and column.left(lines[last + 1]) is not None:
        last += 1  # a heading that is longer than its text
    told = [plain(left.text) for b in lines[first : last + 1] if (left := column.left(b)) is not None]
    own = sum(b.line.box.x0 > column.x - _NEAR or column.left(b) is not None for b in lines[first : last + 1])
    headings = sum(not text.endswith(":") for text in told)  # "Present:" keeps its value beside it
    many = own >= _MOST * (last + 1 - first) and own >= _LINES * headings
    if not many or any(is_label(text.rstrip(":")) for text in told):
        return list(lines)
    return [*lines[:first], *_reordered(lines[first : last + 1], column), *lines[last + 1 :]]


class _Column:
    """Where the text begins beside its headings, and the lines over which it goes."""

    def __init__(self, x: float, first: int, last: int) -> None:
        self.x, self.first, self.last = x, first, last

    def left(self, here: BodyLine) -> Line | None:
        """The words of a heading on a line: bold, and left of the column."""
        words = tuple(w for w in here.line.words if w.x1 < self.x)
        return Line(words) if here.cell is None and words and all(w.bold for w in words) else None


def _column(lines: Sequence[BodyLine]) -> _Column | None:
    """The column of text beside which most bold words stand at the margin; None where fewer than two do."""
    free = [k for k, b in enumerate(lines) if b.cell is None and b.line.words[0].bold]
    starts: dict[int, float] = {}
    for k in free:
        words = lines[k].line.words
        if not words[-1].bold or words[-1].x0 - words[0].x0 > _APART:
            at = next(
                (i for i in range(1, len(words)) if _begins_column(words[i - 1].x1, words[i].x0, words[i].size)), 0
            )
            if at and words[at].x0 - words[0].x0 > _APART and all(w.bold for w in words[:at]):
                starts[k] = words[at].x0
    counts = Counter(round(x) for x in starts.values())
    x, n = max(counts.items(), key=lambda c: c[1], default=(0, 0))
    beside = [k for k in free if _stands_beside(lines[k], x)]
    under = [k for k, b in enumerate(lines) if abs(b.line.box.x0 - x) < _NEAR]
    return _Column(x, beside[0], max(under[-1], beside[-1])) if n >= _LEAST and under else None


def _stands_beside(here: BodyLine, x: float) -> bool:
    """Whether bold words left of a column stand beside a text that begins in it."""
    at = next((i for i, w in enumerate(here.line.words) if abs(w.x0 - x) < _NEAR), 0)
    return at > 0 and all(w.bold and w.x1 < x for w in here.line.words[:at])


def _begins_column(end: float, start: float, size: float) -> bool:
    return start - end > _GAP * size


def _reordered(lines: Sequence[BodyLine], column: _Column) -> Iterator[BodyLine]:
    headings: list[BodyLine] = []
    texts: list[BodyLine] = []
    for here in lines:
        left = column.left(here)
        if left is not None and left.text.endswith(":") and not headings:
            left = None  # "Present:" has its value beside it
        near = bool(headings) and _is_near(headings[-1], here)
        if headings and not near:
            yield from (_joined(headings), *texts)
            headings, texts = [], []
        if left is not None:
            headings.append(here._replace(line=left, text=plain(left.text)))
            words = here.line.words[len(left.words) :]
            texts += [here._replace(line=Line(words), text=plain(Line(words).text))] if words else []
        elif headings:
            texts.append(here)
        else:
            yield here
    yield from (_joined(headings), *texts) if headings else ()


def _joined(headings: Sequence[BodyLine]) -> BodyLine:
    """The lines of a heading as one."""
    line = Line(tuple(w for b in headings for w in b.line.words))
    return headings[0]._replace(line=line, text=plain(line.text))


def _is_near(above: BodyLine, here: BodyLine) -> bool:
    """Whether a heading may go on with a line: it is the next below its last one."""
    step = here.line.box.top - above.line.box.top
    return here.pdf_page == above.pdf_page and step < _STEP * above.line.size
