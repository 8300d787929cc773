"""The lines of a cell as one text: words and figures that a narrow cell has broken are joined."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from agendaparse.content.dates import months
from agendaparse.content.vocabulary import vocabulary, word_list

_HYPHEN = re.compile(r"[a-z]-$")
_LONG = re.compile(r"[a-z]{3,}$")
_STUB = re.compile(r"(?P<stub>[b-z]|[a-z]{2})[).,:]*")
_LAST_WORD = re.compile(r"([A-Za-z]+)$")
_FIRST_WORD = re.compile(r"([a-z]+)")
_OPEN_GROUP = re.compile(r"(?:^|[\s(£])\d{1,3}(?:,\d{3})*,(?P<open>\d{0,2})$")
_OPEN_YEARS = re.compile(r"(?<!\d)(?:19|20)\d{2}[-–/]$")  # "2022-" above "23"
_OPEN_MONTH = re.compile(r"(?:^|\s)([A-Z][a-z]{2,8})[-–/]$")  # "May-" above "25"
_OPEN_POINT = re.compile(r"\d\.$")
_LEAST_PART = 2  # letters of a word before the break


def join_cell_lines(lines: Iterable[str]) -> str:
    """The lines of a cell as one text; what a narrow cell has broken is joined, a hyphen at a line's end kept.

    >>> [join_cell_lines(x) for x in (["SE", "Bench-", "marking"], ["1,904,22", "0"], ["May-", "23"])]
    ['SE Bench-marking', '1,904,220', 'May-23']
    """
    return " ".join(whole_lines(lines))


def cell_line(text: str) -> str:
    r"""The text of a cell, printed on several lines, as one.

    >>> cell_line("Revenu\ne"), cell_line(" 12 % ")
    ('Revenue', '12 %')
    """
    return join_cell_lines(text.split("\n")) if "\n" in text else " ".join(text.split())


def whole_lines(lines: Iterable[str]) -> list[str]:
    """The lines of a cell, those joined that go on with a broken word or figure; empty ones left out.

    >>> whole_lines(["Revenu", "e", "Target"])
    ['Revenue', 'Target']
    """
    found: list[str] = []
    for line in (" ".join(part.split()) for part in lines):
        if line and found and _is_broken(found[-1], line):
            found[-1] += line
        elif line:
            found.append(line)
    return found


def _is_broken(text: str, line: str) -> bool:
    """Whether the line goes on with the word or figure that the text ends with."""
    if line[0].isdigit():
        return _goes_on_figure(text, line)
    if not line[0].islower():
        return False
    return (
        (text[-1] == "-" and _HYPHEN.search(text) is not None)
        or _is_stub(text, line.split(maxsplit=1)[0])
        or _is_known(text, line)
    )


def _goes_on_figure(text: str, line: str) -> bool:
    if _OPEN_YEARS.search(text) is not None and re.match(r"(?:\d{2}|(?:19|20)\d{2})(?!\d)", line) is not None:
        return True
    month = _OPEN_MONTH.search(text)
    if month is not None and month[1].casefold() in months():
        return re.match(r"(?:20)?\d{2}(?!\d)", line) is not None
    group = _OPEN_GROUP.search(text)
    if group is not None:
        return re.match(rf"\d{{{3 - len(group['open'])}}}(?!\d)", line) is not None
    return _OPEN_POINT.search(text) is not None and re.fullmatch(r"\d+\s?%?\)?", line) is not None


def _is_stub(text: str, head: str) -> bool:
    """A letter or two that are no word: "Revenu / e"."""
    stub = _STUB.fullmatch(head)
    return stub is not None and _LONG.search(text) is not None and stub["stub"] not in _short_words()


def _is_known(text: str, line: str) -> bool:
    """Whether both parts make a word of headers: "Stat / us"."""
    last = _FIRST_WORD.match(line)
    if last is None or last[1] not in _ends():  # most lines go on with a word of their own
        return False
    first = _LAST_WORD.search(text)
    if first is None or len(first[1]) < _LEAST_PART:
        return False
    known = _header_words()
    return (first[1] + last[1]).casefold() in known and first[1].casefold() not in known


@cache
def _short_words() -> frozenset[str]:
    return word_list("tables", "broken", "short_words")


@cache
def _ends() -> frozenset[str]:
    """What may stand on the next line of a word of headers."""
    return frozenset(w[n:].casefold() for w in _header_words() for n in range(_LEAST_PART, len(w)))


@cache
def _header_words() -> frozenset[str]:
    listed = [w for role in vocabulary("measures").values() for how in role.values() for w in how]
    words = {w for phrase in listed for w in re.findall(r"[a-z]{5,}", phrase.casefold())}
    return frozenset(words | {m for m in months() if len(m) > 4} | word_list("tables", "broken", "whole"))  # noqa: PLR2004
