"""Days and times as papers print them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendaparse.content.dates import find_dates, months, parse_date, parse_time

DAYS = st.dates(dt.date(1971, 1, 1), dt.date(2069, 12, 31))


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Thursday, 30th January, 2025", "2025-01-30"),
        ("5 JANUARY 2017", "2017-01-05"),
        ("22/09/16", "2016-09-22"),
        ("January 5, 2021", "2021-01-05"),
        ("the 9fed Hydref 2019", "2019-10-09"),
        ("31 November 2023", None),
        ("Q3 2023", None),
    ],
)
def test_days(printed, expected):
    assert parse_date(printed) == (dt.date.fromisoformat(expected) if expected else None)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("at 5.30 pm", "17:30"),
        ("10.00 am", "10:00"),
        ("12.15 a.m.", "00:15"),
        ("7pm", "19:00"),
        ("14:05", "14:05"),
        ("noon", "12:00"),
        ("AT 19.00 IN THE SCHOOL", "19:00"),
        ("1930 hours", "19:30"),
        ("at 10.30am", "10:30"),
        ("at 7.30", None),
        ("5.30", None),
    ],
)
def test_times(printed, expected):
    assert parse_time(printed) == (dt.time.fromisoformat(expected) if expected else None)


@given(DAYS, st.sampled_from(["{d} {m} {y}", "{d}th {m}, {y}", "{m} {d}, {y}", "{d}/{n}/{y}", "{d:02}/{n:02}/{s:02}"]))
def test_a_day_reads_as_it_was_printed(day, form):
    name = next(k for k, v in months().items() if v == day.month).title()
    printed = form.format(d=day.day, m=name, y=day.year, n=day.month, s=day.year % 100)
    assert find_dates(f"Minutes of {printed}.") == [day]


@given(st.text(max_size=80))
def test_any_text_is_read_without_an_error(text):
    find_dates(text)
    parse_time(text)
