"""Numbered points and paragraphs: "(i)", "1.", "A)", "1.2", over lines and pages, with bullets joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from agendaparse.content.body import BodyLine
from agendaparse.content.list_numbers import follows
from agendaparse.content.segments import Segment, joined_points
from agendaparse.layout.lines import Line
from agendaparse.layout.words import Word
from agendaparse.profile import Profile
from agendaparse.records import Box

_COLUMN = 9.0  # points within which numbers stand under each other
_LARGEST_STEP = 8  # a list skips a few numbers at most: "31." at a line's head may end a sentence
# Of the font size.
_PARAGRAPH_GAP = 2.6
_BETWEEN = 1.7  # from line to line: more parts paragraphs that have no number
_SMALLER = 0.9  # a footnote is set so much smaller
_FULL = 0.75  # of the right edge: a line that ends further left does not run over
_APART = 0.5  # a bare number stands this far from its text
_BULLET = re.compile(r"[•●▪◦○➢o·-]")
_RUN_IN = re.compile(r"(?P<number>\d{1,3}\.)(?P<word>[A-Z][A-Za-z'’-]*)")
_ENDS = frozenset({"(END)", "(End)", "(ENDS)", "END", "ENDS", "- END -", "-ENDS-", "- ENDS -"})  # of a report
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{1,3})+")


@dataclass
class Point:
    """One point of a list, or one numbered paragraph."""

    number: str | None
    pdf_page: int
    x: float
    box: Box
    parts: list[str] = field(default_factory=list)
    lines: list[BodyLine] = field(default_factory=list)
    inner: str | None = None  # the last number of a list within it that stands in the same column

    @property
    def text(self) -> str:
        """Its text as printed, lines joined, bullets as semicolons."""
        return joined_points(" ".join(self.parts))


def read_points(lines: Sequence[BodyLine], profile: Profile) -> list[Point]:
    """The points of a list: numbered ones if there are any, else bullets or lines that stand apart."""
    return split_points(lines, profile) or _unnumbered(lines, profile)


def segment_lines(segment: Segment) -> list[BodyLine]:
    """What stands beside a label, and the lines under it."""
    if not segment.value:
        return list(segment.lines)
    beside = Line(tuple(segment.value))
    return [segment.first._replace(line=beside, text=beside.text), *segment.lines]


def split_points(lines: Sequence[BodyLine], profile: Profile, before: str = "", *, hang: bool = False) -> list[Point]:
    """The points that begin with a number in one column; text before the first is left out.

    ``before`` is the number of the point that stands before these lines: a bare number must follow from it.
    ``hang`` says that the report's paragraphs hang, so that a line under a number ends one.
    """
    lines = [b for b in lines if not b.is_data]
    starts = [(i, n) for i, b in enumerate(lines) if (n := _number(b.line, profile)) is not None]
    bare = [(i, n) for i, b in enumerate(lines) if (n := _bare(b.line)) is not None]
    if not starts and not (bare and before.strip(".)").isdigit()):
        return []
    left = min(lines[i].line.box.x0 for i, _ in starts or bare)
    begin = {i: n for i, n in (*bare, *starts) if abs(lines[i].line.box.x0 - left) < _COLUMN}
    points: list[Point] = []
    over, hangs = False, hang
    for i, here in enumerate(lines):
        start = begin.get(i)
        last = points[-1].number or "" if points else before
        if start is not None and points and _is_inner(points[-1], start[0]):
            points[-1].inner = start[0]
            add_line(points[-1], here, list(here.line.words))
        elif start is not None and _follows(last, start[0], here.line):
            number, words = start
            points.append(Point(number, here.pdf_page, here.line.box.x0, here.line.box))
            add_line(points[-1], here, words)
            over = False
        elif points and not over:
            if _is_footnote(here, points[-1]):
                continue
            over = (
                here.text in _ENDS
                or _ends_list(points[-1], here, left)
                or (hangs and here.line.box.x0 < left + 3 and not _goes_over(points[-1].lines[-1], here))
            )
            if not over:
                second = len(points[-1].lines) == 1 and not is_bulleted(here.line)
                hangs = hangs or (second and here.line.box.x0 > left + _COLUMN)
                add_line(points[-1], here, list(here.line.words))
    return points


def _is_footnote(here: BodyLine, point: Point) -> bool:
    """Whether a line in smaller print stands under a paragraph that goes on overleaf."""
    first = point.lines[0].line
    return here.line.size < _SMALLER * first.size and here.line.box.x0 < first.box.x0 + 3 and here.cell is None


def _goes_over(above: BodyLine, here: BodyLine) -> bool:
    """Whether a sentence goes on overleaf, be it without the indent that it had."""
    return here.pdf_page != above.pdf_page and here.text[:1].islower() and not above.text.endswith((".", ":", ";"))


def do_hang(lines: Sequence[BodyLine], profile: Profile) -> bool:
    """Whether numbered paragraphs go on under their text, and not under their number; so they do if none goes on."""
    votes = 0
    right = _FULL * max((b.line.box.x1 for b in lines), default=0.0)
    for above, below in zip(lines, lines[1:], strict=False):
        if above.line.box.x1 < right or (_number(above.line, profile) is None and _bare(above.line) is None):
            continue  # what ends early does not go on
        step = below.line.box.top - above.line.box.top
        follows = 0 < step < _BETWEEN * below.line.size
        if _number(below.line, profile) is not None or not follows or is_bulleted(below.line):
            continue
        votes += 1 if below.line.box.x0 > above.line.box.x0 + _COLUMN else -1
    return votes >= 0


def _is_inner(point: Point, number: str) -> bool:
    """Whether a number is of a list within a point, though it stands in its column: "(a)" behind "(iii) ... that:"."""
    if point.inner is not None:
        return follows(point.inner, number)
    first = re.sub(r"\W", "", number.casefold()) in ("a", "i", "1")
    return first and point.parts[-1].endswith(":") and not follows(point.number or "", number)


def _follows(before: str, number: str, line: Line) -> bool:
    """Whether a number may come next: "31." or "5.2" at a line's head may end a sentence; a bare one must count on."""
    last, here = before.strip(".()[]"), number.strip(".()[]")
    if number.isdigit():  # without a full stop: "2" after "1."
        return last.isdigit() and int(here) == int(last) + 1
    if (
        here.isdigit() and before.isdigit() and before != "0"
    ):  # "1." among bare numbers begins a list within a paragraph
        return int(here) == int(before) + 1
    if here.isdigit() and last.isdigit():
        return int(here) == 1 or 0 < int(here) - int(last) <= _LARGEST_STEP
    if _DOTTED.fullmatch(number) and last and before != "0" and last.replace(".", "").isdigit():
        apart = line.words[1].x0 - line.words[0].x1 > _APART * line.size
        return apart or _steps_on(last, number)
    return True


