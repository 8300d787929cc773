"""The rows of an agenda: which lines belong to which item, and where its page range stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agendaparse.content.dates import is_time, months
from agendaparse.content.text import plain
from agendaparse.layout.lines import Line
from agendaparse.layout.words import Word
from agendaparse.profile import Pattern, Profile

_COLUMN = 8.0  # points within which numbers stand in one column: "9" may be set flush with "10"
_LARGEST_STEP = 4  # numbers that jump by more do not count on: "22 January" under item 9
# Of the font size.
_BESIDE = 0.9  # parts the columns beside numbers and titles
_LEFT_OF_TITLE = 1.0  # a line that starts further left than this is no part of an item
_GAP = 1.8  # above a heading that stands between items
_FOOT = 12.0  # above a page's number at its foot
_LEADING = 1.5  # from line to line of a title
_FULL = 0.88  # of the right edge: a line that the next word did not fit on
_CENTRED = 40.0  # points right of the titles
_CALLED = ("item", "no", "no.")
_LETTER = re.compile(r"[A-H][.)]")
_FILE = re.compile(r"\d{2,4}[-/]\d{2,6}")  # a file's number in a column of its own
_NO_PAPER = (
    "to follow",
    "verbal",
    "oral",
    "attached",
    "enclosed",
    "verbal report",
    "oral report",
    "none",
    "-",
    "--",
    "- -",
    "n/a",
    "exempt",
    "confidential",
    "restricted",
    "tabled",
    "to be tabled",
    "presentation",
    "verbal update",
    "oral update",
)
_LASTS = re.compile(r"\(?\d{1,3} ?(?:mins?|minutes)\.?\)?", re.IGNORECASE)  # how long an item is to take
_ENDS_IN_PAGES = re.compile(r"[^\d/-] \(?(?:p\S* )?\d{1,4} ?- ?\d{1,4}\)?$", re.IGNORECASE)
_SUB_ITEM = re.compile(r"\(?([a-p])[).]?")
_ROMAN = re.compile(r"[IVX]{1,5}")
_RANGE_BEFORE = re.compile(r"\d{1,4}\s?-\s?\d{1,4}")
_RANGE_PIECE = re.compile(r"(?:pages?|tudalen(?:nau)?|to|[\d()\s-])+", re.IGNORECASE)

Placed = tuple[int, Line]  # page of the file, line
Start = tuple[int, str, int, int]  # place in the list of lines, number, how many words print it, and stand before it


@dataclass(frozen=True)
class ItemRows:
    """The lines of one item, from its number to before the next number."""

    number: str
    before: tuple[Word, ...]  # in columns left of the number: pages, or a time
    number_words: frozenset[Word]  # with what else stands beside a title: a file's number, a time
    lines: tuple[Placed, ...]
    title_x: float


def find_item_rows(lines: Sequence[Placed], profile: Profile) -> list[ItemRows]:
    """The items' lines: numbers that stand in one column and count up part them."""
    pattern = profile.pattern("agenda.number")
    found = [(i, *number) for i, (_, line) in enumerate(lines) if (number := _number(line, pattern))]
    starts = _first_with_pages(lines, found)
    if not starts:
        return []
    part = profile.pattern("agenda.part_heading")
    starts = sorted([*starts, *_sections(lines, starts), *_nested(lines, starts, found, part)])
    ends = [start[0] for start in starts[1:]] + [_page_end(lines, starts[-1][0])]
    ranged = profile.pattern("agenda.range")
    right = max(line.box.x1 for _, line in lines)
    rows = [_row(start, lines[start[0] : end], right) for start, end in zip(starts, ends, strict=True)]
    return _with_sub_items(rows, ranged)


def _with_sub_items(rows: Sequence[ItemRows], ranged: Pattern) -> list[ItemRows]:
    """The items with their (a), (b) as items each after the one that heads them, where such have pages of their own."""
    parts = [_lettered(row) for row in rows]
    texts = [[" ".join(line.text for _, line in part.lines) for part in own] for own in parts]
    if all(sum(ranged.search(plain(text)) is not None for text in own) < 2 for own in texts):  # noqa: PLR2004
        return list(rows)
    found: list[ItemRows] = []
    for row, own in zip(rows, parts, strict=True):
        first = next((k for k, placed in enumerate(row.lines) if own and placed is own[0].lines[0]), len(row.lines))
        found += [replace(row, lines=row.lines[:first]), *own]
    return found


