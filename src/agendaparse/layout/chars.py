"""The characters of a page, read from pdfium into arrays: text, box, size, angle, font, colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from agendaparse.layout import pdfium
from agendaparse.layout.geometry import Bools, Display, Floats, Ints, displayed, ends_of, starts_where, upright
from agendaparse.layout.objects import Painted, Rgb

_STEP = 8  # every eighth character is asked for its text object; the rest only where two answers differ
WORD_GAP = 0.18  # of the font size: a wider gap parts words, printed space or not
_ASCENT, _DESCENT = 0.8, 0.2  # of the font size, where pdfium has no better
_EVEN = 0.02  # points: the boxes of one text object are equally high, if they are line boxes
_LEVEL = 2.0  # degrees within which text counts as upright: scans lean a little


class TextRun(NamedTuple):
    """One text object of the page: characters shown in one font, size and colour."""

    handle: int
    font: str
    bold: bool
    size: float  # of the font as displayed, in points
    color: tuple[int, int, int] | None  # None: a pattern or a colour space without RGB
    mode: int  # PDF's text render mode: 3 draws nothing
    angle: float  # as displayed, degrees anticlockwise
    z: int  # painting order; -1 if the page's objects do not list it


@dataclass(frozen=True)
class TextRuns:
    """The text objects of a page as arrays in step: some papers have one for each word."""

    handle: npt.NDArray[np.uint64]
    font: Ints  # which of ``fonts``
    size: Floats
    color: npt.NDArray[np.uint32]  # n x 4: red, green, blue, and the alpha that pdfium gives with them
    colored: Bools  # False: a pattern or a colour space without RGB
    mode: Ints
    angle: Floats
    z: Ints
    slant: Floats  # how far each upright one leans to the right, of its height: a word processor's own italics
    fonts: tuple[tuple[str, bool], ...]  # name, and whether it is bold

    def __len__(self) -> int:
        return len(self.handle)

    def __getitem__(self, i: int) -> TextRun:
        color = self.rgb[i]
        name, bold = self.fonts[self.font[i]]
        handle, size, mode = int(self.handle[i]), float(self.size[i]), int(self.mode[i])
        return TextRun(handle, name, bold, size, color, mode, float(self.angle[i]), int(self.z[i]))

    def font_of(self, i: int) -> tuple[str, float]:
        """The font's name and size of one, without its colour, for which those of all are looked up.

        >>> page.chars.runs.font_of(0)  # doctest: +SKIP
        ('Arial-BoldMT', 12.0)
        """
        return self.fonts[self.font[i]][0], float(self.size[i])

    @cached_property
    def rgb(self) -> list[Rgb | None]:
        """The colour of each; None for a pattern or a colour space without RGB."""
        known = zip(self.color.tolist(), self.colored.tolist(), strict=True)
        return [(r, g, b) if colored else None for (r, g, b, _), colored in known]

    @cached_property
    def bold(self) -> Bools:
        """Whether each is bold."""
        return np.array([bold for _, bold in self.fonts], dtype=bool)[self.font]


NO_RUNS = TextRuns(
    np.empty(0, np.uint64), np.empty(0, np.int64), np.empty(0), np.empty((0, 4), np.uint32), np.empty(0, bool),
    np.empty(0, np.int64), np.empty(0), np.empty(0, np.int64), np.empty(0), (),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chars:
    """The characters of a page in content order, white space left out; arrays run in step."""

    text: npt.NDArray[np.str_]  # one character each
    index: Ints  # pdfium's index of each
    box: Floats  # n x 4: x0, top, x1, bottom as displayed; height is the font size, upright text
    frame: Floats  # the same box in a frame turned so that the text runs left to right
    run: Ints  # its TextRun
    runs: TextRuns
    space: npt.NDArray[np.int8]  # before each: 0 nothing, 1 a space that pdfium guessed, 2 a space, 3 a new line


def read_chars(text_page: int, display: Display, order: Painted, fonts: Fonts) -> Chars:
    """All characters of the text page (a pdfium handle), boxes as displayed."""
    n = pdfium.count_chars(text_page)
    codes = _codes(text_page, n)
    white = _WHITE[np.minimum(codes, 0x3001)]
    index = (~white).nonzero()[0]
    handles = _handles(text_page, index)
    unique, first, run = _distinct(handles)
    bounds = np.zeros((len(index), 4), np.float32)
    at = bounds.ctypes.data
    calls = map(
        pdfium.char_loose_box, repeat(pdfium.held(text_page)), index.tolist(), range(at, at + 16 * len(index), 16)
    )
    pdfium.run(calls)
    # FS_RECTF is left, top, right, bottom
    box = display.boxes(bounds.astype(float))
    samples = index[first]
    runs = _text_runs(text_page, unique, samples.tolist(), display, order, fonts)
    _level_lines(text_page, box, run, samples, runs.size, display)
    _stand_up(box, runs.slant[run])
    frame = box.copy()
    for angle in sorted(set(runs.angle.tolist()) - {0.0}):
        which = np.flatnonzero(runs.angle[run] == angle)
        frame[which] = _turned(text_page, index[which], run[which], runs.size, display, angle)
        box[which] = displayed(frame[which], angle)
    text = codes[index].astype("<u4").view("<U1") if len(index) else np.empty(0, "<U1")
    return Chars(text, index, box, frame, run.astype(np.int64), runs, _spaces(text_page, codes, index, frame))


def _level_lines(text_page: int, box: Floats, run: Ints, samples: Ints, sizes: Floats, display: Display) -> None:
    """Give text whose boxes hug the glyph the height of its font: pdfium does not know every font's ascent."""
    if not len(run):
        return
    height = box[:, 3] - box[:, 1]
    mean = np.bincount(run, height) / np.bincount(run)
    uneven = np.zeros(len(samples), bool)
    uneven[run[np.abs(height - mean[run]) > _EVEN]] = True
    if not uneven.any():
        return
    base = display.points(*_origins(text_page, samples).T)[1]
    hugging = uneven[run]
    # where most of a page hugs its glyphs, its bold words would stand higher in the line than those beside them
    which = hugging.nonzero()[0] if 2 * hugging.sum() < len(run) else np.arange(len(run))
    own = run[which]
    box[which, 1], box[which, 3] = (base - _ASCENT * sizes)[own], (base + _DESCENT * sizes)[own]


