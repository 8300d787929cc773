"""Rules and edges of boxes -> the cells between them: pdfplumber's table finder, worked out on arrays.

pdfplumber finds the same cells (a test compares them), with a dict for every edge and a look at every crossing for
every other; a dense page of figures has thousands of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from agendaparse.layout.geometry import Bools, Floats, Ints, ends_of, starts_where
from agendaparse.layout.objects import Shape
from agendaparse.records import Box

# Points.
_NEAR = 3.0  # ends of rules that miss each other by this much meet all the same: borders overlap by half their width
_STRAIGHT = 1e-3  # turning a page back leaves the ends of its rules a hair apart
_SIGN = 16.0  # of an arrow or a disc
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
    curves = [s.points for s in shapes if s.kind == "curve" and len(s.points) > 1 and not _is_sign(s.box)]
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


def _is_sign(box: Box) -> bool:
    """Whether an outline is no larger than a letter: the shaft of an arrow rules nothing."""
    return box.x1 - box.x0 < _SIGN and box.bottom - box.top < _SIGN


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


class _Crossings(NamedTuple):
    """Where rules cross or meet: the places of their lines, and which rule of each direction runs through each place.

    -1 stands where none does.
    """

    x: list[float]
    y: list[float]
    along: Ints  # a row for each y, a column for each x
    down: Ints


def find_cells(level: Rules, upright: Rules) -> list[Box]:
    """The smallest boxes whose four sides are ruled, by their left and then their upper edge."""
    met = _crossings(level, upright)
    col, row = (met.along >= 0).T.nonzero()
    right, below = _next(met.along >= 0)[row, col], _next(met.down.T >= 0).T[row, col]
    inside = ((right < len(met.x)) & (below < len(met.y))).nonzero()[0]
    row, col, right, below = row[inside], col[inside], right[inside], below[inside]
    # as a rule the next crossings to the right and below are corners of the cell
    ruled = (met.along[row, right] == met.along[row, col]) & (met.down[below, col] == met.down[row, col])
    ruled &= (met.along[below, right] == met.along[below, col]) & (met.down[below, right] == met.down[row, right])
    along, down = met.along.tolist(), met.down.tolist()
    found = []
    for r, c, r1, c1, is_cell in zip(*map(np.ndarray.tolist, (row, col, below, right, ruled)), strict=True):
        far = (r1, c1) if is_cell else _far_corner(along, down, r, c)
        if far is not None:
            found.append(Box(met.x[c], met.y[r], met.x[far[1]], met.y[far[0]]))
    return found


def _crossings(level: Rules, upright: Rules) -> _Crossings:
    y, row = np.unique(level.at, return_inverse=True)
    x, col = np.unique(upright.at, return_inverse=True)
    h, v = _meet(level, upright).nonzero()
    along = np.full((len(y), len(x)), -1)
    down = along.copy()
    along[row[h], col[v]], down[row[h], col[v]] = h, v
    if np.count_nonzero(along >= 0) < len(h):
        h, v = _named_alike(h, row[h], col[v]), _named_alike(v, row[h], col[v])
        along[row[h], col[v]], down[row[h], col[v]] = h, v
    return _Crossings(x.tolist(), y.tolist(), along, down)


def _meet(level: Rules, upright: Rules) -> Bools:
    y, x0, x1 = (a[:, None] for a in level)
    x, top, bottom = upright
    return (top <= y + _NEAR) & (bottom >= y - _NEAR) & (x >= x0 - _NEAR) & (x <= x1 + _NEAR)


def _named_alike(rules: Ints, row: Ints, col: Ints) -> Ints:
    """The rules by the first of those on their line that reach the same crossing: what a gap parts there is one."""
    first: dict[int, int] = {}
    reached: dict[tuple[int, int], int] = {}
    for rule, r, c in zip(rules.tolist(), row.tolist(), col.tolist(), strict=True):
        other = reached.setdefault((r, c), rule)
        a, b = sorted((_root(first, first.setdefault(rule, rule)), _root(first, first.setdefault(other, other))))
        first[b] = a
    return np.array([_root(first, rule) for rule in rules.tolist()], np.int64)


def _next(held: Bools) -> Ints:
    """The place of the next one that holds in each row, behind each place; the row's length where there is none."""
    count = held.shape[1]
    places = np.where(held, np.arange(count), count)
    found = np.full_like(places, count)
    found[:, :-1] = np.minimum.accumulate(places[:, :0:-1], axis=1)[:, ::-1]
    return found


def _far_corner(along: list[list[int]], down: list[list[int]], row: int, col: int) -> tuple[int, int] | None:
    """The row and column of the lower right corner of the smallest ruled box with this upper left one."""
    rule, upright = along[row][col], down[row][col]
    besides = [c for c in range(col + 1, len(along[row])) if along[row][c] == rule]
    for under in range(row + 1, len(along)):
        if down[under][col] != upright:
            continue
        for beside in besides:
            if along[under][beside] == along[under][col] and down[under][beside] == down[row][beside]:
                return under, beside
    return None


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


def _root(parent: list[int] | dict[int, int], i: int) -> int:
    """The one that stands for all those joined with this one."""
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i
