"""What each pattern of ``data/vocabulary/periods.toml`` means: the groups of a match -> first and last day."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import regex

from agendaparse.content.dates import months
from agendaparse.content.vocabulary import vocabulary

_PIVOT = 70  # as in dates: two digits below are of this century
FIRST_MONTH = {"financial": 4, "academic": 9, "calendar": 1}
_QUARTER, _HALF, YEAR = 3, 6, 12  # months
_LONGEST = 12  # years that one figure may be pooled over


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, how it was printed, and what kind of time it is."""

    label: str  # the part of the header that names it
    start: dt.date
    end: dt.date
    kind: str  # day, week, month, months, quarter, term, half_year, year, years, rolling_year, year_to_date, days
    year: str | None = None  # financial, academic or calendar, where the kind needs one
    bare: bool = False  # its year was not printed with it


@dataclass(frozen=True, slots=True)
class Setting:
    """What a table says of all its headers: the year that they leave out, and which kind of year it counts in."""

    year: str = "financial"
    months: Period | None = None  # the time named in the table's title, in which a bare "April" lies
    latest: dt.date | None = None  # the last day that the table's other headers name
    far: bool = False  # that time does not stand in the table's title, but further off


def _full(year: str) -> int:
    number = int(year.lstrip("'"))
    if number >= 100:  # noqa: PLR2004
        return number
    return number + (2000 if number < _PIVOT else 1900)


def _month(name: str) -> int:
    return months()[name.casefold()]


def _count(word: str) -> int:
    """A quarter, a half or a number of months, as digits or as a word."""
    return int(word) if word.isdecimal() else int(vocabulary("periods")["ordinals"][word.casefold()])


