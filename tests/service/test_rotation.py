"""Rotation as a secretary asks about it: spans of days, what is coming, and the time line."""

from dataclasses import replace
from datetime import date

import pytest

from governance.model import Force, Text, Verdict
from governance.rulebook import Rulebooks
from governance.service import check_seats, forecast_seats, record_fact, record_thing, seats, seats_over_time
from tests.service.asking import problems

GROUP = "referencegruppen"
TOLD = {"on": "2025-01-01", "source": "listen"}


def seat(gov, id_="plads-1"):
    record_thing(gov, id_, "seat", links={"body": GROUP}, facts={}, **TOLD)


def held(gov, organisation, seat_="plads-1", **facts):
    links = {"seat": seat_, "organisation": organisation}
    record_thing(gov, f"{seat_}/{organisation}", "term", links=links, facts=facts, **TOLD)


@pytest.fixture
def pair(gov):
    """Two seats: one whose term ends with May 2026, one without a recorded end."""
    seat(gov)
    seat(gov, "plads-2")
    held(gov, "Horsens", **{"from": "2024-06-01", "to": "2026-05-31"})
    held(gov, "Aalborg", "plads-2", **{"from": "2025-01-01"})
    return gov


def rule(view, name):
    (found,) = [each for each in view.rules if each.rule == name]
    return found


# ------------------------------------------------------------------------------------------- spans


def test_each_rule_is_told_with_its_clause_force_and_stretches_in_words(pair):
    view = check_seats(pair, from_="2026-05-30", to="2026-12-31")
    filled = rule(view, "ledig-plads-besaettes")
    assert (filled.clause, filled.force, filled.label.da) == (
        "K13",
        Force.MUST,
        "En ledig plads går til et nyt medlem",
    )
    told = [(each.subjects, each.verdict, each.days.da, each.days.en) for each in filled.stretches]
    assert told == [
        (("plads-1",), Verdict.KEPT, "30. maj 2026 – 31. maj 2026", "30 May 2026 – 31 May 2026"),
        (("plads-2",), Verdict.KEPT, "30. maj 2026 – 31. december 2026", "30 May 2026 – 31 December 2026"),
        (("plads-1",), Verdict.UNKNOWN, "1. juni 2026 – 31. december 2026", "1 June 2026 – 31 December 2026"),
    ]
    assert "Pladsens besættelse: nej" in filled.stretches[2].because.da
    assert "The occupancy of the seat: no" in filled.stretches[2].because.en


def test_neighbouring_days_of_which_the_same_is_told_are_one_stretch_however_the_others_change(pair):
    view = check_seats(pair, from_="2026-05-01", to="2026-12-31")
    term = rule(view, "to-aar")
    assert [(each.from_, each.to, each.subjects) for each in term.stretches] == [
        ("2026-05-01", "2026-12-31", ("Horsens (plads-1)",)),
        ("2026-05-01", "2026-12-31", ("Aalborg (plads-2)",)),
    ]
    assert view.judged == 2


def test_a_thing_is_told_of_from_the_day_it_was_told(pair):
    record_thing(pair, "plads-3", "seat", links={"body": GROUP}, facts={}, on="2025-03-01", source="listen")
    filled = rule(check_seats(pair, from_="2025-02-01", to="2025-04-01"), "ledig-plads-besaettes")
    told = {each.subjects: (each.from_, each.to) for each in filled.stretches}
    assert told["plads-1", "plads-2"] == ("2025-02-01", "2025-04-01")
    assert told["plads-3",] == ("2025-03-01", "2025-04-01")


def test_a_term_told_of_within_the_span_is_named_by_who_holds_which_seat(pair):
    links = {"seat": "plads-2", "organisation": "Køge"}
    record_thing(pair, "x", "term", links=links, facts={}, on="2025-03-01", source="listen")
    term = rule(check_seats(pair, from_="2025-02-01", to="2025-04-01"), "to-aar")
    assert ("2025-03-01", ("Køge (plads-2)",)) in [(each.from_, each.subjects) for each in term.stretches]


