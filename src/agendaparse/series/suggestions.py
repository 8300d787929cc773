"""Names that may be one indicator: what speaks for it, and how much would be gained if a person said so."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from rapidfuzz import fuzz

from agendaparse.content.vocabulary import vocabulary
from agendaparse.dataframes import to_frame
from agendaparse.series.clusters import Pair
from agendaparse.series.evidence import figures, same_as_printed
from agendaparse.series.judgements import NOT_SAME, UNSURE, Judgement, folded
from agendaparse.series.names import loosened, normalised
from agendaparse.series.standard import standard_aliases, standard_indicators

# How much each thing counts of the whole, and what must come together before a question is asked.
_NAME, _REF, _NEIGHBOURS, _FIGURES = 0.6, 0.15, 0.15, 0.4
_ASKED, _ALIKE, _SURE = 0.54, 0.55, 0.85
_ENOUGH = 3  # shared periods that make the figures' word count in full
# A word, a figure or a reference that more names share than this tells nothing.
_COMMON_WORD, _COMMON_FIGURE = 30, 4
_MOST_EACH = 5
_PERIOD = ["period_start", "period_end"]


@dataclass(frozen=True)
class _Item:
    """One indicator at one council."""

    council: str | None
    unit: str
    name: str
    n: int
    standard: bool
    normal: str
    words: frozenset[str]
    spelled: frozenset[str]
    refs: frozenset[str]
    tables: frozenset[int]


@dataclass(frozen=True)
class _Figures:
    """What the figures of two items say: shared periods, how many agree, and periods that joining would add."""

    shared: int = 0
    agreed: int = 0
    gained: int = 0


def suggested(
    names: pd.DataFrame, observations: pd.DataFrame, of_row: pd.Series[int], judgements: Sequence[Judgement]
) -> pd.DataFrame:
    """The open questions (``unresolved``), those first by which most would be gained.

    Two rows of one table, names that a person parted, and names of which one says the opposite of the other are no
    question.
    """
    printed = names[names["n"] > 0]
    group = printed.groupby(["council", "unit", "indicator_id"], dropna=False).ngroup()
    items = _items(printed, group, observations, of_row)
    own = figures(observations, of_row, group).drop_duplicates(["group", *_PERIOD, "value"])
    pairs = [p for p in _candidates(items, own) if _askable(items[p[0]], items[p[1]], judgements)]
    told = _figures_of(pairs, own)
    beside = _neighbours(items)
    rows = [_row(items[a], items[b], told.get((a, b), _Figures()), beside[a], beside[b], judgements) for a, b in pairs]
    asked = _best([r for r in rows if r["score"] >= _ASKED])
    asked += list(_towards_vocabulary(items, judgements))
    asked.sort(key=lambda r: (-r["gained"], -r["score"], r["name_a"], r["name_b"], r["council"] or "", r["unit"]))
    return to_frame("unresolved", asked)


def _items(
    printed: pd.DataFrame, group: pd.Series[int], observations: pd.DataFrame, of_row: pd.Series[int]
) -> list[_Item]:
    rows = pd.DataFrame({"group": of_row.map(group), "ref": observations["ref"]})
    rows["table"] = pd.Series(pd.factorize(observations["table_id"])[0], index=rows.index)
    rows = rows.dropna(subset=["group"])
    tables = _sets(rows[rows["table"] >= 0], "table")
    refs = _sets(rows.dropna(subset=["ref"]), "ref")
    ordered = printed.assign(group=group).sort_values(["group", "n", "name"], ascending=[True, False, True])
    spelled = _sets(ordered, "folded")
    counts = ordered.groupby("group")["n"].sum()
    most = ordered.drop_duplicates("group")
    councils = most["council"].astype("object").where(most["council"].notna(), None)
    columns = zip(councils, *(most[c] for c in ("group", "unit", "name", "indicator_id")), strict=True)
    return [
        _Item(
            council,
            unit,
            name,
            int(counts[number]),
            indicator in standard_indicators(),
            normalised(name, unit),
            frozenset(loosened(name, unit).split()),
            *(frozenset(found.get(number, ())) for found in (spelled, refs, tables)),
        )
        for council, number, unit, name, indicator in columns
    ]


def _sets(rows: pd.DataFrame, column: str) -> dict[int, set[Any]]:
    """For each group what stands in a column."""
    found: dict[int, set[Any]] = defaultdict(set)
    once = rows[["group", column]].drop_duplicates()
    for group, value in zip(once["group"], once[column], strict=True):
        found[group].add(value)
    return found


def _candidates(items: Sequence[_Item], own: pd.DataFrame) -> list[Pair]:
    """Pairs of one council and unit that share a rare word, a reference, or figures of two periods."""
    place = [(i.council, i.unit) for i in items]
    by_word = _sharing(((p, w), n) for n, (p, i) in enumerate(zip(place, items, strict=True)) for w in i.words)
    alike = [p for p in by_word if _alike(items[p[0]], items[p[1]]) >= _ALIKE]
    by_ref = _sharing(((p, r), n) for n, (p, i) in enumerate(zip(place, items, strict=True)) for r in i.refs)
    return sorted({*alike, *by_ref, *_by_figures(place, own)})


def _sharing(keyed: Iterable[tuple[Hashable, int]]) -> set[Pair]:
    """The pairs that share a key, keys that very many have left out."""
    having: dict[Hashable, list[int]] = defaultdict(list)
    for key, number in keyed:
        having[key].append(number)
    few = (numbers for numbers in having.values() if 1 < len(numbers) <= _COMMON_WORD)
    return {pair for numbers in few for pair in itertools.combinations(numbers, 2)}


def _by_figures(place: Sequence[tuple[str | None, str]], own: pd.DataFrame) -> set[Pair]:
    """The pairs that have the same telling figure in at least two periods."""
    telling = own[(own["value"].abs() >= 10) | (own["value"] % 1 != 0)]  # noqa: PLR2004
    places = pd.Series(pd.factorize(pd.Series([repr(p) for p in place], dtype="object"))[0], dtype="int64")
    rows = telling[["group", *_PERIOD, "value"]].drop_duplicates().astype({"group": "int64"})
    rows["place"] = places.reindex(rows["group"]).to_numpy()
    rows["key"] = rows.groupby(["place", *_PERIOD, "value"]).ngroup()
    size = rows["key"].map(rows["key"].value_counts())
    few = rows.loc[(size > 1) & (size <= _COMMON_FIGURE), ["key", "group"]]
    both = few.merge(few, on="key", suffixes=("_a", "_b"))
    times = both[both["group_a"] < both["group_b"]].value_counts(["group_a", "group_b"])
    return {(int(a), int(b)) for a, b in times[times > 1].index}


def _alike(a: _Item, b: _Item) -> float:
    """How alike two names are, 0 to 1: as they are written, and with the words that both have put aside."""
    return (fuzz.token_sort_ratio(a.normal, b.normal) + fuzz.token_set_ratio(a.normal, b.normal)) / 200


def _askable(a: _Item, b: _Item, judgements: Sequence[Judgement]) -> bool:
    return not (a.tables & b.tables or (a.standard and b.standard) or opposite(a.words, b.words)) and not any(
        _said_of(j, a, b) for j in judgements if j.judgement == NOT_SAME
    )


def _said_of(judgement: Judgement, a: _Item, b: _Item) -> bool:
    if judgement.unit not in (None, a.unit):
        return False
    x, y = folded(judgement.name_a), folded(judgement.name_b)
    return (x in a.spelled and y in b.spelled) or (y in a.spelled and x in b.spelled)


def opposite(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two names speak of opposite things, by their words: started and ended, 10 and 20 days, with and without.

    >>> opposite(frozenset({"s47", "start"}), frozenset({"s47", "complete"})), opposite(frozenset("a"), frozenset("ab"))
    (True, False)
    """
    only_a, only_b = a - b, b - a
    listed = vocabulary("names")["opposites"]
    if (only_a | only_b) & set(listed["alone"]):
        return True
    if any(w[0].isdigit() for w in only_a) and any(w[0].isdigit() for w in only_b):
        return True
    return any((x in only_a and y in only_b) or (y in only_a and x in only_b) for x, y in listed["pairs"])