def _lettered(row: ItemRows) -> list[ItemRows]:
    """The lines behind (a), (b), (c) of an item, if it has several and they are in turn."""
    begun = [(k, _SUB_ITEM.fullmatch(line.words[0].text)) for k, (_, line) in enumerate(row.lines) if k]
    letters = [(k, match[1]) for k, match in begun if match is not None]
    if len(letters) < 2 or [a for _, a in letters] != list("abcdefghijklmnop"[: len(letters)]):  # noqa: PLR2004
        return []
    found: list[ItemRows] = []
    for (k, letter), end in zip(letters, [*(k for k, _ in letters[1:]), len(row.lines)], strict=True):
        words = row.lines[k][1].words
        title_x = words[1].x0 if len(words) > 1 else words[0].x1
        own = letter if words[0].text == letter else f"({letter})"  # "6a" and "6(a)" are so printed
        found.append(ItemRows(f"{row.number}{own}", (), frozenset(words[:1]), row.lines[k:end], title_x))
    return found


def _first_with_pages(lines: Sequence[Placed], found: Sequence[Start]) -> list[Start]:
    """The longest run of items; but one on a page whose items have pages stands before paragraphs of papers."""
    starts = counting_up(_one_column(lines, found))
    if any(_has_pages(lines, start) for start in starts):
        return starts
    for page in sorted({lines[start[0]][0] for start in found}):
        own = counting_up(_one_column(lines, [start for start in found if lines[start[0]][0] == page]))
        if sum(_has_pages(lines, start) for start in own) > 1:
            return own
    return starts


def _has_pages(lines: Sequence[Placed], start: Start) -> bool:
    return any(_ENDS_IN_PAGES.search(plain(line.text)) is not None for _, line in lines[start[0] : start[0] + 2])


def _page_end(lines: Sequence[Placed], start: int) -> int:
    """Where the page of the last item ends: what follows on the next is another paper."""
    page = lines[start][0]
    return next((i for i in range(start, len(lines)) if lines[i][0] != page), len(lines))


def _number(line: Line, pattern: Pattern) -> tuple[str, int, int] | None:
    """The item number that a line begins with, how many words it takes, and how many stand left of it."""
    before = _words_before(line)
    words = [w.text for w in line.words[before : before + 2]]
    if words[-1].casefold().strip(",") in months():
        return None  # "12 December 2024" below the last item
    called = words[0].casefold() in _CALLED and len(words) > 1
    if called or (len(words) > 1 and words[1].startswith("(")):
        match = pattern.match((" " if called else "").join(words))
        if match is not None:
            return match["value"], 2, before
    match = pattern.match(words[0])
    return (match["value"], 1, before) if match is not None else None


def _words_before(line: Line) -> int:
    """How many words stand in a column left of the numbers: "10.30 am", "3 - 4"."""
    first = line.words[0].text
    if not first[0].isdigit() and first.casefold() != "noon":
        return 0
    for n in (3, 2, 1):
        words = line.words[: n + 1]
        if len(words) == n + 1 and words[n].x0 - words[n - 1].x1 > _BESIDE * words[n].size:
            text = plain(" ".join(w.text for w in words[:n]))
            if is_time(text) or _RANGE_BEFORE.fullmatch(text) is not None:
                return n
    return 0


def _one_column(lines: Sequence[Placed], found: Sequence[Start]) -> list[Start]:
    """Those of the numbers that stand in the column where most do; the leftmost of equals."""
    xs = [_number_x(lines, start) for start in found]
    if not xs:
        return []
    column = max(xs, key=lambda x: (sum(abs(o - x) <= _COLUMN for o in xs), -x))
    return [start for start, x in zip(found, xs, strict=True) if abs(x - column) <= _COLUMN]


def _number_x(lines: Sequence[Placed], start: Start) -> float:
    return lines[start[0]][1].words[start[3]].x0


def _sections(lines: Sequence[Placed], starts: Sequence[Start]) -> list[Start]:
    """Headings over groups of items that are lettered in the numbers' column: "A.  Formal matters"."""
    x = _number_x(lines, starts[0])
    lettered = [(i, line.words[0]) for i, (_, line) in enumerate(lines) if len(line.words) > 1]
    found = [(i, w.text[0], 1, 0) for i, w in lettered if _LETTER.fullmatch(w.text) and abs(w.x0 - x) <= _COLUMN]
    runs = [start for n, start in enumerate(found) if start[1] == "ABCDEFGH"[n : n + 1]]
    return runs if len(runs) > 1 and len(runs) == len(found) else []


