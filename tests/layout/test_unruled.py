"""Tables without rules: when another reader of columns is asked, and when it is believed."""

from __future__ import annotations

import subprocess
import sys

import pytest

import agendaparse as ap
from agendaparse.errors import UnreadablePdf
from agendaparse.issues import Issues
from agendaparse.layout.regions import find_regions
from agendaparse.layout.second_opinion import NetworkColumns, find_columns_by_network
from agendaparse.layout.unruled import find_aligned, is_doubtful
from tests.places import FIXTURES, ROOT

SURE = FIXTURES / "tables" / "unruled-slide.pdf"
DOUBTFUL = FIXTURES / "tables" / "columns-ragged.pdf"
EDGES = [60.0, 200.0, 244.0, 288.0, 332.0]


def read(pdf):
    with ap.read_pack(pdf) as pack:
        return pack.page(1)


@pytest.fixture
def by_overlap_only(monkeypatch):
    """Our own reading without its way out, so that it is in doubt."""
    monkeypatch.setattr("agendaparse.layout.regions._are_crowded", lambda _: False)


def test_a_sure_block_needs_no_second_opinion():
    asked = []
    blocks = find_aligned(read(SURE), asked.append)
    assert [b.method for b in blocks] == ["aligned"]
    assert blocks[0].reliability > 0.95
    assert asked == []


@pytest.mark.usefixtures("by_overlap_only")
def test_a_better_second_opinion_is_believed():
    page = read(DOUBTFUL)
    [own] = find_aligned(page)
    assert is_doubtful(own)
    [block] = find_aligned(page, lambda _: [EDGES])
    assert (block.method, block.n_cols) == ("camelot", 4)
    assert block.reliability > own.reliability
    assert [c.text for c in block.rows[2]] == ["Quay repairs", "£48", "£9,125,000", ""]


@pytest.mark.usefixtures("by_overlap_only")
@pytest.mark.parametrize("opinion", [[], [[0.0, 20.0]], [[60.0, 80.0, 90.0, 100.0, 215.0, 332.0]]])
def test_a_worse_second_opinion_changes_nothing(opinion):
    page = read(DOUBTFUL)
    assert find_aligned(page, lambda _: opinion) == find_aligned(page)


def test_camelot_sees_the_columns_of_a_plain_table():
    [edges] = find_columns_by_network(SURE.read_bytes(), 1)
    [block] = find_aligned(read(SURE))
    assert len(edges) == len(block.edges)
    assert edges == pytest.approx(block.edges, abs=40)


def test_what_camelot_cannot_read_is_one_error():
    with pytest.raises(UnreadablePdf, match="page 7"):
        find_columns_by_network(SURE.read_bytes()[:700], 7)
    issues = Issues()
    assert NetworkColumns(SURE.read_bytes()[:700], issues)(7) == []
    assert [(i.code, i.pdf_page) for i in issues] == [("columns_uncertain", 7)]


def test_camelot_is_not_loaded_for_a_pack_that_does_not_need_it():
    code = "import sys, agendaparse as ap; p = ap.read_pack(sys.argv[1]); p.tables; print('camelot' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code, SURE], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_figures_that_reach_over_the_next_column_are_parted_by_where_they_begin():
    from agendaparse.layout.chunks import find_chunks

    [region] = find_regions(find_chunks(read(DOUBTFUL).rows))
    assert len(region.columns) == 3
