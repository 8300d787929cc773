"""Cards of a dashboard -> figures: the large one is the indicator's latest, labelled ones its target or others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from agendaparse.content.drafts import Draft
from agendaparse.content.headers import Column
from agendaparse.content.labelled import labelled
from agendaparse.content.observations import Figure, give_units
from agendaparse.content.periods import Setting, period_beside, says
from agendaparse.content.refs import split_refs
from agendaparse.content.roles import Roles
from agendaparse.content.rows import Row
from agendaparse.content.units import unit_of_word
from agendaparse.content.values import parse_values
from agendaparse.content.vocabulary import mark_words, vocabulary
from agendaparse.records import Cell


def read_cards(draft: Draft, setting: Setting) -> tuple[Roles, list[Figure]]:
    """The figures of a block of cards, card by card, with what its columns are."""
    now = setting.months
    latest = Column(now.label if now is not None else "", "actual", now)
    said = [[t for row in draft.grid if (t := _text(row[c]))] for c in range(2, draft.n_cols)]
    columns = (None, latest, *(Column("", _told(texts)) for texts in said))
    roles = Roles(columns, (1,), 0, (), None, None, turned=False, row_periods=())
    named = split_refs([_text(row[0]) for row in draft.grid])
    figures: list[Figure] = []
    for index, (row, (ref, name)) in enumerate(zip(draft.grid, named, strict=True)):
        unit = next((u for cell in row[2:] if (u := unit_of_word(_text(cell))) is not None), None)
        about = Row(index, name, name, None, ref, None, unit, table=draft.title or "")
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
        elif (told := labelled(cell.text, setting)) is not None:
            column, raw = _placed(told[0], setting), told[1]
            yield Figure(row, col, cell, column, parse_values(raw, limits=True)[0], raw, row.name)


def _told(texts: Sequence[str]) -> str:
    """What the other lines of cards are: rag or direction where they hold words or signs for one."""
    signs = mark_words("direction")
    dots = set(vocabulary("marks")["dots"]["signs"]) - signs.keys()
    if texts and dots.issuperset(texts):
        return "rag"
    if any(ch in signs and not ch.isalnum() for text in texts for ch in text):
        return "direction"
    return next((role for role in ("rag", "direction") if texts and all(map(_said(role), texts))), "unknown")


def _said(role: str) -> Callable[[str], bool]:
    words = mark_words(role) | (mark_words("judged") if role == "direction" else {})
    return lambda text: text.casefold() in words and len(text) > 1


def _placed(column: Column, setting: Setting) -> Column:
    """A labelled figure's column with its time: a target has none, "Last quarter" has that before the title's."""
    if column.role in ("target", "threshold"):
        return Column(column.text, column.role)
    now = setting.months
    if now is None or column.period is not None or column.role != "actual":
        return column
    if column.undated:
        beside = period_beside(column.text, now)
        return column if beside is None else replace(column, period=beside, undated=False)
    return column if says(column.text, "earlier") else replace(column, period=now)


def _text(cell: Cell | None) -> str:
    return "" if cell is None else cell.text
