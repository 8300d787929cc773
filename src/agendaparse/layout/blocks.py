"""A grid cut into blocks: areas whose rows share their columns, each place either a cell or part of one that spans."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from agendaparse.layout.geometry import Ints, held_by
from agendaparse.layout.ruled import Grid, GridCell
from agendaparse.records import Box

_SAME = 2.5  # points: edges nearer than this are one (double rules, borders drawn as thin boxes)
_EMPTY = -1


class BlockCell(NamedTuple):
    """One cell of a block: its place, the rows and columns that it spans, and its lines joined by a new line."""

    row: int
    col: int
    row_span: int
    col_span: int
    box: Box
    text: str


@dataclass(frozen=True)
class Block:
    """An area of one page in rows and columns; ``method`` says how it was found (ruled, aligned, camelot, cards)."""

    pdf_page: int
    box: Box
    cells: tuple[BlockCell, ...]
    n_rows: int
    n_cols: int
    method: str
    edges: tuple[float, ...]  # x of the column boundaries, n_cols + 1
    reliability: float = 1.0  # how sure the reading is, 0 to 1

    @property
    def rows(self) -> list[list[BlockCell | None]]:
        """Cells by row and column; None where there is none, or one from above or from the left reaches in."""
        table: list[list[BlockCell | None]] = [[None] * self.n_cols for _ in range(self.n_rows)]
        for cell in self.cells:
            table[cell.row][cell.col] = cell
        return table


def find_blocks(grid: Grid, pdf_page: int) -> list[Block]:
    """The blocks of a ruled grid, from the top.

    A table nested in a cell of another, and a legend that hangs on a table's upper edge, are blocks of their own.
    """
    inner: dict[int, list[GridCell]] = {}
    for cell, holder in zip(grid.cells, _holders(grid.cells).tolist(), strict=True):
        inner.setdefault(holder, []).append(cell)
    blocks = [block for cells in inner.values() for block in _cut(cells, pdf_page)]
    return sorted(blocks, key=lambda b: (b.box.top, b.box.x0))


def _holders(cells: Sequence[GridCell]) -> Ints:
    """The first cell in which each lies, by their places, or _EMPTY: a table in a table's cell whose borders touch."""
    boxes = np.array([cell.box for cell in cells]).reshape(-1, 4)
    x0, top, x1, bottom = boxes.T
    over = held_by(boxes, (x0 + x1) / 2, (top + bottom) / 2)
    if np.count_nonzero(over) == len(cells):  # each holds its own middle only
        return np.full(len(cells), _EMPTY)
    area = (x1 - x0) * (bottom - top)
    over &= area[:, None] > 1.5 * area
    return np.where(over.any(0), over.argmax(0), _EMPTY)


def _cut(cells: Sequence[GridCell], pdf_page: int) -> Iterator[Block]:
    """The blocks among cells of which none lies within another."""
    sides = {x for c in cells for x in (c.box.x0, c.box.x1)}, {y for c in cells for y in (c.box.top, c.box.bottom)}
    xs, ys = _edges(sides[0]), _edges(sides[1])
    x_at, y_at = {x: _at(xs, x) for x in sides[0]}, {y: _at(ys, y) for y in sides[1]}
    placed = [_placed(cell, x_at, y_at) for cell in cells]
    taken = [[_EMPTY] * (len(xs) - 1) for _ in range(len(ys) - 1)]
    for i, cell in enumerate(placed):
        for r in range(cell.row, min(cell.row + cell.row_span, len(taken))):
            for c in range(cell.col, min(cell.col + cell.col_span, len(xs) - 1)):
                taken[r][c] = i
    for first, last, left, right in _areas(taken):
        for top, bottom in _alike(taken, placed, (first, last), (left, right)):
            block = _block(placed, (top, bottom, left, right), pdf_page)
            if block is not None:
                yield block


def _placed(cell: GridCell, x_at: Mapping[float, int], y_at: Mapping[float, int]) -> BlockCell:
    x0, top, x1, bottom = cell.box
    row, col = y_at[top], x_at[x0]
    return BlockCell(row, col, max(y_at[bottom] - row, 1), max(x_at[x1] - col, 1), cell.box, cell.text)


