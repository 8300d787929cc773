"""Periods by their two days -> how statistics call them: 202324, Financial year Q2."""

from __future__ import annotations

import datetime as dt

_MONTHS = ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December")  # fmt: skip
_YEARS = {4: "Financial year", 9: "Academic year", 1: "Calendar year"}  # by the month in which they begin
_QUARTER, _HALF, _YEAR = 3, 6, 12


def statistical_period(start: dt.date, end: dt.date) -> tuple[str, str | None]:
    """``time_period`` and ``time_identifier`` as Explore Education Statistics wants them.

    A day is given as its month. A span that has no identifier there, as a year to date, keeps its days and has none.

    >>> statistical_period(dt.date(2023, 7, 1), dt.date(2023, 9, 30))
    ('202324', 'Financial year Q2')
    >>> statistical_period(dt.date(2023, 4, 1), dt.date(2023, 12, 31))
    ('2023-04-01/2023-12-31', None)
    """
    months = whole_months(start, end)
    if months == 1 or start == end:
        return str(start.year), _MONTHS[start.month - 1]
    if months == _YEAR and start.month in _YEARS:
        return str(start.year) if start.month == 1 else _two_years(start.year), _YEARS[start.month]
    first = start.year if start.month >= 4 else start.year - 1  # noqa: PLR2004 - the financial year begins in April
    if months == _QUARTER and start.month % _QUARTER == 1:
        return _two_years(first), f"Financial year Q{(start.month - 4) % 12 // _QUARTER + 1}"
    if months == _HALF and start.month in (4, 10):
        part = "Part 1 (April to September)" if start.month == 4 else "Part 2 (October to March)"  # noqa: PLR2004
        return _two_years(first), part
    return f"{start}/{end}", None


def _two_years(first: int) -> str:
    return f"{first}{(first + 1) % 100:02d}"


def short_label(start: dt.date, end: dt.date) -> str:
    """A period in few letters, for the head of a column; they sort by time within a kind.

    >>> short_label(dt.date(2023, 7, 1), dt.date(2023, 7, 31)), short_label(dt.date(2023, 4, 1), dt.date(2024, 3, 31))
    ('2023-07', '2023/24')
    """
    time, name = statistical_period(start, end)
    if start == end:
        return str(start)
    if name in _MONTHS:
        return f"{start:%Y-%m}"
    if name is None:
        return f"{start} to {end}"
    label = f"{time[:4]}/{time[4:]}" if len(time) > 4 else time  # noqa: PLR2004 - 202324 holds two years
    rest = name.removeprefix("Financial year").removeprefix("Calendar year").strip()
    return f"{label} {rest}" if rest else label


def whole_months(start: dt.date, end: dt.date) -> int | None:
    """How many months a period has; None if it does not begin and end with a month.

    >>> whole_months(dt.date(2023, 4, 1), dt.date(2024, 3, 31)), whole_months(dt.date(2023, 4, 2), dt.date(2023, 4, 30))
    (12, None)
    """
    if start.day != 1 or (end + dt.timedelta(days=1)).day != 1:
        return None
    return (end.year - start.year) * 12 + end.month - start.month + 1
