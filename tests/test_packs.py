"""Whole packs against the truth that their builder wrote, and what must hold of any pack."""

from __future__ import annotations

import pandas as pd
import pypdfium2 as pdfium
import pytest

import agendaparse as ap
from agendaparse.frames import FRAMES, PANDAS_DTYPES
from agendaparse.pack import PACK_FRAMES
from tests.places import MEETING, PACKS, PAGES, SUPPLEMENT, name, page, truth


def none(value):
    return None if pd.isna(value) else value


@pytest.fixture(scope="module", params=PACKS, ids=name)
def pack(request):
    with ap.read_pack(request.param) as read:
        yield read


def test_documents_are_those_of_the_truth(pack):
    got = [
        (d.kind, none(d.item), none(d.appendix), [d.pdf_first, d.pdf_last])
        for d in pack.documents.itertuples(index=False)
    ]
    assert got == [
        (d["kind"], d["item"], d["appendix"], d["pdf_pages"]) for d in truth(PACKS_BY[pack.source])["documents"]
    ]


def test_the_meeting_is_that_of_the_truth(pack):
    expected = truth(PACKS_BY[pack.source])["pack"]
    row = pack.packs.iloc[0]
    for field in ("council", "committee", "start_time", "venue"):
        if expected[field] is not None:
            assert none(row[field]) == expected[field], field
    for field in ("meeting_date", "published_date"):
        if expected[field] is not None:
            assert str(row[field])[:10] == expected[field], field


def test_members_are_those_of_the_truth(pack):
    expected = truth(PACKS_BY[pack.source]).get("members", [])
    got = [(none(m.name), m.role) for m in pack.members.itertuples(index=False)]
    assert got == [(m["name"], m["role"]) for m in expected]


def test_agenda_is_that_of_the_truth(pack):
    got = [
        (i.item, i.title, [i.printed_first, i.printed_last] if none(i.printed_first) else None)
        for i in pack.agenda_items.itertuples(index=False)
    ]
    assert got == [(i["number"], i["title"], i["printed_pages"]) for i in truth(PACKS_BY[pack.source])["agenda"]]


def test_descriptions_are_those_of_the_truth(pack):
    expected = [i["description"] for i in truth(PACKS_BY[pack.source])["agenda"]]
    assert [none(d) for d in pack.agenda_items.description] == expected


PACKS_BY = {str(p): p for p in PACKS}


def test_an_items_pages_lead_to_its_first_document(pack):
    for item in pack.agenda_items.dropna(subset=["pdf_first"]).itertuples(index=False):
        own = pack.documents[pack.documents.item == item.item]
        assert own.pdf_first.min() == item.pdf_first


@pytest.mark.parametrize("pdf", [*PACKS, *PAGES], ids=name)
def test_documents_tile_the_pages_once(pdf):
    with ap.read_pack(pdf) as read:
        pages = [n for d in read.records.documents for n in d.pdf_pages]
        assert pages == list(range(1, read.pdf_page_count + 1))
        assert read.coverage.pdf_page.tolist() == pages
        assert read.coverage.share.between(0, 1).all()
        assert read.documents.document_id.is_unique


@pytest.mark.parametrize("pdf", [*PACKS, *PAGES], ids=name)
def test_frames_have_the_columns_and_dtypes_that_are_documented(pdf):
    with ap.read_pack(pdf) as read:
        for frame_name in PACK_FRAMES:
            frame = read.frame(frame_name)
            assert frame.columns.tolist() == FRAMES[frame_name].column_names
            assert [str(t) for t in frame.dtypes] == [PANDAS_DTYPES[c.dtype] for c in FRAMES[frame_name].columns]
            assert (frame.pack_id == read.pack_id).all()


def test_reading_again_gives_the_same(pack):
    with PACKS_BY[pack.source].open("rb") as file, ap.read_pack(file) as again:
        pd.testing.assert_frame_equal(again.documents, pack.documents)
        pd.testing.assert_frame_equal(again.agenda_items, pack.agenda_items)


def test_bytes_a_path_and_a_file_read_alike():
    data = MEETING.read_bytes()
    with ap.read_pack(data) as from_bytes, ap.read_pack(str(MEETING)) as from_text:
        assert from_bytes.source is None
        assert from_bytes.pack_id == from_text.pack_id
        pd.testing.assert_frame_equal(from_bytes.documents, from_text.documents)


def test_split_writes_each_document_once(tmp_path):
    with ap.read_pack(MEETING) as read:
        paths = read.split(tmp_path / "parts")
        assert len(set(paths)) == len(read.documents)
        assert sorted(p.name for p in paths) == [p.name for p in paths], "names sort as the pack does"
        for path, document in zip(paths, read.records.documents, strict=True):
            part = pdfium.PdfDocument(path)
            assert len(part) == len(document.pdf_pages)
        assert not list((tmp_path / "parts").glob("*.part"))


def test_a_split_report_reads_as_the_report_of_its_item(tmp_path):
    with ap.read_pack(MEETING) as read:
        report = next(p for p in read.split(tmp_path) if "-report-item-4" in p.name)
    with ap.read_pack(report) as alone:
        assert alone.documents[["kind", "item"]].to_numpy().tolist() == [["report", "4"]]


def test_a_person_likes_what_a_pack_says_of_itself():
    with ap.read_pack(SUPPLEMENT) as read:
        assert repr(read) == (
            "<Pack harrowmere-council-2024-02-22-supplement.pdf: 6 pages; 1 front_sheet, 3 blank, 1 report, "
            "1 appendix; 1 agenda items; 0 issues>"
        )
        assert "<table" in read._repr_html_()
        assert "<script" not in read._repr_html_()


def test_bookmarks_and_links_are_read():
    with ap.read_pack(SUPPLEMENT) as read:
        assert [b.pdf_page for b in read.bookmarks] == [1, 3, 5]
        assert read.links(1) == []
        with pytest.raises(IndexError, match="no page 7"):
            read.links(7)


def test_records_are_frozen_and_have_a_place():
    with ap.read_pack(MEETING) as read:
        item = read.records.agenda_items[2]
        assert item.source.pdf_page == 3
        assert item.source.pack == read.pack_id
        with pytest.raises(AttributeError):
            item.title = "other"


def test_strict_raises_once_with_all_issues():
    with pytest.raises(ap.StrictIssues) as caught:
        ap.read_pack(page("broken-agenda"), strict=True)
    assert [i.code for i in caught.value.issues] == truth(page("broken-agenda"))["issues"]
    assert ap.read_pack(MEETING, strict=True).pdf_page_count == 18


def test_coverage_counts_what_no_reader_took():
    with ap.read_pack(MEETING) as read:
        blank = read.coverage[read.coverage.kind == "blank"]
        agenda = read.coverage[read.coverage.kind == "agenda"]
    assert (blank.share == 1).all()
    assert agenda.share.min() > 0.7
