"""The vocabulary of standard indicators: its files hold together, and lead councils' names to one indicator."""

from __future__ import annotations

import csv
import os
from collections import Counter
from importlib import resources
from pathlib import Path

import pytest

from agendaparse.content.units import UNITS
from agendaparse.content.vocabulary import vocabulary
from agendaparse.series.names import loosened, service_of
from agendaparse.series.standard import standard_aliases, standard_indicators, standard_of

FILES = resources.files("agendaparse.data").joinpath("vocabulary")


def rows(name):
    return list(csv.DictReader(FILES.joinpath(name).read_text("utf-8").splitlines()))


@pytest.mark.parametrize("name", ["indicators.csv", "aliases.csv"])
def test_files_are_sorted_and_say_nothing_twice(name):
    found = [tuple(r.values()) for r in rows(name)]
    assert found == sorted(found)
    assert len(found) == len(set(found))


def test_indicators_are_complete():
    ids = [r["indicator_id"] for r in rows("indicators.csv")]
    assert len(ids) == len(set(ids))
    assert sum(r["service"] == "children" for r in rows("indicators.csv")) >= 60
    for r in rows("indicators.csv"):
        assert r["indicator_id"].isidentifier()
        assert r["unit"] in UNITS
        assert r["service"] in vocabulary("names")["services"]
        assert r["polarity"] in ("high", "low", "")
        assert len(r["definition"]) > 20
        assert bool(r["lait_topic"]) == bool(r["lait_measure"]) == bool(r["lait_code"])


def test_aliases_lead_to_indicators_that_are_there():
    for r in rows("aliases.csv"):
        assert r["indicator_id"] in standard_indicators()
        assert r["service"] in ("", standard_indicators()[r["indicator_id"]].service)
        assert r["printed_name"].strip() == r["printed_name"] != ""


def test_each_alias_leads_to_one_indicator():
    units = {s.indicator_id: s.unit for s in standard_indicators().values()}
    services = {s.indicator_id: s.service for s in standard_indicators().values()}
    found, needs_service = {}, set()
    for alias in standard_aliases():
        unit, service = units[alias.indicator_id], services[alias.indicator_id]
        key = (loosened(alias.printed_name, unit), unit, alias.council)
        found.setdefault((*key, service), set()).add(alias.indicator_id)
        if alias.service:
            needs_service.add((*key, service))
    assert not {key: ids for key, ids in found.items() if len(ids) > 1}
    for alias in standard_aliases():
        unit, service = units[alias.indicator_id], services[alias.indicator_id]
        key = (loosened(alias.printed_name, unit), unit, alias.council, service)
        assert alias.service or service_of(alias.printed_name) or key not in needs_service
        assert standard_of(alias.printed_name, unit, alias.council, service) == alias.indicator_id


def test_no_two_aliases_of_an_indicator_are_the_same_to_us():
    keys = Counter(
        (a.indicator_id, loosened(a.printed_name, standard_indicators()[a.indicator_id].unit), a.council, a.service)
        for a in standard_aliases()
    )
    assert not [key for key, times in keys.items() if times > 1]


