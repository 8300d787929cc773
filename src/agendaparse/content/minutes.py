"""Minutes and decision notices: who was there, what was minuted, what was resolved."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from agendaparse.content.agenda_rows import counting_up
from agendaparse.content.body import BodyLine, body_lines
from agendaparse.content.claims import Claims
from agendaparse.content.dates import parse_date
from agendaparse.content.numbered import split_points
from agendaparse.content.segments import joined_points
from agendaparse.content.stamps import StampedPage
from agendaparse.content.text import plain
from agendaparse.layout.lines import Line
from agendaparse.profile import Profile
from agendaparse.records import Document, Meeting, Minute, Minutes, Resolution, Source

_HEAD = 60  # lines within which those present are named
_PARAGRAPH = 1.75  # of the font size, from line to line: more begins a paragraph
_COLUMN = 9.0  # points within which the numbers of minutes stand under each other
_NUMBER = re.compile(r"(?P<value>\d{1,4}(?:\.\d{1,3})*[a-z]?)(?P<mark>[.):]?)")
_STATUSES = ("present", "apologies", "in attendance")


@dataclass
class _Item:
    """One minute on its way: its number, title and lines."""

    minute: str
    title: list[str]
    first: BodyLine
    lines: list[BodyLine] = field(default_factory=list)


def read_all_minutes(
    pages: Sequence[StampedPage],
    documents: Sequence[Document],
    meeting: Meeting,
    profile: Profile,
    pack_id: str,
    claims: Claims,
) -> list[Minutes]:
    """The sets of minutes among the documents, and decision notices that stand alone."""
    found = []
    for document in documents:
        if document.kind not in ("minutes", "other"):
            continue
        body = body_lines(pages, document)
        items = _forms(body, profile) or (_items(body) if document.kind == "minutes" else [])
        if document.kind == "other" and not items:
            continue
        day = _day(body, document, meeting)
        minutes = tuple(_minute(item, profile, pack_id) for item in items)
        first = items[0].first if items else None
        head = [
            b
            for b in body[:_HEAD]
            if first is None or (b.pdf_page, b.line.box.top) < (first.pdf_page, first.line.box.top)
        ]
        found.append(Minutes(day, tuple(_attendance(head, profile)), minutes))
        claims.claim([b.line for b in body], "minutes")
    return found


def _day(body: Sequence[BodyLine], document: Document, meeting: Meeting) -> dt.date | None:
    """The day of the meeting that is minuted: the first that the head names."""
    named = next((d for b in body[:20] if (d := parse_date(b.text)) is not None), None)
    return named or (meeting.meeting_date if document.pdf_first == 1 else None)


def _items(body: Sequence[BodyLine]) -> list[_Item]:
    """The minutes: bold lines with a number that counts up, or such lines in one column if none is bold."""
    starts = [(i, m) for i, b in enumerate(body) if (m := _NUMBER.fullmatch(b.line.words[0].text)) is not None]
    starts = [(i, m) for i, m in starts if len(body[i].line.words) > 1]
    bold = [(i, m) for i, m in starts if _title_is_bold(body[i].line)]
    chains = []
    for group in (bold, starts):
        for mark in {m["mark"] for _, m in group}:
            own = [(i, m["value"], 1) for i, m in group if m["mark"] == mark]
            own = [s for s in own if body[s[0]].line.box.x0 - min(body[i].line.box.x0 for i, _, _ in own) < _COLUMN]
            chains.append(counting_up(own))
        if any(len(c) > 1 for c in chains):
            break
    chain = max(chains, key=len, default=[])
    ends = [i for i, _, _ in chain[1:]] + [len(body)]
    return [_item(number, body[i:end]) for (i, number, _), end in zip(chain, ends, strict=True)]


def _title_is_bold(line: Line) -> bool:
    rest = line.words[1:]
    return 2 * sum(w.bold for w in rest) > len(rest)


def _item(number: str, lines: Sequence[BodyLine]) -> _Item:
    first = lines[0]
    item = _Item(number, [Line(first.line.words[1:]).text], first)
    bold = _title_is_bold(first.line)
    title_x = first.line.words[1].x0
    above, in_title = first, True
    for here in lines[1:]:
        close = here.pdf_page == above.pdf_page and here.line.box.top - above.line.box.top < _PARAGRAPH * here.line.size
        under = abs(here.line.box.x0 - title_x) < here.line.size
        in_title = in_title and bold and here.line.bold and close and under and not here.text.startswith("RESOLVED")
        if in_title:
            item.title.append(here.line.text)
        else:
            item.lines.append(here)
        above = here
    return item


def _forms(body: Sequence[BodyLine], profile: Profile) -> list[_Item]:
    """The items of a decision notice: a form for each, headed "(a) Subject: ..." with its agenda item."""
    subject, reference = profile.pattern("minutes.subject"), profile.pattern("minutes.item_reference")
    items: list[_Item] = []
    titled = True
    for here in body:
        match = subject.match(here.text)
        if match is not None:
            items.append(_Item("", [match["title"]], here))
            titled = False
        elif items and not titled:
            number = reference.match(here.text)
            titled = number is not None or here.text.startswith("(")
            if number is not None:
                items[-1].minute = number["value"]
            elif not titled:
                items[-1].title.append(here.line.text)
        elif items:
            items[-1].lines.append(here)
    return items


def _minute(item: _Item, profile: Profile, pack_id: str) -> Minute:
    source = Source(pack_id, item.first.pdf_page, None, item.first.line.box, "text")
    text = joined_points(" ".join(b.line.text for b in item.lines))
    return Minute(item.minute, " ".join(item.title), text, tuple(_resolutions(item, profile, pack_id)), source)


def _resolutions(item: _Item, profile: Profile, pack_id: str) -> list[Resolution]:
    """What the item resolved; other words for it count only where the word RESOLVED does not occur."""
    for name in ("minutes.resolved", "minutes.agreed"):
        pattern = profile.pattern(name)
        found: list[Resolution] = []
        for i, here in enumerate(item.lines):
            match = pattern.match(here.text)
            if match is not None:
                found += _decided(item.lines, i, match["rest"], profile, pack_id)
        if found:
            return found
    noted = profile.pattern("minutes.noted")
    bold = [b for b in item.lines if b.line.bold and noted.match(b.text) is not None]
    return [_resolution(None, b.text, b, pack_id) for b in bold[-1:]]


def _decided(lines: Sequence[BodyLine], at: int, rest: str, profile: Profile, pack_id: str) -> list[Resolution]:
    """The decision behind the word: a list below it, or the paragraph that it begins."""
    here, below = lines[at], lines[at + 1 :]
    paragraph, after = _paragraph(here, below)
    if not rest or paragraph[-1].text.rstrip().endswith(":") or rest.endswith(":"):
        listed = _until_form_ends(below if not rest else after)
        points = split_points(listed, profile)
        if points:
            texts = [(p.number, p.text) for p in points]
            return [_resolution(n, t, here, pack_id, p.pdf_page) for (n, t), p in zip(texts, points, strict=True)]
        if not rest:
            whole, _ = _paragraph(listed[0], listed[1:]) if listed else ([], [])
            text = joined_points(" ".join(b.line.text for b in whole))
            return [_resolution(None, text, here, pack_id)] if text else []
    text = joined_points(" ".join([rest, *(b.line.text for b in paragraph[1:])]))
    return [_resolution(None, text, here, pack_id)]


def _paragraph(first: BodyLine, below: Sequence[BodyLine]) -> tuple[list[BodyLine], Sequence[BodyLine]]:
    """The lines of the paragraph that a line begins, over a page break too, and what follows."""
    taken = [first]
    for k, here in enumerate(below):
        above = taken[-1]
        if here.pdf_page == above.pdf_page and here.line.box.top - above.line.box.top > _PARAGRAPH * here.line.size:
            return taken, below[k:]
        if here.pdf_page != above.pdf_page and above.text.endswith("."):
            return taken, below[k:]
        taken.append(here)
    return taken, []


def _until_form_ends(lines: Sequence[BodyLine]) -> list[BodyLine]:
    """The lines up to the next part of a decision notice's form: "(e) Exempt information?"."""
    kept: list[BodyLine] = []
    for here in lines:
        if re.match(r"\([a-z]\) [A-Z]", here.text) and here.line.words[0].bold and kept:
            break
        kept.append(here)
    return kept


