"""What a meeting asked for, followed: recommendation, resolution, lines of later action logs, until it is closed."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd

from agendaparse.content.vocabulary import word_list
from agendaparse.dataframes import to_frame
from agendaparse.series.entries import Entry, find_entries
from agendaparse.series.likeness import folded, likeness, words
from agendaparse.series.near_words import ByWords

# A log may give the date of a meeting a day or two wrong; meetings of one committee lie further apart.
NEAR = 3
ALIKE = 0.7
ALIKE_UNDATED = 0.85
_SAME_NUMBER, _OTHER_NUMBER, _SAME_TITLE = 0.15, -0.1, 0.15
# "That the report be noted" is in many minutes: texts of so few words need alike titles, too.
_FEW_WORDS = 4
_TITLES_ALIKE = 0.5
_COMMITTEES_ALIKE = 0.75
_ROUNDING = 1e-6
_ID_DIGITS = 12
_KINDS = ("recommendation", "resolution", "action")

Group = list[Entry]  # printings of one thing, in order: a resolution in two packs, a line in successive logs


@dataclass(frozen=True, slots=True)
class Thread:
    """One matter: its resolution, if minutes record it, with what proposed it, and its lines in action logs."""

    name: Entry  # whose identity names it
    recommendations: Sequence[Entry]
    resolution: Sequence[Entry]
    actions: Sequence[Entry]

    @property
    def entries(self) -> list[Entry]:
        """All its printings, in the order of publication, and of the meeting within a day."""
        found = [*self.recommendations, *self.resolution, *self.actions]
        return sorted(found, key=lambda e: (str(e.published or ""), _KINDS.index(e.kind), e.order))

    @property
    def head(self) -> Entry:
        """The printing that says what was asked for: the resolution, else the first line of a log."""
        return (self.resolution or self.actions)[0]


class Threads(pd.DataFrame):
    """The table ``threads``, a DataFrame, with its entries at hand."""

    _metadata: ClassVar[list[str]] = ["_entries"]

    def __init__(self, data: Any = None, entries: pd.DataFrame | None = None, **how: Any) -> None:
        super().__init__(data, **how)  # type: ignore[call-arg]
        self._entries = entries

    @property
    def _constructor(self) -> type[Threads]:
        return Threads

    def timeline(self) -> pd.DataFrame:
        """Each step of these threads, oldest first: when it was printed, what it was, and whether it closed it.

        Of a selection (``threads[threads["days_open"] > 100]``) only its own steps.
        """
        steps = self._entries if self._entries is not None else to_frame("thread_entries", [])
        heads = pd.DataFrame(self)[["thread_id", "raised_on", "title"]]
        joined = heads.merge(steps.drop(columns="title"), on="thread_id")
        joined["closes"] = joined["status"].map(lambda s: is_closed(None if pd.isna(s) else s)).astype("boolean")
        columns = ["thread_id", "raised_on", "title", "published", "kind", "date", "minute", "number", "text", "status"]
        return joined[[*columns, "closes", "pack_id", "pdf_page"]]


def find_threads(frames: Mapping[str, pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables ``threads`` and ``thread_entries``.

    Every line of an action log is followed through later logs, and tied to the resolution that it is most alike to:
    by text, number and title, among those of the same council, committee and day. A resolution that no log takes
    up is a thread of its own. Reports' recommendations are tied to the resolutions that they led to.
    """
    groups = {kind: group_entries(find_entries(frames, kind)) for kind in _KINDS}
    threads = list(_joined(groups))
    rows = [(_thread_id(t.name), t) for t in threads]
    heads = to_frame("threads", (_thread_row(i, t) for i, t in rows))
    entries = to_frame("thread_entries", (_entry_row(i, e) for i, t in rows for e in t.entries))
    heads = heads.sort_values(["raised_on", "thread_id"], kind="stable", ignore_index=True)
    place = entries["thread_id"].map(dict(zip(heads["thread_id"], heads.index, strict=True)))
    return heads, entries.iloc[place.argsort(kind="stable")].reset_index(drop=True)


def _joined(groups: Mapping[str, list[Group]]) -> Iterator[Thread]:
    resolutions = groups["resolution"]
    index = Index(resolutions)
    logged: dict[int, list[Group]] = {}
    for action in groups["action"]:
        at = index.likest(action[0])
        if at is None:
            yield Thread(action[0], (), (), action)
        else:
            logged.setdefault(at, []).append(action)
    proposed: dict[int, list[Entry]] = {}
    for recommendation in groups["recommendation"]:
        at = index.likest(recommendation[0])
        if at is not None:
            proposed.setdefault(at, []).extend(recommendation)
    for at, resolution in enumerate(resolutions):
        first, *more = logged.get(at, [[]])
        yield Thread(resolution[0], proposed.get(at, ()), resolution, first)
        for action in more:  # a resolution of several points, each a line of its own
            yield Thread(action[0], proposed.get(at, ()), resolution, action)


