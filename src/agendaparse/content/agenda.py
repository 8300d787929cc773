"""The agenda: items with number, title, description and the pages that they were given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from agendaparse.content.agenda_columns import side_columns, without_columns
from agendaparse.content.agenda_ranges import PageRange, read_ranges
from agendaparse.content.agenda_rows import ItemRows, find_item_rows
from agendaparse.content.agenda_table import item_columns
from agendaparse.content.kinds import look_of, names_present
from agendaparse.content.stamps import StampedPage
from agendaparse.content.text import plain
from agendaparse.issues import Issues
from agendaparse.layout.lines import Line
from agendaparse.profile import Pattern, Profile
from agendaparse.records import AgendaItem, Box, Source

# Shares of the font size.
_LEADING = 1.65  # from one line of a title to the next; more is a new paragraph
_SIZE_STEP = 0.75  # points: a description may be set smaller than its title
_HEAD_LINES = 15  # among which the heads of an agenda's columns stand
_ROOM = 3  # words
_LONGEST_PHRASE = 6  # words of a title's second line that ends in a full stop
_INDENT = 1.0  # a description stands under the title, or a little left of it
_TITLE_AND_MORE = re.compile(
    r"(?!\S*\d\S* )(?P<title>[A-Z][^a-z]{4,}?) [-–—] (?P<more>(?:[A-Z]|[A-Z]?[a-z]+) ?[a-z].*)"
)
_TITLE_AND_SENTENCE = re.compile(r"(?P<title>[^:.]{4,80}?)(?: [-–—]|:) (?P<more>[A-Z].*)")
_REPORT = re.compile(r"(?:joint |verbal )?reports? (?:of|by|from) (?:the )?[A-Z]", re.IGNORECASE)
_BULLETS = frozenset("-–•●▪◦○o")  # of what an item is about
_ENDS_IN_RANGE = re.compile(r"\w \d{1,4} ?- ?\d{1,4}$")
_UNHEADED_PAGES = 6  # an agenda without a heading is looked for on these
_FRONT_PAGES = 40  # an agenda begins within these; a pack of hundreds of pages need not be searched


@dataclass(frozen=True)
class Agenda:
    """The items of a pack's agenda and the pages that they are listed on."""

    items: tuple[AgendaItem, ...]
    pdf_first: int
    pdf_last: int
    heading_page: int | None  # where the word AGENDA stands; None for a letter that lists items
    lines: tuple[tuple[int, Line], ...]  # the lines that were read, with their pages


def find_agenda(pages: Sequence[StampedPage], profile: Profile, pack_id: str, issues: Issues) -> Agenda | None:
    """The agenda of a pack; None if no page lists items under a heading that says so."""
    front = _front(pages)
    look = look_of(front[0], profile).kind if front else "other"
    # minutes speak of their agenda further on, decisions stand in a table headed "Agenda Item No"
    start = None if look == "other" else _heading(front[:1] if look == "minutes" else front, look, profile)
    if start is None:
        return None
    place, line_number, is_letter = start
    listed = [pair for pair in _listed_lines(front[place:], line_number, profile) if pair[1].words]
    rows = find_item_rows(listed, profile)
    if not rows:
        return None
    ranges = read_ranges(rows, profile, _page_heads(front[place].page.lines[line_number:], profile))
    items = [_item(found, pack_id, profile) for found in zip(rows, ranges, strict=True)]
    last = max(page for row in rows for page, _ in row.lines)
    _check_numbers(items, issues)
    _check_ranges(items, issues)
    lines = tuple(pair for row in rows for pair in row.lines)
    first = rows[0].lines[0][0]  # a sheet may be headed AGENDA, and list its items on the next page
    heading = None if is_letter and first == 1 else first
    return Agenda(tuple(items), first, last, heading, lines)


def _front(pages: Sequence[StampedPage]) -> list[StampedPage]:
    """The pages before the first that belongs to an item: those carry its stamp."""
    for i, page in enumerate(pages[:_FRONT_PAGES]):
        if page.stamped("item") is not None or (page.printed_page == 1 and i > 0):
            return list(pages[:i])
    return list(pages[:_FRONT_PAGES])


