"""Indicators: the printed names that are one thing, by equal names, the vocabulary and written judgements."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

import numpy as np
import pandas as pd

from agendaparse.dataframes import as_frame
from agendaparse.series.clusters import Evidence, Pair, clustered
from agendaparse.series.evidence import unlike_pairs
from agendaparse.series.judgements import Judgement, barred_pairs, check_judgements, folded, same_groups
from agendaparse.series.names import is_label, normalised, service_of, speaks
from agendaparse.series.printed import PrintedNames, printed_names
from agendaparse.series.standard import exact_aliases, standard_indicators, standard_of
from agendaparse.series.suggestions import suggested

_LONGEST = 80
_GOOD_PART = 0.3
_SIGNS = {"+": " or more", "%": " percent ", "<": " under ", ">": " over ", "£": " pounds "}


@dataclass(frozen=True)
class Indicators:
    """What is measured, and under which names: frames with the columns of ``frames.FRAMES``, and each row's key."""

    indicators: pd.DataFrame = field(repr=False)
    aliases: pd.DataFrame = field(repr=False)
    key_of: pd.Series[str] = field(repr=False)  # indicator_id, on the observations' index; <NA> where a row has none
    ask: Callable[[], pd.DataFrame] = field(repr=False)

    @cached_property
    def unresolved(self) -> pd.DataFrame:
        """The names that may be one indicator, looked for when somebody asks: that takes as long as all the rest."""
        return self.ask()


def find_indicators(
    observations: pd.DataFrame, packs: pd.DataFrame, judgements: Sequence[Judgement] = ()
) -> Indicators:
    """The indicators of all observations; the order of rows and packs does not matter.

    Names are one indicator only by a written judgement, an equal normalised name with an agreeing unit, or an alias
    in the vocabulary. What else looks alike stands in ``unresolved``. Raises JudgementError where judgements
    contradict each other.

    >>> found = find_indicators(pack.observations, pack.packs)  # doctest: +SKIP
    >>> found.key_of.iloc[0]  # doctest: +SKIP
    'cla_number'
    """
    check_judgements(judgements)
    printed = printed_names(observations, packs)
    names = _with_judged(printed.names, judgements)
    names["normal"] = [normalised(n, u) for n, u in zip(names["name"], names["unit"], strict=True)]
    names["standard"] = _standards(names, observations, printed.of_row)
    names["n"] = printed.of_row.value_counts().reindex(names.index, fill_value=0)
    names["indicator_id"] = _identified(names, judgements, observations, printed)
    key_of = printed.of_row.map(names["indicator_id"]).astype("string").rename("indicator_id")
    return Indicators(
        _indicators(names, observations, key_of),
        _aliases(names, judgements, observations, packs, printed.of_row),
        key_of,
        partial(suggested, names, observations, printed.of_row, judgements),
    )


def _with_judged(names: pd.DataFrame, judgements: Sequence[Judgement]) -> pd.DataFrame:
    """The printed names, and behind them those that judgements name but nobody prints: they may link others."""
    units = sorted(names["unit"].unique())
    have = set(zip(names["folded"], names["unit"], strict=True))
    judged = {(folded(n), u) for j in judgements for n in (j.name_a, j.name_b) for u in ([j.unit] if j.unit else units)}
    more = [{"folded": n, "unit": u, "service": service_of(n), "name": n} for n, u in sorted(judged - have)]
    return pd.concat([names, pd.DataFrame(more, columns=names.columns, dtype="string")], ignore_index=True)


def _standards(names: pd.DataFrame, observations: pd.DataFrame, of_row: pd.Series[int]) -> pd.Series[str]:
    """The standard indicator of each name; a bare label is one only in a table of which a good part is standard."""
    columns = (_plain(names[c]) for c in ("name", "unit", "council", "service"))
    found = [
        standard_of(str(name), unit, council, service) for name, unit, council, service in zip(*columns, strict=True)
    ]
    standards = pd.Series(found, index=names.index, dtype="string")
    labels = [s is not None and is_label(n, u) for s, n, u in zip(found, names["name"], names["unit"], strict=True)]
    inside = pd.DataFrame({"table": observations["table_id"], "name": of_row}).dropna().drop_duplicates()
    inside["known"] = inside["name"].map(standards.notna())
    inside["share"] = inside.groupby("table")["known"].transform("mean")
    share = inside.groupby("name")["share"].max().reindex(names.index).fillna(1.0)
    return standards.mask(pd.Series(labels, index=names.index, dtype="bool") & (share < _GOOD_PART))


