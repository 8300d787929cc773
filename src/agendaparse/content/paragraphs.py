"""Numbered paragraphs of a report, with the section that they stand in, over page breaks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agendaparse.content.numbered import Point, split_points
from agendaparse.content.segments import LISTS, Segment
from agendaparse.profile import Profile
from agendaparse.records import Paragraph, Source

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,2}[.)]?")
_CAPITALS = re.compile(r"[A-Z]{4}")  # a main heading begins with a word in capitals


def read_paragraphs(item: str | None, segments: Sequence[Segment], pack_id: str, profile: Profile) -> list[Paragraph]:
    """The numbered paragraphs under the report's own headings, in order."""
    in_capitals = any(s.field is None and _CAPITALS.match(s.heading) for s in segments)
    found: list[Paragraph] = []
    section = before = ""
    for segment in segments:
        if segment.field in (*LISTS, "recommendations", "further_documents"):
            section = segment.heading
            continue
        if segment.field is not None or (segment.heading and (not in_capitals or _CAPITALS.match(segment.heading))):
            section = segment.heading
        points = split_points(segment.lines, profile, before or "0")
        numbered = [p for p in points if p.number is not None and _NUMBER.fullmatch(p.number)]
        found += [_paragraph(item, section, point, pack_id) for point in numbered]
        before = next((p.number.strip(".)") for p in reversed(numbered) if p.number), before)
    return found


def _paragraph(item: str | None, section: str, point: Point, pack_id: str) -> Paragraph:
    source = Source(pack_id, point.pdf_page, None, point.box, "text")
    return Paragraph(item, section, point.number or "", point.text, source)
