"""Coloured fills, discs and arrows: what a drawn sign looks like and where it stands."""

from __future__ import annotations

import colorsys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
_LIKE = 0.93  # of the cells the same: a shape that is its own mirror image
_END = 0.14  # of the length: where a tip or a base stands
_FILLED = 0.6  # of a cell that its fill covers
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
    """The filled rectangles of a page, asked for the colour under a place."""

    def __init__(self, shapes: Iterable[Shape]) -> None:
        kept = [s for s in shapes if s.kind == "rect" and s.fill is not None]
        kept.sort(key=lambda s: s.z)
        self._colors = [s.fill for s in kept]
        self._boxes: Floats = np.array([s.box for s in kept], dtype=float).reshape(-1, 4)

    def under(self, box: Box) -> Rgb | None:
        """The colour painted last over most of a box; None if nothing is."""
        if not len(self._boxes):
            return None
        x0, top, x1, bottom = self._boxes.T
        wide = np.minimum(x1, box.x1) - np.maximum(x0, box.x0)
        high = np.minimum(bottom, box.bottom) - np.maximum(top, box.top)
        share = np.maximum(wide, 0) * np.maximum(high, 0) / max(box.width * box.height, 0.01)
        found = np.flatnonzero(share > _FILLED)
        return self._colors[found[-1]] if len(found) else None


def find_marks(page: Page, icons: Sequence[npt.NDArray[np.uint8] | None] = ()) -> list[Mark]:
    """The discs and arrows of a page; ``icons`` are the pixels of its pictures, in their order, where known."""
    found = [m for s in page.shapes if _is_small(s.box) and (m := _shape_mark(s)) is not None]
    for picture, pixels in zip(page.pictures, icons, strict=False):
        if pixels is not None and _is_small(picture.box):
            mark = _icon_mark(picture, pixels)
            if mark is not None:
                found.append(mark)
    return found


def _is_small(box: Box) -> bool:
    return _LEAST <= max(box.width, box.height) <= LARGEST_MARK and min(box.width, box.height) > 1


def _shape_mark(shape: Shape) -> Mark | None:
    if shape.kind != "curve" or shape.fill is None:
        return None
    mask = _drawn(shape.points, shape.box)
    pointing = _points_to(mask)
    if pointing is not None:
        return Mark("arrow", shape.box, shape.fill, pointing)
    square = min(shape.box.width, shape.box.height) / max(shape.box.width, shape.box.height)
    return Mark("disc", shape.box, shape.fill) if square > _SQUARE and len(shape.points) > _CORNERS else None


def _drawn(points: Sequence[tuple[float, float]], box: Box) -> Mask:
    """The inside of an outline on a square grid over its box; the even-odd rule."""
    steps = (np.arange(_GRID) + 0.5) / _GRID
    x = box.x0 + steps * box.width
    y = (box.top + steps * box.height)[:, None]
    inside = np.zeros((_GRID, _GRID), bool)
    around = [*points, points[0]]
    for (xa, ya), (xb, yb) in zip(around, around[1:], strict=False):
        if ya == yb:
            continue
        crosses = (y >= min(ya, yb)) & (y < max(ya, yb))
        inside ^= crosses & (x[None, :] < xa + (y - ya) * (xb - xa) / (yb - ya))
    return inside


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
    pointing = _points_to(mask)
    if pointing is not None:
        return Mark("arrow", picture.box, (r, g, b), pointing)
    round_share = float(mask.mean())
    return Mark("disc", picture.box, (r, g, b)) if 0.6 < round_share < 0.9 else None  # noqa: PLR2004


def _points_to(mask: Mask) -> str | None:
    """Which way an arrow or a triangle points; None for a shape that is its own mirror image both ways.

    An arrow mirrors itself across its axis and not along it. Along the axis its width is greatest at the barbs:
    at the very end in a triangle, whose tip is at the other end; further in for an arrow with a shaft, whose tip
    is at the near end.
    """
    upright = float((mask == mask[:, ::-1]).mean())
    level = float((mask == mask[::-1]).mean())
    if min(upright, level) > _LIKE or max(upright, level) < 1.6 - _LIKE:
        return None
    if abs(upright - level) < 0.04:  # noqa: PLR2004
        return _diagonal(mask)
    widths = mask.sum(1) if upright > level else mask.sum(0)
    first = _tip_is_first(widths)
    if upright > level:
        return "up" if first else "down"
    return "left" if first else "right"


def _tip_is_first(widths: npt.NDArray[np.int_]) -> bool:
    length = len(widths)
    end = max(1, round(_END * length))
    widest = float(np.mean(np.flatnonzero(widths >= 0.92 * widths.max()))) / (length - 1)
    if widest < _END or widest > 1 - _END:
        return bool(widths[:end].mean() < widths[-end:].mean())
    return widest < 0.5  # noqa: PLR2004


def _diagonal(mask: Mask) -> str | None:
    """Arrows to a corner: up for the two upper corners, down for the lower."""
    half = _GRID // 2
    corners = {
        "up": max(mask[:half, half:].mean(), mask[:half, :half].mean()),
        "down": max(mask[half:, half:].mean(), mask[half:, :half].mean()),
    }
    return max(corners, key=lambda k: corners[k]) if abs(corners["up"] - corners["down"]) > 0.1 else None  # noqa: PLR2004
