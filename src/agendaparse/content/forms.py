"""The form of one indicator, its name over pairs of label and value and over a small grid of times: read as one row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from agendaparse.content.drafts import Draft
from agendaparse.content.headers import names_time, parse_header
from agendaparse.content.values import is_figure, is_missing
from agendaparse.records import Cell

_TITLE = 0.6  # of the columns: a title may stand beside a status
_TOLD = ("rag", "direction", "unit", "polarity", "period")  # roles of what a form says beside figures
_LEAST_TIMES = 2
_PAIRED = (2, 4)  # cells of a row of labels and values
_LONGEST_LABEL = 5  # words

Row = Sequence[Cell | None]


@dataclass
class _Form:
    """What a form says: label and value each, first those beside each other, then those of its grid."""

    name: Cell
    pairs: list[tuple[Cell, Cell]] = field(default_factory=list)
    grid: list[tuple[str, Cell]] = field(default_factory=list)


def unfolded(draft: Draft) -> Draft | None:
    """The form of one indicator as a table of one row: each label, or each time of its grid, heads a column.

    >>> unfolded(draft).n_rows  # "Target | 18.0", below that "Q1", "Q2" against "2023/24"  # doctest: +SKIP
    2
    """
    form = _read(draft)
    if form is None:
        return None
    heads = ["", *(label.text for label, _ in form.pairs), *(text for text, _ in form.grid)]
    values = [form.name, *(value for _, value in form.pairs), *(value for _, value in form.grid)]
    cells = [
        replace(cell, row=row, col=col, row_span=1, col_span=1, is_header=not row, text=text, lines=lines)
        for col, (head, value) in enumerate(zip(heads, values, strict=True))
        for row, cell, text, lines in ((0, value, head, (head,)), (1, value, value.text, value.lines))
    ]
    edges = tuple(float(i) for i in range(len(heads) + 1))
    return replace(draft, n_header=1, n_cols=len(heads), edges=edges, cells=cells, n_rows=2)


def _read(draft: Draft) -> _Form | None:
    """What a form says; None for a table that is none."""
    first = _distinct(draft.grid[0])
    if not first or len(first) > 2 or first[0].col_span <= _TITLE * draft.n_cols or draft.n_cols <= 2:  # noqa: PLR2004
        return None
    if not any(len(_distinct(row)) in _PAIRED for row in draft.grid[1:3]):  # as in most tables with a title over them
        return None
    form, times = _Form(first[0]), None
    for row in draft.grid[1:]:
        if _heads_grid(row):
            times = row
        elif times is not None and _is_of_grid(row):
            form.grid += _of_grid(row, times, {id(value) for _, value in form.grid})
        else:
            form.pairs += _pairs(_distinct(row))
    return form if form.pairs and sum(is_figure(value.text) for _, value in form.grid) > 1 else None


def _distinct(row: Row) -> list[Cell]:
    """The cells of a row, each once."""
    return [cell for i, cell in enumerate(row) if cell is not None and (not i or cell is not row[i - 1])]


def _heads_grid(row: Row) -> bool:
    """Whether a row has times over columns: "Q1 | Q2 | Q3 | Q4 | Direction"."""
    cells = _distinct(row)[1:]
    return sum(names_time(c.text) and not is_figure(c.text) for c in cells) >= _LEAST_TIMES


def _is_of_grid(row: Row) -> bool:
    """Whether a row under times begins with a time or a measure and has a figure."""
    label, *cells = _distinct(row)
    head = parse_header(label.text)
    told = names_time(label.text) or (head is not None and head.is_figures and head.is_plain)
    return told and any(is_figure(c.text) or is_missing(c.text) for c in cells)


def _of_grid(row: Row, times: Row, seen: set[int]) -> Iterator[tuple[str, Cell]]:
    """The cells of a row of the grid, with their time and the row's label as a header."""
    label = row[0]
    for cell, head in zip(row, times, strict=True):
        if label is None or cell is None or head is None or cell is label or not cell.text or id(cell) in seen:
            continue
        seen.add(id(cell))
        column = parse_header(head.text)
        yield (head.text if column is not None and column.role in _TOLD else f"{head.text} {label.text}"), cell


def _pairs(cells: Sequence[Cell]) -> Iterator[tuple[Cell, Cell]]:
    """The labels of a row that name a figure, a colour or a way, each with what it says."""
    for label, value in zip(cells[::2], cells[1::2], strict=False):
        head = parse_header(label.text) if len(label.text.split()) <= _LONGEST_LABEL else None
        if head is None or not value.text:
            continue
        figure = head.is_figures and head.is_plain and (is_figure(value.text) or is_missing(value.text))
        if figure or head.role in _TOLD:
            yield label, value
