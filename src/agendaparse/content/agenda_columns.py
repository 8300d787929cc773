"""Columns beside an agenda's titles that no rules part: under "Ward", "Report by" or "Lead" stands no title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from agendaparse.content.text import plain
from agendaparse.layout.lines import Line
from agendaparse.layout.pages import Page
from agendaparse.layout.words import Word
from agendaparse.profile import Profile

_HEAD_LINES = 6  # below the heading, and one above it
_RIGHT = 0.35  # of the page's width: such columns stand right of the titles
_APART = 0.9  # of the font size: between columns
_NEAR = 3.0  # points by which the texts of a column begin elsewhere
_HEADS = re.compile(r"(?:agenda )?(?:item|no|number)s?\.?$", re.IGNORECASE)  # over the numbers
_PAGES = re.compile(r"(?:pages?|tudalen(?:nau)?|pp?\.?|to|[\d()\s-])+", re.IGNORECASE)


def side_columns(page: Page, heading: int, profile: Profile) -> list[float]:
    """Where the columns begin whose heads stand about the agenda's heading and name no titles; empty where none does.

    >>> side_columns(pack.stamped_pages[1].page, 0, general_profile())  # doctest: +SKIP
    [318.0]
    """
    pattern = profile.pattern("agenda.side_column")
    found = []
    for k, line in enumerate(page.lines[max(heading - 1, 0) :]):
        if not pattern.may_fit(line.text):
            continue
        chunks = _chunks(line.words)
        if k <= _HEAD_LINES or _HEADS.match(_text(chunks[0])) is not None:
            right = [words for words in chunks if words[0].x0 > _RIGHT * page.width]
            found += [words[0].x0 for words in right if pattern.match(_text(words)) is not None]
    return found


def without_columns(lines: Sequence[Line], columns: Sequence[float]) -> list[Line]:
    """The lines without what stands in these columns, but for page ranges; lines that hold nothing else are left out.

    >>> without_columns([], [318.0])
    []
    """
    if not columns:
        return list(lines)
    kept = (tuple(_titles(line, columns)) for line in lines)
    return [Line(words) for words in kept if words]


def _titles(line: Line, columns: Sequence[float]) -> Iterator[Word]:
    for words in _chunks(line.words, columns):
        beside = any(abs(words[0].x0 - x) < _NEAR for x in columns)
        if not beside or _PAGES.fullmatch(_text(words)) is not None:
            yield from words


def _chunks(words: Sequence[Word], columns: Sequence[float] = ()) -> list[tuple[Word, ...]]:
    """The words, parted at gaps and where one of the columns begins."""
    cuts = [
        i
        for i, (a, b) in enumerate(pairwise(words), 1)
        if b.x0 - a.x1 > _APART * a.size or any(abs(b.x0 - x) < _NEAR for x in columns)
    ]
    return [tuple(words[a:b]) for a, b in pairwise((0, *cuts, len(words)))]


def _text(words: Sequence[Word]) -> str:
    return plain(" ".join(w.text for w in words))
