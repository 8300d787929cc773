"""The items of a set of minutes: their numbers, titles and text, in whatever way they are numbered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from agendaparse.content.dates import months
from agendaparse.content.passages import Passage, PrintedLine, Setting, find_passages, fits_above
from agendaparse.content.text import plain
from agendaparse.layout.lines import Line
from agendaparse.layout.words import Word
from agendaparse.profile import Profile

_COLUMN = 9.0  # points within which the numbers of minutes stand under each other
_LONGEST_NUMBER = 3  # words: "Minute No. 12"
_LONGEST_TITLE = 14  # words, where nothing but a gap or a colon sets the title apart
# What speaks for a run of numbers, beside the share of the document that it spans.
_EMPHASIS, _LEFTMOST, _EACH = 0.6, 0.4, 0.02
_TIGHT = 1.4  # of the font size, from line to line: nearer lines are of one title
_TITLE_LINES = 3  # of a title that stands above its number
# By how much numbers may rise at a time: those of titles that are set apart, and those of plain lines.
_FAR, _NEAR = 30, 4
_CLOSE = 0.45  # of the font size beyond the usual distance of lines: a title goes on
_COUNTED = (
    list("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    [
        "I",
        "II",
        "III",
        "IV",
        "V",
        "VI",
        "VII",
        "VIII",
        "IX",
        "X",
        "XI",
        "XII",
        "XIII",
        "XIV",
        "XV",
        "XVI",
        "XVII",
        "XVIII",
        "XIX",
        "XX",
    ],
)
_LEAST_CAPITALS = 4  # letters that make a heading in capitals
_FIGURE, _NUMBERS = re.compile(r"\d"), re.compile(r"\d+")
_EARLY_FIGURE = re.compile(r"[^ \d]*+(?: [^ \d]*+){0,3}+\d")  # in the words that may be a number, one of them a star


@dataclass
class MinuteItem:
    """One minute: its number as printed, its title, and what stands under it."""

    minute: str | None
    title: str
    first: PrintedLine
    passages: list[Passage]


_HOURS = re.compile(r"\d{1,2}\.[0-5]\d")
_PART = re.compile(r"\d{1,2}\.\d{1,2}")


class _Start(NamedTuple):
    """A line that may begin a minute."""

    at: int
    value: str
    mark: str
    taken: int  # words of the number
    emphasis: str | None
    above: int = 0  # lines of its title that stand above it


def find_items(
    lines: Sequence[PrintedLine], profile: Profile, setting: Setting
) -> tuple[list[PrintedLine], list[MinuteItem]]:
    """The lines before the first minute, and the minutes; without numbers, what stands under headings.

    >>> find_items([], general_profile(), Setting.of([]))
    ([], [])
    """
    starts = _with_titles_above(_numbered(lines, profile), lines, profile)
    if not starts or not all(s.emphasis or s.above for s in starts):
        headings = _headed(lines, profile)
        # plain numbers below a heading are those of a list
        if headings and (not starts or headings[0].at < starts[0].at):
            starts = headings
    if not starts:
        return list(lines), []
    begins = [s.at - s.above for s in starts]
    parts = zip(starts, begins, [*begins[1:], len(lines)], strict=True)
    return list(lines[: begins[0]]), [_item(start, lines[a:b], profile, setting) for start, a, b in parts]


# --- numbered minutes ---


def _numbered(lines: Sequence[PrintedLine], profile: Profile) -> list[_Start]:
    """The run of numbers that counts up through the document, stands to the left and is set apart."""
    figured = [i for i, b in enumerate(lines) if _EARLY_FIGURE.match(b.text) is not None]
    found = [s for i in figured if (s := _start(lines, i, profile)) is not None]
    leftmost = min((lines[s.at].line.box.x0 for s in found), default=0.0)
    best: list[_Start] = []
    score = 0.0
    for chain in _chains(found, lines):
        emphasised = all(s.emphasis for s in chain)
        if len(chain) < 2 and not emphasised:  # noqa: PLR2004
            continue
        span = (chain[-1].at - chain[0].at) / len(lines)
        left = lines[chain[0].at].line.box.x0 - leftmost < _COLUMN
        own = _EACH * min(len(chain), 20)
        if len(chain) > 1:
            own += span + _EMPHASIS * emphasised + _LEFTMOST * left
        if own > score:
            best, score = chain, own
    return _with_exclusions(_with_parts(best, found, lines), lines, profile)


def _with_exclusions(run: list[_Start], lines: Sequence[PrintedLine], profile: Profile) -> list[_Start]:
    """The run with the headings among it under which the public is excluded: those have no number, and an end."""
    pattern = profile.pattern("minutes.exclusion")
    between = range(run[0].at + 1, len(lines)) if run else range(0)
    begun = {s.at for s in run}
    marked = (k for k in between if lines[k].line.words[-1].bold or lines[k].underlined or lines[k].text.isupper())
    own = [k for k in marked if k not in begun and pattern.may_fit(lines[k].text)]
    own = [k for k in own if pattern.match(lines[k].text) is not None and _is_set_apart(lines[k])]
    return sorted(
        [*run, *(_Start(k, "", "", 0, _emphasis(lines[k].line.words, underlined=lines[k].underlined)) for k in own)]
    )


def _with_parts(run: list[_Start], found: Sequence[_Start], lines: Sequence[PrintedLine]) -> list[_Start]:
    """The run with the headings right below its own that go on with their number: "5.1 LAMPS" under "5. MOTIONS"."""
    dotted = [s for s in found if s.emphasis is not None and s.value.count(".") == 1]
    parts: list[_Start] = []
    for here, after in zip(run, [*run[1:], None], strict=True) if dotted else ():
        end = after.at if after is not None else len(lines)
        own = [s for s in dotted if here.at < s.at < end and s.value.startswith(f"{here.value}.")]
        heads = [s for s in own if s.emphasis == here.emphasis and _is_set_apart(lines[s.at])]
        if heads and heads == own and heads[0].at - here.at <= _TITLE_LINES and heads[0].value == f"{here.value}.1":
            parts += heads
    return sorted([*run, *parts])


def _is_set_apart(here: PrintedLine) -> bool:
    """Whether a line is a heading to its last word, and no sentence."""
    alike = here.underlined or here.line.words[-1].bold or here.text.isupper()
    return alike and not here.text.endswith((".", ";", ","))


def _start(lines: Sequence[PrintedLine], at: int, profile: Profile) -> _Start | None:
    """The line as the first of a minute: a number before a title, or alone above one."""
    words = lines[at].line.words
    starred = len(words) > 1 and words[0].text == "*"  # "* 45 Minutes": what the committee may decide by itself
    texts = [w.text for w in words[: _LONGEST_NUMBER + starred]]
    pattern = profile.pattern("minutes.number")
    for taken in range(len(texts), starred, -1):
        if _FIGURE.search(texts[taken - 1]) is None:  # a number ends with its figures
            continue
        match = pattern.match(plain(" ".join(texts[starred:taken])))
        if match is None:
            continue
        rest = words[taken:]
        a_year = not rest or match["value"].isdecimal()
        if a_year and at and lines[at - 1].text.split()[-1].casefold() in months():
            return None  # "... held on 4 March" above "2024."
        if not rest and at + 1 < len(lines) and lines[at + 1].pdf_page == lines[at].pdf_page:
            below = lines[at + 1]
            emphasis = _emphasis(below.line.words, underlined=below.underlined)
            titled = emphasis or _is_short_title(below, profile)
            return _Start(at, match["value"], match.get("mark", ""), taken, emphasis) if titled else None
        if not rest or _is_date(match["value"], rest):
            return None
        resolved = profile.pattern("minutes.resolved")
        decided = resolved.match(plain(Line(rest).text)) if resolved.may_fit(lines[at].text) else None
        begins = decided is not None and not decided.get("lead")  # "1158 RESOLVED": no title
        emphasis = None if begins else _emphasis(rest, underlined=lines[at].underlined)
        if emphasis is None and words[0].text.startswith(("(", "[")):
            return None  # a point of a list, or a paragraph
        return _Start(at, match["value"], match.get("mark", ""), taken, emphasis)
    return None


def _is_short_title(here: PrintedLine, profile: Profile) -> bool:
    """Whether a plain line below a number may be its title: a few words that are no sentence."""
    few = len(here.line.words) <= _LONGEST_TITLE and here.text[0].isupper() and here.text[-1].isalnum()
    return few and profile.pattern("minutes.decision_line").match(here.text) is None


def _with_titles_above(starts: list[_Start], lines: Sequence[PrintedLine], profile: Profile) -> list[_Start]:
    """The starts with the headings above them, where most of those without a title of their own have one."""
    plain_starts = [s for s in starts if s.emphasis is None]
    titled = {s: n for s in plain_starts if (n := _lines_of_title_above(s.at, lines, profile, stopped=False))}
    if not titled:
        titled = {s: n for s in plain_starts if (n := _lines_of_title_above(s.at, lines, profile, stopped=True))}
        if len(titled) < len(plain_starts):
            return starts
    if 2 * len(titled) <= len(plain_starts):
        return starts
    return [s._replace(above=titled.get(s, 0)) for s in starts]


def _lines_of_title_above(at: int, lines: Sequence[PrintedLine], profile: Profile, *, stopped: bool) -> int:
    referred = at > 0 and profile.pattern("minutes.item_reference").match(lines[at - 1].text) is not None
    count = skipped = int(referred)  # "(Agenda No. 4)" between title and number
    while (
        count < _TITLE_LINES + skipped
        and at - count > 0
        and _may_be_title(lines[at - count - 1], profile, stopped=stopped)
    ):
        if count and not _near(lines[at - count - 1], lines[at - count]):
            break
        count += 1
    return count if count > skipped else 0


def _may_be_title(here: PrintedLine, profile: Profile, *, stopped: bool) -> bool:
    """Whether a line above a number may be its title; if so in bold with a full stop: "Report noted."."""
    if stopped and here.line.bold and here.text.endswith(".") and len(here.text) > 1:
        here = here._replace(text=here.text[:-1])
    return _heading(here, profile) is not None


def _is_date(value: str, rest: Sequence[Word]) -> bool:
    word = rest[0].text.strip(",.").casefold()
    hours = _HOURS.fullmatch(value) is not None and word in ("-", "–", "to", "am", "pm", "a.m", "p.m", "hours")
    return hours or (value.isdigit() and word in months())  # "2.00 - 3.10 pm"


def _emphasis(words: Sequence[Word], *, underlined: bool) -> str | None:
    """How the words are set apart as a title: bold, underlined, in capitals; None if they are not."""
    if words and words[0].bold:
        return "bold"
    if underlined:
        return "underlined"
    text = "".join([w.text for w in words])
    capitals = text.isupper() and sum(map(str.isalpha, text)) >= _LEAST_CAPITALS
    return "capitals" if capitals else None


def _chains(found: Sequence[_Start], lines: Sequence[PrintedLine]) -> Iterable[list[_Start]]:
    """Runs of numbers of one shape that count up, in each column and over all of them."""
    groups: dict[tuple[str, str, bool], list[_Start]] = {}
    for start in found:
        shape = _NUMBERS.sub("9", start.value.rstrip("abcdefghij")).upper()
        if not lines[start.at].text.lstrip("* ").startswith(start.value):
            shape = f"named {shape}"  # "Item 3" above minutes that count from 10 is none of them
        groups.setdefault((shape, start.mark, False), []).append(start)
        if start.emphasis is not None:
            groups.setdefault((shape, start.mark, True), []).append(start)
    for group in groups.values():
        for column in [group, *_columns(group, lines)]:
            yield from _counting(column)
    nested = _nested(found, lines)
    if nested:
        yield nested


def _nested(found: Sequence[_Start], lines: Sequence[PrintedLine]) -> list[_Start]:
    """Headings of which some count on within a number that has no heading of its own: "4.", "6.1", "6.2"."""
    whole = [s for s in found if s.emphasis is not None and s.value.isdecimal()]
    above = {s.value for s in whole}
    parts = [s for s in found if s.emphasis is not None and _PART.fullmatch(s.value) is not None]
    parts = [s for s in parts if s.value.partition(".")[0] not in above]
    if not whole or not parts or not all(_is_set_apart(lines[s.at]) for s in parts):
        return []
    left = lines[whole[0].at].line.box.x0
    own = [s for s in sorted([*whole, *parts]) if abs(lines[s.at].line.box.x0 - left) < _COLUMN]
    counts = [(100 * int(s.value.partition(".")[0]) + int(s.value.partition(".")[2] or 0), "") for s in own]
    return _rising(own, counts, 100 * _FAR)


def _columns(group: Sequence[_Start], lines: Sequence[PrintedLine]) -> list[list[_Start]]:
    """The starts of each column, if there is more than one: numbers that stand under each other."""
    ordered = sorted(group, key=lambda s: lines[s.at].line.box.x0)
    columns: list[list[_Start]] = []
    for start in ordered:
        x = lines[start.at].line.box.x0
        if columns and x - lines[columns[-1][0].at].line.box.x0 < _COLUMN:
            columns[-1].append(start)
        else:
            columns.append([start])
    return [sorted(c) for c in columns] if len(columns) > 1 else []


def _counting(group: Sequence[_Start]) -> Iterable[list[_Start]]:
    """For each part of a number that may count ("45" of "45/24"): the starts in which it counts up."""
    parts = [tuple(_NUMBERS.findall(s.value)) for s in group]
    for c in range(len(parts[0])):
        others = [p[:c] + p[c + 1 :] for p in parts]
        common = Counter(others).most_common(1)[0][0]
        own = [(s, int(p[c])) for s, p, other in zip(group, parts, others, strict=True) if other == common]
        step = _FAR if all(s.emphasis for s, _ in own) else _NEAR
        yield _rising([s for s, _ in own], [(n, _letter(s.value)) for s, n in own], step)


def _rising(starts: Sequence[_Start], counts: Sequence[tuple[int, str]], step: int) -> list[_Start]:
    """The longest run of starts whose numbers rise, by no more than a step at a time."""
    best: dict[tuple[int, str], _Run] = {}  # by the number that it ends with
    for i, count in enumerate(counts):
        before = max([run for last, run in best.items() if last < count and count[0] - last[0] <= step], default=None)
        longer = _Run(1 if before is None else before.length + 1, -i, before)
        if count not in best or longer > best[count]:
            best[count] = longer
    run, places = max(best.values(), default=None), []
    while run is not None:
        places.append(-run.minus_last)
        run = run.before
    return [starts[i] for i in reversed(places)]


class _Run(NamedTuple):
    """Starts that count up: of two the longer is the better, or the one that ends first."""

    length: int
    minus_last: int
    before: _Run | None  # the run without its last start


def _letter(value: str) -> str:
    return value[-1] if value[-1].isalpha() and value[0].isdigit() else ""


# --- minutes without numbers ---


def _headed(lines: Sequence[PrintedLine], profile: Profile) -> list[_Start]:
    """Headings of the most frequent kind below the head of the minutes."""
    labels = {label for name in ("minutes", "present", "apologies", "in attendance") for label in profile.labels[name]}
    named = [i for i, b in enumerate(lines) if _label(b.text) in labels]
    found = [
        _Start(i, "", "", 0, emphasis)
        for i, b in enumerate(lines)
        if i > min(named, default=len(lines)) and i not in named and (emphasis := _heading(b, profile)) is not None
    ]
    kinds = Counter(s.emphasis for s in found)
    most = kinds.most_common(1)[0][0] if kinds else None
    own = [s for s in found if s.emphasis == most]
    first_lines = {s.at for s in own}
    return _lettered([s for s in own if not (s.at - 1 in first_lines and _near(lines[s.at - 1], lines[s.at]))], lines)


def _lettered(starts: list[_Start], lines: Sequence[PrintedLine]) -> list[_Start]:
    """The headings with their numbers, if they count up in letters or Roman figures: "A. Call to order"."""
    first = [lines[s.at].line.words[0].text for s in starts]
    values = [t.rstrip(".)") for t in first]
    for order in _COUNTED:
        places = [order.index(v) if v in order and v != t else -1 for v, t in zip(values, first, strict=True)]
        if len(places) > 1 and -1 not in places and places == sorted(set(places)):
            return [s._replace(value=v, taken=1) for s, v in zip(starts, values, strict=True)]
    return starts


def _label(text: str) -> str:
    return text.partition(":")[0].casefold().strip(" -")


def _heading(here: PrintedLine, profile: Profile) -> str | None:
    """How a line is set apart if it may be the heading of a minute."""
    if len(here.line.words) > _LONGEST_TITLE or here.text.endswith((".", ";", ",")) or not here.text[0].isupper():
        return None
    if profile.pattern("minutes.decision_line").match(here.text) is not None:
        return None
    emphasis = _emphasis(here.line.words, underlined=here.underlined)
    return None if emphasis == "bold" and not here.line.bold else emphasis


def _near(above: PrintedLine, here: PrintedLine) -> bool:
    return above.pdf_page == here.pdf_page and here.line.box.top - above.line.box.top < 1.5 * here.line.size


# --- title and text ---


def _item(start: _Start, lines: Sequence[PrintedLine], profile: Profile, setting: Setting) -> MinuteItem:
    heading, lines = lines[: start.above], lines[start.above :]
    first = lines[0]
    rest = first.line.words[start.taken :]
    below = list(lines[1:])
    if heading:
        printed = _without_reference(" ".join(b.line.text for b in heading), profile)
        body = [_cut(first, rest), *below] if rest else below
        return MinuteItem(start.value, printed, heading[0], find_passages(body, profile, setting))
    if not rest and not below:  # what stands under the number is the title of the next minute
        return MinuteItem(start.value, "", first, [])
    if not rest:  # the number stands alone above its title
        rest, below = below[0].line.words, below[1:]
    titled, text = _title_words(rest, underlined=first.underlined, emphasis=start.emphasis)
    parts = [Line(titled).text] if titled else []
    if not text and start.emphasis is not None:
        more = _title_goes_on(lines[len(lines) - len(below) - 1], below, rest[0].x0, setting, profile)
        parts += [b.line.text for b in below[:more]]
        below = below[more:]
    elif text:
        below = [_cut(first, text), *below]
    title = _without_reference(" ".join(parts), profile)
    item = MinuteItem(start.value or None, title, first, find_passages(below, profile, setting))
    return _without_decision_as_title(item, rest, lines, profile, setting)


def _without_reference(title: str, profile: Profile) -> str:
    """The title without the agenda's number behind it: "Work Programme [Item 4]"."""
    words = title.split()
    pattern = profile.pattern("minutes.item_reference")
    taken = next((n for n in (2, 3, 4) if pattern.match(plain(" ".join(words[-n:]))) is not None), 0)
    words = words[: len(words) - taken]
    return " ".join(words).strip(" :-–")


