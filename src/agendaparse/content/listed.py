"""Appendices and background documents as a report lists them: lines, bullets, numbers, or a table's rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from agendaparse.content.body import BodyLine
from agendaparse.content.labels import cover_labels, label_key, label_keys
from agendaparse.content.numbered import Point, is_bulleted, read_points, segment_lines
from agendaparse.content.segments import Segment
from agendaparse.content.text import plain
from agendaparse.profile import Profile
from agendaparse.records import ListedDocument

_ANSWERED = re.compile(r"(?P<title>.+?)\s(?P<there>YES|NO|Yes|No)\b.*")
_NOTHING = re.compile(
    r"(?:none|n/?a|nil|not applicable|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|(?:in the opinion of .{0,60})?there (?:are|were) none.{0,60}"
    r"|this report is supported by no .{0,60}|held by (?:the )?author"
    r"|(?:these|those|the following|all|copies)\b.{0,40}\b(?:listed|attached|appended|available|published)\b.*"
    r"|note:.*|(?:there are )?no (?:appendices|background (?:papers|documents)))\.?",
    re.IGNORECASE,
)
_ASKED = re.compile(  # of whoever fills in the form
    r"(?:please (?:list|state|give|attach|detail)\b[^.]*\.\W*|if there are no(?:ne)?\b[^.]*\.[^\w.]*)+", re.IGNORECASE
)
_LABEL = 4  # words: more before a colon are a sentence
_OWN_COLUMN = 1.0  # of the font size: more than a space
_NUMBER = re.compile(r"\(?(?P<value>\d{1,2}[a-z]?|[a-z]|[ivx]{1,4})[.):]{0,2}", re.IGNORECASE)


def read_listed(segments: Sequence[Segment], name: str, profile: Profile) -> list[ListedDocument]:
    """The documents under such a heading, with the number or letter that each is listed under."""
    under = [s for s in segments if s.field == name]
    rows = [d for s in under for d in _in_rows(s, profile)]
    # beside a table of them, a sentence only says that Appendix A is attached
    told = {None, *(d.number for d in rows)} if any(d.number for d in rows) else set()
    lines = [d for s in under for d in _in_lines(s, name, profile) if d.number not in told]
    return list(dict.fromkeys([*rows, *lines]))


def _in_rows(segment: Segment, profile: Profile) -> Iterator[ListedDocument]:
    """What stands in the rows of a ruled table: a number and a title, or a title and where it is held."""
    keys = label_keys(profile, "list_headers")
    ruled = [b for b in segment.lines if b.cell is not None and b.cell.kind != "box" and not _is_beside(segment, b)]
    for table, lines in groupby(ruled, key=lambda b: _row(b)[:2]):
        rows = [_cells(list(row)) for _, row in groupby(lines, key=_row)]
        headed = [all(label_key(c) in keys for c in cells) for cells in rows]
        is_list = any(headed) or _row(segment.first)[:2] == table or _is_numbered(rows, profile)
        for cells, is_head in zip(rows, headed, strict=True):
            if is_list and not is_head and len(cells) > 1:
                yield _from_cells(cells, profile)


def _is_beside(segment: Segment, here: BodyLine) -> bool:
    """Whether a line stands in the cell beside a list's label: "Appendices: | Appendix A - Costs"."""
    return segment.column is not None and _row(here) == _row(segment.first) != (0, 0, 0)


def _cells(row: list[BodyLine]) -> list[str]:
    return [" ".join(b.line.text for b in cell) for _, cell in groupby(row, key=_column)]


def _is_numbered(rows: list[list[str]], profile: Profile) -> bool:
    """Whether the first cells are numbers or name appendices."""
    pattern = profile.pattern("appendix.listed")
    return all(_NUMBER.fullmatch(cells[0]) is not None or pattern.match(cells[0]) is not None for cells in rows)


def _from_cells(cells: list[str], profile: Profile) -> ListedDocument:
    labelled = profile.pattern("appendix.listed").match(cells[0])
    number = _NUMBER.fullmatch(cells[0])
    if labelled is not None and not labelled["title"]:
        return ListedDocument(labelled["value"], cells[1])
    if number is not None:
        return ListedDocument(number["value"], cells[1])
    if labelled is not None:
        return ListedDocument(labelled["value"], labelled["title"])
    return ListedDocument(None, cells[0])


