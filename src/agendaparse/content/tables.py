"""Blocks -> logical tables: stitched over pages, with their headers, title and kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from agendaparse.content.headers import parse_header
from agendaparse.content.periods import find_period
from agendaparse.content.stamps import StampedPage
from agendaparse.content.text import plain
from agendaparse.content.values import is_figure, is_missing
from agendaparse.layout.blocks import Block, BlockCell, find_blocks
from agendaparse.layout.lines import Line
from agendaparse.layout.pages import Page
from agendaparse.layout.ruled import find_grids
from agendaparse.layout.unruled import find_aligned
from agendaparse.profile import Profile
from agendaparse.records import Box, Cell, Document, Table

_MOST_HEADER_ROWS = 4
_LEAST_FIGURES = 2
_LEAST_HEADS = 1  # that name a measure or a period: alignment alone does not make a table of figures
_SHARE = 0.5  # of the printed cells beside the names: figures, or signs for none
_SAME_COLUMNS = 0.012  # of a table's width: edges on the next page may stand off by this much
_LARGE = 1.15  # of the page's usual size: a heading
_TITLE_GAP = 2.2  # of the font size: lines of one title stand no further apart
_NEAR = 40.0  # points: an unmarked line this near above a table may be its title
_LONGEST_TITLE = 28  # words
_FIGURE_WORD = re.compile(r"^[\[(£+\-–]*\d[\d,.]*[%)kmKM]*$|^(?:-|–|n/a)$", re.IGNORECASE)
_BETTER = 0.9  # of an aligned table's figures: with fewer, the rules on its place are not those of its cells
_LEAST_WORDS = 4  # figures on a page before its rules are looked at


@dataclass
class Draft:
    """A logical table on its way: its blocks' rows over pages, header rows first."""

    document: Document
    title: str | None
    above: tuple[str, ...]  # what stands over it on its page: the year may be there
    n_header: int
    n_cols: int
    edges: tuple[float, ...]
    method: str
    cells: list[Cell] = field(default_factory=list)
    n_rows: int = 0  # with the header
    last_block: Block | None = None
    is_last_on_page: bool = True

    @property
    def grid(self) -> list[list[Cell | None]]:
        """The cell that covers each place, spanning cells at every place that they cover."""
        table: list[list[Cell | None]] = [[None] * self.n_cols for _ in range(self.n_rows)]
        for cell in self.cells:
            for r in range(cell.row, min(cell.row + cell.row_span, self.n_rows)):
                for c in range(cell.col, min(cell.col + cell.col_span, self.n_cols)):
                    table[r][c] = cell
        return table


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
        first = True
        blocks = page_blocks(page)
        for block in blocks:
            title, above = find_title(page, block, [b for b in blocks if b is not block])
            before = drafts[-1] if drafts else None
            if first and before is not None and _goes_on(before, block, title, number):
                append_block(before, block)
            else:
                drafts.append(start_draft(document, block, title, above))
            first = False
    return drafts


def page_blocks(page: Page) -> list[Block]:
    """The blocks of a page on which figures stand, from the top.

    Ruled ones, and aligned ones where rules are missing or leave several figures in one cell.
    """
    figures = sum(1 for w in page.words if _FIGURE_WORD.match(w.text))
    if figures < _LEAST_WORDS:
        return []
    ruled = [b for grid in find_grids(page) for b in find_blocks(grid, page.pdf_page)] if _may_be_ruled(page) else []
    kept = list(ruled)
    for block in find_aligned(page):
        rivals = [b for b in kept if _meets(b.box, block.box)]
        if sum(map(_single_figures, rivals)) < _BETTER * _single_figures(block):
            kept = [b for b in kept if b not in rivals] + [block]
    return sorted(kept, key=lambda b: (b.box.top, b.box.x0))


def _meets(a: Box, b: Box) -> bool:
    """Whether two areas share more than an edge."""
    wide = min(a.x1, b.x1) - max(a.x0, b.x0)
    high = min(a.bottom, b.bottom) - max(a.top, b.top)
    return wide > 0 and high > 0 and wide * high > 0.1 * min(a.width * a.height, b.width * b.height)


def _single_figures(block: Block) -> int:
    """Cells that hold one figure, or a sign for none, and nothing else."""
    return sum(is_figure(c.text) or is_missing(c.text) for c in block.cells if c.text)


def _may_be_ruled(page: Page) -> bool:
    return sum(s.kind in ("rect", "line") for s in page.shapes) >= _LEAST_WORDS


def start_draft(document: Document, block: Block, title: str | None, above: tuple[str, ...]) -> Draft:
    """A logical table that begins with this block."""
    own, header = _own_title(block), count_header(block)
    draft = Draft(document, own or title, above, header, block.n_cols, block.edges, block.method)
    _add_rows(draft, block, skip=0)
    return draft


