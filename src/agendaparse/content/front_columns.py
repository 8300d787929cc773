"""Front sheets of two columns: members in small print at the left, the committee in large print at the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from agendaparse.content.cells import Placed
from agendaparse.content.labels import Labels
from agendaparse.content.segments import chunks_of
from agendaparse.layout.lines import Line, join_lines
from agendaparse.layout.words import Word

_FEWEST = 3  # stretches in either column
_NEAR = 40.0  # points: what stands on one line of print, in whatever size
_LEVEL = 1.2  # points: what differs by less in height stands side by side
_LABEL_GAP = 0.6  # of the font size, before a label that begins a column
_DESCENT = 0.21  # of the font size, below the line that letters stand on
_LEADING = 1.45  # of the font size: the lines of one value stand no further apart
_LOOSE = 0.4  # of a column's stretches stand level with nothing in the other


def read_by_column(placed: Sequence[Placed], labels: Labels) -> list[Placed]:
    """The lines of a page, column by column where two columns are set apart from each other.

    Labels and their values, and names in the columns of one list, stand level: they stay side by side. Labels that
    stand under each other right of something else begin a column of their own.
    """
    stretches = [s for i, (line, cell) in enumerate(placed) if cell is None for s in _stretches(i, line)]
    best = max((c for x in _starts(stretches) for c in _columns(stretches, x)), key=lambda c: c.loose, default=None)
    best = best or _labelled_column(placed, labels)
    if best is None:
        return list(placed)
    inside = [w for line, _ in placed[best.first : best.last + 1] for w in line.words]
    columns = [join_lines(w for w in inside if (w.x0 >= best.x) is right) for right in (False, True)]
    columns.sort(key=lambda lines: -max(round(line.size) for line in lines))  # what the sheet is about comes first
    lines: list[Placed] = [(line, None) for column in columns for line in column]
    return [*placed[: best.first], *lines, *placed[best.last + 1 :]]


def _labelled_column(placed: Sequence[Placed], labels: Labels) -> _Columns | None:
    """A column of labels at the right: "Ask for:" above "Telephone:", beside day and place."""
    at: dict[float, list[int]] = {}
    for i, (line, cell) in enumerate(placed):
        for k, (left, right) in enumerate(pairwise(line.words if cell is None else ()), start=1):
            apart = right.x0 - left.x1 > _LABEL_GAP * left.size
            found = labels.find(line.words[k:]) if apart else None
            if found is not None and line.words[k + found[1] - 1].text.endswith(":"):
                at.setdefault(round(right.x0), []).append(i)
    x, rows = max(at.items(), key=lambda c: len(c[1]), default=(0.0, []))
    if len(rows) < 2 or any(_crosses(line, x) for line, _ in placed[rows[0] : rows[-1] + 1]):  # noqa: PLR2004
        return None
    last = rows[-1]
    while last + 1 < len(placed) and _goes_on(placed[last][0], placed[last + 1][0], x):
        last += 1
    return _Columns(x - 1, rows[0], last, 0)


def _goes_on(above: Line, below: Line, x: float) -> bool:
    """Whether a line below is still of the columns: in the right one, in both, or close by in the left one."""
    if below.box.x1 < x:
        return below.box.top - above.box.top < _LEADING * below.size
    return below.box.x0 >= x - 1 or _is_beside(below, x)


def _crosses(line: Line, x: float) -> bool:
    return any(w.x0 < x - 1 < w.x1 for w in line.words)


def _is_beside(line: Line, x: float) -> bool:
    """Whether a line has words on both sides of a column's edge, and a gap there."""
    return any(a.x1 < x <= b.x0 + 1 and b.x0 - a.x1 > _LABEL_GAP * a.size for a, b in pairwise(line.words))


class _Stretch(NamedTuple):
    """Words of a line without a wide gap."""

    place: int  # of the line
    x0: float
    x1: float
    top: float
    bottom: float
    size: float

    @property
    def baseline(self) -> float:
        """About where its letters stand."""
        return self.bottom - _DESCENT * self.size


class _Columns(NamedTuple):
    """Two columns: where the right one begins, the lines that they run over, and how loose they are."""

    x: float
    first: int
    last: int
    loose: int


def _stretches(place: int, line: Line) -> Iterator[_Stretch]:
    for words in chunks_of(line):
        own = Line(tuple(words))
        yield _Stretch(place, own.box.x0, own.box.x1, own.box.top, own.box.bottom, own.size)


def _starts(stretches: Sequence[_Stretch]) -> list[float]:
    """Where a right column may begin: with a stretch that has some at its left."""
    left = min((s.x1 for s in stretches), default=0.0)
    return sorted({round(s.x0) - 1.0 for s in stretches if s.x0 > left})


def _columns(stretches: Sequence[_Stretch], x: float) -> Iterator[_Columns]:
    """The columns that begin at x: what stands between two lines that cross it, if it is set apart."""
    for crosses, group in groupby(stretches, key=lambda s: s.x0 < x < s.x1):
        own = list(group)
        left, right = [s for s in own if s.x1 <= x], [s for s in own if s.x0 >= x]
        if crosses or min(len(left), len(right)) < _FEWEST:
            continue
        loose = [_loose(left, right), _loose(right, left)]
        if min(loose) >= _FEWEST and loose[0] >= _LOOSE * len(left) and loose[1] >= _LOOSE * len(right):
            yield _Columns(x, own[0].place, own[-1].place, sum(loose))


def _loose(column: Sequence[_Stretch], other: Sequence[_Stretch]) -> int:
    """How many stretches of a column stand beside the other column, but level with nothing in it."""
    top, bottom = other[0].top, max([o.bottom for o in other])
    beside = [s for s in column if s.bottom > top and s.top < bottom]
    return sum([not any(_is_level(s, o) for o in other if abs(s.top - o.top) < _NEAR) for s in beside])


def _is_level(a: _Stretch, b: _Stretch) -> bool:
    """Whether two stretches stand on one line of print, or begin at one height."""
    alike = abs(a.size - b.size) < _LEVEL
    return abs(a.top - b.top) < (_LEVEL if alike else _LEVEL / 2) or abs(a.baseline - b.baseline) < _LEVEL / 2


def with_labels_first(placed: Sequence[Placed], labels: Labels) -> list[Placed]:
    """The lines with each label that is set in the middle of its value's height moved to the value's first line."""
    found = list(placed)
    for at, (line, cell) in enumerate(placed):
        chunks = chunks_of(line)
        if cell is not None or len(chunks) != 2 or labels.whole(Line(tuple(chunks[0])).text) is None:  # noqa: PLR2004
            continue
        above, below = _beside(placed, at, chunks[1], -1), _beside(placed, at, chunks[1], 1)
        if above and abs(above - below) <= 1:
            first = placed[at - above][0]
            found[at - above] = (Line((*chunks[0], *first.words)), None)
            found[at] = (Line(tuple(chunks[1])), None)
    return found


def _beside(placed: Sequence[Placed], at: int, value: Sequence[Word], step: int) -> int:
    """How many lines run on above or below a value, right under each other."""
    count, here = 0, Line(tuple(value))
    while 0 <= at + step * (count + 1) < len(placed):
        other, cell = placed[at + step * (count + 1)]
        apart = abs(other.box.top - here.box.top)
        if cell is not None or abs(other.box.x0 - here.box.x0) > _LEVEL or apart > _LEADING * here.size:
            break
        count, here = count + 1, other
    return count
