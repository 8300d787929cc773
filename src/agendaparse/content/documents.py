"""The parts of a pack: agenda ranges, stamps, bookmarks, blank pages and first pages, reconciled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from agendaparse.content.agenda import Agenda
from agendaparse.content.kinds import (
    Look,
    begins_cover,
    has_sections,
    is_blank,
    is_headed_report,
    is_record,
    is_slide,
    item_key,
    item_named,
    lists_appendices,
    lone_appendix,
    look_of,
    names_present,
)
from agendaparse.content.stamps import StampedPage, bare_offsets, with_bare_numbers
from agendaparse.content.text import plain
from agendaparse.issues import Issues
from agendaparse.layout.outline import Bookmark
from agendaparse.profile import Profile
from agendaparse.records import AgendaItem, Document, DocumentKind, Report

_SECOND = 2  # page
_WORD = re.compile(r"\w+")
_MOST = 0.6  # of the pages behind the agenda carry its number


@dataclass(frozen=True)
class Evidence:
    """All that speaks for how a pack is divided."""

    pack_id: str
    pages: Sequence[StampedPage]
    agenda: Agenda | None
    bookmarks: Sequence[Bookmark]
    profile: Profile
    issues: Issues

    def page(self, pdf_page: int) -> StampedPage:
        """The page at this position."""
        return self.pages[pdf_page - 1]

    @property
    def items(self) -> Sequence[AgendaItem]:
        """The items of the agenda, if there is one."""
        return self.agenda.items if self.agenda else ()


@dataclass(frozen=True)
class _Part:
    """A run of pages on its way to become a Document."""

    pdf_first: int
    pdf_last: int
    item: str | None = None
    kind: DocumentKind | None = None
    appendix: str | None = None
    title: str | None = None


def find_documents(evidence: Evidence) -> list[Document]:
    """The documents of a pack in order; together they hold every page once."""
    blanks = {p.page.pdf_page for p in evidence.pages if is_blank(p, evidence.profile)}
    if evidence.agenda is None and not any(p.item for p in evidence.pages[1:]):
        parts = _single(evidence)
    else:
        parts = [*_front(evidence), *_item_parts(evidence, blanks)]
    parts = [piece for part in parts for piece in _without_blanks(part, blanks)]
    return [_document(part, evidence) for part in parts]


def with_listed_appendices(documents: Sequence[Document], reports: Sequence[Report]) -> list[Document]:
    """The documents, where an appendix that its pages do not number has the number under which its report lists it.

    >>> with_listed_appendices([], [])
    []
    """
    taken = {(d.item, d.appendix) for d in documents}
    listed = [(r.item, a.number, _words(a.title)) for r in reports for a in r.appendices if a.number is not None]
    unnumbered = Counter(d.item for d in documents if _lacks_number(d))
    found = []
    for document in documents:
        title = _words(document.title) if _lacks_number(document) else ""
        of_item = [(n, words) for item, n, words in listed if item == document.item and (item, n) not in taken]
        named = [n for n, words in of_item if words and f" {words} " in f" {title} "]
        if title and not named and unnumbered[document.item] == len(of_item) == 1:
            named = [of_item[0][0]]  # the only one of either
        found.append(document if len(named) != 1 else replace(document, appendix=named[0]))
    return found


def _lacks_number(document: Document) -> bool:
    return document.kind == "appendix" and document.appendix is None


def _words(title: str | None) -> str:
    return " ".join(_WORD.findall((title or "").casefold()))


def reckon_pages(pages: Sequence[StampedPage], agenda: Agenda | None) -> dict[int, int]:
    """Printed page -> page of the file: from stamps, and between and beyond them by counting.

    Where no page is stamped, the last page of the agenda's ranges is the last of the file, or they count all its pages.
    """
    known = {p.printed_page: p.page.pdf_page for p in pages if p.printed_page is not None}
    offset = Counter(pdf - printed for printed, pdf in known.items())
    ends = [i.printed_last for i in (agenda.items if agenda else ()) if i.printed_last is not None]
    if offset:
        shift = offset.most_common(1)[0][0]
    elif ends and agenda is not None and _has_ranges(agenda) and max(ends) + agenda.pdf_last <= len(pages):
        shift = len(pages) - max(ends)
    elif agenda is not None and _counts_all_pages(agenda, len(pages)):
        shift = 0
    else:
        return {}
    reckoned = {pdf - shift: pdf for pdf in range(1, len(pages) + 1) if pdf - shift > 0}
    return {**reckoned, **known}


def _counts_all_pages(agenda: Agenda, n_pages: int) -> bool:
    """Whether the agenda's ranges count from the file's first page: they begin right behind it."""
    firsts = [i.printed_first for i in agenda.items if i.printed_first is not None]
    lasts = [i.printed_last for i in agenda.items if i.printed_last is not None]
    if not lasts or min(firsts) != agenda.pdf_last + 1:
        return False
    return max(lasts) == n_pages or (not _has_ranges(agenda) and max(lasts) <= n_pages)


def _has_ranges(agenda: Agenda) -> bool:
    """Whether an agenda says where papers end, and not only where they begin."""
    return any(i.printed_last != i.printed_first for i in agenda.items)


def read_bare_numbers(pages: Sequence[StampedPage], agenda: Agenda | None) -> Sequence[StampedPage]:
    """The pages with bare numbers as stamps, where no other numbers are stamped and they suit the agenda's ranges."""
    ends = [i.printed_last for i in (agenda.items if agenda else ()) if i.printed_last is not None]
    if not ends or agenda is None or any(p.printed_page is not None for p in pages):
        return pages
    least = _MOST * (len(pages) - agenda.pdf_last)
    for offset, count in bare_offsets(pages).most_common(3):
        fits = agenda.pdf_first <= offset + min(e for e in ends) and max(ends) + offset <= len(pages)
        if count >= least and fits:
            return with_bare_numbers(pages, offset)
    return pages


