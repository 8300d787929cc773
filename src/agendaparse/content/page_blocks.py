"""The areas of a page on which figures stand: cells between rules, or figures in line, whichever the page bears out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from agendaparse.content.cell_text import whole_lines
from agendaparse.content.labelled import find_labelled
from agendaparse.content.titles import meets
from agendaparse.layout.blocks import Block, find_blocks
from agendaparse.layout.cards import find_cards
from agendaparse.layout.chunks import NOT_GIVEN, page_rows
from agendaparse.layout.chunks import is_figure as looks_like_figure
from agendaparse.layout.evidence import lacks_names, with_header
from agendaparse.layout.geometry import held_by
from agendaparse.layout.pages import Page
from agendaparse.layout.ruled import find_grids
from agendaparse.layout.stripes import join_stripes
from agendaparse.layout.unruled import SecondOpinion, find_aligned, is_doubtful
from agendaparse.layout.words import Word
from agendaparse.records import Box

_FIGURE_WORD = re.compile(r"^[\[(£+\-–]*\d[\d,.]*[%)kmKM]*[*†¹²³⁴⁵⁶⁷⁸⁹⁰]*$|^(?:-|–|n/a)$", re.IGNORECASE)
_YEARS = re.compile(r"\b(?:19|20)\d\d\s*[-–/]\s*(?:(?:19|20)\d\d|\d\d)\b")  # "2021 - 23" is one time
_ARROW = re.compile(r"[↑↓→▲▼►]\s*([£+\-–]?\d)")  # "▼ 10.3" is one figure
_DIGIT_OR_SIGN = re.compile(r"[\d*↑↓→▲▼►–—-]|\bn/?a\b", re.IGNORECASE)  # all figures, and signs for none, hold one
_SEVERAL = re.compile(r"(?:(?:[£(]?\d[\d,.]*%?\)?|[-–]) +){2}[£(]?\d[\d,.]*%?\)?(?:\s|$)")  # a row in one box
_FIRST = frozenset("[(£+-–0123456789")
_MOST = 0.9  # of an aligned table's figures lie in cells of their own, if the rules on its place are those of its cells
_CHART_GAP = 12.0  # points: a chart stands further off the rules of a table
_LEVEL = 1.0  # points: figures of one line stand no higher or lower
_LUMPED = 3  # figures beside each other in one cell
LEAST_FIGURES = 4  # on a page before its rules are looked at


def count_figures(page: Page) -> int:
    """How many words of a page are figures by their look."""
    return len(page.remembered(_figure_words))


def _figure_words(page: Page) -> list[Word]:
    return [w for w in page.words if (w.text[0] in _FIRST or w.text in NOT_GIVEN) and _FIGURE_WORD.match(w.text)]


def page_blocks(page: Page, *, split: bool = False, second: SecondOpinion | None = None) -> list[Block]:
    """The blocks of a page, from the top: ruled ones; where figures stand, aligned ones too.

    Those are looked for where rules are missing or leave several figures in one cell. ``split``: a table of the page
    before may end here, or one of the page after begin; that part need hold no figure. ``second`` is asked only where
    the columns of an aligned block are in doubt.
    """
    tables = _table_blocks(page, split=split, second=second)
    cards = find_cards(page)
    if cards is None and count_figures(page) >= LEAST_FIGURES:
        cards = find_labelled(page, [b.box for b in tables])
    if cards is None:
        return tables
    beside = [b for b in tables if not meets(b.box, cards.box)]
    return sorted([cards, *beside], key=lambda b: (b.box.top, b.box.x0))


def _table_blocks(page: Page, *, split: bool, second: SecondOpinion | None) -> list[Block]:
    ruled = [b for grid in find_grids(page) for b in find_blocks(grid, page.pdf_page)] if _may_be_ruled(page) else []
    wanted = split or count_figures(page) >= LEAST_FIGURES
    ruled = [with_header(page, b) for b in join_stripes(page, ruled)] if wanted and ruled else ruled
    nameless = [b for b in ruled if lacks_names(page, b)] if wanted else []
    if not wanted or (ruled and not nameless and _hold_all(ruled, page.remembered(_figure_words))):
        return sorted(ruled, key=lambda b: (b.box.top, b.box.x0))
    aligned = find_aligned(page)
    figures: list[Box] = [c.box for row in page_rows(page) for c in row.figures] if ruled and aligned else []
    kept = _chosen(ruled, aligned, figures, nameless)
    if second is not None and any(map(is_doubtful, kept)):
        kept = _chosen(ruled, find_aligned(page, second), figures, nameless)
    return sorted(kept, key=lambda b: (b.box.top, b.box.x0))


def _chosen(
    ruled: Sequence[Block], aligned: Sequence[Block], figures: Sequence[Box], nameless: Sequence[Block]
) -> list[Block]:
    """The ruled blocks, but for those on whose place figures stand in line and not in cells, or beside their names."""
    kept = list(ruled)
    for block in aligned:
        rivals = [b for b in kept if meets(b.box, block.box)]
        named = any(b in nameless and block.box.x0 < b.box.x0 for b in rivals)
        if named or not _are_cells_of(rivals, [f for f in figures if meets(f, block.box)]):
            kept = [b for b in kept if b not in rivals] + [block]
    return kept


def _are_cells_of(ruled: Sequence[Block], figures: Sequence[Box]) -> bool:
    """Whether rules part figures that stand in line: most lie in cells, few with another beside or below."""
    cells = [c for b in ruled for c in b.cells]
    figures = _without_chart(ruled, figures)
    headed = [b.box.top for b in ruled if not any(_count_figures(c.text) for c in b.cells if c.row == 0)]
    if len(headed) == len(ruled) > 0:  # labels of a chart over a table with a header of its own are none of its figures
        figures = [f for f in figures if f.bottom > min(headed)]
    if _count_lumped(figures, [c.box for c in cells]) > (1 - _MOST) * len(figures):
        return False
    inside = _count_inside(figures, [c.box for c in cells])
    alone = sum(_count_figures(c.text) == 1 for c in cells)
    crowded = sum(n for c in cells if (n := _count_figures(c.text)) > 1)
    return inside > _MOST * len(figures) and crowded < (1 - _MOST) * (alone + crowded)


def _without_chart(ruled: Sequence[Block], figures: Sequence[Box]) -> Sequence[Box]:
    """Figures without those of a chart beside ruled blocks: they stand apart, most on no line with those inside."""
    left, right = min((b.box.x0 for b in ruled), default=0.0), max((b.box.x1 for b in ruled), default=0.0)
    beside = [f for f in figures if f.x0 > right + _CHART_GAP or f.x1 < left - _CHART_GAP]
    if not beside or not ruled:
        return figures
    inside = [f for f in figures if left < f.x0 and f.x1 < right]
    level = sum(any(abs(f.bottom - own.bottom) < _LEVEL for own in inside) for f in beside)
    return [f for f in figures if f not in beside] if 2 * level < len(beside) else figures


def _hold_all(ruled: Sequence[Block], figures: Sequence[Word]) -> bool:
    """Whether rules part all the figures of a page but for a few, which make no table: none need be looked for in line.

    So it is on most pages with ruled tables.
    """
    cells = [c for b in ruled for c in b.cells]
    outside = len(figures) - _count_inside([w[1:5] for w in figures], [c.box for c in cells])
    few = outside < LEAST_FIGURES and outside < (1 - _MOST) * len(figures)
    several = [c.text for c in cells if len(c.text.split(maxsplit=1)) > 1]
    return few and all(_count_figures(text) < 2 and _SEVERAL.search(text) is None for text in several)  # noqa: PLR2004


def _count_inside(boxes: Sequence[tuple[float, float, float, float]], cells: Sequence[Box]) -> int:
    """How many boxes have their middle in some cell."""
    left, upper, right, lower = np.array(boxes).reshape(-1, 4).T
    held = held_by(np.array(cells).reshape(-1, 4), (left + right) / 2, (upper + lower) / 2)
    return int(held.any(axis=0).sum())


def _count_lumped(boxes: Sequence[Box], cells: Sequence[Box]) -> int:
    """How many boxes lie in one cell, the smallest around them, with two others or more beside them: in a row's box."""
    if not boxes or not cells:
        return 0
    left, upper, right, lower = np.array(boxes).T
    areas = np.array(cells)
    held = held_by(areas, (left + right) / 2, (upper + lower) / 2)
    size = (areas[:, 2] - areas[:, 0]) * (areas[:, 3] - areas[:, 1])
    smallest = np.where(held, size[:, None], np.inf).argmin(0)
    rows = zip(smallest[held.any(0)].tolist(), ((upper + lower) / 2)[held.any(0)].round().tolist(), strict=True)
    return sum(n for n in Counter(rows).values() if n >= _LUMPED)


def _count_figures(text: str) -> int:
    """How many figures a cell prints on lines of nothing else; a share in brackets under its figure is none of its own.

    Words around a single one, as in "New measure from Sep / 16", are those of one cell.
    """
    if _DIGIT_OR_SIGN.search(text) is None:  # most cells hold words
        return 0
    lines = [_ARROW.sub(r"\1", line).split() for line in whole_lines(_YEARS.sub("2000", text).split("\n"))]
    only = [words for words in lines if all(map(looks_like_figure, words))]
    if 2 * len(only) < len(lines):
        return min(len(only), 1)  # a header that a narrow column breaks between "30% -" and "39.99%"
    figures = [word for words in only for word in words]
    return len([w for i, w in enumerate(figures) if not i or not w.startswith(("(", "["))])


def _may_be_ruled(page: Page) -> bool:
    return sum(s.kind in ("rect", "line") for s in page.shapes) >= LEAST_FIGURES
