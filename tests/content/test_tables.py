"""Tables of every layout: what is in their cells, and the figures that they give."""

from __future__ import annotations

import pandas as pd
import pytest

import agendaparse as ap
from tests.places import FIXTURES, TABLES, name, truth


def as_grid(cells: pd.DataFrame) -> list[list[str | None]]:
    """A table's texts by row and column; None where no cell begins."""
    grid: list[list[str | None]] = [
        [None] * int((cells.col + cells.col_span).max()) for _ in range(cells.row.max() + 1)
    ]
    for cell in cells.itertuples():
        grid[cell.row][cell.col] = cell.text
    return grid


def found_tables(pack: ap.Pack) -> list[dict]:
    return [
        {
            "kind": table.kind,
            "pages": [table.pdf_first, table.pdf_last],
            "title": None if pd.isna(table.title) else table.title,
            "grid": as_grid(pack.cells[pack.cells.table_id == table.table_id]),
            "n_rows": table.n_rows,
        }
        for table in pack.tables.itertuples()
    ]


@pytest.mark.parametrize("pdf", TABLES, ids=name)
def test_tables_read_as_their_maker_drew_them(pdf):
    expected = truth(pdf)["tables"]
    with ap.read_pack(pdf) as pack:
        found = found_tables(pack)
    assert [t["grid"] for t in found] == [t["header"] + t["rows"] for t in expected]
    assert [(t["kind"], t["pages"], t["n_rows"]) for t in found] == [
        (t["kind"], t["pages"], len(t["rows"])) for t in expected
    ]


@pytest.mark.parametrize("pdf", TABLES, ids=name)
def test_tables_have_the_title_over_them(pdf):
    expected = [t["title"] for t in truth(pdf)["tables"]]
    with ap.read_pack(pdf) as pack:
        assert [t["title"] for t in found_tables(pack)] == expected


def told(figure) -> tuple:
    """A figure as compared: what, when, how much."""
    start, end = figure["period"] or (None, None)
    raw = figure["raw"] if figure["value"] is None else None
    place = (figure["pdf_page"], figure["indicator"], figure["measure"], figure["comparator"])
    return (*place, start, end, figure["value"], raw)


@pytest.mark.parametrize("pdf", [p for p in TABLES if truth(p)["observations"] is not None], ids=name)
def test_figures_of_a_layout_are_all_read(pdf):
    expected = [told(o) for o in truth(pdf)["observations"]]
    with ap.read_pack(pdf) as pack:
        rows = pack.observations.astype(object).where(pack.observations.notna(), None).to_dict("records")
    found = [
        told(
            row
            | {
                "period": row["period_start"] and (f"{row['period_start']:%Y-%m-%d}", f"{row['period_end']:%Y-%m-%d}"),
            }
        )
        for row in rows
    ]
    # a name may be given with that of its table or section
    found = [f if f in expected else (f[0], f[1].rsplit(": ", 1)[-1], *f[2:]) for f in found]
    assert sorted(map(repr, found)) == sorted(map(repr, expected))


@pytest.mark.parametrize("pdf", [p for p in TABLES if name(p).startswith("marks-")], ids=name)
def test_marks_of_every_kind_stand_on_the_latest_figure(pdf):
    expected = [(o["indicator"], o["value"], *o["marks"]) for o in truth(pdf)["observations"] if "marks" in o]
    with ap.read_pack(pdf) as pack:
        rows = pack.observations.astype(object).where(pack.observations.notna(), None)
    marked = rows[rows.rag.notna() | rows.direction.notna()]
    found = list(marked[["indicator", "value", "rag", "direction"]].itertuples(index=False, name=None))
    assert found == [row for row in expected if row[2:] != (None, None)]


def test_a_tracker_is_a_log_and_a_cover_s_box_no_table():
    councils = FIXTURES / "councils"
    with ap.read_pack(councils / "fenmarch-performance-2024-07-09.pdf") as pack:
        assert pack.tables.kind[pack.tables.pdf_first == 13].tolist() == ["action_log"]
    with ap.read_pack(councils / "ravensmead-children-education-2025-03-04.pdf") as pack:
        assert "AUDIT TRAIL" not in set(pack.tables.title)
