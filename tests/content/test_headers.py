"""What headers say of their columns, alone and beside each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendaparse.content.headers import parse_header, parse_headers, settle
from agendaparse.content.periods import Setting, find_period
from agendaparse.content.vocabulary import vocabulary
from tests.places import cases


@pytest.mark.parametrize("case", cases("headers"), ids=lambda c: c["printed"])
def test_a_header_says_what_its_column_holds(case):
    column = parse_header(case["printed"])
    period = column.period
    assert column.role == case["role"]
    assert (str(period.start) if period else "") == case["start"]
    assert (str(period.end) if period else "") == case["end"]
    assert (column.unit or "") == case["unit"]
    assert (column.comparator or "") == case["comparator"]
    assert column.undated is bool(case["undated"])


def understood(*heads, title=None):
    setting = Setting(months=find_period(title)) if title else Setting()
    columns = parse_headers([h.split("|") for h in heads], setting)
    return settle(columns, setting)


def test_a_named_period_beside_plain_ones_is_somebody_elses():
    columns = understood("Nov-24", "Dec-24", "Harrowmere 23/24", "England 23/24")
    assert [c.role for c in columns] == ["actual", "actual", "benchmark", "benchmark"]
    assert [c.role for c in understood("2022/23 Outturn", "2023/24 Outturn", "2024/25 Q1")] == ["actual"] * 3


def test_targets_and_changes_have_no_period():
    columns = understood("2022/23 Target", "2023/24 Target", "Change since 2022/23")
    assert [(c.role, c.period) for c in columns] == [("target", None), ("target", None), ("change", None)]


def test_an_average_of_twelve_months_ends_with_the_latest():
    average = understood("Aug 24", "Sep 24", "12 month average")[2]
    assert (str(average.period.start), str(average.period.end)) == ("2023-10-01", "2024-09-30")


def test_a_year_to_date_ends_with_the_latest_month():
    to_date = understood("Apr", "May", "Jun", "YTD", title="2024/25")[3]
    assert (str(to_date.period.start), str(to_date.period.end)) == ("2024-04-01", "2024-06-30")


def test_the_year_of_a_group_header_is_that_of_the_months_under_it():
    columns = understood("2023/24|Mar", "2024/25|Apr", "2024/25|Jan")
    assert [str(c.period.start) for c in columns] == ["2024-03-01", "2024-04-01", "2025-01-01"]


def test_a_group_header_is_no_part_of_a_comparators_name():
    columns = understood("Benchmarking|England 2022/23", "Benchmarking|Stat. Neighbours", "2022/23|England")
    assert [c.comparator for c in columns] == ["England 2022/23", "Stat. Neighbours", "England"]
    assert str(columns[2].period.start) == "2022-04-01"


def test_school_years_of_one_header_make_those_of_the_others():
    columns = understood("Academic year 2022/23", "England 2022/23")
    assert {str(c.period.start) for c in columns} == {"2022-09-01"}
    mixed = understood("Academic year 2022/23", "2022/23 outturn")
    assert [str(c.period.start) for c in mixed] == ["2022-09-01", "2022-04-01"]


def test_two_measures_in_one_header():
    assert [c.role for c in parse_header("Target / floor").both] == ["target", "threshold"]
    assert [c.role for c in parse_header("Actual (target)").both] == ["actual", "target"]
    assert parse_header("Number / %").both == ()
    assert parse_header("2023/24").both == ()


@given(st.text(max_size=60), st.text(max_size=30))
def test_any_text_is_a_header_without_an_error(first, second):
    columns = settle(parse_headers([[first], [second, first], ["Apr", second]], Setting()), Setting())
    assert len(columns) == 3


def test_words_of_a_role_stand_once():
    for role, lists in vocabulary("measures").items():
        for words in lists.values():
            assert len(words) == len(set(words)), role
            assert all(w == w.casefold() for w in words), role
