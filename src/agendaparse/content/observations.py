"""A logical table -> one observation for each printed figure, with its name, measure, period, unit and place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from agendaparse.content.drafts import Draft
from agendaparse.content.headers import Column, dated_now
from agendaparse.content.periods import (
    ANY_YEAR,
    Period,
    Setting,
    academic,
    find_period,
    names_undated_time,
    period_away,
    says,
)
from agendaparse.content.roles import Roles, find_roles, header_rows, is_period_cell
from agendaparse.content.rows import Row, read_rows
from agendaparse.content.units import names_clock, unit_in_brackets, unit_of_figure, unit_of_name, unit_of_word
from agendaparse.content.values import Value, is_figure, is_missing, parse_values
from agendaparse.records import Cell, Method, Observation, Source, Table

_PAIR = re.compile(r"(?P<name>[A-Za-z][^:]*?)\s*[-–:]\s*(?P<raw>[£]?\d[\d,.]*%?)")
_CUT = re.compile(r"[£+\-–]?\d{1,3}(?:,\d{3})+(?:\.\d+)?%?")  # a number that a narrow cell breaks over lines
_BRACKET = re.compile(r"[(\[]([^()\[\]]+)[)\]]\s*$")
_CLOCK = re.compile(r"\d+:\d\d")
_MINUTES = re.compile(r"\d+\s?m")  # and not millions
_AHEAD = re.compile(r"\+\s?\d+ years?\b", re.IGNORECASE)
_LIMITS = ("target", "threshold")
_TIMELESS = (*_LIMITS, "change")  # these hold for no time of their own


Grid = Sequence[Sequence[Cell | None]]


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
    rows = list(read_rows(table, draft, roles, setting, council))
    grid = draft.grid
    figures = [f for row in rows for f in _row_figures(grid, roles, row, setting)]
    _give_title_period(figures, table.title or "")
    give_units(figures, _table_unit(table, draft, roles, figures))
    if not roles.turned:
        _name_by_units(figures, roles)
        _name_by_groups(figures, roles)
    return roles, figures


def _name_by_units(figures: Sequence[Figure], roles: Roles) -> None:
    """Figures of a row that only the words over them tell apart have these in their name: "Headcount" beside "FTE"."""
    same: dict[object, list[Figure]] = {}
    for f in figures:
        head = roles.columns[f.col]
        if f.column.role == "actual" and head is not None and unit_of_word(head.text) is not None:
            same.setdefault((f.row.index, f.name, f.column.period, f.unit), []).append(f)
    for own in same.values():
        if len({f.col for f in own}) > 1:
            for f in own:
                f.name = f"{f.name}: {head.text}" if (head := roles.columns[f.col]) is not None else f.name


def _name_by_groups(figures: Sequence[Figure], roles: Roles) -> None:
    """Figures of one thing at one time that their headers part have these in their name: "A roads" beside "B roads"."""
    same: dict[object, list[Figure]] = {}
    for f in figures:
        if f.column.role in ("actual", "target") and (f.column.period is not None or f.column.undated):
            key = (f.row.index, f.name, f.column.role, f.column.period or f.column.text, f.unit)
            same.setdefault(key, []).append(f)
    for own in (figures for figures in same.values() if len(figures) > 1):
        heads = [roles.columns[f.col] for f in own]
        subjects = [head.printed_subject if head is not None else "" for head in heads]
        if len(set(subjects)) == len({f.col for f in own}) > 1 and all(subjects):
            for f, subject in zip(own, subjects, strict=True):
                f.name = f"{f.name.removeprefix(f'{f.row.table}: ')}: {subject}"


def _table_unit(table: Table, draft: Draft, roles: Roles, figures: Sequence[Figure]) -> str | None:
    """The unit that a table gives all its figures: over the names ("£m"), or in its title ("Spend (£000)").

    Where some figures print a pound sign, a word such as "cost" in the title says nothing of the others.
    """
    head = header_rows(draft, draft.grid, roles.name) if roles.name is not None else []
    over = unit_of_word(head[-1]) if head else None
    title = table.title or ""
    signed = any(f.value.unit == "currency" for f in figures)
    told = [word for word in title.split() if not (signed and word.isalpha())]
    money = "currency" if any(unit_of_word(word) == "currency" for word in told) else None  # "Balance £000s"
    return over or unit_in_brackets(title) or money or ("percent" if unit_of_name(title) == "percent" else None)


def _give_title_period(figures: Sequence[Figure], title: str) -> None:
    """A time of the table's title is that of its actual figures that have none, beside earlier ones or others'."""
    period = find_period(title)
    same = (period.start, period.end) if period is not None else None
    dated = [f.column for f in figures if f.column.period is not None or f.column.undated]
    gone = period is not None and all(
        c.period is not None
        and ((c.role == "actual" and c.period.end < period.start) or (c.period.start, c.period.end) == same)
        for c in dated
    )
    if period is None or not gone:
        return
    for figure in figures:
        bare = figure.column.period is None and not figure.column.undated
        if bare and figure.column.role == "actual" and not says(figure.column.text, "earlier"):
            figure.column = replace(figure.column, period=period, text=period.label)
            figure.dated_by_title = True


def _row_figures(grid: Grid, roles: Roles, row: Row, setting: Setting) -> Iterator[Figure]:
    cells = grid[row.index]
    for col in roles.figures:
        cell, column = cells[col], roles.columns[col]
        if cell is None or column is None or not cell.text:
            continue
        start = row.index if row.start is None else row.start
        spanning = cell.col < col or (cell.row < start and is_figure(cell.text))
        if (spanning and (is_figure(cell.text) or cell.row < start)) or _is_note(cell, roles):
            continue
        name, settled = _named(cells, roles, row, col, setting)
        settled = _noted(settled, row, col, grid, setting)
        over = grid[row.start][col] if row.start is not None else None
        if over is not None and over is not cell and (period := find_period(over.text, setting)) is not None:
            name, settled = row.name, replace(settled, period=period, text=over.text, undated=False, guessed=False)
        said = row.head is not None or row.period is not None or is_figure(cell.text)
        said = said or (is_missing(cell.text) and not roles.sheet)  # "Good is | Low"
        if name and (said or not (roles.turned or roles.sheet)):
            yield from _cell_figures(cell, row, col, name, settled, setting)


def _is_note(cell: Cell, roles: Roles) -> bool:
    """Whether words reach over several columns of which none is of some time: they are of the row, not of each."""
    if cell.col_span == 1 or is_figure(cell.text) or is_missing(cell.text):
        return False
    over = roles.columns[cell.col : cell.col + cell.col_span]
    return not any(column is not None and (column.period is not None or column.undated) for column in over)


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
    if column.role == "actual" and not column.undated:
        column = _with_own_period(column, row.label, setting)  # "Residents (2021)"
    column = dated_now(column, setting)
    said = f"{text}ins" if _MINUTES.fullmatch(text) is not None and names_clock(name) else text
    for value in parse_values(said, limits=column.role in _LIMITS):
        timed = value.unit == "ratio" and _CLOCK.search(text) and names_clock(name)
        yield Figure(row, col, cell, column, Value(None) if timed else value, text, name)


def _noted(column: Column, row: Row, col: int, grid: Grid, setting: Setting) -> Column:
    """A column of figures whose time stands in a row of its own: "Period | Q2 2024/25"."""
    at = dict(row.notes).get("period")
    if at is None or column.role != "actual" or column.period is not None or says(column.text, "earlier"):
        return column
    cell = grid[at][col]
    period = find_period(cell.text, setting) if cell is not None else None
    return column if period is None else replace(column, period=period, undated=False)


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
    parts = re.fullmatch(r"([^/|()]+?)\s*(?:[/|]\s*([^/|()]+)|\(([^()]+)\)(?:\s*[RAGB])?)", text)
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
        head = roles.columns[roles.name] if roles.name is not None else None
        counted = (
            head.text
            if head is not None and head.role == "unknown" and not names_undated_time(head.text)
            else row.table
        )
        own = [c for i in roles.figures if (c := roles.columns[i]) is not None]
        measures = row.table and all(c.is_plain and not c.guessed for c in own)  # "Actual", "Target"
        alone = row.table if measures else column.text
        named = row.head is not None and row.head.role != "actual"  # "Target 2023/24" among years
        several = not named and len({p for p in roles.row_periods if p is not None}) > 1
        if crossed is None:
            return alone, _turned(column, row, several=several)
        return _kind(column) or counted, crossed
    name = row.name
    if row.head is not None:
        if column.guessed and column.text and roles.measure is None and unit_of_word(column.text) is None:
            name = column.text  # the rows are measures, the columns indicators
        column = _of_row(column, row.head, roles)
    elif column.guessed and column.text and unit_of_word(column.text) is None:
        within = f" ({row.within})" if row.within else ""
        name = f"{row.label}: {column.text}{within}" if row.label else f"{name}: {column.text}"
    if column.role not in _TIMELESS and (column.period is None or column.period.bare):
        column = _of_cell_beside(cells, roles, col, column, setting)
    if column.period is not None and says(row.name, "academic") and not says(column.text, "financial"):
        column = replace(column, period=academic(column.period))
    return name, column


def _kind(column: Column) -> str:
    """What a year's header says beside the year: "Council tax" over "2023/24 %" and "2024/25 %", against months."""
    if column.role != "actual" or not column.named or column.period is None or not column.printed_subject:
        return ""
    words = column.text.replace(column.period.label, " ", 1).split()
    return " ".join(w for w in words if unit_of_word(w) is None)


