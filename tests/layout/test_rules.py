"""Cells between rules: what pdfplumber's finder finds, and rules that are hard to join."""

from __future__ import annotations

import pytest

from agendaparse.layout.objects import Shape
from agendaparse.layout.pages import PageReader
from agendaparse.layout.ruled import PlumberPage
from agendaparse.layout.rules import find_cells, find_rules, part_tables
from agendaparse.layout.source import open_pdf, read_bytes
from agendaparse.records import Box
from tests.places import PACKS, PAGES, name


def ruled(*boxes):
    """Lines where a box has no height or no width, filled boxes else."""
    return [
        Shape("line" if box[0] == box[2] or box[1] == box[3] else "rect", Box(*box), (0, 0, 0), None, 0.0, 1, True, ())
        for box in boxes
    ]


def tables(shapes):
    return [sorted(cells) for cells in part_tables(find_cells(*find_rules(shapes)))]


def rounded(cells):
    return sorted(tuple(round(x, 3) for x in cell) for cell in cells)


@pytest.mark.parametrize("pdf", [*PACKS, *PAGES], ids=name)
def test_the_cells_are_those_that_pdfplumber_finds(pdf):
    for page in PageReader(open_pdf(read_bytes(pdf))):
        if page is not None and page.shapes:
            theirs = [rounded(table.cells) for table in PlumberPage(page).find_tables()]
            assert [rounded(cells) for cells in tables(page.shapes)] == theirs


def test_rules_that_nearly_meet_and_double_rules_are_one():
    sides = [(0, 0, 100, 0), (0, 20, 49, 20), (51, 21, 100, 21), (0, 40, 100, 40)]
    uprights = [(0, 0, 0, 40), (1.5, 2, 1.5, 39), (50, 0, 50, 19), (50, 21.5, 50, 40), (100, 0, 100, 40)]
    (cells,) = tables(ruled(*sides, *uprights))
    assert len(cells) == 4


def test_a_spanning_cell_is_one_cell():
    (cells,) = tables(ruled((0, 0, 100, 20), (0, 20, 50, 40), (50, 20, 100, 40)))
    assert [tuple(c) for c in cells] == [(0, 0, 100, 20), (0, 20, 50, 40), (50, 20, 100, 40)]


def test_tables_apart_are_two_and_a_lone_box_is_none():
    left = [(0, 0, 50, 20), (0, 20, 50, 40)]
    right = [(x0 + 200, top, x1 + 200, bottom) for x0, top, x1, bottom in left]
    assert [len(cells) for cells in tables(ruled(*left, *right, (400, 0, 450, 50)))] == [2, 2]


def test_a_page_without_rules_has_no_tables():
    assert tables([]) == []
    assert tables(ruled((0, 0, 500, 0))) == []


def test_straight_parts_of_an_outline_are_rules():
    around = ((0, 0), (100, 0), (100, 40), (0, 40), (0, 0))
    outline = Shape("curve", Box(0, 0, 100, 40), None, (0, 0, 0), 1.0, 1, False, around)
    (cells,) = tables([outline, *ruled((50, 0, 50, 40))])
    assert len(cells) == 2


def test_rules_of_a_page_that_was_turned_back_need_not_be_straight_to_the_last_digit():
    def line(x0, top, x1, bottom):
        return Shape("line", Box(x0, top, x1, bottom), None, (0, 0, 0), 0.5, 1, True, ((x0, top), (x1, bottom)))

    hair = 2e-13
    shapes = [line(10, y, 110, y + hair) for y in (20, 40, 60)] + [line(x, 20, x + hair, 60) for x in (10, 60, 110)]
    assert len(find_cells(*find_rules(shapes))) == 4