def _plain(values: pd.Series[str]) -> list[str | None]:
    return [None if pd.isna(v) else str(v) for v in values]


def _identified(
    names: pd.DataFrame, judgements: Sequence[Judgement], observations: pd.DataFrame, printed: PrintedNames
) -> list[str]:
    """The indicator of each name: clusters by judgements, then by equal names, then by the vocabulary.

    Behind the names stands an anchor for each normalised name and each standard indicator: which cluster goes by that
    name is the one with its anchor, however many were barred from it.
    """
    units, services, standards = (_plain(names[c]) for c in ("unit", "service", "standard"))
    normal = [
        (str(n), str(u), known or service)
        for n, u, known, service in zip(names["normal"], units, standards, services, strict=True)
    ]
    words, known = sorted(set(normal), key=repr), sorted({s for s in standards if s})
    alike = pd.Series([known or repr(key) for known, key in zip(standards, normal, strict=True)], index=names.index)
    said = _barred_by_judgement(names, judgements)
    unlike = unlike_pairs(alike, observations, printed.of_row)
    size = len(names) + len(words) + len(known)
    nothing = [None] * (len(words) + len(known))
    judged = Evidence([*_judged(names, judgements), *nothing])
    equal = Evidence([*normal, *words, *[None] * len(known)], said | unlike)
    agreed = _agreed(clustered(size, [judged, equal]), [*standards, *nothing])[: len(names)]
    barred = said | _not_listed(unlike, names, standards)
    anchors = frozenset(range(len(names) + len(words), size))
    spoken = [s if speaks(str(n)) else None for s, n in zip(agreed, names["name"], strict=True)]
    strengths = [
        Evidence([*keys, *[None] * len(words), *known], barred, anchors | frozenset(firm))
        for keys, firm in ((spoken, ()), (agreed, (i for i, s in enumerate(spoken) if s)))
    ]
    return _named(clustered(size, [judged, equal, *strengths]), normal, [*words, *known], names)


def _judged(names: pd.DataFrame, judgements: Sequence[Judgement]) -> list[Hashable | None]:
    groups = {unit: same_groups(judgements, str(unit)) for unit in names["unit"].unique()} if judgements else {}
    pairs = zip(names["folded"], names["unit"], strict=True)
    return [(groups[u][f], u) if f in groups.get(u, ()) else None for f, u in pairs]


def _barred_by_judgement(names: pd.DataFrame, judgements: Sequence[Judgement]) -> frozenset[Pair]:
    pairs: set[Pair] = set()
    for unit, of_unit in names.groupby("unit", observed=True):
        barred = barred_pairs(judgements, str(unit))
        first = same_groups(judgements, str(unit)) if barred else {}
        places: dict[str, list[int]] = {}
        for place, name in zip(of_unit.index if barred else (), of_unit["folded"], strict=False):
            places.setdefault(first.get(name, name), []).append(int(place))
        for a, b in (sorted(pair) for pair in barred):
            pairs |= {(i, j) for i in places.get(a, ()) for j in places.get(b, ())}
    return frozenset(pairs)


def _not_listed(pairs: frozenset[Pair], names: pd.DataFrame, standards: Sequence[str | None]) -> frozenset[Pair]:
    """The pairs of which not both names stand in the vocabulary as printed: who listed them knew what they are."""
    exact = exact_aliases()
    listed = [s is not None and n in exact[s] for n, s in zip(names["folded"], standards, strict=True)]
    return frozenset((a, b) for a, b in pairs if not (listed[a] and listed[b]))


def _agreed(clusters: Sequence[int], standards: Sequence[str | None]) -> list[str | None]:
    """The standard indicator of each name's cluster; none where it has two candidates."""
    found: dict[int, set[str]] = {}
    for cluster, standard in zip(clusters, standards, strict=True):
        if standard is not None:
            found.setdefault(cluster, set()).add(standard)
    return [min(found[c]) if len(found.get(c, ())) == 1 else None for c in clusters]


