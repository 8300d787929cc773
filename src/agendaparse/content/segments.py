"""A covering report cut at its labels and headings: what stands under each, whatever the layout."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median_high

from agendaparse.content.body import BodyLine
from agendaparse.content.labels import Labels
from agendaparse.content.text import plain
from agendaparse.layout.lines import Line
from agendaparse.layout.words import Word

# Of the font size.
_GAP = 1.0  # parts a label from its value where nothing else does
_WIDE_GAP = 1.6  # parts labels that stand side by side
_HANG = 0.8  # a value goes on under its beginning
_LEADING = 1.45  # from line to line of one heading
_LARGER = 1.12  # a heading is set larger than the text
_LONGEST_HEADING = 24  # words
_NUMBER = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})?|[A-Z](?=[.)]))[.):]?")
_SENTENCE_ENDS = (".", ";", ",")
_LEAD = re.compile(r"(?:recommended|asked|invited|requested|resolved|agreed?)\b.*:[\s-]*$", re.IGNORECASE)
_END = " :?-."
# Lists at a report's end: bold lines among them are heads of their tables, not headings of the report.
LISTS = ("contacts", "appendices", "background_documents")


@dataclass
class Segment:
    """A label or heading with what stands beside and under it."""

    field: str | None  # what the label means; None for a heading of the report's own
    heading: str  # as printed
    first: BodyLine
    value: list[Word] = dataclasses.field(default_factory=list)  # beside the label
    lines: list[BodyLine] = dataclasses.field(default_factory=list)  # under it
    column: float | None = None  # where the value beside the label begins, if it stands apart


@dataclass(frozen=True)
class _Label:
    field: str
    heading: str
    value: list[Word]
    apart: bool
    wrapped: list[Word] | None = None  # what is left of the next line, where the label took its head


def find_segments(body: Sequence[BodyLine], labels: Labels) -> list[Segment]:
    """The report's parts in order; what stands before the first label has a segment without heading."""
    return _Cutter(body, labels).cut()


