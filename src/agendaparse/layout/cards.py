"""Cards: boxes side by side of which each prints one large figure with its name, as dashboards and slides do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from agendaparse.layout.blocks import Block, BlockCell
from agendaparse.layout.chunks import find_chunks, is_figure
from agendaparse.layout.lines import Line, join_lines
from agendaparse.layout.pages import Page
from agendaparse.layout.ruled import drawn_cells
from agendaparse.layout.words import Word
from agendaparse.records import Box

LARGE = 14.0  # points: a card's figure is no smaller
_LARGER = 1.3  # than the other print of its card
_LEAST = 2  # cards
_NARROWEST, _LOWEST = 50.0, 30.0  # points
_WIDEST, _HIGHEST = 0.6, 0.6  # of the page
_ALIKE = 1.6  # times the width of another of its cards
_WIDE = 2.0  # of the font size: a gap between two texts of one line
_MOST_LINES = 9
_LONGEST_NAME = 24  # words
_STROKES = frozenset("|¦·•")
_DIGIT = re.compile(r"\d")
_SIGNS = frozenset("↑↓→←↗↘↖↙▲▼►◄△▽▶◀⬆⬇➡⬅⇧⇩⇨⇦⇔↔●⬤■◆=")


def find_cards(page: Page) -> Block | None:
    """The cards of a page as one block: a row for each, with its name, its figure and its other lines.

    The last column is empty, as large as the card: marks may be drawn anywhere on it.
    None where the page has none: a card is drawn as a box and holds one figure that is larger than its other print.
    """
    places = page.words.places
    upright = [page.words[i] for i in np.flatnonzero((places.size >= LARGE) & (places.angle == 0)).tolist()]
    large = [w for w in upright if _DIGIT.search(w.text) is not None]
    if len(large) < _LEAST:
        return None
    cards = [card for box in _boxes(page, large) if (card := _card(page, box)) is not None]
    widths = sorted(card[0].width for card in cards)
    if len(cards) < _LEAST or widths[-1] > _ALIKE * widths[0]:
        return None
    cards.sort(key=lambda card: (round(card[0].top / LARGE), card[0].x0))
    counted = [str(n) for n in range(1, len(cards) + 1)]
    return None if [figure.text.strip(".") for _, figure, *_ in cards] == counted else _block(page, cards)


def _boxes(page: Page, large: Sequence[Word]) -> list[Box]:
    """The smallest drawn box around each large figure, those that hold several left out."""
    wide, high = _WIDEST * page.width, _HIGHEST * page.height
    boxes = [*(s.box for s in page.shapes), *drawn_cells(page)]
    drawn = [b for b in boxes if _NARROWEST < b.width < wide and _LOWEST < b.height < high]
    found: dict[Box, int] = {}
    for word in large:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        around = [b for b in drawn if b.x0 <= x <= b.x1 and b.top <= y <= b.bottom]
        if around:
            box = min(around, key=lambda b: b.width * b.height)
            found[box] = found.get(box, 0) + 1
    return list(found)


Card = tuple[Box, Line, list[Line], list[Line]]  # its box, its figure, the lines of its name, its other lines


def _card(page: Page, box: Box) -> Card | None:
    """A card's figure, name and other lines; None for a box that is none."""
    words = [w for w in page.words if w.angle == 0 and box.x0 <= (w.x0 + w.x1) / 2 <= box.x1]
    lines = join_lines([w for w in words if box.top <= (w.top + w.bottom) / 2 <= box.bottom])
    if not 1 < len(lines) <= _MOST_LINES:
        return None
    largest = max(lines, key=lambda line: line.size)
    others = [line for line in lines if line is not largest]
    figure, beside = _alone(largest)
    if figure is None or largest.size < _LARGER * max(line.size for line in others):
        return None
    at = lines.index(largest)
    name = list(_name(lines[:at])) or list(_name(others))
    if not name or sum(len(line.words) for line in name) > _LONGEST_NAME:
        return None
    return box, figure, name, [*beside, *(part for line in others if line not in name for part in _parted(line))]


def _alone(line: Line) -> tuple[Line | None, list[Line]]:
    """The figure of a line and what stands beside it: a sign of direction, its unit in small print."""
    words = [w for w in line.words if w.size * _LARGER > line.size and (w.text[0].isalnum() or w.text not in _SIGNS)]
    if not words or not is_figure("".join(w.text for w in words)):
        return None, []
    rest = [w for w in line.words if w not in words]
    return Line(tuple(words)), _parted(Line(tuple(rest))) if rest else []


def _parted(line: Line) -> list[Line]:
    """What stands at either end of a line, or on either side of a stroke: "Target: 90% | Last month: 88%".

    A sign before the words, and each of two labels with their figures, are parts too: "● Q1: 88% Target: 90%".
    """
    parts = [group for part in line.parted(_WIDE) for group in _labelled_parts(part)]
    return [Line(tuple(part)) for part in parts if part]


def _labelled_parts(words: Sequence[Word]) -> list[list[Word]]:
    groups: list[list[Word]] = [[]]
    for at, word in enumerate(words):
        labelled = any(w.text.endswith(":") for w in words[at + 1 :])
        if word.text in _STROKES:
            groups.append([])
            continue
        groups[-1].append(word)
        if (word.text in _SIGNS and len(groups[-1]) == 1) or (labelled and is_figure(word.text)):
            groups.append([])
    return groups


def _name(lines: Sequence[Line]) -> Iterator[Line]:
    """The first lines of one size that are words without a figure of their own behind a colon or an arrow."""
    first: Line | None = None
    for line in lines:
        labelled = ":" in line.text or any(chunk.is_figure for row in find_chunks([line.words]) for chunk in row.chunks)
        told = line.words[-1].text
        worded = line.words[0].text[0].isalnum() or (first is not None and line.text.startswith("("))
        if labelled or not worded or (first is not None and is_figure(told)):
            return
        if first is not None and abs(line.size - first.size) > 0.5:  # noqa: PLR2004 - another size
            return
        first = first or line
        yield line


def _block(page: Page, cards: Sequence[Card]) -> Block:
    most = max(len(others) for *_, others in cards)
    cells = []
    for r, (box, figure, name, others) in enumerate(cards):
        texts = ["\n".join(line.text for line in name), figure.text, *(line.text for line in others)]
        boxes = [_around(name), figure.box, *(line.box for line in others)]
        for c in range(most + 2):
            text, place = (texts[c], boxes[c]) if c < len(texts) else ("", box)
            cells.append(BlockCell(r, c, 1, 1, place, text))
        cells.append(BlockCell(r, most + 2, 1, 1, box, ""))
    around = cards[0][0]
    for box, *_ in cards:
        around = around.join(box)
    step = around.width / (most + 3)
    edges = tuple(around.x0 + step * i for i in range(most + 4))
    return Block(page.pdf_page, around, tuple(cells), len(cards), most + 3, "cards", edges)


def _around(lines: Sequence[Line]) -> Box:
    box = lines[0].box
    for line in lines[1:]:
        box = box.join(line.box)
    return box
