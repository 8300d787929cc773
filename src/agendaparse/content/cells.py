"""Where the lines of a page stand in ruled cells: forms are read cell by cell, tables of data are set apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np

from agendaparse.content.labels import Labels
from agendaparse.layout.geometry import held_by
from agendaparse.layout.lines import Line, join_lines
from agendaparse.layout.pages import Page
from agendaparse.layout.ruled import ruled_cells
from agendaparse.layout.words import Word, Words
from agendaparse.profile import Pattern, Profile
from agendaparse.records import Box

_WORD_SPACE = 0.45  # of the font size: cells of a table stand further apart than words
_SNUG = 0.5  # points: text begins no nearer to the edge of a cell
_SHORT_ROWS = 3  # in a table no longer, one row with a label is enough
_WIDE = 4  # cells: more labels side by side without a colon head a table, be it of one row
_FORM_ROWS = 2  # rows that begin with a label make a form


@dataclass(frozen=True)
class Cell:
    """The ruled cell that a line stands in.

    ``kind`` is form where labels stand in the table, data where figures or texts stand side by side, box for a
    cell that has its row to itself or shares it with a number only.
    """

    table: int
    row: int
    col: int  # counts the cells of the row that hold text
    kind: str
    box: Box
    is_last: bool  # of its row


Place = tuple[int, int]  # table, row
Boxes = Sequence[tuple[int, int, Box]]
Held = Sequence[tuple[Line, list[int | None]]]  # the lines, each with the boxes that its words stand in
Placed = tuple[Line, Cell | None]


def lines_in_cells(page: Page, labels: Labels, profile: Profile) -> list[Placed]:
    """The page's upright lines in reading order; a row with several texts is read cell by cell."""
    lines = page.upright_lines
    boxes = find_boxes(page)
    if not boxes:
        return [(line, None) for line in lines]
    held = _held(lines, find_holders(page.upright, boxes))
    gone = _highlights(held, boxes)
    if gone:
        boxes = [b for b in boxes if b[0] not in gone]
        held = _held(lines, find_holders(page.upright, boxes))
    rows = _rows(held, boxes)
    kinds = _kinds(rows, labels, profile)
    return _ordered(held, boxes, rows, kinds)


def find_boxes(page: Page) -> Boxes:
    """The cells of the page's ruled tables, each with its table and row."""
    found: list[tuple[int, int, Box]] = []
    for table, cells in enumerate(ruled_cells(page)):
        ordered = sorted(cells, key=lambda b: (b.top, b.x0))
        for row, (_, boxes) in enumerate(groupby(ordered, key=lambda b: b.top)):
            found += [(table, row, box) for box in boxes]
    return found


def find_holders(words: Words, boxes: Boxes) -> dict[int, int]:
    """The smallest cell around the middle of each word: its place among the boxes by the word's identity."""
    if not words or not boxes:
        return {}
    left, upper, right, lower = words.places.box.T
    placed = np.array([box for _, _, box in boxes])
    x0, top, x1, bottom = placed.T
    inside = held_by(placed, (left + right) / 2, (upper + lower) / 2).T
    held = np.flatnonzero(inside.any(axis=1))
    smallest = np.where(inside[held], (x1 - x0) * (bottom - top), np.inf).argmin(axis=1)
    return {id(words[i]): box for i, box in zip(held.tolist(), smallest.tolist(), strict=True)}


def _held(lines: Sequence[Line], holders: dict[int, int]) -> Held:
    """The lines with the box of each of their words: worked out once, three readers go by it."""
    return [(line, [holders.get(id(w)) for w in line.words]) for line in lines]


def _highlights(held: Held, boxes: Boxes) -> set[int]:
    """The tables that are none: filled boxes behind single words, a mere space apart."""
    crossings: dict[int, list[bool]] = {}
    for line, places in held:
        if places.count(places[0]) == len(places):  # most lines cross nothing
            continue
        for k, (a, b) in enumerate(pairwise(places)):
            if a is not None and b is not None and a != b and boxes[a][0] == boxes[b][0]:
                left, right = line.words[k], line.words[k + 1]
                box = boxes[b][2]  # in a justified line the spaces are wide, but the box is that of the word
                snug = abs(right.x0 - box.x0) < _SNUG and box.x1 - right.x1 < left.size
                near = snug or right.x0 - left.x1 < _WORD_SPACE * left.size
                crossings.setdefault(boxes[a][0], []).append(near)
    return {table for table, near in crossings.items() if 2 * sum(near) >= len(near)}


def _rows(held: Held, boxes: Boxes) -> dict[Place, dict[int, list[Word]]]:
    """The words of each row, by cell."""
    rows: dict[Place, dict[int, list[Word]]] = {}
    for line, places in held:
        for cell in dict.fromkeys(places):
            if cell is not None:
                table, row, _ = boxes[cell]
                own = [w for w, p in zip(line.words, places, strict=True) if p == cell]
                rows.setdefault((table, row), {}).setdefault(cell, []).extend(own)
    return rows


