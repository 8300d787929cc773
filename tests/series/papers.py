"""Packs without a PDF: frames made by hand, as a Pack or an Archive would give them."""

from __future__ import annotations

import datetime as dt

from agendaparse.dataframes import to_frame

COUNCIL, COMMITTEE = "Harrowmere Borough Council", "Scrutiny Committee"


class Paper:
    """A pack with figures, resolutions and log lines, given as dicts of what matters."""

    def __init__(self, pack_id, published, *, figures=(), council=COUNCIL, committee=COMMITTEE, meeting=None, **frames):
        self.pack_id = pack_id
        pack = {"source": f"papers/{pack_id}.pdf", "council": council, "committee": committee}
        rows = {"packs": [pack | {"published_date": day(published), "meeting_date": day(meeting)}], **frames}
        rows["observations"] = [self._observation(n, f) for n, f in enumerate(figures, start=1)]
        self._rows = {name: [{"pack_id": pack_id} | row for row in held] for name, held in rows.items()}

    def _observation(self, number, figure):
        value = figure.get("value")
        raw = figure.get("raw", "-" if value is None else f"{value:g}")
        usual = {
            "observation_id": f"{self.pack_id}-{number:04d}",
            "table_id": f"{self.pack_id}-p{figure.get('pdf_page', 1)}",
        }
        usual |= {"pdf_page": 1, "measure": "actual", "unit": "count", "source": "table", "origin": "printed"}
        return usual | {"reliability": 1.0, "indicator": "Open cases", "raw": raw} | figure

    def frame(self, name):
        return to_frame(name, self._rows.get(name, []))


def day(text):
    return None if text is None else dt.date.fromisoformat(text)


def month(text, value=None, **more):
    """A figure of a month: "2023-09"."""
    year, number = map(int, text.split("-"))
    end = dt.date(year + number // 12, number % 12 + 1, 1) - dt.timedelta(days=1)
    return {"period_label": text, "period_start": dt.date(year, number, 1), "period_end": end, "value": value, **more}
