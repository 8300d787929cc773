"""All KPI tables of a pack: their cells and the observations that they print."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from agendaparse.content.cards import read_cards
from agendaparse.content.checks import Doubt, find_doubts, reliability, report, tell_apart
from agendaparse.content.color_keys import find_key
from agendaparse.content.drafts import Draft
from agendaparse.content.marking import Drawing, color_name, put_marks, signs_of_color
from agendaparse.content.observations import Figure, find_setting, observations, read_figures
from agendaparse.content.panels import split_panels
from agendaparse.content.stamps import StampedPage
from agendaparse.content.table_kinds import are_of_indicators
from agendaparse.content.tables import read_tables
from agendaparse.content.titles import headlines
from agendaparse.issues import Issues
from agendaparse.layout.marks import Fills, find_marks, is_small
from agendaparse.layout.pages import Page
from agendaparse.layout.pictures import Pixels
from agendaparse.layout.unruled import SecondOpinion
from agendaparse.profile import Profile
from agendaparse.records import Document, Observation, Table

Icons = Callable[[int], Sequence[Pixels | None]]


@dataclass(frozen=True)
class Looks:
    """What is asked of a page only where it is needed: the pixels of its small pictures, another reader's columns."""

    icons: Icons  # for pages with a KPI table
    columns: SecondOpinion | None = None  # where our own columns are in doubt


@dataclass(frozen=True)
class _Reading:
    """What the tables of one pack are read with, and what was read; pages are looked at for marks once."""

    pages: Sequence[StampedPage]
    pack_id: str
    printed_pages: Sequence[int | None]
    icons: Icons
    council: str | None
    drawings: dict[int, Drawing] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def read_kpis(
    pages: Sequence[StampedPage],
    documents: Sequence[Document],
    profile: Profile,
    pack_id: str,
    printed_pages: Sequence[int | None],
    looks: Looks,
    council: str | None,
    issues: Issues,
) -> tuple[list[Table], list[Observation]]:
    """The tables that hold figures or actions, and one observation for each figure printed in a KPI table.

    What is in doubt about a figure lowers its reliability and is put on record in ``issues``.
    """
    reading = _Reading(pages, pack_id, printed_pages, looks.icons, council)
    tables, found = [], []
    for table, draft in read_tables(pages, documents, profile, pack_id, looks.columns):
        own = _table_observations(reading, table, draft) if table.kind == "kpi" else []
        found += own
        tables.append(table if own or table.kind != "kpi" else replace(table, kind="other"))
    on_pages: dict[int, list[Figure]] = {}
    for figure in reading.figures:
        on_pages.setdefault(figure.cell.pdf_page, []).append(figure)
    doubts = [*reading.doubts, *(doubt for own in on_pages.values() for doubt in tell_apart(own))]
    report(doubts, issues)
    return tables, _doubted(found, reading.figures, doubts)


def _table_observations(reading: _Reading, table: Table, draft: Draft) -> list[Observation]:
    for number in {cell.pdf_page for cell in table.cells} - set(reading.drawings):
        reading.drawings[number] = _drawing(reading.pages[number - 1].page, reading.icons)
    figures: list[Figure] = []
    doubts: list[Doubt] = []
    marks: dict[int, tuple[str | None, str | None]] = {}
    for panel in split_panels(draft):
        setting = find_setting(panel, _heads(reading, draft))
        are_cards = draft.method == "cards"
        roles, own = read_cards(panel, setting) if are_cards else read_figures(table, panel, setting, reading.council)
        marked = put_marks(panel, roles, own, reading.drawings)
        marks |= {len(figures) + place: mark for place, mark in marked.items()}
        figures += own
        doubts += find_doubts(own, table.method)
    if not are_of_indicators(figures):
        return []
    reading.figures.extend(figures)
    reading.doubts.extend(doubts)
    reading.doubts.extend(tell_apart(figures))
    return observations(table, figures, marks, reading.pack_id, reading.printed_pages)


def _heads(reading: _Reading, draft: Draft) -> Iterator[str]:
    """The large print of the pages of the table's document up to its own, the nearest first."""
    last = min((c.pdf_page for c in draft.cells), default=draft.document.pdf_first)
    for number in range(last, draft.document.pdf_first - 1, -1):
        yield from headlines(reading.pages[number - 1].page)


def _doubted(found: Sequence[Observation], figures: Sequence[Figure], doubts: Sequence[Doubt]) -> list[Observation]:
    """Each observation with its reliability; figures and observations stand in one order."""
    codes: dict[int, list[str]] = {}
    for doubt in doubts:
        codes.setdefault(id(doubt.figure), []).append(doubt.code)
    return [
        replace(o, reliability=reliability(o.reliability, codes[id(f)])) if id(f) in codes else o
        for o, f in zip(found, figures, strict=True)
    ]


def _drawing(page: Page, icons: Icons) -> Drawing:
    colors, dots = page.chars.runs.rgb, signs_of_color()
    signs = [(w, colors[w.run]) for w in page.words if w.text in dots]
    # the page is opened again for their pixels
    marks = find_marks(page, icons(page.pdf_page) if any(is_small(p.box) for p in page.pictures) else ())
    bright = {color for color in set(colors) if color is not None and color_name(color) is not None}
    inked = [(w, color) for w in page.words if (color := colors[w.run]) in bright] if bright else []
    return Drawing(Fills(page.shapes), marks, signs, inked, find_key(page, marks))