def test_a_rule_that_was_away_for_a_month_is_told_of_before_and_after_it(pair):
    (book,) = pair.rulebooks.books
    without = tuple(each for each in book.rules if each.id != "ledig-plads-besaettes")
    books = (
        replace(book, to=date(2025, 2, 28)),
        replace(book, from_=date(2025, 3, 1), to=date(2025, 3, 31), digest="0" * 64, rules=without),
        replace(book, from_=date(2025, 4, 1), digest="1" * 64),
    )
    view = check_seats(replace(pair, rulebooks=Rulebooks(books)), from_="2025-02-01", to="2025-04-30")
    assert [(each.from_, each.to) for each in rule(view, "ledig-plads-besaettes").stretches] == [
        ("2025-02-01", "2025-02-28"),
        ("2025-04-01", "2025-04-30"),
    ]


def test_a_span_holds_when_no_must_and_no_default_is_broken_or_unknown(pair):
    view = check_seats(pair, from_="2026-01-01", to="2026-02-01")
    assert not view.holds
    kept = [
        replace(each, stretches=tuple(replace(stretch, verdict=Verdict.KEPT) for stretch in each.stretches))
        for each in view.rules
        if each.force is not Force.SHOULD
    ]
    loose = [each for each in view.rules if each.force is Force.SHOULD]
    assert {stretch.verdict for each in loose for stretch in each.stretches} & {
        Verdict.BROKEN,
        Verdict.UNKNOWN,
    }
    assert replace(view, rules=(*kept, *loose)).holds
    for wrong in (Verdict.BROKEN, Verdict.UNKNOWN):
        for force in (Force.MUST, Force.DEFAULT):
            stretch = replace(kept[-1].stretches[0], verdict=wrong)
            worse = replace(kept[-1], force=force, stretches=(stretch,))
            assert not replace(view, rules=(*kept, worse)).holds


def test_a_span_is_judged_as_the_record_was_known_on_an_earlier_day(pair, clock):
    clock.set("2025-12-01")
    record_fact(
        pair,
        "plads-2/Aalborg",
        "last_day",
        "2026-01-31",
        source="brev",
        on="2025-12-01",
        origin="history",
    )
    now = rule(check_seats(pair, from_="2026-02-01", to="2026-02-01"), "ledig-plads-besaettes")
    then = check_seats(pair, from_="2026-02-01", to="2026-02-01", known="2025-11-30")
    assert [each.verdict for each in now.stretches] == [Verdict.KEPT, Verdict.UNKNOWN]
    assert [each.verdict for each in rule(then, "ledig-plads-besaettes").stretches] == [Verdict.KEPT]
    assert then.known == "2025-11-30"


def test_by_default_the_body_with_seats_is_judged_today(pair):
    view = check_seats(pair)
    assert (view.body.id, view.from_, view.to) == (GROUP, "2025-11-20", "2025-11-20")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            {"from_": "2025-02-01", "to": "2025-01-01"},
            "the span ends (2025-01-01) before it begins (2025-02-01); turn the days around",
        ),
        ({"from_": "snart", "to": "2025-01-01"}, "`snart` is not a date"),
        ({"from_": "2025-01-01", "body": "referencegrupen"}, "did you mean `referencegruppen`?"),
        ({"from_": "2023-12-31", "to": "2024-01-01"}, "no rulebook covers 31 December 2023"),
    ],
)
def test_a_span_that_cannot_be_judged_is_told_why(pair, asked, said):
    (problem,) = problems(check_seats, pair, **asked)
    assert said in problem


