"""The time that a figure is of: "Dec-24", "2016/17 Q2", "31 March 2024", never more precise than print."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise

import regex

from agendaparse.content.dates import months
from agendaparse.content.period_rules import (
    FIRST_MONTH,
    RULES,
    YEAR,
    Period,
    Setting,
    date_of,
    shift,
    span,
    span_to,
    year_of,
)
from agendaparse.content.phrases import Phrases
from agendaparse.content.vocabulary import REMEMBERED, patterns, vocabulary, word_list
from agendaparse.profile import Pattern

__all__ = [
    "ANY_YEAR",
    "Period",
    "Setting",
    "academic",
    "find_period",
    "find_periods",
    "names_undated_time",
    "period_away",
    "period_beside",
    "period_label",
    "says",
]

# One sign for one, so that places in the folded text are places in the print.
_FOLD = str.maketrans({"’": "'", "‘": "'", "`": "'", "–": "-", "—": "-", "−": "-", "‑": "-", "‐": "-", "\u00a0": " "})


_NO_SETTING = Setting()


@lru_cache(maxsize=REMEMBERED)
def find_period(text: str, setting: Setting = _NO_SETTING) -> Period | None:
    """The period that a header names; None if it names none, or leaves out a year that nothing else gives.

    A year over two is financial (April to March) unless its words or its table's are of schools; a single year is
    a calendar year, and so is that of its quarters, unless the table's title counts in financial years.

    >>> period = find_period("England 23/24")
    >>> period.label, str(period.start), str(period.end), period.year
    ('23/24', '2023-04-01', '2024-03-31', 'financial')
    """
    plain = " ".join(text.split())
    folded = plain.translate(_FOLD)
    fitting = _fitting(folded)
    if not fitting and setting.latest is None:
        return None
    setting = replace(setting, year=_year_kind(folded, setting.year))
    for pattern in fitting:
        at = 0
        while (found := pattern.search(folded, at)) is not None:
            if _is_apart(folded[: found.start()]):
                return None
            period = RULES[pattern.name](found, setting)
            if period is not None:
                label = plain[found.start() : found.end()].strip(" ,:-([")
                bare = pattern.name.endswith("_without_year")
                if bare and says(folded, "year_before"):  # "Q2 last year"
                    period = _moved(period, -YEAR) or period
                return _lengthened(replace(period, label=label, bare=bare), folded, setting)
            at = found.end()
    if _is_to_date(folded) and setting.latest is not None:
        start = year_of(setting.latest, setting.year)[0]
        return Period(plain, start, setting.latest, "year_to_date", setting.year)
    return None


@lru_cache(maxsize=REMEMBERED)
def _fitting(folded: str) -> tuple[Pattern, ...]:
    """The patterns that fit somewhere in a text: the same header is read with several tables' settings."""
    if not may_name_time(folded):
        return ()
    return tuple(pattern for pattern in patterns("periods") if pattern.search(folded) is not None)


def may_name_time(text: str) -> bool:
    """Whether a text may name a period: no single figure does, nor words without a digit, month, quarter or term.

    The patterns cost a hundred times as much, and most cells of a table are such figures and words.

    >>> may_name_time("1,428"), may_name_time("School moves"), may_name_time("Dec-24"), may_name_time("First quarter")
    (False, False, True, True)
    """
    if _ONE_FIGURE.fullmatch(text) is not None:
        return False
    return _DIGIT.search(text) is not None or _time_words().search(text) is not None


_DIGIT = re.compile(r"\d")
_ONE_FIGURE = re.compile(r"[^\w']*(?:\d{1,3}|\d{1,3}(?:,\d{3})+)(?:\.\d+)?\s*[^\w\s]*")


@cache
def _time_words() -> re.Pattern[str]:
    words = [*months(), *vocabulary("periods")["words"]["terms"], "quarters?", "qtrs?", "qu?", "half"]
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(words)})(?![^\W\d_])", re.IGNORECASE)


def names_undated_time(text: str) -> bool:
    """Whether a header names a time of which no date is known: "Previous quarter", "YTD", or a month without its year.

    >>> names_undated_time("Same period last year"), names_undated_time("Q3"), names_undated_time("Status")
    (True, True, False)
    """
    folded = " ".join(text.split()).translate(_FOLD)
    return says(folded, "undated") or find_period(folded, ANY_YEAR) is not None


ANY_YEAR = Setting(months=Period("", dt.date(2000, 1, 1), dt.date(2000, 12, 31), "year", "calendar"))


@cache
def _said(which: str) -> Phrases:
    return Phrases(word_list("periods", "year_words", which), after=r"(?![^\W\d_])")


def says(text: str, which: str) -> bool:
    """Whether a text holds a word of a list in the vocabulary: academic, to_date, rolling, ...

    >>> says("KS2 results", "academic")
    True
    """
    return _said(which).search(text) is not None


