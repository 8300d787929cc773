"""Pictures of series: one indicator over time, marks by month, what each meeting printed. Needs the extra ``plot``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from agendaparse.series.time_periods import short_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_OWN, _AIM, _OTHERS = "#1f4e79", "#6a6a6a", ("#b35806", "#542788", "#1b7837", "#8c510a")
_RAG = {"red": "#d73027", "amber": "#fdae61", "green": "#1a9850"}
_UNITS = {"count": "Number", "percent": "Percent", "rate_per_10000": "Rate per 10,000", "average": "Average",
          "ratio": "Ratio", "currency": "Pounds"}  # fmt: skip
_LONGEST_NAME = 60
_WIDTH, _HEIGHT, _ROW, _COLUMN = 9.0, 4.5, 0.28, 0.45  # inches


def new_axes(width: float = _WIDTH, height: float = _HEIGHT) -> Axes:
    """An empty picture, that a notebook shows. Raises ModuleNotFoundError, with what to install, without matplotlib."""
    try:
        from matplotlib import pyplot as plt  # noqa: PLC0415 - slow to load, and most draw nothing
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError("pictures need matplotlib: pip install 'agendaparse[plot]'") from error
    return plt.subplots(figsize=(width, height), layout="constrained")[1]


def plot_values(ax: Axes, values: pd.DataFrame, revisions: pd.DataFrame, name: str) -> Axes:
    """One indicator of one council: actuals as a line, aims dashed, benchmarks dotted, revised values as crosses.

    Of actuals of several lengths, as months and years, those of the commonest length are drawn. A missing period is a
    gap.
    """
    actual = _one_length(values[(values["measure"] == "actual") & values["comparator"].isna()])
    if len(actual):
        filled = _with_gaps(actual)
        ax.plot(filled["at"], filled["value"], color=_OWN, marker="o", markersize=3.5, linewidth=1.6, label=name)
    _draw_revisions(ax, revisions, actual)
    _draw_others(ax, values, actual)
    unit = values["unit"].mode()
    ax.set_ylabel(_UNITS.get(str(unit.iloc[0]), "") if len(unit) else "")
    ax.set_title(name, loc="left")
    ax.spines[["top", "right"]].set_visible(False)
    if len(ax.get_legend_handles_labels()[0]) > 1:
        ax.legend(frameon=False, fontsize="small")
    ax.set_xlabel(_source(values), loc="left", fontsize="small", color=_AIM)
    return ax


def _one_length(actual: pd.DataFrame) -> pd.DataFrame:
    """The figures of the commonest length of period, one for each period, at its middle."""
    dated = actual.dropna(subset=["period_end", "value"])
    months = ((dated["period_end"] - dated["period_start"]).dt.days / 30.4).round()
    kept = dated[months == (months.mode().iloc[0] if len(months) else 0)].sort_values(["period_start", "published"])
    kept = kept.drop_duplicates("period_start", keep="last")
    return kept.assign(at=kept["period_start"] + (kept["period_end"] - kept["period_start"]) / 2)


def _with_gaps(actual: pd.DataFrame) -> pd.DataFrame:
    """An empty value after each figure that the next one does not follow at once, so that the line breaks there."""
    ends, starts = actual["period_end"], actual["period_start"].shift(-1)
    broken = actual[(starts - ends).dt.days > 1]
    empty = broken.assign(at=broken["period_end"] + pd.Timedelta(days=1), value=float("nan"))
    joined = pd.concat([actual, empty]) if len(empty) else actual
    return joined.sort_values("at").assign(value=lambda d: d["value"].astype("float64"))


def _draw_revisions(ax: Axes, revisions: pd.DataFrame, actual: pd.DataFrame) -> None:
    """Values that were restated or contradicted, at the period that they were printed for."""
    place = actual.set_index("period_start")["at"]
    mine = revisions[(revisions["measure"] == "actual") & revisions["comparator"].isna()]
    mine = mine[mine["period_start"].isin(place.index)]
    for kind, rows in mine.groupby("kind"):
        marker = "x" if kind == "restated" else "+"
        at, other = place.reindex(rows["period_start"]), rows["other_value"].astype("float64")
        ax.scatter(at, other, marker=marker, color="#c1272d", s=28, zorder=3, label=f"printed before: {kind}")


def _draw_others(ax: Axes, values: pd.DataFrame, actual: pd.DataFrame) -> None:
    """Aims and benchmarks: over their period where they have one, else from the day of the pack to the next."""
    last = max([*actual["period_end"], *values["published"].dropna()], default=None)
    other = values[values["measure"].isin(["target", "threshold", "benchmark"]) & values["value"].notna()]
    keys = [other["measure"], other["comparator"].fillna("")]
    benchmarks = 0
    for (measure, comparator), rows in other.groupby(keys, sort=True):
        aim = measure != "benchmark"
        color = _AIM if aim else _OTHERS[benchmarks % len(_OTHERS)]
        benchmarks += not aim
        rows = rows.sort_values(["period_start", "published"])  # noqa: PLW2901
        starts = rows["period_start"].fillna(rows["published"])
        if aim and pd.isna(rows["period_start"].iloc[0]) and len(actual):  # it was printed beside the first months
            starts = starts.where(starts != starts.min(), min(actual["period_start"].min(), starts.min()))
        until = starts.shift(-1) if last is None else starts.shift(-1).fillna(last)
        ends = rows["period_end"].fillna(until)
        label = str(measure).capitalize() if aim else str(comparator) or "Benchmark"
        style = "--" if aim else ":"
        known = starts.notna() & ends.notna()
        heights = rows["value"].astype("float64")[known]
        ax.hlines(heights, starts[known], ends[known], colors=color, linestyles=style, label=label)  # type: ignore[arg-type]


def _source(values: pd.DataFrame) -> str:
    """Who printed it, and when: "Source: 12 packs of Harrowmere Borough Council, 2021-09-06 to 2024-01-10"."""
    days = [d.date() for d in (values["first_seen"].min(), values["last_seen"].max()) if not pd.isna(d)]
    councils = " and ".join(sorted(values["council"].dropna().unique())) or "a council"
    span = f", published {days[0]} to {days[-1]}" if days else ""
    return f"Source: agenda packs of {councils}{span}"


def plot_heatmap(marks: pd.DataFrame) -> Axes:
    """Red, amber and green by indicator and period, from rows with indicator, period_start, period_end and rag."""
    marks = marks.sort_values(["period_start", "period_end"])
    labels = [short_label(s.date(), e.date()) for s, e in zip(marks["period_start"], marks["period_end"], strict=True)]
    columns, rows = list(dict.fromkeys(labels)), sorted(marks["indicator"].unique(), key=str.casefold)
    ax = _grid(rows, columns, "RAG by period")
    for label, name, rag in zip(labels, marks["indicator"], marks["rag"], strict=True):
        _cell(ax, columns.index(label), rows.index(name), _RAG[rag], rag[0].upper(), dark=rag == "amber")
    return ax


def plot_coverage(printed: pd.DataFrame) -> Axes:
    """How many figures each meeting printed of each indicator, from rows with indicator, meeting and n."""
    columns, rows = sorted(printed["meeting"].unique()), sorted(printed["indicator"].unique(), key=str.casefold)
    ax = _grid(rows, columns, "Figures printed, by meeting")
    most = max(printed["n"], default=1)
    for meeting, name, n in zip(printed["meeting"], printed["indicator"], printed["n"], strict=True):
        shade = 0.25 + 0.75 * n / most
        _cell(ax, columns.index(meeting), rows.index(name), (0.12, 0.31, 0.47, shade), str(n))
    return ax


def _grid(rows: Sequence[str], columns: Sequence[str], title: str) -> Axes:
    """An empty grid with names at its left and times at its head."""
    ax = new_axes(4.0 + _COLUMN * len(columns), 1.2 + _ROW * len(rows))
    ax.set_xlim(0, max(len(columns), 1))
    ax.set_ylim(max(len(rows), 1), 0)
    ax.set_xticks([i + 0.5 for i in range(len(columns))], columns, rotation=90, fontsize="small")
    names = [r if len(r) <= _LONGEST_NAME else r[: _LONGEST_NAME - 1] + "…" for r in rows]
    ax.set_yticks([i + 0.5 for i in range(len(rows))], names, fontsize="small")
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    ax.set_title(title, loc="left")
    return ax


def _cell(ax: Axes, column: int, row: int, color: Any, text: str, *, dark: bool = False) -> None:
    """A filled cell with its letter or number: colour alone does not tell everyone."""
    ax.fill([column, column + 0.96, column + 0.96, column], [row, row, row + 0.94, row + 0.94], color=color)
    ax.text(
        column + 0.48, row + 0.5, text, ha="center", va="center", fontsize="x-small", color="black" if dark else "white"
    )
