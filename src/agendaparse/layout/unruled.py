"""Aligned text -> blocks: tables that have no rules, or rules only between their rows.

Figures that stand under each other over several rows make the columns; words to their left are the rows' names, words
above them the header. Rules and edges of fills between two rows say where one ends and the next begins; without them
a name's line belongs to the figures that it stands nearest to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from agendaparse.layout.blocks import Block, BlockCell
from agendaparse.layout.lines import Line, find_rows, join_lines
from agendaparse.layout.pages import Page
from agendaparse.layout.words import Word
from agendaparse.records import Box

_FIGURE = re.compile(
    r"[(\[]?[-+–−]?[£$€]?[-–]?\d[\d,]*(?:\.\d+)?\s?(?:%|k|m|bn|pp)?[)\]]?[*^]?|\(?\d+%\)|[-–—]{1,2}|n/?a|\*|[↑↓→▲▼►]",
    re.IGNORECASE,
)
_SIGN = re.compile(r"[-–—]{1,2}|n/?a|\*|[↑↓→▲▼►]", re.IGNORECASE)
# Shares of the font size.
_GAP = 1.0  # a wider gap parts two chunks of words
_FIGURE_GAP = 0.28  # two figures beside each other are two chunks
_PITCH = 1.55  # lines of one name stand no further apart
_FAR = 7.0  # rows of one table
_HEADER_GAP = 2.6  # a header's lines, and the header from its table
_LEAST_ROWS, _LEAST_COLUMNS = 2, 2
_LONE_ROW = 4  # figures that make a table of one row, if there is a header
_HEADER_LINES = 6
_TITLE_SIZE = 1.5  # of the figures' size: a larger line is the slide's title


@dataclass
class _Chunk:
    """Words of one row without a wide gap between them."""

    words: list[Word]

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(w.x1 for w in self.words)

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def is_figure(self) -> bool:
        return _FIGURE.fullmatch(self.text.replace(" %", "%")) is not None


@dataclass
class _Row:
    chunks: list[_Chunk]
    top: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def figures(self) -> list[_Chunk]:
        return [c for c in self.chunks if c.is_figure]


@dataclass
class _Region:
    """Rows of figures under each other, and the columns that they make."""

    rows: list[_Row]
    columns: list[list[float]] = field(default_factory=list)  # x0, x1 of each, from the left


def find_aligned(page: Page) -> list[Block]:
    """The aligned tables of a page, from the top; every place of them is a cell, empty ones too."""
    rows = _page_rows(page)
    blocks = [_block(region, rows, page) for region in _regions(rows)]
    return [block for block in blocks if block is not None]


def _page_rows(page: Page) -> list[_Row]:
    upright = [w for w in page.words if w.angle == 0]
    return [
        _Row(
            _chunks(words),
            min(w.top for w in words),
            max(w.bottom for w in words),
            max(w.size for w in words),
        )
        for words in find_rows(upright)
    ]


def _chunks(words: Sequence[Word]) -> list[_Chunk]:
    chunks = [_Chunk([words[0]])]
    for left, right in pairwise(words):
        size = max(left.size, right.size)
        gap = right.x0 - left.x1
        figures = _FIGURE.fullmatch(left.text) is not None and _FIGURE.fullmatch(right.text) is not None
        if gap > _GAP * size or (figures and gap > _FIGURE_GAP * size and right.text != "%"):
            chunks.append(_Chunk([right]))
        else:
            chunks[-1].words.append(right)
    return chunks


def _regions(rows: Sequence[_Row]) -> list[_Region]:
    """Rows with two figures or more, grouped while the figures keep to their columns."""
    regions: list[_Region] = []
    for row in rows:
        figures = row.figures
        if len(figures) < _LEAST_COLUMNS or _is_axis(row):
            continue
        last = regions[-1] if regions else None
        if last is not None and _continues(last, row, figures):
            last.rows.append(row)
            _widen(last, figures)
        else:
            regions.append(_Region([row]))
            _widen(regions[-1], figures)
    kept = []
    for region in regions:
        region.columns = [c for c in region.columns if c[2] >= min(_LEAST_ROWS, len(region.rows))]
        enough = len(region.rows) >= _LEAST_ROWS or len(region.columns) >= _LONE_ROW
        if enough and len(region.columns) >= _LEAST_COLUMNS:
            kept.append(region)
    return kept


def _is_axis(row: _Row) -> bool:
    """Whether a row holds nothing but years or plain numbers that climb in equal steps, as under a chart."""
    if len(row.figures) != len(row.chunks):
        return False
    numbers = [float(re.sub(r"[^\d.]", "", c.text) or 0) for c in row.chunks if not _SIGN.fullmatch(c.text)]
    steps = {round(b - a, 4) for a, b in pairwise(numbers)}
    return len(numbers) > 2 and len(steps) == 1  # noqa: PLR2004


def _continues(region: _Region, row: _Row, figures: Sequence[_Chunk]) -> bool:
    if row.top - region.rows[-1].bottom > _FAR * row.size:
        return False
    fits = sum(any(_overlap(f, c) for c in region.columns) for f in figures)
    return 2 * fits > len(figures)


def _overlap(chunk: _Chunk, column: Sequence[float]) -> bool:
    return chunk.x0 < column[1] and chunk.x1 > column[0]


def _widen(region: _Region, figures: Iterable[_Chunk]) -> None:
    """Add figures to the columns: each column is x0, x1 and how many rows it has; columns that meet are not merged."""
    for figure in figures:
        touching = [c for c in region.columns if _overlap(figure, c)]
        if not touching:
            region.columns.append([figure.x0, figure.x1, 1])
            region.columns.sort()
        elif len(touching) == 1:
            column = touching[0]
            column[0], column[1] = min(column[0], figure.x0), max(column[1], figure.x1)
            column[2] += 1


def _block(region: _Region, rows: Sequence[_Row], page: Page) -> Block | None:
    header = _header_rows(region, rows)
    first, last = region.rows[0], region.rows[-1]
    top = header[0].top if header else first.top
    bands = _bands(region, page)
    inside = [r for r in rows if r not in header and bands[0] <= r.middle < bands[-1]]
    columns = _columns(region, [*header, *inside])
    if len(columns) < _LEAST_COLUMNS + 1:
        return None
    edges = _edges(columns, [c for r in [*header, *inside] for c in r.chunks])
    words = [w for r in [*header, *inside] for c in r.chunks for w in c.words]
    words += [w for w in page.words if w.angle != 0 and top - 60 < w.top and w.bottom < bands[1] and _within(w, edges)]
    ys = [min(top, bands[0]) - 1, *bands]
    if not header and not any(w.angle for w in words):
        ys = bands
    cells = _cells(words, edges, ys)
    box = Box(edges[0], ys[0], edges[-1], max(ys[-1], last.bottom))
    return Block(page.pdf_page, box, tuple(cells), len(ys) - 1, len(edges) - 1, "aligned", tuple(edges))


def _within(word: Word, edges: Sequence[float]) -> bool:
    return edges[0] <= (word.x0 + word.x1) / 2 <= edges[-1]


def _header_rows(region: _Region, rows: Sequence[_Row]) -> list[_Row]:
    """The lines over the figures that belong to their columns."""
    above = [r for r in rows if r.bottom <= region.rows[0].top + 1]
    left = region.columns[0][0]
    found: list[_Row] = []
    below = region.rows[0]
    for row in reversed(above):
        far = below.top - row.bottom > _HEADER_GAP * below.size
        if far or len(found) >= _HEADER_LINES or row.size > _TITLE_SIZE * region.rows[0].size:
            break
        over = [c for c in row.chunks if c.x1 > left]
        wide = any(len(c.words) > 6 and c.x0 < left for c in row.chunks)  # noqa: PLR2004
        if wide and not found:
            if len(over) <= 1:
                break
        elif wide or (not over and not found and not _is_label_line(row, below, left)):
            break
        found.insert(0, row)
        below = row
    while found and not any(c.x1 > left for c in found[0].chunks):
        found.pop(0)
    return found if any(sum(_overlap(c, k) for c in r.chunks for k in region.columns) for r in found) else []


def _is_label_line(row: _Row, below: _Row, left: float) -> bool:
    """Whether a line above the first figures is the first line of its name."""
    return all(c.x1 <= left for c in row.chunks) and below.top - row.bottom < _PITCH * row.size


def _bands(region: _Region, page: Page) -> list[float]:
    """The y between rows: a rule or the edge of a fill between two of them, else by the lines of the names."""
    separators = _separators(page, region)
    names = _name_lines(region, page)
    bounds = []
    for above, below in pairwise(region.rows):
        between = [y for y in separators if above.middle < y < below.middle]
        bounds.append(sum(between[:1]) if between else _parting(above, below, names))
    first, last = region.rows[0], region.rows[-1]
    head = [line for line in names if line.box.bottom > first.top - _PITCH * first.size and line.box.top < first.top]
    tail = [line for line in names if line.box.top < last.bottom + _PITCH * 0.7 * last.size]
    top = min([first.top, *[line.box.top for line in head if _is_half(line, first)]]) - 0.5
    bottom = max([last.bottom, *[line.box.bottom for line in tail if line.box.top > last.top]]) + 0.5
    return [top, *bounds, bottom]


def _is_half(line: Line, row: _Row) -> bool:
    """Whether a name's line stands half a line above its figures: the name has two lines, centred on them."""
    return 0.3 * row.size < row.middle - (line.box.top + line.box.bottom) / 2 < 0.9 * row.size