def _steps_on(before: str, number: str) -> bool:
    """Whether dotted numbers count on: 4.2, 4.3; 4.2, 4.2.1; 4.9, 5.1."""
    a, b = [int(p) for p in before.split(".")], [int(p) for p in number.split(".")]
    return a < b and abs(b[0] - a[0]) <= 1


def _ends_list(point: Point, here: BodyLine, left: float) -> bool:
    """Text left of the numbers is no part of a list, nor is a paragraph under them after a wide gap."""
    if here.line.box.x0 < left - 3:
        return True
    above = point.lines[-1].line.box
    gap = here.line.box.top - above.top if here.line.box.top > above.top else 0.0
    return here.line.box.x0 < left + 3 and gap > _PARAGRAPH_GAP * here.line.size


def _bare(line: Line) -> tuple[str, list[Word]] | None:
    """A number without full stop that stands apart from the words behind it."""
    first = line.words[0].text
    if not (first.isdigit() and len(first) < 4 and len(line.words) > 1):  # noqa: PLR2004
        return None
    apart = line.words[1].x0 - line.words[0].x1 > _APART * line.size
    return (first, list(line.words[1:])) if apart else None


def _number(line: Line, profile: Profile) -> tuple[str, list[Word]] | None:
    """The number that a line begins with, and the words behind it; "10.The" is number and word."""
    run_in = _RUN_IN.fullmatch(line.words[0].text)
    if run_in is not None:
        first = line.words[0]
        return run_in["number"], [first._replace(text=run_in["word"]), *line.words[1:]]
    if len(line.words) < 2 or profile.pattern("list.number").match(line.words[0].text) is None:  # noqa: PLR2004
        return None
    return line.words[0].text, list(line.words[1:])


