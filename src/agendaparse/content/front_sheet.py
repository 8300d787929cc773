"""The front sheet: which meeting this is, and who sits on the committee."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib import resources

from agendaparse.content.claims import Claims
from agendaparse.content.dates import find_dates, parse_date, parse_time
from agendaparse.content.stamps import StampedPage
from agendaparse.content.text import plain
from agendaparse.layout.lines import Line
from agendaparse.profile import Profile
from agendaparse.records import Document, Meeting, Member

_HEAD = 30  # lines in which a paper on its own says which meeting it is of
_FRONT_WEIGHT = 3  # a council named on the front sheet counts as often as this many times elsewhere
_SMALL = {"of", "and", "the", "for", "in", "on", "upon", "to", "with"}
_DAY_FIRST = re.compile(r"(?:\w+day,? )?\d", re.IGNORECASE)  # the closing date begins its line
_OPENING = re.compile(
    r"minutes|notes|decisions?|record|summons|a meeting|meeting|(?:mon|tues|wednes|thurs|fri|satur|sun)day",
    re.IGNORECASE,
)
_NO_NAME = {
    "the",
    "this",
    "our",
    "all",
    "to",
    "for",
    "that",
    "leader",
    "mayor",
    "members",
    "chair",
    "services",
    "of",
    "and",
}
_DOMAIN = re.compile(r"(?:@|www\.|https?://)(?:[\w-]+\.)*?([\w-]+)\.(?:gov\.uk|gov)\b")
_COLUMN_GAP = 2.5  # of the font size: a front sheet's columns stand further apart than words


def read_meeting(
    pages: Sequence[StampedPage], documents: Sequence[Document], profile: Profile, claims: Claims
) -> Meeting:
    """What the papers say of the meeting: council, committee, day, time, venue, day of publication."""
    front = _front_lines(pages, documents)
    texts = [plain(line.text) for line in front]
    kind = documents[0].kind
    lead = _lead(texts, kind, profile)
    claims.claim([line for line, text in zip(front, texts, strict=True) if find_dates(text)], "front_sheet")
    date = parse_date(lead) if lead else None
    return Meeting(
        council=_council(pages, front, profile),
        committee=_committee(front, texts, kind, profile),
        meeting_date=date,
        start_time=_start_time(texts, date),
        venue=_venue(texts, kind, profile),
        published_date=_published(pages, documents, texts, date, profile),
    )


def _front_lines(pages: Sequence[StampedPage], documents: Sequence[Document]) -> list[Line]:
    """The lines of the front sheet and the agenda's first page; of a paper on its own, its head."""
    if documents[0].kind in ("front_sheet", "agenda"):
        last = next((d.pdf_first for d in documents if d.kind == "agenda"), documents[0].pdf_first)
        numbers = [n for n in range(1, last + 1) if n <= 2 or n == last]  # noqa: PLR2004
        return [line for n in numbers for line in pages[n - 1].page.lines if line.angle == 0]
    return [line for line in pages[0].page.lines if line.angle == 0][:_HEAD]


def _lead(texts: Sequence[str], kind: str, profile: Profile) -> str | None:
    """The text that names the day of the meeting, and not of something else."""
    names = ["meeting.day"] + (["meeting.day_label"] if kind not in ("front_sheet", "agenda") else [])
    for i in range(len(texts)):
        for text in _sentences(texts, i, (1, 2, 3)):
            if find_dates(text) and any(profile.pattern(name).match(text) is not None for name in names):
                return text
    return next((t for t in texts if find_dates(t)), None) if kind in ("front_sheet", "agenda", "minutes") else None


def _sentences(texts: Sequence[str], i: int, lengths: tuple[int, ...]) -> list[str]:
    """What begins on a line, over so many lines; only a weekday or the opening of a sentence runs over."""
    runs_over = _OPENING.match(texts[i]) is not None and not find_dates(texts[i])
    return [" ".join(texts[i : i + n]) for n in lengths if n == 1 or runs_over]


def title_case(text: str) -> str:
    """A heading in capitals as a name: small words stay small, mixed case stays as it is.

    >>> title_case("COUNTY COUNCIL"), title_case("Cabinet")
    ('County Council', 'Cabinet')
    """
    if not text.isupper():
        return text
    words = text.lower().split()
    return " ".join(w if w in _SMALL and i else w[:1].upper() + w[1:] for i, w in enumerate(words))


def _council(pages: Sequence[StampedPage], front: Sequence[Line], profile: Profile) -> str | None:
    """The council that the papers name most, the front sheet before the rest; e-mail addresses vouch for it."""
    pattern = profile.pattern("meeting.council")
    counts: Counter[str] = Counter()
    body = [line.text for p in pages for line in p.page.lines]
    for weight, texts in ((_FRONT_WEIGHT, [line.text for line in front]), (1, body)):
        for text in texts:
            for match in pattern.find_all(plain(text)):
                counts[title_case(_without_article(match["value"]))] += weight
    counts = Counter({n: c for n, c in counts.items() if len(n.split()) > 2})  # noqa: PLR2004 - "City Council" is no name
    known = _councils()
    addressed = [folded for t in body if ".gov" in (folded := t.casefold())]
    domains = Counter(d for t in addressed for d in _DOMAIN.findall(t) if d in known)
    if domains:  # a name that stands only in a logo; the address below it is text
        return known[domains.most_common(1)[0][0]]
    chosen = counts.most_common(1)
    return chosen[0][0] if chosen else None


@cache
def _councils() -> dict[str, str]:
    """Domain of a council's addresses -> its name, from data/vocabulary/councils.csv."""
    file = resources.files("agendaparse.data").joinpath("vocabulary/councils.csv")
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return {row["domain"]: row["council"] for row in rows}


