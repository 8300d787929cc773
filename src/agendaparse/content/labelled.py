"""Figures in labelled lines under an indicator's name, with no table: "Target: 85%   Q1: 82%   Q2: 84%"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from agendaparse.content.drafts import is_period
from agendaparse.content.headers import Column, names_time, parse_header
from agendaparse.content.periods import Setting
from agendaparse.content.values import is_figure, is_missing
from agendaparse.content.vocabulary import mark_words, vocabulary
from agendaparse.layout.blocks import Block, BlockCell
from agendaparse.layout.lines import Line, part_words
from agendaparse.layout.pages import Page
from agendaparse.layout.words import Word
from agendaparse.records import Box

_RAW = r"[£+\-–<>≤≥~]?\s?\d[^:|;]*|n/?a|-|tbc"
_LABELLED = re.compile(rf"(?P<label>[A-Za-z(][^:]*?|[^:]*[A-Za-z)\d])\s*(?::|[-–=]\s)\s*(?P<raw>{_RAW})", re.IGNORECASE)
_BARELY = re.compile(  # the figure is the last: "Sep 24 97.1%"
    r"(?P<label>[^:]*[A-Za-z)\d])\s+(?P<raw>[£+\-–<>≤≥~]?\d[\d,.]*\s?(?:%|[km]|bn)?(?:\s?\([^():]*\))?|n/?a|-)",
    re.IGNORECASE,
)
_LABELLED_AFTER = re.compile(r"(?P<raw>[£]?[\d,.]+\s?%?[km]?)\s+(?P<label>[A-Za-z][^:]*)")
_NEXT = re.compile(
    r"[\s,]*(?P<pair>[^:|;]*?[A-Za-z\d)]\s?:\s?(?:[£+\-–<>≤≥~]?\d[\d,.]*\d?\s?(?:%|[km]\b|bn\b)?(?:\s?\([^():]*\))?|n/?a\b|tbc\b|-(?!\w)))",
    re.IGNORECASE,
)
_INNER = re.compile(r"\(([^():]+:[^():]+)\)")  # "Actual: 412 (Target: 400)"
_PARTS = re.compile(r"\s*[|;•·]\s*")
_FIRST = frozenset("£+-–<>≤≥~0123456789")
_WIDE = 2.0  # of the font size: a gap between two pieces of a row
_STEP = 3.6  # of the font size: a name stands no higher above the first of its lines, nor these above each other
_CHART = (80.0, 50.0)  # points: width and height of what is drawn between a name and its lines
_ONE_NAME = 1.6  # of the font size: lines of one name stand no further apart
_LONGEST = 24  # words of a line of pairs, or of a name
_PAGE = 0.8  # of the page's width: what is wider is no chart of one indicator
_LEAST = 4  # pairs on a page, by their look
_LEAST_PAIRS, _LEAST_ALONE = 2, 3  # of an indicator; of one that stands alone on its page
_MARKS = ("rag", "direction")
_TELLING = ("target", "threshold", "forecast", "benchmark")


def labelled(text: str, setting: Setting) -> tuple[Column, str] | None:
    """The header and the figure of a text such as "Target: 95%" or "Q1 2024/25 412"; None where it is no such text.

    >>> labelled("Target: 95%", Setting())[1], labelled("Published 31 March 2025", Setting())
    ('95%', None)
    """
    if is_period(text):
        return None
    for pattern in (_LABELLED, _BARELY, _LABELLED_AFTER):
        found = pattern.fullmatch(text)
        if found is None or not (is_figure(found["raw"]) or is_missing(found["raw"])):
            continue
        column = parse_header(found["label"], setting)
        if column is None or not column.is_figures or column.role == "change":
            continue
        if column.is_plain or (column.undated and names_time(found["label"])):
            return column, found["raw"].strip()
    return None


@dataclass
class _Piece:
    """What stands together in a row of print; ``pairs`` where it is all labels with their figures."""

    line: Line
    pairs: tuple[str, ...]

    @property
    def box(self) -> Box:
        return self.line.box


@dataclass
class _Group:
    """An indicator: the lines of its name, and of its labelled figures."""

    name: list[_Piece]
    pieces: list[_Piece] = field(default_factory=list)

    @property
    def pairs(self) -> list[str]:
        return [pair for piece in self.pieces for pair in piece.pairs]

    @property
    def box(self) -> Box:
        box = self.name[0].box
        for piece in (*self.name, *self.pieces):
            box = box.join(piece.box)
        return box


def find_labelled(page: Page, taken: Sequence[Box]) -> Block | None:
    """The indicators of a page whose figures stand in labelled lines, as one block of cards; None where it has none.

    A line counts where all of it is labels that name measures or times, each with its figure, under a name. What
    stands in the areas of tables does not.
    """
    if not _may_be_labelled(page):
        return None
    rows = [
        row for words in page.rows if (row := _pieces([w for w in words if w.angle == 0 and not _in(w.box, taken)]))
    ]
    charts = _charts(page) if any(piece.pairs for row in rows for piece in row) else []
    groups: dict[int, _Group] = {}
    for at, row in enumerate(rows):
        for piece in row:
            name = _name(rows, at, piece, charts) if piece.pairs else None
            if name is not None:
                groups.setdefault(id(name[0]), _Group(name)).pieces.append(piece)
    found = [g for g in groups.values() if len(set(g.pairs)) >= _LEAST_PAIRS]
    alone = len(found) == 1 and len(found[0].pairs) < _LEAST_ALONE
    if not found or alone or not any(_tells(pair) for g in found for pair in g.pairs):
        return None
    return _block(page, found)


def _may_be_labelled(page: Page) -> bool:
    """A glance at the words: labels that end with a colon before figures, or words such as "target" beside some."""
    cues, words = _cues(), page.words
    before = [words[i - 1].text for i, w in enumerate(words) if w.text[0] in _FIRST and i]
    return len(before) >= _LEAST and sum(t[-1] == ":" or t.casefold() in cues for t in before) >= _LEAST


@cache
def _cues() -> frozenset[str]:
    measures = vocabulary("measures")
    return frozenset(w for role in ("target", "actual") for words in measures[role].values() for w in words)


def _in(box: Box, taken: Sequence[Box]) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return any(b.x0 <= x <= b.x1 and b.top <= y <= b.bottom for b in taken)


def _pieces(words: Sequence[Word]) -> list[_Piece]:
    lines = [Line(part) for part in part_words(words, _WIDE)]
    return [_Piece(line, tuple(_pairs(line))) for line in lines]


def _pairs(line: Line) -> list[str]:
    """The labels with their figures that a line is made of; none where it prints anything else."""
    words, text = len(line.words), line.text
    if not 1 < words <= _LONGEST or not (":" in text or any(ch.isdigit() for ch in text)):
        return []
    found: list[str] = []
    for part in _PARTS.split(_INNER.sub(r"| \1", text).strip(" |;•·")):
        own = list(_sequence(part)) or [part]
        if not all(labelled(pair, Setting()) is not None or _is_mark(pair) for pair in own):
            return []
        found += own
    return found


def _sequence(text: str) -> Iterator[str]:
    """The parts of "Target: 85%, Q1: 82%"; none where something is left over."""
    pairs, at = [], 0
    while at < len(text) and (found := _NEXT.match(text, at)) is not None:
        pairs.append(found["pair"].strip())
        at = found.end()
    if not text[at:].strip(" ,."):
        yield from pairs


def _is_mark(text: str) -> bool:
    """Whether a text says a colour or a way: "RAG: Green"."""
    label, _, said = text.partition(":")
    head = parse_header(label) if said else None
    words = () if head is None or head.role not in _MARKS else mark_words(head.role)
    judged = mark_words("judged") if words and head is not None and head.role == "direction" else ()
    return said.strip().casefold() in words or said.strip().casefold() in judged


def _tells(pair: str) -> bool:
    told = labelled(pair, Setting())
    return told is not None and (told[0].role in _TELLING or told[0].period is not None or told[0].undated)


def _charts(page: Page) -> list[Box]:
    """Pictures, and boxes as large as charts."""
    wide, high = _CHART
    drawn = [p.box for p in page.pictures] + [s.box for s in page.shapes]
    return [b for b in drawn if b.width > wide and b.height > high and b.width < page.width * _PAGE]


def _name(rows: Sequence[Sequence[_Piece]], at: int, piece: _Piece, charts: Sequence[Box]) -> list[_Piece] | None:
    """The pieces of the name of a piece of pairs: at its left, or above it and above the other pairs of its name.

    A chart may stand between; what is printed in it is no name.
    """
    left = [p for p in rows[at] if p.box.x1 <= piece.box.x0 and not p.pairs]
    if left:
        return [left[-1]] if _may_name(left[-1]) else None
    other = [c for c in charts if not _in(piece.box, [c])]
    below = piece.box
    for i in range(at - 1, -1, -1):
        over = [p for p in rows[i] if p.box.x0 <= piece.box.x0 + piece.line.size and not _in(p.box, other)]
        if not over:
            continue
        nearest = over[-1]
        if not _is_near(nearest, below, piece.line.size, other):
            return None
        if not nearest.pairs:
            return _whole_name(rows, i, nearest) if _may_name(nearest) else None
        below = nearest.box
    return None


def _is_near(above: _Piece, below: Box, size: float, charts: Sequence[Box]) -> bool:
    step = _STEP * max(size, above.line.size)
    if below.top - above.box.top <= step:
        return True
    between = [
        c
        for c in charts
        if c.top > above.box.top and c.bottom < below.bottom and c.x0 < below.x1 and c.x1 > above.box.x0
    ]
    return any(c.top - above.box.top <= step and below.top - c.bottom <= step for c in between)


def _may_name(piece: _Piece) -> bool:
    text = piece.line.text.rstrip()
    worded = sum(map(str.isalpha, text)) > 2  # noqa: PLR2004
    return worded and not text.endswith((".", ";", ",")) and len(piece.line.words) <= _LONGEST and not is_period(text)


def _whole_name(rows: Sequence[Sequence[_Piece]], at: int, last: _Piece) -> list[_Piece]:
    """The lines of a name of which the last is given: of one size and weight, close above each other."""
    found = [last]
    for row in reversed(rows[:at]):
        above = next((p for p in row if abs(p.box.x0 - last.box.x0) < last.line.size / 2), None)
        if above is None or above.pairs or not last.line.bold or not above.line.bold:
            break
        apart = found[0].box.top - above.box.top > _ONE_NAME * last.line.size
        if apart or abs(above.line.size - last.line.size) > 0.5 or not _may_name(above):  # noqa: PLR2004
            break
        found.insert(0, above)
    return found


def _block(page: Page, groups: Sequence[_Group]) -> Block:
    """The indicators as cards: name, no large figure, their pairs, what is said of colour and way, the whole area."""
    kept = [([p for p in g.pairs if not _is_mark(p)], [p for p in g.pairs if _is_mark(p)]) for g in groups]
    most = max(len(pairs) for pairs, _ in kept)
    cells = []
    around = groups[0].box
    for r, (group, (pairs, marks)) in enumerate(zip(groups, kept, strict=True)):
        around = around.join(group.box)
        places = {pair: piece.box for piece in group.pieces for pair in piece.pairs}
        name = "\n".join(piece.line.text for piece in group.name).rstrip(" :")
        cells += [BlockCell(r, 0, 1, 1, group.name[0].box, name), BlockCell(r, 1, 1, 1, group.box, "")]
        for c in range(most):
            text = pairs[c] if c < len(pairs) else ""
            cells.append(BlockCell(r, 2 + c, 1, 1, places.get(text, group.box), text))
        for c, role in enumerate(_MARKS, start=most + 2):
            said = [
                m.partition(":")[2].strip()
                for m in marks
                if (h := parse_header(m.partition(":")[0])) and h.role == role
            ]
            cells.append(BlockCell(r, c, 1, 1, group.box, " ".join(said)))
    step = around.width / (most + 4)
    edges = tuple(around.x0 + step * i for i in range(most + 5))
    return Block(page.pdf_page, around, tuple(cells), len(groups), most + 4, "cards", edges, 0.9)
