"""Which printed names are one indicator: those equal but for case and punctuation, of one unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from agendaparse.frames import FRAMES, to_frame
from agendaparse.series.judgements import Judgement


@dataclass(frozen=True)
class Indicators:
    """The indicators, their names, what is open, and the indicator of each observation."""

    indicators: pd.DataFrame
    aliases: pd.DataFrame
    unresolved: pd.DataFrame
    key_of: pd.Series[str]


def find_indicators(
    observations: pd.DataFrame, packs: pd.DataFrame, judgements: Sequence[Judgement] = ()
) -> Indicators:
    """The indicators that the observations print."""
    del packs, judgements
    name = observations["indicator"].str.casefold().str.replace(r"\W+", "-", regex=True)
    key_of = name + "-" + observations["unit"].fillna("")
    rows = observations.assign(indicator_id=key_of, printed_name=observations["indicator"], evidence="same name")
    rows = rows[["indicator_id", "printed_name", "unit", "evidence"]].dropna(subset="indicator_id").drop_duplicates()
    named: list[Any] = rows.reindex(columns=FRAMES["aliases"].column_names).to_dict("records")
    heads: list[Any] = rows.drop_duplicates("indicator_id").rename(columns={"printed_name": "name"}).to_dict("records")
    unresolved = to_frame("unresolved", [])
    return Indicators(to_frame("indicators", heads), to_frame("aliases", named), unresolved, key_of)
