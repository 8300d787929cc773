"""What the figures say of two names: printed side by side with other values, or with equal ones in several packs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from agendaparse.series.clusters import Pair

_PERIOD = ["period_start", "period_end"]
_MOST_DECIMALS = 4
_FAR, _MOSTLY = 0.1, 0.5


def unlike_pairs(alike: pd.Series[str], observations: pd.DataFrame, of_row: pd.Series[int]) -> frozenset[Pair]:
    """Names of one kind that one pack prints with different figures for one period: they cannot be one thing.

    In one table any difference tells. On different pages a figure may be printed with two values by mistake: there they
    must be far apart for most periods.

    Args:
        alike: what each name would be, by its position; only names with an equal entry are looked at.
        observations: the figures.
        of_row: each figure's name, by position.
    """
    shared = alike[alike.duplicated(keep=False) & alike.notna()]
    if shared.empty:
        return frozenset()
    rows = _actuals(observations, of_row)
    rows = rows[rows["name"].isin(shared.index)]
    rows = rows.assign(alike=rows["name"].map(shared))
    beside = _compared(rows, ["pack_id", "place", "alike", *_PERIOD])
    beside["same"] = same_as_printed(beside["value_a"], beside["value_b"])
    once = beside.groupby(["pack_id", "place", *_PERIOD, "name_a", "name_b"], observed=True)["same"].any()
    elsewhere = _compared(rows, ["pack_id", "alike", *_PERIOD])
    gap = (elsewhere["value_a"] - elsewhere["value_b"]).abs()
    most = elsewhere[["value_a", "value_b"]].abs().max(axis=1)
    elsewhere["far"] = (gap > most * _FAR) & (gap > 1)
    share = elsewhere.groupby(["pack_id", "name_a", "name_b"], observed=True)["far"].mean()
    told = [*once[~once].index, *share[share > _MOSTLY].index]
    return frozenset((int(key[-2]), int(key[-1])) for key in told)


def _compared(rows: pd.DataFrame, at: list[str]) -> pd.DataFrame:
    """Every two names that have a figure at one place and period."""
    rows = rows.drop_duplicates([*at, "name", "value"])
    rows = rows[rows.groupby(at, observed=True)["name"].transform("nunique") > 1]
    both = rows.merge(rows, on=at, suffixes=("_a", "_b"))
    return both[both["name_a"] < both["name_b"]].reset_index(drop=True)


def figures(observations: pd.DataFrame, of_row: pd.Series[int], group: pd.Series[int]) -> pd.DataFrame:
    """The council's own figures with a period: pack_id, place, name, period, value and their name's group."""
    rows = _actuals(observations, of_row)
    return rows.assign(group=rows["name"].map(group)).dropna(subset=["group"])


def same_as_printed(a: pd.Series[float], b: pd.Series[float]) -> pd.Series[bool]:
    """Whether two figures agree to the decimals of the one that is printed with fewer.

    >>> same_as_printed(pd.Series([12.34, 12.34]), pd.Series([12.3, 12.4])).tolist()
    [True, False]
    """
    x, y = a.to_numpy(dtype=float), b.to_numpy(dtype=float)
    decimals = np.minimum(_decimals(x), _decimals(y))
    return pd.Series(np.abs(x - y) <= 0.5 * 10.0**-decimals + 1e-9, index=a.index)


def _decimals(values: np.ndarray) -> np.ndarray:
    """How many decimals a figure needs; trailing zeros of print are not kept."""
    found = np.full(values.shape, float(_MOST_DECIMALS))
    for decimals in range(_MOST_DECIMALS - 1, -1, -1):
        found[np.isclose(values, np.round(values, decimals), rtol=0, atol=1e-9)] = decimals
    return found


def _actuals(observations: pd.DataFrame, of_row: pd.Series[int]) -> pd.DataFrame:
    own = observations["measure"].eq("actual") & observations["comparator"].isna() & observations["value"].notna()
    dated = observations["period_start"].notna() & observations["period_end"].notna()
    chosen = (own & dated).fillna(value=False) & of_row.notna()
    rows = observations.loc[chosen, ["pack_id", *_PERIOD, "value"]]
    page = "page " + observations.loc[chosen, "pdf_page"].astype("string")
    place = observations.loc[chosen, "table_id"].fillna(page)
    return rows.assign(place=place, name=of_row[chosen].astype("int64"))
