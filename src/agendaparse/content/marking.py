"""RAG and direction: what a row's colours, discs, arrows and words say, put on its latest actual."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import groupby, takewhile

from agendaparse.content.drafts import Draft
from agendaparse.content.observations import Figure
from agendaparse.content.periods import ANY_YEAR, find_period, says
from agendaparse.content.roles import Roles
from agendaparse.content.titles import is_status, without_arrows
from agendaparse.content.vocabulary import REMEMBERED, mark_words, vocabulary
from agendaparse.layout.marks import Fills, Mark, hsv
from agendaparse.layout.objects import Rgb
from agendaparse.layout.words import Word
from agendaparse.records import Box, Cell

_WAYS = {"up": "up", "down": "down", "right": "flat", "left": "flat"}
_NOW = ("latest", "current", "this ", "ytd", "actual")
_BESIDE = 48.0  # points: a disc or an arrow this near at the right of a table belongs to it

_NAMED_COLOR = re.compile(  # behind a figure or before it: "96% (G)", "96% G", "Green: 96%"
    r"\d%?\s*[(\[](r|a|g|red|amber|green)[)\]]\s*$|\d%?\s+(?:(red|amber|green)|(?-i:([RAG])))\s*$"
    r"|^(?:(red|amber|green)|(?-i:([RAG])))\s*[:-]?\s+[£(-]*\d[\d,.]*[%)km]*$",
    re.IGNORECASE,
)
_COLOR_HEADING = re.compile(
    r"(red|amber|green)(?: |-)?(?:rated|rag|status|performance)?(?: (?:indicators?|measures?|kpis?|pis?|targets?))?"
)

_COLOR_FIRST = re.compile(r"^(?:red|amber|green)\b(?:\s*(?:[,;:/–-]|and|but)\s*)?")  # "Green and improving"

Marks = tuple[str | None, str | None]


@dataclass(frozen=True)
class Drawing:
    """What is drawn on one page: fills, discs and arrows, signs with their colours, and what a key says of colours."""

    fills: Fills
    marks: Sequence[Mark]
    signs: Sequence[tuple[Word, Rgb | None]]
    inked: Sequence[tuple[Word, Rgb]] = ()  # words printed in red, amber or green
    key: Mapping[Rgb, str] = field(default_factory=dict)

    def name(self, color: Rgb | None, *, pale: bool = False) -> str | None:
        """red, amber or green for a colour, by the page's key or by its hue."""
        if color is not None and color in self.key:
            return self.key[color]
        return color_name(color, pale=pale)


@lru_cache(maxsize=REMEMBERED)  # the cells of a table share a few colours
def color_name(color: Rgb | None, *, pale: bool = False) -> str | None:
    """red, amber or green for a colour of that hue; None for others, dark ones, and pale ones unless asked for.

    >>> color_name((255, 192, 0)), color_name((91, 45, 142)), color_name((198, 239, 206), pale=True)
    ('amber', None, 'green')
    """
    if color is None:
        return None
    hue, saturation, brightness = hsv(color)
    rules = vocabulary("marks")["colors"]
    full = saturation >= rules["least_saturation"] and brightness >= rules["least_brightness"]
    pastel = pale and saturation >= rules["pale_saturation"] and brightness >= rules["pale_brightness"]
    if not full and not pastel:
        return None
    return next((str(r["name"]) for r in rules["hue"] if r["from"] <= hue < r["to"]), None)


def is_blue(color: Rgb | None) -> bool:
    """Whether a colour is a strong one of none of the three: a fourth, above green.

    >>> is_blue((0, 112, 192)), is_blue((0, 176, 80)), is_blue((240, 240, 240))
    (True, False, False)
    """
    rules = vocabulary("marks")["colors"]
    return color is not None and hsv(color)[1] >= rules["least_saturation"] and color_name(color, pale=True) is None


@cache
def signs_of_color() -> frozenset[str]:
    """The words that are signs whose colour is a mark: a dot, a square."""
    return frozenset(vocabulary("marks")["dots"]["signs"])


