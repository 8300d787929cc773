"""Bad input: each a clear typed error, or a result."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
import pytest
from pypdf import PdfWriter

import agendaparse as ap
from agendaparse.issues import ISSUE_CODES, Issues
from agendaparse.profile import load_profile
from tests.places import MEETING, page


def test_no_file(tmp_path):
    with pytest.raises(ap.NotAPack, match="no such file"):
        ap.read_pack(tmp_path / "none.pdf")


def test_a_folder(tmp_path):
    with pytest.raises(ap.NotAPack, match="a folder"):
        ap.read_pack(tmp_path)


def test_an_empty_file(tmp_path):
    (tmp_path / "empty.pdf").touch()
    with pytest.raises(ap.UnreadablePdf, match="empty"):
        ap.read_pack(tmp_path / "empty.pdf")


def test_a_text_file_named_pdf(tmp_path):
    (tmp_path / "notes.pdf").write_text("Minutes of the meeting")
    with pytest.raises(ap.UnreadablePdf, match="no PDF"):
        ap.read_pack(tmp_path / "notes.pdf")


@pytest.mark.parametrize("share", [0.02, 0.3])
def test_a_truncated_pdf(share):
    data = MEETING.read_bytes()
    with pytest.raises(ap.UnreadablePdf, match=r"damaged|no pages"):
        ap.read_pack(data[: int(share * len(data))])


def test_a_truncated_pdf_names_its_file(tmp_path):
    path = tmp_path / "cut.pdf"
    path.write_bytes(MEETING.read_bytes()[:400])
    with pytest.raises(ap.UnreadablePdf, match=r"cut\.pdf"):
        ap.read_pack(path)


def encrypted(tmp_path):
    writer = PdfWriter(clone_from=page("blank"))
    writer.encrypt("harbour")
    path = tmp_path / "locked.pdf"
    writer.write(path)
    return path


def test_an_encrypted_pdf_without_with_a_wrong_and_with_its_password(tmp_path):
    path = encrypted(tmp_path)
    with pytest.raises(ap.EncryptedPdf, match="pass password="):
        ap.read_pack(path)
    with pytest.raises(ap.EncryptedPdf, match="wrong"):
        ap.read_pack(path, password="lighthouse")
    with ap.read_pack(path, password="harbour") as pack:
        assert pack.page(1).lines[0].text == "This page is intentionally left blank"


def test_a_pdf_without_pages():
    empty = io.BytesIO()
    pdfium.PdfDocument.new().save(empty)
    with pytest.raises(ap.UnreadablePdf):
        ap.read_pack(empty.getvalue())


def test_two_thousand_pages():
    source, many = pdfium.PdfDocument(page("own-numbers")), pdfium.PdfDocument.new()
    many.import_pages(source, [0] * 2000)
    out = io.BytesIO()
    many.save(out)
    with ap.read_pack(out.getvalue()) as pack:
        assert pack.pdf_page_count == 2000
        assert len(pack.coverage) == 2000


@pytest.mark.parametrize("source", [42, None, io.StringIO("text")])
def test_what_is_no_source(source):
    with pytest.raises(ap.NotAPack):
        ap.read_pack(source)


def test_an_unknown_profile():
    with pytest.raises(ap.ProfileError, match="no profile named 'atlantis'"):
        ap.read_pack(MEETING, profile="atlantis")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("colour = 'red'", "unknown key"),
        (
            "extends = 'moderngov'\n[[pattern]]\nname = 'stamp.page'\nregex = '('\nexamples = {}\nseen_in = 'x'",
            "stamp.page",
        ),
        ("[[pattern]]\nname = 'a'", "missing key"),
        (
            2 * "[[pattern]]\nname = 'a'\nregex = 'a'\nexamples = {}\nseen_in = 'x'\n",
            "more than one pattern is named a",
        ),
        ("not toml", "Expected"),
    ],
)
def test_a_profile_that_cannot_be_used(tmp_path, text, says):
    path = tmp_path / "own.toml"
    path.write_text(text)
    with pytest.raises(ap.ProfileError, match=says):
        load_profile(path)


def test_a_council_extends_the_general_profile(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(
        "name = 'own'\nextends = 'moderngov'\n[[pattern]]\nname = 'stamp.page'\nregex = 'folio (?P<value>\\d+)'\n"
        "examples = { 'Folio 3' = { value = '3' } }\nseen_in = 'nowhere'\n[labels]\ncover = ['berth']\n"
    )
    own = load_profile(path)
    assert own.pattern("stamp.page").match("Folio 3") == {"value": "3"}
    assert own.pattern("agenda.heading").match("AGENDA") == {}
    assert {"berth", "subject"} <= own.labels["cover"]
    assert ap.read_pack(MEETING, profile=path).packs.profile[0] == "own"


def test_every_error_is_one_of_ours():
    for error in (ap.UnreadablePdf, ap.EncryptedPdf, ap.NotAPack, ap.ProfileError, ap.ArchiveError, ap.StrictIssues):
        assert issubclass(error, ap.AgendaparseError)


def test_an_unknown_issue_code_is_refused():
    with pytest.raises(KeyError):
        Issues().add("no_such_code", "")
    assert all(code == entry.code for code, entry in ISSUE_CODES.items())
