"""Sentences that state figures: which are read, and which are no figure of an indicator."""

from __future__ import annotations

import datetime as dt

import pytest

import agendaparse as ap
from agendaparse.content.prose import _paragraph_figures, find_stated
from agendaparse.content.vocabulary import vocabulary
from agendaparse.layout.lines import Line
from agendaparse.layout.words import Word
from tests.places import FIXTURES

EXAMPLES = vocabulary("prose")["examples"]


@pytest.mark.parametrize("sentence", EXAMPLES)
def test_examples_are_read_as_they_say(sentence):
    found = [f"{s.name} {s.raw} {s.period.label}" for s in find_stated(sentence)]
    assert found == EXAMPLES[sentence]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Missed collections came down again, to 41 per 100,000 bins in June 2024.", [("Missed collections", "41")]),
        ("However, sickness absence rose to 9.8 days for each employee in the year to December 2024.",
         [("sickness absence", "9.8")]),
        ("There were 28 boats in the yard, down from 35 in June 2023, and 42 from October 2022.",
         [("boats in the yard", "35"), ("boats in the yard", "42")]),
        ("At the end of June 2024 there were 174 people waiting, of whom 31 were pupils.",
         [("people waiting", "174"), ("pupils", "31")]),
        ("Lamps lit by dusk has reduced 20% from 139 in June 2023 to 111 in June 2024.",
         [("Lamps lit by dusk", "139"), ("Lamps lit by dusk", "111")]),
        ("In March 2024 the Board agreed to spend £3m on 12 boats.", []),
        ("Item 4 was deferred in June 2024.", []),
        ("They stood at 12% in June 2024.", []),
        ("The plan is to cut waits to 20 days by 2026.", []),
    ],
)  # fmt: skip
def test_sentences_state_figures_with_their_time(sentence, found):
    assert [(s.name, s.raw) for s in find_stated(sentence)] == found


def test_a_month_without_its_year_is_the_last_one_before_the_meeting():
    sentence = "Placements stood at 14% in December, and waits rose in November to 38."
    assert find_stated(sentence) == []
    found = find_stated(sentence, dt.date(2025, 1, 30))
    assert [(s.name, s.raw, str(s.period.start)) for s in found] == [("Placements", "14%", "2024-12-01")]
    moved = find_stated("Waits rose in November to 38.", dt.date(2025, 1, 30))
    assert [(s.name, s.raw, str(s.period.end)) for s in moved] == [("Waits", "38", "2024-11-30")]


def test_a_sentence_may_compare_the_figure_of_the_one_before():
    lines = [
        "The share of late boats rose from 18% in May 2024 to 26% in",
        "June 2024. This is similar to June 2023 (25%).",
        "It was a wet summer. This is similar to June 2022 (9%).",
    ]
    found = [(line.text, s.name, s.raw, s.period.label) for line, s in _paragraph_figures(block(*lines), None)]
    assert found[-1] == (lines[1], "share of late boats", "25%", "June 2023")
    assert [raw for _, _, raw, _ in found] == ["18%", "26%", "25%"]


@pytest.mark.parametrize(
    ("said", "raw"),
    [
        ("This was an increase from 462 at 31 March 2023.", "462"),
        ("It had been 74 in September 2023.", "74"),
        ("This is below the 97.4% recorded in 2022-23.", "97.4%"),
        ("This was an increase of 12% in 2022-23.", None),
    ],
)
def test_a_sentence_may_say_what_the_figure_of_the_one_before_was(said, raw):
    found = [
        s for _, s in _paragraph_figures(block(f"At 31 March 2024 there were 487 boats in the yard. {said}"), None)
    ]
    assert [(s.name, s.raw) for s in found] == [("boats in the yard", r) for r in ("487", raw) if r is not None]


def block(*texts):
    word = Word("", 0, 0, 9, 9, 0, 9, False, 0, 0, 1, True, (0, 0, 9, 9))
    return [Line(tuple(word._replace(text=text) for text in line.split())) for line in texts]


@pytest.mark.parametrize("day", [None, dt.date(2024, 9, 1)])
def test_what_is_to_be_is_no_figure_yet(day):
    assert find_stated("By 2028, 65% of skippers report that they feel safe.", day) == []
    assert find_stated("In September 2023 the board approved up to £1 million for boats.", day) == []
    assert bool(find_stated("By March 2024, 212 skippers had used the new app.", day)) is (day is not None)


def test_a_report_s_sentences_give_observations_on_their_line():
    with ap.read_pack(FIXTURES / "councils" / "wyrebridge-management-board-2025-02-12.pdf") as pack:
        stated = pack.observations[pack.observations.source == "prose"]
    assert stated[["indicator", "value", "measure", "period_label"]].values.tolist()[:2] == [
        ["children in care", 311, "actual", "31 December 2024"],
        ["children in care", 325, "actual", "31 December 2023"],
    ]
    assert stated.table_id.isna().all()
    assert (stated.reliability < 0.9).all()
