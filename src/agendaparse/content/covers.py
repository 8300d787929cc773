"""Covering reports: the fields of the cover, contacts, appendices and background documents."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agendaparse.content.contacts import read_contacts
from agendaparse.content.dates import parse_date
from agendaparse.content.numbered import read_points
from agendaparse.content.segments import Segment, value_text
from agendaparse.profile import Profile
from agendaparse.records import ListedDocument, Meeting, Report

# Fields of the cover: the same words further on in a report are something else.
_COVER = ("decision_maker", "subject", "report_of", "confidentiality")
_ANYWHERE = ("key_decision", "wards_affected")
_COVER_PAGES = 2
_SUMMARY_WORDS = 7  # fewer are no summary where a longer one stands: "PURPOSE: For decision"
_ANSWERED = re.compile(r"(?P<title>.+?)\s(?P<there>YES|NO|Yes|No)\b.*")
_DATE_BEHIND = re.compile(r"\s+[-–—]\s+\w*,?\s*\d{1,2}(?:st|nd|rd|th)?\s+\w+\s+\d{4}.*$")
_NOTHING = re.compile(
    r"(?:none|n/?a|nil|not applicable|there are none|no appendices|no background papers)\.?", re.IGNORECASE
)


def read_report(
    document_id: str, item: str | None, segments: Sequence[Segment], meeting: Meeting, profile: Profile
) -> Report:
    """The fields of a report's cover; a field that it does not print is None."""
    first = segments[0].first.pdf_page if segments else 1
    cover = [s for s in segments if s.first.pdf_page < first + _COVER_PAGES]
    found = {name: _first_value(cover, name) for name in _COVER}
    found |= {name: _first_value(segments, name) for name in _ANYWHERE}
    found["brief_summary"] = _summary(cover, "brief_summary") or _summary(segments, "purpose")
    found["brief_summary"] = found["brief_summary"] or _summary(segments, "brief_summary")
    dated = next((s for s in cover if s.field == "date_of_decision"), None)
    day = parse_date(value_text(dated)) if dated is not None else None
    maker = found["decision_maker"]
    if maker is not None:
        day = day or parse_date(maker)
        found["decision_maker"] = _DATE_BEHIND.sub("", maker)
    return Report(
        document_id=document_id,
        item=item,
        date_of_decision=day or meeting.meeting_date,
        contacts=tuple(read_contacts(segments, profile)),
        appendices=tuple(_listed(segments, "appendices", profile)),
        background_documents=tuple(_listed(segments, "background_documents", profile)),
        **found,
    )


def _first_value(segments: Sequence[Segment], name: str) -> str | None:
    """What stands under the first label of this meaning that has something under it."""
    parted = "; " if name == "report_of" else " "
    texts = (value_text(s, parted=parted) for s in segments if s.field == name)
    return next((t for t in texts if t), None)


def _summary(segments: Sequence[Segment], name: str) -> str | None:
    """The first text under such a label that is long enough to be a summary; else the first."""
    texts = [t for s in segments if s.field == name and (t := value_text(s))]
    return next((t for t in texts if len(t.split()) >= _SUMMARY_WORDS), texts[0] if texts else None)


def _listed(segments: Sequence[Segment], name: str, profile: Profile) -> list[ListedDocument]:
    """The documents under a heading, with the number or letter that each is listed under."""
    found = []
    for segment in segments:
        if segment.field != name:
            continue
        points = read_points(segment, profile)
        answered = sum(_ANSWERED.fullmatch(p.text) is not None for p in points) > 1
        for point in points:
            answer = _ANSWERED.fullmatch(point.text) if answered else None
            if answer is not None:  # a form that lists all there may be, and says which are there
                if answer["there"].casefold() == "no":
                    continue
                point.parts = [answer["title"]]
            match = profile.pattern("kind.appendix").match(point.text) if name == "appendices" else None
            if match is not None:
                found.append(ListedDocument(match["value"], match["title"] or point.text))
            elif point.text and (point.number or _NOTHING.fullmatch(point.text) is None):
                found.append(ListedDocument(point.number, point.text))
    return found
