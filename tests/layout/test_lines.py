"""Words -> lines: properties on words that are made up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import agendaparse as ap
from agendaparse.layout import words
from agendaparse.layout.geometry import Display, displayed, upright
from agendaparse.layout.lines import Line, join_lines, part_words
from agendaparse.layout.words import Word
from agendaparse.records import Box
from tests.places import MEETING


def make_word(text: str, x: float, top: float, size: float = 10) -> Word:
    frame = (x, top, x + 5 * len(text), top + size)
    return Word(text, *frame, 0, size, False, 0, 0, len(text), True, frame)


rows = st.lists(st.lists(st.text("abcdefgh", min_size=1, max_size=6), min_size=1, max_size=5), min_size=1, max_size=12)


@given(rows, st.randoms(use_true_random=False))
def test_lines_do_not_depend_on_the_order_of_words(texts, random):
    words, first = [], 0
    for r, row in enumerate(texts):
        x = 50.0
        for text in row:
            words.append(make_word(text, x, 100 + 14 * r)._replace(first=first))
            first += len(text)
            x += 5 * len(text) + 4
    expected = [" ".join(row) for row in texts]
    assert [line.text for line in join_lines(words)] == expected
    random.shuffle(words)
    assert [line.text for line in join_lines(words)] == expected


@given(rows)
def test_every_word_is_in_one_line(texts):
    words = [make_word(t, 60 + 40 * c, 80 + 11 * r) for r, row in enumerate(texts) for c, t in enumerate(row)]
    assert sorted(w.text for line in join_lines(words) for w in line.words) == sorted(w.text for w in words)


@given(st.floats(0, 500), st.floats(0, 500), st.sampled_from([0, 30, 45, 90, 180, 270]))
def test_turning_a_point_there_and_back(x, y, angle):
    fx, fy = upright(np.array([x]), np.array([y]), angle)
    back = displayed(np.stack((fx, fy, fx, fy), axis=1), angle)[0]
    assert np.allclose(back, [x, y, x, y], atol=1e-6)


@given(st.sampled_from([0, 90, 180, 270]), st.floats(0, 400), st.floats(0, 600))
def test_a_point_of_the_page_is_displayed_within_it(turn, x, y):
    display = Display(0, 0, 400, 600, turn)
    shown_x, shown_y = display.points(np.array([x]), np.array([y]))
    assert -1e-9 <= shown_x[0] <= display.width + 1e-9
    assert -1e-9 <= shown_y[0] <= display.height + 1e-9


def test_a_raised_ending_stays_in_its_line():
    words = [make_word("9", 50, 100, 12), make_word("th", 57, 99, 7), make_word("January", 72, 100, 12)]
    assert len(join_lines(words)) == 1


def test_boxes_join():
    assert Box(1, 2, 3, 4).join(Box(0, 5, 2, 6)) == Box(0, 2, 3, 6)


def test_narrow_gaps_about_a_single_sign_part_words_and_those_of_spaced_letters_do_not():
    def gaps(text: str) -> np.ndarray:
        return np.array([sign == " " for sign in text])

    both = gaps("xxx  xxx")  # "Homes & Parks": touching, a gap, a gap, touching
    assert (both & words._alone(both, ~both)).tolist() == both.tolist()
    spaced = gaps("     ")  # "A G E N D A"
    assert not words._alone(spaced, ~spaced).any()


def test_a_lines_widest_gap_is_that_between_its_words_and_parts_it():
    with ap.read_pack(MEETING) as pack:
        lines = [line for stamped in pack.stamped_pages for line in stamped.page.upright_lines]
    for line in lines:
        assert line.widest == pytest.approx(Line(line.words).widest, abs=1e-6)
        assert line.parted(1.5) == part_words(line.words, 1.5)
    assert {len(line.parted(1.5)) for line in lines} >= {1, 2, 3}
