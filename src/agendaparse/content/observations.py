"""A logical table -> one observation for each printed figure, with its name, measure, period, unit and place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from agendaparse.content.drafts import Draft
from agendaparse.content.headers import Column, parse_header
from agendaparse.content.periods import Period, Setting, find_period
from agendaparse.content.roles import Roles, find_roles
from agendaparse.content.units import unit_of_figure, unit_of_name
from agendaparse.content.values import Value, is_figure, is_missing, parse_values
from agendaparse.records import Cell, Observation, Source, Table

_REF = re.compile(
    r"^(?P<ref>(?=\S*\d)[A-Z]{1,6}[\-. ]?\d[\w.\-]*(?:\s?\([\w% ]{1,6}\))?)\s*[:\-–]?\s+(?P<name>[A-Z%#].*)$"
)
_PAIR = re.compile(r"(?P<name>[A-Za-z][^:]*?)\s*[-–:]\s*(?P<raw>[£]?\d[\d,.]*%?)")
_SHORT_NAME = 1  # words: "In" under "Visits" means something only with its table


@dataclass(frozen=True)
class Row:
    """One row of a table: what it is about."""

    index: int
    name: str
    section: str | None
    ref: str | None
    head: Column | None  # where the row, not the column, says the measure or the period


@dataclass
class Figure:
    """One figure on its way to an observation."""

    row: Row
    col: int
    cell: Cell
    column: Column
    value: Value
    raw: str
    name: str
    unit: str | None = None


def read_figures(table: Table, draft: Draft, setting: Setting) -> tuple[Roles, list[Figure]]:
    """The figures of a KPI table, row by row, with what its columns are."""
    roles = find_roles(draft, setting)
    rows = list(_rows(table, draft, roles, setting))
    grid = draft.grid
    figures = [f for row in rows for f in _row_figures(grid[row.index], roles, row, setting)]
    _give_units(figures)
    return roles, figures


def _rows(table: Table, draft: Draft, roles: Roles, setting: Setting) -> Iterator[Row]:
    """The rows that hold figures, each with its name and the section that it stands in."""
    grid = draft.grid
    section: str | None = None
    names = Counter(_text(row, roles.name) for row in grid[draft.n_header :])
    for index in range(draft.n_header, draft.n_rows):
        row = grid[index]
        printed = {id(c): c for c in row if c is not None and c.text}
        if _is_section(list(printed.values()), row, roles):
            section = next(iter(printed.values())).text
            continue
        name = _name(row, roles.name)
        ref = _text(row, roles.ref) or None
        if ref is None and (coded := _REF.match(name)) is not None:
            ref, name = coded["ref"], coded["name"]
        head = parse_header(_text(row, roles.measure), setting) if roles.measure is not None else None
        if not name or (roles.name is None):
            name = table.title or ""
        elif head is None and (own := _measure_row(name, roles, setting)) is not None:
            head, name = own, section or table.title or name
        within = section or _group(row, roles) or table.title
        if within and (names[name] > 1 or _is_unclear(name)) and within != name:
            name = f"{within.rstrip(' :')}: {name}"
        yield Row(index, name, section, ref, head)


def _text(row: Sequence[Cell | None], col: int | None) -> str:
    cell = row[col] if col is not None else None
    return cell.text if cell is not None else ""


def _name(row: Sequence[Cell | None], col: int | None) -> str:
    """The indicator of a row: the first paragraph of its cell, without the definition or note under it."""
    cell = row[col] if col is not None else None
    return "" if cell is None else cell.first_paragraph


def _group(row: Sequence[Cell | None], roles: Roles) -> str | None:
    return next((text for c in reversed(roles.group) if (text := _text(row, c))), None)


def _is_section(printed: Sequence[Cell], row: Sequence[Cell | None], roles: Roles) -> bool:
    """Whether a row only names what follows: one cell of words, the rest empty."""
    if len(printed) != 1 or is_figure(printed[0].text) or is_missing(printed[0].text):
        return False
    return not any(row[c] is printed[0] for c in roles.figures) or printed[0].col_span > 1


def _measure_row(name: str, roles: Roles, setting: Setting) -> Column | None:
    """The row's own measure where its name is nothing else: "Actual", "Target", "England 2023"."""
    head = parse_header(name, setting)
    if head is None or not head.is_figures or len(name.split()) > 4:  # noqa: PLR2004
        return None
    unit_words = unit_of_name(name) is not None and head.role == "actual"
    periods = any((c := roles.columns[i]) is not None and c.period is not None for i in roles.figures)
    if roles.turned or (head.period is not None and not head.named and not periods):
        return head
    return head if not unit_words and (periods or len(roles.figures) == 1) and head.role != "change" else None


