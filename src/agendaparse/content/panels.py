"""A table that is several tables beside each other: label and value, label and value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agendaparse.content.drafts import Draft
from agendaparse.content.values import is_figure, is_missing
from agendaparse.records import Cell

_LEAST_ROWS = 2
_MOST = 0.7  # of a panel's rows have a name of their own


def split_panels(draft: Draft) -> list[Draft]:
    """The parts of a table in which names stand again to the right of figures; the table itself where they do not.

    >>> [part.n_cols for part in split_panels(draft)]  # "Loans | 12 | Events | 36"  # doctest: +SKIP
    [2, 2]
    """
    starts = [0, *_starts(draft)]
    if len(starts) == 1:
        return [draft]
    return [_slice(draft, a, b) for a, b in zip(starts, [*starts[1:], draft.n_cols], strict=True)]


def _starts(draft: Draft) -> list[int]:
    """Columns of names between figures that are headed like the first column."""
    grid = draft.grid
    columns = [[row[c] for row in grid] for c in range(draft.n_cols)]
    kinds = [_kind(cells[draft.n_header :], c) for c, cells in enumerate(columns)]
    if kinds[0] != "names":
        return []
    head = _head(columns[0], draft)
    return [
        c
        for c in range(2, draft.n_cols - 1)
        if kinds[c] == "names"
        and kinds[c - 1] == kinds[c + 1] == "figures"
        and _head(columns[c], draft) == head
        and _head(columns[c - 1], draft) == _head(columns[-1], draft)
    ]


def _kind(cells: Sequence[Cell | None], col: int) -> str:
    own = [c for c in cells if c is not None and c.col == col and c.text and c.col_span == 1]
    figures = sum(is_figure(c.text) or is_missing(c.text) for c in own)
    if 2 * figures > len(own):
        return "figures"
    named = len({c.text for c in own})
    distinct = figures == 0 and named == len(own) and named >= max(_LEAST_ROWS, _MOST * len(cells))
    return "names" if distinct else "other"


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
