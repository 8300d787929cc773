"""The documentation says what the code does: generated pages are current, names occur, the README runs."""

from __future__ import annotations

import doctest
import re
import runpy

import pytest

import agendaparse as ap
from agendaparse.cli import main
from agendaparse.frames import FRAMES
from agendaparse.issues import ISSUE_CODES
from tests.places import ROOT

DOCS = ROOT / "docs"
TEXT = "\n".join(p.read_text("utf-8") for p in [ROOT / "README.md", *DOCS.glob("*.md")])
GENERATED = runpy.run_path(str(DOCS / "generate.py"))["PAGES"]


@pytest.mark.parametrize("name", GENERATED)
def test_generated_pages_are_current(name):
    assert (DOCS / name).read_text("utf-8") == GENERATED[name](), "run python docs/generate.py"


@pytest.mark.parametrize("word", [*ap.__all__, *FRAMES, *ISSUE_CODES, *main.commands])
def test_every_public_name_frame_issue_and_command_is_documented(word):
    if word != "__version__":
        assert re.search(rf"\b{word}\b", TEXT)


def test_every_error_and_option_is_documented():
    for option in (o for c in main.commands.values() for p in c.params for o in p.opts if o.startswith("--")):
        assert option in TEXT


def test_the_readmes_code_runs(tmp_path, monkeypatch):
    block = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL).group(1)
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    monkeypatch.chdir(tmp_path)
    space = {"__name__": "readme"}
    exec(compile(block, "README.md", "exec"), space)
    assert len(space["archive"].packs) == 8
    assert len(list((tmp_path / "out").glob("*.pdf"))) == len(space["pack"].documents)


def test_the_examples_of_series_are_as_printed(monkeypatch):
    monkeypatch.chdir(ROOT)
    tested = doctest.testfile(str(DOCS / "series.md"), module_relative=False, encoding="utf-8")
    assert tested.attempted > 10
    assert tested.failed == 0


def test_the_readmes_scripts_are_there():
    readme = (ROOT / "README.md").read_text("utf-8")
    for script in re.findall(r"^(\./scripts/\w+)$", readme, re.MULTILINE):
        assert (ROOT / script).stat().st_mode & 0o100
    for link in re.findall(r"\]\(((?!http)[^)]+)\)", TEXT):
        assert (ROOT / link).exists() or (DOCS / link).exists(), link


def test_a_council_is_added_as_the_page_says(tmp_path):
    page = (DOCS / "adding-a-council.md").read_text("utf-8")
    (tmp_path / "own.toml").write_text(re.search(r"```toml\n(.*?)```", page, re.DOTALL).group(1), "utf-8")
    from agendaparse.profile import load_profile

    own = load_profile(tmp_path / "own.toml")
    assert own.pattern("stamp.page").match("Folio 31") == {"value": "31"}
