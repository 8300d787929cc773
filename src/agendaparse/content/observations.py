"""A logical table -> one observation for each printed figure, with its name, measure, period, unit and place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from agendaparse.content.drafts import Draft
from agendaparse.content.headers import Column, parse_header
from agendaparse.content.periods import ANY_YEAR, Period, Setting, academic, find_period, says
from agendaparse.content.places import is_place
from agendaparse.content.refs import split_refs
from agendaparse.content.roles import Roles, find_roles, header_rows, is_period_cell
from agendaparse.content.units import OTHER, names_clock, unit_in_brackets, unit_of_figure, unit_of_name, unit_of_word
from agendaparse.content.values import Value, is_figure, is_missing, parse_values
from agendaparse.content.vocabulary import word_list
from agendaparse.records import Cell, Method, Observation, Source, Table

_PAIR = re.compile(r"(?P<name>[A-Za-z][^:]*?)\s*[-–:]\s*(?P<raw>[£]?\d[\d,.]*%?)")
_CUT = re.compile(r"[£+\-–]?\d{1,3}(?:,\d{3})+(?:\.\d+)?%?")  # a number that a narrow cell breaks over lines
_BRACKET = re.compile(r"[(\[]([^()\[\]]+)[)\]]\s*$")
_CLOCK = re.compile(r"\d+:\d\d")
_LONGEST_MEASURE = 4  # words of a row that is named for its measure alone
_LONGEST_OWN = 4  # words of the row of the council among its comparators
_SHORT_NAME = 1  # words: "In" under "Visits" means something only with its table
_LIMITS = ("target", "threshold")
_TIMELESS = (*_LIMITS, "change")  # these hold for no time of their own


@dataclass(frozen=True)
class Row:
    """One row of a table: what it is about."""

    index: int
    name: str
    label: str  # the name as the row itself prints it
    within: str | None  # the section or title that the name needs to be understood
    ref: str | None
    head: Column | None  # where the row, not the column, says the measure or the period
    unit: str | None = None  # from the row's own cell of units
    period: Period | None = None  # where the table is turned
    table: str = ""  # the table's title


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
    dated_by_title: bool = False  # its column says no time, the table's title does


def read_figures(table: Table, draft: Draft, setting: Setting, council: str | None) -> tuple[Roles, list[Figure]]:
    """The figures of a KPI table, row by row, with what its columns are."""
    roles = find_roles(draft, setting, council)
    rows = list(_rows(table, draft, roles, setting, council))
    grid = draft.grid
    figures = [f for row in rows for f in _row_figures(grid[row.index], roles, row, setting)]
    _give_title_period(figures, table.title or "")
    give_units(figures, _table_unit(table, draft, roles))
    return roles, figures


def _table_unit(table: Table, draft: Draft, roles: Roles) -> str | None:
    """The unit that a table gives all its figures: over the names ("£m"), or in its title ("Spend (£000)")."""
    head = header_rows(draft, draft.grid, roles.name) if roles.name is not None else []
    over = unit_of_word(head[-1]) if head else None
    title = table.title or ""
    money = "currency" if any(unit_of_word(word) == "currency" for word in title.split()) else None  # "Balance £000s"
    return over or unit_in_brackets(title) or money or ("percent" if unit_of_name(title) == "percent" else None)


def _give_title_period(figures: Sequence[Figure], title: str) -> None:
    """A time that stands only in the table's title is that of its actual figures."""
    if any(f.column.period is not None or f.column.undated for f in figures):
        return
    period = find_period(title)
    for figure in figures:
        if period is not None and figure.column.role == "actual" and not says(figure.column.text, "earlier"):
            figure.column = replace(figure.column, period=period, text=period.label)
            figure.dated_by_title = True


