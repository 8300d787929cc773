"""One PDF per document, with names that sort, are safe on any system, and are unique."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium_doc

from agendaparse.records import Document

_LONGEST = 60  # characters of a title in a file name: Windows allows paths of 260 in all


def split_pdf(pdf: pdfium_doc.PdfDocument, documents: Sequence[Document], folder: Path) -> list[Path]:
    """Writes the pages of each document as a PDF of their own; a half-written file is never left."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for document in documents:
        path = folder / file_name(document)
        part = pdfium_doc.PdfDocument.new()
        part.import_pages(pdf, [n - 1 for n in document.pdf_pages])
        unfinished = path.with_suffix(".part")
        part.save(unfinished)
        part.close()
        unfinished.replace(path)
        paths.append(path)
    return paths


def file_name(document: Document) -> str:
    """The file name of a document: its first page makes it unique within the pack.

    >>> file_name(Document("p-p009", "report", "7", None, "Care leavers: an update", 9, 11, False))
    '009-report-item-7-care-leavers-an-update.pdf'
    """
    parts = [f"{document.pdf_first:03d}", document.kind]
    if document.item is not None:
        parts += ["item", document.item]
    if document.appendix is not None:
        parts += ["appendix", document.appendix]
    return "-".join(filter(None, (_safe(p) for p in (*parts, document.title or "")))) + ".pdf"


def _safe(text: str) -> str:
    """Letters, digits and hyphens only, in ASCII: no name can climb out of the folder or be reserved."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.casefold()).strip("-")[:_LONGEST].rstrip("-")
