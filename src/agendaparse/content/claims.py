"""Which reader took which line: what no reader took is counted, and is the first place to look for a gap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from agendaparse.layout.lines import Line


class Claims:
    """Each line of a page belongs to one reader: the first that claims it.

    >>> claims = Claims()
    >>> claims.claim([line], "agenda")  # doctest: +SKIP
    """

    def __init__(self) -> None:
        self._reader: dict[int, str] = {}
        self._kept: list[Line] = []  # so that the identity of a line stays its own

    def claim(self, lines: Iterable[Line], reader: str) -> None:
        """Put the lines down to a reader, unless another has them already."""
        for line in lines:
            if id(line) not in self._reader:
                self._reader[id(line)] = reader
                self._kept.append(line)

    def reader(self, line: Line) -> str | None:
        """Who claimed the line; None if nobody did."""
        return self._reader.get(id(line))

    def count(self, lines: Iterable[Line]) -> Counter[str | None]:
        """How many of the lines each reader has; None stands for those that nobody took."""
        return Counter(self.reader(line) for line in lines)
