"""How many of the printed figures each table reader finds, on the pages with KPI tables of packs whose truth is known.

python -m benchmarks.figures [FOLDER | PACK.pdf ...]        (else AGENDAPARSE_CORPUS, else the fixtures)

The other readers give grids of text. Their headers are read naively: the first row of a grid is its header, its first
column of words the indicators, every cell beside that prints a figure or a sign for none is a figure; what a header
and a cell say is parsed by the same functions as ours. Readers that are not installed are left out: tablers comes with
the extra "benchmarks", PyMuPDF (AGPL) is used where you have installed it yourself.
"""

from __future__ import annotations

import argparse
import importlib
import json
import logging
import os
import re
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import camelot
import pandas as pd
import pdfplumber

import agendaparse as ap
from agendaparse.content.headers import parse_header
from agendaparse.content.values import is_figure, is_missing, parse_values

FIXTURES = Path(__file__).parent.parent / "fixtures"
Grid = Sequence[Sequence[str | None]]
# page, indicator, measure, comparator, first and last day, value or, without one, the print
Figure = tuple[int, str, str, str, str, str, float | str]
Reader = Callable[[Path, Sequence[int]], Iterable[Figure]]


def squeezed(text: Any) -> str:
    """A text by its letters and digits."""
    return "" if text is None or pd.isna(text) else re.sub(r"\W+", "", str(text)).casefold()


def figure(row: dict[str, Any]) -> Figure:
    """What makes a figure itself, of a row of truth or of ``pack.observations``."""
    days = [
        str(row[k])[:10] if row[k] is not None and not pd.isna(row[k]) else "" for k in ("period_start", "period_end")
    ]
    named = row["measure"] in ("target", "threshold", "change")  # these have no period of their own
    start, end = ("", "") if named else days
    value = (
        squeezed(row["raw"]) or "-" if row["value"] is None or pd.isna(row["value"]) else round(float(row["value"]), 4)
    )
    return (
        int(row["pdf_page"]),
        squeezed(row["indicator"]),
        row["measure"],
        squeezed(row["comparator"]),
        start,
        end,
        value,
    )


# --- readers ---


def naive(grids: Iterable[Grid], page: int) -> Iterator[Figure]:
    """The figures of grids of text, by their first row and first column of words."""
    for grid in grids:
        rows = [[" ".join((cell or "").split()) for cell in row] for row in grid]
        heads = [parse_header(cell) for cell in rows[0]] if rows else []
        for row in rows[1:]:
            name = next((i for i, cell in enumerate(row) if re.search(r"[A-Za-z]{3}", cell)), None)
            if name is None:
                continue
            for cell, head in list(zip(row, heads, strict=False))[name + 1 :]:
                if head is None or not head.is_figures or not (is_figure(cell) or is_missing(cell)) or not cell:
                    continue
                period = head.period
                for value in parse_values(cell):
                    yield figure(
                        {
                            "pdf_page": page,
                            "indicator": row[name],
                            "measure": head.role,
                            "comparator": head.comparator,
                            "period_start": period and period.start,
                            "period_end": period and period.end,
                            "raw": cell,
                            "value": value.value,
                        }
                    )


def ours(path: Path, pages: Sequence[int]) -> Iterator[Figure]:
    """All that read_pack does, and its observations."""
    with ap.read_pack(path) as pack:
        found = pack.observations
    own = found[found.pdf_page.isin(pages) & (found.source == "table")]
    rows: list[dict[Any, Any]] = own.astype(object).to_dict("records")
    return map(figure, rows)


def by_pdfplumber(path: Path, pages: Sequence[int]) -> Iterator[Figure]:
    """pdfplumber's extract_tables."""
    with pdfplumber.open(path) as document:
        for number in pages:
            yield from naive(document.pages[number - 1].extract_tables(), number)


def by_camelot(path: Path, pages: Sequence[int], **settings: str) -> Iterator[Figure]:
    """camelot, with a flavor."""
    for number in pages:
        try:
            tables = camelot.read_pdf(str(path), pages=str(number), suppress_stdout=True, **settings)
        except (ValueError, IndexError, ZeroDivisionError, KeyError):  # it gives up on some pages
            continue
        yield from naive([t.df.to_numpy().tolist() for t in tables], number)


def by_tablers(path: Path, pages: Sequence[int]) -> Iterator[Figure]:
    """tablers' find_tables."""
    tablers = importlib.import_module("tablers")
    document = tablers.Document(str(path))
    for number in pages:
        found = tablers.find_tables(document.get_page(number - 1), extract_text=True)
        yield from naive([[[_text(c) for c in row] for row in t.to_list()] for t in found], number)


