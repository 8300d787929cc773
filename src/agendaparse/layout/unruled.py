"""Aligned text -> blocks: tables that have no rules, or rules only between their rows.

Figures that stand under each other over several rows make the columns; words to their left are the rows' names, words
above them the header. Rules and edges of fills between two rows say where one ends and the next begins; without them
a name's line belongs to the figures that it stands nearest to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from agendaparse.layout.bands import Band, boundaries, find_bands, group_lines
from agendaparse.layout.blocks import Block, BlockCell
from agendaparse.layout.chunks import Chunk, Row, find_chunks, is_sign, within
from agendaparse.layout.columns import find_columns, find_uprights
from agendaparse.layout.heads import head_rows, header_lines
from agendaparse.layout.lines import join_lines
from agendaparse.layout.pages import Page
from agendaparse.layout.words import Word
from agendaparse.records import Box

# Shares of the font size.
_FAR = 7.0  # rows of one table
_SHARES = 0.6  # a figure's share in brackets under it
_REST = 2.5  # a row with fewer figures than make a table still belongs to the one above
_NAMES = 5.2  # how far names reach above and below the figures
_TURNED = 60.0  # points: how far turned header words reach above the figures
_LEAST_ROWS, _LEAST_COLUMNS = 2, 2
_NAMED = 0.7  # of rows have a name of their own, in each of two tables beside each other
_LONE_ROW = 4  # figures that make a table of one row, if there is a header


_YEAR = re.compile(r"^(?:19|20)\d\d$")


@dataclass
class _Region:
    """Rows of figures under each other, and the columns that they make."""

    rows: list[Row]
    columns: list[list[float]] = field(default_factory=list)  # x0, x1 and rows of each, from the left

    @property
    def left(self) -> float:
        """Where the figures begin."""
        return self.columns[0][0]

    @property
    def right(self) -> float:
        """Where they end."""
        return self.columns[-1][1]


def find_aligned(page: Page) -> list[Block]:
    """The aligned tables of a page, from the top; every place of them is a cell, empty ones too."""
    rows = find_chunks(page.words)
    blocks = [block for region in _regions(rows) for block in _blocks(region, rows, page)]
    return sorted(blocks, key=lambda b: (b.box.top, b.box.x0))


def _regions(rows: Sequence[Row]) -> list[_Region]:
    """Rows with two figures or more, grouped while the figures keep to their columns."""
    regions: list[_Region] = []
    for row in rows:
        if len(row.figures) < _LEAST_COLUMNS or _is_axis(row):
            continue
        last = regions[-1] if regions else None
        if last is not None and _continues(last, row):
            last.rows.append(row)
        else:
            last = _Region([row])
            regions.append(last)
        _widen(last, row.figures)
    kept = []
    for region in regions:
        region.columns = [c for c in region.columns if c[2] >= min(_LEAST_ROWS, len(region.rows))]
        enough = len(region.rows) >= _LEAST_ROWS or len(region.columns) >= _LONE_ROW
        if enough and len(region.columns) >= _LEAST_COLUMNS:
            kept.append(region)
    starts = [region.rows[0].top for region in kept]
    for region, end in zip(kept, [*starts[1:], float("inf")], strict=False):
        _add_short_rows(region, rows, end)
        region.rows = _joined(region.rows)
    return kept


def _is_axis(row: Row) -> bool:
    """Whether a row holds nothing but years or plain numbers that climb in equal steps, as under a chart."""
    if len(row.figures) != len(row.chunks):
        return False
    numbers = [float(re.sub(r"[^\d.]", "", c.text) or 0) for c in row.chunks if not is_sign(c.text)]
    steps = {round(b - a, 4) for a, b in pairwise(numbers)}
    return len(numbers) > 2 and len(steps) == 1  # noqa: PLR2004


def _continues(region: _Region, row: Row) -> bool:
    if row.top - region.rows[-1].bottom > _FAR * row.size:
        return False
    fits = sum(any(_overlap(f, c) for c in region.columns) for f in row.figures)
    return 2 * fits > len(row.figures)


def _overlap(chunk: Chunk, column: Sequence[float]) -> bool:
    return chunk.x0 < column[1] and chunk.x1 > column[0]


def _widen(region: _Region, figures: Iterable[Chunk]) -> None:
    """Add figures to the columns; columns that meet are not merged."""
    for figure in figures:
        touching = [c for c in region.columns if _overlap(figure, c)]
        if not touching:
            region.columns.append([figure.x0, figure.x1, 1])
            region.columns.sort()
        elif len(touching) == 1:
            column = touching[0]
            column[0], column[1] = min(column[0], figure.x0), max(column[1], figure.x1)
            column[2] += 1


def _add_short_rows(region: _Region, rows: Sequence[Row], end: float) -> None:
    """Rows with a single figure in one of the columns: between the others, or right above or under them."""
    first, last = region.rows[0], region.rows[-1]
    found = [r for r in rows if first.top < r.top < last.top and r not in region.rows and _is_short(r, region)]
    for row in (r for r in rows if last.top < r.top < end):
        if row.top - last.bottom > _REST * row.size or not _is_short(row, region):
            break
        found.append(row)
        last = row
    for row in reversed([r for r in rows if r.top < first.top]):
        if first.top - row.bottom > _REST * row.size or not _is_short(row, region) or _YEAR.search(row.figures[0].text):
            break
        found.append(row)
        first = row
    region.rows = sorted([*region.rows, *found], key=lambda r: r.top)


def _is_short(row: Row, region: _Region) -> bool:
    """Whether a row has figures in the columns, and nothing else over them: but names may reach over the first."""
    inside = [c for c in row.chunks if any(_overlap(c, k) for k in region.columns)]
    figures = [c for c in inside if c.is_figure]
    others = [c for c in inside if not c.is_figure and any(_overlap(c, k) for k in region.columns[1:])]
    return bool(figures) and not others


def _joined(rows: Sequence[Row]) -> list[Row]:
    """The rows, those that only print shares in brackets joined to the row above: "411" over "(83%)"."""
    found: list[Row] = []
    for row in rows:
        shares = all(c.text.startswith("(") and "%" in c.text for c in row.figures)
        if found and shares and row.top - found[-1].bottom < _SHARES * row.size:
            found[-1] = Row(found[-1].chunks + row.chunks)
        else:
            found.append(row)
    return found


def _blocks(region: _Region, rows: Sequence[Row], page: Page) -> Iterator[Block]:
    """The block of a region; several, where it is tables beside each other, or under headings of their own."""
    header = header_lines(rows, region.left, region.columns, region.rows[0].top)
    x = _gutter(region, header)
    if x is None:
        for part, bands in _parts(region, page, header):
            block = _block(part, bands, rows, page)
            if block is not None:
                yield block
        return
    top, bottom = (header or region.rows)[0].top - 4 * region.rows[0].size, region.rows[-1].bottom
    here = [r for r in rows if top < r.top and r.top < bottom + _REST * r.size]
    for x0, x1 in ((0.0, x), (x, page.width)):
        side = within(here, x0, x1)
        for part in _regions(side):
            yield from _blocks(part, side, page)


def _parts(region: _Region, page: Page, header: Sequence[Row]) -> Iterator[tuple[_Region, list[Band]]]:
    """A region with its bands; without a header, each line that names the rows below it begins another table."""
    bands = _bands(region, page)
    starts = [] if header else [i for i, b in enumerate(bands) if b.row is None]
    for first, last in pairwise([-1, *starts, len(bands)]):
        own = bands[first + 1 : last]
        rows = [b.row for b in own if b.row is not None]
        if rows and (not starts or len(rows) >= _LEAST_ROWS):
            yield _Region(rows, region.columns), own


def _gutter(region: _Region, header: Sequence[Row]) -> float | None:
    """The x between two tables beside each other: names stand right of figures, with other figures to their right.

    The header says so: it prints over both names the same word, or nothing, or a title alone.
    """
    words = [c for r in region.rows for c in r.chunks if not c.is_figure]
    first = [c for c in words if c.x1 <= region.left]
    if not first:
        return None
    for before, after in pairwise(region.columns):
        between = [c for c in words if before[1] < c.x0 and c.x1 < after[0]]
        distinct = len({c.text for c in between})
        if len(between) < max(_LEAST_ROWS, _NAMED * len(region.rows)) or distinct < _NAMED * len(between):
            continue
        x = (before[1] + min(c.x0 for c in between)) / 2
        if _head(header, first) == _head(header, between) or _are_titles(header, x):
            return x
    return None


def _head(header: Sequence[Row], names: Sequence[Chunk]) -> str:
    """What the lowest header row prints over names."""
    column = (min(c.x0 for c in names), max(c.x1 for c in names))
    return " ".join(c.text for row in header[-1:] for c in row.chunks if _overlap(c, column))


def _are_titles(header: Sequence[Row], x: float) -> bool:
    """Whether the lowest header row is one text on either side: each table's own title."""
    sides = [c.x0 < x for row in header[-1:] for c in row.chunks]
    return sides == [True, False]


