"""What makes figures less sure: their header, their arithmetic, their neighbours. Each doubt lowers a reliability."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import prod
from statistics import median

from agendaparse.content.observations import Figure
from agendaparse.content.vocabulary import vocabulary, word_list
from agendaparse.issues import ISSUE_CODES, Issues

_SHARE = re.compile(r"(?P<part>\d[\d,]*)\s*(?:/|out of|of)\s*(?P<whole>\d[\d,]*)\D+?(?P<percent>\d+(?:\.\d+)?)\s*%")
_WHOLE_PERCENT = 100.0
_LEAST_RUN = 4  # figures, or months, before one of them is out of line
_LEAST_SIZE = 20.0  # below it, counts of few cases jump as they please
_JUMP = 8.0  # times larger or smaller than the middle of its row
_MOST_ASTRAY = 2  # of the months of a header: with more, it has an order of its own
_ADDED = ("count", "currency", None)


@dataclass(frozen=True)
class Doubt:
    """One reason to be less sure of a figure: its code and a sentence about it."""

    code: str
    figure: Figure
    message: str


def find_doubts(figures: Sequence[Figure], method: str) -> list[Doubt]:
    """The doubts about the figures of one table, or of one panel of it.

    Codes and factors stand in ``data/vocabulary/doubts.toml``.
    """
    return [*(doubt for check in _CHECKS for doubt in check(figures)), *_of_method(figures, method)]


def reliability(base: float, codes: Sequence[str]) -> float:
    """How sure a figure is, 0 to 1: its table's reliability times the factor of each kind of doubt.

    >>> reliability(1.0, ["undated", "unit_jump", "unit_jump"])
    0.616
    """
    factors = vocabulary("doubts")["factors"]
    return float(round(base * prod(factors[code] for code in sorted(set(codes))), 4))


def report(doubts: Sequence[Doubt], issues: Issues) -> None:
    """Put those doubts on record that have an issue code; a guessed header once for its column."""
    known: set[tuple[str, object]] = set()
    for doubt in doubts:
        figure = doubt.figure
        place = (figure.col, figure.column.text) if doubt.code == "header_guessed" else id(figure)
        if doubt.code not in ISSUE_CODES or (doubt.code, place) in known:
            continue
        known.add((doubt.code, place))
        raw = figure.column.text if doubt.code == "header_guessed" else figure.raw
        issues.add(doubt.code, doubt.message, pdf_page=figure.cell.pdf_page, box=figure.cell.box, raw=raw)


def _of_method(figures: Sequence[Figure], method: str) -> Iterator[Doubt]:
    if method not in ("ruled", "cards"):
        for figure in figures:
            yield Doubt("aligned", figure, "its column was found by alignment")


def _of_headers(figures: Sequence[Figure]) -> Iterator[Doubt]:
    for figure in figures:
        column = figure.column
        if column.guessed:
            yield Doubt("header_guessed", figure, f"nothing says what the column {column.text!r} holds")
        elif column.role == "actual" and column.period is None:
            yield Doubt("undated", figure, "no time is printed for it")
        elif figure.dated_by_title:
            yield Doubt("dated_by_title", figure, "its time stands only in the table's title")


def tell_apart(figures: Sequence[Figure]) -> Iterator[Doubt]:
    """Figures of one table, or of one page, that claim to be the same and are not."""
    by_claim: dict[object, list[Figure]] = {}
    for figure in figures:
        column = figure.column
        claim = (figure.name.casefold(), column.role, column.comparator, column.period, column.text, figure.unit)
        by_claim.setdefault(claim, []).append(figure)
    for same in by_claim.values():
        if len({(f.value.value, f.raw) for f in same}) > 1:
            for figure in same:
                message = f"{len(same)} figures near each other are {figure.name!r} in {figure.column.text!r}"
                yield Doubt("figures_not_told_apart", figure, message)


def _percents(figures: Sequence[Figure]) -> Iterator[Doubt]:
    """Percents against the numerator and denominator printed with them, in the cell or in the row."""
    for figure in figures:
        found = _SHARE.search(figure.raw) if figure.value.unit == "percent" else None
        if found is not None:
            part, whole = (float(found[k].replace(",", "")) for k in ("part", "whole"))
            yield from _share(figure, part, whole, found["percent"])
    for row in _rows(figures).values():
        parts, wholes = (_headed(row, words) for words in ("numerators", "denominators"))
        percents = [f for f in row if f.unit == "percent" and f.column.role == "actual" and f.value.value is not None]
        if len(parts) == len(wholes) == len(percents) == 1:
            yield from _share(percents[0], parts[0], wholes[0], percents[0].raw.strip("% "))


def _headed(row: Sequence[Figure], words: str) -> list[float]:
    known = word_list("doubts", "words", words)
    return [f.value.value for f in row if f.value.value is not None and f.column.text.casefold() in known]


def _share(figure: Figure, part: float, whole: float, printed: str) -> Iterator[Doubt]:
    if not whole or figure.value.value is None:
        return
    decimals = len(printed.partition(".")[2])
    share = _WHOLE_PERCENT * part / whole
    if abs(share - float(figure.value.value)) > 0.51 * 10**-decimals:
        message = f"{part:g} of {whole:g} is {share:.{decimals + 1}f}%, printed is {printed}%"
        yield Doubt("percent_disagrees", figure, message)


def _totals(figures: Sequence[Figure]) -> Iterator[Doubt]:
    """Rows named Total against the rows over them, column by column."""
    by_column: dict[tuple[int, str | None], list[Figure]] = {}
    for figure in figures:
        if figure.unit in _ADDED and figure.value.value is not None:
            by_column.setdefault((figure.col, figure.row.within), []).append(figure)
    totals, subtotals = word_list("doubts", "words", "totals"), word_list("doubts", "words", "subtotals")
    for column in by_column.values():
        if any(_name(f) in totals for f in column):
            yield from _total_of(column, totals, subtotals)


def _name(figure: Figure) -> str:
    return figure.row.label.casefold().strip(" :")


def _total_of(column: Sequence[Figure], totals: frozenset[str], subtotals: frozenset[str]) -> Iterator[Doubt]:
    """A total may be of the rows since the last one, of all rows, or of the subtotals so far."""
    parts: list[float] = []
    every: list[float] = []
    subs: list[float] = []
    for figure in column:
        value, name = float(figure.value.value or 0), _name(figure)
        if name not in totals and name not in subtotals:
            parts.append(value)
            every.append(value)
            continue
        sums = [sum(parts), sum(every), sum(subs), sum(subs) + sum(parts)]
        decimals = len(figure.raw.partition(".")[2].rstrip("%)kmbn "))
        # whole people add up; amounts may have been rounded one by one
        slack = 0.0 if figure.unit == "count" and not decimals else 0.51 * (len(every) + 1) * 10**-decimals
        if len(every) > 1 and name in totals and min(abs(s - value) for s in sums) > slack:
            message = f"the rows over it add up to {sums[0]:g}, printed is {figure.raw}"
            yield Doubt("total_disagrees", figure, message)
        subs.append(value)
        parts = []


def _sequence(figures: Sequence[Figure]) -> Iterator[Doubt]:
    """Months of a header that stand out of the order of the others."""
    columns = {
        f.col: f.column.period
        for f in figures
        if f.column.role == "actual" and f.column.period is not None and f.column.period.kind == "month"
    }
    starts = [columns[c].start.toordinal() for c in sorted(columns)]
    if len(starts) < _LEAST_RUN:
        return
    forwards, backwards = _longest_run(starts), _longest_run([-s for s in starts])
    kept = max(forwards, backwards, key=len)
    astray = {c for i, c in enumerate(sorted(columns)) if i not in kept}
    if 0 < len(astray) <= _MOST_ASTRAY:
        for figure in figures:
            if figure.col in astray:
                message = f"{figure.column.text!r} stands out of the order of months"
                yield Doubt("period_out_of_sequence", figure, message)


def _longest_run(numbers: Sequence[int]) -> set[int]:
    """The places of a longest rising run: what stands elsewhere is out of order."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for i, number in enumerate(numbers):
        at = bisect_left(ends, number)
        ends[at:], last[at:] = [number, *ends[at + 1 :]], [i, *last[at + 1 :]]
        before.append(last[at - 1] if at else -1)
    places, at = set(), last[-1]
    while at >= 0:
        places.add(at)
        at = before[at]
    return places


def _jumps(figures: Sequence[Figure]) -> Iterator[Doubt]:
    """A figure of quite another size than the others of its row: a lost point, a percent among counts."""
    for row in _rows(figures).values():
        told = [f for f in row if f.value.value is not None and f.column.period is not None]
        run = [f for f in told if f.column.role == "actual"]
        kinds = {f.column.period.kind for f in run if f.column.period is not None}
        if len(run) < _LEAST_RUN or len(kinds) > 1 or len({f.unit for f in run}) > 1:
            continue
        middle = median(abs(float(f.value.value or 0)) for f in run)
        for figure in run:
            size = abs(float(figure.value.value or 0))
            if middle >= _LEAST_SIZE and size and not middle / _JUMP <= size <= middle * _JUMP:
                yield Doubt("unit_jump", figure, f"the others of its row are about {middle:g}")


def _rows(figures: Sequence[Figure]) -> dict[int, list[Figure]]:
    rows: dict[int, list[Figure]] = {}
    for figure in figures:
        rows.setdefault(figure.row.index, []).append(figure)
    return rows


_CHECKS: tuple[Callable[[Sequence[Figure]], Iterator[Doubt]], ...] = (
    _of_headers,
    _percents,
    _totals,
    _sequence,
    _jumps,
)
