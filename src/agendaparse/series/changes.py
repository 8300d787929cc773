"""What befell the indicators from meeting to meeting: added, renamed, printed anew as a whole, dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from agendaparse.dataframes import to_frame

# Of two packs of a committee that share so many of the first one's indicators, both bring the same report.
_SAME_REPORT = 0.5
# A late entry or two change a month or two; where a pack changes nearly all that was printed before, the basis changed.
_LEAST_PERIODS, _MOST_OF = 3, 0.8


@dataclass(slots=True)
class Contents:
    """What one pack prints: the council's own indicators, each with its names in the order of print."""

    pack_id: str
    published: pd.Timestamp
    names: dict[str, list[str]] = field(default_factory=dict)

    def brings(self, other: Contents) -> bool:
        """Whether it brings the report that the other brings, though not in all the same."""
        return len(self.names.keys() & other.names.keys()) >= _SAME_REPORT * len(other.names)


def find_changes(printings: pd.DataFrame, packs: pd.DataFrame, revisions: pd.DataFrame) -> pd.DataFrame:
    """The table ``changes``, by council, committee and day.

    An indicator is *added* or *dropped* where the same report was there without it, before or after: packs of other
    content, and papers without a date, say nothing. It is *renamed* where a pack prints it under none of its earlier
    names. It is *rebased* where a pack prints anew three periods or more, and nearly all that it had in common with
    earlier ones.
    """
    committees = dict(zip(packs["pack_id"], packs["committee"], strict=True))
    rows: list[dict[str, Any]] = []
    for (council, committee), contents in _by_committee(printings, committees).items():
        place = {"council": council, "committee": committee}
        rows += [place | row for row in (*_comings_and_goings(contents), *_renamings(contents))]
    rows += [row | {"committee": committees[row["pack_id"]]} for row in _rebasings(printings, revisions)]
    found = to_frame("changes", rows)
    by = ["council", "committee", "published", "pack_id", "kind", "indicator_id"]
    return found.sort_values(by, kind="stable", ignore_index=True)


def _by_committee(printings: pd.DataFrame, committees: Mapping[str, Any]) -> dict[Any, list[Contents]]:
    own = printings[printings["comparator"].isna() & printings["published"].notna()]
    columns = ["council", "published", "pack_id", "indicator_id", "indicator"]
    distinct = own[columns].drop_duplicates().sort_values(columns, kind="stable").astype("object")
    found: dict[Any, dict[str, Contents]] = {}
    for council, published, pack_id, indicator_id, name in distinct.itertuples(index=False):
        committee = committees[pack_id]
        packs = found.setdefault((_none(council), _none(committee)), {})
        packs.setdefault(pack_id, Contents(pack_id, published)).names.setdefault(indicator_id, []).append(name)
    return {key: sorted(packs.values(), key=lambda c: (c.published, c.pack_id)) for key, packs in found.items()}


def _none(value: Any) -> Any:
    return None if pd.isna(value) else value


def _comings_and_goings(contents: Sequence[Contents]) -> Iterator[dict[str, Any]]:
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for at, pack in enumerate(contents):
        for indicator in pack.names:
            first.setdefault(indicator, at)
            last[indicator] = at
    for indicator, at in first.items():
        pack = contents[at]
        if any(pack.brings(earlier) for earlier in contents[:at] if earlier.published < pack.published):
            yield _row(indicator, "added", pack, after=pack.names[indicator][0])
    for indicator, at in last.items():
        pack = contents[at]
        after = (later for later in contents[at + 1 :] if later.published > pack.published and later.brings(pack))
        if (without := next(after, None)) is not None:
            yield _row(indicator, "dropped", without, before=pack.names[indicator][0])


def _renamings(contents: Sequence[Contents]) -> Iterator[dict[str, Any]]:
    earlier: dict[str, list[str]] = {}
    for pack in contents:
        for indicator, names in pack.names.items():
            known = earlier.setdefault(indicator, [])
            if known and not set(known) & set(names):
                yield _row(indicator, "renamed", pack, before=known[-1], after=names[0])
            earlier[indicator] = [*known, *(n for n in names if n not in known)]


def _row(indicator: str, kind: str, pack: Contents, **names: str) -> dict[str, Any]:
    return {"indicator_id": indicator, "kind": kind, "published": pack.published, "pack_id": pack.pack_id, **names}


def _rebasings(printings: pd.DataFrame, revisions: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Packs that restate nearly all periods of an indicator that they have in common with earlier packs."""
    own = printings[printings["comparator"].isna() & (printings["measure"] == "actual") & printings["value"].notna()]
    again = own[own["day"] > own.groupby("figure")["day"].transform("min")]
    by = ["indicator_id", "council", "pack_id", "published"]
    printed = again.groupby(by, dropna=False)["figure"].nunique()
    restated = revisions[(revisions["kind"] == "restated") & (revisions["measure"] == "actual")]
    restated = restated[restated["comparator"].isna()]
    ratios = (restated["value"] / restated["other_value"]).groupby([restated[c] for c in by], dropna=False)
    counted = pd.DataFrame({"n_periods": ratios.size(), "ratio": ratios.median()}).join(printed.rename("common"))
    enough = (counted["n_periods"] >= _LEAST_PERIODS) & (counted["n_periods"] >= _MOST_OF * counted["common"])
    for row in counted[enough].reset_index().drop(columns="common").to_dict("records"):
        yield {"kind": "rebased", **{str(name): _none(value) for name, value in row.items()}}
