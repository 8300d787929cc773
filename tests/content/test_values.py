"""What cells say: printed forms, values that read back, any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendaparse.content.values import is_figure, is_missing, parse_values
from agendaparse.content.vocabulary import vocabulary, word_list
from tests.places import cases

NUMBERS = st.decimals(min_value=-10_000_000, max_value=10_000_000, places=2, allow_nan=False)


def written(values):
    return "; ".join(f"{v.value:.10g} {v.unit or ''}".strip() for v in values if v.value is not None)


def plainly(expected):
    return "; ".join(
        " ".join([f"{float(p.split()[0]):.10g}", *p.split()[1:]]) for p in expected.split("; ") if p.strip()
    )


@pytest.mark.parametrize("case", cases("values"), ids=lambda c: c["printed"] + c["limits"])
def test_a_cell_gives_its_figures(case):
    found = parse_values(case["printed"], limits=bool(case["limits"]))
    assert written(found) == plainly(case["values"])
    if not case["values"]:
        assert [v.value for v in found] == [None]


@given(NUMBERS)
def test_a_number_reads_back_however_it_is_printed(number):
    value = float(number)
    for form in ("{0}", "{0:,}", "{0} ", "{0}*", "{0} (p)", "↑ {0}", "{0} ▼", "Amber {0}"):
        assert [v.value for v in parse_values(form.format(number))] == [value], form
    assert [(v.value, v.unit) for v in parse_values(f"{number}%")] == [(value, "percent")]
    if value < 0:
        assert [v.value for v in parse_values(f"({-number:,})")] == [value]
        assert [(v.value, v.unit) for v in parse_values(f"-£{-number:,}")] == [(value, "currency")]


@given(st.integers(0, 99_999), st.decimals(0, 100, places=1))
def test_a_count_with_its_percent_gives_both(count, percent):
    for form in ("{0:,} ({1}%)", "{0} / {1}%", "{0}, {1}%", "{0:,} [{1}%]"):
        found = parse_values(form.format(count, percent))
        assert [(v.value, v.unit) for v in found] == [(count, "count"), (float(percent), "percent")], form


@given(st.text(max_size=40))
def test_any_text_is_read_without_an_error(text):
    for limits in (False, True):
        assert parse_values(text, limits=limits)
    assert not (is_missing(text) and is_figure(text))


@given(st.text(alphabet="0123456789.,%£()-/ <>+:km", max_size=14))
def test_any_signs_are_read_without_an_error(text):
    assert parse_values(text)


def test_words_for_no_figure_and_for_units_stand_once():
    data = vocabulary("values")
    for name in ("missing", "footnotes", "before", "below", "after", "colors"):
        assert len(data[name]) == len(word_list("values", name)), name
    assert set(data["suffix"].values()) <= {"percent", "rate_per_10000", "other", ""}
    assert not any(is_figure(word) for word in data["missing"])
