"""Frames of packs -> printings: each observation with its indicator, its council and the day it was published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import numpy as np
import pandas as pd

from agendaparse.dataframes import to_frame
from agendaparse.series.comparators import find_comparators
from agendaparse.series.likeness import one_spelling

# What is read of each frame: an archive's boxes and paragraphs stay where they are.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "packs": ("pack_id", "source", "council", "committee", "meeting_date", "published_date"),
    "observations": (
        "observation_id", "pack_id", "table_id", "item", "pdf_page", "ref", "indicator", "measure", "comparator",
        "period_label", "period_start", "period_end", "raw", "value", "unit", "rag", "source", "origin",
        "reliability",
    ),
    "reports": ("pack_id", "item", "subject"),
    "recommendations": ("pack_id", "item", "number", "text", "pdf_page"),
    "resolutions": ("pack_id", "minutes_date", "minute", "title", "number", "text", "pdf_page"),
    "actions": ("pack_id", "date_raised", "title", "number", "proposed", "taken", "status", "pdf_page"),
}  # fmt: skip

# What tells one figure from another. "occasion" sets apart those that have no settled period of their own.
FIGURE = ["indicator_id", "council", "comparator", "measure", "unit", "period_start", "period_end", "occasion"]
# What ought to be: it holds until a later pack says otherwise, and has a period only where one is printed.
_AIMS = ("target", "threshold")
_SECONDS_A_DAY = 86_400


class Frames(Protocol):
    """What has frames by name: a pack, an archive."""

    def frame(self, name: str) -> pd.DataFrame:
        """The frame of this name."""


def gather(sources: Iterable[Frames]) -> dict[str, pd.DataFrame]:
    """The frames of all sources by pack id, whatever order they come in; a pack that is in two of them counts once.

    >>> len(gather([])["packs"])
    0
    """
    found: dict[str, list[pd.DataFrame]] = {name: [] for name in NEEDED}
    known: set[str] = set()
    for source in sources:
        here = set(source.frame("packs")["pack_id"])
        if here <= known:
            continue
        for name, columns in NEEDED.items():
            frame = source.frame(name)[list(columns)]
            found[name].append(frame[~frame["pack_id"].isin(known)] if here & known else frame)
        known |= here
    joined = {name: _joined(name, frames) for name, frames in found.items()}
    packs = joined["packs"]
    spelled = {column: one_spelling(packs[column]) for column in ("council", "committee")}
    return joined | {"packs": packs.assign(**spelled)}


def _joined(name: str, frames: list[pd.DataFrame]) -> pd.DataFrame:
    if not frames:
        return to_frame(name, [])[list(NEEDED[name])]
    joined = frames[0] if len(frames) == 1 else pd.concat(frames)
    if not joined["pack_id"].is_monotonic_increasing:
        joined = joined.sort_values("pack_id", kind="stable")
    return joined.reset_index(drop=True)


def publication_days(packs: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    """The day on which each pack was published, by its pack id: that of the agenda, else that of the meeting.

    An agenda goes out a week before its meeting, and its figures are known from that day on. A paper that prints
    neither date has no day.
    """
    days = packs["published_date"].fillna(packs["meeting_date"])
    return pd.Series(days.array, index=pd.Index(packs["pack_id"]), name="published")


def find_printings(frames: Mapping[str, pd.DataFrame], key_of: pd.Series[str]) -> pd.DataFrame:
    """One row per observation that has an indicator, and a figure or a period: with council, day and figure."""
    found = frames["observations"].assign(indicator_id=key_of)
    says_something = found["value"].notna() | found["period_end"].notna()  # "-" under Target does not
    found = found[found["indicator_id"].notna() & says_something].reset_index(drop=True)
    packs = frames["packs"].set_index("pack_id")[["council"]]
    packs["published"] = publication_days(frames["packs"])
    packs["day"] = _day_numbers(packs["published"].fillna(_last_actual(found).reindex(packs.index)))
    found = found.join(packs, on="pack_id")
    found["comparator"] = find_comparators(found["comparator"])
    found["occasion"] = _occasions(found)
    found["place"] = _places(found)
    found["figure"] = found.groupby(FIGURE, dropna=False, sort=False).ngroup()
    return found


def _places(found: pd.DataFrame) -> np.ndarray[Any, Any]:
    """A number for each printing, by pack and page: an order that does not depend on that of the packs."""
    order = np.lexsort((found["pdf_page"].fillna(0).to_numpy(dtype="int64"), pd.factorize(found["pack_id"])[0]))
    places = np.empty(len(found), dtype="int64")
    places[order] = np.arange(len(found))
    return places


def _day_numbers(days: pd.Series[pd.Timestamp]) -> pd.Series[int]:
    """Days to count and compare by; what has no date is older than all."""
    return days.astype("datetime64[s]").astype("int64").where(days.notna(), 0) // _SECONDS_A_DAY


def _last_actual(found: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    """The end of each pack's last period with an actual figure: a paper without a date is no older than that."""
    own = (found["measure"] == "actual") & found["comparator"].isna() & found["value"].notna()
    ends: pd.Series[pd.Timestamp] = found[own].groupby("pack_id")["period_end"].max()
    return ends


def _occasions(found: pd.DataFrame) -> pd.Series[str]:
    """What sets a figure apart that has no settled period of its own: null for all others.

    A target without a period speaks for the day on which it was published. So does a forecast, and a figure whose
    period was not over on that day (a year to date printed as the year). Of any other figure without a period
    nothing says that two printings mean the same time: each is a figure of its own; so are several targets of one
    indicator in one table, which are of several years or steps.
    """
    aim, undated = found["measure"].isin(_AIMS), found["period_end"].isna()
    running = (found["measure"] == "forecast") | (found["period_end"] > found["published"])
    day = found["published"].dt.strftime("%Y-%m-%d").astype("string").fillna(found["pack_id"])
    several = found.duplicated([*FIGURE[:5], "table_id"], keep=False) & found["table_id"].notna()
    told = day.where((undated & aim) | (running & ~aim))
    occasions: pd.Series[str] = told.where(~undated | (aim & ~several), found["observation_id"])
    return occasions
