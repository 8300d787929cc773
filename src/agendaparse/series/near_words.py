"""Texts by their rare words: which of many may be alike to one, without comparing it with them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from agendaparse.series.likeness import words


class ByWords:
    """Texts by number; those that have at least a share of their words, or of the other's, in common are found.

    Of two such texts the shorter has one of its rarest words in common with the other, or too few are left to make up
    the share. So each is looked for by its own rarest words, and by the rarest words of the others.
    """

    def __init__(self, texts: Mapping[int, str], share: float) -> None:
        self._share = share
        counts = {at: words(text) for at, text in texts.items()}
        self._seen = Counter(word for count in counts.values() for word in count)
        self._all: dict[str, list[int]] = {}
        self._rare: dict[str, list[int]] = {}
        for at, count in counts.items():
            for word in count:
                self._all.setdefault(word, []).append(at)
            for word in self._rarest(count):
                self._rare.setdefault(word, []).append(at)

    def near(self, text: str) -> list[int]:
        """The numbers of the texts that may have enough in common with this one, in order.

        >>> ByWords({1: "a licence for the pier", 2: "the pier be sold", 3: "gulls"}, 0.5).near("a licence for gulls")
        [1, 3]
        """
        count = words(text)
        longer = (at for word in self._rarest(count) for at in self._all.get(word, ()))
        shorter = (at for word in count for at in self._rare.get(word, ()))
        return sorted({*longer, *shorter})

    def _rarest(self, count: Counter[str]) -> Iterator[str]:
        """The rarest words of a text: so many that the rest of it is less than the share."""
        left = count.total()
        least = self._share * left
        for word in sorted(count, key=lambda w: (self._seen[w], w)):
            if left < least:
                return
            yield word
            left -= count[word]
