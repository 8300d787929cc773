"""Printed figures against published ones: which are compared, and when they agree."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from agendaparse.content.vocabulary import patterns
from agendaparse.dataframes import to_frame
from agendaparse.errors import BenchmarkError
from agendaparse.frames import FRAMES
from agendaparse.series.benchmarks import check_benchmarks

YEAR = ("2023-04-01", "2024-03-31")
MARCH = ("2024-03-01", "2024-03-31")
PUBLISHED = [
    ("LAC", "2024", "England", "71.299999999999997"),
    ("LAC", "2024", "South East", "56"),
    ("LAC", "2024", "Ayton", "80"),
    ("LAC", "2024", "Beeford, City of", "60"),
    ("LAC", "2024", "Ceeham", "-"),
    ("LAC", "2025 (prov)", "England", "70"),
    ("LAC", "2025", "England", "69"),
    ("LACnum", "2024", "Ayton", "480"),
    ("LACnum_Start", "2024", "Ayton", "200"),
    ("Work_Force_Vac_Rate", "2023", "Ayton", "12.5"),
    ("ReReferral", "2022-23 (OT)", "England", "22"),
    ("ReReferral", "2021-23", "England", "1"),
    ("Other", "2024", "England", "1"),
]


@pytest.fixture(params=["parquet", "csv"])
def lait(request, tmp_path):
    path = tmp_path / f"lait.{request.param}"
    rows = pd.DataFrame(PUBLISHED, columns=["Short Desc", "Years", "LA and Regions", "Values"])
    rows["Region"] = "NA"
    with duckdb.connect() as connection:
        connection.register("rows", rows)
        connection.execute(f"COPY rows TO '{path}'")
    return path


def figures(*rows):
    given = []
    for indicator, comparator, (start, end), value in rows:
        measure = "actual" if comparator is None else "benchmark"
        row = {"indicator_id": indicator, "council": "Ayton City Council", "comparator": comparator, "measure": measure}
        given.append(
            {**row, "period_start": pd.Timestamp(start), "period_end": pd.Timestamp(end), "value": value, "pdf_page": 7}
        )
    return to_frame("series", given)  # fmt: skip


def checked(lait, *rows, **how):
    return check_benchmarks(figures(*rows), lait, **how)


def test_what_differs_is_listed_with_both_values_and_its_page(lait):
    found = checked(lait, ("cla_rate", "England", YEAR, 73.0), ("cla_rate", "South East", YEAR, 56.0))
    assert found.columns.tolist() == FRAMES["benchmark_checks"].column_names
    (row,) = found.to_dict("records")
    assert (row["comparator"], row["value"], row["lait_value"], row["pdf_page"]) == ("England", 73.0, 71.3, 7)
    assert (row["lait_code"], row["edition"], row["authority"], row["agrees"]) == ("LAC", "2024", "England", False)
    assert row["difference"] == pytest.approx(1.7)


@pytest.mark.parametrize(
    ("value", "agrees"), [(71.0, True), (71.3, True), (71.28, True), (71.0001, False), (72.0, False)]
)
def test_figures_agree_to_the_decimals_of_the_one_with_fewer(lait, value, agrees):
    assert checked(lait, ("cla_rate", "England", YEAR, value)).empty == agrees


@pytest.mark.parametrize(("value", "agrees"), [(70.0, True), (69.0, True), (68.0, False)])
def test_any_edition_may_agree(lait, value, agrees):
    found = checked(lait, ("cla_rate", "Nat.", ("2024-04-01", "2025-03-31"), value), agreeing=True)
    assert found["agrees"].tolist() == [agrees]


def test_the_councils_own_are_compared_for_a_year_or_the_month_of_the_count(lait):
    own = [("cla_number", None, MARCH, 481.0), ("cla_number", None, ("2024-02-01", "2024-02-29"), 400.0)]
    own += [("cla_started_number", None, YEAR, 201.0), ("cla_started_number", None, MARCH, 15.0)]
    own += [("sw_vacancy_pct", None, ("2023-09-01", "2023-09-30"), 13.0), ("sw_vacancy_pct", None, YEAR, 99.0)]
    found = checked(lait, *own)
    assert sorted(found["value"]) == [201.0, 481.0]
    assert sorted(checked(lait, *own, agreeing=True)["value"]) == [13.0, 201.0, 481.0]


def test_other_councils_are_found_by_their_name(lait):
    found = checked(lait, ("cla_rate", "Beeford", YEAR, 61.0), ("cla_rate", "Ceeham", YEAR, 61.0))
    assert found["authority"].tolist() == ["Beeford, City of"]


def test_neighbours_are_compared_where_they_are_known(lait):
    row = ("cla_rate", "SN 23/24", YEAR, 65.0)
    assert checked(lait, row).empty
    found = checked(lait, row, neighbours={"Ayton City Council": ["Ayton", "Beeford"]})
    assert found["lait_value"].tolist() == [70.0]
    assert checked(lait, row, neighbours={"Ayton City Council": ["Ayton", "Ceeham"]}).empty
    assert checked(lait, row, neighbours={"Elsewhere": ["Ayton", "Beeford"]}).empty


def test_years_over_two_and_spans_of_several(lait):
    found = checked(lait, ("re_referrals_pct", "England", ("2022-04-01", "2023-03-31"), 23.0))
    assert found["edition"].tolist() == ["2022-23 (OT)"]


def test_targets_and_names_without_measure_are_not_compared(lait):
    target = figures(("cla_rate", "England", YEAR, 1.0)).assign(measure="target")
    assert check_benchmarks(target, lait).empty
    assert checked(lait, ("bins_count", "England", YEAR, 1.0), ("cla_rate", "England", MARCH, None)).empty
    assert checked(lait).empty


def test_a_file_that_is_none_is_an_error(tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n", "utf-8")
    for path in (other, tmp_path / "none.parquet"):
        with pytest.raises(BenchmarkError, match="cannot be read as LAIT"):
            checked(path, ("cla_rate", "England", YEAR, 1.0))


@pytest.mark.parametrize("pattern", patterns("lait"), ids=lambda p: p.name)
def test_years_match_their_examples_only(pattern):
    for example, groups in pattern.examples.items():
        assert pattern.match(example) == groups
        assert not [p.name for p in patterns("lait") if p is not pattern and p.match(example)]
