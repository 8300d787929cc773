"""Data files: every pattern matches its own examples, and no other pattern's of its group; nothing is said twice."""

from __future__ import annotations

import csv
import tomllib
from importlib import resources

import pytest

from agendaparse.content.periods import may_name_time
from agendaparse.content.table_kinds import is_other_header
from agendaparse.content.vocabulary import patterns
from agendaparse.layout.glyphs import drawn_text
from agendaparse.profile import LINE, general_profile, load_profile

DATA = resources.files("agendaparse.data")
PROFILES = sorted(f.name.removesuffix(".toml") for f in DATA.joinpath("profiles").iterdir() if f.name.endswith(".toml"))
PATTERNS = list(general_profile().patterns.values())
# A bare range is a number, and so is an item's number: they stand in different columns of the agenda.
EXCLUSIVE = {"stamp", "kind", "page", "agenda"}  # groups of which one pattern only may match a line
ALIKE = [
    {"agenda.number", "agenda.bare_range"},
    {"agenda.range", "agenda.bare_range"},
    {"agenda.heading", "agenda.part_heading"},  # looked for one after the other
    {"stamp.appendix", "kind.appendix"},
    {"stamp.item", "agenda.letter_heading"},
]


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_loads_and_every_example_matches(profile):
    for pattern in load_profile(profile).patterns.values():
        assert pattern.examples, f"{pattern.name} has no example"
        assert pattern.seen_in.strip()
        for example, groups in pattern.examples.items():
            found = pattern.match(example)
            assert found is not None
            assert {k: v.strip() for k, v in found.items()} == groups, f"{pattern.name}: {example}"


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p.name)
def test_no_pattern_matches_anothers_example(pattern):
    for other in PATTERNS:
        if other is pattern or {other.name, pattern.name} in ALIKE:
            continue
        if pattern.name.split(".")[0] not in EXCLUSIVE:
            continue
        for example in other.examples:
            if other.name.split(".")[0] == pattern.name.split(".")[0]:
                assert pattern.match(example) is None, f"{pattern.name} also matches {other.name}'s {example!r}"


def test_what_a_pattern_needs_stands_in_its_examples():
    needing = [p for p in [*patterns("periods"), *PATTERNS] if p.needs]
    assert len({p.name for p in needing}) > 5
    for pattern in needing:
        assert all(any(need in example.casefold() for need in pattern.needs) for example in pattern.examples)


# What patterns go on and on about: names with hyphens, capitals, small words, figures, signs.
LONG_WINDED = [
    *("a ", "A ", "Aa ", "Aa-", "A", "a", "1", "1.1.1.", "1 ", "((", "() ", "- ", ", ", ".", "_", ": ", "; ", " "),
    *("Aa, Bb; ", "the ", "and ", "to ", "for ", "of the ", "The Committee and ", "Councillor A. Aa, ", "that the "),
    *("moved by Aa. ", "seconded by Aa, ", "it was agreed ", "12 May 2020 ", "Members and officers of the ", "item "),
    *("RESOLVED ", "Cyngor AAAA", "AcAaAyA", "City of Aa", "Council of the ", "£1,000 "),
]


def long_lines():
    pairs = [a + b for k in (1, 5) for a, b in zip(LONG_WINDED, LONG_WINDED[k:] + LONG_WINDED[:k], strict=True)]
    return [(part * LINE)[: LINE - len(end)] + end for part in [*LONG_WINDED, *pairs] for end in ("", "!")]


@pytest.mark.parametrize("pattern", [*PATTERNS, *patterns("periods"), *patterns("names")], ids=lambda p: p.name)
def test_no_pattern_of_ours_takes_long_on_a_line(pattern):
    for text in long_lines():  # a TimeoutError fails the test: without a clock it would hold up the night's run
        pattern.compiled.fullmatch(text, timeout=1)
        pattern.compiled.search(text, timeout=1)


def test_whatever_names_a_period_is_not_passed_over():
    for pattern in patterns("periods"):
        assert all(may_name_time(example) for example in pattern.examples), pattern.name


def test_no_label_stands_twice():
    raw = tomllib.loads(DATA.joinpath("profiles/moderngov.toml").read_text("utf-8"))
    for kind, labels in raw["labels"].items():
        assert len(labels) == len(set(labels)), kind
        assert all(label == label.casefold() for label in labels)


def test_each_domain_leads_to_one_council():
    rows = list(csv.DictReader(DATA.joinpath("vocabulary/councils.csv").read_text("utf-8").splitlines()))
    domains = [row["domain"] for row in rows]
    assert len(domains) == len(set(domains)) > 100
    assert all(set(row) == {"domain", "council"} and row["council"].strip() for row in rows)


def test_symbols_are_bytes_and_signs():
    fonts = tomllib.loads(DATA.joinpath("vocabulary/symbols.toml").read_text("utf-8"))["fonts"]
    for signs in fonts.values():
        codes = [int(code, 16) for code in signs]
        assert all(0x20 < code < 0x100 for code in codes)
        assert codes == sorted(codes)
        assert all(len(sign) == 1 for sign in signs.values())


def test_broken_ligatures_are_letters_among_letters():
    raw = tomllib.loads(DATA.joinpath("vocabulary/symbols.toml").read_text("utf-8"))["ligatures"]
    assert all(len(sign) == 1 and letters.isascii() for k in ("anywhere", "within") for sign, letters in raw[k].items())
    for printed, read in raw["examples"].items():
        assert drawn_text(printed, "Calibri") == read


def test_headers_that_say_what_a_table_is_not():
    raw = tomllib.loads(DATA.joinpath("vocabulary/tables.toml").read_text("utf-8"))
    listed = [word for kind in ("risks", "contacts", "papers", "payments", "forms") for word in raw[kind]]
    assert len(listed) == len(set(listed))
    for header, said in raw["examples"].items():
        assert is_other_header(header) is said


@pytest.mark.parametrize(
    ("text", "font", "drawn"),
    [
        ("\uf0e0", "Wingdings", "→"),
        ("à", "ABCDEF+Wingdings-Regular", "→"),
        ("\uf0b7", "Symbol", "•"),
        ("\uf0b7", "Calibri", "•"),
        ("h", "Wingdings3", "↑"),
        ("h", "Arial", "h"),
        ("•", "OpenSymbol", "•"),
        ("co\u00adop", "Arial", "coop"),
        ("con\ufffe", "Arial", "con-"),
        ("\ufb03", "Arial", "ffi"),
    ],
)
def test_what_a_character_draws(text, font, drawn):
    assert drawn_text(text, font) == drawn
