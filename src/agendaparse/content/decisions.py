"""What a minute decided: the text behind RESOLVED and its like, split by its own numbering."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, takewhile
from typing import NamedTuple

from agendaparse.content.list_numbers import follows
from agendaparse.content.motions import as_printed, find_carried, is_bare, was_lost, without_vote
from agendaparse.content.passages import Passage, PrintedLine, joined, look_for
from agendaparse.content.text import first_sentence, plain
from agendaparse.profile import Profile
from agendaparse.records import Resolution, Source

# Words that decide, strongest first: those of one line count together, a weaker line only where no stronger speaks.
STRONG = (
    ("minutes.resolved", "minutes.resolved_within"),
    ("minutes.decision_label", "minutes.by_body", "minutes.noted_word", "minutes.agreed"),
)
_WEAK = ("minutes.agreed_within",)
_DECIDING = (*chain(*STRONG), *_WEAK)
_FEW = 3  # fewer than one minute in so many has a strong word: motions decide, too
_BY_BODY = "minutes.by_body"
_DECIDED = 2  # points below "The Board:" of which one begins with the verb of a decision
_COLUMN = 9.0  # points within which the numbers of a list stand under each other
_HANGING = 3.0  # points right of the number: the point goes on
_LEAD_WORDS = 14  # a decision behind a longer lead is one sentence among others
_LEADS = 4  # lines that lead to a list, and its first point
_CONNECTIVE = 3  # words: "And;" between two lists of one decision
_OPEN = re.compile(r"(?:.*[\s(])?(?:that|to|the following|as follows|and)\s?[;:,-]?|.*[:;-]|", re.IGNORECASE)
_TO_COUNCIL = re.compile(r"to (?:the )?(?:full )?council\s?[:.–-]*", re.IGNORECASE)
_NUMBER = r"(?P<number>\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]{1,2}|\d{1,2}(?:\.\d{1,2}){1,2}[.)]?)"
_INLINE = re.compile(rf"(?:(?:that|to)\b:?\s?)?{_NUMBER}\s(?=\S)", re.IGNORECASE)


class _Point(NamedTuple):
    number: str | None
    texts: list[Passage | str]
    passage: Passage


@dataclass(frozen=True)
class DecisionWords:
    """Which decision words count in a document: weak ones only where it decides in them."""

    profile: Profile
    weak: bool
    motions: bool = False  # a sentence that moves something decides, if its result is printed behind it

    @classmethod
    def of(cls, minutes: Sequence[Sequence[Passage]], profile: Profile) -> DecisionWords:
        """The words of a set of minutes, by the passages of each: motions decide where few have a strong word.

        >>> DecisionWords.of([], general_profile()).weak
        True
        """
        every = [p for passages in minutes for p in passages]
        look_for(_DECIDING, every, profile)
        weak = decides_in_weak_words(every, profile)
        strong = sum(_has_strong_words(passages, profile) for passages in minutes)
        return cls(profile, weak, weak or _FEW * strong < len(minutes))

    @property
    def tiers(self) -> Sequence[tuple[str, ...]]:
        """The names of the patterns, strongest first; together where weak words decide as well."""
        return (_DECIDING,) if self.weak else STRONG


def _has_strong_words(passages: Sequence[Passage], profile: Profile) -> bool:
    return any(_match(passages, k, tier, profile) for k in _deciding(passages, profile) for tier in STRONG)


def decides_in_weak_words(passages: Sequence[Passage], profile: Profile) -> bool:
    """Whether "it was agreed to" stands for RESOLVED in these minutes: more often than any strong word does."""
    deciding = _deciding(passages, profile)
    strong = {k for k in deciding if any(_match(passages, k, tier, profile) for tier in STRONG)}
    weak = {k for k in deciding if _match(passages, k, _WEAK, profile) and _it_was(passages[k])} - strong
    return len(strong) < len(weak) or not strong


def _deciding(passages: Sequence[Passage], profile: Profile) -> list[int]:
    """The passages in which some word stands that may decide: a quarter of them, in most minutes."""
    return [k for k, passage in enumerate(passages) if passage.may_fit(_DECIDING, profile)]


def _it_was(passage: Passage) -> bool:
    return re.search(r"\bit was\b", passage.plain, re.IGNORECASE) is not None


def read_decisions(passages: Sequence[Passage], words: DecisionWords, pack_id: str) -> list[Resolution]:
    """The decisions of one minute in order; empty if none is worded as one."""
    quoted = _quote_depths(passages)
    for tier in words.tiers:
        found = _decided(passages, quoted, tier, words.profile)
        if found:
            return [_resolution(p, words.profile, pack_id) for p in found]
    points = _in_bold(passages, words.profile) or _carried(passages, words) or _last(passages, quoted, words)
    points = points or _bare(passages, words.profile)
    return [_resolution(p, words.profile, pack_id) for p in points]


def read_form(passages: Sequence[Passage], profile: Profile, pack_id: str) -> list[Resolution]:
    """The decisions in the part of a form that says what was decided, in whatever words."""
    match = _match(passages, 0, STRONG[0], profile) if passages else None
    points, _ = _points(passages, 0, match, profile) if match is not None else _below(passages, 0, profile)
    return [_resolution(p, profile, pack_id) for p in points if _text(p)]


def _decided(
    passages: Sequence[Passage], quoted: Sequence[int], tier: tuple[str, ...], profile: Profile
) -> list[_Point]:
    found: list[_Point] = []
    k, taken_up = 0, _taken_up(passages, profile)
    while k < len(passages):
        match = _match(passages, k, tier, profile)
        moved = match is not None and (k in taken_up or _was_moved(passages, k, match, profile))
        if match is None or moved or quoted[k] + _open_quotes(match.lead) > 0:
            k += 1
            continue
        more = _further(passages[k], match, tier, profile)
        points, k = _one_word(passages, k, match, profile) or _points(passages, k, match, profile)
        if match.single and all(p.passage.bullet for p in points):
            points = [_Point(None, [*chain(*(p.texts for p in points))], p.passage) for p in points[:1]]
        points += more
        if k >= len(passages) or not was_lost(passages[k], profile):
            found += points
    return [p for p in found if _text(p)]


class _Match(NamedTuple):
    lead: str
    rest: str  # as printed
    within: bool  # the word stands within a sentence of the discussion
    single: bool = False  # it speaks of one decision: "Decision:", not "Decisions:" or "RESOLVED:"


def _match(passages: Sequence[Passage], k: int, tier: tuple[str, ...], profile: Profile) -> _Match | None:
    passage = passages[k]
    near = passage.may_fit(_DECIDING, profile)
    for name in tier if near else ():
        groups = passage.fit(name, profile) if name in near else None
        if groups is not None and (name != _BY_BODY or groups["rest"] or _lists_decisions(passages[k + 1 :], profile)):
            rest, lead = groups.get("rest", ""), groups.get("lead", "")
            within = name.endswith("_within") or len(lead.split()) > _LEAD_WORDS or ". " in lead or "seconded" in lead
            return _Match(lead, as_printed(passage, rest), within, "single" in groups)
    return None


def _further(passage: Passage, match: _Match, tier: tuple[str, ...], profile: Profile) -> list[_Point]:
    """What later sentences of the same paragraph decide: "It was agreed to ... . It was agreed to ..."."""
    found: list[_Point] = []
    rest = match.rest if match.within and _INLINE.match(match.rest) is None else ""
    while (after := rest[len(first_sentence(rest)) :].strip()) and _open_quotes(after) == 0:
        groups = next((g for name in tier if (g := profile.pattern(name).match(plain(after))) is not None), None)
        if groups is None or not groups.get("rest"):
            break
        rest = as_printed(passage, groups["rest"])
        found.append(_Point(None, [first_sentence(rest)], passage))
    return found


def _lists_decisions(below: Sequence[Passage], profile: Profile) -> bool:
    """Whether the points below "The Board:" say what it did: noted, agreed; of bullets all do, or they are talk."""
    decided = profile.pattern("minutes.decided_point")
    points = list(takewhile(lambda p: p.marker is not None or p.bullet, below))
    told = [decided.match(p.plain) is not None for p in points]
    return all(told) and bool(told) if points and points[0].bullet else any(told[:_DECIDED])


def _quote_depths(passages: Sequence[Passage]) -> list[int]:
    """For each passage, how many quotation marks are open where it begins: what is quoted decides nothing here."""
    depths, depth = [], 0
    for passage in passages:
        depths.append(depth)
        depth = max(0, depth + _open_quotes(passage.text))
    return depths


def _open_quotes(text: str) -> int:
    return text.count("“") - text.count("”") + text.count('"') % 2


def _was_moved(passages: Sequence[Passage], k: int, match: _Match, profile: Profile) -> bool:
    """Whether the passage above announces a motion or an amendment, so that what follows was only moved."""
    if k == 0 or match.lead.strip():
        return False
    return profile.pattern("minutes.moved").match(passages[k - 1].plain) is not None


def _taken_up(passages: Sequence[Passage], profile: Profile) -> set[int]:
    """Passages that only put forward what a later one decides: "RECOMMENDED that ...", then "AGREED TO RECOMMEND"."""
    near = [k for k, p in enumerate(passages) if "minutes.agreed" in p.may_fit(_DECIDING, profile)]
    last = max((k for k in near if passages[k].fit("minutes.taken_up", profile) is not None), default=0)
    return {k for k in near if k < last and passages[k].fit("minutes.put_forward", profile) is not None}


# --- what was decided ---


def _points(passages: Sequence[Passage], k: int, match: _Match, profile: Profile) -> tuple[list[_Point], int]:
    """The decisions behind the word in passage k, and the index of the passage after them."""
    here, rest = passages[k], match.rest
    inline = _INLINE.match(rest)
    if inline is not None:
        first = _Point(inline["number"], [rest[inline.end() :]], here)
        points, after = _list(passages, k + 1, profile, [first])
        return _split_inline(points), after
    if match.within:
        rest = first_sentence(rest)
    elif _TO_COUNCIL.fullmatch(rest.strip()):
        rest = ""
    if not rest.strip(" :;,-–—") or (any(p.bullet for p in passages[k + 1 : k + 2]) and _only_leads(rest, profile)):
        return _below(passages, k + 1, profile)
    if _OPEN.fullmatch(rest.strip()):
        below = _past_leads(passages, k + 1, profile)
        if below < len(passages) and passages[below].marker is not None:
            points, after = _list(passages, below, profile, [])
            if profile.pattern("minutes.reasons_follow").match(plain(rest)) is not None:
                points = [_Point(None, [rest, *chain(*(p.texts for p in points))], here)]
            return points, after
    texts: list[Passage | str] = [rest]
    below = k + 1
    while below < len(passages) and passages[below].bullet:
        texts.append(passages[below])
        below += 1
    if len(texts) == 1 and _OPEN.fullmatch(rest.strip()) and below < len(passages):
        return _announced(passages, below, rest, here, profile)
    return [_Point(None, texts, here)], below


def _only_leads(rest: str, profile: Profile) -> bool:
    """Whether the words before a list say nothing of what was decided: "that the Committee:"."""
    return len(rest.split()) <= _LEAD_WORDS and profile.pattern("minutes.only_leads").match(plain(rest)) is not None


def _below(passages: Sequence[Passage], k: int, profile: Profile) -> tuple[list[_Point], int]:
    """The decisions in the passages from k on, where the word stands alone above them."""
    start = _past_leads(passages, k, profile)
    if start < len(passages) and passages[start].marker is not None:
        return _list(passages, start, profile, [])
    if k + 1 < len(passages) and passages[k + 1].bullet and _only_leads(passages[k].plain, profile):
        k += 1
    if k + 1 < len(passages) and not passages[k + 1].bullet and _names_body(passages[k]):
        k += 1
    return _unnumbered(passages, k, profile)


def _names_body(here: Passage) -> bool:
    """Whether a line only says who decided: "Cabinet:"."""
    return here.text.endswith(":") and len(here.plain.split()) <= _CONNECTIVE


def _past_leads(passages: Sequence[Passage], k: int, profile: Profile) -> int:
    """The index past lines that only lead to a list: "That the Committee for Harbours:"; k if none is led to."""
    for n in range(k, min(k + _LEADS, len(passages))):
        here = passages[n]
        if here.marker is not None:
            return n
        if here.bullet or here.text.endswith(".") or len(here.plain.split()) > _LEAD_WORDS or _ends(here, profile):
            break
    return k


def _list(passages: Sequence[Passage], k: int, profile: Profile, points: list[_Point]) -> tuple[list[_Point], int]:
    """The numbered points from passage k on, with what belongs to each."""
    left = points[0].passage.lines[0].line.box.x0 if points else passages[k].x
    resumed, inner = False, None
    while k < len(passages):
        here = passages[k]
        outer = here.marker is not None and here.x < left - _COLUMN  # the next paragraph of the minutes themselves
        if _ends(here, profile) or (outer and not follows(points[-1].number or "", here.marker or "")):
            break
        inner = inner if here.marker is None else _inner_signs(points, here.marker, inner)
        if here.marker is not None and inner is None and _is_point(here, points, left):
            points.append(_Point(here.marker, [here], here))
            left = here.x if len(points) == 1 or resumed else left
            resumed = False
        elif here.marker is not None or here.bullet or here.x > left + _HANGING or _goes_on(points, here):
            points[-1].texts.append(here)
        elif resumed or len(here.plain.split()) <= _CONNECTIVE:
            if resumed and not here.text.endswith(":"):
                break
            resumed = True
        else:
            break
        k += 1
    return points, k


def _inner_signs(points: Sequence[_Point], marker: str, inner: str | None) -> str | None:
    """The signs of a list within a point that stands at the same margin: "a)" behind "(i) ... in particular that:"."""
    if not points or points[-1].number is None or follows(points[-1].number, marker):
        return None
    signs = _SIGNS.sub("", marker)
    if inner is not None:
        return inner if signs == inner else None
    last = points[-1].texts[-1]
    opened = (last if isinstance(last, str) else last.text).endswith(":")
    begins = re.sub(r"\W", "", marker.casefold()) in ("1", "a", "i")
    return signs if opened and begins and signs != _SIGNS.sub("", points[-1].number) else None


def _is_point(here: Passage, points: Sequence[_Point], left: float) -> bool:
    if not points:
        return True
    return abs(here.x - left) < _COLUMN or follows(points[-1].number or "", here.marker or "")


def _goes_on(points: Sequence[_Point], here: Passage) -> bool:
    """Whether a passage at the margin is the rest of a sentence: it begins in small print."""
    last = points[-1].texts[-1]
    text = last if isinstance(last, str) else last.text
    return here.plain[:1].islower() and not text.endswith((".", ";", ":"))


def _split_inline(points: list[_Point]) -> list[_Point]:
    """Points that run on in one paragraph: "(a) the report be noted; and (b) the plan be approved"."""
    done: list[_Point] = []
    for point in points:
        text = point.texts[0] if isinstance(point.texts[0], str) else None
        if text is None or point.number is None:
            done.append(point)
            continue
        number, rest = point.number, text
        while (cut := _next_inline(number, rest)) is not None:
            done.append(_Point(number, [rest[: cut.start()].strip()], point.passage))
            number, rest = cut["number"], rest[cut.end() :]
        done.append(_Point(number, [rest, *point.texts[1:]], point.passage))
    return done


_SIGNS = re.compile(r"\w+")
_LATER = re.compile(rf"(?:(?<=[;,.:])|(?<=\band))\s{_NUMBER}\s", re.IGNORECASE)


def _next_inline(number: str, text: str) -> re.Match[str] | None:
    return next((m for m in _LATER.finditer(text) if follows(number, m["number"])), None)


def _unnumbered(passages: Sequence[Passage], k: int, profile: Profile) -> tuple[list[_Point], int]:
    """The paragraph below the word, and those that begin like it: with "That", or with a bullet."""
    if k >= len(passages) or _ends(passages[k], profile):
        return [], k
    first = passages[k]
    points = [_Point(None, [first], first)]
    k += 1
    while k < len(passages) and not _ends(passages[k], profile):
        here = passages[k]
        if first.bullet and here.bullet and abs(here.x - first.x) < _COLUMN:
            points.append(_Point(None, [here], here))
        elif (
            here.bullet
            or (here.marker is not None and here.x > first.x + _HANGING)
            or (here.marker and first.text.endswith(":"))
        ):
            points[-1].texts.append(here)
        elif here.plain.split()[0].casefold() == first.plain.split()[0].casefold() and not first.bullet:
            points.append(_Point(None, [here], here))
        else:
            break
        k += 1
    return points, k


def _announced(
    passages: Sequence[Passage], k: int, rest: str, here: Passage, profile: Profile
) -> tuple[list[_Point], int]:
    """Paragraphs without numbers that "RESOLVED that:" announces: those that begin alike are of the decision."""
    points, after = _unnumbered(passages, k, profile)
    texts = [t for p in points for t in p.texts]
    return [_Point(None, [rest, *texts], here)], after


def _ends(here: Passage, profile: Profile) -> bool:
    """Whether a passage is no part of a decision: a vote, what was refused, the next decision, a form's next part."""
    decision = "minutes.resolved" if here.marker is not None else "minutes.decision_line"
    return any(
        profile.pattern(name).match(here.plain) is not None
        for name in ("minutes.vote", "minutes.refused", "minutes.closed", decision)
    )


