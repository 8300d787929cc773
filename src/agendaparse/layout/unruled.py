"""Aligned text -> blocks: tables that have no rules, or rules only between their rows or their columns.

Figures that stand under each other over several rows make the columns; words to their left are the rows' names, words
above them the header. Rules and edges of fills between two rows say where one ends and the next begins; without them
a name's line belongs to the figures that it stands nearest to. Where the result is doubtful camelot is asked.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from agendaparse.layout.bands import Band, boundaries, find_bands, group_lines
from agendaparse.layout.blocks import Block, BlockCell
from agendaparse.layout.chunks import Chunk, Row, is_figure, page_rows, within
from agendaparse.layout.columns import Extent, find_columns, find_uprights
from agendaparse.layout.heads import group_rows, head_rows, header_lines
from agendaparse.layout.lines import join_lines
from agendaparse.layout.overflow import part_cells
from agendaparse.layout.pages import Page
from agendaparse.layout.regions import (
    LEAST_COLUMNS,
    LEAST_ROWS,
    Region,
    find_chart_gutter,
    find_gutter,
    find_regions,
    find_ruled_gutter,
    may_hold_regions,
)
from agendaparse.layout.words import Word
from agendaparse.records import Box

# Shares of the font size.
_NAMES = 5.2  # how far names reach above and below the figures
_REST = 2.5  # rows under a table that may be its own
_SLACK = 0.3  # how far a word may reach over the edge of its column
_TURNED = 170.0  # points: how far turned header words reach above the figures
_TURNED_OFF = 60.0  # points: some end no further above them
_DOUBTFUL = 0.7  # a lower reliability, and another reader of columns is asked
_BETTER = 0.1  # by so much its columns must be more reliable

# The x between the columns of the tables that another reader sees on a page, by the page's place in the file.
SecondOpinion = Callable[[int], Sequence[Sequence[float]]]


def find_aligned(page: Page, second: SecondOpinion | None = None) -> list[Block]:
    """The aligned tables of a page, from the top; every place of them is a cell, empty ones too."""
    if not may_hold_regions(page.rows):
        return []
    rows = part_cells(page_rows(page), page.chars)
    blocks = [block for region in find_regions(rows) for block in _blocks(region, rows, page, second)]
    return sorted(blocks, key=lambda b: (b.box.top, b.box.x0))


def _blocks(region: Region, rows: Sequence[Row], page: Page, second: SecondOpinion | None) -> Iterator[Block]:
    """The block of a region; several, where it is tables beside each other, or under headings of their own."""
    turned = _turned(page, region, rows)
    header = header_lines(rows, region.left, region.columns, region.rows[0].top, turned)
    x = find_gutter(region, header) or find_ruled_gutter(page.shapes, region, header, rows)
    x = find_chart_gutter(region, rows) if x is None else x
    if x is None:
        for part, bands in _parts(region, page, header, turned):
            block = _block(part, bands, rows, page, second)
            if block is not None:
                yield block
        return
    top, bottom = (header or region.rows)[0].top - 4 * region.rows[0].size, region.rows[-1].bottom
    here = [r for r in rows if top < r.top and r.top < bottom + _REST * r.size]
    for x0, x1 in ((0.0, x), (x, page.width)):
        side = within(here, x0, x1)
        for part in find_regions(side):
            part.outer = x0
            yield from _blocks(part, side, page, second)


def _parts(
    region: Region, page: Page, header: Sequence[Row], turned: Sequence[Word]
) -> Iterator[tuple[Region, list[Band]]]:
    """A region with its bands; without a header, each line that names the rows below it begins another table."""
    bands = _bands(region, page, header)
    starts = [] if header or turned else [i for i, b in enumerate(bands) if b.row is None]
    for first, last in pairwise([-1, *starts, len(bands)]):
        own = bands[first + 1 : last]
        rows = [b.row for b in own if b.row is not None]
        if rows and (not starts or len(rows) >= LEAST_ROWS):
            yield Region(rows, region.columns, region.outer), own


@dataclass(frozen=True)
class _Plan:
    """What of a page makes one table: its header and rows of print, and where its rows end."""

    page: Page
    header: Sequence[Row]
    turned: Sequence[Word]  # words of the header that run upwards
    below: Sequence[Row]  # its rows, and what stands under the last one
    ys: Sequence[float]
    figures: Sequence[Extent]


def _block(
    region: Region, bands: Sequence[Band], rows: Sequence[Row], page: Page, second: SecondOpinion | None
) -> Block | None:
    first = next(b for b in bands if b.row is not None)
    turned = _turned(page, region, rows)
    header = header_lines(rows, region.left, region.columns, first.top, turned)
    if len(region.rows) == 1 and 2 * sum(len(r.chunks) for r in header) < len(region.columns):
        return None  # a heading over a row of a chart's labels
    bands = _kept(bands, header)
    ys = boundaries(bands, _separators(page, region))
    below = [r for r in rows if ys[0] <= r.middle < ys[-1] + _NAMES * r.size and r not in header]
    plan = _Plan(page, header, turned, below, ys, [(c[0], c[1]) for c in region.columns])
    inside = [r for r in below if r.middle < ys[-1]]
    columns, edges = find_columns(plan.figures, header, inside, find_uprights(page.shapes, ys[0], ys[-1]))
    if len(columns) < LEAST_COLUMNS + 1:
        return None
    own = _laid_out(plan, columns, edges, "aligned")
    moved = page.display.turn or page.display.x0 or page.display.y0  # another reader's x would not be ours
    if second is None or moved or not is_doubtful(own):
        return own
    seen = [_inner(xs, edges) for xs in second(page.pdf_page)]
    others = [_laid_out(plan, list(pairwise(xs)), xs, "camelot") for xs in seen if len(xs) > LEAST_COLUMNS + 1]
    best = max(others, key=lambda b: b.reliability, default=own)
    return best if best.reliability > own.reliability + _BETTER else own


def is_doubtful(block: Block) -> bool:
    """Whether an aligned block is so little reliable that another reader should see its page."""
    return block.method == "aligned" and block.reliability < _DOUBTFUL


def _inner(xs: Sequence[float], edges: Sequence[float]) -> list[float]:
    """Another reader's columns between our own outer edges."""
    return [edges[0], *(x for x in xs if edges[0] < x < edges[-1]), edges[-1]]


