"""Which council papers are of: by its letterhead, its name in the text, and its addresses."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import pairwise

from agendaparse.content.body import BodyLine
from agendaparse.content.dates import puts_month_first
from agendaparse.content.front_text import FrontText
from agendaparse.content.stamps import StampedPage
from agendaparse.content.text import Texts, plain
from agendaparse.layout.words import Word
from agendaparse.profile import Pattern, Profile, fold

_WHOLE_PAGES = 12  # of a pack
_OVER = 2  # lines at the head of a paper
_EDGE = 3  # lines at head and foot of a page
_SMALLER = 0.75  # times a letterhead's size is an address beside it
_HEAD = 14  # lines among which a letterhead stands
_FRONT_WEIGHT = 3  # a council named on the front sheet counts as often as this many times elsewhere
_SMALL = {"of", "and", "the", "for", "in", "on", "upon", "to", "with"}
_NO_NAME = {
    "the", "this", "our", "all", "to", "for", "that", "leader", "mayor", "members", "chair", "services", "of", "and",
    "honorable", "full", "draft", "minutes", "meeting", "following",
}  # fmt: skip
_PAPERS = {
    "report",
    "agenda",
    "minutes",
    "meeting",
    "committee",
    "notice",
    "decision",
    "item",
    "draft",
    "page",
    "staff",
}
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_INITIAL = re.compile(r"[^\W\d_]")
_DOMAIN = re.compile(r"(?:@|www\.|https?://)(?:[\w-]+\.)*?([\w-]+)\s?\.(?:gov\.uk|gov\.wales|llyw\.cymru|gov)\b")


def find_council(pages: Sequence[StampedPage], front: FrontText, profile: Profile) -> str | None:
    """The council of a letterhead; else the one that an address vouches for, or that the papers name most."""
    head = _letterhead(front, profile)
    if head is not None:
        return head
    known = _councils()
    texts = [front.texts, *([line.text for line in p.page.lines] for p in pages)]
    # a narrow column cuts an address: "clerk@harrowmere" above ".gov.uk"
    addressed = [folded for lines in texts if ".gov" in (folded := fold("\n".join(lines)))]
    domains = Counter(d for t in addressed for d in _DOMAIN.findall(t) if d in known)
    if domains:  # a name that stands only in a logo; the address below it is text
        return known[domains.most_common(1)[0][0]]
    body = Texts([plain(text) for text in _speaking(pages, front)])
    name, count = _most_named(profile.pattern("meeting.council"), front, body)
    if name is None or puts_month_first(front.texts):  # America's councils are called the City Council
        city, often = _most_named(profile.pattern("meeting.municipality"), front, body)
        name = city if often > count else name
    own = name or _in_address(front, profile) or _at_its_place(front, profile)
    return own or _over_papers(pages, profile)


def _over_papers(pages: Sequence[StampedPage], profile: Profile) -> str | None:
    """The council whose name stands alone at the head of most papers, where the front sheet's is only in a logo."""
    texts = (plain(line.text) for p in pages[1:] for line in p.page.lines[:_OVER])
    counts = Counter(name for text in texts if (name := _letterhead_in(text, profile)) is not None)
    return max(counts, key=lambda n: counts[n], default=None)


def _in_address(front: FrontText, profile: Profile) -> str | None:
    """A council's name before its address on a line of its own: "Mere and Weir Council, Quay Road, Mere"."""
    letterhead, kind = profile.pattern("meeting.letterhead"), profile.pattern("meeting.kind_of_council")
    for here in (*front.behind, *front.lines):
        name, comma, _ = here.text.partition(",")
        match = letterhead.match(name) if comma and name.endswith("Council") else None
        if match is not None and kind.match(match["value"]) is None:
            return _without_article(match["value"])
    return None


def _at_its_place(front: FrontText, profile: Profile) -> str | None:
    """The one council of the register whose kind and whose place the sheet names, though not as one name.

    A "County Council" whose name is only in its logo meets in "County Hall, Harbourton, Mereshire".
    """
    sheet = " ".join(front.texts)
    found = set()
    for name in _councils().values():
        place, kind = _parted(name, profile)
        if kind and kind in sheet and re.search(rf"\b{re.escape(place)}\b(?! {kind})", sheet) is not None:
            found.add(name)
    return found.pop() if len(found) == 1 else None