def _cut(line: PrintedLine, words: Sequence[Word]) -> PrintedLine:
    cut = Line(tuple(words))
    return PrintedLine(line.pdf_page, cut, plain(cut.text), underlined=False)


def _title_words(
    words: Sequence[Word], *, underlined: bool, emphasis: str | None
) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """The words of the title on its first line, and those of the text that runs on behind it."""
    split = len(words)
    if emphasis == "bold":
        split = next((k for k, w in enumerate(words) if not w.bold and any(c.isalnum() for c in w.text)), split)
    elif emphasis is None or underlined:
        colon = next((k for k, w in enumerate(words) if w.text.endswith((":", ":-"))), None)
        if colon is not None and colon < _LONGEST_TITLE:
            split = colon + 1
        elif emphasis is None:
            split = len(words) if len(words) <= _LONGEST_TITLE and not words[-1].text.endswith(".") else 0
    return tuple(words[:split]), tuple(words[split:])


def _title_goes_on(
    above: PrintedLine, below: Sequence[PrintedLine], title_x: float, setting: Setting, profile: Profile
) -> int:
    """How many of the lines below belong to the title: set like it, close under it, and no decision."""
    emphasis = _emphasis(above.line.words[-1:], underlined=above.underlined) or "capitals"
    for k, here in enumerate(below):
        step = (here.line.box.top - above.line.box.top) / here.line.size
        close = step < setting.pitch + _CLOSE and (step < _TIGHT or not fits_above(above, here, setting))
        alike = here.line.bold if emphasis == "bold" else _emphasis(here.line.words, underlined=here.underlined)
        under = here.line.box.x0 - title_x < here.line.size and title_x - here.line.box.x0 < 6 * here.line.size
        if here.pdf_page != above.pdf_page or not (close and alike and under):
            return k
        if profile.pattern("minutes.decision_line").match(here.text) is not None:
            return k
        above = here
    return len(below)


def _without_decision_as_title(
    item: MinuteItem, rest: Sequence[Word], lines: Sequence[PrintedLine], profile: Profile, setting: Setting
) -> MinuteItem:
    """A minute that has no title but begins with its decision ("100. It was RESOLVED to ...") or with its movers."""
    decided = profile.pattern("minutes.resolved").match(plain(item.title))
    moved = profile.pattern("minutes.movers").match(plain(item.title))
    if moved is None and (decided is None or not decided.get("rest")):
        return item
    body = [_cut(lines[0], rest), *lines[1:]] if rest[0] in lines[0].line.words else list(lines[1:])
    return MinuteItem(item.minute, "", item.first, find_passages(body, profile, setting))
