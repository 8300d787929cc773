"""The pages of a pack in order, and on record what of them was not, or not to be, read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from agendaparse.issues import Issues
from agendaparse.layout.pages import Page, unread_page


def read_all_pages(reader: Iterable[Page | None], issues: Issues) -> list[Page]:
    """Each page that can be read, an empty one for each that cannot; pictures and hidden text become issues.

    >>> found = Issues()
    >>> len(read_all_pages([None], found)), [i.code for i in found]
    (1, ['page_unreadable'])
    """
    pages = []
    for number, page in enumerate(reader, start=1):
        if page is None:
            issues.add("page_unreadable", "pdfium cannot load this page", pdf_page=number)
        elif page.is_picture:
            how = "read by OCR before it came to us" if page.has_ocr_layer else "not read"
            issues.add("page_without_text", f"a picture without text of its own, {how}", pdf_page=number)
        elif page.hidden:
            _report_hidden(page, issues)
        pages.append(page or unread_page(number))
    return pages


def _report_hidden(page: Page, issues: Issues) -> None:
    for why, _ in Counter(h.why for h in page.hidden).most_common():
        words = [h.word for h in page.hidden if h.why == why]
        raw = " ".join(w.text for w in words)
        message = f"{len(words)} word(s) that nobody sees were left out: {why}"
        issues.add("hidden_text", message, pdf_page=page.pdf_page, box=words[0].box, raw=raw)
