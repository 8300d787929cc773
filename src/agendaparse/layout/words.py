"""Characters -> words, in content order, of whatever angle."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import compress
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from agendaparse.layout.chars import WORD_GAP, Chars
from agendaparse.layout.geometry import Bools, Floats, Ints, displayed, ends_of, starts_where
from agendaparse.layout.glyphs import drawn_text, is_symbol_font, odd_signs
from agendaparse.records import Box

# Shares of the font size.
_TOUCHING = 0.03  # a printed space that opens no gap parts nothing (letters that are set one by one)
_NARROW = 0.1  # a gap that parts words where the letters before and after it touch (sheets print no spaces)
_NARROWEST = 0.06  # the same where pdfium, which knows how wide the font's letters are, takes it for a space
_BACKWARDS = 0.6  # a step back by more is another word, not kerning
_SMALL, _LIFTED = 0.86, 0.15  # of the size of the character before: a footnote's mark
_LONGEST_NOTE = 2  # digits; what goes on behind them is a figure whose first digits stand a little higher (OCR)
_BEFORE_NOTE = frozenset("0123456789%)")
_RAISED = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
_SHARED_HEIGHT = 0.35  # a raised "th" still shares this much of its height with the word that it ends


class Word(NamedTuple):
    """One word: its text, its box as displayed, and how it was set."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    angle: float  # degrees anticlockwise; 0 is upright
    size: float  # of the font, in points
    bold: bool
    run: int  # the TextRun of its first character
    first: int  # its characters: chars.text[first:last]
    last: int
    spaced: bool  # a printed space or new line stands before it
    frame: tuple[float, float, float, float]  # its box in a frame turned so that it reads rightwards

    @property
    def box(self) -> Box:
        """The box as displayed."""
        return Box(self.x0, self.top, self.x1, self.bottom)


class Places(NamedTuple):
    """Where some words stand and how large they are: arrays in step with them."""

    box: Floats  # n x 4, as displayed
    frame: Floats  # n x 4, each turned so that it reads rightwards
    angle: Floats
    size: Floats
    run: Ints  # the TextRun of each

    @classmethod
    def of(cls, words: Sequence[Word]) -> Places:
        """The places of these words.

        >>> Places.of([]).box.shape
        (0, 4)
        """
        box, frame = (
            np.array(boxes, float).reshape(-1, 4) for boxes in ([w[1:5] for w in words], [w.frame for w in words])
        )
        run = np.array([w.run for w in words], int)
        return cls(box, frame, np.array([w.angle for w in words]), np.array([w.size for w in words]), run)

    def only(self, which: Any) -> Places:
        """Those of some of the words, by their positions or by a mask.

        >>> Places.of([]).only([]).size.shape
        (0,)
        """
        return Places(self.box[which], self.frame[which], self.angle[which], self.size[which], self.run[which])


class Words(tuple[Word, ...]):  # noqa: SLOT001 - a tuple can have no others
    """Words in content order; what looks at all of them at once reads their places.

    >>> len(Words().places.size)
    0
    """

    places: Places

    def __new__(cls, words: Iterable[Word] = (), places: Places | None = None) -> Self:
        """These words; their places, if they are not known, are gathered from them."""
        own = super().__new__(cls, words)
        own.places = places or Places.of(own)
        return own

    def only(self, which: Sequence[int]) -> Words:
        """Some of the words, by their position.

        >>> Words().only([])
        ()
        """
        return Words([self[i] for i in which], self.places.only(which))

    def without(self, gone: Iterable[Word]) -> Words:
        """These words but for some of them.

        >>> Words().without([])
        ()
        """
        kept = np.ones(len(self), bool)
        kept[[self.index(word) for word in gone]] = False
        return Words(compress(self, kept.tolist()), self.places.only(kept))


# what Word._make does, without a step in Python for each of a page's words
_MAKE: Callable[[Iterable[Any]], Word] = partial(tuple.__new__, Word)


