"""The distinct names that a heap of observations prints, with their unit and service, and which row has which."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from agendaparse.content.units import unit_of_name
from agendaparse.series.judgements import folded
from agendaparse.series.names import service_of

# Of a pack's names that speak of some service, the share that must speak of one before it is the pack's.
_MAJORITY = 0.6
_OF_ALL = "corporate"  # a committee for resources or performance sees the figures of every service


@dataclass(frozen=True)
class PrintedNames:
    """One row of ``names`` for each council, folded name, unit and service; ``of_row`` tells each observation's."""

    names: pd.DataFrame  # council, folded, unit, service, name (as it is printed most often)
    of_row: pd.Series[int]  # on the observations' index: the position in names; <NA> without a name or unit


def printed_names(observations: pd.DataFrame, packs: pd.DataFrame) -> PrintedNames:
    """The names of the observations: all work on names is done once for each, not once a row.

    Changes ("% change from Oct") belong to the figure that changes: they take the unit of their row's other figures.
    So do rows that print no figure ("n/a").

    >>> from agendaparse.dataframes import to_frame
    >>> rows = to_frame("observations", [{"pack_id": "p", "indicator": "Bins missed", "unit": "count"}])
    >>> printed_names(rows, to_frame("packs", [])).names["folded"].tolist()
    ['bins missed']
    """
    coded, texts = _coded(observations, packs)
    coded["unit"] = _units(coded, texts)
    coded["service"], texts["service"] = _services(coded, texts, packs)
    keys = ["council", "folded", "unit", "service"]
    usable = coded[(coded["folded"] >= 0) & (coded["unit"] >= 0)]
    spelled = usable.groupby([*keys, "name"]).size().reset_index(name="n")
    spelled["printed"] = texts["name"].reindex(spelled["name"]).to_numpy()
    spelled = spelled.sort_values(["n", "printed"], ascending=[False, True]).drop_duplicates(keys)
    for key in keys:
        spelled[f"{key}_text"] = texts[key].reindex(spelled[key]).to_numpy()
    spelled = spelled.sort_values([f"{k}_text" for k in keys], ignore_index=True)
    names = pd.DataFrame({k: spelled[f"{k}_text"] for k in keys} | {"name": spelled["printed"]}).astype("string")
    places = spelled[keys].reset_index(names="place")
    placed = usable[keys].merge(places, on=keys, how="left")["place"].to_numpy()
    of_row = pd.Series(pd.NA, index=coded.index, dtype="Int64")
    of_row.iloc[usable.index.to_numpy()] = placed
    return PrintedNames(names, of_row.set_axis(observations.index))


def _coded(observations: pd.DataFrame, packs: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, pd.Series[str]]]:
    """The rows as numbers, from 0 (-1 where there is nothing), and the text of each number."""
    councils = packs.drop_duplicates("pack_id").set_index("pack_id")["council"]
    pack, pack_ids = pd.factorize(observations["pack_id"])
    name, printed = pd.factorize(observations["indicator"])
    plain, folds = pd.factorize(np.array([folded(str(n)) for n in printed], dtype=object))
    council, council_names = pd.factorize(councils.reindex(pack_ids))
    empty = np.array([text == "" for text in folds] + [True])
    folded_code = _looked_up(plain, name)
    coded = {
        "pack": pack,
        "table": pd.factorize(observations["table_id"])[0],
        "name": name,
        "folded": np.where(empty[folded_code], -1, folded_code),
        "council": _looked_up(council, pack),
        "change": observations["measure"].eq("change").fillna(value=False).to_numpy(dtype=bool),
    }
    unit, units = pd.factorize(observations["unit"])
    texts = {"pack": pack_ids, "name": printed, "folded": folds, "council": council_names, "unit": units}
    frame = pd.DataFrame(coded | {"unit": unit}).reset_index(drop=True)
    return frame, {key: pd.Series(text, dtype="string") for key, text in texts.items()}


def _looked_up(table: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """What the table has for each code; -1 for -1."""
    found: np.ndarray = np.append(table, -1)[codes]
    return found


def _units(coded: pd.DataFrame, texts: dict[str, pd.Series[str]]) -> pd.Series[int]:
    """The unit of what is measured, row by row; texts["unit"] is lengthened by units that only names tell."""
    told = coded["unit"].where((coded["unit"] >= 0) & ~coded["change"])
    own = coded["unit"].where(coded["unit"] >= 0)
    in_row = _only_one(told, [coded["pack"], coded["table"], coded["folded"]])
    anywhere = _only_one(told, [coded["council"], coded["folded"]])
    found = told.fillna(in_row).fillna(own).fillna(anywhere)
    silent = coded.loc[found.isna() & (coded["name"] >= 0), "name"].unique()
    worded = {int(n): unit_of_name(str(texts["name"][n])) for n in silent}
    units = [*texts["unit"], *sorted({u for u in worded.values() if u} - set(texts["unit"]))]
    texts["unit"] = pd.Series(units, dtype="string")
    by_name = coded["name"].map({n: units.index(u) for n, u in worded.items() if u})
    return found.fillna(by_name).fillna(-1).astype("int64")


def _only_one(values: pd.Series[float], by: list[pd.Series[int]]) -> pd.Series[float]:
    """For each row the value that its group has, where all rows of the group that have one agree."""
    grouped = values.groupby(by)
    least, most = grouped.transform("min"), grouped.transform("max")
    return least.where(least == most)


def _services(
    coded: pd.DataFrame, texts: dict[str, pd.Series[str]], packs: pd.DataFrame
) -> tuple[np.ndarray, pd.Series[str]]:
    """The service that a name speaks of; else that of its committee; else that of most of the pack's names."""
    said = [service_of(str(name)) for name in texts["name"]]
    committees = packs.drop_duplicates("pack_id").set_index("pack_id")["committee"].reindex(texts["pack"])
    of_committee = [None if pd.isna(c) else service_of(str(c)) for c in committees]
    of_committee = [None if s == _OF_ALL else s for s in of_committee]
    distinct = coded.loc[coded["name"] >= 0, ["pack", "name"]].drop_duplicates()
    voted = _voted(distinct.assign(service=[said[n] for n in distinct["name"]]))
    of_pack = [c or voted.get(i) for i, c in enumerate(of_committee)]
    services = sorted({s for s in [*said, *of_pack] if s})
    number = {s: i for i, s in enumerate(services)}
    own = _looked_up(np.array([number.get(s or "", -1) for s in said], dtype="int64"), coded["name"].to_numpy())
    pack = _looked_up(np.array([number.get(s or "", -1) for s in of_pack], dtype="int64"), coded["pack"].to_numpy())
    return np.where(own >= 0, own, pack), pd.Series(services, dtype="string")


def _voted(names: pd.DataFrame) -> dict[int, str]:
    counts = names.dropna().groupby(["pack", "service"]).size().reset_index(name="n")
    counts["share"] = counts["n"] / counts.groupby("pack")["n"].transform("sum")
    most = counts[counts["share"] >= _MAJORITY]
    return dict(zip(most["pack"].tolist(), most["service"].tolist(), strict=True))
