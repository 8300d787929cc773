"""Corrections: applied on every run, the print kept; what does not fit is an issue."""

from __future__ import annotations

import pandas as pd
import pytest

from agendaparse.errors import CorrectionError
from agendaparse.series.corrections import read_corrections
from agendaparse.series.reconcile import reconcile_frames
from tests.series.papers import Paper, month

PAPER = Paper(
    "p1", "2023-11-08",
    figures=[month("2023-10", 62.0, raw="62%", unit="percent"), month("2023-09", 24.0), month("2023-08", 24.0)],
)  # fmt: skip


def written(tmp_path, *lines, header="pack,page,raw,value,reason,indicator,period"):
    path = tmp_path / "corrections.csv"
    path.write_text("\n".join([header, *lines]) + "\n", "utf-8")
    return path


def test_a_value_is_mended_and_its_print_kept(tmp_path):
    path = written(tmp_path, "p1.pdf,1,62%,26,digits swapped; see page 4,,")
    series = reconcile_frames([PAPER], corrections=path)
    assert series.values.loc[series.values["unit"] == "percent", "value"].tolist() == [26.0]
    row = series._printings.iloc[0]
    assert (row["raw"], row["value"], row["origin"]) == ("62%", 26.0, "corrected")
    assert PAPER.frame("observations")["value"].iloc[0] == 62.0
    assert series.issues.empty


def test_a_period_tells_two_printings_apart(tmp_path):
    series = reconcile_frames([PAPER], corrections=written(tmp_path, "p1,1,24,25,typing error,open cases,2023-09"))
    assert dict(zip(series.values["period_start"].dt.month, series.values["value"], strict=True)) == {
        10: 62,
        9: 25,
        8: 24,
    }


def test_a_value_may_be_taken_away(tmp_path):
    series = reconcile_frames([PAPER], corrections=written(tmp_path, "p1,1,62%,,another committee's figure,,"))
    assert series.values["value"].isna().sum() == 1


@pytest.mark.parametrize(
    ("line", "code"),
    [("p1,1,63%,26,gone,,", "correction_unused"), ("p9,1,62%,26,no such pack,,", "correction_unused"),
     ("p1,1,24,25,which one,,", "correction_ambiguous"), ("p1,2,62%,26,another page,,", "correction_unused")],
)  # fmt: skip
def test_what_does_not_fit_is_an_issue(tmp_path, line, code):
    series = reconcile_frames([PAPER], corrections=written(tmp_path, line))
    assert series.issues["code"].tolist() == [code]
    assert series.issues["stage"].tolist() == ["corrections"]
    assert "line 2" in series.issues["message"].iloc[0]
    pd.testing.assert_frame_equal(series.values, reconcile_frames([PAPER]).values)


@pytest.mark.parametrize(
    ("lines", "header", "said"),
    [
        (["p1,1,62%,26,a,,", "p1,1,62%,27,b,,"], None, "line 2 and line 3"),
        (["p1,one,62%,26,a,,"], None, "line 2: page and value must be plain numbers"),
        (["p1,1,62%,26%,a,,"], None, "line 2: page and value"),
        (["p1,1,,26,,,"], None, "line 2: nothing under raw, reason"),
        (["p1,1"], "pack,page", "no column raw, reason, value"),
    ],
)
def test_a_file_that_cannot_be_used_raises(tmp_path, lines, header, said):
    path = written(tmp_path, *lines, **({"header": header} if header else {}))
    with pytest.raises(CorrectionError, match=said):
        reconcile_frames([PAPER], corrections=path)


def test_a_file_that_is_not_there_raises(tmp_path):
    with pytest.raises(CorrectionError, match="cannot be read"):
        read_corrections(tmp_path / "none.csv")
