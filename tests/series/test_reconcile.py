"""Packs into series: what is one figure, and that neither order nor repetition matters."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from agendaparse.series.reconcile import reconcile_frames
from agendaparse.series.revisions import Printing, half_step, judge
from tests.series.papers import Paper, month


def values(*papers, **how):
    return reconcile_frames(papers, **how).values


def test_a_later_pack_restates():
    first = Paper("p1", "2023-11-08", figures=[month("2023-10", 248.0)])
    later = Paper("p2", "2024-01-10", figures=[month("2023-10", 251.0, pdf_page=9), month("2023-11", 240.0)])
    series = reconcile_frames([first, later])
    row = series.values.iloc[0]
    assert (row["value"], row["pack_id"], row["pdf_page"], row["status"]) == (251.0, "p2", 9, "restated")
    assert (row["n_printings"], row["first_seen"], row["last_seen"]) == (
        2,
        pd.Timestamp("2023-11-08"),
        pd.Timestamp("2024-01-10"),
    )
    revision = series.revisions.iloc[0]
    assert (revision["kind"], revision["value"], revision["other_value"]) == ("restated", 251.0, 248.0)
    assert (revision["other_pack_id"], revision["other_published"]) == ("p1", pd.Timestamp("2023-11-08"))
    assert list(series.first_reported["value"]) == [248.0, 240.0]
    assert list(series.as_of("2023-12-31")["value"]) == [248.0]
    assert series.as_of("2023-01-01").empty
    assert list(series.latest["value"]) == [240.0]
    assert list(series.history("open cases")["stands"]) == [False, True, True]


def test_what_all_packs_agree_on_stands_as_the_last_one_printed_it():
    pages = [month("2023-10", 26.0, pdf_page=9), month("2023-10", 26.0, pdf_page=4)]
    found = values(
        Paper("p2", "2024-01-10", figures=pages), Paper("p1", "2023-11-08", figures=[month("2023-10", 26.0)])
    )
    row = found.iloc[0]
    assert (row["pack_id"], row["pdf_page"], row["status"], row["n_printings"]) == ("p2", 4, "agreed", 3)


def test_one_pack_with_two_values_conflicts():
    paper = Paper("p1", "2023-11-08", figures=[month("2023-10", 152.0), month("2023-10", 154.0, pdf_page=7)])
    series = reconcile_frames([paper])
    assert list(series.revisions["kind"]) == ["conflicting"]
    assert {*series.revisions.iloc[0][["pdf_page", "other_pdf_page"]]} == {1, 7}


def test_a_reissue_of_a_meetings_pack_restates_nothing():
    figures = [month("2023-10", 248.0), {"measure": "target", "value": 20.0}]
    again = values(Paper("p1", "2023-11-08", figures=figures), Paper("p2", "2023-11-10", figures=figures))
    assert list(again["status"]) == ["agreed", "sole", "sole"]  # the target, once for each day


def test_months_quarters_years_and_years_to_date_are_never_mixed():
    spans = [
        ("2023-04-01", "2023-04-30"),
        ("2023-04-01", "2023-06-30"),
        ("2023-04-01", "2024-03-31"),
        ("2023-04-01", "2023-12-31"),
    ]
    figures = [
        {"period_start": dt.date.fromisoformat(a), "period_end": dt.date.fromisoformat(b), "value": float(n)}
        for n, (a, b) in enumerate(spans)
    ]
    assert len(values(Paper("p1", "2024-05-01", figures=figures))) == 4


def test_benchmarks_are_series_of_their_own_under_one_name():
    figures = [
        month("2023-04", 20.0),
        month("2023-04", 22.0, measure="benchmark", comparator="England 23/24"),
        month("2023-04", 23.0, measure="benchmark", comparator="SN"),
        month("2023-05", 24.0, measure="benchmark", comparator="23/24 Stat Neighbours"),
    ]
    found = values(Paper("p1", "2024-05-01", figures=figures))
    assert found["comparator"].value_counts(dropna=False).to_dict() == {
        "Statistical neighbours": 2, "England": 1, pd.NA: 1,
    }  # fmt: skip


def test_a_running_year_is_not_restated_from_meeting_to_meeting():
    year = {"period_start": dt.date(2023, 4, 1), "period_end": dt.date(2024, 3, 31)}
    papers = [Paper(f"p{n}", f"2023-{n:02d}-10", figures=[{**year, "value": 10.0 * n}]) for n in (7, 9, 11)]
    papers.append(Paper("q", "2024-05-10", figures=[{**year, "value": 150.0}]))
    series = reconcile_frames(papers)
    assert series.revisions.empty
    assert len(series.values) == 4


def test_figures_without_a_period_are_not_compared_but_targets_of_one_day_are():
    bare = [{"value": 5.0}, {"value": 6.0, "pdf_page": 2}]
    aims = [{"measure": "target", "value": 20.0}, {"measure": "target", "value": 22.0, "pdf_page": 2}]
    series = reconcile_frames([Paper("p1", "2023-11-08", figures=bare + aims)])
    assert list(series.revisions["value"]) == [20.0]
    assert len(series.values) == 3


def test_two_targets_in_one_table_do_not_contradict_each_other():
    aims = [{"measure": "target", "value": 20.0}, {"measure": "target", "value": 22.0}]
    series = reconcile_frames([Paper("p1", "2023-11-08", figures=aims)])
    assert series.revisions.empty
    assert series.values["value"].tolist() == [20.0, 22.0]


def test_a_sign_for_no_figure_stands_only_where_there_is_no_figure():
    figures = [month("2023-10", None, raw="n/a"), month("2023-11", None, raw="-")]
    found = values(
        Paper("p1", "2023-12-08", figures=figures), Paper("p2", "2023-11-08", figures=[month("2023-10", 7.0)])
    )
    assert found["value"].isna().tolist() == [False, True]
    assert found["n_printings"].tolist() == [1, 1]


def test_a_paper_without_a_date_is_older_than_those_that_print_its_months_later():
    undated = Paper("a", None, figures=[month("2023-09", 1.0), month("2023-10", 2.0)])
    earlier, later = (
        Paper("b", "2023-10-10", figures=[month("2023-09", 3.0)]),
        Paper("c", "2023-11-10", figures=[month("2023-09", 4.0)]),
    )
    assert values(earlier, undated)["value"].iloc[0] == 1.0
    assert values(undated, later)["value"].iloc[0] == 4.0
    assert pd.isna(values(earlier, undated)["published"].iloc[0])
    assert reconcile_frames([earlier, undated]).as_of("2030-01-01")["value"].tolist() == [3.0]


def test_two_councils_are_never_mixed():
    found = values(
        Paper("p1", "2023-11-08", figures=[month("2023-10", 1.0)]),
        Paper("p2", "2023-11-09", council="Lakeshire County Council", figures=[month("2023-10", 2.0)]),
    )
    assert list(found["status"]) == ["sole", "sole"]


def test_unknown_names_raise():
    series = reconcile_frames([Paper("p1", "2023-11-08", figures=[month("2023-10", 1.0)])])
    with pytest.raises(KeyError, match="no indicator"):
        series.find("swans")
    with pytest.raises(KeyError):
        series.table("swans")


FIGURES = st.lists(
    st.builds(
        lambda at, value, page, sure, measure: month(
            at, value, pdf_page=page, reliability=1.0 if sure else 0.2, measure=measure
        ),
        st.sampled_from(["2023-08", "2023-09", "2023-10"]),
        st.sampled_from([None, 26.0, 26.3, 27.0]),
        st.integers(1, 3),
        st.booleans(),
        st.sampled_from(["actual", "target", "forecast"]),
    ),
    max_size=5,
)
PAPERS = st.lists(
    st.tuples(st.sampled_from([None, "2023-09-06", "2023-11-08", "2024-01-10"]), FIGURES), max_size=4
).map(lambda held: [Paper(f"p{n}", published, figures=figures) for n, (published, figures) in enumerate(held)])
TABLES = ("series", "revisions")


@settings(max_examples=15, deadline=None)
@given(PAPERS, st.randoms(use_true_random=False))
def test_the_order_of_packs_does_not_matter_and_twice_is_once(papers, rng):
    once = reconcile_frames(papers)
    shuffled = rng.sample(papers, len(papers))
    again = reconcile_frames(shuffled + papers)
    for name in TABLES:
        assert_frame_equal(once.table(name), again.table(name))


@settings(max_examples=15, deadline=None)
@given(PAPERS)
def test_what_stands_and_what_is_on_record_account_for_every_printing(papers):
    series = reconcile_frames(papers)
    told = sum(p.frame("observations")["value"].notna().sum() for p in papers)
    assert series.values.loc[series.values["value"].notna(), "n_printings"].sum() == told
    key = [
        "indicator_id",
        "council",
        "comparator",
        "measure",
        "period_start",
        "period_end",
        "unit",
        "published",
        "pack_id",
    ]
    assert not series.values.duplicated(key).any()
    for day in ("2023-10-01", "2024-12-31"):
        known = [p for p in papers if (p.frame("packs")["published_date"] <= day).any()]
        assert_frame_equal(series.as_of(day), reconcile_frames(known).values)


DATED = st.lists(
    st.tuples(
        st.sampled_from(["2023-11-08", "2024-01-10"]),
        st.lists(
            st.tuples(st.sampled_from([26.0, 26.0, 26.3, 27.0]), st.integers(1, 2), st.sampled_from([1.0, 1.0, 0.2])),
            min_size=1,
            max_size=3,
        ),
    ),
    min_size=1,
    max_size=4,
).map(
    lambda held: [
        Paper(f"p{n}", day, figures=[month("2023-10", v, pdf_page=page, reliability=r) for v, page, r in figures])
        for n, (day, figures) in enumerate(held)
    ]
)


@settings(max_examples=25, deadline=None)
@given(DATED)
def test_whole_columns_decide_as_the_plain_rule_does(papers):
    printed = {}
    for paper in sorted(papers, key=lambda p: (str(p.frame("packs")["published_date"].iloc[0]), p.pack_id)):
        rows = paper.frame("observations")
        published = paper.frame("packs")["published_date"].iloc[0]
        for row in rows[(rows["measure"] == "actual") & rows["value"].notna()].sort_values("pdf_page").itertuples():
            if row.period_end <= published:
                half = half_step(row.raw, row.value)
                told = Printing(0, published.toordinal(), row.table_id, row.value, half, row.reliability)
                printed.setdefault(row.period_start, []).append(told)
    values = reconcile_frames(papers).values
    own = values[
        (values["measure"] == "actual") & values["value"].notna() & (values["period_end"] <= values["published"])
    ]
    assert len(own) == len(printed)
    for row in own.itertuples():
        found = [p._replace(row=n) for n, p in enumerate(printed[row.period_start])]
        verdict = judge(found)
        stands = found[verdict.stands]
        assert (row.value, row.published.toordinal()) == (stands.value, stands.day)
        assert (row.status, row.n_printings) == (verdict.status, len(found))
