"""Seats, terms and the report on them."""

from dataclasses import replace
from datetime import date

import pytest

from governance.conformance import report
from governance.faults import RuleError
from governance.model import Origin, Verdict
from governance.roster import seats_on
from governance.rulebook import Rulebooks
from governance.values import Span, Truth, day, number, word
from governance.verify import counterexample, stuck, walk
from governance.world import World, body_row
from tests.example import BOOK, BOOKS, REFEREE, YEAR_SHARE, Pen, decided, on, size


def group(*towns: str, last_days: dict[str, Span] | None = None) -> Pen:
    """Three seats: one for each town, the rest without a recorded holder; the terms' starts are not known."""
    pen = Pen(origin=Origin.HISTORY)
    pen.add("group", "body")
    pen.fact("group", "places", number(3))
    for place in range(1, 4):
        pen.add(f"seat-{place}", "seat", body="group")
    for place, town in enumerate(towns, 1):
        term = f"seat-{place}/1"
        pen.add(term, "term", seat=f"seat-{place}", organisation=town)
        pen.fact(term, "from", Span(None, date(2025, 9, 9)))
        if last_days and town in last_days:
            pen.fact(term, "last_day", last_days[town])
    return pen


def verdict(pen: Pen, day: date, rule: str, subject: str = "group") -> Verdict:
    found = seats_on(pen.record(day), BOOK, day, "group").findings
    return next(each.verdict for each in found if each.rule == rule and each.subject == subject)


def test_three_towns_are_undecided_while_one_seat_has_no_recorded_holder():
    pen = group("Ask", "Birk")
    assert verdict(pen, date(2025, 9, 9), "three-towns") is Verdict.UNKNOWN


def test_three_towns_are_kept_when_three_different_ones_sit():
    assert verdict(group("Ask", "Birk", "El"), date(2025, 9, 9), "three-towns") is Verdict.KEPT


def test_three_towns_are_broken_when_two_seats_have_the_same_town():
    assert verdict(group("Ask", "Birk", "Birk"), date(2025, 9, 9), "three-towns") is Verdict.BROKEN


def test_the_last_day_of_a_term_still_counts_and_the_day_after_does_not():
    pen = group("Ask", "Birk", "El", last_days={"El": on(2025, 9, 9)})
    assert verdict(pen, date(2025, 9, 9), "three-towns") is Verdict.KEPT
    assert verdict(pen, date(2025, 9, 10), "three-towns") is Verdict.BROKEN


def test_a_vacant_seat_asks_for_a_call_that_is_unknown_until_recorded():
    pen = group("Ask", "Birk", "El", last_days={"El": on(2025, 9, 9)})
    assert verdict(pen, date(2025, 9, 9), "called", "seat-3") is Verdict.NOT_APPLICABLE
    assert verdict(pen, date(2025, 9, 10), "called", "seat-3") is Verdict.UNKNOWN
    pen.add("call-1", "call", on(2025, 9, 15), seat="seat-3")
    pen.fact("call-1", "via", word("letter"), on(2025, 9, 15))
    assert verdict(pen, date(2025, 9, 15), "called", "seat-3") is Verdict.KEPT


def test_a_spread_is_held_against_the_reading_in_force_on_the_date():
    pen = group("Ask", "Birk", "El")
    assert verdict(pen, date(2026, 12, 31), "spread") is Verdict.KEPT
    assert verdict(pen, date(2027, 1, 1), "spread") is Verdict.KEPT
    fewer = group("Birk", "El", last_days={})
    fewer.add("seat-3/1", "term", seat="seat-3", organisation="Birk")
    fewer.fact("seat-3/1", "from", on(2025, 1, 1))
    assert verdict(fewer, date(2026, 12, 31), "spread") is Verdict.BROKEN
    assert verdict(fewer, date(2027, 1, 1), "spread") is Verdict.BROKEN