def _single(evidence: Evidence) -> list[_Part]:
    """A file without an agenda: one report, one set of minutes, one appendix."""
    evidence.issues.add("no_agenda", "no agenda was found: the file was read as one document")
    stamped = evidence.pages[0]
    look = look_of(stamped, evidence.profile)
    item, appendix = stamped.stamped("item"), stamped.stamped("appendix")
    if item is None and look.kind == "report":
        item = item_named(stamped, evidence.profile)
    if appendix is not None or look.appendix is not None:
        kind: DocumentKind = "appendix"
    elif look.kind in ("minutes", "report"):
        kind = "minutes" if look.kind == "minutes" else "report"
    elif look.kind is None and has_sections(stamped, evidence.profile):
        kind = "report"
    elif look.kind is None and is_slide(stamped.page):
        kind = "appendix"  # officers bring slides as the appendix of a report
    else:
        kind = "other"
        evidence.issues.add("kind_unknown", "no agenda, minutes, report or appendix by its look", pdf_page=1)
    return _bound_in(_Part(1, len(evidence.pages), item, kind, appendix or look.appendix, look.heading), evidence)


def _bound_in(whole: _Part, evidence: Evidence) -> list[_Part]:
    """The papers of one file: behind a report its appendices, behind minutes those of another meeting.

    An appendix begins where its name stands apart, as a stamp, a line or a bookmark: a heading "Appendix 1: Costs" may
    be one among others of the report's own text.
    """
    parts = [whole]
    for pdf_page in range(2, whole.pdf_last + 1) if whole.kind in ("report", "minutes") else ():
        stamped = evidence.page(pdf_page)
        marked = (_bookmarked_appendix(b.title, evidence.profile) for b in evidence.bookmarks if b.pdf_page == pdf_page)
        label = stamped.stamped("appendix") or next(filter(None, marked), lone_appendix(stamped, evidence.profile))
        again = whole.kind if parts[-1].kind == whole.kind and _begins_again(whole, pdf_page, evidence) else None
        if again or (label is not None and label != parts[-1].appendix):
            kind: DocumentKind = again or "appendix"
            heading = look_of(stamped, evidence.profile).heading
            parts[-1] = replace(parts[-1], pdf_last=pdf_page - 1)
            parts.append(_Part(pdf_page, whole.pdf_last, whole.item, kind, label, heading))
    return parts


