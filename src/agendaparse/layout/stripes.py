"""Tables of which every other row is filled, cell by cell: the rows between are theirs, and the header above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from agendaparse.layout.blocks import Block, BlockCell
from agendaparse.layout.lines import join_lines
from agendaparse.layout.pages import Page
from agendaparse.layout.words import Word
from agendaparse.records import Box

_SAME = 2.5  # points: edges nearer than this are one
_LEAST_COLUMNS, _MOST_ROWS = 3, 2  # of a filled part
_MOST_HEADED = 4  # rows of the first part: the header may be filled, and the first row below it
_HIGHER = 3.0  # times the height of the filled rows: the rows between are no higher
_HALF = 0.5  # of the columns: a row right above or below has something in as many
_OVER = 0.35  # of the font size: how far a word may reach over the edge of its column


def join_stripes(page: Page, blocks: Sequence[Block]) -> list[Block]:
    """The blocks, those of one row that stand in line with rows of print between joined to one table.

    >>> join_stripes(page, [])  # doctest: +SKIP
    []
    """
    if len(blocks) < 2:  # noqa: PLR2004
        return list(blocks)
    inner = [b for b in blocks if any(b is not o and _holds(o.box, b.box) for o in blocks)]  # in a cell of another
    found: list[Block] = list(inner)
    open_stripes: list[Block] = []
    for block in sorted((b for b in blocks if b not in inner), key=lambda b: b.box.top):
        if open_stripes and _goes_on(page, open_stripes, block):
            open_stripes.append(block)
            continue
        found += _joined(page, open_stripes)
        open_stripes = [block]
    return [*found, *_joined(page, open_stripes)]


def _holds(outer: Box, box: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return outer.x0 < x < outer.x1 and outer.top < y < outer.bottom and outer.bottom - outer.top > box.height


def _goes_on(page: Page, stripes: Sequence[Block], below: Block) -> bool:
    above = stripes[-1]
    most = _MOST_HEADED if len(stripes) == 1 else _MOST_ROWS
    if above.n_rows > most or below.n_rows > _MOST_ROWS or not _LEAST_COLUMNS <= above.n_cols == below.n_cols:
        return False
    if any(abs(a - b) > _SAME for a, b in zip(above.edges, below.edges, strict=True)):
        return False
    gap = below.box.top - above.box.bottom
    near = _SAME < gap < _HIGHER * min(above.box.height / above.n_rows, below.box.height / below.n_rows)
    return near and _is_full(_row(page, above.edges, above.box.bottom, below.box.top))


def _row(page: Page, edges: Sequence[float], top: float, bottom: float) -> list[BlockCell]:
    """What stands between two y as one row of these columns; nothing where a word crosses an edge."""
    held: dict[int, list[Word]] = {}
    for word in page.words:
        y = (word.top + word.bottom) / 2
        if word.angle or not (top < y < bottom and word.x1 > edges[0] and word.x0 < edges[-1]):
            continue
        col = next((c for c, (a, b) in enumerate(pairwise(edges)) if a <= (word.x0 + word.x1) / 2 < b), None)
        slack = _OVER * word.size
        if col is None or word.x0 < edges[col] - slack or word.x1 > edges[col + 1] + slack:
            return []
        held.setdefault(col, []).append(word)
    if not held:
        return []
    texts = {c: "\n".join(line.text for line in join_lines(own)) for c, own in held.items()}
    boxes = [Box(a, top, b, bottom) for a, b in pairwise(edges)]
    return [BlockCell(0, c, 1, 1, box, texts.get(c, "")) for c, box in enumerate(boxes)]


def _joined(page: Page, stripes: Sequence[Block]) -> Iterator[Block]:
    """The table of some stripes; stripes that stand alone as they are."""
    if len(stripes) < 2:  # noqa: PLR2004
        yield from stripes
        return
    edges = stripes[0].edges
    height = max(b.top - a.bottom for a, b in pairwise(s.box for s in stripes))
    first, last = stripes[0].box.top, stripes[-1].box.bottom
    parts: list[Sequence[BlockCell]] = [_row(page, edges, first - height, first)]
    for stripe, below in pairwise([*stripes, None]):
        parts.append(stripe.cells if stripe is not None else ())
        if stripe is not None and below is not None:
            parts.append(_row(page, edges, stripe.box.bottom, below.box.top))
    parts.append(_row(page, edges, last, last + height))
    kept = [part for i, part in enumerate(parts) if 0 < i < len(parts) - 1 or _is_full(part)]
    cells: list[BlockCell] = []
    n_rows = 0
    for part in kept:
        cells += [c._replace(row=c.row + n_rows) for c in part]
        n_rows += max(c.row + c.row_span for c in part)
    box = Box(edges[0], min(c.box.top for c in cells), edges[-1], max(c.box.bottom for c in cells))
    yield replace(stripes[0], box=box, cells=tuple(cells), n_rows=n_rows)


def _is_full(row: Sequence[BlockCell]) -> bool:
    return bool(row) and sum(bool(c.text) for c in row) > _HALF * len(row)
