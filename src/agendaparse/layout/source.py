"""What the caller gave -> the bytes of a PDF, opened by pdfium. Errors are typed here, at the boundary."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from agendaparse.errors import EncryptedPdf, NotAPack, UnreadablePdf

PdfSource = str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO

# A PDF may begin with a mail header or byte-order mark; readers look for the marker in the first KiB.
_MARKER, _MARKER_WITHIN = b"%PDF-", 1024


@dataclass(frozen=True, slots=True)
class PdfBytes:
    """The bytes of a PDF with their name and hash."""

    name: str | None  # the path, as given; None for bytes and nameless files
    data: bytes
    sha256: str


def read_bytes(source: PdfSource) -> PdfBytes:
    """The bytes behind a path, bytes or a binary file; raises NotAPack or UnreadablePdf.

    >>> read_bytes(b"%PDF-1.7 ...").name is None
    True
    """
    name, data = _named_bytes(source)
    label = name or "the bytes given"
    if not data:
        raise UnreadablePdf(f"{label}: empty, no bytes at all")
    if _MARKER not in data[:_MARKER_WITHIN]:
        raise UnreadablePdf(f"{label}: no PDF (it begins with {data[:12]!r}, not %PDF-)")
    return PdfBytes(name, data, hashlib.sha256(data).hexdigest())


def _named_bytes(source: PdfSource) -> tuple[str | None, bytes]:
    if isinstance(source, (bytes, bytearray, memoryview)):
        return None, bytes(source)
    if isinstance(source, (str, os.PathLike)):
        return os.fspath(source), _file_bytes(Path(source))
    read = getattr(source, "read", None)
    if read is None:
        raise NotAPack(f"a path, bytes or a binary file is needed, not {type(source).__name__}")
    data = read()
    if not isinstance(data, bytes):
        raise NotAPack("the file was opened as text; open it in binary mode ('rb')")
    name = getattr(source, "name", None)
    return (name if isinstance(name, str) else None), data


def _file_bytes(path: Path) -> bytes:
    if path.is_dir():
        raise NotAPack(f"{path}: a folder, not a PDF (`agendaparse convert` takes folders)")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise NotAPack(f"{path}: no such file") from None
    except OSError as error:
        raise UnreadablePdf(f"{path}: cannot be read: {error.strerror}") from error


def open_pdf(pdf: PdfBytes, password: str | None = None) -> pdfium.PdfDocument:
    """The opened document, with at least one page; raises EncryptedPdf or UnreadablePdf."""
    label = pdf.name or "the bytes given"
    try:
        document = pdfium.PdfDocument(pdf.data, password=password)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            how = "the password given is wrong" if password else "it asks for a password; pass password=..."
            raise EncryptedPdf(f"{label}: encrypted, {how}") from error
        raise UnreadablePdf(f"{label}: damaged or cut short; pdfium says: {error}") from error
    if len(document) == 0:
        document.close()
        raise UnreadablePdf(f"{label}: the PDF has no pages")
    return document
