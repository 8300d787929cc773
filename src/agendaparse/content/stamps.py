"""Stamps: "Page 31", "Agenda Item 7", "Appendix 1", "Public Document Pack", found and taken off the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np

from agendaparse.content.text import plain
from agendaparse.issues import Issues
from agendaparse.layout.geometry import ends_of, starts_where
from agendaparse.layout.pages import Page
from agendaparse.layout.words import Word, cut_word
from agendaparse.profile import Profile
from agendaparse.records import Stamp, StampKind

# Shares of the page: stamps stand in a margin, on landscape pages at the sides.
_MARGIN = 0.14
# Shares of the font size.
_LONGEST = 40  # letters
_WORD_SPACE = 1.2  # words of one stamp stand no further apart
_LINE_SPACE = 2.2  # the appendix stamp stands right below the item stamp
_OWN_NUMBER = re.compile(
    r"(?:(?:agenda\s|pack\s)?(?:page|tudalen)\s)?(?:\|\s)?(?:-\s?)?(?P<number>\d{1,4})(?:\s?-)?(?:\s?(?:of|/)\s?\d{1,4})?",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_FIRST_LETTERS = "PpTt"  # of "Page", "Tudalen"
_HALF_WORDS = ("p", "pa", "pag", "page")  # what a turned stamp's first line may hold of "Page"


@dataclass(frozen=True)
class StampedPage:
    """A page without its stamps, and the stamps that it had."""

    page: Page
    stamps: tuple[Stamp, ...]
    named: str | None = None  # the item that its own head names, in a pack that stamps none

    @property
    def item(self) -> str | None:
        """The item that the page begins a paper of: stamped, or named by its own head."""
        return self.stamped("item") or self.named

    @property
    def printed_page(self) -> int | None:
        """The stamped page number."""
        return next((int(s.value) for s in self.stamps if s.kind == "page" and s.value), None)

    def stamped(self, kind: StampKind) -> str | None:
        """The value of the page's first stamp of a kind: "7" for "Agenda Item 7"."""
        return next((s.value for s in self.stamps if s.kind == kind), None)


@dataclass(frozen=True)
class _Chunk:
    """Words that were set one after the other on one line: what committee software prints in one go."""

    words: tuple[Word, ...]
    in_margin: bool

    @cached_property
    def text(self) -> str:
        return plain(" ".join(w.text for w in self.words))


@dataclass(frozen=True)
class _Candidate:
    stamp: Stamp
    words: tuple[Word, ...]  # those to take off
    pieces: tuple[Word, ...] = ()  # what stays of a word that the stamp ran into
    style: tuple[str, float] = ("", 0.0)
    beside: bool = False  # an appendix stamp next to an item stamp


def find_stamps(pages: Sequence[Page], profile: Profile, issues: Issues) -> list[StampedPage]:
    """Each page without its stamps; the page numbers are those that run on through the pack."""
    found = [_candidates(page, profile) for page in pages]
    numbers = [[c for c in page if c.stamp.kind == "page"] for page in found]
    found = [[c for c in page if c.stamp.kind != "appendix" or _is_stamp(c, found)] for page in found]
    found = _without_running_heads(found)
    offsets = _offsets(numbers)
    if not any(c.stamp.kind != "page" for page in found for c in page):
        # a paper on its own that counts its pages from 1 prints its own numbers, no stamps
        offsets.pop(0, None)
    stamped = []
    for page, candidates in zip(pages, found, strict=True):
        kept = [c for c in candidates if c.stamp.kind != "page"]
        number = _best_number([c for c in candidates if c.stamp.kind == "page" and _offset(c) in offsets], offsets)
        if number is not None:
            kept.append(number)
        stamped.append(_taken_off(page, kept))
    _check_sequence([s for page in stamped for s in page.stamps if s.kind == "page"], offsets, issues)
    return stamped


def _is_stamp(candidate: _Candidate, found: list[list[_Candidate]]) -> bool:
    """Whether an appendix's name that stands alone in a margin is set as the pack's other stamps are."""
    if candidate.beside:
        return True
    return any(c.stamp.kind == "item" and c.style == candidate.style for page in found for c in page)


def _without_running_heads(found: list[list[_Candidate]]) -> list[list[_Candidate]]:
    """The candidates without "Item 5" where it stands at the head of page after page, or beside a pack's own stamps."""
    items = [[c for c in page if c.stamp.kind == "item"] for page in found]
    full = {c.style for page in items for c in page if not _is_short(c)}
    gone = {id(c) for page in items for c in page if _is_short(c) and full and c.style not in full}
    for before, page in pairwise(items):
        seen = {(c.stamp.value, c.style) for c in before}
        gone |= {id(c) for c in page if _is_short(c) and (c.stamp.value, c.style) in seen}
    return [[c for c in page if id(c) not in gone] for page in found]


