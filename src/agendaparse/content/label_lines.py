"""Labels at the beginning of a line: alone on it, before a colon or a gap, or over two lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from agendaparse.content.body import BodyLine
from agendaparse.content.labels import Labels
from agendaparse.content.text import plain
from agendaparse.layout.lines import Line
from agendaparse.layout.words import Word

# Of the font size.
_GAP = 1.0  # parts a label from its value where nothing else does
_WIDE_GAP = 1.6  # a gap that no space opens
LABEL_NUMBER = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})?|[A-Z](?=[.)]))[.):]?")
LABEL_END = " :?-."
_DASHES = ("-", "–", "—")
_ASKED = re.compile(r"\b(?:authors?|contacts?)\b", re.IGNORECASE)  # labels of people, and of no post


@dataclass(frozen=True)
class LineLabel:
    """A label at the beginning of a line, with what stands beside it."""

    field: str
    heading: str
    value: list[Word]
    apart: bool
    wrapped: list[Word] | None = None  # what is left of the next line, where the label took its head


def find_label(
    here: BodyLine, labels: Labels, below: BodyLine | None = None, *, loose: bool = False, first: bool = False
) -> LineLabel | None:
    """The label that a line begins with, behind its number if it has one; ``loose``: a wide gap is enough."""
    wrapped = _wrapped_label(here.line, below, labels) if below is not None else None
    if wrapped is not None:
        return wrapped
    words = list(here.line.words)
    start = _numbered(words)
    found = None if words[start].text[:1].islower() else labels.find(words[start:])
    if found is not None:
        name, n = found
        cell, _ = _first_cell(Line(tuple(words[start:])))
        if len(cell) < n and (own := labels.whole(_text(cell))) is not None:
            name, n = own, len(cell)  # "Report of   Director of ..." has its label before the gap
        if n > 2 and words[start + n - 1].text.casefold() in ("yes", "no") and n == len(words) - start:  # noqa: PLR2004
            name, n = labels.find(words[start:-1]) or found  # "Key Decision No" is an answered question
        head, rest = words[start : start + n], words[start + n :]
        text = plain(" ".join(w.text for w in head))
        if start and rest and not head[0].bold and not text.isupper():
            return None  # "6.1 Financial implications: none." is a paragraph
        dashed = start and "." in words[0].text.rstrip(".):") and rest and rest[0].text in _DASHES
        if dashed and (len(rest) > n + 1 or rest[-1].text.endswith(".")):
            return None  # so is "3.2 Risk – none was found."
        # "Report Author – Jo Marsh", and not the post "Executive Director – Piers"
        asked = _ASKED.search(text) is not None and n > 1 and bool(rest) and rest[0].text in _DASHES
        if asked or _ends_label(head, rest, text, here, first=first) or (loose and _is_wide(head, rest)):
            if rest and rest[0].text in (":", "-", "–"):
                rest = rest[1:]
            return LineLabel(name, text.rstrip(LABEL_END), rest, _is_apart(head, rest))
    return None


def _numbered(words: Sequence[Word]) -> int:
    """How many words of a line are its number: "1.", "Section 2 -"."""
    if len(words) > 3 and words[0].text.casefold() == "section" and words[1].text[0].isdigit():  # noqa: PLR2004
        return 3 if words[2].text in _DASHES else 2
    return 1 if len(words) > 1 and LABEL_NUMBER.fullmatch(words[0].text) and not words[0].text.isalpha() else 0


def _ends_label(head: list[Word], rest: list[Word], text: str, here: BodyLine, *, first: bool) -> bool:
    """Whether these words are a label, and not the beginning of a sentence."""
    if text.endswith((":", "?", ":-")):
        return True
    if not rest:
        begins_cell = first or (here.cell is not None and here.line.box.top - here.cell.box.top < here.line.size)
        return head[0].bold or text.isupper() or begins_cell
    if rest[0].text in (":", "-", "–"):
        return head[0].bold or rest[0].text == ":"
    return head[-1].bold and (not rest[0].bold or _is_apart(head, rest))


def _is_apart(head: list[Word], rest: list[Word]) -> bool:
    return bool(rest) and rest[0].x0 - head[-1].x1 > _GAP * head[-1].size


def _is_wide(head: list[Word], rest: list[Word]) -> bool:
    """Whether a gap that no space opens parts a label from its value; a justified line has several."""
    if not rest:
        return False
    gap = rest[0].x0 - head[-1].x1
    others = [b.x0 - a.x1 for a, b in (*pairwise(head), *pairwise(rest))]
    return gap > _WIDE_GAP * head[-1].size and gap > 2 * max(others, default=0.0)


def _wrapped_label(line: Line, below: BodyLine, labels: Labels) -> LineLabel | None:
    """A label that takes two lines of its column: "REPORT / TITLE:" beside the title."""
    under = below.line
    if not line.words[0].bold or abs(under.box.x0 - line.box.x0) > line.size:
        return None
    head, rest = _first_cell(line)
    more, wrapped = _first_cell(under)
    text = plain(" ".join(w.text for w in (*head, *more)))
    name = labels.whole(text)
    if name is None or not (rest or wrapped) or labels.whole(" ".join(w.text for w in head)) is not None:
        return None
    return LineLabel(name, text.rstrip(LABEL_END), rest or wrapped, apart=True, wrapped=wrapped if rest else [])


def _first_cell(line: Line) -> tuple[list[Word], list[Word]]:
    """The words up to a gap or to the end of the bold ones, and the rest."""
    words = line.words
    for i, (left, right) in enumerate(zip(words, words[1:], strict=False), start=1):
        if right.x0 - left.x1 > _GAP * left.size or left.bold != right.bold:
            return list(words[:i]), list(words[i:])
    return list(words), []


def _text(words: Sequence[Word]) -> str:
    return plain(" ".join(w.text for w in words))
