"""Words -> lines with a box, in the order in which a person reads them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain, groupby, pairwise
from operator import itemgetter
from typing import Any

import numpy as np

from agendaparse.layout.geometry import Bools, Floats, Ints, ends_of, starts_where
from agendaparse.layout.words import Word, Words
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
_LEVEL = 0.05  # points: centres of words of one line differ by no more, but for their rounding
_FULL = 24  # words: fewer are looked at one by one sooner
_MANY = 6  # rows: fewer are looked at one by one sooner than all at once

# what Box._make does, without a step in Python for each of a page's lines
_BOX: Callable[[Iterable[Any]], Box] = partial(tuple.__new__, Box)

Positions = list[int]  # of the words of a row of print, among all of them


@dataclass(frozen=True)
class Line:
    """Words that stand side by side, left to right."""

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """The words with single spaces between; fragments that touch are joined."""
        words = self.words
        if False not in [w.spaced for w in words[1:]]:  # nearly always
            return " ".join([w.text for w in words])
        parts = [words[0].text]
        for left, right in pairwise(words):
            if not right.spaced and _is_joined(left, right):
                parts[-1] += right.text
            else:
                parts.append(right.text)
        return " ".join(parts)

    @cached_property
    def box(self) -> Box:
        """The box around the words, as displayed."""
        x0, top, x1, bottom = zip(*[w[1:5] for w in self.words], strict=True)
        return Box(min(x0), min(top), max(x1), max(bottom))

    @cached_property
    def widest(self) -> float:
        """The widest gap between two of its words, in font sizes of the word at its left; 0 for a single word."""
        return max([(b.x0 - a.x1) / a.size for a, b in pairwise(self.words)], default=0.0)

    def parted(self, gap: float) -> list[tuple[Word, ...]]:
        """Its words, parted where a gap is wider than so many font sizes: see ``part_words``."""
        return [self.words] if self.widest <= gap else part_words(self.words, gap)

    @classmethod
    def known(cls, **found: Any) -> Line:
        """A line of which more than its words has been found, together with that of many others.

        >>> Line.known(words=(), text="Present").text
        'Present'
        """
        line = cls.__new__(cls)
        line.__dict__.update(found)
        return line

    @property
    def angle(self) -> float:
        """The angle of its text, degrees anticlockwise."""
        return self.words[0].angle

    @cached_property
    def size(self) -> float:
        """The largest font size on it, in points."""
        return max([w.size for w in self.words])

    @cached_property
    def bold(self) -> bool:
        """Whether most of its letters are bold."""
        bold = sum([len(w.text) for w in self.words if w.bold])
        return bold > 0 and 2 * bold > sum([len(w.text) for w in self.words])


def _is_joined(left: Word, right: Word) -> bool:
    size = max(left.size, right.size)
    gap = right.frame[0] - left.frame[2]
    return -_JOINED * 2 * size < gap < _JOINED * size and right.first != left.first


def part_words(words: Sequence[Word], gap: float) -> list[tuple[Word, ...]]:
    """The words of a row, parted where more than ``gap`` times the size of the one at its left lies before a word.

    What a reader takes for two columns is its own matter: cells of a table stand nearer to each other than labels do.

    >>> part_words((), 1.5)
    []
    """
    held = tuple(words)
    cuts = [i for i, (left, right) in enumerate(pairwise(held), 1) if right.x0 - left.x1 > gap * left.size]
    return [held[start:end] for start, end in pairwise((0, *cuts, len(held)))] if held else []


def join_lines(words: Iterable[Word]) -> list[Line]:
    """Lines in reading order: of upright text first, column by column; then of turned text."""
    held = list(words)
    if not any(w.angle for w in held):  # nearly always
        return lines_of(held, find_rows(held))
    by_angle: dict[float, list[Word]] = {}
    for word in held:
        by_angle.setdefault(word.angle, []).append(word)
    return [line for _, own in sorted(by_angle.items()) for line in lines_of(own, find_rows(own))]


def lines_of(words: Sequence[Word], rows: list[Positions]) -> list[Line]:
    """Rows of print as lines, read column by column where they stand in columns of prose."""
    if len(rows) < _MANY:
        return [Line(tuple([words[i] for i in row])) for row in rows]
    words = words if isinstance(words, Words) else Words(words)
    print_ = _Print(words, rows)
    ordered = _in_reading_order(words, rows, print_)
    order, starts = (print_.order, print_.starts) if ordered is rows else _end_to_end(ordered)
    return _lines(words, order, starts)


def _lines(words: Words, order: Ints, starts: Ints) -> list[Line]:
    """The lines that begin at these places among the words in order: what is soon asked of each is found in one go."""
    box = words.places.box[order]
    low, high = np.minimum.reduceat(box[:, :2], starts, axis=0), np.maximum.reduceat(box[:, 2:], starts, axis=0)
    boxes = map(_BOX, np.concatenate((low, high), axis=1).tolist())
    size = words.places.size[order]
    sizes = np.maximum.reduceat(size, starts).tolist()
    gaps = np.zeros(len(order))  # behind each word
    gaps[:-1] = (box[1:, 0] - box[:-1, 2]) / size[:-1]
    gaps[starts[1:] - 1] = 0.0  # at the ends of lines
    widest = np.maximum.reduceat(gaps, starts).tolist()
    in_order: tuple[Word, ...] = itemgetter(*order.tolist())(words)
    begins = starts.tolist()
    parts = [slice(a, b) for a, b in pairwise([*begins, len(in_order)])]
    known = zip(parts, boxes, sizes, widest, strict=True)
    if not {i for i, w in enumerate(in_order) if not w.spaced}.difference(begins):  # no fragments to be joined
        texts = [w.text for w in in_order]
        return [Line.known(words=in_order[p], box=b, size=s, widest=w, text=" ".join(texts[p])) for p, b, s, w in known]
    return [Line.known(words=in_order[p], box=b, size=s, widest=w) for p, b, s, w in known]


def find_rows(words: Sequence[Word]) -> list[Positions]:
    """Words that share a row of print, rows from the top, words from the left."""
    if isinstance(words, Words) and len(words) > _FULL:
        return _rows_of_page(words)
    doubled = [word.frame[1] + word.frame[3] for word in words]  # twice the centre
    left = [word.frame[0] for word in words]
    if doubled and doubled.count(doubled[0]) == len(doubled):  # most cells of tables hold one row
        return [sorted(range(len(words)), key=left.__getitem__)]
    order = sorted(range(len(words)), key=doubled.__getitem__)
    starts = _row_starts([doubled[i] / 2 for i in order], [words[i].size for i in order])
    rows = [order[a:b] for a, b in pairwise([*starts, len(order)])]
    for row in rows:
        if len(row) > 1:
            row.sort(key=left.__getitem__)
    return rows


def _row_starts(centers: Sequence[float], sizes: Sequence[float]) -> list[int]:
    """Where rows begin among words from the top, given by their centres and font sizes."""
    starts: list[int] = []
    center = size = 0.0
    for i, (own, own_size) in enumerate(zip(centers, sizes, strict=True)):
        if own == center and own_size <= size:  # most words
            continue
        if not starts or own - center >= _SAME_ROW * math.sqrt(size * own_size):
            starts.append(i)
            center, size = own, own_size
        elif own_size > size:  # the row is where its largest word stands: "9" of a raised "th"
            center, size = own, own_size
    return starts


def _rows_of_page(words: Words) -> list[Positions]:
    """The same for the words of a page: those that stand level, most of a row, are looked at as one."""
    frame, size = words.places.frame, words.places.size
    centers = (frame[:, 1] + frame[:, 3]) / 2
    order = np.argsort(centers, kind="stable")
    centers, size = centers[order], size[order]
    level = starts_where(centers[1:] - centers[:-1] > _LEVEL)
    starts = level[_row_starts(centers[level].tolist(), np.maximum.reduceat(size, level).tolist())]
    row = np.repeat(np.arange(len(starts)), ends_of(starts, len(order)) - starts)
    from_left = order[np.lexsort((frame[order, 0], row))].tolist()
    return [from_left[a:b] for a, b in pairwise([*starts.tolist(), len(order)])]


def _end_to_end(rows: list[Positions]) -> tuple[Ints, Ints]:
    """The words of all rows, row after row, and where in that each row begins."""
    ends = np.cumsum([len(row) for row in rows])
    return np.fromiter(chain.from_iterable(rows), np.int64, ends[-1]), np.append(0, ends[:-1])


def _in_reading_order(words: Words, rows: list[Positions], print_: _Print) -> list[Positions]:
    """Rows of a page with columns of prose, read column by column; others as they are."""
    gutter = _find_gutter(print_) if len(rows) >= _COLUMN_ROWS else None
    if gutter is None:
        return rows
    ordered: list[Positions] = []
    for crossed, block in groupby(rows, key=lambda row: _crosses([words[i] for i in row], gutter)):
        part = list(block)
        if crossed:
            ordered += part
        else:
            left = [[i for i in row if words[i].frame[0] < gutter] for row in part]
            right = [[i for i in row if words[i].frame[0] >= gutter] for row in part]
            for side in ([r for r in left if r], [r for r in right if r]):
                ordered += _in_reading_order(words, side, _Print(words, side)) if side else []
    return ordered


def _crosses(row: Sequence[Word], x: float) -> bool:
    """Whether a row runs on across a gutter: a word stands over it, or a mere space between two."""
    left = max((w for w in row if w.frame[0] < x), key=_right, default=None)
    right = min((w for w in row if w.frame[0] >= x), key=_left, default=None)
    if left is None or left.frame[2] > x or right is None:
        return left is not None and left.frame[2] > x
    return right.frame[0] - left.frame[2] < _GUTTER * max(left.size, right.size)


def _left(word: Word) -> float:
    return word.frame[0]


def _right(word: Word) -> float:
    return word.frame[2]


def _find_gutter(print_: _Print) -> float | None:
    """The x of an empty strip between two columns of prose; None if there is none."""
    candidates = print_.gaps()
    if not len(candidates):
        return None
    counts = print_.prose_rows(candidates)
    best = int(counts.argmax())
    return float(candidates[best]) if counts[best] >= _COLUMN_ROWS else None


class _Print:
    """The words of rows as arrays, row after row, for looking at many places of a gutter at once."""

    def __init__(self, words: Words, rows: list[Positions]) -> None:
        order, self.starts = _end_to_end(rows)
        self.words, self.order = words, order
        self.ends = ends_of(self.starts, len(order))
        frame = words.places.frame[order]
        self.x0: Floats = frame[:, 0]
        self.x1: Floats = frame[:, 2]
        self.size = words.places.size[order]
        self.gap: Floats = np.zeros(len(order))  # after each word
        self.gap[:-1] = self.x0[1:] - self.x1[:-1]
        self.gap[self.ends - 1] = 0.0

    @cached_property
    def row(self) -> Ints:
        """The row of each word."""
        return np.repeat(np.arange(len(self.starts)), self.ends - self.starts)

    @cached_property
    def base(self) -> Floats:
        """How far each row is moved to lay all of them end to end, so that one search serves all."""
        far = max(np.abs(self.x0).max(), np.abs(self.x1).max()) * 2 + 1
        return np.asarray(far * np.arange(len(self.starts)), dtype=float)

    def gaps(self) -> Floats:
        """Places for a gutter: the middles of wide gaps, counted once a few points, that enough rows leave clear."""
        larger = np.maximum(self.size[:-1], self.size[1:])
        wide = (self.gap[:-1] > _GUTTER * larger).nonzero()[0]
        row = np.searchsorted(self.starts, wide, side="right") - 1
        full = (wide - self.starts[row] >= _COLUMN_WORDS - 1) & (self.ends[row] - wide > _COLUMN_WORDS)
        wide = wide[full]  # enough words stand on both sides
        if len(set(row[full].tolist())) < _COLUMN_ROWS:  # a page of one column
            return self.x0[:0]
        left, right = self.x0[self.starts].min(), self.x1.max()
        least = _COLUMN_WIDTH * (right - left)
        middles = np.round((self.x1[wide] + self.x0[wide + 1]) / 2 / 6) * 6.0
        middles = np.unique(middles[(left + least < middles) & (middles < right - least)])
        crossed = self._crossed(middles).sum(1)
        clear = len(self.starts) - crossed
        kept: Floats = middles[(clear >= _COLUMN_ROWS) & (clear > crossed / 2)]
        return kept

    def prose_rows(self, gutters: Floats) -> Ints:
        """How many rows each gutter parts into two runs of prose; 0 where the other rows outweigh them."""
        x = gutters[:, None]
        at = np.searchsorted(self.x0 + self.base[self.row], x + self.base)  # the first word to the right, by row
        over = np.searchsorted(self.x0 + self.base[self.row], x + self.base, side="right")
        crossing = self._crossed(gutters)
        parted = ~crossing & (self.x0[self.starts] < x) & (x < self.x1[self.ends - 1])
        prose = parted & self._is_prose(self.starts, at) & self._is_prose(over, self.ends)
        counts = prose.sum(1)
        enough = (counts >= _COLUMN_ROWS) & (2 * counts > parted.sum(1)) & (counts > crossing.sum(1) / 2)
        return np.where(enough, counts, 0)

    @cached_property
    def written(self) -> Ints:
        """How many written words stand before each word."""
        texts = [self.words[i].text for i in self.order.tolist()]
        written = [len(t) >= _WRITTEN and (t.isalpha() or sum(map(str.isalpha, t)) >= _WRITTEN) for t in texts]
        return np.append(0, np.cumsum(written))

    def _crossed(self, gutters: Floats) -> Bools:
        """Which gutters (rows of the answer) run through a word of which rows of print."""
        x = gutters[:, None]
        return np.logical_or.reduceat((self.x0 < x) & (x < self.x1), self.starts, axis=1)

    def _is_prose(self, first: Ints, last: Ints) -> Bools:
        """Whether the words from first to last of each row are a run of written words without a gap."""
        first, last = np.broadcast_arrays(first, last)
        written, count = self.written[last] - self.written[first], last - first
        full = (written >= _COLUMN_WORDS) & (2 * written >= count)
        begin, end = first[full], last[full] - 1
        if len(begin):
            widest = np.maximum.reduceat(self.gap, np.stack((begin, end), axis=1).ravel())[::2]
            full[full] = widest < 2 * _GUTTER * self.size[begin]
        return np.asarray(full, dtype=bool)
