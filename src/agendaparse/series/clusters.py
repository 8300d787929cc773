"""What belongs together, by evidence of several strengths, and what must not."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

Pair = tuple[int, int]


@dataclass(frozen=True)
class Evidence:
    """Keys of one strength: things with an equal key are one, but for the pairs that are barred."""

    keys: Sequence[Hashable | None]  # one a thing; None: nothing speaks for it
    barred: frozenset[Pair] = frozenset()
    firm: frozenset[int] = frozenset()  # things whose cluster stays when one that is not firm is barred from it


class _Sets:
    """Disjoint sets of numbers; the smallest of a set stands for it, so that no order of joining matters."""

    def __init__(self, size: int) -> None:
        self.above = list(range(size))

    def find(self, a: int) -> int:
        while self.above[a] != a:
            self.above[a] = self.above[self.above[a]]
            a = self.above[a]
        return a

    def join(self, a: int, b: int) -> None:
        a, b = self.find(a), self.find(b)
        self.above[max(a, b)] = min(a, b)


def clustered(size: int, strengths: Sequence[Evidence]) -> list[int]:
    """For each of so many things the first one of its cluster, the strongest evidence heard first.

    What an earlier strength joined stays together. Of the clusters that a strength would join, one that is barred from
    another of them stands alone: which of the two the rest belongs to, nobody can tell, unless one of them is firm.

    >>> clustered(4, [Evidence(["a", "a", "b", "b"]), Evidence(["x", None, None, "x"], frozenset({(1, 2)}))])
    [0, 0, 2, 2]
    """
    sets = _Sets(size)
    for evidence in strengths:
        roots = [sets.find(i) for i in range(size)]
        barred = {(roots[a], roots[b]) for a, b in evidence.barred if roots[a] != roots[b]}
        together = _joined(roots, evidence.keys, frozenset())
        firm = {roots[i] for i in evidence.firm}
        apart = [pair for pair in barred if together[pair[0]] == together[pair[1]]]
        alone = frozenset(i for pair in apart for i in (set(pair) - firm or pair))
        joined = _joined(roots, evidence.keys, alone) if alone else together
        for i, root in enumerate(joined):
            sets.join(i, root)
    return [sets.find(i) for i in range(size)]


def _joined(roots: Sequence[int], keys: Iterable[Hashable | None], alone: frozenset[int]) -> list[int]:
    """The clusters as they would be if equal keys joined them, those that stand alone left out."""
    sets = _Sets(len(roots))
    first: dict[Hashable, int] = {}
    for i, (root, key) in enumerate(zip(roots, keys, strict=True)):
        sets.join(i, root)
        if key is not None and root not in alone:
            sets.join(first.setdefault(key, i), i)
    return [sets.find(i) for i in range(len(roots))]
