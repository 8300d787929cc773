"""What was not understood, and where: a row each, never only a line in a log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from agendaparse.records import Box

Severity = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class IssueCode:
    """One kind of issue: the stage that finds it, how much it matters, and what it means."""

    code: str
    stage: str
    severity: Severity
    meaning: str


def _table(*codes: IssueCode) -> dict[str, IssueCode]:
    return {c.code: c for c in codes}


ISSUE_CODES = _table(
    IssueCode("page_unreadable", "pages", "error", "pdfium cannot load this page; the rest of the pack was read"),
    IssueCode("page_without_text", "pages", "warning", "the page is a picture and has no text layer; nothing was read"),
    IssueCode("hidden_text", "pages", "info", "text that nobody sees on the page was left out"),
    IssueCode("no_agenda", "agenda", "info", "the file has no agenda: it was read as one document"),
    IssueCode("agenda_range_broken", "agenda", "warning", "an item's pages overlap another's, or run backwards"),
    IssueCode("agenda_number_gap", "agenda", "warning", "the numbers of the agenda's items skip or repeat"),
    IssueCode("agenda_range_outside", "documents", "warning", "an item's pages are not (all) in the file"),
    IssueCode("item_without_document", "documents", "warning", "an item has pages, or names a paper, but no document"),
    IssueCode("item_without_pages", "documents", "info", "an agenda item has neither pages nor a document"),
    IssueCode("stamp_disagrees", "documents", "warning", "the stamp and the agenda give a page to different items"),
    IssueCode("stamp_out_of_sequence", "stamps", "warning", "a page stamp does not follow from its neighbours"),
    IssueCode("no_recommendation", "recommendations", "warning", "a report in which no recommendation was found"),
    IssueCode("struck_text", "minutes", "info", "text that is struck out was left out of the minutes"),
    IssueCode("minutes_without_numbers", "minutes", "info", "minutes with headings but without numbers"),
    IssueCode("minutes_without_items", "minutes", "warning", "a set of minutes in which no item was found"),
    IssueCode("log_not_understood", "actions", "warning", "an action log whose columns are not known"),
    IssueCode("decision_without_text", "minutes", "warning", "a word such as RESOLVED with nothing behind it"),
    IssueCode("header_guessed", "figures", "info", "nothing says what a column holds; its cells do"),
    IssueCode("figures_not_told_apart", "figures", "warning", "figures of one table claim the same name and time"),
    IssueCode("percent_disagrees", "figures", "warning", "a percent is not its numerator over its denominator"),
    IssueCode("total_disagrees", "figures", "warning", "a total is not the sum of the rows over it"),
    IssueCode("period_out_of_sequence", "figures", "warning", "a month stands out of order in a header"),
    IssueCode("unit_jump", "figures", "warning", "a figure is of quite another size than the others of its row"),
    IssueCode("kind_unknown", "documents", "info", "nothing says what this document is; it was called other"),
    IssueCode("columns_uncertain", "tables", "info", "columns without rules that no second reader confirmed"),
    IssueCode("correction_unused", "corrections", "warning", "a correction fits nothing that is printed on its page"),
    IssueCode("correction_ambiguous", "corrections", "warning", "a correction fits several printings: none is changed"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that was not understood: its code, its place, what was printed, and a sentence."""

    code: str
    message: str
    pdf_page: int | None = None
    box: Box | None = None
    raw: str | None = None

    @property
    def stage(self) -> str:
        """The stage of reading that found it: pages, stamps, agenda, documents, ..."""
        return ISSUE_CODES[self.code].stage

    @property
    def severity(self) -> Severity:
        """How much it matters: info, warning or error."""
        return ISSUE_CODES[self.code].severity


class Issues:
    """Collects the issues of one pack, in the order in which they were met.

    >>> found = Issues()
    >>> found.add("no_agenda", "no heading AGENDA", pdf_page=1)
    >>> len(found)
    1
    """

    def __init__(self) -> None:
        self._found: list[Issue] = []

    def add(
        self, code: str, message: str, *, pdf_page: int | None = None, box: Box | None = None, raw: str | None = None
    ) -> None:
        """Put one on record; raises KeyError on a code that the table does not have."""
        if code not in ISSUE_CODES:
            raise KeyError(f"unknown issue code {code!r}")
        self._found.append(Issue(code, message, pdf_page, box, raw))

    def __iter__(self) -> Iterator[Issue]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