def last_day(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def shift(year: int, month: int, by: int) -> tuple[int, int]:
    """Year and month so many months later."""
    count = 12 * year + month - 1 + by
    return count // 12, count % 12 + 1


def span(year: int, month: int, length: int) -> tuple[dt.date, dt.date]:
    """First and last day of so many months from the first of this one.

    >>> [str(d) for d in span(2024, 12, 3)]
    ['2024-12-01', '2025-02-28']
    """
    return dt.date(year, month, 1), last_day(*shift(year, month, length - 1))


def span_to(end: dt.date, length: int) -> tuple[dt.date, dt.date]:
    """First and last day of so many months to the end of this day's.

    >>> [str(d) for d in span_to(dt.date(2024, 9, 30), 12)]
    ['2023-10-01', '2024-09-30']
    """
    return span(*shift(end.year, end.month, 1 - length), length)


def year_of(day: dt.date, kind: str) -> tuple[dt.date, dt.date]:
    """The financial, academic or calendar year in which a day lies.

    >>> [str(d) for d in year_of(dt.date(2024, 12, 5), "financial")]
    ['2024-04-01', '2025-03-31']
    """
    first = FIRST_MONTH[kind]
    return span(day.year if day.month >= first else day.year - 1, first, YEAR)


def _follow(first: str, second: str) -> int | None:
    """The first of two years that follow each other: "2016/17", "23-24", "2023/4"; None if they do not."""
    year, digits = _full(first), second.lstrip("'")
    return year if int(digits) % 10 ** len(digits) == (year + 1) % 10 ** len(digits) else None


def _begins(found: regex.Match[str], setting: Setting) -> tuple[int, int, str] | None:
    """Year and month with which a year over two begins, and its kind."""
    year = _follow(found["y"], found["y2"])
    kind = _kind_over_two(setting)
    return None if year is None else (year, FIRST_MONTH[kind], kind)


def _kind_over_two(setting: Setting) -> str:
    return "academic" if setting.year == "academic" else "financial"


def _quarter(found: regex.Match[str], setting: Setting) -> Period | None:
    begins = _begins(found, setting)
    return None if begins is None else _part(begins, _QUARTER, _count(found["q"]), "quarter")


def _part(begins: tuple[int, int, str], length: int, number: int, kind: str, *, many: int = 1) -> Period:
    """The quarter, half or month of that number in a year, or so many of them from it."""
    year, month, year_kind = begins
    start = shift(year, month, length * (number - 1))
    return Period("", *span(*start, length * many), kind, year_kind)


def _quarters(found: regex.Match[str], setting: Setting) -> Period | None:
    begins = _begins(found, setting)
    return None if begins is None else _quarters_from(begins, found)


def _quarters_from(begins: tuple[int, int, str], found: regex.Match[str]) -> Period | None:
    first, last = _count(found["q"]), _count(found["q2"])
    return None if last <= first else _part(begins, _QUARTER, first, "months", many=last - first + 1)


def _quarter_of_year(found: regex.Match[str], setting: Setting) -> Period | None:
    """A quarter of a single year: of the calendar's, unless the table's title counts in financial years."""
    title = setting.months
    financial = title is not None and title.year == "financial" and setting.year != "calendar"
    kind = "financial" if financial else "calendar"
    return _part((int(found["y"]), FIRST_MONTH[kind], kind), _QUARTER, _count(found["q"]), "quarter")


def _quarter_of_year_ending(found: regex.Match[str], _: Setting) -> Period | None:
    return _part((_full(found["e"]) - 1, 4, "financial"), _QUARTER, _count(found["q"]), "quarter")


def _year_ending(found: regex.Match[str], _: Setting) -> Period | None:
    return Period("", *span(_full(found["e"]) - 1, 4, YEAR), "year", "financial")


def _months_ending(found: regex.Match[str], _: Setting) -> Period | None:
    length = _count(found["k"]) if found["k"] else YEAR
    end = last_day(_full(found["y"]), _month(found["m"]))
    if length == YEAR:
        return Period("", *span_to(end, length), "rolling_year")
    start = span_to(end, length)[0]
    return _months((start.year, start.month), (end.year, end.month)) if length else None


def _months(start: tuple[int, int], end: tuple[int, int]) -> Period | None:
    first, last = dt.date(*start, 1), last_day(*end)
    if first > last:
        return None
    length = 12 * (end[0] - start[0]) + end[1] - start[1] + 1
    kind = "quarter" if length == _QUARTER and start[1] % _QUARTER == 1 else "months"
    return Period("", first, last, "month" if length == 1 else kind, "financial" if kind == "quarter" else None)


def _months_of_two_years(found: regex.Match[str], _: Setting) -> Period | None:
    return _months((_full(found["y"]), _month(found["m"])), (_full(found["y2"]), _month(found["m2"])))


def _months_of_year(found: regex.Match[str], _: Setting) -> Period | None:
    year, first, last = _full(found["y"]), _month(found["m"]), _month(found["m2"])
    return _months((year if first <= last else year - 1, first), (year, last))


def _months_of_financial_year(found: regex.Match[str], setting: Setting) -> Period | None:
    begins = _begins(found, setting)
    if begins is None:
        return None
    year, first, _ = begins
    start, end = ((year + (m < first), m) for m in (_month(found["m"]), _month(found["m2"])))
    return _months(start, end)


def _year_to_month(found: regex.Match[str], setting: Setting) -> Period | None:
    begins = _begins(found, setting)
    if begins is None:
        return None
    year, first, kind = begins
    month = _month(found["m"])
    return Period("", dt.date(year, first, 1), last_day(year + (month < first), month), "year_to_date", kind)


def _year_to_quarter(found: regex.Match[str], setting: Setting) -> Period | None:
    begins = _begins(found, setting)
    return None if begins is None else _part(begins, _QUARTER, 1, "year_to_date", many=_count(found["q"]))


def _month_of(found: regex.Match[str], name: str, number: str) -> int:
    return _month(found[name]) if found[name] else int(found[number])


def _day(found: regex.Match[str], _: Setting) -> Period | None:
    day = date_of(_full(found["y"]), _month_of(found, "m", "n"), int(found["d"]))
    return None if day is None else Period("", day, day, "day")


def date_of(year: int, month: int, day: int) -> dt.date | None:
    """The day of that date; None if there is none, as for 31 June."""
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:  # noqa: PLR2004
        return None
    return dt.date(year, month, day)


def _days(found: regex.Match[str], _: Setting) -> Period | None:
    last_year = _full(found["y2"])
    month, last_month = _month_of(found, "m", "n"), _month_of(found, "m2", "n2")
    year = _full(found["y"]) if found["y"] else last_year - (month > last_month)
    start, end = date_of(year, month, int(found["d"])), date_of(last_year, last_month, int(found["d2"]))
    if start is None or end is None or start > end:
        return None
    whole = start.day == 1 and end == last_day(end.year, end.month)
    return _months((start.year, start.month), (end.year, end.month)) if whole else Period("", start, end, "days")


def _one_month(found: regex.Match[str], _: Setting) -> Period | None:
    return Period("", *span(_full(found["y"]), _month_of(found, "m", "n"), 1), "month")


def _month_of_financial_year(found: regex.Match[str], setting: Setting) -> Period | None:
    begins = _begins(found, setting)
    if begins is None:
        return None
    month = _month(found["m"])
    return Period("", *span(begins[0] + (month < begins[1]), month, 1), "month")


def _month_number(found: regex.Match[str], setting: Setting) -> Period | None:
    begins = _begins(found, setting)
    return None if begins is None else _part(begins, 1, int(found["k"]), "month")


def _term(found: regex.Match[str], setting: Setting) -> Period | None:
    if "term" not in found[0].casefold() and setting.year != "academic":
        return None  # "Summer 2023" is a season
    if not found["y2"]:
        return _term_in(_full(found["y"]), found["t"])
    year, (month, _) = _follow(found["y"], found["y2"]), _term_months(found["t"])
    return None if year is None else _term_in(year + (month < FIRST_MONTH["academic"]), found["t"])


def _term_months(name: str) -> tuple[int, int]:
    month, length = vocabulary("periods")["term_months"][name.casefold()]
    return month, length


def _term_in(year: int, name: str) -> Period:
    month, length = _term_months(name)
    return Period("", *span(year, month, length), "term", "academic")


def _half(found: regex.Match[str], setting: Setting) -> Period | None:
    begins = _begins(found, setting)
    return None if begins is None else _part(begins, _HALF, _count(found["h"]), "half_year")


def _year_over_two(found: regex.Match[str], setting: Setting) -> Period | None:
    begins = _begins(found, setting)
    return None if begins is None else Period("", *span(*begins[:2], YEAR), "year", begins[2])


def _years_over_two(found: regex.Match[str], setting: Setting) -> Period | None:
    first, last = _follow(found["y"], found["y2"]), _follow(found["y3"], found["y4"])
    if first is None or last is None or not 0 < last - first < _LONGEST:
        return None
    kind = _kind_over_two(setting)
    return Period("", *span(first, FIRST_MONTH[kind], YEAR * (last - first + 1)), "years", kind)


def _years(found: regex.Match[str], _: Setting) -> Period | None:
    first = int(found["y"])
    last = _full(found["y2"]) if len(found["y2"]) > 2 else first // 100 * 100 + int(found["y2"])  # noqa: PLR2004
    if not 0 < last - first < _LONGEST:
        return None
    return Period("", *span(first, 1, YEAR * (last - first + 1)), "years", "calendar")


def _year(found: regex.Match[str], _: Setting) -> Period | None:
    return Period("", *span(int(found["y"]), 1, YEAR), "year", "calendar")


def _in_title(month: int, setting: Setting) -> int | None:
    """The year in which a month lies that is printed without one.

    It is the one within the title's time, or the last one before a shorter time that the title names.
    """
    named = setting.months
    if named is None:
        return None
    years = range(named.start.year, named.end.year + 1)
    within = [y for y in years if dt.date(y, month, 1) <= named.end and last_day(y, month) >= named.start]
    if within:
        return within[0] if len(within) == 1 else None
    if named.kind in ("month", "quarter", "months", "day"):  # "June 2022" over columns from July to June
        return named.end.year - (month > named.end.month)
    return None


def _is_name(found: regex.Match[str]) -> bool:
    """Whether a month without a year is meant as one: "may" within a sentence is not."""
    return found["m"][0].isupper() or found.span() == (0, len(found.string))


def _day_without_year(found: regex.Match[str], setting: Setting) -> Period | None:
    month = _month(found["m"])
    year = _in_title(month, setting)
    day = None if year is None else date_of(year, month, int(found["d"]))
    return None if day is None else Period("", day, day, "day")


def _month_without_year(found: regex.Match[str], setting: Setting) -> Period | None:
    month = _month(found["m"])
    year = _in_title(month, setting) if _is_name(found) else None
    return None if year is None else Period("", *span(year, month, 1), "month")


def _months_without_year(found: regex.Match[str], setting: Setting) -> Period | None:
    first, last = _month(found["m"]), _month(found["m2"])
    year = _in_title(last, setting)
    return None if year is None else _months((year if first <= last else year - 1, first), (year, last))


def _title_begins(setting: Setting) -> tuple[int, int, str] | None:
    """Year and month with which the year begins in which the title's time lies."""
    if setting.months is None or setting.months.kind == "years":
        return None
    first = year_of(setting.months.start, setting.year)[0]
    return first.year, first.month, setting.year


def _quarter_without_year(found: regex.Match[str], setting: Setting) -> Period | None:
    begins = _title_begins(setting)
    return None if begins is None else _part(begins, _QUARTER, _count(found["q"]), "quarter")


def _to_quarter_without_year(found: regex.Match[str], setting: Setting) -> Period | None:
    begins = _title_begins(setting)
    return None if begins is None else _part(begins, _QUARTER, 1, "year_to_date", many=_count(found["q"]))


def _quarters_without_year(found: regex.Match[str], setting: Setting) -> Period | None:
    begins = _title_begins(setting)
    return None if begins is None else _quarters_from(begins, found)


def _half_without_year(found: regex.Match[str], setting: Setting) -> Period | None:
    begins = _title_begins(setting)
    return None if begins is None else _part(begins, _HALF, _count(found["h"]), "half_year")


def _month_number_without_year(found: regex.Match[str], setting: Setting) -> Period | None:
    begins = _title_begins(setting)
    return None if begins is None else _part(begins, 1, int(found["k"]), "month")


def _term_without_year(found: regex.Match[str], setting: Setting) -> Period | None:
    year = _in_title(_term_months(found["t"])[0], setting)
    return None if year is None else _term_in(year, found["t"])


RULES: dict[str, Callable[[regex.Match[str], Setting], Period | None]] = {
    "days_of_two_dates": _days,
    "months_ending": _months_ending,
    "quarters_of_financial_year": _quarters,
    "quarter_of_financial_year": _quarter,
    "financial_year_quarter": _quarter,
    "quarter_of_year_ending": _quarter_of_year_ending,
    "quarter_of_year": _quarter_of_year,
    "months_of_two_years": _months_of_two_years,
    "year_to_month": _year_to_month,
    "year_to_quarter": _year_to_quarter,
    "months_of_year": _months_of_year,
    "months_of_financial_year": _months_of_financial_year,
    "day": _day,
    "term": _term,
    "month": _one_month,
    "month_of_financial_year": _month_of_financial_year,
    "month_number": _month_number,
    "half_year": _half,
    "quarter_in_a_title": _quarter,
    "years_over_two": _years_over_two,
    "year_over_two": _year_over_two,
    "years": _years,
    "year_ending": _year_ending,
    "year": _year,
    "day_without_year": _day_without_year,
    "months_without_year": _months_without_year,
    "month_without_year": _month_without_year,
    "quarters_without_year": _quarters_without_year,
    "to_quarter_without_year": _to_quarter_without_year,
    "quarter_without_year": _quarter_without_year,
    "half_without_year": _half_without_year,
    "term_without_year": _term_without_year,
    "month_number_without_year": _month_number_without_year,
}
