"""A covering report cut at its labels and headings: what stands under each, whatever the layout."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from agendaparse.content.body import BodyLine
from agendaparse.content.headings import BULLETS, LONGEST_HEADING, find_headings, in_numbered_row, is_one_block
from agendaparse.content.label_lines import LABEL_END, LABEL_NUMBER, LineLabel, find_label
from agendaparse.content.labels import Labels
from agendaparse.content.text import plain
from agendaparse.layout.lines import Line
from agendaparse.layout.words import Word

# Of the font size.
_WIDE_GAP = 1.6  # parts labels that stand side by side
_HANG = 0.8  # a value goes on under its beginning
_MOST_CELLS = 4  # of a form's row: two labels with their values
_LARGER = 1.2  # times a label's size: a title
_ROW_STEP = 2.4  # from line to line under labels side by side
_VALUE_STEP = 1.5  # from line to line of values beside such labels
_ALIGNED = 6.0  # points within which values begin under their label
_APPENDIX = re.compile(
    r"(?:appendix|annexe?) (?:[\dA-Z]{1,2}|one|two|three|four|five|six)\s?[:–-]\s?[A-Z]", re.IGNORECASE
)
_ENTRY = re.compile(r"(?:appendix|annexe?|attachment|enclosure|schedule|exhibit) [\dA-Z]", re.IGNORECASE)
_NAMED = re.compile(r"(?:officer )?name\b|job title", re.IGNORECASE)
_REACHED = re.compile(r"(?:tel|phone|mobile|e-?mail)\w*\b[^:]{0,10}:", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:that|it is|to|members)\b(?! recommend)"
    r"|\d{1,2}[.)] .{3,90} (?:is|are) (?:recommended|asked|invited|requested)\b",
    re.IGNORECASE,
)
# Lists at a report's end: bold lines among them are heads of their tables, not headings of the report.
# Fields whose value may be set as boldly as their label.
_NAMES = ("subject", "decision_maker", "report_of", "date_of_decision")
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
        self._first: BodyLine | None = None  # of the row of a form that may be a numbered paragraph

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
        kinds = [self._kind_of(cell) for cell in row]
        if self._row and not any(kinds) and not any(self._opens(cell[0]) for cell in row):
            self._fill(row)
            return
        self._row = []
        if self._segments and self._is_of_a_table(row, kinds):
            self._segments[-1].lines += [b for cell in row for b in cell]
            return
        if len(row) == 2 and all(kinds) and _is_value(row[0][0], row[1][-1]):  # noqa: PLR2004
            kinds[1] = None
        told = row[0][-1].text.endswith(":") or _ENTRY.match(row[-1][0].text) is not None
        valued = len(row) == 2 and (told or _is_value(row[0][0], row[1][-1]))  # noqa: PLR2004
        if len(row) > 1 and kinds[0] in LISTS[1:] and not valued:  # the list's heading is the head of its first column
            self._begin(kinds[0], row[0][0].text, row[0][0])
            return
        if self._is_list_row(row, kinds):
            self._segments[-1].lines += [b for cell in row for b in cell]
            return
        bare = False  # whether the cell before is a label and nothing else
        for cell, name in zip(row, kinds, strict=True):
            after = cell is not row[0]
            if name is not None:
                text = " ".join(b.text for b in cell)
                self._begin(name, text.rstrip(LABEL_END), cell[0])
            elif not after and self._is_unknown_label(row):
                self._begin(None, " ".join(b.text for b in cell), cell[0])
            else:
                self._take_cell(cell, beside=after, value=bare)
            bare = name is not None or (not after and cell[-1].text.endswith((":", "?")) and not self._has_value())
        if len(row) > 1 and all(kinds) and kinds[0] not in LISTS:
            self._row = self._segments[-len(row) :]

    def _kind_of(self, cell: list[BodyLine]) -> str | None:
        """What a cell means that is a label and nothing else, or a question about one: "Key decision - is it ...?"."""
        text = " ".join(b.text for b in cell)
        name = self._labels.whole(text)
        if name is None and text.endswith("?") and len(cell) > 1:
            found = self._labels.find(cell[0].line.words)
            after = cell[0].line.words[found[1] :] if found is not None else ()
            name = found[0] if found is not None and after and after[0].text in ("-", "–") else None
        return self._known(name)

    def _is_list_row(self, row: list[list[BodyLine]], kinds: list[str | None]) -> bool:
        """Whether a row belongs to a list of papers: it does not begin with a label, or it heads the list ("Ref.")."""
        last = self._segments[-1] if self._segments else None
        if last is None or last.field not in LISTS[1:]:
            return False
        heads = len(row) > 1 and kinds[0] == "other" and not last.lines and not last.value
        return heads or (kinds[0] is None and self._opens(row[0][0]) is None)

    def _is_of_a_table(self, row: list[list[BodyLine]], kinds: list[str | None]) -> bool:
        """Whether a row has more cells than a form's, or overleaf is the head of columns."""
        if len(row) <= _MOST_CELLS:
            return False
        labelled = sum(k is not None or self._opens(c[0]) is not None for k, c in zip(kinds, row, strict=True))
        overleaf = row[0][0].pdf_page != self._body[0].pdf_page
        heads = overleaf and not any(b.text.endswith(":") for cell in row for b in cell)
        return 2 * labelled < len(row) - 1 or (heads and 2 * labelled > len(row) + 1)

    def _is_unknown_label(self, row: list[list[BodyLine]]) -> bool:
        """Whether a row's first cell is a label of another meaning; the rows of a list have none."""
        in_list = bool(self._segments) and self._segments[-1].field in LISTS
        return len(row) > 1 and not in_list and self._opens(row[0][0]) is None and _begins_row(row[0])

    def _fill(self, row: list[list[BodyLine]]) -> None:
        """Values under a row of labels."""
        for cell in row:
            x = cell[0].line.box.x0
            nearest = min(self._row, key=lambda s: min(abs(_edge(s) - x), abs(_left(s.first) - x)))
            nearest.lines += cell
        self._row = []

    def _take_cell(self, cell: list[BodyLine], *, beside: bool, value: bool) -> None:
        """The lines of a cell: each may begin with a label, unless it is the value of the label beside it."""
        wrapped = 0 if value else self._wrapped(cell)
        if wrapped:
            name = self._labels.whole(" ".join(b.text for b in cell[:wrapped]))
            self._begin(name, " ".join(b.text for b in cell[:wrapped]).rstrip(LABEL_END), cell[0])
        for k, here in enumerate(cell[wrapped:]):
            label = None if value else self._opens(here, first=not wrapped and k == 0)
            if label is not None:
                self._begin(label.field, label.heading, here, label.value)
            elif self._segments:
                segment = self._segments[-1]
                if beside and k == 0 and not segment.lines and not segment.value:
                    segment.column = here.line.box.x0
                segment.lines.append(here)

    def _wrapped(self, cell: list[BodyLine]) -> int:
        """How many of a cell's first lines are one label: "Date of / meeting" above the day."""
        most = min(len(cell) - 1, 3)
        whole = (n for n in range(most, 1, -1) if self._labels.whole(" ".join(b.text for b in cell[:n])) is not None)
        return next(whole, 0) if most > 1 else 0

    def _has_value(self) -> bool:
        """Whether the label before has something beside or under it already."""
        return not self._segments or bool(self._segments[-1].value or self._segments[-1].lines)

    def _opens(self, here: BodyLine, below: BodyLine | None = None, *, first: bool = False) -> LineLabel | None:
        """The label that a line begins with; ``first``: it is the first line of a cell, or a heading."""
        loose = here.pdf_page == self._body[0].pdf_page
        listed = here.text[0] in BULLETS and ":" not in here.text  # an entry of a list that reads like a label
        label = None if here.is_data or listed else find_label(here, self._labels, below, loose=loose, first=first)
        row = label is not None and _is_row_of_figures(here, label)
        return None if label is None or row or self._known(label.field) is None else label

    def _known(self, name: str | None) -> str | None:
        """A label's meaning; "Title" in a list is that of a person or paper, where the report has its own already."""
        last = self._segments[-1] if self._segments else None
        if name == "subject" and last is not None and last.field in LISTS:
            titled = any(s.field == "subject" for s in self._segments)
            return None if titled or not last.value or last.lines else name
        if name == "workplace":
            named = last is not None and last.field == "contacts" and any(_NAMED.match(b.text) for b in last.lines)
            return None if named else "other"
        return name

    # --- lines that stand free ---

    def _take_line(self, i: int) -> None:
        here = self._body[i]
        if self._skip is not None:  # the second line of a label
            self._segments[-1].value += self._skip
            self._skip = None
            return
        if self._first is not None and self._segments and in_numbered_row(self._first, here):
            self._segments[-1].lines.append(here)
            return
        self._first = here if here.cell is not None else None
        if self._take_labels_side_by_side(here):
            return
        if i and self._goes_on_heading(self._body[i - 1], here):
            return
        below = self._body[i + 1] if i + 1 < len(self._body) else None
        label = self._opens(here, below, first=self._is_heading(i))
        if label is not None and label.field in LISTS and here.text.isupper():
            label = dataclasses.replace(label, value=[])  # "APPENDICES - THE FOLLOWING DOCUMENTS ARE ..."
        if label is not None and not (i and self._runs_over(self._body[i - 1], here, label)):
            column = label.value[0].x0 if label.value and label.apart else None
            self._begin(label.field, label.heading, here, label.value, column)
            self._skip = label.wrapped
        elif self._segments and (_goes_on(self._segments[-1], here) or (i and self._wraps(self._body[i - 1], here))):
            self._segments[-1].lines.append(here)
        elif self._is_heading(i) and not self._leads(i) and not self._is_value(i):
            marked = here.line.bold or here.text.isupper() or (i > 0 and is_one_block(self._body[i - 1], here))
            name = self._lists_background(here) if marked else self._known(self._labels.whole(here.text))
            self._begin(name, here.text, here)
        else:
            self._add(here)

    def _wraps(self, above: BodyLine, here: BodyLine) -> bool:
        """Whether a line goes on with the value beside the label above it, set alike."""
        last = self._segments[-1]
        if last.first.line is not above.line or not last.value or here.line.bold:
            return False
        return not last.value[-1].bold and is_one_block(above, here, alike=False)

    def _runs_over(self, above: BodyLine, here: BodyLine, label: LineLabel) -> bool:
        """Whether a bare label is the end of a heading, or of the value above: "To: HARBOURS AND QUAYS / COMMITTEE"."""
        last, bare = self._segments[-1] if self._segments else None, not (label.value or here.text.endswith((":", "?")))
        if bare and last is not None and last.first.line is above.line and last.value and last.column is not None:
            under = abs(here.line.box.x0 - last.column) < _ALIGNED and last.value[-1].bold == here.line.bold
            return under and is_one_block(above, here, alike=False)
        if label.field == "contacts" and here.line.bold and is_one_block(above, here) and not self._opens(above):
            return (
                abs(_middle(above.line) - _middle(here.line)) < _ALIGNED
            )  # "REPORT OF THE CHIEF EXECUTIVE AND / DIRECTOR"
        if not bare or not is_one_block(above, here):
            return False
        alike = above.line.bold == here.line.bold and above.text.isupper() == here.text.isupper()
        return alike and not above.text.endswith((":", ".", "?")) and self._labels.whole(above.text) is None

    def _take_labels_side_by_side(self, here: BodyLine) -> bool:
        """Several labels on a line, each with its value beside it or, over some lines, below."""
        if here.is_data:
            return False
        if self._row and self._goes_under(here):
            return True
        self._row = []
        parted = chunks_of(here.line)
        if len(parted) < 2:  # noqa: PLR2004
            return False
        chunks = [here._replace(line=Line(tuple(c)), text=_text(c)) for c in parted]
        found = [self._opens(c) for c in chunks]
        first, last = found[0], found[-1]
        if len(found) == 2 and first and last and not first.value and last.value:  # noqa: PLR2004
            # a value that reads like a label of its own: "From" beside "Executive Director: Children"
            self._begin(first.field, first.heading, chunks[0], chunks[1].line.words, _left(chunks[1]))
            return True
        if sum(f is not None for f in found) < 2:  # noqa: PLR2004
            return False
        for chunk, label in zip(chunks, found, strict=True):
            if label is not None:
                self._begin(label.field, label.heading, chunk, label.value)
            else:
                self._segments[-1].value += chunk.line.words
        self._row = self._segments[-sum(f is not None for f in found) :]
        return True

    def _goes_under(self, here: BodyLine) -> bool:
        """Whether a line stands under labels side by side; its words then go to the label above them."""
        above = max((s.lines[-1] if s.lines else s.first for s in self._row), key=lambda b: b.line.box.top)
        step = here.line.box.top - above.line.box.top
        edges = [x for s in self._row for x in (_edge(s), _left(s.first))]
        most = _ROW_STEP if not any(s.value for s in self._row) else _VALUE_STEP
        starts = [i for i, w in enumerate(here.line.words) if any(abs(w.x0 - x) < _ALIGNED for x in edges)]
        if starts[:1] == [0]:
            pieces = [here.line.words[a:b] for a, b in zip(starts, [*starts[1:], None], strict=True)]
        else:
            pieces = self._centred_under(here)
        if here.pdf_page != above.pdf_page or step > most * here.line.size or not pieces:
            return False
        cells = [[here._replace(line=Line(p), text=_text(p))] for p in pieces]
        if any(self._opens(cell[0]) for cell in cells) or (len(cells) == 1 and here.line.bold):
            return False
        row = self._row
        self._fill(cells)
        self._row = row
        return True

    def _centred_under(self, here: BodyLine) -> list[tuple[Word, ...]]:
        """The parts of a line of which each stands in the middle under a label; none if one does not."""
        middles = [_middle(s.first.line) for s in self._row]
        parts = [tuple(words) for words in chunks_of(here.line)]
        under = (any(abs(_middle(Line(part)) - x) < _ALIGNED for x in middles) for part in parts)
        return parts if not any(s.value for s in self._row) and all(under) else []

    def _goes_on_heading(self, above: BodyLine, here: BodyLine) -> bool:
        """Whether a line in capitals ends the heading of a list that the line above began."""
        last = self._segments[-1] if self._segments else None
        if last is None or last.field not in LISTS or last.lines or last.first.line is not above.line:
            return False
        alike = here.text.isupper() and above.text.isupper() and len(here.line.words) > 2  # noqa: PLR2004
        runs_on = here.line.bold and here.text[:1].islower()
        return (alike or runs_on) and is_one_block(above, here)

    def _leads(self, i: int) -> bool:
        """Whether a line right below the heading of recommendations leads to them: "That the Committee:"."""
        last, here = self._segments[-1] if self._segments else None, self._body[i]
        if last is None or last.field != "recommendations" or not all(is_one_block(b, here) for b in last.lines[-1:]):
            return False
        runs_over = any(is_one_block(here, b) and b.text.endswith(":") for b in self._body[i + 1 : i + 2])
        return runs_over or here.text.endswith(":") or (_LEAD.match(here.text) is not None and not last.lines)

    def _is_value(self, i: int) -> bool:
        """Whether a line set as a heading is what the bare label right above it names: the title of a decision."""
        last, above = self._segments[-1] if self._segments else None, self._body[i - 1]
        if last is None or last.field not in _NAMES or last.first.line is not above.line or last.value:
            return False
        here = self._body[i]
        close = 0 < here.line.box.top - above.line.box.top < _ROW_STEP * here.line.size
        return here.pdf_page == above.pdf_page and here.cell == above.cell and close

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
        if self._names_appendix(here):
            self._begin("appendices", "", here, here.line.words)
            return
        last = self._segments[-1]
        beside = last.column is not None and last.field not in LISTS and last.field != "recommendations"
        in_form = last.field in LISTS and last.lines and last.lines[-1].cell is not None and here.cell is None
        if beside or (in_form and last.first.cell is not None):  # a list in a form ends with the form
            self._begin(None, "", here)
        self._segments[-1].lines.append(here)

    def _lists_background(self, here: BodyLine) -> str | None:
        """Whether a heading begins with the label of such papers: "Background papers, other than published works"."""
        words = here.line.words
        found = self._labels.find(words[1 if LABEL_NUMBER.fullmatch(words[0].text) else 0 :])
        return LISTS[2] if found is not None and found[0] == LISTS[2] and found[1] > 1 else None

    def _names_appendix(self, here: BodyLine) -> bool:
        """Whether a line under the last paragraph names an appendix, at the left edge and after a gap."""
        last = self._segments[-1]
        above = last.lines[-1] if last.lines else last.first
        parted = here.pdf_page != above.pdf_page or here.line.box.top - above.line.box.top > _WIDE_GAP * here.line.size
        hangs = above.line.box.x0 > here.line.box.x0 + here.line.size or last.field == "appendices"
        named = _APPENDIX.match(here.text) is not None and len(here.line.words) <= LONGEST_HEADING
        return named and parted and hangs and (last.field is None or last.field == "other" or not last.heading)

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


