"""The values in the two forms that people hand on: long, as official statistics are, and wide, as a sheet."""

from __future__ import annotations

import re

import pandas as pd

from agendaparse.content.vocabulary import vocabulary
from agendaparse.series.time_periods import short_label, statistical_period

NOT_AVAILABLE = "x"
_HIDDEN = re.compile(r"\s*[<≤]\s?\d+")  # "<5": a figure so small that it would tell of someone
COLUMNS = [
    "time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_code", "region_name",
    "la_name", "indicator_id", "indicator", "measure", "comparator", "unit", "value", "published", "pack_id",
    "pdf_page",
]  # fmt: skip
_LEVELS = {"countries": ("National", "country"), "regions": ("Regional", "region")}


def gss_symbol(raw: str | None) -> str:
    """The symbol for a print that is no figure: z, c, low or u, and x where nothing says more.

    >>> gss_symbol("n/a"), gss_symbol("<5"), gss_symbol("awaiting data")
    ('z', 'c', 'x')
    """
    text = " ".join((raw or "").casefold().split())
    if _HIDDEN.fullmatch(text):
        return "c"
    found = (symbol for symbol, prints in vocabulary("statistics")["symbols"].items() if text in prints)
    return next(found, NOT_AVAILABLE)


def tidy_frame(values: pd.DataFrame, raw: pd.Series[str], names: pd.Series[str]) -> pd.DataFrame:
    """The values in the long form of Explore Education Statistics, by time, place and indicator.

    Args:
        values: the table ``series``.
        raw: the print of each of its rows.
        names: the name of each indicator, by its id.
    """
    found = values.assign(indicator=values["indicator_id"].map(names), la_name=values["council"])
    found["value"] = [f"{v:.12g}" if pd.notna(v) else gss_symbol(r) for v, r in zip(values["value"], raw, strict=True)]
    periods = values[["period_start", "period_end"]].drop_duplicates().dropna()
    called = [statistical_period(s.date(), e.date()) for s, e in periods.itertuples(index=False)]
    periods["time_period"] = pd.array([time for time, _ in called], dtype="string")
    periods["time_identifier"] = pd.array([name for _, name in called], dtype="string")
    found = found.merge(periods, on=["period_start", "period_end"], how="left")
    found = found.join(_places(found["comparator"]))
    ours = found["geographic_level"] == "Local authority"
    found["la_name"] = found["la_name"].where(ours | found["geographic_level"].isna())
    kinds = {"time_period": "string", "time_identifier": "string", "indicator": "string"}
    by = ["time_period", "time_identifier", "la_name", "indicator_id", "measure", "comparator", "published"]
    return found.astype(kinds)[COLUMNS].sort_values(by, kind="stable", ignore_index=True)


def _places(comparators: pd.Series[str]) -> pd.DataFrame:
    """Level, code and name of the place that each figure is of; a group of councils is none of these levels.

    Packs print neither a council's code nor its country, and neither is guessed.
    """
    rows = pd.DataFrame({"comparator": comparators})
    rows["geographic_level"] = pd.Series("Local authority", index=rows.index, dtype="string").where(comparators.isna())
    for kind, (level, column) in _LEVELS.items():
        codes = vocabulary("statistics")[kind]
        mine = comparators.isin(codes).fillna(value=False)
        rows.loc[mine, "geographic_level"] = level
        rows[f"{column}_name"] = comparators.where(mine)
        rows[f"{column}_code"] = comparators.map(codes).astype("string")
    rows["country_name"] = rows["country_name"].mask(rows["geographic_level"] == "Regional", "England")
    rows["country_code"] = rows["country_name"].map(vocabulary("statistics")["countries"]).astype("string")
    return rows.drop(columns="comparator")


def wide_frame(values: pd.DataFrame, names: pd.Series[str], measure: str) -> pd.DataFrame:
    """A row for each indicator, council, unit and comparator, a column for each period, in order of time.

    Figures without a period have no column; of several values of one period, as of forecasts, the last published
    counts.
    """
    rows = values[(values["measure"] == measure) & values["period_end"].notna()].sort_values("published", kind="stable")
    index = ["council", "indicator_id", "indicator", "unit", "comparator"]
    rows = rows.assign(indicator=rows["indicator_id"].map(names))
    rows[index] = rows[index].astype("string").fillna("")
    last = rows.drop_duplicates([*index, "period_start", "period_end"], keep="last")
    periods = last[["period_start", "period_end"]].drop_duplicates().sort_values(["period_start", "period_end"])
    labels = [short_label(s.date(), e.date()) for s, e in periods.itertuples(index=False)]
    last = last.merge(periods.assign(label=labels), on=["period_start", "period_end"])
    return last.set_index([*index, "label"])["value"].unstack("label").reindex(columns=labels)  # noqa: PD010
