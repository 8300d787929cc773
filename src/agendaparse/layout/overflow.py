"""Cells of a sheet that run into each other: rows of print cut where the cells of other rows begin."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from agendaparse.layout.chars import Chars
from agendaparse.layout.chunks import Chunk, Row, is_figure
from agendaparse.layout.words import Word

_SAME = 0.5  # points: words that begin no further apart begin at one edge
_LEAST_ROWS = 3  # with figures
_SHARE = 0.2  # of the rows with figures: names of a few projects may break at one place
_MOST = 0.6  # of the rows from the first to the last in which a word begins at an edge

Begun = tuple[int, str, str]  # the row, the word before in its chunk or none, the word
Edges = dict[int, list[Begun]]  # by the place, in steps of what is the same
_SIGNS = frozenset("£$€-–+(")


def part_cells(rows: Sequence[Row], chars: Chars) -> tuple[Row, ...]:
    """The rows of a page, cut where words that touch are of two cells.

    Sheets print a long name over its cell's edge, and a letter right behind a figure: where in most rows a word begins
    at one place, behind other words, a column begins there.

    >>> part_cells([], chars)  # doctest: +SKIP
    ()
    """
    figured = [i for i, row in enumerate(rows) if len(row.figures) > 1]
    if len(figured) < _LEAST_ROWS:
        return tuple(rows)
    own = [rows[i] for i in figured]
    starts = _edges(own)
    own = [_unglued(row, starts, chars) for row in own]
    edges = _columns(_edges(own), max(_LEAST_ROWS, int(_SHARE * len(own))))
    parted = dict(zip(figured, (_cut(row, edges) for row in own), strict=True))
    return tuple(parted.get(i, row) for i, row in enumerate(rows))


def _edges(rows: Sequence[Row]) -> Edges:
    """What begins at each place."""
    found: Edges = defaultdict(list)
    for r, row in enumerate(rows):
        for chunk in row.chunks:
            found[round(chunk.x0 / _SAME)].append((r, "", chunk.words[0].text))
            for before, word in pairwise(chunk.words):
                # a cell is set by itself; a sign stands before the figure of its own
                if word.run != before.run and any(map(str.isalnum, before.text)):
                    found[round(word.x0 / _SAME)].append((r, before.text, word.text))
    return found


def _at(edges: Edges, x: float) -> list[Begun]:
    """What begins at a place, or right beside it."""
    near = round(x / _SAME)
    return [own for k in (near - 1, near, near + 1) for own in edges.get(k, ())]


def _unglued(row: Row, edges: Edges, chars: Chars) -> Row:
    """A row whose words that are the end of one cell and the beginning of the next are two each."""
    return Row(tuple(part for chunk in row.chunks for part in _halves(chunk, edges, chars)))


def _halves(chunk: Chunk, edges: Edges, chars: Chars) -> Iterator[Chunk]:
    words: list[Word] = []
    for word in chunk.words:
        at = _seam(word, edges, chars)
        if at:
            left, right = _split(word, at, chars)
            yield Chunk((*words, left))
            words = [right]
        else:
            words.append(word)
    yield Chunk(tuple(words))


def _seam(word: Word, edges: Edges, chars: Chars) -> int:
    """How many characters of a word are of its first cell; 0 where it is of one cell."""
    if int(chars.run[word.last - 1]) == word.run:  # most words
        return 0
    runs = chars.run[word.first : word.last].tolist()
    if len(set(runs)) != 2 or len(runs) != len(word.text) or is_figure(word.text):  # noqa: PLR2004
        return 0
    at = next(i for i, (a, b) in enumerate(pairwise(runs), start=1) if a != b)
    left, right = word.text[:at], word.text[at:]
    begun = right in {text for _, _, text in _at(edges, float(chars.box[word.first + at, 0]))}
    figure = is_figure(right) and not left[-1].isdigit() and left[-1] not in _SIGNS
    named = left[-1].islower() and len(right) > 1  # "Fund T3" is a name
    return at if begun or (figure and named) else 0


def _split(word: Word, at: int, chars: Chars) -> tuple[Word, Word]:
    middle = float(chars.box[word.first + at, 0])
    x0, top, x1, bottom = word.frame
    left = word._replace(text=word.text[:at], x1=middle, last=word.first + at, frame=(x0, top, middle, bottom))
    run = int(chars.run[word.first + at])
    right = word._replace(
        text=word.text[at:], x0=middle, first=word.first + at, run=run, frame=(middle, top, x1, bottom)
    )
    return left, right


def _columns(edges: Edges, least: int) -> list[float]:
    """Where columns begin behind other words: in most rows between two, and behind words that differ.

    Words behind a figure, and figures behind words, are another cell, if elsewhere they have nothing before them.
    """
    found = []
    for key in edges:
        own = _at(edges, key * _SAME)
        at = sorted({r for r, *_ in own})
        before = Counter(text for _, text, _ in own if text)
        varied = 2 * max(before.values(), default=0) <= before.total()  # not so "E&C:" before each project
        often = len(at) >= least and bool(before) and varied and len(at) >= _MOST * (at[-1] - at[0] + 1)
        alone = before and len(at) > 1 and any(not text for _, text, _ in own)
        alone = alone and (all(map(is_figure, before)) or all(is_figure(text) for *_, text in own))
        if often or alone:
            found.append(key * _SAME)
    return found


def _cut(row: Row, edges: Sequence[float]) -> Row:
    """A row, its chunks cut where a column begins."""
    if not edges:
        return row
    parts: list[Chunk] = []
    for chunk in row.chunks:
        words = [chunk.words[0]]
        for word in chunk.words[1:]:
            if any(abs(word.x0 - x) <= _SAME for x in edges):
                parts.append(Chunk(tuple(words)))
                words = []
            words.append(word)
        parts.append(Chunk(tuple(words)))
    return Row(tuple(parts)) if len(parts) > len(row.chunks) else row
