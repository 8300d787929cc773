"""The packs beside the project: AGENDAPARSE_CORPUS names their folder; without it these tests are skipped."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import agendaparse as ap
from agendaparse.archive.reconciled import reconcile_archive
from tests.invariants import lost_figures
from tests.places import name

FOLDER = os.environ.get("AGENDAPARSE_CORPUS")
PACKS = sorted(Path(FOLDER).rglob("*.pdf")) if FOLDER else []
RATCHET = json.loads(Path(__file__).with_name("ratchet.json").read_text("utf-8"))

pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not FOLDER, reason="AGENDAPARSE_CORPUS is not set")]


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    path = tmp_path_factory.mktemp("corpus") / "corpus.duckdb"
    summary = ap.convert([FOLDER], path)
    assert not summary.failures
    assert summary.converted == len(PACKS)
    return path


@pytest.fixture(scope="module")
def scores(archive):
    scorer, out = Path(FOLDER).parent / "score" / "score.py", archive.with_suffix(".json")
    if not scorer.exists():
        pytest.skip("no scorer beside the corpus")
    subprocess.run([sys.executable, scorer, archive, FOLDER, "--json", out], check=True, capture_output=True)
    return json.loads(out.read_text("utf-8"))


@pytest.mark.parametrize("measure", RATCHET)
def test_what_once_scored_still_does(scores, measure):
    floor = RATCHET[measure]
    assert scores["pooled"][measure] >= floor["pooled"]
    own = {pack: found[measure] for pack, found in scores["packs"].items() if found.get(measure) is not None}
    assert {pack: score for pack, score in own.items() if score < floor["each"]} == {}


def test_series_join_what_is_one_and_nothing_else(archive):
    scorer = Path(FOLDER).parent / "score" / "score_series.py"
    if not scorer.exists():
        pytest.skip("no scorer beside the corpus")
    reconcile_archive(archive)
    told = subprocess.run([sys.executable, scorer, archive, FOLDER], check=True, capture_output=True, text=True).stdout
    shares = {
        what: float(share) for what, share in re.findall(r"^(\w[\w ,]+?)  +\d+/\d+ = ([\d.]+)$", told, re.MULTILINE)
    }
    assert set(shares) == {"same indicator, pairs joined", "conflicts found", "threads joined"}
    assert min(shares.values()) >= 0.95, told
    assert shares["conflicts found"] == 1.0, told
    assert re.search(r"^forbidden merges +0 of", told, re.MULTILINE), told


@pytest.mark.parametrize("pdf", PACKS, ids=name)
def test_what_holds_of_any_pack(pdf):
    with ap.read_pack(pdf) as pack:
        pages = [n for d in pack.records.documents for n in d.pdf_pages]
        assert pages == list(range(1, pack.pdf_page_count + 1))
        assert pack.coverage.share.between(0, 1).all()
        for item in pack.records.agenda_items:
            words = {w for line in pack.page(item.source.pdf_page).lines for w in line.text.split()}
            assert item.title.split()[0] in words
        assert lost_figures(pack) == []
