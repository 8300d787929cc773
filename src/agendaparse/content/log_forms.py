"""Logs set as forms: a box for each recommendation, its text, what was done and its status each under a label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agendaparse.content.log_tables import LogRow, chunks_of, column_of, log_heading
from agendaparse.content.stamps import StampedPage
from agendaparse.layout.lines import Line
from agendaparse.layout.ruled import Grid, GridCell, find_grids
from agendaparse.profile import Profile
from agendaparse.records import Box, Document

_LABEL_AND_VALUE = 2  # columns of a form, at most
_BEFORE = ("number", "date_raised", "title")  # what may stand above the recommendation itself
# "Recommendation 1 – That ...", "Current position:", "Status (categories 1 – 6)" above its value.
_LABELLED = re.compile(
    r"(?P<label>[^\W\d][^:\n–—]{2,60}?)\s*(?:no\.?\s?)?(?P<number>\d{1,3}(?:\.\d{1,2})?[a-z]?)?\s*(?:\([^)\n]*\))?"
    r"\s*(?:[:–—]|\s-\s|\n|$)\s*(?P<value>.*)",
    re.DOTALL | re.IGNORECASE,
)


_NUMBERED = re.compile(r"[A-Z][A-Za-z ]{3,30} (?:[Nn]o\.? ?)?\d{1,3}\s?[:–-]")
_NEAR = 0.6  # of the font size: nearer lines go on with a text


class _Part(NamedTuple):
    """One row of a form: what its label means, the number behind the label, its value."""

    name: str
    number: str | None
    value: str
    box: Box


def find_form_rows(pages: Sequence[StampedPage], document: Document, profile: Profile) -> Iterator[LogRow]:
    """The entries of every log set as forms in a document, in order; none where no heading speaks of a log."""
    titled = False
    for number in document.pdf_pages:
        page = pages[number - 1].page
        titled = titled or log_heading(page, profile) is not None
        covers = document.kind == "report" and number == document.pdf_first  # its own form says recommendation, too
        for grid in find_grids(page) if titled and page.shapes and not covers else ():
            if grid.n_cols <= _LABEL_AND_VALUE:
                yield from _entries(grid, number, profile)


def find_listed_rows(pages: Sequence[StampedPage], document: Document, profile: Profile) -> Iterator[LogRow]:
    """The entries of a log set as running text, "Action 3: ..." above its labels; none without such a heading."""
    entry: dict[str, _Part] = {}
    place = 0
    titled = False
    for number in document.pdf_pages:
        page = pages[number - 1].page
        heading = None if titled else log_heading(page, profile)
        titled = titled or heading is not None
        for line in page.lines if titled else ():
            if line.angle != 0 or line is heading:
                continue
            begins = _opens(line, profile)
            if begins is not None:
                yield from _listed_row(entry, place)
                entry, place = {"proposed": begins}, number
            elif entry:
                _read_on(entry, line, profile)
    yield from _listed_row(entry, place)


def _opens(line: Line, profile: Profile) -> _Part | None:
    """The number and words of an action, if a line begins one: "Action 3: Officers to ..."."""
    found = _LABELLED.fullmatch(line.text) if _NUMBERED.match(line.text) is not None else None
    if found is None or found["number"] is None or not found["value"]:
        return None
    name = column_of(found["label"].strip(), profile)
    return _Part("proposed", found["number"], found["value"], line.box) if name == "proposed" else None


def _read_on(entry: dict[str, _Part], line: Line, profile: Profile) -> None:
    """A line below an action: labels side by side or one to a line, or the rest of the last one."""
    chunks = chunks_of(line)
    for chunk in chunks:
        found = _LABELLED.fullmatch(chunk.text) if ":" in chunk.text else None
        name = column_of(found["label"].strip(), profile) if found is not None else None
        last = next(reversed(entry))
        if found is not None and name is not None and name not in entry:
            entry[name] = _Part(name, None, found["value"], chunk.box)
        elif len(chunks) == 1 and not line.bold and abs(chunk.box.top - entry[last].box.bottom) < _NEAR * line.size:
            entry[last] = _longer(entry[last], chunk)


def _longer(part: _Part, line: Line) -> _Part:
    a, b = part.box, line.box
    box = Box(min(a.x0, b.x0), a.top, max(a.x1, b.x1), b.bottom)
    return part._replace(value=f"{part.value}\n{line.text}", box=box)


def _listed_row(entry: dict[str, _Part], number: int) -> Iterator[LogRow]:
    if entry.keys() & {"taken", "status", "owner", "due"}:
        cells: dict[str, str | None] = {name: part.value for name, part in entry.items() if name != "ignored"}
        cells["number"] = entry["proposed"].number
        yield LogRow(number, cells, entry["proposed"].box, first_on_page=False, spans=None)


def _entries(grid: Grid, number: int, profile: Profile) -> Iterator[LogRow]:
    """The entries of one grid: each begins with what was proposed, or with what stands above it."""
    entry: dict[str, _Part] = {}
    for part in _parts(grid, profile):
        if part.name in entry and "proposed" in entry:
            yield from _row(entry, number)
            entry = {}
        if part.name in ("proposed", *_BEFORE) or "proposed" in entry:
            entry.setdefault(part.name, part)
    yield from _row(entry, number)


def _row(entry: dict[str, _Part], number: int) -> Iterator[LogRow]:
    if "proposed" not in entry or not entry.keys() & {"taken", "status"}:
        return
    cells: dict[str, str | None] = {name: part.value for name, part in entry.items()}
    if "number" not in cells and entry["proposed"].number is not None:
        cells["number"] = entry["proposed"].number
    yield LogRow(number, cells, entry["proposed"].box, first_on_page=False, spans=None)


def _parts(grid: Grid, profile: Profile) -> Iterator[_Part]:
    for r in range(grid.n_rows):
        part = _part([c for c in grid.cells if c.row == r], profile)
        if part is not None and part.name != "ignored":
            yield part


def _part(cells: Sequence[GridCell], profile: Profile) -> _Part | None:
    """A row as label and value: in one cell, or in two."""
    found = _LABELLED.fullmatch(cells[0].text) if cells else None
    name = column_of(found["label"].strip(), profile) if found is not None else None
    if found is None or name is None:
        return None
    value = "\n".join(c.text for c in cells[1:]) or found["value"]
    return _Part(name, found["number"], value, cells[-1].box)