def _origins(text_page: int, index: Ints) -> Floats:
    """Where the pen stood for each character, in user space: n x 2."""
    n = len(index)
    origin = np.zeros((n, 2))
    o = origin.ctypes.data
    ends_at = [range(o + 8 * k, o + 8 * k + 16 * n, 16) for k in range(2)]
    pdfium.run(map(pdfium.char_origin, repeat(pdfium.held(text_page)), index.tolist(), *ends_at))
    return origin


def _white_table() -> Bools:
    table = np.zeros(0x3002, bool)
    table[[i for i in range(0x3002) if chr(i).isspace() or i < 32 or i in (0x200B, 0x2060)]] = True  # noqa: PLR2004
    table[[0x02, 0xAD]] = False  # pdfium's mark for a hyphen at a line's end, and the soft hyphen
    return table


_WHITE = _white_table()


def _codes(text_page: int, n: int) -> Ints:
    """The code point of each character, in bulk where pdfium's text has one unit for each."""
    buffer = np.zeros(n + 1, np.uint16)
    written = pdfium.get_text(text_page, 0, n, buffer.ctypes.data) - 1 if n else 0
    codes = buffer[:n].astype(np.int64)
    if written != n or bool(((codes >= 0xD800) & (codes < 0xE000)).any()):  # noqa: PLR2004
        return np.fromiter(map(pdfium.char_unicode, repeat(pdfium.held(text_page)), range(n)), np.int64, n)
    return codes


