"""RAG and direction: what a row's colours, discs, arrows and words say, put on its latest actual."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from agendaparse.content.drafts import Draft
from agendaparse.content.observations import Figure
from agendaparse.content.roles import Roles
from agendaparse.content.vocabulary import vocabulary
from agendaparse.layout.marks import Fills, Mark, hsv
from agendaparse.layout.objects import Rgb
from agendaparse.layout.words import Word
from agendaparse.records import Box, Cell

_WAYS = {"up": "up", "down": "down", "right": "flat", "left": "flat"}
_NOW = ("latest", "current", "this ", "ytd", "actual")


@dataclass(frozen=True)
class Drawing:
    """What is drawn on one page: fills, discs and arrows, and the words with their colours."""

    fills: Fills
    marks: Sequence[Mark]
    words: Sequence[tuple[Word, Rgb | None]]


def color_name(color: Rgb | None) -> str | None:
    """red, amber or green for a colour of that hue; None for others, pale and dark ones.

    >>> color_name((255, 192, 0)), color_name((91, 45, 142))
    ('amber', None)
    """
    if color is None:
        return None
    hue, saturation, brightness = hsv(color)
    rules = vocabulary("marks")["colors"]
    if saturation < rules["least_saturation"] or brightness < rules["least_brightness"]:
        return None
    return next((str(r["name"]) for r in rules["hue"] if r["from"] <= hue < r["to"]), None)


@cache
def _words(kind: str) -> dict[str, str]:
    return {w.casefold(): name for name, words in vocabulary("marks")[kind].items() for w in words}


def put_marks(
    draft: Draft, roles: Roles, figures: Sequence[Figure], drawings: dict[int, Drawing]
) -> dict[int, tuple[str | None, str | None]]:
    """RAG and direction by the place of their figure in ``figures``: one for each row that has any."""
    grid = draft.grid
    by_row: dict[int, list[int]] = {}
    for i, figure in enumerate(figures):
        by_row.setdefault(figure.row.index, []).append(i)
    colored = _colored_columns(draft, roles, by_row, drawings)
    found: dict[int, tuple[str | None, str | None]] = {}
    for index, places in by_row.items():
        latest = _latest([figures[i] for i in places])
        if latest is None:
            continue
        at = places[latest]
        row = grid[index]
        rag = _rag(row, roles, figures[at].col, drawings) or _fill_rag(row, colored, figures[at].col, drawings)
        direction = _direction(row, roles, figures[at].col, drawings)
        if rag or direction:
            found[at] = (rag, direction)
    return found


def _latest(figures: Sequence[Figure]) -> int | None:
    """The row's latest actual with a figure."""
    actual = [i for i, f in enumerate(figures) if f.column.role == "actual" and f.value.value is not None]
    dated = [(p.end, i) for i in actual if (p := figures[i].column.period) is not None]
    if dated:
        last = max(end for end, _ in dated)
        return next(i for end, i in dated if end == last)
    now = [i for i in actual if any(w in figures[i].column.text.casefold() for w in _NOW)]
    return next(iter(now or actual), None)


def _nearest(columns: Iterable[int], col: int) -> list[int]:
    """Mark columns, the one next after the figure first."""
    return sorted(columns, key=lambda c: (c < col, abs(c - col)))


def _rag(row: Sequence[Cell | None], roles: Roles, col: int, drawings: dict[int, Drawing]) -> str | None:
    for c in _nearest(roles.having("rag"), col):
        cell = row[c]
        if cell is None:
            continue
        found = _words("rag").get(cell.text.casefold()) or _disc(cell, drawings)
        found = found or color_name(_fill(cell, drawings)) or _ink(cell, drawings)
        if found:
            return found
    return None


def _drawing(cell: Cell, drawings: dict[int, Drawing]) -> Drawing:
    return drawings[cell.pdf_page]


def _inside(marks: Sequence[Mark], box: Box) -> list[Mark]:
    found = []
    for mark in marks:
        x, y = (mark.box.x0 + mark.box.x1) / 2, (mark.box.top + mark.box.bottom) / 2
        if box.x0 - 1 <= x < box.x1 + 1 and box.top - 1 <= y < box.bottom + 1:
            found.append(mark)
    return found


def _disc(cell: Cell, drawings: dict[int, Drawing]) -> str | None:
    marks = _inside(_drawing(cell, drawings).marks, cell.box)
    return next((name for m in marks if (name := color_name(m.color))), None)


def _fill(cell: Cell, drawings: dict[int, Drawing]) -> Rgb | None:
    return _drawing(cell, drawings).fills.under(cell.box)


def _ink(cell: Cell, drawings: dict[int, Drawing]) -> str | None:
    """The colour of a dot that is a letter of a font."""
    signs = set(vocabulary("marks")["dots"]["signs"])
    for word, color in _drawing(cell, drawings).words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        inside = cell.box.x0 <= x < cell.box.x1 and cell.box.top <= y < cell.box.bottom
        if inside and word.text in signs and (name := color_name(color)):
            return name
    return None


def _colored_columns(
    draft: Draft, roles: Roles, by_row: dict[int, list[int]], drawings: dict[int, Drawing]
) -> set[int]:
    """Columns of figures whose cells differ in colour from row to row: a colour that all share is decoration."""
    found: set[int] = set()
    grid = draft.grid
    for c in roles.figures:
        column = roles.columns[c]
        if column is None or column.role not in ("actual", "change"):
            continue
        colors = {_fill(cell, drawings) for r in by_row if (cell := grid[r][c]) is not None}
        if len(colors) > 1 and any(color_name(color) for color in colors):
            found.add(c)
    return found


def _fill_rag(row: Sequence[Cell | None], colored: set[int], col: int, drawings: dict[int, Drawing]) -> str | None:
    """Without a RAG column: the fill of the figure's own cell, else of the first change beside it."""
    own = [col] if col in colored else [c for c in sorted(colored) if c > col][:1]
    for c in own:
        cell = row[c]
        if cell is not None and (name := color_name(_fill(cell, drawings))):
            return name
    return None


def _direction(row: Sequence[Cell | None], roles: Roles, col: int, drawings: dict[int, Drawing]) -> str | None:
    changes = [c for c in roles.figures if (k := roles.columns[c]) is not None and k.role == "change"]
    for c in [*_nearest(roles.having("direction"), col), col, *_nearest(changes, col)[:1]]:
        cell = row[c]
        if cell is None:
            continue
        words = _words("direction")
        signs = [words[ch] for ch in cell.text if ch in words and not ch.isalpha() and ch != "="]
        found = words.get(cell.text.casefold()) if c in roles.having("direction") else None
        arrows = [_WAYS[m.points_to] for m in _inside(_drawing(cell, drawings).marks, cell.box) if m.points_to]
        for way in [found, *signs[:1], *arrows[:1]]:
            if way:
                return way
    return None