def _is_value(label: BodyLine, value: BodyLine) -> bool:
    """Whether the second of two cells that read as labels is the value of the first: "SUBJECT | Forward Plan"."""
    return label.line.bold and not value.line.bold and not value.text.endswith(":")


def _is_row_of_figures(here: BodyLine, label: LineLabel) -> bool:
    """Whether what reads like a label names a row of figures: "Contacts  1,840  1,902  1,877"."""
    figures = len(label.value) > 2 and not any(c.isalpha() for w in label.value for c in w.text)  # noqa: PLR2004
    return figures and label.apart and ":" not in here.text


def _begins_row(cell: Sequence[BodyLine]) -> bool:
    """Whether a form's first cell is an unknown label: short, or set as labels are."""
    words = sum(len(b.line.words) for b in cell)
    return words <= 8 and (cell[0].line.bold or cell[-1].text.endswith((":", "?")) or words <= 4)  # noqa: PLR2004


def _edge(segment: Segment) -> float:
    """Where the value begins, beside its label or under it."""
    return segment.value[0].x0 if segment.value else _left(segment.first)


def _middle(line: Line) -> float:
    return (line.box.x0 + line.box.x1) / 2


def _left(here: BodyLine) -> float:
    return here.line.box.x0


def _is_minor(here: BodyLine, within: Segment) -> bool:
    """Whether a heading within a list is one of its own: a role among contacts, an entry that names an appendix."""
    if here.text.isupper() or LABEL_NUMBER.match(here.text) is not None:
        return False
    is_role = within.field == "contacts" and (not within.value or _REACHED.match(here.text) is not None)
    return is_role or here.cell is not None or _ENTRY.match(here.text) is not None


