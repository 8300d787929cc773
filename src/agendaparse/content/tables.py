"""The logical tables of a pack: the blocks of its pages, stitched, titled and judged."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agendaparse.content.drafts import Draft, append_block, start_draft
from agendaparse.content.stamps import StampedPage
from agendaparse.content.table_kinds import find_kind
from agendaparse.content.titles import find_title, is_last, meets, stands_alone
from agendaparse.content.values import is_figure, is_missing
from agendaparse.layout.blocks import Block, find_blocks
from agendaparse.layout.pages import Page
from agendaparse.layout.ruled import find_grids
from agendaparse.layout.unruled import find_aligned
from agendaparse.profile import Profile
from agendaparse.records import Document, Table

_SAME_COLUMNS = 0.012  # of a table's width: edges on the next page may stand off by this much
_FIGURE_WORD = re.compile(r"^[\[(£+\-–]*\d[\d,.]*[%)kmKM]*$|^(?:-|–|n/a)$", re.IGNORECASE)
_BETTER = 0.9  # of an aligned table's figures: with fewer, the rules on its place are not those of its cells
_LEAST_WORDS = 4  # figures on a page before its rules are looked at


def read_tables(
    pages: Sequence[StampedPage], documents: Sequence[Document], profile: Profile, pack_id: str
) -> list[tuple[Table, Draft]]:
    """The tables of a pack that hold figures, in order; each with the draft that the figures are read from."""
    drafts = [draft for document in documents for draft in _document_drafts(pages, document)]
    found = []
    for number, draft in enumerate(drafts, start=1):
        kind = find_kind(draft, profile)
        if kind == "other":
            continue
        found.append((_table(draft, f"{pack_id}-t{number:03d}", kind), draft))
    return found


def _document_drafts(pages: Sequence[StampedPage], document: Document) -> list[Draft]:
    drafts: list[Draft] = []
    if document.kind in ("front_sheet", "agenda", "blank"):
        return drafts
    for number in document.pdf_pages:
        page = pages[number - 1].page
        open_draft = _open_draft(drafts, pages, number)
        blocks = page_blocks(page, goes_on=open_draft is not None)
        for block in blocks:
            title, above = find_title(page, block, [b for b in blocks if b is not block])
            if open_draft is not None and _goes_on(open_draft, block, pages, number):
                append_block(open_draft, block)
            else:
                drafts.append(start_draft(document, block, title, above))
            open_draft = None
    return drafts


def _open_draft(drafts: Sequence[Draft], pages: Sequence[StampedPage], number: int) -> Draft | None:
    """The table with which the page before ends, if it does: it may go on."""
    last = drafts[-1].last_block if drafts else None
    if last is None or last.pdf_page != number - 1:
        return None
    return drafts[-1] if is_last(pages[number - 2].page, last, pages[number - 1].page) else None


def page_blocks(page: Page, *, goes_on: bool = False) -> list[Block]:
    """The blocks of a page on which figures stand, from the top.

    Ruled ones, and aligned ones where rules are missing or leave several figures in one cell. ``goes_on``: a table of
    the page before may go on, and its rest need hold no figure.
    """
    figures = sum(1 for w in page.words if _FIGURE_WORD.match(w.text))
    if figures < _LEAST_WORDS and not goes_on:
        return []
    ruled = [b for grid in find_grids(page) for b in find_blocks(grid, page.pdf_page)] if _may_be_ruled(page) else []
    kept = list(ruled)
    for block in find_aligned(page):
        rivals = [b for b in kept if meets(b.box, block.box)]
        if sum(map(_single_figures, rivals)) < _BETTER * _single_figures(block):
            kept = [b for b in kept if b not in rivals] + [block]
    return sorted(kept, key=lambda b: (b.box.top, b.box.x0))


def _single_figures(block: Block) -> int:
    """Cells that hold one figure, or a sign for none, on a line of its own: several are figures of several cells."""
    return sum(_holds_one(c.text.split("\n")) for c in block.cells if c.text)


def _holds_one(lines: Sequence[str]) -> bool:
    figures = [line for line in lines if is_figure(line) or is_missing(line)]
    return len(figures) == 1 or (len(figures) == 2 and figures[1].startswith("("))  # noqa: PLR2004


def _may_be_ruled(page: Page) -> bool:
    return sum(s.kind in ("rect", "line") for s in page.shapes) >= _LEAST_WORDS


def _goes_on(before: Draft, block: Block, pages: Sequence[StampedPage], number: int) -> bool:
    """Whether the first block of a page goes on with a table of the page before: same columns, no text between."""
    last = before.last_block
    if last is None or block.n_cols != before.n_cols or block.method != before.method:
        return False
    width = max(last.box.width, 1.0)
    shifts = [(a - last.box.x0) - (b - block.box.x0) for a, b in zip(before.edges, block.edges, strict=True)]
    if any(abs(shift) > _SAME_COLUMNS * width + 2 for shift in shifts):
        return False
    return not stands_alone(pages[number - 1].page, block, pages[number - 2].page, before.title)


def _table(draft: Draft, table_id: str, kind: str) -> Table:
    last = max(c.pdf_page for c in draft.cells)
    first = min(c.pdf_page for c in draft.cells)
    return Table(
        table_id,
        draft.document.item,
        draft.document.appendix,
        kind,  # type: ignore[arg-type]
        draft.title,
        first,
        last,
        draft.n_rows - draft.n_header,
        draft.n_cols,
        draft.n_header,
        draft.method,
        1.0,
        tuple(draft.cells),
    )
