"""Coordinates: from PDF user space to the page as displayed, and from there to upright text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
# x' = a x + c y + e, y' = b x + d y + f, as PDF writes its matrices
Affine = tuple[float, float, float, float, float, float]


_ZERO = np.zeros(1, np.int64)


def starts_where(changes: Bools) -> Ints:
    """Where stretches of alike elements begin, given for each but the first whether it differs from the one before.

    >>> starts_where(np.array([False, True, False])).tolist()
    [0, 2]
    """
    return np.concatenate((_ZERO, changes.nonzero()[0] + 1))


def ends_of(starts: Ints, count: int) -> Ints:
    """Where the stretches end that begin at these places, among so many elements.

    >>> ends_of(np.array([0, 2]), 4).tolist()
    [2, 4]
    """
    ends = np.empty_like(starts)
    ends[:-1], ends[-1:] = starts[1:], count
    return ends


def chain(first: Affine, then: Affine) -> Affine:
    """The map that does the first and then the other.

    >>> chain((1, 0, 0, 1, 5, 0), (2, 0, 0, 2, 0, 0))
    (2, 0, 0, 2, 10, 0)
    """
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def chain_many(first: Floats, then: Floats) -> Floats:
    """The maps that do the first and then the other, for many: one a row (n x 6); the answer has one a column."""
    maps: Any = (first.T, then.T)
    return np.array(chain(*maps))


@dataclass(frozen=True, slots=True)
class Display:
    """How a page is shown: its crop box in user space and the turn that /Rotate asks for.

    All boxes of the library are ``x0, top, x1, bottom`` in points from the top left of the page as
    displayed; this turns PDF's own coordinates (origin bottom left, unturned) into those.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    turn: int  # 0, 90, 180, 270 degrees clockwise

    @property
    def width(self) -> float:
        """The displayed width in points."""
        return self.y1 - self.y0 if self.turn in (90, 270) else self.x1 - self.x0

    @property
    def height(self) -> float:
        """The displayed height in points."""
        return self.x1 - self.x0 if self.turn in (90, 270) else self.y1 - self.y0

    @property
    def affine(self) -> Affine:
        """The map from user space to displayed points."""
        if self.turn == 90:  # noqa: PLR2004
            return (0.0, 1.0, 1.0, 0.0, -self.y0, -self.x0)
        if self.turn == 180:  # noqa: PLR2004
            return (-1.0, 0.0, 0.0, 1.0, self.x1, -self.y0)
        if self.turn == 270:  # noqa: PLR2004
            return (0.0, -1.0, -1.0, 0.0, self.y1, self.x1)
        return (1.0, 0.0, 0.0, -1.0, -self.x0, self.y1)

    def points(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """User-space points as displayed: distance from the left and from the top."""
        a, b, c, d, e, f = self.affine
        return a * x + c * y + e, b * x + d * y + f

    def boxes(self, bounds: Floats) -> Floats:
        """User-space boxes (n x 4: two opposite corners) as displayed, ``x0, top, x1, bottom``."""
        xa, ya = self.points(bounds[:, 0], bounds[:, 1])
        xb, yb = self.points(bounds[:, 2], bounds[:, 3])
        return np.stack((np.minimum(xa, xb), np.minimum(ya, yb), np.maximum(xa, xb), np.maximum(ya, yb)), axis=1)


_FEW = 40  # boxes: fewer are compared one by one sooner


def held_by(boxes: Floats, x: Floats, y: Floats) -> Bools:
    """Which boxes (rows of the answer) hold which points (columns); points on a left or an upper edge are inside.

    The cells of a table share their edges: each stretch between two is compared once.

    >>> held_by(np.array([[0, 0, 9, 9], [9, 0, 20, 9.0]]), np.array([9.0]), np.array([1.0])).tolist()
    [[False], [True]]
    """
    return _between(boxes[:, 0], boxes[:, 2], x) & _between(boxes[:, 1], boxes[:, 3], y)


def _between(low: Floats, high: Floats, value: Floats) -> Bools:
    if len(low) < _FEW:
        return np.asarray((low[:, None] <= value) & (value < high[:, None]), dtype=bool)
    spans, which = np.unique(low + 1j * high, return_inverse=True)
    return np.asarray(((spans.real[:, None] <= value) & (value < spans.imag[:, None]))[which], dtype=bool)


def upright(x: Floats, y: Floats, angle: float) -> tuple[Floats, Floats]:
    """Displayed points in a frame turned so that text of this angle (degrees, anticlockwise) runs right."""
    if angle == 0:
        return x, y
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    return x * cos - y * sin, x * sin + y * cos


# Text at a right angle, as nearly all turned text is: which corners of its box become left, top, right and bottom.
_QUARTERS = {
    90.0: ([1, 2, 3, 0], np.array([1.0, -1.0, 1.0, -1.0])),
    180.0: ([2, 3, 0, 1], np.array([-1.0, -1.0, -1.0, -1.0])),
    270.0: ([3, 0, 1, 2], np.array([-1.0, 1.0, -1.0, 1.0])),
}


def displayed(boxes: Floats, angle: float) -> Floats:
    """Boxes of the turned frame as the displayed boxes that enclose them."""
    if angle == 0:
        return boxes
    if angle in _QUARTERS:
        corners, signs = _QUARTERS[angle]
        turned: Floats = boxes[:, corners] * signs
        return turned
    cos, sin = np.cos(np.radians(-angle)), np.sin(np.radians(-angle))
    x = np.stack([boxes[:, i] for i in (0, 2, 0, 2)])
    y = np.stack([boxes[:, i] for i in (1, 1, 3, 3)])
    dx, dy = x * cos - y * sin, x * sin + y * cos
    return np.stack((dx.min(0), dy.min(0), dx.max(0), dy.max(0)), axis=1)