def _handles(text_page: int, index: Ints) -> npt.NDArray[np.uint64]:
    """The text object of each character, asked of a few: characters of one object stand together."""
    n = len(index)
    if not n:
        return np.empty(0, np.uint64)
    points = np.append(np.arange(0, n - 1, _STEP), n - 1)
    sampled = _objects_of(text_page, index[points])
    steps = points[1:] - points[:-1]
    handles, unsure = np.empty(n, np.uint64), np.zeros(n, bool)
    handles[:-1], handles[-1] = np.repeat(sampled[:-1], steps), sampled[-1]
    unsure[:-1] = np.repeat(sampled[:-1] != sampled[1:], steps)
    unsure[points] = False
    handles[unsure] = _objects_of(text_page, index[unsure])
    return handles


def _objects_of(text_page: int, index: Ints) -> npt.NDArray[np.uint64]:
    return np.fromiter(map(pdfium.char_object, repeat(pdfium.held(text_page)), index.tolist()), np.uint64, len(index))


def _distinct(handles: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.uint64], Ints, Ints]:
    """The text objects, the first character of each, and the object of every character, by its place among them."""
    if not len(handles):
        return handles, np.empty(0, np.int64), np.empty(0, np.int64)
    starts = starts_where(handles[1:] != handles[:-1])
    places: dict[int, int] = {}
    run = np.array([places.setdefault(handle, len(places)) for handle in handles[starts].tolist()], np.int64)
    highest = np.maximum.accumulate(run)
    first = starts[starts_where(highest[1:] != highest[:-1])]
    return handles[first], first, np.repeat(run, ends_of(starts, len(handles)) - starts)


class Fonts:
    """The fonts of a document: name and boldness of each, asked once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[str, bool]] = {}

    def describe(self, handle: int) -> tuple[str, bool]:
        """The base name without its subset tag ("Arial,Bold") and whether it is bold."""
        if not handle:
            return "", False
        if handle not in self._known:
            buffer = np.zeros(256, np.uint8)
            n = pdfium.font_name(handle, buffer.ctypes.data, 256)
            name = bytes(buffer[: max(min(n, 256) - 1, 0)]).decode("utf-8", "replace")
            if len(name) > 7 and name[6] == "+":  # noqa: PLR2004
                name = name[7:]
            forced = bool(pdfium.font_flags(handle) & (1 << 18))
            self._known[handle] = name, forced or any(w in name.casefold() for w in ("bold", "black", "heavy"))
        return self._known[handle]


def _text_runs(
    text_page: int,
    handles: npt.NDArray[np.uint64],
    samples: Sequence[int],
    display: Display,
    order: Painted,
    fonts: Fonts,
) -> TextRuns:
    """The text objects of a page: each question is asked of all of them in one go."""
    n, ids = len(handles), handles.tolist()
    matrix, rgba = np.zeros((n, 6), np.float32), np.zeros((n, 4), np.uint32)
    m, c = matrix.ctypes.data, rgba.ctypes.data
    pdfium.run(map(pdfium.char_matrix, repeat(pdfium.held(text_page)), samples, range(m, m + 24 * n, 24)))
    channels = [range(c + 4 * k, c + 4 * k + 16 * n, 16) for k in range(4)]
    colored = np.fromiter(map(pdfium.fill_color, ids, *channels), np.int64, n)
    size = np.fromiter(map(pdfium.char_size, repeat(pdfium.held(text_page)), samples), float, n)
    mode = np.fromiter(map(pdfium.text_mode, ids), np.int64, n)
    places: dict[int, int] = {}
    font = np.array([places.setdefault(handle, len(places)) for handle in map(pdfium.text_font, ids)], np.int64)
    angle, scale, slant = _angles_and_scales(matrix.astype(float), display.turn)
    drawn_in = tuple(map(fonts.describe, places))
    return TextRuns(handles, font, size * scale, rgba, colored != 0, mode, angle, order.of(handles), slant, drawn_in)


def _angles_and_scales(matrix: Floats, turn: int) -> tuple[Floats, Floats, Floats]:
    """The angle of each text as displayed, by what its font's size is multiplied, and how far it leans."""
    a, b, c, d = matrix[:, :4].T
    if turn == 0 and not b.any() and not c.any() and (a > 0).all():  # a page of upright text
        return np.zeros(len(a)), np.abs(d), np.zeros(len(a))
    angle = (np.round(np.degrees(np.arctan2(b, a))) - turn) % 360
    angle[np.minimum(angle, 360 - angle) <= _LEVEL] = 0.0
    level = (b == 0) & (a > 0) & (turn == 0)
    slant = np.divide(c, d, out=np.zeros(len(c)), where=level & (d > 0))
    return angle, np.where(level, np.abs(d), np.hypot(c, d)), slant


