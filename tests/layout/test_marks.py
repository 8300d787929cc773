"""Drawn signs: which way an arrow points, whatever its shape, size and drawing."""

from __future__ import annotations

import numpy as np
import pytest

from agendaparse.layout.geometry import Display
from agendaparse.layout.marks import Mark, find_marks, hsv
from agendaparse.layout.objects import Picture, Shape
from agendaparse.records import Box

# Outlines in a square of 1, pointing up.
SHAPES = {
    "block": [(0.5, 0), (1, 0.5), (0.72, 0.5), (0.72, 1), (0.28, 1), (0.28, 0.5), (0, 0.5)],
    "long head": [(0.5, 0), (1, 0.75), (0.7, 0.75), (0.7, 1), (0.3, 1), (0.3, 0.75), (0, 0.75)],
    "thin shaft": [(0.5, 0), (1, 0.4), (0.55, 0.4), (0.55, 1), (0.45, 1), (0.45, 0.4), (0, 0.4)],
    "wide shaft": [(0.5, 0), (1, 0.35), (0.85, 0.35), (0.85, 1), (0.15, 1), (0.15, 0.35), (0, 0.35)],
    "triangle": [(0.5, 0), (1, 1), (0, 1)],
    "chevron": [(0.5, 0), (1, 0.6), (1, 1), (0.5, 0.4), (0, 1), (0, 0.6)],
}
TURNS = {
    "up": lambda x, y: (x, y),
    "down": lambda x, y: (x, 1 - y),
    "right": lambda x, y: (1 - y, x),
    "left": lambda x, y: (y, x),
}


class PageOf:
    """A page with nothing but shapes and pictures."""

    def __init__(self, shapes=(), pictures=()):
        self.shapes, self.pictures = tuple(shapes), tuple(pictures)
        self.display = Display(0, 0, 595, 842, 0)


def outline(points, *, size=(14.0, 14.0), at=(100.0, 200.0), fill=(0, 176, 80), stroke=None, kind="curve"):
    placed = tuple((at[0] + size[0] * x, at[1] + size[1] * y) for x, y in points)
    xs, ys = [p[0] for p in placed], [p[1] for p in placed]
    return Shape(kind, Box(min(xs), min(ys), max(xs), max(ys)), fill, stroke, 1.0, 1, True, placed)


def icon(points, *, side=16, solid=True):
    """The outline as pixels, dark on white or on nothing."""
    big = 8 * side
    y, x = np.mgrid[0:big, 0:big] + 0.5
    inside = np.zeros((big, big), bool)
    around = [(big * (0.1 + 0.8 * a), big * (0.1 + 0.8 * b)) for a, b in points]
    for (xa, ya), (xb, yb) in zip(around, [*around[1:], around[0]], strict=True):
        if ya != yb:
            crosses = (y >= min(ya, yb)) & (y < max(ya, yb))
            inside ^= crosses & (x < xa + (y - ya) * (xb - xa) / (yb - ya))
    share = inside.reshape(side, 8, side, 8).mean((1, 3))[..., None]
    ink, paper = np.array([70, 90, 110, 255.0]), np.array([255, 255, 255, 255.0 if solid else 0.0])
    return (share * ink + (1 - share) * paper).astype(np.uint8)


@pytest.mark.parametrize("way", TURNS)
@pytest.mark.parametrize("shape", SHAPES)
def test_an_outline_points_to_its_tip(shape, way):
    for size in ((14.0, 14.0), (9.0, 12.0), (18.0, 8.0), (6.0, 6.0)):
        turned = outline([TURNS[way](x, y) for x, y in SHAPES[shape]], size=size)
        assert [(m.kind, m.points_to, m.color) for m in find_marks(PageOf([turned]))] == [("arrow", way, (0, 176, 80))]


@pytest.mark.parametrize("way", TURNS)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("side", [13, 16, 24, 40])
def test_an_icon_points_to_its_tip(shape, way, side):
    points = [TURNS[way](x, y) for x, y in SHAPES[shape]]
    picture = Picture(Box(10, 10, 24, 24), 1, True, 0)
    for solid in (True, False):
        marks = find_marks(PageOf(pictures=[picture]), [icon(points, side=side, solid=solid)])
        assert [(m.kind, m.points_to) for m in marks] == [("arrow", way)], solid


@pytest.mark.parametrize(("turn", "way"), [(45, "up"), (-45, "up"), (135, "down"), (-135, "down")])
@pytest.mark.parametrize("shape", ["block", "thin shaft", "wide shaft"])
def test_an_arrow_to_a_corner_goes_up_or_down(shape, turn, way):
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    points = [(cos * (x - 0.5) - sin * (y - 0.5), sin * (x - 0.5) + cos * (y - 0.5)) for x, y in SHAPES[shape]]
    assert [m.points_to for m in find_marks(PageOf([outline(points)]))] == [way]


def circle(n=24):
    turns = np.linspace(0, 2 * np.pi, n, endpoint=False)
    return [(0.5 + 0.5 * np.cos(t), 0.5 + 0.5 * np.sin(t)) for t in turns]


def test_a_disc_is_no_arrow():
    assert [m.kind for m in find_marks(PageOf([outline(circle(), fill=(255, 0, 0))]))] == ["disc"]
    picture = Picture(Box(10, 10, 24, 24), 1, True, 0)
    assert [m.kind for m in find_marks(PageOf(pictures=[picture]), [icon(circle())])] == ["disc"]


def test_a_level_arrow_with_two_heads_is_flat():
    head = [(0, 0.5), (0.3, 0), (0.3, 0.3), (0.7, 0.3), (0.7, 0), (1, 0.5), (0.7, 1), (0.7, 0.7), (0.3, 0.7), (0.3, 1)]
    assert [m.points_to for m in find_marks(PageOf([outline(head, size=(20, 10))]))] == ["right"]


def stroke(*points):
    return outline(points, fill=None, stroke=(0, 0, 0), kind="line")


@pytest.mark.parametrize("way", TURNS)
def test_an_arrow_of_three_strokes_points_to_its_tip(way):
    turn = TURNS[way]
    lines = [[(0.5, 0), (0.5, 1)], [(0.5, 0), (0.2, 0.35)], [(0.5, 0), (0.8, 0.35)]]
    marks = find_marks(PageOf([stroke(*[turn(*p) for p in line]) for line in lines]))
    assert [(m.kind, m.points_to) for m in marks] == [("arrow", way)]


def test_rules_of_a_small_cell_are_no_arrow():
    box = [[(0, 0), (1, 0)], [(0, 1), (1, 1)], [(0, 0), (0, 1)], [(1, 0), (1, 1)]]
    assert find_marks(PageOf([stroke(*line) for line in box])) == []


@pytest.mark.parametrize("size", [(60.0, 60.0), (2.0, 2.0), (0.5, 14.0)])
def test_what_is_not_of_a_letters_size_is_no_mark(size):
    assert find_marks(PageOf([outline(SHAPES["triangle"], size=size)])) == []


def test_colours_are_told_by_hue():
    assert hsv((255, 0, 0))[0] == 0
    assert Mark("disc", Box(0, 0, 1, 1), (255, 0, 0)).points_to is None