def add_line(point: Point, here: BodyLine, words: list[Word]) -> None:
    """A line more for a point; ``words`` are what of it is text."""
    point.lines.append(here)
    if words:
        point.parts.append((here.line if len(words) == len(here.line.words) else Line(tuple(words))).text)
    if len(point.lines) > 1 and here.line.box.top > point.box.top:
        point.box = point.box.join(here.line.box)


def split_again(point: Point, profile: Profile) -> list[Point]:
    """The lettered points within a numbered one: "1. a) That ... b) That ..."; none where it has text of its own."""
    first = point.lines[0]
    words = first.line.words[1:]
    inner = [first._replace(line=Line(tuple(words))), *point.lines[1:]] if words else point.lines[1:]
    starts = [i for i, b in enumerate(inner) if _number(b.line, profile) is not None]
    lead = " ".join(b.text for b in inner[: starts[0]]) if starts else ""
    alone = len(starts) == 1 and lead.rstrip(" -").endswith(":")  # "Members are asked to: (i) ..." and no more
    if len(starts) < 2 and not alone:  # noqa: PLR2004
        return []
    if lead and not lead.rstrip(" -").endswith((":", "to", "that")):
        return []
    return split_points(inner, profile)


def is_bulleted(line: Line) -> bool:
    """Whether a line begins with a bullet."""
    return _BULLET.fullmatch(line.words[0].text) is not None and len(line.words) > 1


def split_paragraphs(lines: Sequence[BodyLine]) -> list[Point]:
    """Points that have no number: each begins with a bullet, or after a gap, or in another cell."""
    lines = [b for b in lines if not b.is_data]
    steps = _steps(lines)
    points: list[Point] = []
    for i, here in enumerate(lines):
        words = list(here.line.words)
        bulleted = is_bulleted(here.line)
        if bulleted:
            words = words[1:]
        if points and not bulleted and not _parted(lines[i - 1], here, steps):
            add_line(points[-1], here, words)
        else:
            points.append(Point(None, here.pdf_page, words[0].x0, here.line.box))
            add_line(points[-1], here, words)
    return points


def _steps(lines: Sequence[BodyLine]) -> float:
    """The least distance from line to line, in font sizes: that within a paragraph."""
    found = [
        (b.line.box.top - a.line.box.top) / b.line.size
        for a, b in zip(lines, lines[1:], strict=False)
        if a.pdf_page == b.pdf_page and b.line.box.top - a.line.box.top > 0.5 * b.line.size
    ]
    return min(found, default=1.2)


def _parted(above: BodyLine, below: BodyLine, step: float) -> bool:
    if above.pdf_page != below.pdf_page:
        return above.text.endswith((".", ":", ";")) and below.text[:1].isupper()
    if above.cell != below.cell and below.cell is not None:
        return True
    return below.line.box.top - above.line.box.top > max(_BETWEEN, 1.25 * step) * below.line.size


def _unnumbered(lines: Sequence[BodyLine], profile: Profile) -> list[Point]:
    """Bullets, or lines: one that stands further right, or close under a long line, goes on."""
    pattern = profile.pattern("appendix.listed")
    marked = [is_bulleted(b.line) or pattern.match(b.text) is not None for b in lines]
    points: list[Point] = []
    for here, begins in zip(lines, marked, strict=True):
        words = list(here.line.words)
        if is_bulleted(here.line):
            words = words[1:]
        x = words[0].x0
        if points and not begins and (any(marked) or x > points[-1].x + 3):
            add_line(points[-1], here, words)
        else:
            points.append(Point(None, here.pdf_page, x, here.line.box))
            add_line(points[-1], here, words)
    return points
