"""What a report recommends: numbered or not, in a cell, under a heading or in a box."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from rapidfuzz import fuzz

from agendaparse.content.body import BodyLine
from agendaparse.content.numbered import Point, is_bulleted, segment_lines, split_again, split_paragraphs, split_points
from agendaparse.content.segments import Segment
from agendaparse.content.text import plain
from agendaparse.profile import Profile
from agendaparse.records import Recommendation, Source

_DOTTED, _COUNTED = re.compile(r"\d{1,2}\.\d{1,2}\.?"), re.compile(r"\d{1,2}\.?")
_SAME = 0.85  # of the letters: a recommendation printed again is worded a little differently


def read_recommendations(
    item: str | None, segments: Sequence[Segment], pack_id: str, profile: Profile
) -> list[Recommendation]:
    """The recommendations in order; a report that prints them twice has them once."""
    found: list[Recommendation] = []
    points = [p for s in segments if s.field == "recommendations" for p in _points(s, profile)]
    elsewhere = profile.pattern("recommendation.elsewhere")
    points = [p for p in points if elsewhere.match(plain(p.text)) is None]
    for point in points or _unheaded(segments, profile):
        if point.text and not any(_is_same(r, point) for r in found):
            source = Source(pack_id, point.pdf_page, None, point.box, "text")
            found.append(Recommendation(item, point.number, point.text, source))
    return found


def _unheaded(segments: Sequence[Segment], profile: Profile) -> list[Point]:
    """What a report without such a heading recommends in a paragraph that says so, and in the points behind it."""
    sentence = profile.pattern("recommendation.sentence")
    for segment in segments:
        lines = segment_lines(segment)
        if (
            segment.field is None
            and _is_lead(segment.heading)
            and sentence.match(plain(f"{segment.heading} note")) is not None
        ):
            return _first_list(lines, profile)  # a heading: "The Panel is recommended to"
        for point in split_paragraphs(lines):
            match = sentence.match(plain(point.text))
            if match is None:
                continue
            if match.get("rest"):
                point.parts = [point.text.partition(" ")[2]]  # behind the word RECOMMENDED
            after = lines[lines.index(point.lines[0]) + 1 :]
            if _is_lead(point.lines[0].text):
                return _first_list(after, profile)
            return [point]
    return [p for s in segments for p in _last_sentence(s, profile)][:1]


def _last_sentence(segment: Segment, profile: Profile) -> list[Point]:
    """What ends a summary, close below it: "Members are asked to note ..."."""
    lines = [b for b in segment.lines if not b.is_data] if segment.field == "brief_summary" else []
    sentence = profile.pattern("recommendation.sentence")
    for k, (above, here) in enumerate(pairwise(lines), 1):
        if above.text.endswith(".") and sentence.match(here.text) is not None:
            return [
                Point(None, here.pdf_page, here.line.box.x0, here.line.box, [b.line.text for b in lines[k:]], lines[k:])
            ]
    return []


def _first_list(lines: Sequence[BodyLine], profile: Profile) -> list[Point]:
    """The list that begins with the first line: bullets down to a line left of them, numbers, or paragraphs."""
    if lines and is_bulleted(lines[0].line):
        left = lines[0].line.box.x0 - 3
        return split_paragraphs(list(takewhile(lambda b: b.line.box.x0 > left, lines)))
    return split_points(lines, profile) or split_paragraphs(lines)


def _is_lead(text: str) -> bool:
    """Whether a text leads to what is recommended: it ends with a colon, "to" or "that"."""
    return plain(text).rstrip(" -").endswith((":", " to", " that"))


def _is_same(said: Recommendation, point: Point) -> bool:
    """Whether a report says it again: under the same number in nearly the same words."""
    if (said.number or "").casefold() != (point.number or "").casefold():
        return False
    return fuzz.ratio(plain(said.text).casefold(), plain(point.text).casefold()) > 100 * _SAME


def _points(segment: Segment, profile: Profile) -> list[Point]:
    """The numbered points, or the letters within a single one; else the paragraphs or bullets behind the lead-in."""
    lines = segment_lines(segment)
    points = split_points(lines, profile) or split_points(lines, profile, "0")  # bare numbers: "1" beside its text
    points = points[: count_alike(points)]
    if points and (lead := _conditional_lead(lines, points[0], profile)):
        text = " ".join([*(b.line.text for b in lead), *(f"{p.number} {p.text}" for p in points)])
        return [Point(None, lead[0].pdf_page, lead[0].line.box.x0, lead[0].line.box, [text], lead)]
    if len(points) == 1:
        return split_again(points[0], profile) or points
    return points or _without_lead(split_paragraphs(lines), profile)


def _conditional_lead(lines: Sequence[BodyLine], first: Point, profile: Profile) -> list[BodyLine]:
    """The lines above a list that only says on which conditions or for which reasons; empty where it recommends."""
    lead = list(takewhile(lambda b: b is not first.lines[0], lines))
    text = plain(" ".join(b.text for b in lead))
    return lead if profile.pattern("recommendation.conditions").match(text) is not None else []


def count_alike(points: Sequence[Point]) -> int:
    """How many of the points are of the list that the first begins: behind 2.1 and 2.2 a "1." is of another one."""
    dotted = bool(points) and _DOTTED.fullmatch(points[0].number or "") is not None
    ends = (k for k, p in enumerate(points) if dotted and _COUNTED.fullmatch(p.number or "") is not None)
    return next(ends, len(points))


def _without_lead(points: list[Point], profile: Profile) -> list[Point]:
    """The points without the words that lead to them: "The Cabinet is asked to:"."""
    lead = profile.pattern("recommendation.lead")
    if len(points) > 1 and lead.match(plain(points[0].text)) is not None:
        return points[1:]
    return points
