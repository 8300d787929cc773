"""A page that is shown turned reads as the same page upright: rules, words, marks and figures."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest

import agendaparse as ap
from tests.places import TABLES, name

FIGURE = ["indicator", "measure", "comparator", "period_label", "raw", "value", "unit", "rag", "direction"]
# Content that is turned back by as much as /Rotate turns it forth.
BACK = {90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}


def turned(path, turn):
    """The paper with its pages drawn on their side, and shown upright by /Rotate."""
    paper = pdfium.PdfDocument(path)
    for page in paper:
        width, height = page.get_size()
        moved = {90: (height, 0), 180: (width, height), 270: (0, width)}[turn]
        everything = pdfium_c.FS_RECTF(-5000, 5000, 5000, -5000)
        pdfium_c.FPDFPage_TransFormWithClip(page.raw, pdfium_c.FS_MATRIX(*BACK[turn], *moved), everything)
        box = (0, 0, width, height) if turn == 180 else (0, 0, height, width)
        page.set_mediabox(*box)
        page.set_cropbox(*box)
        page.set_rotation(turn)
        page.gen_content()
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


@pytest.mark.parametrize("pdf", TABLES, ids=name)
def test_tables_read_alike_on_turned_pages(pdf):
    turn = (90, 180, 270)[len(pdf.stem) % 3]
    with ap.read_pack(pdf) as upright, ap.read_pack(turned(pdf, turn)) as shown:
        assert shown.cells.text.tolist() == upright.cells.text.tolist()
        assert shown.observations[FIGURE].equals(upright.observations[FIGURE])