class _Cutter:
    """Goes down a report's lines and begins a segment at each label and heading."""

    def __init__(self, body: Sequence[BodyLine], labels: Labels) -> None:
        self._body, self._labels = body, labels
        self._headings = find_headings(body)
        self._segments: list[Segment] = []
        self._row: list[Segment] = []  # labels side by side whose values stand below them
        self._skip: list[Word] | None = None

    def cut(self) -> list[Segment]:
        for i, row in _form_rows(self._body):
            if row is not None:
                self._take_row(row)
            else:
                self._take_line(i)
        return self._segments

    # --- ruled forms ---

    def _take_row(self, row: list[list[BodyLine]]) -> None:
        """A row of a form: a cell that is a label owns the cells behind it; else a cell has its own label."""
        kinds = [self._known(self._labels.whole(" ".join(b.text for b in cell))) for cell in row]
        if self._row and not any(kinds) and not any(self._opens(cell[0]) for cell in row):
            self._fill(row)
            return
        self._row = []
        if self._is_list_row(row, kinds):
            self._segments[-1].lines += [b for cell in row for b in cell]
            return
        for cell, name in zip(row, kinds, strict=True):
            after = cell is not row[0]
            if name is not None:
                text = " ".join(b.text for b in cell)
                self._begin(name, text.rstrip(_END), cell[0])
            elif not after and self._is_unknown_label(row):
                self._begin(None, " ".join(b.text for b in cell), cell[0])
            else:
                self._take_cell(cell, beside=after)
        if len(row) > 1 and all(kinds):
            self._row = self._segments[-len(row) :]

    def _is_list_row(self, row: list[list[BodyLine]], kinds: list[str | None]) -> bool:
        """Whether a row belongs to a list of papers: it does not begin with a label."""
        in_list = bool(self._segments) and self._segments[-1].field in LISTS[1:]
        return in_list and kinds[0] is None and self._opens(row[0][0]) is None

    def _is_unknown_label(self, row: list[list[BodyLine]]) -> bool:
        """Whether a row's first cell is a label of another meaning; the rows of a list have none."""
        in_list = bool(self._segments) and self._segments[-1].field in LISTS
        return len(row) > 1 and not in_list and self._opens(row[0][0]) is None and _begins_row(row[0])

    def _fill(self, row: list[list[BodyLine]]) -> None:
        """Values under a row of labels."""
        for cell in row:
            x = cell[0].line.box.x0
            nearest = min(self._row, key=lambda s: abs(_left(s.first) - x))
            nearest.lines += cell
        self._row = []

    def _take_cell(self, cell: list[BodyLine], *, beside: bool) -> None:
        """The lines of a cell: each may begin with a label; others belong to the label before."""
        for k, here in enumerate(cell):
            label = self._opens(here)
            if label is not None:
                self._begin(label.field, label.heading, here, label.value)
            elif self._segments:
                segment = self._segments[-1]
                if beside and k == 0 and not segment.lines and not segment.value:
                    segment.column = here.line.box.x0
                segment.lines.append(here)

    def _opens(self, here: BodyLine, below: BodyLine | None = None) -> _Label | None:
        label = None if here.is_data else _label(here, self._labels, below)
        return None if label is None or self._known(label.field) is None else label

    def _known(self, name: str | None) -> str | None:
        """A label's meaning; "Title" in a list is that of a person or paper, where the report has its own already."""
        last = self._segments[-1] if self._segments else None
        if name == "subject" and last is not None and last.field in LISTS:
            titled = any(s.field == "subject" for s in self._segments)
            return None if titled or not last.value or last.lines else name
        return name

    # --- lines that stand free ---

    def _take_line(self, i: int) -> None:
        here = self._body[i]
        if self._skip is not None:  # the second line of a label
            self._segments[-1].value += self._skip
            self._skip = None
            return
        if self._take_labels_side_by_side(here):
            return
        below = self._body[i + 1] if i + 1 < len(self._body) else None
        label = self._opens(here, below)
        if label is not None:
            column = label.value[0].x0 if label.value and label.apart else None
            self._begin(label.field, label.heading, here, label.value, column)
            self._skip = label.wrapped
        elif self._segments and _goes_on(self._segments[-1], here):
            self._segments[-1].lines.append(here)
        elif self._is_heading(i):
            self._begin(None, here.text, here)
        else:
            self._add(here)

    def _take_labels_side_by_side(self, here: BodyLine) -> bool:
        """Several labels on a line, each with its value beside it or below."""
        if here.is_data:
            return False
        chunks = chunks_of(here.line)
        found = [self._opens(here._replace(line=Line(tuple(c)), text=_text(c))) for c in chunks]
        if self._row and len(chunks) > 1 and not any(found):
            self._fill([[here._replace(line=Line(tuple(c)), text=_text(c))] for c in chunks])
            return True
        self._row = []
        if len(chunks) < 2 or sum(f is not None for f in found) < 2:  # noqa: PLR2004
            return False
        for chunk, label in zip(chunks, found, strict=True):
            if label is not None:
                self._begin(label.field, label.heading, here._replace(line=Line(tuple(chunk))), label.value)
            else:
                self._segments[-1].value += chunk
        if not any(s.value for s in self._segments[-len(chunks) :]):
            self._row = self._segments[-len(chunks) :]
        return True

    def _is_heading(self, i: int) -> bool:
        here = self._body[i]
        if here.is_data or id(here.line) not in self._headings:
            return False
        in_list = bool(self._segments) and self._segments[-1].field in LISTS
        tops_page = i > 0 and self._body[i - 1].pdf_page != here.pdf_page
        return tops_page or not (in_list and _is_minor(here, self._segments[-1]))

    def _add(self, here: BodyLine) -> None:
        """A line of text: under the last heading, unless that was a label whose value stands in a column."""
        if not self._segments:
            self._begin(None, "", here)
        last = self._segments[-1]
        if last.column is not None and last.field not in LISTS and last.field != "recommendations":
            self._begin(None, "", here)
        self._segments[-1].lines.append(here)

    def _begin(
        self,
        name: str | None,
        heading: str,
        first: BodyLine,
        value: Sequence[Word] = (),
        column: float | None = None,
    ) -> None:
        self._segments.append(Segment(name, heading, first, list(value), [], column))


