"""The head of a report that has no labels: council, committee, day, whose report and its title, one below the other."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from agendaparse.content.body import BodyLine
from agendaparse.content.dates import find_dates
from agendaparse.content.headings import is_one_block
from agendaparse.content.segments import Segment, chunks_of
from agendaparse.content.text import plain
from agendaparse.layout.lines import Line
from agendaparse.profile import Profile

_LINES = 16  # a head is no longer
_LONGEST = 24  # words of a line of it
_SENTENCE = 6  # words: a numbered line that is longer is text
_SECTIONS = ("recommendations", "brief_summary", "purpose", "appendices", "background_documents")
_NUMBERED = re.compile(r"\d[\d.)]*(?:\s|$)")  # "1.0 Purpose", and not "2024/25"
_FULL = 0.93  # of the right edge: a line that reaches so far runs over
_OPEN_ENDS = (" and", " &", " of", " the", " for", " to", ",")  # a title's first line: "FAMILIES OVERVIEW AND"
_LEADING = 1.6  # of the font size, from line to line of one title
_FAR, _FARTHER = 1.0, 4.0  # of the font size: a letter behind a title, a number
_OF_ITEM = re.compile(r"^(?:agenda )?item(?: no\.?)? \d{1,2}[a-z]?\s?[:-]\s+(?=\w)", re.IGNORECASE)
_ITEM = re.compile(r"\d{1,2}[a-zA-Z]?")
_TO_MEETING = re.compile(
    r"\bto (?:the )?meeting(?: of\b(?!.* held on\b)|$)", re.IGNORECASE
)  # a sentence not at its end
_TO_MEETING_OF = re.compile(r"^report (?:of|by|from)\b.*\bto (?:the )?meeting of\b", re.IGNORECASE)
_MONTH_BEHIND = re.compile(r",? (?:\d{1,2} )?[A-Z][a-z]+ \d{4}$")
_OF_MEETING = re.compile(r"^meeting of (?:the )?", re.IGNORECASE)
_COUNCIL = re.compile(r".*\b(?:council|authority)\b(?: meeting\b.*)?", re.IGNORECASE)
_OPEN = re.compile(r"(?:\b(?:and|of|for|the|to)|[,&])$", re.IGNORECASE)  # a line that is not at its end
_BEFORE_DAY = re.compile(
    r"(?P<value>.+?),? (?:- |on |held on )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?\d.*", re.IGNORECASE
)


@dataclass
class Head:
    """What a head says without labels; None where it does not."""

    decision_maker: str | None = None
    report_of: str | None = None
    subject: str | None = None
    day: dt.date | None = None


def read_head(segments: Sequence[Segment], council: str | None, profile: Profile) -> Head:
    """What stands above the first label of a report."""
    head, titles, above = Head(), list[BodyLine](), 0
    for here in _lines(segments, profile):
        name = here.text.casefold().removeprefix("the ")
        if council is not None and name in council.casefold():
            continue  # "STEPMARSH" in large print over the head
        told = head.report_of is not None
        if not _placed(head, here, profile):
            titles.append(here)
        elif head.report_of is not None and not told:
            above = len(titles)
    # whose paper it is may stand in larger print at the top
    head.subject = _title(_behind_author(titles[above:]) if above else []) or _title(titles)
    return head


def _lines(segments: Sequence[Segment], profile: Profile) -> list[BodyLine]:
    """The lines of the first page that no label owns, down to the first section; those of one cell are one."""
    found: list[BodyLine] = []
    labelled = False
    for segment in segments:
        if segment.field in _SECTIONS or segment.first.pdf_page != segments[0].first.pdf_page:
            break
        labelled = labelled or segment.field is not None
        in_form = labelled and segment.first.cell is not None and segment.first.cell.kind != "box"
        if segment.field is not None or in_form or (labelled and _NUMBERED.match(segment.heading)):
            continue
        own = [segment.first._replace(text=segment.heading)] if segment.heading else []
        found += [*own, *(() if labelled and own else segment.lines)]
    found = [part for b in found[: _text_begins(found)] for part in _parts(_without_letter(b), profile)]
    cells = [list(lines) for _, lines in groupby(found, key=lambda b: b.cell or id(b))]
    first = segments[0].first.pdf_page if segments else 0
    boxes = [b.line.box for s in segments for b in s.lines if b.pdf_page == first]
    edges = min((box.x0 for box in boxes), default=0.0), max((box.x1 for box in boxes), default=0.0)
    joined = _unwrapped([c[0]._replace(text=" ".join(b.text for b in c)) for c in cells], edges, profile)
    return [b for b in joined[:_LINES] if len(b.text.split()) <= _LONGEST or _TO_MEETING_OF.search(b.text) is not None]


def _text_begins(lines: Sequence[BodyLine]) -> int:
    """Where below a title the first numbered paragraph begins: what is bold behind it is no title."""
    titled = False
    for i, here in enumerate(lines):
        counted = not here.line.bold and _NUMBERED.match(here.text) is not None
        if titled and counted and len(here.line.words) > _SENTENCE:
            return i
        titled = titled or (here.line.bold or here.text.isupper())
    return len(lines)


def _without_letter(here: BodyLine) -> BodyLine:
    """The line without a letter or number far right of it: some councils letter their papers, or number their heads."""
    *words, last = here.line.words
    letter = len(last.text) == 1 and last.text.isupper()
    apart = last.x0 - words[-1].x1 if words and (letter or _ITEM.fullmatch(last.text) is not None) else 0.0
    if apart < (_FAR if letter else _FARTHER) * last.size or not here.text.endswith(f" {last.text}"):
        return here
    return here._replace(line=Line(tuple(words)), text=here.text.removesuffix(last.text).rstrip())


def _parts(here: BodyLine, profile: Profile) -> list[BodyLine]:
    """What stands side by side in a head: the council at the left, committee and day at the right."""
    parts = [here._replace(line=line, text=plain(line.text)) for line in map(Line, map(tuple, chunks_of(here.line)))]
    body = profile.pattern("meeting.body")
    meets = any(body.match(part.text) is not None or find_dates(part.text) for part in parts[1:])
    return parts if meets else [here]


def _unwrapped(lines: Sequence[BodyLine], edges: tuple[float, float], profile: Profile) -> list[BodyLine]:
    """The lines, one that reaches the right edge of the text joined with the line that it runs over to."""
    found: list[BodyLine] = []
    above: BodyLine | None = None
    left, right = edges
    for here in lines:
        full = above is not None and above.line.box.x1 > _FULL * right and above.line.box.width > _FULL * right / 2
        full = full and here.line.box.x1 < _FULL * right
        open_ended = above is not None and above.text.casefold().endswith(_OPEN_ENDS)
        if above is not None and profile.pattern("head.report_of").match(above.text) is not None:
            # in the middle of the page, no line reaches the edge
            first = here.line.words[0]
            full = full or above.line.box.width + first.x1 - first.x0 + first.size > right - left
        calls = bool(found) and _TO_MEETING.search(found[-1].text) is not None
        if above is not None and (full or open_ended or calls) and is_one_block(above, here):
            found[-1] = found[-1]._replace(text=f"{found[-1].text} {here.text}")
        else:
            found.append(here)
        above = here
    return found


def _placed(head: Head, here: BodyLine, profile: Profile) -> bool:
    """Whether the line says something of the meeting or of whose report it is, and so is no title."""
    text = here.text
    days = find_dates(text)
    author = profile.pattern("head.report_of").match(text)
    if author is not None:
        head.report_of = head.report_of or _MONTH_BEHIND.sub("", author["value"])
        head.decision_maker = author.get("maker", head.decision_maker)
        return True
    addressed = profile.pattern("head.report_to").match(text)
    named = addressed or profile.pattern("meeting.committee").match(text)
    if named is not None:
        head.decision_maker = head.decision_maker or named["value"].strip(" ,-")
        head.day = head.day or (days[0] if days else None)
        return True
    body = _BEFORE_DAY.match(text)
    if days and body is not None and profile.pattern("meeting.body").match(body["value"]) is not None:
        head.decision_maker = head.decision_maker or _OF_MEETING.sub("", body["value"])
    if days and head.day is None:
        head.day = days[0]
    if days or profile.pattern("head.reference").match(text) is not None:
        return True
    if profile.pattern("meeting.body").match(text) is not None or _COUNCIL.fullmatch(text) is not None:
        if _COUNCIL.fullmatch(text) is None or profile.pattern("meeting.kind_of_council").match(text) is not None:
            head.decision_maker = head.decision_maker or text
        return True
    return False


def _behind_author(titles: Sequence[BodyLine]) -> list[BodyLine]:
    """A title in capitals right below the line that says whose report it is."""
    end = next((i for i, b in enumerate(titles) if not b.text.isupper() or not b.line.bold), len(titles))
    return list(titles[:end]) if sum(len(b.line.words) for b in titles[:end]) > 1 else []


def _title(lines: Sequence[BodyLine]) -> str | None:
    """The largest print of what is left, the last of equals, joined while it goes on."""
    marked = [b for b in lines if b.line.bold or b.text.isupper() or len(lines) == 1]
    if not marked:
        return None
    size = max(round(b.line.size) for b in marked)
    last = max(i for i, b in enumerate(marked) if round(b.line.size) == size)
    parts = [marked[last]]
    for above in reversed(marked[:last]):
        step = parts[0].line.box.top - above.line.box.top
        if round(above.line.size) != size or step > _LEADING * above.line.size:
            break
        parts.insert(0, above)
    return _OF_ITEM.sub("", " ".join(b.text for b in parts))
