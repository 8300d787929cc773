"""Coloured fills, discs and arrows: what a drawn sign looks like and where it stands."""

from __future__ import annotations

import colorsys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product

import numpy as np
import numpy.typing as npt

from agendaparse.layout.geometry import Floats
from agendaparse.layout.objects import Picture, Rgb, Shape
from agendaparse.layout.pages import Page
from agendaparse.records import Box

Mask = npt.NDArray[np.bool_]

# Points: a mark is drawn at about the size of a letter.
_LEAST, LARGEST_MARK = 3.0, 32.0
_SQUARE = 0.72  # width against height of a disc
_GRID = 32  # cells a side, on which a shape is looked at
_CORNERS = 8  # points: a disc has more, an arrow has no more than these and is no rectangle
_LIKE, _UNLIKE = 0.85, 0.6  # of what is drawn the same: a shape that is its own mirror image, and one that is not
_BARBS = 0.92  # of the width: the rows of the barbs
_CLOSE = 0.8  # points: strokes that miss each other by less meet
_FILLED = 0.6  # of a cell that its fill covers
_BAR, _SOLID = 2.0, 0.8  # width against height of a bar, and how much of it is drawn
_BAR_HIGH, _BAR_WIDE, _GREY = (1.5, 8.0), 24.0, 0.25  # points, and saturation
_OVER = 2.5  # of a cell's width and height: a fill that reaches further is the ground of more than the cell
_ROUNDED, _BOARD = 160, 0.9  # points of an outline, and how much of its box one with rounded corners fills
_INK = 60  # of 255: what differs by more from the corner of an icon is drawn


@dataclass(frozen=True)
class Mark:
    """A drawn sign: its place, colour, and the way it points."""

    kind: str  # fill, disc or arrow
    box: Box
    color: Rgb | None
    points_to: str | None = None  # up, down, left, right


def hsv(color: Rgb) -> tuple[float, float, float]:
    """Hue in degrees, saturation and brightness of 1.

    >>> hsv((0, 176, 80))[0] > 140
    True
    """
    hue, saturation, brightness = colorsys.rgb_to_hsv(*(c / 255 for c in color))
    return 360 * hue, saturation, brightness


class Fills:
    """The filled boxes of a page, asked for the colour under a place."""

    def __init__(self, shapes: Iterable[Shape]) -> None:
        kept = [s for s in shapes if s.fill is not None and (s.kind == "rect" or _is_board(s))]
        kept.sort(key=lambda s: s.z)
        self._colors = [s.fill for s in kept]
        self._boxes: Floats = np.array([s.box for s in kept], dtype=float).reshape(-1, 4)
        self._known: dict[Box, Rgb | None] = {}

    def under(self, box: Box) -> Rgb | None:
        """The colour painted last over most of a box; None if nothing is."""
        if box not in self._known:
            self.look_under([box])
        return self._known[box]

    def look_under(self, boxes: Iterable[Box]) -> None:
        """Find the colours under many boxes in one go: the cells of a table are all asked for theirs."""
        asked = [box for box in boxes if box not in self._known]
        if not len(self._boxes):
            self._known |= dict.fromkeys(asked)
            return
        x0, top, x1, bottom = np.array(asked).reshape(-1, 4).T[:, :, None]
        left, upper, right, lower = self._boxes.T
        wide, high = np.minimum(x1, right) - np.maximum(x0, left), np.minimum(bottom, lower) - np.maximum(top, upper)
        area = np.maximum((x1 - x0) * (bottom - top), 0.01)
        filled = np.maximum(wide, 0) * np.maximum(high, 0) > _FILLED * area
        last = np.where(filled.any(1), filled.shape[1] - 1 - filled[:, ::-1].argmax(1), -1)
        self._known |= {b: self._colors[i] if i >= 0 else None for b, i in zip(asked, last.tolist(), strict=True)}

    def in_place(self, box: Box) -> Rgb | None:
        """The colour painted over most of a box, or else painted last in its middle by a box of about its size.

        A column without rules is as wide as its header, the colours under it are as wide as they please; or they are
        small squares.
        """
        if not len(self._boxes):
            return None
        x0, top, x1, bottom = self._boxes.T
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        over = (x0 < x) & (x < x1) & (top < y) & (y < bottom)
        middle_x, middle_y = (x0 + x1) / 2, (top + bottom) / 2
        within = (box.x0 < middle_x) & (middle_x < box.x1) & (box.top < middle_y) & (middle_y < box.bottom)
        alike = (x1 - x0 < _OVER * box.width) & (bottom - top < _OVER * box.height)
        seen = (x1 - x0 > _LEAST) & (bottom - top > _LEAST)
        wide, high = (
            np.minimum(box.x1, x1) - np.maximum(box.x0, x0),
            np.minimum(box.bottom, bottom) - np.maximum(box.top, top),
        )
        filled = (wide > 0) & (high > 0) & (wide * high > _FILLED * box.width * box.height)
        places = np.flatnonzero(filled | ((over | within) & alike & seen))
        return self._colors[int(places[-1])] if len(places) else None


