"""Many PDFs into one archive: found, told apart by their content, read side by side, written by one."""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from agendaparse.archive.engines import Outcome, Task, run_jobs
from agendaparse.archive.store import Archive, open_archive
from agendaparse.dataframes import to_frame
from agendaparse.errors import NotAPack
from agendaparse.pack import PACK_FRAMES, read_pack
from agendaparse.version import __version__

TIMEOUT = 600.0  # seconds for one file: packs of a thousand pages take a tenth of it
_HASH_BLOCK = 1 << 20


@dataclass(frozen=True)
class Job:
    """One file to read, and how."""

    source: str
    sha256: str
    profile: str | None
    password: str | None


@dataclass
class Summary:
    """What a run of ``convert`` did."""

    converted: int = 0
    already_there: int = 0
    failed: int = 0
    pages: int = 0
    documents: int = 0
    issues: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)  # source, reason


Progress = Callable[[str, str | None], None]  # source, reason of its failure


def find_pdfs(sources: Iterable[str | Path]) -> list[Path]:
    """The PDFs behind files, folders (searched to the bottom, other files left alone) and globs, once each.

    Raises NotAPack for a source that names nothing.

    >>> [p.name for p in find_pdfs(["fixtures/packs/*-minutes.pdf"])]
    ['harrowmere-cyp-2023-09-14-minutes.pdf']
    """
    found: dict[Path, None] = {}
    for source in sources:
        paths = _behind(str(source))
        if not paths:
            raise NotAPack(f"{source}: no such file or folder, and no file matches it as a pattern")
        found.update(dict.fromkeys(paths))
    return list(found)


def _behind(source: str) -> list[Path]:
    path = Path(source)
    if path.is_dir():
        return sorted(p for p in path.rglob("*") if p.suffix.casefold() == ".pdf" and p.is_file())
    if path.exists():
        return [path]
    return sorted(Path(p) for p in glob.glob(source, recursive=True) if Path(p).is_file())  # noqa: PTH207


def convert(
    sources: Sequence[str | Path],
    archive: str | Path,
    *,
    profile: str | None = None,
    password: str | None = None,
    workers: int | None = None,
    timeout: float = TIMEOUT,
    progress: Progress | None = None,
    task: Task | None = None,
) -> Summary:
    """Read the PDFs behind the sources into an archive; what is already in it, by content, is left out.

    Files are read in processes of their own: one that cannot be read, crashes or hangs becomes a row of
    ``failures`` and is tried again by the next run. Each pack is written in one transaction.

    Args:
        sources: files, folders (searched for PDFs) and globs.
        archive: the DuckDB file, made if it is not there.
        profile: name or TOML file of a council profile for all of them, or a folder of which each front sheet chooses.
        password: tried on encrypted PDFs.
        workers: processes; as many as there are processors if None.
        timeout: seconds for one file.
        progress: called with each file's path, and the reason if it failed.
        task: reads one Job into frames, in a process of its own; for tests.

    Returns:
        What was converted, left out and failed.

    Raises:
        NotAPack: a source names nothing. ArchiveError: the archive is no archive.
    """
    paths = find_pdfs(sources)
    summary = Summary()
    with open_archive(archive, read_only=False, create=True) as store:
        jobs = _new_jobs(paths, store, summary, Job("", "", profile, password), progress)
        count = min(workers or os.cpu_count() or 1, len(jobs))
        for outcome in run_jobs(jobs, task or read_job, workers=max(count, 1), timeout=timeout):
            _keep(outcome, store, summary, progress)
    return summary


def _new_jobs(
    paths: Sequence[Path], store: Archive, summary: Summary, how: Job, progress: Progress | None
) -> list[Job]:
    """The files whose content the archive has not got, each content once."""
    known, jobs = store.known_hashes(), []
    for path in paths:
        try:
            sha256 = _sha256(path)
        except OSError as error:
            _fail(str(path), None, Outcome(path, None, "UnreadablePdf", str(error), 0.0), store, summary, progress)
            continue
        if sha256 in known:
            summary.already_there += 1
        else:
            known.add(sha256)
            jobs.append(Job(str(path), sha256, how.profile, how.password))
    return jobs


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_HASH_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def read_job(job: Job) -> dict[str, pd.DataFrame]:
    """All frames of one pack; runs in a worker process."""
    with read_pack(job.source, profile=job.profile, password=job.password) as pack:
        return {name: pack.frame(name) for name in PACK_FRAMES}


def _keep(outcome: Outcome, store: Archive, summary: Summary, progress: Progress | None) -> None:
    job: Job = outcome.job
    if outcome.error is not None:
        _fail(job.source, job.sha256, outcome, store, summary, progress)
        return
    frames: dict[str, pd.DataFrame] = outcome.result
    store.write_pack(frames)
    summary.converted += 1
    summary.pages += int(frames["packs"]["pdf_page_count"].sum())
    summary.documents += len(frames["documents"])
    summary.issues += len(frames["issues"])
    if progress is not None:
        progress(job.source, None)


def _fail(
    source: str, sha256: str | None, outcome: Outcome, store: Archive, summary: Summary, progress: Progress | None
) -> None:
    row: dict[str, Any] = {"source": source, "sha256": sha256, "error": outcome.error, "message": outcome.message}
    row |= {"seconds": outcome.seconds, "parser_version": __version__}
    store.write_failure(to_frame("failures", [row]))
    summary.failed += 1
    summary.failures.append((source, f"{outcome.error}: {outcome.message}"))
    if progress is not None:
        progress(source, f"{outcome.error}: {outcome.message}")
