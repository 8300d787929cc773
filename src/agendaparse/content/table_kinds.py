"""What a table is: figures of indicators, an action log, or something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from agendaparse.content.drafts import Draft, is_period
from agendaparse.content.forms import unfolded
from agendaparse.content.headers import Column, parse_header
from agendaparse.content.log_tables import log_columns
from agendaparse.content.observations import Figure
from agendaparse.content.panels import is_sheet_of_pairs
from agendaparse.content.periods import Setting
from agendaparse.content.roles import sheet_rows
from agendaparse.content.text import plain
from agendaparse.content.units import OTHER
from agendaparse.content.values import is_figure, is_grade, is_missing
from agendaparse.content.vocabulary import word_list
from agendaparse.profile import Profile
from agendaparse.records import Cell

_LEAST_FIGURES = 2
_LEAST_ROWS = 3  # of a list without a header: alignment alone does not make a table of figures
_LEAST_LISTED, _LEAST_COLUMNS, _LONGEST_HEAD = 2, 2, 8  # rows, columns, and words of a header
_MOST_LABELS = 0.2  # of the cells: more make a form
_SHARE = 0.5  # of the printed cells beside the names: figures, or signs for none
_DIGIT = re.compile(r"\d")
_MARKER = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]{0,2}", re.IGNORECASE)
_OTHER = ("risks", "contacts", "papers", "payments")


def find_kind(draft: Draft, profile: Profile) -> str:
    """kpi, action_log or other, by what stands in the cells and over them."""
    if draft.method == "cards":
        return "kpi"
    if unfolded(draft) is not None:
        return "kpi"
    heads = [plain(c.text).casefold().rstrip(":") for c in draft.cells if c.is_header]
    named = {n for n, words in profile.action_columns.items() if any(h in words for h in heads)}
    if {"proposed", "date_raised"} <= named:
        return "action_log"
    figures = _holds_figures(draft) or sheet_rows(draft, Setting()) is not None or is_sheet_of_pairs(draft)
    kind = "kpi" if figures and _may_be_figures(draft, heads) else "other"
    if kind == "other" and draft.n_header:
        titled = profile.pattern("action.heading").match(plain(draft.title or "")) is not None
        texts = [cell.text if cell is not None else "" for cell in draft.grid[draft.n_header - 1]]
        return "action_log" if log_columns(texts, profile, titled=titled) is not None else kind
    return kind


def _may_be_figures(draft: Draft, heads: Sequence[str]) -> bool:
    labels = word_list("tables", "forms")
    if any(is_other_header(h) for h in heads):
        return False
    return not any(plain(c.text).casefold().rstrip(":") in labels for c in draft.cells)


def is_listing(draft: Draft, profile: Profile) -> bool:
    """Whether a ruled table that is neither of figures nor a log is data all the same: rows under a full header.

    The boxes of covers and other forms are none: they have labels where a table has headers.
    """
    body = draft.grid[draft.n_header :]
    head = draft.grid[0] if draft.method == "ruled" and draft.n_header else []
    texts = [cell.text if cell is not None else "" for cell in head]
    if len(body) < _LEAST_LISTED or len(set(texts)) < _LEAST_COLUMNS or not all(texts):
        return False
    if any(t.endswith(":") or len(t.split()) > _LONGEST_HEAD for t in texts) or _MARKER.fullmatch(texts[0]):
        return False  # lists of papers are set as tables too: "1." beside a title
    known = profile.labels["cover"]
    if len(set(texts)) == _LEAST_COLUMNS and (texts[0].endswith("?") or plain(texts[0]).casefold() in known):
        return False
    labels = [c for c in draft.cells if plain(c.text).casefold().rstrip(": ") in known or c.text.endswith(":")]
    filled = [row for row in body if sum(bool(c is not None and c.text) for c in row) >= _LEAST_COLUMNS]
    return len(labels) <= _MOST_LABELS * len(draft.cells) and 2 * len(filled) > len(body)


def is_other_header(text: str) -> bool:
    """Whether a header says that its table holds numbers of another sort: risks, telephones, pages, payments.

    >>> is_other_header("Likelihood"), is_other_header("Number of calls")
    (True, False)
    """
    return plain(text).casefold().rstrip(":") in _other_headers()


@cache
def _other_headers() -> frozenset[str]:
    return frozenset().union(*(word_list("tables", name) for name in _OTHER))


def _holds_figures(draft: Draft) -> bool:
    """Whether columns of figures stand beside the names: most of the table, or under headers that say so."""
    if sum(_figures_by_column(draft)) < _LEAST_FIGURES:  # most tables of words: their headers need not be read
        return False
    if any((h := parse_header(c.text)) is not None and h.is_figures for c in draft.cells if c.is_header):
        return True
    if (draft.method == "aligned" and not _is_list(draft) and not _are_timed(draft)) or not _are_named(draft):
        return False
    body = [c for c in draft.cells if c.row >= draft.n_header and c.text and c.col > 0]
    telling = sum(has_figure(c) or is_missing(c.text) or is_period(c.text) for c in body)
    return telling >= _SHARE * len(body)


def are_of_indicators(figures: Sequence[Figure]) -> bool:
    """Whether figures are an indicator's: not so sums of money and lengths of time of which no more is said.

    Budgets and prices, and timetables ("+7 months" under "Construction start"), are no indicators unless a header or a
    row names a time or a measure.
    """
    if any(_tells(f.column) and not f.dated_by_title for f in figures):
        return True
    counted = [f for f in figures if f.value.value]
    plain = [f for f in counted if f.unit == "currency" or (f.column.guessed and f.value.unit == OTHER)]
    return 2 * len(plain) <= len(counted)


def _tells(column: Column) -> bool:
    """Whether a header says which figure of an indicator stands under it, and not only "Amount" or "Total (£)"."""
    if column.period is not None or column.undated or column.role not in ("actual", "change"):
        return True
    words = set(re.findall(r"[a-z]+", column.text.casefold()))
    return column.role == "actual" and not column.guessed and not words <= word_list("tables", "amounts")


def _are_named(draft: Draft) -> bool:
    """Whether most rows with figures have a name: the figures of a chart have none beside them."""
    rows = [[c for c in row if c is not None and c.text] for row in draft.grid[draft.n_header :]]
    figured = [row for row in rows if any(has_figure(c) for c in row)]
    named = [row for row in figured if any(ch.isalpha() for ch in row[0].text) or is_period(row[0].text)]
    return 2 * len(named) > len(figured)


def _are_timed(draft: Draft) -> bool:
    """Whether each row of a table with a header is a time and figures."""
    rows = [[c.text if c is not None else "" for c in row] for row in draft.grid[draft.n_header :]]
    return draft.n_header > 0 and all(is_period(row[0]) and all(map(is_figure, row[1:])) for row in rows)


def _is_list(draft: Draft) -> bool:
    """Whether an aligned table without a header is a list all the same: rows of a name and figures, none left out."""
    rows = draft.grid[draft.n_header :]
    texts = [[c.text if c is not None else "" for c in row] for row in rows]
    names = {row[0] for row in texts if any(ch.isalpha() for ch in row[0])}
    full = all(is_figure(t) for row in texts for t in row[1:])
    return full and len(names) == len(rows) >= _LEAST_ROWS and draft.title is not None


def has_figure(cell: Cell) -> bool:
    """Whether a cell prints figures: as all that it holds, or on half of its lines ("Good - 17", "Fair - 12")."""
    if _DIGIT.search(cell.text) is None:  # most cells hold words
        return False
    return is_figure(cell.text) or 2 * sum(map(is_figure, cell.lines)) >= max(len(cell.lines), 2)


def _figures_by_column(draft: Draft) -> Iterator[int]:
    """How many cells have figures in each column in which most of what is printed is figures or signs for none."""
    columns: dict[int, list[Cell]] = {}
    for cell in draft.cells:
        if 0 < cell.col < draft.n_cols and cell.row >= draft.n_header and cell.text:
            columns.setdefault(cell.col, []).append(cell)
    for cells in columns.values():
        figured = [c for c in cells if has_figure(c) or is_grade(c.text)]
        counted = sum(not is_period(c.text) for c in figured)  # "2016" is a figure, and may be a year
        signs = sum(is_missing(c.text) for c in cells) if counted else 0
        if counted and counted + signs > _SHARE * len(cells):
            yield len(figured)
