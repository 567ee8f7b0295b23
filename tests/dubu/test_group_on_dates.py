"""The demo's group on the days around its meeting, and what follows: each finding with its reason."""

from datetime import UTC, date, datetime

import pytest

from governance.model import Force, Verdict
from governance.service import (
    check_seats,
    forecast_seats,
    load_demo,
    open_governance,
    record_fact,
    record_thing,
    seats,
    seats_over_time,
)

BEFORE, MEETING, AFTER, NEW_YEAR, NEW_REGIONS = (
    "2025-09-08",
    "2025-09-09",
    "2025-09-10",
    "2026-01-01",
    "2027-01-01",
)
LATER = (AFTER, NEW_YEAR, NEW_REGIONS)
EVERY_DAY = (BEFORE, MEETING, *LATER)
KNOWN = {
    "plads-1": "Horsens",
    "plads-2": "Middelfart",
    "plads-3": "Lolland",
    "plads-4": "Køge",
    "plads-5": "Fredensborg",
    "plads-6": "Aalborg",
    "plads-7": "Glostrup",
    "plads-8": "Fredericia",
}
ENDED = ("plads-2", "plads-6", "plads-8")
STAYED = tuple(seat for seat in KNOWN if seat not in ENDED)
GROUP = "referencegruppen"


