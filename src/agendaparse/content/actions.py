"""The scrutiny monitoring log: what a committee asked for, what was done, and how it stands."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from agendaparse.content.dates import parse_date, parse_day
from agendaparse.content.log_forms import find_form_rows, find_listed_rows
from agendaparse.content.log_tables import LogRow, find_log_rows
from agendaparse.content.segments import joined_points
from agendaparse.content.stamps import StampedPage
from agendaparse.issues import Issues
from agendaparse.profile import Profile
from agendaparse.records import Action, Document, Source

_NUMBERED = re.compile(r"\(?(?P<number>\d{1,2}|[ivx]{1,4}|[a-z])[).](?=\s)\s*", re.IGNORECASE)
_BEHIND_DATE = re.compile(
    r"(?P<date>.*\b(?:19|20)?\d\d)[\s,;(-]+"
    r"(?P<reference>[A-Z]{1,6}[ /.-]?\d{1,4}(?:[/.-]\d{1,4}){0,2}|\d{1,4}/\d{1,4})\)?"
)
_REFERENCE = re.compile(r"(?:[A-Z]{1,6}[ /.-]?)?\d{1,4}(?:[/.-]\d{1,4}){0,2}\.?")
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_ORDERS = ([str(n) for n in range(1, 40)], list("abcdefghijklmnop"), list(_ROMANS))
_SHARED = ("date_raised", "title")  # stand once for all the actions that were raised together
_KINDS = ("appendix", "report", "other", "minutes", "agenda")


@dataclass
class _Row:
    """One action on its way: its texts, cell by cell over page breaks."""

    source: Source
    cells: dict[str, list[str]] = field(default_factory=dict)
    heading: str | None = None  # of the log
    heads: bool = True  # its date stands in a cell of its own, if only an empty one: no merged cell reaches in

    def add(self, name: str, text: str | None) -> None:
        if text:
            self.cells.setdefault(name, []).append(text)

    def text(self, name: str) -> str:
        return joined_points(" ".join(" ".join(self.cells.get(name, [])).split()))

    @property
    def is_numbered(self) -> bool:
        return bool(self.cells.get("number")) or _NUMBERED.match(self.text("proposed")) is not None


def read_actions(
    pages: Sequence[StampedPage], documents: Sequence[Document], profile: Profile, pack_id: str, issues: Issues
) -> list[Action]:
    """The entries of every monitoring log of a pack, in order; rows that a page cuts are joined."""
    found: list[Action] = []
    cut: list[_Row] = []  # the last row of the document before
    for document in documents:
        if document.kind in _KINDS:
            rows: list[_Row] = []
            title: str | None = None  # of a row over all columns: what those below it are about
            printed = list(find_log_rows(pages, document, profile, issues))
            printed = printed or list(find_form_rows(pages, document, profile))
            for row in printed or find_listed_rows(pages, document, profile):
                if cut and not rows and _is_rest(row, cut[-1]):
                    rows, found = cut, found[: len(found) - len(_actions(cut))]
                title = _title_over(row, title, profile)
                _read_row(row, rows, pack_id, pages[row.pdf_page - 1].printed_page, title)
            found += _actions(rows)
            cut = rows[-1:]
    return found


def _actions(rows: Sequence[_Row]) -> list[Action]:
    return [_action(part) for row in rows for part in _parts(row) if part.text("proposed")]


def _is_rest(printed: LogRow, above: _Row) -> bool:
    """Whether the first row of a document is the rest of the last one before: its page was taken for another paper."""
    words = (printed.cells.get("proposed") or "").strip()
    return printed.first_on_page and printed.pdf_page == above.source.pdf_page + 1 and words[:1].islower()


def _title_over(printed: LogRow, before: str | None, profile: Profile) -> str | None:
    """The title that stands over a row, in a row of its own; none where that says how the rows below it stand."""
    text = " ".join((printed.spans or "").split())
    if not text or not any(map(str.isalpha, text)):
        return before
    states = profile.pattern("action.status_cell").match(text) or profile.pattern("action.heading").match(text)
    return None if states is not None or parse_date(text) is not None else text


def _read_row(
    printed: LogRow, rows: list[_Row], pack_id: str, printed_page: int | None, title: str | None = None
) -> None:
    if printed.spans is not None:
        if parse_date(printed.spans) is not None:  # a row that names the meeting of those below
            rows.append(_Row(Source(pack_id, printed.pdf_page, printed_page, printed.box, "ruled")))
            rows[-1].add("date_raised", printed.spans)
        return
    dated_above = False
    if rows and printed.first_on_page and _goes_on(rows[-1], printed):
        dated_above = _names_date(printed)
        if dated_above:
            _date_above(rows, printed)
    else:
        row = _Row(Source(pack_id, printed.pdf_page, printed_page, printed.box, "ruled"))
        row.heading = printed.heading
        row.heads = printed.cells.get("date_raised") is not None
        if title is not None and "title" not in printed.cells:
            row.add("title", title)
        _inherit(row, rows, printed)
        rows.append(row)
    for name, text in printed.cells.items():
        if not (dated_above and name in _SHARED):
            rows[-1].add(name, text)


def _date_above(rows: Sequence[_Row], printed: LogRow) -> None:
    """Give the rows before a page break the date that their merged cell prints behind it."""
    for row in reversed(rows):
        for name in _SHARED:
            text = printed.cells.get(name)
            row.cells[name] = [text] if text else []
        if row.heads:
            break


def _goes_on(above: _Row, printed: LogRow) -> bool:
    """Whether a page's first row is the rest of the last one on the page before."""
    proposed = (printed.cells.get("proposed") or "").strip()
    if (printed.cells.get("number") or "").strip() or (
        _names_date(printed) and (proposed or not _may_lack_date(above))
    ):
        return False
    if not proposed or (above.is_numbered and _NUMBERED.match(proposed) is None):
        return True
    ended = above.text("proposed").endswith((".", "?", ";"))
    return _NUMBERED.match(proposed) is None and not (ended and proposed[0].isupper())


