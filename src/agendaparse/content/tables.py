"""The logical tables of a pack: the blocks of its pages, stitched, titled and judged."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from agendaparse.content.drafts import Draft, append_beside, append_block, own_title, repeated_header, start_draft
from agendaparse.content.page_blocks import LEAST_FIGURES, count_figures, page_blocks
from agendaparse.content.stamps import StampedPage
from agendaparse.content.table_kinds import find_kind, is_listing
from agendaparse.content.titles import bare_title, find_titles, is_last, stands_alone
from agendaparse.content.values import is_figure, is_missing
from agendaparse.layout.blocks import Block
from agendaparse.layout.evidence import ruled_reliability
from agendaparse.layout.unruled import SecondOpinion
from agendaparse.profile import Profile
from agendaparse.records import Box, Document, Table

_SAME_COLUMNS = 0.012  # of a table's width: edges on the next page may stand off by this much
_TOUCHING = 3.0  # points between a header and the rows that hang on it
_LEAST_BESIDE = 3  # rows, with the header
_OFF = 0.4  # of the narrower column: how far an edge of the header may stand off that of the rows


def read_tables(
    pages: Sequence[StampedPage],
    documents: Sequence[Document],
    profile: Profile,
    pack_id: str,
    second: SecondOpinion | None = None,
) -> list[tuple[Table, Draft]]:
    """The tables of a pack that hold figures, in order; each with the draft that the figures are read from."""
    drafts = [draft for document in documents for draft in _document_drafts(pages, document, second)]
    found = []
    for number, draft in enumerate(drafts, start=1):
        kind = find_kind(draft, profile)
        if kind == "other" and not is_listing(draft, profile):
            continue
        reliability = _reliability(pages, draft) if kind == "kpi" else draft.reliability
        found.append((_table(draft, f"{pack_id}-t{number:03d}", kind, reliability), draft))
    return found


def _document_drafts(
    pages: Sequence[StampedPage], document: Document, second: SecondOpinion | None = None
) -> list[Draft]:
    drafts: list[Draft] = []
    if document.kind in ("front_sheet", "agenda", "blank"):
        return drafts
    for number in document.pdf_pages:
        page = pages[number - 1].page
        open_draft = _open_draft(drafts, pages, number)
        overleaf = number < document.pdf_last and count_figures(pages[number].page) >= LEAST_FIGURES
        blocks = page_blocks(page, split=open_draft is not None or overleaf, second=second)
        boxed = _titles_of_boxes(blocks)
        for at, (block, (title, above, bar)) in enumerate(zip(blocks, find_titles(page, blocks), strict=True)):
            if open_draft is not None and _goes_on(open_draft, block, pages, number):
                append_block(open_draft, block)
            elif drafts and _goes_on_beside(drafts[-1], block):
                append_beside(drafts[-1], block)
            elif drafts and _hangs_on(drafts[-1], block):
                append_block(drafts[-1], block)
            else:
                drafts.append(start_draft(document, block, boxed.get(at, title), above))
                drafts[-1].bar = bar
            open_draft = None
    return drafts


def _titles_of_boxes(blocks: Sequence[Block]) -> dict[int, str]:
    """The titles of blocks without one that hang on a block of the same box, by their places: that one's title."""
    found: dict[int, str] = {}
    for at, block in enumerate(blocks):
        if block.method != "ruled" or own_title(block) is not None:
            continue
        for k, over in enumerate(blocks[:at]):
            hangs = over.method == "ruled" and abs(block.box.top - over.box.bottom) < _TOUCHING
            level = abs(over.box.x0 - block.box.x0) < _TOUCHING and abs(over.box.x1 - block.box.x1) < _TOUCHING
            title = own_title(over) or found.get(k)
            if hangs and level and title is not None:
                found[at] = title
    return found


def _open_draft(drafts: Sequence[Draft], pages: Sequence[StampedPage], number: int) -> Draft | None:
    """The table with which the page before ends, if it does: it may go on."""
    last = drafts[-1].last_block if drafts else None
    if last is None or last.pdf_page != number - 1:
        return None
    return drafts[-1] if is_last(pages[number - 2].page, last, pages[number - 1].page) else None


