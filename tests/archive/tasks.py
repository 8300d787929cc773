"""What worker processes are given to do in tests: read, fail, hang, die."""

from __future__ import annotations

import os
import time

from agendaparse.archive.convert import Job, read_job


def by_name(job: Job):
    """Read the file, unless its name says what should happen to the process that reads it."""
    if "hang" in job.source:
        time.sleep(60)
    if "die" in job.source:
        os._exit(11)
    if "raise" in job.source:
        raise RuntimeError("a fault that nobody foresaw")
    return read_job(job)
