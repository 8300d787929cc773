"""How much of a pack's truth was read: an F1 for each measure, counted the way a reader would.

``python -m tests.scoring`` prints the scores of the packs in fixtures/councils; ``--raise`` lifts the floors in
fixtures_ratchet.json to what is read now, and never lowers one.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import pandas as pd
from rapidfuzz import fuzz

import agendaparse as ap
from tests.places import COUNCILS, truth

RATCHET = Path(__file__).with_name("fixtures_ratchet.json")
DASHES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "•": " "})
FRONT = ("council", "committee", "meeting_date", "start_time", "venue", "published_date")
COVER = ("decision_maker", "subject", "date_of_decision", "report_of", "confidentiality", "brief_summary")
COVER += ("key_decision", "wards_affected")


def plain(value):
    """Text without what only its setting decides: case, quotes, dashes, bullets, white space, end marks."""
    if value is None or pd.isna(value):
        return ""
    text = unicodedata.normalize("NFKC", str(value)).translate(DASHES)
    return re.sub(r"\s+", " ", re.sub(r"\s*;\s*", " ", text)).strip(" .:-").casefold()


def alike(a, b):
    """Whether two texts say the same, but for a slip in a hundred letters or so."""
    a, b = plain(a), plain(b)
    return a == b or (bool(a and b) and fuzz.ratio(a, b) >= 97)


def squeezed(value):
    return re.sub(r"\W+", "", plain(value))


def f1(hits, read, true):
    return round(2 * hits / (read + true), 4) if read + true else None


def same(read, true):
    """F1 of two lists of keys, each used once."""
    return f1(sum((Counter(read) & Counter(true)).values()), len(read), len(true))


def paired(read, true):
    """F1 of two lists of tuples whose last part is a long text; the parts before it must be equal."""
    left, hits = list(read), 0
    for t in true:
        match = next(
            (r for r in left if [plain(x) for x in r[:-1]] == [plain(x) for x in t[:-1]] and alike(r[-1], t[-1])), None
        )
        if match is not None:
            left.remove(match)
            hits += 1
    return f1(hits, len(read), len(true))


def agreeing(pairs):
    """The share of (true, read) pairs that agree, where the truth says anything."""
    known = [(t, r) for t, r in pairs if t not in (None, "")]
    return round(sum(alike(str(t), r) for t, r in known) / len(known), 4) if known else None


def rows(pack, frame):
    return pack.frame(frame).astype(object).to_dict("records")


def dialled(contacts):
    """Contacts with the digits of their number alone: how it is parted is no matter of reading."""
    return [(item, "".join(filter(str.isdigit, tel or "")), *rest) for item, tel, *rest in contacts]


def per_report(wanted, key, *fields):
    return [tuple(x[f] if f != "item" else r["item"] for f in fields) for r in wanted["reports"] for x in r[key]]


def front_and_agenda(pack, wanted):
    packs = rows(pack, "packs")[0]
    yield (
        "front sheet",
        agreeing((wanted["pack"][f], str(packs[f])[: 10 if f.endswith("date") else None]) for f in FRONT),
    )
    if "members" in wanted:
        yield (
            "members",
            same([plain(m["name"]) for m in rows(pack, "members")], [plain(m["name"]) for m in wanted["members"]]),
        )
    read = [(plain(i["item"]), plain(i["title"]), plain(i["printed_first"])) for i in rows(pack, "agenda_items")]
    first = [str(i["printed_pages"][0]) if i["printed_pages"] else "" for i in wanted["agenda"]]
    yield (
        "agenda",
        same(read, [(plain(i["number"]), plain(i["title"]), f) for i, f in zip(wanted["agenda"], first, strict=True)]),
    )
    read = [
        (d["kind"], plain(d["item"]), plain(d["appendix"]), d["pdf_first"], d["pdf_last"])
        for d in rows(pack, "documents")
    ]
    true = [(d["kind"], plain(d["item"]), plain(d["appendix"]), *d["pdf_pages"]) for d in wanted["documents"]]
    yield "documents", same(read, true)


def covers(pack, wanted):
    if not wanted.get("reports"):
        return
    read = {plain(r["item"]): r for r in rows(pack, "reports")}
    pairs = [(r.get(f), read.get(plain(r["item"]), {}).get(f)) for r in wanted["reports"] for f in COVER]
    yield "cover fields", agreeing((t, str(v)[:10] if isinstance(v, pd.Timestamp) else v) for t, v in pairs)
    for measure, frame, fields in (
        ("recommendations", "recommendations", ("item", "number", "text")),
        ("paragraphs", "paragraphs", ("item", "number", "text")),
        ("appendix lists", "appendices", ("item", "number", "title")),
        ("contacts", "contacts", ("item", "tel", "email", "name")),
    ):
        if all(frame in r for r in wanted["reports"]):
            read, true = [tuple(r[f] for f in fields) for r in rows(pack, frame)], per_report(wanted, frame, *fields)
            if frame == "contacts":
                read, true = dialled(read), dialled(true)
            yield measure, paired(read, true)


def decisions(pack, wanted):
    if "minutes" in wanted:
        true = [
            (i["number"], r["number"], r["text"])
            for m in wanted["minutes"]
            for i in m["items"]
            for r in i["resolutions"]
        ]
        yield "resolutions", paired([(r["minute"], r["number"], r["text"]) for r in rows(pack, "resolutions")], true)
    if wanted.get("actions"):
        fields = ("date_raised", "number", "status", "title", "taken", "proposed")
        entries = [
            a | {"date_raised": None if pd.isna(a["date_raised"]) else str(a["date_raised"])[:10]}
            for a in rows(pack, "actions")
        ]
        read = [tuple(a[f] for f in fields) for a in entries]
        yield "actions", paired(read, [tuple(a[f] for f in fields) for a in wanted["actions"]])


def figure(row):
    """What makes a printed figure itself: page, name, measure, comparator, period and value (or its words)."""
    value = None if pd.isna(row["value"]) else round(float(row["value"]), 4)
    start, end = (
        str(row[f])[:10] if row[f] is not None and not pd.isna(row[f]) else "" for f in ("period_start", "period_end")
    )
    period = (start, end) if start or end else plain(row["period_label"])
    words = plain(row["raw"]) if value is None else ""
    return (
        row["pdf_page"],
        squeezed(row["indicator"]),
        row["measure"],
        squeezed(row["comparator"]),
        period,
        value,
        words,
    )


def matched(true, printed):
    """Pairs of figures that are one; a name may be read longer than printed, with its table's or section's."""
    left = {}
    for row in printed:
        left.setdefault(figure(row), []).append(row)
    found = [(k, left[figure(k)].pop()) for k in true if left.get(figure(k))]
    others = {}
    for row in (r for same_key in left.values() for r in same_key):
        others.setdefault((figure(row)[0], *figure(row)[2:]), []).append(row)
    met = {id(k) for k, _ in found}
    for k in (k for k in true if id(k) not in met):
        short = figure(k)[1]
        near = others.get((figure(k)[0], *figure(k)[2:]), [])
        row = next((r for r in near if figure(r)[1].startswith(short) or figure(r)[1].endswith(short)), None)
        if row is not None:
            near.remove(row)
            found.append((k, row))
    return found


def figures(pack, wanted):
    pages = wanted.get("kpi_pages") or range(1, pack.pdf_page_count + 1)  # a truth may speak of some pages only
    printed = [r for r in rows(pack, "observations") if r["source"] == "table" and r["pdf_page"] in pages]
    found = matched(wanted["kpis"], printed)
    yield "figures", f1(len(found), len(printed), len(wanted["kpis"]))
    read = {id(k): row for k, row in found}
    marked = [(k, f) for k in wanted["kpis"] for f in ("rag", "direction") if k[f]]
    yield "marks", agreeing((k[f], read.get(id(k), {}).get(f)) for k, f in marked)
    counted = [k for k in wanted["kpis"] if k["value"] is not None]
    yield "units", agreeing((k["unit"], read.get(id(k), {}).get("unit")) for k in counted)
    tables = [
        (t["pdf_first"], t["pdf_last"]) for t in rows(pack, "tables") if t["kind"] == "kpi" and t["pdf_first"] in pages
    ]
    yield "tables", same(tables, [tuple(t["pdf_pages"]) for t in wanted["tables"] if t["kind"] == "kpi"])


def scores(pdf):
    """Each measure that the pack's truth speaks of, with its F1 or share: {"figures": 0.98, ...}."""
    wanted = truth(pdf)
    with ap.read_pack(pdf) as pack:
        found = [s for part in (front_and_agenda, covers, decisions, figures) for s in part(pack, wanted)]
    return {measure: score for measure, score in found if score is not None}


def main():
    floors = json.loads(RATCHET.read_text("utf-8")) if RATCHET.exists() else {}
    for pdf in COUNCILS:
        got = scores(pdf)
        sys.stdout.write(f"{pdf.stem} {json.dumps(got)}\n")
        own = floors.setdefault(pdf.stem, {})
        own.update({m: max(s, own.get(m, 0)) for m, s in got.items()})
    if "--raise" in sys.argv:
        RATCHET.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
