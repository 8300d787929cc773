"""Three meetings of one committee: what was restated, conflicting, renamed, rebased, dropped and followed, by truth."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import agendaparse as ap
from tests.places import FIXTURES

TRUTH = json.loads((FIXTURES / "packs" / "series.truth.json").read_text("utf-8"))
FILES = [p["file"] for p in TRUTH["packs"]]


@pytest.fixture(scope="module")
def packs():
    return [ap.read_pack(FIXTURES / "packs" / file) for file in FILES]


@pytest.fixture(scope="module")
def series(packs):
    return ap.reconcile(packs)


@pytest.fixture(scope="module")
def file_of(packs):
    return {p.pack_id: file for p, file in zip(packs, FILES, strict=True)}


def indicator(series, name, unit):
    aliases = series.aliases
    found = aliases[(aliases["printed_name"] == name) & (aliases["unit"] == unit)]["indicator_id"].unique()
    assert len(found) == 1, name
    return found[0]


def revised(series, kind):
    return series.revisions[(series.revisions["kind"] == kind) & (series.revisions["measure"] == "actual")]


def test_names_that_drifted_are_one_indicator_each(series):
    for names in TRUTH["same"]:
        assert len({indicator(series, *name) for name in names}) == 1, names


def test_restated_and_rebased_months_are_on_record_with_both_values_and_packs(series, file_of):
    told = ("period_start", "value", "pack", "other_value", "other_pack")
    want = {
        (indicator(series, r["indicator"], r["unit"]), *(r[column] for column in told))
        for r in TRUTH["restated"] + TRUTH["rebased"]
    }
    rows = revised(series, "restated")
    rows = rows.assign(pack=rows["pack_id"].map(file_of), other_pack=rows["other_pack_id"].map(file_of))
    rows["period_start"] = rows["period_start"].dt.strftime("%Y-%m-%d")
    found = set(rows[["indicator_id", *told]].itertuples(index=False, name=None))
    assert found == want
    assert len(rows) == len(want)


def test_a_pack_that_contradicts_itself_is_found_with_both_pages(series):
    rows = revised(series, "conflicting")
    assert len(rows) == len(TRUTH["conflicting"]) == 1
    told, row = TRUTH["conflicting"][0], rows.iloc[0]
    assert row["indicator_id"] == indicator(series, told["indicator"], told["unit"])
    assert row["period_start"] == pd.Timestamp(told["period_start"])
    assert [row["value"], row["pdf_page"]] in told["printings"]
    assert [row["other_value"], row["other_pdf_page"]] in told["printings"]
    assert row["value"] != row["other_value"]


def test_the_later_value_stands_and_the_earlier_was_known_before(series):
    for told in TRUTH["restated"]:
        of = indicator(series, told["indicator"], told["unit"])
        told_of = {"value": series.values, "other_value": series.as_of("2023-12-31")}
        for column, table in told_of.items():
            own = table[(table["indicator_id"] == of) & (table["measure"] == "actual")]
            month = own[own["period_start"] == pd.Timestamp(told["period_start"])]
            assert month["value"].tolist() == [told[column]]
        first = series.first_reported
        month = first[(first["indicator_id"] == of) & (first["period_start"] == pd.Timestamp(told["period_start"]))]
        assert month["value"].tolist() == [told["other_value"]]


def test_renamed_rebased_and_dropped_indicators_appear_as_such(series, file_of):
    renamed = {(r["before"], r["after"], r["pack"]) for r in TRUTH["renamed"]}
    rebased = {(indicator(series, r["indicator"], r["unit"]), r["pack"]) for r in TRUTH["rebased"]}
    dropped = {indicator(series, r["indicator"], r["unit"]) for r in TRUTH["dropped"]}
    found = dict(list(series.changes.groupby("kind")))
    assert set(found) == {"renamed", "rebased", "dropped"}
    assert {(r.before, r.after, file_of[r.pack_id]) for r in found["renamed"].itertuples()} == renamed
    assert {(r.indicator_id, file_of[r.pack_id]) for r in found["rebased"].itertuples()} == rebased
    assert found["rebased"]["n_periods"].tolist() == [len(TRUTH["rebased"])]
    assert found["rebased"]["ratio"].between(0.95, 0.97).all()
    assert set(found["dropped"]["indicator_id"]) == dropped


def test_every_line_of_the_logs_is_tied_to_its_resolution(series, file_of):
    entries = series.thread_entries
    for told in TRUTH["threads"]:
        resolved = entries[(entries["kind"] == "resolution") & (entries["minute"] == told["resolution"][1])]
        if told["resolution"][2] is not None:
            resolved = resolved[resolved["number"] == told["resolution"][2]]
        assert file_of[resolved["pack_id"].iloc[0]] == told["resolution"][0]
        thread = entries[entries["thread_id"] == resolved["thread_id"].iloc[0]]
        logged = thread[thread["kind"] == "action"]
        assert [file_of[p] for p in logged["pack_id"]] == told["logs"]
        assert set(logged["number"]) == {told["number"]}
        head = series.threads.set_index("thread_id").loc[resolved["thread_id"].iloc[0]]
        assert head["raised_on"] == pd.Timestamp(told["raised_on"])
        assert (None if pd.isna(head["last_status"]) else head["last_status"]) == told["status"]
    followed = series.threads[series.threads["n_entries"] > 1]
    assert len(followed) == len(TRUTH["threads"])


@pytest.mark.parametrize(
    "asked", ["cla_number", "CHILDREN LOOKED AFTER AT MONTH END", "children in our care", "CLA", "Number of LAC"]
)
def test_an_indicator_is_found_by_whatever_it_is_called(series, asked):
    assert series.find(asked) == "cla_number"
    assert series.history(asked)["indicator_id"].unique().tolist() == ["cla_number"]


@pytest.mark.parametrize("asked", ["swans", "", "children"])
def test_what_nobody_calls_an_indicator_raises(series, asked):
    with pytest.raises(KeyError, match="no indicator"):
        series.find(asked)