def _goes_on(before: Draft, block: Block, pages: Sequence[StampedPage], number: int) -> bool:
    """Whether the first block of a page goes on with a table of the page before: same columns, no text between."""
    last = before.last_block
    if last is None or block.n_cols != before.n_cols or block.method == "cards":
        return False
    own = own_title(block)
    titled = (
        own is not None and repeated_header(before, block) > 1 and bare_title(own) != bare_title(before.title or "")
    )
    if titled or _is_another_sheet(before, block):  # another title over the same header
        return False
    width = max(last.box.width, 1.0)
    shifts = [(a - last.box.x0) - (b - block.box.x0) for a, b in zip(before.edges, block.edges, strict=True)]
    in_line = before.method == block.method and all(abs(s) <= _SAME_COLUMNS * width + 2 for s in shifts)
    if not in_line and not repeated_header(before, block):
        return False
    return not stands_alone(pages[number - 1].page, block, pages[number - 2].page, before.title)


def _goes_on_beside(before: Draft, block: Block) -> bool:
    """Whether a block holds the columns that a sheet's page had no room for: rows as high as its, without names."""
    last = before.last_block
    if last is None or last.pdf_page != block.pdf_page - 1 or block.n_rows != last.n_rows or block.method == "cards":
        return False
    if before.n_rows != block.n_rows or block.n_rows < _LEAST_BESIDE or not before.n_header:
        return False
    tops, own = ({c.row: c.box.top for c in b.cells if c.row_span == 1} for b in (last, block))
    if tops.keys() != own.keys() or any(abs(tops[r] - own[r]) > _TOUCHING for r in tops):
        return False
    first = [c.text for c in block.cells if not c.col and c.row >= before.n_header and c.text.strip()]
    named = sum(not (is_figure(t) or is_missing(t)) for t in first)
    return bool(first) and 2 * named < len(first) and not repeated_header(before, block)


def _is_another_sheet(before: Draft, block: Block) -> bool:
    """Whether a block of labels and what they say has the labels of the one before: another indicator's sheet."""
    titles = own_title(block), before.title
    if block.n_cols != 2 and (titles[0] is None or titles[0] == titles[1]):  # noqa: PLR2004
        return False
    known = {c.text for c in before.cells if c.col == 0 and c.text}
    own = {" ".join(c.text.split()) for c in block.cells if c.col == 0 and c.text}
    return len(known & own) > max(before.n_header, 1) and len(known & own) * 2 >= len(own)


def _hangs_on(before: Draft, block: Block) -> bool:
    """Whether a block stands right under the header of its table, whose edges are drawn a little off its own."""
    last = before.last_block
    if last is None or last.pdf_page != block.pdf_page or abs(block.box.top - last.box.bottom) > _TOUCHING:
        return False
    if block.n_cols != last.n_cols or any(is_figure(c.text) for c in last.cells):
        return False
    widths = [b - a for a, b in pairwise(block.edges)]
    narrow = [min(pair) for pair in pairwise([widths[0], *widths, widths[-1]])]
    off = [abs(a - b) for a, b in zip(last.edges, block.edges, strict=True)]
    return all(shift < _OFF * width for shift, width in zip(off, narrow, strict=True))


def _reliability(pages: Sequence[StampedPage], draft: Draft) -> float:
    """How sure a draft is: as found by alignment, or by what its rules hold on the least sure of its pages."""
    if draft.method != "ruled":
        return draft.reliability
    on_pages: dict[int, list[tuple[Box, str]]] = {}
    for cell in draft.cells:
        on_pages.setdefault(cell.pdf_page, []).append((cell.box, cell.text))
    return min(ruled_reliability(pages[number - 1].page, cells) for number, cells in on_pages.items())


def _table(draft: Draft, table_id: str, kind: str, reliability: float) -> Table:
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
        reliability,
        tuple(draft.cells),
    )
