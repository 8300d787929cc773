"""The standard indicators of the vocabulary, and which of them a printed name is."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from agendaparse.content.units import unit_of_name
from agendaparse.series.judgements import folded
from agendaparse.series.names import is_clear, is_label, loosened, normalised, service_of


@dataclass(frozen=True, slots=True)
class Standard:
    """An indicator of the vocabulary: what is counted, and what others call it; empty where they have none."""

    indicator_id: str
    service: str
    name: str
    unit: str
    polarity: str  # high, low, or empty where neither is good
    definition: str
    lait_topic: str
    lait_measure: str
    lait_code: str  # "Short Desc" in LAIT's data
    lait_year: str  # its years: financial, academic, calendar; or the month at whose end things are counted
    esd_id: str


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of a standard indicator; with an empty council it holds for all.

    With a service it holds only for figures of that service ("Caseload"); without one also where none is told.
    """

    indicator_id: str
    council: str
    service: str
    printed_name: str


def _rows(name: str) -> Iterator[dict[str, str]]:
    file = resources.files("agendaparse.data").joinpath(f"vocabulary/{name}.csv")
    yield from csv.DictReader(file.read_text(encoding="utf-8").splitlines())


@cache
def standard_indicators() -> Mapping[str, Standard]:
    """The standard indicators by their id.

    >>> standard_indicators()["cla_rate"].unit
    'rate_per_10000'
    """
    return {row["indicator_id"]: Standard(**row) for row in _rows("indicators")}


@cache
def standard_aliases() -> tuple[Alias, ...]:
    """Every name of a standard indicator: those of the vocabulary's aliases, and its own.

    >>> Alias("cla_number", "", "", "Number of children looked after") in standard_aliases()
    True
    """
    own = (Alias(s.indicator_id, "", "", s.name) for s in standard_indicators().values())
    return (*own, *(Alias(**row) for row in _rows("aliases")))


@cache
def exact_aliases() -> Mapping[str, frozenset[str]]:
    """The names of each standard indicator, folded: those that somebody wrote down as they are printed."""
    names: dict[str, set[str]] = {}
    for alias in standard_aliases():
        names.setdefault(alias.indicator_id, set()).add(folded(alias.printed_name))
    return {indicator: frozenset(found) for indicator, found in names.items()}


@cache
def _by_words() -> Mapping[tuple[str, str], tuple[Alias, ...]]:
    found: dict[tuple[str, str], list[Alias]] = {}
    for alias in standard_aliases():
        unit = standard_indicators()[alias.indicator_id].unit
        found.setdefault((loosened(alias.printed_name, unit), unit), []).append(alias)
    return {key: tuple(aliases) for key, aliases in found.items()}


def _holds_for(alias: Alias) -> tuple[str | None, ...]:
    """The services among whose figures a name means this: never another's; none, unless the name itself tells."""
    own = standard_indicators()[alias.indicator_id].service
    return (own,) if alias.service or service_of(alias.printed_name) else (None, own)


def standard_of(name: str, unit: str | None, council: str | None, service: str | None) -> str | None:
    """The standard indicator that a printed name is; None if it is none, or may be two.

    A bare number under a name that says nothing of its unit may be an average. What an alias says of one council
    goes before what holds for all. A bare label of one word ("In custody") must be listed as it is printed.

    >>> standard_of("No. of LAC", "count", None, "children"), standard_of("Caseload", "count", None, "housing")
    ('cla_number', None)
    """
    units = [unit] if unit else []
    if unit == "count" and unit_of_name(name) in (None, "average"):
        units.append("average")
    for tried in units:
        words = loosened(name, tried)
        fitting = [a for a in _by_words().get((words, tried), ()) if service in _holds_for(a)]
        if is_label(name, tried) and not is_clear(words):
            fitting = [a for a in fitting if normalised(a.printed_name, tried) == normalised(name, tried)]
        of_council = {a.indicator_id for a in fitting if a.council and folded(a.council) == folded(council or "")}
        found = of_council or {a.indicator_id for a in fitting if not a.council}
        if found:
            return found.pop() if len(found) == 1 else None
    return None
