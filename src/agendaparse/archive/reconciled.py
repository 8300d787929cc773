"""Packs and archives across meetings: ``ap.reconcile``, and the tables that it adds to an archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pandas as pd

from agendaparse.archive.store import Archive, open_archive
from agendaparse.pack import Pack
from agendaparse.series.corrections import Correction
from agendaparse.series.judgements import Judgement
from agendaparse.series.printings import NEEDED, Frames
from agendaparse.series.reconcile import reconcile_frames
from agendaparse.series.series import ARCHIVED, Series

Source = Pack | Archive | str | Path
Judgements = str | Path | Sequence[Judgement]
Corrections = str | Path | Sequence[Correction]


def reconcile(
    sources: Source | Iterable[Source], *, judgements: Judgements = (), corrections: Corrections = ()
) -> Series:
    """The indicators of the packs over the years: what stands, what was restated, what became of each resolution.

    The same packs give the same series in whatever order, and whether given at once or one after the other.

    Args:
        sources: an archive (open, or its path), a pack, or several of these. A pack given twice counts once.
        judgements: a CSV of names that are the same indicator or not, or what ``read_judgements`` gives.
        corrections: a CSV of what printings should have said, or what ``read_corrections`` gives.

    Returns:
        A Series: ``values``, ``revisions``, ``unresolved``, ``threads`` and more as DataFrames.

    Raises:
        ArchiveError: a path leads to no archive.
        JudgementError, CorrectionError: a file cannot be used, or contradicts itself.

    >>> reconcile([]).values.empty
    True
    """
    given = [sources] if isinstance(sources, Pack | Archive | str | Path) else list(sources)
    with ExitStack() as opened:
        return reconcile_frames(list(_with_frames(given, opened)), judgements, corrections)


def _with_frames(given: Iterable[Source], opened: ExitStack) -> Iterator[Frames]:
    for source in given:
        if isinstance(source, Pack):
            yield source
        elif isinstance(source, Archive):
            yield Columns(source)
        else:
            yield Columns(opened.enter_context(open_archive(source)))


class Columns:
    """An archive of which only those columns are read that series are made of: its boxes and cells are far larger."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def frame(self, name: str) -> pd.DataFrame:
        """The needed columns of a table."""
        return self._archive.table(name, NEEDED[name])


def reconcile_archive(archive: str | Path, *, judgements: Judgements = (), corrections: Corrections = ()) -> Series:
    """Reconcile the packs of an archive and write the tables of the series into it, in place of earlier ones.

    All or nothing, in one transaction. Corrections that fit nothing become rows of ``issues``. Raises as ``reconcile``.
    """
    with open_archive(archive, read_only=False) as store:
        series = reconcile(store, judgements=judgements, corrections=corrections)
        store.write_series({name: series.table(name) for name in ARCHIVED}, series.issues)
    return series