def _laid_out(plan: _Plan, columns: Sequence[Extent], edges: Sequence[float], method: str) -> Block:
    """The block of a plan with these columns."""
    ys, page = plan.ys, plan.page
    told = [i for i, (a, b) in enumerate(columns) if i and not any(a < (x + y) / 2 < b for x, y in plan.figures)]
    comments = _comments([w for r in plan.below for w in r.words], edges, ys, told)
    words = [w for r in plan.below for w in r.words if r.middle < ys[-1] or w.first in comments]
    cells = _sections(_cells(words, edges, ys, comments), plan, edges)
    over, tops = _over(plan, columns, edges)
    box = Box(edges[0], min([*tops, ys[0]]), edges[-1], ys[-1])
    reliability = _reliability(words, cells, over, edges, [i for i in range(len(columns)) if i not in told and i])
    cells = [*over, *(c._replace(row=c.row + len(tops)) for c in cells)]
    n_rows = len(tops) + len(ys) - 1
    return Block(page.pdf_page, box, tuple(cells), n_rows, len(columns), method, tuple(edges), reliability)


def _reliability(
    words: Sequence[Word],
    cells: Sequence[BlockCell],
    header: Sequence[BlockCell],
    edges: Sequence[float],
    figures: Sequence[int],
) -> float:
    """How sure the reading is, 0 to 1: words keep to their columns, cells hold one figure, rows and columns have names.

    The product of the shares of words and of cells, and of the middle of one and the shares of names and of headers.
    """
    inner = edges[1:-1]
    reach = ((w.x0 + _SLACK * w.size, w.x1 - _SLACK * w.size) for w in words)
    crossing = sum(bisect_right(inner, x0) < bisect_left(inner, x1) for x0, x1 in reach)
    printed = [c for c in cells if c.col in figures and c.text]
    crowded = sum(len(parts) > 1 and all(map(is_figure, parts)) and not is_figure(" ".join(parts))
                  for c in printed if (parts := c.text.split()))  # fmt: skip
    rows = {c.row for c in printed}
    named = {c.row for c in cells if c.col not in figures and c.row in rows and any(map(str.isalpha, c.text))}
    headed = {c.col + i for c in header if c.text for i in range(c.col_span)} & set(figures)
    shares = (len(named) / max(len(rows), 1), len(headed) / max(len(figures), 1))
    kept = (1 - crossing / max(len(words), 1)) * (1 - crowded / max(len(printed), 1))
    return round(kept * (1 + (shares[0] + shares[1]) / 2) / 2, 3)


