"""Minutes of many layouts against the truth that their builder wrote."""

from __future__ import annotations

import pandas as pd
import pytest

import agendaparse as ap
from tests.places import MINUTES, name, truth


def none(value):
    return None if pd.isna(value) else value


@pytest.fixture(scope="module", params=MINUTES, ids=name)
def case(request):
    with ap.read_pack(request.param) as pack:
        yield pack, truth(request.param)


def test_items_have_their_numbers_and_titles(case):
    pack, expected = case
    got = [[(i.minute, i.title) for i in m.items] for m in pack.records.minutes]
    assert got == [[(i["number"], i["title"]) for i in m["items"]] for m in expected["minutes"]]


def test_resolutions_are_split_by_their_own_numbers(case):
    pack, expected = case
    got = [(none(r.minute), none(r.number), r.text) for r in pack.resolutions.itertuples(index=False)]
    assert got == [
        (i["number"], r["number"], r["text"].replace(";;", ";"))
        for m in expected["minutes"]
        for i in m["items"]
        for r in i["resolutions"]
    ]


def test_the_day_is_that_of_the_meeting_minuted(case):
    pack, expected = case
    assert [str(m.minutes_date) for m in pack.records.minutes] == [m["meeting_date"] for m in expected["minutes"]]


@pytest.mark.parametrize("status", ["present", "apologies", "in attendance"])
def test_attendance(case, status):
    pack, expected = case
    for minutes, m in zip(pack.records.minutes, expected["minutes"], strict=True):
        if status.replace(" ", "_") in m:
            assert [n for n, s in minutes.attendance if s == status] == m[status.replace(" ", "_")]


NAMING_ACTIONS = """
extends = "moderngov"
name = "netherquay"

[labels]
"minutes action" = ["action"]
"""


@pytest.mark.parametrize("pdf", [p for p in MINUTES if "profile_actions" in truth(p)], ids=name)
def test_actions_of_minutes_are_rows_where_a_profile_names_them(pdf, tmp_path):
    profile = tmp_path / "netherquay.toml"
    profile.write_text(NAMING_ACTIONS, encoding="utf-8")
    with ap.read_pack(pdf, profile=profile) as pack:
        got = [
            {k: none(getattr(a, k)) for k in ("title", "number", "proposed", "owner")}
            for a in pack.actions.itertuples()
        ]
        assert got == truth(pdf)["profile_actions"]
        assert set(pack.actions.date_raised.dt.date) == {pack.records.minutes[0].minutes_date}
    with ap.read_pack(pdf) as pack:
        assert pack.actions.empty, "a council's log holds them already, as a rule"


def test_what_was_not_understood_is_said(case):
    pack, expected = case
    codes = {"struck_text", "minutes_without_numbers", "minutes_without_items", "decision_without_text"}
    assert sorted(set(pack.issues.code) & codes) == sorted(expected.get("issues", []))


def test_the_place_of_a_resolution_holds_its_first_words(case):
    pack, _ = case
    for minutes in pack.records.minutes:
        for item in minutes.items:
            for resolution in item.resolutions:
                box = resolution.source.box
                page = pack.page(resolution.source.pdf_page)
                inside = [w.text for w in page.words if box.x0 - 1 <= w.x0 and box.top - 1 <= w.top <= box.bottom]
                assert resolution.text.split()[0].rstrip(";") in inside
