"""Words and phrases of the vocabulary, looked for in a text as whole words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from agendaparse.content.vocabulary import REMEMBERED, word_list

_WORDS = re.compile(r"\w+|[^\W\d_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_MOST_HEADS = 2  # first words of phrases for which a pattern of their own is kept


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
        self._after = after
        self._signs = tuple(w for w in self._listed if not w[0].isalnum())
        self._by_head: dict[str, list[str]] = {}
        for phrase in self._listed:
            if (head := re.match(r"\w+", phrase)) is not None:
                self._by_head.setdefault(head[0], []).append(phrase)
        self._patterns: dict[frozenset[str], re.Pattern[str]] = {}
        self._pattern = self._compiled(self._listed)

    def __contains__(self, phrase: str) -> bool:
        return phrase in self._listed

    def search(self, text: str) -> re.Match[str] | None:
        """The first phrase in the text; the longest of those that begin there."""
        heads = self._by_head.keys() & _words_of(text)
        signs = bool(self._signs) and any(sign in folded for folded in (text.casefold(),) for sign in self._signs)
        return self._beginning(frozenset(heads), signs=signs).search(text) if heads or signs else None

    def without(self, text: str) -> str:
        """The text with a space in place of each phrase."""
        return self._pattern.sub(" ", text)

    def _beginning(self, heads: frozenset[str], *, signs: bool) -> re.Pattern[str]:
        """The pattern of the phrases that begin with these words or a sign: a list's hundreds cost far more."""
        if signs or len(heads) > _MOST_HEADS:
            return self._pattern
        if heads not in self._patterns:
            self._patterns[heads] = self._compiled(w for head in heads for w in self._by_head[head])
        return self._patterns[heads]

    def _compiled(self, listed: Iterable[str]) -> re.Pattern[str]:
        """A pattern that fits the first of these phrases, the longest of those that begin there."""
        parts = [
            (r"(?<!\w)" if w[0].isalnum() else "") + re.escape(w) + (self._after if w[-1].isalnum() else "")
            for w in sorted(listed, key=len, reverse=True)
        ]
        return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)


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
