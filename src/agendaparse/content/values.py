"""What a cell says: "26%" -> 26.0 percent; "196 (87%)" -> two figures; "n/a" -> none, with the print kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from agendaparse.content.vocabulary import REMEMBERED, vocabulary, word_list

_SIGNS = str.maketrans(
    {"−": "-", "–": "-", "—": "-", "‑": "-", "‐": "-", "﹣": "-", "\u00a0": " ", "\u2009": " ", "\ufe0f": "", "％": "%"}
)
_ARROWS = "↑↓→←↗↘↖↙▲▼►◄△▽▶◀⬆⬇➡⬅⇧⇩⇨⇦⇔↔⟷⬈⬊🡅🡇🡆🠉🠋🠊●⬤■◆"
_ARROW = re.compile(rf"\(\s*[{_ARROWS}]+\s*\)|[{_ARROWS}]")
_ROUNDED = "<>≤≥~≈="
_LONGEST = 240  # letters of a cell that holds a figure with its explanation
_LONGEST_TAIL = 16  # words of explanation after a leading figure: more is prose that begins with a number
_YEARS = range(10, 50)  # "23/24" alone is a year, not a share


@dataclass(frozen=True, slots=True)
class Value:
    """One figure: its size, or None where the print gives none, and the unit that the print itself names.

    The unit ``other`` is one that has no name among ours: days, rates per 1,000.
    """

    value: float | None
    unit: str | None = None


_NONE = (Value(None),)
_YEAR = re.compile(r"(?:19|20)\d\d")
_OF_WHAT = re.compile(r" (?!to\b|and\b|or\b)[a-z][^%]*")  # "95% of calls", and no range
_DURATION = re.compile(
    r"\d{1,3}:[0-5]\d:[0-5]\d"
    r"|\d+\s?(?:d|days?),? ?\d+\s?(?:h|hrs?|hours?)(?:,? ?\d+\s?(?:m|mins?|minutes?))?"
    r"|\d+\s?(?:h|hrs?|hours?),? ?(?:and )?\d+\s?(?:m|mins?|minutes?)(?:,? ?\d+\s?(?:s|secs?|seconds?))?"
    r"|\d+\s?(?:m|mins?|minutes?),? ?(?:and )?\d+\s?(?:s|secs?|seconds?)",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"[£$€]\s?000")  # what the figures below it count in


def _any_of(words: list[str] | frozenset[str]) -> str:
    """A pattern for any of the words, the longest first, each whole."""
    parts = []
    for word in sorted(words, key=len, reverse=True):
        after = r"(?![^\W\d_])" if word[-1].isalpha() else ""
        parts.append(re.escape(word) + after)
    return "|".join(parts)


@cache
def _number() -> re.Pattern[str]:
    tail = _any_of([*vocabulary("values")["suffix"], *vocabulary("values")["scale"]])
    return re.compile(
        r"(?P<first>[£$€])?\s?(?P<open>\()?\s*(?P<sign>[-+±])?\s*(?P<pound>[£$€])?\s*(?P<minus>-)?"
        r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
        rf"(?:\s?(?P<tails>(?:{tail})(?:\s?(?:{tail}))?))?\s*(?P<close>\))?(?P<late>\s?%)?",
        re.IGNORECASE,
    )


@lru_cache(maxsize=REMEMBERED)
def is_missing(raw: str) -> bool:
    """Whether the print says that there is no figure.

    >>> is_missing("n/a"), is_missing("New measure"), is_missing("0")
    (True, True, False)
    """
    return " ".join(_plain_signs(raw).casefold().split()) in _missing()


def _plain_signs(raw: str) -> str:
    """The print with the keyboard's dashes and spaces; most has no others, and looking for each takes its time."""
    return raw if raw.isascii() else raw.translate(_SIGNS)


@cache
def _missing() -> frozenset[str]:
    return frozenset(w.translate(_SIGNS) for w in word_list("values", "missing"))


@lru_cache(maxsize=REMEMBERED)
def is_grade(raw: str) -> bool:
    """Whether the print stands where others have a figure: a credit rating, a time in hours, minutes and seconds.

    >>> is_grade("AA-"), is_grade("A"), is_grade("3m 12s"), is_grade("45 mins")
    (True, False, True, False)
    """
    return raw.strip() in vocabulary("values")["grades"] or _DURATION.fullmatch(raw.strip()) is not None


