"""Rules -> grids of cells with their text; and pages as pdfplumber knows them, for its finders and word functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
from pdfplumber.container import Container
from pdfplumber.table import T_table_settings, TableFinder, TableSettings
from pdfplumber.utils.text import extract_words as plumber_words

from agendaparse.layout.geometry import held_by
from agendaparse.layout.lines import join_lines
from agendaparse.layout.objects import Shape
from agendaparse.layout.pages import Page
from agendaparse.layout.rules import find_cells, find_rules, part_tables, stands
from agendaparse.layout.words import Word, Words
from agendaparse.records import Box

# Ends of rules that miss each other by this much meet all the same: Word's borders overlap by half their width.
_SETTINGS: dict[str, Any] = {"snap_tolerance": 3, "join_tolerance": 3, "intersection_tolerance": 3}

_WHITE = 250  # of 255: paper
_THIN = 4.0  # points: narrower boxes are rules
_PARAGRAPH = 0.8  # of the font size: a wider gap between lines parts paragraphs


class GridCell(NamedTuple):
    """One cell of a ruled table: where it stands in the grid and on the page, and its text as lines."""

    row: int
    col: int
    box: Box
    text: str  # lines joined by a new line, paragraphs by two; "" for a cell without text


@dataclass(frozen=True)
class Grid:
    """A ruled area of one page. A place that has no cell of its own is None in ``rows``, an empty cell is ""."""

    box: Box
    cells: tuple[GridCell, ...]
    n_rows: int
    n_cols: int

    @property
    def rows(self) -> list[list[str | None]]:
        """The texts by row and column."""
        table: list[list[str | None]] = [[None] * self.n_cols for _ in range(self.n_rows)]
        for cell in self.cells:
            table[cell.row][cell.col] = cell.text
        return table


class PlumberPage(Container):  # type: ignore[misc]
    """A page as pdfplumber knows pages, made of what pdfium read: its finders run on this unchanged.

    >>> PlumberPage(page).find_tables()[0].bbox  # doctest: +SKIP
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self.page_number = page.pdf_page
        self.width, self.height = page.width, page.height
        self.bbox = (0.0, 0.0, page.width, page.height)

    @property
    def pages(self) -> None:
        """None: a page holds no pages."""
        return

    @property
    def objects(self) -> dict[str, list[dict[str, Any]]]:
        """Characters, lines, rects, curves and images as pdfplumber's dicts; made on first use."""
        if not hasattr(self, "_objects"):
            page = self._page
            found: dict[str, list[dict[str, Any]]] = {"char": _chars(page), "image": []}
            for kind in ("line", "rect", "curve"):
                found[kind] = [_shape(s, page) for s in page.shapes if s.kind == kind]
            found["image"] = [_placed(p.box, page) | {"object_type": "image"} for p in page.pictures]
            self._objects = found
        return self._objects

    def extract_words(self, **settings: Any) -> list[dict[str, Any]]:
        """Pdfplumber's words; settings are its own."""
        words: list[dict[str, Any]] = plumber_words(self.chars, **settings)
        return words

    def find_tables(self, settings: T_table_settings | None = None) -> list[Any]:
        """Pdfplumber's tables; settings are its own."""
        return list(TableFinder(self, TableSettings.resolve(settings or _SETTINGS)).tables)


def _placed(box: Box, page: Page) -> dict[str, Any]:
    return {
        "x0": box.x0,
        "top": box.top,
        "x1": box.x1,
        "bottom": box.bottom,
        "width": box.width,
        "height": box.height,
        "doctop": box.top,
        "y0": page.height - box.bottom,
        "y1": page.height - box.top,
        "page_number": page.pdf_page,
    }


def _shape(shape: Any, page: Page) -> dict[str, Any]:
    return _placed(shape.box, page) | {
        "object_type": shape.kind,
        "pts": list(shape.points),
        "linewidth": shape.width,
        "stroke": shape.stroke is not None,
        "fill": shape.fill is not None,
        "stroking_color": shape.stroke,
        "non_stroking_color": shape.fill,
    }


def _chars(page: Page) -> list[dict[str, Any]]:
    """The characters of the seen words, stamps and hidden text left out, with a space between neighbours."""
    found: list[dict[str, Any]] = []
    before: Word | None = None
    for word in page.words:
        run = page.chars.runs[word.run]
        set_in = {"fontname": run.font, "size": run.size, "upright": word.angle == 0}
        set_in |= {"object_type": "char", "non_stroking_color": run.color}
        if before is not None and _are_neighbours(before, word):
            gap = Box(before.x1, word.top, word.x0, word.bottom)
            found.append(_placed(gap, page) | set_in | {"text": " "})
        boxes = page.chars.box[word.first : word.last].tolist()
        texts = page.chars.text[word.first : word.last].tolist()
        found += [_placed(Box(*b), page) | set_in | {"text": t} for t, b in zip(texts, boxes, strict=True)]
        before = word
    return found


