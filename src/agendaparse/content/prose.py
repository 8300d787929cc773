"""Sentences that state a figure of an indicator with its time: "Rent arrears stood at £9.4m in March 2024"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from agendaparse.content.dates import months
from agendaparse.content.periods import Period, Setting, find_period
from agendaparse.content.stamps import StampedPage
from agendaparse.content.units import unit_of_figure, unit_of_name
from agendaparse.content.values import parse_values
from agendaparse.content.vocabulary import word_list
from agendaparse.layout.lines import Line
from agendaparse.layout.pages import Page
from agendaparse.records import Document, Observation, Source

_KINDS = ("report", "appendix", "other")
_RELIABILITY = 0.7  # a sentence says less surely than a table what its figure is of
_NEAR, _FAR = 6, 12  # words between a figure and its time, at a first and at a second look
_GAP = 0.75  # of the font size: a wider one parts two paragraphs
_SIZES = 0.5  # points: print of another size is of another paragraph
_YEAR_BEFORE, _MONTH_BEFORE = dt.timedelta(364), dt.timedelta(1)  # the meeting: a month without a year lies there
_LONGEST_NAME = 26  # words
_END = re.compile(r"(?<=[\w%)][.;:!?])\s+(?=[A-Z0-9•\"'“‘(£])")
_BULLET = re.compile(
    r"^(?:[•·▪◦●*–-]|\(?(?:\d{1,2}|[a-z]|[ivx]+)[.)]|\d{1,2}(?:\.\d{1,3})+\.?)\s+|^\d{1,3}\s+(?=(?:At|By|During|In|On|The|There)\b)"
)
_NUMBER = re.compile(r"^\d{1,2}\s(?=[A-Z][a-z])")  # of a paragraph
_LABEL = re.compile(r"^[A-Z][a-z]+(?: [a-z]+){0,2}: (?=[A-Z])")  # "Analysis: "
_CLAUSE = re.compile(r"^(?:[A-Z]\w*(?: \w+){0,3}, )+(?=[A-Za-z])")  # "However, ", "As a result, "
_AGAIN = ("This ", "It ", "That ")
_OF = re.compile(r"^of (?:all |the |our )?")
_FIGURE = r"(?P<raw>£?\s?\d+(?:,\d{3})*(?:\.\d+)?(?:\s?(?:%|per cent|million|bn|[mk](?!\w)))?)(?![\w/-])"
_BE = re.compile(r"^(?:were|are|was|is|had|have) ")
_THE = re.compile(
    r"^(?:the|our) (?=(?:total )?(?:number|percentage|proportion|rate|share|total|average) of\b)", re.IGNORECASE
)


class Stated(NamedTuple):
    """One figure of a sentence, with the name of what it is of and its time; where its print begins."""

    name: str
    raw: str
    period: Period
    at: int


def read_prose(
    pages: Sequence[StampedPage],
    documents: Sequence[Document],
    pack_id: str,
    printed_pages: Sequence[int | None],
    day: dt.date | None = None,
) -> list[Observation]:
    """The figures that the sentences of reports and appendices state with their time, in reading order.

    ``day``: that of the meeting; a month without its year is the last one before it.
    """
    found: list[Observation] = []
    for document in documents:
        for number in document.pdf_pages if document.kind in _KINDS else ():
            for line, stated in _page_figures(pages[number - 1].page, day):
                found.append(_observation(document, number, line, stated, (pack_id, printed_pages, len(found))))
    return found


def _observation(
    document: Document, number: int, line: Line, stated: Stated, pack: tuple[str, Sequence[int | None], int]
) -> Observation:
    pack_id, printed, count = pack
    value = parse_values(stated.raw)[0]
    unit = unit_of_figure(value.unit, None, None, unit_of_name(stated.name), None)
    period = stated.period
    return Observation(
        f"{pack_id}-p{count + 1:04d}", None, document.item, document.appendix, None, stated.name, "actual", None,
        period.label, period.start, period.end, stated.raw, value.value, unit, None, None, "prose", _RELIABILITY,
        Source(pack_id, number, printed[number - 1], line.box, "text"),
    )  # fmt: skip


def _page_figures(page: Page, day: dt.date | None) -> list[tuple[Line, Stated]]:
    """The stated figures of a page, each with the line on which it is printed."""
    lines = [line for line in page.upright_lines if line.words]
    if not _may_state(" ".join([line.text for line in lines]), _NEAR):
        return []
    return [found for block in _paragraphs(lines) for found in _paragraph_figures(block, day)]


def _may_state(text: str, words: int) -> bool:
    """Whether a text has a figure with a time so many words behind it, or before it, as most texts have not."""
    return any(pattern.search(text) is not None for pattern in _glances(words))


@cache
def _glances(words: int) -> tuple[re.Pattern[str], ...]:
    named = "|".join(sorted({m.title() for m in months() if len(m) > 3}))  # noqa: PLR2004
    behind = rf"[0-9]%?m?\s(?:[a-z][\w-]*\s){{0,{words}}}?(?:{named}|Q[1-4]|[Qq]uarter|20\d\d)"
    before = rf" in (?:{named}|20\d\d)\s(?:20\d\d\s)?(?:to|from)\s"
    opened = rf"(?:In|At|On|During|By|For|As at)\s[a-z0-9 ]{{0,20}}(?:{named}|20\d\d)[^.]{{0,45}}?,?\s£?\d"
    return tuple(re.compile(p) for p in (r"there w(?:ere|as)\s\d", before, opened, behind))


def _paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that go on: of one size and weight, close under each other, none of them a new point of a list."""
    block: list[Line] = []
    for line in lines:
        above = block[-1] if block else None
        if above is not None and not (
            abs(above.size - line.size) < _SIZES
            and above.bold == line.bold
            and -line.size < line.box.top - above.box.bottom < _GAP * line.size
            and _BULLET.match(line.text) is None
        ):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _paragraph_figures(block: Sequence[Line], day: dt.date | None) -> Iterator[tuple[Line, Stated]]:
    text = " ".join(line.text for line in block)
    if not _may_state(text, _FAR):
        return
    starts = list(accumulate((len(line.text) + 1 for line in block), initial=0))
    at, name = 0, ""
    for sentence in _END.split(text):
        at = text.index(sentence, at)
        found = find_stated(sentence, day) if _may_state(sentence, _FAR) else []
        found = found or (_told_again(sentence, name, day) if name and sentence.startswith(_AGAIN) else [])
        for stated in found:
            place = at + stated.at
            yield block[max(i for i, start in enumerate(starts[:-1]) if start <= place)], stated
        name = found[-1].name if found else ""


