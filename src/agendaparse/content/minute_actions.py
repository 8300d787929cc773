"""Actions that minutes print themselves, "ACTION: JB" or names beside the text, where a profile says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from agendaparse.content.minute_items import MinuteItem
from agendaparse.content.motions import as_printed
from agendaparse.content.passages import Passage
from agendaparse.content.side_column import SideColumn, SideNote
from agendaparse.profile import Profile
from agendaparse.records import Action, Source

_NAMES = 4  # words: "Clerk / Cllr Moss" names who acts, and says nothing of what is to be done
_PITCH = 1.6  # of the font size: notes further apart are of two actions


def read_minute_actions(
    day: dt.date | None, items: Sequence[MinuteItem], side: SideColumn, profile: Profile, pack_id: str
) -> list[Action]:
    """The actions of one set of minutes, in order; none unless the profile names what heads them."""
    heads = profile.labels["minutes action"]
    if not heads:
        return []
    found: list[Action] = []
    for item in items:
        for k, passage in enumerate(item.passages):
            own = _headed(item.passages, k, heads)
            beside = _beside(passage, side.notes) if side.header in heads else []
            if own is not None:
                found.append(_action(day, item, *own, passage, pack_id))
            elif beside:
                found.append(_action(day, item, passage.text, " ".join(beside), passage, pack_id))
    return found


def _headed(passages: Sequence[Passage], k: int, heads: frozenset[str]) -> tuple[str, str | None] | None:
    """What "ACTION: ..." asks for, and of whom; bare names ask for what stands above them."""
    head, colon, rest = passages[k].plain.partition(":")
    if not colon or head.casefold().strip(" -(") not in heads:
        return None
    text = as_printed(passages[k], rest.strip()).rstrip(")")
    if len(text.split()) <= _NAMES and not text.endswith(".") and k > 0:
        return passages[k - 1].text, text
    return text, None


def _beside(passage: Passage, notes: Sequence[SideNote]) -> list[str]:
    """The notes that stand beside the lines of a passage."""
    return list(_between(passage, notes))


def _between(passage: Passage, notes: Sequence[SideNote]) -> Iterator[str]:
    for page in {b.pdf_page for b in passage.lines}:
        own = [b.line for b in passage.lines if b.pdf_page == page]
        top, bottom = own[0].box.top - own[0].size / 2, own[-1].box.top + _PITCH * own[-1].size / 2
        yield from (n.text for n in notes if n.pdf_page == page and top < n.top < bottom)


def _action(
    day: dt.date | None, item: MinuteItem, proposed: str, owner: str | None, passage: Passage, pack_id: str
) -> Action:
    line = passage.lines[0]
    source = Source(pack_id, line.pdf_page, None, line.line.box, "text")
    return Action(day, item.title or None, item.minute, proposed, None, None, owner, None, source)
