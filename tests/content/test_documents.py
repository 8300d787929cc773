"""The evidence for a pack's parts where it disagrees, and what a paper on its own is."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2 as pdfium
import pytest

import agendaparse as ap
from agendaparse.content.documents import Evidence, find_documents, reckon_pages, with_listed_appendices
from agendaparse.content.kinds import appendix_in, is_slide
from agendaparse.issues import Issues
from agendaparse.layout.geometry import Display
from agendaparse.layout.pages import unread_page
from agendaparse.layout.split import file_name
from agendaparse.profile import general_profile
from agendaparse.records import Document, ListedDocument
from tests.places import FIXTURES, MEETING, page


def pages_of(path, *numbers):
    """A PDF of some pages of another."""
    source, part = pdfium.PdfDocument(path), pdfium.PdfDocument.new()
    part.import_pages(source, [n - 1 for n in numbers])
    out = io.BytesIO()
    part.save(out)
    return out.getvalue()


def kinds(data):
    with ap.read_pack(data) as pack:
        return pack.documents[["kind", "pdf_first", "pdf_last"]].to_numpy().tolist(), set(pack.issues.code)


def test_pages_that_the_agenda_lists_but_the_file_lacks_are_an_issue():
    documents, codes = kinds(pages_of(MEETING, 1, 2, 3, 4, 5, 6))
    assert documents == [["front_sheet", 1, 2], ["agenda", 3, 3], ["blank", 4, 4], ["minutes", 5, 5], ["blank", 6, 6]]
    assert "agenda_range_outside" in codes


def test_pages_in_another_order_are_an_issue():
    _, codes = kinds(pages_of(MEETING, 1, 2, 3, 4, 5, 6, 9, 10, 11, 12, 7, 8))
    assert "stamp_out_of_sequence" in codes


def test_a_stamp_that_the_agenda_contradicts_is_an_issue_and_wins():
    with ap.read_pack(MEETING) as pack:
        pages = list(pack.stamped_pages)
        stamps = tuple(replace(s, value="5") if s.kind == "item" else s for s in pages[6].stamps)
        pages[6] = replace(pages[6], stamps=stamps)
        issues = Issues()
        agenda = pack._agenda
        documents = find_documents(Evidence(pack.pack_id, pages, agenda, (), pack.profile, issues))
    assert "stamp_disagrees" in {i.code for i in issues}
    assert next(d.item for d in documents if d.pdf_first == 7) == "5"


def test_an_appendix_without_a_number_has_that_of_the_reports_list():
    with ap.read_pack(MEETING) as pack:
        report = pack.records.reports[0]
    listed = (ListedDocument("1", "Record of decision"), ListedDocument("2", "Costs"))
    report = replace(report, item="7", appendices=listed)
    parts = [
        Document(f"p{n}", "appendix", item, label, title, n, n, scanned=False)
        for n, (item, label, title) in enumerate(
            [("7", None, "HARROWMERE COUNCIL – RECORD OF DECISION"), ("7", "2", "Costs"), ("8", None, "Costs")], 1
        )
    ]
    assert [d.appendix for d in with_listed_appendices(parts, [report])] == ["1", "2", None]
    alone = replace(report, item="8", appendices=listed[:1])
    assert [d.appendix for d in with_listed_appendices(parts[2:], [alone])] == ["1"]  # the only one of either
    assert [d.appendix for d in with_listed_appendices([parts[2], parts[2]], [alone])] == [None, None]
    twice = replace(report, appendices=(*listed, ListedDocument("3", "Record of decision")))
    assert [d.appendix for d in with_listed_appendices(parts[:1], [twice])] == [None]


@pytest.mark.parametrize(("first", "pages"), [(5, {5: 5, 12: 12}), (9, {})])
def test_ranges_that_begin_behind_the_agenda_count_the_files_pages(first, pages):
    with ap.read_pack(MEETING) as pack:
        bare = [replace(p, stamps=()) for p in pack.stamped_pages]
        item = replace(pack._agenda.items[0], printed_first=first, printed_last=len(bare))
        agenda = replace(pack._agenda, items=(item,), pdf_first=3, pdf_last=4)
    reckoned = reckon_pages(bare, agenda)
    assert {n: reckoned.get(n) for n in pages} == pages
    assert bool(reckoned) is bool(pages)


def test_an_agenda_alone_is_an_agenda():
    documents, codes = kinds(pages_of(MEETING, 3))
    assert documents == [["agenda", 1, 1]]
    assert "no_agenda" not in codes


@pytest.mark.parametrize(
    ("numbers", "kind"), [((5,), "minutes"), ((7,), "report"), ((9, 10, 11, 12), "appendix"), ((2,), "other")]
)
def test_a_paper_on_its_own_is_of_its_kind(numbers, kind):
    documents, codes = kinds(pages_of(MEETING, *numbers))
    assert documents == [[kind, 1, len(numbers)]]
    assert "no_agenda" in codes


def test_a_deck_without_a_stamp_is_an_appendix():
    documents, _ = kinds(pages_of(MEETING, 10, 11))
    assert documents == [["appendix", 1, 2]]


def unstamped(data, *kept):
    """The documents of a file without an agenda of whose stamps only some kinds are left."""
    with ap.read_pack(data) as pack:
        pages = [replace(p, stamps=tuple(s for s in p.stamps if s.kind in kept)) for p in pack.stamped_pages]
        found = find_documents(Evidence(pack.pack_id, pages, None, (), pack.profile, Issues()))
    return [(d.kind, d.appendix, d.pdf_first, d.pdf_last) for d in found]


def test_an_appendix_bound_behind_a_report_is_a_document_of_its_own():
    paper = pages_of(MEETING, 7, 9, 10)
    assert unstamped(paper, "appendix") == [("report", None, 1, 1), ("appendix", "1", 2, 3)]
    assert unstamped(paper) == [("report", None, 1, 3)]


def test_slides_behind_a_report_are_its_appendix_though_nothing_says_so():
    with ap.read_pack(pages_of(MEETING, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12)) as pack:
        pages = [p if p.page.pdf_page <= 7 else replace(p, stamps=()) for p in pack.stamped_pages]
        found = find_documents(Evidence(pack.pack_id, pages, pack._agenda, (), pack.profile, Issues()))
    assert [(d.kind, d.item, d.pdf_first, d.pdf_last) for d in found][-2:] == [
        ("report", "4", 7, 7),
        ("appendix", "4", 8, 11),
    ]


def test_minutes_of_two_meetings_in_one_file_are_two_documents():
    assert unstamped(pages_of(MEETING, 5, 5)) == [("minutes", None, 1, 1), ("minutes", None, 2, 2)]


def test_two_reports_in_one_file_are_two_documents():
    both = pdfium.PdfDocument.new()
    for cover in ("bare-numbers", "contacts-behind-a-sentence"):
        both.import_pages(pdfium.PdfDocument(FIXTURES / "covers" / f"{cover}.pdf"))
    out = io.BytesIO()
    both.save(out)
    documents, _ = kinds(out.getvalue())
    assert documents == [["report", 1, 2], ["report", 3, 3]]


def test_papers_that_the_agenda_names_are_those_of_its_items():
    with ap.read_pack(FIXTURES / "councils" / "pennfield-wellbeing-board-2025-03-20.pdf") as pack:
        found = pack.documents.loc[pack.documents.pdf_first <= 4, ["kind", "item"]].astype(object)
    assert [(r.kind, r.item) for r in found.itertuples()][1:] == [("minutes", "3"), ("report", "4"), ("report", "5")]


def test_a_report_on_its_own_is_of_the_item_that_its_head_names():
    paper = pages_of(FIXTURES / "councils" / "ravensmead-children-education-2025-03-04.pdf", 6)
    with ap.read_pack(paper) as pack:
        assert pack.documents["item"].tolist() == ["5"]


def test_a_picture_belongs_to_its_document():
    with ap.read_pack(page("picture-only")) as pack:
        assert pack.documents.scanned.tolist() == [True]
        assert pack.issues.code.tolist()[0] == "page_without_text"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Appendix B - EqIA", "B"),
        ("Annex 1", "1"),
        ("Appendices", None),
        ("Appendix to the report", None),
        ("Enclosure 2a", "2a"),
    ],
)
def test_what_names_an_appendix(text, label):
    assert appendix_in(text, general_profile()) == label


@pytest.mark.parametrize("slide", [(960, 540), (720, 540)])
@pytest.mark.parametrize("sheet", [(842, 595), (595, 842), (1191, 842)])
def test_what_has_the_shape_of_a_slide(slide, sheet):
    def shaped(size):
        display = Display(0.0, 0.0, float(size[0]), float(size[1]), 0)
        return replace(unread_page(1), display=display)

    assert is_slide(shaped(slide))
    assert not is_slide(shaped(sheet))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("../../etc/passwd", "003-report-item-4-etc-passwd.pdf"),
        ("Café: «review»", "003-report-item-4-cafe-review.pdf"),
        (None, "003-report-item-4.pdf"),
        ("x" * 300, f"003-report-item-4-{'x' * 60}.pdf"),
    ],
)
def test_file_names_are_safe(title, expected):
    assert file_name(Document("p-p003", "report", "4", None, title, 3, 5, scanned=False)) == expected


def test_fixtures_are_all_there():
    truths = {p.name.removesuffix(".truth.json") for p in (FIXTURES / "packs").glob("*.truth.json")}
    assert truths - {"series"} == {p.stem for p in (FIXTURES / "packs").glob("*.pdf")}
    assert len(truths) == 9
