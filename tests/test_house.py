"""The house: imports go one way, functions and files stay short, what is public is documented."""

from __future__ import annotations

import ast

import pytest

from tests.places import ROOT

SOURCE = ROOT / "src" / "agendaparse"
FILES = sorted(SOURCE.rglob("*.py"))
# A room may import from those before it; modules at the top level belong to the floor given here.
FLOORS = ["layout", "content", "series", "pack", "archive", "review", "cli"]
# What all may use.
COMMON = {"records", "dataframes", "errors", "issues", "frames", "version", "data", "profile"}
EXCEPT = {"__init__"}


def room(path):
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return parts[0]


def imported(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def ours(path):
    return {m.split(".")[1] for m in imported(path) if m.startswith("agendaparse.")}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_go_one_way(path):
    own = room(path)
    if own in EXCEPT:
        return
    if own in COMMON:
        assert ours(path) <= COMMON | {own}
        return
    allowed = COMMON | set(FLOORS[: FLOORS.index(own) + 1])
    assert ours(path) <= allowed, f"{own} imports {ours(path) - allowed}"


def test_layout_knows_no_profile():
    for path in (SOURCE / "layout").glob("*.py"):
        assert "profile" not in ours(path)


@pytest.mark.parametrize(("library", "places"), [("camelot", 1), ("duckdb", 2), ("pdfplumber", 1)])
def test_a_library_is_known_to_one_module(library, places):
    users = [p.name for p in FILES if any(m.split(".")[0] == library for m in imported(p))]
    assert len(users) <= places, users


def test_there_is_no_drawer_for_odds_and_ends():
    assert not [p for p in FILES if p.stem in ("utils", "helpers", "util", "common", "misc")]


def functions(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node


def length(node):
    documented = ast.get_docstring(node, clean=False)
    return node.end_lineno - node.lineno + 1 - (documented.count("\n") + 1 if documented else 0)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_functions_and_files_are_short(path):
    assert path.read_text("utf-8").count("\n") <= 500
    long = [n.name for n in functions(path) if not isinstance(n, ast.ClassDef) and length(n) > 50]
    assert not long


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_what_is_public_is_documented(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), "the module"
    bare = [n.name for n in functions(path) if not n.name.startswith("_") and not ast.get_docstring(n)]
    private = {
        m.name
        for n in ast.walk(tree)
        if isinstance(n, ast.ClassDef) and n.name.startswith("_")
        for m in n.body
        if isinstance(m, ast.FunctionDef)
    }
    assert not [name for name in bare if name not in private]
