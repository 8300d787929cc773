"""The text of minutes as passages: paragraphs, points of lists and bullets, with what was struck out left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from agendaparse.content.body import body_lines
from agendaparse.content.side_headings import with_headings_above
from agendaparse.content.stamps import StampedPage
from agendaparse.content.text import Texts, plain
from agendaparse.issues import Issues
from agendaparse.layout.lines import Line
from agendaparse.layout.scored import find_scored
from agendaparse.layout.words import Word
from agendaparse.profile import Profile, fold
from agendaparse.records import Document

_BULLETS = frozenset("•●▪◦○➢➤·*o-")
_HANGS = 3.0  # points: what begins further left than the text above, and with a number, is a new point
# Shares of the font size.
_GAP = 0.32  # beyond the usual distance of two lines: more parts paragraphs
_WIDE = 1.6  # from line to line: double spacing, or paragraphs of one line each
_APART = 0.5  # between a bare number and its text
_COLUMN = 1.2  # between a bare letter and its text: "a" may be a word
_ELSEWHERE = 12.0  # a line that begins so far right or left is no part of the paragraph
_USUAL = 0.2  # of the most frequent distance between lines: the least frequent that still counts
_SHORT = 0.12  # of the width of the text: a line that ends so early ends its paragraph
_LETTERS = ("a", "b", "c", "d", "e", "f", "g", "h", "i", "j")
_ENDS = (".", ":", ";", "?", "!", ")", "]", '"', "-")


class PrintedLine(NamedTuple):
    """A line of minutes with its page, its text as compared, and whether all of it is underlined."""

    pdf_page: int
    line: Line
    text: str
    underlined: bool


@dataclass(slots=True)  # not frozen: there are many, and to freeze one takes longer than to make it
class Passage:
    """One paragraph, one point of a list or one bullet, over its lines and pages."""

    lines: tuple[PrintedLine, ...]
    marker: str | None  # its number as printed: "(i)", "1."; None if it has none
    bullet: bool
    text: str  # as printed, without its number or bullet
    plain: str  # the same as compared
    _fits: dict[str, dict[str, str] | None] = field(default_factory=dict, repr=False, compare=False)
    _near: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def pdf_page(self) -> int:
        """The page on which it begins."""
        return self.lines[0].pdf_page

    @property
    def x(self) -> float:
        """Where it begins, with its number or bullet."""
        return self.lines[0].line.box.x0

    def fit(self, pattern: str, profile: Profile) -> dict[str, str] | None:
        """What a pattern finds in the whole passage; asked once, since several stages look for the words that decide.

        >>> passage.fit("minutes.resolved", general_profile())  # doctest: +SKIP
        {'lead': '', 'rest': 'that the report be noted.'}
        """
        if pattern not in self._fits:
            self._fits[pattern] = profile.pattern(pattern).match(self.plain)
        return self._fits[pattern]

    def may_fit(self, patterns: tuple[str, ...], profile: Profile) -> frozenset[str]:
        """Those of the patterns whose words stand in the passage: of most passages none of those that decide.

        >>> passage.may_fit(("minutes.resolved", "minutes.agreed"), general_profile())  # doctest: +SKIP
        frozenset({'minutes.resolved'})
        """
        if patterns not in self._near:
            folded = fold(self.plain)
            near = [p.name for p in map(profile.pattern, patterns) if p.may_stand_in(folded)]
            self._near[patterns] = frozenset(near)
        return self._near[patterns]

    @property
    def bold(self) -> bool:
        """Whether most of it is bold."""
        bold = sum(b.line.bold for b in self.lines)
        return 2 * bold > len(self.lines)


def look_for(patterns: tuple[str, ...], passages: Sequence[Passage], profile: Profile) -> None:
    """Look in all passages at once for the words that patterns cannot do without, for ``may_fit`` to know.

    >>> look_for(("minutes.resolved",), [], general_profile())
    """
    texts = Texts([p.plain for p in passages])
    near: list[set[str]] = [set() for _ in passages]
    for pattern in map(profile.pattern, patterns):
        for k in texts.that_may_fit(pattern):
            near[k].add(pattern.name)
    for passage, names in zip(passages, near, strict=True):
        passage._near[patterns] = frozenset(names)  # noqa: SLF001


def standing_lines(
    pages: Sequence[StampedPage], document: Document, profile: Profile, issues: Issues
) -> tuple[list[PrintedLine], Texts]:
    """The lines that stand, and their texts: without struck words, running lines and the chair's signature."""
    body = with_headings_above(body_lines(pages, document), lambda _: False)
    scored = {n: find_scored(pages[n - 1].page.words, pages[n - 1].page.shapes) for n in document.pdf_pages}
    found: list[PrintedLine] = []
    struck: dict[int, list[Word]] = {}
    for here in body:
        marks = scored[here.pdf_page]
        gone = [w for w in here.line.words if w in marks.struck] if marks.struck else []
        if gone:
            struck.setdefault(here.pdf_page, []).extend(gone)
        line = Line(tuple(w for w in here.line.words if w not in marks.struck)) if gone else here.line
        text = plain(line.text) if gone else here.text
        if not (text[:1].isalnum() or any(map(str.isalnum, text))):
            continue
        underlined = bool(marks.underlined) and _is_underlined(line, marks.underlined)
        found.append(PrintedLine(here.pdf_page, line, text, underlined))
    for number, out in struck.items():
        _report_struck(number, out, issues)
    texts = Texts([b.text for b in found])
    signed = {i for i, _ in texts.matches(profile.pattern("minutes.signature"))}
    kept = [i for i in range(len(found)) if i not in signed]
    return [found[i] for i in kept], texts.at(kept)