def _nested(lines: Sequence[Placed], starts: Sequence[Start], found: Sequence[Start], part: Pattern) -> list[Start]:
    """Numbers 6.1, 6.2 set further right below 6, where such have pages of their own at the right edge.

    Or where 6 is no item but a part of the agenda: "6 ITEMS FOR DECISION".
    """
    x, nested, parted = _number_x(lines, starts[0]), [], False
    inward = [start for start in found if _number_x(lines, start) > x + _COLUMN]
    for start, end in zip(starts, [*(start[0] for start in starts[1:]), len(lines)], strict=True):
        own = [(s, _key(s[1])[1]) for s in inward if start[0] < s[0] < end]
        head = _key(start[1])[1]
        if own and [parts for _, parts in own] == [(*head, k) for k in range(1, len(own) + 1)]:
            nested += [s for s, _ in own]
            title = lines[start[0]][1].words[start[2] + start[3] :]
            parted = parted or part.match(plain(" ".join(w.text for w in title))) is not None
    return nested if parted or sum(_is_paged(lines[s[0]][1]) for s in nested) > 1 else []


def _is_paged(line: Line) -> bool:
    """Whether a page stands in a column behind the line, alone or as a range."""
    alone = line.words[-1].text.isdigit() and len(line.words) > 1 and _is_apart(*line.words[-2:])
    return alone or _ENDS_IN_PAGES.search(plain(line.text)) is not None


def counting_up(found: list[Start]) -> list[Start]:
    """The longest run of numbers that count up: 5, 6, 6a, 7; A1, A2."""
    keys = [_key(start[1]) for start in found]
    best: list[list[int]] = []
    for i, key in enumerate(keys):
        chains = [b for b in best if _counts_on(keys[b[-1]], key)]
        best.append([*max(chains, key=len, default=[]), i])
    longest = max(best, key=len, default=[])
    return [found[i] for i in longest]


def _key(number: str) -> tuple[str, tuple[int, ...], str]:
    if _ROMAN.fullmatch(number) is not None:
        worth = [(1, 5, 10)["IVX".index(c)] for c in number]
        return "", (sum(-w if w < max(worth[k:]) else w for k, w in enumerate(worth)),), ""
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


def _row(start: Start, lines: Sequence[Placed], right: float) -> ItemRows:
    _, number, n, before = start
    first = lines[0][1]
    beside = list(first.words[before + n :])
    no_title = set(first.words[: before + n])
    if len(beside) > 1 and _is_apart(beside[0], beside[1]) and _FILE.fullmatch(beside[0].text) is not None:
        no_title.add(beside.pop(0))
    no_title.update(_time_behind(beside))
    # a number that stands alone is set a little above its title
    below = lines[1][1].box.x0 if len(lines) > 1 else first.box.x1
    title_x = beside[0].x0 if beside else below
    own = tuple(_own_lines(lines, title_x, right))
    return ItemRows(number, first.words[:before], frozenset(no_title), own, title_x)


def _is_apart(left: Word, right: Word) -> bool:
    return right.x0 - left.x1 > _BESIDE * right.size


def _time_behind(words: Sequence[Word]) -> Sequence[Word]:
    """What stands in a column right of a title and is no page: the time of the item, "To follow", the head "Page"."""
    if len(words) > 1 and _is_apart(*words[-2:]) and words[-1].text.casefold() in ("page", "pages"):
        return words[-1:]
    at = next((k for k in (len(words) - 2, len(words) - 1) if k > 0 and _is_apart(words[k - 1], words[k])), None)
    text = plain(" ".join(w.text for w in words[at:])) if at is not None else ""
    timed = is_time(text) or _LASTS.fullmatch(text) is not None
    return words[at:] if timed or text.casefold().strip("()") in _NO_PAPER else ()


def _own_lines(lines: Sequence[Placed], title_x: float, right: float) -> list[Placed]:
    """The lines up to a heading between items, a date or a signature: those stand elsewhere than the title."""
    kept = [lines[0]]
    for page, line in lines[1:]:
        (above_page, above), box = kept[-1], line.box
        gap = box.top - above.box.top if page == above_page else 0.0
        if _is_range_piece(line):
            if gap > _FOOT * line.size:
                break  # the page's own number
        else:
            parted = gap > _GAP * line.size or page != above_page
            left = box.x0 < title_x - _LEFT_OF_TITLE * line.size and not (
                page == above_page and _wraps(above, line, right)
            )
            if left or (parted and box.x0 > title_x + _CENTRED):
                break
        kept.append((page, line))
    return kept


def _wraps(above: Line, below: Line, right: float) -> bool:
    """Whether a title that does not hang runs over below its number: from the right edge, set alike."""
    alike = above.bold == below.bold and abs(above.size - below.size) < 1 and above.box.x1 > _FULL * right
    return (
        alike and 0 < below.box.top - above.box.top < _LEADING * below.size and below.box.x0 > above.box.x0 - below.size
    )


def _is_range_piece(line: Line) -> bool:
    return _RANGE_PIECE.fullmatch(plain(line.text)) is not None