def _stand_up(box: Floats, slant: Floats) -> None:
    """Make the boxes of slanted letters as wide as those of upright ones: pdfium draws them around the lean.

    They would reach over the space behind them.
    """
    leans = slant.nonzero()[0]
    if len(leans):
        reach = slant[leans] * (box[leans, 3] - box[leans, 1])
        box[leans, 0] += _DESCENT * reach
        box[leans, 2] -= _ASCENT * reach


def _turned(text_page: int, index: Ints, run: Ints, sizes: Floats, display: Display, angle: float) -> Floats:
    """Boxes of text at an angle, in its own frame: pdfium's loose boxes hold only for upright text."""
    n = len(index)
    origin, tight = _origins(text_page, index), np.zeros((n, 4))
    t = tight.ctypes.data
    corners = [range(t + 8 * k, t + 8 * k + 32 * n, 32) for k in range(4)]
    pdfium.run(map(pdfium.char_tight_box, repeat(pdfium.held(text_page)), index.tolist(), *corners))
    size = sizes[run]
    x0, base = upright(*display.points(origin[:, 0], origin[:, 1]), angle)
    # the tight box comes as left, right, bottom, top
    ends = upright(*display.points(tight[:, [0, 1, 0, 1]], tight[:, [2, 2, 3, 3]]), angle)[0]
    x1 = ends.max(axis=1) if angle % 90 == 0 else x0 + 0.5 * size
    follows = (np.diff(index) == 1) & (run[1:] == run[:-1])
    step = np.diff(x0)
    good = follows & (step > 0) & (step < 2 * size[:-1])
    x1[:-1][good] = x0[1:][good]
    return np.stack((x0, base - _ASCENT * size, np.maximum(x1, x0 + 0.1 * size), base + _DESCENT * size), axis=1)


def _spaces(text_page: int, codes: Ints, index: Ints, frame: Floats) -> npt.NDArray[np.int8]:
    """What white space stands before each character: see Chars.space."""
    before = np.zeros(len(index), np.int8)
    if not len(index):
        return before
    gaps = (index - np.concatenate(([-1], index[:-1])) > 1).nonzero()[0]
    previous = index[gaps] - 1
    line_end = (codes[previous] == 10) | (codes[previous] == 13)  # noqa: PLR2004
    before[gaps] = np.where(line_end, 3, 2)
    # pdfium guesses spaces from gaps; only a narrow one is worth the question whether it was printed
    room = np.append(np.inf, frame[1:, 0] - frame[:-1, 2])
    narrow = gaps[(before[gaps] == 2) & (room[gaps] < WORD_GAP * (frame[gaps, 3] - frame[gaps, 1]))]  # noqa: PLR2004
    asked = map(pdfium.char_generated, repeat(pdfium.held(text_page)), (index[narrow] - 1).tolist())
    before[narrow[np.fromiter(asked, np.int8, len(narrow)) == 1]] = 1
    return before
