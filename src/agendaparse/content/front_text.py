"""The text of a front sheet: its lines up to the first item, its paragraphs, and what stands under its labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from agendaparse.content.agenda import Agenda
from agendaparse.content.body import BodyLine
from agendaparse.content.cells import lines_in_cells
from agendaparse.content.dates import day_before_month, puts_month_first
from agendaparse.content.front_columns import read_by_column, with_labels_first
from agendaparse.content.labels import Labels, front_labels, label_key, label_keys
from agendaparse.content.segments import Segment, chunks_of, find_segments, value_text
from agendaparse.content.stamps import StampedPage
from agendaparse.content.text import plain
from agendaparse.layout.lines import Line
from agendaparse.layout.words import Word
from agendaparse.profile import Pattern, Profile
from agendaparse.records import Document

HEAD = 30  # lines in which a paper on its own says which meeting it is of
_FRONT_PAGES = 6  # a front sheet with its public information is no longer
_LEADING = 1.6  # of the font size, from line to line of a paragraph
_LOOSER = 1.3  # times the step of the sheet's paragraphs is no step within one
_OVER_PAGES = ("page", "pages", "page no", "page no.", "page nos", "page nos.")  # heads of the agenda's column
_SHORT = 0.75  # of the width of the line below
_BESIDE = 40.0  # points by which a paragraph's lines may begin elsewhere: they may be centred


@dataclass(frozen=True)
class FrontText:
    """What a front sheet, or the head of a paper on its own, says."""

    lines: tuple[BodyLine, ...]
    texts: tuple[str, ...]  # of each line
    paragraphs: tuple[str, ...]  # lines that run on, joined; columns apart
    fields: dict[str, str]  # what stands under its labels, by their meaning
    behind: tuple[BodyLine, ...]  # the lines behind the agenda's last item
    is_front: bool  # a front sheet or agenda, and not the head of some other paper

    @property
    def closing(self) -> list[str]:
        """The text of the lines behind the agenda's last item."""
        return [b.text for b in self.behind]

    @property
    def closing_paragraphs(self) -> list[str]:
        """The same, with lines that run on joined."""
        return _paragraphs(self.behind, None)

    @property
    def first_page(self) -> list[BodyLine]:
        """The lines of its first page."""
        return [b for b in self.lines if b.pdf_page == self.lines[0].pdf_page]


def read_front(
    pages: Sequence[StampedPage], documents: Sequence[Document], agenda: Agenda | None, profile: Profile
) -> FrontText:
    """The lines that say which meeting it is: before the first item, or at the head of a paper on its own."""
    labels = front_labels(profile)
    is_front = documents[0].kind in ("front_sheet", "agenda")
    first_item = agenda.lines[0] if agenda is not None and agenda.lines and is_front else None
    last = first_item[0] if first_item else documents[0].pdf_last if is_front else 1
    found: list[BodyLine] = []
    for n in range(1, min(last, _FRONT_PAGES) + 1):
        placed = lines_in_cells(pages[n - 1].page, labels, profile)
        placed = with_labels_first(read_by_column(placed, labels), labels) if is_front else placed
        own = [BodyLine(n, line, plain(line.text), cell) for line, cell in placed]
        if first_item is not None and n == last:
            own = [b for b in own if b.line.box.bottom <= first_item[1].box.top + 1]
        found += own
    if not is_front:
        found = found[:HEAD]
    fields = _fields(found, labels, profile) if is_front else {}
    if puts_month_first(b.text for b in found):
        found = [b._replace(text=day_before_month(b.text)) for b in found]
        fields = {name: day_before_month(text) for name, text in fields.items()}
    return FrontText(
        tuple(found),
        tuple(b.text for b in found),
        tuple(_paragraphs(found, profile.pattern("agenda.heading"))),
        fields,
        tuple(_behind(pages, documents, agenda, labels, profile) if agenda is not None and is_front else ()),
        is_front,
    )


def _behind(
    pages: Sequence[StampedPage], documents: Sequence[Document], agenda: Agenda, labels: Labels, profile: Profile
) -> Iterator[BodyLine]:
    """What stands behind the last item: who signs, and on which day; the members."""
    page, last = agenda.lines[-1]
    end = max((d.pdf_last for d in documents if d.kind in ("agenda", "front_sheet")), default=page)
    for n in range(page, max(end, page) + 1):
        for line, cell in lines_in_cells(pages[n - 1].page, labels, profile):
            if n > page or line.box.top > last.box.top + 1:
                yield BodyLine(n, line, plain(line.text), cell)


