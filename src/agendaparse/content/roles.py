"""What each column and row of a logical table is: names, references, figures of some measure and period, marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agendaparse.content.drafts import Draft
from agendaparse.content.headers import Column, parse_header, settle
from agendaparse.content.periods import Setting, find_period
from agendaparse.content.values import is_figure, is_missing
from agendaparse.records import Cell

_MOSTLY = 0.6
_CODE = re.compile(r"(?=.*\d)[A-Z][A-Za-z]{0,5}[\s\-./]?\d[\w\-./%() ]{0,12}")
_ORDINAL = re.compile(r"\d{1,3}[.)]?")
_NOT_NAMES = ("owner", "commentary", "frequency", "unit", "polarity", "page", "rag", "direction", "ref")


@dataclass(frozen=True)
class Roles:
    """A table understood: what its columns hold and where its rows have their names."""

    columns: tuple[Column | None, ...]
    figures: tuple[int, ...]  # columns of figures
    name: int | None  # the column of indicators
    group: tuple[int, ...]  # columns of words before the name: what the names belong to
    ref: int | None
    measure: int | None  # the column whose words say the measure of each row: "Actual", "Target"
    rag: tuple[int, ...]
    direction: tuple[int, ...]
    turned: bool  # periods stand in the rows, indicators in the columns


def find_roles(draft: Draft, setting: Setting) -> Roles:
    """What the columns of a table hold, by their headers and by what stands under them."""
    grid = draft.grid
    heads = [header_text(draft, grid, c) for c in range(draft.n_cols)]
    columns = settle([parse_header(h, setting) for h in heads], setting)
    body = grid[draft.n_header :]
    kept = [_by_cells(column, [row[c] for row in body], c) for c, column in enumerate(columns)]
    figures = tuple(c for c, column in enumerate(kept) if column is not None and column.is_figures)
    first = figures[0] if figures else draft.n_cols
    words = [c for c in range(draft.n_cols) if c not in figures and _is_words([row[c] for row in body])]
    measure = next((c for c in words if _says_measures([row[c] for row in body])), None)
    # a first column of periods names the rows whatever its header is: "Month", "Year", "Date"
    dated = words[:1] == [0] and _are_periods([row[0] for row in body], setting)
    names = [c for c in words if c != measure and (_may_name(kept[c]) or (dated and c == 0))]
    name = _name_column(names, kept, body, first)
    ref = next((c for c in range(draft.n_cols) if c != name and _is_ref(kept[c], [row[c] for row in body], c)), None)
    turned = name is not None and measure is None and _are_periods([row[name] for row in body], setting)
    group = tuple(c for c in names if name is not None and c < name and c != ref)
    marks = {role: tuple(c for c, k in enumerate(kept) if k is not None and k.role == role) for role in _MARKS}
    return Roles(tuple(kept), figures, name, group, ref, measure, marks["rag"], marks["direction"], turned)


_MARKS = ("rag", "direction")


def header_text(draft: Draft, grid: Sequence[Sequence[Cell | None]], col: int) -> str:
    """The header over a column: its rows joined, what spans several columns said to each of them."""
    parts: list[str] = []
    for r in range(draft.n_header):
        cell = grid[r][col]
        if cell is None or (cell.col == 0 and cell.col_span == draft.n_cols):
            continue
        if cell.text and (not parts or parts[-1] != cell.text):
            parts.append(cell.text)
    return " ".join(parts)


def _by_cells(column: Column | None, cells: Sequence[Cell | None], col: int) -> Column | None:
    """What the cells say where the header says nothing, or something that they do not bear out."""
    printed = [c for c in cells if c is not None and c.text]
    texts = [c.text for c in printed]
    figures = sum(is_figure(c.text) or _has_figure_line(c) for c in printed)
    signs = sum(is_missing(t) for t in texts)
    mostly = bool(figures) and figures + signs >= _MOSTLY * len(texts)
    if column is None or column.role == "unknown":
        if not mostly or (col == 0 and (column is None or len(set(texts)) == len(texts))):
            return column
        text = column.text if column is not None else ""
        unit = column.unit if column is not None else None
        return Column(text, "actual", None, unit, named=bool(text), guessed=True)
    if column.is_figures and not figures and signs < len(texts):
        return replace(column, role="commentary") if texts and column.period is None else column
    if column.role in ("ref", "indicator") and mostly and col > 0 and column.role != "ref":
        return replace(column, role="actual", guessed=True)
    return column


def _has_figure_line(cell: Cell | None) -> bool:
    return cell is not None and any(is_figure(line) for line in cell.lines)


def _is_words(cells: Sequence[Cell | None]) -> bool:
    texts = [c.text for c in cells if c is not None and c.text]
    return bool(texts) and sum(any(ch.isalpha() for ch in t) or _is_span(t) for t in texts) >= _MOSTLY * len(texts)


def _is_span(text: str) -> bool:
    """A row named "0-4", "2016/17" or "16+"."""
    return re.fullmatch(r"\d+\s?[-–/+]\s?\d*", text) is not None


def _says_measures(cells: Sequence[Cell | None]) -> bool:
    """Whether each cell of a column is the name of a measure and nothing else."""
    heads = [parse_header(c.text) for c in cells if c is not None and c.text]
    if not heads:
        return False
    known = [h for h in heads if h is not None and (h.is_figures or h.role in _MARKS)]
    plain = all(len(h.text.split()) <= 4 for h in known)  # noqa: PLR2004
    return len(known) == len(heads) and plain and all(h.period is None or h.named for h in known)


def _may_name(column: Column | None) -> bool:
    return column is None or column.role not in _NOT_NAMES


def _name_column(
    names: Sequence[int], columns: Sequence[Column | None], body: Sequence[Sequence[Cell | None]], first: int
) -> int | None:
    """The column of indicators: one headed so, else the words nearest before the figures, else the first words."""
    headed = [c for c in names if (k := columns[c]) is not None and k.role == "indicator"]
    if headed:
        return max(headed, key=lambda c: _distinct([row[c] for row in body]))
    before = [c for c in names if c < first]
    return before[-1] if before else (names[0] if names else None)


def _distinct(cells: Sequence[Cell | None]) -> tuple[int, int]:
    texts = {c.text for c in cells if c is not None and c.text}
    return len(texts), sum(map(len, texts))


def _is_ref(column: Column | None, cells: Sequence[Cell | None], col: int) -> bool:
    texts = [c.text for c in cells if c is not None and c.text]
    if column is not None and column.role == "ref":
        return True
    if not texts or (
        column is not None and column.role != "unknown" and not (column.text.casefold() == "no" and not col)
    ):
        return False
    coded = sum(_CODE.fullmatch(t) is not None for t in texts)
    counted = [int(t.rstrip(".)")) for t in texts if _ORDINAL.fullmatch(t)]
    in_order = len(counted) == len(texts) and counted == sorted(set(counted)) and col == 0 and len(texts) > 1
    return coded == len(texts) or in_order


def _are_periods(cells: Sequence[Cell | None], setting: Setting) -> bool:
    texts = [c.text for c in cells if c is not None and c.text]
    found = [t for t in texts if (p := find_period(t, setting)) is not None and len(p.label) >= len(t) - 10]
    return len(found) > 1 and len(found) >= _MOSTLY * len(texts)
