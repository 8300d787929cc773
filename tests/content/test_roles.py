"""What columns hold, seen with those beside them."""

from __future__ import annotations

import pytest

from agendaparse.content.headers import parse_headers, settle
from agendaparse.content.periods import Setting
from agendaparse.content.roles import _of_places


@pytest.mark.parametrize(("council", "role"), [("Harrowmere Council", "actual"), ("Saltwick Council", "benchmark")])
def test_our_own_name_over_one_of_several_times_is_ours_and_another_s_is_not(council, role):
    heads = [["Measure"], ["2022"], ["Harrowmere", "2023"], ["2024"], ["England", "2024"]]
    columns = settle(_of_places(parse_headers(heads), council), Setting())
    assert [c.role for c in columns if c is not None][1:] == ["actual", role, "actual", "benchmark"]
