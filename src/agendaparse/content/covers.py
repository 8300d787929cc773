"""Covering reports: the fields of the cover, contacts, appendices and background documents."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from agendaparse.content.contacts import read_contacts
from agendaparse.content.dates import parse_date
from agendaparse.content.headings import is_one_block
from agendaparse.content.heads import read_head
from agendaparse.content.labels import label_key, label_keys
from agendaparse.content.listed import read_listed
from agendaparse.content.numbered import split_points
from agendaparse.content.segments import Segment, chunks_of, value_text
from agendaparse.layout.lines import Line
from agendaparse.profile import Profile
from agendaparse.records import ListedDocument, Meeting, Report

# Fields of the cover: the same words further on in a report are something else.
_COVER = ("decision_maker", "subject", "report_of", "confidentiality")
_ANYWHERE = ("key_decision", "wards_affected")
_MONTHS = 12
_COVER_PAGES = 2
_SUMMARY_WORDS = 7  # fewer are no summary where a longer one stands: "PURPOSE: For decision"
_OPENNESS_WORDS = 4
_ANSWER = re.compile(r"(?:yes|no|all)[.;]?", re.IGNORECASE)  # what stands beside a label, and is all of its value
_COUNTED = re.compile(r"\d{1,2}(?:[.)]|\.\d{1,2}[.)]?) ")
_ELSEWHERE = re.compile(r"(?:please )?see (?:below|above|over(?:leaf)?)\.?$|1\.\s", re.IGNORECASE)
_ASKED = ("confidentiality", *_ANYWHERE)  # what a form asks, with boxes to tick
_HINT = re.compile(r"^\((?=[^()]{12})[^()]+\)\s*(?=\w)")  # below a label: "(If exempt, give the paragraph)"
_BOXES = "☐□☒☑"
_TICKS = "☒☑✓✔"
_CHOICES = (
    re.compile(rf"(?P<one>[☐□{_TICKS}])\s?(?P<yes>Yes)\s?(?P<two>[☐□{_TICKS}])\s?(?P<no>No)\b", re.IGNORECASE),
    re.compile(rf"\b(?P<yes>Yes)\s?(?P<one>[☐□{_TICKS}])\s?(?P<no>No)\s?(?P<two>[☐□{_TICKS}])", re.IGNORECASE),
)
_NAMES = re.compile(r"\bif (?:yes|so|relevant|applicable)\b[^:☐☒]*:\s*(?P<value>[^☐☒]+)$", re.IGNORECASE)
_REMARK = re.compile(r"\s[-–—][^☐☒:]+$")  # "No - All wards"
_DATE_BEHIND = re.compile(
    r"(?:\s+[-–—]|,|(?<=[A-Za-z)]))\s+(?:on\s+)?(?:\w*day,?)?\s*\d{1,2}(?:st|nd|rd|th)?\s+\w+\s+\d{4}.*$",
    re.IGNORECASE,
)


def read_report(
    document_id: str, item: str | None, segments: Sequence[Segment], meeting: Meeting, profile: Profile
) -> Report:
    """The fields of a report's cover; a field that it does not print is None."""
    first = segments[0].first.pdf_page if segments else 1
    cover = [s for s in segments if s.first.pdf_page < first + _COVER_PAGES]
    found = {name: _first_value(cover, name, profile) for name in _COVER}
    found |= {name: _first_value(segments, name, profile) for name in _ANYWHERE}
    found["confidentiality"] = found["confidentiality"] or _openness(cover, profile)
    found["brief_summary"] = (
        _summary(_in_form(cover), "purpose", profile)
        or _summary(cover, "brief_summary", profile)
        or _summary(segments, "purpose", profile)
    )
    head = read_head(segments, meeting.council, profile)
    for name in ("decision_maker", "subject", "report_of"):
        found[name] = found[name] or getattr(head, name)
    found["subject"] = _without_item(_described(cover, found["subject"], profile), item)
    found["report_of"] = (
        found["report_of"] or _headed_by(cover, profile) or _answers_for(cover, profile) or _author(cover, profile)
    )
    day = _day(cover) or head.day
    if day is not None and meeting.meeting_date in _turned(day):  # 1/12/2021 as America writes it
        day = meeting.meeting_date
    maker = found["decision_maker"] or _beside_day(cover, profile)
    if maker is not None:
        day = day or parse_date(maker)
        found["decision_maker"] = _DATE_BEHIND.sub("", maker)
    appendices, background = _listed(segments, profile)
    return Report(
        document_id=document_id,
        item=item,
        date_of_decision=day or meeting.meeting_date,
        contacts=tuple(read_contacts(segments, profile)),
        appendices=appendices,
        background_documents=background,
        **found,
    )