def append_block(draft: Draft, block: Block) -> None:
    """Add the rows of the next page: a repeated header dropped, a row that the page cut joined."""
    skip = _repeated_header(draft, block)
    _add_rows(draft, block, skip=skip)


def _own_title(block: Block) -> str | None:
    """The title that a table carries as its first row, over its whole width."""
    first = [c for c in block.cells if c.row == 0]
    if len(first) == 1 and first[0].col_span == block.n_cols and block.n_rows > 1:
        return join_lines_of_cell(first[0].text.split("\n")) or None
    return None


def count_header(block: Block) -> int:
    """How many of the first rows are header: those above the first row with a figure that is no period.

    >>> count_header(block)  # doctest: +SKIP
    1
    """
    rows = block.rows
    for r in range(min(_MOST_HEADER_ROWS + 1, block.n_rows)):
        texts = [" ".join(c.text.split()) for c in rows[r] if c is not None and c.text.strip()]
        figures = sum(is_figure(t) and not _is_period(t) for t in texts)
        roles = sum((h := parse_header(t)) is not None and h.role != "unknown" for t in texts)
        if figures and roles <= figures + 1 and not _all_periods(texts[1:]):
            return r
    return 1 if block.n_rows > 1 else 0


def _all_periods(texts: Sequence[str]) -> bool:
    return len(texts) > 1 and all(_is_period(t) for t in texts)


def _is_period(text: str) -> bool:
    period = find_period(text)
    return period is not None and len(period.label) >= len(text) - 2


def join_lines_of_cell(lines: Iterable[str]) -> str:
    """The lines of a cell as one text; a word broken by a narrow cell is joined, a hyphen at the end kept.

    >>> join_lines_of_cell(["SE", "Bench-", "marking"]), join_lines_of_cell(["Revenu", "e"])
    ('SE Bench-marking', 'Revenue')
    """
    text = ""
    for line in (" ".join(part.split()) for part in lines):
        if not line:
            continue
        broken = re.search(r"[a-z]-$", text) and line[0].islower()
        head = line.split()[0]
        stub = re.search(r"[a-z]{3,}$", text) and re.fullmatch(r"[b-z]|[a-z]{2}", head) and head not in _SHORT_WORDS
        text += line if not text or broken or stub else " " + line
    return text


_SHORT_WORDS = frozenset(
    [
        "in",
        "of",
        "to",
        "at",
        "on",
        "by",
        "or",
        "as",
        "is",
        "it",
        "an",
        "no",
        "we",
        "be",
        "vs",
        "up",
        "so",
        "if",
        "my",
        "me",
        "he",
        "do",
        "go",
        "us",
        "am",
    ]
)


def _goes_on(before: Draft, block: Block, title: str | None, number: int) -> bool:
    """Whether the first block of a page goes on with the last table of the page before."""
    last = before.last_block
    if last is None or last.pdf_page != number - 1 or block.n_cols != before.n_cols:
        return False
    width = max(last.box.width, 1.0)
    if any(
        abs((a - last.box.x0) - (b - block.box.x0)) > _SAME_COLUMNS * width + 2
        for a, b in zip(before.edges, block.edges, strict=True)
    ):
        return False
    return title is None or title == before.title


def _repeated_header(draft: Draft, block: Block) -> int:
    """How many of a block's first rows print the table's header again."""
    texts = {r: [plain(c.text).casefold() for c in draft.cells if c.row == r and c.text] for r in range(draft.n_header)}
    count = 0
    for r in range(min(draft.n_header, block.n_rows)):
        own = [plain(" ".join(c.text.split())).casefold() for c in block.cells if c.row == r and c.text.strip()]
        kept = [plain(join_lines_of_cell(c.text.split("\n"))).casefold() for c in block.cells if c.row == r and c.text]
        if texts[r] and (own == texts[r] or kept == texts[r]):
            count = r + 1
    return count


def _add_rows(draft: Draft, block: Block, *, skip: int) -> None:
    start = draft.n_rows - skip
    joined = _cut_row(draft, block, skip)
    if joined:
        start -= 1
    for cell in block.cells:
        if cell.row < skip:
            continue
        own = _cell(cell, block, start, is_header=draft.n_rows == 0 and cell.row < draft.n_header)
        if joined and cell.row == skip:
            _join_cell(draft, own)
        else:
            draft.cells.append(own)
    draft.n_rows = start + block.n_rows
    draft.last_block = block


def _cell(cell: BlockCell, block: Block, start: int, *, is_header: bool) -> Cell:
    lines = tuple(" ".join(part.split()) for part in cell.text.split("\n") if part.strip())
    text = join_lines_of_cell(lines)
    place = (start + cell.row, cell.col, cell.row_span, cell.col_span)
    first = join_lines_of_cell(cell.text.split("\n\n")[0].split("\n"))
    return Cell(*place, text, lines, is_header, block.pdf_page, cell.box, first)