def _in_bold(passages: Sequence[Passage], profile: Profile) -> list[_Point]:
    """Decisions that only bold print sets apart: "That the Committee: 1. ..." or "The Committee noted the report."."""
    if all(p.bold for p in passages):
        return []
    that, noted = profile.pattern("minutes.that"), profile.pattern("minutes.noted")
    for k, here in enumerate(passages):
        if here.bold and that.match(here.plain) is not None:
            return _points(passages, k, _Match("", here.text, within=False), profile)[0]
    return [_Point(None, [p], p) for p in passages if p.bold and noted.match(p.plain) is not None][-1:]


def _carried(passages: Sequence[Passage], words: DecisionWords) -> list[_Point]:
    """Motions printed with their result: "That the accounts be paid. Carried."."""
    return [_Point(None, m.texts, m.first) for m in find_carried(passages, words.profile, in_sentences=words.motions)]


def _bare(passages: Sequence[Passage], profile: Profile) -> list[_Point]:
    """Decisions of one word below what was agreed to: "NOTED."; none where that speaks of apologies or interests."""
    return [_Point(None, [p.text], p) for k, p in enumerate(passages) if is_bare(passages, k, profile)]


def _one_word(passages: Sequence[Passage], k: int, match: _Match, profile: Profile) -> tuple[list[_Point], int] | None:
    """A decision that ends with the word itself, "AGREED.", and the index of what follows; None if more is decided."""
    here = passages[k]
    if match.rest or not (here.text.endswith(".") or k + 1 == len(passages)):
        return None
    return ([_Point(None, [here.text], here)], k + 1) if is_bare(passages, k, profile) else None