def _of_row(column: Column, head: Column, roles: Roles) -> Column:
    """A column in a row that says the measure itself: "Actual", "Target / floor", "England 2023"."""
    role = head.role if column.role == "actual" else column.role
    times = {c.period for i in roles.figures if (c := roles.columns[i]) is not None}
    if role in _TIMELESS and len(times) == 1:
        column, head = replace(column, period=None), replace(head, period=None)
    told = column.role == "change" or (role != "benchmark" and column.period is not None)
    text = column.text if told else head.text
    period = column.period
    if period is not None and head.undated:
        period = period_away(head.text, period) or period  # "Same month last year"
    return replace(column, role=role, text=text, unit=column.unit or head.unit, both=column.both or head.both,
                   period=period or head.period, undated=column.undated or head.undated)  # fmt: skip


def _crossed(column: Column, row: Row) -> Column | None:
    """The column of a table of years against months, whose cells are one indicator's; None for any other.

    Beside the years a row may name a measure that no year is printed for: "Target".
    """
    own = column.role if column.period is not None and column.period.kind == "year" else "actual"  # "2023/24 target"
    role = row.head.role if row.head is not None and column.role == "actual" else own
    of_row = row.period is not None and (row.period.kind == "year" or column.period is None)
    year, month = (row.period, column.text) if of_row else (column.period, row.label)
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


