"""Text as compared: white space collapsed, dashes and quotes alike, letter-spaced headings closed up."""

from __future__ import annotations

import re
from functools import lru_cache

_ALIKE = str.maketrans({"–": "-", "—": "-", "‑": "-", "‐": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})


_ABBREVIATED = re.compile(
    r"(?:\b(?:cllrs?|cyng|mr|mrs|ms|dr|rev|st|no|nos|p|pp|para|inc|ltd|e\.g|i\.e|approx)|\b[a-z])\.$", re.IGNORECASE
)


@lru_cache(maxsize=16384)  # a line is looked at by several readers
def plain(text: str) -> str:
    """The text for matching: "A G E N D A" is "AGENDA", dashes and quotes are the keyboard's.

    >>> plain("A G E N D A"), plain("Pages 3 – 4")
    ('AGENDA', 'Pages 3 - 4')
    """
    words = (text if text.isascii() else text.translate(_ALIKE)).split()
    if len(words) > 3 and len(words[0]) == len(words[-1]) == 1 and all(len(w) == 1 for w in words):  # noqa: PLR2004
        return "".join(words)
    return " ".join(words)


def first_sentence(text: str) -> str:
    """The text up to the end of its first sentence.

    >>> first_sentence("to thank Cllr. Moss. The clerk would write.")
    'to thank Cllr. Moss.'
    """
    for match in re.finditer(r"[.?!](?=\s+[A-Z“\"(])", text):
        if _ABBREVIATED.search(text[: match.end()]) is None:
            return text[: match.end()]
    return text
