"""What the referee answers, and why."""

from dataclasses import replace
from fractions import Fraction

import pytest

from governance.conditions.reasons import ActAs, ComeTo, Do, Record, Supply
from governance.model import Force, Request, RequestError, Verdict
from governance.prose import ruled
from governance.referee import Referee
from governance.referee.machine import build_machine, move
from governance.values import Choice, Kind, Span, number, word
from tests.example import BOOK, REFEREE, WISHES, YEAR_SHARE, Pen, decided, on, size, verdicts


def decide(pen, step, body, when=on(2025, 3, 1), **inputs):
    record = pen.record()
    return REFEREE.decide(record["W"], Request(step, body, when, inputs=inputs), record)


def finding(decision, rule):
    return next(each for each in decision.findings if each.rule == rule)


def test_a_large_item_is_not_ordered_before_the_council_has_approved_it():
    decision = decide(decided(estimate=YEAR_SHARE), "order", "office")
    assert not decision.allowed
    blocked = finding(decision, "big-needs-council")
    assert (blocked.clause, blocked.force, blocked.verdict) == ("C3", Force.MUST, Verdict.BROKEN)
    assert blocked.ways == ((Do("W", ("approval",), ("council",)),),)
    (said,) = [told for told in ruled(decision, BOOK) if told.rule == "big-needs-council"]
    assert said.because.da == (
        "Store opgaver skal godkendes af rådet. En godkendelse fra rådet mangler"
        " – »big« (læsningen big): ja, størrelsen er ikke registreret; estimatet er ½–1 år"
    )
    assert said.mend is not None
    assert said.mend.en == "Obtain an approval from the council"


def test_a_large_item_is_ordered_after_the_right_bodies_have_acted():
    pen = decided(estimate=YEAR_SHARE)
    assert pen.step("W", "approve", on(2025, 2, 10)).allowed
    assert decide(pen, "order", "office").allowed


def test_a_small_item_needs_no_approval_and_says_why():
    decision = decide(decided(size=size("S")), "order", "office")
    assert decision.allowed
    assert finding(decision, "big-needs-council").verdict is Verdict.NOT_APPLICABLE


def test_an_item_of_unknown_size_is_not_ordered_and_either_fact_or_approval_mends_it():
    decision = decide(decided(), "order", "office")
    unknown = finding(decision, "big-needs-council")
    assert unknown.verdict is Verdict.UNKNOWN
    remedies = {type(way[0]) for way in unknown.ways}
    assert remedies == {Do, Record}


def test_a_size_that_is_one_of_two_small_ones_makes_the_rule_not_applicable():
    decision = decide(decided(size=size("S", "M")), "order", "office")
    assert finding(decision, "big-needs-council").verdict is Verdict.NOT_APPLICABLE


def test_a_size_that_may_be_large_leaves_the_rule_undecided():
    decision = decide(decided(size=size("M", "L")), "order", "office")
    assert finding(decision, "big-needs-council").verdict is Verdict.UNKNOWN


def test_an_approval_no_longer_covers_an_estimate_that_has_grown():
    pen = decided(estimate=YEAR_SHARE)
    pen.step("W", "approve", on(2025, 2, 10))
    pen.fact("W", "estimate", Span(Fraction(3, 2), Fraction(2)), on(2025, 2, 20))
    decision = decide(pen, "order", "office")
    assert finding(decision, "big-needs-council").verdict is Verdict.BROKEN
    (said,) = [told for told in ruled(decision, BOOK) if told.rule == "big-needs-council"]
    assert "vokset" in said.because.da
    assert pen.step("W", "approve", on(2025, 2, 21)).allowed
    assert decide(pen, "order", "office").allowed


def test_an_approval_still_covers_growth_within_the_tolerance():
    pen = decided(estimate=number(1))
    pen.step("W", "approve", on(2025, 2, 10))
    pen.fact("W", "estimate", number("11/10"), on(2025, 2, 20))
    assert decide(pen, "order", "office").allowed


def test_a_step_tried_from_the_wrong_state_by_the_wrong_body_still_has_all_its_rules_judged():
    pen = Pen()
    pen.add("W")
    decision = decide(pen, "order", "group")
    assert verdicts(decision) == {
        "order/by": "broken",
        "order/from": "broken",
        "decided-before-order": "broken",
        "big-needs-council": "unknown",
    }
    assert finding(decision, "order/by").clause is None
    assert finding(decision, "order/by").ways == ((ActAs(("office",)),),)
    assert finding(decision, "order/from").ways == ((ComeTo(("decided",)),),)