def _rows(table: Table, draft: Draft, roles: Roles, setting: Setting, council: str | None) -> Iterator[Row]:
    """The rows that hold figures, each with its name and the section that it stands in."""
    section: str | None = None
    body = draft.grid[draft.n_header :]
    title_ref, title = split_refs([table.title or ""])[0]
    named = split_refs([_name(row, roles.name) or _total(row, roles) for row in body])
    names = Counter(name for _, name in named)
    header = {c.text for c in draft.cells if c.is_header and c.text}
    heads = _row_heads(body, [name for _, name in named], roles, setting, council)
    for index, (row, (ref, name), head) in enumerate(zip(body, named, heads, strict=True)):
        printed = list({id(c): c for c in row if c is not None and c.text}.values())
        if len(printed) > 2 and all(c.text in header for c in printed):  # noqa: PLR2004 - printed again
            continue
        if _is_section(printed, row, roles):
            section = printed[0].text
            continue
        whole = name
        if not name or roles.name is None or (head is not None and roles.measure is None):
            whole = section or title or name if head is not None else title
        own_ref = _text(row, roles.ref) or ref or (title_ref if whole == title else None)
        context = section or _group(row, roles) or title
        within = context if context != whole and (names[name] > 1 or _is_unclear(whole)) else None
        if within:
            whole = f"{within.rstrip(' :')}: {whole}"
        unit = next((u for c in roles.having("unit") if (u := unit_of_word(_text(row, c)))), None)
        period = roles.row_periods[index] if roles.turned else None
        yield Row(index + draft.n_header, whole, name, within, own_ref, head, unit, period, title)


def _row_heads(
    body: Sequence[Sequence[Cell | None]], names: Sequence[str], roles: Roles, setting: Setting, council: str | None
) -> list[Column | None]:
    """What rows say of the measure of their figures: in a column of measures, or by names that are nothing else.

    Among rows of comparators the one that names none of them is the council's own.
    """
    if roles.measure is not None:
        return [parse_header(_text(row, roles.measure), setting) for row in body]
    heads = [_measure_row(name, roles, setting) if name else None for name in names]
    if any(h is not None and h.role == "benchmark" for h in heads):
        others = [i for i, (name, h) in enumerate(zip(names, heads, strict=True)) if name and h is None]
        own = [i for i in others if council is not None and is_place(names[i], council)] or others
        if len(own) == 1 and len(names[own[0]].split()) <= _LONGEST_OWN:
            heads[own[0]] = Column(names[own[0]], "actual", named=True)
    return heads


def _text(row: Sequence[Cell | None], col: int | None) -> str:
    cell = row[col] if col is not None else None
    return cell.text if cell is not None else ""


def _name(row: Sequence[Cell | None], col: int | None) -> str:
    """The indicator of a row: the first paragraph of its cell, without the definition or note under it."""
    cell = row[col] if col is not None else None
    return "" if cell is None else cell.first_paragraph


def _total(row: Sequence[Cell | None], roles: Roles) -> str:
    """The word "Total" that a row without a name prints in another column before its figures."""
    before = [_text(row, c) for c in range(min(roles.figures, default=0))]
    return next((t for t in before if t.casefold().strip(" :") in word_list("doubts", "words", "totals")), "")


def _group(row: Sequence[Cell | None], roles: Roles) -> str | None:
    return next((text for c in reversed(roles.group) if (text := _text(row, c))), None)


def _is_section(printed: Sequence[Cell], row: Sequence[Cell | None], roles: Roles) -> bool:
    """Whether a row only names what follows: one cell of words, the rest empty."""
    if len(printed) != 1 or is_figure(printed[0].text) or is_missing(printed[0].text):
        return False
    return not any(row[c] is printed[0] for c in roles.figures) or printed[0].col_span > 1


def _measure_row(name: str, roles: Roles, setting: Setting) -> Column | None:
    """The row's own measure where its name is nothing else: "Actual", "Target", "England 2023"."""
    head = parse_header(name, setting) if len(name.split()) <= _LONGEST_MEASURE else None
    if head is None or not head.is_figures or not head.is_plain:
        return None
    counted = unit_of_name(name) is not None or any(unit_of_word(w) == OTHER for w in name.split())
    unit_words = counted and head.role == "actual"
    periods = any((c := roles.columns[i]) is not None and c.period is not None for i in roles.figures)
    if head.period is not None and not head.named and not periods:
        return head
    if roles.turned:
        return head if head.role != "actual" or head.period is not None else None
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
        name, settled = _named(cells, roles, row, col, setting)
        if name:
            yield from _cell_figures(cell, row, col, name, settled, setting)


