"""What a cell says: "26%" -> 26.0 percent; "196 (87%)" -> two figures; "n/a" -> none, with the print kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from agendaparse.content.vocabulary import REMEMBERED, vocabulary, word_list

_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "‑": "-", "‐": "-", "\u00a0": " "})
_ARROWS = "↑↓→←↗↘↖↙▲▼►◄△▽▶◀⬆⬇➡⬅⇧⇩⇨⇦↔⟷🡅🡇🡆🠉🠋🠊"
_ROUNDED = "<>≤≥~≈"
_LONGEST_TAIL = 16  # words of explanation after a leading figure: more is prose that begins with a number


@dataclass(frozen=True, slots=True)
class Value:
    """One figure: its size, or None where the print gives none, and the unit that the print itself names."""

    value: float | None
    unit: str | None = None


@cache
def _number() -> re.Pattern[str]:
    suffixes = sorted([*vocabulary("values")["suffix"], *vocabulary("values")["scale"]], key=len, reverse=True)
    tail = "|".join(re.escape(s) + (r"\b" if s[-1].isalpha() else "") for s in suffixes)
    return re.compile(
        r"(?P<open>\()?\s*(?P<sign>[-+±])?\s*(?P<pound>[£$€])?\s*(?P<minus>-)?"
        r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
        rf"(?:\s?(?P<tails>(?:{tail})(?:\s?(?:{tail}))?))?\s*(?P<close>\))?",
        re.IGNORECASE,
    )


@lru_cache(maxsize=REMEMBERED)
def is_missing(raw: str) -> bool:
    """Whether the print says that there is no figure.

    >>> is_missing("n/a"), is_missing("New measure"), is_missing("0")
    (True, True, False)
    """
    return " ".join(raw.translate(_SIGNS).casefold().split()) in _missing()


@cache
def _missing() -> frozenset[str]:
    return frozenset(w.translate(_SIGNS) for w in word_list("values", "missing"))


def parse_values(raw: str) -> list[Value]:
    """The figures of a cell; one without a value where it holds words or a sign for no figure.

    Percent is as printed, thousands and millions are multiplied out, brackets alone mean a negative figure.

    >>> parse_values("196 (87%)")
    [Value(value=196.0, unit='count'), Value(value=87.0, unit='percent')]
    >>> parse_values("£9.4m"), parse_values("(64.61)"), parse_values("-")
    ([Value(value=9400000.0, unit='currency')], [Value(value=-64.61, unit=None)], [Value(value=None, unit=None)])
    """
    return list(_values(raw))


@lru_cache(maxsize=REMEMBERED)
def _values(raw: str) -> tuple[Value, ...]:
    text = _bare(raw)
    if not text or is_missing(text):
        return (Value(None),)
    whole = _number().fullmatch(text)
    if whole is not None:
        return (_value(whole, alone=True),)
    return tuple(_composite(text) or _leading(text) or [Value(None)])


def _bare(raw: str) -> str:
    """The print without arrows, footnote marks and signs of rounding."""
    text = " ".join(raw.translate(_SIGNS).split())
    text = text.strip(_ARROWS + " ")
    lowered = text.casefold()
    for mark in _footnotes():
        if lowered.endswith(mark) and len(text) > len(mark):
            text = text[: -len(mark)].rstrip()
            lowered = text.casefold()
    return text[:-1] if re.search(r"[\d%]\+$", text) else text  # "85%+": at least


@cache
def _footnotes() -> tuple[str, ...]:
    return tuple(sorted(word_list("values", "footnotes"), key=len, reverse=True))


def _value(found: re.Match[str], *, alone: bool) -> Value:
    """The figure of a match; brackets count as a minus only where they hold all there is."""
    number = float(found["digits"].replace(",", ""))
    unit = "currency" if found["pound"] else None
    tails = (found["tails"] or "").casefold()
    for scale, by in vocabulary("values")["scale"].items():
        if re.match(rf"{scale}\b", tails):
            number = round(number * by, 6)
            break
    for suffix, named in vocabulary("values")["suffix"].items():
        if tails.endswith(suffix) and named:
            unit = named
            break
    negative = found["sign"] == "-" or found["minus"] or (alone and found["open"] and found["close"])
    return Value(-number if negative else number, unit)


def _composite(text: str) -> list[Value]:
    """Two figures of one thing: "196 (87%)", "87% (196)", "12 / 9%", "1/20, 5%"."""
    ratio = re.match(r"(\d+)\s?/\s?(\d+)(?:$|\s*[,(=]\s*)", text)
    if ratio is not None and 0 < int(ratio[2]) >= int(ratio[1]):
        rest = text[ratio.end() :].strip(" (),=")
        share = _number().fullmatch(rest) if rest else None
        if not rest or share is not None:
            first = Value(round(float(ratio[1]) / float(ratio[2]), 6), "ratio")
            return [first, _value(share, alone=False)] if share is not None else [first]
    parts = re.fullmatch(r"(?P<a>[^()\[\]]+?)\s*(?:[(\[](?P<b>[^()\[\]]+)[)\]]|[/,;|]\s*(?P<c>[^()\[\]]+))", text)
    if parts is None:
        return []
    found = [_number().fullmatch(p.strip()) for p in (parts["a"], parts["b"] or parts["c"])]
    if found[0] is None or found[1] is None:
        return []
    values = [_value(f, alone=False) for f in found if f is not None]
    units = [v.unit for v in values]
    if units.count("percent") == 1:  # what the percent is of is a count
        return [Value(v.value, v.unit or "count") for v in values]
    return values if parts["b"] is not None and None in units and len(set(units)) > 1 else []


def _leading(text: str) -> list[Value]:
    """A figure with words after it: "13 (of which 3 moved twice)"; or with a sign before it: "≤ 10%"."""
    if text[0] in _ROUNDED:
        found = _number().fullmatch(text.lstrip(_ROUNDED + "= "))
        # "<5" hides a small figure, "<10%" states a limit
        return [_value(found, alone=False)] if found is not None and (found["tails"] or "") == "%" else []
    found = _number().match(text)
    if found is None or found["open"]:
        return []
    rest = text[max(found.end("digits"), found.end("tails")) :]
    explained = rest.startswith((" (", " There", " there", " of which", " -", ";", ","))
    if not explained or len(rest.split()) > _LONGEST_TAIL or re.match(r"\s*-\s*\d", rest):
        return []
    return [_value(found, alone=False)]


def is_figure(raw: str) -> bool:
    """Whether a cell prints a figure.

    >>> is_figure("1,428"), is_figure("New measure from Sep 16"), is_figure("2016/17")
    (True, False, False)
    """
    return any(v.value is not None for v in _values(raw))
