"""The command line, as a person calls it."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from agendaparse.cli import main
from agendaparse.version import __version__
from tests.places import MEETING, page


def run(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_convert_prints_what_is_in_the_archive(tmp_path):
    result = run("convert", page("blank"), page("broken-agenda"), tmp_path / "a.duckdb")
    assert result.exit_code == 0, result.output
    assert "2 converted (2 pages, 2 documents), 0 already there, 0 failed" in result.output
    assert f"{page('blank')}: read" in result.output
    assert re.search(r"agenda +1 +1", result.output)
    assert "agenda_number_gap" in result.output


def test_a_failed_file_shows_in_the_exit_code(tmp_path):
    (tmp_path / "broken.pdf").write_text("%PDF-")
    result = run("convert", "--quiet", tmp_path, tmp_path / "a.duckdb")
    assert result.exit_code == 1
    assert "UnreadablePdf" in result.output


@pytest.mark.parametrize(
    "arguments", [["convert", "none.pdf", "a"], ["inspect", "none.pdf"], ["split", "none.pdf", "a"]]
)
def test_a_wrong_call_is_one_line_and_exit_code_2(arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.output.count("\n") == 1
    assert "no such file" in result.output


def test_inspect_shows_agenda_documents_and_issues():
    result = run("inspect", page("broken-agenda"))
    assert result.exit_code == 0
    assert {"Agenda", "Documents", "Issues"} <= set(result.output.split())
    assert "Harbour budget" in result.output


def test_split_names_what_it_wrote(tmp_path):
    result = run("split", MEETING, tmp_path / "parts")
    assert result.exit_code == 0
    assert len(result.output.split()) == len(list((tmp_path / "parts").glob("*.pdf"))) > 5


def test_version_and_help():
    assert run("--version").output.strip() == f"agendaparse, version {__version__}"
    for command in ("convert", "inspect", "split"):
        assert run(command, "--help").exit_code == 0
