"""Indicators of whole archives: merged only by evidence, in any order, with every row's key."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agendaparse.dataframes import to_frame
from agendaparse.errors import JudgementError
from agendaparse.frames import FRAMES, PANDAS_DTYPES
from agendaparse.series.indicators import find_indicators
from agendaparse.series.judgements import Judgement

COMMITTEES = [
    ("a", "Ayton", "Children's Scrutiny", "2024-01-10"),
    ("b", "Ayton", "Children's Scrutiny", "2024-03-10"),
    ("c", "Beeford", "Housing Panel", "2024-03-11"),
    ("d", "Ayton", "Housing Panel", "2024-03-12"),
]
COLUMNS = ("pack_id", "council", "committee", "meeting_date")
PACKS = to_frame("packs", [dict(zip(COLUMNS, (*c[:3], pd.Timestamp(c[3])), strict=True)) for c in COMMITTEES])


def row(pack, name, value=1.0, unit="count", month=1, table="t", measure="actual", **more):
    return {
        "pack_id": pack,
        "table_id": f"{pack}-{table}" if table else None,
        "pdf_page": 1,
        "indicator": name,
        "measure": measure,
        "unit": unit,
        "value": value,
        "period_start": pd.Timestamp(2024, month, 1),
        "period_end": pd.Timestamp(2024, month, 28),
        **more,
    }


def found(*rows, judgements=()):
    return find_indicators(to_frame("observations", rows), PACKS, judgements)


def keys(*rows, judgements=()):
    return found(*rows, judgements=judgements).key_of.tolist()


def one(*rows, judgements=()):
    return len(set(keys(*rows, judgements=judgements))) == 1


def test_frames_have_their_columns_even_without_rows():
    none = find_indicators(to_frame("observations", []), PACKS)
    some = found(row("a", "Number of LAC"))
    for name in ("indicators", "aliases", "unresolved"):
        for frame in (getattr(none, name), getattr(some, name)):
            assert frame.columns.tolist() == FRAMES[name].column_names
            assert [str(t) for t in frame.dtypes] == [PANDAS_DTYPES[c.dtype] for c in FRAMES[name].columns]
    assert none.key_of.empty
    assert find_indicators(to_frame("observations", []), to_frame("packs", [])).aliases.empty


def test_names_of_the_vocabulary_are_one_indicator_with_its_definition():
    f = found(row("a", "Number of LAC", ref="L1"), row("b", "Children in care at month end", month=3))
    assert f.key_of.tolist() == ["cla_number"] * 2
    (indicator,) = f.indicators.to_dict("records")
    assert (indicator["lait_topic"], indicator["n_observations"]) == ("Children Looked After", 2)
    assert (indicator["first_period"], indicator["last_period"]) == (
        pd.Timestamp(2024, 1, 1),
        pd.Timestamp(2024, 3, 28),
    )
    first, second = f.aliases.to_dict("records")
    assert (first["printed_name"], second["printed_name"]) == ("Children in care at month end", "Number of LAC")
    assert (second["ref"], second["evidence"], second["valid_from"]) == ("L1", "vocabulary", pd.Timestamp("2024-01-10"))


def test_other_names_are_one_if_equal_and_keep_a_readable_id():
    f = found(row("c", "No. of kerb-stones laid"), row("c", "Number of kerb stones laid*", month=2))
    assert set(f.key_of) == {"kerb_stone_laid_housing_count"}
    assert f.aliases["evidence"].tolist() == ["same name"] * 2
    assert f.indicators["name"].tolist() == ["No. of kerb-stones laid"]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (row("a", "Number of referrals"), row("b", "Rate of referrals per 10,000", unit="rate_per_10000")),
        (row("a", "CP visits within 4 weeks"), row("b", "CP visits within 10 working days")),
        (row("a", "Bins missed"), row("b", "Bins missed", unit="percent")),
        (row("a", "Fly-tips"), row("b", "Fly-tips cleared")),
        (row("b", "Number of complaints"), row("d", "Number of complaints")),
        (row("b", "Number of contacts"), row("d", "Number of contacts")),
    ],
)
def test_what_is_never_one(a, b):
    assert not one(a, b)


def test_a_change_and_a_row_without_figure_are_of_their_rows_indicator():
    f = found(
        row("a", "Number of LAC", 300.0),
        row("a", "Number of LAC", 3.0, unit="percent", measure="change"),
        row("a", "Number of LAC", None, unit=None, raw="n/a", month=2),
        row("b", "Number of LAC", None, unit=None, raw="-", month=2),
        row("b", "Other things", None, unit=None, raw="-", month=2),
    )
    assert f.key_of.tolist()[:4] == ["cla_number"] * 4
    assert pd.isna(f.key_of.iloc[4])
    assert f.aliases["unit"].tolist() == ["count"]


def test_a_cell_with_a_number_and_a_percentage_is_two_indicators():
    assert keys(row("a", "Care leavers in EET", 40.0), row("a", "Care leavers in EET", 80.0, unit="percent")) == [
        "care_leavers_eet_number",
        "care_leavers_eet_pct",
    ]


def test_equal_names_with_other_figures_in_one_table_are_two_things():
    rows = [row("a", "Homes let (number)", 475.0), row("a", "Number of homes let", 476.0)]
    assert not one(*rows)
    assert one(rows[0], {**rows[1], "value": 475.0})
    assert one(rows[0], {**rows[1], "period_start": pd.Timestamp(2024, 2, 1)})
    assert one(rows[0], {**rows[1], "pack_id": "b"})
    assert one(rows[0], {**rows[1], "comparator": "England"})


def test_a_bare_label_is_what_its_table_says():
    others = [row("a", f"{place}") for place in ("Foyer", "Lodgings", "Bed and breakfast")]
    assert keys(row("a", "UASC"), *others)[0] != "cla_uasc_number"
    assert keys(row("a", "UASC"), row("a", "Number of LAC"), *others)[0] == "cla_uasc_number"
    assert keys(row("a", "Number of UASC"), *others)[0] == "cla_uasc_number"


def test_on_two_pages_figures_must_be_far_apart():
    near = [row("a", "Homes let (number)", 475.0), row("a", "Number of homes let", 476.0, table="u")]
    far = [row("a", "Homes let (number)", 475.0), row("a", "Number of homes let", 76.0, table="u")]
    assert one(*near)
    assert not one(*far)


def test_who_says_less_leaves_the_vocabulary_not_the_other():
    got = keys(row("a", "Number of LAC", 500.0), row("a", "Number of CLA", 500.0), row("a", "LAC", 20.0, table="u"))
    assert got[:2] == ["cla_number"] * 2
    assert got[2] != "cla_number"


SAYS = Judgement("Youngsters housed", "Number of LAC", None, "same", "A. Reader")


def test_a_judgement_joins_and_parts():
    rows = [row("a", "Youngsters housed"), row("b", "Number of LAC", month=2), row("b", "Children in care", month=3)]
    assert len(set(keys(*rows))) == 2
    assert keys(*rows, judgements=[SAYS]) == ["cla_number"] * 3
    parted = Judgement("number of lac", "Children in care", "count", "not same")
    got = keys(*rows, judgements=[SAYS, parted])
    assert got[0] == got[1] != got[2]
    assert found(*rows, judgements=[SAYS]).aliases["evidence"].tolist().count("judgement") == 2


def test_a_judgement_may_name_what_is_not_printed():
    """The vocabulary's name, or a name of a pack that is not there, links two that are."""
    rows = [row("a", "Youngsters housed"), row("b", "Youngsters with us", month=2)]
    said = [SAYS, Judgement("Number of LAC", "Youngsters with us", "count", "same")]
    assert keys(*rows, judgements=said) == ["cla_number"] * 2