def _resolution(number: str | None, text: str, here: BodyLine, pack_id: str, page: int | None = None) -> Resolution:
    return Resolution(number, text, Source(pack_id, page or here.pdf_page, None, here.line.box, "text"))


def _attendance(head: Sequence[BodyLine], profile: Profile) -> list[tuple[str, str]]:
    """Those present, those who sent apologies and those in attendance, as the head of the minutes lists them."""
    found: list[tuple[str, str]] = []
    status, text = None, ""
    for here in head:
        name, _, value = here.text.partition(":")
        label = next((s for s in _STATUSES if name.casefold().strip(" -") in profile.labels[s]), None)
        if label is not None:
            found += [(n, status) for n in _names(text)] if status else []
            status, text = label, value.strip(" -")
        elif status is not None:
            text += "\n" + here.text
    return found + ([(n, status) for n in _names(text)] if status else [])


def _names(text: str) -> list[str]:
    """The names of a list: parted by commas and "and", or a line each; a title before the list goes."""
    lines = [t.strip() for t in text.split("\n") if t.strip()]
    joined = " ".join(lines)
    if len(lines) > 2 and joined.count(",") < len(lines):  # noqa: PLR2004
        return [plain(t) for t in lines]
    joined = re.sub(r"^(?:councillors|cllrs|appointed members|members)\.?:?\s+", "", joined, flags=re.IGNORECASE)
    names = re.split(r",\s*(?!OBE|MBE|CBE|JP|BEM)|\s+and\s+", joined)
    return [n.strip(" .;") for n in names if n.strip(" .;")]
