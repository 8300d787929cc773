"""The documentation says what the code does: generated pages are current, names occur, the README runs."""

from __future__ import annotations

import doctest
import re
import runpy

import pytest
from click.testing import CliRunner

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


def profile_of_the_page(folder):
    """The profile that the page writes, as a file."""
    page = (DOCS / "adding-a-council.md").read_text("utf-8")
    text = re.search(r"```toml\n(.*?)```", page, re.DOTALL).group(1)
    assert text.count("\n") < 40
    path = folder / "harrowmere.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_council_is_added_as_the_page_says(tmp_path):
    pdf = ROOT / "fixtures" / "profiles" / "own-words.pdf"
    path = profile_of_the_page(tmp_path)
    with ap.read_pack(pdf) as general, ap.read_pack(pdf, profile=path) as own:
        assert general.reports.empty
        report = own.reports.iloc[0]
        assert report[["decision_maker", "subject", "report_of", "wards_affected"]].tolist() == [
            "The Harbour Board",
            "Lamps on the north pier",
            "Harbour Master",
            "Dockside",
        ]
        assert own.recommendations[["number", "text"]].to_numpy().tolist() == [
            ["(1)", "That the lamps be mended before the winter."]
        ]
        assert own.profile.pattern("stamp.page").match("Folio 31") == {"value": "31"}
    with ap.read_pack(pdf, profile=tmp_path) as chosen:
        assert chosen.packs.profile[0] == "harrowmere"
    with ap.read_pack(ROOT / "fixtures" / "pages" / "blank.pdf", profile=tmp_path) as other:
        assert other.packs.profile[0] == "moderngov"


def test_a_profile_is_checked_as_the_page_says(tmp_path):
    result = CliRunner().invoke(main, ["profile", "check", str(profile_of_the_page(tmp_path))])
    assert result.exit_code == 0, result.output
    assert "harrowmere:" in result.output
    assert "replaced pattern stamp.page" in result.output
    assert "[fields] subject: matter" in result.output


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[fields]", "[feilds]", "unknown key(s) feilds"),
        ("subject = ", "subjekt = ", "[fields] has no list 'subjekt'"),
        ('["matter"]', '["matter", "ward"]', "'ward' stands under both"),
        ('["matter"]', '"matter"', "[fields] subject is no list of texts"),
        ("folio (?P", "leaf (?P", "does not match its example 'Folio 31'"),
        ('value = "31"', 'value = "13"', "reads {'value': '31'}"),
        ("regex = '(", "regex = '((", "pattern stamp.page: missing )"),
        ("seen_in = ", "seen = ", "unknown or missing key(s) ['seen', 'seen_in']"),
        ('extends = "moderngov"', 'extends = "atlantis"', "no profile named 'atlantis'"),
    ],
)
def test_what_is_wrong_with_a_profile_is_said_in_one_line(tmp_path, old, new, says):
    path = profile_of_the_page(tmp_path)
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    result = CliRunner().invoke(main, ["profile", "check", str(path)])
    assert result.exit_code == 2
    assert says in result.output
    assert result.output.count("\n") == 1
