"""The time that headers name: printed forms, whole rows of headers, and that a period reads back as it was written."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendaparse.content.periods import Setting, academic, find_period, find_periods, names_undated_time, period_label
from agendaparse.content.vocabulary import patterns, vocabulary
from tests.places import cases

MONTHS = st.dates(dt.date(1972, 1, 1), dt.date(2068, 12, 31))
YEARS = st.integers(1972, 2068)


def setting(title):
    return Setting(months=find_period(title)) if title else Setting()


def dates(period):
    return None if period is None else (str(period.start), str(period.end))


@pytest.mark.parametrize("case", cases("periods"), ids=lambda c: f"{c['printed']}|{c['title']}")
def test_a_header_names_its_time(case):
    expected = (case["start"], case["end"]) if case["start"] else None
    assert dates(find_period(case["printed"], setting(case["title"]))) == expected


@pytest.mark.parametrize("pattern", patterns("periods"), ids=lambda p: p.name)
def test_each_pattern_fits_its_examples_first(pattern):
    within = Setting(months=find_period("2018/19"))
    for example, span in pattern.examples.items():
        period = find_period(example, within)
        assert dates(period) == tuple(span.split("/")), example
        first = next(p for p in patterns("periods") if p.search(example.replace("–", "-")))
        assert first.name == pattern.name or period is not None


def test_words_of_the_vocabulary_stand_once():
    for name, words in vocabulary("periods")["year_words"].items():
        assert len(words) == len(set(words)), name
        assert all(w == w.casefold() for w in words), name


@pytest.mark.parametrize(
    ("printed", "title", "starts"),
    [
        ("Nov 24|Dec|Jan|Feb", None, "2024-11 2024-12 2025-01 2025-02"),
        ("Apr|May|Jun 24", None, "2024-04 2024-05 2024-06"),
        ("Mar 25|Feb|Jan|Dec", None, "2025-03 2025-02 2025-01 2024-12"),
        ("Apr|May|Jan|Mar", "2024/25", "2024-04 2024-05 2025-01 2025-03"),
        ("Apr|Jul|Oct|Jan", "September 2024", "2024-04 2024-07 2024-10 2025-01"),
        ("Oct|Nov|Dec|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep", "September 2024", "2023-10 2023-11 2023-12 2024-01"),
        ("Mar|Apr|May|Jun", "2024/25", "2024-03 2024-04 2024-05 2024-06"),
        ("Apr|Apr|May|May", "2024/25", "2024-04 2024-04 2024-05 2024-05"),
        ("Q3|Q4|Q1|Q2", "Quarter 2 2024/25", "2023-10 2024-01 2024-04 2024-07"),
        ("Q1|Q2|Q3|Q4", "Quarter 2 2024/25", "2024-04 2024-07 2024-10 2025-01"),
        ("Q1 23/24|Q2|Q3|Q4|Q1", None, "2023-04 2023-07 2023-10 2024-01 2024-04"),
        ("Apr|2023/24|May", "2024/25", "2024-04 2023-04 2024-05"),
        ("Apr|May|Jun", None, "None None None"),
        ("31 March|30 June", "2024/25", "2024-03 2024-06"),
        ("31 Mar 24|30 Jun|30 Sep", None, "2024-03 2024-06 2024-09"),
        ("Target|Apr|RAG", "2024/25", "None 2024-04 None"),
    ],
)
def test_headers_of_a_row_give_each_other_their_years(printed, title, starts):
    found = find_periods(printed.split("|"), setting(title))
    expected = starts.split()
    assert [str(p.start)[:7] if p else "None" for p in found][: len(expected)] == expected


def test_a_bare_day_of_a_leap_year_is_not_moved_into_another():
    assert find_periods(["Jan 2023", "29 Feb"], Setting())[1] is None


@pytest.mark.parametrize(
    ("printed", "undated"),
    [("Previous quarter", True), ("YTD", True), ("Q2", True), ("Apr", True), ("Same period last year", True),
     ("Status", False), ("Target", False), ("Total", False), ("maybe", False)],
)  # fmt: skip
def test_times_without_a_date_are_known(printed, undated):
    assert names_undated_time(printed) is undated


def test_a_year_to_date_ends_with_the_latest_header():
    latest = Setting(latest=dt.date(2024, 9, 30))
    assert dates(find_period("YTD", latest)) == ("2024-04-01", "2024-09-30")
    assert dates(find_period("2024/25 YTD", latest)) == ("2024-04-01", "2024-09-30")
    assert dates(find_period("YTD 2023/24", latest)) == ("2023-04-01", "2023-09-30")
    assert find_period("Month to date", latest) is None


def test_a_row_of_schools_counts_in_school_years():
    assert dates(academic(find_period("2022/23"))) == ("2022-09-01", "2023-08-31")
    assert dates(academic(find_period("2022"))) == ("2022-01-01", "2022-12-31")


def labels():
    month = MONTHS.map(lambda d: f"{d:%b-%y}")
    quarter = st.builds("{1}/{2:02d} Q{0}".format, st.integers(1, 4), YEARS, YEARS)
    pair = YEARS.map(lambda y: f"{y}/{(y + 1) % 100:02d}")
    whole = st.one_of(
        month,
        pair,
        MONTHS.map(lambda d: f"{d.day} {d:%B %Y}"),
        MONTHS.map(lambda d: f"week ending {d.day} {d:%B %Y}"),
        MONTHS.map(lambda d: f"YTD {d:%b %Y}"),
        MONTHS.map(lambda d: f"12 months to {d:%b-%y}"),
        YEARS.map(str),
        YEARS.map(lambda y: f"{y} - {y + 2}"),
        st.tuples(st.sampled_from(["Q1", "Q2", "Q3", "Q4", "H1", "H2"]), pair).map(" ".join),
        st.tuples(st.sampled_from(["Academic year", "FY", "Autumn term", "Spring term", "Summer term"]), pair).map(
            " ".join
        ),
        st.tuples(month, month).map(" to ".join),
        st.tuples(MONTHS, MONTHS).map(lambda p: f"{p[0].day} {p[0]:%B %Y} to {p[1].day} {p[1]:%B %Y}"),
    )
    return st.one_of(whole, quarter)


@given(labels())
def test_a_period_reads_back_as_it_is_written(printed):
    period = find_period(printed)
    if period is None:  # a range that runs backwards, a quarter of years that do not follow
        return
    again = find_period(period_label(period))
    assert again is not None
    assert (again.start, again.end, again.kind) == (period.start, period.end, period.kind)


@given(
    st.lists(
        st.one_of(st.text(max_size=40), labels(), st.sampled_from(["Apr", "Q1", "Mar", "31 May", "Jan-Mar"])),
        max_size=6,
    )
)
def test_any_text_is_read_without_an_error(texts):
    for title in (None, "2024/25", "June 2022"):
        for period in find_periods(texts, setting(title)):
            assert period is None or period.start <= period.end


@given(labels(), st.sampled_from(["As at {}", "{} (prov)", "Actual {}", "{} outcome", "England {}"]))
def test_words_around_a_period_leave_it_as_it_is(printed, words):
    period, within = find_period(printed), find_period(words.format(printed))
    if period is not None and "as at" not in words.casefold():
        assert dates(within) == dates(period)