def _year_kind(text: str, otherwise: str) -> str:
    return next((kind for kind in ("academic", "calendar", "financial") if says(text, kind)), otherwise)


def _is_to_date(text: str) -> bool:
    return says(text, "to_date") and not says(text, "not_to_date")


def _is_apart(before: str) -> bool:
    """Whether the words right before a period set the figure apart from it: "Pre-Oct 25"."""
    return _apart().search(before) is not None


@cache
def _apart() -> regex.Pattern[str]:
    words = "|".join(map(regex.escape, sorted(word_list("periods", "apart", "words"))))
    return regex.compile(rf"(?<!\w)(?:{words}) *$", regex.IGNORECASE)


def _lengthened(period: Period, text: str, setting: Setting) -> Period:
    """The period as the words around it have it: a year to date begins with the year, whatever month it names."""
    if period.kind == "day" and says(text, "week_ending"):
        return replace(period, start=period.end - dt.timedelta(6), kind="week")
    if period.kind == "day" and says(text, "week_beginning"):
        return replace(period, end=period.start + dt.timedelta(6), kind="week")
    if period.kind in ("day", "month", "quarter") and says(text, "rolling"):
        return replace(period, start=span_to(period.end, YEAR)[0], kind="rolling_year")
    if period.kind == "rolling_year" or not _is_to_date(text):
        return period
    start = year_of(period.start, setting.year)[0]
    end = period.end
    if period.kind == "year" and setting.latest is not None:
        end = _so_far(start, setting.latest, setting.year)
    return replace(period, start=start, end=end, kind="year_to_date", year=setting.year)


def _so_far(start: dt.date, latest: dt.date, kind: str) -> dt.date:
    """The day in the year from ``start`` up to which ``latest`` has come in its own."""
    begin = year_of(latest, kind)[0]
    length = YEAR * (latest.year - begin.year) + latest.month - begin.month + 1
    return span(start.year, start.month, length)[1]


def academic(period: Period) -> Period:
    """The same year over two as schools count it: "2022/23" is from September to August."""
    if period.kind != "year" or period.year != "financial":
        return period
    start, end = span(period.start.year, FIRST_MONTH["academic"], YEAR)
    return replace(period, start=start, end=end, year="academic")


def find_periods(texts: Sequence[str], setting: Setting = _NO_SETTING) -> list[Period | None]:
    """The periods of headers that follow each other: one that leaves out its year has it from its neighbours.

    >>> [str(p.start) for p in find_periods(["Nov 24", "Dec", "Jan", "Feb"])]
    ['2024-11-01', '2024-12-01', '2025-01-01', '2025-02-01']
    """
    found = [find_period(t, setting) for t in texts]
    anyway = replace(ANY_YEAR, year=setting.year)
    back = [says(t, "year_before") for t in texts]
    loose = [
        None if earlier else find_period(t, anyway) if p is None or p.bare else p
        for t, p, earlier in zip(texts, found, back, strict=True)
    ]
    for kind in {p.kind for p in loose if p is not None and p.bare}:
        at = [i for i, p in enumerate(loose) if p is not None and p.kind == kind]
        placed = _in_order([p for i in at if (p := loose[i]) is not None], setting.months)
        for i, period in zip(at, placed, strict=True):
            found[i] = period or found[i]
    for i in (i for i, earlier in enumerate(back) if earlier and (found[i] is None or _is_bare(found[i]))):
        found[i] = _year_before(find_period(texts[i], anyway), found, back) or found[i]
    return found


def _is_bare(period: Period | None) -> bool:
    return period is not None and period.bare


def _year_before(named: Period | None, others: Sequence[Period | None], back: Sequence[bool]) -> Period | None:
    """The time that a header like "Q2 last year" names, a year before that of a neighbour: "Q2 2024/25"."""
    if named is None:
        return None
    same = [
        p
        for p, earlier in zip(others, back, strict=True)
        if p is not None and not earlier and p.kind == named.kind and p.start.month == named.start.month
    ]
    moved = _moved(max(same, key=lambda p: p.end), -YEAR) if same else None
    return None if moved is None else replace(moved, label=named.label)


def period_beside(text: str, now: Period) -> Period | None:
    """The time that a header names by its distance from the quarter or month of the title; None where it says no more.

    >>> now = find_period("Quarter 2 2024/25")
    >>> [str(period_beside(t, now).start) for t in ("Previous quarter", "Same period last year", "Period actual")]
    ['2024-04-01', '2023-07-01', '2024-07-01']
    """
    folded = text.casefold()
    length = {"month": 1, "quarter": 3}.get(now.kind)
    words = ("period", now.kind)
    if length is None or not (any(w in folded for w in words) or says(folded, "same_time")):
        return None
    if says(folded, "year_before"):
        found = _moved(now, -YEAR)
    elif says(folded, "same_time"):
        return None
    else:
        found = _moved(now, -length) if says(folded, "earlier") else now
    return None if found is None else replace(found, label=text, bare=True)