def _without_item(subject: str | None, item: str | None) -> str | None:
    """A title without the item's number before it: "5. Lamps on the pier"."""
    number, space, title = (subject or "").partition(" ")
    same = bool(space) and item is not None and number.rstrip(".:)").casefold() == item.casefold()
    return title if same and number[-1] in ".:)" and title[:1].isupper() else subject


def _described(segments: Sequence[Segment], subject: str | None, profile: Profile) -> str | None:
    """The title; or what a planning application is for, beside such a word in the head of its report."""
    keys = label_keys(profile, "described")
    if subject is not None and label_key(subject.split(maxsplit=1)[0]) not in keys:
        return subject
    lines = [b for s in segments if s.first.pdf_page == segments[0].first.pdf_page for b in s.lines]
    for here, below in zip(lines, [*lines[1:], None], strict=True):
        label, *values = chunks_of(here.line)
        if values and label_key(" ".join(w.text for w in label)) in keys:
            words = [w for value in values for w in value]
            wraps = (
                below is not None and is_one_block(here, below) and abs(below.line.box.x0 - words[0].x0) < words[0].size
            )
            return Line((*words, *(below.line.words if wraps and below is not None else ()))).text
    return subject


def _listed(
    segments: Sequence[Segment], profile: Profile
) -> tuple[tuple[ListedDocument, ...], tuple[ListedDocument, ...]]:
    """Appendices and background documents; a report without a list of the former may name them among the latter."""
    appendices = read_listed(segments, "appendices", profile)
    background = read_listed(segments, "background_documents", profile)
    if not appendices:
        pattern = profile.pattern("kind.appendix")
        named = [(d, m) for d in background if (m := pattern.match(d.title)) is not None and m["title"]]
        appendices = [ListedDocument(m["value"], m["title"]) for _, m in named]
        if any("appendi" in s.heading.casefold() for s in segments if s.field == "background_documents"):
            background = [d for d in background if d not in [listed for listed, _ in named]]
    return tuple(appendices), tuple(background)


def _first_value(segments: Sequence[Segment], name: str, profile: Profile) -> str | None:
    """What stands under the first label of this meaning that has something under it, without paragraph numbers."""
    parted = "; " if name == "report_of" else " "
    own = (s for s in segments if s.field == name)
    texts = (_without_numbers(_beside(s), profile) if name in _ASKED else value_text(s, parted=parted) for s in own)
    told = [t for t in texts if t and _ELSEWHERE.match(t) is None]
    if name == "confidentiality":  # "Access to information: the background papers can be seen at ..."
        told = [t for t in told if "background papers" not in t]
    if name == "decision_maker":  # "Report for: INFORMATION" names nobody
        purposes = profile.labels["report purposes"]
        told = [t for t in told if t.casefold().strip(" .:") not in purposes]
    text = next(iter(told), None)
    return text if text is None or name not in _ASKED else _ticked(_HINT.sub("", text))


def _beside(segment: Segment) -> Segment:
    """A row of a form without what the label's own cell says below it: what a key decision is."""
    cell = segment.first.cell
    beside = [b for b in segment.lines if cell is not None and b.cell is not None and b.cell.col > cell.col]
    return replace(segment, lines=beside) if beside and len(beside) < len(segment.lines) else segment


def _ticked(text: str) -> str:
    """What the box says that is ticked, "No" of "☐ Yes ☒ No", or what a yes names behind a label of its own.

    >>> _ticked("☒ Yes ☐ No If yes, name(s) of ward(s): Pier; Quay"), _ticked("Yes ☐ No ☒")
    ('Pier; Quay', 'No')
    """
    choice = min((m for p in _CHOICES if (m := p.search(text)) is not None), key=lambda m: m.start(), default=None)
    boxes = [choice["one"] in _TICKS, choice["two"] in _TICKS] if choice is not None else []
    if choice is None or sum(boxes) != 1:
        return text
    named = _NAMES.search(text, choice.end())
    if boxes[0] and named is not None:
        return named["value"]
    remark = _REMARK.match(text, choice.end()) if boxes[1] else None
    return choice["yes" if boxes[0] else "no"] + (remark[0] if remark is not None else "")