def _separators(page: Page, region: _Region) -> list[float]:
    """The y of rules and of edges of fills that reach over most of the figures' columns."""
    left, right = region.columns[0][0], region.columns[-1][1]
    found = set()
    for shape in page.shapes:
        box = shape.box
        over = min(box.x1, right) - max(box.x0, left)
        if shape.kind in ("line", "rect") and over > 0.5 * (right - left):
            found |= {round(box.top, 1), round(box.bottom, 1)}
    return sorted(found)


def _name_lines(region: _Region, page: Page) -> list[Line]:
    """The lines of words to the left of the figures."""
    left = region.columns[0][0]
    top, bottom = region.rows[0].top - 40, region.rows[-1].bottom + 40
    words = [w for w in page.words if w.angle == 0 and w.x1 < left and top < w.top and w.bottom < bottom]
    return sorted(join_lines(words), key=lambda line: line.box.top)


def _parting(above: _Row, below: _Row, names: Sequence[Line]) -> float:
    """Where one row ends and the next begins, by the widest gap between the lines of their names."""
    between = [
        n for n in names if above.middle - above.size < (n.box.top + n.box.bottom) / 2 < below.middle + below.size
    ]
    ends = [above.bottom, *[n.box.bottom for n in between]]
    starts = [*[n.box.top for n in between], below.top]
    gaps = [
        (start - end, (start + end) / 2)
        for end in ends
        for start in starts
        if start > end and not any(end < (n.box.top + n.box.bottom) / 2 < start for n in between)
    ]
    gaps = [g for g in gaps if above.middle < g[1] < below.middle]
    return max(gaps)[1] if gaps else (above.bottom + below.top) / 2


