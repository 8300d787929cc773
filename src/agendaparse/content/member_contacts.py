"""Whom a front sheet names to ask about the meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from agendaparse.content.front_text import FrontText
from agendaparse.content.labels import front_labels
from agendaparse.profile import Profile
from agendaparse.records import Member

_NUMBER_BEFORE = re.compile(r"(?:e-?mail|tel)\b.*\d - (?=[A-Z])", re.IGNORECASE)  # "Tel: 01632 960071 - Jo Marsh"
_REACHED = re.compile(r"(?:tel|phone|direct|e-?mail)\b.*\d|\S+@\S+|e-?mail:", re.IGNORECASE)


def find_asked(front: FrontText, members: Sequence[Member], profile: Profile) -> Iterator[Member]:
    """Whom to ask about the meeting: named under a label, or in a sentence.

    >>> list(find_asked(front, [], general_profile()))  # doctest: +SKIP
    [Member(name='Jo Marsh', role='Contact')]
    """
    known, job = {m.name for m in members}, profile.pattern("member.job")
    person, sentence = profile.pattern("member.contact_name"), profile.pattern("member.contact")
    with_job = profile.pattern("member.contact_with_job")
    labelled = person.search(front.fields.get("contact", ""))
    found = [labelled["name"]] if labelled is not None and labelled.start() == 0 else []
    labels = front_labels(profile)
    for label, text in pairwise(front.paragraphs):
        match = person.search(text) if labels.whole(label) == "contact" else None
        found += [match["name"]] if match is not None and match.start() == 0 else []
    asked = [*front.paragraphs, *front.closing, *front.closing_paragraphs]
    for text, name in pairwise(asked):
        named = person.search(name.removeprefix("Name: ")) if name.startswith("Name: ") else None
        heads = text.endswith(":") or "contact" in text.casefold()
        found += [named["name"]] if named is not None and named.start() == 0 and heads else []
        asks = text.endswith(":") and any(word in text.casefold() for word in ("contact", "ask for", "officer is"))
        matches = (p.search(name) for p in (with_job, person)) if asks else ()
        found += [m["name"] for m in matches if m is not None and m.start() == 0][:1]
    found += _signed(front.closing, profile)
    for text in asked:
        match, number = sentence.search(text), _NUMBER_BEFORE.match(text)
        found += [match["name"]] if match is not None else []
        called = person.search(text[number.end() :]) if number is not None else None
        found += [called["name"]] if called is not None and called.start() == 0 else []
    for name in dict.fromkeys(found):
        if job.match(name) is None and name not in known and not any(k and name in k for k in known):
            yield Member(name, "Contact")


def _signed(lines: Sequence[str], profile: Profile) -> Iterator[str]:
    """Who stands below an agenda above their post in democratic services and their telephone or address."""
    person, post = profile.pattern("member.contact_name"), profile.pattern("member.contact_label")
    for name, job, reached in zip(lines, lines[1:], lines[2:], strict=False):
        match = person.search(name) if _REACHED.match(reached) is not None and post.match(job) is not None else None
        if match is not None and match[0] == name:
            yield match["name"]
