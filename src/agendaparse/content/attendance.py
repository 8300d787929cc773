"""Who was at a meeting: those present, those who sent apologies, those in attendance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, takewhile
from typing import NamedTuple

from agendaparse.content.dates import parse_date
from agendaparse.content.minute_items import MinuteItem
from agendaparse.content.name_lists import SIDE_BY_SIDE
from agendaparse.content.passages import PrintedLine, Setting
from agendaparse.content.text import first_sentence, plain
from agendaparse.layout.lines import Line
from agendaparse.layout.words import Word
from agendaparse.profile import Profile

STATUSES = ("present", "apologies", "absent", "in attendance")
# What speaks for a status where the label itself is not known: "Members present in person".
_LABELS = {"in attendance": "minutes.beside_label", "present": "minutes.present_label"}
_SHORT = 0.15  # of the text's width
_GAP = 1.2  # of the font size: a wider gap parts columns
_LONGEST = 90  # characters: longer is no name
_INITIALS = 4  # letters
_NAME = 3  # words: a longer text is what somebody is
_LONGEST_LABEL = 6  # words, before names on the same line
_LONGEST_HEADING = 9  # words: "Members attending in accordance with Standing Order 25"

Attendance = list[tuple[str, str]]


class _Label(NamedTuple):
    status: str
    value: str  # what stands behind it on the line
    wraps: bool = False  # it began on the line above: "Committee / Members Present:"


def read_attendance(
    head: Sequence[PrintedLine], items: Sequence[MinuteItem], profile: Profile, setting: Setting
) -> Attendance:
    """Name and status of everybody whom the head of the minutes lists, or the item on apologies.

    >>> read_attendance([], [], general_profile(), Setting.of([]))
    []
    """
    found: Attendance = []
    status: str | None = None
    block: list[str] = []
    before: list[str] = []  # the block without the line above
    lines = [part for here in head for part in _by_labels(here, profile)]
    labels = [_label(here, profile) for here in lines]
    for above, own_above, here, own in zip([None, *lines], [None, *labels], lines, labels, strict=False):
        wrapped = _wrapped_label(above, here, profile) if above is not None and own_above is None else None
        label = wrapped or own
        if label is not None and label.wraps:
            block = before
        before = list(block)
        if label is not None:
            found += _listed(block, status, profile)
            status, block = label.status, [_ended(label.value, here, setting)] if label.value else []
        elif status is not None and _ends(here, block, profile):
            found += _listed(block, status, profile)
            status, block = None, []
        elif status is not None:
            if block and profile.pattern("minutes.group").compiled.match(here.text):
                block[-1] = f"{block[-1].rstrip(';,')};"  # "Councillors: ..." below the chair
            cells = _cells(here.line, profile, with_posts=status == "in attendance")
            block += cells if cells[0].endswith(";") else [_ended(cells[0], here, setting)]
    found = _as_present([*found, *_listed(block, status, profile)])
    if not any(s == "present" for _, s in found):
        found = [*_unlabelled(lines, labels, profile), *found]
    if not any(s == "apologies" for _, s in found):
        found += [(_bare(name, "apologies"), "apologies") for name in _apologies(items, profile)]
    return found


def _unlabelled(lines: Sequence[PrintedLine], labels: Sequence[_Label | None], profile: Profile) -> Attendance:
    """The councillors above the first label, where none says that they were present; the chair leads them."""
    above = list(takewhile(lambda pair: pair[1] is None, zip(lines, labels, strict=True)))
    first = next((k for k, (b, _) in enumerate(above) if _CHAIR.search(b.text) and _is_titled(b.text)), len(above))
    named = takewhile(_is_titled, (b.line.text for b, _ in above[first:]))
    return [(name, "present") for name in split_names([f"{text};" for text in named], profile)]


def _is_titled(text: str) -> bool:
    return text.startswith(("Councillor", "Cllr", "County Councillor"))


def _as_present(found: Attendance) -> Attendance:
    """The first list as those present, where none is headed so and its chair stands among those in attendance."""
    if any(status == "present" for _, status in found):
        return found
    first = list(takewhile(lambda entry: entry[1] == "in attendance", found))
    chaired = any(_CHAIR.search(name) is not None for name, _ in first)
    return [(name, "present") for name, _ in first] + found[len(first) :] if chaired else found


def _by_labels(here: PrintedLine, profile: Profile) -> list[PrintedLine]:
    """A line in parts, where a second label stands within it: "... and C Pike. Also present: the Clerk"."""
    words = here.line.words
    starts = [0]
    for i in range(1, len(words)):
        if words[i - 1].text.endswith((".", ";")) and words[i].text[0].isupper():
            label = plain(" ".join(w.text for w in words[i : i + _LONGEST_LABEL])).partition(":")
            if label[1] and _status(label[0], profile) is not None:
                starts.append(i)
    parts = [Line(words[a:b]) for a, b in zip(starts, [*starts[1:], len(words)], strict=True)]
    return [PrintedLine(here.pdf_page, p, plain(p.text), here.underlined) for p in parts] if len(parts) > 1 else [here]


def _label(here: PrintedLine, profile: Profile) -> _Label | None:
    """The label that a line begins with: before its colon, before a gap, or as the whole line."""
    head, colon, value = here.text.partition(":")
    status = _status(head, profile)
    if status is not None and (colon or len(head) == len(here.text)):
        return _Label(status, value.strip(" -"))
    words = here.line.words
    for n in range(min(_LONGEST_LABEL, len(words) - 1), 0, -1):
        if not _parted(words[n - 1], words[n]):
            continue
        status = _status(plain(" ".join(w.text for w in words[:n])), profile)
        if status is not None:
            return _Label(status, Line(words[n:]).text.strip(" -–"))
    sentence = profile.pattern("minutes.apologies").match(here.text)
    return _Label("apologies", sentence["names"]) if sentence is not None else None


def _wrapped_label(above: PrintedLine, here: PrintedLine, profile: Profile) -> _Label | None:
    """A label that takes two lines of its column, beside the first two lines of its names."""
    (head, value), (tail, more) = _first_cell(above.line), _first_cell(here.line)
    aligned = abs(head[0].x0 - tail[0].x0) < head[0].size and above.pdf_page == here.pdf_page
    aligned = aligned and head[0].bold == tail[0].bold
    if not aligned or not (value or more):
        return None
    status = _status(plain(" ".join(w.text for w in (*head, *tail))).rstrip(":"), profile)
    lines = [Line(words).text for words in (value, more) if words]
    begun = len(lines) > 1 and "," in lines[0] and "," in lines[1] and not lines[0].endswith((",", " and"))
    names = ("; " if begun else " ").join(lines)  # a name and its post to a line
    return _Label(status, names, wraps=True) if status is not None else None


def _first_cell(line: Line) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """The words up to a gap, or those in bold, and the rest."""
    for n, (left, right) in enumerate(zip(line.words, line.words[1:], strict=False), start=1):
        if right.x0 - left.x1 > _GAP * left.size or (left.bold and not right.bold):
            return line.words[:n], line.words[n:]
    return line.words, ()


def _status(text: str, profile: Profile) -> str | None:
    name = text.casefold().strip(" -.")
    listed = next((s for s in STATUSES if name in profile.labels[s]), None)
    if name in profile.labels["chair"]:
        return "present"
    if listed is not None or len(name.split()) > _LONGEST_HEADING:
        return listed
    return next((s for s, pattern in _LABELS.items() if profile.pattern(pattern).match(name) is not None), None)


def _parted(left: Word, right: Word) -> bool:
    return right.x0 - left.x1 > _GAP * left.size or left.bold != right.bold or right.text in ("-", "–")


def _ends(here: PrintedLine, block: Sequence[str], profile: Profile) -> bool:
    """Whether a line is no name any more: a heading in capitals, or a sentence that no list goes on with."""
    if here.text.isupper() and "," not in here.text and len(here.line.words) > 1:
        return True
    goes_on = bool(block) and block[-1].endswith((",", " and"))
    return not goes_on and profile.pattern("minutes.no_name").match(here.text) is not None


def _ended(text: str, here: PrintedLine, setting: Setting) -> str:
    """The names of a line; where it ends short of the margin no name goes on, and that stands as a semicolon."""
    short = here.line.box.x1 < setting.right - _SHORT * setting.width
    return f"{text};" if short and not text.endswith((",", ";", ":", " and", " &")) else text


def _cells(line: Line, profile: Profile, *, with_posts: bool) -> list[str]:
    """The parts of a line in columns, each closed by a semicolon; what officers are stays with their names."""
    cells: list[list[Word]] = [[line.words[0]]]
    for left, right in zip(line.words, line.words[1:], strict=False):
        if right.x0 - left.x1 > _GAP * left.size and not left.text.endswith(":"):  # "Vice-chair:  Councillor Moss"
            cells.append([])
        cells[-1].append(right)
    texts: list[str] = []
    for text in (Line(tuple(cell)).text for cell in cells):
        if texts and text.startswith("("):
            texts[-1] += f" {text}"
        elif texts and _is_initials(text, texts[-1]):
            continue
        elif texts and (profile.pattern("member.job").match(text) is not None or _is_post(text, texts[-1], profile)):
            texts[-1] += f", {text}" if with_posts else ""
        else:
            texts.append(text)
    return [f"{text.rstrip(';,')};" for text in texts] if len(cells) > 1 else texts


def _is_initials(text: str, name: str) -> bool:
    """Whether a cell holds the initials of the name beside it, by which the minutes call them: "IR"."""
    firsts = {word[0] for word in re.findall(r"[A-Za-z]+", name)}
    return text.isupper() and text.isalpha() and 1 < len(text) <= _INITIALS and set(text) <= firsts


def _is_post(text: str, name: str, profile: Profile) -> bool:
    """Whether a cell beside a councillor's name has no title of its own: it says what they are."""
    titled = profile.pattern("minutes.titled")
    if profile.pattern("minutes.post").match(plain(text)) is not None:
        return True
    return titled.match(plain(name)) is not None and titled.match(plain(text)) is None and len(text.split()) > _NAME


