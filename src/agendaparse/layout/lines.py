"""Words -> lines with a box, in the order in which a person reads them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from agendaparse.layout.words import Word
from agendaparse.records import Box

# Shares of the font size.
_SAME_ROW = 0.42  # centres that differ by less stand on one row (of the mean of two sizes)
_JOINED = 0.08  # fragments nearer than this, with no space printed between them, are one word
# What makes two columns of prose, and not a table or a right-hand list of page numbers: over many rows
# both sides are runs of several written words without a gap inside.
_COLUMN_ROWS = 6
_COLUMN_WORDS = 4
_COLUMN_WIDTH = 0.22  # of the width of the text
_GUTTER = 0.9  # of the font size: a wider gap is no space between words
_WRITTEN = 3  # letters that make a written word, and not a figure or a sign


@dataclass(frozen=True)
class Line:
    """Words that stand side by side, left to right."""

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """The words with single spaces between; fragments that touch are joined."""
        parts = [self.words[0].text]
        for left, right in zip(self.words, self.words[1:], strict=False):
            if _is_joined(left, right):
                parts[-1] += right.text
            else:
                parts.append(right.text)
        return " ".join(parts)

    @cached_property
    def box(self) -> Box:
        """The box around the words, as displayed."""
        return Box(
            min(w.x0 for w in self.words),
            min(w.top for w in self.words),
            max(w.x1 for w in self.words),
            max(w.bottom for w in self.words),
        )

    @property
    def angle(self) -> float:
        """The angle of its text, degrees anticlockwise."""
        return self.words[0].angle

    @cached_property
    def size(self) -> float:
        """The largest font size on it, in points."""
        return max(w.size for w in self.words)

    @cached_property
    def bold(self) -> bool:
        """Whether most of its letters are bold."""
        letters = sum(len(w.text) for w in self.words)
        return 2 * sum(len(w.text) for w in self.words if w.bold) > letters


def _is_joined(left: Word, right: Word) -> bool:
    size = max(left.size, right.size)
    gap = right.frame[0] - left.frame[2]
    return not right.spaced and -_JOINED * 2 * size < gap < _JOINED * size and right.first != left.first


def join_lines(words: Iterable[Word]) -> list[Line]:
    """The lines of a page in reading order: upright text first, column by column; then turned text."""
    by_angle: dict[float, list[Word]] = {}
    for word in words:
        by_angle.setdefault(word.angle, []).append(word)
    lines: list[Line] = []
    for angle in sorted(by_angle):
        lines += [Line(tuple(row)) for row in _in_reading_order(find_rows(by_angle[angle]))]
    return lines


def find_rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words that share a row of print, rows from the top, words from the left."""
    ordered = sorted(words, key=_center)
    rows: list[list[Word]] = []
    center = size = 0.0
    for word in ordered:
        own = _center(word)
        if rows and own - center < _SAME_ROW * math.sqrt(size * word.size):
            rows[-1].append(word)
            if word.size > size:  # the row is where its largest word stands: "9" of a raised "th"
                center, size = own, word.size
        else:
            rows.append([word])
            center, size = own, word.size
    for row in rows:
        row.sort(key=_left)
    return rows


def _center(word: Word) -> float:
    return (word.frame[1] + word.frame[3]) / 2


def _left(word: Word) -> float:
    return word.frame[0]


def _in_reading_order(rows: list[list[Word]]) -> list[list[Word]]:
    """Rows of a page with columns of prose, read column by column; others as they are."""
    gutter = _find_gutter(rows) if len(rows) >= _COLUMN_ROWS else None
    if gutter is None:
        return rows
    ordered: list[list[Word]] = []
    for crossed, block in groupby(rows, key=lambda row: _crosses(row, gutter)):
        part = list(block)
        if crossed:
            ordered += part
        else:
            left = [[w for w in row if w.frame[0] < gutter] for row in part]
            right = [[w for w in row if w.frame[0] >= gutter] for row in part]
            ordered += _in_reading_order([r for r in left if r])
            ordered += _in_reading_order([r for r in right if r])
    return ordered


def _crosses(row: Sequence[Word], x: float) -> bool:
    return any(w.frame[0] < x < w.frame[2] for w in row)


def _find_gutter(rows: list[list[Word]]) -> float | None:
    """The x of an empty strip between two columns of prose; None if there is none."""
    left = min(r[0].frame[0] for r in rows)
    right = max(max(w.frame[2] for w in r) for r in rows)
    least = _COLUMN_WIDTH * (right - left)
    best, most = None, _COLUMN_ROWS - 1
    for x in _gaps(rows, left + least, right - least):
        both = _prose_rows(rows, x)
        if both > most:
            best, most = x, both
    return best


def _gaps(rows: list[list[Word]], low: float, high: float) -> list[float]:
    """Places for a gutter: the middles of the wide gaps between words, each counted once a few points."""
    found = {
        round((a.frame[2] + b.frame[0]) / 2 / 6) * 6.0
        for row in rows
        for a, b in zip(row, row[1:], strict=False)
        if b.frame[0] - a.frame[2] > _GUTTER * max(a.size, b.size)
    }
    return sorted(x for x in found if low < x < high)


def _prose_rows(rows: list[list[Word]], x: float) -> int:
    """How many rows a gutter at x parts into two runs of prose; 0 if the other rows outweigh them."""
    parted = [r for r in rows if r[0].frame[0] < x < r[-1].frame[2] and not _crosses(r, x)]
    prose = sum(
        _is_prose([w for w in r if w.frame[0] < x]) and _is_prose([w for w in r if w.frame[0] > x]) for r in parted
    )
    crossing = sum(_crosses(r, x) for r in rows)
    return prose if prose >= _COLUMN_ROWS and 2 * prose > len(parted) and prose > crossing / 2 else 0


def _is_prose(words: list[Word]) -> bool:
    written = sum(sum(map(str.isalpha, w.text)) >= _WRITTEN for w in words)
    if written < _COLUMN_WORDS or 2 * written < len(words):
        return False
    gaps = [b.frame[0] - a.frame[2] for a, b in zip(words, words[1:], strict=False)]
    return max(gaps, default=0) < 2 * _GUTTER * words[0].size
