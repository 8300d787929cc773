"""Worker processes that read one file at a time: a crash or a hang costs one file, not the run."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any

# Never fork: pdfium and DuckDB hold threads and locks that a forked child would inherit half-way.
_context = multiprocessing.get_context("spawn")

Task = Callable[[Any], Any]


@dataclass(frozen=True)
class Outcome:
    """What became of one job: its result, or the error that ended it."""

    job: Any
    result: Any
    error: str | None  # the class of the error; None for a result
    message: str | None
    seconds: float


class _Worker:
    """One process and its pipe; it is given a job, and told or taken as done before the next."""

    def __init__(self, task: Task) -> None:
        self.pipe, child = _context.Pipe()
        self.process: BaseProcess = _context.Process(target=_serve, args=(child, task), daemon=True)
        with _without_main():
            self.process.start()
        child.close()
        self.job: Any = None
        self.started = 0.0

    def give(self, job: Any) -> None:
        self.job, self.started = job, time.monotonic()
        self.pipe.send(job)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


@contextmanager
def _without_main() -> Iterator[None]:
    """Start a process that does not import the caller's script: convert() works in one without a main guard."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _serve(pipe: Connection, task: Task) -> None:
    """The worker's loop: a job in, a result or an error out, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent answers the keyboard, and stops us
    while True:
        try:
            job = pipe.recv()
        except EOFError:
            return
        answer: tuple[Any, str | None, str | None]
        try:
            answer = (task(job), None, None)
        except Exception as error:  # noqa: BLE001 - the boundary of the process: every error becomes a failure row
            answer = (None, type(error).__name__, str(error) or repr(error))
        pipe.send(answer)


def run_jobs(jobs: Sequence[Any], task: Task, *, workers: int, timeout: float) -> Iterator[Outcome]:
    """The outcome of each job as it comes; ``task`` must be a function that a new process can import.

    A job that takes longer than ``timeout`` seconds is ended with its process ("TimeoutError"); a process that
    dies, of a fault in a library or for want of memory, is replaced ("WorkerDied").
    """
    waiting = deque(jobs)
    busy: list[_Worker] = []
    try:
        while waiting or busy:
            while waiting and len(busy) < workers:
                worker = _Worker(task)
                worker.give(waiting.popleft())
                busy.append(worker)
            yield from _collect(busy, waiting, timeout)
    finally:
        for worker in busy:
            worker.stop()


def _collect(busy: list[_Worker], waiting: deque[Any], timeout: float) -> Iterator[Outcome]:
    """The outcomes that are there, or that the clock makes; workers go on with the next job."""
    left = min(timeout - w.seconds for w in busy)
    ready = set(wait([w.pipe for w in busy], timeout=max(left, 0.01)))
    for worker in list(busy):
        if worker.pipe in ready:
            outcome, alive = _received(worker)
        elif worker.seconds > timeout:
            message = f"took longer than {timeout:g} seconds and was ended"
            outcome, alive = Outcome(worker.job, None, "TimeoutError", message, worker.seconds), False
        else:
            continue
        if alive and waiting:
            worker.give(waiting.popleft())
        else:
            busy.remove(worker)
            worker.stop()
        yield outcome


def _received(worker: _Worker) -> tuple[Outcome, bool]:
    try:
        result, error, message = worker.pipe.recv()
    except (EOFError, OSError):
        worker.process.join()
        message = f"the process that read it died (exit code {worker.process.exitcode})"
        return Outcome(worker.job, None, "WorkerDied", message, worker.seconds), False
    return Outcome(worker.job, result, error, message, worker.seconds), True