def _over(plan: _Plan, columns: Sequence[Extent], edges: Sequence[float]) -> tuple[list[BlockCell], list[float]]:
    """The cells of the header, over the first row from its top to its bottom; and where their rows begin."""
    header, top = plan.header, plan.ys[0]
    turned = [w for w in plan.turned if _is_in(w, edges)]
    groups = [r for r in header if turned and _heads(r, turned, edges)]
    rows = (group_rows if turned else head_rows)(groups if turned else header, columns, edges, plan.page.shapes)
    tops = [row.top - 1 for row in rows]
    bounds = [*tops, max(top, tops[-1] + 1) if tops else top]
    cells = [
        BlockCell(
            r, c.col, 1, c.col_span, Box(edges[c.col], bounds[r], edges[c.col + c.col_span], bounds[r + 1]), c.text
        )
        for r, row in enumerate(rows)
        for c in row.cells
    ]
    if turned:
        words = [*(w for r in header if r not in groups for w in r.words), *turned]
        start = max([r.bottom for r in groups], default=min(w.top for w in words) - 1)
        own = _cells(words, edges, [start, top], {w.first: 0 for w in words})
        cells += [c._replace(row=len(tops)) for c in own]
        tops.append(start)
    return cells, tops


def _heads(row: Row, turned: Sequence[Word], edges: Sequence[float]) -> bool:
    """Whether a line of a header stands over turned words only: each of its texts names several columns."""
    over = [[w for w in turned if w.x0 < c.x1 and c.x0 < w.x1] for c in row.chunks if c.x0 > edges[1]]
    return bool(over) and all(own and all(w.top > row.bottom - 1 for w in own) for own in over)


def _turned(page: Page, region: Region, rows: Sequence[Row]) -> list[Word]:
    """The words of a region's header that run upwards: between its first row and the figures above it."""
    top = region.rows[0].top
    low, high = top - _TURNED_OFF, top - _TURNED
    high = max([high, *(r.bottom for r in rows if high < r.bottom < low and len(r.figures) >= LEAST_COLUMNS)])
    angled = (page.words[i] for i in np.flatnonzero(page.words.places.angle).tolist())
    own = [w for w in angled if high < w.top and w.bottom < top and region.outer <= w.x0]
    return own if any(w.bottom > low for w in own) else []


def _sections(cells: Sequence[BlockCell], plan: _Plan, edges: Sequence[float]) -> list[BlockCell]:
    """The cells, one over its whole row where all that is printed there is one text over the first column's edge."""
    ys = plan.ys
    held: dict[int, list[Chunk]] = {}
    for row in plan.below:
        held.setdefault(bisect_right(ys, row.middle) - 1, []).extend(row.chunks)
    lone = {r: own[0] for r, own in held.items() if len(own) == 1 and own[0].x0 < edges[1] < own[0].x1}
    if not lone:
        return list(cells)
    kept = [c for c in cells if c.row not in lone]
    wide = [
        BlockCell(r, 0, 1, len(edges) - 1, Box(edges[0], ys[r], edges[-1], ys[r + 1]), chunk.text)
        for r, chunk in lone.items()
        if 0 <= r < len(ys) - 1
    ]
    return sorted([*kept, *wide], key=lambda c: (c.row, c.col))


