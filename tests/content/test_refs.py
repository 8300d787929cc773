"""References apart from names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendaparse.content.refs import is_ref, split_refs
from agendaparse.content.vocabulary import patterns
from tests.places import cases


@pytest.mark.parametrize("case", cases("refs"), ids=lambda c: c["printed"])
def test_a_reference_is_parted_from_its_name(case):
    assert split_refs([case["printed"]] * 2)[0] == (case["ref"] or None, case["name"])
    if case["ref"]:
        assert is_ref(case["ref"])


def test_one_code_among_many_names_is_no_reference():
    names = ["Referrals", "A1 roads mended", "Contacts"]
    assert split_refs(names) == [(None, n) for n in names]
    assert split_refs(["A1 Roads mended"]) == [(None, "A1 Roads mended")]
    assert split_refs(["CS12 Roads mended"]) == [("CS12", "Roads mended")]


@pytest.mark.parametrize("pattern", patterns("refs"), ids=lambda p: p.name)
def test_patterns_fit_their_examples(pattern):
    assert pattern.examples
    assert all(is_ref(example) for example in pattern.examples)


@pytest.mark.parametrize("text", ["Referrals", "2023/24", "16-17", "85%", "1,428", "Dec-24", "Q1", "", "A"])
def test_what_is_no_reference(text):
    assert not is_ref(text)


@given(st.lists(st.text(max_size=30), min_size=1, max_size=4))
def test_any_names_are_read_without_an_error(names):
    assert len(split_refs(names)) == len(names)
