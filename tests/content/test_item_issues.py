"""Items that lack what their agenda promises are issues; those that need nothing are told apart from them."""

from __future__ import annotations

import pytest

from agendaparse.content.item_issues import check_items
from agendaparse.issues import Issues
from agendaparse.profile import general_profile
from agendaparse.records import AgendaItem, Box, Document, Source

BOX = Box(60, 100, 300, 112)


def item(number, title, description=None, printed=(None, None), pdf=(None, None)):
    return AgendaItem(number, title, description, *printed, *pdf, Source("x", 2, None, BOX, "text"))


def document(number):
    return Document("x-p003", "report", number, None, None, 3, 4, scanned=False)


def found(items, documents):
    issues = Issues()
    check_items(items, documents, general_profile(), issues)
    return [(i.code, i.raw, i.pdf_page, i.box) for i in issues]


@pytest.mark.parametrize(
    ("lacking", "code"),
    [
        (item("2", "Harbour dues", printed=(1, 2), pdf=(5, 6)), "item_without_document"),
        (item("2", "Harbour dues", printed=(1, 2)), "agenda_range_outside"),
        (item("2", "Harbour dues", "Report of the Harbour Master"), "item_without_document"),
        (item("2", "Harbour dues (minutes attached)"), "item_without_document"),
        (item("2", "Apologies"), "item_without_pages"),
    ],
)
def test_what_an_item_lacks(lacking, code):
    kept = item("1", "Piers", printed=(3, 4), pdf=(3, 4))
    assert found([kept, lacking], [document("1")]) == [(code, lacking.title, 2, BOX)]


def test_an_item_with_a_document_lacks_nothing_whatever_it_says():
    assert found([item("1", "Piers", "Report of the Harbour Master")], [document("1")]) == []


def test_a_front_sheet_on_its_own_misses_only_pages_that_it_names():
    items = [
        item("1", "Apologies"),
        item("2", "Piers", "Report of the Harbour Master"),
        item("3", "Dues", printed=(1, 2)),
    ]
    assert [code for code, *_ in found(items, [])] == ["agenda_range_outside"]


def test_a_heading_over_items_needs_nothing():
    items = [
        item("A", "Formal matters"),
        item("1", "Minutes"),
        item("1.1", "Minutes of 3 May", printed=(3, 4), pdf=(3, 4)),
    ]
    assert found(items, [document("1.1")]) == []