def _form_rows(body: Sequence[BodyLine]) -> Iterator[tuple[int, list[list[BodyLine]] | None]]:
    """The rows of forms as lists of cells; of all other lines their place."""
    at = 0
    for key, group in groupby(body, key=_form_row):
        lines = list(group)
        if key is None:
            yield from ((at + k, None) for k in range(len(lines)))
        else:
            yield at, [list(cell) for _, cell in groupby(lines, key=lambda b: b.cell.col if b.cell else 0)]
        at += len(lines)


def _form_row(here: BodyLine) -> tuple[int, int, int] | None:
    cell = here.cell
    return (here.pdf_page, cell.table, cell.row) if cell is not None and cell.kind == "form" else None


def _begins_row(cell: Sequence[BodyLine]) -> bool:
    """Whether a form's first cell is an unknown label: short, or set as labels are."""
    words = sum(len(b.line.words) for b in cell)
    return words <= 8 and (cell[0].line.bold or cell[-1].text.endswith((":", "?")) or words <= 4)  # noqa: PLR2004


def _left(here: BodyLine) -> float:
    return here.line.box.x0


def _is_minor(here: BodyLine, within: Segment) -> bool:
    """Whether a heading is neither in capitals nor numbered nor set as the list's own heading is."""
    head = within.first.line
    alike = here.line.bold and head.bold and here.line.size >= head.size and here.pdf_page != within.first.pdf_page
    return not here.text.isupper() and _NUMBER.match(here.text) is None and not alike


def _goes_on(segment: Segment, here: BodyLine) -> bool:
    """Whether the line stands under the value in its column."""
    return segment.column is not None and here.line.box.x0 > segment.column - _HANG * here.line.size


def find_headings(body: Sequence[BodyLine]) -> set[int]:
    """The lines, by identity, that are headings: bold, in capitals or larger than the text, and no sentence."""
    if not body:
        return set()
    size = median_high([b.line.size for b in body])
    found: set[int] = set()
    at = 0
    while at < len(body):
        end = at + 1
        if _stands_out(body[at], size):
            while end < len(body) and _is_one_block(body[end - 1], body[end]) and _stands_out(body[end], size):
                end += 1
            block = body[at:end]
            if _is_title(block, body[at - 1 : at], body[end : end + 1]):
                found.update(id(b.line) for b in block)
        at = end
    return found


def _is_title(block: Sequence[BodyLine], above: Sequence[BodyLine], below: Sequence[BodyLine]) -> bool:
    """Whether lines that stand out are no sentence; a row of a table to themselves says so too."""
    last = block[-1].text
    if sum(len(b.line.words) for b in block) > _LONGEST_HEADING or _LEAD.search(last) is not None:
        return False
    cell = block[0].cell
    around = [b.cell for b in (*above, *below)]
    own_row = cell is not None and cell.kind == "box" and cell not in around
    in_table = own_row and any(c is not None and cell is not None and c.table == cell.table for c in around)
    return in_table or not last.endswith(_SENTENCE_ENDS)


def _stands_out(here: BodyLine, size: float) -> bool:
    line = here.line
    if not any(c.isalpha() for c in here.text):
        return False
    capitals = here.text.isupper() and sum(map(str.isalpha, here.text)) > 4  # noqa: PLR2004
    return line.bold or capitals or line.size > _LARGER * size


def _is_one_block(above: BodyLine, below: BodyLine) -> bool:
    if above.pdf_page != below.pdf_page or above.cell != below.cell:
        return False
    step = below.line.box.top - above.line.box.top
    return 0 < step < _LEADING * max(above.line.size, below.line.size) and above.line.bold == below.line.bold


def _label(here: BodyLine, labels: Labels, below: BodyLine | None = None) -> _Label | None:
    """The label that a line begins with, behind its number if it has one."""
    words = list(here.line.words)
    start = 1 if len(words) > 1 and _NUMBER.fullmatch(words[0].text) and not words[0].text.isalpha() else 0
    found = labels.find(words[start:])
    if found is not None:
        name, n = found
        head, rest = words[start : start + n], words[start + n :]
        text = plain(" ".join(w.text for w in head))
        if _ends_label(head, rest, text, here):
            if rest and rest[0].text in (":", "-", "–"):
                rest = rest[1:]
            return _Label(name, text.rstrip(_END), rest, _is_apart(head, rest))
    return _wrapped_label(here.line, below, labels) if below is not None else None


