"""Blocks -> logical tables on their way: rows over pages, header rows first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from agendaparse.content.cell_text import cell_line, join_cell_lines
from agendaparse.content.headers import parse_header
from agendaparse.content.periods import find_period
from agendaparse.content.text import plain
from agendaparse.content.titles import Bar
from agendaparse.content.values import is_figure, is_grade, is_missing
from agendaparse.content.vocabulary import mark_words
from agendaparse.layout.blocks import Block, BlockCell
from agendaparse.records import Cell, Document

_MOST_HEADER_ROWS = 4
_NUMBER = re.compile(r"[£(-]*\d{1,3}(?:,\d{3})*(?:\.\d+)?[%)]*")  # as most figures are; a year has four digits
_TWO_PAIRS = 4  # columns
_MOST_OF = 0.6  # of the columns: a title beside a status
_LONGEST_PERIOD = 60  # letters: "Rolling twelve months ending 30 September 2024" has 46


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
    reliability: float = 1.0  # of its least sure block
    bar: Bar | None = None  # the line of its title

    @cached_property
    def grid(self) -> list[list[Cell | None]]:
        """The cell that covers each place, spanning cells at every place that they cover."""
        table: list[list[Cell | None]] = [[None] * self.n_cols for _ in range(self.n_rows)]
        for cell in self.cells:
            for r in range(cell.row, min(cell.row + cell.row_span, self.n_rows)):
                for c in range(cell.col, min(cell.col + cell.col_span, self.n_cols)):
                    table[r][c] = cell
        return table


def start_draft(document: Document, block: Block, title: str | None, above: tuple[str, ...]) -> Draft:
    """A logical table that begins with this block."""
    own, header = (None, 0) if block.method == "cards" else (own_title(block), count_header(block))
    draft = Draft(document, own or title, above, header, block.n_cols, block.edges, block.method)
    _add_rows(draft, block, skip=0)
    return draft


def append_block(draft: Draft, block: Block) -> None:
    """Add the rows of the next page: a repeated header dropped, a row that the page cut joined."""
    skip = repeated_header(draft, block)
    _add_rows(draft, block, skip=skip)


def append_beside(draft: Draft, block: Block) -> None:
    """Add the columns of the next page, on which the sheet's rows go on to the right."""
    shift = draft.edges[-1] - block.edges[0]
    for cell in block.cells:
        own = _cell(cell, block, 0, is_header=cell.row < draft.n_header)
        draft.cells.append(replace(own, col=own.col + draft.n_cols))
    draft.n_cols += block.n_cols
    draft.edges = (*draft.edges, *(x + shift for x in block.edges[1:]))
    vars(draft).pop("grid", None)
    draft.last_block = block
    draft.reliability = min(draft.reliability, block.reliability)


def repeated_header(draft: Draft, block: Block) -> int:
    """How many of a block's first rows print the table's header again."""
    texts = {r: [_squeezed(c.text) for c in draft.cells if c.row == r and c.text] for r in range(draft.n_header)}
    count = 0
    for r in range(min(draft.n_header, block.n_rows)):
        own = [_squeezed(c.text) for c in block.cells if c.row == r and c.text.strip()]
        kept = [_squeezed(cell_line(c.text)) for c in block.cells if c.row == r and c.text]
        if texts[r] and (own == texts[r] or kept == texts[r]):
            count = r + 1
    return count


def _squeezed(text: str) -> str:
    """A header's letters: where it is turned or narrow, its spaces come and go."""
    return "".join(plain(text).casefold().split())


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
    vars(draft).pop("grid", None)  # it was that of fewer pages
    draft.last_block = block
    draft.reliability = min(draft.reliability, block.reliability)


def _cell(cell: BlockCell, block: Block, start: int, *, is_header: bool) -> Cell:
    lines = tuple([" ".join(part.split()) for part in cell.text.split("\n") if part.strip()])
    text = join_cell_lines(lines) if len(lines) > 1 else "".join(lines)
    place = (start + cell.row, cell.col, cell.row_span, cell.col_span)
    paragraph, parted, _ = cell.text.partition("\n\n")
    first = cell_line(paragraph) if parted else text
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
            text = join_cell_lines((*cell.lines, *rest.lines))
            first = text if cell.first_paragraph == cell.text else cell.first_paragraph
            draft.cells[i] = replace(cell, text=text, lines=(*cell.lines, *rest.lines), first_paragraph=first)
            return
    draft.cells.append(rest)


def own_title(block: Block) -> str | None:
    """The title that a table carries as its first row, over its whole width, but perhaps for its status.

    >>> own_title(block)  # doctest: +SKIP
    'Independent living'
    """
    first = [c for c in block.cells if c.row == 0]
    wide = bool(first) and not first[0].col and first[0].col_span > _MOST_OF * block.n_cols
    if not wide or block.n_rows < 2 or len(first) > 2 or first[0].row_span > 1:  # noqa: PLR2004
        return None
    if len(first) == 1:
        return (cell_line(first[0].text) or None) if first[0].col_span == block.n_cols else None
    status = first[1].text.casefold().split()
    return (cell_line(first[0].text) or None) if block.n_rows > 2 and status and _says_status(status) else None  # noqa: PLR2004


