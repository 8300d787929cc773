"""The rows of a logical table: what each is about, which measure or time it names, and which rows only mark others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from agendaparse.content.cell_text import join_cell_lines
from agendaparse.content.drafts import Draft
from agendaparse.content.headers import Column, parse_header
from agendaparse.content.periods import Period, Setting
from agendaparse.content.places import is_place
from agendaparse.content.refs import is_ref, split_refs
from agendaparse.content.roles import Roles, time_rows
from agendaparse.content.units import OTHER, unit_of_name, unit_of_word
from agendaparse.content.values import is_figure, is_missing
from agendaparse.content.vocabulary import word_list
from agendaparse.records import Cell, Table

_LONGEST_MEASURE = 4  # words of a row that is named for its measure alone
_LONGEST_OWN = 4  # words of the row of the council among its comparators
_NOTES = ("rag", "direction", "period")
_SHORT_NAME = 1  # words: "In" under "Visits" means something only with its table


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
    notes: tuple[tuple[str, int], ...] = ()  # rows that say more of it: its rag, direction or period
    section: str | None = None
    start: int | None = None  # the first row over which its name reaches, where that prints times


def read_rows(table: Table, draft: Draft, roles: Roles, setting: Setting, council: str | None) -> Iterator[Row]:
    """The rows that hold figures, each with its name and the section that it stands in."""
    section: str | None = None
    body = draft.grid[draft.n_header :]
    title_ref, title = split_refs([table.title or ""])[0]
    named = split_refs([_name(row, roles.name) or _total(row, roles) for row in body])
    names = _printed_names(body, [name for _, name in named], roles)
    sheet_ref = next((c.text for c in draft.cells if c.is_header and not c.col and is_ref(c.text)), None)
    header = {c.text for c in draft.cells if c.is_header and c.text}
    heads = _row_heads(body, [name for _, name in named], roles, setting, council)
    notes = _note_rows(body, [name for _, name in named], roles)
    times = time_rows(body, setting)
    notes |= dict.fromkeys(times, "period")
    keys = list[object](name for _, name in named) if times else _keys(body, [name for _, name in named], roles, notes)
    for index, (row, (ref, name), head) in enumerate(zip(body, named, heads, strict=True)):
        printed = list({id(c): c for c in row if c is not None and c.text}.values())
        if len(printed) > 2 and all(c.text in header for c in printed):  # noqa: PLR2004 - printed again
            continue
        if index in notes:
            continue
        if _is_section(printed, row, roles):
            section = printed[0].text
            continue
        whole = name
        if not name or roles.name is None or (head is not None and roles.measure is None):
            whole = section or title or name if head is not None else title
        own_ref = (
            _text(row, roles.ref)
            or ref
            or (sheet_ref if roles.sheet else None)
            or (title_ref if whole == title else None)
        )
        context = section or _group(row, roles) or title
        within = context if context != whole and (names[name] > 1 or _is_unclear(whole)) else None
        if within:
            whole = f"{within.rstrip(' :')}: {whole}"
        unit = next((u for c in roles.having("unit") if (u := unit_of_word(_text(row, c)))), None)
        period = roles.row_periods[index] if roles.turned else None
        own = tuple((role, r + draft.n_header) for r, role in notes.items() if keys[r] == keys[index])
        at = index + draft.n_header
        start = at - 1 if index - 1 in times else None
        yield Row(at, whole, name, within, own_ref, head, unit, period, title, own, section, start)


def _note_rows(body: Sequence[Sequence[Cell | None]], names: Sequence[str], roles: Roles) -> dict[int, str]:
    """The rows that print no figure but the colour, the direction or the time of others, and which of these."""
    found = {}
    for index, row in enumerate(body):
        label = _text(row, roles.measure) if roles.measure is not None else names[index]
        short = label and len(label.split()) <= _LONGEST_MEASURE
        head = parse_header(label) if short and not _has_figures(row[1:]) else None
        role = {"frequency": "period"}.get(head.role, head.role) if head is not None else None
        drawn = role in ("rag", "direction") and not any(cell is not None and cell.text for cell in row[1:])
        if role in _NOTES and (drawn or any(_text(row, c) for c in roles.figures)):
            found[index] = str(role)
    return found


def _keys(
    body: Sequence[Sequence[Cell | None]], names: Sequence[str], roles: Roles, notes: Mapping[int, str]
) -> list[object]:
    """What tells the rows of one indicator from those of another: its name, or its section, or nothing."""
    if roles.measure is not None:
        return list(names)
    keys: list[object] = []
    section = ""
    for index, row in enumerate(body):
        printed = list({id(c): c for c in row if c is not None and c.text}.values())
        section = printed[0].text if index not in notes and _is_section(printed, row, roles) else section
        keys.append(section)
    return keys


def _printed_names(body: Sequence[Sequence[Cell | None]], names: Sequence[str], roles: Roles) -> Counter[str]:
    """How often each name is printed: that of a cell which spans the rows of several measures, once."""
    cells = [row[roles.name] if roles.name is not None else None for row in body]
    return Counter(n for i, n in enumerate(names) if not i or cells[i] is None or cells[i] is not cells[i - 1])


def _row_heads(
    body: Sequence[Sequence[Cell | None]], names: Sequence[str], roles: Roles, setting: Setting, council: str | None
) -> list[Column | None]:
    """What rows say of the measure of their figures: in a column of measures, or by names that are nothing else.

    Among rows of comparators the one that names none of them is the council's own.
    """
    if roles.measure is not None:
        return [parse_header(_text(row, roles.measure), setting) for row in body]
    heads = [_measure_row(name, roles, setting) if name else None for name in names]
    if any(h is None and _has_figures(row) for h, row in zip(heads, body, strict=True)):
        heads = [None if h is not None and h.role == "change" else h for h in heads]  # "Change" among names is one
        figured = [h for h, row in zip(heads, body, strict=True) if _has_figures(row)]
        if 2 * figured.count(None) > len(figured):  # so is "County" among districts
            heads = [None if h is not None and h.role == "actual" and h.period is None else h for h in heads]
    if any(h is not None and h.role == "benchmark" for h in heads):
        others = [
            i
            for i, (name, h) in enumerate(zip(names, heads, strict=True))
            if name and h is None and _has_figures(body[i])
        ]
        own = [i for i in others if council is not None and is_place(names[i], council)] or others
        if len(own) == 1 and len(names[own[0]].split()) <= _LONGEST_OWN:
            heads[own[0]] = Column(names[own[0]], "actual", named=True)
    return heads


def _has_figures(row: Sequence[Cell | None]) -> bool:
    return any(is_figure(cell.text) for cell in row if cell is not None)


def _text(row: Sequence[Cell | None], col: int | None) -> str:
    cell = row[col] if col is not None else None
    return cell.text if cell is not None else ""


def _name(row: Sequence[Cell | None], col: int | None) -> str:
    """The indicator of a row: the first paragraph of its cell, without the definition or note under it."""
    cell = row[col] if col is not None else None
    if cell is None:
        return ""
    labelled = (i for i, line in enumerate(cell.lines) if i and _is_labelled(line))
    end = next(labelled, None)
    return cell.first_paragraph if end is None else join_cell_lines(cell.lines[:end])


def _is_labelled(line: str) -> bool:
    """Whether a line of a name's cell says something else of it: "Reporting frequency: quarterly"."""
    label, colon, _ = line.partition(":")
    head = parse_header(label) if colon and len(label.split()) <= _LONGEST_MEASURE else None
    return head is not None and head.role not in ("unknown", "indicator", "actual") and not head.is_figures


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
    return head if not unit_words and (periods or len(roles.figures) == 1) else None


def _is_unclear(name: str) -> bool:
    return len(name.split()) <= _SHORT_NAME and unit_of_name(name) is None
