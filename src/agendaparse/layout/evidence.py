"""What bears out a ruled block, and what completes it: words that keep to their cells, a header above, names beside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from agendaparse.layout.blocks import Block, BlockCell
from agendaparse.layout.chunks import is_figure, page_rows
from agendaparse.layout.heads import head_rows, header_lines
from agendaparse.layout.pages import Page
from agendaparse.records import Box

_SLACK = 0.35  # of the font size: how far a word may reach over a rule
_BESIDE = 1.2  # of the font size: a word this near outside stands in a column that is not ruled
_MOST = 0.6  # of the rows: without a name in the grid and with one beside it; of the columns: with a header above
_LEAST_COLUMNS = 3
_YEAR = re.compile(r"(?:19|20)\d\d")


def ruled_reliability(page: Page, cells: Sequence[tuple[Box, str]]) -> float:
    """How sure a ruled block is, 0 to 1, by its cells and what they hold.

    The product of the shares of words that keep between their rules, of cells of figures that hold one figure, and of
    rows that end where the rules end: half of a row counts where a word stands right outside.
    """
    if not cells or not page.words:
        return 1.0
    x0, top, x1, bottom = np.array([box for box, _ in cells]).T[:, :, None]
    left, upper, right, lower = page.words.places.box.T
    size = page.words.places.size
    x, y = (left + right) / 2, (upper + lower) / 2
    level = (y >= top) & (y < bottom)
    inside = level & (x >= x0) & (x < x1)
    over = inside & ((left < x0 - _SLACK * size) | (right > x1 + _SLACK * size))
    outer = np.array([x0.min(), x1.max()])
    near = (right <= outer[0]) & (right > outer[0] - _BESIDE * size) | (left >= outer[1]) & (
        left < outer[1] + _BESIDE * size
    )
    rows = {round(float(t)) for t in top[:, 0]}
    open_rows = {
        round(float(top[i, 0])) for i in np.flatnonzero((level & near & (lower - upper < bottom - top)).any(1))
    }
    kept = 1 - over.sum() / max(int(inside.sum()), 1)
    figures = [
        text for _, text in cells if is_figure(text.replace("\n", " ").split(" ", 1)[0]) and any(map(str.isdigit, text))
    ]
    single = 1 - sum(map(_is_crowded, figures)) / max(len(figures), 1)
    return round(float(kept * single * (1 - len(open_rows) / (2 * len(rows)))), 3)


def _is_crowded(text: str) -> bool:
    """Whether a cell prints several figures beside or under each other, and no share of one in brackets."""
    parts = [part for part in re.split(r"\s+", text) if part]
    bare = [part for part in parts if not part.startswith(("(", "["))]
    return len(bare) > 1 and all(map(is_figure, bare)) and not is_figure(" ".join(bare)) and "/" not in bare


def with_header(page: Page, block: Block) -> Block:
    """The block with the header that stands over it without rules; the block itself where it has one, or none does.

    >>> with_header(page, block).n_rows - block.n_rows  # doctest: +SKIP
    1
    """
    first = [c.text for c in block.cells if c.row == 0 and c.col]
    if block.n_cols < _LEAST_COLUMNS or not any(is_figure(t) and not _YEAR.fullmatch(t) for t in first):
        return block
    columns = list(pairwise(block.edges))
    lines = header_lines(page_rows(page), block.edges[1], [[a, b, 1] for a, b in columns[1:]], block.box.top)
    rows = head_rows(lines, columns, block.edges) if lines else []
    headed = {c.col + k for row in rows for c in row.cells if c.text for k in range(c.col_span)}
    if len(headed - {0}) < _MOST * (block.n_cols - 1):
        return block
    bounds, xs = [*(row.top - 1 for row in rows), block.box.top], block.edges
    heads = [
        BlockCell(r, c.col, 1, c.col_span, Box(xs[c.col], bounds[r], xs[c.col + c.col_span], bounds[r + 1]), c.text)
        for r, row in enumerate(rows)
        for c in row.cells
    ]
    below = [c._replace(row=c.row + len(rows)) for c in block.cells]
    box = Box(block.box.x0, bounds[0], block.box.x1, block.box.bottom)
    return replace(block, box=box, cells=(*heads, *below), n_rows=block.n_rows + len(rows))


def lacks_names(page: Page, block: Block) -> bool:
    """Whether the rows of a block begin with figures and their names stand left of its rules."""
    firsts = [c for c in block.cells if c.col == 0 and c.text]
    figured = [c for c in firsts if is_figure(c.text) and not _YEAR.fullmatch(c.text)]
    if len(figured) < max(2, _MOST * len(firsts)):
        return False
    left = [
        (w.top + w.bottom) / 2 for w in page.words if w.x1 <= block.box.x0 + 1 and w.angle == 0 and w.text[0].isalpha()
    ]
    named = [c for c in figured if any(c.box.top <= y < c.box.bottom for y in left)]
    return len(named) >= _MOST * len(figured)