def _may_lack_date(above: _Row) -> bool:
    """Whether the date of the row above may stand overleaf: its own cell is empty."""
    return not above.heads or not above.cells.get("date_raised")


def _names_date(printed: LogRow) -> bool:
    return bool((printed.cells.get("date_raised") or "").strip())


def _inherit(row: _Row, rows: Sequence[_Row], printed: LogRow) -> None:
    """Date and title stand once for all the actions that were raised together."""
    if rows and not _names_date(printed):
        for name in _SHARED:
            if not (printed.cells.get(name) or "").strip():
                row.cells[name] = list(rows[-1].cells.get(name, []))


def _parts(row: _Row) -> list[_Row]:
    """The row for each numbered action in it: several may share a cell, if what was done is numbered alike."""
    proposed, taken = (_split(row.cells.get(name, [])) for name in ("proposed", "taken"))
    alike = len(taken) == len(proposed) or not row.text("taken")
    if len(proposed) < 2 or not alike or row.cells.get("number"):  # noqa: PLR2004
        return [row]
    parts = []
    for n, text in enumerate(proposed):
        own = row.cells | {"proposed": [text]} | ({"taken": [_NUMBERED.sub("", taken[n], 1)]} if taken else {})
        parts.append(_Row(row.source, own, row.heading, row.heads))
    return parts


def _split(texts: Sequence[str]) -> list[str]:
    """The points of a cell that begins with the first number of a list."""
    points: list[str] = []
    order: Sequence[str] = ()
    signs = ""  # around the numbers: "1)" and "1." are of two lists
    for line in "\n".join(texts).split("\n"):
        match = _NUMBERED.match(line)
        number = match["number"].casefold() if match is not None else None
        if not points:
            order = next((o for o in _ORDERS if number == o[0]), ())
            if not order:
                return []
            points.append(line)
            signs = _signs(match)
        elif number == order[len(points)] and signs == _signs(match):
            points.append(line)
        else:
            points[-1] += f"\n{line}"
    return points


def _signs(match: re.Match[str] | None) -> str:
    return re.sub(r"[\w\s]", "", match[0]) if match is not None else ""


def _action(row: _Row) -> Action:
    text = row.text("proposed")
    number = row.text("number") or _reference(row.text("date_raised"))
    title = row.text("title") or None
    if number is None and title is not None and _REFERENCE.fullmatch(title) is not None:
        number, title = title, None  # "Minute | 24/031"
    match = _NUMBERED.match(text) if number is None else None
    return Action(
        date_raised=_day(row),
        title=title,
        number=match[0].strip() if match is not None else number,
        proposed=text[match.end() :] if match is not None else text,
        taken=row.text("taken") or None,
        status=row.text("status") or None,
        owner=row.text("owner") or None,
        due=row.text("due") or None,
        source=row.source,
    )


def _reference(text: str) -> str | None:
    """What stands beside the date in its cell, if it is a reference: "CFL 1/25" of "6 March 2025 CFL 1/25"."""
    match = _BEHIND_DATE.fullmatch(text)
    return match["reference"] if match is not None and parse_date(match["date"]) is not None else None


def _day(row: _Row) -> dt.date | None:
    own = parse_day(row.text("date_raised")) or parse_date(row.text("title"))
    return own or (parse_date(row.heading) if row.heading and not row.text("date_raised") else None)
