"""What people say of names: a CSV that they edit, read, checked for contradictions and closed over chains."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from agendaparse.content.text import plain
from agendaparse.errors import JudgementError

COLUMNS = ("name_a", "name_b", "unit", "judgement", "by", "why", "date")
SAME, NOT_SAME, UNSURE = "same", "not same", "unsure"
_WORDS = {SAME: SAME, NOT_SAME: NOT_SAME, "not the same": NOT_SAME, UNSURE: UNSURE}


@dataclass(frozen=True, slots=True)
class Judgement:
    """One line: two printed names are the same indicator, are not, or nobody can tell.

    >>> Judgement("Children in our care", "CLA", None, "same", "A. Reader").judgement
    'same'
    """

    name_a: str
    name_b: str
    unit: str | None  # None: whatever the unit
    judgement: str
    by: str | None = None
    why: str | None = None
    date: date | None = None
    line: int | None = None  # where it stands in its file


def folded(name: str) -> str:
    """A printed name as it is compared: case, dashes, quotes, spaces and a last full stop do not count.

    >>> folded("Children in  Care – total.")
    'children in care - total'
    """
    return plain(name).casefold().rstrip(" .:;,")


def read_judgements(path: str | Path) -> list[Judgement]:
    """The judgements of a CSV file with the columns name_a, name_b, unit, judgement, by, why, date.

    Raises JudgementError where a column is missing, a word is unknown, or two lines contradict each other.

    >>> read_judgements("no-such.csv")
    Traceback (most recent call last):
    ...
    agendaparse.errors.JudgementError: no-such.csv: cannot be read: No such file or directory
    """
    path = Path(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            found = [_read(row, reader.line_num, path) for row in _checked(reader, path)]
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise JudgementError(f"{path}: cannot be read: {reason}") from error
    check_judgements(found, str(path))
    return found


def _checked(reader: csv.DictReader[str], path: Path) -> csv.DictReader[str]:
    missing = set(COLUMNS[:4]) - set(reader.fieldnames or ())
    if missing:
        raise JudgementError(f"{path}: no column {', '.join(sorted(missing))}")
    return reader


def _read(row: Mapping[str, str | None], line: int, path: Path) -> Judgement:
    cell = {c: (row.get(c) or "").strip() or None for c in COLUMNS}
    word = _WORDS.get((cell["judgement"] or "").casefold())
    if word is None or cell["name_a"] is None or cell["name_b"] is None:
        raise JudgementError(f"{path}, line {line}: two names and one of {', '.join(_WORDS)} are needed")
    try:
        day = date.fromisoformat(cell["date"]) if cell["date"] else None
    except ValueError as error:
        raise JudgementError(f"{path}, line {line}: {cell['date']!r} is no date like 2025-01-31") from error
    return Judgement(cell["name_a"], cell["name_b"], cell["unit"], word, cell["by"], cell["why"], day, line)


def check_judgements(judgements: Sequence[Judgement], source: str = "judgements") -> None:
    """Raise JudgementError, naming the lines, where "not same" parts two names that others make one.

    >>> check_judgements([Judgement("a", "b", None, "same"), Judgement("b", "a", "count", "not same")])
    Traceback (most recent call last):
    ...
    agendaparse.errors.JudgementError: judgements: entry 2 says that 'b' and 'a' are not the same, entry 1 that they are
    """
    for unit in {j.unit for j in judgements}:
        groups = same_groups(judgements, unit)
        for parted in _said(judgements, NOT_SAME, unit):
            a, b = folded(parted.name_a), folded(parted.name_b)
            if a == b or groups.get(a, a) == groups.get(b, b):
                others = " and ".join(_place(j, judgements) for j in _chain(judgements, unit, a, b)) or "their spelling"
                raise JudgementError(
                    f"{source}: {_place(parted, judgements)} says that {parted.name_a!r} and {parted.name_b!r} "
                    f"are not the same, {others} that they are"
                )


def same_groups(judgements: Sequence[Judgement], unit: str | None) -> dict[str, str]:
    """For a unit, each judged name (folded) and the first name, in the alphabet, of those that are the same.

    >>> same_groups([Judgement("C", "b", None, "same"), Judgement("b", "a", "count", "same")], "count")
    {'a': 'a', 'b': 'a', 'c': 'a'}
    """
    beside = _beside(_said(judgements, SAME, unit))
    first: dict[str, str] = {}
    for name in beside:
        if name not in first:
            group = _reached(beside, name)
            first.update(dict.fromkeys(group, min(group)))
    return {name: first[name] for name in beside}


def barred_pairs(judgements: Sequence[Judgement], unit: str | None) -> set[frozenset[str]]:
    """For a unit, the pairs of names (folded; of a group of the same the first) that must never be one indicator.

    >>> said = [Judgement("b", "a", None, "same"), Judgement("B", "c", None, "not same")]
    >>> [sorted(pair) for pair in barred_pairs(said, None)]
    [['a', 'c']]
    """
    first = same_groups(judgements, unit)
    pairs = ((folded(j.name_a), folded(j.name_b)) for j in _said(judgements, NOT_SAME, unit))
    return {frozenset((first.get(a, a), first.get(b, b))) for a, b in pairs}


def _said(judgements: Iterable[Judgement], word: str, unit: str | None) -> list[Judgement]:
    """Those of one word that hold for the unit; what is said for one unit holds for no other."""
    return [j for j in judgements if j.judgement == word and j.unit in (None, unit)]


def _beside(judgements: Iterable[Judgement]) -> dict[str, list[tuple[str, Judgement]]]:
    found: dict[str, list[tuple[str, Judgement]]] = {}
    for j in judgements:
        a, b = folded(j.name_a), folded(j.name_b)
        found.setdefault(b, []).append((a, j))
        found.setdefault(a, []).append((b, j))
    return {name: found[name] for name in sorted(found)}


def _reached(beside: Mapping[str, list[tuple[str, Judgement]]], start: str) -> dict[str, list[Judgement]]:
    """The names that are joined with one, each with the judgements that lead to it."""
    ways: dict[str, list[Judgement]] = {start: []}
    waiting = deque([start])
    while waiting:
        name = waiting.popleft()
        for other, judgement in beside.get(name, ()):
            if other not in ways:
                ways[other] = [*ways[name], judgement]
                waiting.append(other)
    return ways


def _chain(judgements: Sequence[Judgement], unit: str | None, a: str, b: str) -> list[Judgement]:
    return _reached(_beside(_said(judgements, SAME, unit)), a).get(b, [])


def _place(judgement: Judgement, among: Sequence[Judgement]) -> str:
    line = judgement.line
    return f"line {line}" if line is not None else f"entry {among.index(judgement) + 1}"
