"""Who gets a place and for which time, what is recorded of a term that ends, and what is only history."""

from dataclasses import replace
from datetime import date

import pytest

from governance.conditions.nodes import Fact
from governance.model import Added, Origin, Request, RequestError, Verdict
from governance.prose import say_finding
from governance.referee import Referee
from governance.values import Span, Truth, number, word
from governance.world import World, meeting_row, row_for, term_row
from tests.bolig_book import BOOK, REFEREE
from tests.dubu_book import REFEREE as DUBU
from tests.example import Pen, on

COUNCIL = "faellesraadet"
TODAY = on(2026, 5, 2)
MONTH = Span(date(2026, 5, 1), date(2026, 5, 31))


def council(*seats: str, places: int = 0, origin: Origin = Origin.LIVE, state: str = "besat") -> Pen:
    pen = Pen(origin=origin)
    pen.add(COUNCIL, "body")
    if places:
        pen.fact(COUNCIL, "places", number(places))
    for seat in seats:
        pen.write(seat, Added("seat", seat, {"body": COUNCIL}, state), on(2020, 1, 1))
    return pen


def sit(pen: Pen, name: str, begins: Span | None, ends: Span | None, seat: str, who: str = "Ahornhaven"):
    pen.add(name, "term", on(2000, 1, 1), seat=seat, organisation=who)
    for fact, when in (("from", begins), ("to", ends)):
        if when is not None:
            pen.fact(name, fact, when, on(2000, 1, 1))


def others(pen: Pen, name: str, at: Span = TODAY) -> tuple[dict[str, Truth], bool]:
    here = World(pen.record(), BOOK, at)
    listing = term_row(here.record[name], here).lists["others"]
    return {row.id: row.there for row in listing.rows}, listing.closed


# The terms at the same time


def test_a_term_sees_those_of_every_seat_that_share_a_day_with_it_and_no_others():
    pen = council("a", "b", "c", "d")
    pen.write("elsewhere", Added("seat", "elsewhere", {"body": "formanden"}), on(2020, 1, 1))
    sit(pen, "this", on(2026, 1, 1), on(2028, 1, 1), "a")
    sit(pen, "before", on(2024, 1, 1), on(2026, 1, 1), "a")
    sit(pen, "too-early", on(2024, 1, 1), on(2025, 12, 31), "b")
    sit(pen, "ahead", on(2028, 1, 1), on(2030, 1, 1), "c")
    sit(pen, "too-late", on(2028, 1, 2), on(2030, 1, 1), "d")
    sit(pen, "within", on(2027, 1, 1), on(2027, 2, 1), "d")
    sit(pen, "of-another-body", on(2026, 1, 1), on(2028, 1, 1), "elsewhere")
    assert others(pen, "this") == (dict.fromkeys(("before", "ahead", "within"), Truth.TRUE), True)


def test_the_last_day_counts_for_more_than_the_agreed_end_of_either():
    pen = council("a", "b")
    sit(pen, "this", on(2026, 1, 1), on(2028, 1, 1), "a")
    sit(pen, "left", on(2024, 6, 1), on(2026, 6, 1), "b")
    assert others(pen, "this")[0] == {"left": Truth.TRUE}
    pen.fact("left", "last_day", on(2025, 12, 31))
    assert others(pen, "this")[0] == {}
    assert others(pen, "left")[0] == {}


def test_a_term_given_up_before_it_began_is_at_the_time_of_none():
    pen = council("a", "b")
    sit(pen, "this", on(2026, 1, 1), on(2028, 1, 1), "a")
    sit(pen, "given-up", on(2026, 6, 1), on(2028, 6, 1), "b")
    pen.fact("given-up", "last_day", on(2026, 5, 1))
    assert others(pen, "this")[0] == {}


def test_dates_that_are_not_known_to_the_day_leave_it_open_whether_two_terms_meet():
    pen = council("a", "b", "c")
    sit(pen, "this", on(2026, 5, 15), on(2028, 5, 15), "a")
    sit(pen, "by-the-month", on(2024, 5, 1), MONTH, "b")
    sit(pen, "of-unknown-start", None, on(2027, 1, 1), "c")
    assert others(pen, "this")[0] == dict.fromkeys(("by-the-month", "of-unknown-start"), Truth.UNKNOWN)