def _last(passages: Sequence[Passage], quoted: Sequence[int], words: DecisionWords) -> list[_Point]:
    """A decision in a weak word that ends a minute: "Following scrutiny, it was agreed that the report be noted."."""
    ends = len(passages)
    while ends and _ends(passages[ends - 1], words.profile):
        ends -= 1
    if words.weak or not ends:
        return []
    found = _decided(passages[ends - 1 : ends], quoted[ends - 1 : ends], _WEAK, words.profile)
    told = _it_was(passages[ends - 1]) or passages[ends - 1].fit("minutes.body_agreed", words.profile) is not None
    return found if told else []


# --- as rows ---


def _text(point: _Point) -> str:
    """The point's text: its own first, then bullets, points within it and paragraphs that go on."""
    first, *more = point.texts
    text = first if isinstance(first, str) else first.text
    for piece in more:
        own = piece if isinstance(piece, str) else joined([piece])
        listed = not isinstance(piece, str) and (piece.bullet or piece.marker is not None)
        text += ("; " if listed and not text.endswith((":", ";", ",", ".")) else " ") + own
    return " ".join(text.split()).lstrip("; ")


def _first_line(point: _Point) -> PrintedLine:
    """The line on which the text begins: a decision may stand late in its paragraph."""
    lines, text = point.passage.lines, point.texts[0]
    rest = point.passage.text.find(text) if isinstance(text, str) else 0
    for line in lines:
        rest -= len(line.line.text) + 1
        if rest < 0:
            return line
    return lines[0]


def _resolution(point: _Point, profile: Profile, pack_id: str) -> Resolution:
    first = _first_line(point)
    source = Source(pack_id, first.pdf_page, None, first.line.box, "text")
    text = without_vote(_text(point), profile)
    if point.passage.text.startswith("(") and text.count(")") > text.count("("):  # "(RESOLVED that ...)"
        text = text.rstrip(")")
    return Resolution(point.number, text, source)
