"""Clusters are those of a naive reading of the rules, whatever the order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agendaparse.series.clusters import Evidence, clustered

SIZE = 7
KEYS = st.lists(st.sampled_from([None, "a", "b", "c"]), min_size=SIZE, max_size=SIZE)
PAIRS = st.frozensets(st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)), max_size=4)
FIRM = st.frozensets(st.integers(0, SIZE - 1), max_size=2)
STRENGTHS = st.lists(st.builds(Evidence, KEYS, PAIRS, FIRM), max_size=3)


def closed(groups, keys, alone):
    """Join groups that share a key, two by two, until none is left to join."""
    groups = [set(g) for g in groups]
    again = True
    while again:
        again = False
        for a in groups:
            for b in groups:
                shared = {keys[i] for i in a} & {keys[i] for i in b} - {None}
                if a is not b and shared and not any(g <= a or g <= b for g in alone):
                    groups = [g for g in groups if g is not a and g is not b] + [a | b]
                    again = True
                    break
            if again:
                break
    return groups


def oracle(strengths):
    groups = [{i} for i in range(SIZE)]
    for evidence in strengths:
        alone = []
        for whole in closed(groups, evidence.keys, []):
            parts = [g for g in groups if g <= whole]
            for a, b in evidence.barred:
                (pa,), (pb,) = [p for p in groups if a in p], [p for p in groups if b in p]
                if pa is not pb and pa in parts and pb in parts:
                    loose = [p for p in (pa, pb) if not p & evidence.firm]
                    alone += loose or [pa, pb]
        groups = closed(groups, evidence.keys, alone)
    return {frozenset(g) for g in groups}


def as_sets(labels, names):
    return {frozenset(n for n, root in zip(names, labels, strict=True) if root == r) for r in labels}


@given(STRENGTHS)
def test_clusters_are_the_oracles(strengths):
    assert as_sets(clustered(SIZE, strengths), range(SIZE)) == oracle(strengths)


@given(STRENGTHS, st.permutations(range(SIZE)))
def test_the_order_of_things_does_not_matter(strengths, order):
    place = {old: new for new, old in enumerate(order)}
    moved = [
        Evidence(
            [e.keys[old] for old in order],
            frozenset((place[a], place[b]) for a, b in e.barred),
            frozenset(place[i] for i in e.firm),
        )
        for e in strengths
    ]
    assert as_sets(clustered(SIZE, strengths), range(SIZE)) == as_sets(clustered(SIZE, moved), order)


def test_who_may_be_either_of_two_is_neither():
    """B has the key of A and of C, and A is not C: three clusters."""
    assert clustered(3, [Evidence(["k", "k", "k"], frozenset({(0, 2)}))]) == [0, 1, 2]


def test_what_stands_alone_does_not_part_the_others():
    assert clustered(4, [Evidence(["k", "k", "k", "k"], frozenset({(0, 2)}))]) == [0, 1, 2, 1]


def test_a_bridge_that_stands_alone_joins_nobody():
    strengths = [Evidence(["b", None, "b", None, None]), Evidence(["x", "x", "y", "y", "x"], frozenset({(0, 4)}))]
    assert clustered(5, strengths) == [0, 1, 0, 3, 4]


def test_who_is_firm_stays_and_keeps_the_others():
    assert clustered(4, [Evidence(["k", "k", "k", "k"], frozenset({(0, 2)}), frozenset({0}))]) == [0, 0, 2, 0]