def parse_values(raw: str, *, limits: bool = False) -> list[Value]:
    """The figures of a cell; one without a value where it holds words or a sign for no figure.

    Percent is as printed, thousands and millions are multiplied out, brackets alone mean a negative figure.
    With ``limits``, as in a column of targets, "<5" is 5; else it is a count that was hidden.

    >>> parse_values("196 (87%)")
    [Value(value=196.0, unit='count'), Value(value=87.0, unit='percent')]
    >>> parse_values("£9.4m"), parse_values("(64.61)"), parse_values("-")
    ([Value(value=9400000.0, unit='currency')], [Value(value=-64.61, unit=None)], [Value(value=None, unit=None)])
    """
    return list(_parsed(raw, limits=limits))


@lru_cache(maxsize=REMEMBERED)
def _parsed(raw: str, *, limits: bool) -> tuple[Value, ...]:
    if "000" in raw and _THOUSANDS.fullmatch(raw.strip()) is not None:
        return _NONE
    whole = _number().fullmatch(raw)  # most cells with figures hold nothing else
    printed = whole is not None or (len(raw) <= _LONGEST and _DIGIT.search(raw) is not None)
    text = _bare(raw) if whole is None and printed else ""
    if whole is None and (not text or is_missing(text)):
        return _NONE
    whole = whole or _number().fullmatch(text)
    if whole is not None:
        return (_value(whole, alone=True),)
    return _composite(text) or _limit(text, limits=limits) or _leading(text, limits=limits) or _NONE


_DIGIT = re.compile(r"\d")


@cache
def _around() -> re.Pattern[str]:
    """Footnotes and colours at the end of a cell, colours at its start."""
    colors = _any_of(word_list("values", "colors"))
    notes = _any_of(word_list("values", "footnotes"))
    letters = r"^(?-i:[RAG])\s*[:-]?\s+(?=[£\d])|(?<=[\d%)])\s+(?-i:[RAG])$"  # "96% G"
    return re.compile(rf"^(?:{colors})(?:\s*[:-])?\s+|(?<=[\s\d%)])\s*(?:{notes}|{colors})$|{letters}", re.IGNORECASE)


def _bare(raw: str) -> str:
    """The print without arrows, dots, colours' names, footnote marks and signs of rounding."""
    text = " ".join(_plain_signs(raw).split())
    if not text.isascii():
        text = " ".join(_ARROW.sub(" ", text).split())
    before = None
    while text != before and not is_missing(text):
        before = text
        text = _around().sub("", text).strip()
    if before != raw.strip() and re.fullmatch(r"\([^()]*%\)", text) and not raw.strip().startswith("("):
        text = text[1:-1]  # "Green (85%)"
    return text[:-1] if re.search(r"[\d%]\+$", text) else text  # "85%+": at least


def _value(found: re.Match[str], *, alone: bool) -> Value:
    """The figure of a match; brackets count as a minus only where they hold all there is."""
    number = float(re.sub(r"[, ]", "", found["digits"]))
    tails = (found["tails"] or "").casefold()
    for scale, by in vocabulary("values")["scale"].items() if tails.strip(" %") else ():
        if re.match(rf"{scale}(?![^\W\d_])", tails):
            number = round(number * by, 6)
            break
    unit = "currency" if found["first"] or found["pound"] else _unit(tails + (found["late"] or ""))
    negative = found["sign"] == "-" or found["minus"] or (alone and found["open"] and found["close"])
    return Value(-number if negative else number, unit)


def _unit(tails: str) -> str | None:
    if not tails or "%" in tails:
        return "percent" if tails else None
    return next((unit or None for suffix, unit in _suffixes() if tails.endswith(suffix)), None)


@cache
def _suffixes() -> list[tuple[str, str]]:
    """The words after a figure with their units, the longest first."""
    return sorted(vocabulary("values")["suffix"].items(), key=lambda item: -len(item[0]))


_SHARE = re.compile(r"(\d[\d,]*)\s?(?:/|of|out of|in|from)\s?(\d[\d,]*)(?:$|\s*[,;(=-]\s*|\s+(?=\d))")
_PERCENT_OF = re.compile(
    r"(?P<percent>\d+(?:\.\d+)?)\s?%\s*(?:[(\[]\s*)?(?P<part>\d[\d,]*)\s?(?:/|of|out of)\s?(?P<whole>\d[\d,]*)\s*[)\]]?"
)
_COHORT = re.compile(r"^\s*n\s?=\s?", re.IGNORECASE)  # "47% (n=15)"
_ONE_TO = re.compile(r"1\s?:\s?(\d+(?:\.\d+)?)")
_TWO = re.compile(
    r"(?P<a>[^()\[\]]+?)\s*(?:[(\[](?P<b>[^()\[\]]+)[)\]]|[/,;|]\s*(?P<c>[^()\[\]]+)|\s(?P<d>[^()\[\]\s]+\s?%?))"
)


