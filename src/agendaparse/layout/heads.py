"""The header of a table without rules: its lines, and over which columns each of its words stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from agendaparse.layout.chunks import Chunk, Row, ends_times, is_sign, recut
from agendaparse.layout.lines import join_lines
from agendaparse.layout.objects import Shape
from agendaparse.layout.regions import merged_spans
from agendaparse.layout.words import Word
from agendaparse.records import Box

Extent = tuple[float, float]  # x0, x1

_LETTERS, _DIGITS = re.compile(r"[^\W\d_]+"), re.compile(r"\d+")

_LEAST_PAD = 3.0  # points: a thinner box is a rule, and words may stick out of theirs by so much

# Shares of the font size.
_APART = 2.6  # a header's lines, and the header from its table
_LINES = 6
_TITLE_SIZE = 1.5  # a larger line is the slide's title
_SMALLER = 0.93  # print so much smaller than the header's that stands off is of something else
_PROSE = 6  # words: a longer run over names and figures is no header
_HEAD_GAP = 0.5  # headers beside each other stand nearer than other chunks
_LEVEL_GAP = 0.6  # lines further apart are no lines of one header
_LEVEL = 0.3  # edges nearer than this are one
_OFF = 0.2  # of the width of several columns: how far from their middle a header over them may stand


@dataclass(frozen=True)
class HeadCell:
    """Words over one column, or over several side by side."""

    col: int
    col_span: int
    text: str


@dataclass(frozen=True)
class HeadRow:
    """One row of a header, from which y on it reaches, and its cells."""

    top: float
    cells: tuple[HeadCell, ...]


def header_lines(
    rows: Sequence[Row],
    left: float,
    columns: Sequence[Sequence[float]],
    top: float,
    turned: Sequence[Word] = (),
) -> list[Row]:
    """The lines over the figures that belong to their columns, by where the figures begin and the first row's top.

    A line that only names the rows below it, or the table, is none of them; one beside the header's ``turned`` words,
    or right above them, is.
    """
    high, low = min((w.top for w in turned), default=top), max((w.bottom for w in turned), default=0.0)
    below_rows = [r for r in rows if r.bottom <= top + 1]
    first = next((r for r in rows if r.top >= top - 1), None)  # a chart beside it may be in smaller print
    size = min((c.words[0].size for c in first.figures or first.chunks), default=10.0) if first is not None else 10.0
    found: list[Row] = []
    below = top
    for i, row in reversed(list(enumerate(below_rows))):
        gap = min(below, high if row.top < low else below) - row.bottom
        if gap > _APART * size or len(found) >= _LINES or row.size > _TITLE_SIZE * size:
            break
        over = [c for c in row.chunks if c.x1 > left]
        if found and _is_key(row, found[0], gap):
            break
        figures = sum(c.is_figure and not is_sign(c.text) and not _is_year(c.text) for c in over)
        if figures > 1 and not ends_times(below_rows[:i], row):
            break  # a row of another table
        if any(len(c.words) > _PROSE and c.x0 < left for c in row.chunks) and (found or len(over) <= 1):
            break
        if found and _is_title(row, found, left, columns):
            break
        found.insert(0, row)
        below = row.top
    while found and not _is_over(found[0], left):
        found.pop(0)
    while found and not _is_over(found[-1], left) and found[-1].top > low:
        found.pop()
    meeting = any(_overlap(c, k) for r in found for c in r.chunks for k in columns)
    return found if meeting or any(_is_in_step(r, columns) for r in found) else []


def _is_key(row: Row, below: Row, gap: float) -> bool:
    """Whether a row over a header is no part of it: the key to colours, smaller print that stands off."""
    labelled = any(c.text.endswith(":") and len(c.words) > 1 for c in row.chunks)
    return labelled or (gap > row.size and row.size < _SMALLER * below.size)


def _is_title(row: Row, header: Sequence[Row], left: float, columns: Sequence[Sequence[float]]) -> bool:
    """Whether a line over a header is a title from the names to the figures, or at the edge of figures without names.

    What stands right of the figures may be of it: a colour on its bar.
    """
    title, *others = [c for c in row.chunks if c.x0 < columns[-1][1]] or row.chunks
    if len(columns) == 1:
        return False
    full = all(any(_overlap(c, k) for r in header for c in r.chunks) for k in columns)
    first = min((c for r in header for c in r.chunks), key=lambda c: c.x0)
    if full and _overlap(title, columns[0]) and title.x0 < first.x0 - 2 * row.size:
        return True  # it reaches from the corner over the first column
    edge = full and _overlap(first, columns[0]) and title.x0 <= first.x0 + 1 and title.x1 > first.x0
    return not others and (edge or (title.x0 < left and title.x1 > columns[1][0]))


def _is_in_step(row: Row, columns: Sequence[Sequence[float]]) -> bool:
    """Whether a row has one text left of each column of figures: it is set from the left, they from the right."""
    own = row.chunks[-len(columns) :]
    starts = [own[0].x0, *(c[1] for c in columns)]
    beside = zip(own, starts, columns, strict=False)
    return len(own) == len(columns) and all(x0 <= c.x0 and c.x1 <= k[1] + 1 for c, x0, k in beside)


def _is_year(text: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", text) is not None


def _is_over(row: Row, left: float) -> bool:
    """Whether something stands over the figures, and not only a title that reaches over them from the names."""
    return any((c.x0 + c.x1) / 2 > left for c in row.chunks)


def _overlap(chunk: Chunk, column: Sequence[float]) -> bool:
    return chunk.x0 < column[1] and chunk.x1 > column[0]


def head_rows(
    lines: Sequence[Row],
    columns: Sequence[Extent],
    edges: Sequence[float],
    shapes: Iterable[Shape] = (),
) -> list[HeadRow]:
    """The header by rows: a line whose words stand over several columns each is a row of its own.

    The boxes and rules drawn around and under words say over which columns they stand, where there are any.
    """
    found: list[HeadRow] = []
    drawn = _near(shapes, lines) if len(lines) > 1 else []
    plain: list[Row] = []
    for i, line in enumerate(lines):
        chunks = recut(line, _HEAD_GAP)
        gap = lines[i + 1].top - line.bottom if i + 1 < len(lines) else 0.0
        spans = _over_drawn(chunks, columns, drawn) if i + 1 < len(lines) and drawn else []
        if not spans and i + 1 < len(lines):
            spans = _groups(chunks, lines[i + 1], columns) or _centred(chunks, lines, i, columns)
        if not spans and i + 1 < len(lines):
            spans = _spans(chunks, columns, loose=gap > _LEVEL_GAP * line.size)
        if spans:
            if plain:
                found.append(_plain_row(plain, columns, edges))
            found.append(HeadRow(line.top, tuple(spans)))
            plain = []
        else:
            plain.append(line)
    return [*found, _plain_row(plain, columns, edges)] if plain else found


def group_rows(
    lines: Sequence[Row], columns: Sequence[Extent], edges: Sequence[float], shapes: Iterable[Shape]
) -> list[HeadRow]:
    """The rows of a header that name groups of columns, over words that are turned.

    >>> group_rows(lines, columns, edges, page.shapes)  # "Rank" over two years  # doctest: +SKIP
    [HeadRow(top=116.0, cells=(HeadCell(col=6, col_span=2, text='Rank'),))]
    """
    drawn = _near(shapes, lines) if lines else []
    chunks = [recut(line, _HEAD_GAP) for line in lines]
    cells = [_over_drawn(c, columns, drawn) or _spans(c, columns, loose=True) for c in chunks]
    return [
        HeadRow(r.top, tuple(own)) if own else _plain_row([r], columns, edges)
        for r, own in zip(lines, cells, strict=True)
    ]


def _near(shapes: Iterable[Shape], lines: Sequence[Row]) -> list[Box]:
    """The boxes and level rules that are drawn where the lines of a header stand."""
    top, bottom = lines[0].top - _LEAST_PAD, lines[-1].bottom
    boxes = (s.box for s in shapes if s.kind in ("rect", "line"))
    return [b for b in boxes if b.bottom > top and b.top < bottom and b.x1 - b.x0 > b.bottom - b.top]


def _over_drawn(chunks: Sequence[Chunk], columns: Sequence[Extent], drawn: Sequence[Box]) -> list[HeadCell]:
    """The cells of a line by the boxes drawn around its words, or the rules under them, that reach over columns.

    None, where no word stands over several, or where two are over one.
    """
    middles = [(a + b) / 2 for a, b in columns]
    cells: list[HeadCell] = []
    for chunk in chunks:
        x0, x1 = _reach(chunk, drawn, middles[1], middles[-1])
        own = [c for c, x in enumerate(middles) if x0 < x < x1]
        own = own or [min(range(len(columns)), key=lambda c: abs(middles[c] - _middle(chunk)))]
        if cells and own[0] < cells[-1].col + cells[-1].col_span:
            return []
        cells.append(HeadCell(own[0], len(own), chunk.text))
    held = {c.col + i for c in cells for i in range(c.col_span)}
    cells += [HeadCell(c, 1, "") for c in range(len(columns)) if c not in held]
    return sorted(cells, key=lambda c: c.col) if any(c.col_span > 1 for c in cells) else []


def _reach(chunk: Chunk, drawn: Sequence[Box], first: float, last: float) -> Extent:
    """How far the box around some words reaches, or the rule under them; the words, where it is that of all."""
    x, (_, top, _, bottom), size = _middle(chunk), chunk.box, chunk.words[0].size
    around = [b for b in drawn if b.x0 < x < b.x1 and b.top < top + _LEAST_PAD and b.bottom > bottom - _LEAST_PAD]
    under = [b for b in drawn if b.bottom - b.top < _LEAST_PAD and bottom - _LEAST_PAD < b.top < bottom + size]
    spans = [(b.x0, b.x1) for b in around if b.bottom - b.top < _LINES * size]
    spans += [s for s in merged_spans((b.x0, b.x1) for b in under) if s[0] < x < s[1]]
    spans = [s for s in spans if not (s[0] < first and last < s[1]) and s[0] < chunk.x1 and chunk.x0 < s[1]]
    return min(spans, key=lambda s: s[1] - s[0], default=(chunk.x0, chunk.x1))


def _groups(chunks: Sequence[Chunk], below: Row, columns: Sequence[Extent]) -> list[HeadCell]:
    """The cells of a line set from one side over groups of columns, by the headers below, the same in several groups.

    "2023/24" ends where the last of "Q1", "Q2", "Q3" ends, and so does "2024/25" over three others. None where it is
    not so.
    """
    names = [c for c in chunks if _overlap(c, columns[0])]
    over = [c for c in chunks if c not in names]
    heads = [c for c in recut(below, _HEAD_GAP) if not _overlap(c, columns[0])]
    if not 1 < len(over) < len(heads) == len(columns) - 1:
        return []
    first = _starts([c.x0 for c in over], [h.x0 for h in heads], below.size)
    last = _starts([-c.x1 for c in reversed(over)], [-h.x1 for h in reversed(heads)], below.size)
    starts = first or [0, *(len(heads) - n for n in reversed(last[1:]))] if first or last else []
    texts = [[h.text for h in heads[a:b]] for a, b in pairwise([*starts, len(heads)])]
    distinct = all(len(set(own)) == len(own) for own in texts)
    if not starts or not distinct or len({t for own in texts for t in own}) == len(heads):
        return []
    own = [HeadCell(a + 1, b - a, c.text) for c, (a, b) in zip(over, pairwise([*starts, len(heads)]), strict=True)]
    return [HeadCell(0, 1, " ".join(c.text for c in names)), *own]


def _starts(begins: Sequence[float], heads: Sequence[float], size: float) -> list[int]:
    """The place of the header with which each group begins, the first with the first; none, where one does not."""
    found = [min(range(len(heads)), key=lambda i: abs(heads[i] - x)) for x in begins]
    level = all(abs(heads[i] - x) < _LEVEL * size for i, x in zip(found, begins, strict=True))
    return found if level and found[0] == 0 and len(set(found)) == len(found) else []


def _centred(chunks: Sequence[Chunk], lines: Sequence[Row], line: int, columns: Sequence[Extent]) -> list[HeadCell]:
    """The cells of a line whose words stand in the middle of columns headed alike below: "2021/22", "2022/23".

    None, where no word stands over several such columns: what another line heads by itself is of no group.
    """
    shapes = _shapes(lines[line + 1 :], columns)
    others = [c for k, r in enumerate(lines[:-1]) if k != line for c in recut(r, _HEAD_GAP)]
    middles = [_mid(c) for c in columns]
    at = [min(range(len(columns)), key=lambda c: abs(middles[c] - _middle(chunk))) for chunk in chunks]
    if len(set(at)) < len(at):
        return []
    cells: list[HeadCell] = []
    for k, (chunk, c) in enumerate(zip(chunks, at, strict=True)):
        first = cells[-1].col + cells[-1].col_span if cells else 1
        last = at[k + 1] - 1 if k + 1 < len(at) else len(columns) - 1
        alike = [
            (a, b)
            for a in range(max(first, 1), c + 1)
            for b in range(max(a + 1, c), last + 1)
            if shapes[a] and len(set(shapes[a : b + 1])) == 1
        ]
        off = {(a, b): abs(_mid((columns[a][0], columns[b][1])) - _middle(chunk)) for a, b in alike}
        sets = [(a, b) for a, b in alike if off[a, b] < _OFF * (columns[a][1] - columns[a][0])]
        sets = [(a, b) for a, b in sets if not any(_heads_alone(o, chunk, middles, a, b) for o in others)]
        a, b = max(sets, key=lambda s: s[1] - s[0], default=(c, c))
        cells.append(HeadCell(a, b - a + 1, chunk.text))
    held = {c.col + i for c in cells for i in range(c.col_span)}
    cells += [HeadCell(c, 1, "") for c in range(len(columns)) if c not in held]
    return sorted(cells, key=lambda c: c.col) if any(c.col_span > 1 for c in cells) else []


def _heads_alone(other: Chunk, chunk: Chunk, middles: Sequence[float], first: int, last: int) -> bool:
    """Whether a text of another line heads one of these columns: a group's second line stands between two."""
    at = min(range(len(middles)), key=lambda c: abs(middles[c] - _middle(other)))
    stacked = (last - first) % 2 == 1 and abs(_middle(other) - _middle(chunk)) < chunk.words[0].size / 2
    return first <= at <= last and not stacked


