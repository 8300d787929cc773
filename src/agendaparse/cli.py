"""The command line: nothing that the library cannot do."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
import pandas as pd
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from agendaparse.archive.convert import TIMEOUT, Summary, convert, find_pdfs
from agendaparse.archive.reconciled import reconcile_archive
from agendaparse.archive.store import open_archive
from agendaparse.errors import AgendaparseError
from agendaparse.pack import Pack, read_pack
from agendaparse.profile import check_profile
from agendaparse.series.series import ARCHIVED
from agendaparse.version import __version__

_READ = ("recommendations", "paragraphs", "resolutions", "actions", "tables", "observations")  # in the summary

_profile = click.option(
    "--profile", metavar="NAME|FILE|FOLDER", help="Council profile: a name, a TOML file, or a folder of them."
)
_file = click.Path(dir_okay=False, path_type=Path)
_password = click.option("--password", help="Opens encrypted PDFs.")


class _Typed(click.Group):
    """Errors of ours as one clear line and exit code 2, not as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except AgendaparseError as error:
            click.echo(f"agendaparse: {error}", err=True)
            ctx.exit(2)


@click.group(cls=_Typed, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="agendaparse")
def main() -> None:
    """Council agenda packs (PDF) into data: documents, tables and figures, each with its place."""


@main.command("convert")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.argument("archive", type=click.Path(dir_okay=False, path_type=Path))
@_profile
@_password
@click.option("--workers", type=click.IntRange(1), help="Processes; as many as processors if not given.")
@click.option("--timeout", type=click.FloatRange(1), default=TIMEOUT, show_default=True, help="Seconds for one file.")
@click.option("--quiet", is_flag=True, help="Only the summary.")
def convert_command(
    sources: tuple[str, ...],
    archive: Path,
    profile: str | None,
    password: str | None,
    workers: int | None,
    timeout: float,
    quiet: bool,
) -> None:
    """Read PDFs (files, folders, globs) into ARCHIVE, a DuckDB file.

    What is already in it, by content, is left out; failed files are tried again. Exit code 1 if any failed.
    """
    console = Console()
    show = _Shown(console, len(find_pdfs(sources)), quiet=quiet)
    with show:
        summary = convert(
            sources,
            archive,
            profile=profile,
            password=password,
            workers=workers,
            timeout=timeout,
            progress=show.file_done,
        )
    _print_summary(console, summary, archive)
    sys.exit(1 if summary.failed else 0)


class _Shown:
    """A progress bar on a terminal, plain lines otherwise, nothing if quiet."""

    def __init__(self, console: Console, total: int, *, quiet: bool) -> None:
        self._quiet = quiet
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
        self._bar = Progress(*columns, console=console, disable=quiet or not console.is_terminal)
        self._task = self._bar.add_task("reading", total=total)

    def __enter__(self) -> None:
        self._bar.start()

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def file_done(self, source: str, failure: str | None) -> None:
        self._bar.update(self._task, advance=1, description=Path(source).name[:40])
        if not self._quiet and self._bar.disable:
            click.echo(f"{source}: {failure or 'read'}")


def _print_summary(console: Console, summary: Summary, archive: Path) -> None:
    console.print(
        f"{summary.converted} converted ({summary.pages} pages, {summary.documents} documents), "
        f"{summary.already_there} already there, {summary.failed} failed"
    )
    for source, reason in summary.failures:
        console.print(f"  {source}: {reason}", style="red", markup=False, soft_wrap=True)
    with open_archive(archive) as store:
        console.print(f"{archive} holds {len(store.packs)} packs:", markup=False)
        kinds = store.documents.assign(pages=lambda d: d["pdf_last"] - d["pdf_first"] + 1)
        counted = kinds.groupby("kind", as_index=False).agg(documents=("kind", "size"), pages=("pages", "sum"))
        _print_table(console, counted)
        read = [(name, n) for name in _READ if (n := store.count(name))]
        if read:
            _print_table(console, pd.DataFrame(read, columns=["read", "rows"]))
        found = store.issues.groupby(["severity", "code"], as_index=False).size()
        if len(found):
            _print_table(console, found.rename(columns={"size": "issues"}))


def _print_table(console: Console, frame: pd.DataFrame) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in frame.columns:
        table.add_column(str(name), justify="right" if pd.api.types.is_numeric_dtype(frame[name]) else "left")
    for row in frame.astype("object").itertuples(index=False):
        table.add_row(*("" if pd.isna(v) else str(v) for v in row))
    console.print(table)


@main.command("reconcile")
@click.argument("archive", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--judgements", type=_file, help="CSV of names that are the same indicator, or are not.")
@click.option("--corrections", type=_file, help="CSV of what printings should have said.")
@click.option("--suggest", type=_file, help="Write the open questions as a CSV.")
def reconcile_command(archive: Path, judgements: Path | None, corrections: Path | None, suggest: Path | None) -> None:
    """Follow the figures and resolutions of ARCHIVE across meetings, and write the tables of its series.

    The file of open questions is one of judgements: fill in its column, and give it as --judgements.
    """
    series = reconcile_archive(archive, judgements=judgements or (), corrections=corrections or ())
    console = Console()
    console.print(repr(series), markup=False, highlight=False, soft_wrap=True)
    _print_table(console, pd.DataFrame({"table": ARCHIVED, "rows": [len(series.table(name)) for name in ARCHIVED]}))
    if len(series.issues):
        _print_table(console, series.issues[["code", "pack_id", "pdf_page", "message"]])
    if suggest is not None:
        asked = series.suggestions()
        asked.to_csv(suggest, index=False)
        console.print(f"{len(asked)} open questions in {suggest}", markup=False, soft_wrap=True)


@main.command()
@click.argument("pack", type=click.Path(path_type=Path))
@_profile
@_password
def inspect(pack: Path, profile: str | None, password: str | None) -> None:
    """What is in a pack, at a glance: its agenda, documents and issues."""
    console = Console()
    with read_pack(pack, profile=profile, password=password) as read:
        _print_pack(console, read)


def _print_pack(console: Console, read: Pack) -> None:
    console.print(repr(read), markup=False, highlight=False)
    sections = {
        "Agenda": read.agenda_items[["item", "title", "printed_first", "printed_last"]],
        "Documents": read.documents[["pdf_first", "pdf_last", "kind", "item", "appendix", "title"]],
        "Issues": read.issues[["severity", "code", "pdf_page", "message"]],
    }
    for heading, frame in sections.items():
        if len(frame):
            console.print(f"\n{heading}", style="bold")
            _print_table(console, frame)


@main.command()
@click.argument("pack", type=click.Path(path_type=Path))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@_profile
@_password
def split(pack: Path, folder: Path, profile: str | None, password: str | None) -> None:
    """Write one PDF per document of PACK into FOLDER."""
    with read_pack(pack, profile=profile, password=password) as read:
        for path in read.split(folder):
            click.echo(path)


@main.group("profile")
def profile_group() -> None:
    """Council profiles: TOML files that say how a council prints its papers."""


@profile_group.command("check")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def check_command(file: Path) -> None:
    """Say whether the profile FILE can be used, and what it adds to the one that it extends."""
    click.echo(check_profile(file))