def test_a_gap_between_two_rulebooks_within_the_span_is_told_with_its_first_day(pair):
    (book,) = pair.rulebooks.books
    later = replace(book, from_=date(2026, 3, 1), digest="0" * 64)
    gov = replace(pair, rulebooks=Rulebooks((replace(book, to=date(2026, 1, 31)), later)))
    (problem,) = problems(check_seats, gov, from_="2026-01-01", to="2026-06-01")
    assert "no rulebook covers 1 February 2026" in problem
    assert check_seats(gov, from_="2026-01-01", to="2026-01-31").judged == 1


# ------------------------------------------------------------------------------------ what is coming


def ending(gov, **asked):
    (found,) = forecast_seats(gov, GROUP, **asked).endings
    return found


def test_an_agreed_end_is_told_with_the_call_its_clause_and_what_there_is_to_say_of_the_day(pair):
    found = ending(pair)
    assert (found.seat, found.organisation, found.last_day) == ("plads-1", "Horsens", "2026-05-31")
    assert found.told == Text("udløbet er aftalt", "the end is agreed")
    assert found.call.called is False
    assert found.call.said == Text("Intet opslag er registreret", "No call is recorded")
    assert [each.id for each in found.call.asked_by] == ["K14"]
    assert found.call.deadline == Text(
        "Reglerne sætter ingen frist, og ingen er registreret; "
        "skal pladsen ikke stå tom nogen dag, så senest 31. maj 2026",
        "The rules set no deadline, and none is recorded; "
        "for the seat to stand empty on no day, no later than 31 May 2026",
    )
    assert (found.meeting, found.announce.en) == ("", "No meeting is known until then")


def test_the_last_meeting_planned_before_the_end_is_named_with_its_title_and_day(pair):
    for id_, when, title in (("m1", "2026-03-10", "Forårsmødet"), ("m2", "2026-09-08", "")):
        record_thing(pair, id_, "meeting", links={"body": GROUP}, facts={"date": when}, title=title, **TOLD)
    found = ending(pair)
    assert (found.meeting, found.announce.da) == (
        "m1",
        "Sidste kendte møde inden da: Forårsmødet (10. marts 2026)",
    )


@pytest.mark.parametrize(
    ("on", "called", "said"),
    [
        (
            "2024-12-31",
            False,
            "No call is recorded since the vacancy became known; the latest is 31 December 2024",
        ),
        ("2025-10-01", True, "A call is recorded: 1 October 2025"),
        ("2025", True, "A call is recorded: 2025"),
    ],
)
def test_a_call_is_told_and_whether_it_came_since_the_vacancy_was_known(pair, on, called, said):
    facts = {"on": on, "via": "nyhedsbrev"}
    record_thing(pair, "opslag", "call", links={"seat": "plads-1"}, facts=facts, on=on, source="brevet")
    found = ending(pair).call
    assert found.called is called
    assert found.said.en.startswith(said)


def test_a_call_made_after_the_day_asked_about_is_not_counted_yet(pair):
    facts = {"on": "2025-10-01", "via": "nyhedsbrev"}
    record_thing(pair, "opslag", "call", links={"seat": "plads-1"}, facts=facts, on="2025-10-01", source="x")
    assert ending(pair, on="2025-09-30").call.called is False
    assert ending(pair, on="2025-10-01").call.called is True


def test_who_is_recorded_to_follow_is_told_in_place_of_a_day(pair):
    held(pair, "Køge", **{"from": "2026-06-01"})
    found = ending(pair)
    assert found.heirs == ("Køge",)
    assert found.call.deadline.da.endswith("; Køge overtager pladsen")


def test_an_end_known_to_the_month_is_said_as_that_and_its_first_day_is_the_safe_one(gov):
    seat(gov)
    held(gov, "Horsens", **{"from": "2024-06", "to": "2026-05"})
    found = ending(gov)
    assert (found.when.da, found.last_day) == ("maj 2026", "")
    assert found.call.deadline.da.endswith("senest 1. maj 2026")


def test_an_end_known_only_by_its_latest_day_names_no_day_and_no_meeting(gov):
    seat(gov)
    held(gov, "Horsens", to="..2026-05-31")
    found = ending(gov)
    assert found.when.da == "senest 31. maj 2026"
    assert found.call.deadline.en.endswith("is not known well enough to say a day")
    assert found.announce.en == "The meeting cannot be named until the end is known better"