def _are_neighbours(left: Word, right: Word) -> bool:
    """Whether a space stands between two upright words of one line: pdfplumber parts words at spaces."""
    level = abs(left.bottom - right.bottom) < 0.5 * left.size and left.angle == right.angle == 0
    return level and 0 < right.x0 - left.x1 < left.size


def find_grids(page: Page) -> list[Grid]:
    """The ruled tables of a page, from the top; every cell with its box and text.

    The text of a cell is that of the words whose middle lies in it, read as lines.
    """
    return list(page.remembered(_grids))


def ruled_cells(page: Page) -> Sequence[Sequence[Box]]:
    """The cells of a page's ruled tables, by table, from the top; found once for all that ask.

    >>> len(ruled_cells(page))  # doctest: +SKIP
    1
    """
    return page.remembered(_cells)


def drawn_cells(page: Page) -> Sequence[Box]:
    """All cells between a page's rules, those that stand alone too; found once for all that ask.

    >>> len(drawn_cells(page))  # doctest: +SKIP
    4
    """
    return page.remembered(_drawn_cells)


def _drawn_cells(page: Page) -> list[Box]:
    return find_cells(*find_rules(page.shapes)) if any(map(stands, page.shapes)) else []


def _cells(page: Page) -> list[list[Box]]:
    return part_tables(drawn_cells(page))


def _grids(page: Page) -> tuple[Grid, ...]:
    seen = _drawn(page)
    tables = ruled_cells(page) if seen is page.shapes else part_tables(find_cells(*find_rules(seen)))
    return tuple(_grid(cells, page.words) for cells in tables)


def _drawn(page: Page) -> list[Shape]:
    """The shapes whose edges are seen: not the white boxes on white ground that lie under words in some reports."""
    white = [s for s in page.shapes if _is_white(s)]
    if not white:
        return page.shapes
    ground = [(*p.box, p.z) for p in page.pictures]
    ground += [(*s.box, s.z) for s in page.shapes if s.fill is not None and not _is_white(s)]
    x0, top, x1, bottom, z = np.array(ground).reshape(-1, 5).T
    left, upper, right, lower, on_top = np.array([(*s.box, s.z) for s in white]).T[:, :, None]
    over = (x0 < right) & (x1 > left) & (top < lower) & (bottom > upper) & (z < on_top)
    unseen = {s.z for s, seen in zip(white, over.any(axis=1).tolist(), strict=True) if not seen}
    return [s for s in page.shapes if s.z not in unseen or not _is_white(s)]


def _is_white(shape: Shape) -> bool:
    """Whether a shape is a white area without an outline; thin ones are rules in a coloured table."""
    if shape.stroke is not None or shape.fill is None or min(shape.fill) < _WHITE:
        return False
    return min(shape.box.width, shape.box.height) > _THIN


def _grid(boxes: Sequence[Box], words: Words) -> Grid:
    """Cells in rows of one upper edge; a cell's column is the place of its left edge among all of them."""
    columns = {x: c for c, x in enumerate(sorted({b.x0 for b in boxes}))}
    ordered = sorted(boxes, key=lambda b: (b.top, b.x0))
    rows = {top: r for r, (top, _) in enumerate(groupby(ordered, key=lambda b: b.top))}
    texts = [_text(inside) for inside in _words_in(ordered, words)]
    cells = [GridCell(rows[b.top], columns[b.x0], b, text) for b, text in zip(ordered, texts, strict=True)]
    around = Box(*np.min(boxes, axis=0)[:2].tolist(), *np.max(boxes, axis=0)[2:].tolist())
    return Grid(around, tuple(cells), len(rows), len(columns))


def _words_in(boxes: Sequence[Box], words: Words) -> list[list[Word]]:
    """The words whose middle lies in each box."""
    left, upper, right, lower = words.places.box.T
    held: list[list[Word]] = [[] for _ in boxes]
    cells, inside = held_by(np.array(boxes), (left + right) / 2, (upper + lower) / 2).nonzero()
    for i, k in zip(cells.tolist(), inside.tolist(), strict=True):
        held[i].append(words[k])
    return held


def _text(words: Sequence[Word]) -> str:
    if len(words) == 1:
        return words[0].text
    text, above = "", None
    for line in join_lines(words):
        if above is not None:
            gap = min([w.top for w in line.words]) - max([w.bottom for w in above.words])
            parted = gap > _PARAGRAPH * line.size
            text += "\n\n" if parted else "\n"
        text += line.text
        above = line
    return text
