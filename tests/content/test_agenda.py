"""Agendas as they are set: numbers, wrapped titles, ranges in line, in a column, and cut by the line's end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendaparse.content.agenda_ranges import read_ranges
from agendaparse.content.agenda_rows import counting_up, find_item_rows
from agendaparse.content.text import plain
from agendaparse.layout.lines import join_lines
from agendaparse.layout.words import Word
from agendaparse.profile import general_profile

PROFILE = general_profile()


def lines(*rows):
    """Lines of words from (x, top, text): a word is 5 points a letter wide."""
    words, first = [], 0
    for x, top, text in rows:
        at = x
        for part in text.split():
            words.append(
                Word(
                    part,
                    at,
                    top,
                    at + 5 * len(part),
                    top + 11,
                    0,
                    11,
                    False,
                    0,
                    first,
                    first + len(part),
                    True,
                    (at, top, at + 5 * len(part), top + 11),
                )
            )
            first += len(part)
            at += 5 * len(part) + 3
    return [(1, line) for line in join_lines(words)]


def read(*rows):
    found = find_item_rows(lines(*rows), PROFILE)
    ranges = read_ranges(found, PROFILE)
    return [(row.number, (r.first, r.last) if r else None) for row, r in zip(found, ranges, strict=True)]


def test_a_range_behind_the_title():
    assert read((60, 100, "1. Apologies"), (60, 130, "2. Minutes (Pages 3 - 9)")) == [("1", None), ("2", (3, 9))]


def test_a_range_that_the_line_cuts():
    got = read((60, 100, "8. Plan for places (Pages"), (80, 114, "461 - 610)"), (60, 140, "9. Other business"))
    assert got == [("8", (461, 610)), ("9", None)]


def test_a_range_that_a_column_cuts():
    got = read(
        (60, 100, "1. Plan for places in"),
        (400, 100, "(Pages"),
        (80, 114, "schools until 2029"),
        (400, 114, "11 - 40)"),
    )
    assert got == [("1", (11, 40))]


def test_ranges_without_the_word_in_a_column():
    rows = [
        (60, 100, "1 Apologies"),
        (60, 130, "2 Minutes"),
        (400, 130, "1 - 6"),
        (60, 160, "3 Budget"),
        (400, 160, "7 - 9"),
    ]
    assert read(*rows) == [("1", None), ("2", (1, 6)), ("3", (7, 9))]


def test_a_single_page():
    assert read((60, 100, "4. Motions (Page 12)")) == [("4", (12, 12))]


def test_a_year_at_a_lines_head_is_no_item():
    got = read((60, 100, "1. Minutes of the meeting held on"), (80, 114, "22 February 2024"), (60, 140, "2. Motions"))
    assert [n for n, _ in got] == ["1", "2"]


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        (["1", "2", "2", "3"], ["1", "2", "3"]),
        (["6", "6a", "6b", "7"], ["6", "6a", "6b", "7"]),
        (["A1", "A2", "B1"], ["A1", "A2", "B1"]),
        (["1", "2024", "2", "3"], ["1", "2", "3"]),
        (["2.1", "2.2", "3", "3.1"], ["2.1", "2.2", "3", "3.1"]),
    ],
)
def test_the_numbers_that_count_up_are_the_items(printed, kept):
    assert [start[1] for start in counting_up([(i, p, 1, 0) for i, p in enumerate(printed)])] == kept


@given(st.integers(1, 9000), st.integers(0, 900), st.sampled_from(["-", "–", "—", "to"]))
def test_a_range_reads_as_it_was_printed(first, more, dash):
    match = PROFILE.pattern("agenda.range").match(plain(f"(Pages {first} {dash} {first + more})"))
    expected = {"first": str(first), "last": str(first + more)} if first + more <= 9999 else None
    assert match == expected


@given(st.text(max_size=60))
def test_plain_text_has_no_two_spaces_and_stays_so(text):
    once = plain(text)
    assert "  " not in once
    assert plain(once) == once


@pytest.mark.parametrize(
    ("printed", "pages"),
    [
        ("(Pages 5 - 10)", (5, 10)),
        ("(Pages 5 to 10)", (5, 10)),
        ("(pages 5–10)", (5, 10)),
        ("(Pages: 5 - 10)", (5, 10)),
        ("(Page 5)", (5, 5)),
        ("(Pg. 5 & 6)", (5, 6)),
        ("(Page Nos. 5 - 10)", (5, 10)),
        ("(pp. 5-10)", (5, 10)),
        ("pp. 5 - 10", (5, 10)),
        ("Pages 5 to 10", (5, 10)),
        ("Enclosed", None),
        ("To follow", None),
        ("(Pages)", None),
    ],
)
def test_ranges_as_councils_print_them(printed, pages):
    got = read((60, 100, "1. Apologies"), (60, 130, f"2. Harbour budget {printed}"), (60, 160, "3. Any other business"))
    assert got == [("1", None), ("2", pages), ("3", None)]


def test_a_range_behind_dots():
    got = read((60, 100, "1. Apologies"), (60, 130, "2. Minutes ........ 1 - 2"), (60, 160, "3. Budget ..... 3"))
    assert got == [("1", None), ("2", (1, 2)), ("3", (3, 3))]


def test_a_range_that_a_narrow_column_cuts():
    rows = [
        (60, 100, "1 Apologies"),
        (60, 130, "2 Minutes"),
        (400, 130, "1 -"),
        (400, 144, "2"),
        (60, 170, "3 Budget"),
        (400, 170, "3 - 6"),
    ]
    assert read(*rows) == [("1", None), ("2", (1, 2)), ("3", (3, 6))]


def test_a_range_that_is_set_lower_than_its_title():
    rows = [
        (60, 100, "1 Apologies"),
        (60, 130, "2 Minutes"),
        (400, 137, "1 - 2"),
        (60, 170, "3 Budget"),
        (400, 177, "3 - 6"),
    ]
    assert read(*rows) == [("1", None), ("2", (1, 2)), ("3", (3, 6))]


@pytest.mark.parametrize(
    "numbers",
    [
        ["1", "2", "3"],
        ["1.", "2.", "3."],
        ["1)", "2)", "3)"],
        ["5", "6", "6a"],
        ["A1", "A2", "B1"],
        ["23/071", "23/072", "23/073"],
        ["Item 1", "Item 2", "Item 3"],
        ["2.1", "2.2", "3.1"],
    ],
)
def test_numbers_as_councils_print_them(numbers):
    got = read(*((60, 100 + 30 * i, f"{n} Harbour business") for i, n in enumerate(numbers)))
    assert [n for n, _ in got] == [n.removeprefix("Item ").rstrip(".)") for n in numbers]


def test_what_stands_on_the_page_behind_the_last_item_is_none_of_it():
    rows = lines((60, 100, "1. Apologies"), (60, 130, "2. Minutes"))
    after = [(2, line) for _, line in lines((60, 60, "MINUTES of the Harbour Board"))]
    assert [len(row.lines) for row in find_item_rows([*rows, *after], PROFILE)] == [1, 1]


def test_letters_with_pages_of_their_own_are_items():
    got = read(
        (60, 100, "1. Apologies"),
        (60, 130, "2. Reports of the Harbour Master"),
        (80, 146, "(a) Harbour dues (Pages 3 - 8)"),
        (80, 162, "(b) Pier repairs (Pages 9 - 12)"),
        (60, 190, "3. Next meeting"),
    )
    assert got == [("1", None), ("2", None), ("2(a)", (3, 8)), ("2(b)", (9, 12)), ("3", None)]


def test_letters_without_pages_are_what_an_item_says():
    assert read((60, 100, "1. Interests"), (80, 116, "(a) of money"), (80, 132, "(b) of others")) == [("1", None)]


def test_roman_numbers_count_up():
    rows = [(60, 100 + 30 * n, f"{r}. Item") for n, r in enumerate(["I", "II", "III", "IV", "V", "VI", "IX", "X"])]
    assert [number for number, _ in read(*rows)] == ["I", "II", "III", "IV", "V", "VI", "IX", "X"]


def test_pages_without_brackets_in_a_column_that_cuts_them():
    rows = [
        (60, 100, "1. Minutes"),
        (400, 100, "Pages 3 to"),
        (73, 114, "of May"),
        (400, 114, "8"),
        (60, 140, "2. Piers"),
    ]
    assert read(*rows, (400, 140, "Pg 9")) == [("1", (3, 8)), ("2", (9, 9))]
