"""Which texts may be alike is found by rare words: none is lost, and few are looked at."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from agendaparse.series.entries import Entry
from agendaparse.series.likeness import words
from agendaparse.series.near_words import ByWords
from agendaparse.series.threads import ALIKE_UNDATED, Index, alikeness

TEXTS = st.lists(
    st.sampled_from(["pier", "gulls", "boats", "nets", "ferry", "lamp", "minutes", "noted", "signed", "chair"]),
    max_size=9,
).map(" ".join)


@settings(max_examples=200)
@given(st.lists(TEXTS, max_size=8), TEXTS, st.sampled_from([0.3, 0.55, 0.8, 1.0]))
def test_no_text_with_enough_in_common_is_missed(texts, text, share):
    found = ByWords(dict(enumerate(texts)), share).near(text)
    own = words(text)
    for at, other in enumerate(words(t) for t in texts):
        common, least = (own & other).total(), share * min(own.total(), other.total())
        assert at in found or common == 0 or common < least


def entry(kind, text, on=None, title="", number=None):
    date = None if on is None else pd.Timestamp("2015-01-01") + pd.Timedelta(days=on)
    return Entry(kind, f"p{on}", "Harrow", "", date, None, title, number, text, None, date, 1)


@settings(max_examples=100)
@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=8), TEXTS, TEXTS, st.sampled_from([None, "1."]))
def test_an_entry_without_a_date_meets_all_that_it_met_when_it_was_compared_with_every_one(raised, text, title, number):
    heads = [entry("resolution", t, on=30 * n, title=h, number=f"{n + 1}.") for n, (t, h) in enumerate(raised)]
    asked = entry("action", text, title=title, number=number)
    scores = {at: alikeness(asked, head) for at, head in enumerate(heads)}
    assert dict(Index([[h] for h in heads]).alike(asked)) == {a: s for a, s in scores.items() if s >= ALIKE_UNDATED}


def compared(n: int, monkeypatch) -> int:
    """How many pairs are compared for n resolutions and as many lines of a log without dates."""
    seen: list[object] = []
    monkeypatch.setattr("agendaparse.series.threads.alikeness", lambda a, b: seen.append(a) or alikeness(a, b))
    texts = [f"That the Director writes to resident{k} of street{k // 3} about the matter raised" for k in range(n)]
    index = Index([[entry("resolution", text, on=k)] for k, text in enumerate(texts)])
    assert all(index.likest(entry("action", text)) == k for k, text in enumerate(texts))
    return len(seen)


def test_four_times_as_many_resolutions_are_not_sixteen_times_as_much_to_compare(monkeypatch):
    few, many = compared(150, monkeypatch), compared(600, monkeypatch)
    assert few >= 150
    assert many < 5 * few