def _kinds(rows: dict[Place, dict[int, list[Word]]], labels: Labels, profile: Profile) -> dict[Place, str]:
    """What each row is: of a form, of a table of data, or a box."""
    number = profile.pattern("list.number")
    texts = {place: [cells[c] for c in sorted(cells)] for place, cells in rows.items()}
    several = {place for place, row in texts.items() if _is_several(row, number)}
    labelled: dict[int, list[list[list[Word]]]] = {}
    for place, row in texts.items():
        if _is_labelled(row, labels) if place in several else _opens(row[0], labels):
            labelled.setdefault(place[0], []).append(row)
    n_rows = Counter(table for table, _ in rows)
    forms = {t for t, found in labelled.items() if _is_form(found, n_rows[t], labels)}
    forms -= {t for t in forms if _heads_people(texts.get((t, 0), []), profile.pattern("contact.label"))}
    return {p: ("form" if p[0] in forms else "data") if p in several else "box" for p in rows}


def _heads_people(row: list[list[Word]], label: Pattern) -> bool:
    """Whether a table's first row says that people stand below it: "Name | Designation | Signature"."""
    found = [label.match(" ".join(w.text for w in words)) for words in row]
    told = [next(iter(match)) for match in found if match is not None]
    return len(row) > 2 and len(told) >= len(row) - 1 and {"name", "title"} <= set(told)  # noqa: PLR2004


def _is_several(row: list[list[Word]], number: Pattern) -> bool:
    """Whether a row has several texts side by side, and not a number and its text."""
    numbered = len(row) > 1 and len(row[0]) == 1 and _is_number(row[0][0].text, number)
    return len(row) > 2 or (len(row) == 2 and not numbered)  # noqa: PLR2004


def _is_labelled(row: list[list[Word]], labels: Labels) -> bool:
    """Whether a row's cells are labels, half of them at least, or begin with one that has its value behind it."""
    found = [labels.find(words) for words in row]
    known = sum(f is not None for f in found)
    valued = found[0] is not None and found[0][1] < len(row[0])
    return known > 0 and (valued or 2 * known >= len(found))


def _is_form(labelled: list[list[list[Word]]], n_rows: int, labels: Labels) -> bool:
    """Whether the labelled rows make a table a form; one row of bare labels over several others heads a table."""
    if len(labelled) >= _FORM_ROWS:
        return True
    row = labelled[0]
    if all(_opens(words, labels) and not words[-1].text.endswith(":") for words in row):
        return True  # "Report of: Jo Marsh" beside "Classification: Open", in a grid of names and titles
    bare = all(labels.whole(" ".join(w.text for w in words)) or not labels.find(words) for words in row)
    wide = len(row) > _WIDE or (len(row) > 2 and n_rows > 2)  # noqa: PLR2004
    heads = bare and wide and not any(words[-1].text.endswith(":") for words in row)
    return n_rows <= _SHORT_ROWS and not heads


def _opens(words: Sequence[Word], labels: Labels) -> bool:
    """Whether a cell begins with a label and its colon."""
    found = labels.find(words)
    return found is not None and words[found[1] - 1].text.endswith((":", "?"))


def _is_number(text: str, pattern: Pattern) -> bool:
    return pattern.match(text) is not None or (text.isdigit() and len(text) < 4) or len(text) == 1  # noqa: PLR2004


def _ordered(
    held: Held, boxes: Boxes, rows: dict[Place, dict[int, list[Word]]], kinds: dict[Place, str]
) -> list[Placed]:
    found: list[Placed] = []
    done: set[Place] = set()
    for line, places in held:
        inside = [p for p in dict.fromkeys(places) if p is not None]
        if not inside:
            found.append((line, None))
            continue
        for place in dict.fromkeys([boxes[p][:2] for p in inside]):
            if kinds[place] == "box":
                own = [w for w, p in zip(line.words, places, strict=True) if p is not None and boxes[p][:2] == place]
                box = boxes[next(p for p in inside if boxes[p][:2] == place)][2]
                whole = len(own) == len(line.words)
                found.append((line if whole else Line(tuple(own)), Cell(*place, 0, "box", box, is_last=True)))
            elif place not in done:
                done.add(place)
                found += _row(place, rows[place], boxes, kinds[place])
        if None in places:
            loose = tuple([w for w, p in zip(line.words, places, strict=True) if p is None])
            found.append((Line(loose), None))
    return found


def _row(place: Place, cells: dict[int, list[Word]], boxes: Boxes, kind: str) -> list[Placed]:
    found: list[Placed] = []
    ordered = sorted(cells, key=lambda c: (boxes[c][2].x0, boxes[c][2].top))
    for col, c in enumerate(ordered):
        cell = Cell(*place, col, kind, boxes[c][2], is_last=col == len(ordered) - 1)
        found += [(line, cell) for line in join_lines(cells[c])]
    return found
