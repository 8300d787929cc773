"""Numbered points and paragraphs: "(i)", "1.", "A)", "1.2", over lines and pages, with bullets joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from agendaparse.content.body import BodyLine
from agendaparse.content.segments import Segment, joined_points
from agendaparse.layout.lines import Line
from agendaparse.layout.words import Word
from agendaparse.profile import Profile
from agendaparse.records import Box

_COLUMN = 9.0  # points within which numbers stand under each other
_PARAGRAPH_GAP = 2.6  # of the font size
_BULLET = re.compile(r"[•●▪◦○➢o·-]")


@dataclass
class Point:
    """One point of a list, or one numbered paragraph."""

    number: str | None
    pdf_page: int
    x: float
    box: Box
    parts: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text as printed, lines joined, bullets as semicolons."""
        return joined_points(" ".join(self.parts))


def read_points(segment: Segment, profile: Profile) -> list[Point]:
    """The points under a heading: numbered ones if there are any, else bullets or lines that stand apart."""
    first = [BodyLine(segment.first.pdf_page, Line(tuple(segment.value)), "")] if segment.value else []
    lines = [*first, *segment.lines]
    numbered = split_points(lines, profile)
    return numbered or _unnumbered(lines, profile)


def split_points(lines: Sequence[BodyLine], profile: Profile) -> list[Point]:
    """The points that begin with a number in one column; text before the first is left out."""
    starts = [(i, n) for i, b in enumerate(lines) if (n := _number(b.line, profile)) is not None]
    if not starts:
        return []
    left = min(lines[i].line.box.x0 for i, _ in starts)
    begin = {i: n for i, n in starts if lines[i].line.box.x0 - left < _COLUMN}
    points: list[Point] = []
    over = False
    for i, here in enumerate(lines):
        start = begin.get(i) or (_bare_next(points, here.line, left) if points else None)
        if start is not None:
            number, words = start
            points.append(Point(number, here.pdf_page, here.line.box.x0, here.line.box))
            _add(points[-1], here.line, words)
            over = False
        elif points and not over:
            over = _ends_list(points[-1], here, left)
            if not over:
                _add(points[-1], here.line, list(here.line.words))
    return points


def _ends_list(point: Point, here: BodyLine, left: float) -> bool:
    """Text left of the numbers is no part of a list, nor is a paragraph under them after a wide gap."""
    if here.line.box.x0 < left - 3:
        return True
    above = point.lines[-1].box
    gap = here.line.box.top - above.top if here.line.box.top > above.top else 0.0
    return here.line.box.x0 < left + 3 and gap > _PARAGRAPH_GAP * here.line.size


def _bare_next(points: list[Point], line: Line, left: float) -> tuple[str, list[Word]] | None:
    """The next number without its full stop: "2" after "1."."""
    before, first = (points[-1].number or "").strip("."), line.words[0].text
    if not (before.isdigit() and first.isdigit() and int(first) == int(before) + 1):
        return None
    apart = len(line.words) > 1 and line.words[1].x0 - line.words[0].x1 > 0.5 * line.size
    return (first, list(line.words[1:])) if apart and line.box.x0 - left < _COLUMN else None


def _number(line: Line, profile: Profile) -> tuple[str, list[Word]] | None:
    """The number that a line begins with, and the words behind it."""
    match = profile.pattern("list.number").match(line.words[0].text)
    if match is None or len(line.words) < 2:  # noqa: PLR2004
        return None
    return line.words[0].text, list(line.words[1:])


def _add(point: Point, line: Line, words: list[Word]) -> None:
    point.lines.append(line)
    if words:
        point.parts.append(Line(tuple(words)).text)
    if len(point.lines) > 1 and line.box.top > point.box.top:
        point.box = point.box.join(line.box)


def _is_bulleted(line: Line) -> bool:
    return _BULLET.fullmatch(line.words[0].text) is not None and len(line.words) > 1


def _unnumbered(lines: Sequence[BodyLine], profile: Profile) -> list[Point]:
    """Bullets, or lines: one that stands further right, or close under a long line, goes on."""
    pattern = profile.pattern("kind.appendix")
    marked = [_is_bulleted(b.line) or pattern.match(b.text) is not None for b in lines]
    points: list[Point] = []
    for here, begins in zip(lines, marked, strict=True):
        words = list(here.line.words)
        if _is_bulleted(here.line):
            words = words[1:]
        x = words[0].x0
        if points and not begins and (any(marked) or x > points[-1].x + 3):
            _add(points[-1], here.line, words)
        else:
            points.append(Point(None, here.pdf_page, x, here.line.box))
            _add(points[-1], here.line, words)
    return points
