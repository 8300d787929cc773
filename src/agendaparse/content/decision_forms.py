"""Decision notices: a form for each item, with its subject, what was decided, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from agendaparse.content.passages import PrintedLine
from agendaparse.content.text import plain
from agendaparse.layout.lines import Line
from agendaparse.layout.words import Word
from agendaparse.profile import Profile

_COLUMN = 6.0  # points within which the labels of a form stand under each other
_GAP = 1.2  # of the font size: parts a label from its value
_LONGEST_LABEL = 12  # words


@dataclass
class DecisionForm:
    """One form: the item's number and title, all its lines, and those that say what was decided."""

    minute: str | None
    title: str
    first: PrintedLine
    lines: list[PrintedLine] = field(default_factory=list)
    decided: list[PrintedLine] = field(default_factory=list)


@dataclass(frozen=True)
class _Part:
    """The label that begins a part of a form, and the words beside it."""

    number: str | None  # before the label: "1."; of a letter in brackets nothing is kept
    label: str
    value: tuple[Word, ...]


def find_forms(lines: Sequence[PrintedLine], profile: Profile) -> list[DecisionForm]:
    """The forms of a decision notice; empty unless each names its subject and says what was decided.

    >>> find_forms([], general_profile())
    []
    """
    starts = [b for b in lines if (p := _part(b, profile)) is not None and p.label in profile.labels["form subject"]]
    if not starts:
        return []
    left = min(b.line.box.x0 for b in starts)
    forms: list[DecisionForm] = []
    section = ""
    for here in lines:
        part = _part(here, profile) if here.line.box.x0 - left < _COLUMN else None
        if part is not None and part.label in profile.labels["form subject"]:
            forms.append(DecisionForm(part.number, Line(part.value).text if part.value else "", here))
            section = "subject"
        elif forms and part is not None:
            section = "decision" if part.label in profile.labels["form decision"] else part.label
            forms[-1].lines.append(here)
            if part.value and section == "decision":
                forms[-1].decided.append(_cut(here, part.value))
        elif forms:
            section = _read_on(forms[-1], section, here, profile)
    return forms if all(form.decided for form in forms) else []


def _read_on(form: DecisionForm, section: str, here: PrintedLine, profile: Profile) -> str:
    """A line without a label goes to the part that it stands in; the part that the next one stands in."""
    reference = profile.pattern("minutes.item_reference").match(here.text)
    if section == "subject" and reference is not None:
        form.minute = reference["value"]
        return "titled"
    if section == "subject" and profile.pattern("minutes.form_byline").match(here.text) is not None:
        section = "titled"
    if section == "subject":
        form.title = f"{form.title} {here.line.text}".strip()
        return section
    form.lines.append(here)
    if section == "decision":
        form.decided.append(here)
    return section


def _part(here: PrintedLine, profile: Profile) -> _Part | None:
    """The label at a line's head: before a colon or a gap, in bold before its value, or the whole line."""
    words = here.line.words
    number = None
    if len(words) > 1 and profile.pattern("minutes.list_number").match(words[0].text) is not None:
        number, words = words[0].text, words[1:]
    if not words[0].text[0].isupper():
        return None
    pairs = enumerate(zip(words[: _LONGEST_LABEL + 1], words[1:], strict=False), 1)
    end = next((k for k, (a, b) in pairs if _parted(a, b)), len(words))
    end = next((k + 1 for k, w in enumerate(words[:end]) if w.text.endswith(":")), end)
    if end > _LONGEST_LABEL:
        return None
    label = plain(" ".join(w.text for w in words[:end])).casefold().strip(" :-.")
    counted = number.strip(".)") if number is not None and number.strip(".)").isdigit() else None
    return _Part(counted, label, words[end:])


def _parted(left: Word, right: Word) -> bool:
    return right.x0 - left.x1 > _GAP * left.size or (left.bold and not right.bold)


def _cut(here: PrintedLine, words: tuple[Word, ...]) -> PrintedLine:
    line = Line(words)
    return PrintedLine(here.pdf_page, line, plain(line.text), underlined=False)