def _begins_again(whole: _Part, pdf_page: int, evidence: Evidence) -> bool:
    """Whether a page begins another set of minutes, or another report: headed as the first one is, not running on."""
    if whole.kind == "minutes":
        return names_present(evidence.page(pdf_page), evidence.profile)
    first, before, here = (is_headed_report(evidence.page(n), evidence.profile) for n in (1, pdf_page - 1, pdf_page))
    return first and here and not before


def _front(evidence: Evidence) -> list[_Part]:
    """The front sheet and the agenda: all before the first document of an item."""
    end = _first_item_page(evidence) - 1
    if end < 1:
        return []
    heading = evidence.agenda.heading_page if evidence.agenda else None
    title = look_of(evidence.page(1), evidence.profile).heading
    if heading is None or heading > end:
        return [_Part(1, end, kind="front_sheet", title=title)]
    agenda = _Part(heading, end, kind="agenda", title="AGENDA")
    return [_Part(1, heading - 1, kind="front_sheet", title=title), agenda] if heading > 1 else [agenda]


def _first_item_page(evidence: Evidence) -> int:
    """The first page behind the front sheet and the agenda."""
    after = evidence.agenda.pdf_last + 1 if evidence.agenda else 1
    starts = [p.page.pdf_page for p in evidence.pages if p.item is not None]
    starts += [i.pdf_first for i in evidence.items if i.pdf_first is not None]
    if not starts:  # neither stamps nor page ranges: the first page that looks like a paper
        starts += [n for n in range(after, len(evidence.pages) + 1) if _looks_first(evidence, n)]
    return min((s for s in starts if s >= after), default=len(evidence.pages) + 1)


def _item_parts(evidence: Evidence, blanks: set[int]) -> list[_Part]:
    """The papers of the items, each cut where a document begins."""
    first = _first_item_page(evidence)
    if first > len(evidence.pages):
        return []
    owner = _owners(evidence, first)
    starts = _starts(evidence, owner, blanks, first)
    ends = [s - 1 for s in starts[1:]] + [len(evidence.pages)]
    parts: list[_Part] = []
    for start, end in zip(starts, ends, strict=True):
        parts.append(_classified(start, end, owner[start], parts, evidence))
    return parts


def _owners(evidence: Evidence, first: int) -> Mapping[int, str | None]:
    """The item of each page: the stamp's word on a first page, else the agenda's range, else as before."""
    owner: dict[int, str | None] = {}
    current: str | None = None
    for pdf_page in range(first, len(evidence.pages) + 1):
        ranged = _ranged(evidence.items, pdf_page)
        stamp = evidence.page(pdf_page).item
        if stamp is not None:
            if ranged is not None and item_key(stamp) != item_key(ranged) and evidence.items:
                message = f"stamped item {stamp}, but the agenda gives the page to item {ranged}"
                evidence.issues.add("stamp_disagrees", message, pdf_page=pdf_page, raw=f"Agenda Item {stamp}")
            current = _printed(stamp, evidence.items)
        elif ranged is not None and ranged != current and _begins(evidence.items, pdf_page):
            current = ranged
        owner[pdf_page] = current
    return owner


def _printed(stamp: str, items: Sequence[AgendaItem]) -> str:
    """The item's number as the agenda prints it, where the stamp's is the same."""
    return next((i.item for i in items if item_key(i.item) == item_key(stamp)), stamp)


def _ranged(items: Sequence[AgendaItem], pdf_page: int) -> str | None:
    for item in items:
        if item.pdf_first is not None and item.pdf_first <= pdf_page <= (item.pdf_last or item.pdf_first):
            return item.item
    return None


def _begins(items: Sequence[AgendaItem], pdf_page: int) -> bool:
    return any(i.pdf_first == pdf_page for i in items)