def _told_again(sentence: str, name: str, day: dt.date | None) -> list[Stated]:
    """The figure with which a sentence compares that of the one before: "This is similar to June 2023 (25%)"."""
    said = _compared().match(sentence) or _was_before().match(sentence)
    period = _period(said["time"], day) if said is not None else None
    return [Stated(name, said["raw"].strip(), period, said.start("raw"))] if said is not None and period else []


def find_stated(sentence: str, day: dt.date | None = None) -> list[Stated]:
    """The figures of an indicator that a sentence states, each with its time; none where it says not of what.

    Months without a year count only where ``day`` says before which day they lie.

    >>> [(s.name, s.raw, s.period.label) for s in find_stated("Rent arrears stood at £9.4m in March 2024.")]
    [('Rent arrears', '£9.4m', 'March 2024')]
    """
    label = _LABEL.match(sentence)
    if label is not None:
        return [s._replace(at=s.at + label.end()) for s in find_stated(sentence[label.end() :], day)]
    found: list[Stated] = []
    lead = _lead().match(sentence)
    opening = _opening().match(sentence, lead.end() if lead is not None else 0)
    period = _period(opening["time"], day) if opening is not None else None
    if opening is not None and period is not None and not _is_ahead(opening[0], period, day):
        found = _opened(sentence, opening.end(), period)
        if found:
            return found
    name, end = "", 0
    for pair in _pair().finditer(sentence):
        period = _period(pair["time"], day)
        before = sentence[end : pair.start()]
        if not found:
            name = _name(before, pair["what"] or "")
        elif _link().fullmatch(before) is None:
            break
        if period is None or not name:
            break
        found.append(Stated(name, pair["raw"].strip(), period, pair.start("raw")))
        end = pair.end()
    part = _of_which().match(sentence, end) if len(found) == 1 else None
    if part is not None:  # "118 challenges in 2023/24, of which 102 were settled"
        found.append(Stated(f"{name} {part['what'].strip()}", part["raw"].strip(), found[0].period, part.start("raw")))
    return found or _moved(sentence, day)


