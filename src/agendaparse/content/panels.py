"""A table that is several tables beside each other: label and value, label and value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agendaparse.content.drafts import Draft
from agendaparse.content.forms import unfolded
from agendaparse.content.headers import parse_header
from agendaparse.content.values import is_figure, is_missing
from agendaparse.records import Cell

_LEAST_ROWS = 2
_LONGEST_LABEL = 4  # words
_SAID = ("rag", "direction", "period", "frequency", "unit", "polarity", "owner", "commentary")
_MOST = 0.7  # of a panel's rows have a name of their own


def split_panels(draft: Draft) -> list[Draft]:
    """The parts of a table in which names stand again to the right of figures; the table itself where they do not.

    >>> [part.n_cols for part in split_panels(draft)]  # "Loans | 12 | Events | 36"  # doctest: +SKIP
    [2, 2]
    """
    form = unfolded(draft)
    if form is not None:
        return [form]
    if is_sheet_of_pairs(draft):
        whole = _headless(draft)
        return [_stacked([_slice(whole, 0, 2), _slice(whole, 2, 4)])]
    starts = [0, *_starts(draft)]
    if len(starts) == 1:
        return [draft]
    parts = [_slice(draft, a, b) for a, b in zip(starts, [*starts[1:], draft.n_cols], strict=True)]
    return [_stacked(parts)] if all(map(_is_sheet, parts)) else parts


def is_sheet_of_pairs(draft: Draft) -> bool:
    """Whether a table is all pairs of label and value of one indicator, be there a single figure among them.

    >>> is_sheet_of_pairs(draft)  # "Current value | 25 | Current target | n/a"  # doctest: +SKIP
    True
    """
    if draft.n_cols != 2 * _LEAST_ROWS or not draft.n_header:
        return False
    return all(map(_is_sheet, (_slice(draft, 0, 2), _slice(draft, 2, 4))))


def _headless(draft: Draft) -> Draft:
    """A sheet of pairs whose first row is one like the others: "Owner | Head of Planning | Polarity | High is good"."""
    over = [c.text if (c := draft.grid[0][at]) is not None and c.col == at else "" for at in (0, 2)]
    heads = [parse_header(text) for text in over]
    known = all(h is not None and h.role in _SAID for h in heads)
    return replace(draft, n_header=0) if known and draft.n_header == 1 else draft


def _is_sheet(draft: Draft) -> bool:
    """Whether a part's labels name what is said of one indicator: "Current value" over "Status"."""
    body = [c for row in draft.grid[draft.n_header :] if (c := row[0]) is not None and c.text and c.col_span == 1]
    heads = [parse_header(c.text) for c in body if len(c.text.split()) <= _LONGEST_LABEL]
    known = [h for h in heads if h is not None and (h.role in _SAID or (h.is_figures and h.is_plain))]
    return draft.n_cols == 2 and len(known) == len(body) > 0  # noqa: PLR2004


def _stacked(parts: Sequence[Draft]) -> Draft:
    """Parts of one sheet, one under the other."""
    cells, at = list(parts[0].cells), parts[0].n_rows
    for part in parts[1:]:
        own = [c for c in part.cells if c.row >= part.n_header and c.col_span == 1]  # a comment is of the first
        cells += [replace(c, row=c.row + at - part.n_header) for c in own]
        at += part.n_rows - part.n_header
    return replace(parts[0], cells=cells, n_rows=at)


def _starts(draft: Draft) -> list[int]:
    """Columns of names between figures that are headed like the first column."""
    grid = draft.grid
    columns = [[row[c] for row in grid] for c in range(draft.n_cols)]
    bodies = [_texts(cells[draft.n_header :], c) for c, cells in enumerate(columns)]
    least = max(_LEAST_ROWS, _MOST * (draft.n_rows - draft.n_header))
    if not _are_names(bodies[0], least):
        return []
    head = _head(columns[0], draft)
    return [
        c
        for c in range(2, draft.n_cols - 1)
        if _are_names(bodies[c], least)
        and _are_figures(bodies[c - 1])
        and _are_figures(bodies[c + 1])
        and _head(columns[c], draft) == head
        and _head(columns[c - 1], draft) == _head(columns[-1], draft)
    ]


def _texts(cells: Sequence[Cell | None], col: int) -> list[str]:
    return [c.text for c in cells if c is not None and c.col == col and c.text and c.col_span == 1]


def _are_names(texts: Sequence[str], least: float) -> bool:
    """Whether a column prints texts of which each is another and none a figure."""
    return least <= len(texts) == len(set(texts)) and not any(is_figure(t) or is_missing(t) for t in texts)


def _are_figures(texts: Sequence[str]) -> bool:
    return 2 * sum(is_figure(t) or is_missing(t) for t in texts) > len(texts)


def _head(cells: Sequence[Cell | None], draft: Draft) -> str:
    found = [c.text for c in cells[: draft.n_header] if c is not None and c.col_span < draft.n_cols and c.text]
    return found[-1].casefold() if found else ""  # each panel may have its own title over that


def _slice(draft: Draft, start: int, end: int) -> Draft:
    cells = [
        replace(c, col=max(c.col, start) - start, col_span=min(c.col + c.col_span, end) - max(c.col, start))
        for c in draft.cells
        if c.col < end and c.col + c.col_span > start
    ]
    edges = draft.edges[start : end + 1]
    return replace(draft, n_cols=end - start, edges=edges, cells=cells)