def test_a_term_without_an_end_still_runs_today_and_may_run_later():
    pen = council("a", "b", "c")
    sit(pen, "endless", on(2024, 5, 1), None, "a")
    sit(pen, "now", on(2026, 5, 2), on(2028, 5, 2), "b")
    sit(pen, "later", on(2026, 5, 3), on(2028, 5, 3), "c")
    assert others(pen, "now")[0]["endless"] is Truth.TRUE
    assert others(pen, "later")[0]["endless"] is Truth.UNKNOWN


def test_a_seat_nothing_is_known_of_may_have_a_holder_then_until_its_record_is_complete():
    pen = council("a", "b", places=2, origin=Origin.HISTORY)
    sit(pen, "this", on(2026, 1, 1), on(2028, 1, 1), "a")
    assert others(pen, "this") == ({"b/?": Truth.UNKNOWN}, True)
    pen.complete("b", TODAY)
    assert others(pen, "this") == ({}, True)


def test_while_seats_are_not_told_of_there_may_be_further_terms():
    pen = council("a", places=2, origin=Origin.HISTORY)
    sit(pen, "this", on(2026, 1, 1), on(2028, 1, 1), "a")
    assert others(pen, "this") == ({}, False)


def test_a_term_names_its_place():
    pen = council("a")
    sit(pen, "this", on(2026, 1, 1), None, "a")
    here = World(pen.record(), BOOK, TODAY)
    assert term_row(here.record["this"], here).facts["place"] == word("a")


@pytest.mark.parametrize(("begins", "there"), [(on(2022, 1, 1), ["old"]), (on(2027, 1, 1), ["new", "this"])])
def test_a_term_sees_its_body_as_that_is_on_the_day_it_begins_ahead_or_past(begins, there):
    pen = council("a", "b")
    sit(pen, "old", on(2021, 1, 1), on(2022, 12, 31), "b")
    sit(pen, "new", on(2026, 1, 1), on(2028, 1, 1), "b")
    sit(pen, "this", begins, on(2022, 1, 1) if there == ["old"] else on(2029, 1, 1), "a")
    here = World(pen.record(), BOOK, TODAY)
    members = row_for(here.record["this"], here).links["body"].lists["members"].rows
    assert sorted(row.id for row in members if row.id != "this") == [each for each in there if each != "this"]


# What is recorded of the term that a step ends


def leave(**inputs: Span) -> Request:
    return Request("fratraed", COUNCIL, TODAY, inputs=inputs)


def held(last_day: Span | None = None) -> Pen:
    pen = council("a")
    sit(pen, "t", on(2024, 5, 1), on(2028, 5, 1), "a")
    if last_day is not None:
        pen.fact("t", "last_day", last_day)
    return pen


def test_a_recorded_last_day_is_not_overridden_by_leaving_on_another():
    record = held(on(2026, 4, 1)).record()
    with pytest.raises(RequestError) as error:
        REFEREE.decide(record["a"], leave(last_day=on(2026, 4, 30)), record)
    assert "the fact `last_day` is already recorded; correct it first" in str(error.value)


@pytest.mark.parametrize("recorded", [None, on(2026, 4, 1)])
def test_a_last_day_is_told_where_none_is_recorded_or_as_it_is_recorded(recorded):
    record = held(recorded).record()
    decision = REFEREE.decide(record["a"], leave(last_day=on(2026, 4, 1)), record)
    assert decision.allowed


def with_step(name: str, **changes: object) -> Referee:
    """The statutes with one step of a seat written otherwise."""
    process = BOOK.process_for("seat")
    steps = tuple(replace(step, **changes) if step.id == name else step for step in process.steps)
    changed = tuple(replace(each, steps=steps) if each is process else each for each in BOOK.processes)
    return Referee(replace(BOOK, processes=changed))


def test_an_input_given_again_takes_the_place_of_what_is_recorded_of_the_term():
    (asked,) = REFEREE.step_for(BOOK.process_for("seat"), "fratraed", "besat").inputs
    referee = with_step("fratraed", inputs=(replace(asked, again=True),))
    record = held(on(2026, 4, 1)).record()
    assert referee.decide(record["a"], leave(last_day=on(2026, 4, 30)), record).allowed


def test_what_nobody_says_of_the_term_to_end_is_what_is_recorded_before_it_is_the_default():
    (asked,) = REFEREE.step_for(BOOK.process_for("seat"), "fratraed", "besat").inputs
    referee = with_step("fratraed", inputs=(replace(asked, default=Fact("on", "request")),))
    for recorded, taken in ((None, TODAY), (on(2026, 4, 1), on(2026, 4, 1))):
        record = held(recorded).record()
        assert referee.with_defaults(record["a"], leave(), record).inputs == {"last_day": taken}