def _composite(text: str) -> tuple[Value, ...]:
    """Two figures of one thing: "196 (87%)", "87% (196)", "12 / 9%", "1/20, 5%"; or one of two: "1 in 4"."""
    share = _share(text)
    if share:
        return share
    told = _PERCENT_OF.fullmatch(text)  # "88% (54/61)": the percent, and what it is of
    if told is not None and int(told["part"].replace(",", "")) <= int(told["whole"].replace(",", "")):
        return Value(float(told["percent"]), "percent"), Value(float(told["part"].replace(",", "")), "count")
    parts = _TWO.fullmatch(text)
    if parts is None:
        return ()
    second = _COHORT.sub("", parts["b"] or parts["c"] or parts["d"])
    found = [_number().fullmatch(p.strip()) for p in (parts["a"], second)]
    if found[0] is None or found[1] is None:
        return ()
    values = [_value(f, alone=False) for f in found if f is not None]
    units = [v.unit for v in values]
    if units.count("percent") == 1:  # what the percent is of is a count
        return tuple(Value(v.value, v.unit or "count") for v in values)
    return tuple(values) if parts["b"] is not None and None in units and len(set(units)) > 1 else ()


def _share(text: str) -> tuple[Value, ...]:
    """A part of a whole, with its percent where that is printed too."""
    one = _ONE_TO.fullmatch(text)
    if one is not None and float(one[1]):
        return (Value(round(1 / float(one[1]), 6), "ratio"),)
    found = _SHARE.match(text)
    if found is None or found[0].startswith("0"):
        return ()
    part, whole = (int(n.replace(",", "")) for n in found.groups())
    rest = text[found.end() :].strip(" (),=")
    percent = _number().fullmatch(rest) if rest else None
    if not 0 < whole >= part or (rest and percent is None) or (not rest and _is_year(part, whole, text)):
        return ()
    ratio = Value(round(part / whole, 6), "ratio")
    return (ratio, _value(percent, alone=False)) if percent is not None else (ratio,)


def _is_year(part: int, whole: int, text: str) -> bool:
    return "/" in text and whole == part + 1 and part in _YEARS


@cache
def _limit_words() -> re.Pattern[str]:
    below, before = (_any_of(word_list("values", name)) for name in ("below", "before"))
    after = _any_of(word_list("values", "after"))
    return re.compile(
        rf"(?:(?P<below>{below})|{before}|[{_ROUNDED}])*\s*(?P<rest>.*?)(?:\s+(?:{after}))?", re.IGNORECASE
    )


def _limit(text: str, *, limits: bool) -> tuple[Value, ...]:
    """A figure with a word or sign that makes it a limit: "≥ 90%", "at least 12", "<10%"; "<5" hides a count."""
    words = _limit_words().fullmatch(text)
    found = _number().fullmatch(words["rest"]) if words is not None else None
    if words is None or words["rest"] == text:
        return ()
    if found is None:
        return _leading(words["rest"], limits=True) if limits else ()
    value = _value(found, alone=False)
    hides = words["below"] and not limits and value.unit in (None, "count")
    return () if hides else (value,)


def _leading(text: str, *, limits: bool) -> tuple[Value, ...]:
    """A figure with words after it: "13 (of which 3 moved twice)"; among targets, "95% of calls"."""
    found = _number().match(text)
    if found is None or found["open"]:
        return ()
    rest = text[max(found.end("digits"), found.end("tails")) :]
    explained = rest.startswith((" (", "(", " There", " there", " of which", " -", ";", ","))
    dated = _YEAR.fullmatch(found[0]) and rest.startswith((",", ";"))  # "2013, 7 years": since when
    explained = explained or (limits and "%" in found[0] and _OF_WHAT.fullmatch(rest) is not None)
    if dated or not explained or len(rest.split()) > _LONGEST_TAIL or re.match(r"\s*-\s*[£$€]?\d|,\d", rest):
        return ()
    return (_value(found, alone=False),)


@lru_cache(maxsize=REMEMBERED)
def is_figure(raw: str) -> bool:
    """Whether a cell prints a figure.

    >>> is_figure("1,428"), is_figure("New measure from Sep 16"), is_figure("2016/17")
    (True, False, False)
    """
    return any(v.value is not None for v in _parsed(raw, limits=False))
