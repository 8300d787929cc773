"""How long reconciling takes and how much memory, on a generated archive: python -m benchmarks.series [--limits].

Councils print 60 indicators at each meeting, a month's column for each of the last 13 months with a target and a
benchmark; one figure in fifty is restated, one in two hundred stands on two pages with two values.
"""

from __future__ import annotations

import argparse
import math
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from agendaparse.archive.reconciled import reconcile, reconcile_archive
from agendaparse.archive.store import Archive, open_archive
from agendaparse.dataframes import to_frame
from agendaparse.frames import FRAMES

Numbers = np.ndarray[Any, Any]
INDICATORS, MONTHS, MEETINGS = 60, 13, 40
A_PACK = INDICATORS * (MONTHS + 2) * 4 // 3  # a third of all is printed on a second page
SIZES = (15_000, 62_500, 250_000, 1_000_000)
# What a run may take: seconds for a notebook's 15,000 figures, megabytes for a million.
MOST_SECONDS, MOST_MEMORY = 2.0, 2_000.0
_NAMES = ("referrals received", "children looked after", "plans reviewed in time", "visits made", "cases closed")


def main() -> int:
    """Measure each size in a process of its own, or one of them in this."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limits", action="store_true", help="exit code 1 beyond the limits")
    parser.add_argument("--archive", type=Path, help="measure this archive, here")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    asked = parser.parse_args()
    if asked.archive:
        measure(asked.archive)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        found = [run(size, Path(folder) / f"{size}.duckdb") for size in asked.sizes]
    return int(asked.limits and beyond(found))


def run(size: int, path: Path) -> tuple[int, float, float]:
    """Figures, seconds and megabytes of one size, reconciled in a new process."""
    make_archive(path, size)
    call = [sys.executable, "-m", "benchmarks.series", "--archive", str(path)]
    told = subprocess.run(call, capture_output=True, text=True, check=True).stdout  # noqa: S603
    print(told, end="")
    figures, seconds, memory = told.split("\t")[:3]
    return int(figures), float(seconds), float(memory)


def measure(path: Path) -> None:
    """Print figures, seconds of reconciling, peak memory in MB, seconds with writing the tables, and what was found."""
    started = time.perf_counter()
    series = reconcile(path)
    tables = len(series.values), len(series.revisions), len(series.threads)
    seconds = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started = time.perf_counter()
    reconcile_archive(path)
    written = time.perf_counter() - started
    with open_archive(path) as archive:
        figures = archive.connection.execute("SELECT count(*) FROM observations").fetchall()[0][0]
    print(f"{figures}\t{seconds:.2f}\t{memory:.0f}\t{written:.2f}\tvalues, revisions, threads: {tables}")


def beyond(found: list[tuple[int, float, float]]) -> bool:
    """Whether a limit is passed: seconds of the first, memory of the last, and growth faster than n log n."""
    first, last = found[0], found[-1]
    fair = first[1] * (last[0] * math.log(last[0])) / (first[0] * math.log(first[0]))
    return first[1] > MOST_SECONDS or last[2] > MOST_MEMORY or last[1] > fair


def make_archive(path: Path, size: int) -> None:
    """An archive of so many figures, in packs of about a thousand."""
    chance = np.random.default_rng(size)
    with open_archive(path, read_only=False, create=True) as archive:
        for pack in range(max(size // A_PACK, 1)):
            write_pack(archive, pack, chance)


def write_pack(archive: Archive, pack: int, chance: np.random.Generator) -> None:
    """One meeting of one council, every other month."""
    council, meeting = divmod(pack, MEETINGS)
    latest = 2 * meeting + MONTHS
    pack_id, day = f"{pack:012x}", month_start(latest + 1)
    frame = to_frame("packs", [{"pack_id": pack_id, "sha256": pack_id, "source": f"{pack_id}.pdf",
                                "council": f"Council {council}", "committee": "Scrutiny Committee",
                                "published_date": day, "meeting_date": day + pd.Timedelta(days=8)}])  # fmt: skip
    archive.write_pack({"packs": frame, "observations": observations(pack_id, latest, chance)})


def observations(pack_id: str, latest: int, chance: np.random.Generator) -> pd.DataFrame:
    """What a pack prints."""
    columns = MONTHS + 2
    of, column = (a.ravel() for a in np.mgrid[0:INDICATORS, 0:columns])
    month = latest - np.minimum(column, MONTHS - 1)
    base = (of * 37 + month * 11) % 400 + 50
    values = base + (chance.random(len(of)) < 1 / 50)
    first = table(pack_id, "t1", 10 + of // 12, of, column, month, values)
    again = chance.random(len(of)) < 1 / 3
    other = values[again] + (chance.random(int(again.sum())) < 1 / 67)
    second = table(pack_id, "t2", 30 + of[again] // 12, of[again], column[again], month[again], other)
    found = pd.concat([first, second], ignore_index=True)
    found["observation_id"] = [f"{pack_id}-{n:05d}" for n in range(len(found))]
    return found.reindex(columns=FRAMES["observations"].column_names)


def table(
    pack_id: str, name: str, page: Numbers, of: Numbers, column: Numbers, month: Numbers, values: Numbers
) -> pd.DataFrame:
    """The figures of one table."""
    starts = pd.Series([month_start(int(m)) for m in month])
    own = column < MONTHS
    aim = column == MONTHS
    return pd.DataFrame(
        {
            "pack_id": pack_id, "table_id": f"{pack_id}-{name}", "pdf_page": page,
            "indicator": [f"Number of {_NAMES[i % 5]} in area {i // 5 + 1}" for i in of], "unit": "count",
            "measure": np.select([own, aim], ["actual", "target"], "benchmark"),
            "comparator": [None if mine else "England 22/23" for mine in own | aim],
            "period_label": starts.dt.strftime("%b-%y").where(~aim),
            "period_start": starts.where(~aim), "period_end": (starts + pd.offsets.MonthEnd(0)).where(~aim),
            "raw": [str(v) for v in values], "value": values.astype(float),
            "source": "table", "origin": "printed", "reliability": 1.0,
            "box": [None] * len(of),
        }
    )  # fmt: skip


def month_start(number: int) -> pd.Timestamp:
    """The first of the month, counted from January 2014."""
    return pd.Timestamp(2014 + number // 12, number % 12 + 1, 1)


if __name__ == "__main__":
    sys.exit(main())
