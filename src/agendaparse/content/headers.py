"""A header's words -> what its column holds: a measure of some period, a comparator, a RAG, a name, a comment."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from agendaparse.content.period_rules import year_of
from agendaparse.content.periods import (
    ANY_YEAR,
    Period,
    Setting,
    find_period,
    find_periods,
    names_undated_time,
    period_beside,
    says,
)
from agendaparse.content.phrases import Phrases
from agendaparse.content.units import unit_of_header, unit_of_name, unit_of_word
from agendaparse.content.vocabulary import REMEMBERED, vocabulary, word_list

FIGURES = ("actual", "target", "threshold", "forecast", "benchmark", "average", "maximum", "minimum", "change")
_TIMELESS = ("target", "threshold", "change")  # a target holds until there is another
_ROLLING = ("average", "maximum", "minimum")
_NOT_WORDS = re.compile(r"[\s()\[\]:;,.\-–/&*'’+|]+")
_RAISED = re.compile("(?<![kcm])[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_THOUSANDS = re.compile("000['’]s")
_LINKS = re.compile(r"\b(?:as at|as of|at|end of|month end|ending|for|the|of|in|to|by|and|our|p|r|e|fy)\b")
_YEAR_LONG = re.compile(
    r"\b(?:12|twelve)[\s-]*(?:m(?:on)?ths?|mnths?|m\b)|\brolling year|\bannual|\blast year|\bfor the year",
    re.IGNORECASE,
)
_BOTH = re.compile(r"(?P<a>[^/()|]+?)\s*(?:[/|]\s*(?P<b>[^/()|]+)|\((?P<c>[^()]+)\))")
_NO_SLASH = "\u2215"
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
    undated: bool = False  # it names a time whose dates are not known: "Previous quarter"
    name: str | None = None  # the lowest row of a header of several, where that says whose figures they are
    both: tuple[Column, ...] = ()  # two columns in one: "Target / floor"

    @property
    def is_figures(self) -> bool:
        """Whether figures stand under it."""
        return self.role in FIGURES

    @property
    def comparator(self) -> str | None:
        """Whose figures they are; None for the council's own."""
        return (self.name or self.text) if self.role == "benchmark" else None

    @property
    def subject(self) -> str:
        """Its words beside those of a time, a unit and an actual figure: "Harrowmere" of "Harrowmere value 2023/24"."""
        return " ".join(w for w in _rest(self.text, self.period).split() if w not in _whole("actual"))

    @property
    def printed_subject(self) -> str:
        """Its words beside those of a time, a unit and its measure, as printed: "A roads" of "A roads 2023/24"."""
        rest = set(_anywhere(self.role).without(_rest(self.text, self.period)).split()) - _whole(self.role)
        return " ".join(w for w in self.text.split() if not rest.isdisjoint(_bare(w).split()))

    @property
    def is_plain(self) -> bool:
        """Whether its words say a measure, whose it is and a time, and nothing else: "England 2023"."""
        rest = _rest(self.text, self.period)
        for role in FIGURES:
            rest = _anywhere(role).without(rest)
        return all(w in _known_words() for w in rest.split())


def names_comparator(text: str) -> bool:
    """Whether a header names somebody else, whatever it says of them.

    >>> names_comparator("Compared with England"), names_comparator("Compared with last quarter")
    (True, False)
    """
    return _anywhere("benchmark").search(text.casefold()) is not None


def names_indicator(text: str) -> bool:
    """Whether a header says that indicators are named under it, whatever else it says.

    >>> names_indicator("Performance measure"), names_indicator("Service")
    (True, False)
    """
    return _anywhere("indicator").search(text.casefold()) is not None


@cache
def _known_words() -> frozenset[str]:
    return frozenset(w for words in _whole("actual") | _whole("target") for w in words.split())


@cache
def _anywhere(role: str) -> Phrases:
    return Phrases(vocabulary("measures")[role].get("any", []))


@cache
def _squeezed(role: str) -> frozenset[str]:
    """Words that decide anywhere, without their spaces: a narrow column breaks "RAG" to "RA G"."""
    return frozenset(w.replace(" ", "") for w in vocabulary("measures")[role].get("any", []) if len(w) > 2)  # noqa: PLR2004


@cache
def _whole(role: str) -> frozenset[str]:
    """The words that are a whole header, and the same without spaces: a narrow column breaks them anywhere."""
    listed = [_bare(w) for w in vocabulary("measures")[role].get("whole", [])]
    return frozenset(listed) | frozenset(w.replace(" ", "") for w in listed)