@pytest.mark.parametrize(
    ("begins", "ends", "expected"),
    [
        (on(2024, 2, 29), on(2026, 2, 28), Verdict.KEPT),
        (on(2024, 3, 1), on(2026, 3, 1), Verdict.KEPT),
        (on(2024, 3, 1), on(2026, 2, 28), Verdict.BROKEN),
        (
            Span(date(2024, 3, 1), date(2024, 3, 31)),
            Span(date(2026, 3, 1), date(2026, 3, 31)),
            Verdict.UNKNOWN,
        ),
    ],
)
def test_a_term_of_two_years_ends_on_its_second_anniversary(begins, ends, expected):
    pen = Pen()
    pen.add("seat-1", "seat", body="group")
    pen.add("seat-1/1", "term", seat="seat-1", organisation="Ask")
    pen.fact("seat-1/1", "from", begins)
    pen.fact("seat-1/1", "to", ends)
    assert verdict(pen, date(2025, 9, 9), "two-years", "seat-1/1") is expected


def clauses(pen: Pen, day: date) -> dict[str, Verdict | None]:
    return {each.clause.id: each.verdict for each in report(pen.events, BOOKS, day).clauses}


def test_a_report_gives_every_clause_its_verdict_and_none_to_what_no_machine_can_check():
    pen = group("Ask", "Birk", "El")
    pen.add("meeting-1", "meeting", body="group")
    pen.fact("meeting-1", "date", Span(date(2025, 3, 1), date(2025, 3, 31)))
    found = clauses(pen, date(2025, 9, 9))
    assert found["C4"] is Verdict.KEPT
    assert found["C5"] is Verdict.UNKNOWN
    assert found["C7"] is Verdict.UNKNOWN
    assert found["C9"] is None
    assert found["C2"] is Verdict.NOT_APPLICABLE


def test_an_order_from_before_the_tool_is_unknown_until_the_record_is_complete_and_then_broken():
    pen = Pen(origin=Origin.HISTORY)
    pen.add("W")
    pen.step("W", "order", Span(None, date(2025, 9, 9)))
    assert clauses(pen, date(2025, 9, 9))["C2"] is Verdict.UNKNOWN
    pen.complete("W", on(2025, 9, 10))
    assert clauses(pen, date(2025, 9, 9))["C2"] is Verdict.UNKNOWN
    assert clauses(pen, date(2025, 9, 10))["C2"] is Verdict.BROKEN


def test_minutes_entered_later_mend_the_verdict_on_an_order_that_came_after_the_decision():
    pen = Pen(origin=Origin.HISTORY)
    pen.add("W", when=on(2025, 1, 1))
    pen.fact("W", "size", size("S"))
    pen.step("W", "order", on(2025, 6, 1))
    pen.complete("W", on(2025, 6, 2))
    assert clauses(pen, date(2025, 7, 1))["C2"] is Verdict.BROKEN
    pen.step("W", "decide", on(2025, 5, 1))
    found = report(pen.events, BOOKS, date(2025, 7, 1))
    (order,) = [
        each.finding
        for clause in found.clauses
        for each in clause.findings
        if each.finding.rule == "decided-before-order" and not each.ahead
    ]
    assert order.verdict is Verdict.KEPT


def test_a_conditional_rule_on_a_step_not_yet_tried_is_reported_as_open():
    pen = decided(estimate=YEAR_SHARE)
    found = report(pen.events, BOOKS, date(2025, 3, 1))
    clause = next(each for each in found.clauses if each.clause.id == "C3")
    (ahead,) = [each for each in clause.findings if each.ahead]
    assert (ahead.finding.rule, ahead.finding.verdict) == ("big-needs-council", Verdict.OPEN)


def test_no_rulebook_is_guessed_for_a_date_none_covers():
    with pytest.raises(RuleError, match="no-rulebook-on-date") as caught:
        report([], BOOKS, date(2023, 12, 31))
    assert "2024-01-01" in caught.value.faults[0].help


def test_a_step_is_judged_by_the_rulebook_of_its_day():
    later = replace(BOOK, from_=date(2025, 7, 1), digest="f" * 64, rules=(), clauses=BOOK.clauses[:3])
    books = Rulebooks((replace(BOOK, to=date(2025, 6, 30)), later))
    assert books.on(on(2025, 6, 30)).digest == "e" * 64
    assert books.on(on(2025, 7, 1)).digest == "f" * 64
    pen = decided(estimate=number(1))
    pen.step("W", "approve", on(2025, 2, 10))
    pen.step("W", "order", on(2025, 2, 11))
    found = report(pen.events, books, date(2025, 8, 1))
    assert found.clauses[2].verdict is Verdict.KEPT


