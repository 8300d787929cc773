"""How long reading takes, per page, against pdfium's plain-text pass: one run, one machine, one core.

python -m benchmarks.pages [PACK.pdf] [--text TEXT-PACK.pdf] [--repeat 5] [--slow-pages 12] [--limits]

Times are CPU times. What our readers remember of texts is forgotten before each run: in a batch every pack is new.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import camelot
import pdfplumber
import pypdfium2 as pdfium

import agendaparse as ap
from agendaparse.layout.pages import PageReader
from agendaparse.layout.source import open_pdf, read_bytes

FIXTURES = Path(__file__).parent.parent / "fixtures"
DEFAULT = FIXTURES / "packs" / "harrowmere-cyp-2023-11-16.pdf"
TEXT = FIXTURES / "councils" / "brunelport-policy-committee-2025-02-27.pdf"  # front sheet, agenda, minutes, reports
# What things may cost, as a ratio to something else.
LIMITS = {
    ("pages", "plain text"): 4.0,
    ("pages", "pdfplumber words"): 0.1,
    ("everything", "plain text"): 8.0,
    ("everything", "pdfplumber text + tables"): 0.1,
    ("read_pack, text only", "pages, text only"): 1.5,
}
FRAMES: tuple[str, ...] = (
    "documents",
    "reports",
    "recommendations",
    "minutes",
    "resolutions",
    "actions",
    "tables",
    "cells",
)
FRAMES += ("observations", "issues", "coverage")


def plain_text(path: Path) -> int:
    """pdfium's own text of every page."""
    document = pdfium.PdfDocument(path)
    for i in range(len(document)):
        page = document[i]
        text = page.get_textpage()
        text.get_text_bounded()
        text.close()
        page.close()
    return len(document)


def our_pages(path: Path) -> int:
    """Characters, rules, shapes, images, words, and lines in reading order of every page."""
    return sum(page is not None and page.lines is not None for page in PageReader(open_pdf(read_bytes(path))))


def our_pack(path: Path) -> int:
    """All that read_pack does: stamps, agenda, documents, covers, minutes, issues."""
    with ap.read_pack(path) as pack:
        return pack.pdf_page_count


def our_everything(path: Path) -> int:
    """The same with actions, tables, cells and observations, and all of it as frames."""
    with ap.read_pack(path) as pack:
        for name in FRAMES:
            pack.frame(name)
        return pack.pdf_page_count


def forget() -> None:
    """Let our readers begin anew, with their vocabulary and patterns loaded: what they remember of texts goes."""
    for name, module in list(sys.modules.items()):
        if name.startswith("agendaparse"):
            for known in vars(module).values():
                parameters = getattr(known, "cache_parameters", None)
                if parameters is not None and parameters()["maxsize"] is not None:
                    known.cache_clear()


def plumber_words(path: Path, pages: int) -> int:
    """pdfplumber's words of some pages."""
    with pdfplumber.open(path) as document:
        return sum(bool(page.extract_words()) or True for page in spread(document.pages, pages))


def plumber_tables(path: Path, pages: int) -> int:
    """pdfplumber's text and tables of some pages."""
    with pdfplumber.open(path) as document:
        found = [(page.extract_text(), page.extract_tables()) for page in spread(document.pages, pages)]
        return len(found)


def camelot_lattice(path: Path, pages: int) -> int:
    """camelot's lattice with its vector engine, on some pages."""
    with pdfplumber.open(path) as document:
        numbers = [page.page_number for page in spread(document.pages, pages)]
    for number in numbers:
        camelot.read_pdf(str(path), pages=str(number), flavor="lattice", engine="vector", suppress_stdout=True)
    return len(numbers)


def spread(pages: Sequence[Any], count: int) -> list[Any]:
    """So many of the pages, from all over the pack."""
    return list(pages[:: max(1, len(pages) // count)])


def seconds_a_page(run: Callable[[], int], repeat: int) -> float:
    """The best of several runs, over the pages that it read."""
    best = float("inf")
    for _ in range(repeat):
        forget()
        started = time.process_time()
        pages = run()
        best = min(best, (time.process_time() - started) / pages)
    return best


def measure(path: Path, text: Path, repeat: int, slow: int) -> dict[str, float]:
    """Seconds a page of each reader."""
    fast: dict[str, Callable[[], int]] = {
        "pages, text only": lambda: our_pages(text),
        "read_pack, text only": lambda: our_pack(text),
        "plain text": lambda: plain_text(path),
        "pages": lambda: our_pages(path),
        "read_pack": lambda: our_pack(path),
        "everything": lambda: our_everything(path),
    }
    others: dict[str, Callable[[], int]] = {
        "pdfplumber words": lambda: plumber_words(path, slow),
        "pdfplumber text + tables": lambda: plumber_tables(path, slow),
        "camelot lattice (vector)": lambda: camelot_lattice(path, slow),
    }
    our_everything(text)  # what is loaded once
    found = {name: seconds_a_page(run, repeat) for name, run in fast.items()}
    return found | {name: seconds_a_page(run, 1) for name, run in others.items()}


def main() -> None:
    """Print the table; with --limits, fail if something costs more than it may."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--text", type=Path, default=TEXT, help="a pack of text without tables")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--slow-pages", type=int, default=12, help="pages that the slow readers are given")
    parser.add_argument("--limits", action="store_true")
    given = parser.parse_args()
    found = measure(given.pack, given.text, given.repeat, given.slow_pages)
    base = found["plain text"]
    print(f"{given.pack.name}, text only: {given.text.name}; best of {given.repeat}, one process")
    print(f"{'reader':28}{'CPU ms a page':>14}{'ratio':>8}")
    for name, seconds in found.items():
        print(f"{name:28}{1000 * seconds:14.2f}{seconds / base:8.1f}")
    over = []
    for (one, other), most in LIMITS.items():
        ratio = found[one] / found[other]
        over += [one] if ratio > most else []
        print(f"{one} / {other}: {ratio:.3f} (at most {most})")
    if given.limits and over:
        sys.exit(f"costs more than it may: {', '.join(over)}")


if __name__ == "__main__":
    main()
