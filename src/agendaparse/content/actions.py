"""The scrutiny monitoring log: what a committee asked for, what was done, and how it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from agendaparse.content.dates import parse_date
from agendaparse.content.segments import joined_points
from agendaparse.content.stamps import StampedPage
from agendaparse.content.text import plain
from agendaparse.layout.ruled import Grid, find_grids
from agendaparse.profile import Profile
from agendaparse.records import Action, Document, Source

_NUMBERED = re.compile(r"\(?(?P<number>\d{1,2}|[ivx]{1,4}|[a-z])[).](?=\s)\s*", re.IGNORECASE)
_LEAST_COLUMNS = 3
_COLUMNS = ("date_raised", "title", "proposed", "taken", "status")


@dataclass
class _Row:
    """One action on its way: its texts, cell by cell over page breaks."""

    source: Source
    cells: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, text: str | None) -> None:
        if text:
            self.cells.setdefault(name, []).append(text)

    def text(self, name: str) -> str:
        return joined_points(" ".join(" ".join(self.cells.get(name, [])).split()))


def read_actions(
    pages: Sequence[StampedPage], documents: Sequence[Document], profile: Profile, pack_id: str
) -> list[Action]:
    """The entries of every monitoring log of a pack, in order; rows that a page cuts are joined."""
    found: list[Action] = []
    for document in documents:
        if document.kind not in ("appendix", "report", "other", "minutes"):
            continue
        rows: list[_Row] = []
        for number, grid, columns, first in _log_grids(pages, document, profile):
            _read_grid(grid, columns, first, rows, (pack_id, number, pages[number - 1].printed_page))
        found += [_action(row) for row in rows if row.text("proposed")]
    return found


def _log_grids(
    pages: Sequence[StampedPage], document: Document, profile: Profile
) -> Iterator[tuple[int, Grid, dict[int, str], int]]:
    """The grids of a log: page, grid, what its columns are, and its first row of data."""
    columns: dict[int, str] | None = None
    for number in document.pdf_pages:
        page = pages[number - 1].page
        if columns is None and not _may_hold_log(page.lines, profile):
            continue
        for grid in find_grids(page):
            header = next((r for r in range(min(2, grid.n_rows)) if _columns(grid.rows[r], profile)), None)
            if header is not None:
                columns = _columns(grid.rows[header], profile)
            elif columns is None or grid.n_cols != max(columns) + 1:
                continue
            if columns is not None:
                yield number, grid, columns, 0 if header is None else header + 1


def _may_hold_log(lines: Sequence[object], profile: Profile) -> bool:
    """Whether a line of the page names two of the columns: finding grids on every page would cost too much."""
    for line in lines:
        text = plain(getattr(line, "text", "")).casefold()
        named = [name for name in _COLUMNS if any(label in text for label in profile.action_columns[name])]
        if len(named) >= _LEAST_COLUMNS and "proposed" in named:
            return True
    return False


def _columns(cells: Sequence[str | None], profile: Profile) -> dict[int, str] | None:
    """What each column holds, if the row is the head of a log."""
    found: dict[int, str] = {}
    for i, cell in enumerate(cells):
        text = plain(cell or "").casefold().rstrip(":")
        name = next((n for n in _COLUMNS if text in profile.action_columns[n] and n not in found.values()), None)
        if name is not None:
            found[i] = name
    names = set(found.values())
    is_log = "proposed" in names and bool(names & {"taken", "status"}) and "date_raised" in names
    return found if is_log and len(found) >= _LEAST_COLUMNS else None


def _read_grid(
    grid: Grid, columns: dict[int, str], first: int, rows: list[_Row], place: tuple[str, int, int | None]
) -> None:
    boxes = {(cell.row, cell.col): cell.box for cell in grid.cells}
    by_name = {name: i for i, name in columns.items()}
    for r, cells in enumerate(grid.rows[first:], start=first):
        proposed = cells[by_name["proposed"]] if by_name["proposed"] < len(cells) else None
        goes_on = (
            r == first and bool(rows) and _NUMBERED.match(proposed or "") is None and not _names_date(cells, by_name)
        )
        if not goes_on:
            pack_id, number, printed = place
            box = boxes.get((r, by_name["proposed"]), grid.box)
            row = _Row(Source(pack_id, number, printed, box, "ruled"))
            _inherit(row, rows, cells, by_name)
            rows.append(row)
        for i, name in columns.items():
            rows[-1].add(name, cells[i] if i < len(cells) else None)


def _names_date(cells: Sequence[str | None], by_name: dict[str, int]) -> bool:
    return bool((cells[by_name["date_raised"]] or "").strip())


def _inherit(row: _Row, rows: Sequence[_Row], cells: Sequence[str | None], by_name: dict[str, int]) -> None:
    """Date and title stand once for all the actions that were raised together."""
    if rows and not _names_date(cells, by_name):
        for name in ("date_raised", "title"):
            if name in by_name and not (cells[by_name[name]] or "").strip():
                row.cells[name] = list(rows[-1].cells.get(name, []))


def _action(row: _Row) -> Action:
    text = row.text("proposed")
    match = _NUMBERED.match(text)
    return Action(
        date_raised=parse_date(row.text("date_raised")),
        title=row.text("title") or None,
        number=match[0].strip() if match is not None else None,
        proposed=text[match.end() :] if match is not None else text,
        taken=row.text("taken") or None,
        status=row.text("status") or None,
        source=row.source,
    )