def _listed(block: Sequence[str], status: str | None, profile: Profile) -> Attendance:
    if status is None:
        return []
    return [(_bare(name, status), status) for name in split_names(block, profile)]


def _bare(name: str, status: str) -> str:
    """A name without how or how long somebody was there, or why not: "Moss (Via Teams)", "Fenn (holiday)"."""
    bare = _MANNER.sub("", name)
    return (_REASON.sub("", bare) if status == "apologies" else bare) or name


def split_names(lines: Sequence[str], profile: Profile) -> list[str]:
    """The names of a list: a line each, or parted by commas and "and"; a title of the whole list goes.

    >>> split_names(["Councillors Moss (Chair), Fenn and Lark"], general_profile())
    ['Moss (Chair)', 'Fenn', 'Lark']
    """
    texts = _whole_lines([_without_public(" ".join(t.split()), profile) for t in lines if t.strip(" ;")])
    commas = sum(len(_PARTS.findall(t.rstrip(";"))) for t in texts)
    begun = all(t[:1].isupper() and len(t) < _LONGEST for t in texts)  # a line each, and none goes on
    titled = all(profile.pattern("minutes.titled").match(plain(t)) is not None for t in texts)
    posts = _give_posts(texts, profile)
    each_own = len(texts) > 1 and begun and (commas < len(texts) or posts or (titled and commas <= len(texts)))
    group, whole = profile.pattern("minutes.group").compiled, " ".join(texts)
    own = (
        _PARTS.split(t.rstrip("; ")) if group.match(t) or _are_titled(_PARTS.split(t.rstrip("; ")), profile) else [t]
        for t in texts
    )
    pieces = [piece for parts in own for piece in parts] if each_own else _pieces(texts, profile)
    found: list[str] = []
    for piece in chain.from_iterable(_parted_names(p, profile) for p in pieces):
        name = _GROUP_END.sub("", group.sub("", piece.strip(" .;:,-–*•"), count=1))
        name = name.strip(" .;:,").removesuffix(" and")
        if len(name) == 1:  # a mark of how somebody attended
            continue
        behind_name = found and not each_own and f", {name}" in whole
        if behind_name and profile.pattern("minutes.post").match(plain(name)) is not None:
            found[-1] += f", {name}"
        elif name and parse_date(name) is None and profile.pattern("minutes.nobody").match(plain(name)) is None:
            found.append(name)
    return found


