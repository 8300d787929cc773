"""A page's key of colours: swatches with words beside them, "Exceeding target" beside a blue square."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from agendaparse.content.marking import color_name
from agendaparse.content.vocabulary import mark_words
from agendaparse.layout.marks import LARGEST_MARK, Mark
from agendaparse.layout.objects import Rgb
from agendaparse.layout.pages import Page
from agendaparse.layout.words import Word, Words
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
    # most swatches are the cells of a table in plain red, amber, green: their words need not be looked for
    told = [(box, color) for box, color in boxes if color is not None and color_name(color, pale=True) is None]
    said: dict[Rgb, set[str]] = {}
    for (_, color), beside in zip(told, _words_beside(page.words, [box for box, _ in told]), strict=True):
        if beside and (name := _said(beside)) is not None:
            said.setdefault(color, set()).add(name)
    return {color: names.pop() for color, names in said.items() if len(names) == 1}


def _is_swatch(box: Box) -> bool:
    return min(box.width, box.height) >= 3 and max(box.width, box.height) <= 1.5 * LARGEST_MARK  # noqa: PLR2004


def _words_beside(words: Words, swatches: Sequence[Box]) -> list[list[str]]:
    """The first words at the right of each swatch, or none if words stand on it: a page may have a thousand."""
    left, top, x1, bottom = words.places.box.T
    x0, upper, right, lower = np.array(swatches).reshape(-1, 4).T[:, :, None]
    middle = (upper + lower) / 2
    level = (top <= middle) & (middle < bottom)
    on = level & (x1 > x0) & (left < right - 1)
    after = level & (left >= right - 1)
    told = ~on.any(axis=1) & (after & (left <= right + _GAP)).any(axis=1)
    return [
        _phrase([words[k] for k in np.flatnonzero(after[i]).tolist()], swatches[i].x1) if tells else []
        for i, tells in enumerate(told.tolist())
    ]


def _phrase(line: Sequence[Word], edge: float) -> list[str]:
    """The words that follow each other from an edge on, without punctuation."""
    found: list[str] = []
    for word in sorted(line, key=lambda w: w.x0):
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