def _figures_of(pairs: Sequence[Pair], own: pd.DataFrame) -> dict[Pair, _Figures]:
    """What the figures say of each pair; a period with two values agrees if any two do."""
    asked = pd.DataFrame(pairs, columns=["a", "b"], dtype="int64")
    values = own[["group", *_PERIOD, "value"]].astype({"group": "int64"})
    left = asked.merge(values.rename(columns={"group": "a", "value": "value_a"}), on="a")
    both = left.merge(values.rename(columns={"group": "b", "value": "value_b"}), on=["b", *_PERIOD])
    both["same"] = same_as_printed(both["value_a"], both["value_b"])
    periods = both.groupby(["a", "b", *_PERIOD])["same"].any().groupby(level=[0, 1]).agg(["size", "sum"])
    length = values.drop_duplicates(["group", *_PERIOD])["group"].value_counts()
    shared = {(int(a), int(b)): (int(n), int(s)) for (a, b), n, s in periods.itertuples()}
    found = {}
    for a, b in pairs:
        n, agreed = shared.get((a, b), (0, 0))
        found[a, b] = _Figures(n, agreed, int(min(length.get(a, 0), length.get(b, 0))) - n)
    return found


def _neighbours(items: Sequence[_Item]) -> list[frozenset[str]]:
    """For each item the names that stand in a table with it."""
    inside: dict[int, set[str]] = defaultdict(set)
    for item in items:
        for table in item.tables:
            inside[table].add(item.normal)
    return [frozenset().union(*(inside[t] for t in i.tables)) - {i.normal} for i in items]