def _says_status(words: Sequence[str]) -> bool:
    """Whether words are colours and ways: "GREEN ⇧"."""
    return any(w in mark_words("rag") for w in words) and all(
        w in mark_words("rag") or w in mark_words("direction") or not w.isalnum() for w in words
    )


def count_header(block: Block) -> int:
    """How many of the first rows are header: those above the first row with a figure that is no period.

    >>> count_header(block)  # doctest: +SKIP
    1
    """
    rows = block.rows
    for r in range(min(_MOST_HEADER_ROWS + 1, block.n_rows)):
        cells = [c for c in rows[r] if c is not None and c.text.strip()]
        if r and _is_section(cells, rows[:r]):
            return r
        texts = [cell_line(c.text) for c in cells]
        if r and (_is_named_row(rows[r], rows[r - 1]) or _is_pair(rows, r) or _holds_down(rows, r)):
            return r
        if r == 1 and len(rows[0]) == _TWO_PAIRS and _is_lone(rows[0]) and _are_two_pairs(rows[1:3]):
            return r
        figures = sum((is_figure(t) and not is_period(t)) or is_grade(t) for t in texts)
        if figures and _count_roles(texts) <= figures + 1 and not _all_periods(texts[1:]):
            return r
    return 1 if block.n_rows > 1 or _says_header(rows[0]) or _is_bare_header(rows[0]) else 0


def _is_pair(rows: Sequence[Sequence[BlockCell | None]], at: int) -> bool:
    """Whether a row is a label and what it says, under another such: the sheet of one indicator."""
    above, own = rows[at - 1], rows[at]
    return len(own) == 2 and all(c is not None and c.text.strip() and c.col_span == 1 for c in (*above, *own))  # noqa: PLR2004


def _is_lone(row: Sequence[BlockCell | None]) -> bool:
    return row[0] is not None and row[0].col_span == len(row)


def _are_two_pairs(rows: Sequence[Sequence[BlockCell | None]]) -> bool:
    """Whether two rows are label and value, label and value each: "Lead officer | Jo Marsh | Good is | Low"."""
    labels = [c for row in rows for c in (row[0], row[2])]
    values = [row[1] for row in rows]
    if len(rows) < 2 or not all(c is not None and c.text.strip() for c in (*labels, *values)):  # noqa: PLR2004
        return False
    known = _count_roles([cell_line(c.text) for c in labels if c is not None])
    return known == len(labels) and not _count_roles([cell_line(c.text) for c in values if c is not None])


def _holds_down(rows: Sequence[Sequence[BlockCell | None]], at: int) -> bool:
    """Whether the name in a row reaches down over a row of figures: each indicator prints its own times over them."""
    name = rows[at][0]
    below = rows[at + 1 : at + name.row_span] if name is not None and name.text.strip() else []
    return any(is_figure(c.text) and not is_period(c.text) for row in below for c in row if c is not None)


def _count_roles(texts: Sequence[str]) -> int:
    """How many texts are headers with a known meaning."""
    return sum((h := parse_header(t)) is not None and h.role != "unknown" for t in texts)


def _says_header(row: Sequence[BlockCell | None]) -> bool:
    """Whether a row that stands alone is a header whose rows are overleaf: it names a measure or periods."""
    texts = [cell_line(c.text) for c in row if c is not None and c.text.strip()]
    return sum((h := parse_header(t)) is not None and h.is_figures for t in texts) > 1


def _is_bare_header(row: Sequence[BlockCell | None]) -> bool:
    """Whether a row that stands alone is full of words: its rows are overleaf."""
    texts = [join_cell_lines(c.text.split("\n")) if c is not None else "" for c in row]
    return len(texts) > 2 and all(texts) and not any(is_figure(t) or is_missing(t) for t in texts)  # noqa: PLR2004


def _is_named_row(row: Sequence[BlockCell | None], above: Sequence[BlockCell | None]) -> bool:
    """Whether a row under a header has a name of its own and figures, be they like years: "1950" under "Q1"."""
    name, head = row[0], above[0]
    if name is None or not name.text.strip() or head is None or not head.text.strip() or head.col_span > 1:
        return False
    texts = [cell_line(c.text) for c in row[1:] if c is not None and c.text.strip()]
    years = [t for t in texts if t.isdecimal()]
    return bool(years) and all(is_missing(t) for t in texts if t not in years)


def _is_section(cells: Sequence[BlockCell], above: Sequence[Sequence[BlockCell | None]]) -> bool:
    """Whether a row under a header only names the rows below it: one text, in the first column."""
    headed = any(sum(c is not None and bool(c.text.strip()) for c in row) > 1 for row in above)
    return headed and len(cells) == 1 and cells[0].col == 0


def _all_periods(texts: Sequence[str]) -> bool:
    return len(texts) > 1 and all(is_period(t) for t in texts)


def is_period(text: str) -> bool:
    """Whether a text is a period and nothing else.

    >>> is_period("Dec-24"), is_period("26% in 2024")
    (True, False)
    """
    if len(text) > _LONGEST_PERIOD or _NUMBER.fullmatch(text) is not None:
        return False
    period = find_period(text)
    return period is not None and len(period.label) >= len(text) - 2
