"""The body of a document: its lines in order, without running headers, footers and its own page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from agendaparse.content.stamps import StampedPage
from agendaparse.content.text import plain
from agendaparse.layout.lines import Line
from agendaparse.records import Document

_MARGIN = 0.1  # of the page: running headers and footers stand above and below
_REPEATED = 0.6  # of the document's pages carry a running header
_OWN_NUMBER = re.compile(r"(?:page\s)?-?\s?\d{1,3}\s?-?(?:\s?(?:of|/)\s?\d{1,3})?", re.IGNORECASE)


class BodyLine(NamedTuple):
    """A line with its page and its text as compared."""

    pdf_page: int
    line: Line
    text: str


def body_lines(pages: Sequence[StampedPage], document: Document) -> list[BodyLine]:
    """The upright lines of a document in reading order, without what repeats in the margins."""
    found = [
        BodyLine(n, line, plain(line.text))
        for n in document.pdf_pages
        for line in pages[n - 1].page.lines
        if line.angle == 0
    ]
    heights = {n: pages[n - 1].page.height for n in document.pdf_pages}
    marginal = [b for b in found if _in_margin(b, heights[b.pdf_page])]
    seen = Counter({b.text for b in marginal})
    for text in seen:
        seen[text] = len({b.pdf_page for b in marginal if b.text == text})
    least = max(2, _REPEATED * len(document.pdf_pages))
    gone = {id(b.line) for b in marginal if seen[b.text] >= least or _OWN_NUMBER.fullmatch(b.text)}
    return [b for b in found if id(b.line) not in gone]


def _in_margin(body: BodyLine, height: float) -> bool:
    return body.line.box.bottom < _MARGIN * height or body.line.box.top > (1 - _MARGIN) * height
