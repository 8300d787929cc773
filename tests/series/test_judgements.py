"""Judgements: read, checked both ways, closed over chains; every contradiction names its lines."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendaparse.errors import JudgementError
from agendaparse.series.judgements import Judgement, barred_pairs, check_judgements, read_judgements, same_groups

HEADER = "name_a,name_b,unit,judgement,by,why,date\n"


def written(tmp_path, text):
    path = tmp_path / "judgements.csv"
    path.write_text(text, "utf-8")
    return path


def test_a_file_is_read(tmp_path):
    path = written(
        tmp_path,
        HEADER + '"Plans, open",Open plans,count,Same,A. Reader,"one definition, two titles",2024-02-01\n'
        "Open plans,New plans,,not the same,A. Reader,,\nOpen plans,Plans,,unsure,,,\n",
    )
    first, second, third = read_judgements(path)
    assert first == Judgement(
        "Plans, open", "Open plans", "count", "same", "A. Reader", "one definition, two titles", date(2024, 2, 1), 2
    )
    assert (second.unit, second.judgement, second.date, second.line) == (None, "not same", None, 3)
    assert third.judgement == "unsure"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name_a,unit,judgement\n", "no column name_b"),
        (HEADER + "a,b,,perhaps,,,\n", "line 2: two names and one of same"),
        (HEADER + "a,,,same,,,\n", "line 2: two names"),
        (HEADER + "a,b,,same,,,1 May\n", "line 2: '1 May' is no date"),
        (
            HEADER + "a,b,,same,,,\nb,a,count,not same,,,\n",
            "line 3 says that 'b' and 'a' are not the same, line 2 that",
        ),
        (HEADER + "A,c,,not same,,,\na,b,,same,,,\nB,C,,same,,,\n", "line 2 says .* line 3 and line 4 that they are"),
        (HEADER + "A,a.,,not same,,,\n", "line 2 says .* their spelling that they are"),
    ],
)
def test_what_cannot_be_used_is_an_error_that_says_where(tmp_path, text, said):
    with pytest.raises(JudgementError, match=said):
        read_judgements(written(tmp_path, text))


def test_no_file_is_an_error(tmp_path):
    with pytest.raises(JudgementError, match="cannot be read"):
        read_judgements(tmp_path / "none.csv")


def test_what_is_said_of_one_unit_holds_for_no_other():
    said = [Judgement("a", "b", "count", "same"), Judgement("a", "b", "percent", "not same")]
    check_judgements(said)
    assert same_groups(said, "count") == {"a": "a", "b": "a"}
    assert same_groups(said, "percent") == {}
    assert barred_pairs(said, "percent") == {frozenset("ab")}


JUDGEMENTS = st.lists(
    st.builds(
        Judgement,
        st.sampled_from("abcdef"),
        st.sampled_from("abcdef"),
        st.sampled_from([None, "count", "percent"]),
        st.sampled_from(["same", "not same", "unsure"]),
    ),
    max_size=8,
)


def closed(judgements, unit):
    """All pairs that are the same, by going over them until nothing is new."""
    pairs = {(j.name_a, j.name_b) for j in judgements if j.judgement == "same" and j.unit in (None, unit)}
    pairs |= {(b, a) for a, b in pairs}
    while True:
        more = pairs | {(a, d) for (a, b), (c, d) in itertools.product(pairs, pairs) if b == c}
        if more == pairs:
            return pairs
        pairs = more


@given(JUDGEMENTS, st.randoms())
def test_groups_and_contradictions_are_those_of_the_closure_in_any_order(judgements, random):
    shuffled = random.sample(judgements, len(judgements))
    wrong = False
    for unit in (None, "count", "percent"):
        same = closed(judgements, unit)
        groups = same_groups(judgements, unit)
        assert groups == same_groups(shuffled, unit)
        assert {(a, b) for a in groups for b in groups if groups[a] == groups[b]} == same
        barred = [j for j in judgements if j.judgement == "not same" and j.unit in (None, unit)]
        used = unit in {j.unit for j in judgements}
        wrong |= used and any(j.name_a == j.name_b or (j.name_a, j.name_b) in same for j in barred)
    if wrong:
        with pytest.raises(JudgementError):
            check_judgements(shuffled)
    else:
        check_judgements(shuffled)
