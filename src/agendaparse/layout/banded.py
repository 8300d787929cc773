"""Text under a known header -> Grid: columns by where the words stand, rows by the rules between them or by gaps."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from agendaparse.layout.lines import Line, join_lines
from agendaparse.layout.pages import Page
from agendaparse.layout.ruled import Grid, GridCell
from agendaparse.layout.words import Word
from agendaparse.records import Box

_OVER = 0.5  # of the table's width: a rule that reaches over so much parts two rows
_MARGIN = 4.0  # points that a word may stand left of its header
_PARAGRAPH = 0.8  # of the font size: a wider gap between lines parts paragraphs
_ROW_GAP = 1.0  # of the font size: a wider gap over all columns parts rows that have no rules
_END_GAP = 4.0  # of the font size: a wider one ends the table


def find_banded(page: Page, heads: Sequence[Box], *, top: float | None = None) -> Grid | None:
    """The table under a header whose cells stand at ``heads``; None if no word stands under it.

    ``top``: where its rows begin, for a table that goes on from the page before; else under the header.
    """
    start = max(h.bottom for h in heads) - 1 if top is None else top
    left, right = min(h.x0 for h in heads), max(h.x1 for h in heads)
    below = [w for w in page.words if w.angle == 0 and w.top >= start - 1 and w.x1 > left - _MARGIN]
    rules = _rules(page, left, right, start)
    below = [w for w in below if w.bottom <= rules[-1] + 1] if rules else _until_gap(below)
    if not below:
        return None
    edges = _edges(heads, below)
    bands = _bands(below, rules, start)
    cells = [
        GridCell(r, c, Box(x0, y0, x1, y1), _text([w for w in below if _inside(w, x0, y0, x1, y1)]))
        for r, (y0, y1) in enumerate(pairwise(bands))
        for c, (x0, x1) in enumerate(pairwise(edges))
    ]
    box = Box(edges[0], bands[0], edges[-1], bands[-1])
    return Grid(box, tuple(cells), len(bands) - 1, len(edges) - 1)


def _rules(page: Page, left: float, right: float, start: float) -> list[float]:
    """The y of rules, and of edges of fills, that reach over most of the table below its header."""
    found = set()
    for shape in page.shapes:
        box = shape.box
        over = min(box.x1, right) - max(box.x0, left)
        if shape.kind in ("line", "rect") and over > _OVER * (right - left) and box.width < page.width:
            found |= {round(y, 1) for y in (box.top, box.bottom) if y > start - _MARGIN}
    pieces: dict[float, float] = {}
    for shape in page.shapes:  # a rule may be drawn cell by cell
        box = shape.box
        if shape.kind in ("line", "rect") and box.height < 2 and box.top > start - _MARGIN:  # noqa: PLR2004
            level = round(box.top, 0)
            pieces[level] = pieces.get(level, 0.0) + max(0.0, min(box.x1, right) - max(box.x0, left))
    found |= {level for level, width in pieces.items() if width > _OVER * (right - left)}
    return _thinned(sorted(found))


def _thinned(levels: Sequence[float]) -> list[float]:
    kept: list[float] = []
    for y in levels:
        if not kept or y - kept[-1] > _MARGIN:
            kept.append(y)
    return kept


def _until_gap(words: Sequence[Word]) -> list[Word]:
    """The words down to the first wide gap: there the table ends that has no rules."""
    kept: list[Word] = []
    bottom = None
    for word in sorted(words, key=lambda w: w.top):
        if bottom is not None and word.top - bottom > _END_GAP * word.size:
            break
        kept.append(word)
        bottom = word.bottom if bottom is None else max(bottom, word.bottom)
    return kept


def _edges(heads: Sequence[Box], words: Sequence[Word]) -> list[float]:
    """The x between columns: where no word stands, as near as can be before the next header."""
    taken = sorted((w.x0, w.x1) for w in words)
    inner = []
    for a, b in pairwise(heads):
        low, high = a.x0 + 1, b.x1
        free, end = [], low
        for x0, x1 in taken:
            if x0 > end:
                free.append((end, min(x0, high)))
            end = max(end, x1)
            if end >= high:
                break
        if end < high:
            free.append((end, high))
        fitting = [(x0, x1) for x0, x1 in free if x1 - x0 > 1 and x1 > low and x0 < high]
        best = min(fitting, key=lambda f: abs(f[1] - b.x0), default=(b.x0 - _MARGIN, b.x0))
        inner.append(max(best[0], min(best[1], b.x0) - _MARGIN))
    outer_left = min(heads[0].x0, *(x0 for x0, _ in taken)) - _MARGIN
    outer_right = max(heads[-1].x1, *(x1 for _, x1 in taken)) + _MARGIN
    return [outer_left, *inner, outer_right]


def _bands(words: Sequence[Word], rules: Sequence[float], start: float) -> list[float]:
    top, bottom = min(start, *(w.top for w in words)), max(w.bottom for w in words) + 1
    if rules:
        inner = [y for y in rules if top + _MARGIN < y < bottom - 1]
        return [top, *inner, bottom]
    bounds, end = [top], None
    for line in sorted(join_lines(words), key=lambda x: x.box.top):
        if end is not None and line.box.top - end > _ROW_GAP * line.size:
            bounds.append((end + line.box.top) / 2)
        end = line.box.bottom if end is None else max(end, line.box.bottom)
    return [*bounds, bottom]


def _inside(word: Word, x0: float, y0: float, x1: float, y1: float) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return x0 <= x < x1 and y0 <= y < y1


def _text(words: Sequence[Word]) -> str:
    """The words as lines, paragraphs parted by an empty line."""
    text, above = "", None
    for line in join_lines(words):
        if above is not None:
            text += "\n\n" if _is_apart(above, line) else "\n"
        text += line.text
        above = line
    return text


def _is_apart(above: Line, line: Line) -> bool:
    return line.box.top - above.box.bottom > _PARAGRAPH * line.size