def _bare(text: str) -> str:
    folded = _THOUSANDS.sub("000s", text.casefold())
    return _NOT_WORDS.sub(" ", folded).strip() or folded.strip()


_NO_SETTING = Setting()


@lru_cache(maxsize=REMEMBERED)
def parse_header(text: str, setting: Setting = _NO_SETTING) -> Column | None:
    """What a header says of its column; None for an empty one.

    >>> parse_header("England 23/24").role, parse_header("Dec-24").role, parse_header("Direction of travel").role
    ('benchmark', 'actual', 'direction')
    """
    plain = _unmarked(text)
    return _column(plain, find_period(plain, setting)) if plain else None


def _unmarked(text: str) -> str:
    """A header with single spaces, without the raised marks of footnotes: "2023/24¹", but "m²"."""
    return " ".join((text if text.isascii() else _RAISED.sub("", text)).split())


def _column(plain: str, period: Period | None) -> Column:
    rest = _rest(plain, period)
    unit = unit_of_header(plain)
    undated = period is None and names_undated_time(plain)
    role = _role(plain, rest)
    if role == "frequency" and _role(first := _bare(plain.split(",", maxsplit=1)[0]), first) == "indicator":
        role = "indicator"  # "Measure, aim, reporting frequency"
    if role is not None:
        return Column(plain, role, period, unit, named=bool(rest), undated=undated, both=_both(plain, period))
    if period is not None or undated or unit_of_word(rest or plain) is not None:
        return Column(plain, "actual", period, unit, named=bool(rest), undated=undated)
    return Column(plain, "unknown", None, unit, named=True, both=_both(plain))


def _rest(plain: str, period: Period | None) -> str:
    """The words of a header beside its period, its unit and what links them."""
    rest = _bare(plain.replace(period.label, " ", 1) if period is not None else plain)
    rest = " ".join(_LINKS.sub(" ", rest).split())
    words = [w for w in rest.split() if unit_of_word(w) is None or w in ("total", "rate", "number", "no", "average")]
    return " ".join(words) if words else rest


def _role(plain: str, rest: str) -> str | None:
    folded, bare = plain.casefold(), _bare(plain)
    squeezed = rest.replace(" ", "")
    for role in vocabulary("measures"):
        if _anywhere(role).search(folded):
            if role == "average" and _names_average(plain, rest):
                continue
            if role == "benchmark" and _anywhere("indicator").search(folded):
                continue  # "National indicator" names a column of names
            return role
        if not _whole(role).isdisjoint((rest, bare)) or (len(squeezed) > 4 and squeezed in _whole(role)):  # noqa: PLR2004
            return role
        if " " in rest and squeezed in _squeezed(role):
            return role
    return "actual" if " " in rest and _whole("actual").issuperset(rest.split()) else None


def _names_average(plain: str, rest: str) -> bool:
    """Whether an average is what is measured, as in "Average caseload", and not an average of the row's figures."""
    others = _anywhere("average").without(rest).split()
    if others and word_list("periods", "words", "spans").issuperset(others):
        return False  # "Monthly average 2023/24"
    return bool(others) and unit_of_name(plain) == "average" and _YEAR_LONG.search(plain) is None


def _both(plain: str, period: Period | None = None) -> tuple[Column, ...]:
    """The two columns that a header names: "Target / floor", "Actual (target)", "Apr (target)"."""
    whole = plain if period is None else plain.replace(period.label, period.label.replace("/", _NO_SLASH))
    parts = _BOTH.fullmatch(whole)  # the stroke in "2019/20 Target" parts nothing
    if parts is None:
        return ()
    texts = [part.strip().replace(_NO_SLASH, "/") for part in (parts["a"], parts["b"] or parts["c"])]
    roles = [_role(t, _bare(t)) for t in texts]
    if roles[0] is None and roles[1] is not None and names_time(texts[0]):
        roles[0] = "actual"
    if None in roles or not set(roles) <= set(FIGURES) or roles[0] == roles[1]:
        return ()
    return tuple(_column(t, period if period is not None and period.label in t else find_period(t)) for t in texts)


def names_time(text: str) -> bool:
    """Whether a header is a time and nothing else, be it without its year.

    >>> names_time("Apr"), names_time("Q2 2023/24"), names_time("Plans 2023")
    (True, True, False)
    """
    period = find_period(text, ANY_YEAR)
    return period is not None and len(period.label) >= len(text.strip(" .:"))


