"""A covering report cut at its labels and headings: what stands under each, whatever the layout."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass

from agendaparse.content.body import BodyLine
from agendaparse.content.text import plain
from agendaparse.layout.lines import Line
from agendaparse.layout.words import Word
from agendaparse.profile import Profile

_LONGEST_LABEL = 9  # words
# Of the font size.
_GAP = 1.0  # parts a label from its value where nothing else does
_HANG = 0.8  # a value goes on under its beginning
_NUMBER = re.compile(r"\(?\d{1,2}(?:\.\d{1,2})?[.)]?")
_END = " :?-."


@dataclass
class Segment:
    """A label or heading with what stands beside and under it."""

    field: str | None  # what the label means; None for a heading of the report's own
    heading: str  # as printed
    first: BodyLine
    value: list[Word] = dataclasses.field(default_factory=list)  # beside the label
    lines: list[BodyLine] = dataclasses.field(default_factory=list)  # under it
    column: float | None = None  # where the value beside the label begins, if it stands apart


# Lists at a report's end: bold lines among them are heads of their tables, not headings of the report.
_LISTS = ("contacts", "appendices", "background_documents")


def _is_minor(here: BodyLine) -> bool:
    """Whether a heading is neither in capitals nor numbered."""
    return not here.text.isupper() and _NUMBER.match(here.text) is None


@dataclass(frozen=True)
class _Label:
    field: str
    heading: str
    value: list[Word]
    apart: bool
    wrapped: list[Word] | None = None  # what is left of the next line, where the label took its head


def find_segments(body: Sequence[BodyLine], profile: Profile) -> list[Segment]:
    """The report's parts in order; what stands before the first label is left out."""
    known = {label: name for name, labels in profile.fields.items() for label in labels}
    segments: list[Segment] = []
    skip: list[Word] | None = None
    for i, here in enumerate(body):
        if skip is not None:  # the second line of a label
            segments[-1].value += skip
            skip = None
            continue
        label = _label(here.line, body[i + 1].line if i + 1 < len(body) else None, known)
        if label is not None:
            column = label.value[0].x0 if label.value and label.apart else None
            segments.append(Segment(label.field, label.heading, here, list(label.value), [], column))
            skip = label.wrapped
        elif segments and _goes_on(segments[-1], here):
            segments[-1].lines.append(here)
        elif is_heading(here.line) and not (segments and segments[-1].field in _LISTS and _is_minor(here)):
            segments.append(Segment(None, here.text, here))
        elif segments:
            if (
                segments[-1].column is not None and segments[-1].field not in _LISTS
            ):  # a value in a column is over: what follows is the report's text
                segments.append(Segment(None, "", here))
            segments[-1].lines.append(here)
    return segments


def _goes_on(segment: Segment, here: BodyLine) -> bool:
    """Whether the line stands under the value in its column."""
    return segment.column is not None and here.line.box.x0 > segment.column - _HANG * here.line.size


def is_heading(line: Line) -> bool:
    """Whether a line is a heading: bold, and no sentence."""
    return line.bold and not line.text.rstrip().endswith((".", ";", ",")) and len(line.words) < 16  # noqa: PLR2004


def _label(line: Line, below: Line | None, known: dict[str, str]) -> _Label | None:
    words = list(line.words)
    start = 1 if len(words) > 1 and _NUMBER.fullmatch(words[0].text) and words[1].bold else 0
    for n in range(min(_LONGEST_LABEL, len(words) - start), 0, -1):
        head, rest = words[start : start + n], words[start + n :]
        text = plain(" ".join(w.text for w in head))
        name = known.get(text.casefold().rstrip(_END).strip())
        if name is not None and _ends_label(head, rest, text):
            return _Label(name, text.rstrip(_END), rest, _is_apart(head, rest))
    return _wrapped_label(line, below, known)


def _ends_label(head: list[Word], rest: list[Word], text: str) -> bool:
    """Whether these words are a label, and not the beginning of a sentence."""
    if text.endswith((":", "?")):
        return True
    if not rest:
        return head[0].bold or text.isupper()
    if rest[0].text in (":", "-", "–"):
        return head[0].bold
    return head[-1].bold and (not rest[0].bold or _is_apart(head, rest))


def _is_apart(head: list[Word], rest: list[Word]) -> bool:
    return bool(rest) and rest[0].x0 - head[-1].x1 > _GAP * head[-1].size


def _wrapped_label(line: Line, below: Line | None, known: dict[str, str]) -> _Label | None:
    """A label that takes two lines of its column: "REPORT / TITLE:" beside the title."""
    if below is None or not line.words[0].bold or abs(below.box.x0 - line.box.x0) > line.size:
        return None
    head, rest = _first_cell(line)
    more, wrapped = _first_cell(below)
    text = plain(" ".join(w.text for w in (*head, *more)))
    name = known.get(text.casefold().rstrip(_END).strip())
    if name is None or len(head) + len(more) > _LONGEST_LABEL or not (rest or wrapped):
        return None
    return _Label(name, text.rstrip(_END), rest or wrapped, apart=True, wrapped=wrapped if rest else [])


def _first_cell(line: Line) -> tuple[list[Word], list[Word]]:
    """The words up to a gap or to the end of the bold ones, and the rest."""
    words = line.words
    for i, (left, right) in enumerate(zip(words, words[1:], strict=False), start=1):
        if right.x0 - left.x1 > _GAP * left.size or left.bold != right.bold:
            return list(words[:i]), list(words[i:])
    return list(words), []


def value_text(segment: Segment, *, parted: str = " ") -> str:
    """What stands beside and under a label as one text; ``parted`` stands for a gap between lines."""
    pieces: list[str] = [Line(tuple(segment.value)).text] if segment.value else []
    above = segment.first
    for here in segment.lines:
        gap = here.line.box.top - above.line.box.top if here.pdf_page == above.pdf_page else 0.0
        if pieces:
            pieces.append(parted if gap > 1.7 * here.line.size else " ")
        pieces.append(here.line.text)
        above = here
    return without_bullets("".join(pieces)).strip(" :")


def without_bullets(text: str) -> str:
    """The text without the signs that begin its points.

    >>> without_bullets("consider: • one • two")
    'consider: one • two'
    """
    first = _BULLET.sub(" ", text, count=1) if re.search(r":\s*[•●▪◦○➢]", text) else text
    return " ".join(first.split()).lstrip("•●▪◦○➢ ")


_BULLET = re.compile(r"\s*[•●▪◦○➢]\s+")


def joined_points(text: str) -> str:
    """Points within a text as papers list them, joined by semicolons.

    >>> joined_points("consider: • one • two")
    'consider: one; two'
    """
    return re.sub(r"(?<=[;:,.])(?:;\s)", " ", re.sub(r"\s*[•●▪◦○➢]\s+", "; ", without_bullets(text))).strip("; ")