def _goes_on(segment: Segment, here: BodyLine) -> bool:
    """Whether the line stands under the value in its column, and is no title in larger print."""
    alike = here.line.size < _LARGER * segment.first.line.size
    return segment.column is not None and alike and here.line.box.x0 > segment.column - _HANG * here.line.size


def chunks_of(line: Line) -> list[list[Word]]:
    """The words of a line, parted at wide gaps."""
    return [list(words) for words in line.parted(_WIDE_GAP)]


def _text(words: Sequence[Word]) -> str:
    return plain(" ".join(w.text for w in words))


def value_text(segment: Segment, *, parted: str = " ") -> str:
    """What stands beside and under a label as one text; ``parted`` stands for a gap between lines."""
    pieces: list[str] = [Line(tuple(segment.value)).text] if segment.value else []
    above = segment.first
    for here in segment.lines:
        if here.is_data:
            continue
        if segment.value and segment.first.cell is None and here.cell is not None:
            break  # "Wards affected: All" over a box of something else
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
    text = without_bullets(text)
    if not text.isascii():  # as bullets are not
        text = _BULLET.sub("; ", text)
    if "; " in text:
        text = re.sub(r"(?:(?<=[;:,.])|(?<=; and)|(?<=, and)|(?<=; or)|(?<=, or)|(?<=\band/or)); ", " ", text)
    return text.strip("; ")
