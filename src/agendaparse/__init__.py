"""agendaparse: council agenda packs (PDF) into documents, tables and figures, each with its place.

>>> import agendaparse as ap
>>> pack = ap.read_pack("fixtures/packs/harrowmere-cyp-2023-09-14.pdf")  # doctest: +SKIP
>>> pack.documents  # doctest: +SKIP
"""

from agendaparse.archive.convert import convert
from agendaparse.archive.reconciled import reconcile
from agendaparse.archive.store import Archive, open_archive
from agendaparse.errors import (
    AgendaparseError,
    ArchiveError,
    BenchmarkError,
    CorrectionError,
    EncryptedPdf,
    JudgementError,
    NotAPack,
    ProfileError,
    StrictIssues,
    UnreadablePdf,
)
from agendaparse.pack import Pack, read_pack
from agendaparse.series.series import Series
from agendaparse.version import __version__

__all__ = [
    "AgendaparseError",
    "Archive",
    "ArchiveError",
    "BenchmarkError",
    "CorrectionError",
    "EncryptedPdf",
    "JudgementError",
    "NotAPack",
    "Pack",
    "ProfileError",
    "Series",
    "StrictIssues",
    "UnreadablePdf",
    "__version__",
    "convert",
    "open_archive",
    "read_pack",
    "reconcile",
]