def _parted(name: str, profile: Profile) -> tuple[str, str]:
    """A council's name as its place and its kind: "Mereshire", "County Council"; no kind where it has only one word."""
    words = name.split()
    kind = " ".join(words[-2:])
    is_kind = len(words) > 2 and profile.pattern("meeting.kind_of_council").match(kind) is not None  # noqa: PLR2004
    return " ".join(words[:-2]), kind if is_kind else ""


def _speaking(pages: Sequence[StampedPage], front: FrontText) -> list[str]:
    """The lines that may say whose papers these are: all of the first pages, head and foot of the others.

    The text of a paper on its own speaks of other councils.
    """
    whole = _WHOLE_PAGES if front.is_front else 1
    found: list[str] = []
    for n, stamped in enumerate(pages):
        lines = stamped.page.lines
        spoken = lines if n < whole or len(lines) <= 2 * _EDGE else [*lines[:_EDGE], *lines[-_EDGE:]]
        found += [line.text for line in spoken]
    return found


def _most_named(pattern: Pattern, front: FrontText, body: Texts) -> tuple[str | None, int]:
    """The council that is named most often, and how often; the front sheet counts more."""
    counts: Counter[str] = Counter()
    lines = [b for b in (*front.lines, *front.behind) if not b.is_data]
    named = [b.text for b in lines if not b.text.startswith(("Councillor ", "Cllr "))]
    sheet = Texts([plain(_IN_BRACKETS.sub("", text)) for text in named])  # where members come from
    for weight, texts in ((_FRONT_WEIGHT, sheet), (1, body)):
        for match in texts.find_all(pattern):
            counts[title_case(_without_article(match["value"]))] += weight
    # "City Council" is no name, and what a paper on its own says once may be any council
    least = 1 if front.is_front else 2
    counts = Counter({n: c for n, c in counts.items() if len(n.split()) > 2 and c >= least})  # noqa: PLR2004
    return max(counts.items(), key=lambda n: n[1], default=(None, 0))


def _letterhead(front: FrontText, profile: Profile) -> str | None:
    """A line at the head that is a council's name and nothing else, or two that make one; English before Welsh."""
    names = list(_letterheads(front, profile))
    return next((n for n in names if not n.startswith("Cyngor")), next(iter(names), None))


def _letterheads(front: FrontText, profile: Profile) -> Iterator[str]:
    lines = [b for b in front.lines[:_HEAD] if not b.is_data]
    large = [plain(" ".join(w.text for w in words)) for b in lines if (words := _beside_small_print(b))]
    texts = [*(b.text for b in lines), *large]
    joined = [f"{a} {b}" for a, b in pairwise(texts)]
    for n, text in enumerate((*texts, *joined)):
        name = _letterhead_in(text, profile)
        if name is not None and (n < len(texts) or not _is_whole(texts[n - len(texts)])):
            yield name


def _letterhead_in(text: str, profile: Profile) -> str | None:
    """The name that a text is, if it is a council's and says which: "Ordinary Meeting of the Council" is none."""
    match = profile.pattern("meeting.letterhead").match(text)
    name = title_case(_without_article(match["value"])) if match is not None else ""
    if not name or _PAPERS.intersection(name.casefold().split()):
        return None
    return name if profile.pattern("meeting.kind_of_council").match(name) is None else None


def _beside_small_print(here: BodyLine) -> list[Word]:
    """The words of a line in its largest print, where smaller ones stand beside them: an address in its column."""
    large = [w for w in here.line.words if w.size > _SMALLER * here.line.size]
    return large if len(large) < len(here.line.words) else []


def _is_whole(text: str) -> bool:
    """Whether a line says something of itself, so that it is no first half of a name."""
    words = text.casefold().split()
    return len(words) > 4 or not _PAPERS.isdisjoint(words)  # noqa: PLR2004


@cache
def _councils() -> dict[str, str]:
    """Domain of a council's addresses -> its name, from data/vocabulary/councils.csv."""
    file = resources.files("agendaparse.data").joinpath("vocabulary/councils.csv")
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return {row["domain"]: row["council"] for row in rows}


def title_case(text: str) -> str:
    """A heading in capitals as a name: small words stay small, mixed case stays as it is.

    >>> title_case("COUNTY COUNCIL"), title_case("Cabinet")
    ('County Council', 'Cabinet')
    """
    if not text.isupper():
        return text
    words = text.lower().split()
    return " ".join(
        w if w in _SMALL and i else _INITIAL.sub(lambda m: m[0].upper(), w, count=1) for i, w in enumerate(words)
    )


def _without_article(name: str) -> str:
    words = name.split()
    while words and words[0].casefold() in _NO_NAME:
        del words[0]
    return " ".join(words)
