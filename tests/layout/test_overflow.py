"""Cells of a sheet that run into each other: where a column begins behind other words, and where it does not."""

from __future__ import annotations

import pytest

from agendaparse.layout.overflow import _columns


@pytest.mark.parametrize(
    ("before", "begins"),
    [
        (lambda r: f"Lamps{r}", True),
        (lambda _: "H&Q:", False),  # a kind of project before the name of each
        (lambda r: "H&Q:" if r % 3 else f"Lamps{r}", False),
    ],
)
def test_a_column_begins_behind_words_that_differ(before, begins):
    edges = {200: [(row, before(row), f"Pier{row}") for row in range(12)]}
    assert bool(_columns(edges, 3)) is begins


def test_names_of_a_few_rows_that_break_at_one_place_are_no_column():
    edges = {200: [(row, f"Lamps{row}", f"Pier{row}") for row in (4, 5, 6)]}
    assert _columns(edges, 3)
    assert not _columns(edges, 12)
