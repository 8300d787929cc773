"""What each column and row of a logical table is: names, references, figures of some measure and period, marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agendaparse.content.cell_text import join_cell_lines
from agendaparse.content.drafts import Draft
from agendaparse.content.headers import Column, names_comparator, names_indicator, parse_header, parse_headers, settle
from agendaparse.content.periods import ANY_YEAR, Period, Setting, find_period, find_periods, says
from agendaparse.content.places import is_place
from agendaparse.content.refs import is_ref
from agendaparse.content.units import unit_of_name, unit_of_word
from agendaparse.content.values import is_figure, is_grade, is_missing, parse_values
from agendaparse.content.vocabulary import mark_words, vocabulary, word_list
from agendaparse.records import Cell

_MOSTLY = 0.6
_FEW_OTHERS = 3  # of so many words of a column one may be another than those for a colour or a way
_CLOCK = re.compile(r"\d{1,3}:\d\d(?::\d\d)?")
_PART = re.compile(r"\s*[/|(]")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[a-z]{4}")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})+")
_ORDINAL = re.compile(r"\d{1,3}[.)]?")
_NOT_NAMES = (
    "owner",
    "commentary",
    "frequency",
    "unit",
    "polarity",
    "page",
    "rag",
    "direction",
    "ref",
    "period",
    "rank",
)
_NEVER_NAMES = ("frequency", "unit", "polarity", "page", "rag", "direction", "ref", "period", "rank")
_NEVER_FIGURES = ("ref", "page", "rank")
_OWN_NAME = 3  # words of the council's name over its own figures
_SHEET = 2  # columns of a sheet of one indicator, and its least figures
_LETTERS = frozenset("RAG")
_SLACK = 10  # letters beside a period in a cell that is one

Row = Sequence[Cell | None]


@dataclass(frozen=True)
class Roles:
    """A table understood: what its columns hold and where its rows have their names."""

    columns: tuple[Column | None, ...]
    figures: tuple[int, ...]  # columns of figures
    name: int | None  # the column of indicators
    group: tuple[int, ...]  # columns of words before the name: what the names belong to
    ref: int | None
    measure: int | None  # the column whose words say the measure of each row: "Actual", "Target"
    turned: bool  # periods stand in the rows, indicators in the columns
    row_periods: tuple[Period | None, ...]  # of the rows after the header, where the table is turned
    sheet: bool = False  # labels of one indicator and what they say of it

    def having(self, role: str) -> tuple[int, ...]:
        """The columns of one role: rag, direction, unit, polarity, period, ..."""
        return tuple(c for c, column in enumerate(self.columns) if column is not None and column.role == role)


def find_roles(draft: Draft, setting: Setting, council: str | None = None) -> Roles:
    """What the columns of a table hold, by their headers and by what stands under them."""
    grid = draft.grid
    body = grid[draft.n_header :]
    cells = [[None if _is_lone(row, row[c]) else row[c] for row in body] for c in range(draft.n_cols)]
    timed = time_rows(body, setting)
    cells = [[None if i in timed else cell for i, cell in enumerate(column)] for column in cells] if timed else cells
    if (sheet := sheet_rows(draft, setting)) is not None:
        cells[1] = [cell if index in sheet else None for index, cell in enumerate(cells[1])]
    heads = parse_headers([header_rows(draft, grid, c) for c in range(draft.n_cols)], setting, draft.title or "")
    heads = _of_places(heads, council)
    kept = [_by_cells(column, cells[c], c, setting) for c, column in enumerate(heads)]
    kept = _own_among_others(settle(kept, _with_latest(kept, cells, setting)))
    figures = tuple(c for c, column in enumerate(kept) if column is not None and column.is_figures)
    words = [c for c in range(draft.n_cols) if c not in figures and _is_words(cells[c])]
    first = figures[0] if figures else draft.n_cols
    free = [
        c for c in words if c < first and ((k := kept[c]) is None or k.role in ("unknown", "indicator", "commentary"))
    ]
    measure = next((c for c in free if _says_measures(cells[c])), None)
    others = [c for c in words if c != measure]
    # a first column of periods names the rows whatever its header is: "Month", "Year", "Date"
    dated = others[:1] == [0] and _are_periods(cells[0], setting)
    name = _name_column(others, [None, *kept[1:]] if dated else kept, cells, first)
    ref = next((c for c in range(draft.n_cols) if c != name and _is_ref_column(kept[c], cells[c], c)), None)
    turned = name is not None and measure is None and _are_periods(cells[name], setting)
    group = tuple(c for c in others if name is not None and c < name and c != ref and _may_name(kept[c], _NOT_NAMES))
    times = _row_periods(kept[name], cells[name], setting) if turned and name is not None else ()
    return Roles(tuple(kept), figures, name, group, ref, measure, turned, times, sheet is not None)


def time_rows(body: Sequence[Row], setting: Setting) -> set[int]:
    """The rows that print the times of the figures under them: each indicator has its own, its name reaches down."""
    found = set()
    for index, row in enumerate(body[:-1]):
        name, below = row[0], body[index + 1]
        if name is None or below[0] is not name or not name.text:
            continue
        over = [c for c, cell in enumerate(row) if cell is not None and cell is not below[c] and cell.text]
        times = [c for c in over if is_period_cell(_text(row[c]), setting) and is_figure(_text(below[c]))]
        if len(times) > 1 and len(times) == len(over):
            found.add(index)
    return found


def sheet_rows(draft: Draft, setting: Setting) -> set[int] | None:
    """The rows after the header that hold the figures of a sheet of one indicator; None for any other table.

    A sheet has two columns: labels, of which two or more name measures or times, and what they say.
    """
    if draft.n_cols != _SHEET:
        return None
    body = [(_text(row[0]), _text(row[1])) for row in draft.grid[draft.n_header :]]
    rows = {i for i, (label, said) in enumerate(body) if is_figure(said) and _tells_figure(label, setting)}
    other = any(said and not is_figure(said) and not is_missing(said) for _, said in body)
    return rows if len(rows) >= _SHEET and other else None


def _tells_figure(label: str, setting: Setting) -> bool:
    head = parse_header(label, setting)
    return head is not None and head.is_figures and head.is_plain


def _is_lone(row: Row, cell: Cell | None) -> bool:
    """Whether a cell is all that its row prints, over several columns: it heads a section."""
    return cell is not None and cell.col_span > 1 and all(c is cell or c is None or not c.text for c in row)


def _row_periods(column: Column | None, cells: Row, setting: Setting) -> tuple[Period | None, ...]:
    """The times that the rows of a turned table name, in school years where the header over them says so."""
    if column is not None and says(column.text, "academic"):
        setting = replace(setting, year="academic")
    return tuple(find_periods([_text(c) for c in cells], setting))


def _text(cell: Cell | None) -> str:
    return "" if cell is None else cell.text


def header_rows(draft: Draft, grid: Sequence[Row], col: int) -> list[str]:
    """The header over a column: its rows from the top, what spans several columns said to each of them."""
    parts: list[str] = []
    above: Cell | None = None
    for r in range(draft.n_header):
        cell = grid[r][col]
        if cell is None or (cell.col == 0 and cell.col_span == draft.n_cols):
            continue
        if not r and (first := grid[0][0]) is not None and first.col_span > 1 and first.text == draft.title:
            continue  # the title, and a status beside it
        if not cell.text or (parts and parts[-1] == cell.text):
            continue
        alone = above is not None and above.col_span == cell.col_span == 1
        if alone and draft.method == "aligned":
            parts[-1] = join_cell_lines([parts[-1], cell.text])  # no group's name, but the first line of its own
        else:
            parts.append(cell.text)
        above = cell
    return parts


def _of_places(columns: Sequence[Column | None], council: str | None) -> list[Column | None]:
    """Columns headed by names of councils: the pack's own figures, and other councils' as comparators.

    One name of another council alone is none: "Reading" is also what pupils do.
    """
    names = [c.subject if c is not None and c.role in ("unknown", "actual") else "" for c in columns]
    own = [bool(n) and council is not None and is_place(n, council) for n in names]
    others = [is_place(n) and not mine for n, mine in zip(names, own, strict=True)]
    distinct = {n.casefold() for n, named in zip(names, map(any, zip(own, others, strict=True)), strict=True) if named}
    if len(distinct) < 2 and not any(own):  # noqa: PLR2004
        return list(columns)
    return [
        # our own name over a time says no more than the bare times beside it
        replace(c, role="actual" if mine else "benchmark", named=not mine or c.period is None)
        if c is not None and (mine or other)
        else c
        for c, mine, other in zip(columns, own, others, strict=True)
    ]


def _own_among_others(columns: Sequence[Column | None]) -> list[Column | None]:
    """The columns; one of figures beside those of others (England, the region) that names nobody known is our own."""
    figures = [c for c in columns if c is not None and c.is_figures]
    unknown = [c for c in figures if c.guessed and c.text and len(c.text.split()) <= _OWN_NAME]
    alone = len(unknown) == 1 and all(
        c.role in ("benchmark", "target", "change") for c in figures if c is not unknown[0]
    )
    if not alone or not any(c.role == "benchmark" for c in figures):
        return list(columns)
    return [replace(c, guessed=False) if c is unknown[0] else c for c in columns]


def _with_latest(columns: Sequence[Column | None], cells: Sequence[Row], setting: Setting) -> Setting:
    """The setting with the last day of the columns that have figures: months to come are printed empty."""
    ends = [
        column.period.end
        for column, under in zip(columns, cells, strict=True)
        if column is not None
        and column.role == "actual"
        and column.period is not None
        and column.period.kind != "year"
        and not column.named
        and any(is_figure(_text(c)) for c in under)
    ]
    return replace(setting, latest=max(ends, default=None))


def _by_cells(column: Column | None, cells: Row, col: int, setting: Setting) -> Column | None:
    """What the cells say where the header says nothing, or something that they do not bear out."""
    printed = [c for c in cells if c is not None and c.text]
    texts = [c.text for c in printed]
    figures = sum(is_figure(c.text) or _has_figure_line(c) for c in printed)
    if column is not None and column.role in ("target", "threshold"):  # "<60" is a limit, and hides nothing
        figures = sum(any(v.value is not None for v in parse_values(t, limits=True)) for t in texts)
    if column is not None and column.both:  # "90% / 85%"
        figures = sum(is_figure(_PART.split(t, maxsplit=1)[0]) for t in texts)
    signs = sum(is_missing(t) or is_grade(t) for t in texts)
    if column is not None and column.is_figures:
        if not col and column.unit == "count" and (_are_counted(texts) or all(map(_NUMBERED.fullmatch, texts))):
            return replace(column, role="ref")  # "No." over 1, 2, 3, or over 1.1, 1.2, 2.1
        timed = column.role == "actual" and column.period is None and _are_times(texts, setting)
        column = replace(column, role="period") if timed else column  # "Latest data" over "2023/24"
        return column if figures or timed or signs == len(texts) else _of_words(column, texts)
    if column is not None and (role := _real_role(column, cells, texts, setting, first=not col)) is not None:
        return replace(column, role=role)
    timed = bool(col and texts) and all(map(_CLOCK.fullmatch, texts))  # "02:10": minutes and seconds
    if not timed and (not figures or figures + signs < _MOSTLY * len(texts)):
        return _of_signs(column, texts)
    if column is None or column.role == "unknown":
        return column if col == 0 and (column is None or len(set(texts)) == len(texts)) else _guessed(column)
    notes = column.role == "commentary" and _are_counted(texts)  # "Note" over 1, 2, 3
    figured = _may_be_figures(column, col) and not notes
    return replace(column, role="actual", guessed=column.period is None) if figured else column


def _real_role(column: Column, cells: Row, texts: Sequence[str], setting: Setting, *, first: bool) -> str | None:
    """What a column is by its cells where its header may be of two things: "PI" over names, "Period" over times.

    In the corner a time says of which sort those of the other headers are: "Academic year" over names.
    """
    if column.role == "ref" and _are_sentences(texts):
        return "indicator"
    if column.role != "frequency":
        return None
    if _are_periods(cells, setting):
        return "period"
    told = _are_sentences(texts) or (column.undated and all(map(_WORD.search, texts)))
    named = first and len(set(texts)) == len(texts) > 1 and told
    return "indicator" if named else None


def _are_sentences(texts: Sequence[str]) -> bool:
    """Whether most texts are names of several words, and no references."""
    worded = sum(len(t.split()) > 1 and not is_ref(t) and _WORD.search(t) is not None for t in texts)
    return worded > _MOSTLY * len(texts)


def _guessed(column: Column | None) -> Column:
    """A column of figures of whose header nothing is known."""
    if column is None:
        return Column("", "actual", guessed=True)
    return replace(column, role="actual", named=True, guessed=True)


def _may_be_figures(column: Column, col: int) -> bool:
    return bool(col) and column.role not in _NEVER_FIGURES


def _of_words(column: Column, texts: Sequence[str]) -> Column:
    """A column headed as figures in which there is none: marks, or remarks."""
    marks = _mark_role(texts)
    if marks is not None:
        compared = marks == "direction" and names_comparator(column.text)  # "Compared with England: similar"
        to_come = column.role == "forecast"  # how the year will end
        return replace(column, role="commentary" if compared or to_come else marks)
    answers = word_list("marks", "answers", "words")
    answered = all(t.casefold() in answers or is_missing(t) for t in texts)
    timed = column.role == "actual" and column.period is not None and not answered
    return column if timed else replace(column, role="commentary")


def _of_signs(column: Column | None, texts: Sequence[str]) -> Column | None:
    """A column whose header says nothing, or no more than "Performance", by cells that are all marks or all units."""
    timeless = column is not None and column.role == "actual" and column.period is None
    tells = column is not None and column.role != "unknown" and not (timeless and not any(map(is_figure, texts)))
    if not texts or tells:
        return column
    role = _mark_role(texts) or ("unit" if all(unit_of_word(t) is not None for t in texts) else None)
    return Column(column.text if column is not None else "", role) if role is not None else column


def _mark_role(texts: Sequence[str]) -> str | None:
    """rag or direction, where some cells hold a word or sign for one and the rest none."""
    dots = set(vocabulary("marks")["dots"]["signs"]) - mark_words("direction").keys()
    if texts and all(t in dots and not t.isalpha() for t in texts):
        return "rag"
    letters = {t for t in texts if not is_missing(t)}
    if letters <= _LETTERS and len(letters) > 1:  # "R" over "G" over "A"
        return "rag"
    for role in ("rag", "direction"):
        words = mark_words(role) | (mark_words("judged") if role == "direction" else {})
        known = sum(t.casefold() in words and t.casefold() not in ("a", "r", "g", "=") for t in texts)
        signs = sum(is_missing(t) for t in texts)
        others = len(texts) - known - signs  # "Measured", "Not due"
        if (
            known
            and others * _FEW_OTHERS <= len(texts)
            and (not others or len({t.casefold() for t in texts} & words.keys()) > 1)
        ):
            return role
    return None


def _has_figure_line(cell: Cell | None) -> bool:
    return cell is not None and any(is_figure(line) for line in cell.lines)


def _is_words(cells: Row) -> bool:
    texts = [c.text for c in cells if c is not None and c.text]
    return bool(texts) and sum(any(ch.isalpha() for ch in t) or _is_span(t) for t in texts) >= _MOSTLY * len(texts)


def _is_span(text: str) -> bool:
    """A row named "0-4", "2016/17" or "16+"."""
    return re.fullmatch(r"\d+\s?[-–/+]\s?\d*", text) is not None


def _says_measures(cells: Row) -> bool:
    """Whether each cell of a column is the name of a measure and nothing else."""
    texts = [c.text for c in cells if c is not None and c.text]
    return bool(texts) and all(map(_is_measure, texts))  # the first name of an indicator decides


def _is_measure(text: str) -> bool:
    head = parse_header(text)
    if head is None or not (head.is_figures or head.role in ("rag", "direction")):
        return False
    if head.role == "actual" and is_period_cell(text, ANY_YEAR):
        return False  # "April"
    told = head.named if head.role != "actual" else head.is_plain  # "Population (2021)" is a name
    return len(head.text.split()) <= 4 and (head.period is None or told)  # noqa: PLR2004


def _may_name(column: Column | None, barred: Sequence[str]) -> bool:
    return column is None or column.role not in barred


def _name_column(
    words: Sequence[int], columns: Sequence[Column | None], cells: Sequence[Row], first: int
) -> int | None:
    """The column of indicators: one headed so, else the words nearest before the figures, else the first words.

    A column of teams or themes gives the names only where no other does.
    """
    headed = [c for c in words if (k := columns[c]) is not None and k.role == "indicator"]
    if headed and not any((k := columns[c]) is not None and names_indicator(k.text) for c in headed):
        # "Service" may name whose the indicator is
        headed += [c for c in words if c < first and (k := columns[c]) is not None and k.role == "unknown" and k.text]
    if headed:
        return max(headed, key=lambda c: _distinct(cells[c]))
    names = [c for c in words if _may_name(columns[c], _NOT_NAMES)]
    names = names or [c for c in words if c < first and _may_name(columns[c], _NEVER_NAMES)]
    before = [c for c in names if c < first]
    return _of_rows(before, cells) if before else next(iter(names), None)


def _of_rows(columns: Sequence[int], cells: Sequence[Row]) -> int:
    """The column, of some before the figures, that names the rows: the last one, unless another tells more apart.

    Funds beside their sort, or sorts of homes beside their sizes ("50-70"), are what the row is about.
    """
    last = columns[-1]
    totals = word_list("doubts", "words", "totals")
    texts = {
        c: [t for cell in dict.fromkeys(cells[c]) if (t := _text(cell)) and t.casefold() not in totals] for c in columns
    }
    repeats = len(set(texts[last])) < len(texts[last]) or not any(t[0].isalpha() for t in texts[last])
    measured = any(unit_of_name(t) is not None for t in texts[last])  # "% of calls answered" of one team and another
    distinct = [c for c in columns[:-1] if len(texts[c]) == len(set(texts[c])) >= len(set(texts[last]))]
    own = distinct if repeats and not measured else []
    spans = [] if any(t[0].isalpha() for t in texts[last]) else [c for c in columns[:-1] if texts[c][0][0].isalpha()]
    return next(iter([*reversed(own), *reversed(spans)]), last)


def _distinct(cells: Row) -> tuple[int, int]:
    texts = {c.text for c in cells if c is not None and c.text}
    return len(texts), sum(map(len, texts))


def _is_ref_column(column: Column | None, cells: Row, col: int) -> bool:
    texts = [c.text for c in cells if c is not None and c.text]
    if column is not None and column.role == "ref":
        return True
    if not texts or (column is not None and column.role != "unknown"):
        return False
    coded = sum(is_ref(t) and (col == 0 or any(ch.isalpha() for ch in t)) for t in texts)
    return coded == len(texts) or (col == 0 and _are_counted(texts))


def _are_counted(texts: Sequence[str]) -> bool:
    """Whether texts are the numbers of rows: small, each after the one before."""
    counted = [int(t.rstrip(".)")) for t in texts if _ORDINAL.fullmatch(t)]
    return len(counted) == len(texts) > 1 and counted == sorted(set(counted)) and counted[0] < 10  # noqa: PLR2004


def _are_periods(cells: Row, setting: Setting) -> bool:
    """Whether most cells name a time, with its year or without."""
    texts = [c.text for c in cells if c is not None and c.text]
    found = sum(is_period_cell(t, setting) or is_period_cell(t, ANY_YEAR) for t in texts)
    return bool(found) and found >= _MOSTLY * len(texts)


def _are_times(texts: Sequence[str], setting: Setting) -> bool:
    """Whether most texts name a time, and none prints a figure beside it: "247 (October 2024)"."""
    found = [
        p for t in texts if (p := find_period(t, setting)) is not None and not _DIGIT.search(t.replace(p.label, ""))
    ]
    return bool(found) and len(found) >= _MOSTLY * len(texts)


def is_period_cell(text: str, setting: Setting) -> bool:
    """Whether a cell names a time and little else.

    >>> is_period_cell("Q2 2023/24", Setting()), is_period_cell("Plans begun in 2023", Setting())
    (True, False)
    """
    period = find_period(text, setting)
    return period is not None and (len(period.label) >= len(text) - _SLACK or says(text, "academic"))
