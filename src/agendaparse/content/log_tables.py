"""The tables in which a committee follows what it asked for: found by their header, row by row over pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from agendaparse.content.dates import parse_date
from agendaparse.content.stamps import StampedPage
from agendaparse.content.text import Texts, plain
from agendaparse.content.vocabulary import REMEMBERED
from agendaparse.issues import Issues
from agendaparse.layout.banded import find_banded
from agendaparse.layout.lines import Line
from agendaparse.layout.pages import Page
from agendaparse.layout.ruled import Grid, find_grids
from agendaparse.profile import Pattern, Profile
from agendaparse.records import Box, Document

# What a column may hold, in the order in which its header is asked: "Action taken" is no action, "Action no." a number.
COLUMNS = ("ignored", "due", "status", "taken", "owner", "number", "date_raised", "proposed", "title")
_LEAST_COLUMNS = 3
_TITLES = ("subject", "title", "topic", "agenda item", "item", "issue", "report")
_COUNTED = ("item", "minute", "min")
_HEADER_ROWS = 3  # a title and a merged row may stand above the header
_HEADER_LINES = 3  # a header that has no rules may take so many lines
_HEADING_LINES = 12
_DATED_LINES = 3  # above a table, of which one may name the meeting
_TOP_LINES = 4  # that show whether a page goes on with a table
_CELL_GAP = 1.0  # of the font size: a wider gap parts the cells of a header
_PITCH = 1.7  # lines of one header stand no further apart
_MARGIN = 0.08  # of the page: running lines stand higher
_SAME = 6.0  # points by which a table may shift on the next page
_LONGEST_HEAD = 6  # words


@dataclass(frozen=True)
class LogRow:
    """One row of a log on one page: its cells by what their columns hold; None where a merged cell reaches in."""

    pdf_page: int
    cells: dict[str, str | None]
    box: Box
    first_on_page: bool
    spans: str | None  # the text of a cell that takes the whole row
    heading: str | None = None  # of the page that begins the log: "Actions from the meeting of 5 June 2024"


@dataclass(frozen=True)
class _Header:
    columns: dict[int, str]
    heads: tuple[Box, ...]  # the boxes of all header cells, from the left
    n_cols: int
    first: int  # the row below the header


def find_log_rows(
    pages: Sequence[StampedPage], document: Document, profile: Profile, issues: Issues
) -> Iterator[LogRow]:
    """The rows of every log in a document, in order, without headers."""
    header: _Header | None = None
    heading: str | None = None
    last = 0
    for number in document.pdf_pages:
        page = pages[number - 1].page
        above = log_heading(page, profile)
        found = list(_on_page(page, profile, header if last == number - 1 else None, titled=above is not None))
        heading = above.text if above is not None else heading
        top = above.box.bottom if above is not None else 0.0 if header is not None else page.height
        for grid, own in found:
            heading = _dated_above(page.lines, top, grid, profile) or heading
            yield from (replace(row, heading=heading) for row in _rows(grid, own, number))
            header, last, top = own, number, grid.box.bottom
        if not found and above is not None:
            _report(page, above, issues)


def _dated_above(lines: Sequence[Line], top: float, grid: Grid, profile: Profile) -> str | None:
    """The line between the log's heading, or the table before, and a table, that names the meeting: "12 March 2024"."""
    names = profile.pattern("action.meeting")
    between = [line for line in lines if line.box.top >= top - 1 and line.box.bottom <= grid.box.top + 2]
    texts = [plain(line.text) for line in between[-_DATED_LINES:]]
    return next((t for t in reversed(texts) if parse_date(t) is not None and names.match(t) is not None), None)


def _report(page: Page, heading: Line, issues: Issues) -> None:
    """An issue for a table under the heading of a log whose columns are not known."""
    if len(page.shapes) < _LEAST_COLUMNS:
        return
    grid = next((g for g in find_grids(page) if g.n_rows > 1 and g.n_cols >= _LEAST_COLUMNS), None)
    if grid is None or grid.box.top <= heading.box.top:
        return
    head = [t or "" for t in grid.rows[0]]
    if not any(t.rstrip().endswith(":") for t in head):  # labels of a form: the cover of a report about the log
        raw = " | ".join(head)
        message = f"no known columns in the table under {heading.text!r}"
        issues.add("log_not_understood", message, pdf_page=page.pdf_page, box=grid.box, raw=raw)


