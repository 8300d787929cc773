"""Contacts of a report: role, title, name, telephone and e-mail, in whatever cells, lines or columns they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import regex

from agendaparse.content.contact_pieces import EMAIL, PHONE, POSTCODE, Piece, in_columns, pieces_of
from agendaparse.content.labels import cover_labels, label_key, label_keys
from agendaparse.content.numbered import split_paragraphs
from agendaparse.content.segments import Segment, value_text
from agendaparse.content.text import plain
from agendaparse.profile import Profile
from agendaparse.records import Contact

_REACH = re.compile(r"\s(?:tel|phone|e-?mail)", re.IGNORECASE)
_ANOTHER = re.compile(r"(?<=\w)\s(?:&|and)\s(?=(?P<name>[A-Z][\w'-]+ [A-Z][\w'-]+),\s[A-Z])")
_EXTENSION = re.compile(r"\d{3,6}")
_NEXT = re.compile(r"^[\s,;/|]*(?:(?:or|and|&)\s+)?")
_MARKS = (",", " - ", ":", ";", " (")  # behind a name
_COUNCILLOR = re.compile(r"^(?:councillor|cllr)\.? ", re.IGNORECASE)
_DAY_BEHIND = re.compile(r", \d{1,2} [A-Z][a-z]+ \d{4}$")  # of the report
_MOST_LISTED = 20  # lines
_LONGEST_ROLE = 6  # words
_CUT_ADDRESS = re.compile(r"(?<=[\w.]-)\s(?=[\w.-]+@)")
_LEFT_OVER = " :,;.-|"
_LIST_OF_NAMES = re.compile(r"\s+(?:and|&|/)\s+")


def read_contacts(segments: Sequence[Segment], profile: Profile) -> list[Contact]:
    """The contacts that a report names, in order; one that it names twice is one."""
    found: list[_Draft] = []
    reviewers = label_keys(profile, "reviewer")
    officers = label_keys(profile, "names_officer")
    for segment, above in zip(segments, (None, *segments), strict=False):
        reviews = above is not None and above.field == "contacts" and label_key(segment.heading) in reviewers
        names = segment.field == "report_of" and label_key(segment.heading) in officers
        if found and found[-1].name and segment.field is None and _is_reach(segment.heading, profile):
            text = plain(value_text(segment))  # the e-mail address in a row of its own
            email, phone = EMAIL.search(text), PHONE.search(text)
            found[-1].add(_Draft(None, None, [], phone[0] if phone else None, email[0] if email else None))
        if segment.field == "contacts" or reviews or names:
            said = _is_sentence(segment, profile)
            own = list(_in_sentences([segment], profile)) if said else _Reader(profile, segment.heading).read(segment)
            for draft in own:
                draft.form = _form_of(segment)
            if own and own[0].name is None and found:  # "Contact details:" of the author above
                found[-1].add(own.pop(0))
            found += own
    found = (
        [d for d in found if d.name]
        or _in_rows(segments, profile)
        or _behind_lead(segments, profile)
        or list(_in_sentences(segments, profile))
    )
    member = profile.pattern("contact.member")
    for draft in found:  # whoever answers for a report with an address of their own, a member as well
        if draft.name and draft.email and draft.title:
            draft.name = _COUNCILLOR.sub("", draft.name)
    return _merged(d for d in found if d.name and member.match(d.name) is None)


def _form_of(segment: Segment) -> tuple[int, int] | None:
    """The ruled form that a segment stands in."""
    cell = segment.first.cell
    return (segment.first.pdf_page, cell.table) if cell is not None and cell.kind == "form" else None


def _is_reach(heading: str, profile: Profile) -> bool:
    """Whether a label says how somebody is reached: "E-mail:"."""
    match = profile.pattern("contact.label").match(heading.rstrip(" :"))
    return match is not None and next(iter(match)) in ("tel", "email")


def _is_sentence(segment: Segment, profile: Profile) -> bool:
    """Whether a heading of contacts stands over a sentence that names one: it is read as such, and not line by line."""
    points = split_paragraphs(segment.lines) if not segment.value else []
    return bool(points) and profile.pattern("contact.sentence").search(plain(points[0].text)) is not None


def _in_rows(segments: Sequence[Segment], profile: Profile) -> list[_Draft]:
    """Those in the rows of a table whose first cells say what they are: "Report Author | Jo Marsh | ..."."""
    lines = [b for s in segments for b in s.lines if b.is_data]
    labels = cover_labels(profile)
    found: list[_Draft] = []
    for _, row in groupby(lines, key=lambda b: (b.pdf_page, b.cell.table, b.cell.row) if b.cell is not None else ()):
        first, *others = row
        if others and labels.whole(first.text) == "contacts":
            found += _Reader(profile, first.text).read(Segment("contacts", first.text, first, [], others))
    return [d for d in found if d.name and (d.tel or d.email)]


def _behind_lead(segments: Sequence[Segment], profile: Profile) -> list[_Draft]:
    """Those listed without a label behind "For further information, contact the Planning Unit:"."""
    lead = profile.pattern("contact.lead")
    lines = [here for s in segments for here in (s.first, *s.lines)]
    found: list[_Draft] = []
    for i, here in enumerate(lines):
        if lead.match(here.text) is not None:
            listed = [b for b in lines[i + 1 : i + _MOST_LISTED] if b.pdf_page == here.pdf_page]
            found += _Reader(profile, "Contact").read(Segment("contacts", "Contact", here, [], listed))
    return [d for d in found if d.tel or d.email]


def _in_sentences(segments: Sequence[Segment], profile: Profile) -> Iterator[_Draft]:
    """Whom a sentence names: "This report was written by Jo Marsh, Head of Piers, who can be contacted on ..."."""
    pattern = profile.pattern("contact.sentence")
    for segment, point in ((s, p) for s in segments for p in split_paragraphs(s.lines)):
        text = _CUT_ADDRESS.sub("", plain(point.text))
        match = pattern.search(text)
        if match is not None and profile.pattern("member.job").match(match["name"]) is None:
            email, phone = EMAIL.search(text), PHONE.search(text)
            if email is None and phone is None:  # in the cells below, in a form
                whole = " ".join(b.line.text for b in segment.lines if b.cell is not None)
                email, phone = EMAIL.search(whole), PHONE.search(whole)
            title = [_REACH.split(match["title"])[0].strip(" ,")] if match["title"] else []
            yield _Draft(
                "Report Author",
                match["name"],
                title,
                phone[0] if phone else None,
                email[0].strip(".") if email else None,
            )


def _merged(drafts: Iterator[_Draft]) -> list[Contact]:
    kept: list[_Draft] = []
    for draft in drafts:
        same = next((k for k in kept if k.name == draft.name and not (k.email and draft.email)), None)
        if same is not None and same.form == draft.form is not None and same.role != draft.role:
            kept.append(draft)  # one officer under two labels of a form
            continue
        if same is not None:
            same.add(draft)
        elif not any((k.name, k.email) == (draft.name, draft.email) for k in kept):
            kept.append(draft)
    return [d.contact() for d in kept]


@dataclass
class _Draft:
    """A contact on its way."""

    role: str | None
    name: str | None = None
    title: list[str] = field(default_factory=list)
    tel: str | None = None
    email: str | None = None
    form: tuple[int, int] | None = None  # page and table of the form that names them
    is_guess: bool = False  # another name under the same label: a heading may look like one

    def add(self, other: _Draft) -> None:
        """What the other knows and this one does not."""
        self.title = self.title or other.title
        self.tel, self.email = self.tel or other.tel, self.email or other.email

    def contact(self) -> Contact:
        return Contact(self.role, " ".join(self.title) or None, self.name or "", self.tel, self.email)


class _Reader:
    """Reads the lines of one segment: a label says what follows; what has none is told by its look."""

    def __init__(self, profile: Profile, heading: str) -> None:
        self._roles = profile.fields["contacts"]
        self._name, self._job = profile.pattern("member.name"), profile.pattern("member.job")
        self._label, self._place = profile.pattern("contact.label"), profile.pattern("contact.place")
        self._drafts: list[_Draft] = []
        self._role = singular(heading)
        self._pending: list[str] = []  # text before the name: a title, or the role of who is named next
        self._open: str | None = None  # the label whose value may go on
        self._cut = ""  # the first half of a name that the line cuts: "... or Jo / Marsh, Planner"

    def read(self, segment: Segment) -> list[_Draft]:
        pieces = pieces_of(segment)
        table = self._by_header(pieces)
        if table:
            return table
        for piece in in_columns(pieces):
            self._line(piece)
        if self._names_a_service(segment):
            self._drafts[0].name = self._pending[0]
        self._settle_pending()
        reached = any(d.tel or d.email for d in self._drafts)
        return [d for d in self._drafts if not (reached and d.is_guess and not (d.tel or d.email))]

    def _names_a_service(self, segment: Segment) -> bool:
        """Whether what stands behind "Contact name:" is no person, but an office that can be reached."""
        alone = len(self._drafts) == 1 and self._drafts[0].name is None and len(self._pending) == 1
        named = self._kind(segment.heading) == "name" or self._kind(segment.heading.split()[-1]) == "name"
        return alone and named and bool(self._drafts[0].tel or self._drafts[0].email)

    def _by_header(self, pieces: list[Piece]) -> list[_Draft]:
        """A table with a row of headers: Name, Position, Telephone, E-mail."""
        rows: dict[tuple[int, float], list[Piece]] = {}
        for piece in pieces:
            rows.setdefault(piece.row[:2], []).append(piece)
        listed = list(rows.values())
        heads = [self._kind(p.text) for p in listed[0]] if listed else []
        below = [p for row in listed[1:] for p in row]
        known = sum(kind is not None for kind in heads)  # beside them a column for signatures
        if known < 2 or known < len(heads) - 1 or "name" not in heads or not below:  # noqa: PLR2004
            return []
        if any(self._kind(p.text) for p in below):
            return []
        columns = dict(zip((p.column for p in listed[0]), heads, strict=True))
        for row in listed[1:]:
            draft = _Draft(self._role)
            for piece in row:
                kind = columns[min(columns, key=lambda x: abs(x - piece.column))]
                if kind is not None:
                    self._put(draft, kind, piece.text)
            self._drafts.append(draft)
        return self._drafts

    def _kind(self, text: str) -> str | None:
        """What a text means that is a label and nothing else."""
        match = self._label.match(text.rstrip(" :"))
        return next(iter(match), None) if match is not None else None

    def _line(self, piece: Piece) -> None:
        text = f"{self._cut} {piece.text.strip()}".strip()
        self._cut = ""
        kind = self._kind(text)
        if kind is not None:
            self._begin_label(kind, "")
            return
        headed = piece.bold and text.endswith(":") and len(text.split()) <= _LONGEST_ROLE
        known = text.casefold().rstrip(" :") in self._roles
        if known or headed:
            self._settle_pending()
            self._role, self._open = singular(text), None if known else "other"
            if known or not self._drafts:
                self._drafts.append(_Draft(self._role))
            return
        head, colon, rest = text.partition(": ")
        if colon and self._names_post(head) and self._is_name(_parted(rest)[0]):
            self._settle_pending()
            self._role, self._open = singular(head), None
            self._drafts.append(_Draft(self._role))
            text = rest
        at = 0
        for match in self._label.compiled.finditer(text):
            if not _is_label(text, match):
                continue
            self._value(text[at : match.start()])
            self._begin_label(next(k for k, v in match.groupdict().items() if v is not None), text)
            at = match.end()
        self._value(text[at:])

    def _names_post(self, text: str) -> bool:
        """Whether a text is a label that says what somebody is: "Accountable Executive Director"."""
        return len(text.split()) <= _LONGEST_ROLE and self._job.match(text) is not None and self._kind(text) is None

    def _begin_label(self, kind: str, _: str) -> None:
        if self._pending and kind in ("name", "title"):
            self._role = singular(" ".join(self._pending))
            self._drafts.append(_Draft(self._role))
            self._pending = []
        elif kind == "name" and self._drafts and self._drafts[-1].name is not None:
            self._drafts.append(_Draft(self._role))
        self._open = kind

    def _value(self, text: str) -> None:
        text = text.strip(_LEFT_OVER).lstrip(")").rstrip("(")
        text = text if text.count("(") == text.count(")") else text.strip("()")
        if not text:
            return
        email, phone = EMAIL.search(text), PHONE.search(text)
        if email is not None or phone is not None:
            self._reach(text, email, phone)
        elif (other := self._second(text)) is not None:
            self._value(text[: other.start()])
            self._value(text[other.end() :])
        elif self._open == "other" and not self._is_name(_parted(text)[0]):
            self._open = None  # the value of a label that is about something else
        elif self._open in ("name", "title") or (self._open == "tel" and text.isdigit()):
            self._put(self._current(), self._open or "title", text)
            if self._open == "name":
                self._open = None
        else:
            self._unlabelled(text)

    def _second(self, text: str) -> re.Match[str] | None:
        """Where a second officer begins: "Jo Marsh, Head of Piers & Ann Lee, Clerk"."""
        found = _ANOTHER.search(text)
        return found if found is not None and self._is_name(found["name"]) else None

    def _reach(self, text: str, email: re.Match[str] | None, phone: re.Match[str] | None) -> None:
        """A text that holds an address or a number, what stands before it, and perhaps the next person."""
        if email is not None and phone is not None and phone.start() > email.end():
            phone = None  # it comes with the rest
        found = [m for m in (email, phone) if m is not None]
        self._open = None
        self._value(text[: min(m.start() for m in found)])
        self._keep(email, phone)
        self._open = None
        rest = _NEXT.sub("", text[max(m.end() for m in found) :]).strip(_LEFT_OVER)
        if rest.istitle() and " " not in rest:
            self._cut = rest
        else:
            self._value(rest)

    def _keep(self, email: re.Match[str] | None, phone: re.Match[str] | None) -> None:
        if email is not None:
            self._settle_by_address(email[0])
        else:
            self._settle_title()
        draft = self._current()
        if (email is not None and draft.email) or (phone is not None and email is None and draft.tel):
            return  # a second number of the same person
        if email is not None:
            draft.email = email[0].strip(".")
        if phone is not None:
            draft.tel = phone[0].strip()

    def _settle_by_address(self, address: str) -> None:
        """Take what looked like the next name for a title, if the address is that of the person before.

        "Jo Marsh, 01234 567890, Superintendent Registrar, jo.marsh@harrow.example"
        """
        if len(self._drafts) < 2:  # noqa: PLR2004
            return
        before, last = self._drafts[-2:]
        untold = not (before.title or before.email or last.title or (before.tel and last.tel))
        if last.is_guess and untold and _is_in(before.name, address) and not _is_in(last.name, address):
            before.title, before.tel = [last.name or ""], before.tel or last.tel
            self._drafts.pop()

    def _settle_title(self) -> None:
        """Take what stands between a name and a number for a title, in whatever words: "Jo Marsh / Harbour Master"."""
        pair = self._drafts[-2:]
        bare = len(pair) > 1 and not any(d.title or d.tel or d.email for d in pair)
        if bare and pair[1].is_guess and pair[0].name is not None:
            pair[0].title = [pair[1].name or ""]
            self._drafts.pop()

    def _unlabelled(self, text: str) -> None:
        name, mark, rest = self._before_job(text) or _parted(_DAY_BEHIND.sub("", text))
        if POSTCODE.search(text) is not None:
            return  # where they are to be found
        if self._is_name(name):
            draft = self._current()
            if draft.name is not None:
                draft = _Draft(self._role, is_guess=not mark)
                self._drafts.append(draft)
            draft.name = name
            draft.title = [*self._pending, *([rest] if mark and rest else [])]
            self._pending = []
            return
        if self._drafts and self._drafts[-1].name is not None and not self._drafts[-1].email:
            if not (self._drafts[-1].tel and self._drafts[-1].title):
                self._drafts[-1].title.append(text)
        elif len(text.split()) <= 10 and text[0].isupper():  # noqa: PLR2004
            self._pending.append(text)

    def _before_job(self, text: str) -> tuple[str, str, str] | None:
        """Name and title with nothing between them: "Jo Marsh Head of Piers"; None where they are not so."""
        last = self._drafts[-1] if self._drafts else None
        words = text.split() if last is None or last.name is None or last.tel or last.email else []
        for n in (2, 3):
            begins = len(words) > n + 1 and words[n][0].isupper() and self._job.match(words[n]) is not None
            if begins and self._is_name(" ".join(words[:n])) and "," not in text:
                return " ".join(words[:n]), " ", " ".join(words[n:])
        return None

    def _is_name(self, text: str) -> bool:
        words = text.split()
        if not 2 <= len(words) <= 5 or self._job.match(text) is not None or self._place.match(text) is not None:  # noqa: PLR2004
            return False
        match = self._name.match(text)
        return match is not None and match["name"].strip(" ,") == text

    def _current(self) -> _Draft:
        if not self._drafts:
            self._drafts.append(_Draft(self._role))
        return self._drafts[-1]

    def _put(self, draft: _Draft, kind: str, text: str) -> None:
        if kind == "name":
            name, _, rest = _parted(text)
            draft.name = f"{draft.name} {text}" if draft.name else name
            draft.title += [rest] if rest else []
        elif kind == "title":
            draft.title.append(text)
        else:
            email, phone = EMAIL.search(text), PHONE.search(text)
            draft.email = draft.email or (email[0] if email else None)
            extension = _EXTENSION.fullmatch(text)
            draft.tel = draft.tel or (phone[0] if phone else extension[0] if extension else None)

    def _settle_pending(self) -> None:
        self._pending = []


def _is_in(name: str | None, address: str) -> bool:
    """Whether an address is made of a name's last word."""
    return name is not None and name.split()[-1].casefold() in address.partition("@")[0].casefold()


