"""Minutes and decision notices: who was there, what was minuted, what was resolved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agendaparse.content.attendance import read_attendance
from agendaparse.content.claims import Claims
from agendaparse.content.dates import parse_date
from agendaparse.content.decision_forms import DecisionForm, find_forms, find_sheet
from agendaparse.content.decisions import DecisionWords, read_decisions, read_form
from agendaparse.content.minute_actions import read_minute_actions
from agendaparse.content.minute_items import MinuteItem, find_items
from agendaparse.content.passages import Passage, PrintedLine, Setting, find_passages, joined, standing_lines
from agendaparse.content.side_column import SideColumn, part_side_column
from agendaparse.content.stamps import StampedPage
from agendaparse.content.text import Texts
from agendaparse.issues import Issues
from agendaparse.profile import Profile
from agendaparse.records import Document, Meeting, Minute, Minutes, Resolution, Source

_HEAD = 24  # lines within which the day of the meeting is named
_SITTING = 14  # lines within which a second head names those present
_NOTICE = 8  # lines within which a notice of decisions is named so
_FIRST_HEAD = 6  # lines that may all speak of minutes at the very top


@dataclass(frozen=True)
class _Paper:
    """One document of minutes or decisions, and all that is needed to read it."""

    document: Document
    meeting: Meeting
    lines: Sequence[PrintedLine]
    side: SideColumn
    setting: Setting
    profile: Profile
    pack_id: str
    issues: Issues


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
    found: list[Minutes] = []
    for document in documents:
        if document.kind not in ("minutes", "other"):
            continue
        lines, texts = standing_lines(pages, document, profile, issues)
        lines, side = part_side_column(lines, texts, profile)
        texts = texts if side.header is None else Texts([b.text for b in lines])
        paper = _Paper(document, meeting, lines, side, Setting.of(lines), profile, pack_id, issues)
        forms = find_forms(lines, texts, profile) or find_sheet(lines, pages, document, profile)
        if forms:
            found.append(_notice(forms, paper))
        elif document.kind == "minutes" or _is_notice(lines, profile):
            found += [_sitting(part, paper) for part in _sittings(lines, texts, profile)]
        else:
            continue
        claims.claim([b.line for b in lines], "minutes")
    return found


def _is_notice(lines: Sequence[PrintedLine], profile: Profile) -> bool:
    """Whether a paper that is no minutes and no form is a notice of decisions, each under a heading."""
    notice, label = profile.pattern("kind.other"), profile.pattern("minutes.decision_label")
    return any(notice.match(b.text) is not None for b in lines[:_NOTICE]) and any(
        label.match(b.text) is not None for b in lines
    )


def _sittings(lines: Sequence[PrintedLine], texts: Texts, profile: Profile) -> Iterator[Sequence[PrintedLine]]:
    """The minutes of each meeting: two that were held on one evening are printed in one file."""
    headings = [i for i, _ in texts.matches(profile.pattern("kind.minutes")) if i >= _FIRST_HEAD]
    starts = [0, *(i for i in headings if _names_meeting(lines[i : i + _SITTING], profile))]
    ends = [*starts[1:], len(lines)]
    return (lines[a:b] for a, b in zip(starts, ends, strict=True) if b > a)


def _names_meeting(lines: Sequence[PrintedLine], profile: Profile) -> bool:
    """Whether these lines, as the head of minutes does, name a day and those present."""
    days = any(parse_date(b.text) is not None for b in lines[:4])
    labels = profile.labels["present"]
    return days and any(b.text.partition(":")[0].casefold().strip(" -") in labels for b in lines)


def _day(head: Sequence[PrintedLine], paper: _Paper) -> dt.date | None:
    """The day of the meeting that is minuted: that on which the head says it was held, else the first named."""
    texts = [b.text for b in head]
    held = [" ".join(texts[i : i + 3]) for i, text in enumerate(texts) if "held" in text.casefold()]
    first = [b.text for b in paper.lines[:_HEAD]]
    named = next((d for text in (*held, *texts, *first) if (d := parse_date(text)) is not None), None)
    return named or (paper.meeting.meeting_date if paper.document.pdf_first == 1 else None)


def _sitting(lines: Sequence[PrintedLine], paper: _Paper) -> Minutes:
    profile, pack_id = paper.profile, paper.pack_id
    head, items = find_items(lines, profile, paper.setting)
    day = _day(head, paper)
    actions = tuple(read_minute_actions(day, items, paper.side, profile, pack_id))
    _end_at_close(items, profile)
    words = DecisionWords.of([item.passages for item in items], profile)
    minutes = tuple(_minute(i, i.passages, read_decisions(i.passages, words, pack_id), pack_id) for i in items)
    _report(lines, items, minutes, paper.issues)
    attendance = tuple(read_attendance(head, items, profile, paper.setting))
    return Minutes(day, attendance, minutes, actions)


def _end_at_close(items: Sequence[MinuteItem], profile: Profile) -> None:
    """Take from the last minute who signs the minutes, and what is attached on pages behind the meeting's close."""
    last = items[-1].passages if items else []
    signs, closes = profile.pattern("minutes.signs"), profile.pattern("minutes.closes")
    signed = next((k for k, p in enumerate(last) if k and signs.match(p.plain) is not None), len(last))
    closed = next((p for p in last if closes.match(p.plain) is not None), None)
    end = closed.pdf_page if closed is not None else None
    last[:] = [p for p in last[:signed] if end is None or p.pdf_page <= end]


def _minute(
    item: MinuteItem | DecisionForm, passages: Sequence[Passage], resolutions: Sequence[Resolution], pack_id: str
) -> Minute:
    source = Source(pack_id, item.first.pdf_page, None, item.first.line.box, "text")
    return Minute(item.minute, item.title, joined(passages), tuple(resolutions), source)


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


def _notice(forms: Sequence[DecisionForm], paper: _Paper) -> Minutes:
    """A decision notice as minutes: its forms are the items."""
    profile, setting = paper.profile, paper.setting
    first = forms[0].first
    above = [b.pdf_page < first.pdf_page or b.line.box.top < first.line.box.top for b in paper.lines]
    head = paper.lines[: above.index(False)] if False in above else paper.lines
    rows = []
    for form in forms:
        decided = read_form(find_passages(form.decided, profile, setting), profile, paper.pack_id)
        rows.append(_minute(form, find_passages(form.lines, profile, setting), decided, paper.pack_id))
    return Minutes(_day(head, paper), tuple(read_attendance(head, [], profile, setting)), tuple(rows))
