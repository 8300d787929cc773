"""The drawn things of a page in painting order: rules, filled shapes, images; and each text's place in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain as end_to_end
from itertools import compress, repeat
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from agendaparse.layout import pdfium
from agendaparse.layout.geometry import Affine, Display, Floats, Ints, chain, chain_many, ends_of, starts_where
from agendaparse.records import Box

Rgb = tuple[int, int, int]
Points = tuple[tuple[float, float], ...]

# Real pages nest forms two or three deep; a form that draws itself would never end.
_MAX_DEPTH = 8
# A path of more segments than this is a picture (a map, a logo): its bounds say all that a table needs.
_MAX_SEGMENTS = 4000
_LINE_POINTS, _OPEN_BOX, _RECTANGLE_POINTS = 2, 4, (4, 5)
_KINDS = ("curve", "line", "rect")
_CURVE, _LINE, _RECT = range(3)
_SOLID = 255
_NO_COLOR = (None, _SOLID)
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


class Painted:
    """When each text object of a page is painted: its z, by pdfium's handle."""

    def __init__(self) -> None:
        self._handles: list[npt.NDArray[np.uint64]] = []
        self._z: list[Ints] = []

    def add(self, handles: npt.NDArray[np.uint64], z: Ints) -> None:
        """Keep the z of some text objects."""
        self._handles.append(handles)
        self._z.append(z)

    def of(self, handles: npt.NDArray[np.uint64]) -> Ints:
        """The z of each text object; -1 for those that the page does not list."""
        if not self._handles:
            return np.full(len(handles), -1)
        known, z = np.concatenate(self._handles), np.concatenate(self._z)
        order = np.argsort(known)
        at = np.searchsorted(known, handles, sorter=order)
        found = order[np.minimum(at, len(known) - 1)]
        return np.where(known[found] == handles, z[found], -1)


@dataclass(slots=True)
class Drawn:
    """All that is drawn on a page beside its text."""

    shapes: list[Shape] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    shadings: list[Picture] = field(default_factory=list)
    texts: Painted = field(default_factory=Painted)
    painted: int = 0  # objects met so far: the last z given


class _Paths(NamedTuple):
    """The paths of a page: handles, z and the map from each one's parent to displayed points."""

    handles: list[int]
    z: list[int]
    places: list[Affine]


def read_objects(page: int, display: Display) -> Drawn:
    """Everything drawn on the page (a pdfium handle), forms opened, in painting order."""
    drawn, paths = Drawn(), _Paths([], [], [])
    _walk(page, pdfium.count_objects, pdfium.page_object, display.affine, drawn, paths, 0)
    drawn.shapes += _shapes(paths)
    return drawn


def read_pictures(page: int, display: Display) -> list[Picture]:
    """The images of a page alone, as in ``Drawn.pictures``; their handles serve while the page is open."""
    drawn = Drawn()
    _walk(page, pdfium.count_objects, pdfium.page_object, display.affine, drawn, _Paths([], [], []), 0)
    return drawn.pictures


def _walk(
    parent: int, count: pdfium.Call, get: pdfium.Call, place: Affine, drawn: Drawn, paths: _Paths, depth: int
) -> None:
    """Objects of a page or form; ``place`` takes the parent's space to displayed points."""
    handles = list(map(get, repeat(pdfium.held(parent)), range(count(parent))))
    kinds = list(map(pdfium.object_type, handles))
    z = drawn.painted + 1 + np.arange(len(handles))  # objects of forms come between
    for i in [i for i, kind in enumerate(kinds) if kind != pdfium.TEXT]:
        handle, kind = handles[i], kinds[i]
        if kind == pdfium.PATH:
            paths.handles.append(handle)
            paths.z.append(int(z[i]))
            paths.places.append(place)
        elif kind in (pdfium.IMAGE, pdfium.SHADING):
            opaque = not pdfium.object_transparent(handle)
            where = drawn.pictures if kind == pdfium.IMAGE else drawn.shadings
            where.append(Picture(_bounds(handle, place), int(z[i]), opaque, handle))
        elif kind == pdfium.FORM and depth < _MAX_DEPTH:
            drawn.painted = int(z[i])
            inner = chain(_matrix(handle), place)
            _walk(handle, pdfium.form_count, pdfium.form_object, inner, drawn, paths, depth + 1)
            z[i + 1 :] += drawn.painted - int(z[i])
    texts = np.array(kinds, dtype=int) == pdfium.TEXT
    drawn.texts.add(np.array(handles, np.uint64)[texts], z[texts])
    drawn.painted = int(z[-1]) if len(z) else drawn.painted


