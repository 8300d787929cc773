"""The time that a figure is of: "Dec-24", "2016/17 Q2", "31 March 2024", never more precise than print."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import regex

from agendaparse.content.dates import months
from agendaparse.content.vocabulary import REMEMBERED, patterns, word_list

_PIVOT = 70  # as in dates: two digits below are of this century
_FIRST_MONTH = {"financial": 4, "academic": 9, "calendar": 1}
_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, how it was printed, and what kind of time it is."""

    label: str  # the part of the header that names it
    start: dt.date
    end: dt.date
    kind: str  # day, month, months, quarter, half_year, year, rolling_year, year_to_date
    year: str | None = None  # financial, academic or calendar, where the kind needs one


@dataclass(frozen=True, slots=True)
class Setting:
    """What a table says of all its headers: the year that they leave out, and which kind of year it counts in."""

    year: str = "financial"
    months: Period | None = None  # the time named in the table's title, in which a bare "April" lies
    latest: dt.date | None = None  # the last day that the table's other headers name


@lru_cache(maxsize=REMEMBERED)
def find_period(text: str, setting: Setting = Setting()) -> Period | None:
    """The period that a header names; None if it names none, or leaves out a year that nothing else gives.

    A year over two is financial (April to March) unless its words or its table's are of schools; a single year is
    a calendar year; a quarter of a single year is that of the financial year which begins in it.

    >>> period = find_period("England 23/24")
    >>> period.label, str(period.start), str(period.end), period.year
    ('23/24', '2023-04-01', '2024-03-31', 'financial')
    """
    plain = " ".join(text.split())
    setting = replace(setting, year=_year_kind(plain, setting.year))
    for pattern in patterns("periods"):
        at = 0
        while (found := pattern.search(plain, at)) is not None:
            period = _RULES[pattern.name](found, setting)
            if period is not None:
                return _to_date(period, plain, setting)
            at = found.end()
    if _says(plain, "to_date") and setting.latest is not None:
        start = _year_of(setting.latest, setting.year)[0]
        return Period(plain, start, setting.latest, "year_to_date", setting.year)
    return None


def _says(text: str, which: str) -> bool:
    return _year_words(which).search(text) is not None


@cache
def _year_words(which: str) -> re.Pattern[str]:
    found = word_list("periods", "year_words", which)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(found)))})\b", re.IGNORECASE)


def _year_kind(text: str, otherwise: str) -> str:
    if _says(text, "academic"):
        return "academic"
    return "financial" if _says(text, "financial") else otherwise


def _to_date(period: Period, text: str, setting: Setting) -> Period:
    """A column of a year to date begins with the year, whatever month it names."""
    if not _says(text, "to_date"):
        return period
    start = _year_of(period.start, setting.year)[0]
    end = period.end
    if period.kind == "year" and setting.latest is not None and start <= setting.latest < end:
        end = setting.latest
    return replace(period, start=start, end=end, kind="year_to_date", year=setting.year)


def _full(year: str) -> int:
    number = int(year.lstrip("'"))
    if number >= 100:  # noqa: PLR2004
        return number
    return number + (2000 if number < _PIVOT else 1900)


def _month(name: str) -> int:
    return months()[name.casefold()]


