"""Doubts about figures: each kind found where it is, and nowhere else."""

from __future__ import annotations

import datetime as dt

import pytest

from agendaparse.content.checks import find_doubts, reliability, report, tell_apart
from agendaparse.content.headers import Column
from agendaparse.content.observations import Figure, Row
from agendaparse.content.periods import Period
from agendaparse.content.values import parse_values
from agendaparse.content.vocabulary import vocabulary
from agendaparse.issues import ISSUE_CODES, Issues
from agendaparse.records import Box, Cell


def month(year, number):
    start = dt.date(year, number, 1)
    return Period(f"{start:%b-%y}", start, start + dt.timedelta(27), "month")


def column(text, role="actual", period=None, **how):
    return Column(text, role, period, **how)


def figure(raw, under, *, row=1, col=1, name="Children in care", unit=None):
    cell = Cell(row, col, 1, 1, raw, (raw,), False, 1, Box(0, 0, 1, 1), raw)
    value = parse_values(raw)[0]
    return Figure(Row(row, name, name, None, None, None), col, cell, under, value, raw, name, unit or value.unit)


def codes(figures, method="ruled"):
    return sorted((d.code, d.figure.raw) for d in find_doubts(figures, method))


APRIL = column("Apr-24", period=month(2024, 4))


def test_a_plain_figure_is_not_doubted():
    assert codes([figure("402", APRIL)]) == []


def test_headers_that_say_nothing_and_figures_without_time():
    figures = [figure("4", column("Bananas", guessed=True)), figure("5", column("Number"))]
    assert codes(figures) == [("header_guessed", "4"), ("undated", "5")]


def test_columns_found_by_alignment():
    assert codes([figure("402", APRIL)], "aligned") == [("aligned", "402")]


@pytest.mark.parametrize(
    ("raw", "doubted"), [("12/15 (80%)", False), ("12/15 (85%)", True), ("1/20, 5%", False), ("2 of 3 (66.7%)", False)]
)
def test_a_percent_is_its_numerator_over_its_denominator(raw, doubted):
    cell = figure(raw, APRIL)
    percents = [Figure(cell.row, 1, cell.cell, APRIL, v, raw, cell.name, v.unit) for v in parse_values(raw)]
    assert any(v.unit == "percent" for v in (f.value for f in percents))
    assert ("percent_disagrees" in dict(codes(percents))) == doubted


def test_a_percent_beside_its_numerator_and_denominator():
    def row(percent):
        return [
            figure("30", column("Numerator", period=month(2024, 4)), col=1),
            figure("40", column("Denominator", period=month(2024, 4)), col=2),
            figure(percent, APRIL, col=3),
        ]

    assert codes(row("75%")) == []
    assert codes(row("57%")) == [("percent_disagrees", "57%")]


def rows(*printed):
    return [figure(raw, APRIL, row=i, name=name, unit="count") for i, (name, raw) in enumerate(printed)]


def test_a_total_is_the_sum_of_the_rows_over_it():
    assert codes(rows(("Boys", "12"), ("Girls", "13"), ("Total", "25"))) == []
    assert codes(rows(("Boys", "12"), ("Girls", "13"), ("Total", "26"))) == [("total_disagrees", "26")]


def test_a_total_of_subtotals():
    printed = [("A", "1"), ("B", "2"), ("Subtotal", "3"), ("C", "4"), ("D", "5"), ("Subtotal", "9"), ("Total", "12")]
    assert codes(rows(*printed)) == []


def test_months_out_of_order():
    numbers = [4, 5, 7, 6, 8, 9]
    figures = [figure(str(10 + i), column(f"m{n}", period=month(2024, n)), col=i) for i, n in enumerate(numbers)]
    assert [code for code, _ in codes(figures)] == ["period_out_of_sequence"]
    backwards = [figure("1", column(f"m{n}", period=month(2024, n)), col=9 - n) for n in (4, 5, 6, 7)]
    assert codes(backwards) == []


def test_a_figure_of_another_size_than_its_row():
    raws = ["96.5%", "97.1%", "9.68%", "95.0%", "96.9%"]
    figures = [figure(r, column(f"m{i}", period=month(2024, i + 4)), col=i) for i, r in enumerate(raws)]
    assert codes(figures) == [("unit_jump", "9.68%")]


def test_few_cases_jump_as_they_please():
    raws = ["1", "0", "12", "2", "1"]
    figures = [figure(r, column(f"m{i}", period=month(2024, i + 4)), col=i) for i, r in enumerate(raws)]
    assert codes(figures) == []


def test_rows_that_claim_to_be_the_same():
    twice = [figure("4", APRIL, row=1), figure("5", APRIL, row=2)]
    assert [d.code for d in tell_apart(twice)] == ["figures_not_told_apart"] * 2
    assert not list(tell_apart([figure("4", APRIL, row=1), figure("4", APRIL, row=2)]))


def test_doubts_are_issues_with_their_place():
    issues = Issues()
    guessed = column("Bananas", guessed=True)
    doubts = find_doubts(
        [figure("4", guessed), figure("5", guessed, row=2), figure("6", column("Number"), row=3)], "ruled"
    )
    report(doubts, issues)
    assert [(i.code, i.raw, i.pdf_page) for i in issues] == [("header_guessed", "Bananas", 1)]


def test_each_kind_of_doubt_has_a_factor():
    factors = vocabulary("doubts")["factors"]
    assert all(0 < f < 1 for f in factors.values())
    assert {c for c, i in ISSUE_CODES.items() if i.stage == "figures"} <= set(factors)
    assert reliability(0.5, []) == 0.5