def _is_in(word: Word, edges: Sequence[float]) -> bool:
    return edges[0] <= (word.x0 + word.x1) / 2 <= edges[-1]


def _bands(region: Region, page: Page, header: Sequence[Row]) -> list[Band]:
    """The rows of figures with the lines of their names, and the lines that name several rows.

    A word beside others that stand over the figures is of the header, and no first line of the name below it.
    """
    over = [r for r in header if any(c.x0 < x1 and c.x1 > x0 for c in r.chunks for x0, x1, _ in region.columns)]
    heads = {w.first for r in over for w in r.words}
    reach = _NAMES * region.rows[0].size
    top, bottom = region.rows[0].top - reach, region.rows[-1].bottom + reach
    left, right = region.outer, region.left
    words = [
        w for w in page.words if w.angle == 0 and left <= w.x0 and w.x1 < right and top < w.top < w.bottom < bottom
    ]
    words = [w for w in words if w.first not in heads] if heads else words
    return find_bands(region.rows, join_lines(words), _separators(page, region))


def _kept(bands: Sequence[Band], header: Sequence[Row]) -> list[Band]:
    """The bands from the header to the last row of figures."""
    last = max(i for i, b in enumerate(bands) if b.row is not None)
    first = next(i for i, b in enumerate(bands) if b.row is not None)
    under = header[-1].bottom - 1 if header else bands[first].top
    return [b for i, b in enumerate(bands[: last + 1]) if i >= first or b.top >= under]


def _separators(page: Page, region: Region) -> list[float]:
    """The y of rules and of edges of fills that reach over most of the figures' columns."""
    reach: dict[float, float] = {}
    for shape in page.shapes:
        box = shape.box
        over = min(box.x1, region.right) - max(box.x0, region.left)
        if over > 0 and shape.kind in ("line", "rect"):
            for y in {round(box.top, 1), round(box.bottom, 1)}:  # a rule may be drawn cell by cell
                reach[y] = reach.get(y, 0.0) + over
    return sorted(y for y, over in reach.items() if over > 0.5 * (region.right - region.left))


def _comments(
    words: Sequence[Word], edges: Sequence[float], ys: Sequence[float], columns: Sequence[int]
) -> dict[int, int]:
    """The row of each word in columns of words: lines that stand together are of one row, however far they reach.

    Given by the word's first character.
    """
    rows: dict[int, int] = {}
    for col in columns:
        own = [w for w in words if edges[col] <= (w.x0 + w.x1) / 2 < edges[col + 1]]
        for group in group_lines(join_lines(own), ()):
            top, bottom = group[0].box.top, max(line.box.bottom for line in group)
            shared = [min(bottom, b) - max(top, a) for a, b in pairwise(ys)]
            most = max(range(len(shared)), key=shared.__getitem__)
            crossed = sum(top < (a + b) / 2 < bottom for a, b in pairwise(ys))
            if shared[most] > 0 and crossed <= 1:
                rows |= {w.first: most for line in group for w in line.words}
    return rows


def _cells(
    words: Sequence[Word], edges: Sequence[float], ys: Sequence[float], moved: dict[int, int]
) -> list[BlockCell]:
    """A cell for each place, with the words that stand in it, or that are moved to its row."""
    held: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        col, row = bisect_right(edges, x) - 1, moved.get(word.first, bisect_right(ys, y) - 1)
        if 0 <= col < len(edges) - 1 and 0 <= row < len(ys) - 1:
            held.setdefault((row, col), []).append(word)
    cells = []
    for r in range(len(ys) - 1):
        for c in range(len(edges) - 1):
            own = held.get((r, c), [])
            box = Box(edges[c], ys[r], edges[c + 1], ys[r + 1])
            for word in own:
                box = box.join(word.box) if word.first in moved else box
            text = "\n".join(line.text for line in join_lines(own)) if own else ""
            cells.append(BlockCell(r, c, 1, 1, box, text))
    return cells
