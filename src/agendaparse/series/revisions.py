"""One figure printed more than once -> which printing stands, and which contradict each other, and how."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

# A printing that is less sure than this never takes the place of a surer one.
SURE = 0.5
_NUMBER = re.compile(r"\d[\d,]*(?:\.(?P<decimals>\d+))?|\.(?P<bare>\d+)")
_EXACT = 1e-6
_TOO_MANY, _FAR = 3, 0.2
_WORST_FIRST = ("conflicting", "restated", "doubtful")


class Printing(NamedTuple):
    """One printing of a figure. Those of one figure are sorted by day, then by place."""

    row: int  # where it stands in the frame of printings
    day: int
    table: str | None
    value: float
    half: float  # half of its last printed place: 0.05 for "26.3%"
    reliability: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of the printings of one figure."""

    stands: int  # the row whose value stands
    status: str  # sole, agreed, restated, conflicting, doubtful
    revisions: Sequence[tuple[str, int, int]]  # kind, row, the row that it contradicts


@lru_cache(maxsize=65_536)
def half_step(raw: str, value: float) -> float:
    """Half of the last place to which a figure is printed: it stands for all values so near.

    >>> half_step("26%", 26.0), half_step("26.3%", 26.3), half_step("£1.2m", 1_200_000.0)
    (0.5, 0.05, 50000.0)
    """
    for found in _NUMBER.finditer(raw):
        number = abs(float(found[0].replace(",", "")))
        scale = abs(value) / number if number else 1.0
        if (value == 0 and number) or not _is_power_of_ten(scale):
            continue  # the other figure of "196 (87%)"
        return 0.5 * scale * 10.0 ** -len(found["decimals"] or found["bare"] or "")
    return _EXACT * max(abs(value), 1.0)  # reckoned from the print, as a ratio from "1/20"


def _is_power_of_ten(scale: float) -> bool:
    return any(abs(scale - power) < _EXACT * power for power in (1.0, 1e3, 1e6, 1e9))


def agree(a: Printing, b: Printing) -> bool:
    """Whether two printings can be of one value: 26% and 26.3% can, 26% and 27% cannot.

    >>> a, b = (Printing(i, 0, None, v, h, 1.0) for i, (v, h) in enumerate([(26.0, 0.5), (26.3, 0.05)]))
    >>> agree(a, b)
    True
    """
    return a.value == b.value or abs(a.value - b.value) < (a.half + b.half) * (1 - _EXACT)


def judge(printings: Sequence[Printing]) -> Verdict:
    """Which of the printings of one figure, sorted by day and place, stands: the last published that is sure.

    Of those of one day the best supported stands, the one with which most of them agree; of those the most precise,
    the surest, the first in the pack. What contradicts it that day is *conflicting*; or *doubtful*, in two rows of
    one table, which then have a name that does not tell them apart. A day none of whose printings agrees with what
    stood before *restates* it. Printings that are not sure never stand if others are, and are *doubtful* at most.

    >>> verdict = judge([Printing(0, 1, "a", 488.0, 0.5, 1.0), Printing(1, 9, "b", 489.0, 0.5, 1.0)])
    >>> verdict.stands, verdict.status, verdict.revisions
    (1, 'restated', [('restated', 1, 0)])
    """
    sure = [p for p in printings if p.reliability >= SURE]
    revisions: list[tuple[str, int, int]] = []
    stood: list[Printing] = []
    span = (0.0, 0.0)  # where the value lies by all printings since it was last restated
    for _, same_day in groupby(sure or printings, key=lambda p: p.day):
        today = list(same_day)
        best = _best(today)
        if stood and not any(_meets(span, p) for p in today):
            revisions.append(("restated", best.row, stood[-1].row))
        revisions += _contradictions(best, today)
        own = (best.value - best.half, best.value + best.half)
        span = (max(span[0], own[0]), min(span[1], own[1])) if stood and _meets(span, best) else own
        stood.append(best)
    if not sure:
        return Verdict(stood[-1].row, "doubtful", [("doubtful", a, b) for _, a, b in revisions])
    unsure = [p for p in printings if p.reliability < SURE]
    revisions += [("doubtful", s.row, p.row) for p in unsure if not agree(s := _stood_on(p.day, stood), p)]
    kinds = {kind for kind, _, _ in revisions}
    settled = "sole" if len(printings) == 1 else "agreed"
    return Verdict(stood[-1].row, next((k for k in _WORST_FIRST if k in kinds), settled), revisions)


def _best(today: Sequence[Printing]) -> Printing:
    """The printing of a day that stands for it."""
    if len(today) == 1:
        return today[0]
    alike = Counter((p.value, p.half) for p in today)
    one_of = {(p.value, p.half): p for p in today}
    support = {key: sum(n for other, n in alike.items() if agree(p, one_of[other])) for key, p in one_of.items()}
    return max(today, key=lambda p: (support[p.value, p.half], -p.half, p.reliability))


def _contradictions(best: Printing, today: Sequence[Printing]) -> list[tuple[str, int, int]]:
    """What contradicts the printing that stands for its day.

    Two rows of one table that go by one name are doubtful, for the name does not tell them apart. So are three values
    that lie far apart: nobody prints one figure like that, but a heading ("Quarter end") may be taken for a name.
    """
    others = [p for p in today if not agree(best, p)]
    values = {best.value, *(p.value for p in others)}
    nameless = len(values) >= _TOO_MANY and max(values) - min(values) > _FAR * max(abs(v) for v in values)
    return [
        ("doubtful" if nameless or (p.table is not None and p.table == best.table) else "conflicting", best.row, p.row)
        for p in others
    ]


def _meets(span: tuple[float, float], printing: Printing) -> bool:
    slack = _EXACT * printing.half
    return printing.value - printing.half < span[1] - slack and printing.value + printing.half > span[0] + slack


def _stood_on(day: int, stood: Sequence[Printing]) -> Printing:
    """What stood on a day: the last before it, or the first of all."""
    return next((p for p in reversed(stood) if p.day <= day), stood[0])