def period_away(text: str, now: Period) -> Period | None:
    """The time that a row names by its distance from the times of its columns; None where it names none.

    >>> str(period_away("Same month last year", find_period("Dec-24")).start)
    '2023-12-01'
    """
    return _moved(now, -YEAR) if says(text, "year_before") else period_beside(text, now)


def _in_order(periods: Sequence[Period], title: Period | None) -> list[Period | None]:
    """The periods with their years; None for all if they neither rise nor fall, or nothing gives a year."""
    steps = [(_month_index(b) - _month_index(a)) % YEAR for a, b in pairwise(periods)]
    if any(s > YEAR // 2 for s in steps):  # the latest may stand first
        if any(0 < s < YEAR // 2 for s in steps):
            return [None] * len(periods)
        return _in_order(periods[::-1], title)[::-1]
    at = [None if p.bare else _month_index(p) for p in periods]
    if all(a is None for a in at):
        at[0] = _first_in_title(periods[0], sum(steps), title)
    for i, step in enumerate(steps):
        if at[i + 1] is None and (before := at[i]) is not None:
            at[i + 1] = before + step
    for i, step in reversed(list(enumerate(steps))):
        if at[i] is None and (after := at[i + 1]) is not None:
            at[i] = after - step
    return [None if a is None else _moved(p, a - _month_index(p)) for p, a in zip(periods, at, strict=True)]


def _month_index(period: Period) -> int:
    return YEAR * period.start.year + period.start.month - 1


def _first_in_title(first: Period, length: int, title: Period | None) -> int | None:
    """Where a run of so many months begins: so that it holds the title's time, else the last run before its end."""
    if title is None or title.kind == "years":
        return None
    start, end = _month_index(title), YEAR * title.end.year + title.end.month - 1
    begins = [YEAR * (title.end.year + y) + first.start.month - 1 for y in (-2, -1, 0)]
    whole = title.kind in ("year", "year_to_date")
    shared = [min(b + length, end) - max(b, start if whole else end) for b in begins]
    best = max(shared)
    if best >= 0:
        return max(b for b, s in zip(begins, shared, strict=True) if s == best)
    return max((b for b in begins if b + length <= end), default=None)


def _moved(period: Period, by: int) -> Period | None:
    """The same time so many months later, to the day."""
    if not by:
        return period
    if period.kind == "day":
        day = date_of(*shift(period.start.year, period.start.month, by), period.start.day)
        return None if day is None else replace(period, start=day, end=day)
    length = YEAR * (period.end.year - period.start.year) + period.end.month - period.start.month + 1
    start, end = span(*shift(period.start.year, period.start.month, by), length)
    return replace(period, start=start, end=end)


def period_label(period: Period) -> str:
    """How a period is written so that it reads back the same: "Dec-24", "2016/17 Q2", "31 March 2024", "2023/24".

    >>> period_label(find_period("December 2024")), period_label(find_period("YE Mar 24"))
    ('Dec-24', '12 months to Mar-24')
    """
    written = _WRITTEN.get(period.kind, _written_months)(period)
    return f"{written} (academic year)" if period.year == "academic" and period.kind != "term" else written


def _written_day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _written_months(period: Period) -> str:
    return f"{period.start:%b %Y} - {period.end:%b %Y}"


def _written_part(period: Period, sign: str, length: int) -> str:
    kind = period.year or "financial"
    start = year_of(period.start, kind)[0]
    number = (period.start.month - start.month) % YEAR // length + 1
    if kind == "calendar":
        return f"{sign}{number} {start.year} (calendar year)"
    return f"{start.year}/{(start.year + 1) % 100:02d} {sign}{number}"


def _written_year(period: Period) -> str:
    return f"{period.start.year}" if period.year == "calendar" else f"{period.start.year}/{period.end.year % 100:02d}"


def _written_years(period: Period) -> str:
    if period.year == "calendar":
        return f"{period.start.year} - {period.end.year}"
    first, last = period.start.year, period.end.year
    return f"{first}/{(first + 1) % 100:02d} - {last - 1}/{last % 100:02d}"


def _written_term(period: Period) -> str:
    name = {9: "Autumn", 1: "Spring", 4: "Summer"}[period.start.month]
    return f"{name} term {period.start.year}"


_WRITTEN: dict[str, Callable[[Period], str]] = {
    "day": lambda p: _written_day(p.start),
    "days": lambda p: f"{_written_day(p.start)} to {_written_day(p.end)}",
    "week": lambda p: f"week ending {_written_day(p.end)}",
    "month": lambda p: f"{p.start:%b-%y}",
    "quarter": lambda p: _written_part(p, "Q", 3),
    "half_year": lambda p: _written_part(p, "H", 6),
    "term": _written_term,
    "year": _written_year,
    "years": _written_years,
    "rolling_year": lambda p: f"12 months to {p.end:%b-%y}",
    "year_to_date": lambda p: f"{_written_months(p)} YTD",
}