_floats = np.zeros(6, np.float32)
_FLOATS_AT = [_floats.ctypes.data + 4 * i for i in range(6)]


def _matrix(handle: int) -> Affine:
    pdfium.object_matrix(handle, _FLOATS_AT[0])
    a, b, c, d, e, f = _floats.tolist()
    return (a, b, c, d, e, f)


def _bounds(handle: int, place: Affine) -> Box:
    pdfium.object_bounds(handle, *_FLOATS_AT[:4])
    x0, y0, x1, y1 = _floats[:4].tolist()
    a, b, c, d, e, f = place
    corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
    xs, ys = zip(*((a * x + c * y + e, b * x + d * y + f) for x, y in corners), strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


class _Paint(NamedTuple):
    """How a path is painted."""

    fill: Rgb | None
    stroke: Rgb | None
    width: float
    opaque: bool


def _shapes(paths: _Paths) -> list[Shape]:
    """The paths as shapes, each cut where its pen is lifted: each question is asked of all of them in one go."""
    painted, paints = _paints(paths.handles)
    handles = [paths.handles[i] for i in painted]
    lengths = list(map(pdfium.path_count, handles))
    shapes: list[tuple[int, Shape]] = []
    drawn = []  # those that are looked at stroke by stroke
    for k, (i, n) in enumerate(zip(painted, lengths, strict=True)):
        if n > _MAX_SEGMENTS:
            fill, stroke, width, _ = paints[k]
            box = _bounds(paths.handles[i], paths.places[i])
            shapes.append((k, Shape("curve", box, fill, stroke, width, paths.z[i], opaque=False, points=())))
        elif n > 1:
            drawn.append(k)
    if drawn:
        own = [handles[k] for k in drawn]
        places = np.array([paths.places[painted[k]] for k in drawn])
        for at, kind, box, points in _parts(own, [lengths[k] for k in drawn], places):
            k = drawn[at]
            fill, stroke, width, opaque = paints[k]
            shapes.append((k, Shape(kind, box, fill, stroke, width, paths.z[painted[k]], opaque, points)))
    shapes.sort(key=itemgetter(0))
    return [shape for _, shape in shapes]


def _paints(handles: list[int]) -> tuple[list[int], list[_Paint]]:
    """The paths that are painted at all, by their places, and how."""
    n = len(handles)
    modes = np.zeros((n, 2), np.int32)
    at = modes.ctypes.data
    pdfium.run(map(pdfium.path_mode, handles, range(at, at + 8 * n, 8), range(at + 4, at + 4 + 8 * n, 8)))
    painted = np.flatnonzero(modes.any(1)).tolist()
    own = [handles[i] for i in painted]
    filled, stroked = (modes[painted] != 0).T.tolist() if painted else ([], [])
    fills, strokes = _colors(pdfium.fill_color, own, filled), _colors(pdfium.stroke_color, own, stroked)
    widths = np.zeros(len(own), np.float32)
    at = widths.ctypes.data
    pdfium.run(map(pdfium.stroke_width, own, range(at, at + 4 * len(own), 4)))
    clear = map(pdfium.object_transparent, own)
    paints = []
    for f, s, (fill, alpha), (stroke, _), width, is_clear in zip(
        filled, stroked, fills, strokes, widths.tolist(), clear, strict=True
    ):
        opaque = f and alpha == _SOLID and not is_clear
        paints.append(_Paint(fill if f else None, stroke if s else None, width if s else 0.0, opaque))
    return painted, paints


def _colors(ask: pdfium.Call, handles: list[int], painted: list[bool]) -> list[tuple[Rgb | None, int]]:
    """The colour of each that is painted so, with its alpha; a pattern, or one without RGB, counts as solid."""
    own = list(compress(handles, painted))
    n = len(own)
    rgba = np.zeros((n, 4), np.uint32)
    channels = [range(rgba.ctypes.data + 4 * k, rgba.ctypes.data + 4 * k + 16 * n, 16) for k in range(4)]
    known = list(map(ask, own, *channels))
    told = iter([((r, g, b), a) if k else _NO_COLOR for k, (r, g, b, a) in zip(known, rgba.tolist(), strict=True)])
    return [next(told) if is_painted else _NO_COLOR for is_painted in painted]


def _parts(handles: list[int], lengths: list[int], places: Floats) -> Iterator[tuple[int, str, Box, Points]]:
    """The parts of all paths: which path, kind, box and displayed points of each."""
    path = np.repeat(np.arange(len(handles)), lengths)
    x, y, kinds = _strokes(handles, lengths, path, places)
    starts = starts_where((kinds[1:] == pdfium.MOVE_TO) | (path[1:] != path[:-1]))
    ends = ends_of(starts, len(path))
    boxes = [f.reduceat(v, starts) for f, v in ((np.minimum, x), (np.minimum, y), (np.maximum, x), (np.maximum, y))]
    curved = np.logical_or.reduceat(kinds == pdfium.BEZIER_TO, starts)
    named = np.where(curved, _CURVE, _straight_kinds(x, y, starts, ends - starts))
    points = list(zip(x.tolist(), y.tolist(), strict=True))
    columns = zip(path[starts].tolist(), named.tolist(), *(b.tolist() for b in boxes), strict=True)
    for (at, kind, *box), a, b in zip(columns, starts.tolist(), ends.tolist(), strict=True):
        if b - a > 1:
            yield at, _KINDS[kind], Box(*box), tuple(points[a:b])


def _strokes(handles: list[int], lengths: list[int], path: Ints, places: Floats) -> tuple[Floats, Floats, Ints]:
    """The displayed x and y of all strokes' ends, and what pdfium calls each stroke."""
    each = (
        map(pdfium.path_segment, repeat(pdfium.held(handle)), range(n))
        for handle, n in zip(handles, lengths, strict=True)
    )
    strokes = list(end_to_end.from_iterable(each))
    ends, own = np.zeros((len(strokes), 2), np.float32), np.zeros((len(handles), 6), np.float32)
    at, matrix_at = ends.ctypes.data, own.ctypes.data
    stop = at + 8 * len(strokes)
    pdfium.run(map(pdfium.segment_point, strokes, range(at, stop, 8), range(at + 4, stop + 4, 8)))
    pdfium.run(map(pdfium.object_matrix, handles, range(matrix_at, matrix_at + 24 * len(handles), 24)))
    a, b, c, d, e, f = chain_many(own.astype(float), places)[:, path]
    x, y = ends.astype(float).T
    kinds = np.fromiter(map(pdfium.segment_type, strokes), np.int64, len(strokes))
    return a * x + c * y + e, b * x + d * y + f, kinds


def _straight_kinds(x: Floats, y: Floats, starts: Ints, sizes: Ints) -> Ints:
    """Whether straight strokes make a line, an upright rectangle, or something else."""
    kinds = np.where(sizes == _LINE_POINTS, _LINE, _CURVE)
    fewest, most = _RECTANGLE_POINTS
    boxes = ((sizes >= fewest) & (sizes <= most)).nonzero()[0]
    around = starts[boxes, None] + np.array([0, 1, 2, 3, 0])
    along, down = x[around], y[around]
    dx, dy = np.abs(along[:, 1:] - along[:, :-1]), np.abs(down[:, 1:] - down[:, :-1])
    level = (np.minimum(dx, dy) < _STRAIGHT).all(1)
    first, last = starts[boxes], starts[boxes] + sizes[boxes] - 1
    apart = np.maximum(np.abs(x[last] - x[first]), np.abs(y[last] - y[first]))
    kinds[boxes[level & ((apart < _STRAIGHT) | (sizes[boxes] == _OPEN_BOX))]] = _RECT
    return kinds
