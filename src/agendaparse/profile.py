"""Council profiles: patterns and labels from ``data/profiles/*.toml``, checked and compiled here only."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import regex

from agendaparse.errors import ProfileError

GENERAL = "moderngov"
# A pattern that someone else wrote must not hold up a night's run. To look at the clock takes longer than most matches
# do, so our own patterns are matched without it on texts as long as a line: tests try them on the worst of those.
_TIMEOUT = 2.0
LINE = 200  # letters
_SHORT = 12  # letters
_PATTERN_KEYS = {"name", "regex", "examples", "seen_in"}
_MAY_HAVE = {"needs"}
# Named lists of words that a council adds to.
_LISTS = ("labels", "roles", "front", "fields", "action_columns")
_PROFILE_KEYS = {"name", "extends", "councils", "words", "pattern", *_LISTS}
# Lists whose names mean something to the code: a name that the general profile lacks is a slip of the pen.
_FIXED = ("labels", "front", "fields", "action_columns")


@dataclass(frozen=True, eq=False)
class Pattern:
    """One named pattern with the examples that it must match."""

    name: str
    compiled: regex.Pattern[str]
    examples: Mapping[str, Mapping[str, str]]
    seen_in: str
    needs: tuple[str, ...] = ()  # lower case: one of these stands in every text that fits; cheap to look for first
    unwatched: int = 0  # letters: on longer texts it is stopped when it takes too long

    def match(self, text: str) -> dict[str, str] | None:
        """What the named groups hold where the whole text matches; None where it does not.

        >>> general_profile().pattern("stamp.page").match("Page 31")
        {'value': '31'}
        """
        if len(text) <= _SHORT:  # the first words of lines: numbers, bullets, the same again and again
            known = _known(self, text)
            return None if known is None else dict(known)
        return self._matched(text) if not self.needs or self.may_stand_in(fold(text)) else None

    def _matched(self, text: str) -> dict[str, str] | None:
        if len(text) <= self.unwatched:
            found = self.compiled.fullmatch(text)
        else:
            found = self.compiled.fullmatch(text, timeout=_TIMEOUT)
        return None if found is None else {k: v for k, v in found.groupdict().items() if v is not None}

    def search(self, text: str, start: int = 0) -> regex.Match[str] | None:
        """The first place in the text where it matches."""
        if not self.may_fit(text):
            return None
        if len(text) <= self.unwatched:
            return self.compiled.search(text, start)
        return self.compiled.search(text, start, timeout=_TIMEOUT)

    def find_all(self, text: str) -> Iterator[regex.Match[str]]:
        """All places in the text where it matches."""
        return self.compiled.finditer(text, timeout=_TIMEOUT) if self.may_fit(text) else iter(())

    def may_fit(self, text: str) -> bool:
        """Whether the text holds what the pattern cannot do without: looking for that costs next to nothing."""
        return not self.needs or self.may_stand_in(fold(text))

    def may_stand_in(self, folded: str) -> bool:
        """The same of a text whose case is folded, where several patterns are asked for."""
        for need in self.needs:  # asked of every line: twice as fast as any()
            if need in folded:
                return True
        return not self.needs


def fold(text: str) -> str:
    """The text in small letters; only where letters are not plain ones by case-folding, which takes five times as long.

    >>> fold("RESOLVED"), fold("STRASSE") == fold("Straße")
    ('resolved', True)
    """
    return text.lower() if text.isascii() else text.casefold()


@lru_cache(maxsize=16384)
def _known(pattern: Pattern, text: str) -> dict[str, str] | None:
    return pattern._matched(text) if pattern.may_fit(text) else None  # noqa: SLF001


@dataclass(frozen=True, eq=False)
class Profile:
    """How one council, or committee software in general, prints its packs."""

    name: str
    patterns: Mapping[str, Pattern] = field(repr=False)
    labels: Mapping[str, frozenset[str]] = field(repr=False)
    roles: Mapping[str, frozenset[str]] = field(repr=False)  # role -> headings of a list of members
    front: Mapping[str, frozenset[str]] = field(repr=False)  # what a label of a front sheet means -> the labels
    fields: Mapping[str, frozenset[str]] = field(repr=False)  # what a label of a cover means -> the labels

    action_columns: Mapping[str, frozenset[str]] = field(repr=False)  # column of a monitoring log -> its headers
    councils: tuple[str, ...] = ()  # whose packs it is for: names or web addresses as their front sheets print them

    def pattern(self, name: str) -> Pattern:
        """The pattern of this name; raises ProfileError if the profile has none."""
        try:
            return self.patterns[name]
        except KeyError:
            raise ProfileError(f"profile {self.name}: no pattern {name!r}") from None


def general_profile() -> Profile:
    """The profile that any council's pack is read with unless a better one is named."""
    return load_profile(GENERAL)


