"""Packs of other invented councils, each with its own templates: none is read less well than it once was."""

from __future__ import annotations

import json

import pytest

import agendaparse as ap
from tests.invariants import lost_figures
from tests.places import COUNCILS, PACKS, name
from tests.scoring import RATCHET, alike, figure, paired, plain, same, scores

FLOORS = json.loads(RATCHET.read_text("utf-8"))


@pytest.mark.parametrize("pdf", COUNCILS, ids=name)
def test_what_was_once_read_still_is(pdf):
    got = scores(pdf)
    assert {m: (got.get(m), floor) for m, floor in FLOORS[pdf.stem].items() if got.get(m, 0) < floor} == {}


@pytest.mark.parametrize("pdf", [*COUNCILS, *PACKS], ids=name)
def test_each_figure_stands_under_its_box(pdf):
    with ap.read_pack(pdf) as pack:
        assert lost_figures(pack) == []


def test_every_pack_has_floors():
    assert sorted(FLOORS) == [pdf.stem for pdf in COUNCILS]


def test_the_scorer_counts_what_it_says():
    assert same(["a", "a", "b"], ["a", "b", "c"]) == pytest.approx(2 * 2 / 6, abs=1e-4)
    assert same([], []) is None
    long = "That the report be noted and that the Director bring figures to the meeting in March."
    assert paired([("1.", long.replace("March", "Marsh"))], [("1", long)]) == 1.0
    assert paired([("2", long)], [("1", long)]) == 0.0
    assert plain("  “On–going;” works. ") == '"on-going " works'
    assert not alike("noted", "")


def test_two_printings_of_one_figure_differ_by_page_or_period():
    row = {"pdf_page": 3, "indicator": "Children in care", "measure": "actual", "comparator": None, "raw": "402"}
    row |= {"period_label": "Dec-24", "period_start": "2024-12-01", "period_end": "2024-12-31", "value": 402.0}
    assert figure(row) == figure({**row, "period_label": "Q3", "raw": "402 "})
    assert figure(row) != figure({**row, "pdf_page": 4})
    assert figure(row) != figure({**row, "period_start": "2024-10-01"})