def _is_label(text: str, match: regex.Match[str]) -> bool:
    """Whether a word is a label: a colon follows, or it begins the text before a value that looks like one."""
    after = text[match.end() :]
    if after.lstrip().startswith(":") or text[: match.end()].rstrip().endswith(":"):
        return True
    value = after.lstrip(" .")
    return bool(EMAIL.match(value) or PHONE.match(value)) or (
        match.start() == 0 and after[:1] == " " and _titled(match)
    )


def _titled(match: regex.Match[str]) -> bool:
    return match.groupdict().get("title") is not None and match[0][0].isupper()


def _parted(text: str) -> tuple[str, str, str]:
    """Name and title: "Jo Marsh, Head of Piers", "Jo Marsh - Head of Piers", "Jo Marsh (Head of Piers)"."""
    found = min((mark for mark in _MARKS if mark in text), key=text.index, default=None)
    if found is None:
        return text, "", ""
    name, _, rest = text.partition(found)
    return name.strip(), found, rest.strip().removesuffix(")") if found == " (" else rest.strip()


def singular(role: str) -> str:
    """A heading as the role of one: "Report Authors:" is "Report Author"."""
    role = plain(role).strip(" :?-•●▪◦○").replace("(s)", "")
    return role.removesuffix("s") if not role.casefold().endswith(("ss", "ies", "details", "address")) else role