def _edges(values: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SAME:
            edges.append(value)
    return edges


def _at(edges: Sequence[float], value: float) -> int:
    """The place of the nearest edge."""
    i = bisect_left(edges, value)
    if i == len(edges) or (i and value - edges[i - 1] <= edges[i] - value):
        return i - 1
    return i


def _runs(row: Sequence[int]) -> list[tuple[int, int]]:
    """Stretches of a row that are covered by cells."""
    runs: list[tuple[int, int]] = []
    start = None
    for i, cell in enumerate([*row, _EMPTY]):
        if cell != _EMPTY and start is None:
            start = i
        elif cell == _EMPTY and start is not None:
            runs.append((start, i))
            start = None
    return runs


def _areas(taken: Sequence[Sequence[int]]) -> Iterator[tuple[int, int, int, int]]:
    """Rows that follow each other and are covered between the same columns: first, last + 1, left, right."""
    open_areas: dict[tuple[int, int], int] = {}
    for r in range(len(taken) + 1):
        here = set(_runs(taken[r])) if r < len(taken) else set()
        for run in [run for run in open_areas if run not in here]:
            yield open_areas.pop(run), r, *run
        for run in here:
            open_areas.setdefault(run, r)


def _alike(
    taken: Sequence[Sequence[int]], cells: Sequence[BlockCell], rows: tuple[int, int], columns: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """An area cut where the columns change: what stands above shares neither edges nor a spanning cell with it."""
    first, last = rows
    known: set[int] = set()
    start = first
    for r in range(first, last):
        inner = _inner(taken[r], columns)
        spans = r > first and any(
            cells[i].row < r and cells[i].row_span > 1 for i in set(taken[r][columns[0] : columns[1]])
        )
        if inner and known and not (inner <= known or known <= inner or spans):
            yield start, r
            start, known = r, set()
        known |= inner
    yield start, last


def _inner(row: Sequence[int], columns: tuple[int, int]) -> set[int]:
    left, right = columns
    return {c for c in range(left + 1, right) if row[c] != row[c - 1]}


def _block(cells: Sequence[BlockCell], area: tuple[int, int, int, int], pdf_page: int) -> Block | None:
    """The cells of an area, counted from its corner; None for less than two columns or without a word."""
    top, bottom, left, right = area
    own = [c for c in cells if top <= c.row < bottom and left <= c.col and c.col + c.col_span <= right]
    own = [c for c in own if c.row + c.row_span <= bottom]
    if not any(c.text for c in own):
        return None
    cols = sorted({c.col for c in own} | {c.col + c.col_span for c in own})
    rows = sorted({c.row for c in own} | {c.row + c.row_span for c in own})
    if len(cols) - 1 < 2:  # noqa: PLR2004
        return None
    own.sort(key=_place)
    if cols[-1] == len(cols) - 1 and rows[-1] == len(rows) - 1:  # no edge of another block between its own
        placed = tuple(own)
    else:
        placed = tuple(_moved(own, {c: i for i, c in enumerate(cols)}, {r: i for i, r in enumerate(rows)}))
    edges = [min(c.box.x0 for c in own)]
    edges += [
        next((c.box.x0 for c in own if c.col == col), next((c.box.x1 for c in own if c.col + c.col_span == col), 0.0))
        for _, col in pairwise(cols)
    ]
    box = Box(edges[0], min(c.box.top for c in own), max(c.box.x1 for c in own), max(c.box.bottom for c in own))
    edges[-1] = box.x1
    return Block(pdf_page, box, placed, len(rows) - 1, len(cols) - 1, "ruled", tuple(edges))


def _place(cell: BlockCell) -> tuple[int, int]:
    return cell.row, cell.col


def _moved(cells: Iterable[BlockCell], col_at: Mapping[int, int], row_at: Mapping[int, int]) -> Iterator[BlockCell]:
    """Cells in the rows and columns of their own block."""
    for row, col, row_span, col_span, box, text in cells:
        spans = row_at[row + row_span] - row_at[row], col_at[col + col_span] - col_at[col]
        yield BlockCell(row_at[row], col_at[col], *spans, box, text)
