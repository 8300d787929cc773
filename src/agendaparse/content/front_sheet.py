"""The front sheet: which meeting this is, where and when, and the day on which its papers were published."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from agendaparse.content.body import BodyLine
from agendaparse.content.claims import Claims
from agendaparse.content.councils import find_council, title_case
from agendaparse.content.dates import find_dates, parse_clock, parse_date, parse_time, without_moments
from agendaparse.content.front_text import HEAD, FrontText
from agendaparse.content.segments import chunks_of
from agendaparse.content.stamps import StampedPage
from agendaparse.content.text import plain
from agendaparse.profile import Profile
from agendaparse.records import Document, Meeting, Report

_DAY_FIRST = re.compile(r"(?:\w+day,? )?\d", re.IGNORECASE)  # the closing date begins its line
_ISSUED = re.compile(r"\bDated?: ")  # below who signs a summons
_DAY_ALONE = re.compile(
    r"(?:(?:dated?|issued)(?: this)?:? |(?-i:[A-Z])\w+, )?(?:\w+day,? )?(?:the )?"
    r"\d{1,2}\S{0,2}(?: day of)? \w+,? \d{4}",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"minutes|notes|decisions?|record|summons|a meeting|meeting|(?:mon|tues|wednes|thurs|fri|satur|sun)day",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"(?<=\w)(?: -)?(?: (?:regular|special|ordinary|annual|extraordinary|public|private|meeting|held|in|agenda"
    r"|summons|papers|pack))+$",
    re.IGNORECASE,
)
_SITTING = re.compile(r"(?:regular|special|ordinary|extraordinary|annual|inaugural) council", re.IGNORECASE)
_HEADING_STEP = 1.5  # of the font size, from line to line of one heading
_MUCH_SMALLER = 0.75  # times the size of a title is no title
_LARGE = 13.0  # points: a title's print, which runs over lines
_BARE = ("committee", "panel", "board", "forum", "sub-committee")  # what a committee's name may be cut to
_LEADING_TO = re.compile(r"^(?:(?:report to|at|of|to|the|and)\b:? )+", re.IGNORECASE)
_RUNNING = 3  # lines of a running head
_HEAD_LINES = 6  # of a paper on its own
_VENUE_LINES = 8  # below day and time
_LONGEST_VENUE = 14  # words
_LONG = 240  # letters: a paragraph that says when and where the committee meets is shorter


def read_meeting(
    pages: Sequence[StampedPage],
    documents: Sequence[Document],
    front: FrontText,
    profile: Profile,
    claims: Claims,
) -> Meeting:
    """What the papers say of the meeting: council, committee, day, time, venue, day of publication."""
    kind = documents[0].kind
    claims.claim([b.line for b in front.lines if find_dates(b.text)], "front_sheet")
    council = find_council(pages, front, profile)
    committee = _of_council(_committee(front, kind, council, profile), council)
    lead = _lead(front, kind, profile)
    if lead is None and committee is not None and not front.is_front:
        lead = next((t for t in front.texts[:_RUNNING] if find_dates(t)), None)  # a running head of day and committee
    date = _meeting_date(front, lead)
    venue = _venue(front, lead, profile)
    return Meeting(
        council=council,
        committee=committee,
        meeting_date=date,
        start_time=_start_time(front, lead, date),
        venue=venue.removesuffix(f" {council}").strip(" ,") if venue is not None else None,
        published_date=_published(front, date, profile),
    )


def _of_council(committee: str | None, council: str | None) -> str | None:
    """A committee's name without the council that it is said to be of: "Quays Panel of Mere District Council"."""
    tail = f" of {council}".casefold()
    is_tail = committee is not None and council is not None and committee.casefold().endswith(tail)
    return committee[: -len(tail)] if is_tail and committee is not None else committee


def _lead(front: FrontText, kind: str, profile: Profile) -> str | None:
    """The text that names the day of the meeting, and not of something else."""
    called = profile.pattern("meeting.called")
    paragraphs = [_ISSUED.split(p)[0] for p in front.paragraphs]
    sentences = [p for p in paragraphs if find_dates(p) and called.search(p) is not None]
    if front.is_front and any(_CALLS.search(s) for s in sentences):
        return next(s for s in sentences if _CALLS.search(s))  # a letter's own day stands above
    names = ["meeting.day"] + (["meeting.day_label"] if kind not in ("front_sheet", "agenda") else [])
    published = profile.pattern("meeting.published")
    for i in range(len(front.texts)):
        for text in _sentences(front.texts, i, (1, 2, 3)):
            if find_dates(text) and any(profile.pattern(name).match(text) is not None for name in names):
                return _whole(front, text)
    if front.is_front and sentences:
        return sentences[0]
    if kind not in ("front_sheet", "agenda", "minutes"):
        return None
    return next((t for t in front.texts if find_dates(t) and published.match(t) is None), None)


