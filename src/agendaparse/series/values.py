"""Printings -> the tables ``series`` and ``revisions``: whole columns where all agree, one by one where not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from agendaparse.frames import FRAMES, PANDAS_DTYPES
from agendaparse.series.revisions import SURE, Printing, Verdict, half_step, judge

_KEY = ["indicator_id", "council", "comparator", "measure", "period_start", "period_end"]
_PLACE = ["value", "pack_id", "pdf_page", "published"]
_ORDER = ["figure", "day", "place"]
_NUMBERS = [*_ORDER, "value", "reliability", "published"]


@dataclass(frozen=True)
class Settled:
    """What stands, and what contradicts it."""

    figures: pd.DataFrame  # the table ``series``
    revisions: pd.DataFrame
    stands: pd.Index[int]  # the printing that stands for each of the figures, by its place among the printings


def settle(printings: pd.DataFrame) -> Settled:
    """The tables ``series`` and ``revisions`` of the printings, whatever order they come in."""
    ordered = _telling(printings[_NUMBERS]).sort_values(_ORDER, kind="stable")
    figures = _undisputed(ordered)
    verdicts = dict(_verdicts(ordered, printings))
    figures.loc[list(verdicts), "stands"] = [v.stands for v in verdicts.values()]
    figures.loc[list(verdicts), "status"] = [v.status for v in verdicts.values()]
    series = printings.loc[figures["stands"]].set_index(figures.index)
    series = series.assign(**figures[["n_printings", "first_seen", "last_seen", "status"]])
    series = series.assign(row=figures["stands"]).sort_values([*_KEY, "unit", "published", "place"])
    return Settled(shaped("series", series), _revisions(printings, verdicts), pd.Index(series["row"]))


def _telling(rows: pd.DataFrame) -> pd.DataFrame:
    """The printings that give a figure; those of a sign for none only where no printing gives one."""
    gives = rows["value"].notna()
    return rows[gives | ~gives.groupby(rows["figure"]).transform("any")]


def _undisputed(ordered: pd.DataFrame) -> pd.DataFrame:
    """One row per figure, as if all its printings agreed: the first printing of the last day stands."""
    groups = ordered.groupby("figure", sort=False)
    newest = ordered[ordered["day"] == groups["day"].transform("max")].drop_duplicates("figure")
    size = groups.size()
    found = pd.DataFrame({"stands": pd.Series(newest.index, index=newest["figure"]), "n_printings": size})
    found["first_seen"], found["last_seen"] = groups["published"].min(), groups["published"].max()
    found["status"] = (size > 1).map({True: "agreed", False: "sole"}).astype("string")
    return found


def _verdicts(ordered: pd.DataFrame, printings: pd.DataFrame) -> Iterator[tuple[int, Verdict]]:
    """The verdict on each figure whose printings differ, or are not sure."""
    groups = ordered.groupby("figure", sort=False)
    differ = groups["value"].transform("max") != groups["value"].transform("min")
    unsure = groups["reliability"].transform("min") < SURE
    disputed = ordered[(differ | unsure).fillna(value=False) & ordered["value"].notna()]
    texts = printings.loc[disputed.index, ["table_id", "raw"]].astype("object")
    tables, raws = texts["table_id"].where(texts["table_id"].notna(), None), texts["raw"].fillna("")
    columns = (disputed[c].to_list() for c in ("figure", "day", "value", "reliability"))
    together: dict[int, list[Printing]] = {}
    for figure, day, value, sure, row, table, raw in zip(*columns, disputed.index, tables, raws, strict=True):
        together.setdefault(figure, []).append(Printing(row, day, table, value, half_step(raw, value), sure))
    for figure, found in together.items():
        yield figure, judge(found)


def _revisions(printings: pd.DataFrame, verdicts: dict[int, Verdict]) -> pd.DataFrame:
    found = [r for v in verdicts.values() for r in v.revisions]
    ours = printings.loc[[row for _, row, _ in found]].reset_index(drop=True)
    others = printings.loc[[other for _, _, other in found], _PLACE].reset_index(drop=True).add_prefix("other_")
    revisions = pd.concat([ours.assign(kind=pd.array([k for k, _, _ in found], dtype="string")), others], axis=1)
    by = [*_KEY, "unit", "published", "place", "other_published", "other_pdf_page"]
    return shaped("revisions", revisions.sort_values(by, kind="stable"))


def shaped(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the columns of the table of this name, in its order and with its dtypes."""
    columns = FRAMES[name].columns
    return pd.DataFrame({c.name: frame[c.name].astype(PANDAS_DTYPES[c.dtype]) for c in columns}).reset_index(drop=True)  # type: ignore[call-overload]
