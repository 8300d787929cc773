"""The records that cross modules: frozen, typed, each knowing where on paper it stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, NamedTuple

DocumentKind = Literal["front_sheet", "agenda", "minutes", "report", "appendix", "blank", "other"]
StampKind = Literal["page", "item", "appendix", "pack"]
Method = Literal["ruled", "unruled", "text", "image"]


class Box(NamedTuple):
    """A rectangle on a page: points from the top left corner of the page as displayed.

    >>> Box(72, 36, 144, 48).width
    72
    """

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """How wide it is, in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """How tall it is, in points."""
        return self.bottom - self.top

    def join(self, other: Box) -> Box:
        """The smallest box around both.

        >>> Box(0, 0, 1, 1).join(Box(2, 2, 3, 3))
        Box(x0=0, top=0, x1=3, bottom=3)
        """
        return Box(
            min(self.x0, other.x0),
            min(self.top, other.top),
            max(self.x1, other.x1),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Source:
    """Where on paper something was printed, and how it was read."""

    pack: str  # sha256 of the file, 12 digits
    pdf_page: int  # position in the file, from 1
    printed_page: int | None  # as stamped
    box: Box
    method: Method


@dataclass(frozen=True, slots=True)
class Stamp:
    """What committee software printed over a page: "Page 31", "Agenda Item 7", "Appendix 1"."""

    kind: StampKind
    value: str | None  # "31", "7", "1"; None for "Public Document Pack"
    pdf_page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Meeting:
    """Which meeting a pack is of, as its front sheet says; None where it does not."""

    council: str | None = None
    committee: str | None = None
    meeting_date: dt.date | None = None
    start_time: dt.time | None = None
    venue: str | None = None
    published_date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody whom the front sheet lists; a vacancy has no name."""

    name: str | None
    role: str  # Chair, Vice-Chair, Member, Appointed Member, Contact, ...


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody whom a report names as its author, director or officer."""

    role: str | None
    title: str | None
    name: str
    tel: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """An appendix or background document as a report lists it."""

    number: str | None
    title: str


@dataclass(frozen=True, slots=True)
class Report:
    """The cover of a report: what each label says, None where it is not printed."""

    document_id: str
    item: str | None
    decision_maker: str | None
    subject: str | None
    date_of_decision: dt.date | None
    report_of: str | None
    confidentiality: str | None
    brief_summary: str | None
    key_decision: str | None
    wards_affected: str | None
    contacts: tuple[Contact, ...]
    appendices: tuple[ListedDocument, ...]
    background_documents: tuple[ListedDocument, ...]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommendation as printed."""

    item: str | None
    number: str | None  # "(i)", "1.", "A."
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One numbered paragraph with the section that it stands in."""

    item: str | None
    section: str
    number: str
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Resolution:
    """One decision of a meeting, as its minutes print it."""

    number: str | None
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Minute:
    """One item of a set of minutes, with what was resolved."""

    minute: str | None  # its number as printed, without a full stop
    title: str
    text: str
    resolutions: tuple[Resolution, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Action:
    """One entry of a scrutiny monitoring log."""

    date_raised: dt.date | None
    title: str | None
    number: str | None
    proposed: str
    taken: str | None
    status: str | None
    owner: str | None
    due: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class Minutes:
    """One set of minutes: of an earlier meeting, as a rule."""

    minutes_date: dt.date | None
    attendance: tuple[tuple[str, str], ...]  # name, status: present, apologies, absent, in attendance
    items: tuple[Minute, ...]
    actions: tuple[Action, ...] = ()  # those that the minutes print themselves, where the profile names them


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item of the agenda: number and title as printed, and the pages that it was given."""

    item: str
    title: str
    description: str | None
    printed_first: int | None
    printed_last: int | None
    pdf_first: int | None
    pdf_last: int | None
    source: Source


@dataclass(frozen=True, slots=True)
class Document:
    """One part of a pack: a front sheet, report, appendix, set of minutes or blank page."""

    document_id: str  # pack id and first page, "3f2a9c41d07b-p009"
    kind: DocumentKind
    item: str | None
    appendix: str | None
    title: str | None
    pdf_first: int
    pdf_last: int
    scanned: bool  # no page has a text layer of its own

    @property
    def pdf_pages(self) -> range:
        """The pages of the file that it stands on, from 1."""
        return range(self.pdf_first, self.pdf_last + 1)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a logical table; ``row`` counts from 0 with the header, over all the table's pages."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str  # its lines joined by single spaces
    lines: tuple[str, ...]
    is_header: bool
    pdf_page: int
    box: Box
    first_paragraph: str  # its text up to the first gap between its lines


@dataclass(frozen=True, slots=True)
class Table:
    """One logical table: the areas of one or more pages that a reader sees as one."""

    table_id: str
    item: str | None
    appendix: str | None
    kind: Literal["kpi", "action_log", "other"]
    title: str | None
    pdf_first: int
    pdf_last: int
    n_rows: int  # without the header
    n_cols: int
    n_header: int
    method: str  # ruled, aligned, camelot, cards
    reliability: float
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Observation:
    """One printed figure, or the print that stands in place of one."""

    observation_id: str
    table_id: str | None
    item: str | None
    appendix: str | None
    ref: str | None
    indicator: str
    measure: str
    comparator: str | None
    period_label: str | None
    period_start: dt.date | None
    period_end: dt.date | None
    raw: str
    value: float | None
    unit: str | None
    rag: str | None
    direction: str | None
    origin: str  # table, image or prose: where it was printed
    reliability: float
    source: Source