def parse_headers(
    heads: Sequence[Sequence[str]], setting: Setting = _NO_SETTING, title: str = ""
) -> list[Column | None]:
    """What the headers of a table say of its columns, each given as its rows from the top.

    A header that leaves out its year has it from its neighbours; years over two are school years where one header says
    so; a group's header ("Benchmarking") over a comparator's is no part of its name.

    >>> [c.comparator for c in parse_headers([["Benchmarking", "England"], ["Benchmarking", "SN"]])]
    ['England', 'SN']
    """
    texts = [_unmarked(" ".join(rows)) for rows in heads]
    if (any(says(t, "academic") for t in texts) or _are_terms(texts)) and not any(says(t, "financial") for t in texts):
        setting = replace(setting, year="academic")
    if setting.months is None or setting.far:
        setting = replace(setting, months=_planned_year(texts, setting) or setting.months)
    found: list[Column | None] = []
    times = _within_years(texts, title, find_periods(texts, setting))
    for rows, text, period in zip(heads, texts, times, strict=True):
        column = parse_header(text, setting)
        if column is not None and period != column.period:
            column = _column(text, period)
        found.append(_renamed(column, rows))
    return found


def _within_years(texts: Sequence[str], title: str, times: Sequence[Period | None]) -> list[Period | None]:
    """The times of headers, those of years alone made the time in them that a corner, or a day that a title, names.

    "At 31 March" beside "2023" and "2024"; "Year to date (Apr to Sep)" beside "2022/23" and "2023/24".
    """
    years = [i for i, (text, p) in enumerate(zip(texts, times, strict=True))
             if i and p is not None and p.kind == "year" and p.label == text]  # fmt: skip
    corner = find_period(texts[0], ANY_YEAR) if years and texts[0] else None
    day = find_period(title, ANY_YEAR) if years and title and (corner is None or not corner.bare) else None
    part = corner if corner is not None and corner.bare else day
    if part is None or not part.bare or (part is day and day.kind != "day") or len(years) < _OWN:
        return list(times)
    found = [None if part is corner else times[0], *times[1:]]
    for i in years:
        year = times[i]
        assert year is not None, "years have times"  # noqa: S101
        own = find_period(part.label, Setting(year.year or "financial", year))
        found[i] = replace(own, label=texts[i]) if own is not None and own.bare else year
    return found


def _planned_year(texts: Sequence[str], setting: Setting) -> Period | None:
    """The year of "Q1", "Q2" beside "Target 2024/25"; None if there is no such.

    Where a time stands over the table, though not in its title, only if the year before is printed as gone by.
    """
    found: dict[str, set[Period]] = {"target": set(), "actual": set()}
    for column in (parse_header(text, setting) for text in texts):
        if column is not None and column.role in found and (p := column.period) is not None and p.kind == "year":
            found[column.role].add(replace(p, label=""))
    planned = [p for p in found["target"] if p.year == "financial"]
    if len(planned) != 1:
        return None
    before = any(p.end < planned[0].start and (planned[0].start - p.end).days == 1 for p in found["actual"])
    return planned[0] if setting.months is None or before else None


def _are_terms(texts: Sequence[str]) -> bool:
    """Whether headers name several terms: "Autumn 2023", "Spring 2024"."""
    words = word_list("periods", "words", "terms")
    return len({first for t in texts if (first := t.casefold().split(" ", 1)[0]) in words}) > 1


def _renamed(column: Column | None, rows: Sequence[str]) -> Column | None:
    """A column by the lowest row of its header, where that says more than a time: what stands over it is a group's.

    "Benchmarking and trend" over "England 2022/23" makes no trend of it, and is no part of the comparator's name.
    """
    last = parse_header(rows[-1]) if len(rows) > 1 else None
    if column is None or last is None or last.role == "unknown":
        return column
    if last.role in FIGURES and not column.is_figures and (last.role != "actual" or (last.named and not last.undated)):
        column = replace(column, role=last.role)
    return replace(column, name=last.text) if last.role == "benchmark" else column


def settle(columns: Sequence[Column | None], setting: Setting) -> list[Column | None]:
    """The columns of one table seen together.

    A named period beside columns of bare periods is somebody else's ("So'ton 23/24" after twelve months); an average,
    a maximum or a year to date ends with the latest month that has figures; a target has no period of its own, unless
    each of several stands beside an actual of its period.
    """
    plain = [c for c in columns if c is not None and c.role == "actual" and c.period is not None and not c.named]
    ends = [c.period.end for c in plain if c.period is not None and c.period.kind != "year"]
    title = setting.months if setting.months is not None and setting.months.kind != "year" else None
    latest = setting.latest or max(ends, default=title.end if title is not None else None)
    many, paired = len(plain) >= _OWN, _paired_targets(columns)
    dated = [p for c in plain if (p := c.period) is not None and p.kind in ("month", "quarter")]
    if dated and (setting.months is None or setting.far):
        setting = replace(setting, months=max(dated, key=lambda p: p.end))  # "Dec 2024" beside "Previous month"
    settled = [None if c is None else _settled(c, many=many, latest=latest, setting=setting) for c in columns]
    settled = _told_apart(_dated_beside(columns, settled, setting))
    timeless = {"change"} if paired else set(_TIMELESS)
    return [replace(c, period=None, undated=False) if c is not None and c.role in timeless else c for c in settled]