def _is_short(candidate: _Candidate) -> bool:
    """Whether an item's stamp says "Item 5" only, which papers have in their own heads too."""
    return candidate.words[0].text.casefold() == "item"


def with_bare_numbers(pages: Sequence[StampedPage], offset: int) -> list[StampedPage]:
    """The pages with the bare numbers at head or foot as stamps that stand this far from their place in the file.

    Some committee software prints "31" and not "Page 31"; the agenda's ranges tell the offset.
    """
    found = []
    for stamped in pages:
        number = str(stamped.page.pdf_page - offset)
        bare = [c for c in _chunks(stamped.page) if c.in_margin and _own_number(c.text) == number]
        best = max(bare, key=lambda c: c.words[0].bottom, default=None)
        candidate = _candidate(stamped.page, "page", number, best.words) if best is not None else None
        found.append(_added(stamped, candidate) if candidate is not None else stamped)
    return found


def bare_offsets(pages: Sequence[StampedPage]) -> Counter[int]:
    """How many pages' bare numbers in a margin stand how far from the page's place in the file."""
    counts: Counter[int] = Counter()
    for stamped in pages:
        page = stamped.page
        numbers = {_own_number(c.text) for c in _chunks(page) if c.in_margin}
        counts.update({page.pdf_page - int(n) for n in numbers if n is not None})
    return counts


def _own_number(text: str) -> str | None:
    """The number that a margin's text is: "31", "- 31 -", "Page 31 of 84"."""
    match = _OWN_NUMBER.fullmatch(text)
    return match["number"] if match is not None else None


def _added(stamped: StampedPage, candidate: _Candidate) -> StampedPage:
    again = _taken_off(stamped.page, [candidate])
    return StampedPage(again.page, (*stamped.stamps, *again.stamps))


def _taken_off(page: Page, kept: list[_Candidate]) -> StampedPage:
    gone = frozenset(w for c in kept for w in c.words)
    pieces = tuple(w for c in kept for w in c.pieces)
    stamps = tuple(sorted((c.stamp for c in kept), key=lambda s: s.kind))
    return StampedPage(page.replacing(gone, pieces) if gone else page, stamps)


def _candidates(page: Page, profile: Profile) -> list[_Candidate]:
    """All that looks like a stamp on a page; several may claim to be its number."""
    chunks = _chunks(page)
    found = []
    for chunk in chunks:
        found += _page_numbers(page, chunk, chunks, profile)
        for kind in ("pack", "item") if chunk.in_margin else ():
            match = profile.pattern(f"stamp.{kind}").match(chunk.text)
            if match is not None:
                found.append(_candidate(page, kind, match.get("value"), chunk.words))
    items = [c for c in found if c.stamp.kind == "item"]
    near = _chunks(page, everywhere=True) if items else [c for c in chunks if c.in_margin]
    return found + [c for chunk in near for c in _appendix(page, chunk, items, profile)]


def _chunks(page: Page, *, everywhere: bool = False) -> list[_Chunk]:
    """The short chunks in a page's margins, and what may begin "Page 31"; stamps are no sentences."""
    words = page.words
    if not words:
        return []
    box, frame, angle, size, _ = words.places
    gap = frame[1:, 0] - frame[:-1, 2]
    level = np.abs(frame[1:, 3] - frame[:-1, 3]) < 0.3 * size[:-1]
    alike = (angle[1:] == angle[:-1]) & (np.abs(size[1:] - size[:-1]) <= 0.05 * size[:-1])
    runs_on = level & alike & (-0.2 * size[:-1] < gap) & (gap < _WORD_SPACE * size[:-1])
    starts = starts_where(~runs_on)
    x0, top = np.minimum.reduceat(box[:, :2], starts, axis=0).T
    x1, bottom = np.maximum.reduceat(box[:, 2:], starts, axis=0).T
    wide, high = _MARGIN * page.width, _MARGIN * page.height
    marginal = (bottom < high) | (top > page.height - high) | (x1 < wide) | (x0 > page.width - wide)
    ends = ends_of(starts, len(words)).tolist()
    chunks = [
        (a, b, m)
        for a, b, m in zip(starts.tolist(), ends, marginal.tolist(), strict=True)
        if m or everywhere or words[a].text[0] in _FIRST_LETTERS
    ]
    # letters and spaces, counted by the places of the first and the last letter
    return [_Chunk(words[a:b], m) for a, b, m in chunks if words[b - 1].last - words[a].first + b - a <= _LONGEST]


