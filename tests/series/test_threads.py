"""What became of a resolution: tied to the lines of later logs, by words, number, title and day."""

from __future__ import annotations

import tomllib
from importlib import resources

import pandas as pd
import pytest

from agendaparse.series.entries import Entry
from agendaparse.series.reconcile import reconcile_frames
from agendaparse.series.threads import is_closed
from tests.series.papers import Paper, day

VOCABULARY = tomllib.loads(resources.files("agendaparse.data").joinpath("vocabulary/threads.toml").read_text("utf-8"))

TAXI = "That drivers of school taxis be offered the first-aid course before the autumn term."
BUS = "That bus times to the lakeside centre be printed in the holiday leaflet."


def resolution(number, text, on="2023-06-15", minute="2", title="SUMMER HOLIDAY PROVISION"):
    return {"minutes_date": day(on), "minute": minute, "title": title, "number": number, "text": text, "pdf_page": 5}


def line(number, text, status=None, on="2023-06-15", title="Summer holiday provision"):
    return {
        "date_raised": day(on),
        "title": title,
        "number": number,
        "proposed": text,
        "status": status,
        "pdf_page": 40,
    }


def followed(*papers):
    series = reconcile_frames(papers)
    return series.threads, series.thread_entries


def test_a_resolution_is_followed_until_it_is_closed():
    minutes = [resolution("(i)", BUS), resolution("(ii)", TAXI)]
    first = Paper("p1", "2023-09-06", resolutions=minutes, actions=[line("1)", BUS, "In progress"), line("2)", TAXI)])
    second = Paper("p2", "2023-11-08", actions=[line("1)", TAXI, "In progress"), line("2)", BUS, "Completed")])
    threads, entries = followed(first, second)
    assert list(threads["n_entries"]) == [3, 3]
    bus = threads[threads["text"] == BUS].iloc[0]
    assert (bus["last_status"], bus["days_open"]) == (
        "Completed",
        (pd.Timestamp("2023-11-08") - pd.Timestamp("2023-06-15")).days,
    )
    assert bus["raised_on"] == pd.Timestamp("2023-06-15")
    steps = threads.timeline()
    assert list(steps.loc[steps["thread_id"] == bus["thread_id"], "kind"]) == ["resolution", "action", "action"]
    assert list(steps.loc[steps["thread_id"] == bus["thread_id"], "closes"]) == [False, False, True]
    assert len(threads[threads["text"] == BUS].timeline()) == 3
    assert threads["thread_id"].is_unique
    assert set(entries["thread_id"]) == set(threads["thread_id"])


def test_the_log_may_date_a_meeting_a_day_off_and_reword():
    pack = Paper(
        "p1", "2023-09-06",
        resolutions=[resolution(None, "that the panel are given a briefing on young carers, as the Act of 2002 asks.")],
        actions=[
            line("1)", "That the panel is given a briefing about young carers as the Act of 1989 asks", on="2023-06-16")
        ],
    )  # fmt: skip
    assert list(followed(pack)[0]["n_entries"]) == [2]


@pytest.mark.parametrize(
    ("text", "on", "committee"),
    [
        ("That the fees of the leisure centre be published by ward.", "2023-06-15", None),
        (BUS, "2023-07-20", None),
        (BUS, "2023-06-15", "Planning Committee"),
    ],
)
def test_other_words_another_day_or_another_committee_are_another_matter(text, on, committee):
    minutes = Paper("p1", "2023-09-06", resolutions=[resolution("(i)", BUS)])
    log = Paper(
        "p2", "2023-09-06", actions=[line("1)", text, on=on)], **({"committee": committee} if committee else {})
    )
    assert list(followed(minutes, log)[0]["n_entries"]) == [1, 1]


def test_short_resolutions_are_told_apart_by_their_titles():
    noted = "That the report be noted."
    minutes = [
        resolution(None, noted, minute="4", title="ADOPTION"),
        resolution(None, noted, minute="5", title="YOUTH JUSTICE"),
    ]
    pack = Paper("p1", "2023-09-06", resolutions=minutes, actions=[line("1)", noted, title="Youth justice")])
    threads, _ = followed(pack)
    assert dict(zip(threads["title"], threads["n_entries"], strict=True)) == {"ADOPTION": 1, "YOUTH JUSTICE": 2}


def test_one_resolution_of_two_points_has_a_thread_for_each():
    both = f"{BUS} {TAXI}"
    pack = Paper("p1", "2023-09-06", resolutions=[resolution(None, both)], actions=[line("1)", BUS), line("2)", TAXI)])
    threads, entries = followed(pack)
    assert list(threads["n_entries"]) == [2, 2]
    assert list(entries["kind"]).count("resolution") == 2


def test_a_recommendation_leads_to_what_the_minutes_record():
    proposed = {
        "item": "7",
        "number": "(i)",
        "text": "To offer drivers of school taxis the first-aid course before the autumn term",
    }
    agenda = Paper(
        "p1", "2023-06-07", meeting="2023-06-15", recommendations=[proposed],
        reports=[{"item": "7", "subject": "SUMMER HOLIDAY PROVISION"}],
    )  # fmt: skip
    later = Paper("p2", "2023-09-06", resolutions=[resolution("(i)", TAXI)])
    threads, entries = followed(agenda, later)
    assert list(entries["kind"]) == ["recommendation", "resolution"]
    assert threads.iloc[0]["first_seen"] == pd.Timestamp("2023-06-07")
    assert list(followed(agenda)[0]["n_entries"]) == []


def test_order_and_repetition_of_packs_do_not_matter():
    papers = [
        Paper(
            "p1",
            "2023-09-06",
            resolutions=[resolution("(i)", BUS), resolution("(ii)", TAXI)],
            actions=[line("1)", BUS)],
        ),
        Paper("p2", "2023-11-08", actions=[line("1)", BUS, "Done"), line("2)", TAXI)]),
        Paper("p3", "2024-01-10", actions=[line("2)", TAXI + " And reported.")]),
    ]
    once, again = (reconcile_frames(p) for p in (papers, [papers[2], papers[0], papers[1], papers[0]]))
    pd.testing.assert_frame_equal(once.thread_entries, again.thread_entries)
    pd.testing.assert_frame_equal(pd.DataFrame(once.threads), pd.DataFrame(again.threads))
    assert list(once.threads["n_entries"]) == [3, 3]


@pytest.mark.parametrize(("number", "ordinal"), [("(ii)", 2), ("2)", 2), ("b.", 2), (None, None), ("12/24", None)])
def test_numbers_count_alike_in_all_their_forms(number, ordinal):
    assert Entry("action", "p", "", "", None, None, "", number, "", None, None, 1).ordinal == ordinal


@pytest.mark.parametrize(("status", "closed"), VOCABULARY["examples"].items())
def test_every_example_of_a_status_is_understood(status, closed):
    assert is_closed(status) == closed


def test_no_word_stands_twice():
    for name in ("empty", "ended", "open", "closed"):
        assert len(VOCABULARY[name]) == len(set(VOCABULARY[name]))
        assert all(word == word.casefold() for word in VOCABULARY[name])
    stated = [word for name in ("ended", "open", "closed") for word in VOCABULARY[name]]
    assert len(stated) == len(set(stated))
