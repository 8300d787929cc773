"""Reconciling packs and archives: one result, whatever they come from; the tables in the archive."""

from __future__ import annotations

import pandas as pd
import pytest
from click.testing import CliRunner
from pandas.testing import assert_frame_equal

import agendaparse as ap
from agendaparse.archive.reconciled import reconcile_archive
from agendaparse.cli import main
from agendaparse.errors import ArchiveError
from agendaparse.series.series import ARCHIVED
from tests.places import FIXTURES

MEETINGS = sorted((FIXTURES / "packs").glob("harrowmere-cyp-20??-??-??.pdf"))


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    path = tmp_path_factory.mktemp("archive") / "a.duckdb"
    ap.convert(MEETINGS, path)
    return path


def test_packs_and_their_archive_give_the_same(archive):
    packs = [ap.read_pack(p) for p in MEETINGS]
    from_packs, from_archive = ap.reconcile(packs), ap.reconcile(archive)
    with ap.open_archive(archive) as store:
        mixed = ap.reconcile([packs[2], store])
    for name in ARCHIVED:
        assert_frame_equal(pd.DataFrame(from_packs.table(name)), pd.DataFrame(from_archive.table(name)))
        assert_frame_equal(pd.DataFrame(from_packs.table(name)), pd.DataFrame(mixed.table(name)))


def test_the_command_writes_the_tables_and_writes_them_anew(archive, tmp_path):
    bad = tmp_path / "corrections.csv"
    bad.write_text("pack,page,raw,value,reason\nnone.pdf,1,5,6,gone\n", "utf-8")
    asked = tmp_path / "open.csv"
    for _ in range(2):
        arguments = ["reconcile", str(archive), "--corrections", str(bad), "--suggest", str(asked)]
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, result.output
    assert "correction_unused" in result.output
    assert asked.read_text("utf-8").startswith("name_a,name_b,unit,judgement,by,why,date")
    series = ap.reconcile(archive)
    with ap.open_archive(archive) as store:
        for name in ARCHIVED:
            assert_frame_equal(store.table(name), pd.DataFrame(series.table(name)))
        assert store.issues["code"].tolist().count("correction_unused") == 1
    reconcile_archive(archive)
    with ap.open_archive(archive) as store:
        assert "correction_unused" not in store.issues["code"].tolist()


def test_an_archive_made_before_there_were_series_gets_their_tables(archive, tmp_path):
    older = tmp_path / "older.duckdb"
    older.write_bytes(archive.read_bytes())
    with ap.open_archive(older, read_only=False) as store:
        for name in ARCHIVED:
            store.connection.execute(f"DROP TABLE {name}")
    reconcile_archive(older)
    with ap.open_archive(older) as store:
        assert len(store.series) == len(ap.reconcile(archive).values)


def test_a_path_that_leads_to_no_archive_raises(tmp_path):
    with pytest.raises(ArchiveError):
        ap.reconcile(tmp_path / "none.duckdb")
    assert CliRunner().invoke(main, ["reconcile", str(tmp_path / "none.duckdb")]).exit_code == 2


def test_an_archive_that_grows_gives_what_it_would_have_given_at_once(archive, tmp_path):
    growing = tmp_path / "growing.duckdb"
    for meeting in reversed(MEETINGS):
        ap.convert([meeting], growing)
        reconcile_archive(growing)
    reconcile_archive(archive)
    with ap.open_archive(growing) as one, ap.open_archive(archive) as other:
        for name in ARCHIVED:
            assert_frame_equal(one.table(name), other.table(name))
