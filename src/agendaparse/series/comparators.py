"""Whose figure a benchmark is, under one name: "England 23/24" and "England 24/25" are England, "SN" is spelt out."""

from __future__ import annotations

from functools import cache

import pandas as pd

from agendaparse.content.periods import find_period
from agendaparse.content.vocabulary import vocabulary
from agendaparse.series.likeness import folded, one_spelling


def comparator_name(printed: str) -> str:
    """The comparator of a header without its year, by its full name where the vocabulary has it.

    >>> comparator_name("23/24 Stat Neighbours"), comparator_name("Nat."), comparator_name("Core Cities (2022/23)")
    ('Statistical neighbours', 'National', 'Core Cities')
    """
    period = find_period(printed)
    rest = printed.replace(period.label, " ") if period is not None else printed
    name = " ".join(rest.split()).strip(" ()[]-–:;,.")
    return _names().get(folded(name), name or printed)


@cache
def _names() -> dict[str, str]:
    found = vocabulary("comparators")["names"]
    return {form: name for name, forms in found.items() for form in [folded(name), *forms]}


def find_comparators(printed: pd.Series[str]) -> pd.Series[str]:
    """The comparator of each printing; names that differ in punctuation only take the form printed most.

    >>> list(find_comparators(pd.Series(["SN 23/24", None, "Soton", "So'ton", "Soton"], dtype="string")))
    ['Statistical neighbours', <NA>, 'Soton', 'Soton', 'Soton']
    """
    names = {text: comparator_name(text) for text in printed.dropna().unique()}
    return one_spelling(printed.map(names).astype("string"))
