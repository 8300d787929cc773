"""All KPI tables of a pack: their cells and the observations that they print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from agendaparse.content.drafts import Draft
from agendaparse.content.marking import Drawing, put_marks
from agendaparse.content.observations import Figure, find_setting, observations, read_figures
from agendaparse.content.panels import split_panels
from agendaparse.content.stamps import StampedPage
from agendaparse.content.tables import read_tables
from agendaparse.layout.marks import Fills, find_marks
from agendaparse.layout.pages import Page
from agendaparse.layout.pictures import Pixels
from agendaparse.profile import Profile
from agendaparse.records import Document, Observation, Table

Icons = Callable[[int], Sequence[Pixels | None]]


def read_kpis(
    pages: Sequence[StampedPage],
    documents: Sequence[Document],
    profile: Profile,
    pack_id: str,
    printed_pages: Sequence[int | None],
    icons: Icons,
    council: str | None = None,
) -> tuple[list[Table], list[Observation]]:
    """The tables that hold figures or actions, and one observation for each figure printed in a KPI table.

    ``icons`` gives the pixels of a page's small pictures; it is asked only for pages with a KPI table.
    """
    tables, found = [], []
    drawings: dict[int, Drawing] = {}
    for table, draft in read_tables(pages, documents, profile, pack_id):
        own: list[Observation] = []
        if table.kind == "kpi":
            own = _table_observations(table, draft, pages, pack_id, printed_pages, icons, drawings, council)
        found += own
        tables.append(table if own or table.kind != "kpi" else replace(table, kind="other"))
    return tables, found


def _table_observations(
    table: Table,
    draft: Draft,
    pages: Sequence[StampedPage],
    pack_id: str,
    printed_pages: Sequence[int | None],
    icons: Icons,
    drawings: dict[int, Drawing],
    council: str | None,
) -> list[Observation]:
    for number in {cell.pdf_page for cell in table.cells}:
        if number not in drawings:
            drawings[number] = _drawing(pages[number - 1].page, icons)
    figures: list[Figure] = []
    marks: dict[int, tuple[str | None, str | None]] = {}
    for panel in split_panels(draft):
        roles, own = read_figures(table, panel, find_setting(panel), council)
        marked = put_marks(panel, roles, own, drawings)
        marks |= {len(figures) + place: mark for place, mark in marked.items()}
        figures += own
    found = observations(table, figures, pack_id, printed_pages)
    for place, (rag, direction) in marks.items():
        found[place] = replace(found[place], rag=rag, direction=direction)
    return found


def _drawing(page: Page, icons: Icons) -> Drawing:
    colors = page.chars.runs.rgb
    words = [(w, colors[w.run]) for w in page.words]
    return Drawing(Fills(page.shapes), find_marks(page, icons(page.pdf_page) if page.pictures else ()), words)
