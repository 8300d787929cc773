"""Motions printed with their result, "Moved by A, seconded by B, that ... Carried.", and decisions of one word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from agendaparse.content.passages import Passage
from agendaparse.content.text import first_sentence
from agendaparse.profile import Profile


class Motion(NamedTuple):
    """A motion: the passage that begins it, and its words."""

    first: Passage
    texts: list[Passage | str]


def find_carried(passages: Sequence[Passage], profile: Profile, *, in_sentences: bool) -> list[Motion]:
    """The motions of one minute that were carried, in order; none that was lost, or whose result is not printed.

    ``in_sentences``: whether a sentence of the text may be one ("Cllr Moss moved that ..."), or only what stands
    below the names of those who moved it.

    >>> find_carried([], general_profile(), in_sentences=True)
    []
    """
    found: list[Motion] = []
    begun: Motion | None = None
    counted = False  # who voted how stands between the motion and its result
    for here in passages:
        if profile.pattern("minutes.amendment").match(here.plain) is not None:
            break  # from here on it takes a reader to say what was carried in the end
        told = profile.pattern("minutes.on_motion").match(here.plain) if in_sentences else None
        if told is not None:
            found.append(Motion(here, [first_sentence(as_printed(here, told["rest"]))]))
            continue
        counted = begun is not None and (counted or here.fit("minutes.recorded_vote", profile) is not None)
        after = _begun(here, None if counted else begun, profile, in_sentences=in_sentences)
        begun, counted = (begun, True) if counted and after is None else (after, False)
        if begun is None:
            continue
        if profile.pattern("minutes.carried").match(here.plain) is not None:
            found += [begun] if begun.texts else []
            begun = None
        elif was_lost(here, profile):
            begun = None
    return found


def was_lost(here: Passage, profile: Profile) -> bool:
    """Whether a passage says that what stands above it was not carried: "LOST", "The motion was defeated."."""
    return profile.pattern("minutes.lost").match(here.plain) is not None


def is_bare(passages: Sequence[Passage], k: int, profile: Profile) -> bool:
    """Whether a passage decides in one word what stands above it: "NOTED.", "Agreed."; not above a list.

    >>> is_bare([], 0, general_profile())
    False
    """
    here = passages[k] if k < len(passages) else None
    pattern = profile.pattern("minutes.bare")
    if here is None or not pattern.may_fit(here.plain) or here.fit(pattern.name, profile) is None:
        return False
    listed = any(_listed(p) for p in passages[k + 1 : k + 2]) and not here.text.endswith(".")
    formal = k > 0 and profile.pattern("minutes.formal").match(passages[k - 1].plain) is not None
    return not (listed or formal)


def _begun(here: Passage, before: Motion | None, profile: Profile, *, in_sentences: bool) -> Motion | None:
    """The motion that a passage begins, or that it goes on with."""
    numbered = here.plain if here.marker is None else f"{here.marker} {here.plain}"  # "D. Moss, S. Fenn:"
    moved = profile.pattern("minutes.movers").match(numbered)
    rest = moved.get("rest", "") if moved is not None else ""
    if moved is not None and (in_sentences or not rest):
        return Motion(here, [as_printed(here, rest)] if rest else [])
    if before is None and profile.pattern("minutes.motion").match(here.plain) is None:
        return None
    first, texts = before or Motion(here, [])
    if texts and texts[-1:] == texts[:1] and isinstance(texts[0], str) and texts[0].endswith(".") and not _listed(here):
        return before  # a whole sentence was moved: this is the debate, or the vote
    return Motion(first if texts else here, [*texts, here])


def _listed(here: Passage) -> bool:
    return here.marker is not None or here.bullet


def as_printed(passage: Passage, rest: str) -> str:
    """The end of a passage as printed, given as compared."""
    same = len(passage.text) == len(passage.plain)
    return passage.text[len(passage.text) - len(rest) :] if same else rest


def without_vote(text: str, profile: Profile) -> str:
    """The text without the vote or the movers that stand behind it.

    >>> without_vote("that the plan be adopted. Carried.", general_profile())
    'that the plan be adopted.'
    """
    pattern = profile.pattern("minutes.vote")
    for match in _BEFORE_VOTE.finditer(text):
        if match.start() > 0 and not _goes_on(text, match.end()) and pattern.match(text[match.end() :]) is not None:
            return text[: match.start()].rstrip(",;")
    return text


def _goes_on(text: str, at: int) -> bool:
    """Whether a bracket stands within a sentence: "that (by 4 votes to 0) the scheme be kept"."""
    inside, closes, behind = text[at:].partition(")")
    return inside.startswith("(") and bool(closes) and behind.lstrip()[:1].islower()


_BEFORE_VOTE = re.compile(
    r"(?<=[.;\]\)])\s+(?=[A-Z(\[])|(?<=,)\s+(?=passed|carried|all|agreed|unanimous)|\s+(?=[(\[]|C(?:arried|ARRIED)\.?$)"
)