def _cell_figures(cell: Cell, row: Row, col: int, name: str, column: Column, setting: Setting) -> Iterator[Figure]:
    """The figures of a cell: one as a rule; two of one thing, two measures, or one for each of its lines."""
    text = _joined(cell)
    both = _both(text, column)
    if both:
        for part, own in both:
            yield Figure(row, col, cell, own, parse_values(part, limits=own.role in _LIMITS)[0], text, name)
        return
    pairs = _pairs(cell)
    if pairs:
        for part, raw, value in pairs:
            yield Figure(row, col, cell, column, value, raw, f"{name}: {part}")
        return
    column = _with_own_period(column, text, setting)
    for value in parse_values(text, limits=column.role in _LIMITS):
        timed = value.unit == "ratio" and _CLOCK.search(text) and names_clock(name)
        yield Figure(row, col, cell, column, Value(None) if timed else value, text, name)


def _joined(cell: Cell) -> str:
    """The text of a cell; a number that a narrow cell breaks over its lines is put together."""
    if len(cell.lines) > 1 and not is_figure(cell.text):
        joined = "".join(line.replace(" ", "") for line in cell.lines)
        if _CUT.fullmatch(joined):
            return joined
    return cell.text


def _both(text: str, column: Column) -> list[tuple[str, Column]]:
    """The two parts of a cell under a header of two: "96% / 90%" under "Target / floor"."""
    if not column.both:
        return []
    if is_missing(text):
        return [(text, column.both[0])]
    parts = re.fullmatch(r"([^/|()]+?)\s*(?:[/|]\s*([^/|()]+)|\(([^()]+)\))", text)
    if parts is None:
        return []
    texts = (parts[1], (parts[2] or parts[3]).strip())
    if not all(is_figure(t) or is_missing(t) for t in texts):
        return []
    return [(t, replace(own, unit=own.unit or column.unit)) for t, own in zip(texts, column.both, strict=True)]


def _with_own_period(column: Column, text: str, setting: Setting) -> Column:
    """A figure that prints its own time behind it: "97.1% (Dec-24)"."""
    if column.period is not None or column.role in _TIMELESS:
        return column
    found = _BRACKET.search(text)
    if found is None or not is_period_cell(found[1], setting):
        return column
    period = find_period(found[1], setting)
    return replace(column, period=period, text=found[1], name=column.comparator)


def _named(cells: Sequence[Cell | None], roles: Roles, row: Row, col: int, setting: Setting) -> tuple[str, Column]:
    """The name and the column of a figure, where its row says the period or the measure instead."""
    column = roles.columns[col]
    assert column is not None, "columns of figures are known"  # noqa: S101
    if roles.turned:
        crossed = _crossed(column, row)
        return (column.text, _turned(column, row)) if crossed is None else (row.table, crossed)
    name = row.name
    if row.head is not None:
        column = _of_row(column, row.head, roles)
    elif column.guessed and column.text and unit_of_word(column.text) is None:
        within = f" ({row.within})" if row.within else ""
        name = f"{row.label}: {column.text}{within}" if row.label else f"{name}: {column.text}"
    if column.role not in _TIMELESS and column.period is None:
        column = _of_cell_beside(cells, roles, col, column, setting)
    if column.period is not None and says(row.name, "academic") and not says(column.text, "financial"):
        column = replace(column, period=academic(column.period))
    return name, column


def _of_row(column: Column, head: Column, roles: Roles) -> Column:
    """A column in a row that says the measure itself: "Actual", "Target / floor", "England 2023"."""
    role = head.role if column.role == "actual" else column.role
    times = {c.period for i in roles.figures if (c := roles.columns[i]) is not None}
    if role in _TIMELESS and len(times) == 1:
        column, head = replace(column, period=None), replace(head, period=None)
    told = column.role == "change" or (role != "benchmark" and column.period is not None)
    text = column.text if told else head.text
    return replace(column, role=role, text=text, unit=column.unit or head.unit, both=column.both or head.both,
                   period=column.period or head.period, undated=column.undated or head.undated)  # fmt: skip