def test_what_has_no_recorded_end_and_what_stands_empty_is_told_apart(pair):
    assert forecast_seats(pair).unended == (("plads-2", "Aalborg"),)
    later = forecast_seats(pair, on="2026-08-01")
    assert [(each.seat, each.since.da, each.organisation) for each in later.vacant] == [
        ("plads-1", "1. juni 2026", "Horsens")
    ]
    assert later.vacant[0].call.deadline.en.endswith("the seat stands empty already")


def test_a_forecast_reaches_as_many_years_as_asked(pair):
    assert forecast_seats(pair, years=1, on="2025-05-30").endings == ()
    assert forecast_seats(pair, years=1, on="2025-05-31").until == "2026-05-31"
    assert len(forecast_seats(pair, years=1, on="2025-05-31").endings) == 1


@pytest.mark.parametrize("years", [0, -1, 51])
def test_a_forecast_of_no_years_or_too_many_is_refused(pair, years):
    (problem,) = problems(forecast_seats, pair, years=years)
    assert problem == f"`{years}` years cannot be foreseen; write 1 to 50"


def test_what_is_lost_is_told_in_words_and_days_without_a_loss_are_left_out(pair):
    (lost,) = forecast_seats(pair).lost
    assert (lost.on, lost.day.da, lost.organisations) == ("2026-06-01", "1. juni 2026", ("Horsens",))
    gone = {each.rule: [word.label.en for word in each.gone] for each in lost.losses}
    assert gone["ni-kommuner"] == ["Horsens"]
    assert gone["geografisk-spredning"] == ["Region Midtjylland"]
    held(pair, "Horsens", "plads-2", **{"from": "2025-02-01"})
    assert forecast_seats(pair).lost == ()


# ---------------------------------------------------------------------------------------- time line


def test_the_time_line_says_in_words_who_holds_each_seat_and_when_it_is_empty(pair):
    view = seats_over_time(pair, from_="2024-01-01", to="2026-12-31")
    first, second = view.seats
    assert [each.said.da for each in first.stretches] == [
        "ikke registreret, 1. januar 2024 – 31. maj 2024",
        "Horsens, 1. juni 2024 – 31. maj 2026",
        "ledig, 1. juni 2026 – 31. december 2026",
    ]
    assert [each.held for each in second.stretches] == ["unknown", "certain"]


def test_the_time_line_says_perhaps_of_who_may_have_held_a_seat(gov):
    seat(gov)
    held(gov, "Horsens", **{"from": "2025-03"})
    (line,) = seats_over_time(gov, from_="2025-03-01", to="2025-03-31").seats
    assert [each.said.en for each in line.stretches] == [
        "perhaps Horsens, 1 March 2025 – 30 March 2025",
        "Horsens, 31 March 2025",
    ]


def test_the_time_line_reaches_from_a_year_ago_to_two_years_ahead_and_knows_no_more_than_asked(pair, clock):
    view = seats_over_time(pair)
    assert (view.from_, view.to, view.body.id) == ("2024-11-20", "2027-11-20", GROUP)
    clock.set("2025-12-01")
    record_fact(
        pair,
        "plads-2/Aalborg",
        "last_day",
        "2026-01-31",
        source="brev",
        on="2025-12-01",
        origin="history",
    )
    assert len(seats_over_time(pair).seats[1].stretches) > len(
        seats_over_time(pair, known="2025-11-20").seats[1].stretches
    )
    assert problems(seats_over_time, pair, from_="2026-01-02", to="2026-01-01")


def test_an_empty_record_has_nothing_to_tell(gov):
    assert forecast_seats(gov).endings == ()
    assert seats_over_time(gov, GROUP).seats == ()
    assert seats(gov).body.id == check_seats(gov).body.id
