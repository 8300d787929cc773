"""Numbered points: what was set is what is read, whatever the numbering; figures at a line's head are no numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendaparse.content.body import BodyLine
from agendaparse.content.numbered import do_hang, split_paragraphs, split_points
from agendaparse.profile import general_profile
from tests.content.test_agenda import lines

PROFILE = general_profile()
WORDS = st.lists(
    st.sampled_from(["pier", "ferry", "quay", "lamps", "boats", "survey", "winter", "slipway", "harbour"]),
    min_size=3,
    max_size=9,
)
NUMBERINGS = {
    "1.": lambda n: f"{n}.",
    "1)": lambda n: f"{n})",
    "(1)": lambda n: f"({n})",
    "2.1": lambda n: f"2.{n}",
    "a)": lambda n: "abcdefgh"[n - 1] + ")",
    "(i)": lambda n: ["(i)", "(ii)", "(iii)", "(iv)", "(v)", "(vi)", "(vii)", "(viii)"][n - 1],
}


def body(*rows):
    return [BodyLine(page, line, line.text) for page, line in lines(*rows)]


def read(*rows, **how):
    return [(p.number, p.text) for p in split_points(body(*rows), PROFILE, **how)]


@given(st.sampled_from(sorted(NUMBERINGS)), st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=8))
def test_points_are_read_as_they_were_set(style, texts):
    rows, expected = [], []
    for n, (first, second) in enumerate(texts, 1):
        number = NUMBERINGS[style](n)
        rows += [(60, 60 * n, number), (100, 60 * n, " ".join(first)), (100, 60 * n + 14, " ".join(second))]
        expected.append((number, " ".join([*first, *second])))
    assert read(*rows) == expected


def test_a_figure_at_a_lines_head_is_no_number():
    rows = [
        (60, 100, "4. The fee was agreed on October"),
        (60, 114, "31. It has not changed since."),
        (60, 140, "5. Next"),
    ]
    assert [number for number, _ in read(*rows)] == ["4.", "5."]


def test_a_bare_number_counts_on():
    rows = [
        (60, 100, "7"),
        (90, 100, "The ferry turns in"),
        (60, 114, "52 minutes."),
        (60, 140, "8"),
        (90, 140, "The path floods."),
    ]
    assert read(*rows, before="6") == [("7", "The ferry turns in 52 minutes."), ("8", "The path floods.")]


def test_a_list_within_a_bare_numbered_paragraph_belongs_to_it():
    rows = [
        (60, 100, "7"),
        (90, 100, "Two things:"),
        (60, 114, "1. lamps"),
        (60, 128, "2. ropes"),
        (60, 150, "8"),
        (90, 150, "Next."),
    ]
    assert [number for number, _ in read(*rows, before="6")] == ["7", "8"]


def test_a_name_under_the_number_ends_a_hanging_paragraph():
    rows = [(60, 100, "4.1"), (100, 100, "None."), (60, 128, "Craig Ellery")]
    assert read(*rows, hang=True) == [("4.1", "None.")]


@pytest.mark.parametrize(("second", "hangs"), [(100, True), (60, False)])
def test_whether_paragraphs_hang_is_told_by_their_second_lines(second, hangs):
    rows = [(60, 100, "1"), (100, 100, "The pier was closed"), (second, 114, "in March")]
    assert do_hang(body(*rows), PROFILE) is hangs


def test_paragraphs_without_numbers_are_parted_by_gaps_and_bullets():
    rows = [
        (60, 100, "Agree the lease of"),
        (60, 114, "the boathouse."),
        (60, 150, "Note the plan."),
        (60, 164, "• lamps"),
        (60, 178, "• ropes"),
    ]
    assert [p.text for p in split_paragraphs(body(*rows))] == [
        "Agree the lease of the boathouse.",
        "Note the plan.",
        "lamps",
        "ropes",
    ]
