"""Text as compared: white space collapsed, dashes and quotes alike, letter-spaced headings closed up."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain

import regex

from agendaparse.profile import Pattern, fold

_ALIKE = {"’": "'", "–": "-", "“": '"', "”": '"', "‘": "'", "—": "-", "‑": "-", "‐": "-", "\u00a0": " "}


_ABBREVIATED = re.compile(
    r"(?:\b(?:cllrs?|cyng|mr|mrs|ms|dr|rev|st|no|nos|p|pp|para|inc|ltd|e\.g|i\.e|approx)|\b[a-z])\.$", re.IGNORECASE
)


@lru_cache(maxsize=16384)  # a line is looked at by several readers
def plain(text: str) -> str:
    """The text for matching: "A G E N D A" is "AGENDA", dashes and quotes are the keyboard's.

    >>> plain("A G E N D A"), plain("Pages 3 – 4")
    ('AGENDA', 'Pages 3 - 4')
    """
    if not text.isascii():
        for printed, typed in _ALIKE.items():  # several times as fast as str.translate, for most texts have one of them
            text = text.replace(printed, typed)
            if text.isascii():
                break
    words = text.split()
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


class Texts:
    """Many texts as compared, and which of them hold a word: looked for in all at once, not in line after line.

    >>> Texts(["Item 4", "Minutes", "the next item"]).holding(["item"])
    [0, 2]
    """

    def __init__(self, texts: Sequence[str], folded: Sequence[bytes] | None = None) -> None:
        self._texts = texts
        # bytes know how to lower the letters of ASCII fast, all at once
        self._folded = (
            _bare("\n".join([t if t.isascii() else t.casefold() for t in texts]))
            if folded is None
            else b"\n".join(folded)
        )
        self._each = self._folded.split(b"\n") if folded is None else folded
        self._ends = list(accumulate([len(text) + 1 for text in self._each]))

    def at(self, places: Iterable[int]) -> Texts:
        """Those of the texts that stand at these places.

        >>> Texts(["Item 4", "Minutes", "the next item"]).at([1, 2]).holding(["item"])
        [1]
        """
        kept = list(places)
        return Texts([self._texts[i] for i in kept], [self._each[i] for i in kept])

    def holding(self, words: Iterable[str]) -> list[int]:
        """Where a text stands that holds one of these words, in small letters; spaces count for nothing."""
        found: set[int] = set()
        for word in [_bare(fold(w)) for w in words]:
            at = self._folded.find(word)
            while at >= 0:
                n = bisect_right(self._ends, at)
                found.add(n)
                at = self._folded.find(word, self._ends[n])
        return sorted(found)

    def matches(self, pattern: Pattern) -> Iterator[tuple[int, dict[str, str]]]:
        """The texts that a pattern matches as a whole, each by its place, and what its named groups hold.

        >>> from agendaparse.profile import general_profile
        >>> list(Texts(["Present", "AGENDA"]).matches(general_profile().pattern("agenda.heading")))
        [(1, {})]
        """
        for n in self.that_may_fit(pattern):
            match = pattern.match(self._texts[n])
            if match is not None:
                yield n, match

    def find_all(self, pattern: Pattern) -> Iterator[regex.Match[str]]:
        """All places in the texts where a pattern matches.

        >>> from agendaparse.profile import general_profile
        >>> [m["value"] for m in Texts(["Venue", "of Harrowmere Borough Council"]).find_all(
        ...     general_profile().pattern("meeting.council"))]
        ['Harrowmere Borough Council']
        """
        return chain.from_iterable(pattern.find_all(self._texts[n]) for n in self.that_may_fit(pattern))

    def that_may_fit(self, pattern: Pattern) -> Sequence[int]:
        """Where the texts stand that hold what a pattern cannot do without.

        >>> from agendaparse.profile import general_profile
        >>> Texts(["Present", "AGENDA", "Agenda pack"]).that_may_fit(general_profile().pattern("agenda.heading"))
        [1, 2]
        """
        return self.holding(pattern.needs) if pattern.needs else range(len(self._texts))


def _bare(text: str) -> bytes:
    return text.encode(errors="surrogatepass").lower().replace(b" ", b"")
