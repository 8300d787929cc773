"""Records, rows and columns -> the named DataFrames, with their columns in order and their dtypes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any

import numpy as np
import pandas as pd

from agendaparse.frames import FRAMES, PANDAS_DTYPES, Dtype


def to_frame(name: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """The rows as the named DataFrame: all its columns, in order, with their dtypes, even if empty.

    >>> to_frame("failures", [{"source": "a.pdf", "error": "UnreadablePdf"}]).loc[0, "error"]
    'UnreadablePdf'
    """
    frame = FRAMES[name]
    held = list(rows)
    data = {c.name: pd.array([r.get(c.name) for r in held], dtype=PANDAS_DTYPES[c.dtype]) for c in frame.columns}  # type: ignore[call-overload]
    return pd.DataFrame(data, columns=frame.column_names)


def records_frame(frame_name: str, records: Iterable[object], **others: Any) -> pd.DataFrame:
    """Records as the named DataFrame: a column holds the field of its name, of the record or of its source.

    ``others`` are columns that the records do not hold: one value for all rows, or a list of one for each.

    >>> from agendaparse.records import Member
    >>> records_frame("members", [Member("Ada Byron", "Chair")], pack_id="3f2a9c41d07b").loc[0, "role"]
    'Chair'
    """
    held, frame = list(records), FRAMES[frame_name]
    data = {}
    for column in frame.columns:
        field = column.name
        given = others.get(field)
        if field not in others:
            is_own = held and hasattr(held[0], field)
            given = list(map(attrgetter(field if is_own else f"source.{field}"), held))
        values = given if isinstance(given, list) else [given] * len(held)
        data[field] = _column(values, column.dtype)
    return pd.DataFrame(data, copy=False)


def _column(values: list[Any], dtype: Dtype) -> Any:
    if dtype == "box":  # many, and never to be looked into
        return np.fromiter(values, object, len(values))
    return pd.array(values, dtype=PANDAS_DTYPES[dtype])  # type: ignore[call-overload]


def as_frame(name: str, columns: Mapping[str, Any]) -> pd.DataFrame:
    """Whole columns as the named DataFrame, with its columns' order and dtypes; for tables that are reckoned at once.

    >>> as_frame("members", {"pack_id": ["3f2a9c41d07b"], "role": ["Chair"], "name": [None]})["role"].tolist()
    ['Chair']
    """
    held = {c.name: pd.Series(list(columns[c.name]), dtype=PANDAS_DTYPES[c.dtype]) for c in FRAMES[name].columns}
    return pd.DataFrame(held, columns=FRAMES[name].column_names)