def _turned(column: Column, row: Row, *, several: bool) -> Column:
    """The column of an indicator with the time, or the measure, that its row names.

    A target in each of several rows of times is of its row's.
    """
    role = row.head.role if row.head is not None and column.role == "actual" else column.role
    period = row.period or (row.head.period if row.head is not None else None)
    time = None if role in _TIMELESS and not (several and role != "change") else period
    if time is not None and column.undated:
        time = period_away(column.text, time) or time  # "Last year" beside "April"
    return replace(column, role=role, text=row.label, period=time, undated=False, name=column.comparator or column.name)


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
    several = len(times) > 1 or any(c is not None and says(c.text, "earlier") for c in roles.columns)
    if column.role != "actual" and (says(named, "earlier") or (says(named, "latest") and several)):
        return column
    text = "" if (cell := cells[at]) is None else cell.text
    period = find_period(text, setting)
    if period is not None and (within := _within(column, period)) is not None:
        return replace(column, period=within, text=f"{column.text} {period.label}", undated=False)
    if period is None or column.period is not None:
        return column
    return replace(column, period=period, text=text if column.role == "actual" else column.text)


def _within(column: Column, year: Period) -> Period | None:
    """The month or quarter of its header in the year that the row names: "Apr" beside "2022/23"."""
    if year.kind != "year" or not (column.undated or column.period is not None):
        return None
    period = find_period(column.text, Setting(year.year or "financial", year))
    return period if period is not None and period.bare else None


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
        alike = neighbours is not None and len({f.name for f in row}) == 1  # all of one indicator
        for figure in row:
            named = unit_of_name(figure.name)
            ref = figure.row.ref or ""
            if "(val)" in ref.casefold() and named == "percent":
                named = "count"  # the number beside the percentage of the same name
            if (alike and named == "average") or (named == "count" and table_unit and _is_total(figure.name)):
                named = None  # "Average attendance" of 88.1%; "Service total" of a table of percentages
            header = figure.column.unit
            if header == "count" and table_unit and _is_total(figure.column.text):
                header = None  # "Total" in a table of £m
            units = (figure.value.unit, figure.row.unit, header, named, neighbours or table_unit)
            figure.unit = unit_of_figure(*units)


