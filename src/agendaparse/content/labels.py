"""Labels of a cover and headings of a report: which words at the beginning of a line are one, and what it means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from agendaparse.content.text import plain
from agendaparse.content.vocabulary import REMEMBERED
from agendaparse.layout.words import Word
from agendaparse.profile import Profile

_LONGEST = 16  # words of a label
_LONGEST_TEXT = 200  # letters of a label with a remark: longer lines and cells are text
_SPACED = 6  # letters that are set apart
_SPACED_WORD = 4  # so many make one word as compared
_NOTE_MARK = re.compile(r"(?<=[a-z]s)\d$|[¹²³]$")  # of a footnote: "Background documents¹"
_ONE_OR_MORE = re.compile(r"\((?:s|es|ies)\)|(?<=[a-z])/s\b", re.IGNORECASE)
_REMARK = re.compile(r"\s\([^()\s]+(?:\s+[^()\s]+){2,}\)(?=\s*:?\s*$)")
_LEAST_REMARK = 3  # words: "Director (Housing)" is one label, or none
_WORD = re.compile(r"[a-z0-9&]+")
_SHORT = 4  # letters: "is" and "this" keep their s


@lru_cache(maxsize=REMEMBERED)
def label_key(text: str) -> str:
    """A label as compared: "WARD(S) AFFECTED:" and "Wards affected" are one.

    >>> label_key("Ward(s) affected:") == label_key("WARDS AFFECTED")
    True
    """
    words = _WORD.findall(_ONE_OR_MORE.sub("", plain(_NOTE_MARK.sub("", text)).casefold().replace("'", "")))
    return " ".join(w[:-1] if len(w) > _SHORT and w.endswith("s") and not w.endswith("ss") else w for w in words)


class Labels:
    """The labels that a profile knows, by key.

    >>> Labels({"wards_affected": {"ward(s) affected"}}).whole("Wards Affected:")
    'wards_affected'
    """

    def __init__(self, fields: Mapping[str, Iterable[str]]) -> None:
        self._known = {label_key(label): name for name, labels in fields.items() for label in labels}
        first = {key.split()[0] for key in self._known}
        self._begun = {word[:n] for word in first for n in range(1, len(word) + 1)}
        self._heads = {" ".join(key.split()[:n]) for key in self._known for n in range(len(key.split()) + 1)}

    def whole(self, text: str) -> str | None:
        """What the text means if all of it is a label, but for a remark in brackets behind it."""
        if len(text) > _LONGEST_TEXT or ":" in text.rstrip(": -?"):
            return None
        if not self._may_begin(text.split(None, 1)[0] if text[:1].isalpha() else ""):  # as most lines of text do not
            return None
        return self._known.get(label_key(text)) or self._known.get(label_key(_REMARK.sub("", text)))

    def find(self, words: Sequence[Word]) -> tuple[str, int] | None:
        """The meaning and the number of words of the longest label that the words begin with."""
        if not words or not self._may_begin(words[0].text):
            return None
        if len(words) > _SPACED and all(len(w.text) == 1 for w in words):  # R E C O M M E N D A T I O N S
            name = self.whole(" ".join(w.text for w in words))
            return (name, len(words)) if name is not None else None
        texts = [w.text for w in words[:_LONGEST]]
        ends = next((i for i, text in enumerate(texts, 1) if text.endswith(":")), len(texts))
        spaced = all(len(text) == 1 for text in texts[:_SPACED_WORD])  # letters set apart are no words yet
        for n in range(ends, 0, -1) if spaced else reversed(self._whole_heads(texts[:ends])):
            name = self.whole(" ".join(texts[:n])) if any(map(str.isalnum, texts[n - 1])) else None
            if name is not None:
                return name, len(texts) if _is_remark(words[n:]) else n
        return None

    def _whole_heads(self, texts: Sequence[str]) -> list[int]:
        """How many of the words make a label's key, for each label that they begin with."""
        found, head = [], ""
        for n, text in enumerate(texts, 1):
            head = f"{head} {label_key(text)}".strip()
            if head not in self._heads:
                break
            if head in self._known:
                found.append(n)
        return found

    def _may_begin(self, text: str) -> bool:
        key = label_key(text)
        return not key or key.split()[0] in self._begun


def _is_remark(words: Sequence[Word]) -> bool:
    """Whether words behind a label say more about it: "(available for public inspection):"."""
    if not _LEAST_REMARK <= len(words) < _LONGEST:
        return False
    return words[0].text.startswith("(") and words[-1].text.endswith(("):", ")"))


@cache
def cover_labels(profile: Profile) -> Labels:
    """The labels of covers that a profile knows: made ready once, whatever the number of packs.

    >>> cover_labels(general_profile()).whole("Wards Affected:")
    'wards_affected'
    """
    return Labels(profile.fields)


@cache
def front_labels(profile: Profile) -> Labels:
    """The same for front sheets.

    >>> front_labels(general_profile()).whole("Venue:")
    'venue'
    """
    return Labels(profile.front)


@cache
def label_keys(profile: Profile, name: str) -> frozenset[str]:
    """The labels of one list of a profile as compared; made ready once, as those above.

    >>> label_key("Names") in label_keys(general_profile(), "member_names")
    True
    """
    return frozenset(label_key(label) for label in profile.labels[name])


@cache
def role_keys(profile: Profile) -> Mapping[str, str]:
    """The headings of lists of members as compared, each with the role of those below it.

    >>> role_keys(general_profile())[label_key("Committee Members:")]
    'Member'
    """
    return {label_key(label): role for role, labels in profile.roles.items() for label in labels}