def find_profiles(profile: str | Path | None) -> list[Profile]:
    """The profiles among which a pack's front sheet chooses, the one to fall back on first; raises ProfileError.

    A name or a TOML file is one; a folder stands for the TOML files in it; None for those that come with the library.

    >>> [p.name for p in find_profiles("moderngov")]
    ['moderngov']
    """
    if profile is None:
        return list(_own_profiles())
    if Path(profile).is_dir():
        return [general_profile(), *(load_profile(path) for path in sorted(Path(profile).glob("*.toml")))]
    return [load_profile(profile)]


@cache
def _own_profiles() -> tuple[Profile, ...]:
    """Those that come with the library; read once, not for each pack of a batch."""
    folder = resources.files("agendaparse.data").joinpath("profiles")
    names = sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml"))
    return (general_profile(), *(load_profile(name) for name in names if name != GENERAL))


def choose_profile(profiles: Sequence[Profile], texts: Iterable[str]) -> Profile:
    """The profile whose council the texts name most often; the first where they name none of them.

    >>> choose_profile([general_profile()], ["Harrowmere Borough Council"]).name
    'moderngov'
    """
    if len(profiles) == 1:
        return profiles[0]
    printed = " ".join(" ".join(texts).casefold().split())
    counted = [(sum(printed.count(name) for name in p.councils), -i) for i, p in enumerate(profiles)]
    most, place = max(counted)
    return profiles[-place] if most else profiles[0]


def load_profile(profile: str | Path) -> Profile:
    """A profile by its name ("moderngov") or from a TOML file of your own; raises ProfileError.

    >>> load_profile("moderngov").name
    'moderngov'
    """
    raw = _raw(profile)
    return _built(raw, str(profile))


@cache
def _named(name: str) -> dict[str, Any]:
    file = resources.files("agendaparse.data").joinpath(f"profiles/{name}.toml")
    if not file.is_file():
        raise ProfileError(f"no profile named {name!r}")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _raw(profile: str | Path) -> dict[str, Any]:
    """The TOML of a profile, over that of the one that it extends."""
    own = _own(profile)
    return own if "extends" not in own else _extended(_raw(own["extends"]), own)


def _own(profile: str | Path) -> dict[str, Any]:
    """The TOML of a profile by itself."""
    if isinstance(profile, Path) or str(profile).endswith(".toml"):
        try:
            own = tomllib.loads(Path(profile).read_text(encoding="utf-8"))
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise ProfileError(f"{profile}: {error}") from error
    else:
        own = _named(str(profile))
    unknown = set(own) - _PROFILE_KEYS
    if unknown:
        raise ProfileError(f"{profile}: unknown key(s) {', '.join(sorted(unknown))}")
    _check_types(own, str(profile))
    return own


def _check_types(own: dict[str, Any], label: str) -> None:
    """Raises ProfileError where a list is no list of texts."""
    for key in ("words", *_LISTS):
        for name, values in own.get(key, {}).items():
            if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
                raise ProfileError(f"{label}: [{key}] {name} is no list of texts")
    if not all(isinstance(c, str) for c in own.get("councils", [])):
        raise ProfileError(f"{label}: councils is no list of texts")


@dataclass(frozen=True)
class ProfileCheck:
    """What a profile adds to the one that it extends."""

    profile: Profile
    base: str | None  # the name of the one that it extends
    patterns: Mapping[str, str]  # name -> "added" or "replaced"
    labels: Mapping[str, tuple[str, ...]]  # "[fields] subject" -> the labels that are new there

    def __str__(self) -> str:
        extends = f", extends {self.base}" if self.base else ""
        lines = [f"{self.profile.name}: {len(self.profile.patterns)} patterns{extends}"]
        lines += [f"  for {name}" for name in self.profile.councils]
        lines += [f"  {how} pattern {name}" for name, how in sorted(self.patterns.items())]
        lines += [f"  {place}: {', '.join(new)}" for place, new in sorted(self.labels.items())]
        return "\n".join(lines)