def _whole(front: FrontText, text: str) -> str:
    """The paragraph that a text stands in, so that place and time are not cut off; else the text."""
    if not front.is_front:
        return text
    return next((p for p in front.paragraphs if text in p), text)


def _sentences(texts: Sequence[str], i: int, lengths: tuple[int, ...]) -> list[str]:
    """What begins on a line, over so many lines; only a weekday or the opening of a sentence runs over."""
    runs_over = _OPENING.match(texts[i]) is not None and not find_dates(texts[i])
    return [" ".join(texts[i : i + n]) for n in lengths if n == 1 or runs_over]


def _meeting_date(front: FrontText, lead: str | None) -> dt.date | None:
    """The labelled day where the sheet is a form, else that of the sentence that calls the meeting."""
    labelled = parse_date(front.fields.get("date", ""))
    called = _called_date(lead) if lead else None
    is_form = "time" in front.fields or "venue" in front.fields
    return labelled or called if is_form or called is None else called


def _called_date(text: str) -> dt.date | None:
    """The day in a sentence that calls a meeting: the first behind its word, so that a letter's own day is none."""
    at = re.search(r"\b(?:held|meeting|summoned|take place)\b", text, re.IGNORECASE)
    return (parse_date(text[at.start() :]) if at is not None else None) or parse_date(text)


def _committee(front: FrontText, kind: str, council: str | None, profile: Profile) -> str | None:
    """The committee: named by a sentence or label of the head, or the largest print of a front sheet."""
    labelled = front.fields.get("committee", "").strip(" ,-")
    is_body = profile.pattern("meeting.body").match(labelled) is not None
    if labelled and (is_body or not any(map(str.isdigit, labelled))):  # no address beside the word Committee
        return title_case(labelled)
    texts = [
        _first_part(b) if "committee:" in t.casefold() else t for b, t in zip(front.lines, front.texts, strict=True)
    ]
    pattern, sentence = profile.pattern("meeting.committee"), profile.pattern("meeting.committee_sentence")
    for i in range(min(len(texts), HEAD)):
        matches = (sentence.match(text) for text in _sentences(texts, i, (3, 2, 1)))
        match = next((m for m in matches if m is not None), None) or pattern.match(texts[i])
        if match is not None and not _is_council(match["value"], council):
            return title_case(match["value"].strip(" ,-"))
    if kind not in ("front_sheet", "agenda"):
        return None if kind == "minutes" else _in_head(front, council, profile)
    named = _named(front, council, profile) or (_after_heading(texts, council, profile) if kind == "agenda" else None)
    maker = profile.pattern("meeting.decision_maker")
    return named or next((title_case(t) for t in texts[:_HEAD_LINES] if maker.match(t) is not None), None)


def _first_part(here: BodyLine) -> str:
    """A line up to its first wide gap: "Committee: Harbour Committee", and not the "Agenda Item" beside it."""
    parts = chunks_of(here.line)
    labelled = parts[0][-1].text.endswith(":") and len(parts) > 1  # its value stands behind the gap
    return plain(" ".join(w.text for part in parts[: 1 + labelled] for w in part))


def _in_head(front: FrontText, council: str | None, profile: Profile) -> str | None:
    """A line at the head of a paper on its own that is a committee's name and nothing else."""
    body, head = profile.pattern("meeting.body"), front.texts[:_HEAD_LINES]
    whole = [f"{above} {t}" if t.casefold() in _BARE else t for above, t in zip(("", *head), head, strict=False)]
    names = [_LEADING_TO.sub("", t).strip() for t in whole]
    return next((title_case(n) for n in names if body.match(n) is not None and not _is_council(n, council)), None)


def with_cover(meeting: Meeting, documents: Sequence[Document], reports: Sequence[Report], profile: Profile) -> Meeting:
    """The meeting with what the cover of a report on its own says of it, where nothing else does."""
    if len(reports) != 1 or documents[0].kind != "report":
        return meeting
    maker = reports[0].decision_maker or ""
    is_body = profile.pattern("meeting.body").match(maker) is not None
    return replace(
        meeting,
        committee=meeting.committee or (title_case(maker) if is_body else None),
        meeting_date=meeting.meeting_date or reports[0].date_of_decision,
    )


def _is_council(text: str, council: str | None) -> bool:
    """Whether a name is that of the council itself: then it is no committee of it."""
    return council is not None and plain(text).strip(" ,-").casefold() == council.casefold()


