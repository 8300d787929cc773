"""The long form of official statistics and the wide form of a sheet."""

from __future__ import annotations

import datetime as dt
import tomllib
from importlib import resources

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendaparse.series.reconcile import reconcile_frames
from agendaparse.series.tidy import COLUMNS, gss_symbol
from agendaparse.series.time_periods import short_label, statistical_period, whole_months
from tests.series.papers import COUNCIL, Paper, month

STATISTICS = tomllib.loads(
    resources.files("agendaparse.data").joinpath("vocabulary/statistics.toml").read_text("utf-8")
)
PERIODS = [
    ("2023-09-01", "2023-09-30", "2023", "September", "2023-09"),
    ("2024-02-01", "2024-02-29", "2024", "February", "2024-02"),
    ("2023-04-01", "2023-06-30", "202324", "Financial year Q1", "2023/24 Q1"),
    ("2024-01-01", "2024-03-31", "202324", "Financial year Q4", "2023/24 Q4"),
    ("2023-04-01", "2024-03-31", "202324", "Financial year", "2023/24"),
    ("1999-04-01", "2000-03-31", "199900", "Financial year", "1999/00"),
    ("2023-09-01", "2024-08-31", "202324", "Academic year", "2023/24 Academic year"),
    ("2023-01-01", "2023-12-31", "2023", "Calendar year", "2023"),
    ("2023-04-01", "2023-09-30", "202324", "Part 1 (April to September)", "2023/24 Part 1 (April to September)"),
    ("2023-10-01", "2024-03-31", "202324", "Part 2 (October to March)", "2023/24 Part 2 (October to March)"),
    ("2023-03-31", "2023-03-31", "2023", "March", "2023-03-31"),
    ("2023-04-01", "2023-12-31", "2023-04-01/2023-12-31", None, "2023-04-01 to 2023-12-31"),
    ("2023-08-01", "2024-07-31", "2023-08-01/2024-07-31", None, "2023-08-01 to 2024-07-31"),
]


@pytest.mark.parametrize(("start", "end", "time", "name", "label"), PERIODS)
def test_a_period_is_called_as_statisticians_call_it(start, end, time, name, label):
    days = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
    assert statistical_period(*days) == (time, name)
    assert short_label(*days) == label


@given(st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1)), st.integers(1, 30))
def test_whole_months_are_counted(day, n):
    start = day.replace(day=1)
    after = dt.date(start.year + (start.month - 1 + n) // 12, (start.month - 1 + n) % 12 + 1, 1)
    assert whole_months(start, after - dt.timedelta(days=1)) == n
    assert whole_months(start, after) is None


@pytest.mark.parametrize(
    ("raw", "symbol"),
    [("n/a", "z"), ("N/A", "z"), ("*", "c"), ("<5", "c"), ("≤ 10", "c"), ("low", "low"), ("u", "u"), ("-", "x"),
     ("awaiting data", "x"), (None, "x"), ("< target", "x")],
)  # fmt: skip
def test_a_print_that_is_no_figure_has_a_symbol(raw, symbol):
    assert gss_symbol(raw) == symbol


def test_no_print_has_two_symbols():
    prints = [p for group in STATISTICS["symbols"].values() for p in group]
    assert len(prints) == len(set(prints))
    assert all(p == p.casefold() for p in prints)
    codes = [*STATISTICS["countries"].values(), *STATISTICS["regions"].values()]
    assert len(codes) == len(set(codes))
    assert all(len(code) == 9 and code.startswith("E") for code in codes)


PAPER = Paper(
    "p1", "2024-05-08",
    figures=[
        month("2023-09", 248.0),
        month("2023-10", None, raw="<5"),
        month("2023-09", 22.5, measure="benchmark", comparator="South East 2023"),
        month("2023-09", 23.0, measure="benchmark", comparator="England 2023"),
        month("2023-09", 24.0, measure="benchmark", comparator="SN 2023"),
        {"measure": "target", "value": 20.0},
    ],
)  # fmt: skip


def test_the_long_form_has_a_row_for_each_value():
    series = reconcile_frames([PAPER])
    tidy = series.tidy()
    assert list(tidy.columns) == COLUMNS
    assert len(tidy) == len(series.values)
    own = tidy[(tidy["measure"] == "actual")].set_index("time_identifier")
    assert own["value"].to_dict() == {"September": "248", "October": "c"}
    assert set(own["geographic_level"]) == {"Local authority"}
    assert set(own["la_name"]) == {COUNCIL}
    places = tidy[tidy["measure"] == "benchmark"].set_index("comparator")
    assert places["geographic_level"].fillna("").to_dict() == {
        "South East": "Regional", "England": "National", "Statistical neighbours": "",
    }  # fmt: skip
    assert places.loc["South East", ["region_code", "country_code"]].tolist() == ["E12000008", "E92000001"]
    assert pd.isna(places.loc["England", "la_name"])
    assert tidy.loc[tidy["measure"] == "target", "time_period"].isna().all()


def test_the_wide_form_has_a_column_for_each_period():
    series = reconcile_frames([PAPER])
    wide = series.wide()
    assert list(wide.columns) == ["2023-09", "2023-10"]
    assert wide.iloc[0].fillna(-1).tolist() == [248.0, -1]
    assert series.wide("benchmark").index.get_level_values("comparator").tolist() == [
        "England", "South East", "Statistical neighbours",
    ]  # fmt: skip
    assert series.wide("forecast").empty


def test_nothing_is_tidy_too():
    series = reconcile_frames([])
    assert list(series.tidy().columns) == COLUMNS
    assert series.wide().empty
