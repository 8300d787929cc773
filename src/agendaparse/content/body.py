"""The body of a document: its lines in order, without running headers, footers and its own page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from agendaparse.content.cells import Cell, lines_in_cells
from agendaparse.content.labels import Labels
from agendaparse.content.stamps import StampedPage
from agendaparse.content.text import plain
from agendaparse.layout.lines import Line
from agendaparse.profile import Profile
from agendaparse.records import Document

_MARGIN = 0.1  # of the page: running headers and footers stand above and below
_SHORT = 3  # words: "BACKGROUND" at the head of two reports is no running head
_REPEATED = 0.6  # of the document's pages carry a running header
_FOOT = 0.8  # of the page: numbers of pages stand lower
_APART = 0.9  # of the font size, between a running line and the text
_COUNTED_PAGE = re.compile(r"page\s\d{1,3}(?:\s(?:of|/)\s\d{1,3})?", re.IGNORECASE)
_OF_PAGES = re.compile(r"^\d{1,3} of \d{1,3}\b|\b\d{1,3} of \d{1,3}$")  # at either end of a footer
_FIGURES = re.compile(r"\d+")
_OWN_NUMBER = re.compile(r"(?:page\s)?-?\s?\d{1,3}\s?-?(?:\s?(?:of|/)\s?\d{1,3})?", re.IGNORECASE)


class BodyLine(NamedTuple):
    """A line with its page, its text as compared, and the ruled cell that it stands in."""

    pdf_page: int
    line: Line
    text: str
    cell: Cell | None = None

    @property
    def is_data(self) -> bool:
        """Whether it stands in a table of data, and so is no part of the running text."""
        return self.cell is not None and self.cell.kind == "data"


def body_lines(pages: Sequence[StampedPage], document: Document) -> list[BodyLine]:
    """The upright lines of a document in reading order, without what repeats in the margins."""
    found = (
        BodyLine(n, line, plain(line.text)) for n in document.pdf_pages for line in pages[n - 1].page.upright_lines
    )
    return _without_margins(found, _heights(pages, document))


def form_lines(
    pages: Sequence[StampedPage], document: Document, labels: Labels, profile: Profile, running: Iterable[str] = ()
) -> list[BodyLine]:
    """The same for a report: what stands in ruled forms and tables is read cell by cell."""
    found = (
        BodyLine(n, line, plain(line.text), cell)
        for n in document.pdf_pages
        for line, cell in lines_in_cells(pages[n - 1].page, labels, profile)
    )
    heights, heads, first = _heights(pages, document), set(running), document.pdf_first
    kept = _without_margins(found, heights)
    return [
        b for b in kept if b.pdf_page == first or b.text not in heads or not _in_margin(b.line, heights[b.pdf_page])
    ]


def running_heads(pages: Sequence[StampedPage], documents: Sequence[Document]) -> set[str]:
    """What stands in the margin of several documents, on other pages than their first: committee and day, say."""
    seen: Counter[str] = Counter()
    for document in documents if len(documents) > 1 else ():
        later = [pages[n - 1].page for n in document.pdf_pages if n > document.pdf_first]
        marginal = (line for page in later for line in page.lines if _in_margin(line, page.height))
        seen.update({plain(line.text) for line in marginal})
    return {text for text, n in seen.items() if n > 1 and len(text.split()) > _SHORT and not text.endswith(".")}


def _heights(pages: Sequence[StampedPage], document: Document) -> dict[int, float]:
    return {n: pages[n - 1].page.height for n in document.pdf_pages}


def _without_margins(lines: Iterable[BodyLine], heights: Mapping[int, float]) -> list[BodyLine]:
    found = list(lines)
    marginal = [b for b in found if _in_margin(b.line, heights[b.pdf_page])]
    places = {id(b.line): (_uncounted(b.text), b.line.box.top < heights[b.pdf_page] / 2) for b in marginal}
    seen = Counter(place for _, place in {(b.pdf_page, places[id(b.line)]) for b in marginal})
    least = max(2, _REPEATED * len(heights))
    gone = {id(b.line) for b in marginal if seen[places[id(b.line)]] >= least or _OWN_NUMBER.fullmatch(b.text)}
    gone |= _at_edges([b for b in found if id(b.line) not in gone], heights)
    return [b for b in found if id(b.line) not in gone]


def _at_edges(lines: Sequence[BodyLine], heights: Mapping[int, float]) -> set[int]:
    """Lines above or below all others of a page, set apart: its number, and what another page has there, too."""
    pages: dict[int, list[BodyLine]] = {}
    for here in lines:
        pages.setdefault(here.pdf_page, []).append(here)
    gone: set[int] = set()
    seen: dict[tuple[str, int], list[int]] = {}
    for number, own in pages.items():
        ordered = sorted(own, key=lambda b: b.line.box.top)
        for edge, inner in ((ordered[:1], ordered[1:2]), (ordered[-1:], ordered[-2:-1])):
            line = edge[0].line
            if not inner or not _far_apart(line, inner[0].line):
                continue
            low, marginal = line.box.top > _FOOT * heights[number], _in_margin(line, heights[number])
            counted = low and _COUNTED_PAGE.fullmatch(edge[0].text) is not None
            if counted or (marginal and _OF_PAGES.search(edge[0].text) is not None):
                gone.add(id(line))
            elif marginal:
                seen.setdefault((_uncounted(edge[0].text), round(line.box.top)), []).append(id(line))
    return gone.union(*(ids for ids in seen.values() if len(ids) > 1))


def _far_apart(a: Line, b: Line) -> bool:
    upper, lower = (a, b) if a.box.top < b.box.top else (b, a)
    return lower.box.top - upper.box.bottom > _APART * min(a.size, b.size)


def _in_margin(line: Line, height: float) -> bool:
    box = line.box
    return box.bottom < _MARGIN * height or box.top > (1 - _MARGIN) * height


def _uncounted(text: str) -> str:
    """The text without its figures: a footer that counts the pages is one footer."""
    return _FIGURES.sub("#", text)
