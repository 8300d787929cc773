"""A pack, read: the stages in reading order, one line each."""

from __future__ import annotations

import gc
import html
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pandas as pd
import pypdfium2 as pdfium_doc

from agendaparse.content.actions import read_actions
from agendaparse.content.agenda import Agenda, find_agenda, placed
from agendaparse.content.claims import Claims
from agendaparse.content.documents import (
    Evidence,
    find_documents,
    read_bare_numbers,
    reckon_pages,
    with_listed_appendices,
)
from agendaparse.content.front_sheet import read_meeting, with_cover
from agendaparse.content.front_text import read_front
from agendaparse.content.item_issues import check_items
from agendaparse.content.kpis import Looks, read_kpis
from agendaparse.content.members import read_members
from agendaparse.content.minutes import read_all_minutes
from agendaparse.content.page_issues import read_all_pages
from agendaparse.content.papers import Paper, read_papers
from agendaparse.content.printed import PrintedTable
from agendaparse.content.prose import read_prose
from agendaparse.content.stamps import StampedPage, find_stamps
from agendaparse.content.unstamped import read_own_heads
from agendaparse.dataframes import records_frame, to_frame
from agendaparse.errors import StrictIssues
from agendaparse.issues import Issue, Issues
from agendaparse.layout.marks import LARGEST_MARK
from agendaparse.layout.outline import Bookmark, Link, read_bookmarks, read_links
from agendaparse.layout.pages import Page, PageReader
from agendaparse.layout.pictures import Pixels
from agendaparse.layout.second_opinion import NetworkColumns
from agendaparse.layout.source import PdfBytes, PdfSource, open_pdf, read_bytes
from agendaparse.layout.split import split_pdf
from agendaparse.profile import Profile, choose_profile, find_profiles
from agendaparse.records import (
    Action,
    AgendaItem,
    Document,
    Meeting,
    Member,
    Minutes,
    Observation,
    Report,
    Stamp,
    Table,
)
from agendaparse.version import __version__

_HEAD_PAGES = 3  # on which a council's name says which profile fits
ID_DIGITS = 12  # of the sha256: enough for archives of millions of packs


