"""The sign that a character draws: symbol fonts, ligatures, soft hyphens, private-use bullets."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from agendaparse.layout.geometry import Bools

_HYPHENS = "\x02\ufffe\u00ad"  # pdfium's marks for a hyphen at a line's end, and the soft hyphen
_ODD = frozenset(_HYPHENS) | {chr(c) for c in range(0xFB00, 0xFB07)} | {"\u200b", "\ufeff", "\u2060"}
_PRIVATE = range(0xF000, 0xF100)  # where symbol fonts put their 256 signs
_LETTER = re.compile(r"[A-Za-z]")


@cache
def _data() -> Mapping[str, Any]:
    text = resources.files("agendaparse.data").joinpath("vocabulary/symbols.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _ligatures() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """What broken ligatures draw: anywhere in a word of letters, and only behind a small letter."""
    return _data()["ligatures"]["anywhere"], _data()["ligatures"]["within"]


@cache
def _odd_codes() -> Bools:
    """For each code of a character up to the last odd one whether it is odd; no later one is."""
    codes = [ord(ch) for ch in _ODD.union(*_ligatures())] + list(_PRIVATE)
    table = np.zeros(max(codes) + 2, bool)
    table[codes] = True
    return table


@cache
def _tables() -> Mapping[str, Mapping[int, str]]:
    """Byte -> sign for each symbol font, from data/vocabulary/symbols.toml."""
    fonts = _data()["fonts"]
    return {name: {int(code, 16): sign for code, sign in signs.items()} for name, signs in fonts.items()}


@cache
def _table_for(font: str) -> Mapping[int, str] | None:
    """The signs of a symbol font by its printed name; None for a font of letters."""
    plain = "".join(ch for ch in font.casefold() if ch.isalnum())
    for name in sorted(_tables(), key=len, reverse=True):  # wingdings3 before wingdings
        if name in plain and not plain.startswith("opensymbol"):
            return _tables()[name]
    return None


def odd_signs(signs: npt.NDArray[np.str_]) -> Bools:
    """Which characters do not draw themselves, whatever their font: on most pages none.

    >>> odd_signs(np.array(["f", "ﬁ"])).tolist()
    [False, True]
    """
    table = _odd_codes()
    odd: Bools = table[np.minimum(signs.view(np.uint32), len(table) - 1)]
    return odd


def is_symbol_font(font: str) -> bool:
    """Whether the font draws signs where others draw letters: Wingdings, Symbol."""
    return _table_for(font) is not None


def drawn_text(text: str, font: str) -> str:
    r"""What a reader sees where this text is shown in this font.

    >>> drawn_text("ﬁnal", "Arial"), drawn_text("à", "Wingdings"), drawn_text("co\u00adop", "Arial")
    ('final', '→', 'coop')
    """
    table = _table_for(font)
    text = _mended(text)
    last = len(text) - 1
    return "".join(_sign(ch, table, ends=i == last) for i, ch in enumerate(text))


def _mended(text: str) -> str:
    """A word with its broken ligatures as letters."""
    anywhere, within = _ligatures()
    if _LETTER.search(text) is None:
        return text
    found = ""
    for ch in text:
        behind = found[-1:].islower()
        found += anywhere.get(ch) or (within.get(ch, ch) if behind else ch)
    return found


def _sign(ch: str, table: Mapping[int, str] | None, *, ends: bool) -> str:
    code = ord(ch)
    if code in _PRIVATE:
        signs = table if table is not None else _tables()["wingdings"]
        return signs.get(code & 0xFF) or (ch if table is None else "•")
    if table is not None and code < 0x100:  # noqa: PLR2004
        return table.get(code, ch)
    if ch in _HYPHENS:
        # a soft hyphen shows only where the line breaks
        return "-" if ends or ch != "\u00ad" else ""
    if ch in _ODD:
        return unicodedata.normalize("NFKC", ch) if code in range(0xFB00, 0xFB07) else ""
    return ch
