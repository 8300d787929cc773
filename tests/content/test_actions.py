"""Action logs of many layouts against the truth that their builder wrote."""

from __future__ import annotations

import pandas as pd
import pytest

import agendaparse as ap
from agendaparse.content.log_tables import column_of
from agendaparse.profile import general_profile
from tests.places import LOGS, name, truth

PROFILE = general_profile()


def none(value):
    return None if pd.isna(value) else value


@pytest.mark.parametrize("pdf", LOGS, ids=name)
def test_entries_are_those_of_the_truth(pdf):
    with ap.read_pack(pdf) as pack:
        got = [
            {
                "date_raised": None if pd.isna(a.date_raised) else str(a.date_raised)[:10],
                "title": none(a.title),
                "number": none(a.number),
                "proposed": a.proposed,
                "taken": none(a.taken),
                "status": none(a.status),
            }
            for a in pack.actions.itertuples(index=False)
        ]
        assert got == truth(pdf)["actions"]


@pytest.mark.parametrize("pdf", LOGS, ids=name)
def test_a_log_that_is_not_understood_is_said(pdf):
    with ap.read_pack(pdf) as pack:
        assert sorted(set(pack.issues.code) & {"log_not_understood"}) == truth(pdf).get("issues", [])


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Date", "date_raised"),
        ("Date of\nmeeting", "date_raised"),
        ("Meeting Date", "date_raised"),
        ("Action Taken", "taken"),
        ("Action proposed", "proposed"),
        ("Action requested", "proposed"),
        ("Recommendation/Action", "proposed"),
        ("Scrutiny recommendation", "proposed"),
        ("Executive response", "taken"),
        ("Cabinet Member's response", "taken"),
        ("Officer", "owner"),
        ("Responsible officer", "owner"),
        ("Action by", "owner"),
        ("Deadline", "due"),
        ("Completion date", "due"),
        ("Date of response", "ignored"),
        ("Progress Status", "status"),
        ("Complete?", "status"),
        ("Open / closed", "status"),
        ("Minute no.", "number"),
        ("Ref", "number"),
        ("Minute", "title"),
        ("Agenda item", "title"),
        ("Wards", None),
        ("", None),
    ],
)
def test_what_a_column_holds(header, column):
    assert column_of(header, PROFILE) == column