def _row(
    a: _Item, b: _Item, told: _Figures, near_a: frozenset[str], near_b: frozenset[str], judgements: Sequence[Judgement]
) -> dict[str, Any]:
    a, b, near_a, near_b = (a, b, near_a, near_b) if a.name <= b.name else (b, a, near_b, near_a)
    alike = _alike(a, b)
    refs = sorted(a.refs & b.refs)
    near = len(near_a & near_b) / min(len(near_a), len(near_b)) if near_a and near_b else 0.0
    weight = min(1.0, told.shared / _ENOUGH)
    agreed = told.agreed / told.shared if told.shared else 0.0
    score = _NAME * alike + _REF * bool(refs) + _NEIGHBOURS * near + _FIGURES * weight * (2 * agreed - 1)
    reasons = [f"names {alike:.0%} alike"]
    reasons += [f"same reference {refs[0]}"] if refs else []
    reasons += [f"{near:.0%} of their neighbours in tables are the same"] if near else []
    reasons += [f"{told.agreed} of {told.shared} shared periods agree"] if told.shared else []
    reasons += [f"unsure: {j.by or 'somebody'}" for j in judgements if j.judgement == UNSURE and _said_of(j, a, b)]
    return {
        "name_a": a.name,
        "name_b": b.name,
        "unit": a.unit,
        "council": a.council,
        "score": round(float(np.clip(score, 0, 1)), 3),
        "reasons": "; ".join(reasons),
        "n_observations_a": a.n,
        "n_observations_b": b.n,
        "gained": told.gained,
    }


def _best(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The best few questions about each name: who has answered them has answered the rest."""
    asked: Counter[tuple[Any, ...]] = Counter()
    kept = []
    for row in sorted(rows, key=lambda r: (-r["score"], r["name_a"], r["name_b"])):
        ends = [(row["council"], row["unit"], row[side]) for side in ("name_a", "name_b")]
        if all(asked[end] < _MOST_EACH for end in ends):
            asked.update(ends)
            kept.append(row)
    return kept


def _towards_vocabulary(items: Sequence[_Item], judgements: Sequence[Judgement]) -> Iterator[dict[str, Any]]:
    """For a name that is no standard indicator, the one whose names are most like it; none where two are."""
    names, having = _standard_names()
    judged = {frozenset((folded(j.name_a), folded(j.name_b))) for j in judgements}
    for item in items:
        if item.standard or len(item.words) == 1:
            continue
        scores: dict[str, float] = {}
        shared = Counter(n for word in item.words for n in having.get((item.unit, word), ()))
        for number, times in shared.items():
            standard, words, sorted_words = names[number]
            if times * 2 > max(len(item.words), len(words)) and not opposite(item.words, words):
                alike = fuzz.ratio(" ".join(sorted(item.words)), sorted_words) / 100
                scores[standard] = max(alike, scores.get(standard, 0.0))
        best = max(scores.values(), default=0.0)
        found = [standard_indicators()[s].name for s, score in scores.items() if score == best]
        if best < _SURE or len(found) != 1:
            continue
        if not any(frozenset((name, folded(found[0]))) in judged for name in item.spelled):
            yield {
                "name_a": item.name,
                "name_b": found[0],
                "unit": item.unit,
                "council": item.council,
                "score": round(best, 3),
                "reasons": f"words {best:.0%} like those of a standard indicator",
                "n_observations_a": item.n,
                "n_observations_b": 0,
                "gained": 0,
            }


@cache
def _standard_names() -> tuple[list[tuple[str, frozenset[str], str]], Mapping[tuple[str, str], list[int]]]:
    """The names of the standard indicators by their words; for a unit and a word the numbers of those that have it."""
    units = {s.indicator_id: s.unit for s in standard_indicators().values()}
    loose = sorted({(a.indicator_id, loosened(a.printed_name, units[a.indicator_id])) for a in standard_aliases()})
    having: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, (indicator, words) in enumerate(loose):
        for word in words.split():
            having[units[indicator], word].append(number)
    return [(indicator, frozenset(words.split()), words) for indicator, words in loose], having