def _heading(front: Sequence[StampedPage], look: str | None, profile: Profile) -> tuple[int, int, bool] | None:
    """Page, line and style of the heading: the word AGENDA, or a letter's "Agenda Item No"."""
    heading = profile.pattern("agenda.heading")
    for i, stamped in enumerate(front):
        texts = [plain(line.text) for line in stamped.page.lines]
        if heading.may_fit(" ".join(texts)):  # few pages speak of an agenda, and fewer are headed so
            found = next((k for k, text in enumerate(texts) if heading.match(text) is not None), None)
            if found is not None:
                return i, found, False
    if look == "minutes":
        return None  # minutes have parts under such headings too
    letter, part = profile.pattern("agenda.letter_heading"), profile.pattern("agenda.part_heading")
    first_part: tuple[int, int] | None = None
    for place, text in _texts(front):
        if letter.match(text) is not None:
            return (*place, True)
        if first_part is None and part.match(text) is not None:
            first_part = place
    if first_part is None:
        first_part = _unheaded(front, profile)
    return None if first_part is None else (*first_part, False)


def _unheaded(front: Sequence[StampedPage], profile: Profile) -> tuple[int, int] | None:
    """The line above the items of an agenda without a heading: "Pages" over a column, or what stands before item 1."""
    column, pages, number = (profile.pattern(f"agenda.{name}") for name in ("page_heading", "range", "number"))
    for i, stamped in enumerate(front[:_UNHEADED_PAGES]):
        texts = [plain(line.text) for line in stamped.page.lines]
        firsts = [number.match(text.split(" ", 1)[0]) for text in texts]
        first = next((k for k, n in enumerate(firsts) if n is not None and n["value"] == "1" and k), None)
        ranged = sum(pages.search(text) is not None or _ENDS_IN_RANGE.search(text) is not None for text in texts)
        headed = next((k for k, text in enumerate(texts) if column.match(text) is not None), None)
        if headed is not None and first == headed + 1:
            return i, headed
        if first is not None and ranged > 1:
            return i, first - 1 - texts[first - 1].startswith("A.")
    return None


def _texts(front: Sequence[StampedPage]) -> Iterator[tuple[tuple[int, int], str]]:
    """The lines of these pages as compared, each with its page and its place on it."""
    for i, stamped in enumerate(front):
        for k, line in enumerate(stamped.page.lines):
            yield (i, k), plain(line.text)


def _listed_lines(pages: Sequence[StampedPage], first_line: int, profile: Profile) -> list[tuple[int, Line]]:
    columns = side_columns(pages[0].page, first_line, profile)
    own = without_columns(item_columns(pages[0].page, first_line + 1), columns)
    lines = [(pages[0].page.pdf_page, line) for line in own]
    minutes = profile.pattern("kind.minutes")
    for stamped in pages[1:]:
        headed = any(minutes.match(plain(line.text)) is not None for line in stamped.page.lines[:2])
        if headed or names_present(stamped, profile):
            break  # the minutes of the last meeting, where nothing is stamped: their items count on like an agenda's
        lines += [(stamped.page.pdf_page, line) for line in without_columns(item_columns(stamped.page), columns)]
    return [(page, line) for page, line in lines if line.angle == 0]


def _page_heads(lines: Sequence[Line], profile: Profile) -> list[float]:
    """Where heads such as "Pages" or "Page No" begin that end one of the first lines of an agenda."""
    pattern, found = profile.pattern("agenda.page_heading"), []
    for line in lines[:_HEAD_LINES]:
        tails = (line.words[-n:] for n in (2, 1))
        tail = next((t for t in tails if pattern.match(plain(" ".join(w.text for w in t))) is not None), None)
        found += [tail[0].x0] if tail is not None else []
    return found


def _item(found: tuple[ItemRows, PageRange | None], pack_id: str, profile: Profile) -> AgendaItem:
    row, pages = found
    title, description = _title_and_description(row, pages, profile)
    page, _ = row.lines[0]
    source = Source(pack_id, page, None, _around(row, page), "text")
    first, last = (pages.first, pages.last) if pages else (None, None)
    return AgendaItem(row.number, title, description or None, first, last, None, None, source)


def _around(row: ItemRows, page: int) -> Box:
    boxes = [line.box for p, line in row.lines if p == page]
    box = boxes[0]
    for other in boxes[1:]:
        box = box.join(other)
    return box


def _title_and_description(row: ItemRows, pages: PageRange | None, profile: Profile) -> tuple[str, str]:
    """The title's lines joined, and what follows: another style, a gap or the page range ends a title."""
    gone = pages.words if pages else frozenset()
    lines = [
        (page, Line(words))
        for page, line in row.lines
        if (words := tuple(w for w in line.words if w not in gone and w not in row.number_words))
    ]
    if not lines:
        return "", ""
    ends_at, asks = pages.ends_title_at if pages else None, profile.pattern("agenda.asks")
    taken = 1
    for (page, above), (next_page, below) in zip(lines, lines[1:], strict=False):
        if not _goes_on(above, below, row) or page != next_page or _after(ends_at, page, below):
            break
        if asks.match(below.text) is not None:  # a description, be it set like the title above it
            break
        taken += 1
    taken = _title_end([line for _, line in lines[:taken]], profile.pattern("agenda.tells"))
    title = " ".join(line.text for _, line in lines[:taken])
    described = [line for _, line in lines[taken:] if line.box.x0 > row.title_x - _INDENT * line.size]
    title, said = title.strip().lstrip("-–—: "), " ".join(line.text for line in described)
    parted = _TITLE_AND_MORE.match(title) or _told_behind(title, profile)  # "MINUTE – Minute of the meeting of 3 May"
    return (parted["title"], f"{parted['more']} {said}".strip()) if parted is not None else (title, said)