def test_not_the_same_bars_a_merge_through_a_third_name():
    rows = [row("a", "Homes let"), row("b", "Homes let (number)", month=2), row("b", "Number: homes let", month=3)]
    assert one(*rows)
    got = keys(*rows, judgements=[Judgement("Homes let", "Number: homes let", None, "not same")])
    assert len(set(got)) == 3


def test_contradictions_are_an_error():
    with pytest.raises(JudgementError):
        found(row("a", "LAC"), judgements=[SAYS, Judgement("number of LAC", "youngsters housed", "count", "not same")])


NAMES = ["Number of LAC", "CLA", "Children in care", "Homes let", "Homes let (number)", "Number of homes let", "Kids"]
ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from("abcd"),
        st.sampled_from(NAMES),
        st.sampled_from([1.0, 50.0, 70.0]),
        st.sampled_from(["count", "percent", None]),
        st.sampled_from([1, 2]),
        st.sampled_from(["t", "u", None]),
        st.sampled_from(["actual", "target", "change"]),
        ref=st.sampled_from([None, "R1"]),
    ),
    max_size=12,
)
SAID = st.lists(
    st.builds(
        Judgement,
        st.sampled_from(NAMES),
        st.sampled_from(NAMES),
        st.sampled_from([None, "count"]),
        st.sampled_from(["same", "not same", "unsure"]),
    ),
    max_size=3,
)


