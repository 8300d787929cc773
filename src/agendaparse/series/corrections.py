"""What people mend: a CSV that says what a printing should have said; applied on every run, never to the archive."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

import pandas as pd

from agendaparse.errors import CorrectionError
from agendaparse.issues import Issue
from agendaparse.series.likeness import folded

COLUMNS = ("pack", "page", "raw", "value", "reason")
# Where a page prints the same figure more than once.
OPTIONAL = ("indicator", "period", "unit")
CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Correction:
    """One line: what stands on a page of a pack, and the value that it should have."""

    pack: str  # pack id, or the name of its file
    page: int  # of the file, from 1
    raw: str
    value: float | None  # None: no figure at all
    reason: str
    indicator: str | None = None
    period: str | None = None
    unit: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        return f"line {self.line}" if self.line is not None else f"the correction of {self.raw!r} on page {self.page}"


def read_corrections(path: str | Path) -> list[Correction]:
    """The corrections of a CSV file: pack, page, raw, value, reason, and if need be indicator, period, unit.

    Raises CorrectionError where the file cannot be read, or a column or a cell is missing or no number.

    >>> read_corrections("no-such.csv")
    Traceback (most recent call last):
    ...
    agendaparse.errors.CorrectionError: no-such.csv: cannot be read: No such file or directory
    """
    path = Path(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = set(COLUMNS) - set(reader.fieldnames or ())
            if missing:
                raise CorrectionError(f"{path}: no column {', '.join(sorted(missing))}")
            return [_read(row, reader.line_num, path) for row in reader]
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise CorrectionError(f"{path}: cannot be read: {reason}") from error


def _read(row: Mapping[str, str | None], line: int, path: Path) -> Correction:
    cell = {c: (row.get(c) or "").strip() or None for c in (*COLUMNS, *OPTIONAL)}
    empty = [c for c in ("pack", "page", "raw", "reason") if cell[c] is None]
    if empty:
        raise CorrectionError(f"{path}, line {line}: nothing under {', '.join(empty)}")
    try:
        page, value = int(cell["page"] or ""), None if cell["value"] is None else float(cell["value"])
    except ValueError as error:
        raise CorrectionError(f"{path}, line {line}: page and value must be plain numbers") from error
    named = {c: cell[c] for c in OPTIONAL}
    return Correction(cell["pack"] or "", page, cell["raw"] or "", value, cell["reason"] or "", **named, line=line)


def apply_corrections(
    frames: Mapping[str, pd.DataFrame], corrections: Sequence[Correction]
) -> tuple[pd.DataFrame, list[tuple[str | None, Issue]]]:
    """The observations with their corrected values, sure and marked ``corrected``; the print in ``raw`` stays.

    A correction that fits no printing, or several, is not applied: it is an issue, given with the id of its pack.
    Raises CorrectionError where two fit the same printing.
    """
    observations = frames["observations"]
    if not corrections:
        return observations, []
    issues: list[tuple[str | None, Issue]] = []
    taken: dict[int, Correction] = {}
    on_page = observations.groupby(["pack_id", "pdf_page"]).indices
    for correction in corrections:
        packs = _pack_ids(frames["packs"], correction.pack)
        rows = [int(i) for p in packs for i in on_page.get((p, correction.page), ())]
        rows = [i for i in rows if _fits(correction, observations.iloc[i])]
        if len(rows) != 1:
            issues.append((packs[0] if packs else None, _unapplied(correction, len(rows), packs)))
            continue
        if rows[0] in taken:
            raise CorrectionError(f"{taken[rows[0]]} and {correction} mend the same printing")
        taken[rows[0]] = correction
    found = observations.copy()
    at = found.index[list(taken)]
    found.loc[at, "value"] = pd.array([c.value for c in taken.values()], dtype="Float64")
    found.loc[at, "origin"], found.loc[at, "reliability"] = CORRECTED, 1.0
    return found, issues


def _pack_ids(packs: pd.DataFrame, named: str) -> list[str]:
    """The packs of this id or file name."""
    names = packs["source"].map(lambda s: PurePath(s).name, na_action="ignore")
    return list(packs.loc[(packs["pack_id"] == named) | (names == PurePath(named).name), "pack_id"])


def _fits(correction: Correction, row: pd.Series[str]) -> bool:
    if pd.isna(row["raw"]) or _print(row["raw"]) != _print(correction.raw):
        return False
    asked = {"indicator": correction.indicator, "period_label": correction.period, "unit": correction.unit}
    return all(want is None or folded(str(row[column])) == folded(want) for column, want in asked.items())


def _print(raw: str) -> str:
    return " ".join(raw.split()).casefold()


def _unapplied(correction: Correction, fitting: int, packs: Sequence[str]) -> Issue:
    code = "correction_ambiguous" if fitting else "correction_unused"
    what = f"{fitting} printings fit: name the indicator, period or unit" if fitting else "nothing there fits any more"
    message = f"{correction} ({correction.reason}): {what if packs else 'no such pack'}"
    return Issue(code, message, pdf_page=correction.page, raw=correction.raw)