def _is_underlined(line: Line, underlined: frozenset[Word]) -> bool:
    """Whether all words with letters are, and there is one."""
    lettered = False
    for word in line.words:
        if any(map(str.isalpha, word.text)):
            if word not in underlined:  # the first word tells, of nearly every line
                return False
            lettered = True
    return lettered


def _report_struck(pdf_page: int, words: Sequence[Word], issues: Issues) -> None:
    message, box = f"{len(words)} struck word(s) were left out of the minutes", Line(tuple(words)).box
    issues.add("struck_text", message, pdf_page=pdf_page, box=box, raw=" ".join(w.text for w in words))


def find_passages(lines: Sequence[PrintedLine], profile: Profile, setting: Setting) -> list[Passage]:
    """The passages of some lines in order; a page break parts none that goes on overleaf."""
    begun: list[_Begun] = []
    for here in lines:
        marker, bullet = _mark(here.line, profile)
        marked = marker is not None or bullet
        if begun and not _begins(begun[-1], here, profile, setting, marked=marked):
            begun[-1].lines.append(here)
        else:
            begun.append(_Begun([here], marker, bullet))
    return [_passage(passage) for passage in begun]


class _Begun(NamedTuple):
    """A passage on its way: its lines so far, and the number or bullet that it begins with."""

    lines: list[PrintedLine]
    marker: str | None
    bullet: bool


@dataclass(frozen=True)
class Setting:
    """How a document's text is set: the usual distance of its lines, and its right margin."""

    pitch: float  # from line to line, of the font size
    right: float
    width: float

    @classmethod
    def of(cls, lines: Sequence[PrintedLine]) -> Setting:
        """The setting of these lines.

        >>> Setting.of([]).pitch
        1.2
        """
        boxes = [b.line.box for b in lines]
        places = [(b.pdf_page, box.top, b.line.size) for b, box in zip(lines, boxes, strict=True)]
        apart = [(here[1] - above[1]) / here[2] for above, here in pairwise(places) if above[0] == here[0]]
        steps = Counter([round(step, 1) for step in apart if 0.9 < step < 3])  # noqa: PLR2004
        most = max(steps.values(), default=0)
        pitch = min((step for step, n in steps.items() if n >= _USUAL * most), default=1.2)
        ends = sorted([box.x1 for box in boxes])
        left = min([box.x0 for box in boxes], default=0.0)
        right = ends[int(0.9 * (len(ends) - 1))] if ends else 0.0
        return cls(pitch, right, right - left)


def _begins(before: _Begun, here: PrintedLine, profile: Profile, setting: Setting, *, marked: bool) -> bool:
    """Whether a line begins a passage of its own; ``marked``: with a number or bullet."""
    above = before.lines[-1]
    ended = above.text.endswith(_ENDS)
    if here.pdf_page != above.pdf_page:
        return marked or ended or _begins_decision(here, profile)
    step = here.line.box.top - above.line.box.top
    text_x = _text_x(before)
    wide = step > (setting.pitch + _GAP) * here.line.size
    if step < 0 or (wide and (marked or ended or not _runs_on(above, here, text_x, setting))):
        return True
    if abs(here.line.box.x0 - text_x) > _ELSEWHERE * here.line.size:
        return True
    if marked:
        short = _is_short(above, setting) or above.text.endswith((",", " and", " or"))
        return ended or short or here.line.box.x0 < text_x - _HANGS
    return _is_apart(above, here, profile, setting)


