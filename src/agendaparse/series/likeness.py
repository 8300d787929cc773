"""Texts by their words: what makes no difference is folded away, and how alike two are is a number."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

import pandas as pd

from agendaparse.content.vocabulary import word_list

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NOT_WORDS = re.compile(r"[^\w\s]+|_")
_BETWEEN = re.compile(r"[\s/&\-–—]+")
# From this many words on, a text that lies within another is alike to it: one point of a resolution of several.
_ENOUGH = 5
_WITHIN = 0.95


def folded(name: str) -> str:
    """A name by its letters alone: case, punctuation and white space make no difference.

    >>> folded("So'ton"), folded("Bench-marking  Group")
    ('soton', 'bench marking group')
    """
    return " ".join(_NOT_WORDS.sub("", _BETWEEN.sub(" ", name.casefold())).split())


def one_spelling(printed: pd.Series[str]) -> pd.Series[str]:
    """Texts that differ in case, punctuation and spaces only, in the spelling that is printed most.

    >>> list(one_spelling(pd.Series(["Soton", "So'ton", None, "Soton"], dtype="string")))
    ['Soton', 'Soton', <NA>, 'Soton']
    """
    counts = printed.value_counts()
    table = pd.DataFrame({"text": counts.index.astype("object"), "n": counts.to_numpy()})
    table["fold"] = [folded(text) or text for text in table["text"]]
    table = table.sort_values(["n", "text"], ascending=[False, True])
    shown = dict(zip(table["text"], table.groupby("fold")["text"].transform("first"), strict=True))
    return printed.map(shown).astype("string")


@lru_cache(maxsize=65_536)
def words(text: str) -> Counter[str]:
    """The telling words of a text, each with how often it stands there.

    >>> sorted(words("That the report be noted, and the Report published"))
    ['noted', 'published', 'report']
    """
    empty = word_list("threads", "empty")
    return Counter(w for w in _WORD.findall(text.casefold().replace("’", "'")) if w not in empty)


def likeness(a: str, b: str) -> float:
    """0 for texts without a word in common, 1 for the same words; nearly 1 for a long text that lies within another.

    >>> likeness("That the report be noted", "the report is noted"), likeness("report noted", "minutes noted")
    (1.0, 0.5)
    """
    first, second = words(a), words(b)
    sizes = first.total(), second.total()
    if not all(sizes):
        return 0.0
    common = (first & second).total()
    within = _WITHIN * common / min(sizes) if min(sizes) >= _ENOUGH else 0.0
    return max(2.0 * common / sum(sizes), within)
