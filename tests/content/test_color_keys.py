"""Keys of colours: swatches with words beside them give colours of a council's own their meaning."""

from __future__ import annotations

from dataclasses import dataclass

from agendaparse.content.color_keys import find_key
from agendaparse.layout.marks import Mark
from agendaparse.layout.objects import Shape
from agendaparse.layout.words import Word, Words
from agendaparse.records import Box

BLUE, PURPLE, GREEN = (31, 120, 180), (123, 45, 139), (67, 160, 71)


@dataclass
class KeyPage:
    """A page with nothing but swatches and words."""

    shapes: tuple[Shape, ...]
    words: Words


def swatch(x, y, color, *, side=10.0):
    box = Box(x, y, x + side, y + side)
    return Shape("rect", box, color, None, 0.0, 1, True, ((box.x0, box.top), (box.x1, box.bottom)))


def words(x, y, text):
    found = []
    for text_part in text.split():
        end = x + 5.0 * len(text_part)
        found.append(Word(text_part, x, y, end, y + 9, 0.0, 9.0, False, 0, 0, 0, True, (x, y, end, y + 9)))
        x = end + 3
    return found


def key_of(*entries, marks=()):
    shapes = tuple(swatch(x, y, color) for x, y, color, _ in entries)
    printed = [word for x, y, _, text in entries for word in words(x + 14, y, text)]
    return find_key(KeyPage(shapes, Words(printed)), marks)


def test_swatches_are_named_by_the_words_beside_them():
    key = key_of((60, 300, BLUE, "On target"), (160, 300, PURPLE, "Off target"))
    assert key == {BLUE: "green", PURPLE: "red"}


def test_the_longest_phrase_counts():
    assert key_of((60, 300, BLUE, "Below target within tolerance")) == {BLUE: "amber"}


def test_plain_colours_need_no_key():
    assert key_of((60, 300, GREEN, "Off target")) == {}


def test_a_colour_with_two_meanings_has_none():
    assert key_of((60, 300, BLUE, "On target"), (60, 330, BLUE, "Off target")) == {}


def test_words_that_name_no_colour_make_no_key():
    assert key_of((60, 300, BLUE, "Northern area")) == {}


def test_a_swatch_with_words_on_it_is_a_cell():
    page = KeyPage((swatch(60, 300, BLUE, side=40),), Words(words(62, 315, "12") + words(104, 315, "Met")))
    assert find_key(page, ()) == {}


def test_words_far_from_a_swatch_are_not_its_own():
    page = KeyPage((swatch(60, 300, BLUE),), Words(words(120, 300, "On target")))
    assert find_key(page, ()) == {}


def test_discs_are_swatches_too():
    disc = Mark("disc", Box(60, 300, 70, 310), PURPLE)
    page = KeyPage((), Words(words(74, 300, "At risk")))
    assert find_key(page, [disc]) == {PURPLE: "amber"}