def _dated_beside(
    columns: Sequence[Column | None], settled: Sequence[Column | None], setting: Setting
) -> list[Column | None]:
    """The columns; where others are told from the title's time ("Previous quarter"), "Actual" is of that time."""
    told = any(a is not None and b is not None and a.undated and not b.undated and b.period is not None
               and b.role == "actual" for a, b in zip(columns, settled, strict=True))  # fmt: skip
    dated = any(c is not None and c.role == "actual" and c.period is not None for c in columns)
    if not told or dated or setting.months is None:
        return list(settled)
    return [
        replace(c, period=setting.months)
        if c is not None and c.role == "actual" and c.period is None and not c.undated and not c.guessed
        else c
        for c in settled
    ]


def _told_apart(columns: Sequence[Column | None]) -> list[Column | None]:
    """The columns, of two of one time the one with the average in its header an average: "Average rate %, 31 March"."""
    actual = [c for c in columns if c is not None and c.role == "actual" and c.period is not None]
    times = Counter(c.period for c in actual)
    averages = [c for c in actual if times[c.period] > 1 and _anywhere("average").search(c.text.casefold())]
    return [replace(c, role="average") if c is not None and c in averages else c for c in columns]


def _paired_targets(columns: Sequence[Column | None]) -> bool:
    """Whether there is a target for each of several periods, beside the actual figure."""
    times = {
        role: {c.period and (c.period.start, c.period.end) for c in columns if c is not None and c.role == role}
        for role in ("actual", "target")
    }
    return len(times["target"]) > 1 and times["target"] <= times["actual"]


def _settled(column: Column, *, many: bool, latest: dt.date | None, setting: Setting) -> Column:
    if column.role == "actual" and column.period is not None and column.named and many and _is_someone(column):
        return replace(column, role="benchmark")
    long = _YEAR_LONG.search(column.text) if column.role in _ROLLING else column.undated and _ends_now(column.text)
    if long and column.period is None and latest is not None:
        own = _so_far if "for the year" in column.text.casefold() else _twelve_months
        return replace(column, period=own(column.text, latest, setting), undated=False)
    if column.role == "actual" and column.undated and setting.months is not None:
        beside = period_beside(column.text, setting.months)
        if beside is not None:
            return replace(column, period=beside, undated=False, guessed=False)
    if latest is not None and says(column.text, "to_date"):
        period = find_period(column.text, replace(setting, latest=latest))
        return replace(column, period=period, undated=period is None)
    return column


def dated_now(column: Column, setting: Setting) -> Column:
    """A column, or row, of what is "latest" or "current": of the month or quarter that its paper names."""
    now = setting.months
    bare = column.role == "actual" and column.period is None and not column.undated
    if not bare or now is None or now.kind not in ("month", "quarter") or not _says_now(column.text):
        return column
    return replace(column, period=now, text=now.label)


def _says_now(text: str) -> bool:
    return says(text, "latest") and not says(text, "earlier")


def _ends_now(text: str) -> bool:
    """Whether a header names the twelve months up to the latest: "Last 12 months", "Rolling year"."""
    return says(text, "rolling") and "previous" not in text.casefold()


def _is_someone(column: Column) -> bool:
    """Whether the words beside a period are a name, and none of those that say how a figure was come by."""
    if column.period is None or says(column.text, "to_date"):
        return False
    rest = _rest(column.text, column.period)
    words = [w for w in rest.split() if w not in _whole("actual")]
    return bool(words) and not re.search(r"\b(?:academic|year|financial|term|terms|quarter|month|to date|ytd)\b", rest)


def _so_far(label: str, latest: dt.date, setting: Setting) -> Period:
    """The year up to the latest month, of a header such as "Average for the year"."""
    return Period(label, year_of(latest, setting.year)[0], latest, "year_to_date", setting.year)


def _twelve_months(label: str, latest: dt.date, _: Setting) -> Period:
    start = dt.date(latest.year - (latest.month < 12), latest.month % 12 + 1, 1)  # noqa: PLR2004
    return Period(label, start, latest, "rolling_year")
