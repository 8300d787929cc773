"""Text as compared: white space collapsed, dashes and quotes alike, letter-spaced headings closed up."""

from __future__ import annotations

_ALIKE = str.maketrans({"–": "-", "—": "-", "‑": "-", "‐": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})


def plain(text: str) -> str:
    """The text for matching: "A G E N D A" is "AGENDA", dashes and quotes are the keyboard's.

    >>> plain("A G E N D A"), plain("Pages 3 – 4")
    ('AGENDA', 'Pages 3 - 4')
    """
    words = text.translate(_ALIKE).split()
    if len(words) > 3 and all(len(w) == 1 for w in words):  # noqa: PLR2004
        return "".join(words)
    return " ".join(words)
