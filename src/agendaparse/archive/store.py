"""The archive: one DuckDB file with the tables of ``frames.py``, a transaction for each pack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import pandas as pd

from agendaparse.errors import ArchiveError
from agendaparse.frames import FRAMES, PANDAS_DTYPES, SQL_TYPES, Column, Frame
from agendaparse.records import Box
from agendaparse.version import __version__

SCHEMA_VERSION = 1
ARCHIVE_FRAMES: Mapping[str, Frame] = {name: f for name, f in FRAMES.items() if f.in_archive}
_VECTORS = 64  # of 2,048 rows each
_META = "agendaparse_meta"


class Archive:
    """Packs in a DuckDB file, as ``agendaparse convert`` writes it; every table reads as a DataFrame.

    >>> with open_archive("archive.duckdb") as archive:  # doctest: +SKIP
    ...     archive.documents.groupby("kind").size()
    """

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self.connection = connection  # for SQL of your own

    def count(self, name: str) -> int:
        """How many rows a table has; raises KeyError if none is of that name.

        >>> open_archive("archive.duckdb").count("packs")  # doctest: +SKIP
        8
        """
        row = self.connection.execute(f'SELECT count(*) FROM "{ARCHIVE_FRAMES[name].name}"').fetchone()  # noqa: S608
        return int(row[0]) if row is not None else 0

    def table(self, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """A table, or some of its columns, with the dtypes of the frame of that name; raises KeyError if none is.

        Packs are written by several workers in any order: their rows are given in that of their ids. Tables of the
        series keep the order in which they were written.
        """
        frame = ARCHIVE_FRAMES[name]
        chosen = [c for c in frame.columns if columns is None or c.name in columns]
        first = frame.columns[0].name
        order = f"{first}, rowid" if first in ("pack_id", "source") else "rowid"
        asked = ", ".join(f'"{c.name}"' for c in chosen)
        self.connection.execute(f'SELECT {asked} FROM "{name}" ORDER BY {order}')  # noqa: S608
        chunks = [_restored(self.connection.fetch_df_chunk(_VECTORS), chosen)]
        while len(chunks[-1]):  # piece by piece: DuckDB makes an object of every text, far larger than what is kept
            chunks.append(_restored(self.connection.fetch_df_chunk(_VECTORS), chosen))
        return pd.concat(chunks[:-1] or chunks, ignore_index=True)

    def frame(self, name: str) -> pd.DataFrame:
        """A whole table, by the name that packs use: both can be given to ``reconcile``."""
        return self.table(name)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name in ARCHIVE_FRAMES:
            return self.table(name)
        raise AttributeError(name)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *ARCHIVE_FRAMES]

    def known_hashes(self) -> set[str]:
        """The sha256 of every pack that was read; failures are not among them and are tried again."""
        return {row[0] for row in self.connection.execute("SELECT sha256 FROM packs").fetchall()}

    def write_pack(self, frames: Mapping[str, pd.DataFrame]) -> None:
        """Write the frames of one pack in one transaction, in place of an earlier failure of the file."""
        pack = frames["packs"].iloc[0]
        with _Transaction(self.connection):
            for name, frame in frames.items():
                if name in ARCHIVE_FRAMES and len(frame):
                    self._insert(name, frame)
            self._forget_failure(_text(pack["source"]), _text(pack["sha256"]))

    def write_failure(self, failure: pd.DataFrame) -> None:
        """Write one row of ``failures``, in place of an earlier one of the same file."""
        row = failure.iloc[0]
        with _Transaction(self.connection):
            self._forget_failure(_text(row["source"]), _text(row["sha256"]))
            self._insert("failures", failure)

    def write_series(self, tables: Mapping[str, pd.DataFrame], issues: pd.DataFrame) -> None:
        """Write the tables of the series in place of earlier ones, and the issues of their stage, all or nothing."""
        with _Transaction(self.connection):
            _make_tables(self.connection, tables)
            for name, table in tables.items():
                self.connection.execute(f'DELETE FROM "{name}"')  # noqa: S608
                self._insert(name, table)
            self.connection.execute("DELETE FROM issues WHERE stage = 'corrections'")
            self._insert("issues", issues)

    def _forget_failure(self, source: str | None, sha256: str | None) -> None:
        self.connection.execute("DELETE FROM failures WHERE source = ? OR sha256 = ?", [source, sha256])

    def _insert(self, name: str, frame: pd.DataFrame) -> None:
        columns = ARCHIVE_FRAMES[name].columns
        staged = _staged(frame, columns)
        chosen = ", ".join(_selected(c) for c in columns)
        self.connection.register("staged", staged)
        try:
            self.connection.execute(f'INSERT INTO "{name}" SELECT {chosen} FROM staged')  # noqa: S608
        finally:
            self.connection.unregister("staged")

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        packs, failures = (
            self.connection.execute(f"SELECT count(*) FROM {t}").fetchall()[0][0]  # noqa: S608
            for t in ("packs", "failures")
        )
        return f"<Archive {self.path.name}: {packs} packs, {failures} failures>"


class _Transaction:
    """All or nothing: a run that is cut off leaves no half of a pack."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("BEGIN")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.execute("COMMIT" if kind is None else "ROLLBACK")