def _last(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _shift(year: int, month: int, by: int) -> tuple[int, int]:
    count = 12 * year + month - 1 + by
    return count // 12, count % 12 + 1


def _span(year: int, month: int, length: int) -> tuple[dt.date, dt.date]:
    """So many months from the first of this one."""
    return dt.date(year, month, 1), _last(*_shift(year, month, length - 1))


def _year_of(day: dt.date, kind: str) -> tuple[dt.date, dt.date]:
    """The financial, academic or calendar year in which a day lies."""
    first = _FIRST_MONTH[kind]
    return _span(day.year if day.month >= first else day.year - 1, first, 12)


def _follow(found: regex.Match[str]) -> int | None:
    """The first of two years that follow each other: "2016/17", "23-24"; None if they do not."""
    first, second = found["y"], found["y2"]
    year = _full(first)
    return year if _full(second) % 100 == (year + 1) % 100 and len(second) <= 4 else None  # noqa: PLR2004


def _quarter(found: regex.Match[str], setting: Setting) -> Period | None:
    year = _follow(found)
    if year is None:
        return None
    kind = setting.year if setting.year == "academic" else "financial"
    start = _shift(year, _FIRST_MONTH[kind], _QUARTER * (int(found["q"]) - 1))
    return Period(found[0].strip(" ,:"), *_span(*start, _QUARTER), "quarter", kind)


def _quarter_of_year(found: regex.Match[str], setting: Setting) -> Period | None:
    kind = "calendar" if setting.year == "calendar" else "financial"
    start = _shift(int(found["y"]), _FIRST_MONTH[kind], _QUARTER * (int(found["q"]) - 1))
    return Period(found[0].strip(" ,:"), *_span(*start, _QUARTER), "quarter", kind)


def _rolling(found: regex.Match[str], _: Setting) -> Period | None:
    year, month = _full(found["y"]), _month(found["m"])
    return Period(found[0], *_span(*_shift(year, month, -11), 12), "rolling_year")


def _months(start: tuple[int, int], end: tuple[int, int], label: str) -> Period | None:
    first, last = dt.date(*start, 1), _last(*end)
    if first > last:
        return None
    length = 12 * (end[0] - start[0]) + end[1] - start[1] + 1
    kind = "quarter" if length == _QUARTER and start[1] % _QUARTER == 1 else "months"
    return Period(label, first, last, "month" if length == 1 else kind)


def _months_of_two_years(found: regex.Match[str], _: Setting) -> Period | None:
    start, end = (_full(found["y"]), _month(found["m"])), (_full(found["y2"]), _month(found["m2"]))
    return _months(start, end, found[0])


def _months_of_year(found: regex.Match[str], _: Setting) -> Period | None:
    year, first, last = _full(found["y"]), _month(found["m"]), _month(found["m2"])
    return _months((year if first <= last else year - 1, first), (year, last), found[0])


def _months_of_financial_year(found: regex.Match[str], _: Setting) -> Period | None:
    year = _follow(found)
    if year is None:
        return None
    first, last = ((year + (m < 4), m) for m in (_month(found["m"]), _month(found["m2"])))  # noqa: PLR2004
    return _months(first, last, found[0])


def _day(found: regex.Match[str], _: Setting) -> Period | None:
    month = _month(found["m"]) if found["m"] else int(found["n"])
    try:
        day = dt.date(_full(found["y"]), month, int(found["d"]))
    except ValueError:
        return None
    return Period(found[0], day, day, "day")


def _one_month(found: regex.Match[str], _: Setting) -> Period | None:
    month = _month(found["m"]) if found["m"] else int(found["n"])
    return Period(found[0], *_span(_full(found["y"]), month, 1), "month")


def _month_of_financial_year(found: regex.Match[str], _: Setting) -> Period | None:
    year = _follow(found)
    if year is None:
        return None
    month = _month(found["m"])
    return Period(found[0], *_span(year + (month < 4), month, 1), "month")  # noqa: PLR2004


def _half(found: regex.Match[str], setting: Setting) -> Period | None:
    year = _follow(found)
    if year is None:
        return None
    kind = setting.year if setting.year == "academic" else "financial"
    start = _shift(year, _FIRST_MONTH[kind], 6 * (int(found["h"]) - 1))
    return Period(found[0], *_span(*start, 6), "half_year", kind)


def _year_over_two(found: regex.Match[str], setting: Setting) -> Period | None:
    year = _follow(found)
    if year is None:
        return None
    kind = "academic" if setting.year == "academic" else "financial"
    return Period(found[0], *_span(year, _FIRST_MONTH[kind], 12), "year", kind)


def _year(found: regex.Match[str], _: Setting) -> Period | None:
    return Period(found[0], *_span(int(found["y"]), 1, 12), "year", "calendar")


def _in_title(month: int, setting: Setting) -> int | None:
    """The year in which a month lies that is printed without one: the one within the title's time."""
    named = setting.months
    if named is None:
        return None
    for year in range(named.start.year, named.end.year + 1):
        if dt.date(year, month, 1) <= named.end and _last(year, month) >= named.start:
            return year
    if named.kind in ("month", "quarter", "months", "day"):  # "June 2022" over columns from July to June
        return named.end.year - (month > named.end.month)
    return None


def _day_without_year(found: regex.Match[str], setting: Setting) -> Period | None:
    month = _month(found["m"])
    year = _in_title(month, setting)
    if year is None or not 1 <= int(found["d"]) <= calendar.monthrange(year, month)[1]:
        return None
    day = dt.date(year, month, int(found["d"]))
    return Period(found[0], day, day, "day")


def _month_without_year(found: regex.Match[str], setting: Setting) -> Period | None:
    month = _month(found["m"])
    year = _in_title(month, setting)
    return None if year is None else Period(found[0], *_span(year, month, 1), "month")


def _months_without_year(found: regex.Match[str], setting: Setting) -> Period | None:
    first, last = _month(found["m"]), _month(found["m2"])
    year = _in_title(last, setting)
    return None if year is None else _months((year if first <= last else year - 1, first), (year, last), found[0])


def _quarter_without_year(found: regex.Match[str], setting: Setting) -> Period | None:
    named = setting.months
    if named is None:
        return None
    quarter = int(found["q"] if "q" in found.groupdict() else 0)
    first = _year_of(named.start, setting.year)[0]
    start = _shift(first.year, first.month, _QUARTER * (quarter - 1))
    return Period(found[0], *_span(*start, _QUARTER), "quarter", setting.year)


_RULES: dict[str, Callable[[regex.Match[str], Setting], Period | None]] = {
    "rolling_year": _rolling,
    "quarter_of_financial_year": _quarter,
    "financial_year_quarter": _quarter,
    "quarter_of_year": _quarter_of_year,
    "months_of_two_years": _months_of_two_years,
    "months_of_year": _months_of_year,
    "months_of_financial_year": _months_of_financial_year,
    "day": _day,
    "month": _one_month,
    "month_of_financial_year": _month_of_financial_year,
    "half_year": _half,
    "year_over_two": _year_over_two,
    "year": _year,
    "day_without_year": _day_without_year,
    "months_without_year": _months_without_year,
    "month_without_year": _month_without_year,
    "quarter_without_year": _quarter_without_year,
}


def period_label(period: Period) -> str:
    """How a period is written so that it reads back the same: "Dec-24", "2016/17 Q2", "31 March 2024", "23/24".

    >>> period_label(find_period("December 2024"))
    'Dec-24'
    """
    start, end = period.start, period.end
    if period.kind == "day":
        return f"{start.day} {start:%B %Y}"
    if period.kind == "month":
        return f"{start:%b-%y}"
    if period.kind == "quarter" and period.year == "financial":
        year = _year_of(start, "financial")[0]
        return f"{year.year}/{(year.year + 1) % 100:02d} Q{(start.month - 4) % 12 // 3 + 1}"
    if period.kind == "rolling_year":
        return f"12 months to {end:%b-%y}"
    if period.kind == "year":
        text = f"{start.year}" if period.year == "calendar" else f"{start.year}/{end.year % 100:02d}"
        return f"Academic year {text}" if period.year == "academic" else text
    return f"{start:%b %Y} - {end:%b %Y}"
