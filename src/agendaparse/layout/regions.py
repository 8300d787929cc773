"""Rows of figures under each other -> regions: where tables without rules stand on a page, with their columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from agendaparse.layout.chunks import Chunk, Row, count_figures, ends_times, is_sign
from agendaparse.layout.objects import Shape
from agendaparse.layout.words import Word

# Shares of the font size.
_FAR = 7.0  # rows of one table
_SHARES = 0.6  # a figure's share in brackets under it
_REST = 2.5  # a row with fewer figures than make a table still belongs to the one above
LEAST_ROWS, LEAST_COLUMNS = 2, 2
_NAMED = 0.7  # of rows have a name of their own, in each of two tables beside each other
_LONE_ROW = 4  # figures that make a table of one row, if there is a header
_CROWDED = 0.3  # of the rows
_ONE_EDGE = 3.0  # points: figures that begin nearer than this are set from one edge
_HEAD_ROWS = 4  # the header stands in the last of the rows over a region
_ALIKE = 0.6  # of the texts of two headers: "Limit" may stand where the other has "Target"
_THIN = 3.0  # points: a rule is no higher, and its pieces stand no further apart
_SMALL = 0.75  # of the size of a table's figures: the labels of a chart are smaller
_YEAR = re.compile(r"^(?:19|20)\d\d$")


@dataclass
class Region:
    """Rows of figures under each other, and the columns that they make."""

    rows: list[Row]
    columns: list[list[float]] = field(default_factory=list)  # x0, x1 and rows of each, from the left
    outer: float = 0.0  # what stands further left is of another table, or of a chart

    @property
    def left(self) -> float:
        """Where the figures begin."""
        return self.columns[0][0]

    @property
    def right(self) -> float:
        """Where they end."""
        return self.columns[-1][1]


def may_hold_regions(rows: Iterable[Sequence[Word]]) -> bool:
    """Whether rows of print hold figures enough for a region: on most pages none need be looked for.

    >>> may_hold_regions(page.rows)  # doctest: +SKIP
    False
    """
    found = 0
    for row in rows:
        figures = count_figures(row)
        found += figures >= LEAST_COLUMNS
        if found >= LEAST_ROWS or figures >= _LONE_ROW:
            return True
    return False


def find_regions(rows: Sequence[Row]) -> list[Region]:
    """Rows with two figures or more, grouped while the figures keep to their columns."""
    regions: list[Region] = []
    above: list[Row] = []  # the rows since the last one of figures
    heads: list[Row] = []  # what stands over the last region
    for row in rows:
        if len(row.figures) < LEAST_COLUMNS or _is_axis(row) or ends_times(above, row):
            above.append(row)
            continue
        between, above = above, []
        last = regions[-1] if regions else None
        headed = _is_headed_again(between, heads) or _is_headed_anew([*between, row])
        if last is not None and _continues(last, row) and not headed:
            last.rows.append(row)
        else:
            last = Region([row])
            regions.append(last)
            heads = between[-_HEAD_ROWS:]
        _widen(last, row.figures)
    kept = []
    for region in regions:
        region.columns = [
            c
            for c in _merged_columns(region)
            if c[2] >= min(LEAST_ROWS, len(region.rows)) and not _are_stars(region, c)
        ]
        enough = len(region.rows) >= LEAST_ROWS or len(region.columns) >= _LONE_ROW
        if enough and len(region.columns) >= LEAST_COLUMNS:
            kept.append(region)
    starts = [region.rows[0].top for region in kept]
    for region, end in zip(kept, [*starts[1:], float("inf")], strict=False):
        _add_short_rows(region, rows, end)
        region.rows = _joined(region.rows)
        if _are_crowded(region):
            region.columns = _by_left_edges(region) or region.columns
    return kept


def _are_stars(region: Region, column: Sequence[float]) -> bool:
    """Whether a column holds nothing but stars: marks of a list beside its numbers."""
    texts = {c.text for row in region.rows for c in row.figures if c.x0 < column[1] and c.x1 > column[0]}
    return texts == {"*"}


def _is_axis(row: Row) -> bool:
    """Whether a row holds nothing but years or plain numbers that climb in equal steps, as under a chart."""
    if len(row.figures) != len(row.chunks):
        return False
    numbers = [float(re.sub(r"[^\d.]", "", c.text) or 0) for c in row.chunks if not is_sign(c.text)]
    steps = {round(b - a, 4) for a, b in pairwise(numbers)}
    return len(numbers) > 2 and len(steps) == 1  # noqa: PLR2004


def _continues(region: Region, row: Row) -> bool:
    if row.top - region.rows[-1].bottom > _FAR * row.size:
        return False
    fits = sum(bool(_columns_of(f, region.columns)) for f in row.figures)
    return 2 * fits > len(row.figures)


def _is_headed_again(rows: Sequence[Row], heads: Sequence[Row]) -> bool:
    """Whether one of the rows is the header over the region, printed again: another table begins under it."""
    known = [{c.text for c in head.chunks} for head in heads]
    for row in rows:
        texts = {c.text for c in row.chunks}
        if len(texts) > LEAST_COLUMNS and any(len(texts & own) > _ALIKE * len(texts | own) for own in known):
            return True
    return False


def _is_headed_anew(rows: Sequence[Row]) -> bool:
    """Whether rows are a heading and, below it, times side by side or bold texts: another table in the same columns."""
    lone = [r for r in rows[:-1] if len(r.chunks) == 1 and not r.figures]
    return bool(lone) and any(r.top > lone[0].top and (_names_times(r) or _is_bold(r)) for r in rows)


def _is_bold(row: Row) -> bool:
    """Whether a row is of several texts, all bold and none a figure."""
    return len(row.chunks) > LEAST_COLUMNS and not row.figures and all(w.bold for w in row.words)


def _names_times(row: Row) -> bool:
    """Whether texts with digits that are no figures, or years and nothing else, stand beside each other."""
    if row.figures:
        return len(row.figures) >= LEAST_COLUMNS and all(_YEAR.search(c.text) for c in row.figures)
    return sum(any(map(str.isdigit, c.text)) for c in row.chunks) >= LEAST_COLUMNS


def _columns_of(chunk: Chunk, columns: Iterable[list[float]]) -> list[list[float]]:
    """The columns over which a chunk stands."""
    x0, x1 = chunk.x0, chunk.x1
    return [c for c in columns if x0 < c[1] and x1 > c[0]]


def _widen(region: Region, figures: Iterable[Chunk]) -> None:
    """Add figures to the columns; columns that meet are not merged."""
    for figure in figures:
        touching = _columns_of(figure, region.columns)
        if not touching:
            region.columns.append([figure.x0, figure.x1, 1])
            region.columns.sort()
        elif len(touching) == 1:
            column = touching[0]
            column[0], column[1] = min(column[0], figure.x0), max(column[1], figure.x1)
            column[2] += 1


def _add_short_rows(region: Region, rows: Sequence[Row], end: float) -> None:
    """Rows with a single figure in one of the columns: between the others, or right above or under them."""
    first, last = region.rows[0], region.rows[-1]
    inner = [i for i, r in enumerate(rows) if first.top < r.top < last.top and r not in region.rows]
    found = [rows[i] for i in inner if _is_short(rows[i], region) and not ends_times(rows[max(i - 2, 0) : i], rows[i])]
    for row in (r for r in rows if last.top < r.top < end):
        if row.top - last.bottom > _REST * row.size or not _is_short(row, region):
            break
        found.append(row)
        last = row
    over = [r for r in rows if r.top < first.top]
    for i, row in reversed(list(enumerate(over))):
        if first.top - row.bottom > _REST * row.size or not _is_short(row, region) or _YEAR.search(row.figures[0].text):
            break
        if ends_times(over[:i], row):
            break
        found.append(row)
        first = row
    region.rows = sorted([*region.rows, *found], key=lambda r: r.top)


def _is_short(row: Row, region: Region) -> bool:
    """Whether a row has figures in the columns, and nothing else over them: but names may reach over the first."""
    if not row.figures:
        return False
    if any(_columns_of(c, region.columns[1:]) for c in row.chunks if not c.is_figure):
        return False
    return any(_columns_of(c, region.columns) for c in row.figures)


def _merged_columns(region: Region) -> list[list[float]]:
    """The columns; two that nearly touch and of which no row has both are one: figures set left, others set right."""
    found = [region.columns[0]]
    for column in region.columns[1:]:
        last = found[-1]
        near = column[0] - last[1] < region.rows[0].size
        both = near and any(sum(c.x0 < column[1] and c.x1 > last[0] for c in row.figures) > 1 for row in region.rows)
        if near and not both:
            found[-1] = [last[0], max(last[1], column[1]), last[2] + column[2]]
        else:
            found.append(column)
    return found


def _are_crowded(region: Region) -> bool:
    """Whether in several rows two figures stand in one column: long figures of other rows reach over two."""
    crowded = 0
    for row in region.rows:
        whole = [c for c in row.figures if not c.text.startswith("(")]
        over = [id(column) for c in whole for column in _columns_of(c, region.columns)]
        crowded += len(set(over)) < len(over)
    return crowded >= _CROWDED * len(region.rows)


def _by_left_edges(region: Region) -> list[list[float]]:
    """Columns by where their figures begin; none, where some row has two figures in one of them all the same."""
    figures = [c for row in region.rows for c in row.figures]
    starts: list[list[float]] = []
    for x in sorted(c.x0 for c in figures):
        if starts and x - starts[-1][-1] < _ONE_EDGE:
            starts[-1].append(x)
        else:
            starts.append([x])
    lefts = [group[0] for group in starts if len(group) >= LEAST_ROWS]
    columns = []
    for left, after in zip(lefts, [*lefts[1:], float("inf")], strict=True):
        own = [c for c in figures if left - 1 <= c.x0 < after - 1]
        columns.append([left, min(max(c.x1 for c in own), after - 1), float(len(own))])
    apart = all(sum(k[0] - 1 <= c.x0 < k[1] for c in row.figures) <= 1 for row in region.rows for k in columns)
    return columns if apart and len(columns) >= LEAST_COLUMNS else []


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


def find_gutter(region: Region, header: Sequence[Row]) -> float | None:
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
        if len(between) < max(LEAST_ROWS, _NAMED * len(region.rows)) or distinct < _NAMED * len(between):
            continue
        x = (before[1] + min(c.x0 for c in between)) / 2
        if _head(header, first) == _head(header, between) or _are_titles(header, x) or _titled(header, first, between):
            return x
    return None


def find_chart_gutter(region: Region, rows: Sequence[Row]) -> float | None:
    """The x between a table and the chart at its right, whose numbers and labels are in smaller print.

    >>> find_chart_gutter(region, rows)  # doctest: +SKIP
    281.5
    """
    sizes = Counter(c.words[0].size for row in region.rows for c in row.figures if _columns_of(c, region.columns[:1]))
    least = _SMALL * sizes.most_common(1)[0][0] if sizes else 0.0
    top, bottom = region.rows[0].top, region.rows[-1].bottom
    chunks = [c for r in rows if r.bottom > top and r.top < bottom for c in r.chunks]
    small = [c for c in chunks if c.words[0].size < least]
    if sum(any(map(str.isdigit, c.text)) for c in small) < LEAST_ROWS:
        return None
    x0, x1 = min(c.x0 for c in small), max(c.x1 for c in chunks if c.words[0].size >= least)
    return (x0 + x1) / 2 if x1 < x0 else None


def find_ruled_gutter(
    shapes: Iterable[Shape], region: Region, header: Sequence[Row], rows: Sequence[Row]
) -> float | None:
    """The x at which the rules between a region's rows end or begin again, with print on either side of it.

    Two tables beside each other have rules of their own, and a chart beside a table has none.

    >>> find_ruled_gutter([], region, [], []) is None  # doctest: +SKIP
    True
    """
    size = region.rows[0].size
    top, bottom = (header or region.rows)[0].top - size, region.rows[-1].bottom + size
    level: dict[int, list[tuple[float, float]]] = {}
    for shape in shapes:
        x0, y0, x1, y1 = shape.box
        if shape.kind in ("line", "rect") and y1 - y0 < _THIN < x1 - x0 and top < y0 < bottom:
            level.setdefault(round(y0), []).append((x0, x1))
    if len(level) < LEAST_ROWS:
        return None
    counted = Counter((round(a), round(b)) for own in level.values() for a, b in merged_spans(own))
    often = [span for span, n in counted.items() if n >= LEAST_ROWS and span[1] - span[0] > _FAR * size]
    found = sorted(s for s in often if not any(s != o and o[0] <= s[0] and s[1] <= o[1] for o in often))
    gaps = ((a[1] + b[0]) / 2 for a, b in pairwise(found) if b[0] > a[1])
    x = next((x for x in gaps if _parts(region, x)), None)
    if x is not None or len(found) != 1:
        return x
    x, before = found[0][0] - 1.0, [c for r in rows if top < r.middle < bottom for c in r.chunks if c.x1 < found[0][0]]
    named = all(any(x < c.x0 and c.x1 <= region.left and not c.is_figure for c in r.chunks) for r in region.rows)
    return x if before and named else None


def merged_spans(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Spans of one line, those that meet made one: a rule may be drawn cell by cell.

    >>> merged_spans([(0, 40), (60, 80), (40.5, 55)])
    [(0, 55), (60, 80)]
    """
    found: list[tuple[float, float]] = []
    for x0, x1 in sorted(spans):
        if found and x0 - found[-1][1] < _THIN:
            found[-1] = (found[-1][0], max(found[-1][1], x1))
        else:
            found.append((x0, x1))
    return found


