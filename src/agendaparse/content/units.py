"""What a figure counts in: from its print, its row's or column's unit, its row's name and the row's other figures."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from agendaparse.content.phrases import Phrases, phrases
from agendaparse.content.vocabulary import REMEMBERED, vocabulary

_COUNTED = re.compile(r"(?:no\.|number of|number with|how many|count of) [^%]*\w", re.IGNORECASE)
UNITS = ("count", "percent", "rate_per_10000", "average", "ratio", "currency")
OTHER = "other"  # a unit that has no name among ours: days, kilograms, rates per 1,000


@cache
def _lists() -> dict[str, Phrases]:
    lists = {unit: phrases("units", "words", unit) for unit in vocabulary("units")["words"]}
    return lists | {"rate_per_10000": phrases("units", "rate")}


@lru_cache(maxsize=REMEMBERED)
def unit_of_name(name: str) -> str | None:
    """The unit that a name's words give, ``other`` for one that is none of ours; None if they give none.

    >>> unit_of_name("Number of new referrals, rate per 10,000 (0-17)"), unit_of_name("School moves")
    ('rate_per_10000', None)
    """
    for unit in vocabulary("units")["first"]:
        if phrases("units", "words", unit).search(name):
            return str(unit)
    last = name.rsplit(maxsplit=1)[-1:] if "(" not in name else []
    if last and last[0].casefold() in vocabulary("units")["last"]:
        return last[0].casefold()
    if phrases("units", "bases").search(name):
        return OTHER
    if phrases("units", "rate_percent").search(name):
        return "percent"
    found = [(m.start(), -len(m[0]), unit) for unit, words in _lists().items() if (m := words.search(name))]
    if found:
        unit = min(found)[2]
        counted = unit == "currency" and name.split(maxsplit=1)[0].casefold() in _counted()
        # "Families given help with childcare costs"
        return "count" if counted and "£" not in name else unit
    return OTHER if names_clock(name) and _lengths().search(name) else None


@cache
def _counted() -> frozenset[str]:
    return frozenset(vocabulary("units")["counted"])


@cache
def _lengths() -> re.Pattern[str]:
    """Days, weeks, minutes that a figure is counted in, and not those that a limit is: "within 45 days"."""
    words = "|".join(vocabulary("units")["lengths"])
    return re.compile(rf"(?<!\d )(?<!\d working )(?<!twelve )(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def names_clock(name: str) -> bool:
    """Whether a name is of something that is timed, so that "3:26" under it is minutes and seconds.

    >>> names_clock("Average time to answer"), names_clock("Pupils to a teacher")
    (True, False)
    """
    return phrases("units", "timed").search(name) is not None


@cache
def _alone() -> dict[str, str]:
    return {w.casefold(): unit for unit, words in vocabulary("units")["alone"].items() for w in words}


def unit_of_word(text: str) -> str | None:
    """The unit that a word alone stands for, in a header or in a column of units; None if it stands for none.

    >>> unit_of_word("%"), unit_of_word("Days"), unit_of_word("Target")
    ('percent', 'other', None)
    """
    return _alone().get(" ".join(text.casefold().replace("’", "'").split()).strip(" :"))


def unit_in_brackets(text: str) -> str | None:
    """The unit that stands in brackets in a title or a header; None if there is none.

    >>> unit_in_brackets("Table 2: Spend (£m) by year"), unit_in_brackets("Plans (revised)")
    ('currency', None)
    """
    inside = re.findall(r"[(\[]([^()\[\]]+)[)\]]", text)
    return next((unit for inner in inside if (unit := unit_of_word(inner)) is not None), None)


def unit_of_header(text: str) -> str | None:
    """The unit that a header gives all the figures under it; None if it gives none.

    >>> unit_of_header("Spend (£m)"), unit_of_header("No."), unit_of_header("Q1 2023/24")
    ('currency', 'count', None)
    """
    word = unit_of_word(text) or unit_in_brackets(text)
    if word is not None:
        return word
    if _COUNTED.match(text):
        return "count"  # "No. with an impact of up to 20%"
    if "%" in text or re.search(r"\bpercentage\b|\bper cent\b", text, re.IGNORECASE):
        return "percent"
    if "£" in text:
        return "currency"
    return "count" if re.search(r"\bcount$", text, re.IGNORECASE) else None  # "Harrowmere count"


def unit_of_figure(
    printed: str | None, told: str | None, header: str | None, name: str | None, neighbours: str | None
) -> str | None:
    """The unit of a figure that has a value, by what speaks for it, the nearest first.

    A percent sign or a pound sign at the figure decides; then the row's own cell of units, the column, the name, the
    row's other figures; a bare number of which nothing is said is a count. None for a unit that is none of ours.

    >>> unit_of_figure(None, None, None, "percent", "count"), unit_of_figure(None, "other", None, "count", None)
    ('percent', None)
    """
    found = printed or told or header or name or neighbours or "count"
    return None if found == OTHER else found
