"""Days and times as papers print them: "Thursday, 30th January, 2025", "12/09/24", "5.30 pm"."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources

# A pack of 2016 may speak of the year 98; none of today speaks of 2090.
_PIVOT = 70


@cache
def months() -> dict[str, int]:
    """Name of a month, lower case -> its number."""
    file = resources.files("agendaparse.data").joinpath("vocabulary/dates.toml")
    found: dict[str, int] = tomllib.loads(file.read_text(encoding="utf-8"))["months"]
    return found


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    names = "|".join(sorted(months(), key=len, reverse=True))
    day = r"(?P<day>\d{1,2})\s?(?:st|nd|rd|th|fed|eg|ain|af|il|ydd)?"
    return (
        re.compile(rf"\b{day}\s+(?:day\s+)?(?:of\s+)?(?P<month>{names})\b\.?,?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
        re.compile(rf"\b(?P<month>{names})\.?\s+{day},?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
        re.compile(r"\b(?P<day>\d{1,2})[/.](?P<number>\d{1,2})[/.](?P<year>\d{4}|\d{2})\b"),
        re.compile(r"\b(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})\b"),
    )


_TIME = re.compile(
    r"\b(?P<hour>\d{1,2})(?:\s?[.:]\s?(?P<minute>\d{2}))?\s?(?P<half>[ap]\.?\s?m\b\.?)"
    r"|\b(?P<h24>\d{1,2}):(?P<m24>\d{2})\b(?:\s?h(?:ou)?rs\b)?|\b(?P<noon>(?:12\s)?noon)\b"
    r"|\b(?P<hours>\d{2}[.]?\d{2})\s?h(?:ou)?rs\b|(?<=\bat )(?P<dotted>(?:09|1\d|2[0-3])[.]\d{2})\b(?!\s?[ap]\.?m)",
    re.IGNORECASE,
)


_MAY_NAME_DAY = re.compile(r"\d{4}|\d[/.]\d")  # a year, or a day and month in figures: what no day is named without
_NUMBERS = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b")
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?", re.IGNORECASE)
_HALF = re.compile(r"[ap]\.?\s?m\b|noon", re.IGNORECASE)
_DASHED = re.compile(r"\d{1,2}-\d{1,2}-(?:\d{4}|\d{2})")
_CLOCK = re.compile(r"\b(?P<hour>\d{1,2})[.:h]?(?P<minute>\d{2})\b")


def find_dates(text: str) -> list[dt.date]:
    """The days that a text names, in order of the text; numbers are day, month, year as in Britain, if they can be.

    >>> find_dates("held on Thursday, 30th January, 2025 and 08/08/24")
    [datetime.date(2025, 1, 30), datetime.date(2024, 8, 8)]
    """
    return list(_dates(text)) if _MAY_NAME_DAY.search(text) is not None else []


@lru_cache(maxsize=4096)  # several readers look for the day on the lines of a front sheet
def _dates(text: str) -> tuple[dt.date, ...]:
    found: list[tuple[int, dt.date]] = []
    for pattern in _patterns():
        for match in pattern.finditer(text):
            date = _date(match.groupdict())
            if date is not None:
                found.append((match.start(), date))
    return tuple([date for _, date in sorted(found)])


def parse_date(text: str) -> dt.date | None:
    """The first day that a text names; None if it names none.

    >>> parse_date("5 JANUARY 2017")
    datetime.date(2017, 1, 5)
    """
    return next(iter(find_dates(text)), None)


def parse_day(text: str) -> dt.date | None:
    """The day that a cell names, where a short year can be nothing else: "5 Sep 24", "05-Sep-24", "05-09-24".

    >>> parse_day("5 Sep 24"), parse_day("Gulls, 5 Sep 24 of them")
    (datetime.date(2024, 9, 5), None)
    """
    if _DASHED.fullmatch("".join(text.split())) is not None:
        return parse_date("".join(text.split()).replace("-", "/"))
    match = _short_day().fullmatch(text.strip())
    return parse_date(text) or (_date(match.groupdict()) if match is not None else None)


@cache
def _short_day() -> re.Pattern[str]:
    names = "|".join(sorted(months(), key=len, reverse=True))
    day = r"(?:[a-z]{3,9},? )?(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    return re.compile(rf"{day}[ -](?P<month>{names})[ .-]{{1,2}}['’]?(?P<year>\d{{4}}|\d{{2}})", re.IGNORECASE)


def without_moments(text: str) -> list[str]:
    """The pieces of a text between the days and times that it names.

    >>> without_moments("at 11.00 am on Thursday, 24 July 2025 in Room 1")
    ['at', 'on', 'in Room 1']
    """
    for pattern in (*_patterns(), _TIME):
        text = pattern.sub("|", text)
    pieces = (p.strip(" ,") for p in _WEEKDAY.sub("|", text).split("|"))
    return [p for p in pieces if p]


def is_time(text: str) -> bool:
    """Whether a text is a time of day with am or pm, and nothing else.

    >>> is_time("10.45 am"), is_time("10.45")
    (True, False)
    """
    return _HALF.search(text) is not None and _TIME.fullmatch(text) is not None


def parse_clock(text: str) -> dt.time | None:
    """A time that a label announces: "09.30 to 11.30", "1930 hours"; None if there is none.

    >>> parse_clock("09.30 to 11.30")
    datetime.time(9, 30)
    """
    match = _CLOCK.search(text)
    if match is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"])
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004


def _date(parts: dict[str, str]) -> dt.date | None:
    year = int(parts["year"])
    if year < 100:  # noqa: PLR2004
        year += 2000 if year < _PIVOT else 1900
    month = months()[parts["month"].casefold()] if parts.get("month") else int(parts["number"])
    day = int(parts["day"])
    if month > 12 >= day:  # noqa: PLR2004 - "08/24/2021"
        month, day = day, month
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def puts_month_first(texts: Iterable[str]) -> bool:
    """Whether texts print days as America does: "January 12, 2021" more often than "12 January 2021".

    >>> puts_month_first(["by June 30, 2021"]), puts_month_first(["by 30 June 2021"])
    (True, False)
    """
    day_first, month_first, *_ = _patterns()
    dated = [t for t in texts if _MAY_NAME_DAY.search(t) is not None]
    found = [(len(day_first.findall(t)), len(month_first.findall(t))) for t in dated]
    return sum(a for a, _ in found) < sum(b for _, b in found)


def day_before_month(text: str) -> str:
    """A text of America with the days in it that are numbers turned round, for those who read them as Britain does.

    >>> day_before_month("Meeting Date: 1/12/2021")
    'Meeting Date: 12/1/2021'
    """
    return _NUMBERS.sub(r"\2/\1/\3", text)


def parse_time(text: str) -> dt.time | None:
    """The first time of day that a text names; None if it names none.

    >>> parse_time("at 5.30 pm"), parse_time("at 19.00"), parse_time("at noon")
    (datetime.time(17, 30), datetime.time(19, 0), datetime.time(12, 0))
    """
    match = _TIME.search(text)
    if match is None:
        return None
    if match["noon"]:
        return dt.time(12, 0)
    digits = (match["hours"] or match["dotted"] or "").replace(".", "")  # "1930 hours", "at 19.00"
    hour = int(match["hour"] or match["h24"] or digits[:2])
    minute = int(match["minute"] or match["m24"] or digits[2:] or 0)
    if match["half"]:
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004
