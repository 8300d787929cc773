"""What kind of document a page begins, by its look: minutes, a report, an appendix, a slide."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise, takewhile

from agendaparse.content.labels import cover_labels
from agendaparse.content.stamps import StampedPage
from agendaparse.content.text import plain
from agendaparse.layout.lines import Line
from agendaparse.layout.pages import Page
from agendaparse.profile import Profile

_BLANK_WORDS = 14  # of the sentence that says so
_HEAD_LINES = 14  # a document says what it is within its first lines
_APPENDIX_LINES = 3
_LETTERHEAD = 7  # a council's name, address and numbers may stand above the word
_LAST_LINES = 3  # of a page: a heading, the page's own number
_PAGE_NUMBER = re.compile(r"(?:page\s)?\W*\d{1,4}\W*(?:(?:of|/)\s?\d{1,4})?", re.IGNORECASE)
_SHORT = 14  # characters: "Appendix 1" alone on its line
_HEADING = 90  # characters: a longer line is prose, not a heading
_COVER_LABELS = 4  # labels at the head of lines that make a cover
_COVER_LINES = 60
_TOP_LINES, _TOP_LABELS = 6, 3
_TITLE = 1.4  # times the size of the line below it
_SECTION = 60  # letters of a section's heading
_SECTIONS = {"recommendations", "brief_summary", "purpose", "background_documents", "contacts", "appendices", "other"}
_ASIDE = 0.4  # of the page's width: what stands right of this begins no line of a list
_COUNTED = re.compile(r"^\d{1,2}(?:\.\d)?[.)]?\s")
_CELL_GAP = 1.5  # of the font size
_PAPER = 2**0.5  # the sides of A4 and A3; slides are 4:3 or 16:9
_PAPER_SLACK = 0.04


@dataclass(frozen=True)
class Look:
    """What the first page of a document looks like."""

    kind: str | None  # minutes, report, appendix, other; None where nothing says so
    appendix: str | None  # "B" of "Appendix B: ..." at its head
    heading: str | None  # its first heading


def look_of(stamped: StampedPage, profile: Profile) -> Look:
    """The look of a page as the first of a document; several stages ask for it."""
    return stamped.page.remembered(_looks(profile))


@lru_cache(maxsize=64)  # one function a profile, by which a page remembers what it found
def _looks(profile: Profile) -> Callable[[Page], Look]:
    return partial(_look, profile=profile)


def _look(page: Page, profile: Profile) -> Look:
    lines = page.upright_lines
    heading = _main_heading(lines)
    appendix = _appendix_of(lines, profile)
    kind = _kind_of(lines, appendix, profile)
    return Look(kind, appendix if kind in (None, "appendix") else None, heading)


def _kind_of(lines: list[Line], appendix: str | None, profile: Profile) -> str | None:
    """The first of these that the page looks like."""
    head = lines[:4]
    looks: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("other", lambda: _says(head, "other", profile)),
        ("appendix", lambda: bool(lines) and appendix_in(plain(lines[0].text), profile) is not None),
        ("appendix", lambda: bool(lines) and _says(lines[:1], "appendix_bare", profile)),
        ("minutes", lambda: _is_minutes(lines, profile)),
        ("report", lambda: _has_cover(lines, profile)),
        ("appendix", lambda: appendix is not None),
        ("report", lambda: _says(head, "report", profile)),
        ("other", lambda: _says(head, "plan", profile)),
        ("report", lambda: _says(lines[: 2 * _HEAD_LINES], "report_heading", profile)),
    )
    return next((kind for kind, holds in looks if holds()), None)


def _appendix_of(lines: list[Line], profile: Profile) -> str | None:
    """The appendix that the first lines of a page name; what stands below them must be set apart."""
    for line in lines[:_APPENDIX_LINES]:
        text = plain(line.text)
        label = appendix_in(text, profile)
        if label is not None and (line is lines[0] or len(text) < _SHORT or line.bold):
            return label
        if label is not None and lines[0].bold and lines[0].size > _TITLE * line.size:
            return label  # below the title of a paper: "Appendix A   Made on 3 May"
    return None


def lone_label(stamped: StampedPage, profile: Profile) -> Line | None:
    """The line among a page's first that is the name of an appendix or enclosure and nothing else.

    >>> lone_label(pack.stamped_pages[3], general_profile()).text  # doctest: +SKIP
    'Enclosure C'
    """
    for line in stamped.page.upright_lines[:_APPENDIX_LINES]:
        match = profile.pattern("agenda.paper_name").match(plain(line.text))
        if match is not None:
            return line
    return None


def lone_appendix(stamped: StampedPage, profile: Profile) -> str | None:
    """The appendix whose name stands alone on one of a page's first lines: "1" for "APPENDIX 1".

    >>> lone_appendix(pack.stamped_pages[55], general_profile())  # doctest: +SKIP
    '1'
    """
    lines = stamped.page.upright_lines[:_APPENDIX_LINES]
    matches = (profile.pattern("kind.appendix").match(plain(line.text)) for line in lines)
    return next((m["value"] for m in matches if m is not None and not m["title"]), None)


def lists_appendices(stamped: StampedPage, before: StampedPage, profile: Profile) -> bool:
    """Whether a page that begins with an appendix's name goes on with a report's list of them.

    The page before ends with the heading of the list, or the next lines name other papers.

    >>> lists_appendices(pack.stamped_pages[2], pack.stamped_pages[1], general_profile())  # doctest: +SKIP
    True
    """
    labels = cover_labels(profile)
    texts = (plain(line.text) for line in reversed(before.page.upright_lines[-_LAST_LINES:]))
    last = next((text for text in texts if _PAGE_NUMBER.fullmatch(text) is None), "")
    head = [plain(line.text) for line in stamped.page.upright_lines[: 1 + _APPENDIX_LINES]]
    named = {appendix_in(text, profile) for text in head} - {None}
    first = stamped.page.upright_lines[0]
    aside = first.bold and first.box.x0 > _ASIDE * stamped.page.width  # a heading of the list stands at the left
    listed = any(labels.whole(text) in ("appendices", "background_documents") for text in head[aside:])
    goes_on = appendix_in(last, profile) is not None and not stamped.page.upright_lines[0].bold
    return labels.whole(last) == "appendices" or listed or goes_on or len(named) > 1


def is_blank(stamped: StampedPage, profile: Profile) -> bool:
    """Whether the page holds nothing but the words that it is intentionally blank."""
    if len(stamped.page.words) > _BLANK_WORDS:
        return False
    text = plain(" ".join(line.text for line in stamped.page.lines))
    return bool(text) and profile.pattern("page.blank").match(text) is not None


def is_slide(page: Page) -> bool:
    """Whether the page has the shape of a slide: wider than tall, and no sheet of paper turned.

    >>> is_slide(page)  # 960 x 540 points: 16:9  # doctest: +SKIP
    True
    """
    ratio = page.width / page.height
    return ratio > 1.25 and abs(ratio - _PAPER) > _PAPER_SLACK  # noqa: PLR2004


def appendix_in(text: str, profile: Profile) -> str | None:
    """The label of an appendix that a heading names: "B" of "Appendix B - EqIA"."""
    match = profile.pattern("kind.appendix").match(text)
    return None if match is None else match["value"]


def _says(lines: list[Line], kind: str, profile: Profile) -> bool:
    """Whether one of the lines is a heading that names this kind of document."""
    pattern = profile.pattern(f"kind.{kind}")
    return any(len(text := plain(line.text)) <= _HEADING and pattern.match(text) is not None for line in lines)


def _is_minutes(lines: list[Line], profile: Profile) -> bool:
    """A heading that says minutes, with those present named below; parish minutes may lack the word."""
    pattern, labels = profile.pattern("kind.minutes"), profile.labels["minutes"]
    head = [plain(line.text) for line in lines[:_HEAD_LINES]]
    says_so = any(pattern.match(text) is not None for text in head[:8] if len(text) <= _HEADING)
    says_so = says_so or pattern.match(" ".join(head[:3])) is not None
    present = any(
        _label(text, labels) for line in lines[: 2 * _HEAD_LINES] for text in (plain(line.text), _cells(line)[0])
    )
    if says_so:
        return present or not _has_cover(lines, profile)  # "Meeting", "Date" and "Present" may stand as a form does
    return present and _cover_labels(lines, profile) < _TOP_LABELS


def names_present(stamped: StampedPage, profile: Profile) -> bool:
    """Whether a page's head says minutes and, below, who was present: the first page of a set of minutes.

    >>> names_present(pack.stamped_pages[2], general_profile())  # doctest: +SKIP
    True
    """
    lines, minutes = stamped.page.upright_lines[: 2 * _HEAD_LINES], profile.pattern("kind.minutes")
    says_so = any(minutes.match(plain(line.text)) is not None for line in lines[:_LETTERHEAD])
    labels = profile.labels["minutes"]
    return says_so and any(_label(t, labels) for line in lines for t in (plain(line.text), _cells(line)[0]))


def begins_cover(stamped: StampedPage, profile: Profile) -> bool:
    """Whether a page has the labels of a cover at its very top: it begins a paper, whatever it is.

    >>> begins_cover(pack.stamped_pages[12], general_profile())  # doctest: +SKIP
    True
    """
    return _cover_labels(stamped.page.upright_lines[:_TOP_LINES], profile) >= _TOP_LABELS


def is_headed_report(stamped: StampedPage, profile: Profile) -> bool:
    """Whether one of a page's first lines says that a report begins: "planning report H/0150".

    >>> is_headed_report(pack.stamped_pages[0], general_profile())  # doctest: +SKIP
    True
    """
    return _says(stamped.page.upright_lines[:2], "report", profile)


def is_record(stamped: StampedPage, profile: Profile) -> bool:
    """Whether a bold heading says that the page begins a record of a decision, printed behind the report.

    >>> is_record(pack.stamped_pages[0], general_profile())  # doctest: +SKIP
    False
    """
    head = [line for line in stamped.page.upright_lines[:4] if line.bold and not line.text[0].isdigit()]
    return _says(head, "other", profile)


def has_sections(stamped: StampedPage, profile: Profile) -> bool:
    """Whether a page has the headings of a report, one of them over what it recommends or relies on.

    >>> has_sections(pack.stamped_pages[0], general_profile())  # doctest: +SKIP
    True
    """
    labels = cover_labels(profile)
    texts = (_COUNTED.sub("", plain(line.text)) for line in stamped.page.upright_lines)
    found = {labels.whole(text) for text in texts if len(text) <= _SECTION} & _SECTIONS
    return len(found) >= _TOP_LABELS and bool(found & {"recommendations", "background_documents"})


def item_key(item: str) -> str:
    """An item's number as compared: the agenda's "6(a)" and a stamp's "6a" are one, "4" and "04" are, too.

    >>> item_key("6(a)") == item_key("6A."), item_key("04")
    (True, '4')
    """
    key = "".join(c for c in item.casefold() if c.isalnum())
    return key.lstrip("0") or key


def item_named(stamped: StampedPage, profile: Profile) -> str | None:
    """The agenda item that a paper's own head names: "Agenda Item 166", or a number beside or below "Item No.".

    >>> item_named(pack.stamped_pages[0], general_profile())  # doctest: +SKIP
    '166'
    """
    lines = stamped.page.upright_lines[:_TOP_LINES]
    labels, number = profile.labels["item number"], profile.pattern("agenda.number")
    rows = [_cells(line) for line in lines]
    stamped_item = profile.pattern("stamp.item")
    for line, (cells, below) in zip(lines, pairwise([*rows, []]), strict=True):
        begins = _first_in_style(line)
        for i, text in enumerate(cells):
            # before a colon stands "Agenda item 8: Moorings"; in bold, before a reference, "ITEM 4.1  QH/044"
            said = (text, text.partition(":")[0], *([begins] if i == 0 else []))
            stamp = next((m for t in said if (m := stamped_item.match(t)) is not None), None)
            if stamp is not None:
                return stamp["value"]
            label, _, value = text.partition(":")
            near = [value.strip(), *cells[i + 1 : i + 2], *(below[:1] if i == 0 else [])]
            if label.casefold().rstrip(" .") in labels:
                return next((m["value"] for t in near if (m := number.match(t)) is not None), None)
    return None


def _first_in_style(line: Line) -> str:
    """The first words of a line, as far as they are set alike."""
    bold = line.words[0].bold
    return plain(" ".join(w.text for w in takewhile(lambda w: w.bold == bold, line.words)))


def _label(text: str, labels: frozenset[str]) -> str | None:
    """The label that a line begins with: up to its colon, or as the whole line, or before a dash."""
    head = text.casefold().split(":", 1)[0].rstrip(" :-.")
    return head if head in labels else None


def _has_cover(lines: list[Line], profile: Profile) -> bool:
    labels = _cover_labels(lines, profile)
    if labels < min(_COVER_LABELS, _TOP_LABELS):  # most pages
        return False
    return labels >= _COVER_LABELS or _cover_labels(lines[:_TOP_LINES], profile) >= _TOP_LABELS


def _cover_labels(lines: list[Line], profile: Profile) -> int:
    """How many different cover labels begin a line, or stand before a gap in it."""
    known = profile.labels["cover"]
    found = set()
    for line in lines[:_COVER_LINES]:
        cells = _cells(line)
        if len(cells) > 2 and not any(":" in text for text in cells):  # noqa: PLR2004 - heads of a table's columns
            continue
        for text in cells:
            label = _label(text, known) if ":" in text or len(text) < 40 else None  # noqa: PLR2004
            if label is not None:
                found.add(label)
    return len(found)


def _cells(line: Line) -> list[str]:
    """The line's text, parted at wide gaps: "Item No.", "Classification:", "Date:" side by side."""
    if line.widest <= _CELL_GAP:
        return [plain(line.text)]
    return [plain(" ".join(w.text for w in cell)) for cell in line.parted(_CELL_GAP)]


def _main_heading(lines: list[Line]) -> str | None:
    """The largest print among the first lines, joined while it goes on."""
    head = lines[:_HEAD_LINES]
    if not head:
        return None
    largest = max(head, key=lambda line: (round(line.size), line.bold, -line.box.top))
    at = head.index(largest)
    parts = [largest.text]
    for above, line in zip(head[at:], head[at + 1 :], strict=False):
        if round(line.size) != round(largest.size) or line.box.top - above.box.top > 1.8 * line.size:
            break
        if line.bold != largest.bold or len(parts) > 2:  # noqa: PLR2004
            break
        parts.append(line.text)
    return " ".join(parts)