def _whole_lines(texts: Sequence[str]) -> list[str]:
    """The lines, those joined that a name or a bracket runs over: "... and Councillor J / Fenn"."""
    found: list[str] = []
    for text in texts:
        above = found[-1].rstrip(";") if found else ""
        hyphened = above.endswith("-") and not above.endswith(" -")
        if hyphened or (above and (_CUT_NAME.search(above) is not None or above.count("(") > above.count(")"))):
            found[-1] = f"{above}{text}" if hyphened else f"{above} {text}"
        else:
            found.append(text)
    return found


def _give_posts(texts: Sequence[str], profile: Profile) -> bool:
    """Whether each of the lines is closed, and a comma parts a name from its post: "Jo Marsh, Head of Piers;"."""
    post = profile.pattern("minutes.post")
    behind = (text.partition(",")[2].strip(" ;") for text in texts)
    return all(text.endswith(";") for text in texts) and any(post.match(plain(p)) is not None for p in behind if p)


def _are_titled(parts: Sequence[str], profile: Profile) -> bool:
    """Whether each of several names of a line has its title: "Councillor A Moss and Councillor B Fenn"."""
    titled = profile.pattern("minutes.titled")
    return len(parts) > 1 and all(titled.match(plain(part.strip(" ;"))) is not None for part in parts)