def _named(front: FrontText, council: str | None, profile: Profile) -> str | None:
    """A body in the largest print, the council itself last of all; or in a sentence that calls its members."""
    body = profile.pattern("meeting.body")
    headings = [(b, _PAPER.sub("", _without(council, text))) for b, text in _headings(front)]
    named = [(b, name) for b, name in headings if body.match(name) is not None]
    whole = (council or "").casefold()  # of a name over two lines, the second is no committee
    named = [(b, name) for b, name in named if name.casefold() not in whole]
    first = [(b, name) for b, name in named if b.pdf_page == front.lines[0].pdf_page]
    names = [(b.line.size, name) for b, name in first or named]
    largest = max(names, key=lambda n: (not n[1].casefold().endswith("council"), n[0], len(n[1])), default=(0.0, ""))[1]
    members = profile.pattern("meeting.members_of")
    for text in front.paragraphs:
        match = members.search(text)
        if match is not None and not _is_council(match["value"], council):
            called, shown = match["value"].casefold(), largest.casefold()
            if not shown or shown.endswith("council") or called in shown or shown in called:
                return title_case(match["value"].strip(" ,-"))
    return title_case(_as_sitting(largest, front)) if largest else None


def _as_sitting(name: str, front: FrontText) -> str:
    """A body's name; a council's sitting is called so: "Regular Council Meeting"."""
    whole = f"{name} meeting".casefold() if _SITTING.fullmatch(name) is not None else None
    return next((text for text in front.texts if text.casefold() == whole), name)


def _in_large_print(here: BodyLine) -> str:
    """The words of a line in its largest print: an address may stand in small print beside a title."""
    large = [w.text for w in here.line.words if w.size > _MUCH_SMALLER * here.line.size]
    return here.text if len(large) == len(here.line.words) else plain(" ".join(large))


def _without(council: str | None, text: str) -> str:
    """A heading without the council that it begins with."""
    begins = council is not None and text.casefold().startswith(f"{council.casefold()} ")
    return text[len(council) :].strip(" -,") if begins and council is not None else text


def _headings(front: FrontText) -> Iterator[tuple[BodyLine, str]]:
    """The lines of the front sheet, and each joined with the line above it that is set alike."""
    yield from ((b, _in_large_print(b)) for b in front.lines)
    for above, below in pairwise(front.lines):
        step = below.line.box.top - above.line.box.top
        alike = abs(above.line.size - below.line.size) < 1 and above.line.bold == below.line.bold
        if alike and 0 < step < _HEADING_STEP * below.line.size and below.line.size > _LARGE:
            yield below, f"{above.text} {below.text}"


def _after_heading(texts: Sequence[str], council: str | None, profile: Profile) -> str | None:
    """The line below the word AGENDA, if it names a committee."""
    heading, body = profile.pattern("agenda.heading"), profile.pattern("meeting.body")
    for above, below in zip(texts, texts[1:], strict=False):
        if heading.match(above) is not None and body.match(below) is not None:
            return title_case(below)
    named = (t for t in texts[:8] if body.match(t) is not None and not _is_council(t, council))
    return next((title_case(t) for t in named), None)


def _start_time(front: FrontText, lead: str | None, date: dt.date | None) -> dt.time | None:
    """The time under its label, in the sentence that calls the meeting, or near its day."""
    labelled = front.fields.get("time") or (front.fields.get("date") if date is not None else None)
    if labelled:
        time = parse_time(labelled) or (parse_clock(labelled) if "time" in front.fields else None)
        if time is not None:
            return time
    texts = front.texts
    # a reference above may bear the day, too
    days = [i for i, t in enumerate(texts) if date is not None and date in find_dates(t)] or [0]
    near = [lead] if lead and date is not None and date in find_dates(lead) else []
    near += [p for p in front.paragraphs if _AS_ABOVE.search(p) is not None]
    for text in [*near, *(t for at in days for t in texts[at : at + 4])]:
        time = parse_time(text)
        if time is not None:
            return time
    return None


def _venue(front: FrontText, lead: str | None, profile: Profile) -> str | None:
    """Where it is held: under its label, behind "held in", or the line below day and time that names a place."""
    if front.fields.get("venue"):
        return front.fields["venue"].strip(" ,-")
    said = [lead, *(p for p in front.paragraphs if _AS_ABOVE.search(p) is not None)] if front.is_front else []
    called = next((place for text in said if text and (place := _called_to(text, strict=False))), None)
    if called is not None:
        return called
    held = profile.pattern("meeting.held_in")
    for n in (1, 2, 3, 4):
        for i in range(min(len(front.texts), 12)):
            match = held.match(" ".join(front.texts[i : i + n]))
            if match is not None:
                return match["value"].strip(" ,-")
    return _room(front, profile) if front.is_front else _held_at(front, lead)


def _held_at(front: FrontText, lead: str | None) -> str | None:
    """The place that the first sentences of minutes name."""
    said = [lead] if lead else []
    said += [p for p in front.paragraphs[:5] if find_dates(p)]
    return next((place for text in said if (place := _called_to(text, strict=True)) is not None), None)


