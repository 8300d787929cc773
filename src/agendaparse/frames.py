"""The columns of every frame, once: name, dtype and meaning. Records become DataFrames here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

Dtype = Literal["text", "int", "float", "bool", "date", "time", "box"]

# How a column is held: in pandas, and in the archive's DuckDB tables.
PANDAS_DTYPES: Mapping[Dtype, str] = {
    "text": "string",
    "int": "Int64",
    "float": "Float64",
    "bool": "boolean",
    "date": "datetime64[s]",
    "time": "string",
    "box": "object",
}
SQL_TYPES: Mapping[Dtype, str] = {
    "text": "VARCHAR",
    "int": "BIGINT",
    "float": "DOUBLE",
    "bool": "BOOLEAN",
    "date": "DATE",
    "time": "VARCHAR",
    "box": "STRUCT(x0 DOUBLE, top DOUBLE, x1 DOUBLE, bottom DOUBLE)",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what kind of value it holds, and what the value means."""

    name: str
    dtype: Dtype
    meaning: str


@dataclass(frozen=True, slots=True)
class Frame:
    """One table: its name, what a row is, and its columns in order."""

    name: str
    row: str
    columns: tuple[Column, ...]
    in_archive: bool = True

    @property
    def column_names(self) -> list[str]:
        """The names of the columns, in order."""
        return [c.name for c in self.columns]


def _frame(name: str, row: str, *columns: tuple[str, Dtype, str], in_archive: bool = True) -> Frame:
    return Frame(name, row, tuple(Column(*c) for c in columns), in_archive)


_PACK_ID: tuple[str, Dtype, str] = ("pack_id", "text", "the pack: first 12 hex digits of the file's sha256")
_ITEM: tuple[str, Dtype, str] = ("item", "text", "the agenda item of the report; null if the paper stands alone")

# What tells one figure of a series from another.
_FIGURE: tuple[tuple[str, Dtype, str], ...] = (
    ("indicator_id", "text", "the indicator"),
    ("council", "text", "the council that prints it"),
    ("comparator", "text", "whose figure it is; null for the council's own"),
    ("measure", "text", "actual, target, threshold, forecast, benchmark, average, maximum, minimum, change"),
    ("period_start", "date", "the first day of its period; null if it has none"),
    ("period_end", "date", "the last day"),
)