def _without_article(name: str) -> str:
    words = name.split()
    while words and words[0].casefold() in _NO_NAME:
        del words[0]
    return " ".join(words)


def _committee(front: Sequence[Line], texts: Sequence[str], kind: str, profile: Profile) -> str | None:
    """The committee: named by a sentence or label of the head, or the largest print of a front sheet."""
    pattern = profile.pattern("meeting.committee")
    sentence = profile.pattern("meeting.committee_sentence")
    for i in range(min(len(texts), _HEAD)):
        matches = (sentence.match(text) for text in _sentences(texts, i, (3, 2, 1)))
        match = next((m for m in matches if m is not None), None) or pattern.match(texts[i])
        if match is not None:
            return title_case(match["value"].strip(" ,-"))
    if kind != "front_sheet":
        return _after_heading(texts, profile) if kind == "agenda" else None
    named = [line for line in front if profile.pattern("meeting.body").match(plain(line.text)) is not None]
    largest = max(named, key=lambda line: line.size, default=None)
    return title_case(plain(largest.text)) if largest is not None else None


def _after_heading(texts: Sequence[str], profile: Profile) -> str | None:
    """The line below the word AGENDA, if it names a committee."""
    heading, body = profile.pattern("agenda.heading"), profile.pattern("meeting.body")
    for above, below in zip(texts, texts[1:], strict=False):
        if heading.match(above) is not None and body.match(below) is not None:
            return title_case(below)
    return next((title_case(t) for t in texts[:8] if body.match(t) is not None), None)


def _start_time(texts: Sequence[str], date: dt.date | None) -> dt.time | None:
    """The first time of day, near the day if that is named."""
    at = next((i for i, t in enumerate(texts) if date is not None and date in find_dates(t)), 0)
    for text in texts[at : at + 4]:
        time = parse_time(text)
        if time is not None:
            return time
    return None


def _venue(texts: Sequence[str], kind: str, profile: Profile) -> str | None:
    """Where it is held: behind "held in", or the line below day and time that names a room."""
    held = profile.pattern("meeting.held_in")
    for n in (1, 2, 3, 4):
        for i in range(min(len(texts), 12)):
            match = held.match(" ".join(texts[i : i + n]))
            if match is not None:
                return match["value"].strip(" ,-")
    if kind != "front_sheet":
        return None
    room = profile.pattern("meeting.room")
    return next((t for t in texts[:_HEAD] if room.match(t) is not None), None)


def _published(
    pages: Sequence[StampedPage],
    documents: Sequence[Document],
    texts: Sequence[str],
    meeting: dt.date | None,
    profile: Profile,
) -> dt.date | None:
    """The day of publication: a letter's "Date:", or the day that the agenda closes with."""
    label = profile.pattern("meeting.published")
    for text in texts:
        match = label.match(text)
        if match is not None:
            return parse_date(match["value"])
    agenda = next((d for d in documents if d.kind == "agenda"), None)
    if agenda is None:
        return None
    closing = [plain(line.text) for line in pages[agenda.pdf_last - 1].page.lines][-8:]
    dates = [d for t in closing for d in find_dates(t) if _DAY_FIRST.match(t) and d != meeting]
    return dates[-1] if dates else None


def read_members(pages: Sequence[StampedPage], documents: Sequence[Document], profile: Profile) -> list[Member]:
    """The members as the front sheet lists them, column by column, with their roles; a vacancy has no name."""
    if documents[0].kind != "front_sheet":
        return []
    members: list[Member] = []
    role: str | None = None
    before: str | None = None
    for text in _column_texts(pages[0].page.lines):
        heading = _role(text, profile)
        if heading is not None:
            role, before = heading, None
        elif role == "Contact":
            members += _contact(text, before, profile)
            before = text
        elif role is not None:
            members += _member(text, role, profile)
    return members


def _column_texts(lines: Sequence[Line]) -> list[str]:
    """The sheet's lines, the left column before the right: columns begin at one x over several lines."""
    pieces: list[tuple[float, float, str]] = []
    for line in lines:
        cells = [[line.words[0]]]
        for left, right in zip(line.words, line.words[1:], strict=False):
            if right.x0 - left.x1 > _COLUMN_GAP * left.size:
                cells.append([])
            cells[-1].append(right)
        pieces += [(cell[0].x0, cell[0].top, " ".join(w.text for w in cell)) for cell in cells]
    first = min((x for x, _, _ in pieces), default=0.0)
    right_of = first + 100  # points: no second column of names begins nearer
    ordered = sorted(pieces, key=lambda p: (p[0] > right_of, p[1]))
    return [plain(text) for _, _, text in ordered]


def _role(text: str, profile: Profile) -> str | None:
    for role, labels in profile.roles.items():
        if text.casefold().rstrip(":") in labels:
            return role
    return None


def _member(text: str, role: str, profile: Profile) -> list[Member]:
    if profile.pattern("member.vacancy").match(text) is not None:
        return [Member(None, role)]
    match = profile.pattern("member.name").match(text)
    if match is None:
        return []
    office = profile.pattern("member.office").match(match.get("office", ""))
    if office is not None:
        role = "Vice-Chair" if office.get("vice") else "Chair"
    return [Member(match["name"].strip(" ,"), role)]


def _contact(text: str, before: str | None, profile: Profile) -> list[Member]:
    """A contact's name stands below the job that they hold."""
    job = profile.pattern("member.job")
    if before is None or "@" in before or job.match(before) is None or job.match(text) is not None:
        return []
    match = profile.pattern("member.name").match(text)
    return [Member(match["name"].strip(" ,"), "Contact")] if match is not None else []