def _called_to(lead: str, *, strict: bool) -> str | None:
    """The place in a sentence that calls a meeting: what stands between its day and time and is neither.

    ``strict``: only what "at" or "in" leads to.
    """
    for called in _CALLS.finditer(lead):
        pieces = without_moments(_PURPOSE.split(lead[called.end() :])[0])
        if strict or called["held"] is None:  # "the meeting of the council on Monday at 7 pm in the Village Hall"
            pieces = [p for p in pieces if _LED_TO.match(p) is not None]
        places = [_TAIL.sub("", _HEAD_WORDS.sub("", p).strip(" ,.-")) for p in pieces]
        best = max((p for p in places if sum(map(str.isalpha, p)) > 5), key=len, default=None)  # noqa: PLR2004
        if best is not None:
            return title_case(best) if best.isupper() else best
    return None


_CALLS = re.compile(
    r"(?P<held>\bheld\b|\btake place\b|\bwill meet\b|\b(?:requested|invited|asked) to meet\b)"
    r"|\bsummoned\b|\bmeeting of\b|\bcynh(?:aliwyd|elir)\b",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"\bfor the (?:transaction|purpose)\b|\bto (?:consider|transact)\b|\bwhen\b|\.\s|,? and (?:live|broadcast|webcast)",
    re.IGNORECASE,
)
_ROOM = re.compile(r"\b(?:rooms?|chambers?|suite|hall)\b.*,|\b(?:rooms?|chambers?|suite)\b", re.IGNORECASE)
_AS_ABOVE = re.compile(r"\bheld\b.{0,40}\babove date\b", re.IGNORECASE)
_LED_TO = re.compile(r"(?:at|in|yn)\b", re.IGNORECASE)
_HEAD_WORDS = re.compile(
    r"^(?:(?:on the above date|on|at|in person|in|commencing|starting|from|yn yr|yn y|yn|ar y"
    r"|(?-i:the|THE))\b|[,\s-])+",  # "The Pump Room" is its name
    re.IGNORECASE,
)
_LEADING_IN = re.compile(
    r"^(?:[,\s-]|(?:(?:the|this) meeting )?(?:(?:to|will) be )?held\b|(?:commencing|starting)\b"
    r"|(?:on|at|in|from)\b(?: the\b)?)+",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"^\([^()]*\)\s*")  # "(or on the rising of the Council)"
_TAIL = re.compile(r"(?:\s+(?:on|at|in)|,)+$", re.IGNORECASE)


def _room(front: FrontText, profile: Profile) -> str | None:
    """A line that names a room or a house, near the day of the meeting."""
    room, place = profile.pattern("meeting.room"), profile.pattern("meeting.place")
    at = next((i for i, p in enumerate(front.paragraphs[:HEAD]) if find_dates(p)), None)
    near = front.paragraphs[at : at + 1 + _VENUE_LINES] if at is not None else ()
    timed = [p for p in near if find_dates(p) or (len(p) < _LONG and parse_time(p) is not None)]
    pieces = [_ASIDE.sub("", piece) for p in near for piece in (without_moments(p) if p in timed else [p])]
    pieces = [_LEADING_IN.sub("", p) for p in pieces]
    pieces = [p for p in pieces if len(p.split()) <= _LONGEST_VENUE and place.match(p) is not None]
    found = next((p for p in pieces if _ROOM.search(p) is not None), next(iter(pieces), None))
    found = found or next((b.text for b in front.lines[:HEAD] if room.match(b.text) is not None), None)
    if found is None:
        return None
    parts = without_moments(found) if find_dates(found) else [found]
    return _LEADING_IN.sub("", max(parts, key=len)).strip(" ,.-")


def _published(front: FrontText, meeting: dt.date | None, profile: Profile) -> dt.date | None:
    """The day of publication: labelled, in a sentence, a letter's own date, or the day that the agenda closes with."""
    labelled = parse_date(front.fields.get("published", ""))
    if labelled is not None:
        return labelled
    label = profile.pattern("meeting.published")
    lasts = [p.rsplit(". ", 1)[1] for p in front.paragraphs if ". " in p]  # their last sentences
    for text in (*front.texts, *front.closing, *lasts):
        match = label.match(text)
        day = parse_date(match["value"]) if match is not None else None
        if day is not None and day != meeting:
            return day
    if not front.is_front:
        return None
    closing = [d for t in front.closing[-8:] for d in find_dates(t) if _DAY_FIRST.match(t) and d != meeting]
    texts = [t for t in (*front.texts, *front.paragraphs, *front.closing) if _DAY_ALONE.fullmatch(t) is not None]
    alone = [d for t in texts for d in find_dates(t) if d != meeting]
    return next(iter([*closing[-1:], *(d for d in alone if meeting is None or d < meeting)]), None)