def _openness(segments: Sequence[Segment], profile: Profile) -> str | None:
    """Whether a report is open, where a cell or a line of its cover says so without a label: "Open Report"."""
    keys = label_keys(profile, "openness")
    first = [
        s
        for s in segments
        if s.field in (None, "other", "confidentiality") and s.first.pdf_page == segments[0].first.pdf_page
    ]
    texts = (text for s in first for text in (s.heading, *(b.text for b in s.lines[:2])))
    return next((text for text in texts if len(text.split()) <= _OPENNESS_WORDS and label_key(text) in keys), None)


def _headed_by(segments: Sequence[Segment], profile: Profile) -> str | None:
    """Whose report it is, where a heading below its first sections says so: "Report of the Director of Piers"."""
    pattern = profile.pattern("head.report_of")
    found = (pattern.match(s.heading) for s in segments if s.field is None and s.heading)
    return next((match["value"] for match in found if match is not None), None)


def _answers_for(segments: Sequence[Segment], profile: Profile) -> str | None:
    """Who answers for a report that does not say whose it is: its director."""
    keys = label_keys(profile, "answers_for")
    texts = (value_text(s) for s in segments if s.field in ("contacts", "other") and label_key(s.heading) in keys)
    return next((t for t in texts if t), None)


def _author(segments: Sequence[Segment], profile: Profile) -> str | None:
    """The author of a report where the label names a post or a member, and nobody who could be asked."""
    keys = label_keys(profile, "author")
    member = profile.pattern("contact.member")
    for segment in segments:
        text = value_text(segment) if segment.field == "contacts" and label_key(segment.heading) in keys else ""
        if text and (member.match(text) is not None or not read_contacts([segment], profile)):
            return text
    return None


def _day(segments: Sequence[Segment]) -> dt.date | None:
    """The day that stands under a label that means one."""
    days = (parse_date(value_text(s)) for s in segments if s.field == "date_of_decision")
    return next((d for d in days if d is not None), None)


def _beside_day(segments: Sequence[Segment], profile: Profile) -> str | None:
    """The body that is named beside the day under one label: "Meeting and date: Harbour Panel - 5 May 2024"."""
    body = profile.pattern("meeting.body")
    values = (value_text(s) for s in segments if s.field == "date_of_decision")
    named = (_DATE_BEHIND.sub("", text) for text in values)
    return next((name for name in named if body.match(name) is not None), None)


def _turned(day: dt.date) -> tuple[dt.date, ...]:
    """The day that the same figures mean where the month comes first."""
    return (day.replace(month=day.day, day=day.month),) if day.day <= _MONTHS else ()


def _summary(segments: Sequence[Segment], name: str, profile: Profile) -> str | None:
    """The first text under such a label that is long enough to be a summary; else the first."""
    own = [_before_lead(s, profile) for s in segments if s.field == name]
    texts = [t for s in own if (t := _without_numbers(s, profile))]
    return next((t for t in texts if len(t.split()) >= _SUMMARY_WORDS), texts[0] if texts else None)


def _in_form(segments: Sequence[Segment]) -> list[Segment]:
    """What stands in the cover's ruled form, if that has no summary."""
    own = [s for s in segments if s.first.cell is not None and s.first.cell.kind == "form"]
    own = [s for s in own if not any(c in _BOXES for b in s.lines for c in b.text)]  # purposes to tick
    return [] if any(s.field == "brief_summary" for s in own) else own


def _before_lead(segment: Segment, profile: Profile) -> Segment:
    """A summary without what it recommends: "... The Panel is asked to:" and the points behind it."""
    lead = profile.pattern("recommendation.sentence")
    leads = [b.text.endswith((":", " to")) and lead.match(f"{b.text} x") is not None for b in segment.lines]
    end = next((i for i, leading in enumerate(leads) if i and leading), None)
    return segment if end is None else replace(segment, lines=segment.lines[:end])


def _without_numbers(segment: Segment, profile: Profile) -> str:
    """The text of a summary whose paragraphs are numbered, without the numbers."""
    beside = Line(tuple(segment.value)).text if segment.value else ""
    if _ANSWER.fullmatch(beside) is not None:
        return beside
    points = split_points(segment.lines, profile, "0") if not segment.value else []
    number = _COUNTED.match(segment.lines[0].text) if len(segment.lines) == 1 and not beside else None
    if number is not None:  # "9. All" under its heading
        return segment.lines[0].line.text[number.end() :]
    if points and points[0].lines[0] is segment.lines[0] and points[-1].lines[-1] is segment.lines[-1]:
        return " ".join(p.text for p in points)
    return value_text(segment)
