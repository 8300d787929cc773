"""Names of people in a run of text: "Councillors A Moss, B Fenn and Mrs C Lark MBE"."""

from __future__ import annotations

import re

_BETWEEN = re.compile(  # not within brackets
    r"(?:[,;]\s*(?:and\s+)?|\s+(?:and|&)\s+"
    r"|(?:(?<=[a-z]{3})(?<![Cc]llr)(?<![Rr]evd)(?<![Pp]rof)|(?<=\)))\.\s+(?=[A-Z]))(?![^()]*\))"
)
_HONOURS = {"mbe", "obe", "cbe", "jp", "kc", "qc", "dl", "mp", "bem", "dbe", "ks", "phd", "om", "esq"}
_TITLES = (
    r"councillors?|cllrs?|mr|mrs|ms|miss|dr|rev|revd|sir|lady|lord|dame|alderm[ae]n|mayor|canon|prof|professor"
    r"|reverend|(?:chief )?(?:superintendent|inspector)|chief constable"
)
TITLED = re.compile(rf"(?:(?:borough|county|district|town|parish|city) (?=c))?(?:{_TITLES})\b\.?", re.IGNORECASE)
# Two names with a mere space between: the columns of a list stand close.
SIDE_BY_SIDE = re.compile(
    rf"(?<=[a-z]\)) (?=(?:{_TITLES})\b)"
    r"|(?<=[a-z]{3})(?<!borough)(?<!county)(?<!district)(?<!town)(?<!parish)(?<!city)"
    r" (?=(?:cllr|councillor)\b\.? [A-Z])",
    re.IGNORECASE,
)
MANY = re.compile(
    r"(?P<title>councillors|cllrs|aldermen)\.?\s?[:-]? (?!(?:of|on|from|for)\b)(?P<rest>.+)", re.IGNORECASE
)


def names_several(text: str) -> bool:
    """Whether a text names several people, and not one with a title behind a comma.

    >>> names_several("Mr Moss and Mrs Fenn"), names_several("Jo Marsh, Clerk")
    (True, False)
    """
    parts = [p for p in split_names(text) if p]
    if len(parts) < 2:  # noqa: PLR2004
        return False
    many = MANY.match(text) is not None
    others = sum(TITLED.match(p) is not None or "(" in p for p in parts[1:])
    return many or others > 0 or (len(parts) > 2 and all(p[:1].isupper() and len(p.split()) <= 4 for p in parts))  # noqa: PLR2004


def title_of_each(many: str) -> str:
    """The title that each of several people has.

    >>> title_of_each("Cllrs"), title_of_each("Aldermen")
    ('Cllr', 'Alderman')
    """
    return many.removesuffix("s") if many[-1] in "sS" else f"{many[:-2]}an"


def is_open(text: str) -> bool:
    """Whether a line breaks off: in a bracket, behind "and", or within a name that has a hyphen.

    >>> is_open("Councillor Moss (Vice-")
    True
    """
    return text.count("(") > text.count(")") or text.endswith((" and", ",", "-", " &"))


def split_names(text: str) -> list[str]:
    """The names of a list; honours stay with the name before.

    >>> split_names("A Moss, MBE, B Fenn and C Lark")
    ['A Moss, MBE', 'B Fenn', 'C Lark']
    """
    found: list[str] = []
    for part in (p for stretch in _BETWEEN.split(text) for p in SIDE_BY_SIDE.split(stretch)):
        name = part.strip(" .")
        if found and name.casefold() in _HONOURS:
            found[-1] += f", {name}"
        elif name:
            found.append(name)
    return found


def honours_of(text: str) -> str:
    """What stands behind a name, such as MBE, with its comma, as printed.

    >>> honours_of("A Moss, MBE")
    ', MBE'
    """
    head, mark, tail = text.rpartition(",")
    return f"{mark}{tail}" if mark and tail.strip().casefold() in _HONOURS and head else ""


def initialled(name: str) -> str:
    """A name with its first name cut to the initial.

    >>> initialled("Councillor Una Moss")
    'Councillor U Moss'
    """
    title = TITLED.match(name)
    head = f"{title[0]} " if title is not None else ""
    first, _, rest = name[len(head) :].strip().partition(" ")
    return f"{head}{first[:1]} {rest}" if rest else name
