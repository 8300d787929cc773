"""The history of committees' figures: the values that stand, all that contradicts them, what was known when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from agendaparse.dataframes import to_frame
from agendaparse.frames import FRAMES
from agendaparse.issues import Issue
from agendaparse.series.benchmarks import check_benchmarks
from agendaparse.series.changes import find_changes
from agendaparse.series.indicators import Indicators
from agendaparse.series.judgements import Judgement
from agendaparse.series.lookup import find_indicator
from agendaparse.series.plots import new_axes, plot_coverage, plot_heatmap, plot_values
from agendaparse.series.threads import Threads, find_threads
from agendaparse.series.tidy import tidy_frame, wide_frame
from agendaparse.series.values import Settled, settle

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ARCHIVED = ("indicators", "aliases", "judgements", "series", "revisions", "threads", "thread_entries")
_SHOWN = [
    "indicator_id", "council", "comparator", "measure", "period_label", "period_start", "period_end", "raw", "value",
    "unit", "published", "pack_id", "pdf_page", "source", "origin", "reliability", "observation_id",
]  # fmt: skip


class Series:
    """Indicators over the years, out of many packs; ``ap.reconcile`` makes it.

    Each table is a DataFrame with the columns of ``docs/columns.md``. A figure has a row in ``values`` for each
    indicator, council, comparator, measure, period and unit; every printing that contradicts another is in
    ``revisions``; names that may be one indicator are in ``unresolved``.

    >>> import agendaparse as ap
    >>> series = ap.reconcile("archive.duckdb")  # doctest: +SKIP
    >>> series.values.query("status == 'restated'")  # doctest: +SKIP
    """

    def __init__(
        self,
        frames: Mapping[str, pd.DataFrame],
        printings: pd.DataFrame,
        indicators: Indicators,
        *,
        judgements: Sequence[Judgement] = (),
        issues: Sequence[tuple[str | None, Issue]] = (),
    ) -> None:
        self._frames, self._printings = frames, printings
        self._judgements, self._issues = judgements, issues
        self.indicators: pd.DataFrame = indicators.indicators
        self.aliases: pd.DataFrame = indicators.aliases
        self._indicators = indicators

    @property
    def unresolved(self) -> pd.DataFrame:
        """The names that may be one indicator: score and reasons, those first by which most is gained."""
        return self._indicators.unresolved

    @cached_property
    def _settled(self) -> Settled:
        return settle(self._printings)

    @property
    def values(self) -> pd.DataFrame:
        """One row per figure, with the value that stands: the last one published."""
        return self._settled.figures

    @property
    def revisions(self) -> pd.DataFrame:
        """One row per printing that another contradicts: restated, conflicting or doubtful, with both places."""
        return self._settled.revisions

    @cached_property
    def changes(self) -> pd.DataFrame:
        """One row per indicator that a committee's pack added, renamed, rebased or dropped."""
        return find_changes(self._printings, self._frames["packs"], self.revisions)

    @cached_property
    def _followed(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        return find_threads(self._frames)

    @cached_property
    def threads(self) -> Threads:
        """One row per matter that a meeting raised: when, what, how it stands; ``timeline()`` has each step."""
        return Threads(*self._followed)

    @property
    def thread_entries(self) -> pd.DataFrame:
        """One row per printing of a thread: recommendation, resolution, line of an action log."""
        return self._followed[1]

    @cached_property
    def judgements(self) -> pd.DataFrame:
        """The judgements that were given, one row each."""
        names = [c for c in Judgement.__dataclass_fields__ if c != "line"]
        return to_frame("judgements", ({name: getattr(j, name) for name in names} for j in self._judgements))

    @cached_property
    def issues(self) -> pd.DataFrame:
        """Corrections that could not be applied, one row each."""
        rows = [
            {"pack_id": pack, "stage": i.stage, "code": i.code, "severity": i.severity,
             "pdf_page": i.pdf_page, "raw": i.raw, "message": i.message}
            for pack, i in self._issues
        ]  # fmt: skip
        return to_frame("issues", rows)

    def as_of(self, day: str | pd.Timestamp) -> pd.DataFrame:
        """The values as they were known on a day: by the packs published until then. Columns as ``values``.

        Papers without a date are left out, for nothing says that they were known.
        """
        return settle(self._printings[self._printings["published"] <= pd.Timestamp(day)]).figures

    @cached_property
    def first_reported(self) -> pd.DataFrame:
        """The values as each was first published, whatever became of them. Columns as ``values``."""
        printed = self._printings[self._printings["value"].notna()]
        return settle(printed[printed["day"] == printed.groupby("figure")["day"].transform("min")]).figures

    @cached_property
    def latest(self) -> pd.DataFrame:
        """The last period of each series, months apart from quarters and years. Columns as ``values``."""
        figures = self.values.dropna(subset=["value", "period_end"])
        start, end = figures["period_start"].dt, figures["period_end"].dt
        months = (end.year - start.year) * 12 + end.month - start.month
        last = figures.assign(months=months).sort_values(["period_end", "published"], kind="stable")
        own = ["indicator_id", "council", "comparator", "measure", "unit", "months"]
        return figures.loc[sorted(last.drop_duplicates(own, keep="last").index)].reset_index(drop=True)

    def history(self, indicator: str) -> pd.DataFrame:
        """Every printing of an indicator, by period and then by day of publication; ``stands`` marks the values.

        The indicator is given by its id, its name, a printed name, or words that mean the same ("CLA"). Raises
        KeyError where there is none, or several.
        """
        chosen = self._printings[self._printings["indicator_id"] == self.find(indicator)]
        chosen = chosen.assign(stands=chosen.index.isin(self._settled.stands))
        by = ["council", "comparator", "measure", "unit", "period_start", "period_end", "day", "pack_id", "pdf_page"]
        return chosen.sort_values([*by, "observation_id"], kind="stable", ignore_index=True)[[*_SHOWN, "stands"]]

    def find(self, indicator: str) -> str:
        """The id of an indicator, by its id, its name, a printed name, or words that mean the same.

        Case does not count. Where it fits several, the one that is a number is meant. Raises KeyError where there is
        none, or where several are left.
        """
        return find_indicator(indicator, self.indicators, self.aliases)

    def tidy(self) -> pd.DataFrame:
        """The values in the long form of official statistics, as text, with a symbol where there is no figure.

        Columns and codes are those of the DfE's Explore Education Statistics: ``time_period`` (202324),
        ``time_identifier`` (Financial year Q2), ``geographic_level``, names and codes of places; symbols are z (not
        applicable), x (not available), c (confidential), low (rounds to nothing) and u (not reliable).
        """
        raw = self._printings.loc[self._settled.stands, "raw"].reset_index(drop=True)
        return tidy_frame(self.values, raw, self._names)

    def wide(self, measure: str = "actual") -> pd.DataFrame:
        """A row for each council, indicator, unit and comparator, a column for each period; for one measure."""
        return wide_frame(self.values, self._names, measure)

    def plot(self, indicator: str, *, council: str | None = None, ax: Axes | None = None) -> Axes:
        """A picture of one indicator: its line with gaps, targets, benchmarks, and revised values as crosses.

        The indicator is named as for ``history``; where several councils print it, ``council`` chooses one, else the
        one with most figures is drawn. Needs matplotlib (``pip install 'agendaparse[plot]'``). Raises KeyError where
        there is no such indicator, or the council does not print it.
        """
        of = self.find(indicator)
        values = self.values[self.values["indicator_id"] == of]
        chosen = council if council is not None else next(iter(values["council"].mode()), None)
        if council is not None and council not in set(values["council"]):
            raise KeyError(f"{council!r} does not print {indicator!r}")
        values, revisions = (
            t[t["council"] == chosen] if chosen is not None else t
            for t in (values, self.revisions[self.revisions["indicator_id"] == of])
        )
        return plot_values(ax if ax is not None else new_axes(), values, revisions, str(self._names.get(of, of)))

    def heatmap(self, *, council: str | None = None) -> Axes:
        """A picture of the red, amber and green marks of all indicators by period, as printed last."""
        marked = self._printings[self._printings["rag"].notna() & self._printings["period_end"].notna()]
        marked = self._of_council(marked, council).sort_values(["day", "place"])
        last = marked.drop_duplicates(["indicator_id", "council", "period_start", "period_end"], keep="last")
        return plot_heatmap(last.assign(indicator=self._row_names(last)))

    def coverage(self, *, council: str | None = None) -> Axes:
        """A picture of how many figures of each indicator each meeting's papers printed."""
        found = self._of_council(self._printings[self._printings["published"].notna()], council)
        rows = pd.DataFrame(
            {"indicator": self._row_names(found), "meeting": found["published"].dt.strftime("%Y-%m-%d")}
        )
        return plot_coverage(rows.groupby(["indicator", "meeting"]).size().rename("n").reset_index())

    def _of_council(self, printings: pd.DataFrame, council: str | None) -> pd.DataFrame:
        if council is None:
            return printings
        if council not in set(printings["council"]):
            raise KeyError(f"no figures of {council!r}")
        return printings[printings["council"] == council]

    def _row_names(self, printings: pd.DataFrame) -> pd.Series[str]:
        """The indicator of each printing by name, with its council where there are several."""
        names = printings["indicator_id"].map(self._names)
        if len(printings["council"].unique()) <= 1:
            return names
        return names + " (" + printings["council"].fillna("?") + ")"

    @property
    def _names(self) -> pd.Series[str]:
        return self.indicators.set_index("indicator_id")["name"]

    def suggestions(self) -> pd.DataFrame:
        """The open questions as a file of judgements to be filled in, those first with which most is gained.

        Its columns are those of ``judgements``, with ``judgement`` empty and the reasons under ``why``.
        """
        asked = self.unresolved.assign(judgement=None, by=None, why=self.unresolved["reasons"], date=None)
        columns = [*FRAMES["judgements"].column_names, "council", "score", "gained"]
        return asked.sort_values(["gained", "score"], ascending=False, kind="stable", ignore_index=True)[columns]

    def check_benchmarks(
        self, lait: str | Path, *, neighbours: Mapping[str, Sequence[str]] | None = None, agreeing: bool = False
    ) -> pd.DataFrame:
        """The printed benchmarks and year-end figures that differ from those that the DfE published.

        ``lait`` is the file of its Local Authority Interactive Tool; see :func:`benchmarks.check_benchmarks`.
        """
        return check_benchmarks(self.values, lait, neighbours=neighbours, agreeing=agreeing)

    def table(self, name: str) -> pd.DataFrame:
        """A table by the name that it has in the archive: ``series`` is ``values``; raises KeyError on others."""
        if name not in ARCHIVED:
            raise KeyError(name)
        found: pd.DataFrame = self.values if name == "series" else getattr(self, name)
        return found

    def __repr__(self) -> str:
        figures, indicators = len(self.values), self.values["indicator_id"].nunique()
        kinds = ", ".join(f"{n} {kind}" for kind, n in self.revisions["kind"].value_counts().items())
        return f"<Series: {indicators} indicators, {figures} figures; {kinds or 'nothing contradicted'}>"
