"""Where the fixtures are, and the truths beside them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures"
PACKS = sorted((FIXTURES / "packs").glob("*.pdf"))
COUNCILS = sorted((FIXTURES / "councils").glob("*.pdf"))
PAGES = sorted((FIXTURES / "pages").glob("*.pdf"))
TABLES = sorted((FIXTURES / "tables").glob("*.pdf"))
LOGS = sorted((FIXTURES / "logs").glob("*.pdf"))
MINUTES = sorted((FIXTURES / "minutes").glob("*.pdf"))
MEETING = FIXTURES / "packs" / "harrowmere-cyp-2023-11-16.pdf"
SUPPLEMENT = FIXTURES / "packs" / "harrowmere-council-2024-02-22-supplement.pdf"


def truth(pdf: Path) -> dict[str, Any]:
    """What stands beside the PDF as JSON: the truth of a pack, or what must be read of a page."""
    pack = pdf.with_suffix(".truth.json")
    found: dict[str, Any] = json.loads((pack if pack.exists() else pdf.with_suffix(".json")).read_text("utf-8"))
    return found


def page(name: str) -> Path:
    """A one-page fixture."""
    return FIXTURES / "pages" / f"{name}.pdf"


def name(path: Path) -> str:
    """How pytest calls a case."""
    return path.stem


def cases(name: str) -> list[dict[str, str]]:
    """The rows of a list of printed forms, each with what must be read of it."""
    with (FIXTURES / "cases" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
