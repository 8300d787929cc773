"""Words and phrases of the vocabulary, looked for in a text as whole words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from agendaparse.content.vocabulary import REMEMBERED, word_list

_WORDS = re.compile(r"\w+|[^\W\d_]+")
_LETTERS = re.compile(r"[^\W\d_]+")


class Phrases:
    """A list of phrases, looked for at once, in any case of letters.

    Most texts hold none of them: a glance at the text's words tells, at a small part of the search's cost.

    >>> phrases = Phrases(["stat neighbours", "England", "+/-"])
    >>> phrases.search("South of England 23/24")[0], phrases.search("New England's") is None, "+/-" in phrases
    ('England', False, True)
    """

    def __init__(self, listed: Iterable[str], *, after: str = r"(?!\w)") -> None:
        """``after``: what may not follow a phrase that ends with a letter or digit."""
        self._listed = frozenset(w.casefold() for w in listed)
        self._heads = frozenset(m[0] for w in self._listed if (m := re.match(r"\w+", w)) is not None)
        self._signs = tuple(w for w in self._listed if not w[0].isalnum())
        parts = [
            (r"(?<!\w)" if w[0].isalnum() else "") + re.escape(w) + (after if w[-1].isalnum() else "")
            for w in sorted(self._listed, key=len, reverse=True)
        ]
        self._pattern = re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)

    def __contains__(self, phrase: str) -> bool:
        return phrase in self._listed

    def search(self, text: str) -> re.Match[str] | None:
        """The first phrase in the text; the longest of those that begin there."""
        return self._pattern.search(text) if self._may_hold(text) else None

    def without(self, text: str) -> str:
        """The text with a space in place of each phrase."""
        return self._pattern.sub(" ", text)

    def _may_hold(self, text: str) -> bool:
        return not self._heads.isdisjoint(_words_of(text)) or any(sign in text for sign in self._signs)


@lru_cache(maxsize=REMEMBERED)
def _words_of(text: str) -> frozenset[str]:
    """The words of a text, lower case, those that run into figures with and without them."""
    folded = text.casefold()
    return frozenset(_WORDS.findall(folded)) | frozenset(_LETTERS.findall(folded))


@cache
def phrases(name: str, *path: str) -> Phrases:
    """The phrases of a list in a vocabulary file.

    >>> phrases("units", "bases").search("per 1,000 births") is None
    False
    """
    return Phrases(word_list(name, *path))
