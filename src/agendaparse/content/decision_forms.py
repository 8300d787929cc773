"""Decision notices: a form for each item, with its subject, what was decided, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from agendaparse.content.passages import PrintedLine
from agendaparse.content.stamps import StampedPage
from agendaparse.content.text import Texts, plain
from agendaparse.layout.lines import Line
from agendaparse.layout.ruled import Grid, find_grids
from agendaparse.layout.words import Word
from agendaparse.profile import Profile
from agendaparse.records import Box, Document

_COLUMN = 6.0  # points within which the labels of a form stand under each other
_GAP = 1.2  # of the font size: parts a label from its value
_LONGEST_LABEL = 12  # words
_NUMBERED = re.compile(r"(?P<number>\d{1,3}[a-z]?)[.):]?\s+(?=\D)")


@dataclass
class DecisionForm:
    """One form: the item's number and title, all its lines, and those that say what was decided."""

    minute: str | None
    title: str
    first: PrintedLine
    lines: list[PrintedLine] = field(default_factory=list)
    decided: list[PrintedLine] = field(default_factory=list)


def find_sheet(
    lines: Sequence[PrintedLine], pages: Sequence[StampedPage], document: Document, profile: Profile
) -> list[DecisionForm]:
    """The rows of a decision sheet, a table headed "Agenda Item No | Topic | Decision"; empty if there is none."""
    forms: list[DecisionForm] = []
    columns: dict[str, int] = {}
    for number in document.pdf_pages:
        grids = find_grids(pages[number - 1].page)
        own = [b for b in lines if b.pdf_page == number] if grids else []
        for grid in grids:
            header = next((r for r in range(min(2, grid.n_rows)) if _sheet_columns(grid.rows[r], profile)), None)
            if header is not None:
                columns = _sheet_columns(grid.rows[header], profile)
            if columns and max(columns.values()) < grid.n_cols:
                rows = range(0 if header is None else header + 1, grid.n_rows)
                forms += [form for r in rows if (form := _sheet_row(grid, r, columns, own)) is not None]
    return forms


def _sheet_columns(texts: Sequence[str | None], profile: Profile) -> dict[str, int]:
    """Where number, subject and decision stand, if these are the headers of a decision sheet."""
    found: dict[str, int] = {}
    for name in ("decision", "subject", "number"):
        labels = profile.labels[f"form {name}"]
        heads = [plain(t or "").casefold().rstrip(" :.") for t in texts]
        column = next((i for i, head in enumerate(heads) if head in labels and i not in found.values()), None)
        if column is not None:
            found[name] = column
    if "number" in found and "subject" not in found:
        found["subject"] = found.pop("number")  # "Agenda item | Decision": "5. Ferry"
    return found if {"decision", "subject"} <= set(found) else {}


def _sheet_row(grid: Grid, r: int, columns: dict[str, int], lines: Sequence[PrintedLine]) -> DecisionForm | None:
    cells = {c.col: c for c in grid.cells if c.row == r}
    decided, subject = cells.get(columns["decision"]), cells.get(columns["subject"])
    if decided is None or subject is None or not decided.text.strip() or not subject.text.strip():
        return None
    own = [cut for b in lines if (cut := _within(b, decided.box)) is not None]
    named = [cut for b in lines if (cut := _within(b, subject.box)) is not None]
    number = cells.get(columns.get("number", -1))
    minute = number.text.strip(" .") or None if number is not None else None
    title = " ".join(subject.text.split())
    if minute is None and (led := _NUMBERED.match(title)) is not None:
        minute, title = led["number"], title[led.end() :]
    return DecisionForm(minute, title, named[0], [*named, *own], own) if named and own else None


def _within(here: PrintedLine, box: Box) -> PrintedLine | None:
    """The part of a line that stands in a cell."""
    words = tuple(
        w
        for w in here.line.words
        if box.x0 <= (w.x0 + w.x1) / 2 < box.x1 and box.top <= (w.top + w.bottom) / 2 < box.bottom
    )
    return _cut(here, words) if words else None


@dataclass(frozen=True)
class _Part:
    """The label that begins a part of a form, and the words beside it."""

    number: str | None  # before the label: "1."; of a letter in brackets nothing is kept
    label: str
    value: tuple[Word, ...]


def find_forms(lines: Sequence[PrintedLine], texts: Texts, profile: Profile) -> list[DecisionForm]:
    """The forms of a decision notice; empty unless each names its subject and says what was decided.

    >>> find_forms([], Texts([]), general_profile())
    []
    """
    subjects = profile.labels["form subject"]
    named = [lines[n] for n in texts.holding(subjects)]
    starts = [b for b in named if (p := _part(b, profile)) is not None and p.label in subjects]
    if not starts:
        return []
    left = min(b.line.box.x0 for b in starts)
    forms: list[DecisionForm] = []
    section = ""
    for here in lines:
        part = _part(here, profile) if here.line.box.x0 - left < _COLUMN else None
        if part is not None and part.label in subjects:
            forms.append(DecisionForm(part.number, Line(part.value).text if part.value else "", here))
            section = "subject"
        elif forms and part is not None:
            section = "decision" if part.label in profile.labels["form decision"] else part.label
            forms[-1].lines.append(here)
            if part.value and section == "decision":
                forms[-1].decided.append(_cut(here, part.value))
        elif forms:
            section = _read_on(forms[-1], section, here, profile)
    return forms if all(form.decided for form in forms) else []


def _read_on(form: DecisionForm, section: str, here: PrintedLine, profile: Profile) -> str:
    """A line without a label goes to the part that it stands in; the part that the next one stands in."""
    reference = profile.pattern("minutes.item_reference").match(here.text)
    if section == "subject" and reference is not None:
        form.minute = reference["value"]
        return "titled"
    if section == "subject" and profile.pattern("minutes.form_byline").match(here.text) is not None:
        section = "titled"
    if section == "subject":
        form.title = f"{form.title} {here.line.text}".strip()
        return section
    form.lines.append(here)
    if section == "decision":
        form.decided.append(here)
    return section


def _part(here: PrintedLine, profile: Profile) -> _Part | None:
    """The label at a line's head: before a colon or a gap, in bold before its value, or the whole line."""
    words = here.line.words
    number = None
    if len(words) > 1 and profile.pattern("minutes.list_number").match(words[0].text) is not None:
        number, words = words[0].text, words[1:]
    if not words[0].text[0].isupper():
        return None
    pairs = enumerate(zip(words[: _LONGEST_LABEL + 1], words[1:], strict=False), 1)
    end = next((k for k, (a, b) in pairs if _parted(a, b)), len(words))
    end = next((k + 1 for k, w in enumerate(words[:end]) if w.text.endswith(":")), end)
    if end > _LONGEST_LABEL:
        return None
    label = plain(" ".join(w.text for w in words[:end])).casefold().strip(" :-.")
    counted = number.strip(".)") if number is not None and number.strip(".)").isdigit() else None
    return _Part(counted, label, words[end:])


def _parted(left: Word, right: Word) -> bool:
    return right.x0 - left.x1 > _GAP * left.size or (left.bold and not right.bold)


def _cut(here: PrintedLine, words: tuple[Word, ...]) -> PrintedLine:
    line = Line(words)
    return PrintedLine(here.pdf_page, line, plain(line.text), underlined=False)
