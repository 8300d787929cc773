"""Rules and edges of boxes -> the cells between them: pdfplumber's table finder, worked out on arrays.

pdfplumber finds the same cells (a test compares them), with a dict for every edge and a look at every crossing for
every other; a dense page of figures has thousands of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

import numpy as np

from agendaparse.layout.geometry import Bools, Floats, ends_of, starts_where
from agendaparse.layout.objects import Shape
from agendaparse.records import Box

# Points.
_NEAR = 3.0  # ends of rules that miss each other by this much meet all the same: borders overlap by half their width
_STRAIGHT = 1e-3  # turning a page back leaves the ends of its rules a hair apart
_SHORTEST_EDGE, _SHORTEST_RULE = 1.0, 3.0  # of one drawn edge, and of a rule joined from several


class Rules(NamedTuple):
    """Straight edges of one direction: each stands at ``at`` and runs from ``start`` to ``end``."""

    at: Floats
    start: Floats
    end: Floats


def find_rules(shapes: Iterable[Shape]) -> tuple[Rules, Rules]:
    """The level and the upright rules of a page: drawn lines, sides of boxes, straight parts of outlines; joined."""
    boxes = [s.box for s in shapes if s.kind == "rect"]
    lines = [s.box for s in shapes if s.kind == "line"]
    curves = [s.points for s in shapes if s.kind == "curve" and len(s.points) > 1]
    x0, top, x1, bottom = np.array(boxes).reshape(-1, 4).T
    level = [np.array((top, x0, x1)), np.array((bottom, x0, x1))]
    upright = [np.array((x0, top, bottom)), np.array((x1, top, bottom))]
    x0, top, x1, bottom = np.array(lines).reshape(-1, 4).T
    flat = bottom - top < _STRAIGHT
    level.append(np.array((top, x0, x1))[:, flat])
    upright.append(np.array((x0, top, bottom))[:, ~flat])
    for points in curves:
        along, down = _straight_parts(points)
        level.append(along)
        upright.append(down)
    return _joined(np.concatenate(level, axis=1)), _joined(np.concatenate(upright, axis=1))


def stands(shape: Shape) -> bool:
    """Whether a shape may have an upright edge: where none has, there are no cells, and most pages of text have none.

    >>> any(map(stands, []))
    False
    """
    return shape.kind != "line" or shape.box.bottom - shape.box.top >= _STRAIGHT


def _straight_parts(points: Sequence[tuple[float, float]]) -> tuple[Floats, Floats]:
    x, y = np.array(points).T
    low_x, high_x = np.minimum(x[1:], x[:-1]), np.maximum(x[1:], x[:-1])
    low_y, high_y = np.minimum(y[1:], y[:-1]), np.maximum(y[1:], y[:-1])
    down = high_x - low_x < _STRAIGHT
    along = (high_y - low_y < _STRAIGHT) & ~down
    return np.array((low_y, low_x, high_x))[:, along], np.array((low_x, low_y, high_y))[:, down]


def _joined(edges: Floats) -> Rules:
    """Edges that nearly stand on one line put on it, and those on one line that nearly meet made one."""
    edges = edges[:, edges[2] - edges[1] >= _SHORTEST_EDGE]
    if not edges.size:
        return Rules(*np.empty((3, 0)))
    edges = edges[:, np.argsort(edges[0], kind="stable")]
    line = np.zeros(edges.shape[1], np.int64)
    line[1:] = (edges[0, 1:] - edges[0, :-1] > _NEAR).cumsum()
    at = (np.bincount(line, edges[0]) / np.bincount(line))[line]
    order = np.lexsort((edges[1], line))
    line, at, start, end = line[order], at[order], edges[1][order], edges[2][order]
    span = end.max() - start.min() + 10 * _NEAR  # lines laid one behind the other: one running maximum serves all
    reach = np.maximum.accumulate(end + span * line) - span * line
    first = starts_where((line[1:] != line[:-1]) | (start[1:] > reach[:-1] + _NEAR))
    last = ends_of(first, len(start)) - 1
    rules = np.array((at[first], start[first], reach[last]))
    return Rules(*rules[:, rules[2] - rules[1] >= _SHORTEST_RULE])


class _Crossing(NamedTuple):
    """A place where rules cross: its x and y, and which rules of each direction meet there."""

    x: float
    y: float
    level: set[int]
    upright: set[int]


def find_cells(level: Rules, upright: Rules) -> list[Box]:
    """The smallest boxes whose four sides are ruled, by their left and then their upper edge."""
    crossings = _crossings(level, upright)
    rows: dict[float, list[_Crossing]] = {}
    columns: dict[float, list[_Crossing]] = {}
    for crossing in crossings.values():
        rows.setdefault(crossing.y, []).append(crossing)
        columns.setdefault(crossing.x, []).append(crossing)
    row_at = {(c.x, c.y): i for row in rows.values() for i, c in enumerate(row)}
    column_at = {(c.x, c.y): i for column in columns.values() for i, c in enumerate(column)}
    found = []
    for place, crossing in crossings.items():
        row, column, r, c = rows[crossing.y], columns[crossing.x], row_at[place] + 1, column_at[place] + 1
        if r == len(row) or c == len(column):
            continue
        cell = _between(crossing, row[r], column[c], crossings)  # as a rule the next ones along and down
        cell = cell or _smallest(crossing, islice(row, r, None), islice(column, c, None), crossings)
        if cell is not None:
            found.append(cell)
    return found


def _crossings(level: Rules, upright: Rules) -> dict[tuple[float, float], _Crossing]:
    """Where rules cross or meet, by x and then y."""
    meet = _meet(level, upright)
    held: dict[tuple[float, float], tuple[set[int], set[int]]] = {}
    order = np.lexsort((level.start, level.at))
    for v in np.lexsort((upright.start, upright.at)).tolist():
        x = float(upright.at[v])
        for h in order[meet[order, v]].tolist():
            along, down = held.setdefault((x, float(level.at[h])), (set(), set()))
            along.add(h)
            down.add(v)
    return {place: _Crossing(*place, *held[place]) for place in sorted(held)}


def _meet(level: Rules, upright: Rules) -> Bools:
    y, x0, x1 = (a[:, None] for a in level)
    x, top, bottom = upright
    return (top <= y + _NEAR) & (bottom >= y - _NEAR) & (x >= x0 - _NEAR) & (x <= x1 + _NEAR)


def _between(
    corner: _Crossing, beside: _Crossing, under: _Crossing, crossings: dict[tuple[float, float], _Crossing]
) -> Box | None:
    """The box between three corners, if its four sides are ruled."""
    far = crossings.get((beside.x, under.y))
    if far is None or far.upright.isdisjoint(beside.upright) or far.level.isdisjoint(under.level):
        return None
    if beside.level.isdisjoint(corner.level) or under.upright.isdisjoint(corner.upright):
        return None
    return Box(corner.x, corner.y, far.x, far.y)


def _smallest(
    corner: _Crossing,
    right: Iterator[_Crossing],
    below: Iterator[_Crossing],
    crossings: dict[tuple[float, float], _Crossing],
) -> Box | None:
    """The smallest ruled box with this upper left corner."""
    tops: list[_Crossing] = []  # those met so far: as a rule the first one, over the first one below
    for under in below:
        if under.upright.isdisjoint(corner.upright):
            continue
        for beside in chain(tops, _kept(right, corner.level, tops)):
            cell = _between(corner, beside, under, crossings)
            if cell is not None:
                return cell
    return None


def _kept(right: Iterator[_Crossing], level: set[int], tops: list[_Crossing]) -> Iterator[_Crossing]:
    """The crossings on one of these level rules, each put down for the next search as it is met."""
    for crossing in right:
        if not crossing.level.isdisjoint(level):
            tops.append(crossing)
            yield crossing


def part_tables(cells: Sequence[Box]) -> list[list[Box]]:
    """Cells that share corners, a table for each group of more than one; from the top, then from the left."""
    parent = list(range(len(cells)))
    seen: dict[tuple[float, float], int] = {}
    for i, (x0, top, x1, bottom) in enumerate(cells):
        for corner in ((x0, top), (x0, bottom), (x1, top), (x1, bottom)):
            neighbour = seen.setdefault(corner, i)
            if parent[neighbour] != parent[i]:
                parent[_root(parent, i)] = _root(parent, neighbour)
    tables: dict[int, list[Box]] = {}
    for i, cell in enumerate(cells):
        tables.setdefault(_root(parent, i), []).append(cell)
    grouped = [table for table in tables.values() if len(table) > 1]
    return sorted(grouped, key=lambda table: min((c.top, c.x0) for c in table))


def _root(parent: list[int], i: int) -> int:
    """The cell that stands for all those joined with this one."""
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i