def _text(cell: Any) -> str | None:
    """What a cell of tablers holds; one that a spanning cell covers holds nothing."""
    return None if cell is None else str(getattr(cell, "text", cell) or "")


def by_pymupdf(path: Path, pages: Sequence[int]) -> Iterator[Figure]:
    """PyMuPDF's find_tables."""
    pymupdf = importlib.import_module("pymupdf")
    document = pymupdf.open(path)
    for number in pages:
        yield from naive([t.extract() for t in document[number - 1].find_tables().tables], number)


def readers() -> dict[str, Reader]:
    """Those that are installed, by name."""
    found: dict[str, Reader] = {
        "agendaparse": ours,
        "pdfplumber": by_pdfplumber,
        "camelot lattice": lambda path, pages: by_camelot(path, pages, flavor="lattice", engine="vector"),
        "camelot hybrid": lambda path, pages: by_camelot(path, pages, flavor="hybrid", engine="vector"),
    }
    if find_spec("tablers"):
        found["tablers"] = by_tablers
    if find_spec("pymupdf"):
        found["PyMuPDF"] = by_pymupdf
    return found


# --- score ---


def count_hits(read: Sequence[Figure], true: Sequence[Figure]) -> int:
    """How many figures of the truth were read; a name may be read with that of its table or section beside it."""
    left, hits = Counter(read), 0
    missed: list[Figure] = []
    for wanted in true:
        if left[wanted] > 0:
            left[wanted] -= 1
            hits += 1
        else:
            missed.append(wanted)
    by_rest: dict[tuple[Any, ...], list[str]] = {}
    for other, n in left.items():
        by_rest.setdefault((other[0], *other[2:]), []).extend([other[1]] * n)
    for wanted in missed:
        names = by_rest.get((wanted[0], *wanted[2:]), [])
        name = next((n for n in names if n.startswith(wanted[1]) or n.endswith(wanted[1])), None)
        if name is not None:
            names.remove(name)
            hits += 1
    return hits


def find_packs(given: Sequence[Path]) -> list[tuple[Path, list[dict[str, Any]]]]:
    """Packs with their true figures in tables, those that have any."""
    folders = given or [Path(os.environ["AGENDAPARSE_CORPUS"])] if "AGENDAPARSE_CORPUS" in os.environ else given
    folders = folders or [FIXTURES / "packs", FIXTURES / "councils"]
    paths = [p for f in folders for p in (sorted(f.glob("*.pdf")) if f.is_dir() else [f])]
    found = []
    for path in paths:
        truth = path.with_suffix(".truth.json")
        if truth.exists():
            kpis = json.loads(truth.read_text("utf-8")).get("kpis", [])
            own = [k for k in kpis if k.get("source", "table") == "table"]
            if own:
                found.append((path, own))
    return found


def main() -> None:
    """Print, for each reader, its F1 over all packs, precision, recall, CPU time a page; then pack by pack."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packs", nargs="*", type=Path)
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    packs = find_packs(parser.parse_args().packs)
    names = readers()
    scored: dict[str, list[tuple[int, int, int, float, int]]] = {name: [] for name in names}
    for path, truth in packs:
        true = [figure(k) for k in truth]
        pages = sorted({f[0] for f in true})
        for name, read in names.items():
            started = time.process_time()
            found = list(read(path, pages))
            scored[name].append(
                (count_hits(found, true), len(found), len(true), time.process_time() - started, len(pages))
            )
    print(f"{len(packs)} packs, {sum(s[4] for s in scored['agendaparse'])} pages with KPI tables, ", end="")
    print(f"{sum(s[2] for s in scored['agendaparse'])} figures; agendaparse reads the whole packs")
    print(f"{'reader':18}{'F1':>7}{'precision':>11}{'recall':>8}{'CPU ms':>9}   F1 by pack")
    for name, rows in scored.items():
        hits, read_, true_ = (sum(r[i] for r in rows) for i in range(3))
        each = " ".join(f"{2 * h / (r + t):.2f}" if r + t else "-" for h, r, t, _, _ in rows)
        f1, precision, recall = 2 * hits / max(read_ + true_, 1), hits / max(read_, 1), hits / max(true_, 1)
        spent = 1000 * sum(r[3] for r in rows) / max(sum(r[4] for r in rows), 1)
        print(f"{name:18}{f1:7.3f}{precision:11.3f}{recall:8.3f}{spent:9.1f}   {each}")


if __name__ == "__main__":
    main()