def _shapes(below: Sequence[Row], columns: Sequence[Extent]) -> list[str]:
    """What the headers below look like, letters and digits apart from each other; "" for those without a digit."""
    texts = [" ".join(c.text for r in below for c in recut(r, _HEAD_GAP) if _overlap(c, k)) for k in columns]
    shapes = [_LETTERS.sub("a", _DIGITS.sub("9", t)) for t in texts]
    return [s if "9" in s else "" for s in shapes]


def _mid(extent: Extent) -> float:
    return (extent[0] + extent[1]) / 2


def _spans(chunks: Sequence[Chunk], columns: Sequence[Extent], *, loose: bool) -> list[HeadCell]:
    """The cells of a line of which some stand over several columns; none, where each stands over one."""
    names = [c for c in chunks if _overlap(c, columns[0])]
    over = [c for c in chunks if c not in names]
    if not over:
        return []
    middles = [(a + b) / 2 for a, b in columns]
    nearest = [min(range(len(over)), key=lambda k: abs(_middle(over[k]) - m)) for m in middles[1:]]
    groups = [[c for c, n in enumerate(nearest, start=1) if n == i] for i in range(len(over))]
    if not all(groups):
        return []
    regular = len(over) > 1 and len({len(g) for g in groups}) == 1
    cells = [HeadCell(0, 1, " ".join(c.text for c in names))]
    for chunk, own in zip(over, groups, strict=True):
        over_all = all(chunk.x0 < middles[c] < chunk.x1 for c in own)
        if regular or over_all or _is_centred(chunk, [columns[c] for c in own]):
            cells.append(HeadCell(own[0], len(own), chunk.text))
        else:
            alone = min(own, key=lambda c: abs(middles[c] - _middle(chunk)))
            cells += [HeadCell(c, 1, chunk.text if c == alone else "") for c in own]
    several = sum(c.col_span > 1 for c in cells)
    return cells if several > 1 or (several == 1 and loose) else []


