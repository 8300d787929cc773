"""How long reading takes, per page, against pdfium's plain-text pass: one run, one machine, one core.

python -m benchmarks.pages [PACK.pdf] [--repeat 5] [--slow-pages 12] [--limits]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import camelot
import pdfplumber
import pypdfium2 as pdfium

import agendaparse as ap
from agendaparse.layout.pages import PageReader
from agendaparse.layout.source import open_pdf, read_bytes

DEFAULT = Path(__file__).parent.parent / "fixtures" / "packs" / "harrowmere-cyp-2023-11-16.pdf"
# What page reading may cost, as a ratio: to pdfium's plain text, and to pdfplumber's words.
MOST_OF_PLAIN, MOST_OF_WORDS = 4.0, 0.1


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
    """Characters, rules, shapes, images and words of every page."""
    return sum(page is not None for page in PageReader(open_pdf(read_bytes(path))))


def our_pack(path: Path) -> int:
    """Stamps, agenda, documents, issues: all that read_pack does."""
    with ap.read_pack(path) as pack:
        return pack.pdf_page_count


def plumber_words(path: Path, pages: int) -> int:
    """pdfplumber's words of some pages."""
    with pdfplumber.open(path) as document:
        return sum(bool(page.extract_words()) or True for page in document.pages[:pages])


def plumber_tables(path: Path, pages: int) -> int:
    """pdfplumber's text and tables of some pages."""
    with pdfplumber.open(path) as document:
        return sum((page.extract_text(), page.extract_tables()) is not None for page in document.pages[:pages])


def camelot_lattice(path: Path, pages: int) -> int:
    """camelot's lattice with its vector engine, on some pages."""
    camelot.read_pdf(str(path), pages=f"1-{pages}", flavor="lattice", engine="vector", suppress_stdout=True)
    return pages


def seconds_a_page(run: Callable[[], int], repeat: int) -> float:
    """The best of several runs, over the pages that it read."""
    best = float("inf")
    for _ in range(repeat):
        started = time.perf_counter()
        pages = run()
        best = min(best, (time.perf_counter() - started) / pages)
    return best


def measure(path: Path, repeat: int, slow: int) -> dict[str, float]:
    """Seconds a page of each reader."""
    slow = min(slow, len(pdfium.PdfDocument(path)))
    fast: dict[str, Callable[[], int]] = {
        "pdfium plain text": lambda: plain_text(path),
        "agendaparse pages": lambda: our_pages(path),
        "agendaparse read_pack": lambda: our_pack(path),
    }
    others: dict[str, Callable[[], int]] = {
        "pdfplumber words": lambda: plumber_words(path, slow),
        "pdfplumber text + tables": lambda: plumber_tables(path, slow),
        "camelot lattice (vector)": lambda: camelot_lattice(path, slow),
    }
    found = {name: seconds_a_page(run, repeat) for name, run in fast.items()}
    return found | {name: seconds_a_page(run, 1) for name, run in others.items()}


def main() -> None:
    """Print the table; with --limits, fail if page reading costs more than it may."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--slow-pages", type=int, default=12, help="pages that the slow readers are given")
    parser.add_argument("--limits", action="store_true")
    given = parser.parse_args()
    found = measure(given.pack, given.repeat, given.slow_pages)
    base = found["pdfium plain text"]
    print(f"{given.pack.name}: best of {given.repeat}, one process")
    print(f"{'reader':28}{'ms a page':>10}{'ratio':>9}")
    for name, seconds in found.items():
        print(f"{name:28}{1000 * seconds:10.2f}{seconds / base:9.1f}")
    plain, words = found["agendaparse pages"] / base, found["agendaparse pages"] / found["pdfplumber words"]
    print(f"page reading: {plain:.2f} of plain text (at most {MOST_OF_PLAIN}), {words:.3f} of pdfplumber's words")
    if given.limits and (plain > MOST_OF_PLAIN or words > MOST_OF_WORDS):
        sys.exit("page reading costs more than it may")


if __name__ == "__main__":
    main()