def put_marks(
    draft: Draft, roles: Roles, figures: Sequence[Figure], drawings: Mapping[int, Drawing]
) -> dict[int, Marks]:
    """RAG and direction by the place of their figure in ``figures``: one for each row that has any."""
    by_row: dict[object, list[int]] = {}
    for i, figure in enumerate(figures):
        by_row.setdefault(figure.row.notes or figure.row.index, []).append(i)
    reader = _Reader(draft, roles, drawings, list(dict.fromkeys(f.row.index for f in figures)))
    alone = len(by_row) == 1 or len({f.row.name for f in figures}) == 1
    last = max((p.end for f in figures if _is_figure(f) and (p := f.column.period) is not None), default=None)
    found: dict[int, Marks] = {}
    for places in by_row.values():
        own = [figures[i] for i in places]
        latest = _latest(own, last)
        if latest is None:
            continue
        marks = reader.rag(own[latest]), reader.direction(own[latest], own)
        period = own[latest].column.period
        if marks == (None, None) and (not alone or period is None or period.end == last):
            marks = reader.beside(own[latest], alone=alone)
        if any(marks):
            found[places[latest]] = marks
    return found


def _is_figure(figure: Figure) -> bool:
    return figure.column.role == "actual" and figure.value.value is not None


def _latest(figures: Sequence[Figure], last: object) -> int | None:
    """The row's latest actual with a figure, or the print that stands for one under the table's latest period.

    A part of it that has a name of its own, as what a result was worked out from, is not the one.
    """
    ends = [f.column.period.end if f.column.role == "actual" and f.column.period else None for f in figures]
    at = [i for i, end in enumerate(ends) if end is not None and end == last]
    if at:
        targets = [f.column.text for f in figures if f.column.role == "target"]
        if targets and all(says(text, "to_date") for text in targets):
            at = [i for i in at if says(figures[i].column.text, "to_date")] or at  # what the target is set for
        return next((i for i in at if figures[i].name == figures[i].row.name), at[0])
    actual = [i for i, f in enumerate(figures) if _is_figure(f)]
    bare = [
        i for i in actual if figures[i].column.undated and find_period(figures[i].column.text, ANY_YEAR) is not None
    ]
    if bare:  # quarters whose year is not printed stand after the years before
        return bare[-1]
    dated = [(p.end, i) for i in actual if (p := figures[i].column.period) is not None]
    if dated:
        end = max(end for end, _ in dated)
        return next(i for own, i in dated if own == end)
    now = [i for i in actual if any(w in figures[i].column.text.casefold() for w in _NOW)]
    return next(iter(now or actual), None)


def _nearest(columns: Iterable[int], col: int) -> list[int]:
    """Mark columns, the one next after the figure first."""
    return sorted(columns, key=lambda c: (c < col, abs(c - col)))


