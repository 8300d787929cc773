"""The bookmarks and links of a PDF."""

from __future__ import annotations

from typing import NamedTuple

import pypdfium2 as pdfium_doc
import pypdfium2.raw as pdfium_c

_MAX_DEPTH = 15


class Bookmark(NamedTuple):
    """One entry of a PDF's outline."""

    level: int  # 0 at the top
    title: str
    pdf_page: int  # from 1


def read_bookmarks(document: pdfium_doc.PdfDocument) -> list[Bookmark]:
    """The outline in order; entries that lead to no page of the file are left out."""
    found = []
    for entry in document.get_toc(max_depth=_MAX_DEPTH):
        target = entry.get_dest()
        index = target.get_index() if target is not None else None
        if index is not None and 0 <= index < len(document):
            found.append(Bookmark(entry.level, " ".join(entry.get_title().split()), index + 1))
    return found


class Link(NamedTuple):
    """One link on a page: where it stands, in PDF user space, and where it leads."""

    rectangle: tuple[float, float, float, float]  # left, bottom, right, top
    uri: str | None
    pdf_page: int | None


def read_links(document: pdfium_doc.PdfDocument, pdf_page: int) -> list[Link]:
    """The links of a page, to the web or to another page of the file."""
    page = document[pdf_page - 1]
    try:
        return _links(document, page)
    finally:
        page.close()


def _links(document: pdfium_doc.PdfDocument, page: pdfium_doc.PdfPage) -> list[Link]:
    position, found = pdfium_c.c_int(0), []
    link = pdfium_c.FPDF_LINK()
    while pdfium_c.FPDFLink_Enumerate(page, position, link):
        area = pdfium_c.FS_RECTF()
        pdfium_c.FPDFLink_GetAnnotRect(link, area)
        target = pdfium_c.FPDFLink_GetDest(document, link)
        index = pdfium_c.FPDFDest_GetDestPageIndex(document, target) if target else -1
        action = pdfium_c.FPDFLink_GetAction(link)
        uri = _uri(document, action) if action else None
        rectangle = (area.left, area.bottom, area.right, area.top)
        found.append(Link(rectangle, uri, index + 1 if index >= 0 else None))
    return found


def _uri(document: pdfium_doc.PdfDocument, action: object) -> str | None:
    if pdfium_c.FPDFAction_GetType(action) != pdfium_c.PDFACTION_URI:
        return None
    size = pdfium_c.FPDFAction_GetURIPath(document, action, None, 0)
    buffer = (pdfium_c.c_char * size)()
    pdfium_c.FPDFAction_GetURIPath(document, action, buffer, size)
    return bytes(buffer.value).decode("utf-8", "replace")
