"""Pages read from pdfium: words, lines, what nobody sees, turned pages, broken pages."""

from __future__ import annotations

import numpy as np
import pytest

import agendaparse as ap
from agendaparse.layout.pages import PageReader
from agendaparse.layout.ruled import PlumberPage, find_grids
from agendaparse.layout.source import open_pdf, read_bytes
from tests.places import FIXTURES, PACKS, PAGES, name, page, truth


@pytest.mark.parametrize("pdf", PAGES, ids=name)
def test_one_page_reads_as_its_maker_says(pdf):
    expected = truth(pdf)
    with ap.read_pack(pdf) as pack:
        read = pack.page(1)
        assert [line.text for line in read.lines] == expected["lines"]
        assert sorted(h.word.text for h in read.hidden) == sorted(" ".join(expected["hidden"]).split())
        assert read.is_picture == expected.get("picture", False)


@pytest.mark.parametrize("pdf", PAGES, ids=name)
def test_stamps_of_a_page_are_found_with_their_place(pdf):
    expected = sorted((s["kind"], s["value"]) for s in truth(pdf)["stamps"])
    with ap.read_pack(pdf) as pack:
        stamps = pack.records.stamps
        assert sorted((s.kind, s.value) for s in stamps) == expected
        for stamp in stamps:
            assert 0 <= stamp.box.x0 < stamp.box.x1 <= pack.page(1).width
            assert 0 <= stamp.box.top < stamp.box.bottom <= pack.page(1).height


def test_bold_words_stand_level_with_those_beside_them_though_only_their_font_has_a_height():
    with ap.read_pack(FIXTURES / "councils" / "wolddale-overview-scrutiny-2024-11-26.pdf") as pack:
        line = next(line for line in pack.page(1).lines if line.text.endswith("at 6.30 pm."))
    assert {w.bold for w in line.words} == {True, False}
    assert max(w.top for w in line.words) - min(w.top for w in line.words) < 0.1 * line.size


@pytest.mark.parametrize("why", ["white", "off page", "covered", "no ink"])
def test_each_reason_for_hiding_is_named(why):
    with ap.read_pack(page("hidden-text")) as pack:
        assert why in {h.why for h in pack.page(1).hidden}
        assert why in " ".join(pack.issues.loc[pack.issues.code == "hidden_text", "message"])


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_has_the_boxes_of_the_upright_one(turn):
    with ap.read_pack(page(f"page-rotate-{turn}")) as pack:
        read = pack.page(1)
        assert (round(read.width), round(read.height)) == (595, 842)
        first = read.lines[0].box
        assert first.x0 == pytest.approx(72, abs=1.5)
        assert first.bottom == pytest.approx(122.2, abs=4)
        assert read.lines[-1].angle == 90


def test_words_at_an_angle_have_it():
    with ap.read_pack(page("angled-text")) as pack:
        angles = {line.text: line.angle for line in pack.page(1).lines}
    assert angles["rising slowly over time"] == 30
    assert angles["Percentage in time"] == 90
    assert angles["Direction of travel"] == 270


def test_a_page_that_cannot_be_loaded_is_an_issue_and_the_rest_is_read():
    with ap.read_pack(page("broken-page")) as pack:
        assert pack.pdf_page_count == 3
        assert pack.issues.loc[pack.issues.code == "page_unreadable", "pdf_page"].tolist() == [2]
        assert len(pack.page(2).words) == 0
        assert [line.text for line in pack.page(3).lines] == [line.text for line in pack.page(1).lines]
        assert pack.documents[["pdf_first", "pdf_last"]].to_numpy().tolist() == [[1, 3]]


def test_a_table_of_thin_boxes_is_a_grid():
    with ap.read_pack(page("thin-boxes")) as pack:
        grids = find_grids(pack.page(1))
    assert [grid.rows for grid in grids] == [truth(page("thin-boxes"))["table"]]


def test_pdfplumbers_words_run_on_our_page():
    with ap.read_pack(page("two-columns")) as pack:
        words = PlumberPage(pack.page(1)).extract_words()
        ours = pack.page(1).words
    assert sorted(w["text"] for w in words) == sorted(w.text for w in ours)


@pytest.mark.parametrize("pdf", PACKS, ids=name)
def test_characters_are_arrays_in_step(pdf):
    for read in PageReader(open_pdf(read_bytes(pdf))):
        assert read is not None
        chars = read.chars
        n = len(chars.text)
        assert chars.box.shape == chars.frame.shape == (n, 4)
        assert len(chars.run) == len(chars.index) == len(chars.space) == n
        assert np.all(np.diff(chars.index) > 0)
        assert np.all(chars.box[:, 2] >= chars.box[:, 0])
        assert all(0 <= r < len(chars.runs) for r in chars.run)


@pytest.mark.parametrize("pdf", PACKS, ids=name)
def test_the_characters_of_a_word_stand_in_its_box(pdf):
    with ap.read_pack(pdf) as pack:
        for n in range(1, pack.pdf_page_count + 1):
            read = pack.page(n)
            for word in read.words:
                box = read.chars.box[word.first : word.last]
                assert box[:, 0].min() >= word.x0 - 0.01
                assert box[:, 2].max() <= word.x1 + 0.01


def test_colours_and_shapes_of_a_slide():
    with ap.read_pack(PACKS[4]) as pack:
        slides = [pack.page(n) for n in range(1, pack.pdf_page_count + 1) if pack.page(n).width > 900]
    fills = {s.fill for slide in slides for s in slide.shapes if s.kind == "curve"}
    assert {(255, 179, 0), (67, 160, 71)} & fills, "a RAG disc is a filled curve of its colour"