def _is_board(shape: Shape) -> bool:
    """Whether an outline is a large box with rounded corners: its corners take off little of it."""
    if shape.kind != "curve" or min(shape.box.width, shape.box.height) <= LARGEST_MARK or len(shape.points) > _ROUNDED:
        return False
    x, y = np.array(shape.points).T
    area = abs(float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))) / 2
    return area > _BOARD * shape.box.width * shape.box.height


def find_marks(page: Page, icons: Sequence[npt.NDArray[np.uint8] | None] = ()) -> list[Mark]:
    """The discs and arrows of a page; ``icons`` are the pixels of its pictures, in their order, where known."""
    small = [s for s in page.shapes if s.kind != "rect" and is_small(s.box)]
    found = [m for s in small if s.fill is not None and (m := _shape_mark(s)) is not None]
    found += _stroked_marks([s for s in small if s.fill is None and s.stroke is not None])
    if any(m.points_to for m in found):
        found += [Mark("arrow", s.box, s.fill, "right") for s in page.shapes if _is_bar(s)]
    for picture, pixels in zip(page.pictures, icons, strict=False):
        if pixels is not None and is_small(picture.box):
            mark = _icon_mark(picture, np.rot90(pixels, -page.display.turn // 90))  # as the page is shown
            if mark is not None:
                found.append(mark)
    return found


def _is_bar(shape: Shape) -> bool:
    """Whether a shape is a short grey bar: among arrows it stands for no change."""
    wide, high = shape.box.width, shape.box.height
    if shape.kind != "rect" or shape.fill is None or not (_BAR_HIGH[0] <= high <= _BAR_HIGH[1]):
        return False
    _, saturation, brightness = hsv(shape.fill)
    return _BAR * high < wide <= _BAR_WIDE and saturation < _GREY and brightness < 1 - _GREY


def is_small(box: Box) -> bool:
    """Whether a box is of the size of a mark.

    >>> is_small(Box(0, 0, 9, 9)), is_small(Box(0, 0, 200, 9))
    (True, False)
    """
    return _LEAST <= max(box.width, box.height) <= LARGEST_MARK


def _stroked_marks(strokes: Sequence[Shape]) -> Iterator[Mark]:
    """Arrows drawn as strokes that meet: a shaft and two barbs, or one bent line."""
    for group in _touching(strokes):
        if not any(_leans(s) for s in group):
            continue  # the rules of a small cell
        box = _around([s.box for s in group])
        if not is_small(box) or min(box.width, box.height) <= 1:
            continue
        mask = np.zeros((_GRID, _GRID), bool)
        for shape in group:
            _draw_line(mask, shape.points, box)
        pointing = _points_to(mask)
        if pointing is not None:
            yield Mark("arrow", box, group[0].stroke, pointing)


def _touching(shapes: Sequence[Shape]) -> list[list[Shape]]:
    groups: list[list[Shape]] = []
    for shape in shapes:
        near = [g for g in groups if any(_meet(shape.box, other.box) for other in g)]
        groups = [g for g in groups if g not in near] + [[shape, *(s for g in near for s in g)]]
    return groups


def _meet(a: Box, b: Box) -> bool:
    level = a.x0 <= b.x1 + _CLOSE and b.x0 <= a.x1 + _CLOSE
    return level and a.top <= b.bottom + _CLOSE and b.top <= a.bottom + _CLOSE


def _around(boxes: Sequence[Box]) -> Box:
    sides = list(zip(*boxes, strict=True))
    return Box(min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3]))


def _leans(shape: Shape) -> bool:
    return any(abs(xa - xb) > 1 and abs(ya - yb) > 1 for (xa, ya), (xb, yb) in pairwise(shape.points))


def _draw_line(mask: Mask, points: Sequence[tuple[float, float]], box: Box) -> None:
    """Strokes through the points, three cells wide."""
    for (xa, ya), (xb, yb) in pairwise(points):
        steps = np.linspace(0, 1, 2 * _GRID)
        x = ((xa + steps * (xb - xa)) - box.x0) / box.width * (_GRID - 1)
        y = ((ya + steps * (yb - ya)) - box.top) / box.height * (_GRID - 1)
        rows, columns = np.rint(y).astype(int), np.rint(x).astype(int)
        for down, right in product((-1, 0, 1), repeat=2):
            mask[(rows + down).clip(0, _GRID - 1), (columns + right).clip(0, _GRID - 1)] = True


def _shape_mark(shape: Shape) -> Mark | None:
    if min(shape.box.width, shape.box.height) <= 1 or len(shape.points) < 3:  # noqa: PLR2004
        return None
    x0, top = shape.box.x0, shape.box.top
    pointing = _pointing(tuple([(round(x - x0, 3), round(y - top, 3)) for x, y in shape.points]))
    if pointing is not None:
        return Mark("arrow", shape.box, shape.fill, pointing)
    square = min(shape.box.width, shape.box.height) / max(shape.box.width, shape.box.height)
    return Mark("disc", shape.box, shape.fill) if square > _SQUARE and len(shape.points) > _CORNERS else None


