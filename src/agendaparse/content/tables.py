"""The logical tables of a pack: the blocks of its pages, stitched, titled and judged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from agendaparse.content.cell_text import whole_lines
from agendaparse.content.drafts import Draft, append_block, repeated_header, start_draft
from agendaparse.content.stamps import StampedPage
from agendaparse.content.table_kinds import find_kind
from agendaparse.content.titles import find_title, is_last, meets, stands_alone
from agendaparse.content.values import is_figure, is_missing
from agendaparse.layout.blocks import Block, find_blocks
from agendaparse.layout.chunks import is_figure as looks_like_figure
from agendaparse.layout.pages import Page
from agendaparse.layout.ruled import find_grids
from agendaparse.layout.unruled import find_aligned
from agendaparse.profile import Profile
from agendaparse.records import Box, Document, Table

_SAME_COLUMNS = 0.012  # of a table's width: edges on the next page may stand off by this much
_FIGURE_WORD = re.compile(r"^[\[(£+\-–]*\d[\d,.]*[%)kmKM]*$|^(?:-|–|n/a)$", re.IGNORECASE)
_MOST = 0.9  # of an aligned table's figures lie in cells of their own, if the rules on its place are those of its cells
_TOUCHING = 3.0  # points between a header and the rows that hang on it
_OFF = 0.4  # of the narrower column: how far an edge of the header may stand off that of the rows
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
        overleaf = number < document.pdf_last and count_figures(pages[number].page) >= _LEAST_WORDS
        blocks = page_blocks(page, split=open_draft is not None or overleaf)
        for block in blocks:
            title, above = find_title(page, block, [b for b in blocks if b is not block])
            if open_draft is not None and _goes_on(open_draft, block, pages, number):
                append_block(open_draft, block)
            elif drafts and _hangs_on(drafts[-1], block):
                append_block(drafts[-1], block)
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


def count_figures(page: Page) -> int:
    """How many words of a page are figures by their look."""
    return sum(1 for w in page.words if _FIGURE_WORD.match(w.text))


def page_blocks(page: Page, *, split: bool = False) -> list[Block]:
    """The blocks of a page on which figures stand, from the top.

    Ruled ones, and aligned ones where rules are missing or leave several figures in one cell. ``split``: a table of
    the page before may end here, or one of the page after begin; that part need hold no figure.
    """
    if count_figures(page) < _LEAST_WORDS and not split:
        return []
    ruled = [b for grid in find_grids(page) for b in find_blocks(grid, page.pdf_page)] if _may_be_ruled(page) else []
    kept = list(ruled)
    for block in find_aligned(page):
        rivals = [b for b in kept if meets(b.box, block.box)]
        if not _are_cells_of(rivals, block):
            kept = [b for b in kept if b not in rivals] + [block]
    return sorted(kept, key=lambda b: (b.box.top, b.box.x0))


def _are_cells_of(ruled: Sequence[Block], block: Block) -> bool:
    """Whether rules part the figures that stand in line here: most lie in cells, few with another beside or below."""
    cells = [c for b in ruled for c in b.cells]
    figures = [c.box for c in block.cells if is_figure(c.text) or is_missing(c.text)]
    inside = _count_inside(figures, [c.box for c in cells])
    alone = sum(_count_figures(c.text) == 1 for c in cells)
    crowded = sum(n for c in cells if (n := _count_figures(c.text)) > 1)
    return inside > _MOST * len(figures) and crowded < (1 - _MOST) * (alone + crowded)


def _count_inside(boxes: Sequence[Box], cells: Sequence[Box]) -> int:
    """How many boxes have their middle in some cell."""
    left, upper, right, lower = np.array(boxes).reshape(-1, 4).T[:, :, None]
    x, y = (left + right) / 2, (upper + lower) / 2
    x0, top, x1, bottom = np.array(cells).reshape(-1, 4).T
    return int(((x0 <= x) & (x < x1) & (top <= y) & (y < bottom)).any(axis=1).sum())


def _count_figures(text: str) -> int:
    """How many figures a cell prints on lines of nothing else; a share in brackets under its figure is none of its own.

    Words around a single one, as in "New measure from Sep / 16", are those of one cell.
    """
    lines = [line.split() for line in whole_lines(text.split("\n"))]
    figures = [word for words in lines if all(map(looks_like_figure, words)) for word in words]
    return len([w for i, w in enumerate(figures) if not i or not w.startswith(("(", "["))])


def _may_be_ruled(page: Page) -> bool:
    return sum(s.kind in ("rect", "line") for s in page.shapes) >= _LEAST_WORDS


def _goes_on(before: Draft, block: Block, pages: Sequence[StampedPage], number: int) -> bool:
    """Whether the first block of a page goes on with a table of the page before: same columns, no text between."""
    last = before.last_block
    if last is None or block.n_cols != before.n_cols:
        return False
    width = max(last.box.width, 1.0)
    shifts = [(a - last.box.x0) - (b - block.box.x0) for a, b in zip(before.edges, block.edges, strict=True)]
    in_line = before.method == block.method and all(abs(s) <= _SAME_COLUMNS * width + 2 for s in shifts)
    if not in_line and not repeated_header(before, block):
        return False
    return not stands_alone(pages[number - 1].page, block, pages[number - 2].page, before.title)


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
