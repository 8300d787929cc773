"""Which printing stands, and what contradicts it."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agendaparse.series.revisions import Printing, agree, half_step, judge


def printing(row, day, value, *, raw=None, table=None, reliability=1.0):
    return Printing(row, day, table or f"t{row}", value, half_step(raw or f"{value:g}", value), reliability)


@pytest.mark.parametrize(
    ("raw", "value", "half"),
    [
        ("26%", 26.0, 0.5),
        ("26.0%", 26.0, 0.05),
        ("1,204", 1204.0, 0.5),
        ("£1.25m", 1_250_000.0, 5_000.0),
        ("(64.61)", -64.61, 0.005),
        ("196 (87%)", 196.0, 0.5),
        ("196 (87.5%)", 87.5, 0.05),
        ("0", 0.0, 0.5),
        ("0.00", 0.0, 0.005),
        (".75", 0.75, 0.005),
        ("26", 62.0, 62e-6),  # corrected: the print says nothing of it
    ],
)
def test_how_precise_a_print_is(raw, value, half):
    assert half_step(raw, value) == pytest.approx(half)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [("26", "26.3", True), ("26", "27", False), ("26.0", "26.3", False), ("26", "26.6", False), ("17", "16.9", True),
     ("488", "489", False), ("26", "26.5", True), ("0.1", "0.2", False)],
)  # fmt: skip
def test_rounding_is_no_contradiction(a, b, same):
    first, second = (printing(i, 0, float(raw), raw=raw) for i, raw in enumerate((a, b)))
    assert agree(first, second) == agree(second, first) == same


def test_the_last_published_stands_and_the_change_is_on_record():
    verdict = judge([printing(0, 1, 248.0), printing(1, 2, 248.0), printing(2, 3, 251.0), printing(3, 4, 251.0)])
    assert (verdict.stands, verdict.status) == (3, "restated")
    assert verdict.revisions == [("restated", 2, 1)]


def test_on_one_day_the_better_supported_stands():
    verdict = judge([printing(0, 1, 488.0), printing(1, 1, 489.0), printing(2, 1, 489.0)])
    assert (verdict.stands, verdict.status) == (1, "conflicting")
    assert verdict.revisions == [("conflicting", 1, 0)]


def test_a_day_that_still_prints_the_old_value_conflicts_and_does_not_restate():
    verdict = judge([printing(0, 1, 488.0), printing(1, 2, 488.0), printing(2, 2, 489.0), printing(3, 2, 489.0)])
    assert verdict.revisions == [("conflicting", 2, 1)]
    after = judge([*[printing(0, 1, 488.0), printing(1, 2, 488.0), printing(2, 2, 489.0), printing(3, 2, 489.0)],
                   printing(4, 3, 488.0)])  # fmt: skip
    assert ("restated", 4, 2) in after.revisions


def test_two_rows_of_one_table_are_doubtful():
    verdict = judge([printing(0, 1, 12.0, table="a"), printing(1, 1, 15.0, table="a")])
    assert (verdict.status, [k for k, _, _ in verdict.revisions]) == ("doubtful", ["doubtful"])


def test_three_values_far_apart_are_of_several_things_and_three_near_ones_conflict():
    kinds = [
        {kind for kind, _, _ in judge([printing(i, 1, v) for i, v in enumerate(values)]).revisions}
        for values in ((16.0, 304.0, 1149.0), (475.0, 476.0, 477.0), (26.0, 62.0))
    ]
    assert kinds == [{"doubtful"}, {"conflicting"}, {"conflicting"}]


def test_what_is_not_sure_never_stands_beside_what_is():
    verdict = judge([printing(0, 1, 12.0), printing(1, 2, 72.0, reliability=0.3)])
    assert (verdict.stands, verdict.status) == (0, "doubtful")
    assert verdict.revisions == [("doubtful", 0, 1)]
    alone = judge([printing(0, 1, 12.0, reliability=0.3)])
    assert (alone.stands, alone.status, alone.revisions) == (0, "doubtful", [])


def test_rounding_does_not_hide_a_restatement():
    # 26 agrees with 26.3 and with 25.8, but these two contradict each other
    verdict = judge([printing(0, 1, 26.3), printing(1, 2, 26.0, raw="26"), printing(2, 3, 25.8)])
    assert verdict.revisions == [("restated", 2, 1)]


PRINTINGS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(["26", "27", "26.3", "25.8"]), st.booleans()), min_size=1, max_size=9
)


@given(PRINTINGS)
@example([(0, "25.8", False), (1, "26", False), (2, "26.3", False)])
def test_every_verdict_is_consistent(given_):
    found = [
        printing(i, day, float(raw), raw=raw, reliability=1.0 if sure else 0.2)
        for i, (day, raw, sure) in enumerate(sorted(given_, key=lambda g: g[0]))
    ]
    verdict = judge(found)
    sure = [p for p in found if p.reliability == 1.0] or found
    assert found[verdict.stands] in sure
    assert found[verdict.stands].day == max(p.day for p in sure)
    for kind, row, other in verdict.revisions:
        assert kind in ("restated", "conflicting", "doubtful")
        # 26.3, 26, 25.8: by what stood before, which is doubtful among printings of which none is sure
        by_before = "restated" if found[row].reliability == 1.0 else "doubtful"
        assert not agree(found[row], found[other]) or kind == by_before
    if all(agree(a, b) for a in found for b in found):
        assert not verdict.revisions
    if verdict.status in ("sole", "agreed"):
        assert not verdict.revisions


@given(PRINTINGS, st.randoms(use_true_random=False))
def test_within_a_day_the_value_does_not_depend_on_the_order(given_, rng: random.Random):
    raws = [raw for _, raw, _ in given_]
    shuffled = rng.sample(raws, len(raws))
    one, two = ([printing(i, 0, float(r), raw=r) for i, r in enumerate(order)] for order in (raws, shuffled))
    support = lambda found, p: sum(agree(p, q) for q in found)  # noqa: E731
    a, b = one[judge(one).stands], two[judge(two).stands]
    assert support(one, a) == support(two, b)
    assert a.half == b.half
    assert judge(one).status == judge(two).status
