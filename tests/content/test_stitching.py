"""A table cut at any row and stitched is the table; every cell's text stands under its box; "" and None differ."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import agendaparse as ap
from agendaparse.content.drafts import append_block, count_header, start_draft
from agendaparse.layout.blocks import Block, BlockCell
from agendaparse.records import Box, Document
from tests.places import PACKS, TABLES, name

APPENDIX = Document("d-p001", "appendix", "7", "1", None, 1, 9, scanned=False)
WORDS = st.text("abcdefghij klmnop", min_size=3, max_size=24).map(lambda t: "N" + " ".join(t.split()))
FIGURES = st.one_of(
    st.integers(0, 99_999).map(str), st.floats(0, 100).map("{:.1f}%".format), st.sampled_from(["-", ""])
)


@st.composite
def tables(draw):
    """A header of quarters, and rows of a name and figures of which one at least is printed."""
    width = draw(st.integers(2, 6))
    header = ["Indicator", *(f"Q{q % 4 + 1} {2020 + q // 4}/{21 + q // 4}" for q in range(width))]
    figures = st.lists(FIGURES, min_size=width, max_size=width).filter(lambda row: any(t.strip("-") for t in row))
    body = draw(st.lists(st.tuples(WORDS, figures), min_size=2, max_size=9, unique_by=lambda row: row[0]))
    return header, [[row_name, *row] for row_name, row in body]


def block_of(rows, pdf_page, top=100.0):
    """A ruled block of these rows on a page."""
    edges = tuple(60.0 + 50 * c for c in range(len(rows[0]) + 1))
    cells = tuple(
        BlockCell(r, c, 1, 1, Box(edges[c], top + 12 * r, edges[c + 1], top + 12 * (r + 1)), text)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    box = Box(edges[0], top, edges[-1], top + 12 * len(rows))
    return Block(pdf_page, box, cells, len(rows), len(rows[0]), "ruled", edges)


def texts(draft):
    return [[cell.text if cell is not None else None for cell in row] for row in draft.grid]


@settings(deadline=None)
@given(tables(), st.data())
def test_a_table_cut_at_any_row_and_stitched_is_the_table(table, data):
    header, body = table
    at = data.draw(st.integers(1, len(body) - 1))
    repeated = data.draw(st.booleans())
    whole = start_draft(APPENDIX, block_of([header, *body], 1), "Title", ())
    cut = start_draft(APPENDIX, block_of([header, *body[:at]], 1), "Title", ())
    append_block(cut, block_of([*([header] if repeated else []), *body[at:]], 2))
    assert texts(cut) == texts(whole) == [header, *body]
    assert (cut.n_header, cut.n_rows) == (whole.n_header, whole.n_rows) == (1, 1 + len(body))
    assert {c.pdf_page for c in cut.cells if c.row > at} == {2}


@settings(deadline=None)
@given(tables(), st.integers(1, 30))
def test_a_row_that_the_page_cuts_is_joined(table, letters):
    header, body = table
    comment = "the contract began in July and the first quarter was short of staff"
    rows = [[*row, comment] for row in body]
    words = comment.split()
    at = max(1, min(letters, len(words) - 1))
    above = [*rows[:-1], [*body[-1], " ".join(words[:at])]]
    draft = start_draft(APPENDIX, block_of([[*header, "Commentary"], *above], 1), None, ())
    append_block(draft, block_of([["" for _ in header] + [" ".join(words[at:])]], 2))
    assert texts(draft)[1:] == rows
    assert [c.pdf_page for c in draft.cells] == [1] * len(draft.cells)


@settings(deadline=None)
@given(tables())
def test_the_header_is_what_stands_over_the_figures(table):
    header, body = table
    assert count_header(block_of([header, *body], 1)) == 1


@pytest.mark.parametrize("pdf", [*TABLES, *PACKS], ids=name)
def test_the_text_of_every_cell_stands_under_its_box(pdf):
    with ap.read_pack(pdf) as pack:
        last = pack.tables.set_index("table_id").pdf_last
        for cell in pack.cells.itertuples():
            if cell.pdf_page < last[cell.table_id]:
                continue  # its text may go on overleaf
            under = Counter(letter for w in pack.page(cell.pdf_page).words for letter in letters_in(w, cell.box))
            assert not Counter(cell.text.replace(" ", "")) - under, cell


def letters_in(word, box):
    """The letters of a word in whose box its middle lies; those of a word that runs over into it."""
    x0, top, x1, bottom = box
    if not top - 1 <= (word.top + word.bottom) / 2 <= bottom + 1 or word.x1 < x0 or word.x0 > x1:
        return ""
    return word.text if x0 - 1 <= (word.x0 + word.x1) / 2 <= x1 + 1 or word.x0 < x1 < word.x1 else ""


def test_an_empty_cell_is_text_and_no_cell_is_none():
    with ap.read_pack(TABLES[[p.stem for p in TABLES].index("section-rows")]) as pack:
        cells = pack.cells
        assert not cells.text.isna().any()
        places = {(c.row, c.col) for c in cells.itertuples()}
        section = cells[cells.text == "Waste"].iloc[0]
        assert section.col_span == 6
        assert not any((section.row, col) in places for col in range(1, 6))
    with ap.read_pack(TABLES[[p.stem for p in TABLES].index("single-figures")]) as pack:
        empty = pack.cells[(pack.cells.text == "") & ~pack.cells.is_header]
        assert len(empty) == 7
        assert isinstance(empty.text.iloc[0], str)
        assert pd.notna(empty.text).all()
