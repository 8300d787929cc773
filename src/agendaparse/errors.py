"""What goes wrong with a call, as exceptions.

An exception says that the call was wrong or that the file is no pack. What was not understood *inside*
a pack is never an exception but a row of ``pack.issues`` (see :mod:`agendaparse.issues`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agendaparse.issues import Issue


class AgendaparseError(Exception):
    """The root of all errors that agendaparse raises on purpose."""


class UnreadablePdf(AgendaparseError, ValueError):
    """The bytes are no PDF that can be opened: damaged, cut short, or without a page.

    >>> raise UnreadablePdf("minutes.pdf: the file is empty")
    Traceback (most recent call last):
    ...
    agendaparse.errors.UnreadablePdf: minutes.pdf: the file is empty
    """


class EncryptedPdf(UnreadablePdf):
    """The PDF asks for a password, and none or a wrong one was given."""


class NotAPack(AgendaparseError, ValueError):
    """What was given cannot hold a pack: no file, a folder, an object that is not bytes."""


class ProfileError(AgendaparseError, ValueError):
    """A council profile cannot be used: unknown name, unknown key, a pattern that does not compile."""


class ArchiveError(AgendaparseError, ValueError):
    """An archive cannot be used: not a DuckDB file of ours, or written by a newer agendaparse."""


class JudgementError(AgendaparseError, ValueError):
    """A file of judgements cannot be used: a column is missing, a word unknown, or two lines contradict each other."""


class CorrectionError(AgendaparseError, ValueError):
    """A file of corrections cannot be used: a column or number is missing, or two lines mend the same printing."""


class BenchmarkError(AgendaparseError, ValueError):
    """A file of published figures cannot be used: it is not there, cannot be read, or has other columns."""


class StrictIssues(AgendaparseError, ValueError):
    """Raised once by ``read_pack(strict=True)``, with all issues that the pack gave in ``.issues``."""

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        self.issues = issues
        shown = issues[:5]
        first = "; ".join(f"{i.code} (page {i.pdf_page}): {i.message}" for i in shown)
        more = f" and {len(issues) - len(shown)} more" if len(issues) > len(shown) else ""
        super().__init__(f"{len(issues)} issue(s): {first}{more}")