def _named(
    clusters: Sequence[int],
    normal: Sequence[tuple[str, str, str | None]],
    anchors: Sequence[tuple[str, str, str | None] | str],
    names: pd.DataFrame,
) -> list[str]:
    """An id for each name: the standard one that its cluster is anchored to, else one made of the words."""
    standard: dict[int, str] = {}
    worded: dict[int, str] = {}
    for cluster, anchor in zip(clusters[len(names) :], anchors, strict=True):
        if isinstance(anchor, str):
            standard[cluster] = anchor
        else:
            worded[cluster] = min(worded.get(cluster, "~"), _slug(*anchor))
    columns = (_plain(names[c]) for c in ("council", "folded", "unit", "service"))
    for cluster, key, own in zip(clusters, normal, zip(*columns, strict=True), strict=False):
        if (cluster not in standard and cluster not in worded) or worded.get(cluster, "").startswith("="):
            worded[cluster] = min(worded.get(cluster, "~"), "=" + _slug(*key) + "_" + _digest(repr(own)))
    return [standard.get(c) or worded[c].removeprefix("=") for c in clusters[: len(names)]]


def _slug(normal: str, unit: str, context: str | None) -> str:
    """An id made of words: "missed bin", count is missed_bin_count; a service that the words do not tell is added.

    >>> _slug("complaint received", "count", "housing"), _slug("missed bin", "count", "environment")
    ('complaint_received_housing_count', 'missed_bin_count')
    """
    text = "".join(_SIGNS.get(c, c) for c in normal)
    words = re.findall(r"[a-z0-9]+", text) or ["unnamed"]
    if context and context not in standard_indicators() and service_of(normal) != context:
        words.append(context)
    whole = "_".join([*words, unit])
    return whole if len(whole) <= _LONGEST else f"{whole[:_LONGEST]}_{_digest(whole)}"


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=3).hexdigest()


def _indicators(names: pd.DataFrame, observations: pd.DataFrame, key_of: pd.Series[str]) -> pd.DataFrame:
    """One row an indicator that is printed; its name the vocabulary's, or else the one printed most often."""
    rows = pd.DataFrame({"id": key_of, "start": observations["period_start"], "end": observations["period_end"]})
    found = rows.groupby("id").agg(n=("id", "size"), first=("start", "min"), last=("end", "max"))
    most = names.sort_values(["n", "name"], ascending=[False, True]).drop_duplicates("indicator_id")
    most = most.set_index("indicator_id").loc[found.index]
    known = [standard_indicators().get(str(i)) for i in found.index]
    told = {
        column: [(getattr(s, column) or None) if s else None for s in known]
        for column in ("polarity", "definition", "lait_topic", "lait_measure", "esd_id")
    }
    columns = {
        "indicator_id": found.index,
        "name": [s.name if s else name for s, name in zip(known, most["name"], strict=True)],
        "unit": [s.unit if s and s.unit else unit for s, unit in zip(known, most["unit"], strict=True)],
        **told,
        "n_observations": found["n"],
        "first_period": found["first"],
        "last_period": found["last"],
    }
    return as_frame("indicators", columns)


def _aliases(
    names: pd.DataFrame, judgements: Sequence[Judgement], observations: pd.DataFrame, packs: pd.DataFrame, places: Any
) -> pd.DataFrame:
    """One row for each spelling, reference and unit of a name at a council."""
    meetings = packs.drop_duplicates("pack_id").set_index("pack_id")["meeting_date"]
    rows = pd.DataFrame(
        {
            "place": places,
            "printed_name": observations["indicator"],
            "ref": observations["ref"],
            "met": meetings.reindex(observations["pack_id"]).to_numpy(),
        }
    ).dropna(subset=["place"])
    by = ["place", "printed_name", "ref"]
    found = rows.groupby(by, dropna=False, sort=False).agg(n=("met", "size"), first=("met", "min"), last=("met", "max"))
    found = found.reset_index()
    of = names.loc[found["place"].to_numpy(dtype=int)].reset_index(drop=True)
    judged = pd.Series([key is not None for key in _judged(of, judgements)], dtype=bool)
    standard = of["indicator_id"].isin(standard_indicators())
    evidence = np.where(judged, "judgement", np.where(standard, "vocabulary", "same name"))
    columns = {
        **{c: of[c] for c in ("indicator_id", "council", "unit")},
        **{c: found[c] for c in ("printed_name", "ref")},
        "evidence": evidence,
        "valid_from": found["first"],
        "valid_to": found["last"],
        "n_observations": found["n"],
    }
    frame = as_frame("aliases", columns)
    return frame.sort_values(list(frame.columns), ignore_index=True)
