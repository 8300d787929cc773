"""Logs set as forms: a box for each recommendation, its text, what was done and its status each under a label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agendaparse.content.log_tables import LogRow, column_of, log_heading
from agendaparse.content.stamps import StampedPage
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