def find_words(chars: Chars) -> Words:
    """The words of a page in content order; a change of line, angle or a gap starts a new one."""
    if not len(chars.text):
        return Words()
    angles = chars.runs.angle[chars.run]
    starts = starts_where(_breaks(chars, angles))
    ends = ends_of(starts, len(chars.text))
    run = chars.run[starts]
    frame = _around(chars.frame, starts)
    signs = _with_notes(chars)
    text = signs.tobytes().decode("utf-32-le", "surrogatepass")
    places = Places(_shown(frame, angles[starts]), frame, angles[starts], chars.runs.size[run], run)
    texts = [text[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
    fonts, own = [name for name, _ in chars.runs.fonts], chars.runs.font[run]
    drawn = np.array([is_symbol_font(name) for name in fonts])[own]
    if not text.isascii() or not text.isprintable():
        drawn |= np.logical_or.reduceat(odd_signs(signs), starts)
    for i in drawn.nonzero()[0].tolist():
        texts[i] = drawn_text(texts[i], fonts[own[i]])
    sides = places.box.T.tolist()
    columns = zip(
        texts,
        *sides,
        places.angle.tolist(),
        places.size.tolist(),
        chars.runs.bold[run].tolist(),
        run.tolist(),
        starts.tolist(),
        ends.tolist(),
        (chars.space[starts] > 1).tolist(),
        zip(*(sides if places.box is frame else frame.T.tolist()), strict=True),
        strict=True,
    )
    words = Words(map(_MAKE, columns), places)
    return words if all(texts) else words.only([i for i, text in enumerate(texts) if text])


def _with_notes(chars: Chars) -> npt.NDArray[np.str_]:
    """The characters; small digits raised behind a figure, the marks of footnotes, are no digits of its own."""
    sizes = chars.runs.size[chars.run]
    x0, top, x1, bottom = chars.frame.T
    lifted = (sizes[1:] < _SMALL * sizes[:-1]) & (bottom[1:] < bottom[:-1] - _LIFTED * sizes[:-1])
    lifted &= (np.abs(x0[1:] - x1[:-1]) < _LIFTED * sizes[:-1]) & (bottom[1:] > top[:-1])  # right beside it
    starts = [i + 1 for i in lifted.nonzero()[0].tolist() if chars.text[i] in _BEFORE_NOTE]
    if not starts:
        return chars.text
    text = chars.text.copy()
    for start in starts:
        end = next(
            (i for i in range(start, len(text)) if i > start and (chars.space[i] or sizes[i] != sizes[start])),
            len(text),
        )
        runs_on = end < len(text) and not chars.space[end] and abs(x0[end] - x1[end - 1]) < _LIFTED * sizes[start]
        if end - start <= _LONGEST_NOTE and not runs_on and all(ch in _RAISED for ch in text[start:end].tolist()):
            text[start:end] = [_RAISED[ch] for ch in text[start:end].tolist()]
    return text


def _breaks(chars: Chars, angles: Floats) -> Bools:
    """Which characters, but for the first, start a new word."""
    x0, top, x1, bottom = chars.frame.T
    height = np.maximum(bottom - top, 0.1)
    smaller = np.minimum(height[1:], height[:-1])
    larger = np.maximum(height[1:], height[:-1])
    gap = x0[1:] - x1[:-1]
    shared = np.minimum(bottom[1:], bottom[:-1]) - np.maximum(top[1:], top[:-1])
    space = chars.space[1:]
    new = (gap > WORD_GAP * larger) | (gap < -_BACKWARDS * larger)
    parted = (space > 1) & (gap > _TOUCHING * larger)
    if angles.any():  # pdfium takes the kerning of turned text for a space or a new line
        parted &= (angles[1:] == 0) | (gap > _NARROW * larger)
    new |= parted
    tight = new | (gap < _TOUCHING * larger)  # a letter alone has words on both sides: "Cllr A Agar", kerned
    among_tight = np.append(True, tight[:-1]) & np.append(tight[1:], True)
    new |= (gap > _NARROW * larger) & among_tight
    if (guessed := (space == 1) & (gap > _NARROWEST * larger)).any():
        new |= guessed & _alone(guessed, tight)
    new |= shared < _SHARED_HEIGHT * smaller
    new |= angles[1:] != angles[:-1]
    # the letters of a ligature share one box
    new &= ~((x0[1:] == x0[:-1]) & (x1[1:] == x1[:-1]) & (space == 0))
    return np.asarray(new, dtype=bool)


def _alone(gaps: Bools, tight: Bools) -> Bools:
    """Which gaps stand among letters that touch: one alone, or two about a single sign, as in "Homes & Parks".

    Between letters that are set apart ("A G E N D A") gaps follow each other.
    """
    before, after = np.append(True, tight[:-1]), np.append(tight[1:], True)
    first = before & np.append(gaps[1:] & np.append(tight[2:], True), False)
    alone: Bools = (before & after) | first | np.append(False, first[:-1])
    return alone


def _around(frame: Floats, starts: Ints) -> Floats:
    """The box around the characters of each word."""
    low = np.minimum.reduceat(frame[:, :2], starts, axis=0)
    high = np.maximum.reduceat(frame[:, 2:], starts, axis=0)
    return np.concatenate((low, high), axis=1)


def _shown(frame: Floats, angles: Floats) -> Floats:
    """Boxes in the words' own frames, as displayed."""
    if not angles.any():
        return frame
    box = frame.copy()
    for angle in sorted(set(angles.tolist()) - {0.0}):
        which = angles == angle
        box[which] = displayed(frame[which], angle)
    return box


def cut_word(word: Word, at: int, chars: Chars) -> tuple[Word, Word]:
    """The word as two, cut before its character number ``at``; boxes are those of the characters."""
    middle = word.first + at
    parts = []
    for first, last in ((word.first, middle), (middle, word.last)):
        box, frame = (_around(a[first:last], np.array([0]))[0].tolist() for a in (chars.box, chars.frame))
        text = "".join(chars.text[first:last].tolist())
        run = int(chars.run[first])
        spaced = word.spaced and first == word.first
        x0, top, x1, bottom = box
        parts.append(
            Word(text, x0, top, x1, bottom, word.angle, word.size, word.bold, run, first, last, spaced, tuple(frame))
        )
    return parts[0], parts[1]
