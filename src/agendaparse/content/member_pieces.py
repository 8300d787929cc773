"""The stretches of a front sheet's lines: what stands in one column, and what stands over all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from agendaparse.content.body import BodyLine
from agendaparse.content.labels import label_key, label_keys
from agendaparse.content.segments import chunks_of
from agendaparse.content.text import plain
from agendaparse.layout.lines import Line
from agendaparse.layout.words import Word
from agendaparse.profile import Profile

_NARROW = 0.4  # of the font size, wider than a space, before a column that other lines begin
_INDENT = 40.0  # points: what begins further right on both sides stands in the middle
_AXIS = 4.0  # points within which the sums of the edges of centred lines agree
_SEVERAL = 2  # of one kind are no accident

Row = list[str]  # the cells of a table's row


class Piece(NamedTuple):
    """A stretch of a line without a wide gap, or several lines of a list joined."""

    pdf_page: int
    x: float
    top: float
    size: float
    text: str
    centred: bool = False  # alone in the middle of the page: a heading over all columns
    has_value: bool = False  # something stands right of it, on its line
    low: float = 0.0  # the top of its last line, where it has several

    @property
    def lowest(self) -> float:
        """The top of its last line."""
        return self.low or self.top


def find_pieces(lines: Iterable[BodyLine]) -> list[Piece]:
    """The stretches of the lines; a line in the middle of the page is over all columns.

    >>> find_pieces([])
    []
    """
    found: list[Piece] = []
    placed = list(lines)
    left = min((b.line.box.x0 for b in placed), default=0.0)
    right = max((b.line.box.x1 for b in placed), default=0.0)
    parted = [chunks_of(here.line) for here in placed]
    starts = Counter(round(words[0].x0) for chunks in parted for words in chunks if words[0].x0 > left + _INDENT)
    axes = _axes(b for b, chunks in zip(placed, parted, strict=True) if len(chunks) == 1)
    columns = frozenset(x for x, n in starts.items() if n >= _SEVERAL)
    for here, gaps in zip(placed, parted, strict=True):
        chunks = [part for words in gaps for part in _cut_at(words, columns)]
        box = here.line.box
        centred = (
            len(chunks) == 1
            and here.cell is None
            and box.x0 > left + _INDENT
            and (abs(box.x0 + box.x1 - left - right) < _INDENT or round((box.x0 + box.x1) / _AXIS) in axes)
        )
        for n, words in enumerate(chunks):
            line = Line(tuple(words))
            text, has_value = plain(line.text), len(chunks) > n + 1
            if n and (text[0] == "-" or found[-1].text.endswith(" -")):  # "Cllr Moss  -  Pier Ward"
                found[-1] = found[-1]._replace(text=f"{found[-1].text.rstrip(' -')} - {text.lstrip(' -')}".rstrip())
            else:
                found.append(Piece(here.pdf_page, words[0].x0, box.top, line.size, text, centred, has_value))
    return found


def _axes(lines: Iterable[BodyLine]) -> set[int]:
    """Twice where lines that begin at different places have their middle: they are centred, wherever the page ends."""
    found: dict[int, set[int]] = {}
    for here in lines:
        found.setdefault(round((here.line.box.x0 + here.line.box.x1) / _AXIS), set()).add(round(here.line.box.x0))
    return {axis for axis, starts in found.items() if len(starts) > _SEVERAL}


def _cut_at(words: list[Word], columns: frozenset[int]) -> Iterator[list[Word]]:
    """The words, parted where a column of the page begins: a long name leaves little room before the next."""
    cuts = [
        k for k, (a, b) in enumerate(pairwise(words), 1) if round(b.x0) in columns and b.x0 - a.x1 > _NARROW * a.size
    ]
    yield from (words[a:b] for a, b in pairwise((0, *cuts, len(words))))


def find_member_tables(front: Sequence[BodyLine], profile: Profile) -> tuple[list[list[Row]], list[BodyLine]]:
    """The ruled tables whose first column is headed Name, and the lines outside them.

    >>> find_member_tables([], general_profile())
    ([], [])
    """
    keys = label_keys(profile, "member_names")
    tables: dict[tuple[int, int], list[Row]] = {}
    for (page, table, _), row in groupby(front, key=_place):
        if table >= 0:
            cells = [
                " ".join(b.text for b in cell) for _, cell in groupby(row, key=lambda b: b.cell.col if b.cell else 0)
            ]
            tables.setdefault((page, table), []).append(cells)
    named = {place for place, rows in tables.items() if len(rows[0]) > 1 and label_key(rows[0][0]) in keys}
    loose = [b for b in front if _place(b)[:2] not in named]
    return [tables[place] for place in named], loose


def _place(here: BodyLine) -> tuple[int, int, int]:
    return (here.pdf_page, here.cell.table, here.cell.row) if here.cell is not None else (here.pdf_page, -1, 0)