class Pack:
    """One PDF of council papers: what is in it, and where.

    Every frame has the column ``pack_id`` first; its columns are those of ``frames.FRAMES`` and of the
    archive's table of the same name.

    >>> pack = read_pack("fixtures/packs/harrowmere-cyp-2023-09-14.pdf")
    >>> pack.documents.loc[0, "kind"]
    'front_sheet'
    """

    def __init__(self, pdf: PdfBytes, document: pdfium_doc.PdfDocument, profiles: Sequence[Profile]) -> None:
        started = time.perf_counter()
        self._pdf, self._document = pdf, document
        self._issues, self._claims = Issues(), Claims()
        self._log_issues, self._figure_issues = Issues(), Issues()  # of what is read when first asked for
        self.bookmarks: Sequence[Bookmark] = tuple(read_bookmarks(document))
        pages = read_all_pages(PageReader(self._document), self._issues)
        head = (line.text for page in pages[:_HEAD_PAGES] for line in page.lines)  # asked for where there is a choice
        self.profile = profile = choose_profile(profiles, head)
        self.stamped_pages: Sequence[StampedPage] = find_stamps(pages, profile, self._issues)
        agenda = find_agenda(self.stamped_pages, profile, self.pack_id, self._issues)
        self.stamped_pages = read_bare_numbers(self.stamped_pages, agenda)
        self.stamped_pages = read_own_heads(self.stamped_pages, agenda, profile)
        self._pdf_pages = reckon_pages(self.stamped_pages, agenda)
        self._agenda: Agenda | None = placed(agenda, self._pdf_pages) if agenda else None
        evidence = Evidence(self.pack_id, self.stamped_pages, self._agenda, self.bookmarks, profile, self._issues)
        self._documents: Sequence[Document] = find_documents(evidence)
        check_items(evidence.items, self._documents, profile, self._issues)
        self._claim()
        front = read_front(self.stamped_pages, self._documents, self._agenda, profile)
        self.meeting: Meeting = read_meeting(self.stamped_pages, self._documents, front, profile, self._claims)
        self._members: Sequence[Member] = read_members(
            self.stamped_pages, self._documents, self._agenda, front, profile
        )
        self._papers: Sequence[Paper] = read_papers(
            self.stamped_pages, self._documents, self.meeting, profile, self.pack_id, self._issues, self._claims
        )
        self._documents = with_listed_appendices(self._documents, [p.report for p in self._papers])
        self.meeting = with_cover(self.meeting, self._documents, [p.report for p in self._papers], profile)
        self._minutes: Sequence[Minutes] = read_all_minutes(
            self.stamped_pages, self._documents, self.meeting, profile, self.pack_id, self._issues, self._claims
        )
        self.seconds = time.perf_counter() - started

    def _claim(self) -> None:
        if self._agenda is not None:
            self._claims.claim((line for _, line in self._agenda.lines), "agenda")
        for document in self._documents:
            lines = self.page(document.pdf_first).lines
            if document.kind == "blank":
                self._claims.claim(lines, "blank")
            elif document.title is not None:
                self._claims.claim((line for line in lines if line.text in document.title), "heading")

    @property
    def pack_id(self) -> str:
        """The first 12 hex digits of the file's sha256."""
        return self._pdf.sha256[:ID_DIGITS]

    @property
    def sha256(self) -> str:
        """The file's sha256."""
        return self._pdf.sha256

    @property
    def source(self) -> str | None:
        """The path that was read, as given; None for bytes."""
        return self._pdf.name

    @property
    def pdf_page_count(self) -> int:
        """How many pages the file has."""
        return len(self.stamped_pages)

    @property
    def records(self) -> Records:
        """The typed records behind the frames, each with its place."""
        return Records(self)

    def page(self, pdf_page: int) -> Page:
        """A page by its place in the file, from 1, without its stamps; raises IndexError if there is none."""
        if not 1 <= pdf_page <= self.pdf_page_count:
            raise IndexError(f"no page {pdf_page}: the pack has {self.pdf_page_count}")
        return self.stamped_pages[pdf_page - 1].page

    def links(self, pdf_page: int) -> list[Link]:
        """The links on a page, to the web or within the file; raises IndexError if there is no such page."""
        self.page(pdf_page)
        return read_links(self._document, pdf_page)

    def printed_page(self, pdf_page: int) -> int | None:
        """The stamped number of a page; reckoned from its neighbours' where its own is not to be read."""
        own = self.stamped_pages[pdf_page - 1].printed_page
        return own if own is not None else self._printed.get(pdf_page)

    @cached_property
    def _printed(self) -> dict[int, int]:
        return {pdf: printed for printed, pdf in self._pdf_pages.items()}

    @cached_property
    def packs(self) -> pd.DataFrame:
        """One row: the file, its meeting, and how it was read."""
        m = self.meeting
        row: dict[str, Any] = {
            "source": self.source,
            "sha256": self.sha256,
            "council": m.council,
            "committee": m.committee,
        }
        time_text = None if m.start_time is None else m.start_time.strftime("%H:%M")
        row |= {"meeting_date": m.meeting_date, "start_time": time_text, "venue": m.venue}
        row |= {"published_date": m.published_date, "pdf_page_count": self.pdf_page_count}
        row |= {"profile": self.profile.name, "parser_version": __version__, "seconds": self.seconds}
        return to_frame("packs", [{"pack_id": self.pack_id, **row}])

    @cached_property
    def members(self) -> pd.DataFrame:
        """One row per person, or vacancy, that the front sheet lists."""
        return self._frame("members", self._members)

    @cached_property
    def agenda_items(self) -> pd.DataFrame:
        """One row per item of the agenda, in order."""
        return self._frame("agenda_items", self.records.agenda_items)

    @cached_property
    def documents(self) -> pd.DataFrame:
        """One row per part of the pack; together they hold every page once, in order."""
        return self._frame("documents", self._documents)

    @cached_property
    def reports(self) -> pd.DataFrame:
        """One row per covering report: the fields of its cover; a paper without any label of a cover has none."""
        return self._frame("reports", [p.report for p in self._papers if p.has_cover])

    @cached_property
    def contacts(self) -> pd.DataFrame:
        """One row per contact of a report."""
        return self._listed("contacts")

    @cached_property
    def recommendations(self) -> pd.DataFrame:
        """One row per recommendation, with page and box."""
        return self._frame("recommendations", [r for p in self._papers for r in p.recommendations])

    @cached_property
    def paragraphs(self) -> pd.DataFrame:
        """One row per numbered paragraph of a report."""
        return self._frame("paragraphs", [r for p in self._papers for r in p.paragraphs])

    @cached_property
    def appendices(self) -> pd.DataFrame:
        """One row per appendix that a report lists."""
        return self._listed("appendices")

    @cached_property
    def background_documents(self) -> pd.DataFrame:
        """One row per background document that a report lists."""
        return self._listed("background_documents")

    def _listed(self, name: str) -> pd.DataFrame:
        """What the covers of reports list under a name, each with its report's item."""
        found = [(p.report.item, listed) for p in self._papers for listed in getattr(p.report, name)]
        return self._frame(name, [listed for _, listed in found], item=[item for item, _ in found])

    @cached_property
    def minutes(self) -> pd.DataFrame:
        """One row per item of a set of minutes; their date is that of the meeting minuted."""
        items = [(m.minutes_date, i) for m in self._minutes for i in m.items]
        return self._frame("minutes", [i for _, i in items], minutes_date=[date for date, _ in items])

    @cached_property
    def attendance(self) -> pd.DataFrame:
        """One row per person whom a set of minutes names as present, absent or in attendance."""
        rows = [(m.minutes_date, name, status) for m in self._minutes for name, status in m.attendance]
        dates, names, statuses = map(list, zip(*rows, strict=True)) if rows else ([], [], [])
        return self._frame("attendance", rows, minutes_date=dates, name=names, status=statuses)

    @cached_property
    def resolutions(self) -> pd.DataFrame:
        """One row per resolution, with the minute that it stands in."""
        found = [(m.minutes_date, i, r) for m in self._minutes for i in m.items for r in i.resolutions]
        named: dict[str, Any] = {"minute": [i.minute for _, i, _ in found], "title": [i.title for _, i, _ in found]}
        return self._frame("resolutions", [r for *_, r in found], minutes_date=[date for date, *_ in found], **named)

    @cached_property
    def actions(self) -> pd.DataFrame:
        """One row per entry of a scrutiny monitoring log; looked for when first asked."""
        return self._frame("actions", self._log)

    @cached_property
    def _log(self) -> list[Action]:
        with _collector_paused():
            logged = read_actions(self.stamped_pages, self._documents, self.profile, self.pack_id, self._log_issues)
        return [*logged, *(a for m in self._minutes for a in m.actions)]

    @cached_property
    def _kpis(self) -> tuple[list[Table], list[Observation]]:
        printed = [self.printed_page(n) for n in range(1, self.pdf_page_count + 1)]
        pages, documents, council = self.stamped_pages, self._documents, self.meeting.council
        with _collector_paused():
            looks = Looks(self._icons, NetworkColumns(self._pdf.data, self._figure_issues))
            return read_kpis(pages, documents, self.profile, self.pack_id, printed, looks, council, self._figure_issues)

    @cached_property
    def _stated(self) -> list[Observation]:
        printed = [self.printed_page(n) for n in range(1, self.pdf_page_count + 1)]
        return read_prose(self.stamped_pages, self._documents, self.pack_id, printed, self.meeting.meeting_date)

    def _icons(self, pdf_page: int) -> Sequence[Pixels | None]:
        return PageReader(self._document).icons(pdf_page, LARGEST_MARK)

    @cached_property
    def tables(self) -> pd.DataFrame:
        """One row per table of data: figures, actions or other things under a header; looked for when first asked."""
        return self._frame("tables", self._kpis[0])

    def table(self, table_id: str) -> PrintedTable:
        """One table as it looks, by its ``table_id``; raises KeyError if the pack has none of that name.

        >>> pack.table(pack.tables.loc[0, "table_id"]).frame  # doctest: +SKIP
        """
        found = next((t for t in self._kpis[0] if t.table_id == table_id), None)
        if found is None:
            raise KeyError(table_id)
        return PrintedTable(found)

    @cached_property
    def cells(self) -> pd.DataFrame:
        """One row per cell of those tables."""
        tables = self._kpis[0]
        ids = [t.table_id for t in tables for _ in t.cells]
        return self._frame("cells", [c for t in tables for c in t.cells], table_id=ids)

    @cached_property
    def observations(self) -> pd.DataFrame:
        """One row per printed figure: indicator, measure, period, value, unit, page and box."""
        found = [*self._kpis[1], *self._stated]
        return self._frame("observations", found, source=[o.origin for o in found], origin="printed")

    @cached_property
    def issues(self) -> pd.DataFrame:
        """One row per thing that was not understood, with its place."""
        return self._frame("issues", self._all_issues)

    @cached_property
    def _all_issues(self) -> list[Issue]:
        """Those of the pages and documents, then of action logs, then of figures, whatever was asked for first."""
        self._log, self._kpis  # noqa: B018  (they find issues while they are read)
        return [*self._issues, *self._log_issues, *self._figure_issues]

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """One row per page: its document, and what share of its lines some reader took."""
        rows = []
        for document in self._documents:
            for n in document.pdf_pages:
                stamped = self.stamped_pages[n - 1]
                unclaimed = self._claims.count(stamped.page.lines)[None]
                lines = len(stamped.page.lines) + len(stamped.stamps)
                rows.append(
                    {
                        "pack_id": self.pack_id,
                        "pdf_page": n,
                        "printed_page": self.printed_page(n),
                        "document_id": document.document_id,
                        "kind": document.kind,
                        "lines": lines,
                        "claimed": lines - unclaimed,
                        "share": (lines - unclaimed) / lines if lines else 1.0,
                    }
                )
        return to_frame("coverage", rows)

    def frame(self, name: str) -> pd.DataFrame:
        """A frame by its name; raises KeyError on a name that a pack has no frame of.

        >>> read_pack("fixtures/pages/blank.pdf").frame("failures")
        Traceback (most recent call last):
        ...
        KeyError: 'failures'
        """
        if name not in PACK_FRAMES:
            raise KeyError(name)
        frame: pd.DataFrame = getattr(self, name)
        return frame

    def _frame(self, frame_name: str, records: Sequence[object], **others: Any) -> pd.DataFrame:
        return records_frame(frame_name, records, pack_id=self.pack_id, **others)

    def split(self, folder: str | Path) -> list[Path]:
        """Writes one PDF per document into the folder (made if need be); the paths, in the pack's order.

        Names sort as the pack does and are safe on any system: ``009-report-item-7-care-leavers.pdf``.
        A file of the same name is replaced.
        """
        return split_pdf(self._document, self._documents, Path(folder))

    def close(self) -> None:
        """Let go of the file; frames stay as they are."""
        self._document.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _summary(self) -> str:
        kinds = Counter(d.kind for d in self._documents)
        parts = ", ".join(f"{n} {kind}" for kind, n in kinds.items())
        items = len(self.records.agenda_items)
        return f"{self.pdf_page_count} pages; {parts}; {items} agenda items; {len(self._all_issues)} issues"

    def __repr__(self) -> str:
        name = Path(self.source).name if self.source else self.pack_id
        return f"<Pack {name}: {self._summary()}>"

    def _repr_html_(self) -> str:
        name = html.escape(Path(self.source).name if self.source else self.pack_id)
        columns = ["kind", "item", "appendix", "title", "pdf_first", "pdf_last"]
        table = self.documents[columns].to_html(index=False, na_rep="", border=0)
        return f"<div><strong>{name}</strong><br>{html.escape(self._summary())}{table}</div>"


