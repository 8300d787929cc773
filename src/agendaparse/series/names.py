"""Printed names made comparable: what is said of the figure, of the period and of the reference is taken away.

The rules are data, in ``data/vocabulary/names.toml``; it says in which order they hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from agendaparse.content.vocabulary import patterns, vocabulary
from agendaparse.series.judgements import folded

Words = tuple[str, ...]
_REMEMBERED = 200_000  # distinct names whose words are kept: more than an archive of ten thousand packs prints
_WORD = re.compile(r"[a-z0-9£]+(?:\+(?!\w))?|[%<>]")
_POSSESSIVE = re.compile(r"(?<=[a-z])'s?(?![a-z])|(?<=\d),(?=\d{3})|\(s\)")
_BRACKET = re.compile(r"\(([^()]+)\)")
_NUMBER = re.compile(r"\d+\+?")
_RUN_TOGETHER = re.compile(r"(\d+)(\+?)([a-z]+)")
_NO_INITIAL = frozenset(("of", "and", "in", "the", "for", "to", "a", "an", "or"))


@lru_cache(maxsize=_REMEMBERED)
def normalised(name: str, unit: str | None) -> str:
    """The words of a printed name that say what is measured, in their order.

    >>> normalised("No. of Looked after Children at end of month", "count"), normalised("CLA", "count")
    ('cla', 'cla')
    """
    rules = _rules()
    dropped = rules.dropped | rules.unit_words.get(unit or "", frozenset())
    return " ".join(_kept(rules.terms.replaced(_said(name, unit)), dropped)) or folded(name)


@lru_cache(maxsize=_REMEMBERED)
def loosened(name: str, unit: str | None) -> str:
    """The words by which a name is looked up in the vocabulary: weak ones away, in the alphabet's order.

    >>> loosened("Number of children who became looked after", "count") == loosened("CLA, new starters", "count")
    True
    """
    rules = _rules()
    words = rules.near_terms.replaced(_said(name, unit))
    dropped = rules.dropped | rules.unit_words.get(unit or "", frozenset())
    strong = [w for w in _kept(words, dropped) if w not in rules.weak]
    return " ".join(sorted(set(strong or _kept(words, dropped)))) or folded(name)


@dataclass(frozen=True)
class _Phrases:
    """Phrases and the words that stand for them; the longest that fits is taken."""

    by_first: Mapping[str, tuple[tuple[Words, Words], ...]]

    def replaced(self, words: Sequence[str]) -> list[str]:
        found: list[str] = []
        at = 0
        while at < len(words):
            for phrase, term in self.by_first.get(words[at], ()):
                if tuple(words[at : at + len(phrase)]) == phrase:
                    found.extend(term)
                    at += len(phrase)
                    break
            else:
                found.append(words[at])
                at += 1
        return found


@dataclass(frozen=True)
class _Rules:
    singular: Mapping[str, str]
    numbers: Mapping[str, str]
    times: tuple[tuple[Words, str], ...]  # words of a time, the longest first, and its sign
    spans: Mapping[str, str]
    articles: frozenset[str]
    dropped: frozenset[str]
    weak: frozenset[str]
    unit_words: Mapping[str, frozenset[str]]
    telling: frozenset[str]  # words that say that something is counted, or people
    clear: frozenset[str]  # terms that mean one thing wherever they stand
    terms: _Phrases
    near_terms: _Phrases


@cache
def _rules() -> _Rules:
    data = vocabulary("names")
    times = [(tuple(text.split()), sign) for sign, texts in data["terms_of_time"].items() for text in texts]
    any_unit = frozenset(data["unit_words"]["any"])
    units = {u: any_unit | frozenset(w) for u, w in data["unit_words"].items() if u != "any"}
    bare = _Rules(
        data["singular"],
        data["numbers"],
        tuple(sorted(times, key=lambda t: -len(t[0]))),
        data["spans"],
        frozenset(data["articles"]),
        frozenset(data["dropped"]["words"]) | any_unit,
        frozenset(data["weak"]["words"]),
        units,
        any_unit.union(*units.values(), data["people"]),
        frozenset(word for term in data["terms"] for word in term.split()),
        _Phrases({}),
        _Phrases({}),
    )
    terms = _phrases(data["terms"].items(), bare)
    near = _phrases([*data["terms"].items(), *data["near_terms"].items()], bare)
    return _Rules(**{**vars(bare), "terms": terms, "near_terms": near})


def _phrases(entries: Iterable[tuple[str, list[str]]], rules: _Rules) -> _Phrases:
    by_first: dict[str, dict[Words, Words]] = {}
    for term, texts in entries:
        for text in texts:
            phrase = tuple(_words(text, rules))
            by_first.setdefault(phrase[0], {}).setdefault(phrase, tuple(term.split()))
    return _Phrases({first: tuple(sorted(p.items(), key=lambda i: -len(i[0]))) for first, p in by_first.items()})


@lru_cache(maxsize=_REMEMBERED)
def _said(name: str, unit: str | None) -> Words:
    return tuple(_words(_bared(name, unit), _rules()))


def _bared(name: str, unit: str | None) -> str:
    """The name without what patterns take away, and without brackets that only say an abbreviation."""
    text = folded(name)
    for pattern in patterns("names"):
        if pattern.name != "per_10000_children" or unit == "rate_per_10000":
            shorter = pattern.compiled.sub(" ", text)
            text = shorter if shorter.strip(" .:;,()-") else text
    return _BRACKET.sub(lambda found: " " if _is_abbreviation(found[1], text[: found.start()]) else found[0], text)


def _is_abbreviation(inside: str, before: str) -> bool:
    """Whether a bracket holds the initials of the words before it, or the words whose initials stand before it.

    >>> _is_abbreviation("sgos", "special guardianship orders "), _is_abbreviation("cwd", "children in need plan ")
    (True, False)
    """
    words = re.findall(r"[a-z]+", before)
    letters = re.sub(r"[^a-z]", "", inside)
    for small in (_NO_INITIAL, frozenset[str]()):
        initials = "".join(w[0] for w in words if w not in small)
        spelled = "".join(w[0] for w in re.findall(r"[a-z]+", inside) if w not in small)
        if " " not in inside.strip() and len(letters) > 1 and initials.endswith((letters, letters.removesuffix("s"))):
            return True
        if words and len(spelled) > 1 and words[-1].removesuffix("s") == spelled:
            return True
    return False


def _words(text: str, rules: _Rules) -> list[str]:
    found = _WORD.findall(_POSSESSIVE.sub("", text.replace("&", " ")))
    words = [rules.numbers.get(w, w) for w in (_singular(w, rules) for w in found) if w not in rules.articles]
    return _with_spans(words, rules)


def _singular(word: str, rules: _Rules) -> str:
    if word in rules.singular:
        return rules.singular[word]
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):  # noqa: PLR2004
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]


def _with_spans(words: Sequence[str], rules: _Rules) -> list[str]:
    """Numbers and their time as one word, "or more" as a plus: 45 working day(s) is 45wd, 3 or more is 3+."""
    found: list[str] = []
    at = 0
    while at < len(words):
        number, sign, used = _span(words, at, rules)
        if used and words[at + used : at + used + 2] in (["or", "more"], ["or", "over"], ["or", "longer"]):
            number, used = number.removesuffix("+") + "+", used + 2
        if used and not sign:
            sign, more = _time(words, at + used, rules)
            used += more
        word = number.removesuffix("+") + sign + "+" * number.endswith("+") if used else words[at]
        found.append(rules.spans.get(word, word))
        at += used or 1
    return found


def _span(words: Sequence[str], at: int, rules: _Rules) -> tuple[str, str, int]:
    """The number that stands at a place, the sign of its time, and how many words they take."""
    if not words[at][0].isdigit():
        return "", "", 0
    together = _RUN_TOGETHER.fullmatch(words[at])
    if together:
        sign, used = _time((together[3],), 0, rules)
        return (together[1] + together[2], sign, 1) if used else ("", "", 0)
    if not _NUMBER.fullmatch(words[at]):
        return "", "", 0
    sign, used = _time(words, at + 1, rules)
    return words[at], sign, 1 + used


def _time(words: Sequence[str], at: int, rules: _Rules) -> tuple[str, int]:
    for text, sign in rules.times:
        if tuple(words[at : at + len(text)]) == text:
            return sign, len(text)
    return "", 0


def _kept(words: Sequence[str], dropped: frozenset[str]) -> list[str]:
    """The words that count, none twice in a row; all of them where none would be left."""
    kept = [w for w in words if w not in dropped] or list(words)
    return [w for i, w in enumerate(kept) if i == 0 or w != kept[i - 1]]


@lru_cache(maxsize=_REMEMBERED)
def speaks(name: str) -> bool:
    """Whether a name says that it counts something or whom; a bare row label ("In custody") leaves it to its table.

    >>> speaks("Number in custody"), speaks("Young people in custody"), speaks("In custody")
    (True, True, False)
    """
    rules = _rules()
    return not rules.telling.isdisjoint(_words(folded(name), rules))


@lru_cache(maxsize=_REMEMBERED)
def is_label(name: str, unit: str | None) -> bool:
    """Whether a name is one bare word or term, of which only its table can say what it counts.

    >>> is_label("In custody", "count"), is_label("UASC", "count"), is_label("Number of UASC", "count")
    (True, True, False)
    """
    return " " not in loosened(name, unit) and not speaks(name)


def is_clear(words: str) -> bool:
    """Whether normalised words are one term that means the same wherever it stands: "cla", not "custody".

    >>> is_clear("cla"), is_clear("custody")
    (True, False)
    """
    return words in _rules().clear


@lru_cache(maxsize=_REMEMBERED)
def service_of(text: str) -> str | None:
    """The service that the words of an indicator's or a committee's name speak of; None for none or several.

    >>> service_of("Children and Families Scrutiny Panel"), service_of("Vacancy rate")
    ('children', None)
    """
    rules = _rules()
    words = set(rules.near_terms.replaced(_words(folded(text), rules)))
    said = [service for service, listed in vocabulary("names")["services"].items() if words & set(listed)]
    return said[0] if len(said) == 1 else None
