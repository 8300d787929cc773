"""Whatever pages a file is made of, in whatever order, it is read to the end: a pack may be anything."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import agendaparse as ap
from agendaparse.pack import PACK_FRAMES
from tests.places import PACKS

RUNS = st.lists(st.tuples(st.sampled_from(PACKS), st.integers(0, 60), st.integers(1, 5)), min_size=1, max_size=3)


@pytest.fixture(scope="module")
def sources():
    return {path: pdfium.PdfDocument(path) for path in PACKS}


def merged(sources, runs):
    out = pdfium.PdfDocument.new()
    for path, first, count in runs:
        start = first % len(sources[path])
        out.import_pages(sources[path], list(range(start, min(start + count, len(sources[path])))))
    buffer = io.BytesIO()
    out.save(buffer)
    return buffer.getvalue(), len(out)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(runs=RUNS)
def test_any_pages_in_any_order_are_read(sources, runs):
    pdf, count = merged(sources, runs)
    with ap.read_pack(pdf) as pack:
        frames = {name: pack.frame(name) for name in PACK_FRAMES}
    pages = [n for row in frames["documents"].itertuples() for n in range(row.pdf_first, row.pdf_last + 1)]
    assert pages == list(range(1, count + 1))
    for frame in frames.values():
        if "pdf_page" in frame:
            assert frame["pdf_page"].dropna().between(1, count).all()
