"""Units from names, headers, cells of units and figures."""

from __future__ import annotations

import pytest

from agendaparse.content.units import UNITS, unit_of_figure, unit_of_header, unit_of_name, unit_of_word
from agendaparse.content.vocabulary import vocabulary
from tests.places import cases


@pytest.mark.parametrize("case", cases("units"), ids=lambda c: c["name"])
def test_a_name_says_its_unit(case):
    assert (unit_of_name(case["name"]) or "") == case["unit"]


def test_examples_of_the_vocabulary_hold():
    for name, unit in vocabulary("units")["examples"].items():
        found = unit_of_name(name)
        assert ("" if found in (None, "other") else found) == unit, name


@pytest.mark.parametrize(
    ("word", "unit"),
    [("%", "percent"), ("No.", "count"), ("Number", "count"), ("£", "currency"), ("£'000", "currency"),
     ("Days", "other"), ("kg", "other"), ("Rate", "rate_per_10000"), ("Target", None), ("", None)],
)  # fmt: skip
def test_a_word_alone_is_a_unit(word, unit):
    assert unit_of_word(word) == unit


@pytest.mark.parametrize(
    ("header", "unit"),
    [("Spend (£m)", "currency"), ("Actual %", "percent"), ("2023/24 (No.)", "count"), ("Wait (days)", "other"),
     ("Percentage of total", "percent"), ("Q1 2023/24", None), ("Target", None)],
)  # fmt: skip
def test_a_header_gives_its_figures_a_unit(header, unit):
    assert unit_of_header(header) == unit


@pytest.mark.parametrize(
    ("printed", "told", "header", "name", "neighbours", "unit"),
    [
        ("percent", "count", "count", "count", None, "percent"),
        ("count", None, "percent", "percent", "percent", "count"),
        (None, "percent", None, "count", None, "percent"),
        (None, "other", None, "count", None, None),
        (None, None, "currency", "count", None, "currency"),
        (None, None, None, "percent", "count", "percent"),
        (None, None, None, None, "percent", "percent"),
        (None, None, None, None, None, "count"),
        ("other", None, None, "percent", None, None),
    ],
)
def test_what_is_nearest_decides(printed, told, header, name, neighbours, unit):
    assert unit_of_figure(printed, told, header, name, neighbours) == unit


def test_words_of_units_stand_once():
    data = vocabulary("units")
    words = [w for listed in data["alone"].values() for w in listed]
    assert len(words) == len(set(words))
    assert set(data["words"]) <= set(UNITS)