def _moved(sentence: str, day: dt.date | None) -> list[Stated]:
    """The figure of a sentence whose time stands before it: "Waits rose in June 2024 to 38"."""
    said = _shifted().search(sentence)
    period = _period(said["time"] or said["then"], day) if said is not None else None
    name = _as_name(_CLAUSE.sub("", _BULLET.sub("", sentence[: said.start()]))) if said is not None else ""
    return (
        [Stated(name, said["raw"].strip(), period, said.start("raw"))] if said is not None and period and name else []
    )


def _opened(sentence: str, at: int, period: Period) -> list[Stated]:
    """The figures of a sentence that opens with its time: "At the end of June 2024 there were 318 children"."""
    counted = _counted().match(sentence, at)
    if counted is not None:
        name = _as_name(counted["what"])
        found = [Stated(name, counted["raw"].strip(), period, counted.start("raw"))] if name else []
        also = _counted().match(sentence, counted.end())
        if found and also is not None and (name := _as_name(also["what"])):
            found.append(Stated(name, also["raw"].strip(), period, also.start("raw")))
        return found
    bare = list(_bare_counts(sentence, at, period))
    if bare:
        return bare
    said = _said().match(sentence, at)
    name = _as_name(said["name"]) if said is not None else ""
    if said is None or not name:
        return []
    found = [Stated(name, said["raw"].strip(), period, said.start("raw"))]
    later = _later().match(sentence, said.end())  # ", in 2015 this was reduced to 4%"
    then = _period(later["time"], None) if later is not None else None
    return [*found, Stated(name, later["raw"].strip(), then, later.start("raw"))] if later and then else found


def _bare_counts(sentence: str, at: int, period: Period) -> Iterator[Stated]:
    """The figures that stand right behind a time: "In June 2024, 11 children came into care and 9 left it"."""
    bare = _bare_count().match(sentence, at)
    while bare is not None:
        name = _as_name(_OF.sub("", bare["what"].strip().removesuffix(" and")))
        if not name:
            return
        yield Stated(name, bare["raw"].strip(), period, bare.start("raw"))
        bare = _bare_count().match(sentence, bare.end()) if bare["what"].endswith(" and ") else None


def _name(before: str, what: str) -> str:
    """What a figure is of, by the words before it, or behind it where those only open a count."""
    head = _BULLET.sub("", before.strip())
    head = _CLAUSE.sub("", _NUMBER.sub("", head))
    if _counts().fullmatch(head) is not None:
        return _as_name(what)
    counted = _counted().match(head)
    if counted is not None:  # "There were 28 homes, down from"
        return _as_name(counted["what"]) if _link().fullmatch(f"{head[counted.end() :]} ") is not None else ""
    changed = _change().fullmatch(head)
    if changed is not None:  # "There was a fall in waits from"
        return _as_name(changed["what"] or changed["name"])
    done = _done().fullmatch(head) if what else None
    if done is not None:  # "Officers held 1,344 reviews"
        return _as_name(f"{what} {done['did']}")
    said = _verb().search(f"{head} ")
    return _as_name(head[: said.start()]) if said is not None else ""