# A step that only tells of what was before


def test_a_step_of_history_is_refused_live_and_told_as_history():
    referee = with_step("tiltraed", history=True, rules=())
    record = council("a", state="valgt").record()
    live = Request("tiltraed", COUNCIL, TODAY)
    decision = referee.decide(record["a"], live, record)
    (finding,) = decision.blocking
    assert (finding.rule, finding.verdict, finding.clause) == ("tiltraed/history", Verdict.BROKEN, None)
    assert say_finding(finding, referee.rulebook).da == (
        "Skridtet fortæller kun, hvad der var før registret; brug det som historie"
    )
    told = referee.decide(record["a"], replace(live, origin=Origin.HISTORY), record)
    kept = next(each for each in told.findings if each.rule == "tiltraed/history")
    assert (told.allowed, kept.verdict) == (True, Verdict.KEPT)


def test_a_step_of_history_is_not_offered():
    record = council("a", state="valgt").record()
    offered = {each.request.step for each in REFEREE.next_steps(record["a"], TODAY, record)}
    without = with_step("tiltraed", history=True, rules=())
    assert "tiltraed" in offered
    assert {d.request.step for d in without.next_steps(record["a"], TODAY, record)} == offered - {"tiltraed"}
    assert "tiltraed" in with_step("tiltraed", rules=()).open_steps(record["a"], TODAY, record)
    assert "tiltraed" not in without.open_steps(record["a"], TODAY, record)


# The next release


def next_release(*dates: Span | None, meets: Span = TODAY):
    pen = council("a")
    pen.add("m", "meeting", body=COUNCIL)
    pen.fact("m", "date", meets)
    for number_, when in enumerate(dates):
        pen.add(f"r{number_}", "release", body=COUNCIL)
        if when is not None:
            pen.fact(f"r{number_}", "date", when)
    here = World(pen.record(), BOOK, TODAY)
    return meeting_row(here.record["m"], here).facts.get("next_release")


def test_the_next_release_is_the_first_from_the_day_of_the_meeting_on():
    assert next_release(on(2026, 9, 1), on(2026, 5, 2), on(2026, 5, 1)) == on(2026, 5, 2)
    assert next_release(on(2026, 5, 1)) is None
    assert next_release() is None


def test_a_release_that_may_lie_after_the_meeting_widens_the_date_of_the_next():
    assert next_release(MONTH, on(2026, 9, 1)) == Span(date(2026, 5, 2), date(2026, 9, 1))
    assert next_release(MONTH) == Span(date(2026, 5, 2), None)
    assert next_release(None, on(2026, 9, 1)) == Span(date(2026, 5, 2), date(2026, 9, 1))


def test_a_release_known_to_the_month_and_one_within_it_are_both_perhaps_the_next():
    whole = Span(date(2026, 6, 1), date(2026, 6, 30))
    assert next_release(whole, on(2026, 6, 15)) == Span(date(2026, 6, 1), date(2026, 6, 15))


def test_where_the_day_of_the_meeting_is_not_known_nor_is_the_release_that_follows_it():
    assert next_release(on(2026, 5, 15), on(2026, 9, 1), meets=MONTH) == Span(
        date(2026, 5, 15), date(2026, 9, 1)
    )
    assert next_release(None, meets=Span(None, date(2026, 5, 31))) == Span()


def test_in_dubu_a_second_notice_of_another_last_day_is_refused_until_the_first_is_corrected():
    pen = Pen()
    pen.add("referencegruppen", "body")
    pen.write("plads-1", Added("seat", "", {"body": "referencegruppen"}, "udloeber"), on(2024, 1, 1))
    sit(pen, "t", on(2025, 1, 1), on(2027, 1, 1), "plads-1", "Horsens")
    pen.fact("t", "last_day", on(2027, 1, 1))
    record = pen.record()
    second = Request("varsl", "kombit", TODAY, inputs={"last_day": on(2026, 12, 1)}, reason="flytning")
    with pytest.raises(RequestError, match="the fact `last_day` is already recorded; correct it first"):
        DUBU.decide(record["plads-1"], second, record)
    same = replace(second, inputs={"last_day": on(2027, 1, 1)})
    assert DUBU.decide(record["plads-1"], same, record).allowed
