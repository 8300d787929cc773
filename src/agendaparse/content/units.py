"""What a figure counts in: from its print, its column's header, its row's name and the row's other figures."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from agendaparse.content.vocabulary import REMEMBERED, vocabulary

UNITS = ("count", "percent", "rate_per_10000", "average", "ratio", "currency")


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = []
    for word in sorted(words, key=len, reverse=True):
        before = r"(?<!\w)" if word[0].isalnum() else ""
        after = r"(?!\w)" if word[-1].isalnum() else ""
        parts.append(before + re.escape(word) + after)
    return re.compile("|".join(parts), re.IGNORECASE)


@lru_cache(maxsize=REMEMBERED)
def unit_of_name(name: str) -> str | None:
    """The unit that a name's words give; None if they give none.

    >>> unit_of_name("Number of new referrals, rate per 10,000 (0-17)"), unit_of_name("School moves")
    ('rate_per_10000', None)
    """
    data = vocabulary("units")
    lists = {unit: tuple(words) for unit, words in data["words"].items()}
    for unit in data["first"]:
        if _pattern(lists[unit]).search(name):
            return str(unit)
    if _pattern(tuple(data["bases"])).search(name):
        return None
    if _pattern(tuple(data["rate_percent"])).search(name):
        return "percent"
    lists["rate_per_10000"] = tuple(data["rate"])
    found = [(m.start(), -len(m[0]), unit) for unit, words in lists.items() if (m := _pattern(words).search(name))]
    return min(found)[2] if found else None


def unit_of_figure(printed: str | None, header: str | None, name: str | None, neighbours: str | None) -> str | None:
    """The unit of a figure that has a value, by what speaks for it, the nearest first.

    A percent sign or a pound sign at the figure decides; then the column, the name, the row's other figures;
    a bare number of which nothing is said is a count. None where the print names a unit that is none of ours.

    >>> unit_of_figure(None, None, "percent", "count")
    'percent'
    """
    if printed == "other":
        return None
    if printed in ("percent", "currency", "ratio", "rate_per_10000"):
        return printed
    return header or name or neighbours or printed or "count"