def _on_page(page: Page, profile: Profile, before: _Header | None, *, titled: bool) -> Iterator[tuple[Grid, _Header]]:
    """The logs of a page: under a header of their own, or the rest of the one on the page before."""
    named = _naming_lines(page, profile)
    if not named and before is None:
        return
    found = False
    for grid in find_grids(page):
        header = _grid_header(grid, profile, titled=titled) if named else None
        if header is None and before is not None and not found and _fits(grid, before) and not _headed(page, grid):
            header = replace(before, first=0)
        if header is not None and _is_filled(grid, header):
            found = True
            yield grid, header
    if not found:
        yield from _without_rules(page, profile, None if named else before, titled=titled)


def _is_filled(grid: Grid, header: _Header) -> bool:
    """Whether the rules part what was proposed: where only rows, or some cells, are ruled they do not."""
    proposed = next(i for i, name in header.columns.items() if name == "proposed")
    return any((texts[proposed] if proposed < len(texts) else "") for texts in grid.rows[header.first :])


def _without_rules(
    page: Page, profile: Profile, before: _Header | None, *, titled: bool
) -> Iterator[tuple[Grid, _Header]]:
    """A log whose columns no rules part, by its header or by the columns of the page before."""
    if before is None:
        header = _line_header(page.lines, _naming_lines(page, profile), profile, titled=titled)
        banded = find_banded(page, header.heads) if header is not None else None
    else:
        header = before
        first = [line for line in page.lines if line.angle == 0][:_TOP_LINES]
        banded = find_banded(page, before.heads, top=first[0].box.top) if _aligned(first, before) else None
    if banded is not None and header is not None:
        yield banded, replace(header, first=0)


def _aligned(lines: Sequence[Line], header: _Header) -> bool:
    """Whether a page's first lines go on with a table: each of their parts begins where a column does."""
    parts = [chunks_of(line) for line in lines]
    aligned = all(any(abs(c.box.x0 - h.x0) < _SAME for h in header.heads) for chunks in parts for c in chunks)
    return aligned and any(len(chunks) > 1 for chunks in parts)


def _headed(page: Page, grid: Grid) -> bool:
    """Whether a heading in bold stands above a table, below the page's running lines: it is another one."""
    return any(line.bold and _MARGIN * page.height < line.box.top < grid.box.top for line in page.lines)


def _fits(grid: Grid, before: _Header) -> bool:
    """Whether a grid goes on with the table of the page before: as many columns, at the same place."""
    if grid.n_cols != before.n_cols:
        return False
    return abs(grid.box.x0 - before.heads[0].x0) < _SAME and abs(grid.box.x1 - before.heads[-1].x1) < _SAME


def _rows(grid: Grid, header: _Header, number: int) -> Iterator[LogRow]:
    boxes = {(cell.row, cell.col): cell.box for cell in grid.cells}
    proposed = next(i for i, name in header.columns.items() if name == "proposed")
    for r, texts in enumerate(grid.rows[header.first :], start=header.first):
        cells: dict[str, str | None] = {}
        for i, name in header.columns.items():
            text = texts[i] if i < len(texts) else None
            cells[name] = "\n".join(t for t in (cells.get(name), text) if t) if cells.get(name) else text
        own = [t for t in texts if t is not None]
        spans = own[0] if len(own) == 1 and len(texts) > 1 and texts[0] is not None else None
        yield LogRow(number, cells, boxes.get((r, proposed), grid.box), r == header.first, spans)


# --- headers ---


def log_heading(page: Page, profile: Profile) -> Line | None:
    """The heading of a page that says that actions are followed here: "Recommendation tracker"."""
    at = next(_fitting(page, profile.pattern("action.heading")), _HEADING_LINES)
    return page.lines[at] if at < _HEADING_LINES else None


def _fitting(page: Page, pattern: Pattern) -> Iterator[int]:
    """Which lines of a page a pattern fits; its words are looked for in all of them at once."""
    for i in page.remembered(_texts).that_may_fit(pattern):
        if pattern.match(plain(page.lines[i].text)) is not None:
            yield i


