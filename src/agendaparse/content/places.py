"""Councils' names in headers: "Barnet" over a column is another council's figures, or the pack's own."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources

_KIND = re.compile(
    r"\b(?:london borough|royal borough|metropolitan borough|metropolitan district|combined authority|county borough"
    r"|city and county|borough|county|city|district|town|parish|council|unitary authority|mbc|bc|cc|dc|lb|rb|of|the)\b"
)


def _plain(name: str) -> str:
    words = name.casefold().replace("&", " and ").replace(".", "")
    return " ".join(_KIND.sub(" ", words).split())


@cache
def _places() -> frozenset[str]:
    file = resources.files("agendaparse.data").joinpath("vocabulary/councils.csv")
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return frozenset(_plain(row["council"]) for row in rows)


@cache
def is_place(name: str, council: str | None = None) -> bool:
    """Whether a name is that of the given council, or without one, that of any council known.

    >>> is_place("Barnet"), is_place("Barnet House"), is_place("Harrowmere", "Harrowmere Borough Council")
    (True, False, True)
    """
    plain = _plain(name)
    return bool(plain) and (plain in _places() if council is None else plain == _plain(council))