@lru_cache(maxsize=4096)  # a page has the same arrow again and again
def _pointing(points: tuple[tuple[float, float], ...]) -> str | None:
    """Which way an outline points, given by its points from the upper left corner of its box."""
    x, y = zip(*points, strict=True)
    return _points_to(_drawn(points, Box(0.0, 0.0, max(x), max(y))))


def _drawn(points: Sequence[tuple[float, float]], box: Box) -> Mask:
    """The inside of an outline on a square grid over its box; the even-odd rule."""
    steps = (np.arange(_GRID) + 0.5) / _GRID
    x, y = box.x0 + steps * box.width, box.top + steps * box.height
    around = np.array([*points, points[0]])
    (xa, xb), (ya, yb) = ((side[:-1, None], side[1:, None]) for side in around.T)
    crosses = (y >= np.minimum(ya, yb)) & (y < np.maximum(ya, yb))  # side by row
    reach = xa + (y - ya) * (xb - xa) / np.where(ya == yb, 1, yb - ya)
    return np.asarray((crosses[:, :, None] & (x < reach[:, :, None])).sum(0) % 2 == 1)


def _icon_mark(picture: Picture, pixels: npt.NDArray[np.uint8]) -> Mark | None:
    """What an image of the size of a letter shows."""
    color, alpha = pixels[..., :3].astype(int), pixels[..., 3]
    ink = alpha > 127  # noqa: PLR2004
    if ink.all():
        ink = np.abs(color - color[0, 0]).max(-1) > _INK
    if not ink.any():
        return None
    rows, columns = np.flatnonzero(ink.any(1)), np.flatnonzero(ink.any(0))
    cut = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    at = np.arange(_GRID)
    mask = cut[(at * cut.shape[0]) // _GRID][:, (at * cut.shape[1]) // _GRID]
    r, g, b = np.median(color[ink], axis=0).astype(int).tolist()
    level = cut.shape[1] > _BAR * cut.shape[0] and cut.mean() > _SOLID  # a bar stands for no change
    pointing = "right" if level else _points_to(mask)
    if pointing is not None:
        return Mark("arrow", picture.box, (r, g, b), pointing)
    round_share = float(mask.mean())
    return Mark("disc", picture.box, (r, g, b)) if 0.6 < round_share < 0.9 else None  # noqa: PLR2004


def _points_to(mask: Mask) -> str | None:
    """Which way an arrow or a triangle points; None for a shape that is its own mirror image both ways, or none.

    An arrow mirrors itself across its axis and not along it. One with two heads, level, points to the right: what it
    stands for has not moved.
    """
    upright, level = _likeness(mask, mask[:, ::-1]), _likeness(mask, mask[::-1])
    if min(upright, level) > _LIKE:
        return "right" if _has_two_heads(_extents(mask.T)) else None
    leaning = max(_likeness(mask, mask.T), _likeness(mask, mask[::-1, ::-1].T))
    if max(upright, level, leaning) < _UNLIKE:
        return None
    if leaning > max(upright, level):
        return _diagonal(mask)
    first = _tip_is_first(_extents(mask) if upright > level else _extents(mask.T))
    if upright > level:
        return "up" if first else "down"
    return "left" if first else "right"


def _likeness(mask: Mask, mirrored: Mask) -> float:
    """The share of what is drawn in either of two that is drawn in both."""
    return float((mask & mirrored).sum() / max(int((mask | mirrored).sum()), 1))


def _extents(mask: Mask) -> Floats:
    """How wide the shape is on each row, from its first cell to its last, of the widest row."""
    columns = np.arange(mask.shape[1])
    first = np.where(mask, columns, mask.shape[1]).min(1)
    last = np.where(mask, columns, -1).max(1)
    found: Floats = np.maximum(last - first + 1, 0) / max(int((last - first + 1).max()), 1)
    return found


def _has_two_heads(widths: Floats) -> bool:
    """Whether a shape is widest near both ends and narrow at its middle and its tips."""
    quarter = len(widths) // 4
    middle = widths[quarter + 2 : -quarter - 2].mean()
    return bool(middle < 0.6 and max(widths[0], widths[-1]) < 0.5 and widths[: quarter + 4].max() > 0.9)  # noqa: PLR2004


def _tip_is_first(widths: Floats) -> bool:
    """Whether the tip is at the first row.

    From the barbs, the widest rows, the shape grows narrow bit by bit towards its tip; on their other side it keeps
    the width of the shaft to the end, or has ended.
    """
    barbs = np.flatnonzero(widths > _BARBS)
    before, after = widths[: barbs[0]], widths[barbs[-1] + 1 :]
    return bool(np.ptp(before) > np.ptp(after)) if len(before) and len(after) else len(before) > 0


def _diagonal(mask: Mask) -> str | None:
    """Arrows to a corner: up for the two upper corners, down for the lower."""
    half = _GRID // 2
    corners = {
        "up": max(mask[:half, half:].mean(), mask[:half, :half].mean()),
        "down": max(mask[half:, half:].mean(), mask[half:, :half].mean()),
    }
    return max(corners, key=lambda k: corners[k]) if abs(corners["up"] - corners["down"]) > 0.1 else None  # noqa: PLR2004