def _starts(evidence: Evidence, owner: Mapping[int, str | None], blanks: set[int], first: int) -> list[int]:
    """The pages on which a document begins."""
    starts = {first}
    named = {b.pdf_page for b in evidence.bookmarks if _bookmarked_appendix(b.title, evidence.profile)}
    stamps = Counter(owner[p.page.pdf_page] for p in evidence.pages[first - 1 :] if p.item is not None)
    for pdf_page in range(first + 1, len(evidence.pages) + 1):
        stamped = evidence.page(pdf_page)
        new_item = owner[pdf_page] != owner[pdf_page - 1]
        is_stamped = stamped.item is not None or stamped.stamped("appendix") is not None
        if new_item or is_stamped or pdf_page in named or pdf_page - 1 in blanks:
            starts.add(pdf_page)
        # Where each paper is stamped, appendices are too; one stamp is that of the report, or none.
        unstamped = stamps[owner[pdf_page]] < 2  # noqa: PLR2004
        if unstamped and _looks_first(evidence, pdf_page) and (new_item or not _is_same_appendix(evidence, pdf_page)):
            starts.add(pdf_page)
        if unstamped and is_slide(stamped.page) != is_slide(evidence.page(pdf_page - 1).page):
            starts.add(pdf_page)  # a deck behind a report is its appendix
        if begins_cover(stamped, evidence.profile) or _counts_on(evidence, owner, pdf_page):
            starts.add(pdf_page)
    return sorted(starts - blanks | {first})


def _counts_on(evidence: Evidence, owner: Mapping[int, str | None], pdf_page: int) -> bool:
    """Whether a page without a stamp is headed by the appendix that comes after the one stamped last: its own line."""
    label = lone_appendix(evidence.page(pdf_page), evidence.profile)
    if label is None:
        return False
    same = (n for n in range(pdf_page - 1, 0, -1) if owner.get(n) == owner[pdf_page])
    last = next((a for n in same if (a := evidence.page(n).stamped("appendix")) is not None), "")
    return bool(last) and label.casefold() == _next_label(last.casefold())


def _next_label(label: str) -> str | None:
    """The label that comes after one: "2" after "1", "b" after "a"; None where that is not so plain."""
    if label.isdigit():
        return str(int(label) + 1)
    return chr(ord(label) + 1) if len(label) == 1 else None


def _looks_first(evidence: Evidence, pdf_page: int) -> bool:
    """Whether a page of a pack without item stamps begins a paper, by its look: minutes, a report, an appendix."""
    look = look_of(evidence.page(pdf_page), evidence.profile)
    if look.kind is None and _is_headed(evidence, pdf_page):
        return True
    if look.kind == "other" and is_record(evidence.page(pdf_page), evidence.profile):
        return True
    if look.kind == "appendix":
        return not lists_appendices(evidence.page(pdf_page), evidence.page(pdf_page - 1), evidence.profile)
    if look.kind == "minutes" and evidence.page(pdf_page).page.upright_lines[0].text[:1].islower():
        return False  # a sentence that goes on: further down the page an item is about the last minutes
    unstamped = not any(p.stamped("item") for p in evidence.pages)
    return unstamped and look.kind is not None and not is_slide(evidence.page(pdf_page).page)


def _is_same_appendix(evidence: Evidence, pdf_page: int) -> bool:
    """Whether a page is headed by the same appendix as the page before: its sheets name it each."""
    before, here = (look_of(evidence.page(n), evidence.profile) for n in (pdf_page - 1, pdf_page))
    alike = before.kind == here.kind == "appendix" and before.appendix == here.appendix is not None
    if not alike or pdf_page <= _SECOND:
        return False
    return not lists_appendices(evidence.page(pdf_page - 1), evidence.page(pdf_page - 2), evidence.profile)


def _is_headed(evidence: Evidence, pdf_page: int) -> bool:
    """Whether a page behind minutes that nothing stamps has a heading of its own, which counts on from none of them."""
    before = look_of(evidence.page(pdf_page - 1), evidence.profile)
    lines = evidence.page(pdf_page).page.upright_lines
    if before.kind != "minutes" or not lines or any(i.pdf_first for i in evidence.items):
        return False
    first = lines[0]
    return first.bold and not first.text[:1].isdigit() and not first.text.endswith(".")


