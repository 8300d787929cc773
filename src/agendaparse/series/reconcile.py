"""Packs -> Series: the stages, one line each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from agendaparse.series.corrections import Correction, apply_corrections, read_corrections
from agendaparse.series.indicators import find_indicators
from agendaparse.series.judgements import Judgement, check_judgements, read_judgements
from agendaparse.series.printings import Frames, find_printings, gather
from agendaparse.series.series import Series


def reconcile_frames(
    sources: Iterable[Frames],
    judgements: str | Path | Sequence[Judgement] = (),
    corrections: str | Path | Sequence[Correction] = (),
) -> Series:
    """The series of what the sources hold: packs, archives, or anything that has their frames by name."""
    said = read_judgements(judgements) if isinstance(judgements, str | Path) else judgements
    mended = read_corrections(corrections) if isinstance(corrections, str | Path) else corrections
    check_judgements(said)
    frames = gather(sources)
    observations, issues = apply_corrections(frames, mended)
    frames |= {"observations": observations}
    indicators = find_indicators(observations, frames["packs"], said)
    printings = find_printings(frames, indicators.key_of)
    return Series(frames, printings, indicators, judgements=said, issues=issues)