class _Reader:
    """The marks of one table's rows."""

    def __init__(self, draft: Draft, roles: Roles, drawings: Mapping[int, Drawing], rows: Sequence[int]) -> None:
        self._draft, self._roles, self._drawings = draft, roles, drawings
        self._grid, self._rows = draft.grid, rows
        self._colored = self._colored_columns()
        self._inked = self._told_columns(roles.figures, self._ink_name)
        named = [c for c in (roles.ref, roles.name) if c is not None]
        self._named = self._told_columns(named, self._label_name)

    def rag(self, figure: Figure) -> str | None:
        """By a row of RAG, or RAG columns next to the figure; without any, by what colours its cell or its section."""
        row, col = figure.row.index, figure.col
        told = self._grid[at][col] if (at := dict(figure.row.notes).get("rag")) is not None else None
        if told is not None and (found := self._cell_rag(told)):
            return found
        found = self._beside_rag(row, col) or self._own_rag(figure) or self._drawn_rag(figure)
        return found or named_rag(figure.row.section or "")

    def _beside_rag(self, row: int, col: int) -> str | None:
        near = _nearest(self._roles.having("rag") or self._drawn("disc") or self._of_two(), col)
        for c in near:
            between = range(min(c, near[0]), max(c, near[0]))
            if any(f in between for f in self._roles.figures if f != col):
                break
            if (cell := self._grid[row][c]) is not None and (found := self._cell_rag(cell)):
                return found
        own = [col] if col in self._colored else [c for c in sorted(self._colored) if c > col][:1]
        for c in own if not near else []:
            if (cell := self._grid[row][c]) is not None and (found := self._fill_name(cell)):
                return found
        return None

    def _of_two(self) -> tuple[int, ...]:
        """Columns of directions that name colours too: "Green and improving" under "RAG and direction of travel"."""
        own = self._roles.having("direction")
        return tuple(c for c in own if any(_tells_color(cell.text) for r in self._rows if (cell := self._grid[r][c])))

    def _drawn(self, kind: str) -> tuple[int, ...]:
        """Columns without a word under their header, in which discs or arrows are drawn, or several colours."""
        columns = {
            c: [cell for r in self._rows if (cell := row[r]) is not None]
            for c, row in enumerate(zip(*self._grid, strict=True))
        }
        blank = {c: cells for c, cells in columns.items() if cells and not any(cell.text for cell in cells)}
        return tuple(c for c, cells in blank.items() if self._holds(cells, kind))

    def _holds(self, cells: Sequence[Cell], kind: str) -> bool:
        marks = [m for cell in cells for m in inside(self._drawings[cell.pdf_page].marks, cell.box)]
        filled = kind == "disc" and len({self._fill_name(cell) for cell in cells} - {None}) > 1
        return filled or any(m.kind == kind for m in marks)

    def _cell_rag(self, cell: Cell) -> str | None:
        drawing = self._drawings[cell.pdf_page]
        said = said_rag(cell.text)
        if said:
            return None if is_blue(drawing.fills.under(cell.box)) else said
        marks = inside(drawing.marks, cell.box)
        fill = drawing.name(drawing.fills.in_place(cell.box), pale=True)
        drawn = [drawing.name(m.color) for m in marks] + [fill] + self._ink(cell)
        return next(filter(None, drawn), None) or _ticked(cell.text)

    def _fill_name(self, cell: Cell) -> str | None:
        drawing = self._drawings[cell.pdf_page]
        return drawing.name(drawing.fills.under(cell.box), pale=True)

    def _ink(self, cell: Cell) -> list[str | None]:
        """The colours of the dots of a cell that are letters of a font."""
        drawing = self._drawings[cell.pdf_page]
        found = []
        for word, color in drawing.signs:
            if _holds(cell.box, (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2):
                found.append(drawing.name(color))
        return found

    def _colored_columns(self) -> set[int]:
        """Columns of figures whose cells differ in colour from row to row: a colour that all share is decoration."""
        for page, own in groupby(self._draft.cells, key=lambda cell: cell.pdf_page):
            self._drawings[page].fills.look_under([cell.box for cell in own])
        found: set[int] = set()
        for c in self._roles.figures:
            column = self._roles.columns[c]
            if column is None or column.role not in ("actual", "change"):
                continue
            cells = [cell for r in self._rows if (cell := self._grid[r][c]) is not None]
            colors = {self._drawings[cell.pdf_page].fills.under(cell.box) for cell in cells}
            names = {self._fill_name(cell) for cell in cells} - {None}
            if len(names) > 1 or (len(colors) > 1 and any(color_name(color) for color in colors)):
                found.add(c)
        return found

    def _own_rag(self, figure: Figure) -> str | None:
        """By the colour that is named behind the figure or before it: "96% (G)"."""
        found = _NAMED_COLOR.search(figure.cell.text)
        return said_rag(next(filter(None, found.groups()))) if found is not None else None

    def _drawn_rag(self, figure: Figure) -> str | None:
        """By a disc in the figure's cell, or by the ink of the figure or the ground of its row's name."""
        drawing = self._drawings[figure.cell.pdf_page]
        discs = [m.color for m in inside(drawing.marks, figure.cell.box) if m.kind == "disc"]
        if found := next(filter(None, map(drawing.name, discs)), None):
            return found
        if figure.col in self._inked and (found := self._ink_name(figure.cell)):
            return found
        labels = [cell for c in self._named if (cell := self._grid[figure.row.index][c]) is not None]
        return next(filter(None, map(self._label_name, labels)), None)

    def _told_columns(self, columns: Iterable[int], name: Callable[[Cell], str | None]) -> set[int]:
        """Of some columns those whose cells have two of the three colours: one alone is decoration."""
        return {c for c in columns if len({name(cell) for r in self._rows if (cell := self._grid[r][c])} - {None}) > 1}

    def _ink_name(self, cell: Cell) -> str | None:
        drawing = self._drawings[cell.pdf_page]
        words = [(w, c) for w, c in drawing.inked if _holds(cell.box, (w.x0 + w.x1) / 2, (w.top + w.bottom) / 2)]
        return drawing.name(words[0][1]) if words else None

    def _label_name(self, cell: Cell) -> str | None:
        drawing = self._drawings[cell.pdf_page]
        discs = [drawing.name(m.color) for m in inside(drawing.marks, cell.box) if m.kind == "disc"]
        return next(filter(None, discs), None) or self._fill_name(cell)

    def direction(self, figure: Figure, figures: Sequence[Figure]) -> str | None:
        """By a row or columns of directions, the figure's own cell or a change beside it: words, signs or arrows."""
        row, col = figure.row.index, figure.col
        told = self._grid[at][col] if (at := dict(figure.row.notes).get("direction")) is not None else None
        if told is not None and (way := self._way(told, row, figures, said=True)):
            return way
        own = self._roles.having("direction") or self._drawn("arrow")
        changes = [c for c in self._roles.figures if (k := self._roles.columns[c]) is not None and k.role == "change"]
        rags = self._roles.having("rag")  # "Green ▲"
        for c in [*_nearest(own, col), col, *_nearest(changes, col)[:1], *_nearest(rags, col)]:
            cell = self._grid[row][c]
            if cell is not None and (way := self._way(cell, row, figures, said=c in own)):
                return way
        return None

    def _way(self, cell: Cell, row: int, figures: Sequence[Figure], *, said: bool) -> str | None:
        told = self._said_direction(row, cell, figures) if said else None
        marks = inside(self._drawings[cell.pdf_page].marks, cell.box)
        drawn = [_WAYS[m.points_to] for m in marks if m.points_to]
        return told or next(iter([*_arrow_signs(cell.text), *drawn]), None)

    def _said_direction(self, row: int, cell: Cell, figures: Sequence[Figure]) -> str | None:
        words = mark_words("direction")
        text = _COLOR_FIRST.sub("", _plainly(cell.text))
        if text in words:
            return words[text]
        judged = mark_words("judged").get(text)
        if judged is None:
            first = text.split()[0] if text else ""
            return words.get(first) if first.isalpha() else None
        high = self._high_is_good(row)
        return _movement(figures) if high is None else ("up" if high == (judged == "better") else "down")

    def _high_is_good(self, row: int) -> bool | None:
        words = mark_words("polarity")
        for c in self._roles.having("polarity"):
            if (cell := self._grid[row][c]) is not None and (good := words.get(_plainly(cell.text))):
                return good == "high"
        return None

    def beside(self, figure: Figure, *, alone: bool) -> Marks:
        """A disc and an arrow that stand beside a row, near its table; for a table of one row in its header too."""
        cells = [c for c in self._draft.cells if c.text and c.pdf_page == figure.cell.pdf_page]
        if alone and len({c.pdf_page for c in self._draft.cells if c.text}) > 1:
            return (None, None)
        left, right = min(c.box.x0 for c in cells), max(c.box.x1 for c in cells)
        own = cells if alone else [c for c in self._grid[figure.row.index] if c is not None and c.row_span == 1]
        if not own:
            return (None, None)
        top, bottom = min(c.box.top for c in own), max(c.box.bottom for c in own)
        drawing = self._drawings[figure.cell.pdf_page]
        said = self._status() if alone else ""
        status = said_rag(without_arrows(said))
        heads = [c.box for c in cells if c.is_header] + ([self._draft.bar.box] if self._draft.bar is not None else [])
        headed = [m for box in heads if alone for m in inside(drawing.marks, box)]  # beside its name
        marks = headed or inside(drawing.marks, Box(right, top, right + _BESIDE, bottom))
        if not alone and not marks:
            marks = [m for m in inside(drawing.marks, Box(left - _BESIDE, top, left, bottom)) if m.kind == "disc"]
        rags = [drawing.name(m.color) for m in marks if m.points_to is None]
        ways = [_WAYS[m.points_to] for m in marks if m.points_to]
        return next(filter(None, rags), None) or status, next(iter([*ways, *_arrow_signs(said)]), None)

    def _status(self) -> str:
        """What stands beside the title in the first row of a table, or on its line above it: "GREEN ⇧"."""
        cells = [c for c in self._draft.cells if not c.row and c.is_header]
        if cells and cells[0].col_span > 1 and cells[0].text == self._draft.title:
            return " ".join(c.text for c in cells[1:])
        bar = self._draft.bar
        return " ".join(takewhile(is_status, (line.text for line in bar.behind))) if bar is not None else ""


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x0 <= x < box.x1 and box.top <= y < box.bottom


def inside(marks: Sequence[Mark], box: Box) -> list[Mark]:
    """The marks whose middle lies in a box."""
    found = []
    for mark in marks:
        x, y = (mark.box.x0 + mark.box.x1) / 2, (mark.box.top + mark.box.bottom) / 2
        if box.x0 - 1 <= x < box.x1 + 1 and box.top - 1 <= y < box.bottom + 1:
            found.append(mark)
    return found


def _plainly(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .:;()")


def said_rag(text: str) -> str | None:
    """red, amber or green for the words of a cell; the first colour of two counts.

    >>> said_rag("On target"), said_rag("Amber/Red"), said_rag("RED - 45%"), said_rag("Blue")
    ('green', 'amber', 'red', None)
    """
    words = mark_words("rag")
    plain = _plainly(text)
    colored = mark_words("colored")
    first = re.match(r"red|amber|green|yellow", plain)
    sign = next((colored[ch] for ch in text if ch in colored), None)
    return words.get(plain) or sign or (words[first[0]] if first is not None else None)


def _tells_color(text: str) -> bool:
    return re.match(r"red|amber|green", _plainly(text)) is not None


def _ticked(text: str) -> str | None:
    """A tick, a cross, a warning or a face that stands for a colour without having one."""
    words = mark_words("ticked")
    return next((words[ch] for ch in text if ch in words), None)


def named_rag(heading: str) -> str | None:
    """red, amber or green for a heading that says that of the indicators under it; None for any other.

    >>> named_rag("RED"), named_rag("Green indicators"), named_rag("Green spaces")
    ('red', 'green', None)
    """
    found = _COLOR_HEADING.fullmatch(_plainly(heading))
    return None if found is None else said_rag(found[1])


def _arrow_signs(text: str) -> list[str]:
    words = mark_words("direction")
    pairs = [words[p] for p in re.findall(r"◄►|◀▶|▲▼", text)]
    return pairs or [words[ch] for ch in text if ch in words and not ch.isalpha() and ch != "="]


def _movement(figures: Sequence[Figure]) -> str | None:
    """Which way the row's own figures went last; None if that cannot be seen."""
    dated = [(p.end, f.value.value, p.kind) for f in figures if _is_figure(f) and (p := f.column.period) is not None]
    if len({kind for *_, kind in dated}) > 1:  # a sum since April ends with the month that it is printed beside
        dated = [own for own in dated if own[2] != "year_to_date"]
    values = [value for _, value, _ in sorted(dated)[-2:] if value is not None]
    if len(values) < 2 or values[0] == values[1]:  # noqa: PLR2004
        return None
    return "up" if values[1] > values[0] else "down"