def _block(region: _Region, bands: Sequence[Band], rows: Sequence[Row], page: Page) -> Block | None:
    first = next(b for b in bands if b.row is not None)
    header = header_lines(rows, region.left, region.columns, first.top)
    bands = _kept(bands, header)
    ys = boundaries(bands, _separators(page, region))
    inside = [r for r in rows if r not in header and ys[0] <= r.middle < ys[-1]]
    figures = [(c[0], c[1]) for c in region.columns]
    uprights = find_uprights(page.shapes, ys[0], ys[-1])
    columns, edges = find_columns(figures, header, inside, uprights)
    if len(columns) < _LEAST_COLUMNS + 1:
        return None
    told = [i for i, (a, b) in enumerate(columns) if i and not any(a < (x + y) / 2 < b for x, y in figures)]
    below = [r for r in rows if ys[0] <= r.middle < ys[-1] + _NAMES * r.size and r not in header]
    comments = _comments([w for r in below for w in r.words], edges, ys, told)
    words = [w for r in below for w in r.words if r in inside or w.first in comments]
    cells = _cells(words, edges, ys, comments)
    over, tops = _over(header, columns, edges, (ys[0], ys[1]), page)
    cells = [*over, *(replace(c, row=c.row + len(tops)) for c in cells)]
    box = Box(edges[0], min([*tops, ys[0]]), edges[-1], ys[-1])
    n_rows = len(tops) + len(ys) - 1
    return Block(page.pdf_page, box, tuple(cells), n_rows, len(columns), "aligned", tuple(edges))