def _is_short(point: Point) -> bool:
    """Whether "None" stands under a number of the list: then that is what it lists."""
    dotted = "." in (point.number or "").strip(".)")  # "5.1 None" under "5. Background papers" lists nothing
    return point.number is not None and not dotted and len(point.text.split()) == 1


def says_nothing(text: str) -> bool:
    """Whether a text says that there is nothing to list.

    >>> says_nothing("There are none.")
    True
    """
    return _NOTHING.fullmatch(text) is not None


def _row(here: BodyLine) -> tuple[int, int, int]:
    return (here.pdf_page, here.cell.table, here.cell.row) if here.cell is not None else (0, 0, 0)


def _column(here: BodyLine) -> int:
    return here.cell.col if here.cell is not None else 0


def _in_lines(segment: Segment, name: str, profile: Profile) -> Iterator[ListedDocument]:
    lines = [
        b
        for b in segment_lines(segment)
        if b.cell is None or b.cell.kind == "box" or b.line.words == tuple(segment.value) or _is_beside(segment, b)
    ]
    tables = {(b.pdf_page, b.cell.table) for b in segment.lines if b.cell is not None and b.cell.kind == "data"}
    lines = [b for b in lines if b.cell is None or (b.pdf_page, b.cell.table) not in tables]  # heads within a table
    points, labels = read_points(lines, profile), cover_labels(profile)
    answered = sum(_ANSWERED.fullmatch(p.text) is not None for p in points) > 1
    for point, below in zip(points, [*points[1:], None], strict=False):
        if (_leads(point) and below is not None) or labels.whole(point.text) == name:
            continue  # so does "List of background papers" behind the name of the act
        answer = _ANSWERED.fullmatch(point.text) if answered else None
        if answer is not None:  # a form that lists all there may be, and says which are there
            if answer["there"].casefold() == "no":
                continue
            point.parts = [answer["title"]]
        match = profile.pattern("appendix.listed").match(point.text) if name == "appendices" else None
        inner = list(_within(point, profile)) if name == "appendices" and match is None else []
        if inner:
            yield from inner
            continue
        point.parts = [_ASKED.sub("", " ".join(point.parts), count=1)]
        if match is not None:
            yield ListedDocument(match["value"], match["title"] or point.text)
        elif point.text and (_NOTHING.fullmatch(point.text) is None or _is_short(point)):
            number = point.number or _set_off(point)
            yield ListedDocument(number, point.text.removeprefix(f"{number} ") if point.number is None else point.text)


def _within(point: Point, profile: Profile) -> Iterator[ListedDocument]:
    """Those listed below a numbered sentence: "9.1 This report has one appendix:", "Appendix A - Costs"."""
    texts = (" ".join(w.text for w in b.line.words[is_bulleted(b.line) :]) for b in point.lines[1:])
    matches = [profile.pattern("appendix.listed").match(plain(text)) for text in texts]
    first = next((k for k, m in enumerate(matches) if m is not None), 0)
    leads = point.parts[0].endswith(":") or _ASKED.fullmatch(" ".join(point.parts[: 1 + first])) is not None
    if point.number is not None and leads:
        yield from (ListedDocument(m["value"], m["title"]) for m in matches if m is not None and m["title"])


def _leads(point: Point) -> bool:
    """Whether a sentence says that a list follows: "The papers below were used in preparing this report:"."""
    return point.number is None and point.text.endswith(":") and len(point.text.split()) > _LABEL


def _set_off(point: Point) -> str | None:
    """A number or letter that stands well before its title, in a column of its own: "A     Scorecard"."""
    words = point.lines[0].line.words if point.lines else ()
    if len(words) < 2 or words[1].x0 - words[0].x1 < _OWN_COLUMN * words[0].size:  # noqa: PLR2004
        return None
    number = _NUMBER.fullmatch(words[0].text)
    return number["value"] if number is not None else None
