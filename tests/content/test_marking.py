"""What colours, words and signs say: red, amber, green; up, down, flat."""

from __future__ import annotations

import pytest

import agendaparse as ap
from agendaparse.content.marking import color_name, inside, is_blue, named_rag, said_rag, signs_of_color
from agendaparse.layout.marks import Fills, Mark
from agendaparse.layout.objects import Shape
from agendaparse.records import Box
from tests.places import FIXTURES

COLORS = {
    (255, 0, 0): "red", (192, 0, 0): "red", (217, 55, 44): "red", (255, 192, 0): "amber", (255, 165, 0): "amber",
    (255, 255, 0): "amber", (0, 176, 80): "green", (146, 208, 80): "green", (0, 100, 0): "green",
    (0, 112, 192): None, (112, 48, 160): None, (128, 128, 128): None, (255, 255, 255): None, (20, 0, 0): None,
}  # fmt: skip
PASTELS = {(255, 199, 206): "red", (255, 235, 200): "amber", (198, 239, 206): "green", (222, 235, 247): None}


@pytest.mark.parametrize(("color", "name"), COLORS.items())
def test_colours_are_named_by_their_hue(color, name):
    assert color_name(color) == name


@pytest.mark.parametrize(("color", "name"), PASTELS.items())
def test_pastels_count_only_where_they_are_asked_for(color, name):
    assert color_name(color, pale=True) == name
    assert color_name(color) is None


def test_blue_is_a_fourth_colour():
    assert is_blue((0, 112, 192))
    assert not any(map(is_blue, [(0, 176, 80), (250, 250, 250), None]))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Red", "red"), ("R", "red"), ("Off target", "red"), ("Target not met", "red"), ("🔴", "red"),
        ("Amber", "amber"), ("A", "amber"), ("Within tolerance", "amber"), ("Amber/Green", "amber"),
        ("Green", "green"), ("G", "green"), ("On track", "green"), ("Green (85%)", "green"), ("✅ done", "green"),
        ("Blue", None), ("", None), ("Grey", None), ("12", None), ("Annual measure", None),
    ],
)  # fmt: skip
def test_words_for_colours(text, name):
    assert said_rag(text) == name


@pytest.mark.parametrize(
    ("heading", "name"),
    [("RED", "red"), ("Amber indicators", "amber"), ("Green-rated measures", "green"), ("Red KPIs", "red"),
     ("Green spaces", None), ("Redditch", None), ("Amberley ward", None), ("", None)],
)  # fmt: skip
def test_headings_that_are_colours(heading, name):
    assert named_rag(heading) == name


def test_signs_whose_ink_is_a_mark():
    assert "●" in signs_of_color()
    assert "12" not in signs_of_color()


def test_a_mark_lies_where_its_middle_is():
    disc, other = Mark("disc", Box(10, 10, 20, 20), None), Mark("disc", Box(38, 10, 48, 20), None)
    assert inside([disc, other], Box(0, 0, 40, 30)) == [disc]


def fill(x0, top, x1, bottom, color, z=1):
    return Shape("rect", Box(x0, top, x1, bottom), color, None, 0.0, z, True, ())


CELL = Box(100, 100, 140, 120)
RED, GREY = (217, 55, 44), (235, 235, 235)


@pytest.mark.parametrize(
    ("box", "found"),
    [
        ((100, 100, 140, 120), RED),  # the cell
        ((112, 103, 190, 117), RED),  # wider than the header
        ((115, 105, 125, 115), RED),  # a small square
        ((20, 100, 400, 120), RED),  # the whole row
        ((110, 20, 115, 400), None),  # an upright band
        ((150, 100, 190, 120), None),  # the next cell
    ],
)
def test_a_colour_in_its_place_is_of_about_the_size_of_its_cell(box, found):
    fills = Fills([fill(0, 90, 500, 300, GREY, 0), fill(*box, RED)])
    assert (fills.in_place(CELL) == RED) == (found == RED)


def test_what_was_painted_last_is_seen():
    fills = Fills([fill(100, 100, 140, 120, RED, 1), fill(100, 100, 140, 120, (0, 176, 80), 2)])
    assert fills.under(CELL) == (0, 176, 80)


def test_each_mark_says_what_it_came_from_by_standing_on_one_figure():
    with ap.read_pack(FIXTURES / "tables" / "marks-discs.pdf") as pack:
        marked = pack.observations[pack.observations.rag.notna()]
    assert marked.indicator.is_unique
    assert set(marked.measure) == {"actual"}
    assert set(marked.period_label) == {"Q2 2023/24"}
