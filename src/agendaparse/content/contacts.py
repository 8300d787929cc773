"""Contacts of a report: role, title, name, telephone and e-mail, in whatever cells they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from agendaparse.content.segments import Segment
from agendaparse.content.text import plain
from agendaparse.layout.lines import Line
from agendaparse.layout.words import Word
from agendaparse.profile import Profile
from agendaparse.records import Contact

_LABELS = {"name": "name", "title": "title", "job title": "title", "tel": "tel", "telephone": "tel", "phone": "tel"}
_LABELS |= {"e-mail": "email", "email": "email", "e mail": "email"}
_LABEL = re.compile(
    r"\b(job title|name|title|telephone|tel|phone|e-mail|email)(?: ?:|(?<=title) (?=[A-Z])|(?<=mail) )", re.IGNORECASE
)
_COLUMN = 100.0  # points: a second column begins further right
_SLACK = 3.0  # points by which the lines of a column may begin left of its head
_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"\+?\d[\d ()]{8,}\d")


def read_contacts(segments: Sequence[Segment], profile: Profile) -> list[Contact]:
    """The contacts that a report names, in order."""
    found: list[Contact] = []
    for segment in segments:
        if segment.field == "contacts":
            found += _labelled(segment) or _in_blocks(segment, profile) or _listed(segment, profile)
    return found


def _lines(segment: Segment) -> Iterator[Line]:
    if segment.value:
        yield Line(tuple(segment.value))
    yield from (b.line for b in segment.lines)


def _labelled(segment: Segment) -> list[Contact]:
    """Labels with their values: a role at the left, or as the heading, then Title, Name, Tel and E-mail."""
    rows: list[dict[str, str]] = []
    last: str | None = None
    for line in _lines(segment):
        text = plain(line.text)
        matches = list(_LABEL.finditer(text))
        if not matches:
            if rows and last is not None and last in rows[-1]:
                rows[-1][last] += " " + text
            continue
        lead = text[: matches[0].start()].strip(" :")
        if segment.value and not rows and lead:  # "Officer presenting: Jo Marsh Job title: Head of Piers"
            rows.append({"role": segment.heading, "name": lead})
        elif lead or not rows:
            rows.append({"role": lead or segment.heading})
        for match, after in zip(matches, [*matches[1:], None], strict=True):
            last = _LABELS[match[1].casefold()]
            rows[-1][last] = text[match.end() : after.start() if after else None].strip(" :")
    return [_contact(row) for row in rows if row.get("name")]


def _contact(row: dict[str, str]) -> Contact:
    return Contact(row["role"], row.get("title") or None, row["name"], row.get("tel") or None, row.get("email") or None)


def _in_blocks(segment: Segment, profile: Profile) -> list[Contact]:
    """Blocks that an e-mail address ends, in one or two columns, over page breaks: name, title, telephone."""
    role, block = segment.heading, list[str]()
    found: list[Contact] = []
    for text, bold in _pieces(segment):
        if bold or text.casefold().rstrip(" :") in profile.fields["contacts"]:
            role, block = text, []
            continue
        block.append(text)
        email = _EMAIL.search(text)
        if email is not None:
            contact = _from_block(_singular(role), block, email[0], profile)
            found += [contact] if contact is not None else []
            block = []
    return found


def _pieces(segment: Segment) -> list[tuple[str, bool]]:
    """The texts of the segment, the left column to its end before the right; bold ones name a role."""
    left = segment.first.line.box.x0
    found: list[tuple[bool, int, float, str, bool]] = []
    placed = [(segment.first.pdf_page, Line(tuple(segment.value)))] if segment.value else []
    for page, line in [*placed, *((b.pdf_page, b.line) for b in segment.lines)]:
        for cell in _cells(line, segment.column):
            text = plain(" ".join(w.text for w in cell))
            is_right = cell[0].x0 > (segment.column or left + _COLUMN) - _SLACK
            found.append((is_right, page, cell[0].top, text, all(w.bold for w in cell)))
    ordered = sorted(found, key=lambda f: f[:3])
    return [(text, bold) for _, _, _, text, bold in ordered]


def _cells(line: Line, column: float | None) -> list[list[Word]]:
    """The words left and right of the second column's edge; of a line without one, all."""
    if column is None:
        return [list(line.words)]
    sides = ([w for w in line.words if (w.x0 > column - _SLACK) is right] for right in (False, True))
    return [side for side in sides if side]


def _from_block(role: str, block: list[str], email: str, profile: Profile) -> Contact | None:
    name, _, title = block[0].partition(",")
    if profile.pattern("member.name").match(name.strip()) is None:
        return None
    rest = [t for t in block[1:] if email not in t]
    tel = next((m[0] for t in rest if (m := _PHONE.search(t)) is not None), None)
    titles = [title.strip(), *(t for t in rest if tel is None or tel not in t)]
    return Contact(role, " ".join(filter(None, titles)) or None, name.strip(), tel, email)


def _singular(role: str) -> str:
    return role.rstrip(" :").removesuffix("s")


def _listed(segment: Segment, profile: Profile) -> list[Contact]:
    """Names with their titles under a heading: "Imogen Harcastle, Chief Executive Officer"."""
    found = []
    for line in _lines(segment):
        text = plain(line.text)
        name, mark, title = text.partition(":") if ":" in text else text.partition(",")
        if not mark or profile.pattern("member.name").match(name.strip()) is None:
            continue
        role = segment.heading if segment.value else _singular(segment.heading)
        found.append(Contact(role, title.strip() or None, name.strip(), None, None))
    return found
