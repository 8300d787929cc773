"""Where camelot's network engine sees columns: asked for pages whose unruled figures our own reading leaves in doubt.

The only module that knows camelot; it is imported when first asked.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from agendaparse.errors import UnreadablePdf
from agendaparse.issues import Issues

# What it lets through of its own parts where a page is damaged.
_BROKEN = (ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, StopIteration, TypeError, ValueError)


def find_columns_by_network(data: bytes, pdf_page: int) -> list[list[float]]:
    """The x between the columns of each table that camelot finds on a page, in points from the left of the page.

    Raises UnreadablePdf where it cannot read the page.

    >>> find_columns_by_network(data, 3)  # doctest: +SKIP
    [[60.0, 250.5, 310.2, 402.7]]
    """
    import camelot  # noqa: PLC0415  (a second to load, and few packs need it)
    from playa.exceptions import PDFException  # noqa: PLC0415  (what camelot reads pages with)

    try:
        tables = camelot.read_pdf(io.BytesIO(data), pages=str(pdf_page), flavor="network", suppress_stdout=True)
    except (*_BROKEN, PDFException) as error:
        raise UnreadablePdf(f"camelot cannot read page {pdf_page}: {error}") from error
    return [_edges(table.cols) for table in tables if len(table.cols) > 1]


@dataclass(frozen=True)
class NetworkColumns:
    """Asks camelot about pages of one pack; a page that it cannot read is an issue, and no opinion."""

    data: bytes
    issues: Issues

    def __call__(self, pdf_page: int) -> list[list[float]]:
        """The x between the columns of each table that it sees on a page."""
        try:
            return find_columns_by_network(self.data, pdf_page)
        except UnreadablePdf as error:
            self.issues.add("columns_uncertain", str(error), pdf_page=pdf_page)
            return []


def _edges(columns: Sequence[tuple[float, float]]) -> list[float]:
    return [float(columns[0][0]), *(float(right) for _, right in columns)]