def _texts(page: Page) -> Texts:
    return Texts([line.text for line in page.lines])


@lru_cache(maxsize=REMEMBERED)
def column_of(text: str, profile: Profile) -> str | None:
    """What a column holds, by its header; None where the header is not known.

    >>> column_of("Cabinet's response", general_profile())
    'taken'
    """
    head = plain(text).casefold().rstrip(":.")
    if not head or len(head.split()) > _LONGEST_HEAD:
        return None
    for name, labels in profile.action_columns.items():
        if head in labels:
            return name
    return next((n for n in COLUMNS if profile.pattern(f"action.{n}").match(head) is not None), None)


def _grid_header(grid: Grid, profile: Profile, *, titled: bool) -> _Header | None:
    boxes = {(cell.row, cell.col): cell.box for cell in grid.cells}
    for r in range(min(_HEADER_ROWS, grid.n_rows)):
        texts, rows = _head_texts(grid, r)
        columns = log_columns(texts, profile, titled=titled, below=grid.rows[r + rows :])
        if columns is not None:
            heads = tuple(boxes[r, c] for c in range(grid.n_cols) if (r, c) in boxes)
            return _Header(columns, heads, grid.n_cols, r + rows)
    return None


def _head_texts(grid: Grid, r: int) -> tuple[list[str], int]:
    """The headers in a row, and how many rows they take: under a merged one stand those of its columns."""
    texts = grid.rows[r]
    below = grid.rows[r + 1] if r + 1 < grid.n_rows else []
    merged = any(t and b is None for t, b in zip(texts, below, strict=False))
    spans = any(t is None and b for t, b in zip(texts, below, strict=False))
    if merged and spans:
        return [b or t or "" for t, b in zip(texts, below, strict=True)], 2
    return [t or "" for t in texts], 1


def log_columns(
    texts: Sequence[str], profile: Profile, *, titled: bool, below: Sequence[Sequence[str | None]] = ()
) -> dict[int, str] | None:
    """What each column holds, if these are the headers of a log; ``titled``: a heading over them says so too.

    >>> log_columns(["Date of meeting", "Recommendation", "Response"], general_profile(), titled=False)
    {0: 'date_raised', 1: 'proposed', 2: 'taken'}
    """
    found: dict[int, str] = {}
    again: int | None = None  # a second column that may say what was proposed
    for i, text in enumerate(texts) if len(texts) >= _LEAST_COLUMNS else ():
        name = column_of(text, profile)
        again = i if name == "proposed" and name in found.values() else again
        if name is not None and name != "ignored" and (name not in found.values() or name == "taken"):
            found[i] = name
    if again is not None and "taken" not in found.values():
        found[again] = "taken"  # "Recommendation | Action"
    _prefer_title(found, texts)
    if texts and not texts[0].strip() and "number" not in found.values():
        found[0] = "number"  # a first column without a header counts the entries
    taken = [i for i, name in found.items() if name == "taken"]
    if "proposed" not in found.values() and len(taken) > 1 and "date_raised" in found.values():
        found[taken.pop(0)] = "proposed"  # what came of a motion: "Outcome", before "Progress"
    if "status" not in found.values() and len(taken) > 1 and taken[-1] == max(found):
        found[taken[-1]] = "status"  # "Response" and then "Progress": the last says how it stands
    if "proposed" in found.values() and "status" not in found.values():
        _find_status(found, below, profile)
    dated = any(_names_meeting(row, profile) for row in below)
    names = set(found.values()) | ({"date_raised"} if dated else set())
    follows = bool(names & {"taken", "status"})
    is_log = "date_raised" in names or (titled and bool(names & {"title", "number", "owner", "due"}))
    return found if "proposed" in names and follows and is_log and len(found) >= _LEAST_COLUMNS else None


def _names_meeting(row: Sequence[str | None], profile: Profile) -> bool:
    """Whether a row says from which meeting the rows below it are: "Meeting held on 21 June 2024", over all columns."""
    told = [text for text in row if text is not None]
    if len(told) != 1 or len(row) < _LEAST_COLUMNS or parse_date(told[0]) is None:
        return False
    return profile.pattern("action.meeting").match(plain(told[0])) is not None


