"""References printed with indicators: "CP1", "EH1a", "CP3-QL (val)", "NI 59", apart from the names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import regex

from agendaparse.content.vocabulary import REMEMBERED, patterns

_MOST = 0.5  # of a table's rows: so many begin with a reference, or none of them does
# What a lone row's reference must look like.
_STRONG = re.compile(r"[A-Z]{2,}\d|\d+\.\d|[A-Z]+-|[A-Z]\d+[a-z]?:")


@lru_cache(maxsize=REMEMBERED)
def is_ref(text: str) -> bool:
    """Whether a text is a reference and nothing else.

    >>> is_ref("CP3-QL (val)"), is_ref("NI 59"), is_ref("KS2"), is_ref("Referrals")
    (True, True, False, False)
    """
    return any(p.compiled.fullmatch(text) for p in patterns("refs"))


@cache
def _leading() -> regex.Pattern[str]:
    any_of = "|".join(p.compiled.pattern for p in patterns("refs"))
    words: dict[str, Any] = {k: v for p in patterns("refs") for k, v in p.compiled.named_lists.items()}
    flags = regex.IGNORECASE | regex.VERSION0
    return regex.compile(rf"(?P<ref>{any_of})\s*(?:[:.)–-]\s*|\s)(?P<name>(?-i:[A-Z%£#]|\(\w).*)", flags, **words)


def split_refs(names: Sequence[str]) -> list[tuple[str | None, str]]:
    """Each name of a table apart from the reference before it, where most of the names have one.

    >>> split_refs(["CP1 Children with a plan", "CP2: Plans begun again"])
    [('CP1', 'Children with a plan'), ('CP2', 'Plans begun again')]
    >>> split_refs(["Referrals", "Y11 pupils", "Contacts"])[1]
    (None, 'Y11 pupils')
    """
    found = [_leading().fullmatch(name) for name in names]
    coded = [m for m in found if m is not None]
    if len(coded) < _MOST * len(names) or (len(coded) == 1 and not _STRONG.match(coded[0][0])):
        return [(None, name) for name in names]
    return [
        (m["ref"].strip(), m["name"].strip()) if m is not None else (None, n) for m, n in zip(found, names, strict=True)
    ]
