"""A pack, read: the stages in reading order, one line each, lazily."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from agendaparse.frames import to_frame
from agendaparse.layout.source import PdfBytes, PdfSource, open_pdf, read_bytes

if TYPE_CHECKING:
    import pypdfium2 as pdfium


class Pack:
    """One PDF of council papers: what is in it, and where."""

    def __init__(self, pdf: PdfBytes, document: pdfium.PdfDocument) -> None:
        self._pdf = pdf
        self._document = document

    @property
    def pack_id(self) -> str:
        """The first 12 hex digits of the file's sha256."""
        return self._pdf.sha256[:12]

    @property
    def sha256(self) -> str:
        """The file's sha256."""
        return self._pdf.sha256

    @property
    def source(self) -> str | None:
        """The path that was read, as given; None for bytes."""
        return self._pdf.name

    @cached_property
    def pdf_page_count(self) -> int:
        """How many pages the file has."""
        return len(self._document)

    @cached_property
    def documents(self) -> pd.DataFrame:
        """One row per part of the pack."""
        row = {"pack_id": self.pack_id, "document_id": f"{self.pack_id}-p001", "kind": "other"}
        return to_frame("documents", [{**row, "pdf_first": 1, "pdf_last": self.pdf_page_count, "scanned": False}])

    def frame(self, name: str) -> pd.DataFrame:
        """The named frame; raises KeyError on a name that frames.py does not have."""
        return self.documents if name == "documents" else to_frame(name, [])

    def split(self, folder: str | Path) -> list[Path]:
        """Writes one PDF per document into the folder."""
        raise NotImplementedError


def read_pack(
    source: PdfSource, *, profile: str | Path | None = None, strict: bool = False, password: str | None = None
) -> Pack:
    """The pack in a PDF."""
    pdf = read_bytes(source)
    return Pack(pdf, open_pdf(pdf, password))
