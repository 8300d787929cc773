"""The words that decide, by the patterns of the general profile: what stands behind them, and what decides nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agendaparse.content.attendance import split_names
from agendaparse.content.decisions import DecisionWords, read_decisions
from agendaparse.content.minute_items import find_items
from agendaparse.content.motions import without_vote
from agendaparse.content.passages import Passage, Setting, find_passages, look_for
from agendaparse.content.text import first_sentence
from agendaparse.profile import general_profile
from tests.content.test_minutes_properties import printed

PROFILE = general_profile()


@pytest.mark.parametrize(
    ("line", "rest"),
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
def test_what_was_resolved(line, rest):
    assert PROFILE.pattern("minutes.resolved").match(line)["rest"] == rest


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("RECOMMENDED TO CABINET that the pier be sold.", "that the pier be sold."),
        ("RECOMMENDED TO THE FULL COUNCIL: that the pier be sold.", "that the pier be sold."),
        ("RECOMMENDED to Council that the pier be sold.", "to Council that the pier be sold."),
        ("RECOMMENDED TO SELL the pier", "TO SELL the pier"),
    ],
)
def test_the_body_named_in_capitals_is_of_the_word(line, rest):
    assert PROFILE.pattern("minutes.agreed").match(line)["rest"] == rest


@pytest.mark.parametrize(
    "word", ["Resolution:", "RESOLUTION", "Committee decision:", "The Panel resolved:-", "It was agreed:-"]
)
def test_a_label_alone_decides_what_stands_below_it(word):
    texts = [
        "Members spoke at length about the nets, the buoys, the pier and its lights.",
        word,
        "That the pier be sold.",
    ]
    lines = printed([(text.split(), 72, False, text != texts[0]) for text in texts])
    found = read_decisions(find_passages(lines, PROFILE, Setting.of(lines)), DecisionWords(PROFILE, weak=True), "p")
    assert [(r.number, r.text) for r in found] == [(None, "That the pier be sold.")]


@pytest.mark.parametrize("word", ["Decisions:", "RESOLVED:", "RESOLVED that the Harbour Panel:", "RESOLVED to"])
def test_bullets_below_the_word_alone_are_decisions_of_their_own(word):
    points = ["• The Panel notes the catch.", "• Officers will count the nets."]
    lines = printed([(word.split(), 72, False, False), *((point.split(), 90, False, False) for point in points)])
    found = read_decisions(find_passages(lines, PROFILE, Setting.of(lines)), DecisionWords(PROFILE, weak=False), "p")
    assert [(r.number, r.text) for r in found] == [(None, point[2:]) for point in points]


@pytest.mark.parametrize("word", ["Decision:", "Committee decision", "Outcome:"])
def test_bullets_below_a_word_for_one_decision_are_one(word):
    points = ["• The Panel notes the catch.", "• Officers will count the nets."]
    lines = printed([(word.split(), 72, False, False), *((point.split(), 90, False, False) for point in points)])
    found = read_decisions(find_passages(lines, PROFILE, Setting.of(lines)), DecisionWords(PROFILE, weak=False), "p")
    assert [(r.number, r.text) for r in found] == [(None, " ".join(point[2:] for point in points))]


def test_the_stamp_of_an_item_is_no_minute():
    texts = ["Item 3", "HARBOUR COUNCIL", "10 Nets", "They were counted.", "11 Buoys", "They were painted."]
    titled = ("HARBOUR", "10", "11")
    lines = printed([(t.split(), 72, t.startswith(titled), False) for t in texts])
    _, items = find_items(lines, PROFILE, Setting.of(lines))
    assert [(i.minute, i.title) for i in items] == [("10", "Nets"), ("11", "Buoys")]


def test_a_number_whose_title_is_that_of_the_next_minute_has_none():
    lines = printed([(["1."], 72, False, False), (["Committee"], 72, True, False), (["2.", "the"], 72, False, False)])
    _, items = find_items(lines, PROFILE, Setting.of(lines))
    assert [i.minute for i in items] == ["1", "2"]


@pytest.mark.parametrize(
    "line",
    [
        "Resolved matters were taken off the list.",
        "The works were as RESOLVED at the last meeting",
        "The dispute had been resolved to everybody's liking",
    ],
)
def test_what_decides_nothing(line):
    assert PROFILE.pattern("minutes.resolved").match(line) is None
    assert PROFILE.pattern("minutes.resolved_within").match(line) is None


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("that the plan be adopted. Carried.", "that the plan be adopted."),
        ("that the plan be adopted. [For 5, Against 2]", "that the plan be adopted."),
        ("that the plan be adopted. (Unanimous)", "that the plan be adopted."),
        ("that the lease run on (for 12 months).", "that the lease run on (for 12 months)."),
        ("that the plan be adopted. It is to be printed.", "that the plan be adopted. It is to be printed."),
    ],
)
def test_a_vote_is_no_part_of_the_text(line, text):
    assert without_vote(line, PROFILE) == text


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["Councillors Moss (Chair), Fenn and Lark"], ["Moss (Chair)", "Fenn", "Lark"]),
        (["Mr R Love, OBE, Mrs C Bell"], ["Mr R Love, OBE", "Mrs C Bell"]),
        (["Ann Moss (Director, Ports)", "and Bea Fenn"], ["Ann Moss (Director, Ports)", "Bea Fenn"]),
        (["Councillor Moss", "Councillor Fenn (Chair)"], ["Councillor Moss", "Councillor Fenn (Chair)"]),
        (["None"], []),
        (
            ["A Moss, B Fenn and", "C Pike, Clerk Mrs D Lark Harrow District Councillor E Skerry plus ten guests"],
            ["A Moss", "B Fenn", "C Pike", "Clerk Mrs D Lark", "Harrow District Councillor E Skerry"],
        ),
        (["Moss, Fenn and the Clerk. Members of the public: two"], ["Moss", "Fenn", "Clerk"]),
        (["Mr A Moss, Resident Representative"], ["Mr A Moss", "Resident Representative"]),
    ],
)
def test_names_of_a_list(lines, names):
    assert split_names(lines, PROFILE) == names


def test_a_sentence_ends_behind_no_abbreviation():
    assert first_sentence("to thank Cllr. A. Moss. The clerk would write.") == "to thank Cllr. A. Moss."


@pytest.mark.parametrize(
    "line",
    [
        "RESOLVED by 6 votes to 3 with 1 abstention, that the pier be mended.",
        "RESOLVED, by 6 votes to 3, that the pier be mended.",
        "RESOLVED (Councillor Moss abstaining) that the pier be mended.",
        "RESOLVED, with one abstention, that the pier be mended.",
        "RESOLVED 24/112 that the pier be mended.",
        "RESOLVED (24/112) that the pier be mended.",
        "Resolved (unanimously): that the pier be mended.",
        "It was subsequently RESOLVED, nem con, that the pier be mended.",
        "It was RESOLVED by all present that the pier be mended.",
        "RESOLVED/- that the pier be mended.",
        "It was proposed by Cllr Moss, seconded by Cllr Fenn and resolved that the pier be mended.",
        "(RESOLVED that the pier be mended.)",
    ],
)
def test_how_it_was_resolved_is_no_part_of_what_was(line):
    lines = printed([(line.split(), 72, False, False)])
    found = read_decisions(find_passages(lines, PROFILE, Setting.of(lines)), DecisionWords(PROFILE, weak=False), "p")
    assert [r.text for r in found] == ["that the pier be mended."]


def test_what_was_resolved_and_then_defeated_is_no_decision():
    texts = ["BE IT RESOLVED that the pier be sold.", "Defeated."]
    lines = printed([(text.split(), 72, False, True) for text in texts])
    assert (
        read_decisions(find_passages(lines, PROFILE, Setting.of(lines)), DecisionWords(PROFILE, weak=False), "p") == []
    )


def test_bullets_that_tell_of_the_talk_are_no_decisions():
    points = ["• noted that the nets are old;", "• asked who mends them."]
    lines = printed([(["The", "Board:"], 72, False, False), *((point.split(), 90, False, False) for point in points)])
    words = DecisionWords(PROFILE, weak=False)
    assert read_decisions(find_passages(lines, PROFILE, Setting.of(lines)), words, "p") == []
    lines = printed([(["The", "Board:"], 72, False, False), (["•", "noted", "the", "report."], 90, False, False)])
    found = read_decisions(find_passages(lines, PROFILE, Setting.of(lines)), words, "p")
    assert [r.text for r in found] == ["noted the report."]


def test_patterns_are_looked_for_in_all_passages_by_the_words_they_need():
    general = PROFILE
    bare = replace(general.pattern("minutes.resolved"), needs=())
    without_needs = replace(general, patterns={**general.patterns, "minutes.resolved": bare})
    for profile, near in ((general, [set(), {"minutes.resolved"}]), (without_needs, [{"minutes.resolved"}] * 2)):
        texts = ["The pier was painted.", "It was RESOLVED to wait."]
        passages = [Passage((), None, bullet=False, text=text, plain=text) for text in texts]
        look_for(("minutes.resolved",), passages, profile)
        assert [p.may_fit(("minutes.resolved",), profile) for p in passages] == near