def _parts(region: Region, x: float) -> bool:
    """Whether figures stand on either side of an x and no word of the region across it."""
    sides = {f.x1 < x for row in region.rows for f in row.figures if not (is_sign(f.text) or _YEAR.match(f.text))}
    return len(sides) > 1 and not any(c.x0 < x < c.x1 for row in region.rows for c in row.chunks)


def _head(header: Sequence[Row], names: Sequence[Chunk]) -> str:
    """What the lowest header row prints over names."""
    x0, x1 = min(c.x0 for c in names), max(c.x1 for c in names)
    return " ".join(c.text for row in header[-1:] for c in row.chunks if c.x0 < x1 and c.x1 > x0)


def _titled(header: Sequence[Row], first: Sequence[Chunk], second: Sequence[Chunk]) -> bool:
    """Whether a header row is two texts, each set from the edge of some names: titles of tables beside each other."""
    edges = [min(c.x0 for c in names) + 1 for names in (first, second)]
    rows = [[c.x0 for c in row.chunks] for row in header]
    reach = max(c.x1 for c in first)
    return any(len(row) == len(edges) and row[0] <= edges[0] and reach < row[1] <= edges[1] for row in rows)


def _are_titles(header: Sequence[Row], x: float) -> bool:
    """Whether the lowest header row is one text on either side: each table's own title."""
    sides = [c.x0 < x for row in header[-1:] for c in row.chunks]
    return sides == [True, False]
