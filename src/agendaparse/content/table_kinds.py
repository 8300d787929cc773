"""What a table is: figures of indicators, an action log, or something else."""

from __future__ import annotations

from collections.abc import Iterator

from agendaparse.content.drafts import Draft, is_period
from agendaparse.content.headers import parse_header
from agendaparse.content.values import is_figure, is_missing
from agendaparse.profile import Profile
from agendaparse.records import Cell

_LEAST_FIGURES = 2
_LEAST_HEADS = 1  # that name a measure or a period: alignment alone does not make a table of figures
_SHARE = 0.5  # of the printed cells beside the names: figures, or signs for none


def find_kind(draft: Draft, profile: Profile) -> str:
    """kpi, action_log or other, by what stands in the cells and over them."""
    heads = [c.text.casefold().rstrip(":") for c in draft.cells if c.is_header]
    named = {n for n, words in profile.action_columns.items() if any(h in words for h in heads)}
    if {"proposed", "date_raised"} <= named:
        return "action_log"
    body = [c for c in draft.cells if c.row >= draft.n_header and c.text]
    beside = [c for c in body if c.col > 0 and not is_period(c.text)]
    figures = sum(_has_figure(c) for c in beside)
    signs = sum(is_missing(c.text) for c in beside)
    if figures < _LEAST_FIGURES:
        return "other"
    heads_known = [h for c in draft.cells if c.is_header and (h := parse_header(c.text)) is not None]
    if any(h.role == "page" for h in heads_known):
        return "other"
    if draft.method == "aligned" and sum(h.is_figures for h in heads_known) < _LEAST_HEADS:
        return "other"
    columns = list(_figure_columns(draft))
    under = [c for c in beside if c.col in columns]
    telling = sum(_has_figure(c) or is_missing(c.text) for c in under)
    if not columns or telling < _SHARE * len(under):
        return "other"
    headed = any(h.is_figures for h in heads_known)
    return "kpi" if headed or figures + signs >= _SHARE * len(beside) else "other"


def _has_figure(cell: Cell) -> bool:
    return is_figure(cell.text) or any(is_figure(part) for part in cell.lines)


def _figure_columns(draft: Draft) -> Iterator[int]:
    """Columns in which most of what is printed is figures or signs for none."""
    for col in range(draft.n_cols):
        cells = [c for c in draft.cells if c.col == col and c.row >= draft.n_header and c.text]
        figures = sum(_has_figure(c) for c in cells)
        signs = sum(is_missing(c.text) for c in cells)
        if figures and figures + signs >= _SHARE * len(cells) and (col > 0):
            yield col