def test_a_step_that_asks_for_a_fact_says_which_is_missing():
    pen = Pen()
    pen.add("W")
    decision = decide(pen, "score", "group")
    missing = finding(decision, "score/inputs")
    assert (missing.verdict, missing.ways) == (Verdict.UNKNOWN, ((Supply("votes"),),))
    assert decide(pen, "score", "group", votes=number(3)).allowed


def test_a_request_may_not_supply_a_fact_its_step_does_not_declare():
    with pytest.raises(RequestError, match="the step `order` takes no fact `size`"):
        decide(decided(), "order", "office", size=size("S"))


def test_a_request_may_not_override_a_recorded_fact():
    pen = Pen()
    pen.add("W")
    pen.fact("W", "votes", number(3))
    with pytest.raises(RequestError, match="already recorded"):
        decide(pen, "score", "group", votes=number(4))


def test_a_fact_of_each_round_is_asked_for_again_after_a_reopening():
    pen = decided()
    assert pen.step("W", "reopen", on(2025, 3, 1)).allowed
    assert verdicts(decide(pen, "score", "group"))["score/inputs"] == "unknown"


def test_acts_from_before_a_reopening_no_longer_count_and_the_reason_says_so():
    pen = decided(estimate=YEAR_SHARE)
    pen.step("W", "approve", on(2025, 2, 10))
    pen.step("W", "reopen", on(2025, 3, 1))
    decision = decide(pen, "order", "office", on(2025, 4, 1))
    (said,) = [told for told in ruled(decision, BOOK) if told.rule == "decided-before-order"]
    assert said.verdict is Verdict.BROKEN
    assert "før sagen blev genåbnet" in said.because.da


def test_the_estimates_of_tracks_add_up_for_the_whole():
    pen = decided()
    for track, share in (("W/1", "1/5"), ("W/2", "1/10")):
        pen.add(track, "track", parent="W")
        pen.fact(track, "estimate", number(share))
    assert verdicts(decide(pen, "order", "office"))["big-needs-council"] == "broken"


def test_a_track_is_large_when_the_whole_it_belongs_to_is():
    pen = decided(estimate=number("1/5"))
    pen.add("P")
    pen.add("W", "track", parent="P")
    assert verdicts(decide(pen, "order", "office"))["big-needs-council"] == "not-applicable"
    pen.add("P/2", "track", parent="P")
    pen.fact("P/2", "estimate", number("1/5"))
    assert verdicts(decide(pen, "order", "office"))["big-needs-council"] == "broken"


def test_a_track_of_a_track_is_as_large_as_the_topmost_whole():
    pen = decided(size=size("S"))
    pen.add("P")
    pen.fact("P", "size", size("L"))
    pen.add("P/1", "track", parent="P")
    pen.add("W", "track", parent="P/1")
    assert verdicts(decide(pen, "order", "office"))["big-needs-council"] == "broken"


def test_an_approval_of_a_track_no_longer_covers_it_when_the_whole_has_grown():
    pen = decided(estimate=number("1/2"))
    pen.add("P")
    pen.add("W", "track", parent="P")
    pen.add("P/2", "track", parent="P")
    pen.fact("P/2", "estimate", number("1/8"))
    pen.step("W", "approve", on(2025, 2, 10))
    assert decide(pen, "order", "office").allowed
    pen.fact("P/2", "estimate", number(5), on(2025, 2, 11))
    assert verdicts(decide(pen, "order", "office"))["big-needs-council"] == "broken"


def test_an_approval_of_a_whole_no_longer_covers_it_when_its_tracks_come_to_more():
    pen = decided(estimate=number("1/2"))
    pen.step("W", "approve", on(2025, 2, 10))
    pen.add("W/1", "track", on(2025, 2, 11), parent="W")
    pen.fact("W/1", "estimate", number(5), on(2025, 2, 11))
    assert verdicts(decide(pen, "order", "office"))["big-needs-council"] == "broken"