FIELD = [
    ("No. of LAC", "count", "cla_number"),
    ("Number of children in care at month end (incl. UASC)", "count", "cla_number"),
    ("CLA per 10,000", "rate_per_10000", "cla_rate"),
    ("Looked after children: rate per 10,000 0-17 population", "rate_per_10000", "cla_rate"),
    ("Number of children subject to a CP plan (snapshot)", "count", "cpp_number"),
    ("Child Protection rate per 10k", "rate_per_10000", "cpp_rate"),
    ("% of ICPCs held within 15 working days of S47", "percent", "icpc_15wd_pct"),
    ("Repeat referrals within 12 months (%)", "percent", "re_referrals_pct"),
    ("% re-referrals in 12 months", "percent", "re_referrals_pct"),
    ("% of Single Assessments completed within 45 working days", "percent", "assessments_45_days_pct"),
    ("% C&F assessments completed in 45 days", "percent", "assessments_45_days_pct"),
    ("Children who became subject to a CPP for a 2nd or subsequent time (%)", "percent", "cpp_second_pct"),
    ("CPP for 2+ years", "count", "cpp_over_2_years_number"),
    ("% LAC with 3+ placements in last 12 months", "percent", "cla_3_placements_pct"),
    ("Percentage of LAC placed more than 20 miles from home", "percent", "cla_20_miles_pct"),
    ("Children entering care in month", "count", "cla_started_number"),
    ("Number of children who left care", "count", "cla_ceased_number"),
    ("% of care leavers in EET (19-21)", "percent", "care_leavers_eet_pct"),
    ("Care Leavers in suitable accommodation (%)", "percent", "care_leavers_accommodation_pct"),
    ("Social Worker Vacancy Rate (%)", "percent", "sw_vacancy_pct"),
    ("% agency social workers (FTE)", "percent", "sw_agency_pct"),
    ("Average caseload per social worker", "average", "sw_caseload_average"),
    ("EHC plans issued within 20 weeks (excluding exceptions)", "percent", "ehcp_20_weeks_pct"),
    ("16-17 year olds NEET or Not Known", "percent", "neet_or_unknown_pct"),
    ("Number of Permanent Exclusions", "count", "permanent_exclusions_number"),
    ("Number of unaccompanied asylum-seeking children looked after", "count", "cla_uasc_number"),
    ("Section 47 enquiries initiated in month", "count", "s47_started_number"),
    ("% CP visits within 10 working days", "percent", "cpp_visits_10_days_pct"),
    ("Children on a child protection plan", "count", "cpp_number"),
    ("Initial Health Assessments completed within 20 working days of becoming looked after", "percent",
     "cla_initial_health_20wd_pct"),
]  # fmt: skip


OTHERS = [
    ("% of household waste sent for reuse, recycling and composting", "percent", "household_waste_recycled_pct"),
    ("Number of fly-tipping incidents reported", "count", "fly_tips_number"),
    ("Major planning applications determined within 13 weeks (%)", "percent", "major_applications_timely_pct"),
    ("% Council Tax collected", "percent", "council_tax_collected_pct"),
    ("NNDR collected (%)", "percent", "business_rates_collected_pct"),
    ("FOI requests responded to within 20 working days", "percent", "foi_timely_pct"),
    ("Working days lost to sickness absence per FTE", "count", "sickness_days_average"),
    ("Number of households in temporary accommodation", "count", "temporary_accommodation_number"),
    ("Staff turnover", "percent", "staff_turnover_pct"),
]


@pytest.mark.parametrize(("printed", "unit", "indicator"), OTHERS)
def test_names_of_other_services(printed, unit, indicator):
    assert standard_of(printed, unit, None, service_of(printed)) == indicator


@pytest.mark.parametrize(("printed", "unit", "indicator"), FIELD)
def test_names_as_councils_print_them(printed, unit, indicator):
    assert standard_of(printed, unit, "Anyshire County Council", "children") == indicator


NONE = [
    ("Number of tenants visited", "count", "housing"),
    ("Number of contacts received", "count", "customer"),
    ("Referrals", "count", "adults"),
    ("Vacancy rate", "percent", "housing"),
    ("In custody", "count", "children"),
    ("Supported lodgings", "count", "children"),
    ("CLA aged 16+ with three placements", "count", "children"),
    ("CP visits within 6 weeks", "percent", "children"),
    ("S47 enquiries started rate per 1,000", "count", "children"),
    ("People in care homes", "count", "adults"),
]


@pytest.mark.parametrize(("printed", "unit", "service"), NONE)
def test_names_that_are_no_standard_indicator(printed, unit, service):
    assert standard_of(printed, unit, None, service) is None


def test_an_average_may_be_printed_as_a_bare_number():
    assert standard_of("Caseload", "count", None, "children") == "sw_caseload_average"
    assert standard_of("Number of caseloads", "count", None, "children") is None


@pytest.mark.skipif("AGENDAPARSE_LAIT" not in os.environ, reason="AGENDAPARSE_LAIT: the folder of LAIT's dictionary")
def test_lait_ids_are_those_of_the_dictionary():
    path = Path(os.environ["AGENDAPARSE_LAIT"]) / "lait_data_dictionary.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        known = {(r["Topic"], r["Measure"]): r["Measure_short"] for r in csv.DictReader(file)}
    for s in standard_indicators().values():
        if s.lait_topic:
            assert known[s.lait_topic, s.lait_measure] == s.lait_code, s.indicator_id