def _told_behind(title: str, profile: Profile) -> re.Match[str] | None:
    """A title and what is asked or told in a sentence behind it: "Interests – Members are reminded to say so."."""
    parted = _TITLE_AND_SENTENCE.match(title)
    if parted is None:
        return None
    more = plain(parted["more"])
    asked, told = (profile.pattern(f"agenda.{name}").match(more) is not None for name in ("asks", "tells"))
    return parted if asked or (told and more.endswith(".")) else None


def _after(ends_at: tuple[int, float] | None, page: int, line: Line) -> bool:
    return ends_at is not None and (page, line.box.top) > ends_at


def _goes_on(above: Line, below: Line, row: ItemRows) -> bool:
    """Whether a title goes on in the line below: close by, under the title, set alike."""
    if below.box.top - above.box.top > _LEADING * max(above.size, below.size):
        return False
    stops = (row.title_x, *(w.x0 for w in above.words[1:2]))  # a title behind a decision number hangs under itself
    if min(abs(below.box.x0 - x) for x in stops) > 2 * below.size:
        return False
    if _REPORT.match(below.text) is not None or (below.words[0].text in _BULLETS and len(below.words) > 1):
        return False
    figures = not any(c.isalpha() for c in below.text)  # "... UNDER THE LOCALISM ACT / 2011"
    alike = above.bold == below.bold and abs(above.size - below.size) < _SIZE_STEP
    capitals = _is_capitals(above)
    return alike and (figures or capitals == _is_capitals(below) or (capitals and below.text.isupper()))


def _title_end(lines: Sequence[Line], tells: Pattern) -> int:
    """How many of the lines set like a title are it: a sentence below it may be set as it is."""
    right = max(line.box.x1 for line in lines)
    for k in range(1, len(lines)):
        below = plain(" ".join(line.text for line in lines[k:]))
        if _has_room(lines[k - 1], lines[k], right) and (_is_sentence(below) or tells.match(below) is not None):
            return k
    return len(lines)


def _has_room(above: Line, below: Line, right: float) -> bool:
    """Whether a line ends though the next words would have fitted on it: what follows is a paragraph of its own."""
    words = below.words[:_ROOM]
    return above.box.x1 + words[-1].x1 - words[0].x0 + above.size < right


def _is_sentence(text: str) -> bool:
    """Whether lines below a title, set as it is, say what is asked: a sentence with its full stop."""
    return text[:1].isupper() and text.endswith(".") and len(text.split()) > _LONGEST_PHRASE


def _is_capitals(line: Line) -> bool:
    letters = [c for c in line.text if c.isalpha()]
    return len(letters) > 4 and all(c.isupper() for c in letters)  # noqa: PLR2004


def _check_numbers(items: list[AgendaItem], issues: Issues) -> None:
    """Plain numbers count up by one; an item 6a may stand between 6 and 7."""
    plain_numbers = [(int(i.item), i) for i in items if i.item.isdigit()]
    for (before, _), (number, item) in zip(plain_numbers, plain_numbers[1:], strict=False):
        if number != before + 1:
            message = f"item {number} follows item {before}"
            issues.add("agenda_number_gap", message, pdf_page=item.source.pdf_page, box=item.source.box, raw=item.item)


def _check_ranges(items: list[AgendaItem], issues: Issues) -> None:
    end = 0
    for item in items:
        if item.printed_first is None or item.printed_last is None:
            continue
        if item.printed_first <= end or item.printed_last < item.printed_first:
            message = f"item {item.item} has pages {item.printed_first} - {item.printed_last}, after page {end}"
            issues.add("agenda_range_broken", message, pdf_page=item.source.pdf_page, box=item.source.box)
        end = max(end, item.printed_last)


def placed(agenda: Agenda, pdf_pages: dict[int, int]) -> Agenda:
    """The agenda with the file's pages for the printed ones, where the file has them."""
    items = tuple(
        replace(i, pdf_first=pdf_pages.get(i.printed_first or 0), pdf_last=pdf_pages.get(i.printed_last or 0))
        for i in agenda.items
    )
    return replace(agenda, items=items)
