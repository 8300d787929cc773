"""The covering reports of a pack, read one after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agendaparse.content.body import form_lines, running_heads
from agendaparse.content.centred import with_labels_first
from agendaparse.content.claims import Claims
from agendaparse.content.covers import read_report
from agendaparse.content.labels import cover_labels
from agendaparse.content.paragraphs import read_paragraphs
from agendaparse.content.recommendations import read_recommendations
from agendaparse.content.segments import Segment, find_segments
from agendaparse.content.side_headings import with_headings_above
from agendaparse.content.stamps import StampedPage
from agendaparse.issues import Issues
from agendaparse.profile import Profile
from agendaparse.records import Document, Meeting, Paragraph, Recommendation, Report

_OF_A_COVER = ("decision_maker", "subject", "report_of", "brief_summary", "purpose", "contacts", "wards_affected")
_APPENDIX = re.compile(r"\W*(?:appendix|annexe?) \w", re.IGNORECASE)  # in a list of them
_ITEM = re.compile(r"(?:agenda )?item(?: no\.?)? \S+\s?[:–-] \w", re.IGNORECASE)  # "Agenda item 8: Moorings"
_HEADS = 4  # of a paper: the letterhead stands above
_OF_A_FORM = frozenset({"decision_maker", "subject", "report_of", "date_of_decision", "wards_affected", "key_decision"})


@dataclass(frozen=True)
class Paper:
    """One covering report with what it says."""

    report: Report
    recommendations: tuple[Recommendation, ...]
    paragraphs: tuple[Paragraph, ...]
    has_cover: bool = True  # False for a paper that has no label of a cover at all


def read_papers(
    pages: Sequence[StampedPage],
    documents: Sequence[Document],
    meeting: Meeting,
    profile: Profile,
    pack_id: str,
    issues: Issues,
    claims: Claims,
) -> list[Paper]:
    """The covering reports among the documents, in order."""
    papers = []
    labels, running = cover_labels(profile), running_heads(pages, documents)
    for document in documents:
        if document.kind != "report":
            continue
        placed = form_lines(pages, document, labels, profile, running)
        body = with_labels_first(with_headings_above(placed, lambda t: labels.whole(t) in _OF_A_FORM), labels)
        segments = [_settled(s) for s in find_segments(body, labels)]
        recommendations = read_recommendations(document.item, segments, pack_id, profile)
        if not recommendations and not document.scanned:
            issues.add("no_recommendation", "no recommendation was found in the report", pdf_page=document.pdf_first)
        paragraphs = read_paragraphs(document.item, segments, recommendations, pack_id, profile)
        report = read_report(document.document_id, document.item, segments, meeting, profile)
        has_cover = (
            bool(recommendations) or any(s.field in _OF_A_COVER for s in segments) or report.report_of is not None
        )
        has_cover = has_cover or any(_ITEM.match(s.heading) is not None for s in segments[:_HEADS])
        papers.append(Paper(report, tuple(recommendations), tuple(paragraphs), has_cover))
        _claim(segments, claims)
    return papers


def _settled(segment: Segment) -> Segment:
    """What stands under "Proposal" is a recommendation where it begins with "That"; else a label may head a list."""
    said = segment.lines[0].text if segment.lines and not segment.value else ""
    if segment.field == "supporting":
        return replace(segment, field="appendices" if _APPENDIX.match(said) is not None else None)
    if segment.field != "proposal":
        return segment
    return replace(segment, field="recommendations" if said.casefold().startswith("that ") else "other")


def _claim(segments: Sequence[Segment], claims: Claims) -> None:
    for segment in segments:
        reader = segment.field or "section"
        claims.claim([segment.first.line, *(b.line for b in segment.lines)], reader)
