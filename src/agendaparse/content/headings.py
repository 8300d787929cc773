"""Headings of a report: lines that stand out, and are no sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from statistics import median_high

from agendaparse.content.body import BodyLine
from agendaparse.layout.lines import Line

# Of the font size.
_LEADING = 1.45  # from line to line of one heading
_LARGER = 1.12  # a heading is set larger than the text
BULLETS = "•●▪◦○➢"
LONGEST_HEADING = 24  # words
_SENTENCE_ENDS = (".", ";", ",")
_ALONE = 1.7  # from line to line: what stands between gaps so wide has them to itself
_LONGEST_PLAIN = 14  # words of a heading that nothing marks
_COUNTED = re.compile(r"\d{1,3}(?:\.\d{1,3})*[.)]?")
_LISTED = re.compile(r"[;,] (?:and|or)(?:/or)?$", re.IGNORECASE)  # a point of a list, be it in bold
_PARAGRAPH = re.compile(r"\d{1,2}\.[1-9]\d?[.)]?")
_LEAD = re.compile(r"(?:recommended|asked|invited|requested|resolved|agreed?)\b.*:[\s-]*$", re.IGNORECASE)
_POINT = re.compile(r"\((?:[ivx]+|\d{1,2}|[a-z])\)|(?:[a-z]|\d{1,2})\)|[ivx]+[.)]", re.IGNORECASE)


def find_headings(body: Sequence[BodyLine]) -> set[int]:
    """The lines, by identity, that are headings: bold, in capitals or larger than the text, and no sentence."""
    if not body:
        return set()
    text = [b.line.size for b in body if b.cell is None or b.cell.kind == "box"]  # tables are set smaller
    size = median_high(text or [b.line.size for b in body])
    found: set[int] = set()
    at = 0
    while at < len(body):
        end = at + 1
        if _leads_numbers(body[at], body[end : end + 1]):
            found.add(id(body[at].line))
        elif _stands_out(body[at], size):
            while end < len(body) and _goes_on(body[end - 1], body[end], size):
                end += 1
            block = body[at:end]
            if _is_title(block, body[at - 1 : at], body[end : end + 1]):
                found.update(id(b.line) for b in block)
        elif _is_plain_title(body[at - 1 : at], body[at], body[end : end + 1], found):
            found.add(id(body[at].line))
        at = end
    return found


def _is_plain_title(
    above: Sequence[BodyLine], here: BodyLine, below: Sequence[BodyLine], headings: Collection[int]
) -> bool:
    """Whether a short line between two gaps heads the numbered paragraph below it, though nothing marks it."""
    words = here.line.words
    if not above or not below or here.is_data or not here.text[0].isupper() or len(words) > _LONGEST_PLAIN:
        return False
    if here.text.endswith((*_SENTENCE_ENDS, ":")) or not (_is_counted(below[0].line) and not _is_counted(here.line)):
        return False
    ended = above[0].text.endswith((".", "?", '"', ")")) or above[0].is_data or id(above[0].line) in headings
    return ended and _is_apart(above[0], here) and _is_apart(here, below[0])


def _leads_numbers(here: BodyLine, below: Sequence[BodyLine]) -> bool:
    """Whether a numbered line without a full stop heads those that count on below it: "4.1 Risks" above "4.1.1"."""
    if not below or here.is_data or not (_is_counted(here.line) and _is_counted(below[0].line)):
        return False
    number, inner = (b.line.words[0].text.strip(".)") for b in (here, below[0]))
    titled = here.line.words[1].text[0].isupper() and len(here.line.words) <= _LONGEST_PLAIN
    return titled and not here.text.endswith((*_SENTENCE_ENDS, ":")) and inner == f"{number}.1"


def _is_counted(line: Line) -> bool:
    return len(line.words) > 1 and _COUNTED.fullmatch(line.words[0].text) is not None


def _is_apart(above: BodyLine, below: BodyLine) -> bool:
    step = below.line.box.top - above.line.box.top
    return above.pdf_page != below.pdf_page or not 0 <= step < _ALONE * below.line.size


def _is_title(block: Sequence[BodyLine], above: Sequence[BodyLine], below: Sequence[BodyLine]) -> bool:
    """Whether lines that stand out are no sentence; a row of a table to themselves says so too."""
    last, first = block[-1], block[0]
    if sum(len(b.line.words) for b in block) > LONGEST_HEADING or _LEAD.search(last.text) is not None:
        return False
    if any("@" in b.text for b in block):  # an officer's address
        return False
    if first.text[0] in BULLETS or _POINT.fullmatch(first.line.words[0].text) is not None:
        return False
    if any(_goes_into(last, b) for b in below) or _LISTED.search(last.text) is not None:
        return False
    if any(in_numbered_row(first, b) for b in below):
        return False
    cell = block[0].cell
    around = [b.cell for b in (*above, *below)]
    own_row = cell is not None and cell.kind == "box" and cell not in around
    in_table = own_row and any(c is not None and cell is not None and c.table == cell.table for c in around)
    return in_table or not last.text.endswith(_SENTENCE_ENDS)


def in_numbered_row(first: BodyLine, here: BodyLine) -> bool:
    """Whether a line goes on with the row of a form that a paragraph's number, in a cell of its own, begins.

    What such a row begins with in bold, and what reads like a label in it, is part of the paragraph.
    """
    if first.cell is None or here.cell is None or first.cell.kind != "box" or here.pdf_page != first.pdf_page:
        return False
    if (first.cell.table, first.cell.row) != (here.cell.table, here.cell.row) or len(first.line.words) < 2:  # noqa: PLR2004
        return False
    number, word = first.line.words[:2]
    apart = first.cell.box.x1 <= word.x0 and _PARAGRAPH.fullmatch(number.text) is not None
    return apart and not _is_counted(here.line)


def _goes_into(above: BodyLine, below: BodyLine) -> bool:
    """Whether what stands out is the beginning of a sentence that goes on in plain print."""
    step = below.line.box.top - above.line.box.top
    close = above.pdf_page == below.pdf_page and 0 < step < _LEADING * above.line.size
    return close and below.text[:1].islower()


def _stands_out(here: BodyLine, size: float) -> bool:
    line = here.line
    capitals = here.text.isupper() and sum(map(str.isalpha, here.text)) > 4  # noqa: PLR2004
    stands_out = line.bold or capitals or (line.size > _LARGER * size and here.cell is None)
    return stands_out and any(map(str.isalpha, here.text))


def _goes_on(above: BodyLine, here: BodyLine, size: float) -> bool:
    """Whether a heading goes on with a line, be it only the year behind a comma: "Quarter 2, / 2024/25"."""
    if not is_one_block(above, here):
        return False
    return _stands_out(here, size) or (above.text.endswith(",") and here.line.size == above.line.size)


def is_one_block(above: BodyLine, below: BodyLine, *, alike: bool = True) -> bool:
    """Whether two lines follow each other closely in one cell; ``alike``: and are both bold or not."""
    if above.pdf_page != below.pdf_page or above.cell != below.cell:
        return False
    step = below.line.box.top - above.line.box.top
    return 0 < step < _LEADING * max(above.line.size, below.line.size) and (
        not alike or above.line.bold == below.line.bold
    )
