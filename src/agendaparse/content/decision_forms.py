"""Decision notices: a form for each item, with its subject, what was decided, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from agendaparse.content.passages import Passage, PrintedLine, Setting, find_passages
from agendaparse.profile import Profile


@dataclass
class DecisionForm:
    """One form: the item's number and title, all its lines, and those that say what was decided."""

    minute: str | None
    title: str
    first: PrintedLine
    lines: list[PrintedLine] = field(default_factory=list)
    decided: list[PrintedLine] = field(default_factory=list)

    def passages(self, profile: Profile, setting: Setting) -> list[Passage]:
        """What was decided, as passages; empty if the form does not say."""
        return find_passages(self.decided, profile, setting)


def find_forms(lines: Sequence[PrintedLine], profile: Profile) -> list[DecisionForm]:
    """The forms of a decision notice, each headed "(a) Subject: ..." with its agenda item."""
    subject, reference = profile.pattern("minutes.subject"), profile.pattern("minutes.item_reference")
    decision, part = profile.pattern("minutes.form_decision"), profile.pattern("minutes.form_part")
    forms: list[DecisionForm] = []
    titled = deciding = False
    for here in lines:
        match = subject.match(here.text)
        if match is not None:
            forms.append(DecisionForm(None, match["title"], here))
            titled = deciding = False
        elif forms and not titled:
            number = reference.match(here.text)
            titled = number is not None or here.text.startswith("(")
            if number is not None:
                forms[-1].minute = number["value"]
            elif not titled:
                forms[-1].title += f" {here.line.text}"
            else:
                forms[-1].lines.append(here)
        elif forms:
            if decision.match(here.text) is not None:
                deciding = True
            elif here.line.words[0].bold and part.match(here.text) is not None:
                deciding = False
            elif deciding:
                forms[-1].decided.append(here)
            forms[-1].lines.append(here)
    return forms