class Records:
    """The typed records of a pack: what the frames are made of."""

    def __init__(self, pack: Pack) -> None:
        self.meeting: Meeting = pack.meeting
        self.members: tuple[Member, ...] = tuple(pack._members)  # noqa: SLF001
        self.agenda_items: tuple[AgendaItem, ...] = pack._agenda.items if pack._agenda else ()  # noqa: SLF001
        self.reports: tuple[Report, ...] = tuple(p.report for p in pack._papers)  # noqa: SLF001
        self.minutes: tuple[Minutes, ...] = tuple(pack._minutes)  # noqa: SLF001
        self.documents: tuple[Document, ...] = tuple(pack._documents)  # noqa: SLF001
        self.stamps: tuple[Stamp, ...] = tuple(s for p in pack.stamped_pages for s in p.stamps)
        self._pack = pack

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What was not understood; the tables, which have issues too, are read for it."""
        return tuple(self._pack._all_issues)  # noqa: SLF001


PACK_FRAMES = (
    "packs",
    "members",
    "agenda_items",
    "documents",
    "reports",
    "contacts",
    "recommendations",
    "paragraphs",
    "appendices",
    "background_documents",
    "minutes",
    "attendance",
    "resolutions",
    "actions",
    "tables",
    "cells",
    "observations",
    "issues",
    "coverage",
)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """While a pack is read, Python does not look for cycles.

    There are none among the words of a pack, and looking at all of them again and again takes a tenth of the time.
    Afterwards they are old objects at once: frozen and thawed, they need not be looked at first.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def read_pack(
    source: PdfSource,
    *,
    profile: str | Path | None = None,
    strict: bool = False,
    password: str | None = None,
) -> Pack:
    """The pack in a PDF, given as a path, as bytes or as an open binary file.

    Args:
        source: where the PDF is.
        profile: name or TOML file of a council profile, or a folder of such files, of which the front sheet chooses
            the one whose council it names; None for those that come with the library. The general one fits all.
        strict: raise StrictIssues, once and with all of them, if there is any issue of severity warning or error.
        password: opens an encrypted PDF.

    Returns:
        The pack: ``documents``, ``agenda_items``, ``issues``, ``coverage`` as DataFrames, ``split(folder)``.

    Raises:
        NotAPack: no such file, a folder, or no path, bytes or binary file.
        UnreadablePdf: empty, no PDF, damaged, or without a page; EncryptedPdf if the password is missing or wrong.
        ProfileError: the profile is unknown or cannot be used.
        StrictIssues: only with ``strict``.

    >>> read_pack("fixtures/pages/blank.pdf").pdf_page_count
    1
    """
    profiles = find_profiles(profile)
    pdf = read_bytes(source)
    with _collector_paused():
        pack = Pack(pdf, open_pdf(pdf, password), profiles)
    if strict:  # only then are the tables read at once: they have issues too
        grave = tuple(i for i in pack.records.issues if i.severity != "info")
        if grave:
            raise StrictIssues(grave)
    return pack