def _columns(region: _Region, rows: Sequence[_Row]) -> list[tuple[float, float]]:
    """The figures' columns with the columns of words beside and between them."""
    found = [[c[0], c[1]] for c in region.columns]
    chunks = [c for r in rows for c in r.chunks]
    for chunk in sorted(chunks, key=lambda c: c.x1 - c.x0):
        touching = [c for c in found if _overlap(chunk, c)]
        if not touching:
            found.append([chunk.x0, chunk.x1])
        elif len(touching) == 1 and [touching[0][0], touching[0][1]] not in ([k[0], k[1]] for k in region.columns):
            touching[0][0], touching[0][1] = min(touching[0][0], chunk.x0), max(touching[0][1], chunk.x1)
    return sorted((a, b) for a, b in found)


def _edges(columns: Sequence[tuple[float, float]], chunks: Sequence[_Chunk]) -> list[float]:
    """The x between columns; the outer ones leave room for headers wider than what stands under them."""
    inner = [(a[1] + b[0]) / 2 for a, b in pairwise(columns)]
    first, last = columns[0], columns[-1]
    left = min(c.x0 for c in chunks if _overlap(c, first))
    right = max(c.x1 for c in chunks if _overlap(c, last))
    return [left - 1, *inner, right + 1]


def _cells(words: Sequence[Word], edges: Sequence[float], ys: Sequence[float]) -> list[BlockCell]:
    held: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        col = next((i for i in range(len(edges) - 1) if edges[i] <= x < edges[i + 1]), None)
        row = next((i for i in range(len(ys) - 1) if ys[i] <= y < ys[i + 1]), None)
        if col is not None and row is not None:
            held.setdefault((row, col), []).append(word)
    cells = []
    for r in range(len(ys) - 1):
        for c in range(len(edges) - 1):
            own = held.get((r, c), [])
            box = Box(edges[c], ys[r], edges[c + 1], ys[r + 1])
            text = "\n".join(line.text for line in join_lines(own))
            cells.append(BlockCell(r, c, 1, 1, box, text))
    return cells
