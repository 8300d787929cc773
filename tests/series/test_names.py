"""Names: the rules of names.toml, each with its examples; what is equal, and what never is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendaparse.content.text import plain
from agendaparse.content.vocabulary import patterns, vocabulary
from agendaparse.series.names import loosened, normalised, service_of, speaks

DATA = vocabulary("names")


@pytest.mark.parametrize("printed", DATA["examples"])
def test_every_example_is_normalised_as_it_says(printed):
    name, unit = printed.rsplit("|", 1)
    assert normalised(name, unit) == DATA["examples"][printed]


@pytest.mark.parametrize("pattern", patterns("names"), ids=lambda p: p.name)
def test_every_pattern_takes_away_its_examples_and_no_others(pattern):
    assert pattern.seen_in.strip()
    for example, groups in pattern.examples.items():
        assert pattern.match(example) == groups
    for other in patterns("names"):
        if other is not pattern:
            assert not [e for e in other.examples if pattern.match(e) is not None], other.name


def test_no_phrase_stands_for_two_terms():
    for group in ("terms", "near_terms"):
        phrases = [phrase for texts in DATA[group].values() for phrase in texts]
        assert len(phrases) == len(set(phrases)), sorted({p for p in phrases if phrases.count(p) > 1})
    words = [word for listed in DATA["services"].values() for word in listed]
    assert len(words) == len(set(words))


SAME = [
    ("Number of CLA", "No. of looked after children", "count"),
    ("Number of children looked after at month end", "Children in care (snapshot)", "count"),
    ("Section 47 (S47) enquiries started", "Number of S47 enquiries started", "count"),
    ("% of EHCPs issued within 20 weeks", "Percentage of EHC plans issued within twenty weeks", "percent"),
    ("Fly-tips cleared within 2 working days", "Number of fly tips cleared within two working days in month", "count"),
    ("Special Guardianship Orders (SGOs) granted", "SGOs granted", "count"),
    ("HR 12: Days lost to sickness per employee", "Days lost to sickness per employee*", "average"),
    ("Rate of ICPCs per 10,000 children aged 0-17", "ICPC rate (per 10,000 under 18 population)", "rate_per_10000"),
    ("NI 157a Major applications in time (bigger is better)", "Major applications in time", "percent"),
]


@pytest.mark.parametrize(("a", "b", "unit"), SAME)
def test_names_that_are_the_same(a, b, unit):
    assert normalised(a, unit) == normalised(b, unit)


UNLIKE = [
    ("Visits within 4 weeks", "Visits within 10 working days", "percent"),
    ("Second plans", "Second plans within 2 years", "percent"),
    ("Child in need plans (CWD)", "Child in need plans (not CWD)", "count"),
    ("S47 enquiries started", "S47 enquiries completed", "count"),
    ("New CLA", "Ceased CLA", "count"),
    ("S47 enquiries", "S20 agreements", "count"),
    ("Assessments within 10 days", "Assessments within 11-25 days", "percent"),
    ("Deaths per 1,000", "Deaths per 100,000", "count"),
    ("Adoptions in month", "Adoptions year to date", "count"),
    ("3 or more placements", "3 placements", "count"),
    ("Referrals", "Re-referrals", "count"),
    ("Cases over 2 years", "Cases over 2 weeks", "count"),
    ("Absence, primary schools", "Absence, secondary schools", "percent"),
    ("KS2 pupils", "KS4 pupils", "count"),
]


@pytest.mark.parametrize(("a", "b", "unit"), UNLIKE)
def test_names_that_are_not_the_same(a, b, unit):
    assert normalised(a, unit) != normalised(b, unit)
    assert loosened(a, unit) != loosened(b, unit)


def test_a_unit_is_taken_away_only_if_it_is_the_figures_own():
    assert normalised("Rate of referrals per 1,000 adults", "count") != normalised("Number of referrals", "count")
    assert normalised("Referrals per 10,000 children", "count") != normalised("Referrals", "count")


def test_the_order_of_words_counts_between_names_but_not_to_the_vocabulary():
    a, b = "Plans for children looked after", "Children looked after, plans"
    assert normalised(a, "count") != normalised(b, "count")
    assert loosened(a, "count") == loosened(b, "count")


@pytest.mark.parametrize("name", ["-", "£", "%", "Number", "Number of", "Total", "(a)", "12", "…"])
def test_something_always_remains_to_compare(name):
    assert normalised(name, "count")
    assert loosened(name, "count")


@given(st.text(max_size=60), st.sampled_from([None, "count", "percent", "rate_per_10000"]))
def test_any_text_is_normalised_and_the_case_does_not_matter(name, unit):
    assert normalised(name, unit) == normalised(name.casefold(), unit)
    told = plain(name)  # "0 0 0" reads as one word set wide, "0 0 0." does not
    assert loosened(told, unit) == loosened(f"  {told}. ", unit)


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("Children and Families Scrutiny Panel", "children"),
        ("Housing Overview Committee", "housing"),
        ("Housing and Environment Committee", None),
        ("Cabinet", None),
        ("Corporate Parenting Board", "children"),
        ("Rent arrears of current tenants", "housing"),
        ("Percentage of CLA with a PEP", "children"),
    ],
)
def test_whose_figures_they_are(text, service):
    assert service_of(text) == service


def test_bare_labels_do_not_speak():
    assert not speaks("Residential")
    assert speaks("Children in residential care")
    assert speaks("Residential (%)")
