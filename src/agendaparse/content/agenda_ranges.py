"""The page ranges of an agenda's items: behind the title, in a column at either side, or on a line of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agendaparse.content.agenda_rows import ItemRows
from agendaparse.content.text import plain
from agendaparse.layout.words import Word
from agendaparse.profile import Pattern, Profile

# Points.
_COLUMN = 8.0  # within which ranges begin or end in one column
_ALIGNED = 3.0  # within which page ranges stand under each other
_CENTRED = 40.0  # right of the titles
_APART = 2.0  # of the font size: a range this far right of the title stands in a column of its own
_LOWER = 4.0  # of the font size: a page that stands beside a title's lines
_LEADER = re.compile(r"[.…·_]{3,}|…+")  # the dots between a title and its page


@dataclass(frozen=True)
class PageRange:
    """A range "(Pages a - b)": its numbers, the words that print it, and where the title must have ended."""

    first: int
    last: int
    words: frozenset[Word]
    ends_title_at: tuple[int, float] | None  # page and top; None for a range in a column of its own


def read_ranges(rows: Sequence[ItemRows], profile: Profile, heads: Sequence[float] = ()) -> list[PageRange | None]:
    """The page range of each item; None where it has none. ``heads``: where the head over a column of pages begins."""
    pattern, bare = profile.pattern("agenda.range"), profile.pattern("agenda.bare_range")
    readers = ((_before, bare), (_flowing, pattern), (_in_column, pattern), (_apart, bare), (_on_own_line, bare))
    found = [next((r for read, form in readers if (r := read(row, form)) is not None), None) for row in rows]
    if any(found):
        return _aligned(found, rows)
    return _bare_ranges(rows, profile, heads)


def _before(row: ItemRows, pattern: Pattern) -> PageRange | None:
    """A range in a column left of the numbers."""
    match = pattern.match(plain(" ".join(w.text for w in row.before))) if row.before else None
    return _bare(match, row.before) if match is not None else None


def _flowing(row: ItemRows, pattern: Pattern) -> PageRange | None:
    """A range that stands behind the title, or wraps with it."""
    placed = [(page, line, w) for page, line in row.lines for w in line.words if w not in row.number_words]
    return _matched([(p, w) for p, _, w in placed], pattern, row)


def _in_column(row: ItemRows, pattern: Pattern) -> PageRange | None:
    """A range that wraps within a column at the right, beside the title's second line."""
    for i, (page, line) in enumerate(row.lines):
        opening = next((w for w in line.words if plain(w.text).casefold().startswith(("(page", "(pg", "(tud"))), None)
        if opening is not None:
            below = [w for _, other in row.lines[i + 1 : i + 3] for w in other.words if w.x0 > opening.x0 - _COLUMN]
            beside = [w for w in line.words if w.x0 >= opening.x0]
            return _matched([(page, w) for w in (*beside, *below)], pattern, row)
    return None


def _apart(row: ItemRows, pattern: Pattern) -> PageRange | None:
    """A range without brackets in a column at the right: "Pages 3 to" above "8"."""
    for i, (_, line) in enumerate(row.lines[:3]):
        words = line.words
        gaps = [k for k in range(1, len(words)) if _parts(words[k - 1], words[k]) and words[k].text[0].isalpha()]
        at = max(gaps, default=0)
        below = [w for _, other in row.lines[i + 1 : i + 2] for w in other.words if w.x0 > words[at].x0 - _COLUMN]
        for taken in (words[at:], (*words[at:], *below)) if at else ():
            match = pattern.match(plain(" ".join(w.text for w in taken)))
            if match is not None:
                return _bare(match, taken)
    return None


def _parts(left: Word, right: Word) -> bool:
    return right.x0 - left.x1 > _APART * right.size


def _on_own_line(row: ItemRows, pattern: Pattern) -> PageRange | None:
    """A range that stands on a line of its own below title and description: "Page 1"."""
    for page, line in row.lines[1:]:
        if line.text[0].isalpha() and pattern.match(plain(line.text)) is not None:
            return _matched([(page, w) for w in line.words], pattern, row)
    return None


def _matched(words: list[tuple[int, Word]], pattern: Pattern, row: ItemRows) -> PageRange | None:
    starts, text = [], ""
    for _, word in words:
        starts.append(len(text))
        text += plain(word.text) + " "
    match = pattern.search(text)
    if match is None:
        return None
    taken = [pw for pw, start in zip(words, starts, strict=True) if match.start() <= start < match.end()]
    first = int(match["first"])
    last = int(match["last"]) if match["last"] else first
    gone = frozenset(w for _, w in taken)
    page, end = taken[-1]
    ends = None if _stands_apart(taken[0][1], row) else (page, end.top)
    return PageRange(first, last, gone, ends)


def _stands_apart(opening: Word, row: ItemRows) -> bool:
    """Whether a range stands in a column at the right: a gap parts it from its line's other words."""
    for _, line in row.lines:
        if opening in line.words:
            before = [w for w in line.words if w.x1 <= opening.x0 + 1]
            return bool(before) and opening.x0 - before[-1].x1 > _APART * opening.size
    return False


