"""Pictures: what is drawn is what the tables say; without matplotlib there is a clear word."""

from __future__ import annotations

import subprocess
import sys

import matplotlib as mpl
import numpy as np
import pytest

from agendaparse.series.reconcile import reconcile_frames
from tests.series.papers import Paper, month

mpl.use("Agg")
TARGET = {"measure": "target", "value": 200.0}
FIRST = Paper(
    "p1", "2023-11-08",
    figures=[month("2023-07", 210.0), month("2023-08", 215.0), month("2023-10", 248.0, rag="red"), TARGET],
)  # fmt: skip
SECOND = Paper(
    "p2", "2024-01-10",
    figures=[month("2023-10", 251.0, rag="amber"), month("2023-11", 240.0, rag="green"), TARGET,
             month("2023-10", 230.0, measure="benchmark", comparator="England 2023")],
)  # fmt: skip


@pytest.fixture
def series():
    return reconcile_frames([FIRST, SECOND])


def test_a_line_breaks_at_a_gap_and_shows_targets_benchmarks_and_revisions(series):
    ax = series.plot("open cases")
    drawn = ax.get_lines()[0].get_ydata()
    assert [v for v in drawn if not np.isnan(v)] == [210, 215, 251, 240]
    assert np.isnan(drawn).sum() == 1
    labels = set(ax.get_legend_handles_labels()[1])
    assert {"Target", "England", "printed before: restated"} < labels
    assert "Source: agenda packs of Harrowmere Borough Council, published 2023-11-08 to 2024-01-10" in ax.get_xlabel()
    assert ax.get_title(loc="left") == "Open cases"


def test_it_draws_into_axes_that_are_given(series):
    ax = series.coverage()
    assert series.plot("open cases", ax=ax) is ax


def test_a_heatmap_shows_the_mark_printed_last(series):
    ax = series.heatmap()
    assert [t.get_text() for t in ax.texts] == ["A", "G"]
    assert [t.get_text() for t in ax.get_xticklabels()] == ["2023-10", "2023-11"]


def test_coverage_counts_the_figures_of_each_meeting(series):
    ax = series.coverage(council="Harrowmere Borough Council")
    assert [t.get_text() for t in ax.texts] == ["4", "4"]
    assert [t.get_text() for t in ax.get_xticklabels()] == ["2023-11-08", "2024-01-10"]


def test_another_council_raises(series):
    for draw in (series.heatmap, series.coverage, lambda **how: series.plot("open cases", **how)):
        with pytest.raises(KeyError):
            draw(council="Lakeshire County Council")


def test_an_empty_series_can_be_drawn():
    nothing = reconcile_frames([Paper("p1", "2023-11-08", figures=[month("2023-10", None)])])
    assert not nothing.plot("open cases").get_lines()
    assert not nothing.heatmap().texts


def test_matplotlib_is_loaded_only_for_pictures_and_its_absence_is_explained():
    code = (
        "import sys, agendaparse; assert 'matplotlib' not in sys.modules\n"
        "sys.modules['matplotlib'] = None\n"
        "from agendaparse.series.plots import new_axes\n"
        "try: new_axes()\nexcept ModuleNotFoundError as error: print(error)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "pip install 'agendaparse[plot]'" in told