def _is_total(name: str) -> bool:
    """Whether only the word for a sum makes a name one of a count."""
    rest = " ".join(w for w in name.split() if w.casefold() not in ("total", "totals"))
    return rest != name and unit_of_name(rest) is None


Marks = Mapping[int, tuple[str | None, str | None]]  # rag and direction, by the figure's place


def observations(
    table: Table, figures: Sequence[Figure], marks: Marks, pack_id: str, printed_pages: Sequence[int | None]
) -> list[Observation]:
    """The records of a table's figures, with the marks that were put on some of them."""
    return [_observation(table, f, n, marks.get(n, _UNMARKED), pack_id, printed_pages) for n, f in enumerate(figures)]


_UNMARKED = (None, None)


def _observation(
    table: Table,
    figure: Figure,
    place: int,
    mark: tuple[str | None, str | None],
    pack_id: str,
    printed_pages: Sequence[int | None],
) -> Observation:
    column, page = figure.column, figure.cell.pdf_page
    period = column.period
    method: Method = "ruled" if table.method == "ruled" else "unruled"
    return Observation(
        f"{table.table_id}-{place + 1:04d}",
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
        *mark,
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
    if period is None and (ahead := _AHEAD.search(column.text)) is not None:
        return ahead[0]
    if period is None:
        return column.text if column.undated and column.role not in ("benchmark", *_LIMITS) else None
    return period.label if column.role in ("benchmark", *_LIMITS) else column.text


def find_setting(draft: Draft, heads: Iterable[str] = ()) -> Setting:
    """What the words over a table, and its document's title, say of the years that its headers leave out.

    ``heads``: the large print of the pages before, the nearest first.
    """
    near = [t for t in (draft.title, *reversed(draft.above), draft.document.title) if t]
    own = find_period(draft.title or "")
    day = None
    for text in chain(near, heads):
        period = find_period(text)
        if period is None or period.kind == "years":
            continue
        if text == draft.title or period.kind != "day":
            return _setting(draft.title or "", text, near, period, own)
        day = day or period  # it may be that of the meeting, or of the print
    return _setting(draft.title or "", "", near, day, own)


def _setting(title: str, dated: str, near: Sequence[str], named: Period | None, own: Period | None) -> Setting:
    """The setting by the table's title, the heading that says the time, and the words right above."""
    school = says(f"{title}. {dated}", "school_titles") or any(says(t, "school_years") for t in near[:3])
    return Setting("academic" if school else "financial", named, far=named is not None and own is None)
