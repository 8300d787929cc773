"""Covers as councils set them: every layout beside its truth."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import agendaparse as ap
from tests.places import FIXTURES, name

COVERS = sorted((FIXTURES / "covers").glob("*.pdf"))


@pytest.fixture(scope="module", params=COVERS, ids=name)
def cover(request):
    truth = json.loads(request.param.with_suffix(".json").read_text("utf-8"))
    with ap.read_pack(request.param) as pack:
        yield pack, truth


def none(value):
    return None if pd.isna(value) else value


def plain(text):
    return text.translate(str.maketrans("–’“”", '-\'""')) if isinstance(text, str) else text


def rows(frame, *columns):
    return [tuple(plain(none(getattr(r, c))) for c in columns) for r in frame.itertuples(index=False)]


def test_it_is_one_report(cover):
    pack, _ = cover
    assert pack.documents.kind.tolist() == ["report"]


def test_fields(cover):
    pack, truth = cover
    got = pack.reports.iloc[0]
    day = truth["report"].pop("date_of_decision", None)
    if day is not None:
        assert str(got.date_of_decision)[:10] == day
        truth["report"]["date_of_decision"] = day
    for field, expected in truth["report"].items():
        if field != "date_of_decision":
            assert plain(none(got[field])) == plain(expected), field


def test_contacts(cover):
    pack, truth = cover
    if "contacts" in truth:
        expected = [(c["name"], c["tel"], c["email"]) for c in truth["contacts"]]
        assert rows(pack.contacts, "name", "tel", "email") == expected


@pytest.mark.parametrize("table", ["recommendations", "appendices", "background_documents"])
def test_lists(cover, table):
    pack, truth = cover
    if table in truth:
        text = "text" if table == "recommendations" else "title"
        expected = [(r["number"], plain(r["text"])) for r in truth[table]]
        assert rows(pack.frame(table), "number", text) == expected


def test_paragraph_numbers(cover):
    pack, truth = cover
    if "paragraphs" in truth:
        assert pack.paragraphs.number.tolist() == truth["paragraphs"]


def test_sections_of_paragraphs(cover):
    pack, truth = cover
    if "sections" in truth:
        assert pack.paragraphs.section.tolist() == truth["sections"]
