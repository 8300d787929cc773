"""Labels compared: case, plurals, "(s)", signs and spaces do not count; what is behind a label is none of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendaparse.content.labels import Labels, label_key
from agendaparse.profile import general_profile
from tests.content.test_agenda import lines

LABELS = Labels(general_profile().fields)


@pytest.mark.parametrize(
    ("printed", "also"),
    [
        ("WARD(S) AFFECTED:", "wards affected"),
        ("Is this a Key Decision?", "is this a key decision"),
        ("R E C O M M E N D A T I O N S", "Recommendation"),
        ("Members’ Rooms", "members rooms"),
        ("Report Author(s):", "REPORT AUTHORS"),
    ],
)
def test_labels_that_are_one(printed, also):
    assert label_key(printed) == label_key(also)


@pytest.mark.parametrize(
    ("printed", "meaning", "words"),
    [
        ("Report to: Harbour Board", "decision_maker", 2),
        ("Report Title Lamps on the pier", "subject", 2),
        ("Ward(s): All", "wards_affected", 1),
        ("Key decision: No", "key_decision", 2),
        ("Will the decision be open for call in? ☐ Yes", "other", 8),
        ("The pier was closed in March", None, 0),
        ("Purposeful work", None, 0),
    ],
)
def test_the_longest_label_at_the_head_of_a_line(printed, meaning, words):
    found = LABELS.find(lines((60, 100, printed))[0][1].words)
    assert found == ((meaning, words) if meaning else None)


def test_a_label_holds_no_colon():
    assert LABELS.whole("Key decision: No") is None
    assert LABELS.whole("Key decision:") == "key_decision"


KNOWN = sorted(label for labels in general_profile().fields.values() for label in labels)


@given(
    st.sampled_from(KNOWN), st.sampled_from([str.upper, str.title, str.lower]), st.sampled_from(["", ":", " :", " - "])
)
def test_every_label_is_found_however_it_is_printed(label, case, end):
    meaning = LABELS.whole(label)
    assert meaning is not None
    assert LABELS.whole(case(label).replace("'S", "'s") + end) == meaning


@given(st.text(max_size=40))
def test_a_key_stays_as_it_is(text):
    once = label_key(text)
    assert label_key(once.upper()) in {once, label_key(once)}