def test_a_request_is_judged_on_the_facts_dated_no_later_than_it():
    pen = decided(size=size("L"))
    pen.fact("W", "size", size("S"), on(2025, 10, 1))
    assert verdicts(decide(pen, "order", "office", on(2025, 9, 30)))["big-needs-council"] == "broken"
    assert verdicts(decide(pen, "order", "office", on(2025, 10, 1)))["big-needs-council"] == "not-applicable"


def test_an_older_fact_written_down_later_does_not_displace_a_newer_one():
    pen = decided()
    pen.fact("W", "size", size("L"), on(2025, 9, 10))
    pen.fact("W", "size", size("S"), on(2025, 9, 2))
    assert verdicts(decide(pen, "order", "office", on(2025, 9, 12)))["big-needs-council"] == "broken"


def test_next_steps_lists_every_step_of_the_process_and_agrees_with_decide():
    pen = decided(estimate=YEAR_SHARE)
    record = pen.record()
    listed = REFEREE.next_steps(record["W"], on(2025, 3, 1), record)
    assert [decision.request.step for decision in listed] == [step.id for step in WISHES.steps]
    assert [decision.request.step for decision in listed if decision.allowed] == ["approve", "reopen"]
    for decision in listed:
        assert REFEREE.decide(record["W"], decision.request, record) == decision


def test_a_rule_that_cannot_be_judged_refuses_and_says_so():
    pen = decided(estimate=word("mange"))
    decision = decide(pen, "order", "office")
    broken = finding(decision, "big-needs-council")
    assert not decision.allowed
    assert broken.verdict is Verdict.UNKNOWN
    assert broken.text is not None
    assert "could not be judged" in broken.text.en


def test_an_unknown_step_and_a_kind_without_process_are_named():
    with pytest.raises(RequestError, match="no step is called `bestil`"):
        decide(decided(), "bestil", "office")
    pen = Pen()
    pen.add("W", "meeting")
    with pytest.raises(RequestError, match="`meeting` has no process"):
        decide(pen, "order", "office")


def test_the_machine_moves_only_what_the_decision_allows():
    machine = build_machine(BOOK)
    assert move(machine, WISHES, "order", "decided", allowed=True) == "ordered"
    assert move(machine, WISHES, "order", "decided", allowed=False) is None
    assert move(machine, WISHES, "order", "new", allowed=True) is None
    assert move(machine, WISHES, "approve", "decided", allowed=True) == "decided"
    assert not [name for name in machine.events if name.startswith("to_")]
    assert machine.models == []


def test_two_referees_of_one_rulebook_answer_alike():
    pen = decided(estimate=YEAR_SHARE)
    record = pen.record()
    request = Request("order", "office", on(2025, 3, 1))
    assert Referee(BOOK).decide(record["W"], request, record) == REFEREE.decide(record["W"], request, record)


def test_an_item_in_a_state_that_later_rules_do_not_know_is_refused_and_not_lost():
    pen = decided(size=size("S"))
    states = tuple(
        replace(state, id="settled") if state.id == "decided" else state for state in WISHES.states
    )
    steps = tuple(
        replace(
            step,
            from_states=tuple("settled" if name == "decided" else name for name in step.from_states),
            to="settled" if step.to == "decided" else step.to,
        )
        for step in WISHES.steps
    )
    later = Referee(replace(BOOK, processes=(replace(WISHES, states=states, steps=steps),)))
    record = pen.record()
    decision = later.decide(record["W"], Request("order", "office", on(2025, 3, 1)), record)
    assert verdicts(decision)["order/from"] == "broken"
    assert [each.allowed for each in later.next_steps(record["W"], on(2025, 3, 1), record)] == [False] * len(
        steps
    )


def test_an_approval_of_a_size_on_another_scale_is_undecided_and_not_an_error():
    pen = decided(size=size("L"))
    pen.step("W", "approve", on(2025, 2, 10))
    wider = Kind("scale", ("S", "M", "L", "XL"))
    pen.fact("W", "size", Choice(frozenset({"XL"}), wider.options), on(2025, 2, 11))
    facts = tuple(replace(fact, kind=wider) if fact.id == "size" else fact for fact in BOOK.facts)
    record = pen.record()
    decision = Referee(replace(BOOK, facts=facts)).decide(
        record["W"], Request("order", "office", on(2025, 3, 1)), record
    )
    assert verdicts(decision)["big-needs-council"] == "unknown"
