"""Packs that nothing stamps: the item of a page by what its own head says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from agendaparse.content.agenda import Agenda
from agendaparse.content.dates import find_dates
from agendaparse.content.kinds import item_key, item_named, lone_label, look_of, names_present
from agendaparse.content.stamps import StampedPage
from agendaparse.content.text import plain
from agendaparse.profile import Profile
from agendaparse.records import AgendaItem

_TITLE_LINES = 14  # of a paper, within which its title stands
_LEAST_TITLE = 2  # words: "Minutes" and "Finance" stand at the head of anything
_MINUTES = re.compile(r"\bminutes?\b|\bcofnodion\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")


def read_own_heads(pages: Sequence[StampedPage], agenda: Agenda | None, profile: Profile) -> Sequence[StampedPage]:
    """The pages, each with the item that its own head names, where none is stamped with one.

    Boards name their papers ("Enclosure C" in the agenda's column, and above the paper itself); others print the item
    in a box ("Agenda Item | 5"); else a paper's title is that of its item. Councils that type the item over their
    reports leave it out over the minutes before them.
    """
    if agenda is None:
        return pages
    first = next((i for i, p in enumerate(pages) if p.stamped("item")), None)
    if first is not None:
        return _with_minutes_named(pages, agenda, first, profile)
    papers = _named_papers(pages, agenda, profile)
    ranged = any(i.printed_first is not None for i in agenda.items)
    found, last = [], -1
    for stamped in pages:
        behind = stamped.page.pdf_page > agenda.pdf_last
        labelled = _by_label(stamped, papers, profile) if behind and papers else None
        if labelled is not None:
            found.append(labelled)
            continue
        item = _by_head(stamped, agenda.items, profile) if behind and not ranged else None
        place = agenda.items.index(item) if item is not None else -1
        if item is not None and place > last:  # the item's number at the head of each of its pages is said once
            found.append(replace(stamped, named=item.item))
            last = place
        else:
            found.append(stamped)
    return found


def _with_minutes_named(
    pages: Sequence[StampedPage], agenda: Agenda, first: int, profile: Profile
) -> Sequence[StampedPage]:
    """The pages, those that begin minutes before the first paper with the item that speaks of them."""
    begun = [i for i in range(agenda.pdf_last, first) if names_present(pages[i], profile)]
    found = list(pages)
    for i in begun:
        item = _of_day(pages[i], agenda.items) or _in_turn(begun.index(i), len(begun), agenda.items)
        found[i] = found[i] if item is None else replace(found[i], named=item.item)
    return found


def _of_minutes(items: Sequence[AgendaItem]) -> AgendaItem | None:
    """The one item whose title speaks of minutes."""
    minuted = _minuted(items)
    return minuted[0] if len(minuted) == 1 else None


def _of_day(stamped: StampedPage, items: Sequence[AgendaItem]) -> AgendaItem | None:
    """The one of several items whose title speaks of minutes of the day that a page's head names."""
    days = set(find_dates(" ".join(line.text for line in stamped.page.upright_lines[:_TITLE_LINES])))
    return _of_minutes([i for i in items if days.intersection(find_dates(i.title))])


def _in_turn(place: int, count: int, items: Sequence[AgendaItem]) -> AgendaItem | None:
    """The item of one of several sets of minutes, where there are as many items as sets."""
    minuted = _minuted(items)
    return minuted[place] if len(minuted) == count else None


def _minuted(items: Sequence[AgendaItem]) -> list[AgendaItem]:
    return [i for i in items if _MINUTES.search(i.title) is not None]


def _by_label(stamped: StampedPage, papers: dict[str, str], profile: Profile) -> StampedPage | None:
    """The page with the item that the agenda gives its label, and without the label."""
    line = lone_label(stamped, profile)
    item = papers.get(plain(line.text).casefold()) if line is not None else None
    if line is None or item is None:
        return None
    return replace(stamped, page=stamped.page.replacing(frozenset(line.words)), named=item)


def _named_papers(pages: Sequence[StampedPage], agenda: Agenda, profile: Profile) -> dict[str, str]:
    """The item of each paper that stands at the end of its lines in the agenda."""
    pattern = profile.pattern("agenda.paper_name")
    found: dict[str, str] = {}
    for number in range(agenda.pdf_first, agenda.pdf_last + 1):
        items = [i for i in agenda.items if i.source.pdf_page == number and i.source.box is not None]
        for line in pages[number - 1].page.lines:
            match = pattern.search(plain(line.text))
            above = [i for i in items if i.source.box is not None and i.source.box.top < line.box.bottom]
            if match is not None and above:
                found.setdefault(match["value"].casefold(), above[-1].item or "")
    return {label: item for label, item in found.items() if item}


def _by_head(stamped: StampedPage, items: Sequence[AgendaItem], profile: Profile) -> AgendaItem | None:
    """The item whose number a page's head names; else whose title it bears, or whose minutes it begins."""
    named = item_named(stamped, profile)
    if named is not None:
        return next((i for i in items if item_key(i.item) == item_key(named)), None)
    kind = look_of(stamped, profile).kind
    if kind == "minutes":
        return _of_minutes(items)
    titled = [(i, key) for i in items if len((key := _key(i.title)).split()) >= _LEAST_TITLE]
    heads = set(_heads(stamped)) if kind == "report" else set()
    return max(((i, key) for i, key in titled if key in heads), key=lambda t: len(t[1]), default=(None, ""))[0]


def _heads(stamped: StampedPage) -> Iterator[str]:
    """The first lines of a page, and those that two or three of them make; without the label before them."""
    texts = [plain(line.text) for line in stamped.page.upright_lines[:_TITLE_LINES]]
    for i in range(len(texts)):
        for n in (1, 2, 3):
            text = " ".join(texts[i : i + n])
            yield _key(text)
            yield _key(text.partition(":")[2])


def _key(title: str) -> str:
    return " ".join(_WORD.findall(title.casefold()))