def _cut_row(draft: Draft, block: Block, skip: int) -> bool:
    """Whether the first row of the next page is the rest of a row: it has words, and neither name nor figure."""
    if draft.n_rows <= draft.n_header or skip >= block.n_rows:
        return False
    row = [c for c in block.cells if c.row == skip and c.text.strip()]
    if not row or any(is_figure(c.text) or is_missing(c.text) for c in row):
        return False
    lone = len(row) == 1 and row[0].col_span == block.n_cols
    goes_on = row[0].col > 0 or row[0].text[0].islower()
    return not lone and goes_on and block.n_rows - skip > 0


def _join_cell(draft: Draft, rest: Cell) -> None:
    for i, cell in enumerate(draft.cells):
        if cell.col == rest.col and cell.row <= rest.row < cell.row + cell.row_span:
            lines = (*cell.lines, *rest.lines)
            draft.cells[i] = replace(cell, text=join_lines_of_cell(lines), lines=lines)
            return
    draft.cells.append(rest)


def find_title(page: Page, block: Block, others: Sequence[Block] = ()) -> tuple[str | None, tuple[str, ...]]:
    """The heading above a block, and all lines above it on its page.

    It is the nearest group of bold or large lines; a plain line only where it stands close to the table and is no
    sentence. What stands in other tables is no heading.
    """
    lines = [line for line in page.lines if line.angle == 0 and line.box.bottom <= block.box.top + 2]
    lines = [line for line in lines if not any(_meets(line.box, other.box) for other in others)]
    lines.sort(key=lambda line: line.box.top)
    above = tuple(line.text for line in lines)
    sizes = sorted(line.size for line in page.lines)
    body = sizes[len(sizes) // 2] if sizes else 0.0
    group: list[Line] = []
    for line in reversed(lines):
        marked = line.bold or line.size > _LARGE * body
        near = block.box.top - line.box.bottom < _NEAR and not line.text.rstrip().endswith((".", ";"))
        if group and not _belongs(line, group[-1]):
            break
        if group or ((marked or near) and _overlaps(line.box, block.box)):
            group.append(line)
    text = " ".join(line.text for line in reversed(group))
    return (text if 0 < len(text.split()) <= _LONGEST_TITLE else None), above


def _belongs(line: Line, below: Line) -> bool:
    """Whether two lines are one heading."""
    gap = below.box.top - line.box.top
    return gap < _TITLE_GAP * below.size and line.bold == below.bold and abs(line.size - below.size) < 1


def _overlaps(line: Box, block: Box) -> bool:
    return line.x0 < block.x1 and line.x1 > block.x0


def find_kind(draft: Draft, profile: Profile) -> str:
    """kpi, action_log or other, by what stands in the cells and over them."""
    heads = [c.text.casefold().rstrip(":") for c in draft.cells if c.is_header]
    named = {n for n, words in profile.action_columns.items() if any(h in words for h in heads)}
    if {"proposed", "date_raised"} <= named:
        return "action_log"
    body = [c for c in draft.cells if c.row >= draft.n_header and c.text]
    beside = [c for c in body if c.col > 0 and not _is_period(c.text)]
    figures = sum(_has_figure(c) for c in beside)
    signs = sum(is_missing(c.text) for c in beside)
    if figures < _LEAST_FIGURES:
        return "other"
    heads_known = [h for c in draft.cells if c.is_header and (h := parse_header(c.text)) is not None]
    if any(h.role == "page" for h in heads_known):
        return "other"
    if draft.method == "aligned" and sum(h.is_figures for h in heads_known) < _LEAST_HEADS:
        return "other"
    columns = list(_figure_columns(draft))
    under = [c for c in beside if c.col in columns]
    telling = sum(_has_figure(c) or is_missing(c.text) for c in under)
    if not columns or telling < _SHARE * len(under):
        return "other"
    headed = any(h.is_figures for h in heads_known)
    return "kpi" if headed or figures + signs >= _SHARE * len(beside) else "other"


def _has_figure(cell: Cell) -> bool:
    return is_figure(cell.text) or any(is_figure(part) for part in cell.lines)


def _figure_columns(draft: Draft) -> Iterator[int]:
    """Columns in which most of what is printed is figures or signs for none."""
    for col in range(draft.n_cols):
        cells = [c for c in draft.cells if c.col == col and c.row >= draft.n_header and c.text]
        figures = sum(_has_figure(c) for c in cells)
        signs = sum(is_missing(c.text) for c in cells)
        if figures and figures + signs >= _SHARE * len(cells) and (col > 0):
            yield col


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