def _runs_on(above: PrintedLine, here: PrintedLine, text_x: float, setting: Setting) -> bool:
    """Whether a line that stands somewhat further down is the rest of a full line.

    An accent may push lines apart, and so does a word in bold: its letters reach higher.
    """
    near = here.line.box.top - above.line.box.top < _WIDE * here.line.size
    styles = {_style(above), _style(here)} - {None}
    alike = abs(here.line.box.x0 - text_x) < _HANGS and len(styles) < 2  # noqa: PLR2004
    return near and alike and not fits_above(above, here, setting)


def _is_short(here: PrintedLine, setting: Setting) -> bool:
    return here.line.box.x1 < setting.right - _SHORT * setting.width


def _is_apart(above: PrintedLine, here: PrintedLine, profile: Profile, setting: Setting) -> bool:
    """Whether a line without a number begins a paragraph, though it stands close under the one above."""
    if above.line.words[0].bold != here.line.words[0].bold or above.underlined != here.underlined:
        before, style = _style(above), _style(here)
        if before != style and before is not None and style is not None:
            return True
    ended, short = above.text.endswith(_ENDS), _is_short(above, setting)
    # where all lines stand wide apart, only their ends tell paragraphs: a full stop, or room for the next word
    wide = setting.pitch > _WIDE and not here.text[0].islower()
    if wide and fits_above(above, here, setting):
        return True
    return ended and (short or wide or _begins_decision(here, profile))


def fits_above(above: PrintedLine, here: PrintedLine, setting: Setting) -> bool:
    """Whether a line's first word had room on the line above: then the one is not the rest of the other."""
    first = here.line.words[0]
    return above.line.box.x1 + first.x1 - first.x0 + 0.5 * first.size < setting.right


def _begins_decision(here: PrintedLine, profile: Profile) -> bool:
    return profile.pattern("minutes.decision_line").match(here.text) is not None


def _style(here: PrintedLine) -> bool | None:
    """Whether a line is bold or underlined; None where it is in part."""
    bold = [w.bold for w in here.line.words]
    if here.underlined or True not in bold:
        return here.underlined
    return None if False in bold else True


def _text_x(before: _Begun) -> float:
    """Where the text of a passage stands: after its number, or under it."""
    if len(before.lines) > 1:
        return before.lines[-1].line.box.x0
    taken = 1 if before.marker is not None or before.bullet else 0
    return before.lines[0].line.words[taken].x0


def _mark(line: Line, profile: Profile) -> tuple[str | None, bool]:
    """The number that a line begins with, if it is one of a list, and whether it begins with a bullet."""
    words = line.words
    first = words[0].text
    if len(words) < 2 or (first.isalpha() and len(first) > 1):  # noqa: PLR2004 - a word, as most lines begin with
        return None, False
    bullet = first in _BULLETS
    if profile.pattern("minutes.list_number").match(first) is not None:
        return first, bullet
    gap = (words[1].x0 - words[0].x1) / words[0].size
    bare = (first.isdigit() and len(first) < 3 and gap > _APART) or (first in _LETTERS and gap > _COLUMN)  # noqa: PLR2004
    return first if bare else None, bullet


def _passage(begun: _Begun) -> Passage:
    lines, marker, bullet = begun
    texts = [b.line.text for b in lines]
    if marker is not None or bullet:
        words = lines[0].line.words
        mark = f"{words[0].text} "
        texts[0] = texts[0].removeprefix(mark) if texts[0].startswith(mark) else Line(words[1:]).text
    text = " ".join(texts)
    return Passage(tuple(lines), marker, bullet, text, plain(text))


def joined(passages: Iterable[Passage]) -> str:
    """The passages as one text, numbers kept, bullets and points parted by semicolons."""
    text = ""
    for passage in passages:
        own = f"{passage.marker} {passage.text}" if passage.marker is not None else passage.text
        listed = passage.bullet or passage.marker is not None
        parted = "; " if listed and not text.endswith((";", ":", ",", ".")) else " "
        text = text + parted + own if text else own
    return text