def _find_status(found: dict[int, str], below: Sequence[Sequence[str | None]], profile: Profile) -> None:
    """A column in which every cell says how a matter stands is the status, whatever its header: "Open / done"."""
    status = profile.pattern("action.status_cell")
    for i in range(len(below[0]) - 1 if below else -1, -1, -1):
        cells = [text for row in below if (text := plain(row[i] or ""))]
        if found.get(i) in (None, "due", "owner") and cells and all(status.match(text) is not None for text in cells):
            found[i] = "status"
            return


def _prefer_title(found: dict[int, str], texts: Sequence[str]) -> None:
    """Where "Item" stands beside "Subject", the one counts and the other is the title."""
    first = next((i for i, name in found.items() if name == "title"), None)
    other = next((i for i, text in enumerate(texts) if i not in found and plain(text).casefold() in _TITLES), None)
    if first is None or other is None or plain(texts[first]).casefold().rstrip(".") not in _COUNTED:
        return
    found[other] = "title"
    if "number" in found.values():
        del found[first]
    else:
        found[first] = "number"


def _naming_lines(page: Page, profile: Profile) -> list[int]:
    """Which lines may be of the header of a log: finding grids and chunks on every page would cost too much."""
    return list(_fitting(page, profile.pattern("action.header_line")))


def _line_header(lines: Sequence[Line], naming: Sequence[int], profile: Profile, *, titled: bool) -> _Header | None:
    """A header set as lines of aligned text: the window of lines whose cells name most columns."""
    best: _Header | None = None
    starts = sorted({max(i - back, 0) for i in naming for back in range(_HEADER_LINES)})
    taken: Sequence[Line] = ()
    chunks = cache(lambda k: chunks_of(lines[k]))
    for i in starts:
        for n in range(1, _HEADER_LINES + 1):
            window = lines[i : i + n]
            if len(window) < n or not _close(window):
                break
            cells = _header_cells([c for k in range(i, i + n) for c in chunks(k)])
            columns = log_columns([text for text, _ in cells], profile, titled=titled)
            if columns is not None and (best is None or len(columns) > len(best.columns)):
                best = _Header(columns, tuple(box for _, box in cells), len(cells), 0)
                taken = lines[i : i + n + 1]
        if best is not None and i > 0 and lines[i].box.top > best.heads[0].bottom:
            break
    return best if best is None else _with_last_line(best, taken)


def _with_last_line(header: _Header, lines: Sequence[Line]) -> _Header:
    """The header with one more line in bold below it: "Progress" and then "Status"."""
    if not _close(lines[-2:]) or not all(line.bold for line in lines):
        return header
    cells = _header_cells([c for line in lines for c in chunks_of(line)])
    return replace(header, heads=tuple(box for _, box in cells)) if len(cells) == header.n_cols else header


def _close(lines: Sequence[Line]) -> bool:
    return all(0 <= b.box.top - a.box.top < _PITCH * b.size for a, b in zip(lines, lines[1:], strict=False))


def _header_cells(chunks: Sequence[Line]) -> list[tuple[str, Box]]:
    """The cells of a header in one or more lines: what stands over each other is one cell."""
    if len(chunks) < _LEAST_COLUMNS:
        return []
    cells: list[tuple[str, Box]] = []
    for chunk in chunks:
        over = next((k for k, (_, box) in enumerate(cells) if box.x0 < chunk.box.x1 and box.x1 > chunk.box.x0), None)
        if over is None:
            cells.append((chunk.text, chunk.box))
        else:
            text, box = cells[over]
            cells[over] = (f"{text} {chunk.text}", box.join(chunk.box))
    return sorted(cells, key=lambda cell: cell[1].x0)


def chunks_of(line: Line) -> list[Line]:
    """The parts of a line that wide gaps part."""
    chunks = [[line.words[0]]]
    for left, right in zip(line.words, line.words[1:], strict=False):
        if right.x0 - left.x1 > _CELL_GAP * left.size:
            chunks.append([])
        chunks[-1].append(right)
    return [Line(tuple(chunk)) for chunk in chunks]
