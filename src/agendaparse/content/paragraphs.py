"""Numbered paragraphs of a report, with the section that they stand in, over page breaks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agendaparse.content.body import BodyLine
from agendaparse.content.labels import label_key, label_keys
from agendaparse.content.listed import says_nothing
from agendaparse.content.numbered import Point, do_hang, split_points
from agendaparse.content.recommendations import count_alike
from agendaparse.content.segments import LISTS, Segment, chunks_of
from agendaparse.profile import Profile
from agendaparse.records import Paragraph, Recommendation, Source

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,2}[.)]?")
_LISTED = LISTS[1:]
_HEADING_NUMBER = re.compile(r"[\d.]+\s+")
# What is set like a heading and belongs to a table or picture: a caption, a total.
_CAPTION = re.compile(
    r"(?:figure|fig|table|chart|graph|image|map|diagram|box)\.? ?\d{1,3}[a-z]?\b"
    r"|(?:(?:overall|grand|net) )?total\b|(?:\w+ ){0,4}sub[ -]?total\b|\(?surplus\)?\s?/\s?\(?deficit\b",
    re.IGNORECASE,
)
_SHORT = 3  # words
_ROW = 12  # lines of figures, read before the name beside which they stand
_LEVEL = 0.6  # of the font size: figures beside a bold name stand no lower
_LOW = 3.0  # of the font size: the height of a row that holds a heading
_CAPITALS = re.compile(r"[A-Z]{4}")  # a main heading begins with a word in capitals


def read_paragraphs(
    item: str | None,
    segments: Sequence[Segment],
    recommendations: Sequence[Recommendation],
    pack_id: str,
    profile: Profile,
) -> list[Paragraph]:
    """The numbered paragraphs under the report's own headings, in order; recommendations are none of them."""
    mains = [s for s in segments if s.field is None and _is_main(s.heading)]
    in_capitals = bool(mains) and all(map(_has_row, mains))
    columns = label_keys(profile, "list_headers")  # "Ref" heads the column of a table without rules
    places = {_place(r.source) for r in recommendations}
    hang = do_hang([b for s in segments if s.field not in LISTS for b in s.lines if not b.is_data], profile)
    found: list[Paragraph] = []
    section = before = ""
    for above, segment in zip([*segments[:1], *segments], segments, strict=False):
        heads_column = segment.field in (None, "other") and label_key(segment.heading) in columns
        if not heads_column and (
            segment.field is not None
            or (_heads_section(segment, above) and (not in_capitals or _is_main(segment.heading)))
        ):
            section = segment.heading
        points = split_points(segment.lines, profile, before or "0", hang=hang)
        numbered = [p for p in points if p.number is not None and _NUMBER.fullmatch(p.number)]
        if segment.field in _LISTED:  # "4.1 There are none" is a paragraph, and no paper
            numbered = [p for p in numbered if _is_sentence_of_none(p)]
        elif segment.field == "recommendations":  # behind 2.1 and 2.2, "1." is of a section that nothing marks
            lead = split_points(segment.lines[:1], profile, before or "0", hang=hang)
            before = next((p.number for p in lead if p.number and _is_next(before, p.number)), before)
            numbered = numbered[count_alike(numbered) :]
        elif segment.field in ("contacts", "further_documents", "wards_affected"):
            continue
        new = [_paragraph(item, section, point, pack_id) for point in numbered]
        found += [p for p in new if _place(p.source) not in places]
        before = next((p.number for p in reversed(numbered) if p.number), before)
    return found


def _is_next(before: str, number: str) -> bool:
    """Whether a bare number is the one after another: that of a lead to what is recommended counts, too."""
    return before.isdigit() and number.isdigit() and int(number) == int(before) + 1


def _place(source: Source) -> tuple[int, float, float] | None:
    """Where something begins: how far it goes, two readers may see differently."""
    return (source.pdf_page, source.box.x0, source.box.top) if source.box is not None else None


def _heads_section(segment: Segment, above: Segment) -> bool:
    """Whether a heading is that of a section: no caption, and no bold row of a table, be it without rules."""
    in_table = segment.first.cell is not None and segment.first.cell.kind == "data"
    if not segment.heading or in_table or _CAPTION.match(segment.heading) is not None:
        return False
    last = chunks_of(segment.first.line)[1:][-1:]
    figures = any(not any(map(str.isalpha, word.text)) for words in last for word in words)
    return not (figures or any(_is_level(segment.first, b) for b in (*above.lines[-_ROW:], *segment.lines[:1])))


def _is_level(here: BodyLine, other: BodyLine) -> bool:
    """Whether two lines stand side by side, and the other is no paragraph beside its heading."""
    words = other.line.words
    if len(words) > _SHORT and words[0].text.endswith((".", ")")) and _NUMBER.fullmatch(words[0].text) is not None:
        return False
    step = abs(other.line.box.top - here.line.box.top)
    return here.pdf_page == other.pdf_page and step < _LEVEL * here.line.size


def _is_main(heading: str) -> bool:
    """Whether a heading begins with a word in capitals, behind its number."""
    return _CAPITALS.match(_HEADING_NUMBER.sub("", heading)) is not None


def _is_sentence_of_none(point: Point) -> bool:
    """Whether a paragraph says in a sentence that there is nothing to list: "None" alone is no paragraph."""
    dotted = "." in (point.number or "").strip(".")
    return dotted and says_nothing(point.text) and len(point.text.split()) > 1


def _has_row(segment: Segment) -> bool:
    """Whether a heading has a row of a ruled form to itself: then others are no sections, but parts of one."""
    cell = segment.first.cell
    return cell is not None and cell.box.height < _LOW * segment.first.line.size


def _paragraph(item: str | None, section: str, point: Point, pack_id: str) -> Paragraph:
    source = Source(pack_id, point.pdf_page, None, point.box, "text")
    return Paragraph(item, section, point.number or "", point.text, source)
