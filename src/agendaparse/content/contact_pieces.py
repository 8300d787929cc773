"""An officer's details as pieces in reading order: cells, columns side by side, addresses that lines cut."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from agendaparse.content.body import BodyLine
from agendaparse.content.segments import Segment, chunks_of
from agendaparse.content.text import plain
from agendaparse.layout.lines import Line

EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
# a plan's years are no number: "2022-2025"
PHONE = re.compile(
    r"(?<!\d)(?!(?:19|20)\d\d\s?-\s?(?:19|20)\d\d(?!\d))\+?\(?\d[\d ()-]{7,}\d(?:\s?(?:ext\.?|x)\s?\d{2,5})?"
)
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")  # of an address
_COLUMN = 4.0  # points within which the second column's lines begin
_SPACES = 0.7  # of the font size: three spaces
_TELS_HEAD = re.compile(r"(?:^|\D)\(?0\d{2,4}\)?$")
_ADDRESS_HEAD = re.compile(r"(?:^|\s)(?:[\w.+'-]+[-.]|[\w.+'-]+@[\w.-]*)$")
_ADDRESS_TAIL = re.compile(
    r"[\w.+-]*@[\w-]+\.[\w.-]+|[\w-]+(?:\.[\w-]+)*\.(?:uk|com|org|net|wales|scot|example)\b|[\w-]*\.(?:uk|gov\.uk)\b"
)
_LAST_LETTERS = re.compile(r"[a-z.]{1,5}")
_WHOLE = re.compile(r"\.(?:uk|com|org|net|gov|wales|scot|example)$")
_LITTLE_WORDS = ("tel", "fax", "ext", "or", "and", "email", "phone")
_COUNTED = re.compile(r"^\d{1,2}(?:\.\d{1,2})+\s+(?=[A-Z])")  # the number of a paragraph that names one


@dataclass(frozen=True)
class Piece:
    """A line of one cell or column."""

    text: str
    bold: bool
    row: tuple[int, float, int]  # page, top, cell of the row
    column: float  # where its column begins


def pieces_of(segment: Segment) -> list[Piece]:
    """The texts of the segment with their rows and columns.

    >>> [piece.text for piece in pieces_of(segment)]  # doctest: +SKIP
    ['Jo Marsh', 'Head of Piers', '01632 960114']
    """
    placed = list(segment.lines)
    if placed and placed[0].cell is None:  # a table below the people is about something else
        placed = list(takewhile(lambda here: here.cell is None, placed))
    if segment.value:
        placed.insert(0, segment.first._replace(line=Line(tuple(segment.value)), cell=None))
    found: list[Piece] = []
    for piece in (piece for here in placed for piece in _split(here)):
        above = found[-1].text if found else ""
        near = range(len(found) - 1, max(len(found) - 3, -1), -1)
        cut = next((i for i in near if _ADDRESS_HEAD.search(found[i].text)), -1)
        if _TELS_HEAD.search(above) and piece.text[:1].isdigit():  # a number that the line cuts
            found[-1] = replace(found[-1], text=f"{above} {piece.text}")
        elif (
            cut >= 0
            and _ends_address(found[cut].text, piece.text)
            and not ("@" in piece.text and "@" in found[cut].text)
        ):
            # an address that the line cuts, here or in the column before
            found[cut] = replace(found[cut], text=found[cut].text + piece.text)
        else:
            found.append(piece)
    return found


def _ends_address(head: str, tail: str) -> bool:
    """Whether a text ends an address that the line cuts: "harrow.gov.uk", or letters that a cell had no room for."""
    if _ADDRESS_TAIL.match(tail) is not None:
        return True
    return _LAST_LETTERS.fullmatch(tail) is not None and _WHOLE.search(head) is None and tail not in _LITTLE_WORDS


def _split(here: BodyLine) -> Iterator[Piece]:
    if here.cell is not None and here.cell.kind != "box":
        cell = here.cell
        for line in _set_apart(here.line):
            yield _piece(line, (here.pdf_page, cell.box.top, cell.col), cell.box.x0)
        return
    for i, words in enumerate(chunks_of(here.line)):
        line = Line(tuple(words))
        yield _piece(line, (here.pdf_page, here.line.box.top, i), words[0].x0)


def _set_apart(line: Line) -> Iterator[Line]:
    """The parts of a line in a cell that a few spaces part: "Jo Marsh   Head of Piers"."""
    yield from map(Line, line.parted(_SPACES))


def _piece(line: Line, row: tuple[int, float, int], column: float) -> Piece:
    return Piece(_COUNTED.sub("", plain(line.text)), line.bold, row, column)


def in_columns(pieces: list[Piece]) -> list[Piece]:
    """The pieces in reading order; where each column holds people, the left to its end before the right.

    >>> in_columns([])
    []
    """
    starts = Counter(round(p.column) for p in pieces if p.row[2] > 0)
    left = [p for p in pieces if p.row[2] == 0]
    if not starts or not any(_reaches(p) for p in left):
        return pieces
    column = starts.most_common(1)[0][0]
    right = [p for p in pieces if p.column > column - _COLUMN]
    if not any(_reaches(p) for p in right) and any(p.text.endswith(":") for p in right):
        return [p for p in pieces if p.column <= column - _COLUMN]  # labels of something else beside the people
    if not any(_reaches(p) for p in right) or _is_table_of_rows(pieces):
        return pieces
    gone = {id(p) for p in right}
    return [*(p for p in pieces if id(p) not in gone), *right]


def _is_table_of_rows(pieces: list[Piece]) -> bool:
    """Whether a row holds one person: its name in one cell, number or address in another."""
    rows: dict[tuple[int, float], list[Piece]] = {}
    for piece in pieces:
        rows.setdefault(piece.row[:2], []).append(piece)
    reaching = [
        [c for c in {p.row[2] for p in row} if any(_reaches(p) for p in row if p.row[2] == c)] for row in rows.values()
    ]
    return not any(len(r) > 1 for r in reaching)


def _reaches(piece: Piece) -> bool:
    return EMAIL.search(piece.text) is not None or PHONE.search(piece.text) is not None