def opened(path):
    gov = open_governance(f"sqlite:///{path}/demo.db", now=lambda: datetime(2027, 6, 1, 9, tzinfo=UTC))
    load_demo(gov)
    return gov


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The demo as shipped; nothing is added to it."""
    return opened(tmp_path_factory.mktemp("group"))


@pytest.fixture
def group(tmp_path):
    """The demo to carry on with."""
    return opened(tmp_path)


def findings(gov, day, clause, rule):
    """What a rule says of each thing on a day; the clause it names and its force belong to the question."""
    found = [each for each in seats(gov, GROUP, on=day).findings if each.rule == rule]
    assert {each.clause for each in found} <= {clause}
    return {each.subject: each for each in found}


def term(seat):
    return f"{KNOWN[seat]} ({seat})"


FIVE = "Fredensborg, Glostrup, Horsens, Køge, Lolland og 1 ikke registreret"
EIGHT = "Aalborg, Fredensborg, Fredericia, Glostrup, Horsens, Køge, Lolland, Middelfart og 1 ikke registreret"
TWO_REGIONS = "2–3 (Region Midtjylland, Region Østdanmark og 1 ikke registreret), mindre end 4"
THREE_REGIONS = (
    "3–4 (Region Hovedstaden, Region Midtjylland, Region Sjælland og 1 ikke registreret), mindre end 5"
)
FIVE_REGIONS = (
    "5–6 (Region Hovedstaden, Region Midtjylland, Region Nordjylland, Region Sjælland, Region Syddanmark"
    " og 1 ikke registreret)"
)
BOTH_SIZES = "der er et medlem, hvor indbyggertallet er mindre end 43.171½"
NOT_TOLD = "er mindst 0, så det er uafgjort"

COMPOSITION = [
    ("K06", "ni-kommuner", Force.MUST, BEFORE, Verdict.UNKNOWN, NOT_TOLD),
    ("K06", "ni-kommuner", Force.MUST, MEETING, Verdict.UNKNOWN, f"er 8–9 ({EIGHT})"),
    *(("K06", "ni-kommuner", Force.MUST, day, Verdict.BROKEN, f"er 5–6 ({FIVE}), ikke 9") for day in LATER),
    ("K07", "geografisk-spredning", Force.SHOULD, BEFORE, Verdict.UNKNOWN, NOT_TOLD),
    ("K07", "geografisk-spredning", Force.SHOULD, MEETING, Verdict.KEPT, FIVE_REGIONS),
    ("K07", "geografisk-spredning", Force.SHOULD, AFTER, Verdict.BROKEN, THREE_REGIONS),
    ("K07", "geografisk-spredning", Force.SHOULD, NEW_YEAR, Verdict.BROKEN, THREE_REGIONS),
    ("K07", "geografisk-spredning", Force.SHOULD, NEW_REGIONS, Verdict.BROKEN, TWO_REGIONS),
    ("K07", "store-og-smaa", Force.SHOULD, BEFORE, Verdict.UNKNOWN, "listen er ikke erklæret komplet"),
    *(
        ("K07", "store-og-smaa", Force.SHOULD, day, Verdict.KEPT, BOTH_SIZES)
        for day in (MEETING, AFTER, NEW_YEAR, NEW_REGIONS)
    ),
    *(
        ("K08", "ledelseskompetence", Force.SHOULD, day, Verdict.UNKNOWN, "er 0–1")
        for day in (MEETING, AFTER)
    ),
    *(
        ("K04b", "superbruger-i-egen-kommune", Force.MUST, day, Verdict.UNKNOWN, "antallet af superbrugere")
        for day in EVERY_DAY
    ),
    ("K10", "to-observatoerer", Force.MUST, BEFORE, Verdict.UNKNOWN, "listen er ikke erklæret komplet"),
    *(
        ("K10", "to-observatoerer", Force.MUST, day, Verdict.KEPT, "organisationen er Socialstyrelsen")
        for day in (MEETING, *LATER)
    ),
    ("K11", "kombit-leder", Force.MUST, BEFORE, Verdict.UNKNOWN, "listen er ikke erklæret komplet"),
    *(
        ("K11", "kombit-leder", Force.MUST, day, Verdict.KEPT, "organisationen er KOMBIT")
        for day in (MEETING, *LATER)
    ),
]


@pytest.mark.parametrize(("clause", "rule", "force", "day", "verdict", "evidence"), COMPOSITION)
def test_the_composition_and_spread_of_the_group_on_a_day(told, clause, rule, force, day, verdict, evidence):
    (found,) = findings(told, day, clause, rule).values()
    assert (found.force, found.verdict, found.subject) == (force, verdict, GROUP)
    assert evidence in found.because.da


@pytest.mark.parametrize("day", [MEETING, *LATER])
def test_k12_two_years_are_unknown_for_all_eight_terms_for_want_of_a_start(told, day):
    found = findings(told, day, "K12", "to-aar")
    assert {subject: (each.force, each.verdict) for subject, each in found.items()} == {
        term(seat): (Force.DEFAULT, Verdict.UNKNOWN) for seat in KNOWN
    }
    for seat in KNOWN:
        end = "Udløbet er senest 9. september 2025" if seat in ENDED else "Udløbet er ikke registreret"
        assert f"{end}, så det er uafgjort, om det er 2 år efter begyndelsen" in found[term(seat)].because.da


@pytest.mark.parametrize("day", [MEETING, *LATER])
def test_k13_it_is_not_recorded_that_the_municipalities_are_connected_and_wished_for_the_place(told, day):
    found = findings(told, day, "K13", "efterfoelger-er-tilsluttet")
    assert {(each.force, each.verdict) for each in found.values()} == {(Force.MUST, Verdict.UNKNOWN)}
    assert all("Tilslutning til DUBU" in each.because.da for each in found.values())
    assert len(found) == len(KNOWN)


def test_before_the_day_of_the_list_nothing_is_told_of_seats_and_terms(told):
    assert seats(told, GROUP, on=BEFORE).seats == ()
    assert findings(told, BEFORE, "K12", "to-aar") == {}


@pytest.mark.parametrize(("day", "vacant"), [(MEETING, ()), *((day, ENDED) for day in LATER)])
def test_k13_and_k14_of_a_vacant_seat_are_unknown_because_no_deadline_is_set(told, day, vacant):
    filled = findings(told, day, "K13", "ledig-plads-besaettes")
    call = findings(told, day, "K14", "opslag-i-nyhedsbrev")
    for seat in KNOWN:
        if seat in vacant:
            assert (filled[seat].verdict, call[seat].verdict) == (Verdict.UNKNOWN, Verdict.UNKNOWN)
            assert "ingen frist" in filled[seat].because.da
            assert "Pladsens besættelse: nej" in filled[seat].because.da
            assert "Det er ikke registreret, at der er et opslag" in call[seat].because.da
        else:
            assert (filled[seat].verdict, call[seat].verdict) == (Verdict.KEPT, Verdict.NOT_APPLICABLE)
            assert call[seat].because.da == "Pladsens besættelse: ja"
    assert {each.force for each in (*filled.values(), *call.values())} == {Force.MUST}
    assert (filled["plads-9"].verdict, call["plads-9"].verdict) == (Verdict.UNKNOWN, Verdict.UNKNOWN)
    assert "Pladsens besættelse er ikke registreret" in filled["plads-9"].because.da


# ------------------------------------------------------------------------------------------ over time


def stretches(view, rule):
    (found,) = [each for each in view.rules if each.rule == rule]
    return [(each.from_, each.to, each.verdict) for each in found.stretches]


def test_every_day_from_8_september_2025_to_1_january_2027_is_told_in_a_few_stretches(told):
    view = check_seats(told, from_=BEFORE, to=NEW_REGIONS)
    assert view.judged == 4
    assert not view.holds
    assert stretches(view, "ni-kommuner") == [
        (BEFORE, BEFORE, Verdict.UNKNOWN),
        (MEETING, MEETING, Verdict.UNKNOWN),
        (AFTER, NEW_REGIONS, Verdict.BROKEN),
    ]
    assert stretches(view, "geografisk-spredning") == [
        (BEFORE, BEFORE, Verdict.UNKNOWN),
        (MEETING, MEETING, Verdict.KEPT),
        (AFTER, "2026-12-31", Verdict.BROKEN),
        (NEW_REGIONS, NEW_REGIONS, Verdict.BROKEN),
    ]


@pytest.mark.parametrize("day", EVERY_DAY)
def test_a_span_says_of_each_day_what_is_said_of_that_day_alone(told, day):
    view = check_seats(told, from_=BEFORE, to="2027-12-31")
    in_span = {
        (rule.rule, subject, stretch.verdict, stretch.because)
        for rule in view.rules
        for stretch in rule.stretches
        if stretch.from_ <= day <= stretch.to
        for subject in stretch.subjects
    }
    alone = {
        (each.rule, each.subject, each.verdict, each.because) for each in seats(told, GROUP, on=day).findings
    }
    assert in_span == alone


def test_9_september_2025_is_a_cluster_of_three_and_no_call_is_recorded(told):
    view = forecast_seats(told, on=MEETING)
    assert [(each.seat, each.organisation, each.last_day) for each in view.endings] == [
        (seat, KNOWN[seat], MEETING) for seat in ENDED
    ]
    for each in view.endings:
        assert each.told.da == "sidste dag er registreret"
        assert each.call.called is False
        assert each.call.said.da == "Intet opslag er registreret"
        assert [asked.id for asked in each.call.asked_by] == ["K14"]
        assert each.call.deadline.da.startswith("Reglerne sætter ingen frist, og ingen er registreret")
        assert each.call.deadline.da.endswith("senest 9. september 2025")
        assert each.meeting == "moede-2025-09-09"
        assert each.announce.da.endswith("inden da: Referencegruppens møde den 9. september 2025")
    (cluster,) = view.clusters
    assert (cluster.month.da, cluster.days.da) == ("september 2025", "9. september 2025")
    assert (cluster.seats, cluster.over) == (ENDED, False)
    assert view.vacant == ()


def test_the_day_after_nine_municipalities_and_two_regions_are_lost(told):
    (lost,) = forecast_seats(told, on=MEETING).lost
    assert (lost.on, set(lost.organisations)) == (AFTER, {KNOWN[seat] for seat in ENDED})
    assert {each.rule: (each.clause, each.force, each.had, each.has) for each in lost.losses} == {
        "ni-kommuner": ("K06", Force.MUST, Verdict.UNKNOWN, Verdict.BROKEN),
        "geografisk-spredning": ("K07", Force.SHOULD, Verdict.KEPT, Verdict.BROKEN),
    }
    gone = {each.rule: [word.label.da for word in each.gone] for each in lost.losses}
    assert gone["ni-kommuner"] == ["Aalborg", "Fredericia", "Middelfart"]
    assert gone["geografisk-spredning"] == ["Region Nordjylland", "Region Syddanmark"]


@pytest.mark.parametrize("day", LATER)
def test_afterwards_the_three_seats_stand_empty_since_10_september_and_five_have_no_end(told, day):
    view = forecast_seats(told, on=day)
    assert [(each.seat, each.since.da, each.organisation) for each in view.vacant] == [
        (seat, "10. september 2025", KNOWN[seat]) for seat in ENDED
    ]
    assert all(each.call.called is False for each in view.vacant)
    assert view.endings == ()
    assert view.unended == tuple((seat, KNOWN[seat]) for seat in STAYED)
    assert view.unknown == ("plads-9",)
    assert [(each.seats, each.over) for each in view.clusters] == [(ENDED, True)]


def test_a_call_in_the_newsletter_keeps_k14_from_its_day_on_and_shows_in_the_forecast(group):
    record_thing(
        group,
        "opslag-1",
        "call",
        links={"seat": "plads-2"},
        facts={"on": "2025-10-01", "via": "nyhedsbrev"},
        on="2025-10-01",
        source="nyhedsbrevet",
    )
    assert findings(group, "2025-09-30", "K14", "opslag-i-nyhedsbrev")["plads-2"].verdict is Verdict.UNKNOWN
    assert findings(group, "2025-10-01", "K14", "opslag-i-nyhedsbrev")["plads-2"].verdict is Verdict.KEPT
    called = {each.seat: each.call for each in forecast_seats(group, on="2025-10-01").vacant}
    assert called["plads-2"].called is True
    assert called["plads-2"].said.da.startswith("Opslag er registreret: 1. oktober 2025 (")
    assert called["plads-6"].called is False


def test_once_a_deadline_is_agreed_an_empty_seat_is_open_until_it_and_broken_after(group):
    record_fact(group, "plads-2", "besaettes-senest", "2026-03-31", source="referat", on="2025-10-01")
    view = check_seats(group, from_=AFTER, to="2026-12-31")
    (filled,) = [rule for rule in view.rules if rule.rule == "ledig-plads-besaettes"]
    found = [(each.from_, each.to, each.verdict) for each in filled.stretches if "plads-2" in each.subjects]
    assert found == [
        (AFTER, "2025-09-30", Verdict.UNKNOWN),
        ("2025-10-01", "2026-03-31", Verdict.OPEN),
        ("2026-04-01", "2026-12-31", Verdict.BROKEN),
    ]
    (vacant, *_) = forecast_seats(group, on=NEW_YEAR).vacant
    assert vacant.call.deadline.da == "Fristen for opslaget er 31. marts 2026"


def test_the_time_line_of_the_seats_is_certain_from_the_list_on_and_empty_after_the_meeting(told):
    view = seats_over_time(told, from_="2025-09-01", to="2026-12-31")
    lines = {line.seat: [(each.from_, each.held) for each in line.stretches] for line in view.seats}
    assert lines["plads-1"] == [("2025-09-01", "perhaps"), (MEETING, "certain")]
    assert lines["plads-2"] == [("2025-09-01", "perhaps"), (MEETING, "certain"), (AFTER, "vacant")]
    assert lines["plads-9"] == [("2025-09-01", "unknown")]
    assert date.fromisoformat(view.to) == date(2026, 12, 31)


def test_a_call_that_brought_the_last_holder_does_not_keep_k14_for_the_next_vacancy(group):
    def call(id_, day):
        facts = {"on": day, "via": "nyhedsbrev"}
        record_thing(
            group, id_, "call", links={"seat": "plads-2"}, facts=facts, on=day, source="nyhedsbrevet"
        )

    call("opslag-1", "2025-10-01")
    record_thing(
        group,
        "plads-2/Kolding",
        "term",
        links={"seat": "plads-2", "organisation": "Kolding"},
        facts={"from": "2025-11-01", "to": "2026-02-01"},
        on="2025-11-01",
        source="brev",
        origin="history",
    )
    kept = findings(group, "2025-10-31", "K14", "opslag-i-nyhedsbrev")["plads-2"]
    taken = findings(group, "2026-02-01", "K14", "opslag-i-nyhedsbrev")["plads-2"]
    again = findings(group, "2026-02-02", "K14", "opslag-i-nyhedsbrev")["plads-2"]
    assert (kept.verdict, taken.verdict) == (Verdict.KEPT, Verdict.NOT_APPLICABLE)
    assert again.verdict is Verdict.UNKNOWN  # no deadline is agreed
    assert "opslagets gyldighed for den nuværende ledighed er ja" in again.because.da
    call("opslag-2", "2026-01-15")
    assert findings(group, "2026-02-02", "K14", "opslag-i-nyhedsbrev")["plads-2"].verdict is Verdict.KEPT
