"""Words with a rule drawn through them, or under them: struck out, or underlined."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from agendaparse.layout.geometry import Floats
from agendaparse.layout.objects import Shape
from agendaparse.layout.words import Word, Words

_THIN = 1.6  # points: a thicker bar is a highlight
_COVERED = 0.7  # of a word's width: less is the rule of the word beside it
_SPACE = 1.0  # points that a rule may leave between two of its pieces
_LONGER = 1.5  # of the font size: a rule that sticks out by more belongs to a table or parts sections
# Where the rule stands, in shares of the word's height from its top.
_THROUGH = (0.35, 0.72)
_UNDER = (0.78, 1.2)


class Scored(NamedTuple):
    """The words of a page that have a rule through them, and those that have one under them."""

    struck: frozenset[Word]
    underlined: frozenset[Word]


_NOTHING = Scored(frozenset(), frozenset())


def find_scored(words: Words, shapes: Iterable[Shape]) -> Scored:
    """The struck and the underlined words among the upright ones.

    >>> find_scored(page.words, page.shapes).struck  # doctest: +SKIP
    frozenset({Word(text='deleted', ...)})
    """
    boxes = [s.box for s in shapes if s.kind in {"line", "rect"}]
    if not boxes:  # most pages of minutes
        return _NOTHING
    x0, top, x1, bottom = np.array(boxes).T
    thin = (bottom - top < _THIN) & (x1 - x0 > np.maximum(1.0, 2 * (bottom - top)))
    if not thin.any():
        return _NOTHING
    rules = np.array(((top + bottom) / 2, x0, x1))[:, thin]
    rules = rules[:, np.lexsort(rules[::-1])]
    struck, underlined = _words_with(rules, words)
    return Scored(struck, underlined - struck)


def _words_with(rules: Floats, words: Words) -> tuple[frozenset[Word], frozenset[Word]]:
    """The words that rules go through, and those that rules run under; of each rule level, begin and end are given."""
    level, begin, end = rules
    x0, top, x1, bottom = np.tile(words.places.box.T, 2)  # each word twice: with its middle and with its foot
    share = np.repeat((_THROUGH, _UNDER), len(words), axis=0).T
    low, high = top + share * (bottom - top)
    first, last = np.searchsorted(level, low), np.searchsorted(level, high, side="right")
    count = np.where(np.tile(words.places.angle == 0, 2), np.maximum(last - first, 0), 0)
    word = np.repeat(np.arange(len(count)), count)
    rule = np.arange(len(word)) + np.repeat(first - np.cumsum(count) + count, count)  # from first to last of each word
    meet = np.flatnonzero((begin[rule] < x1[word]) & (end[rule] > x0[word]))
    word, rule = word[meet], rule[meet]
    under = word >= len(words)
    place = rule + len(level) * under
    left, right = (
        np.full(2 * len(level), np.inf),
        np.full(2 * len(level), -np.inf),
    )  # of the words that each is drawn at
    np.minimum.at(left, place, x0[word])
    np.maximum.at(right, place, x1[word])
    longer = _LONGER * words.places.size[word - len(words) * under]
    fits = (left[place] - begin[rule] < longer) & (end[rule] - right[place] < longer)
    own: dict[int, list[tuple[float, float]]] = {}
    for i, *ends in zip(*(a[fits].tolist() for a in (word, begin[rule], end[rule])), strict=True):
        own.setdefault(i, []).append((ends[0], ends[1]))
    found: tuple[list[Word], list[Word]] = ([], [])
    for i, drawn in own.items():
        under_it, k = divmod(i, len(words))
        if _covered(words[k], drawn) >= _COVERED * (words[k].x1 - words[k].x0):
            found[under_it].append(words[k])
    return frozenset(found[0]), frozenset(found[1])


def _covered(word: Word, rules: Iterable[tuple[float, float]]) -> float:
    """How much of the word's width the rules cover; pieces that lie over each other count once."""
    reach, total = word.x0, 0.0
    for begin, end in sorted(rules):
        left, right = max(begin - _SPACE, reach), min(end + _SPACE, word.x1)
        if right > left:
            total += right - left
            reach = right
    return total
