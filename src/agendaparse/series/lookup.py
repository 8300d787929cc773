"""The indicator that a person means by a name."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from agendaparse.series.likeness import folded
from agendaparse.series.names import loosened


def find_indicator(asked: str, indicators: pd.DataFrame, aliases: pd.DataFrame) -> str:
    """The id of an indicator, by its id, its name, a printed name, or words that mean the same.

    The first of these that fits decides. Where it fits several, the one that is a number is meant: who wants the rate
    says so. Raises KeyError where there is none, or where several are left.
    """
    units = dict(zip(indicators["indicator_id"], indicators["unit"], strict=True))
    for found in _fitting(asked, indicators, aliases):
        numbers = sorted(i for i in found if units.get(i) == "count")
        for chosen in (sorted(found), numbers):
            if len(chosen) == 1:
                return chosen[0]
        if found:
            raise KeyError(f"{asked!r} may be any of several indicators: {', '.join(sorted(found))}")
    raise KeyError(f"no indicator is called {asked!r}")


def _fitting(asked: str, indicators: pd.DataFrame, aliases: pd.DataFrame) -> Iterator[set[str]]:
    for table, column in ((indicators, "indicator_id"), (indicators, "name"), (aliases, "printed_name")):
        named = table[column].fillna("").map(folded) == folded(asked)
        yield set(table.loc[named, "indicator_id"])
    printed = aliases[["indicator_id", "printed_name", "unit"]].drop_duplicates().dropna(subset="printed_name")
    wanted = {unit: loosened(asked, unit) for unit in printed["unit"].fillna("").unique()}
    yield {
        indicator
        for indicator, name, unit in printed.fillna({"unit": ""}).itertuples(index=False)
        if loosened(name, unit) == wanted[unit]
    }
