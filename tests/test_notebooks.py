"""What a notebook shows: a table as it looks, a page as a picture with boxes."""

from __future__ import annotations

import pandas as pd
import pytest

import agendaparse as ap
from agendaparse.content.printed import PrintedTable
from agendaparse.errors import UnreadablePdf
from agendaparse.layout.images import find_boxes
from agendaparse.records import Box, Cell, Table
from tests.places import MEETING, page

RED = (255, 0, 0)


@pytest.fixture(scope="module")
def pack():
    with ap.read_pack(MEETING) as read:
        yield read


def test_a_table_as_it_looks_is_its_cells(pack):
    for table_id in pack.tables.table_id:
        table = pack.table(table_id)
        own = pack.cells[(pack.cells.table_id == table_id) & ~pack.cells.is_header.astype(bool)]
        printed = [text for text in table.frame.to_numpy().ravel().tolist() if isinstance(text, str)]
        assert printed == own.sort_values(["row", "col"]).text.tolist()
        assert table.frame.shape == (table.record.n_rows, table.record.n_cols)
        assert table_id in repr(table)
        assert "<table" in table._repr_html_()


def cell(row, col, text, *, row_span=1, col_span=1, header=False):
    return Cell(row, col, row_span, col_span, text, (text,), header, 1, Box(0, 0, 1, 1), text)


def test_headers_that_span_are_said_to_each_column_and_spanning_cells_stand_once():
    cells = (
        cell(0, 0, "Measure", row_span=2, header=True),
        cell(0, 1, "2024", col_span=2, header=True),
        cell(1, 1, "Q1", header=True),
        cell(1, 2, "Q2", header=True),
        cell(2, 0, "Visits", row_span=2),
        cell(2, 1, "12"),
        cell(2, 2, ""),
        cell(3, 1, "13"),
    )
    frame = PrintedTable(Table("t", None, None, "kpi", "Visits", 1, 1, 2, 3, 2, "ruled", 1.0, cells)).frame
    assert frame.columns.tolist() == [("Measure", "Measure"), ("2024", "Q1"), ("2024", "Q2")]
    assert frame.iloc[0].tolist() == ["Visits", "12", ""]
    assert frame.isna().to_numpy().tolist() == [[False, False, False], [True, False, True]]


def test_a_table_that_is_not_there_is_a_key_error(pack):
    with pytest.raises(KeyError, match="no-such-table"):
        pack.table("no-such-table")


def drawn(image, box, scale):
    """Whether the box's outline is drawn in red."""
    x, y = round(scale * (box.x0 + box.x1) / 2), round(scale * (box.top - 1))
    return image.getpixel((x, y)) == RED


def test_a_page_is_shown_with_the_boxes_of_a_frame(pack):
    found = pack.observations
    number = int(found.loc[0, "pdf_page"])
    image = pack.page(number).image(boxes=found, scale=2)
    shown = pack.page(number)
    assert image.size == pytest.approx((2 * shown.width, 2 * shown.height), abs=2)
    own = found[found.pdf_page == number].box
    assert all(drawn(image, box, 2) for box in own)
    plain = pack.page(number).image(scale=2)
    assert not any(drawn(plain, box, 2) for box in own)
    assert pack.page(number).image(boxes={"red": own}, scale=2).tobytes() == image.tobytes()


@pytest.mark.parametrize(
    "boxes",
    [
        (1, 2, 3, 4),
        Box(1, 2, 3, 4),
        [(1, 2, 3, 4)],
        {"x0": 1, "top": 2, "x1": 3, "bottom": 4},
        pd.Series([Box(1, 2, 3, 4), None], dtype="object"),
        pd.DataFrame({"pdf_page": [1, 2], "box": [Box(1, 2, 3, 4), Box(5, 6, 7, 8)]}),
    ],
)
def test_boxes_are_taken_in_every_form(boxes):
    assert list(find_boxes(boxes, 1)) == [Box(1, 2, 3, 4)]


def test_a_turned_page_is_shown_as_it_reads():
    with ap.read_pack(page("page-rotate-90")) as read:
        first = read.page(1).lines[0].box
        assert drawn(read.page(1).image(boxes=first), first, 2)


def test_what_cannot_be_shown_says_so():
    with ap.read_pack(page("broken-page")) as read, pytest.raises(UnreadablePdf, match="page 2"):
        read.page(2).image()
    with pytest.raises(UnreadablePdf, match="closed"):
        read.page(1).image()
