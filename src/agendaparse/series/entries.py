"""Frames of packs -> what minutes, reports and action logs print of matters that were raised, one entry each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from agendaparse.series.likeness import folded
from agendaparse.series.printings import publication_days

_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


@dataclass(frozen=True, slots=True)
class Entry:
    """One printing of a matter: a recommendation of a report, a resolution, a line of an action log."""

    kind: str
    pack_id: str
    council: str
    committee: str
    date: pd.Timestamp | None  # of the meeting that raised it
    minute: str | None
    title: str
    number: str | None
    text: str
    status: str | None
    published: pd.Timestamp | None
    pdf_page: int | None

    @property
    def order(self) -> tuple[str, str, int, str, str]:
        """By day of publication, then by place: the order in which a reader would meet them."""
        return (str(self.published or ""), self.pack_id, self.pdf_page or 0, self.number or "", self.text)

    @property
    def identity(self) -> tuple[str, ...]:
        """What the same entry has in common wherever it is printed."""
        parts = (self.council, self.committee, str(self.date or ""), self.minute, self.title, self.number, self.text)
        return tuple(folded(part or "") for part in parts)

    @property
    def ordinal(self) -> int | None:
        """Its number to count by: 2 for "(ii)", "2)" and "b."; None if it has none.

        >>> Entry("action", "p", "", "", None, None, "", "(ii)", "", None, None, 1).ordinal
        2
        """
        bare = folded(self.number or "")
        if bare.isdigit():
            return int(bare)
        if bare in _ROMAN[1:]:
            return _ROMAN.index(bare)
        return ord(bare) - ord("a") + 1 if len(bare) == 1 and bare.isascii() else None


# kind -> its frame, and what that calls date, minute, title and text.
_READ: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "recommendation": ("recommendations", {"meeting_date": "date", "item": "minute", "subject": "title"}),
    "resolution": ("resolutions", {"minutes_date": "date"}),
    "action": ("actions", {"date_raised": "date", "proposed": "text"}),
}
_FIELDS = ("date", "minute", "title", "number", "text", "status", "published", "pdf_page")


def find_entries(frames: Mapping[str, pd.DataFrame], kind: str) -> Iterator[Entry]:
    """All entries of a kind that have a text, in reading order of each pack.

    Raises KeyError on a kind other than recommendation, resolution and action.
    """
    name, columns = _READ[kind]
    packs = frames["packs"].assign(published=publication_days(frames["packs"]).array)
    found = frames[name].merge(packs, on="pack_id", how="left")
    if kind == "recommendation":
        subjects = frames["reports"].drop_duplicates(["pack_id", "item"])
        found = found.merge(subjects, on=["pack_id", "item"], how="left")
    found = found.rename(columns=columns)
    found = found[found["text"].notna()].reindex(columns=["pack_id", "council", "committee", *_FIELDS])
    for row in found.astype("object").to_dict("records"):
        given: dict[str, Any] = {str(name): None if pd.isna(value) else value for name, value in row.items()}
        given |= {name: given[name] or "" for name in ("council", "committee", "title")}
        yield Entry(kind=kind, **given)
