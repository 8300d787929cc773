"""Printed figures against published ones: those of the DfE's Local Authority Interactive Tool, from a file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from agendaparse.content.vocabulary import patterns, vocabulary
from agendaparse.dataframes import as_frame
from agendaparse.errors import BenchmarkError
from agendaparse.series.comparators import comparator_name
from agendaparse.series.evidence import same_as_printed
from agendaparse.series.standard import standard_indicators

_COLUMNS = ("Short Desc", "Years", "LA and Regions", "Values")
_NEIGHBOURS = "Statistical neighbours"
_A_YEAR = 300  # days from which a period is a year's


def check_benchmarks(
    values: pd.DataFrame,
    lait: str | Path,
    *,
    neighbours: Mapping[str, Sequence[str]] | None = None,
    agreeing: bool = False,
) -> pd.DataFrame:
    """The printed benchmarks and year-end figures that differ from what was published (``benchmark_checks``).

    Looked at are figures of standard indicators that LAIT has: benchmarks of a year (England, a region, another
    council), and the council's own for a whole year, or for the month of the count. They agree if they are equal to the
    decimals of the one with fewer, to any edition of the published figure (provisional, revised).

    Args:
        values: figures with the columns of ``series``.
        lait: LAIT's data as Parquet or CSV, one row for each measure, year and authority.
        neighbours: each council's statistical neighbours, as LAIT names them; their mean is compared with "SN".
            Without it such benchmarks are not looked at, for LAIT's file does not say whose neighbour is who.
        agreeing: the figures that agree, too.

    Raises BenchmarkError where the file cannot be read, or has other columns.

    >>> check_benchmarks(series.values, "lait.parquet")  # doctest: +SKIP
    """
    printed = _comparable(values)
    published = _published(Path(lait), sorted(set(printed["lait_code"])))
    published = pd.concat([published, _means(published, neighbours or {})], ignore_index=True)
    both = printed.merge(published, on=["lait_code", "year", "place"])
    both["agrees"] = same_as_printed(both["value"], both["lait_value"])
    both = both.sort_values(["agrees", "edition"], ascending=[False, False], kind="stable")
    both = both.drop_duplicates(["row"]).sort_values("row")
    both["difference"] = both["value"] - both["lait_value"]
    shown = both if agreeing else both[~both["agrees"]]
    return as_frame("benchmark_checks", {str(column): shown[column] for column in shown})


def _comparable(values: pd.DataFrame) -> pd.DataFrame:
    """The figures that LAIT may have, each with its code there, its year and its place."""
    known = {i: s for i, s in standard_indicators().items() if s.lait_code}
    rows = values[values["indicator_id"].isin(known) & values["value"].notna() & values["period_end"].notna()]
    rows = rows.reset_index(drop=True).reset_index(names="row")
    standard = [known[str(i)] for i in rows["indicator_id"]]
    rows["name"] = pd.Series([s.name for s in standard], dtype="string")
    rows["lait_code"] = pd.Series([s.lait_code for s in standard], dtype="string")
    rows["year"] = rows["period_end"].dt.year
    own = rows["comparator"].isna() & rows["measure"].eq("actual")
    benchmark = rows["comparator"].notna() & rows["measure"].isin(["benchmark", "average", "actual"])
    places = [_place(c if o else p) for c, p, o in zip(rows["council"], rows["comparator"], own, strict=True)]
    rows["place"] = pd.Series(places, dtype="string")
    neighbours = rows["comparator"].map(lambda c: comparator_name(c) == _NEIGHBOURS, na_action="ignore").eq(True)
    rows.loc[neighbours, "place"] = "neighbours of " + rows.loc[neighbours, "council"].map(_place).astype("string")
    days = (rows["period_end"] - rows["period_start"]).dt.days
    counted = rows["period_end"].dt.month == pd.Series([_month(s.lait_year) for s in standard], dtype="int64")
    chosen: pd.DataFrame = rows[(own | benchmark) & ((days >= _A_YEAR) | counted) & rows["place"].notna()]
    return chosen


def _month(year: str) -> int:
    """The month at whose end things are counted; 0 for measures of a whole year."""
    return int(vocabulary("lait")["months"].get(year, 0))


@cache
def _place(name: Any) -> str | None:
    """A council or region by the words that tell it from others.

    >>> _place("Royal Borough of Kensington and Chelsea") == _place("Kensington & Chelsea"), _place("Nat.")
    (True, 'england')
    """
    if name is None or pd.isna(name):
        return None
    text = comparator_name(str(name))
    text = vocabulary("lait")["places"].get(text, text).casefold()
    words = re.findall(r"[a-z]+", text.replace("&", " and "))
    telling = [w for w in words if w not in vocabulary("lait")["office"]]
    return " ".join(sorted(telling or words)) or None


def _published(path: Path, codes: Sequence[str]) -> pd.DataFrame:
    """LAIT's figures of these codes: code, year, edition, place and value; signs for none are left out."""
    chosen = ", ".join(f'"{c}"' for c in _COLUMNS)
    reader = "read_csv(?, all_varchar = true)" if path.suffix.casefold() == ".csv" else "read_parquet(?)"
    query = f'SELECT {chosen} FROM {reader} WHERE "Short Desc" IN (SELECT unnest(?))'  # noqa: S608
    try:
        with duckdb.connect() as connection:
            found = connection.execute(query, [str(path), list(codes)]).df()
    except duckdb.Error as error:
        raise BenchmarkError(f"{path}: cannot be read as LAIT's figures: {error}") from error
    found.columns = pd.Index(["lait_code", "edition", "authority", "printed"])
    found["place"] = pd.Series([_place(a) for a in found["authority"]], dtype="string")
    found["year"] = pd.Series([_year(str(e)) for e in found["edition"]], dtype="Int64")
    found["lait_value"] = pd.to_numeric(found["printed"], errors="coerce").round(6)
    return found.dropna(subset=["year", "lait_value"]).astype({"lait_code": "string", "year": "int64"})


@cache
def _year(edition: str) -> int | None:
    """The year in which a period of LAIT ends; None for several years.

    >>> _year("2025 (prov)"), _year("2016-17 (OT)"), _year("2014-16")
    (2025, 2017, None)
    """
    for pattern in patterns("lait"):
        found = pattern.match(edition)
        if found is not None:
            first, last = int(found["first"]), found.get("last")
            end = first if last is None else first + 1
            return end if last is None or end % 100 == int(last) % 100 else None
    return None


def _means(published: pd.DataFrame, neighbours: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """The mean of each council's neighbours, for each code and edition for which all of them have a figure."""
    found = [published.iloc[:0]]
    for council, names in neighbours.items():
        of = published[published["place"].isin([_place(n) for n in names])]
        by = ["lait_code", "edition", "year"]
        means = of.groupby(by)["lait_value"].agg(["mean", "size"]).reset_index()
        means = means[means["size"] == len(set(names))].rename(columns={"mean": "lait_value"})
        found.append(means.assign(place=f"neighbours of {_place(council)}", authority=_NEIGHBOURS))
    return pd.concat(found, ignore_index=True)