def group_entries(entries: Iterable[Entry]) -> list[Group]:
    """Entries of one kind, those of one thing together; a pack prints it once.

    The same words are one thing; texts that are alike are joined, the likest first, unless one pack has both.
    """
    same: dict[tuple[str, ...], Group] = {}
    for entry in sorted(entries, key=lambda e: e.order):
        same.setdefault(entry.identity, []).append(entry)
    groups = list(same.values())
    index = Index(groups)
    pairs = [(score, i, j) for i, group in enumerate(groups) for j, score in index.alike(group[0]) if i < j]
    joined: dict[int, int] = {}  # a group -> the earlier one that took it up
    for _, i, j in sorted(pairs, key=lambda p: (-p[0], p[1], p[2])):
        a, b = sorted((_root(joined, i), _root(joined, j)))
        if a != b and not {e.pack_id for e in groups[a]} & {e.pack_id for e in groups[b]}:
            groups[a] = sorted([*groups[a], *groups[b]], key=lambda e: e.order)
            joined[b] = a
    return [group for i, group in enumerate(groups) if i not in joined]


def _root(joined: Mapping[int, int], at: int) -> int:
    while at in joined:
        at = joined[at]
    return at


class Index:
    """Groups by council and day, or by their words, so that an entry is compared with few of them."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._heads = [g[0] for g in groups]
        self._dated: dict[str, list[tuple[int, int]]] = {}
        for at, head in enumerate(self._heads):
            if head.date is not None:
                self._dated.setdefault(folded(head.council), []).append((head.date.toordinal(), at))
        for days in self._dated.values():
            days.sort()
        self._by_words: dict[tuple[str, float], ByWords] = {}  # by council and share; few have logs without dates

    def alike(self, entry: Entry) -> Iterator[tuple[int, float]]:
        """The groups that may be of the same thing as the entry, with their scores."""
        near, least = (self._undated(entry), ALIKE_UNDATED) if entry.date is None else (self._by_day(entry), ALIKE)
        for at in near:
            score = alikeness(entry, self._heads[at])
            if score >= least:
                yield at, score

    def _by_day(self, entry: Entry) -> Iterator[int]:
        days = self._dated.get(folded(entry.council), [])
        day = entry.date.toordinal() if entry.date is not None else 0
        from_, to = bisect_left(days, (day - NEAR, -1)), bisect_left(days, (day + NEAR + 1, -1))
        return (at for _, at in days[from_:to])

    def _undated(self, entry: Entry) -> Sequence[int]:
        council, share = folded(entry.council), _least_share(entry)
        if (council, share) not in self._by_words:
            texts = {at: self._heads[at].text for _, at in self._dated.get(council, [])}
            self._by_words[council, share] = ByWords(texts, share)
        return self._by_words[council, share].near(entry.text)

    def likest(self, entry: Entry) -> int | None:
        """The group that is most alike to the entry; the first of several; None if none is alike enough."""
        found = list(self.alike(entry))
        return max(found, key=lambda f: (f[1], -f[0]))[0] if found else None


def _least_share(entry: Entry) -> float:
    """What another text must have in common with an undated entry's, if number and title do all they can."""
    number = _SAME_NUMBER if entry.ordinal is not None else 0.0
    return ALIKE_UNDATED - number - (_SAME_TITLE if entry.title else 0.0) - _ROUNDING


def alikeness(a: Entry, b: Entry) -> float:
    """How sure it is that two entries are of one thing: their texts' likeness, helped by number and title."""
    if a.committee and b.committee and likeness(a.committee, b.committee) < _COMMITTEES_ALIKE:
        return 0.0
    title = likeness(a.title, b.title)
    if min(words(a.text).total(), words(b.text).total()) < _FEW_WORDS and title < _TITLES_ALIKE:
        return 0.0
    number = 0.0
    if a.ordinal is not None and b.ordinal is not None:
        number = _SAME_NUMBER if a.ordinal == b.ordinal else _OTHER_NUMBER
    return likeness(a.text, b.text) + number + _SAME_TITLE * title


def is_closed(status: str | None) -> bool:
    """Whether a status says that the matter is closed.

    >>> is_closed("Completed - 12/01/2024"), is_closed("Partially complete"), is_closed(None)
    (True, False, False)
    """
    text = f" {folded(status or '')} "
    return _says(text, "ended") or (not _says(text, "open") and _says(text, "closed"))


def _says(text: str, which: str) -> bool:
    return any(f" {folded(phrase)} " in text for phrase in word_list("threads", which))


def _thread_id(name: Entry) -> str:
    return hashlib.sha256("|".join((name.kind, *name.identity)).encode()).hexdigest()[:_ID_DIGITS]


def _thread_row(thread_id: str, thread: Thread) -> dict[str, Any]:
    entries, head = thread.entries, thread.head
    days = [e.published for e in entries if e.published is not None]
    statuses = [e.status for e in entries if e.status]
    until = next((e.published for e in entries if is_closed(e.status)), max(days, default=None))
    raised = head.date
    return {
        "thread_id": thread_id, "council": head.council or None, "committee": head.committee or None,
        "raised_on": raised, "title": head.title or None, "text": head.text,
        "first_seen": min(days, default=None), "last_seen": max(days, default=None),
        "last_status": statuses[-1] if statuses else None,
        "days_open": (until - raised).days if until is not None and raised is not None else None,
        "n_entries": len(entries),
    }  # fmt: skip


def _entry_row(thread_id: str, entry: Entry) -> dict[str, Any]:
    fields = ("pack_id", "kind", "date", "minute", "title", "number", "text", "status", "published", "pdf_page")
    return {"thread_id": thread_id, **{name: getattr(entry, name) for name in fields}}
