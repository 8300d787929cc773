"""Places and committees in the sentences that call a meeting."""

from __future__ import annotations

import pytest

from agendaparse.content.front_sheet import _called_to
from agendaparse.profile import general_profile


@pytest.mark.parametrize(
    ("said", "place"),
    [
        (
            "The Council held their meeting at 7.30pm on the 9th May 2024 at the Old School, Fenside.",
            "Old School, Fenside",
        ),
        ("MINUTES OF A MEETING HELD ON 13TH MAY 2024 AT 19.00 IN FENSIDE SCHOOL", "Fenside School"),
        (
            "It was held on May 6, 2024 at 6 p.m. The meeting was held in person at the Quay Hall, and livestreamed.",
            "Quay Hall",
        ),
        ("Cynhaliwyd cyfarfod y Cyngor am 7.30pm ar y 9fed Mai 2024 yn yr Hen Ysgol, Fenside.", "Hen Ysgol, Fenside"),
        ("The meeting held on 9 May 2024 was quorate", None),
    ],
)
def test_where_minutes_say_that_a_meeting_was_held(said, place):
    assert _called_to(said, strict=True) == place


@pytest.mark.parametrize(
    ("said", "committee"),
    [
        ("A meeting of the Committee will be held at Tidal House", None),
        ("Minutes of the Annual General Meeting of the above Council held in Tidal House", None),
        ("A meeting of the Harbour Committee will be held at Tidal House", "Harbour Committee"),
        ("Minutes of a meeting of the Cabinet held in Tidal House", "Cabinet"),
    ],
)
def test_the_committee_that_a_sentence_names(said, committee):
    match = general_profile().pattern("meeting.committee_sentence").match(said)
    assert (match["value"] if match is not None else None) == committee
