"""Where one row of a table ends and the next begins, if no rule says so: by the lines of the rows' names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from agendaparse.layout.chunks import Row
from agendaparse.layout.lines import Line

# Shares of the font size.
_LOOSER = 0.3  # a gap wider by this than the narrowest parts two names
_LOOSE = 0.55  # a gap wider than this parts two names anyway
_BESIDE = 0.4  # of the lower one's height: shared by a name and its figures
_NEAR = 1.6  # figures centred on a name of two or three lines stand no further from any of them
_LEVEL = 0.4  # a line and figures whose middles differ by less stand side by side


@dataclass
class Band:
    """One row of a table, or a line that names those below it (``row`` None)."""

    top: float
    bottom: float
    row: Row | None = None


def find_bands(rows: Sequence[Row], names: Sequence[Line], separators: Sequence[float]) -> list[Band]:
    """A band for each row of figures and for each group of names' lines beside which there are none, from the top."""
    bands: list[Band] = []
    loose = list(rows)
    for group in group_lines(names, separators):
        top, bottom = group[0].box.top, max(line.box.bottom for line in group)
        beside = [r for r in loose if _is_beside(r, top, bottom)]
        loose = [r for r in loose if r not in beside]
        if len(beside) > 1:
            bands += _shared(group, beside)
        else:
            row = beside[0] if beside else None
            bands.append(Band(min(top, row.top) if row else top, max(bottom, row.bottom) if row else bottom, row))
    bands += [Band(row.top, row.bottom, row) for row in loose]
    return sorted(bands, key=lambda b: b.row.middle if b.row else (b.top + b.bottom) / 2)


def group_lines(names: Iterable[Line], separators: Sequence[float]) -> list[list[Line]]:
    """The lines of each name or comment, parted where a rule runs between or the gap is wider than within a name."""
    lines = sorted(names, key=lambda line: line.box.top)
    if not lines:
        return []
    gaps = [b.box.top - a.box.bottom for a, b in pairwise(lines)]
    size = sorted(line.size for line in lines)[len(lines) // 2]
    widest = min(max(min(gaps, default=0.0), 0.0) + _LOOSER * size, _LOOSE * size)
    groups = [[lines[0]]]
    for (above, below), gap in zip(pairwise(lines), gaps, strict=True):
        ruled = any(_middle(above) < y < _middle(below) for y in separators)
        if ruled or gap > widest:
            groups.append([])
        groups[-1].append(below)
    return groups


def _middle(line: Line) -> float:
    return (line.box.top + line.box.bottom) / 2


def _is_beside(row: Row, top: float, bottom: float) -> bool:
    shared = min(row.bottom, bottom) - max(row.top, top)
    return shared > _BESIDE * min(row.bottom - row.top, bottom - top)


def _shared(group: Sequence[Line], rows: Sequence[Row]) -> list[Band]:
    """Lines at one distance beside several rows of figures: each goes to a row.

    A line that is level with figures goes to them; one beside figures that are level with no line, as those between
    the lines of a name, to these; else it goes on with the line above, unless it ends in a colon: it names those below.
    """
    bands = [Band(r.top, r.bottom, r) for r in sorted(rows, key=lambda r: r.middle)]
    level = [_level(line, rows) for line in group]
    between = [i for i, b in enumerate(bands) if not any(row is b.row for row in level)]
    titles: list[Band] = []
    at = 0
    for line, below, row in zip(group, [*group[1:], None], level, strict=True):
        if row is None and (line.text.endswith(":") or (below is not None and _heads(line, below))):
            titles.append(Band(line.box.top, line.box.bottom))
            continue
        near = [i for i in between if abs(_row_middle(bands[i]) - _middle(line)) < _NEAR * line.size]
        if row is not None:
            at = next(i for i, b in enumerate(bands) if b.row is row)
        elif near:
            at = min(near, key=lambda i: abs(_row_middle(bands[i]) - _middle(line)))
        bands[at].top = min(bands[at].top, line.box.top)
        bands[at].bottom = max(bands[at].bottom, line.box.bottom)
    return [*bands, *titles]


def _heads(line: Line, below: Line) -> bool:
    """Whether a line is set apart from the one below it: bold over plain print, capitals over small letters."""
    return (line.bold and not below.bold) or (line.text.isupper() and not below.text.isupper())


def _level(line: Line, rows: Iterable[Row]) -> Row | None:
    return next((r for r in rows if abs(r.middle - _middle(line)) < _LEVEL * r.size), None)


def _row_middle(band: Band) -> float:
    return band.row.middle if band.row is not None else 0.0


def boundaries(bands: Sequence[Band], separators: Sequence[float]) -> list[float]:
    """The y between bands, with the outer ones: a rule between two of them, else the middle of the gap."""
    inner = []
    for above, below in pairwise(bands):
        first = above.row.middle if above.row is not None else (above.top + above.bottom) / 2
        last = below.row.middle if below.row is not None else (below.top + below.bottom) / 2
        between = [y for y in separators if first < y < last]
        inner.append(between[0] if between else (above.bottom + below.top) / 2)
    return [bands[0].top - 0.5, *inner, bands[-1].bottom + 0.5]