def _fields(lines: Sequence[BodyLine], labels: Labels, profile: Profile) -> dict[str, str]:
    found: dict[str, str] = {}
    first_of_two = label_keys(profile, "two languages")
    headings = [profile.pattern(f"agenda.{name}") for name in ("heading", "part_heading")]
    segments = find_segments(lines, labels)
    for n, (segment, after) in enumerate(zip(segments, [*segments[1:], None], strict=True), 1):
        if segment.field is not None and segment.field not in found:
            own = list(takewhile(lambda b: all(h.match(b.text) is None for h in headings), _own_lines(segment)))
            first, bar, _ = segment.heading.partition("/")
            if bar and label_key(first) in first_of_two:
                own = _said_again(own or _headed_by(segments[n:]))
            text = value_text(replace(segment, lines=own))
            if text.endswith(",") and after is not None and after.field is None:  # an address that goes on in bold
                text = f"{text} {after.heading}"
            if text:
                found[segment.field] = plain(text)
        elif segment.field == "date" and after is not None and after.field in ("time", "venue") and value_text(segment):
            found["date"] = plain(value_text(segment))  # a letter's own date stands above
        elif segment.field == "date" and not any(map(str.isdigit, found["date"])):  # "Day: Tuesday" over "Date: ..."
            found["date"] = f"{found['date']} {value_text(segment)}"
    return found


def _headed_by(below: Sequence[Segment]) -> list[BodyLine]:
    """The lines that a value in print as large as a heading's takes: each was read as a heading."""
    firsts = [s.first for s in takewhile(lambda s: s.field is None, below)]
    end = next((i for i, (a, b) in enumerate(pairwise(firsts), 1) if not _runs_on(a, b)), len(firsts))
    return firsts[:end]


def _said_again(lines: list[BodyLine]) -> list[BodyLine]:
    """The second half of lines that say a thing in two languages: from where they begin again, or the middle."""
    opening = [b.text.split(" ", 1)[0] for b in lines]
    again = next((i for i, word in enumerate(opening) if i and word == opening[0]), -(-len(lines) // 2))
    return lines[again:] if len(lines) > 1 else lines


def _own_lines(segment: Segment) -> list[BodyLine]:
    """The lines under a label that are its value: those of its cell or column, else as long as they run on."""
    segment = replace(segment, lines=list(takewhile(lambda b: b.text.casefold() not in _OVER_PAGES, segment.lines)))
    if segment.column is not None or not segment.lines:
        return segment.lines
    if segment.first.cell is not None:
        return [b for b in segment.lines if b.cell == segment.lines[0].cell]
    own = [] if segment.value and not _runs_on(segment.first, segment.lines[0]) else segment.lines[:1]
    for above, below in pairwise(segment.lines if own else []):
        if not _runs_on(above, below):
            break
        own.append(below)
    return own


def _paragraphs(lines: Sequence[BodyLine], heading: Pattern | None) -> list[str]:
    """The text of lines that run on; of a line with wide gaps each part stands for itself, unless it breaks off."""
    found: list[str] = []
    above: list[tuple[BodyLine, int]] = []  # the parts of the line above, and the paragraphs that they are in
    leading = _leading(lines)
    for here in lines:
        parts = [here] if len(chunks := chunks_of(here.line)) == 1 else [_part(here, words) for words in chunks]
        placed: list[tuple[BodyLine, int]] = []
        for part in parts:
            over = above[-1:] if len(parts) == 1 else []  # the value of a label, or a line of its own
            over += [(other, n) for other, n in above if _breaks_off(other, part)]
            at = next((n for other, n in over if _runs_on(other, part, leading)), None)
            if at is None:
                at = len(found)
                found.append(part.text)
            else:
                found[at] += " " + part.text
            placed.append((part, at))
        above = [] if heading is not None and heading.match(here.text) is not None else placed
    return found


def _leading(lines: Sequence[BodyLine]) -> float:
    """The step from line to line of a paragraph, in font sizes: the least that occurs."""
    steps = [
        (b.line.box.top - a.line.box.top) / b.line.size
        for a, b in pairwise(lines)
        if a.pdf_page == b.pdf_page and abs(a.line.size - b.line.size) < 1
    ]
    return min((step for step in steps if step > 1), default=_LEADING)


def _part(here: BodyLine, words: Sequence[Word]) -> BodyLine:
    line = Line(tuple(words))
    return here._replace(line=line, text=plain(line.text))


def _breaks_off(above: BodyLine, below: BodyLine) -> bool:
    """Whether a part of a line goes on right below: an address in a column beside other columns."""
    address = above.text.endswith(",") or ("," in above.text and below.text.endswith(","))
    return address and abs(above.line.box.x0 - below.line.box.x0) < above.line.size


def _runs_on(above: BodyLine, below: BodyLine, leading: float = _LEADING) -> bool:
    a, b = above.line, below.line
    if above.pdf_page != below.pdf_page or above.cell != below.cell or abs(a.size - b.size) > 0.1 * a.size:
        return False
    if a.bold != b.bold and a.box.width < _SHORT * b.box.width:  # a heading of its own
        return False
    centred = abs(a.box.x0 + a.box.x1 - b.box.x0 - b.box.x1) < _BESIDE
    level = abs(a.box.x0 - b.box.x0) < a.size or centred
    most = _LEADING if above.text.endswith((",", "-")) else min(_LEADING, _LOOSER * leading)
    return level and 0 < b.box.top - a.box.top < most * max(a.size, b.size)
