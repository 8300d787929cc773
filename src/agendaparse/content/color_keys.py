"""A page's key of colours: swatches with words beside them, "Exceeding target" beside a blue square."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from agendaparse.content.marking import color_name
from agendaparse.content.roles import mark_words
from agendaparse.layout.geometry import Floats
from agendaparse.layout.marks import LARGEST_MARK, Mark
from agendaparse.layout.objects import Rgb
from agendaparse.layout.pages import Page
from agendaparse.layout.words import Word
from agendaparse.records import Box

_GAP = 16.0  # points between a swatch and its words
_LONGEST = 4  # words that are looked at


def find_key(page: Page, marks: Sequence[Mark]) -> dict[Rgb, str]:
    """Colour -> red, amber or green, as the key on a page has it; empty where there is none.

    A swatch is a small box or disc with nothing on it, followed on its line by words for red, amber or green. Colours
    that are red, amber or green by themselves mean that, whatever words a council has for them.
    """
    boxes = [(s.box, s.fill) for s in page.shapes if s.kind == "rect" and s.fill is not None and _is_swatch(s.box)]
    boxes += [(m.box, m.color) for m in marks if m.color is not None]
    said: dict[Rgb, set[str]] = {}
    edges = np.array([(w.top, w.bottom, w.x1) for w in page.words]).reshape(-1, 3).T
    for box, color in boxes:
        # most swatches are the cells of a table in plain red, amber, green: their words need not be looked for
        if color is None or color_name(color, pale=True) is not None:
            continue
        if (name := _said(_words_beside(page.words, edges, box))) is not None:
            said.setdefault(color, set()).add(name)
    return {color: names.pop() for color, names in said.items() if len(names) == 1}


def _is_swatch(box: Box) -> bool:
    return min(box.width, box.height) >= 3 and max(box.width, box.height) <= 1.5 * LARGEST_MARK  # noqa: PLR2004


def _words_beside(words: Sequence[Word], edges: Floats, box: Box) -> list[str]:
    """The first words at the right of a swatch, or none if words stand on it.

    ``edges`` are the words' upper, lower and right ones: a page may have a thousand swatches.
    """
    middle = (box.top + box.bottom) / 2
    top, bottom, x1 = edges
    inside = np.flatnonzero((top <= middle) & (middle < bottom) & (x1 > box.x0)).tolist()
    line = sorted((words[i] for i in inside), key=lambda w: w.x0)
    found: list[str] = []
    edge = box.x1
    for word in line:
        if word.x0 < box.x1 - 1:
            return []
        if word.x0 - edge > _GAP or len(found) == _LONGEST:
            break
        found.append(word.text.casefold().strip(".,:;()"))
        edge = word.x1
    return [w for w in found if w not in ("-", "–", "=", "")]


def _said(words: Sequence[str]) -> str | None:
    """What the first words mean, the longest phrase first; None where they name another colour."""
    known = mark_words("rag")
    phrases = (" ".join(words[:n]) for n in range(len(words), 0, -1))
    return next((known[p] for p in phrases if p in known and len(p) > 1), None)
