"""The round of September 2025: what the tool says of it, row by row, with the evidence."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from governance.cli import cli
from governance.model import Conflict, RequestError, Verdict
from governance.service import (
    advance,
    correct,
    declare_complete,
    item,
    load_demo,
    open_governance,
    record_fact,
    report,
    seats,
    steps,
    way,
)

TRACK = "ÆØ-1434/1"
BODIES = ["referencegruppen", "projektgruppen", "kommunestyregruppen", "kombit", "netcompany"]


def clock():
    return datetime(2027, 6, 1, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The demo as shipped; nothing is added to it."""
    gov = open_governance(f"sqlite:///{tmp_path_factory.mktemp('demo')}/demo.db", now=clock)
    assert load_demo(gov) > 100
    assert load_demo(gov) == 0
    return gov


@pytest.fixture
def round_(tmp_path):
    """The demo to carry on with."""
    gov = open_governance(f"sqlite:///{tmp_path}/demo.db", now=clock)
    load_demo(gov)
    return gov


def findings(gov, day, clause, rule=None, subject=None):
    found = next(each for each in report(gov, on=day).clauses if each.id == clause)
    return [
        each
        for each in found.findings
        if (rule is None or each.rule == rule) and (subject is None or each.subject == subject)
    ]


def one(gov, day, clause, rule=None, subject=None):
    (found,) = findings(gov, day, clause, rule, subject)
    return found


@pytest.mark.parametrize(
    ("day", "verdict", "evidence"),
    [
        (
            "2025-09-09",
            Verdict.UNKNOWN,
            (
                "8–9 (Aalborg, Fredensborg, Fredericia, Glostrup, Horsens, Køge, Lolland, Middelfart"
                " og 1 ikke registreret)"
            ),
        ),
        (
            "2025-09-10",
            Verdict.BROKEN,
            "5–6 (Fredensborg, Glostrup, Horsens, Køge, Lolland og 1 ikke registreret), ikke 9",
        ),
        (
            "2027-01-01",
            Verdict.BROKEN,
            "5–6 (Fredensborg, Glostrup, Horsens, Køge, Lolland og 1 ikke registreret), ikke 9",
        ),
    ],
)
def test_k06_nine_distinct_municipalities(told, day, verdict, evidence):
    found = one(told, day, "K06")
    assert found.verdict is verdict
    assert evidence in found.because.da


@pytest.mark.parametrize(
    ("day", "verdict", "regions"),
    [
        ("2025-09-09", Verdict.KEPT, None),
        (
            "2025-09-10",
            Verdict.BROKEN,
            "3–4 (Region Hovedstaden, Region Midtjylland, Region Sjælland og 1 ikke registreret)",
        ),
        (
            "2027-01-01",
            Verdict.BROKEN,
            "2–3 (Region Midtjylland, Region Østdanmark og 1 ikke registreret), mindre end 4",
        ),
    ],
)
def test_k07_geographic_spread_is_measured_against_the_regions_of_the_day(told, day, verdict, regions):
    found = one(told, day, "K07", "geografisk-spredning")
    assert found.verdict is verdict
    if regions:
        assert regions in found.because.da


def test_k07_eight_known_cover_five_regions_and_split_four_and_four_at_the_median(told):
    shown = seats(told, on="2025-09-09").seats
    sitting = [seat for seat in shown if seat.occupied == "ja"]
    known = [{label.da: value.da for label, value in seat.about} for seat in sitting]
    assert len(known) == 8
    assert len({about["regionen"] for about in known}) == 5
    median = one(told, "2025-09-09", "K07", "store-og-smaa")
    assert median.verdict is Verdict.KEPT
    larger = [about for about in known if int(about["indbyggertallet"].replace(".", "")) > 43171]
    assert len(larger) == 4


@pytest.mark.parametrize("day", ["2025-09-09", "2025-09-10"])
def test_k12_two_years_are_unknown_for_all_eight_because_no_start_is_recorded(told, day):
    found = findings(told, day, "K12", "to-aar")
    assert len(found) == 8
    assert {each.verdict for each in found} == {Verdict.UNKNOWN}
    ended = [each for each in found if "senest 9. september 2025" in each.because.da]
    assert len(ended) == 3


def test_k12_whether_the_three_last_days_are_the_ends_of_the_terms_is_unknown_because_no_end_has_a_day(told):
    found = findings(told, "2025-09-10", "K12", "varsles-til-udloebet")
    told_of = {each.subject: each.verdict for each in found}
    assert told_of == dict.fromkeys(("plads-2", "plads-6", "plads-8"), Verdict.UNKNOWN)


