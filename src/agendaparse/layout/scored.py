"""Words with a rule drawn through them, or under them: struck out, or underlined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

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


class _Rule(NamedTuple):
    level: float
    x0: float
    x1: float


def find_scored(words: Words, shapes: Iterable[Shape]) -> Scored:
    """The struck and the underlined words among the upright ones.

    >>> find_scored(page.words, page.shapes).struck  # doctest: +SKIP
    frozenset({Word(text='deleted', ...)})
    """
    rules = sorted(_Rule((s.box.top + s.box.bottom) / 2, s.box.x0, s.box.x1) for s in shapes if _is_rule(s))
    if not rules:
        return Scored(frozenset(), frozenset())
    struck = _words_with(rules, words, _THROUGH)
    return Scored(struck, _words_with(rules, words, _UNDER) - struck)


def _is_rule(shape: Shape) -> bool:
    box = shape.box
    return shape.kind in ("line", "rect") and box.height < _THIN and box.width > max(1.0, 2 * box.height)


def _words_with(rules: Sequence[_Rule], words: Words, band: tuple[float, float]) -> frozenset[Word]:
    levels = [rule.level for rule in rules]
    _, top, _, bottom = words.places.box.T
    low, high = (top + share * (bottom - top) for share in band)
    first, last = np.searchsorted(levels, low), np.searchsorted(levels, high, side="right")
    near: dict[Word, list[_Rule]] = {}
    reach: dict[_Rule, tuple[float, float]] = {}
    for i in np.flatnonzero((first < last) & (words.places.angle == 0)).tolist():
        word = words[i]
        for rule in rules[first[i] : last[i]]:
            if rule.x0 < word.x1 and rule.x1 > word.x0:
                near.setdefault(word, []).append(rule)
                x0, x1 = reach.get(rule, (word.x0, word.x1))
                reach[rule] = min(x0, word.x0), max(x1, word.x1)
    return frozenset(
        word
        for word, own in near.items()
        if _covered(word, [r for r in own if _fits(r, reach[r], word.size)]) >= _COVERED * (word.x1 - word.x0)
    )


def _fits(rule: _Rule, reach: tuple[float, float], size: float) -> bool:
    return reach[0] - rule.x0 < _LONGER * size and rule.x1 - reach[1] < _LONGER * size


def _covered(word: Word, rules: Iterable[_Rule]) -> float:
    """How much of the word's width the rules cover; pieces that lie over each other count once."""
    end, total = word.x0, 0.0
    for rule in sorted(rules, key=lambda r: r.x0):
        left, right = max(rule.x0 - _SPACE, end), min(rule.x1 + _SPACE, word.x1)
        if right > left:
            total += right - left
            end = right
    return total