def open_archive(path: str | Path, *, read_only: bool = True, create: bool = False) -> Archive:
    """The archive at a path; raises ArchiveError if there is none, or if the file is none of ours.

    Args:
        path: the DuckDB file.
        read_only: leave it open for other readers; ``convert`` is the only writer.
        create: make it, with empty tables, if it is not there.

    >>> open_archive("no-such.duckdb")
    Traceback (most recent call last):
    ...
    agendaparse.errors.ArchiveError: no-such.duckdb: no such archive
    """
    path = Path(path)
    fresh = not path.exists()
    if fresh and not create:
        raise ArchiveError(f"{path}: no such archive")
    try:
        connection = duckdb.connect(str(path), read_only=read_only and not fresh)
    except duckdb.Error as error:
        raise ArchiveError(f"{path}: cannot be opened as an archive: {error}") from error
    archive = Archive(path, connection)
    if fresh:
        _make_archive(archive)
    else:
        _check_tables(archive)
    return archive


def _make_tables(connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> None:
    for frame in (ARCHIVE_FRAMES[name] for name in names):
        columns = ", ".join(f'"{c.name}" {SQL_TYPES[c.dtype]}' for c in frame.columns)
        connection.execute(f'CREATE TABLE IF NOT EXISTS "{frame.name}" ({columns})')


def _make_archive(archive: Archive) -> None:
    with _Transaction(archive.connection):
        _make_tables(archive.connection, ARCHIVE_FRAMES)
        archive.connection.execute(f"CREATE TABLE {_META} (schema_version INTEGER, made_by VARCHAR)")
        archive.connection.execute(f"INSERT INTO {_META} VALUES (?, ?)", [SCHEMA_VERSION, __version__])  # noqa: S608


def _check_tables(archive: Archive) -> None:
    try:
        rows = archive.connection.execute(f"SELECT schema_version, made_by FROM {_META}").fetchall()  # noqa: S608
    except duckdb.Error as error:
        archive.close()
        raise ArchiveError(f"{archive.path}: a DuckDB file, but not an archive of agendaparse") from error
    version, made_by = rows[0]
    if version != SCHEMA_VERSION:
        archive.close()
        raise ArchiveError(f"{archive.path}: written by agendaparse {made_by} with schema {version}; convert again")


def _staged(frame: pd.DataFrame, columns: tuple[Column, ...]) -> pd.DataFrame:
    """The frame with each box as four numbers: DuckDB reads a column of structs slowly, a number fast."""
    data: dict[str, Any] = {}
    for column in columns:
        if column.dtype == "box":
            for i, side in enumerate(Box._fields):
                data[f"{column.name}_{side}"] = pd.array(
                    [None if b is None else float(b[i]) for b in frame[column.name]], dtype="Float64"
                )
        else:
            data[column.name] = frame[column.name]
    return pd.DataFrame(data)


def _selected(column: Column) -> str:
    if column.dtype != "box":
        return f'CAST("{column.name}" AS {SQL_TYPES[column.dtype]})'
    sides = ", ".join(f'{side} := "{column.name}_{side}"' for side in Box._fields)
    return f'CASE WHEN "{column.name}_x0" IS NULL THEN NULL ELSE struct_pack({sides}) END'


def _restored(found: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    """Rows as DuckDB gives them, with the dtypes of the frame."""
    return pd.DataFrame({c.name: _typed(found[c.name], c) for c in columns})


def _typed(values: pd.Series[Any], column: Column) -> Any:
    if column.dtype == "box":
        return [Box(**v) if isinstance(v, dict) else None for v in values]
    if column.dtype in ("text", "time"):
        codes, texts = pd.factorize(values)  # equal texts are held once
        held: Any = pd.array(list(texts), dtype="string")
        return held.take(codes, allow_fill=True)
    return values.astype(PANDAS_DTYPES[column.dtype])  # type: ignore[call-overload]


def _text(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)
