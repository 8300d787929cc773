"""What worker processes are given to do in tests: read, fail, hang, die."""

from __future__ import annotations

import os
import time
from pathlib import Path

from agendaparse.archive.convert import Job, read_job


def by_name(job: Job):
    """Read the file, unless its name says what should happen to the process that reads it."""
    name = Path(job.source).name
    if "hang" in name:
        time.sleep(60)
    if "die" in name:
        os._exit(11)
    if "raise" in name:
        raise RuntimeError("a fault that nobody foresaw")
    return read_job(job)
