"""The columns of a table without a full grid: between upright rules if there are any, else by what stands in line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from agendaparse.layout.chunks import Chunk, Row, recut
from agendaparse.layout.objects import Shape

Extent = tuple[float, float]  # x0, x1

# Points.
_SAME = 3.0  # uprights nearer than this are one rule
_NARROWEST = 9.0  # of a column: less is the room between double rules
_TALL = 0.5  # of the table's height: upright rules of a column reach over as much
_HEAD_GAP = 0.5  # of the font size: headers beside each other stand nearer than other chunks


def find_columns(
    figures: Sequence[Extent], header: Sequence[Row], body: Sequence[Row], uprights: Sequence[float]
) -> tuple[list[Extent], list[float]]:
    """The columns of a table and the x between them, by the columns of its figures and what else stands in it.

    A header alone makes a column only where those beside it have headers of their own.
    """
    rows = [*header, *body]
    left = min(c.x0 for r in rows for c in r.chunks if c.x1 <= figures[-1][1])
    heads = [c for r in header for c in recut(r, _HEAD_GAP)]  # marks that are drawn stand under some
    strips = _strips(figures, left, uprights, [*(c for r in body for c in r.chunks), *heads])
    if strips:
        return strips, [strips[0][0], *(b for _, b in strips)]
    columns = _headed(_standing(figures, body), header, figures)
    chunks = [c for r in rows for c in r.chunks]
    inner = [(a[1] + b[0]) / 2 for a, b in pairwise(columns)]
    low = min((c.x0 for c in chunks if _overlap(c, columns[0])), default=columns[0][0])
    high = max((c.x1 for c in chunks if _overlap(c, columns[-1])), default=columns[-1][1])
    return columns, [low - 1, *inner, high + 1]


def find_uprights(shapes: Iterable[Shape], top: float, bottom: float) -> list[float]:
    """The x of upright rules, and of edges of fills, that reach over most of the height between two y.

    Where level rules are drawn cell by cell, the x at which their pieces meet on most levels stand for uprights.
    """
    reach: list[tuple[float, float]] = []
    levels: dict[int, set[int]] = {}
    for shape in shapes:
        box = shape.box
        high = min(box.bottom, bottom) - max(box.top, top)
        if shape.kind not in ("line", "rect") or high < 0:
            continue
        if high > 0 and box.height > _SAME:
            reach += [(box.x0, high)] if shape.kind == "line" else [(box.x0, high), (box.x1, high)]
        elif box.height <= _SAME < box.width:
            levels.setdefault(round(box.top), set()).update((round(box.x0), round(box.x1)))
    found: list[list[float]] = []  # x, height
    for x, high in sorted(reach):
        if found and x - found[-1][0] < _SAME:
            found[-1][1] += high
        else:
            found.append([x, high])
    drawn = [x for x, high in found if high > _TALL * (bottom - top)]
    return drawn or _met(list(levels.values()))


def _met(levels: Sequence[set[int]]) -> list[float]:
    """The x at which the pieces of most level rules end."""
    met = Counter(x for ends in levels for x in ends)
    often = sorted(x for x, n in met.items() if n + met[x + 1] > _TALL * len(levels)) if len(levels) > 1 else []
    return [float(x) for i, x in enumerate(often) if not i or x - often[i - 1] > _SAME]


def _strips(figures: Sequence[Extent], left: float, uprights: Sequence[float], chunks: Sequence[Chunk]) -> list[Extent]:
    """The columns between uprights, if one stands between any two columns of figures; else none.

    Beyond the last column of figures, those in which something stands.
    """
    for before, after in pairwise(figures):
        if not any(before[1] - 1 <= x <= after[0] + 1 for x in uprights):
            return []
    inside = [x for x in uprights if left < x < figures[-1][1]]
    if not any(x <= figures[0][0] + 1 for x in inside):
        return []
    first = max((x for x in uprights if x <= left), default=left - 1)
    last = min((x for x in uprights if x >= figures[-1][1] - 1), default=figures[-1][1] + 1)
    beyond = [x for x in uprights if x > last]
    while beyond and not any(last - 1 <= c.x0 and c.x1 <= beyond[-1] + 1 for c in chunks):
        beyond.pop()
    edges = [first]
    for x in [*inside, last, *beyond]:
        if x - edges[-1] > _NARROWEST:
            edges.append(x)
        else:
            edges[-1] = x
    return list(pairwise(edges))


def _standing(figures: Sequence[Extent], body: Sequence[Row]) -> list[Extent]:
    """The figures' columns with the columns of words beside and between them.

    Words that stand apart in one row and run on in another are of one column: gaps of justified names part nothing.
    """
    words: list[Extent] = []
    rows = [(c, bool(row.figures)) for row in body for c in row.chunks]
    for chunk, beside in sorted(rows, key=lambda pair: pair[0].x1 - pair[0].x0):
        if any(_overlap(chunk, c) for c in figures):
            continue
        touching = [c for c in words if _overlap(chunk, c)]
        if len(touching) <= 1 or beside:
            words = [c for c in words if c not in touching]
            words.append((min([chunk.x0, *(c[0] for c in touching)]), max([chunk.x1, *(c[1] for c in touching)])))
    return sorted([*figures, *words])


def _headed(columns: Sequence[Extent], header: Sequence[Row], figures: Sequence[Extent]) -> list[Extent]:
    """The columns, with those of which only the header is printed: marks that are drawn stand under it.

    A header beside figures that have none belongs to them: it is centred, they stand at the right.
    """
    heads = _stacked([c for r in header for c in recut(r, _HEAD_GAP)], figures)
    found = list(columns)
    for head in heads:
        if any(_meet(head, c) for c in found):
            continue
        after = next((c for c in sorted(found) if c[0] >= head[1]), None)
        before = next((c for c in sorted(found, reverse=True) if c[1] <= head[0]), None)
        beside = next((c for c in (after, before) if c in figures and not any(_meet(h, c) for h in heads if c)), None)
        if beside is not None:
            found[found.index(beside)] = (min(beside[0], head[0]), max(beside[1], head[1]))
        else:
            found.append(head)
    return sorted(found)


def _stacked(chunks: Sequence[Chunk], figures: Sequence[Extent]) -> list[Extent]:
    """Headers that stand over one column, those above each other as one."""
    found: list[Extent] = []
    for chunk in sorted(chunks, key=lambda c: c.x0):
        if sum(_overlap(chunk, c) for c in figures) > 1:
            continue
        if found and chunk.x0 < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], chunk.x1))
        else:
            found.append((chunk.x0, chunk.x1))
    return found


def _overlap(chunk: Chunk, column: Sequence[float]) -> bool:
    return chunk.x0 < column[1] and chunk.x1 > column[0]


def _meet(a: Extent, b: Extent) -> bool:
    return a[0] < b[1] and b[0] < a[1]
