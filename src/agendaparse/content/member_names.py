"""Which of the members that a front sheet names are one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agendaparse.content.name_lists import initialled
from agendaparse.records import Member


def without_repetitions(members: Sequence[Member]) -> list[Member]:
    """The members, of which one named in full and again by initials is one: "Chair: Councillor U Moss".

    >>> without_repetitions([Member("Una Moss", "Member"), Member("U Moss", "Chair")])
    [Member(name='Una Moss', role='Chair')]
    """
    seated = {m.name for m in members if m.role != "Contact"}  # a chair may be whom to ask, too
    members = [m for m in members if m.role != "Contact" or m.name not in seated]
    office = {m.name: m.role for m in members if m.name and m.role in ("Chair", "Vice-Chair")}
    members = [replace(m, role=office.get(m.name or "", m.role)) if m.role == "Member" else m for m in members]
    full = {key: m for m in members if m.name and (key := initialled(m.name)) != m.name}
    found: dict[Member, Member] = {}
    for member in members:
        same = full.get(member.name or "")
        if same is None or member.role == "Contact":
            found.setdefault(member, member)
        elif member.role != same.role == "Member":  # the chair is the chair in full, too
            found[same] = replace(same, role=member.role)
    return list(found.values())