@pytest.mark.parametrize("facts", [{"size": size("L")}, {"size": size("S")}, {}])
def test_a_walk_over_every_situation_finds_no_order_without_a_decision_and_nothing_stuck(facts):
    pen = Pen()
    pen.add("W")
    for name, value in facts.items():
        pen.fact("W", name, value)
    record = pen.record()
    walked = walk(REFEREE, record["W"], on(2025, 3, 1), record)

    def properly_ordered(found) -> bool:
        state, acts = found
        approved = ("approval", "council") in acts or facts == {"size": size("S")}
        return state != "ordered" or (("decision", "board") in acts and approved)

    assert len(walked.trails) >= 5
    assert counterexample(walked, properly_ordered) is None
    assert stuck(walked, lambda found: found[0] == "ordered") == ()


def test_a_walk_gives_the_shortest_trail_to_a_counterexample():
    pen = Pen()
    pen.add("W")
    record = pen.record()
    walked = walk(REFEREE, record["W"], on(2025, 3, 1), record)
    trail = counterexample(walked, lambda found: found[0] != "decided")
    assert trail is not None
    assert trail.steps == (("score", "group"), ("recommend", "group"), ("decide", "board"))


def test_seats_are_not_all_known_before_the_record_says_how_many_there_are():
    pen = Pen(origin=Origin.HISTORY)
    pen.add("seat-1", "seat", body="group")
    pen.add("seat-1/1", "term", seat="seat-1", organisation="Ask")
    pen.fact("seat-1/1", "from", on(2025, 1, 1))
    assert verdict(pen, date(2025, 9, 9), "three-towns") is Verdict.UNKNOWN
    pen.add("group", "body")
    pen.fact("group", "places", number(1))
    assert verdict(pen, date(2025, 9, 9), "three-towns") is Verdict.BROKEN


def test_whoever_takes_part_no_longer_is_not_counted():
    pen = Pen(origin=Origin.HISTORY)
    pen.add("group/guest", "participant", on(2025, 1, 1), body="group", organisation="guest")
    pen.fact("group/guest", "to", on(2025, 6, 30))
    there = {}
    for day_ in (date(2025, 6, 30), date(2025, 7, 1)):
        row = body_row("group", World(pen.record(day_), BOOK, day(day_)))
        there[day_] = row.lists["participants"].rows[0].there
    assert list(there.values()) == [Truth.TRUE, Truth.FALSE]


def test_the_completeness_of_another_body_does_not_close_the_meetings_of_a_year():
    pen = Pen(origin=Origin.HISTORY)
    pen.add("meeting-1", "meeting", body="group")
    pen.fact("meeting-1", "date", on(2025, 3, 1))
    pen.add("board", "body")
    pen.complete("board", on(2025, 12, 31))
    assert clauses(pen, date(2026, 1, 1))["C7"] is Verdict.UNKNOWN
    pen.add("group", "body")
    pen.complete("group", on(2025, 12, 31))
    found = [each.finding for each in report(pen.events, BOOKS, date(2026, 1, 1)).clauses[6].findings]
    assert {each.subject: each.verdict for each in found}["2025"] is Verdict.BROKEN


@pytest.mark.parametrize(("digest", "told"), [("e" * 64, False), ("a" * 64, True)])
def test_a_report_says_when_a_step_was_judged_by_rules_that_were_changed_since(digest, told):
    pen = decided(size=size("S"))
    pen.events = [replace(event, rulebook=digest) for event in pen.events]
    ours = [each.finding for each in report(pen.events, BOOKS, date(2025, 3, 1)).ours]
    changed = [each for each in ours if each.rule == "rulebook-unchanged"]
    assert bool(changed) is told
    assert all("siden er ændret" in each.text.da and each.verdict is Verdict.BROKEN for each in changed)
