"""Labels that a table without rules sets in the middle of their value's height: put beside its first line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from agendaparse.content.body import BodyLine
from agendaparse.content.labels import Labels
from agendaparse.content.segments import chunks_of
from agendaparse.content.text import plain
from agendaparse.layout.lines import Line
from agendaparse.layout.words import Word

_ALIGNED = 3.0  # points within which the lines of a value begin
# Of the font size.
_LEADING = 1.45  # from line to line of one value
_LEVEL = 0.9  # what stands no further apart shares its height
Chunk = tuple[BodyLine, list[Word]]


def with_labels_first(body: Sequence[BodyLine], labels: Labels) -> list[BodyLine]:
    """The lines of a report, each label on the cover's page moved up to its value's first line.

    A row with several labels becomes a line for each of them, with the further lines of its value behind it.
    """
    found: list[BodyLine] = []
    at = 0
    while at < len(body):
        row = _row_at(body, at, labels) if body[at].pdf_page == body[0].pdf_page else None
        if row is None:
            found.append(body[at])
            at += 1
        else:
            above, end, lines = row
            del found[len(found) - above :]
            found += lines
            at = end
    return found


def _row_at(body: Sequence[BodyLine], at: int, labels: Labels) -> tuple[int, int, list[BodyLine]] | None:
    """If labels stand in the middle here: how many lines above are theirs, where they end, and the lines anew."""
    here = body[at]
    if here.cell is not None:
        return None
    wrapped = _wrapped_at(body[at : at + 3], labels)
    if wrapped:
        return 0, at + 3, wrapped
    chunks = chunks_of(here.line)
    heads = [c for c in chunks if labels.whole(_text(c)) is not None]
    if not heads or chunks[0] is not heads[0]:
        return None
    columns = [c[0].x0 for c in chunks if c not in heads]
    above = list(_values(body, at, -1, columns, labels))
    below = list(_values(body, at, 1, columns, labels))
    values: list[Chunk] = [(b, c) for b in reversed(above) for c in chunks_of(b.line)]
    values += [(here, c) for c in chunks if c not in heads]
    values += [(b, c) for b in below for c in chunks_of(b.line)]
    owned = [(head, _owned(head, heads, values)) for head in heads]
    if not above or not all(_is_middle(here, [b for b, _ in own]) for _, own in owned):
        return None
    if not _is_level(above[-1], here) and _runs_on(body[at - len(above) - 1 : at - len(above)], above[-1]):
        return None  # the value of the label above, and labels stand beside first lines
    return len(above), at + 1 + len(below), [line for head, own in owned for line in _anew(here, head, own)]


def _wrapped_at(lines: Sequence[BodyLine], labels: Labels) -> list[BodyLine]:
    """Labels of two lines, beside values whose one line stands between those; empty if these are none."""
    level = all(b.cell is None and a.pdf_page == b.pdf_page and _is_level(a, b) for a, b in pairwise(lines))
    if len(lines) < 3 or not level:  # noqa: PLR2004
        return []
    columns: dict[float, list[Chunk]] = {}
    for here in lines:
        for chunk in chunks_of(here.line):
            x = next((x for x in columns if abs(x - chunk[0].x0) < _ALIGNED), chunk[0].x0)
            columns.setdefault(x, []).append((here, chunk))
    row = [columns[x] for x in sorted(columns)]
    wholes = [labels.whole(_text([w for _, c in column for w in c])) is not None for column in row]
    if not wholes[0] or not any(whole and len(column) > 1 for whole, column in zip(wholes, row, strict=True)):
        return []
    found: list[BodyLine] = []
    for whole, after, column in zip(wholes, [False, *wholes], row, strict=False):
        words = [w for _, c in column for w in c]
        if whole:
            found += _anew(lines[0], words, [])
        elif after:
            head = found.pop()
            found += _anew(head, list(head.line.words), column)
        else:
            found += _anew(lines[0], [], column)
    return found


def _values(
    body: Sequence[BodyLine], at: int, step: int, columns: Sequence[float], labels: Labels
) -> Iterator[BodyLine]:
    """The lines above or below that go on with values of the row, nearest first."""
    last, left = body[at], body[at].line.words[0]
    for k in range(at + step, len(body) if step > 0 else -1, step):
        here = body[k]
        apart = abs(here.line.box.top - last.line.box.top) / here.line.size
        if here.cell is not None or here.pdf_page != last.pdf_page or apart > _LEADING:
            return
        level = _is_level(here, body[at])
        for chunk in chunks_of(here.line):
            beside = any(abs(chunk[0].x0 - x) < _ALIGNED for x in columns)
            if not beside and not (level and chunk[0].x0 > left.x1 and labels.whole(_text(chunk)) is None):
                return
        columns = [*columns, *(c[0].x0 for c in chunks_of(here.line))]
        yield here
        last = here


def _is_level(a: BodyLine, b: BodyLine) -> bool:
    return abs(a.line.box.top - b.line.box.top) < _LEVEL * a.line.size


def _runs_on(above: Sequence[BodyLine], here: BodyLine) -> bool:
    """Whether a line stands as close under the one above it as the lines of one value do."""
    return any(
        b.pdf_page == here.pdf_page and here.line.box.top - b.line.box.top < _LEADING * here.line.size for b in above
    )


def _owned(head: list[Word], heads: Sequence[list[Word]], values: Sequence[Chunk]) -> list[Chunk]:
    """The values between a label and the next one at its right."""
    after = min((h[0].x0 for h in heads if h[0].x0 > head[0].x0), default=float("inf"))
    return [(b, c) for b, c in values if head[0].x0 < c[0].x0 < after]


def _is_middle(label: BodyLine, values: Sequence[BodyLine]) -> bool:
    """Whether as many lines of a value stand above the label as below it, or one value's line beside it."""
    above = sum(b.line.box.top < label.line.box.top - 1 for b in values)
    below = sum(b.line.box.top > label.line.box.top + 1 for b in values)
    return bool(values) and above == below


def _anew(here: BodyLine, head: list[Word], values: Sequence[Chunk]) -> Iterator[BodyLine]:
    (first, words), *rest = values or [(here, [])]
    line = Line((*head, *words))
    yield first._replace(line=line, text=plain(line.text))
    for below, more in rest:
        line = Line(tuple(more))
        yield below._replace(line=line, text=plain(line.text))


def _text(words: Sequence[Word]) -> str:
    return plain(" ".join(w.text for w in words))
