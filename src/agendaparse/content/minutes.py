"""Minutes and decision notices: who was there, what was minuted, what was resolved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from agendaparse.content.attendance import read_attendance
from agendaparse.content.claims import Claims
from agendaparse.content.dates import parse_date
from agendaparse.content.decision_forms import DecisionForm, find_forms
from agendaparse.content.decisions import DecisionWords, has_strong_words, read_decisions, read_form
from agendaparse.content.minute_items import MinuteItem, find_items
from agendaparse.content.passages import Passage, PrintedLine, Setting, find_passages, joined, standing_lines
from agendaparse.content.stamps import StampedPage
from agendaparse.issues import Issues
from agendaparse.profile import Profile
from agendaparse.records import Document, Meeting, Minute, Minutes, Resolution, Source

_HEAD = 24  # lines within which the day of the meeting is named
_SITTING = 14  # lines within which a second head names those present
_FIRST_HEAD = 6  # lines that may all speak of minutes at the very top


def read_all_minutes(
    pages: Sequence[StampedPage],
    documents: Sequence[Document],
    meeting: Meeting,
    profile: Profile,
    pack_id: str,
    issues: Issues,
    claims: Claims,
) -> list[Minutes]:
    """The sets of minutes among the documents, and decision notices that stand alone."""
    found = []
    for document in documents:
        if document.kind not in ("minutes", "other"):
            continue
        lines = standing_lines(pages, document, profile, issues)
        setting = Setting.of(lines)
        forms = find_forms(lines, profile)
        if forms:
            found.append(_notice(forms, lines, (document, meeting), setting, profile, pack_id))
        elif document.kind == "minutes":
            of = (document, meeting)
            found += [_sitting(part, of, setting, profile, pack_id, issues) for part in _sittings(lines, profile)]
        else:
            continue
        claims.claim([b.line for b in lines], "minutes")
    return found


def _sittings(lines: Sequence[PrintedLine], profile: Profile) -> Iterator[Sequence[PrintedLine]]:
    """The minutes of each meeting: two that were held on one evening are printed in one file."""
    heading = profile.pattern("kind.minutes")
    starts = [0]
    for i, here in enumerate(lines):
        if (
            i > _FIRST_HEAD
            and heading.match(here.text) is not None
            and _names_meeting(lines[i : i + _SITTING], profile)
        ):
            starts.append(i)
    ends = [*starts[1:], len(lines)]
    return (lines[a:b] for a, b in zip(starts, ends, strict=True) if b > a)


def _names_meeting(lines: Sequence[PrintedLine], profile: Profile) -> bool:
    """Whether these lines, as the head of minutes does, name a day and those present."""
    days = any(parse_date(b.text) is not None for b in lines[:4])
    labels = profile.labels["present"]
    return days and any(b.text.partition(":")[0].casefold().strip(" -") in labels for b in lines)


def _day(
    head: Sequence[PrintedLine], lines: Sequence[PrintedLine], document: Document, meeting: Meeting
) -> dt.date | None:
    """The day of the meeting that is minuted: that on which the head says it was held, else the first named."""
    texts = [b.text for b in head]
    held = [" ".join(texts[i : i + 3]) for i, text in enumerate(texts) if "held" in text.casefold()]
    first = [b.text for b in lines[:_HEAD]]
    named = next((d for text in (*held, *texts, *first) if (d := parse_date(text)) is not None), None)
    return named or (meeting.meeting_date if document.pdf_first == 1 else None)


def _sitting(
    lines: Sequence[PrintedLine],
    of: tuple[Document, Meeting],
    setting: Setting,
    profile: Profile,
    pack_id: str,
    issues: Issues,
) -> Minutes:
    head, items = find_items(lines, profile, setting)
    everything = [p for item in items for p in item.passages]
    words = DecisionWords(profile, weak=not has_strong_words(everything, profile))
    minutes = tuple(_minute(item, read_decisions(item.passages, words, pack_id), pack_id) for item in items)
    _report(lines, items, minutes, issues)
    return Minutes(_day(head, lines, *of), tuple(read_attendance(head, items, profile)), minutes)


def _minute(item: MinuteItem, resolutions: Sequence[Resolution], pack_id: str) -> Minute:
    return _row(item.minute, item.title, item.first, item.passages, resolutions, pack_id)


def _row(
    minute: str | None,
    title: str,
    first: PrintedLine,
    passages: Sequence[Passage],
    resolutions: Sequence[Resolution],
    pack_id: str,
) -> Minute:
    source = Source(pack_id, first.pdf_page, None, first.line.box, "text")
    return Minute(minute, title, joined(passages), tuple(resolutions), source)


def _report(
    lines: Sequence[PrintedLine], items: Sequence[MinuteItem], minutes: Sequence[Minute], issues: Issues
) -> None:
    """Issues for what minutes are expected to have."""
    page = lines[0].pdf_page if lines else None
    if not items:
        issues.add("minutes_without_items", "neither numbers nor headings divide the minutes", pdf_page=page)
    elif all(item.minute is None for item in items):
        issues.add("minutes_without_numbers", f"{len(items)} minutes have headings but no numbers", pdf_page=page)
    for minute, item in zip(minutes, items, strict=True):
        bare = next((p for p in item.passages if p.plain.rstrip(" :-") == "RESOLVED"), None)
        if bare is not None and not minute.resolutions:
            box, message = bare.lines[0].line.box, f"minute {minute.minute}: nothing stands behind the word"
            issues.add("decision_without_text", message, pdf_page=bare.pdf_page, box=box, raw=bare.text)


def _notice(
    forms: Sequence[DecisionForm],
    lines: Sequence[PrintedLine],
    of: tuple[Document, Meeting],
    setting: Setting,
    profile: Profile,
    pack_id: str,
) -> Minutes:
    """A decision notice as minutes: its forms are the items."""
    at = lines.index(forms[0].first)
    rows = [
        _row(
            form.minute,
            form.title,
            form.first,
            find_passages(form.lines, profile, setting),
            read_form(form.passages(profile, setting), profile, pack_id),
            pack_id,
        )
        for form in forms
    ]
    return Minutes(_day(lines[:at], lines, *of), tuple(read_attendance(lines[:at], [], profile)), tuple(rows))