def _without_public(text: str, profile: Profile) -> str:
    """The names of a line without those nobody names: "... and Pike plus ten guests"."""
    match = profile.pattern("minutes.public").search(text)
    return text if match is None else text[: match.start()]


def _parted_names(piece: str, profile: Profile) -> Iterator[str]:
    """The names in a piece that are printed one behind the other: "A Moss Clerk Mrs B Fenn"."""
    while (groups := profile.pattern("minutes.run_together").match(piece)) is not None:
        yield groups["name"]
        piece = groups["rest"]
    if piece.strip().startswith(("Councillor ", "Cllr")) and "(" not in piece:
        yield from SIDE_BY_SIDE.split(piece)  # columns that stand close
    else:
        yield piece


def _pieces(texts: Sequence[str], profile: Profile) -> list[str]:
    """The names of a list in running text; where semicolons part them, a comma parts a name from its post."""
    whole = " ".join(texts)
    parts = whole.rstrip("; .").split(";") if any(";" in text.rstrip("; ") for text in texts) else []
    if len(parts) < 2 or not any("," in part for part in parts):  # noqa: PLR2004
        return _PARTS.split(whole)
    group = profile.pattern("minutes.group").compiled
    stripped = [_GROUP_END.sub("", part.strip()) for part in parts]
    several = (group.match(part) or _are_titled(_PARTS.split(part), profile) for part in stripped)
    return [p for part, many in zip(stripped, several, strict=True) for p in (_PARTS.split(part) if many else [part])]


# Commas and "and" outside of brackets (a name's are no longer than this); an honour behind a comma belongs to the name.
_PARTS = re.compile(
    r"(?:[,;](?!\s*(?:OBE|MBE|CBE|KBE|JP|BEM|QC|KC|DL|MP)\b)\s*(?:and\s+)?|\s+(?:and|a'r|a’r|ac)\s+)(?![^(]{0,150}\))"
)
_GROUP_END = re.compile(r"^(?:(?:and|the|from)\s+)+", re.IGNORECASE)
_CHAIR = re.compile(r"\((?:in the )?chair(?:man|woman|person)?\)", re.IGNORECASE)
_MANNER = re.compile(
    r"\s\((?:(?:via|by|on) )?(?:(?:ms |microsoft )?teams|zoom|remote(?:ly)?|online|virtual(?:ly)?|in person)\)$"
    r"|\s\((?:(?:from|until|left|arrived|joined)\b(?: at)? )?\d{1,2}[.:]\d\d ?(?:[ap]\.?m\.?)?\)$",
    re.IGNORECASE,
)
_REASON = re.compile(r"\s\((?!chair|vice|deputy|substitut)[a-z][^A-Z()]*\)$")
_CUT_NAME = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Miss|Dr|Councillor|Cllr)|\b(?:and|,) (?:\w+\.? ){0,2}[A-Z])\.?$")


def _apologies(items: Sequence[MinuteItem], profile: Profile) -> list[str]:
    """The names in the item on apologies: "Apologies were received from Councillors Moss and Fenn."."""
    labels = profile.labels["apologies"]
    for item in items:
        title = plain(item.title).casefold()
        if not any(label in title for label in labels):
            continue
        for passage in item.passages:
            sentence = profile.pattern("minutes.apologies").match(passage.plain)
            if sentence is not None:
                return split_names([first_sentence(sentence["names"])], profile)
        first = item.passages[0] if item.passages else None
        if first and title.strip(" :-") in labels and profile.pattern("minutes.no_name").match(first.plain) is None:
            return split_names([first.text], profile)
    return []