def _is_unclear(name: str) -> bool:
    return len(name.split()) <= _SHORT_NAME and unit_of_name(name) is None


def _row_figures(cells: Sequence[Cell | None], roles: Roles, row: Row, setting: Setting) -> Iterator[Figure]:
    for col in roles.figures:
        cell, column = cells[col], roles.columns[col]
        if cell is None or column is None or not cell.text:
            continue
        spanning = cell.col < col or (cell.row < row.index and is_figure(cell.text))
        if spanning and (is_figure(cell.text) or cell.row < row.index):
            continue
        name, settled = _named(row, column, roles, setting)
        if not name:
            continue
        pairs = _pairs(cell)
        for part, raw, value in pairs or [("", cell.text, v) for v in parse_values(cell.text)]:
            yield Figure(row, col, cell, settled, value, raw, f"{name}: {part}" if part else name)


def _named(row: Row, column: Column, roles: Roles, setting: Setting) -> tuple[str, Column]:
    """The name and the column of a figure, where its row says the period or the measure instead."""
    head = row.head
    if roles.turned:
        period = find_period(row.name.rsplit(": ", 1)[-1], setting) or (head.period if head is not None else None)
        return column.text, replace(column, period=period)
    if head is not None:
        role = head.role if column.role == "actual" else column.role
        period = column.period or head.period
        text = head.text if role == "benchmark" else column.text
        return row.name, replace(column, role=role, period=period, text=text, unit=column.unit or head.unit)
    if column.guessed and column.text and parse_header(column.text).role == "unknown":  # type: ignore[union-attr]
        return f"{row.name}: {column.text}" if unit_of_name(column.text) is None else row.name, column
    return row.name, column


def _pairs(cell: Cell) -> list[tuple[str, str, Value]]:
    """A cell that lists named figures, a line each: "Good - 17"."""
    found = [_PAIR.fullmatch(line) for line in cell.lines]
    if len(found) < 2 or None in found:  # noqa: PLR2004
        return []
    return [
        (m["name"].strip(), line, parse_values(m["raw"])[0])
        for m, line in zip(found, cell.lines, strict=True)
        if m is not None
    ]


def _give_units(figures: Sequence[Figure]) -> None:
    """Each figure's unit; what the print of a row's own figures says speaks for those that print none."""
    by_row: dict[int, list[Figure]] = {}
    for figure in figures:
        by_row.setdefault(figure.row.index, []).append(figure)
    for row in by_row.values():
        own = Counter(f.value.unit for f in row if f.column.role == "actual" and f.value.unit == "percent")
        told = sum(f.value.value is not None for f in row if f.column.role == "actual")
        neighbours = "percent" if own["percent"] * 2 > told else None
        for figure in row:
            named = unit_of_name(figure.name)
            ref = figure.row.ref or ""
            if "(val)" in ref.casefold():
                named = "count"
            figure.unit = unit_of_figure(figure.value.unit, figure.column.unit, named, neighbours)


def observations(
    table: Table, figures: Sequence[Figure], pack_id: str, printed_pages: Sequence[int | None]
) -> list[Observation]:
    """The records of a table's figures; marks are put on them afterwards."""
    return [_observation(table, f, pack_id, printed_pages, n) for n, f in enumerate(figures, start=1)]


def _observation(
    table: Table, figure: Figure, pack_id: str, printed_pages: Sequence[int | None], number: int
) -> Observation:
    column, page = figure.column, figure.cell.pdf_page
    period = column.period
    return Observation(
        f"{table.table_id}-{number:04d}",
        table.table_id,
        table.item,
        table.appendix,
        figure.row.ref,
        figure.name,
        column.role,
        column.comparator,
        _label(column, period),
        period.start if period is not None else None,
        period.end if period is not None else None,
        figure.raw,
        figure.value.value,
        figure.unit,
        None,
        None,
        "table",
        table.reliability,
        Source(pack_id, page, printed_pages[page - 1], figure.cell.box, "ruled"),
    )


def _label(column: Column, period: Period | None) -> str | None:
    """How the period was printed: the header for the council's own figures and for changes, else the period in it."""
    if column.role == "change":
        return column.text
    if period is None:
        return None
    return period.label if column.role in ("benchmark", "target", "threshold") else column.text


def find_setting(draft: Draft) -> Setting:
    """What the words over a table say of the years that its headers leave out."""
    texts = [t for t in (draft.title, *reversed(draft.above)) if t]
    named = next((p for t in texts if (p := find_period(t)) is not None), None)
    kind = "academic" if any(_is_school(t) for t in texts[:3]) else "financial"
    return Setting(kind, named)


def _is_school(text: str) -> bool:
    return re.search(r"\bacademic year\b|\bschool year\b", text, re.IGNORECASE) is not None
