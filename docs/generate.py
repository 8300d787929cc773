"""Writes docs/columns.md and docs/issues.md from the tables in the code: python docs/generate.py."""

from __future__ import annotations

from pathlib import Path

from agendaparse.frames import FRAMES, PANDAS_DTYPES, SQL_TYPES, Frame
from agendaparse.issues import ISSUE_CODES

HERE = Path(__file__).parent
SERIES = ("indicators", "aliases", "judgements", "series", "revisions", "threads", "thread_entries")
# Frames that not every pack and archive has.
WHERE = {
    "coverage": "in packs only",
    "failures": "in archives only",
    **dict.fromkeys(SERIES, "of `ap.reconcile`; in archives once `agendaparse reconcile` was run"),
    "changes": "of `ap.reconcile` only",
    "unresolved": "of `ap.reconcile` only",
}


def columns_page() -> str:
    """The page of all frames and columns."""
    head = [
        "# Tables and columns",
        "",
        "Each table is a frame of a pack (`pack.documents`) and a table of the archive, unless it says otherwise.",
        "`pdf_page` counts from 1 in the file, `printed_page` is the stamped number. A box is `x0, top, x1, bottom` in",
        "points from the top left of the page as displayed: a `Box` in pandas, a STRUCT in DuckDB.",
        "",
        "<!-- written by docs/generate.py: change frames.py, not this -->",
    ]
    return "\n".join([*head, *(line for frame in FRAMES.values() for line in _table(frame))]) + "\n"


def _table(frame: Frame) -> list[str]:
    where = WHERE.get(frame.name)
    rows = [
        f"| `{c.name}` | {PANDAS_DTYPES[c.dtype]} | {SQL_TYPES[c.dtype].split('(')[0]} | {c.meaning} |"
        for c in frame.columns
    ]
    head = ["", f"## {frame.name}", "", f"One row is {frame.row}{f' ({where})' if where else ''}.", ""]
    return [*head, "| column | pandas | DuckDB | meaning |", "|---|---|---|---|", *rows]


def issues_page() -> str:
    """The page of all issue codes."""
    head = [
        "# Issues",
        "",
        "What was not understood is a row of `pack.issues` and of the archive's table `issues`, never only a line in a",
        "log. `read_pack(strict=True)` raises `StrictIssues` once, with all that are warnings or errors.",
        "",
        "<!-- written by docs/generate.py: change issues.py, not this -->",
        "",
        "| code | stage | severity | meaning |",
        "|---|---|---|---|",
    ]
    rows = [f"| `{i.code}` | {i.stage} | {i.severity} | {i.meaning} |" for i in ISSUE_CODES.values()]
    return "\n".join([*head, *rows]) + "\n"


PAGES = {"columns.md": columns_page, "issues.md": issues_page}


def main() -> None:
    """Write the pages."""
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
