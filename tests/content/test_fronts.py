"""Front sheets, agendas and the parts of packs as many councils print them: fixtures/fronts says what must be read."""

from __future__ import annotations

import pytest

import agendaparse as ap
from tests.places import FIXTURES, name, truth

FRONTS = sorted((FIXTURES / "fronts").glob("*.pdf"))


@pytest.mark.parametrize("pdf", FRONTS, ids=name)
def test_front_sheet(pdf):
    wanted = truth(pdf)
    with ap.read_pack(pdf) as pack:
        records = pack.records
    meeting = {field: getattr(records.meeting, field) for field in wanted["pack"]}
    shown = {k: v if v is None or isinstance(v, str) else v.isoformat()[:10] for k, v in meeting.items()}
    shown |= {k: str(v)[:5] for k, v in meeting.items() if k == "start_time" and v is not None}
    members = [[m.name, m.role] for m in records.members]
    items = [[i.item, i.title, i.printed_first, i.printed_last] for i in records.agenda_items]
    documents = [[d.kind, d.item, d.appendix, d.pdf_first, d.pdf_last] for d in records.documents]
    assert shown == wanted["pack"]
    assert sorted(members, key=str) == sorted(wanted["members"], key=str)
    assert items == wanted.get("agenda", items)
    assert documents == wanted.get("documents", documents)
    subjects = [[r.item, r.subject] for r in records.reports]
    assert subjects == wanted.get("subjects", subjects)