def _candidate(page: Page, kind: StampKind, value: str | None, words: tuple[Word, ...]) -> _Candidate:
    box = words[0].box
    for word in words[1:]:
        box = box.join(word.box)
    font, size = page.chars.runs.font_of(words[0].run)
    return _Candidate(Stamp(kind, value, page.pdf_page, box), words, style=(font, round(size, 1)))


def _page_numbers(page: Page, chunk: _Chunk, chunks: list[_Chunk], profile: Profile) -> list[_Candidate]:
    pattern = profile.pattern("stamp.page")
    match = pattern.match(chunk.text) if _DIGIT.search(chunk.text) is not None else None
    if match is not None:
        return [_numbered(page, chunk, match)] if chunk.in_margin else []
    if chunk.text.casefold() not in _HALF_WORDS:
        return []
    # "P" and "age 31" as two lines of a turned stamp; pdfium may give them in either order
    for other in chunks:
        match = pattern.match(chunk.text + other.text) or pattern.match(f"{chunk.text} {other.text}")
        if match is not None and other.in_margin and _next_line(chunk, other):
            return [_candidate(page, "page", match["value"], chunk.words + other.words)]
    return []


def _next_line(chunk: _Chunk, other: _Chunk) -> bool:
    above, below = chunk.words[0], other.words[0]
    return above.angle == below.angle != 0 and 0 < below.frame[1] - above.frame[1] < _LINE_SPACE * above.size


def _numbered(page: Page, chunk: _Chunk, match: dict[str, str]) -> _Candidate:
    """The page stamp, parted from a document's own number that it ran into ("31Page 49")."""
    own = match.get("own")
    if own is None:
        return _candidate(page, "page", match["value"], chunk.words)
    first, rest = chunk.words[0], chunk.words[1:]
    if first.text == own:
        return _candidate(page, "page", match["value"], rest)
    kept, stamp = cut_word(first, len(own), page.chars)
    candidate = _candidate(page, "page", match["value"], (stamp, *rest))
    return _Candidate(candidate.stamp, chunk.words, (kept,), candidate.style)


def _appendix(page: Page, chunk: _Chunk, items: list[_Candidate], profile: Profile) -> list[_Candidate]:
    """An appendix stamp: it stands next to an item stamp and is set like it, or in the margin; else it is a heading."""
    match = profile.pattern("stamp.appendix").match(chunk.text)
    if match is None:
        return []
    candidate = _candidate(page, "appendix", match["value"], chunk.words)
    if any(_below(item, candidate) for item in items):
        return [replace(candidate, beside=True)]
    return [candidate] if not items and chunk.in_margin else []


def _below(item: _Candidate, other: _Candidate) -> bool:
    above, below = item.words[0], other.words[0]
    if above.angle != below.angle or abs(above.size - below.size) > 0.1 * above.size:
        return False
    apart = below.frame[1] - above.frame[1]
    beside = min(item.words[-1].frame[2], other.words[-1].frame[2]) - max(above.frame[0], below.frame[0])
    return 0 < apart < _LINE_SPACE * above.size and beside > 0


def _offsets(numbers: list[list[_Candidate]]) -> Counter[int]:
    """How many pages speak for each distance between a page's place in the file and its number."""
    return Counter(_offset(c) for page in numbers for c in page)


def _offset(candidate: _Candidate) -> int:
    return candidate.stamp.pdf_page - int(candidate.stamp.value or 0)


def _best_number(candidates: list[_Candidate], offsets: Counter[int]) -> _Candidate | None:
    """The candidate whose numbering the most pages follow; a document's own "Page 3" has fewer."""
    if not candidates:
        return None
    return max(candidates, key=lambda c: (offsets[_offset(c)], c.stamp.box.bottom))


def _check_sequence(stamps: list[Stamp], offsets: Counter[int], issues: Issues) -> None:
    """Say where the numbers stop following from the pages before: pages in another order, a second pack."""
    usual = offsets.most_common(1)[0][0] if offsets else 0
    before = usual
    for stamp in stamps:
        own = stamp.pdf_page - int(stamp.value or 0)
        if own not in (usual, before):
            message = f"stamped {stamp.value}, where the other stamps say {stamp.pdf_page - usual}"
            raw = f"Page {stamp.value}"
            issues.add("stamp_out_of_sequence", message, pdf_page=stamp.pdf_page, box=stamp.box, raw=raw)
        before = own