def _middle(chunk: Chunk) -> float:
    return (chunk.x0 + chunk.x1) / 2


def _is_centred(chunk: Chunk, columns: Sequence[Extent]) -> bool:
    left, right = columns[0][0], columns[-1][1]
    return len(columns) > 1 and abs(_middle(chunk) - (left + right) / 2) < _OFF * (right - left)


def _plain_row(lines: Sequence[Row], columns: Sequence[Extent], edges: Sequence[float]) -> HeadRow:
    """Lines of headers that stand over one column each, joined."""
    held: dict[int, list[Word]] = {}
    for line in lines:
        for chunk in recut(line, _HEAD_GAP):
            for col, words in _placed(chunk, columns, edges):
                held.setdefault(col, []).extend(words)
    texts = {col: "\n".join(line.text for line in join_lines(words)) for col, words in held.items()}
    cells = tuple(HeadCell(c, 1, texts.get(c, "")) for c in range(len(columns)))
    return HeadRow(lines[0].top, cells)


def _placed(chunk: Chunk, columns: Sequence[Extent], edges: Sequence[float]) -> list[tuple[int, list[Word]]]:
    """The column over which a chunk stands; where it runs over several, each word's own."""
    over = [c for c, (a, b) in enumerate(columns) if chunk.x0 < (a + b) / 2 < chunk.x1]
    if len(over) <= 1:
        shared = [min(chunk.x1, b) - max(chunk.x0, a) for a, b in columns]
        return [(over[0] if over else max(range(len(columns)), key=shared.__getitem__), list(chunk.words))]
    words: dict[int, list[Word]] = {}
    for word in chunk.words:
        x = (word.x0 + word.x1) / 2
        col = next((i for i, (a, b) in enumerate(pairwise(edges)) if a <= x < b), over[-1])
        words.setdefault(col, []).append(word)
    return list(words.items())
