"""Which words nobody sees: white on white, off the page, under a picture, drawn in no ink."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

import numpy as np

from agendaparse.layout.chars import TextRuns
from agendaparse.layout.geometry import Bools, Display, Floats, Ints
from agendaparse.layout.objects import Drawn, Picture, Rgb
from agendaparse.layout.words import Word, Words
from agendaparse.records import Box

Hidden = Literal["white", "off page", "covered", "no ink"]

_WHITE = 250  # of 255 in every channel: nobody tells it from paper
_SCAN = 0.5  # of the page: a picture as large as this is a scan, and text with it is what OCR read
_NO_INK = (3, 7)  # PDF text render modes that paint nothing


class HiddenWord(NamedTuple):
    """A word that was left out because nobody sees it, and why."""

    word: Word
    why: Hidden


def part_visible(
    words: Words,
    runs: TextRuns,
    drawn: Drawn,
    display: Display,
    is_solid: Callable[[Picture], bool],
) -> tuple[Words, list[HiddenWord], bool]:
    """The words that are seen, those that are not, and whether the seen ones are a scan's OCR layer.

    ``is_solid`` looks at a picture's own transparency; it is asked only of pictures painted over words.
    """
    if not words:
        return words, [], False
    scan = _scan(drawn, display)
    run = words.places.run
    ocr = scan is not None and _is_ocr_layer(runs.mode[run], runs.z[run], scan[1])
    middle = (words.places.box[:, :2] + words.places.box[:, 2:]) / 2
    reasons: dict[int, Hidden] = {}
    if not ocr:
        reasons.update(_unseen(run, middle, runs, drawn, is_solid))
    off = ((middle < 0) | (middle > (display.width, display.height))).any(axis=1)
    reasons.update(dict.fromkeys(np.flatnonzero(off).tolist(), "off page"))
    if not reasons:
        return words, [], ocr
    seen = words.only([i for i in range(len(words)) if i not in reasons])
    return seen, [HiddenWord(words[i], reasons[i]) for i in sorted(reasons)], ocr


def _scan(drawn: Drawn, display: Display) -> tuple[Box, int] | None:
    """The picture that fills the page, with its place in painting order; None if there is none."""
    for picture in drawn.pictures:
        width = min(picture.box.x1, display.width) - max(picture.box.x0, 0)
        height = min(picture.box.bottom, display.height) - max(picture.box.top, 0)
        if width > 0 and height > 0 and width * height > _SCAN * display.width * display.height:
            return picture.box, picture.z
    return None


def _is_ocr_layer(modes: Ints, z: Ints, scan_z: int) -> bool:
    """Whether most words are drawn in no ink, or lie under the scan: then they are what it shows."""
    layer = _paints_nothing(modes) | ((z >= 0) & (z < scan_z))
    return bool(2 * layer.sum() > len(layer))


def _paints_nothing(modes: Ints) -> Bools:
    """Whether text of these render modes leaves no ink."""
    invisible, clipping = _NO_INK
    return np.asarray((modes == invisible) | (modes == clipping), dtype=bool)


def _unseen(
    run: Ints,
    middle: Floats,
    runs: TextRuns,
    drawn: Drawn,
    is_solid: Callable[[Picture], bool],
) -> dict[int, Hidden]:
    """The words that stand on the page and are not seen, by their place in the list."""
    z = runs.z[run]
    why: dict[int, Hidden] = dict.fromkeys(np.flatnonzero(_covered(middle, z, drawn, is_solid)).tolist(), "covered")
    no_ink = _paints_nothing(runs.mode)
    white = runs.colored & (runs.color[:, :3].min(axis=1) >= _WHITE)
    why |= dict.fromkeys(np.flatnonzero(no_ink[run]).tolist(), "no ink")
    pale = np.flatnonzero((white & ~no_ink)[run])
    if len(pale):
        lost = pale[_on_white(middle[pale], z[pale], drawn)]
        why |= dict.fromkeys(lost.tolist(), "white")
    return why


def _covered(middle: Floats, z: Ints, drawn: Drawn, is_solid: Callable[[Picture], bool]) -> Bools:
    """Whether an opaque box or picture was painted over the middle of each word."""
    lowest = z[z >= 0].min(initial=np.iinfo(int).max)
    solid = [(*s.box, s.z) for s in drawn.shapes if s.opaque and s.z > lowest and s.kind == "rect"]
    covered = _under(middle, z, solid).any(axis=0) if solid else np.zeros(len(z), bool)
    pictures = [p for p in drawn.pictures if p.opaque and p.z > lowest]
    if pictures:
        for picture, under in zip(pictures, _under(middle, z, [(*p.box, p.z) for p in pictures]), strict=True):
            if under.any() and is_solid(picture):
                covered |= under
    return np.asarray(covered, dtype=bool)


def _under(middle: Floats, z: Ints, covers: Sequence[tuple[float, ...]]) -> Bools:
    """Which words (columns) have their middle under which covers (rows)."""
    x0, top, x1, bottom, over = np.array(covers).reshape(-1, 5).T[:, :, None]
    x, y = middle.T
    inside = (x0 <= x) & (x <= x1) & (top <= y) & (y <= bottom) & (over > z) & (z >= 0)
    return np.asarray(inside, dtype=bool)


def _is_white(color: Rgb | None) -> bool:
    return color is not None and min(color) >= _WHITE


def _on_white(middle: Floats, z: Ints, drawn: Drawn) -> Bools:
    """Whether what lies under each point, for text painted at z, is white or bare paper.

    A picture or a pattern may be of any colour: text on it is taken as seen.
    """
    fills = [s for s in drawn.shapes if s.fill is not None and s.kind != "line"]
    others: list[Picture] = [*drawn.pictures, *drawn.shadings]
    grounds = [(*s.box, s.z, _is_white(s.fill)) for s in fills] + [(*p.box, p.z, False) for p in others]
    x0, top, x1, bottom, painted, white = np.array(grounds).reshape(-1, 6).T[:, :, None]
    x, y = middle.T
    under = (x0 <= x) & (x <= x1) & (top <= y) & (y <= bottom) & ((painted < z) | (z < 0))
    topmost = np.where(under, painted, -1.0).argmax(axis=0) if grounds else np.zeros(len(z), int)
    return np.asarray(~under.any(axis=0) | (white[topmost, 0] > 0 if grounds else True), dtype=bool)
