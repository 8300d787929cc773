"""Names as front sheets list them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendaparse.content.name_lists import names_several, split_names
from agendaparse.profile import general_profile


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        (
            "Mr P Askew (Chairman), Mrs D Finch (Vice-Chairman) and Ms R Thirl",
            ["Mr P Askew (Chairman)", "Mrs D Finch (Vice-Chairman)", "Ms R Thirl"],
        ),
        (
            "Councillor Una Prowse (Chair), Councillor Jonas King. Canon Andrew Reid",
            ["Councillor Una Prowse (Chair)", "Councillor Jonas King", "Canon Andrew Reid"],
        ),
        ("Mr G W Sell, MBE and Dr J Pask", ["Mr G W Sell, MBE", "Dr J Pask"]),
        ("Cllr. Barbara Wick (Chair) Cllr. Ted Soham", ["Cllr. Barbara Wick (Chair)", "Cllr. Ted Soham"]),
        ("Cllr T Clegg Cllr F Dawood", ["Cllr T Clegg", "Cllr F Dawood"]),
        ("Councillor Una Prowse", ["Councillor Una Prowse"]),
    ],
)
def test_lists_of_names(printed, names):
    assert split_names(printed) == names
    assert names_several(printed) is (len(names) > 1)


@pytest.mark.parametrize(
    "printed", ["Ruth Fenn, Diocesan representative", "Jo Marsh - Healthwatch", "Councillor Ashdown (Chair)"]
)
def test_one_person_with_a_title_is_no_list(printed):
    assert not names_several(printed)


SURNAMES = st.sampled_from(["Askew", "Brigg", "Dearne-Holt", "O'Neill", "van Loon", "Malik", "Thorpe"])


@given(st.lists(st.tuples(st.sampled_from("ABCDEFGH"), SURNAMES), min_size=2, max_size=9))
def test_a_list_is_read_as_it_was_written(people):
    names = [f"{initial} {surname}" for initial, surname in people]
    printed = "Councillors " + ", ".join(names[:-1]) + " and " + names[-1]
    assert split_names(printed.removeprefix("Councillors ")) == names
    assert names_several(printed)


@pytest.mark.parametrize(
    "heading",
    [
        "Membership (9)",
        "MEMBERSHIP OF THE HARBOUR COMMITTEE",
        "To: Members of the Harbour Board",
        "Members of the Group",
    ],
)
def test_headings_of_members(heading):
    assert general_profile().pattern("member.heading").match(heading) is not None