@settings(max_examples=30, deadline=None)
@given(ROWS, SAID, st.randoms())
def test_the_order_of_rows_packs_and_judgements_does_not_matter(rows, judgements, random):
    order = random.sample(range(len(rows)), len(rows))
    shuffled = to_frame("observations", [rows[i] for i in order]).set_axis(order)
    try:
        a = find_indicators(to_frame("observations", rows), PACKS, judgements)
    except JudgementError:
        return
    b = find_indicators(shuffled, PACKS.sample(frac=1, random_state=1), judgements[::-1])
    pd.testing.assert_series_equal(a.key_of, b.key_of.sort_index(), check_index_type=False)
    for frame in ("indicators", "aliases", "unresolved"):
        pd.testing.assert_frame_equal(getattr(a, frame), getattr(b, frame))
    judged = {j.unit for j in judgements if j.judgement == "not same"}
    for j in (j for j in judgements if j.judgement == "not same" and judged):
        spelled = pd.DataFrame({"name": [r["indicator"] for r in rows], "id": a.key_of})
        units = a.indicators.set_index("indicator_id")["unit"]
        sides = [
            {i for i in spelled.loc[spelled["name"] == n, "id"].dropna() if j.unit in (None, units[i])}
            for n in (j.name_a, j.name_b)
        ]
        assert not sides[0] & sides[1]


def test_open_questions_are_asked_with_their_reasons():
    rows = [row("a", "Homes let to families", v, month=m, ref="H1") for m, v in ((1, 51.0), (2, 62.0), (3, 73.0))]
    rows += [row("b", "Homes let to households", v, month=m, ref="H1") for m, v in ((2, 62.0), (3, 73.0), (4, 84.0))]
    (question,) = found(*rows).unresolved.to_dict("records")
    assert (question["name_a"], question["name_b"]) == ("Homes let to families", "Homes let to households")
    assert (question["council"], question["unit"], question["gained"]) == ("Ayton", "count", 1)
    assert "same reference H1" in question["reasons"]
    assert "2 of 2 shared periods agree" in question["reasons"]
    parted = [Judgement("Homes let to households", "Homes let to families", None, "not same")]
    assert found(*rows, judgements=parted).unresolved.empty


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Homes let within 10 days", "Homes let within 20 days"),
        ("Kerbs started on site", "Kerbs completed on site"),
        ("Homes with gardens", "Homes without gardens"),
    ],
)
def test_opposites_are_no_question(a, b):
    assert found(row("a", a), row("b", b, month=2)).unresolved.empty


def test_two_rows_of_one_table_are_no_question():
    rows = [row("a", "Homes let to couples"), row("a", "Homes let to one couple", month=2)]
    assert found(*rows).unresolved.empty
    assert not found(rows[0], {**rows[1], "pack_id": "b", "table_id": "b-t"}).unresolved.empty


def test_a_name_close_to_the_vocabulary_is_a_question():
    f = found(row("a", "Percentage of children in need visited within agreed timescales (CWD)", unit="percent"))
    assert f.unresolved["name_b"].tolist() == ["Percentage of children in need visited on time"]


def test_a_million_rows_are_not_a_million_names():
    rows = pd.concat([to_frame("observations", [row("a", f"Bins of round {i}", i) for i in range(50)])] * 400)
    f = find_indicators(rows.reset_index(drop=True), PACKS)
    assert len(f.indicators) == 50
    assert f.indicators["n_observations"].sum() == 20_000
