"""The vocabulary files: words and patterns of print that no council has to itself."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from agendaparse.content.dates import months
from agendaparse.profile import Pattern, compile_pattern

REMEMBERED = 8192  # texts whose meaning is kept: a table's headers and cells are looked at by several readers


@cache
def vocabulary(name: str) -> dict[str, Any]:
    """One file of ``data/vocabulary`` as it stands, by its name without ``.toml``.

    >>> sorted(vocabulary("dates"))
    ['months']
    """
    file = resources.files("agendaparse.data").joinpath(f"vocabulary/{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def patterns(name: str) -> tuple[Pattern, ...]:
    """The patterns of a file, in its order, each with its examples.

    >>> patterns("periods")[0].name
    'days_of_two_dates'
    """
    raw = vocabulary(name)
    words = {"months": sorted(months(), key=len, reverse=True), **raw.get("words", {})}
    spelt = (_spelt_out(entry, raw.get("parts", {}), words) for entry in raw["pattern"])
    return tuple(compile_pattern(entry, words, name) for entry in spelt)


def _spelt_out(entry: dict[str, Any], parts: dict[str, str], words: dict[str, list[str]]) -> dict[str, Any]:
    """A pattern with the parts in it that it names, {month}, {year}, and what it needs in words."""
    text = entry["regex"]
    for name, part in parts.items():
        text = text.replace("{" + name + "}", part)
    lists = {rf"\L<{name}>": listed for name, listed in words.items()}
    needs = [word for need in entry.get("needs", ()) for word in lists.get(need, [need])]
    # "september" stands in no text in which "sep" does not
    shortest = [w for w in needs if not any(other != w and other in w for other in needs)]
    return {**entry, "regex": text, "needs": shortest}


@cache
def word_list(name: str, *path: str) -> frozenset[str]:
    """A list of words in a file, lower case.

    >>> "ytd" in word_list("periods", "year_words", "to_date")
    True
    """
    found: Any = vocabulary(name)
    for key in path:
        found = found[key]
    return frozenset(w.casefold() for w in found)


@cache
def mark_words(kind: str) -> dict[str, str]:
    """Words and signs of a kind of mark, lower case, and what each stands for: "on target" -> green.

    >>> mark_words("rag")["on target"], mark_words("direction")["▲"]
    ('green', 'up')
    """
    return {w.casefold(): name for name, words in vocabulary("marks")[kind].items() for w in words}