@pytest.mark.parametrize("day", ["2025-09-10", "2027-01-01"])
def test_k13_and_k14_no_call_is_recorded_and_the_text_gives_no_deadline(told, day):
    vacant = [each for each in findings(told, day, "K14") if each.verdict is not Verdict.NOT_APPLICABLE]
    assert {each.verdict for each in vacant} == {Verdict.UNKNOWN}
    assert all("ingen frist" in each.because.da for each in vacant)
    assert {each.verdict for each in findings(told, day, "K13", "ledig-plads-besaettes")} <= {
        Verdict.UNKNOWN,
        Verdict.KEPT,
    }


def test_k13_and_k14_on_the_day_of_the_meeting_no_known_seat_is_vacant_yet(told):
    found = {each.subject: each.verdict for each in findings(told, "2025-09-09", "K14")}
    assert found["plads-9"] is Verdict.UNKNOWN
    assert found["plads-2"] is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize("day", ["2025-09-09", "2025-09-10"])
def test_k15_two_meetings_a_year_are_unknown_until_minutes(told, day):
    found = one(told, day, "K15", subject="2025")
    assert found.verdict is Verdict.UNKNOWN
    assert "er mindst 1" in found.because.da


@pytest.mark.parametrize("day", ["2025-09-09", "2025-09-10"])
def test_k09_netcompany_is_not_on_the_list_and_unknown_until_minutes(told, day):
    assert one(told, day, "K09", subject="moede-2025-09-09").verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("day", ["2025-09-09", "2025-09-10"])
def test_k18_dispatch_is_unknown_and_ten_days_before_is_saturday_30_august(told, day):
    found = one(told, day, "K18", "dagsorden-ca-ti-dage-foer", "moede-2025-09-09")
    assert found.verdict is Verdict.UNKNOWN
    assert "omkring lørdag den 30. august 2025, fra 26. august 2025 til 2. september 2025" in found.because.da
    assert "about Saturday 30 August 2025" in found.because.en


ORDERED = ["tilbagemelding-02", "tilbagemelding-05", "tilbagemelding-06", "tilbagemelding-08"]
BEFORE_ORDER = [("K21", "indstillet-foer-bestilling"), ("K22", "besluttet-foer-bestilling")]


@pytest.mark.parametrize(("clause", "rule"), BEFORE_ORDER)
@pytest.mark.parametrize("row", ORDERED)
def test_k21_and_k22_an_order_told_by_the_agenda_is_unknown_until_the_record_is_complete(
    told, row, clause, rule
):
    found = one(told, "2025-09-09", clause, rule, row)
    assert found.verdict is Verdict.UNKNOWN
    assert "registreringen er ikke erklæret komplet" in found.because.da


@pytest.mark.parametrize(("clause", "rule"), BEFORE_ORDER)
def test_k21_and_k22_are_broken_once_the_record_is_declared_complete(round_, clause, rule):
    declare_complete(round_, ORDERED[0], on="2025-09-10", source="sekretariatet")
    assert one(round_, "2025-09-09", clause, rule, ORDERED[0]).verdict is Verdict.UNKNOWN
    assert one(round_, "2025-09-10", clause, rule, ORDERED[0]).verdict is Verdict.BROKEN
    assert one(round_, "2025-09-10", clause, rule, ORDERED[1]).verdict is Verdict.UNKNOWN


def test_k22_a_decision_told_of_the_group_is_reported_as_practice_against_the_text(told):
    found = one(told, "2025-09-09", "K22", "beslut/by", "henvendelse-4.3")
    assert found.verdict is Verdict.BROKEN
    assert "ikke af referencegruppen" in found.because.da


@pytest.mark.parametrize("day", ["2025-09-09", "2025-09-10", "2027-01-01"])
def test_k23_applies_to_the_integrated_track_so_it_is_open_until_approved(told, day):
    found = one(told, day, "K23", "stoerre-godkendes", TRACK)
    assert found.verdict is Verdict.OPEN
    assert "½–1 års" in found.because.da


@pytest.mark.parametrize("day", ["2025-09-09", "2025-09-10", "2027-01-01"])
def test_k23_does_not_apply_to_inquiry_4_2_on_either_branch(told, day):
    found = one(told, day, "K23", "stoerre-godkendes", "henvendelse-4.2")
    assert found.verdict is Verdict.NOT_APPLICABLE
    assert "XS eller M" in found.because.da


def test_inquiry_4_2_shows_what_size_m_would_mean_for_its_prioritisation(told):
    (order,) = [step for step in steps(told, "henvendelse-4.2", on="2025-09-09") if step.id == "bestil"]
    (rule,) = [each for each in order.findings if each.rule == "m-prioriteres-med"]
    assert rule.verdict is Verdict.UNKNOWN
    assert "prioriteres sammen med ændringsønskerne" in rule.because.da
    assert "XS eller M" in rule.because.da
    assert rule.mend is not None