FRAMES: Mapping[str, Frame] = {
    f.name: f
    for f in (
        _frame(
            "packs",
            "one PDF that was read",
            _PACK_ID,
            ("source", "text", "the path that was read; null for bytes without a name"),
            ("sha256", "text", "the file's sha256"),
            ("council", "text", "the council, as printed on the front sheet"),
            ("committee", "text", "the committee, as printed on the front sheet"),
            ("meeting_date", "date", "the day of the meeting"),
            ("start_time", "time", "when it starts, HH:MM"),
            ("venue", "text", "where it is held"),
            ("published_date", "date", "the day the agenda was published"),
            ("pdf_page_count", "int", "how many pages the file has"),
            ("profile", "text", "the council profile that it was read with"),
            ("parser_version", "text", "the agendaparse that read it"),
            ("seconds", "float", "how long reading took"),
        ),
        _frame(
            "members",
            "one person, or vacancy, that the front sheet lists",
            _PACK_ID,
            ("name", "text", "the name as printed, without office or body; null for a vacancy"),
            ("role", "text", "Chair, Vice-Chair, Member, Appointed Member, Contact, Substitute"),
        ),
        _frame(
            "agenda_items",
            "one item of the agenda",
            _PACK_ID,
            ("item", "text", "its number as printed, without a full stop: 7, 6a, A1"),
            ("title", "text", "its title, wrapped lines joined, without the page range"),
            ("description", "text", "what the agenda says below the title; null if nothing"),
            ("printed_first", "int", "a of (Pages a - b); null if the item has no pages"),
            ("printed_last", "int", "b of (Pages a - b)"),
            ("pdf_first", "int", "the page of the file where a stands; null if it is not in the file"),
            ("pdf_last", "int", "the page of the file where b stands"),
        ),
        _frame(
            "documents",
            "one part of the pack; together they hold every page once, in order",
            _PACK_ID,
            ("document_id", "text", "pack id and first page: 3f2a9c41d07b-p009"),
            ("kind", "text", "front_sheet, agenda, minutes, report, appendix, blank or other"),
            ("item", "text", "the agenda item that it belongs to, as printed; null if none"),
            ("appendix", "text", "its appendix number or letter, as printed; null if none"),
            ("title", "text", "its heading as printed"),
            ("pdf_first", "int", "its first page in the file, from 1"),
            ("pdf_last", "int", "its last page in the file"),
            ("scanned", "bool", "whether none of its pages has a text layer of its own"),
        ),
        _frame(
            "reports",
            "one covering report: what its cover says; null where a label is not printed",
            _PACK_ID,
            ("document_id", "text", "the document that it is"),
            _ITEM,
            ("decision_maker", "text", "who decides: Decision-maker, To, Report to, Committee"),
            ("subject", "text", "what it is about: Subject, Title"),
            ("date_of_decision", "date", "when it is decided; the day of the meeting where the cover has none"),
            ("report_of", "text", "whose report it is: Report of, From; several are parted by semicolons"),
            ("confidentiality", "text", "Statement of confidentiality, Classification"),
            ("brief_summary", "text", "Brief summary, Summary, Purpose of report"),
            ("key_decision", "text", "whether it is a key decision, as printed"),
            ("wards_affected", "text", "Wards affected, Electoral division"),
        ),
        _frame(
            "contacts",
            "one contact of a report",
            _PACK_ID,
            _ITEM,
            ("role", "text", "author, director, ... as printed"),
            ("title", "text", "the job title"),
            ("name", "text", "the name"),
            ("tel", "text", "the telephone number as printed"),
            ("email", "text", "the e-mail address"),
        ),
        _frame(
            "recommendations",
            "one recommendation of a report",
            _PACK_ID,
            _ITEM,
            ("number", "text", "its number as printed: (i), 1., A.; null if none"),
            ("text", "text", "its text; points within it are parted by semicolons"),
            ("pdf_page", "int", "the page of the file on which it begins"),
            ("box", "box", "where on that page"),
        ),
        _frame(
            "paragraphs",
            "one numbered paragraph of a report",
            _PACK_ID,
            _ITEM,
            ("section", "text", "the heading that it stands under"),
            ("number", "text", "its number as printed"),
            ("text", "text", "its text, over page breaks"),
            ("pdf_page", "int", "the page of the file on which it begins"),
        ),
        *(
            _frame(
                name,
                f"one {what} that a report lists",
                _PACK_ID,
                _ITEM,
                ("number", "text", "its number or letter as printed; null if none"),
                ("title", "text", "its title"),
            )
            for name, what in (("appendices", "appendix"), ("background_documents", "background document"))
        ),
        _frame(
            "minutes",
            "one item of a set of minutes",
            _PACK_ID,
            ("minutes_date", "date", "the day of the meeting that is minuted, not of the pack's"),
            ("minute", "text", "the minute's number as printed, without a full stop"),
            ("title", "text", "its title"),
            ("text", "text", "all that is minuted under it"),
            ("pdf_page", "int", "the page of the file on which it begins"),
        ),
        _frame(
            "attendance",
            "one person whom a set of minutes names at its head",
            _PACK_ID,
            ("minutes_date", "date", "the day of the meeting that is minuted"),
            ("name", "text", "the name as printed, (Chair) kept"),
            ("status", "text", "present, apologies, absent or in attendance"),
        ),
        _frame(
            "resolutions",
            "one resolution of a set of minutes",
            _PACK_ID,
            ("minutes_date", "date", "the day of the meeting that resolved it"),
            ("minute", "text", "the minute that it stands in"),
            ("title", "text", "the title of that minute"),
            ("number", "text", "its number as printed; null if none"),
            ("text", "text", "what stands after the word RESOLVED"),
            ("pdf_page", "int", "the page of the file on which it begins"),
        ),
        _frame(
            "actions",
            "one entry of a scrutiny monitoring log",
            _PACK_ID,
            ("date_raised", "date", "the day of the meeting that asked for it"),
            ("title", "text", "the item under which it was raised"),
            ("number", "text", "its number as printed: 1)"),
            ("proposed", "text", "what was asked for"),
            ("taken", "text", "what was done, over page breaks; null if nothing is printed"),
            ("status", "text", "how it stands, as printed"),
            ("owner", "text", "who is to act, as printed; null if the log does not say"),
            ("due", "text", "when it is due, as printed; null if the log does not say"),
            ("pdf_page", "int", "the page of the file on which it begins"),
        ),
        _frame(
            "tables",
            "one table of data, over all its pages: of figures, of actions, or of anything else under a full header",
            _PACK_ID,
            ("table_id", "text", "its name within the archive"),
            ("item", "text", "the agenda item of its document"),
            ("appendix", "text", "the appendix that it stands in"),
            ("kind", "text", "kpi, action_log or other"),
            ("title", "text", "the heading above it, the slide's title or its own first row"),
            ("pdf_first", "int", "its first page in the file"),
            ("pdf_last", "int", "its last page in the file"),
            ("n_rows", "int", "rows without the header"),
            ("n_cols", "int", "columns"),
            ("method", "text", "how its cells were found: ruled, aligned, camelot or cards"),
            ("reliability", "float", "0 to 1: how well its rows, columns and headers fit together"),
        ),
        _frame(
            "cells",
            "one cell of a table",
            _PACK_ID,
            ("table_id", "text", "its table"),
            ("row", "int", "from 0, header rows first, over all pages"),
            ("col", "int", "from 0"),
            ("row_span", "int", "rows that it covers"),
            ("col_span", "int", "columns that it covers"),
            ("text", "text", "its text, lines joined; an empty cell holds an empty text"),
            ("is_header", "bool", "whether it stands in the table's header"),
            ("pdf_page", "int", "the page of the file on which it stands"),
            ("box", "box", "its place on that page"),
        ),
        _frame(
            "observations",
            "one printed figure, or the print that stands in place of one",
            _PACK_ID,
            ("observation_id", "text", "its name within the archive"),
            ("table_id", "text", "the table that it stands in"),
            ("item", "text", "the agenda item of its document"),
            ("appendix", "text", "the appendix that it stands in"),
            ("pdf_page", "int", "the page of the file"),
            ("printed_page", "int", "the page as stamped"),
            ("ref", "text", "the reference printed with the indicator: CP1"),
            ("indicator", "text", "what is measured, as printed"),
            ("measure", "text", "actual, target, threshold, forecast, benchmark, average, maximum, minimum, change"),
            ("comparator", "text", "whose figure it is, as printed in the header; null for the council's own"),
            ("period_label", "text", "the period as printed"),
            ("period_start", "date", "its first day"),
            ("period_end", "date", "its last day"),
            ("raw", "text", "the cell as printed"),
            ("value", "float", "the figure: percent as printed, millions multiplied out; null if raw is no figure"),
            ("unit", "text", "count, percent, rate_per_10000, average, ratio or currency"),
            ("rag", "text", "red, amber or green, on the row's latest actual"),
            ("direction", "text", "up, down or flat, on the row's latest actual"),
            ("source", "text", "table, image or prose: what printed it"),
            ("origin", "text", "printed, or corrected by a person"),
            ("reliability", "float", "0 to 1: how sure its name, measure, period and value are"),
            ("box", "box", "its cell on the page"),
        ),
        _frame(
            "issues",
            "one thing that was not understood",
            _PACK_ID,
            ("stage", "text", "the stage of reading that found it"),
            ("code", "text", "what kind of thing it is; docs/issues.md lists them"),
            ("severity", "text", "info, warning or error"),
            ("pdf_page", "int", "the page of the file, from 1; null if it is about the whole pack"),
            ("box", "box", "where on the page; null if it is about the whole page"),
            ("raw", "text", "what was printed there"),
            ("message", "text", "a sentence about it"),
        ),
        _frame(
            "coverage",
            "one page of the pack",
            _PACK_ID,
            ("pdf_page", "int", "the page of the file, from 1"),
            ("printed_page", "int", "the stamped number; null where no stamp was read or reckoned"),
            ("document_id", "text", "the document that it belongs to"),
            ("kind", "text", "the kind of that document"),
            ("lines", "int", "how many lines of text stand on it, stamps included"),
            ("claimed", "int", "how many of them some reader took"),
            ("share", "float", "claimed over lines, 0 to 1; 1 for a page without text"),
            in_archive=False,
        ),
        _frame(
            "failures",
            "one file that could not be read",
            ("source", "text", "the path of the file"),
            ("sha256", "text", "the file's sha256; null if its bytes could not be had"),
            ("error", "text", "the class of the error: UnreadablePdf, EncryptedPdf, ..."),
            ("message", "text", "what it said"),
            ("seconds", "float", "how long it took to fail"),
            ("parser_version", "text", "the agendaparse that tried"),
        ),
        _frame(
            "indicators",
            "one thing that is measured, whatever it is called",
            (
                "indicator_id",
                "text",
                "a readable name that stays: the vocabulary's, or made of the printed name and unit",
            ),
            ("name", "text", "the vocabulary's name, or the one that was printed most often"),
            ("unit", "text", "count, percent, rate_per_10000, average, ratio or currency"),
            ("polarity", "text", "whether high or low figures are good; null if neither, or unknown"),
            ("definition", "text", "what is counted, in the vocabulary's words; null for other names"),
            ("lait_topic", "text", "the topic in the DfE's Local Authority Interactive Tool; null if it is not there"),
            ("lait_measure", "text", "the measure in that topic"),
            ("esd_id", "text", "the metric's number in LG Inform; null if unknown"),
            ("n_observations", "int", "how many printed figures are of it"),
            ("first_period", "date", "the first day of the earliest period that is printed"),
            ("last_period", "date", "the last day of the latest period that is printed"),
        ),
        _frame(
            "aliases",
            "one printed name of an indicator, with its unit and reference, as one council prints it",
            ("indicator_id", "text", "the indicator"),
            ("council", "text", "the council that prints it; null if unknown"),
            ("printed_name", "text", "the name as printed"),
            ("ref", "text", "the reference printed with it; null if none"),
            ("unit", "text", "the unit of the figures printed with it"),
            ("evidence", "text", "why it is this indicator: same name, vocabulary or judgement"),
            ("valid_from", "date", "the day of the first meeting whose pack prints it"),
            ("valid_to", "date", "the day of the last one"),
            ("n_observations", "int", "how many figures are printed with it"),
        ),
        _frame(
            "judgements",
            "what a person says of two printed names",
            ("name_a", "text", "a name as printed"),
            ("name_b", "text", "another"),
            ("unit", "text", "the unit that it holds for; null for any"),
            ("judgement", "text", "same, not same or unsure"),
            ("by", "text", "who says so"),
            ("why", "text", "the reason"),
            ("date", "date", "when it was said"),
        ),
        _frame(
            "series",
            "one figure: an indicator of a council, its measure and period, with the value that stands",
            *_FIGURE,
            ("value", "float", "the value that stands; null where no printing gives a figure"),
            ("unit", "text", "the figure's unit"),
            ("published", "date", "the day on which the printing that stands was published"),
            ("pack_id", "text", "the pack that printed it"),
            ("pdf_page", "int", "the page of that file"),
            ("n_printings", "int", "how many printings give a figure; all of them where none does"),
            ("first_seen", "date", "the day of the first printing"),
            ("last_seen", "date", "the day of the last printing"),
            ("status", "text", "sole, agreed, restated, conflicting or doubtful"),
        ),
        _frame(
            "revisions",
            "one printing that another contradicts",
            *_FIGURE,
            ("kind", "text", "restated (on a later day), conflicting (on the same day) or doubtful (one is not sure)"),
            ("value", "float", "the value of the later, or of the better supported printing"),
            ("pack_id", "text", "the pack that printed it"),
            ("pdf_page", "int", "the page of that file"),
            ("published", "date", "the day on which it was published"),
            ("other_value", "float", "the value that it contradicts"),
            ("other_pack_id", "text", "the pack that printed that"),
            ("other_pdf_page", "int", "the page of that file"),
            ("other_published", "date", "the day on which that was published"),
        ),
        _frame(
            "threads",
            "one matter that a meeting raised, followed through minutes and action logs",
            ("thread_id", "text", "its name: made of council, day and text, the same in every run"),
            ("council", "text", "the council"),
            ("committee", "text", "the committee that raised it"),
            ("raised_on", "date", "the day of the meeting that raised it"),
            ("title", "text", "the item under which it was raised"),
            ("text", "text", "what was resolved or asked for"),
            ("first_seen", "date", "the day on which it was first printed"),
            ("last_seen", "date", "the day on which it was last printed"),
            ("last_status", "text", "how it stood then, as printed; null if no log gave a status"),
            ("days_open", "int", "days from the meeting to the first print that calls it closed, else to the last one"),
            ("n_entries", "int", "how many entries it has"),
        ),
        _frame(
            "thread_entries",
            "one printing of a thread: a recommendation of a report, a resolution, a line of an action log",
            ("thread_id", "text", "the thread"),
            ("pack_id", "text", "the pack that printed it"),
            ("kind", "text", "recommendation, resolution or action"),
            ("date", "date", "the day of the meeting that raised it, as printed there"),
            ("minute", "text", "the minute of a resolution, the agenda item of a recommendation"),
            ("title", "text", "the title of that minute, report or line"),
            ("number", "text", "its number as printed"),
            ("text", "text", "its text"),
            ("status", "text", "how a log says it stands, as printed"),
            ("published", "date", "the day on which it was published"),
            ("pdf_page", "int", "the page of the file"),
        ),
        _frame(
            "changes",
            "one thing that befell an indicator between two packs of a committee",
            ("indicator_id", "text", "the indicator"),
            ("council", "text", "the council"),
            ("committee", "text", "the committee"),
            ("kind", "text", "added, renamed, rebased (printed anew for nearly all periods) or dropped"),
            ("published", "date", "the day of the pack that shows it: for dropped, of the first without it"),
            ("pack_id", "text", "that pack"),
            ("before", "text", "its name before; null if added or rebased"),
            ("after", "text", "its name since; null if dropped or rebased"),
            ("n_periods", "int", "how many periods were printed anew, if rebased"),
            ("ratio", "float", "the median of new value over old, if rebased"),
            in_archive=False,
        ),
        _frame(
            "unresolved",
            "two names of one council that may be one indicator",
            ("name_a", "text", "a name as printed"),
            ("name_b", "text", "another"),
            ("unit", "text", "their unit"),
            ("council", "text", "the council that prints them; null if unknown"),
            ("score", "float", "0 to 1: how much speaks for it"),
            ("reasons", "text", "what speaks for it and against it"),
            ("n_observations_a", "int", "how many figures are printed with the first"),
            ("n_observations_b", "int", "how many with the second"),
            ("gained", "int", "how many periods the longer of the two series would gain"),
            in_archive=False,
        ),
        _frame(
            "benchmark_checks",
            "one printed figure beside the published one",
            ("indicator_id", "text", "the indicator"),
            ("name", "text", "its name"),
            ("council", "text", "the council whose pack prints it"),
            ("comparator", "text", "whose figure it is; null for the council's own"),
            ("measure", "text", "actual, benchmark or average"),
            ("period_start", "date", "the first day of the period, as printed"),
            ("period_end", "date", "its last day"),
            ("value", "float", "the figure as printed"),
            ("lait_value", "float", "the published figure: of its editions one that agrees, else the last"),
            ("difference", "float", "printed less published"),
            ("agrees", "bool", "whether they are equal to the decimals of the one with fewer"),
            ("lait_code", "text", "the measure in the published file (Short Desc)"),
            ("edition", "text", "the year as the published file gives it: 2025 (prov)"),
            ("authority", "text", "whose figure it is there"),
            ("published", "date", "the day on which the pack was published"),
            _PACK_ID,
            ("pdf_page", "int", "the page of the file"),
            in_archive=False,
        ),
    )
}


def to_frame(name: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """The rows as the named DataFrame: all its columns, in order, with their dtypes, even if empty.

    >>> to_frame("failures", [{"source": "a.pdf", "error": "UnreadablePdf"}]).loc[0, "error"]
    'UnreadablePdf'
    """
    frame = FRAMES[name]
    held = list(rows)
    data = {c.name: pd.array([r.get(c.name) for r in held], dtype=PANDAS_DTYPES[c.dtype]) for c in frame.columns}  # type: ignore[call-overload]
    return pd.DataFrame(data, columns=frame.column_names)


def as_frame(name: str, columns: Mapping[str, Any]) -> pd.DataFrame:
    """Whole columns as the named DataFrame, with its columns' order and dtypes; for tables that are reckoned at once.

    >>> as_frame("members", {"pack_id": ["3f2a9c41d07b"], "role": ["Chair"], "name": [None]})["role"].tolist()
    ['Chair']
    """
    held = {c.name: pd.Series(list(columns[c.name]), dtype=PANDAS_DTYPES[c.dtype]) for c in FRAMES[name].columns}
    return pd.DataFrame(held, columns=FRAMES[name].column_names)