def _aligned(found: list[PageRange | None], rows: Sequence[ItemRows]) -> list[PageRange | None]:
    """Ranges that begin or end at one x, right of the titles, form a column: titles go on beside them."""
    given = [(r, row) for r, row in zip(found, rows, strict=True) if r and _opening(r).x0 > row.title_x + _CENTRED]
    for edge in (_opening_x, _closing_x):
        xs = [edge(r) for r, _ in given]
        column = max(xs, key=lambda x: sum(abs(o - x) < _ALIGNED for o in xs), default=0.0)
        if sum(abs(o - column) < _ALIGNED for o in xs) > max(1, len(given) // 2):
            return [replace(r, ends_title_at=None) if r and abs(edge(r) - column) < _ALIGNED else r for r in found]
    return found


def _opening(found: PageRange) -> Word:
    return min(found.words, key=lambda w: (w.top, w.x0))


def _opening_x(found: PageRange) -> float:
    return _opening(found).x0


def _closing_x(found: PageRange) -> float:
    return max(w.x1 for w in found.words)


def _bare_ranges(rows: Sequence[ItemRows], profile: Profile, heads: Sequence[float]) -> list[PageRange | None]:
    """Ranges without the word Pages, in a column at the right of the titles."""
    pattern = profile.pattern("agenda.bare_range")
    found = [_bare_range(row, pattern) or _under_head(row, heads, pattern) for row in rows]
    ends = [max(w.x1 for w in r.words) for r in found if r]
    begins = [min(w.x0 for w in r.words) for r in found if r]
    firsts = [r.first for r in found if r]
    led = any(_LEADER.fullmatch(w.text) for r in found if r for w in r.words)
    aligned = any(len(xs) > 1 and max(xs) - min(xs) < 2 * _COLUMN for xs in (begins, ends))
    alone = len(found) - found.count(None) == 1 and all(r.first < r.last for r in found if r)  # and no list of figures
    if not (led or aligned or alone) or firsts != sorted(firsts):
        return [None] * len(rows)
    return [r or _in_columns_of(row, begins, pattern) for r, row in zip(found, rows, strict=True)]


def _under_head(row: ItemRows, heads: Sequence[float], pattern: Pattern) -> PageRange | None:
    """A range beside a title that leaves no gap before it: it stands below the head of its column."""
    words = [w for w in row.lines[0][1].words if w not in row.number_words]
    at = next((i for i, w in enumerate(words) if i and any(abs(w.x0 - x) < 2 * _COLUMN for x in heads)), None)
    match = pattern.match(plain(" ".join(w.text for w in words[at:]))) if at is not None else None
    return _bare(match, words[at:]) if match is not None and "last" in match else None


def _in_columns_of(row: ItemRows, begins: Sequence[float], pattern: Pattern) -> PageRange | None:
    """A range that a long title comes close to: it begins where those of other items do."""
    words = [w for w in row.lines[0][1].words if w not in row.number_words]
    for i, word in enumerate(words[1:], 1):
        if all(abs(word.x0 - x) >= _ALIGNED for x in begins):
            continue
        for taken in (words[i:], [*words[i:], *_below_range(row, words[i:])]):
            match = pattern.match(plain(" ".join(w.text for w in taken)))
            if match is not None:
                return _bare(match, taken)
    return None


def _bare_range(row: ItemRows, pattern: Pattern) -> PageRange | None:
    line = row.lines[0][1]
    words = [w for w in line.words if w not in row.number_words]
    leader = next((i for i, w in enumerate(words) if _LEADER.fullmatch(w.text)), None)
    if leader is not None:
        match = pattern.match(plain(" ".join(w.text for w in words[leader + 1 :])))
        return _bare(match, words[leader:]) if match is not None else None
    for n in range(min(4, len(words) - 1), 0, -1):
        tail = words[-n:]
        if tail[0].x0 - words[-n - 1].x1 <= _APART * tail[0].size:
            continue
        for taken in (tail, [*tail, *_below_range(row, tail)]):
            match = pattern.match(plain(" ".join(w.text for w in taken)))
            if match is not None:
                return _bare(match, taken)
    for _, beside in row.lines[1:3]:  # set a little lower, in a column of its own
        if abs(beside.box.top - line.box.top) > _LOWER * line.size:
            break  # the page number at the foot
        match = pattern.match(plain(beside.text))
        if match is not None and beside.box.x0 > max(w.x1 for w in line.words):
            return _bare(match, beside.words)
    return None


def _bare(match: dict[str, str], words: Sequence[Word]) -> PageRange:
    first = int(match["first"])
    return PageRange(first, int(match.get("last", first)), frozenset(words), None)


def _below_range(row: ItemRows, tail: Sequence[Word]) -> list[Word]:
    """The end of a range that a narrow column cuts: "3 -" above "6"."""
    if not plain(tail[-1].text).endswith("-"):
        return []
    beneath = [w for _, line in row.lines[1:2] for w in line.words if w.x0 > tail[0].x0 - _COLUMN]
    return beneath if all(w.text.isdigit() for w in beneath) else []