def _crossed(column: Column, row: Row) -> Column | None:
    """The column of a table of years against months, whose cells are one indicator's; None for any other.

    Beside the years a row may name a measure that no year is printed for: "Target".
    """
    role = row.head.role if row.head is not None and column.role == "actual" else "actual"
    year, month = (row.period, column.text) if row.period is not None else (column.period, row.label)
    if year is None and row.head is not None and role != "actual" and find_period(column.text) is None:
        bare = find_period(column.text, ANY_YEAR)
        told = bare is not None and bare.bare and len(bare.label) == len(column.text)
        return replace(column, role=role, text=row.label, period=None, undated=False, guessed=False) if told else None
    if year is None or year.kind != "year":
        return None
    period = find_period(month, Setting(year.year or "financial", year))
    if period is None or not period.bare:
        return None
    return replace(column, role=role, period=period, text=f"{month} {year.label}", undated=False, guessed=False)


def _turned(column: Column, row: Row) -> Column:
    """The column of an indicator with the time, or the measure, that its row names."""
    role = row.head.role if row.head is not None and column.role == "actual" else column.role
    period = row.period or (row.head.period if row.head is not None else None)
    return replace(column, role=role, text=row.label, period=None if role in _TIMELESS else period, undated=False)


def _of_cell_beside(cells: Sequence[Cell | None], roles: Roles, col: int, column: Column, setting: Setting) -> Column:
    """An undated column beside one that prints the time of each row's figure: "Latest period", "Latest value"."""
    times = roles.having("period")
    if not times:
        return column
    at = max((c for c in times if c < col), default=times[0])
    header = roles.columns[at]
    named = "" if header is None else header.text
    if says(column.text, "earlier") and not says(named, "earlier"):
        return column
    if column.role != "actual" and (says(named, "earlier") or says(named, "latest")):
        return column
    text = _text(cells, at)
    period = find_period(text, setting)
    if period is None:
        return column
    return replace(column, period=period, text=text if column.role == "actual" else column.text)


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


def give_units(figures: Sequence[Figure], table_unit: str | None) -> None:
    """Give each figure its unit; what the print of a row's own figures says speaks for those that print none.

    >>> give_units(figures, "currency")  # in a table headed "£m"  # doctest: +SKIP
    """
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
            if "(val)" in ref.casefold() and named == "percent":
                named = "count"  # the number beside the percentage of the same name
            units = (figure.value.unit, figure.row.unit, figure.column.unit, named, neighbours or table_unit)
            figure.unit = unit_of_figure(*units)


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
    method: Method = "ruled" if table.method == "ruled" else "unruled"
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
        Source(pack_id, page, printed_pages[page - 1], figure.cell.box, method),
    )


def _label(column: Column, period: Period | None) -> str | None:
    """How the period was printed: the header for the council's own figures and for changes, else the period in it.

    A time whose dates are not known ("Previous quarter") is given as printed, without dates.
    """
    if column.role == "change":
        return column.text
    if period is None:
        return column.text if column.undated and column.role not in ("benchmark", *_LIMITS) else None
    return period.label if column.role in ("benchmark", *_LIMITS) else column.text


def find_setting(draft: Draft) -> Setting:
    """What the words over a table, and its document's title, say of the years that its headers leave out."""
    texts = [t for t in (draft.title, *reversed(draft.above), draft.document.title) if t]
    named = next((p for t in texts if (p := find_period(t)) is not None and p.kind != "years"), None)
    kind = "academic" if any(_is_school(t) for t in texts[:3]) else "financial"
    return Setting(kind, named)


def _is_school(text: str) -> bool:
    return re.search(r"\bacademic year\b|\bschool year\b", text, re.IGNORECASE) is not None
