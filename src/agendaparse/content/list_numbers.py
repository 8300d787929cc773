"""Numbers of lists: which comes next after which, be they digits, letters or Roman."""

from __future__ import annotations

import re

_STEP = 3  # numbers of a list may skip


def follows(before: str, here: str) -> bool:
    """Whether one number of a list is the next after another: (ii) after (i), b) after a).

    >>> follows("(i)", "(ii)"), follows("a)", "c)"), follows("1.", "(a)")
    (True, True, False)
    """
    if re.sub(r"\w+", "", before) != re.sub(r"\w+", "", here):
        return False
    a, b = _values(before), _values(here)
    return any(kind in a and 0 < b[kind] - a[kind] <= _STEP for kind in b)


_ROMAN = {"i": 1, "v": 5, "x": 10}


def _values(number: str) -> dict[str, int]:
    """What a number may stand for: "(i)" is the first roman or the ninth letter."""
    word = re.sub(r"\W", "", number).casefold()
    found: dict[str, int] = {}
    if word.isdigit():
        found["digits"] = int(word)
    elif len(word) == 1:
        found["letter"] = ord(word)
    if word and set(word) <= set(_ROMAN):
        values = [_ROMAN[c] for c in word]
        found["roman"] = sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
    return found
