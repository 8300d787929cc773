"""An agenda set as a ruled table: number, item and page range are read; ward, lead, time and paper are not."""

from __future__ import annotations

import re
from collections import Counter

from agendaparse.content.cells import find_boxes, find_holders
from agendaparse.content.text import plain
from agendaparse.layout.lines import Line
from agendaparse.layout.pages import Page
from agendaparse.layout.words import Word

_RANGE = re.compile(r"\(?(?:p\S*\s)?\d{1,4}(?:\s?(?:-|to)\s?\d{1,4})?\)?", re.IGNORECASE)
_NUMBER = re.compile(r"[^\d]{0,5}\d")
_FEWEST = 3  # columns


def item_columns(page: Page, first: int = 0) -> list[Line]:
    """The lines of a page from ``first`` on, without what a table has right of its items."""
    lines = page.lines[first:]
    boxes = find_boxes(page)
    if not boxes:
        return lines
    holders = find_holders(page.upright, boxes)
    columns: dict[tuple[int, int], list[int]] = {}
    for i, (table, row, _) in enumerate(boxes):
        columns.setdefault((table, row), []).append(i)
    gone = _beyond(columns, _texts(lines, holders))
    kept = ([w for w in line.words if holders.get(id(w)) not in gone] for line in lines)
    return [Line(tuple(words)) for words in kept if words]


def _texts(lines: list[Line], holders: dict[int, int]) -> dict[int, str]:
    words: dict[int, list[Word]] = {}
    for line in lines:
        for word in line.words:
            if (cell := holders.get(id(word))) is not None:
                words.setdefault(cell, []).append(word)
    return {cell: plain(" ".join(w.text for w in found)) for cell, found in words.items()}


def _beyond(columns: dict[tuple[int, int], list[int]], texts: dict[int, str]) -> set[int]:
    """The cells beside number and item, but for page ranges; the column with the most letters holds the items."""
    rows = [cells for cells in columns.values() if len(cells) >= _FEWEST and _NUMBER.match(texts.get(cells[0], ""))]
    letters: Counter[int] = Counter()
    for cells in rows:
        letters.update({k: sum(map(str.isalpha, texts.get(c, ""))) for k, c in enumerate(cells[1:], start=1)})
    title = max(letters, key=lambda k: letters[k], default=1)
    named = sum(sum(map(str.isalpha, texts[cells[0]])) for cells in rows)
    if named > letters[title]:  # number and item stand in one cell
        title = 0
    beside = [c for cells in rows for k, c in enumerate(cells[1:], start=1) if k != title]
    return {c for c in beside if _RANGE.fullmatch(texts.get(c, "")) is None}
