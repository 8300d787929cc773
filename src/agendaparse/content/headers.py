"""A header's words -> what its column holds: a measure of some period, a comparator, a RAG, a name, a comment."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from agendaparse.content.periods import Period, Setting, find_period
from agendaparse.content.units import unit_of_name
from agendaparse.content.vocabulary import REMEMBERED, vocabulary

FIGURES = ("actual", "target", "threshold", "forecast", "benchmark", "average", "maximum", "minimum", "change")
_ROLLING = ("average", "maximum", "minimum")
_NOT_WORDS = re.compile(r"[\s()\[\]:;,.\-–/&*'’+|]+")
_YEAR_LONG = re.compile(r"\b(?:12|twelve)[\s-]*(?:m(?:on)?th|mnth|m\b)|\brolling year|\bannual", re.IGNORECASE)
_OWN = 2  # columns of plain periods that make a named one another's


@dataclass(frozen=True, slots=True)
class Column:
    """What one column, or one row, holds. ``role`` is a measure of figures or the name of a column of words."""

    text: str  # the header as printed
    role: str
    period: Period | None = None
    unit: str | None = None
    named: bool = False  # other words than those of the period and the role stand in it
    guessed: bool = False  # nothing in the vocabulary says so

    @property
    def is_figures(self) -> bool:
        """Whether figures stand under it."""
        return self.role in FIGURES

    @property
    def comparator(self) -> str | None:
        """Whose figures they are; None for the council's own."""
        return self.text if self.role == "benchmark" else None


@cache
def _words(role: str, how: str) -> re.Pattern[str] | frozenset[str]:
    listed = [w.casefold() for w in vocabulary("measures")[role].get(how, [])]
    if how == "whole":
        return frozenset(_bare(w) for w in listed)
    parts = [
        (r"(?<!\w)" if w[0].isalnum() else "") + re.escape(w) + (r"(?!\w)" if w[-1].isalnum() else "")
        for w in sorted(listed, key=len, reverse=True)
    ]
    return re.compile("|".join(parts) or r"(?!)")


def _bare(text: str) -> str:
    return _NOT_WORDS.sub(" ", text.casefold()).strip() or text.casefold().strip()


_NO_SETTING = Setting()


@lru_cache(maxsize=REMEMBERED)
def parse_header(text: str, setting: Setting = _NO_SETTING) -> Column | None:
    """What a header says of its column; None for an empty one.

    >>> parse_header("England 23/24").role, parse_header("Dec-24").role, parse_header("Direction of travel").role
    ('benchmark', 'actual', 'direction')
    """
    plain = " ".join(text.split())
    if not plain:
        return None
    period = find_period(plain, setting)
    rest = _bare(plain.replace(period.label, " ", 1) if period is not None else plain)
    rest = re.sub(r"\b(?:as at|at|end of|month end|for|the|of|in|to)\b", " ", rest)
    rest = " ".join(rest.split())
    unit = _header_unit(plain)
    for role in vocabulary("measures"):
        if _says(role, plain.casefold(), rest):
            if role == "average" and unit_of_name(plain) == "average" and _YEAR_LONG.search(plain) is None:
                continue  # "Average caseload" names what is measured
            return Column(plain, role, period, unit, named=bool(rest))
    if period is not None:
        return Column(plain, "actual", period, unit, named=bool(rest))
    return Column(plain, "unknown", None, unit, named=True)


def _says(role: str, plain: str, rest: str) -> bool:
    anywhere, whole = _words(role, "any"), _words(role, "whole")
    found = isinstance(anywhere, re.Pattern) and anywhere.search(plain) is not None
    return found or (isinstance(whole, frozenset) and rest in whole)


def _header_unit(text: str) -> str | None:
    """The unit that a header gives all the figures under it."""
    if re.fullmatch(r"no\.?|nos\.?|number|#|count|volume", text.strip(), re.IGNORECASE):
        return "count"
    if "%" in text or re.search(r"\bpercentage\b|\bper cent\b", text, re.IGNORECASE):
        return "percent"
    return "currency" if "£" in text else None


def settle(columns: Sequence[Column | None], setting: Setting) -> list[Column | None]:
    """The columns of one table seen together.

    A named period beside columns of bare periods is somebody else's ("So'ton 23/24" after twelve months); an
    average or a maximum over twelve months ends with the latest month; one target has no period of its own.
    """
    plain = [c for c in columns if c is not None and c.role == "actual" and c.period is not None and not c.named]
    latest = max((c.period.end for c in plain if c.period is not None), default=setting.latest)
    targets = {c.period for c in columns if c is not None and c.role in ("target", "threshold")}
    found: list[Column | None] = []
    for column in columns:
        settled = column
        if column is not None:
            settled = _settled(column, many=len(plain) >= _OWN, latest=latest, targets=len(targets))
        found.append(settled)
    return found


def _settled(column: Column, *, many: bool, latest: dt.date | None, targets: int) -> Column:
    if column.role == "actual" and column.period is not None and column.named and many and _is_someone(column):
        return replace(column, role="benchmark")
    if column.role in _ROLLING and column.period is None and latest is not None and _YEAR_LONG.search(column.text):
        return replace(column, period=_twelve_months(column.text, latest))
    if column.role in ("target", "threshold") and targets <= 1:
        return replace(column, period=None)
    return replace(column, period=None) if column.role == "change" else column


def _is_someone(column: Column) -> bool:
    """Whether the words beside a period are a name, and none of those that say how a figure was come by."""
    if column.period is None:
        return False
    rest = _bare(column.text.replace(column.period.label, " ", 1))
    actual = _words("actual", "whole")
    known = actual if isinstance(actual, frozenset) else frozenset()
    words = [w for w in rest.split() if w not in known and w not in ("as", "at", "end", "of", "month", "for", "the")]
    return bool(words) and not re.search(r"\b(?:academic|year|financial|term|terms|quarter|month|to date)\b", rest)


def _twelve_months(label: str, latest: dt.date) -> Period:
    start = dt.date(latest.year - (latest.month < 12), latest.month % 12 + 1, 1)  # noqa: PLR2004
    return Period(label, start, latest, "rolling_year")
