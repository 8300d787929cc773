"""The rows of an agenda: which lines belong to which item, and where its page range stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agendaparse.content.dates import months
from agendaparse.content.text import plain
from agendaparse.layout.lines import Line
from agendaparse.layout.words import Word
from agendaparse.profile import Pattern, Profile

_COLUMN = 8.0  # points within which numbers stand in one column: "9" may be set flush with "10"
_ALIGNED = 3.0  # points within which page ranges stand under each other
_LARGEST_STEP = 4  # numbers that jump by more do not count on: "22 January" under item 9
# Of the font size.
_APART = 2.0  # a page range this far right of the title stands in a column of its own
_LEFT_OF_TITLE = 1.0  # a line that starts further left than this is no part of an item
_GAP = 1.8  # above a heading that stands between items
_CENTRED = 40.0  # points right of the titles
_CALLED = ("item", "no", "no.")
_LEADER = re.compile(r"[.…·_]{3,}|…+")  # the dots between a title and its page
_RANGE_PIECE = re.compile(r"(?:pages?|tudalen(?:nau)?|to|[\d()\s-])+", re.IGNORECASE)

Placed = tuple[int, Line]  # page of the file, line
Start = tuple[int, str, int]  # place in the list of lines, number, how many words print it


@dataclass(frozen=True)
class ItemRows:
    """The lines of one item, from its number to before the next number."""

    number: str
    number_words: frozenset[Word]
    lines: tuple[Placed, ...]
    title_x: float


@dataclass(frozen=True)
class PageRange:
    """A range "(Pages a - b)": its numbers, the words that print it, and where the title must have ended."""

    first: int
    last: int
    words: frozenset[Word]
    ends_title_at: tuple[int, float] | None  # page and top; None for a range in a column at the right


def find_item_rows(lines: Sequence[Placed], profile: Profile) -> list[ItemRows]:
    """The items' lines: numbers that stand in one column and count up part them."""
    pattern = profile.pattern("agenda.number")
    found = [(i, *number) for i, (_, line) in enumerate(lines) if (number := _number(line, pattern))]
    starts = counting_up(_one_column(lines, found))
    if not starts:
        return []
    ends = [i for i, _, _ in starts[1:]] + [_page_end(lines, starts[-1][0])]
    return [_row(start, lines[start[0] : end]) for start, end in zip(starts, ends, strict=True)]


def _page_end(lines: Sequence[Placed], start: int) -> int:
    """Where the page of the last item ends: what follows on the next is another paper."""
    page = lines[start][0]
    return next((i for i in range(start, len(lines)) if lines[i][0] != page), len(lines))


def _number(line: Line, pattern: Pattern) -> tuple[str, int] | None:
    """The item number that a line begins with, and how many words it takes: "7", "6 (a)", "Item 7"."""
    words = [w.text for w in line.words[:2]]
    if words[-1].casefold().strip(",") in months():
        return None  # "12 December 2024" below the last item
    called = words[0].casefold() in _CALLED and len(words) > 1
    if called or (len(words) > 1 and words[1].startswith("(")):
        match = pattern.match((" " if called else "").join(words))
        if match is not None:
            return match["value"], 2
    match = pattern.match(words[0])
    return (match["value"], 1) if match is not None else None


def _one_column(lines: Sequence[Placed], found: list[Start]) -> list[Start]:
    """Those of the numbers that stand in the column where most do; the leftmost of equals."""
    xs = [lines[i][1].box.x0 for i, _, _ in found]
    if not xs:
        return []
    column = max(xs, key=lambda x: (sum(abs(o - x) <= _COLUMN for o in xs), -x))
    return [start for start, x in zip(found, xs, strict=True) if abs(x - column) <= _COLUMN]


def counting_up(found: list[Start]) -> list[Start]:
    """The longest run of numbers that count up: 5, 6, 6a, 7; A1, A2."""
    keys = [_key(number) for _, number, _ in found]
    best: list[list[int]] = []
    for i, key in enumerate(keys):
        chains = [b for b in best if _counts_on(keys[b[-1]], key)]
        best.append([*max(chains, key=len, default=[]), i])
    longest = max(best, key=len, default=[])
    return [found[i] for i in longest]


def _key(number: str) -> tuple[str, tuple[int, ...], str]:
    letters = number.rstrip("0123456789.").casefold() if number[0].isalpha() else ""
    rest = number[len(letters) :]
    digits = "".join(c if c.isdigit() or c in "./" else " " for c in rest).split()
    parts = tuple(int(p) for p in digits[0].replace("/", ".").split(".") if p) if digits else ()
    tail = "".join(c for c in rest if c.isalpha()).casefold()
    return letters, parts, tail


def _counts_on(before: tuple[str, tuple[int, ...], str], after: tuple[str, tuple[int, ...], str]) -> bool:
    (a, x, s), (b, y, t) = before, after
    if a != b:
        return a < b and bool(y) and y[0] == 1  # A3 is followed by B1
    if x == y:
        return s < t
    return x < y and y[0] - x[0] <= _LARGEST_STEP


def _row(start: Start, lines: Sequence[Placed]) -> ItemRows:
    _, number, n = start
    first = lines[0][1]
    beside = first.words[n:]
    # a number that stands alone is set a little above its title
    below = lines[1][1].box.x0 if len(lines) > 1 else first.box.x1
    title_x = beside[0].x0 if beside else below
    return ItemRows(number, frozenset(first.words[:n]), tuple(_own_lines(lines, title_x)), title_x)


def _own_lines(lines: Sequence[Placed], title_x: float) -> list[Placed]:
    """The lines up to a heading between items, a date or a signature: those stand elsewhere than the title."""
    kept = [lines[0]]
    for page, line in lines[1:]:
        (above_page, above), box = kept[-1], line.box
        if not _is_range_piece(line):
            gap = box.top - above.box.top if page == above_page else 0.0
            parted = gap > _GAP * line.size or page != above_page
            if box.x0 < title_x - _LEFT_OF_TITLE * line.size or (parted and box.x0 > title_x + _CENTRED):
                break
        kept.append((page, line))
    return kept


def _is_range_piece(line: Line) -> bool:
    return _RANGE_PIECE.fullmatch(plain(line.text)) is not None


def read_ranges(rows: Sequence[ItemRows], profile: Profile) -> list[PageRange | None]:
    """The page range of each item; None where it has none."""
    pattern = profile.pattern("agenda.range")
    alone = profile.pattern("agenda.bare_range")
    found = [_flowing(row, pattern) or _in_column(row, pattern) or _on_own_line(row, alone) for row in rows]
    if any(found):
        return _aligned(found, rows)
    return _bare_ranges(rows, profile)


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


def _bare_ranges(rows: Sequence[ItemRows], profile: Profile) -> list[PageRange | None]:
    """Ranges without the word Pages, in a column at the right of the titles."""
    pattern = profile.pattern("agenda.bare_range")
    found = [_bare_range(row, pattern) for row in rows]
    ends = [max(w.x1 for w in r.words) for r in found if r]
    begins = [min(w.x0 for w in r.words) for r in found if r]
    firsts = [r.first for r in found if r]
    led = any(_LEADER.fullmatch(w.text) for r in found if r for w in r.words)
    aligned = any(len(xs) > 1 and max(xs) - min(xs) < 2 * _COLUMN for xs in (begins, ends))
    if not (led or aligned) or firsts != sorted(firsts):
        return [None] * len(rows)
    return [r or _in_columns_of(row, begins, pattern) for r, row in zip(found, rows, strict=True)]


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