def check_profile(path: str | Path) -> ProfileCheck:
    """What a profile adds, and whether it can be used: raises ProfileError at the first thing that is wrong.

    Every pattern must match its own examples, no list may have a name that the general profile lacks, and a label
    means one thing only.

    >>> print(check_profile("moderngov").base)
    None
    """
    own, profile = _own(path), load_profile(path)
    base = load_profile(own["extends"]) if "extends" in own else None
    for pattern in profile.patterns.values():
        _check_examples(pattern, str(path))
    general = general_profile()
    for key in _FIXED:
        for name in set(own.get(key, {})) - set(getattr(general, key)):
            known = ", ".join(sorted(getattr(general, key)))
            raise ProfileError(f"{path}: [{key}] has no list {name!r}; there are {known}")
    _check_meanings(profile, str(path))
    patterns = {
        p["name"]: "replaced" if base and p["name"] in base.patterns else "added" for p in own.get("pattern", [])
    }
    labels = {}
    for key in ("words", *_LISTS):
        for name, values in own.get(key, {}).items():
            before = getattr(base, key, {}).get(name, frozenset()) if base else frozenset()
            labels[f"[{key}] {name}"] = tuple(v for v in values if v.casefold() not in before)
    return ProfileCheck(profile, base.name if base else None, patterns, {k: v for k, v in labels.items() if v})


def _check_examples(pattern: Pattern, label: str) -> None:
    for example, groups in pattern.examples.items():
        found = pattern.match(example)
        if found is None:
            raise ProfileError(f"{label}: pattern {pattern.name} does not match its example {example!r}")
        if {k: v.strip() for k, v in found.items()} != dict(groups):
            raise ProfileError(
                f"{label}: pattern {pattern.name} reads {found} in its example {example!r}, not {groups}"
            )


def _check_meanings(profile: Profile, label: str) -> None:
    for key in ("front", "fields"):
        meaning: dict[str, str] = {}
        for name, values in getattr(profile, key).items():
            for value in sorted(values):
                if meaning.setdefault(value, name) != name:
                    raise ProfileError(f"{label}: [{key}] {value!r} stands under both {meaning[value]} and {name}")


def _extended(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    patterns = {p["name"]: p for p in [*base.get("pattern", []), *own.get("pattern", [])]}
    merged: dict[str, Any] = {"name": own.get("name", base["name"]), "pattern": list(patterns.values())}
    merged["councils"] = own.get("councils", [])
    for key in ("words", *_LISTS):
        lists = {**base.get(key, {})}
        for name, values in own.get(key, {}).items():
            lists[name] = [*lists.get(name, []), *values]
        merged[key] = lists
    return merged


_cache: dict[str, Profile] = {}


def _built(raw: dict[str, Any], label: str) -> Profile:
    key = repr(raw)
    if key not in _cache:
        words = {k: [w.casefold() for w in v] for k, v in raw.get("words", {}).items()}
        ours = _named(GENERAL)["pattern"]
        entries = raw.get("pattern", [])
        patterns = [compile_pattern(p, words, label, unwatched=LINE if p in ours else 0) for p in entries]
        twice = [name for name, n in Counter(p.name for p in patterns).items() if n > 1]
        if twice:
            raise ProfileError(f"{label}: more than one pattern is named {', '.join(twice)}")
        lists: dict[str, Any] = {
            name: {k: frozenset(w.casefold() for w in v) for k, v in raw.get(name, {}).items()} for name in _LISTS
        }
        councils = tuple(" ".join(c.casefold().split()) for c in raw.get("councils", []))
        _cache[key] = Profile(raw.get("name", label), {p.name: p for p in patterns}, councils=councils, **lists)
    return _cache[key]


def compile_pattern(entry: dict[str, Any], words: dict[str, list[str]], label: str, unwatched: int = LINE) -> Pattern:
    """A pattern of a data file, compiled; raises ProfileError where it has a key too many or few, or is no regex."""
    name = entry.get("name", "?")
    unknown, missing = set(entry) - _PATTERN_KEYS - _MAY_HAVE, _PATTERN_KEYS - set(entry)
    if unknown or missing:
        raise ProfileError(f"{label}: pattern {name}: unknown or missing key(s) {sorted(unknown | missing)}")
    used: Any = {k: v for k, v in words.items() if rf"\L<{k}>" in entry["regex"]}
    try:
        # VERSION1 folds case in full ("ß" as "ss"), which no label needs and which takes up to 300 times as long
        compiled = regex.compile(entry["regex"], regex.IGNORECASE | regex.VERSION0, **used)
    except (regex.error, ValueError) as error:
        raise ProfileError(f"{label}: pattern {name}: {error}") from error
    return Pattern(name, compiled, entry["examples"], entry["seen_in"], tuple(entry.get("needs", ())), unwatched)