def _bookmarked_appendix(title: str, profile: Profile) -> str | None:
    """The appendix that a bookmark names, at its start or after a dash: "Item 7 - Appendix B - EqIA"."""
    text = plain(title)
    pieces = [text, *(text.split(" - ", n)[-1] for n in range(1, text.count(" - ") + 1))]
    matches = (profile.pattern("appendix.listed").match(piece) for piece in pieces)
    return next((m["value"] for m in matches if m is not None), None)


def _classified(start: int, end: int, item: str | None, before: Sequence[_Part], evidence: Evidence) -> _Part:
    """What the pages from ``start`` are: the first paper of an item is its report, those after are appendices."""
    stamped = evidence.page(start)
    look = look_of(stamped, evidence.profile)
    first_of_item = not any(p.item == item for p in before)
    label = stamped.stamped("appendix") or _label(start, look, evidence)
    kind = _kind(look, label, stamped, evidence, item, first_of_item=first_of_item)
    title = look.heading
    if kind in ("report", "minutes") and first_of_item:
        title = next((i.title for i in evidence.items if i.item == item), title)
    return _Part(start, end, item, kind, label if kind == "appendix" else None, title)


def _label(start: int, look: Look, evidence: Evidence) -> str | None:
    """The appendix that a bookmark or the page's own heading names."""
    marked = (_bookmarked_appendix(b.title, evidence.profile) for b in evidence.bookmarks if b.pdf_page == start)
    return next((label for label in marked if label), look.appendix)


def _kind(
    look: Look, label: str | None, stamped: StampedPage, evidence: Evidence, item: str | None, *, first_of_item: bool
) -> DocumentKind:
    if stamped.stamped("appendix") is not None:
        return "appendix"
    if look.kind in ("minutes", "other") and _has_minutes(evidence, item, unknown=look.kind == "minutes"):
        return "minutes"
    if look.kind == "report" and first_of_item:
        return "report"
    if label is None and first_of_item:
        is_minutes = look.kind == "minutes" or (look.kind is None and _has_minutes(evidence, item, unknown=False))
        return "minutes" if is_minutes else _first_kind(look, stamped)
    if item is None and label is None and look.kind is None:
        return "other"
    return "report" if look.kind == "report" and label is None and not is_slide(stamped.page) else "appendix"


def _first_kind(look: Look, stamped: StampedPage) -> DocumentKind:
    """What the first paper of an item is that looks like nothing: its report; slides are taken for an appendix."""
    return "appendix" if is_slide(stamped.page) and look.kind is None else "report"


def _has_minutes(evidence: Evidence, item: str | None, *, unknown: bool) -> bool:
    """Whether the item's title speaks of minutes: else minutes among its papers are an appendix."""
    title = next((i.title for i in evidence.items if i.item == item), None)
    words = ("minute", "notes of", "record", "cofnodion", "decision")
    return unknown if title is None else any(w in title.casefold() for w in words)


def _without_blanks(part: _Part, blanks: set[int]) -> list[_Part]:
    """The part with its intentionally blank pages as documents of their own."""
    pieces: list[_Part] = []
    for pdf_page in range(part.pdf_first, part.pdf_last + 1):
        if pdf_page in blanks:
            pieces.append(_Part(pdf_page, pdf_page, kind="blank"))
        elif pieces and pieces[-1].kind != "blank":
            pieces[-1] = replace(pieces[-1], pdf_last=pdf_page)
        else:
            pieces.append(replace(part, pdf_first=pdf_page, pdf_last=pdf_page))
    return pieces


def _document(part: _Part, evidence: Evidence) -> Document:
    pages = [evidence.page(n).page for n in range(part.pdf_first, part.pdf_last + 1)]
    return Document(
        document_id=f"{evidence.pack_id}-p{part.pdf_first:03d}",
        kind=part.kind or "other",
        item=part.item,
        appendix=part.appendix,
        title=part.title,
        pdf_first=part.pdf_first,
        pdf_last=part.pdf_last,
        scanned=all(page.is_picture for page in pages),
    )
