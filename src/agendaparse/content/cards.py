"""Cards of a dashboard -> figures: the large one is the indicator's latest, labelled ones its target or others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from agendaparse.content.drafts import Draft
from agendaparse.content.headers import Column, parse_header
from agendaparse.content.observations import Figure, give_units
from agendaparse.content.periods import Setting, period_beside
from agendaparse.content.refs import split_refs
from agendaparse.content.roles import Roles, mark_words
from agendaparse.content.rows import Row
from agendaparse.content.values import is_figure, parse_values
from agendaparse.records import Cell

_LABELLED = re.compile(
    r"(?P<label>[A-Za-z(][^:]*?|[^:]*[A-Za-z)\d])\s*(?::|[-–=]\s|\s)\s*(?P<raw>[£+\-–<>~]?\d[^:]*|n/?a|-)"
)
_LABELLED_AFTER = re.compile(r"(?P<raw>[£]?[\d,.]+\s?%?[km]?)\s+(?P<label>[A-Za-z][^:]*)")


def read_cards(draft: Draft, setting: Setting) -> tuple[Roles, list[Figure]]:
    """The figures of a block of cards, card by card, with what its columns are."""
    now = setting.months
    latest = Column(now.label if now is not None else "", "actual", now)
    signs = mark_words("direction")
    told = [
        any(ch in signs and not ch.isalnum() for row in draft.grid for ch in _text(row[c]))
        for c in range(2, draft.n_cols)
    ]
    columns = (None, latest, *(Column("", "direction" if ways else "unknown") for ways in told))
    roles = Roles(columns, (1,), 0, (), None, None, turned=False, row_periods=())
    named = split_refs([_text(row[0]) for row in draft.grid])
    figures: list[Figure] = []
    for index, (row, (ref, name)) in enumerate(zip(draft.grid, named, strict=True)):
        about = Row(index, name, name, None, ref, None, table=draft.title or "")
        figures += _card_figures(row, about, latest, setting)
    give_units(figures, None)
    return roles, figures


def _card_figures(cells: Sequence[Cell | None], row: Row, latest: Column, setting: Setting) -> Iterator[Figure]:
    for col, cell in enumerate(cells):
        if cell is None or not col or not cell.text:
            continue
        if col == 1:
            for value in parse_values(cell.text):
                yield Figure(
                    row, col, cell, latest, value, cell.text, row.name, dated_by_title=latest.period is not None
                )
        elif (told := _labelled(cell.text, setting)) is not None:
            column, raw = told
            yield Figure(row, col, cell, column, parse_values(raw, limits=True)[0], raw, row.name)


def _labelled(text: str, setting: Setting) -> tuple[Column, str] | None:
    """The header and the figure of a line such as "Target: 95%" or "Q1 2024/25 412"; None where it is no such line."""
    for pattern in (_LABELLED, _LABELLED_AFTER):
        found = pattern.fullmatch(text)
        if found is None or not is_figure(found["raw"]):
            continue
        column = parse_header(found["label"], setting)
        if column is not None and column.is_figures and column.role != "change" and column.is_plain:
            return _placed(column, setting), found["raw"].strip()
    return None


def _placed(column: Column, setting: Setting) -> Column:
    """A labelled figure's column with its time: a target has none, "Last quarter" has that before the title's."""
    if column.role in ("target", "threshold"):
        return Column(column.text, column.role)
    beside = period_beside(column.text, setting.months) if column.undated and setting.months is not None else None
    return column if beside is None else replace(column, period=beside, undated=False)


def _text(cell: Cell | None) -> str:
    return "" if cell is None else cell.text
