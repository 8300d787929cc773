"""The words that decide, by the patterns of the general profile: what stands behind them, and what decides nothing."""

from __future__ import annotations

import pytest

from agendaparse.content.attendance import split_names
from agendaparse.content.decisions import without_vote
from agendaparse.content.text import first_sentence
from agendaparse.profile import general_profile

PROFILE = general_profile()


@pytest.mark.parametrize(
    ("printed", "rest"),
    [
        ("RESOLVED that the report be noted.", "that the report be noted."),
        ("RESOLVED:", ""),
        ("RESOLVED - That the pier be mended.", "That the pier be mended."),
        ("RESOLVED:- That the pier be mended.", "That the pier be mended."),
        ("RESOLVED (unanimously) that the pier be mended.", "that the pier be mended."),
        ("RESOLVED (by 7 votes to 2): That the pier be mended.", "That the pier be mended."),
        ("Upon being put to the vote it was unanimously RESOLVED to mend the pier", "to mend the pier"),
        ("Resolved: That the pier be mended", "That the pier be mended"),
        ("The Harbour Committee RESOLVED to:", "to:"),
    ],
)
def test_what_was_resolved(printed, rest):
    assert PROFILE.pattern("minutes.resolved").match(printed)["rest"] == rest


@pytest.mark.parametrize(
    "printed",
    [
        "Resolved matters were taken off the list.",
        "The works were as RESOLVED at the last meeting",
        "The dispute had been resolved to everybody's liking",
    ],
)
def test_what_decides_nothing(printed):
    assert PROFILE.pattern("minutes.resolved").match(printed) is None
    assert PROFILE.pattern("minutes.resolved_within").match(printed) is None


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("that the plan be adopted. Carried.", "that the plan be adopted."),
        ("that the plan be adopted. [For 5, Against 2]", "that the plan be adopted."),
        ("that the plan be adopted. (Unanimous)", "that the plan be adopted."),
        ("that the lease run on (for 12 months).", "that the lease run on (for 12 months)."),
        ("that the plan be adopted. It is to be printed.", "that the plan be adopted. It is to be printed."),
    ],
)
def test_a_vote_is_no_part_of_the_text(printed, text):
    assert without_vote(printed, PROFILE) == text


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["Councillors Moss (Chair), Fenn and Lark"], ["Moss (Chair)", "Fenn", "Lark"]),
        (["Mr R Love, OBE, Mrs C Bell"], ["Mr R Love, OBE", "Mrs C Bell"]),
        (["Ann Moss (Director, Ports)", "and Bea Fenn"], ["Ann Moss (Director, Ports)", "Bea Fenn"]),
        (["Councillor Moss", "Councillor Fenn (Chair)"], ["Councillor Moss", "Councillor Fenn (Chair)"]),
        (["None"], []),
    ],
)
def test_names_of_a_list(lines, names):
    assert split_names(lines, PROFILE) == names


def test_a_sentence_ends_behind_no_abbreviation():
    assert first_sentence("to thank Cllr. A. Moss. The clerk would write.") == "to thank Cllr. A. Moss."
