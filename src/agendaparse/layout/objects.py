"""The drawn things of a page in painting order: rules, filled shapes, images; and each text's place in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from agendaparse.layout import pdfium
from agendaparse.layout.geometry import Affine, Display, chain
from agendaparse.records import Box

Rgb = tuple[int, int, int]
Points = tuple[tuple[float, float], ...]

# Real pages nest forms two or three deep; a form that draws itself would never end.
_MAX_DEPTH = 8
# A path of more segments than this is a picture (a map, a logo): its bounds say all that a table needs.
_MAX_SEGMENTS = 4000
_LINE_POINTS, _OPEN_BOX, _RECTANGLE_POINTS = 2, 4, (4, 5)
_SOLID = 255
_STRAIGHT = 0.05  # points by which a ruled line may lean


class Shape(NamedTuple):
    """One drawn path, or one part of it: a rule, a filled box, a disc, an outline."""

    kind: str  # rect, line or curve
    box: Box
    fill: Rgb | None  # None where it is not filled, or filled with a pattern
    stroke: Rgb | None
    width: float  # of the stroke, in points
    z: int  # painting order: larger is on top
    opaque: bool
    points: Points  # as displayed; only the bounds' corners for very long paths


class Picture(NamedTuple):
    """One image: where it stands, and whether what lies under it shows through."""

    box: Box
    z: int
    opaque: bool
    handle: int  # pdfium's, while the page is open


@dataclass(slots=True)
class Drawn:
    """All that is drawn on a page beside its text."""

    shapes: list[Shape] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    shadings: list[Picture] = field(default_factory=list)
    text_order: dict[int, int] = field(default_factory=dict)  # handle of a text object -> z
    painted: int = 0  # objects met so far: the last z given


class _Scratch:
    """Buffers that pdfium writes into, with their addresses; one set serves all pages."""

    def __init__(self) -> None:
        self.floats = np.zeros(8, np.float32)
        self.ints = np.zeros(8, np.int32)
        self.f = [self.floats.ctypes.data + 4 * i for i in range(8)]
        self.i = [self.ints.ctypes.data + 4 * i for i in range(8)]

    def color(self, call: pdfium.Call, handle: int) -> tuple[Rgb | None, int]:
        if not call(handle, *self.i[:4]):
            return None, 255
        r, g, b, alpha = self.ints[:4].tolist()
        return (r, g, b), alpha

    def matrix(self, handle: int) -> Affine:
        pdfium.object_matrix(handle, self.f[0])
        a, b, c, d, e, f = self.floats[:6].tolist()
        return (a, b, c, d, e, f)


_scratch = _Scratch()
_points = np.zeros((_MAX_SEGMENTS, 2), np.float32)
_POINTS_AT = range(_points.ctypes.data, _points.ctypes.data + 8 * _MAX_SEGMENTS, 8)


def read_objects(page: int, display: Display) -> Drawn:
    """Everything drawn on the page (a pdfium handle), forms opened, in painting order."""
    drawn = Drawn()
    _walk(page, pdfium.count_objects, pdfium.page_object, display.affine, drawn, 0)
    return drawn


def _walk(parent: int, count: pdfium.Call, get: pdfium.Call, place: Affine, drawn: Drawn, depth: int) -> None:
    """Objects of a page or form; ``place`` takes the parent's space to displayed points."""
    for index in range(count(parent)):
        handle = get(parent, index)
        kind = pdfium.object_type(handle)
        z = drawn.painted = drawn.painted + 1
        if kind == pdfium.TEXT:
            drawn.text_order[handle] = z
        elif kind == pdfium.PATH:
            drawn.shapes.extend(_path(handle, place, z))
        elif kind in (pdfium.IMAGE, pdfium.SHADING):
            opaque = not pdfium.object_transparent(handle)
            where = drawn.pictures if kind == pdfium.IMAGE else drawn.shadings
            where.append(Picture(_bounds(handle, place), z, opaque, handle))
        elif kind == pdfium.FORM and depth < _MAX_DEPTH:
            inner = chain(_scratch.matrix(handle), place)
            _walk(handle, pdfium.form_count, pdfium.form_object, inner, drawn, depth + 1)


def _placed(points: list[list[float]], place: Affine) -> Points:
    a, b, c, d, e, f = place
    return tuple((a * x + c * y + e, b * x + d * y + f) for x, y in points)


def _bounds(handle: int, place: Affine) -> Box:
    pdfium.object_bounds(handle, *_scratch.f[:4])
    x0, y0, x1, y1 = _scratch.floats[:4].tolist()
    return _box(_placed([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], place))


def _box(points: Points) -> Box:
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _path(handle: int, place: Affine, z: int) -> list[Shape]:
    pdfium.path_mode(handle, _scratch.i[0], _scratch.i[1])
    filled, stroked = _scratch.ints[:2].tolist()
    if not (filled or stroked):
        return []
    fill, alpha = _scratch.color(pdfium.fill_color, handle) if filled else (None, 0)
    stroke, _ = _scratch.color(pdfium.stroke_color, handle) if stroked else (None, 0)
    width = 0.0
    if stroked and pdfium.stroke_width(handle, _scratch.f[0]):
        width = float(_scratch.floats[0])
    opaque = bool(filled) and alpha == _SOLID and not pdfium.object_transparent(handle)
    n = pdfium.path_count(handle)
    if n > _MAX_SEGMENTS:
        return [Shape("curve", _bounds(handle, place), fill, stroke, width, z, opaque=False, points=())]
    parts = _subpaths(handle, n, chain(_scratch.matrix(handle), place))
    return [Shape(kind, _box(points), fill, stroke, width, z, opaque, points) for kind, points in parts]


def _subpaths(handle: int, n: int, place: Affine) -> list[tuple[str, Points]]:
    """The path cut where its pen is lifted: kind and displayed points of each part."""
    segments = [pdfium.path_segment(handle, i) for i in range(n)]
    for segment, at in zip(segments, _POINTS_AT, strict=False):
        pdfium.segment_point(segment, at, at + 4)
    points = _placed(_points[:n].tolist(), place)
    kinds = [pdfium.segment_type(segment) for segment in segments]
    if pdfium.MOVE_TO not in kinds[1:]:
        curved = pdfium.BEZIER_TO in kinds
        return [("curve" if curved else _kind(points), points)] if n > 1 else []
    starts = [i for i, kind in enumerate(kinds) if kind == pdfium.MOVE_TO or i == 0]
    parts = []
    for a, b in zip(starts, [*starts[1:], n], strict=True):
        if b - a > 1:
            curved = pdfium.BEZIER_TO in kinds[a:b]
            parts.append(("curve" if curved else _kind(points[a:b]), points[a:b]))
    return parts


def _kind(points: Points) -> str:
    """Whether straight strokes make a line, an upright rectangle, or something else."""
    if len(points) == _LINE_POINTS:
        return "line"
    if len(points) not in _RECTANGLE_POINTS:
        return "curve"
    around = [*points[:4], points[0]]
    sides = [(abs(q[0] - p[0]), abs(q[1] - p[1])) for p, q in pairwise(around)]
    level = all(min(side) < _STRAIGHT for side in sides)
    closed = max(abs(points[-1][i] - points[0][i]) for i in (0, 1)) < _STRAIGHT or len(points) == _OPEN_BOX
    return "rect" if level and closed else "curve"
