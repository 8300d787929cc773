"""The members that a front sheet lists: in columns, in sentences, by party, or in a table; and whom to ask."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby, pairwise, takewhile

from agendaparse.content.agenda import Agenda
from agendaparse.content.body import BodyLine
from agendaparse.content.contact_pieces import POSTCODE
from agendaparse.content.front_text import FrontText
from agendaparse.content.labels import front_labels, label_key, label_keys, role_keys
from agendaparse.content.member_contacts import find_asked
from agendaparse.content.member_names import without_repetitions
from agendaparse.content.member_pieces import Piece, Row, find_member_tables, find_pieces
from agendaparse.content.name_lists import (
    MANY,
    TITLED,
    honours_of,
    is_open,
    names_several,
    split_names,
    title_of_each,
)
from agendaparse.content.stamps import StampedPage
from agendaparse.content.text import plain
from agendaparse.profile import Profile
from agendaparse.records import Document, Member

# Of the font size.
_LEADING = 1.7  # from line to line of one list of names
_LOOSER = 1.3  # times the least step of the page is no step within one list
_NAMING = 0.6  # of the texts of a column that names people
_LOOSE = 2.0  # from a list to what stands below it
_COLUMN = 10.0  # points within which the lines of a column begin
_COLUMNS = 4  # of a list, at most
_PROSE = 9  # words: a longer line that lists no names ends a list
_SEVERAL = 2  # of one kind are no accident
_PLAN_PAGES = 6  # of a forward plan, among which its committee's members stand
_SHORT = 7  # words of a heading
_HEADED = re.compile(r"(?P<role>[^()]+?)(?: \(\d+(?: members)?\))?:?-?")
_PARTY = re.compile(r"(?P<party>[A-Z][\w &'/-]{2,40}(?: \(\d{1,2}\)| Group| Party)):?")
_LABELLED = re.compile(r"(?P<label>[A-Z][\w &'/()-]{1,50}?)(?: \(\d{1,2}\))?(?:: ?| - )(?P<rest>\S.*)")
_MEETING = ("date", "time", "venue", "published")  # labels of a sheet below which no member stands
_LAST_NAME = re.compile(r" (?:and|&) (?:\S+ ){1,3}[A-Z]\S{2,}$")  # of a list
_TO = re.compile(r"to: (?=\D+:)", re.IGNORECASE)
_COUNCILLORS_OF = re.compile(r"(?:councillors|cllrs|aldermen)\b(?= (?:of|on|from|for)\b)", re.IGNORECASE)
_CLAUSE = re.compile(
    r"; (?:and )?(?=(?:councillors?|cllrs?)\b)|\. (?=[A-Z]\w+ members?:)", re.IGNORECASE
)  # of a sentence of members
_BRACKET = re.compile(r"\(([^()]*)\)$")
_SAID = re.compile(r"\(([^)]*)\)|, ([^,()]+)| - ([^,()]+)")  # behind a name
_ELECTED = re.compile(
    r"(?:(?:borough|county|district|town|parish|city) )?(?:councillor|cllr|alderman|mayor|lord|lady|sir|baroness)\b",
    re.IGNORECASE,
)
_COUNCILLORS = re.compile(r"(?:.* - )?councillors?\s?[:-]{0,2}", re.IGNORECASE)
_CUT_NAME = re.compile(r"\b[A-Z]\w+ [A-Z]\w+-$")
_APPOINTED = re.compile(r"\([^()]*\b(?:independent|co-?opted|representative|governor|diocese)\b", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][\w'.-]*(?: [A-Z][\w'.-]*){1,3}(?: \([^()]+\))?$")
_SURNAME = re.compile(r"[A-Z][a-z\w'-]{2,}")
_BARE = re.compile(r"(?!Vacan)[A-Z][a-z\w'-]{2,}(?: [A-Z]{1,2})?")  # "Parker J" among surnames


def read_members(
    pages: Sequence[StampedPage],
    documents: Sequence[Document],
    agenda: Agenda | None,
    front: FrontText,
    profile: Profile,
) -> list[Member]:
    """The members as the front sheet lists them, with their roles; a vacancy has no name."""
    if documents[0].kind == "other":
        return _of_a_plan(pages, front, profile)
    if documents[0].kind not in ("front_sheet", "agenda"):
        return []
    reader = _Reader(profile)
    tables, lines = find_member_tables(front.lines, profile)
    members = [m for table in tables for m in reader.table(table)]
    first_item = agenda.lines[0][0] if agenda is not None else len(pages) + 1
    members += reader.pages(b for b in lines if b.pdf_page < max(first_item, 2))
    if all(m.role == "Contact" for m in members):  # some list them right above it
        heading = profile.pattern("agenda.heading")
        above = takewhile(lambda b: heading.match(b.text) is None, (b for b in lines if b.pdf_page == first_item > 1))
        members += reader.pages(above)
    members += [] if members else _civic(front, profile)
    if all(m.role == "Contact" for m in members):  # some list them below the agenda
        tables, lines = find_member_tables(front.behind, profile)
        members += [*(m for table in tables for m in reader.table(table)), *reader.lists(find_pieces(lines))]
    if all(m.role == "Contact" for m in members):
        members += reader.unheaded([*front.lines, *front.behind])
    if not members and (agenda is None or agenda.heading_page is None):
        # a letter that sends papers names who sends it; a sentence of it, whom to ask about the meeting
        front = replace(front, fields={}, behind=(), paragraphs=tuple(p for p in front.paragraphs if "enquir" in p))
    members = without_repetitions(members)
    return [*members, *find_asked(front, members, profile)]


def _of_a_plan(pages: Sequence[StampedPage], front: FrontText, profile: Profile) -> list[Member]:
    """The members on a page of a forward plan that is headed by the committee, and whom its first page says to ask."""
    body = profile.pattern("meeting.body")
    for stamped in pages[:_PLAN_PAGES]:
        lines = stamped.page.upright_lines
        if lines and body.match(plain(lines[0].text)) is not None:
            named = [BodyLine(stamped.page.pdf_page, line, plain(line.text), None) for line in lines]
            members = _Reader(profile).unheaded(named)
            if members:
                return [*members, *find_asked(front, members, profile)]
    return []


def _civic(front: FrontText, profile: Profile) -> list[Member]:
    """A mayor and the members of the districts below each other, as American councils print them."""
    pattern = profile.pattern("member.civic")
    found = [match for b in front.lines if (match := pattern.match(b.text)) is not None]
    roles = ["Member" if not m.get("mayor") else "Vice-Chair" if m.get("vice") else "Chair" for m in found]
    return [Member(m["name"], role) for m, role in zip(found, roles, strict=True)] if len(found) > _SEVERAL else []


class _Reader:
    """Goes down the sheet: a heading says the role of those below and right of it, prose ends a list."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._name, self._office = profile.pattern("member.name"), profile.pattern("member.office")
        self._job = profile.pattern("member.job")
        self._roles = role_keys(profile)
        self._ends = label_keys(profile, "ends members")
        self._names = label_keys(profile, "member_names")
        self._headings: list[tuple[float, str | None]] = []  # where a heading begins, and its role
        self._title: str | None = None  # that the heading gives to all below it: "Councillors:"
        self._heading: Callable[[str], str | None] = cache(self._find_heading)  # each line is asked several times
        self._labels, self._leading = front_labels(profile), _LEADING
        self._before: dict[float, str] = {}  # the last text of each column: a contact's job stands above the name
        self._members: list[tuple[float, Member]] = []  # with where their heading begins
        self._described: set[int] = set()  # where columns begin that name nobody
        self._left_list: float | None = None  # the top of the last member that is not set in the middle

    def table(self, rows: list[Row]) -> Iterator[Member]:
        """The rows of a table of names, with a role in the next cell or behind the name."""
        for cells in rows[1:]:
            found = self._person(cells[0], "Member")
            office = next((r for c in cells[1:] if (r := self._office_of(c)) is not None), None)
            if found is not None:
                yield Member(found.name, office or found.role)

    def pages(self, lines: Iterable[BodyLine]) -> list[Member]:
        """The members of pages, each read by itself."""
        return [m for _, own in groupby(lines, key=lambda b: b.pdf_page) for m in self.lists(find_pieces(own))]

    def unheaded(self, lines: Iterable[BodyLine]) -> list[Member]:
        """The people of a list without a heading: lines under each other that begin with the title of a councillor."""
        pieces = find_pieces(lines)
        elected = [k for k, p in enumerate(pieces) if _ELECTED.match(p.text) and self._person(p.text, "Member")]
        if len(elected) <= _SEVERAL or elected[-1] - elected[0] > 2 * len(elected):
            return []
        first, last = elected[0], elected[-1]
        columns = [pieces[k].x for k in elected]
        while first and self._is_beside(pieces[first - 1], pieces[first], columns):  # those of another title, or none
            first -= 1
        while last + 1 < len(pieces) and self._is_beside(pieces[last + 1], pieces[last], columns):
            last += 1
        people = (self._person(p.text, "Member") for p in pieces[first : last + 1])
        return [person for person in people if person is not None]

    def _is_beside(self, piece: Piece, near: Piece, columns: Sequence[float]) -> bool:
        """Whether a piece is a name on the line of a list's end, or on the next."""
        close = abs(piece.top - near.top) < _LEADING * near.size and piece.pdf_page == near.pdf_page
        under = any(abs(piece.x - x) < _COLUMN for x in columns)
        return close and under and _NAME.match(piece.text) is not None and self._heading(piece.text) is None

    def lists(self, pieces: Iterable[Piece]) -> list[Member]:
        """The members of a page under their headings, whatever their columns."""
        self._headings, self._before, self._members, self._left_list = [], {}, [], None
        pieces = list(pieces)
        steps = [(b.top - a.top) / b.size for a, b in pairwise(pieces) if a.pdf_page == b.pdf_page]
        self._leading = min(_LEADING, _LOOSER * min((step for step in steps if step > 1), default=_LEADING))
        rows = [list(row) for _, row in groupby(self._joined(pieces), key=lambda p: (p.pdf_page, p.top))]
        self._described = self._described_columns(rows)
        for row in rows:
            self._take_row(row)
        return [m for _, m in sorted(self._members, key=lambda placed: placed[0])]

    def _described_columns(self, rows: Sequence[Sequence[Piece]]) -> set[int]:
        """Where columns begin that say of the people left of them whom they speak for, or what they are."""
        beside: dict[int, list[tuple[bool, str]]] = {}
        for first, *others in rows:
            for piece in others if others and self._people(first.text, "Member") else ():
                beside.setdefault(round(piece.x), []).append((TITLED.match(first.text) is not None, piece.text))
        return {x for x, column in beside.items() if len(column) > _SEVERAL and self._describes(column)}

    def _describes(self, column: Sequence[tuple[bool, str]]) -> bool:
        """Whether many texts of a column name nobody; or nobody with a title, beside people who all have one."""
        texts = [text for _, text in column]
        if sum(bool(self._people(text, "Member")) for text in texts) < _NAMING * len(texts):
            return True
        return all(titled for titled, _ in column) and not any(TITLED.match(t) or t.endswith(":") for t in texts)

    def _joined(self, pieces: Iterable[Piece]) -> list[Piece]:
        """Lines that a list of names runs over, joined."""
        found: list[Piece] = []
        for piece in pieces:
            if found and (self._runs_on(found[-1], piece) or self._heads_on(found[-1], piece)):
                space = "" if found[-1].text.endswith("-") else " "
                above = found.pop()
                found.append(Piece(above.pdf_page, above.x, piece.top, above.size, above.text + space + piece.text))
                continue
            at = next((k for k, above in enumerate(found[-_COLUMNS:]) if self._goes_on(above, piece)), None)
            if at is None:
                found.append(piece)
            else:  # "Cllr Moss (Vice-" in one of several columns, "Chair)" below it
                at += max(0, len(found) - _COLUMNS)
                space = "" if found[at].text.endswith("-") else " "
                found[at] = found[at]._replace(text=found[at].text + space + piece.text, low=piece.top)
        return found

    def _heads_on(self, above: Piece, below: Piece) -> bool:
        """Whether a heading runs over two lines: "To: The Members of the Safer Quays" above "Scrutiny Committee:"."""
        close = 0 < below.top - above.lowest < self._leading * above.size and abs(above.x - below.x) < _COLUMN
        open_end = close and below.text.endswith(":") and not above.text.endswith(":")
        return (
            open_end
            and self._heading(above.text) is not None
            and self._heading(f"{above.text} {below.text}") is not None
        )

    def _goes_on(self, above: Piece, below: Piece) -> bool:
        """Whether a list in one of several columns goes on, or a name or bracket breaks off that a piece below ends."""
        if not 0 < below.top - above.lowest < self._leading * above.size or abs(above.x - below.x) > _COLUMN:
            return False
        listed = is_open(above.text) or (names_several(above.text) and _LAST_NAME.search(above.text) is None)
        return self._closes(above, below) or (listed and self._runs_on(above, below))

    def _closes(self, above: Piece, below: Piece) -> bool:
        """Whether a piece ends the name or bracket that one in its column breaks off in, or is an office."""
        opened = above.text.count("(") > above.text.count(")") or self._office_of(below.text.strip("()")) is not None
        cut = _CUT_NAME.search(above.text) is not None and _SURNAME.fullmatch(below.text) is not None
        return cut or (opened and below.text.endswith(")"))

    def _runs_on(self, above: Piece, below: Piece) -> bool:
        close = 0 < below.top - above.lowest < self._leading * above.size
        if not close or above.pdf_page != below.pdf_page or abs(above.x - below.x) > _COLUMN:
            return False
        if self._heading(above.text) is not None or self._heading(below.text) is not None:
            return False
        if _LABELLED.fullmatch(below.text) is not None or label_key(below.text) in self._ends:
            return False
        each = _ELECTED.match(above.text) is not None and _ELECTED.match(below.text) is not None
        each = each and not above.text.endswith((" and", " &"))
        heads = below.text.endswith(":") and _CLAUSE.search(below.text) is None
        if each or heads or MANY.match(below.text) is not None:
            return False
        labelled = _LABELLED.fullmatch(_TO.sub("", above.text))
        begun = labelled is not None and self._heading(labelled["label"]) is not None
        return begun or is_open(above.text) or names_several(above.text)

    def _take_row(self, row: Sequence[Piece]) -> None:
        """The stretches of one line: labels and values, or the columns of a list."""
        first, *others = row
        if self._profile.pattern("member.vacancy").match(first.text) is not None:
            row = [first, *(p for p in others if TITLED.match(p.text) is not None)]  # beside it: whom it stands for
            others = row[1:]
        columns = others and not any(self._heading(p.text) or self._people(p.text, "Member") for p in others)
        if columns and label_key(first.text) in self._names:
            for piece in row:  # "Name", "Organisation", "Party" over the columns of a table
                self._open(piece.x, "Member" if piece is first else None)
            return
        above = list(self._headings)
        for piece, beside in zip(row, [*others, None], strict=True):
            heading = self._heading(piece.text)
            if beside is None or heading is None or self._heading(beside.text) is not None:
                self._take(piece)
            elif heading == "Contact":  # a label: whom it names stands beside it, and not below
                self._open(beside.x, heading)
                self._before.pop(beside.x, None)
            else:
                self._take(piece)
                place = self._profile.pattern("meeting.place").match(beside.text)
                if place is not None or not self._people(beside.text, heading):
                    self._open(beside.x, None)  # a letter's address, beside to whom it goes
        if len(row) == _SEVERAL and self._heading(first.text) in ("Chair", "Vice-Chair"):
            self._headings = above if any(role for _, role in above) else [(first.x, "Member")]  # of one person only

    def _take(self, piece: Piece) -> None:
        text = piece.text
        if self._labels.whole(text) in _MEETING or label_key(text) in self._ends:
            self._open(piece.x, None)
            return
        heading = self._heading(text)
        if heading is not None:
            titles = _COUNCILLORS.fullmatch(text) is not None
            if not titles or self._above(piece) not in ("Member", "Substitute"):  # else a second row of heads
                self._open(0.0 if piece.centred else piece.x, heading)
            if titles:
                self._title = "Councillor"
            elif heading != "Member" or self._profile.pattern("member.heading").match(text) is not None:
                self._title = None  # a party's name keeps it
            return
        labelled = _LABELLED.fullmatch(_TO.sub("", text))
        if MANY.match(text) is not None and names_several(text):
            self._add(text, self._role(piece.x) or "Member", piece)
        elif labelled is not None and self._is_label(labelled) and self._is_under(labelled, piece):
            role = self._heading(labelled["label"]) or self._role(piece.x)
            role = "Contact" if self._is_contact(labelled["label"]) else role
            of_council = _COUNCILLORS_OF.match(labelled["label"])  # whose title each of them has
            listed = labelled["label"].endswith("s") and not of_council and MANY.match(labelled["rest"]) is None
            several = self._untitled(labelled["rest"], role or "Member") if listed else []
            self._members += [(self._left(piece.x), m) for m in several]
            rest = labelled["rest"] if of_council is None else f"{of_council[0]} {labelled['rest']}"
            if not several:
                self._add(rest, role or "Member", piece)
        else:
            self._take_plain(piece)

    def _take_plain(self, piece: Piece) -> None:
        """A text without a label: of the list above, if there is one; else it may say what somebody is to ask."""
        role = self._role(piece.x)
        if role is None and self._members and TITLED.match(piece.text) and _APPOINTED.search(piece.text):
            self._add(piece.text, "Appointed Member", piece)  # below a sentence of councillors
        elif role is not None:
            self._add(piece.text, role, piece)
        elif piece.text.endswith(":") and len(piece.text.split()) < _SHORT and self._is_contact(piece.text):
            self._open(piece.x, "Contact")
        elif len(piece.text.split()) > _PROSE:  # ends the columns beside it too
            self._open(piece.x, None)

    def _untitled(self, text: str, role: str) -> list[Member]:
        """The people of a list behind a label of several, where no title tells them from one person's description."""
        names = split_names(text)
        if len(names) > _SEVERAL and all(_BARE.fullmatch(n) and self._job.match(n) is None for n in names):
            return [Member(name, role) for name in names]
        if names_several(text):
            return []  # a list that says so itself
        if len(names) < 2 or any(len(n.split()) < 2 or self._job.match(n) is not None for n in names):  # noqa: PLR2004
            return []
        people = [self._person(name, role) for name in names]
        return [] if None in people else [m for m in people if m is not None]

    def _is_under(self, labelled: re.Match[str], piece: Piece) -> bool:
        """Whether a labelled list stands among members, or says itself that it is one."""
        return self._role(piece.x) is not None or self._heading(labelled["label"]) is not None

    def _is_label(self, labelled: re.Match[str]) -> bool:
        """Whether what stands before a colon labels a list; before a dash it must be a known heading."""
        return labelled[0][labelled.end("label") :].lstrip("() 0123456789")[:1] == ":" or (
            self._heading(labelled["label"]) is not None
        )

    def _open(self, x: float, role: str | None) -> None:
        self._left_list = None
        self._headings = [(at, r) for at, r in self._headings if at < x - _COLUMN]
        self._headings.append((x, role))

    def _above(self, piece: Piece) -> str | None:
        """The role whose heading stands right above a piece, in its column."""
        return next((role for at, role in reversed(self._headings) if abs(at - piece.x) < _COLUMN), None)

    def _role(self, x: float) -> str | None:
        under = [(at, role) for at, role in self._headings if at <= x + _COLUMN]
        return max(under, default=(0.0, None), key=lambda h: h[0])[1]

    def _left(self, x: float) -> float:
        """Where the heading of a column begins: the left column is given before the right."""
        return max((at for at, _ in self._headings if at <= x + _COLUMN), default=0.0)

    def _find_heading(self, text: str) -> str | None:
        """The role that a heading announces: "Committee Members:", "Membership of the Harbour Board (9)"."""
        if len(text.split()) > _SHORT + 8:
            return None
        match = _HEADED.fullmatch(text)
        known = self._roles.get(label_key(match["role"])) if match is not None else None
        if known is not None:
            return known
        if self._profile.pattern("member.appointed").match(text) is not None:
            return "Appointed Member"
        return "Member" if self._profile.pattern("member.heading").match(text) is not None else None

    def _add(self, text: str, role: str, piece: Piece) -> None:
        """One member, a list of them, or what ends the list."""
        if text.startswith("-") or POSTCODE.search(text) is not None:
            return
        if text.startswith("(") and text.endswith(")") and names_several(text[1:-1]):
            text = text[1:-1]
        clauses = _CLAUSE.split(text.rstrip(";")) if role != "Contact" else [text]
        for clause in clauses if len(clauses) > 1 else ():  # "Councillor Moss, Convener; and Councillors Fenn and Lark"
            said = _LABELLED.fullmatch(clause)
            own = self._heading(said["label"]) if said is not None else None
            self._add_one(clause if own is None or said is None else said["rest"], own or role, piece)
        if len(clauses) == 1:
            self._add_one(text, role, piece)

    def _add_one(self, text: str, role: str, piece: Piece) -> None:
        """One member, one list of them, or what ends the list."""
        if role == "Contact" and len(text.split()) > _PROSE:
            self._open(piece.x, None)
            return
        centred = self._left_list is not None and piece.centred and TITLED.match(text) is None
        apart = centred and self._left_list is not None and piece.top - self._left_list > _LOOSE * piece.size
        if role != "Contact" and (round(piece.x) in self._described or apart):
            if apart:  # a motto in the middle, below a list at the left
                self._open(0.0, None)
            return
        if role == "Contact":
            self._members += [(self._left(piece.x), m) for m in self._contact(text, self._before.get(piece.x))]
            self._before[piece.x] = text
            return
        council = self._profile.pattern("meeting.letterhead")
        if _PARTY.fullmatch(text) is not None or (text.endswith(":") and council.match(text[:-1]) is not None):
            return  # whose members stand below
        labelled = text.endswith(":") and (len(text.split()) > 2 or self._job.match(text) is not None)  # noqa: PLR2004
        if labelled or (self._is_contact(text) and len(text.split()) <= _SHORT):
            self._open(piece.x, "Contact" if self._is_contact(text) else None)
            return
        people = self._people(text, role)
        if not people and (len(text.split()) > _PROSE or "@" in text):
            self._open(piece.x, None)
        self._members += [(self._left(piece.x), m) for m in people]
        self._left_list = piece.top if people and not piece.centred else self._left_list

    def _people(self, text: str, role: str) -> list[Member]:
        behind = _BRACKET.search(text)  # "Mrs Agar and Mr Bates (Co-opted Members)"
        of_all = behind is not None and behind[1].endswith("s") and names_several(text)
        shared, many = self._heading(behind[1]) if behind is not None and of_all else None, MANY.match(text)
        role = shared or role if many is None else role
        name, dash, _ = text.partition(" - ") if many is None else (text, "", "")
        alone = self._person(name.rstrip(" -"), self._office_in(text) or role) if dash or text.endswith("-") else None
        if alone is not None:  # "Cllr Moss - Pier, Quay and Harbour": a ward, and no list
            return [alone]
        if not names_several(text):
            one = self._person(text, role)
            several = [self._person(name, role) for name in split_names(text)] if one is None else []
            if one is None and len(several) > 1 and None not in several:
                return [m for m in several if m is not None]
            return [one] if one is not None else []
        title = title_of_each(many["title"]) if many is not None else self._title
        found: list[Member] = []
        for name in split_names(many["rest"] if many is not None else text):
            lay = TITLED.match(name) is not None and (
                shared == "Appointed Member" or _APPOINTED.search(name) is not None
            )
            elected = _ELECTED.match(name) is not None
            full = f"{title} {name}" if title and not (lay or elected) else name
            one = self._person(full, shared or role if lay and not elected else role)
            found += [one] if one is not None else []
        return found

    def _person(self, text: str, role: str) -> Member | None:
        if self._profile.pattern("member.vacancy").match(text) is not None:
            return Member(None, role)
        honours = honours_of(text)
        match = self._name.match(text.removesuffix(honours))
        if match is None or (match.get("office") or "x").isdigit():
            return None
        name = match["name"].strip(" ,")
        bare = self._title is not None and role == "Member" and _SURNAME.fullmatch(name) is not None
        if (len(name.split()) < 2 and not bare) or self._heading(name) is not None:  # noqa: PLR2004
            return None
        kinds = ("meeting.letterhead", "meeting.body", "member.organisation")
        stands_for = (self._profile.pattern(kind) for kind in kinds)
        if any(pattern.match(name) is not None for pattern in stands_for):
            return None
        if TITLED.match(name) is None and (self._job.match(name) is not None or name.isupper()):
            return None  # what somebody is, and not who
        full = f"{self._title} {name}" if bare else name  # surnames below "Councillors"
        return Member(full + honours, self._office_in(text) or role)

    def _office_in(self, text: str) -> str | None:
        """The office that stands behind a name: in any of its brackets, or after a comma or dash."""
        said = (part for match in _SAID.finditer(text) for part in match.groups() if part)
        return next((office for part in said if (office := self._office_of(part)) is not None), None)

    def _office_of(self, text: str) -> str | None:
        match = self._office.match(text.strip())
        if match is None:
            return None
        return "Vice-Chair" if match.get("vice") else "Chair"

    def _is_contact(self, text: str) -> bool:
        """Whether a label such as "Agenda compiled by:" or "Principal Scrutiny Adviser:" names a contact."""
        return self._profile.pattern("member.contact_label").match(text) is not None

    def _contact(self, text: str, before: str | None) -> list[Member]:
        """A contact's name stands below the job that they hold, or right below the heading."""
        if "@" in text or (before is not None and ("@" in before or self._job.match(before) is None)):
            return []
        text = text.split(" (", maxsplit=1)[0]  # "Jo Marsh (Governance Officer)"
        if self._job.match(text) is not None or self._profile.pattern("meeting.place").match(text) is not None:
            return []
        match = self._name.match(text)
        name = match["name"].strip(" ,") if match is not None else ""
        return [Member(name, "Contact")] if len(name.split()) > 1 else []