def _over(
    header: Sequence[Row],
    columns: Sequence[tuple[float, float]],
    edges: Sequence[float],
    below: tuple[float, float],
    page: Page,
) -> tuple[list[BlockCell], list[float]]:
    """The cells of the header, over the first row from its top to its bottom; and where their rows begin."""
    top, bottom = below
    highest = header[0].top if header else top
    turned = [w for w in page.words if w.angle and highest - _TURNED < w.top and w.bottom < bottom and _is_in(w, edges)]
    if turned:
        tops = [min(highest, *(w.top for w in turned)) - 1]
        words = [*(w for r in header for w in r.words), *turned]
        return _cells(words, edges, [*tops, top], {}), tops
    rows = head_rows(header, columns, edges)
    tops = [row.top - 1 for row in rows]
    bounds = [*tops, max(top, tops[-1] + 1) if tops else top]
    cells = [
        BlockCell(
            r, c.col, 1, c.col_span, Box(edges[c.col], bounds[r], edges[c.col + c.col_span], bounds[r + 1]), c.text
        )
        for r, row in enumerate(rows)
        for c in row.cells
    ]
    return cells, tops


def _is_in(word: Word, edges: Sequence[float]) -> bool:
    return edges[0] <= (word.x0 + word.x1) / 2 <= edges[-1]


def _bands(region: _Region, page: Page) -> list[Band]:
    """The rows of figures with the lines of their names, and the lines that name several rows."""
    reach = _NAMES * region.rows[0].size
    top, bottom = region.rows[0].top - reach, region.rows[-1].bottom + reach
    words = [w for w in page.words if w.angle == 0 and w.x1 < region.left and top < w.top and w.bottom < bottom]
    return find_bands(region.rows, join_lines(words), _separators(page, region))


def _kept(bands: Sequence[Band], header: Sequence[Row]) -> list[Band]:
    """The bands from the header to the last row of figures."""
    last = max(i for i, b in enumerate(bands) if b.row is not None)
    first = next(i for i, b in enumerate(bands) if b.row is not None)
    under = header[-1].bottom - 1 if header else bands[first].top
    return [b for i, b in enumerate(bands[: last + 1]) if i >= first or b.top >= under]


def _separators(page: Page, region: _Region) -> list[float]:
    """The y of rules and of edges of fills that reach over most of the figures' columns."""
    found = set()
    for shape in page.shapes:
        box = shape.box
        over = min(box.x1, region.right) - max(box.x0, region.left)
        if shape.kind in ("line", "rect") and over > 0.5 * (region.right - region.left):
            found |= {round(box.top, 1), round(box.bottom, 1)}
    return sorted(found)


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
        col = next((i for i in range(len(edges) - 1) if edges[i] <= x < edges[i + 1]), None)
        row = moved.get(word.first, next((i for i in range(len(ys) - 1) if ys[i] <= y < ys[i + 1]), None))
        if col is not None and row is not None:
            held.setdefault((row, col), []).append(word)
    cells = []
    for r in range(len(ys) - 1):
        for c in range(len(edges) - 1):
            own = held.get((r, c), [])
            box = Box(edges[c], ys[r], edges[c + 1], ys[r + 1])
            for word in own:
                box = box.join(word.box) if word.first in moved else box
            cells.append(BlockCell(r, c, 1, 1, box, "\n".join(line.text for line in join_lines(own))))
    return cells