def _as_name(text: str) -> str:
    """A name as it stands in a sentence; "" where it is none."""
    name = _THE.sub("", _BE.sub("", _lead().sub("", text.strip(" ,–-"))))
    if (stated := _stated().search(name)) is not None:
        name = name[: stated.start()]  # "Homes let remain at 115, down from"
    words = name.split()
    to_come = not word_list("prose", "futures").isdisjoint(words[-3:])
    if to_come or (words and words[-1].casefold() in word_list("prose", "modals")):
        return ""  # what is to be is no figure yet
    if not 0 < len(words) <= _LONGEST_NAME or name.casefold() in word_list("prose", "pronouns"):
        return ""
    other = re.search(r"[.;:]\s|\d%", name)  # another sentence, another figure
    return name if sum(map(str.isalpha, name)) > 3 and other is None else ""  # noqa: PLR2004


def _period(text: str, day: dt.date | None) -> Period | None:
    period = find_period(text)
    if period is not None and period.start is not None and day is not None and period.start > day:
        return None  # what is to be is no figure yet
    if period is None and day is not None:
        period = find_period(
            text, Setting(months=Period("", day - _YEAR_BEFORE, day - _MONTH_BEFORE, "year", "calendar"))
        )
        return period and replace(period, bare=False)
    return period if period is not None and not period.bare and period.kind != "years" else None


def _is_ahead(opening: str, period: Period, day: dt.date | None) -> bool:
    """Whether a sentence opens with a time that is not known to be past: what is to be "By 2028"."""
    return "By " in opening and (day is None or period.end is None or period.end > day)


def _any(which: str) -> str:
    words = sorted(word_list("prose", which), key=len, reverse=True)
    return "|".join(re.escape(w) for w in words)


def _time() -> str:
    """A time with its year, as sentences print it."""
    month = "|".join(sorted({m.title() for m in months() if len(m) > 2}, key=len, reverse=True))  # noqa: PLR2004
    year = r"(?:20\d\d\s?[/-]\s?\d\d(?:\d\d)?|20\d\d)(?![\d%])"
    quarter = r"(?:Q[1-4]|[Qq]uarter\s(?:[1-4]|one|two|three|four)|the (?:first|second|third|fourth) quarter)"
    ends = r"end of|year to|year ending|month of|financial year|academic year|quarter ending|(?:12|twelve) months to"
    lead = rf"(?:(?:the )?(?:(?i:{ends})|year to the end of)\s)*(?:the )?"
    full = "|".join(sorted({m.title() for m in months() if len(m) > 4} | {"May", "June", "July"}))  # noqa: PLR2004
    dated = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s)?(?:{month})\s20\d\d|(?:{full})(?!\s?\d|\w)"
    return rf"{lead}(?:{dated}|{quarter}\s(?:of )?{year}|{year})"


@cache
def _pair() -> re.Pattern[str]:
    """A figure, what it counts, and its time."""
    what = r"(?:\sper\s[\d,]+)?(?:\s(?P<what>[a-z][^,;:.()\d]{0,120}?))??"
    return re.compile(rf"(?<![\w£.,/-]){_FIGURE}{what}\s(?:in|at|on|for|during|by|as at|from)\s(?P<time>{_time()})")


@cache
def _opening() -> re.Pattern[str]:
    noted = r"(?:\s(?:dataset|data|figures|activity)(?:\sshows?)?)?(?:\s\([^()]{3,40}\))?"  # "In May (latest data), "
    opens = r"(?:(?:[Ii]n|At|On|During|As at|By|For)\s|(?=End of\s))"
    return re.compile(rf"(?:{_BULLET.pattern})?{opens}(?P<time>{_time()}){noted},?\s")


@cache
def _compared() -> re.Pattern[str]:
    return re.compile(rf"(?:This|It|That) (?:is|was|compares)\b[^.;()]{{0,60}}?\b(?P<time>{_time()})\s\({_FIGURE}\)")


@cache
def _was_before() -> re.Pattern[str]:
    """What the figure of the sentence before was at another time: "It had been 74 in June 2023"."""
    said = r"(?:This|It|That) (?:is|was|has been|had been|compares)\b"
    was = rf"{said}(?:[^.;()\d]{{0,60}}? (?:from|than|with|to|the|at|below|above))?"
    seen = rf"(?:\s(?:{_any('recordings')}))?"
    return re.compile(rf"{was} (?:(?:{_any('about')})\s)?{_FIGURE}{seen}\s(?:in|at|on|for|during)\s(?P<time>{_time()})")


