"""What must hold of any pack, whoever made it."""

from __future__ import annotations

import re


def lost_figures(pack):
    """The observations whose print does not stand in the text under their box: there must be none."""
    lost = []
    for row in pack.observations.itertuples():
        x0, top, x1, bottom = row.box
        inside = [
            w.text
            for w in pack.page(row.pdf_page).words
            if x0 - 1 <= (w.x0 + w.x1) / 2 <= x1 + 1 and top - 1 <= (w.top + w.bottom) / 2 <= bottom + 1
        ]
        under = squeezed("".join(inside))
        if not all(squeezed(part) in under for part in row.raw.split()):
            lost.append((row.pdf_page, row.raw, under))
    return lost


def squeezed(text):
    return re.sub(r"\W+", "", text)
