"""The column at the right of some minutes that says who is to act: "Action | Clerk"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from agendaparse.content.passages import PrintedLine
from agendaparse.content.text import Texts, plain
from agendaparse.layout.lines import Line
from agendaparse.profile import Profile

_RIGHT = 0.6  # of the text's width: the column stands further right
_GAP = 1.0  # of the font size: parts the column from the text
_HEADS = 4  # words of the other headers beside it: "Min. No." and "Item"
_SLACK = 12.0  # points that what stands in the column may begin left of its header


class SideNote(NamedTuple):
    """What stands in the column beside a line of the minutes."""

    pdf_page: int
    top: float
    text: str


class SideColumn(NamedTuple):
    """The column beside a set of minutes: its header, and what stands in it."""

    header: str | None
    notes: tuple[SideNote, ...]


def part_side_column(
    lines: Sequence[PrintedLine], texts: Texts, profile: Profile
) -> tuple[list[PrintedLine], SideColumn]:
    """The lines without the column, and the column; the lines as they are where there is none.

    >>> part_side_column([], Texts([]), general_profile())
    ([], SideColumn(header=None, notes=()))
    """
    found = _header(lines, texts, profile)
    if found is None:
        return list(lines), SideColumn(None, ())
    at, x, name = found
    kept: list[PrintedLine] = list(lines[:at])
    notes: list[SideNote] = []
    for here in lines[at:]:
        n = _first_in_column(here.line, x)
        side, words = here.line.words[n:], here.line.words[:n]
        text = plain(Line(side).text) if side else ""
        if text and text.casefold().rstrip(":") != name:
            notes.append(SideNote(here.pdf_page, here.line.box.top, text))
        if words and not (here is lines[at] and len(words) <= _HEADS):
            line = Line(words)
            kept.append(PrintedLine(here.pdf_page, line, plain(line.text), here.underlined) if side else here)
    return kept, SideColumn(name, tuple(notes))


def _header(lines: Sequence[PrintedLine], texts: Texts, profile: Profile) -> tuple[int, float, str] | None:
    """The line with the column's header, where it begins, and what it says."""
    labels = profile.labels["side column"]
    ends = tuple(labels)
    named = [i for i in texts.holding(labels) if lines[i].text.casefold().rstrip(":").endswith(ends)]
    if not named:
        return None
    left, right = min([b.line.box.x0 for b in lines]), max([b.line.box.x1 for b in lines])
    margin = left + _RIGHT * (right - left)
    for i in named:
        words = lines[i].line.words
        for n in [k for k, word in enumerate(words) if word.x0 > margin]:
            if n == 0 or words[n].x0 - words[n - 1].x1 > _GAP * words[n].size:
                name = plain(Line(words[n:]).text).casefold().rstrip(":")
                if name in labels:
                    return i, words[n].x0, name
    return None


def _first_in_column(line: Line, x: float) -> int:
    """The index of the first word in the column; the number of words if there is none."""
    words = line.words
    for n, word in enumerate(words):
        if word.x0 > x - _SLACK and (n == 0 or word.x0 - words[n - 1].x1 > _GAP * word.size):
            return n
    return len(words)