@cache
def _done() -> re.Pattern[str]:
    """Who did something, up to how often: "Officers held"."""
    return re.compile(rf"(?:The |Our )?[A-Z]?[a-z][^,;:.\d]{{2,60}}? (?P<did>{_any('deeds')})(?: (?:{_any('about')}))?")


@cache
def _of_which() -> re.Pattern[str]:
    return re.compile(rf", of (?:which|whom) (?:(?:{_any('about')})\s)?{_FIGURE}\s(?P<what>[a-z][^,;:.()]{{2,120}})")


@cache
def _lead() -> re.Pattern[str]:
    """What joins a sentence to the one before it: "Despite this the number of ..."."""
    return re.compile(rf"^(?:{_any('leads')}),? (?=\w)", re.IGNORECASE)


@cache
def _bare_count() -> re.Pattern[str]:
    about = rf"(?:(?:{_any('about')})\s)?"
    return re.compile(
        rf"{about}(?!(?:19|20)\d\d\s){_FIGURE}\s(?P<what>(?!(?:{_any('spans')})s?\b)[a-z][^,;:.()\d–—]{{2,120}})"
    )


@cache
def _change() -> re.Pattern[str]:
    """A noun that says of what a figure moved, up to the figure: "There was a fall in waits from"."""
    noun = rf"an? (?:\w+ )?(?:{_any('changes')})"
    about = rf"(?: (?:{_any('about')}))?"
    there = rf"(?:there (?:was|is|has been)|we (?:saw|have seen)) {noun} in (?P<what>.+?)"
    shown = rf"(?P<name>[^,;:.]+?) (?:{_any('shows')}) [^;:.]*?\b(?:with|showing|after) {noun}"
    return re.compile(rf"(?:{there}|{shown}) (?:to|from){about}", re.IGNORECASE)


@cache
def _counts() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any('counts')})\s*(?:{_any('about')})?", re.IGNORECASE)


@cache
def _counted() -> re.Pattern[str]:
    opens = rf"(?:{_any('counts')})\s(?:(?:{_any('about')})\s)?"
    return re.compile(rf"[\s,]*{opens}{_FIGURE}\s(?P<what>[a-z][^,;:.()\d]{{2,120}})", re.IGNORECASE)


def _verbs() -> str:
    moved = rf"(?!(?:up|down) to)(?:{_any('moves')})(?:\s\w+)?(?:\s(?:by\s)?[\d.,]+%?)?,?\s(?:to|from)"
    return rf"(?:(?:{_any('states')})|{moved})\s(?:(?:{_any('about')})\s)?"


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(rf"\s{_verbs()}$")


@cache
def _stated() -> re.Pattern[str]:
    return re.compile(rf",?\s{_verbs()}{_FIGURE}")


@cache
def _said() -> re.Pattern[str]:
    return re.compile(rf"(?P<name>[^,;:.]{{4,160}}?)\s{_verbs()}{_FIGURE}")


@cache
def _later() -> re.Pattern[str]:
    moved = rf"(?:{_any('states')})(?:\s(?:{_any('moves')}))?(?:\sto)?"
    return re.compile(rf",\s(?:and |but )?in\s(?P<time>{_time()})\s(?:this|it)\s{moved}\s{_FIGURE}")


@cache
def _shifted() -> re.Pattern[str]:
    """The time before the figure: "Waits rose in June 2024 to 38", "The yield in June 2024 was 38"."""
    about, at = rf"(?:(?:{_any('about')})\s)?", rf"(?:in|during|at|by)\s(?P<time>{_time()})"
    moved = rf"(?:{_any('moves')})(?:\s\w+)?\s{at},?\s(?:to|from)"
    stood = rf"{at.replace('<time>', '<then>')}\s(?:{_any('states')})"
    return re.compile(rf"\s(?:{moved}|{stood})\s{about}{_FIGURE}")


@cache
def _link() -> re.Pattern[str]:
    return re.compile(rf"[\s,]*(?:and )?(?:{_any('links')})\s(?:(?:{_any('about')})\s)?", re.IGNORECASE)
