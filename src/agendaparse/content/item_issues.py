"""What an agenda's items lead one to expect, and was not found: their pages, their papers."""

from __future__ import annotations

from collections.abc import Sequence

from agendaparse.issues import Issues
from agendaparse.profile import Profile
from agendaparse.records import AgendaItem, Document


def check_items(items: Sequence[AgendaItem], documents: Sequence[Document], profile: Profile, issues: Issues) -> None:
    """Put on record each item whose pages are not in the file, or that has no document.

    Items without pages are routine in part: apologies, declarations. One that speaks of a report is not; where the
    file holds no papers at all, as a front sheet on its own, only pages that were promised are missed.
    """
    have = {d.item for d in documents if d.item is not None}
    for item in items:
        if item.item.isalpha() or any(other.item.startswith((f"{item.item}.", f"{item.item}(")) for other in items):
            continue  # a heading over other items
        code, message = _missing(item, have, profile)
        if code is not None:
            issues.add(code, message, pdf_page=item.source.pdf_page, box=item.source.box, raw=item.title)


def _missing(item: AgendaItem, have: set[str], profile: Profile) -> tuple[str | None, str]:
    """The code and the sentence for what an item lacks; no code for one that has what it should."""
    if item.printed_first is not None and (item.pdf_first is None or item.pdf_last is None):
        pages = f"pages {item.printed_first} - {item.printed_last}"
        return "agenda_range_outside", f"item {item.item}: {pages} are not all in the file"
    if item.item in have or (item.printed_first is None and not have):
        return None, ""
    if item.printed_first is not None:
        pages = f"pages {item.printed_first} - {item.printed_last}"
        return "item_without_document", f"item {item.item} has {pages} but no document"
    text = f"{item.title} {item.description or ''}"
    if profile.pattern("agenda.paper").search(text) is not None:
        return "item_without_document", f"item {item.item} speaks of a paper, but has neither pages nor a document"
    return "item_without_pages", f"item {item.item} has neither pages nor a document"