def _ends_label(head: list[Word], rest: list[Word], text: str, here: BodyLine) -> bool:
    """Whether these words are a label, and not the beginning of a sentence."""
    if text.endswith((":", "?", ":-")):
        return True
    if not rest:
        begins_cell = here.cell is not None and here.line.box.top - here.cell.box.top < 1.5 * here.line.size
        return head[0].bold or text.isupper() or begins_cell
    if rest[0].text in (":", "-", "–"):
        return head[0].bold or rest[0].text == ":"
    return head[-1].bold and (not rest[0].bold or _is_apart(head, rest))


def _is_apart(head: list[Word], rest: list[Word]) -> bool:
    return bool(rest) and rest[0].x0 - head[-1].x1 > _GAP * head[-1].size


def _wrapped_label(line: Line, below: BodyLine, labels: Labels) -> _Label | None:
    """A label that takes two lines of its column: "REPORT / TITLE:" beside the title."""
    under = below.line
    if not line.words[0].bold or abs(under.box.x0 - line.box.x0) > line.size:
        return None
    head, rest = _first_cell(line)
    more, wrapped = _first_cell(under)
    text = plain(" ".join(w.text for w in (*head, *more)))
    name = labels.whole(text)
    if name is None or not (rest or wrapped):
        return None
    return _Label(name, text.rstrip(_END), rest or wrapped, apart=True, wrapped=wrapped if rest else [])


def _first_cell(line: Line) -> tuple[list[Word], list[Word]]:
    """The words up to a gap or to the end of the bold ones, and the rest."""
    words = line.words
    for i, (left, right) in enumerate(zip(words, words[1:], strict=False), start=1):
        if right.x0 - left.x1 > _GAP * left.size or left.bold != right.bold:
            return list(words[:i]), list(words[i:])
    return list(words), []


def chunks_of(line: Line) -> list[list[Word]]:
    """The words of a line, parted at wide gaps."""
    found = [[line.words[0]]]
    for left, right in zip(line.words, line.words[1:], strict=False):
        if right.x0 - left.x1 > _WIDE_GAP * left.size:
            found.append([])
        found[-1].append(right)
    return found


def _text(words: Sequence[Word]) -> str:
    return plain(" ".join(w.text for w in words))


def value_text(segment: Segment, *, parted: str = " ") -> str:
    """What stands beside and under a label as one text; ``parted`` stands for a gap between lines."""
    pieces: list[str] = [Line(tuple(segment.value)).text] if segment.value else []
    above = segment.first
    for here in segment.lines:
        if here.is_data:
            continue
        gap = here.line.box.top - above.line.box.top if here.pdf_page == above.pdf_page else 0.0
        if pieces:
            pieces.append(parted if gap > 1.7 * here.line.size else " ")
        pieces.append(here.line.text)
        above = here
    return without_bullets("".join(pieces)).strip(" :")


def without_bullets(text: str) -> str:
    """The text without the signs that begin its points.

    >>> without_bullets("consider: • one • two")
    'consider: one • two'
    """
    first = _BULLET.sub(" ", text, count=1) if re.search(r":\s*[•●▪◦○➢]", text) else text
    return " ".join(first.split()).lstrip("•●▪◦○➢ ")


_BULLET = re.compile(r"\s*[•●▪◦○➢]\s+")


def joined_points(text: str) -> str:
    """Points within a text as papers list them, joined by semicolons.

    >>> joined_points("consider: • one • two")
    'consider: one; two'
    """
    return re.sub(
        r"(?:(?<=[;:,.])|(?<=; and)|(?<=, and)|(?<=; or)|(?<=, or)|(?<=\band/or)); ",
        " ",
        re.sub(r"\s*[•●▪◦○➢]\s+", "; ", without_bullets(text)),
    ).strip("; ")