def blocking(gov, name):
    (found,) = [step for step in steps(gov, TRACK) if step.id == name]
    return {each.rule: each for each in found.blocking}


def test_the_integrated_track_is_ordered_only_after_all_three_bodies_and_not_after_its_estimate_grows(round_):
    refused = advance(round_, TRACK, "bestil", "kombit")
    assert not refused.allowed
    larger = next(each for each in refused.findings if each.rule == "stoerre-godkendes")
    assert (larger.clause, larger.verdict) == ("K23", Verdict.UNKNOWN)
    assert larger.mend.da == "Få en godkendelse fra kommunestyregruppen"

    for step, body in [
        ("meld-klar", "kombit"),
        ("prioriter", "referencegruppen"),
        ("indstil", "referencegruppen"),
        ("beslut", "projektgruppen"),
    ]:
        for wrong in BODIES:
            if wrong != body:
                receipt = advance(round_, TRACK, step, wrong)
                assert not receipt.allowed
                (who,) = [each for each in receipt.findings if each.rule == f"{step}/by"]
                clause = {"meld-klar": None, "prioriter": "K20", "indstil": "K21", "beslut": "K22"}[step]
                assert (who.verdict, who.clause) == (Verdict.BROKEN, clause)
        assert advance(round_, TRACK, step, body).allowed, step

    assert set(blocking(round_, "bestil")) == {"stoerre-godkendes"}
    for wrong in BODIES:
        if wrong != "kommunestyregruppen":
            receipt = advance(round_, TRACK, "godkend", wrong)
            (who,) = [each for each in receipt.findings if each.rule == "godkend/by"]
            assert (receipt.allowed, who.clause) == (False, "K23")
    assert advance(round_, TRACK, "godkend", "kommunestyregruppen").allowed
    assert blocking(round_, "bestil") == {}

    record_fact(round_, TRACK, "estimat-aar", "3/2", source="leverandørens nye overslag")
    assert set(blocking(round_, "bestil")) == {"stoerre-godkendes"}
    assert "vokset" in blocking(round_, "bestil")["stoerre-godkendes"].because.da
    assert not advance(round_, TRACK, "bestil", "kombit").allowed
    assert advance(round_, TRACK, "godkend", "kommunestyregruppen").allowed
    for wrong in BODIES:
        if wrong != "kombit":
            receipt = advance(round_, TRACK, "bestil", wrong)
            (who,) = [each for each in receipt.findings if each.rule == "bestil/by"]
            assert (receipt.allowed, who.clause) == (False, None)
    assert advance(round_, TRACK, "bestil", "kombit").allowed
    assert item(round_, TRACK).line.state.id == "bestilt"


def test_the_way_to_an_order_names_who_must_act_and_each_step_is_allowed_when_its_turn_comes(round_):
    route = way(round_, TRACK, "bestilt")
    assert [leg.step.id for leg in route.legs] == [
        "meld-klar",
        "prioriter",
        "indstil",
        "beslut",
        "godkend",
        "bestil",
    ]
    for leg in route.legs:
        assert advance(round_, TRACK, leg.step.id, leg.by[0].id).allowed


def test_a_stale_version_is_a_conflict_and_an_undeclared_fact_is_unusable(round_):
    seen = item(round_, TRACK).line.version
    advance(round_, TRACK, "meld-klar", "kombit", version=seen)
    with pytest.raises(Conflict):
        advance(round_, TRACK, "prioriter", "referencegruppen", version=seen)
    with pytest.raises(RequestError, match="there is no fact `stoerrelse`; there are stemmer, prioritet"):
        advance(round_, TRACK, "prioriter", "referencegruppen", inputs={"stoerrelse": "S"})


def test_a_wrong_estimate_is_corrected_by_an_event_that_names_it(round_):
    wrong = next(fact for fact in item(round_, TRACK).facts if fact.id == "estimat-aar").event
    correct(round_, wrong, reason="læst forkert", value="1/5")
    now = next(fact for fact in item(round_, TRACK).facts if fact.id == "estimat-aar")
    assert now.value.da.startswith("0,2 års")
    assert any(event.corrected and event.number == wrong for event in item(round_, TRACK).events)


def test_the_command_line_gives_the_same_report_as_the_service(told):
    url = told.engine.url.render_as_string(hide_password=False)
    result = CliRunner().invoke(
        cli, ["report", "--json", "--on", "2025-09-10"], env={"GOVERNANCE_DATABASE_URL": url}
    )
    assert result.exit_code == 1, result.output
    shown = {each["id"]: each["verdict"] for each in json.loads(result.output)["clauses"]}
    assert shown["K06"] == "broken"
    assert shown["K20"] == "kept"
    assert shown["K01"] is None
