"""A table as it looks: header rows as columns, the body as printed."""

from __future__ import annotations

import html
from functools import cached_property

import pandas as pd

from agendaparse.records import Cell, Table

_MOST_SHOWN = 60  # rows of a table in a notebook


class PrintedTable:
    """One table of a pack, for looking at.

    >>> pack.table("3f2a9c41d07b-t002").frame.columns[0]  # doctest: +SKIP
    'Indicator'
    """

    def __init__(self, table: Table) -> None:
        self.record = table

    @property
    def title(self) -> str | None:
        """The heading above it, the slide's title or its own first row."""
        return self.record.title

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Its cells, each with its page and box."""
        return self.record.cells

    @cached_property
    def frame(self) -> pd.DataFrame:
        """Its rows as printed: headers as columns (one level for each header row), cells as text.

        A cell that spans several places stands at the first of them; the others, and places that have no cell, are
        missing. An empty cell is an empty text. A header that spans columns is said to each of them.
        """
        table = self.record
        height = table.n_header + table.n_rows
        body: list[list[str | None]] = [[None] * table.n_cols for _ in range(height)]
        heads = [[""] * table.n_cols for _ in range(table.n_header)]
        for cell in table.cells:
            body[cell.row][cell.col] = cell.text
            for r in range(cell.row, min(cell.row + cell.row_span, table.n_header)):
                for c in range(cell.col, min(cell.col + cell.col_span, table.n_cols)):
                    heads[r][c] = cell.text
        columns = pd.Index(heads[0]) if len(heads) == 1 else pd.MultiIndex.from_arrays(heads) if heads else None
        return pd.DataFrame(body[table.n_header :], columns=columns, dtype="string")

    def __repr__(self) -> str:
        table = self.record
        pages = f"p{table.pdf_first}" if table.pdf_first == table.pdf_last else f"p{table.pdf_first}-{table.pdf_last}"
        title = f": {table.title}" if table.title else ""
        return f"<Table {table.table_id} {table.kind} {pages}, {table.n_rows} x {table.n_cols}{title}>"

    def _repr_html_(self) -> str:
        shown = self.frame.to_html(na_rep="", border=0, index=False, max_rows=_MOST_SHOWN)
        return f"<div><strong>{html.escape(repr(self)[1:-1])}</strong>{shown}</div>"
