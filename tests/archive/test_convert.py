"""Many files into one archive: resumed, told apart by content, and no file stops another."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys

import duckdb
import pandas as pd
import pytest

import agendaparse as ap
from agendaparse.archive.convert import find_pdfs
from agendaparse.frames import FRAMES, SQL_TYPES
from agendaparse.records import Box
from tests.archive.tasks import by_name
from tests.places import FIXTURES, MEETING, PACKS, page


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    path = tmp_path_factory.mktemp("archive") / "packs.duckdb"
    ap.convert([FIXTURES / "packs"], path)
    return path


def test_all_packs_are_in_it(archive):
    with ap.open_archive(archive) as store:
        assert sorted(store.packs.source) == [str(p) for p in PACKS]
        assert len(store.failures) == 0
        assert repr(store) == "<Archive packs.duckdb: 8 packs, 0 failures>"


@pytest.mark.parametrize("name", ["documents", "agenda_items", "issues"])
def test_a_table_holds_what_the_packs_say(archive, name):
    expected = []
    for pdf in PACKS:
        with ap.read_pack(pdf) as pack:
            expected.append(pack.frame(name))
    with ap.open_archive(archive) as store:
        got = store.table(name)
    for frame in expected:
        if len(frame):
            own = got[got.pack_id == frame.pack_id.iloc[0]].reset_index(drop=True)
            pd.testing.assert_frame_equal(own, frame)


def test_tables_have_the_documented_types(archive):
    with duckdb.connect(str(archive), read_only=True) as connection:
        for frame in (f for f in FRAMES.values() if f.in_archive):
            cursor = connection.execute(  # not describe: "describe tables" lists the tables
                "select column_name, data_type from information_schema.columns where table_name = ? "
                "order by ordinal_position",
                [frame.name],
            )
            assert cursor.fetchall() == [(c.name, SQL_TYPES[c.dtype]) for c in frame.columns]


def test_boxes_and_dates_come_back_as_such(tmp_path):
    path = tmp_path / "a.duckdb"
    ap.convert([page("broken-agenda")], path)
    with ap.open_archive(path) as store:
        box = store.issues.box.iloc[0]
        assert isinstance(box, Box)
        assert store.connection.execute("select box.top from issues").fetchall()[0][0] == pytest.approx(box.top)


def test_a_second_run_leaves_out_what_is_there(tmp_path):
    folder, path = tmp_path / "in", tmp_path / "a.duckdb"
    folder.mkdir()
    shutil.copy(page("blank"), folder / "one.pdf")
    assert ap.convert([folder], path).converted == 1
    shutil.copy(page("blank"), folder / "same-under-another-name.pdf")
    shutil.copy(page("two-columns"), folder / "two.PDF")
    (folder / "notes.txt").write_text("left alone")
    summary = ap.convert([folder], path)
    assert (summary.converted, summary.already_there, summary.failed) == (1, 2, 0)
    with ap.open_archive(path) as store:
        assert len(store.packs) == 2


def test_a_file_that_cannot_be_read_is_a_row_and_is_tried_again(tmp_path):
    folder, path = tmp_path / "in", tmp_path / "a.duckdb"
    folder.mkdir()
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    shutil.copy(page("blank"), folder / "good.pdf")
    for _ in range(2):
        summary = ap.convert([folder], path)
        assert summary.failed == 1
    with ap.open_archive(path) as store:
        assert store.failures.error.tolist() == ["UnreadablePdf"]
        assert len(store.packs) == 1
    shutil.copy(page("two-columns"), folder / "broken.pdf")
    assert ap.convert([folder], path).converted == 1
    with ap.open_archive(path) as store:
        assert len(store.failures) == 0


def test_a_crash_a_hang_and_a_fault_cost_one_file_each(tmp_path):
    for name in ("a-die", "b-hang", "c-raise", "d-good", "e-good"):
        data = page("blank").read_bytes() + f"% {name}".encode()
        (tmp_path / f"{name}.pdf").write_bytes(data)
    summary = ap.convert([tmp_path], tmp_path / "a.duckdb", workers=2, timeout=8, task=by_name)
    assert (summary.converted, summary.failed) == (2, 3)
    with ap.open_archive(tmp_path / "a.duckdb") as store:
        errors = dict(zip(store.failures.source.str.extract(r"([a-c]-\w+)")[0], store.failures.error, strict=True))
        assert errors == {"a-die": "WorkerDied", "b-hang": "TimeoutError", "c-raise": "RuntimeError"}
        assert "exit code 11" in " ".join(store.failures.message)
        assert len(store.packs) == 2


def test_sources_are_files_folders_and_globs(tmp_path):
    (tmp_path / "deep").mkdir()
    for name in ("b.pdf", "a.pdf", "deep/c.PDF", "d.docx"):
        (tmp_path / name).touch()
    names = [p.name for p in find_pdfs([tmp_path / "b.pdf", tmp_path, f"{tmp_path}/**/*.PDF"])]
    assert names == ["b.pdf", "a.pdf", "c.PDF"]


@pytest.mark.parametrize("source", ["none.pdf", "none/*.pdf"])
def test_a_source_that_names_nothing_is_an_error(tmp_path, source):
    with pytest.raises(ap.NotAPack, match="no such file"):
        ap.convert([tmp_path / source], tmp_path / "a.duckdb")


def test_an_archive_that_is_none(tmp_path):
    (tmp_path / "text.duckdb").write_text("no database at all, but long enough to be looked at" * 100)
    duckdb.connect(str(tmp_path / "other.duckdb")).close()
    for name in ("none.duckdb", "text.duckdb", "other.duckdb"):
        with pytest.raises(ap.ArchiveError):
            ap.open_archive(tmp_path / name)
    with pytest.raises(ap.ArchiveError):
        ap.convert([MEETING], tmp_path / "text.duckdb")


def test_an_archive_of_another_schema(tmp_path):
    path = tmp_path / "a.duckdb"
    ap.open_archive(path, create=True).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("update agendaparse_meta set schema_version = 99")
    with pytest.raises(ap.ArchiveError, match="schema 99"):
        ap.open_archive(path)


def test_a_pack_is_written_whole_or_not_at_all(tmp_path):
    with ap.read_pack(MEETING) as pack, ap.open_archive(tmp_path / "a.duckdb", read_only=False, create=True) as store:
        frames = {"packs": pack.packs, "documents": pack.documents.rename(columns={"kind": "sort"})}
        with pytest.raises(KeyError):
            store.write_pack(frames)
        assert len(store.packs) == 0
        with pytest.raises(AttributeError):
            _ = store.no_such_table


def test_a_script_without_a_main_guard_can_convert(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(f"import agendaparse as ap\nprint(ap.convert([{str(page('blank'))!r}], 'a.duckdb').converted)\n")
    done = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.returncode) == ("1", 0), done.stderr


def test_dates_are_dates(tmp_path):
    with ap.read_pack(MEETING) as pack, ap.open_archive(tmp_path / "a.duckdb", read_only=False, create=True) as store:
        packs = pack.packs.assign(meeting_date=pd.array([dt.date(2023, 11, 16)], dtype="datetime64[s]"))
        store.write_pack({"packs": packs})
        assert store.connection.execute("select meeting_date from packs").fetchall() == [(dt.date(2023, 11, 16),)]


def test_tables_are_counted(archive):
    with ap.open_archive(archive) as store:
        assert store.count("observations") == len(store.observations) > 0
        with pytest.raises(KeyError):
            store.count("figures")
