"""What a correction would do, told before it is made."""

from governance.service import (
    advance,
    cast,
    close_round,
    conclude,
    correct,
    correction,
    history,
    item,
    record_fact,
    record_thing,
)
from tests.service.asking import DECIDED, everything, new, number_of, problems, stored, walk
from tests.service.meeting import DAY, MEETING, ROUND, agenda, group, opened_round, planned


def lines(events):
    return [each.what.en for each in events]


def test_striking_a_step_tells_where_the_item_would_stand(gov):
    new(gov)
    walk(gov, "ÆØ-1", DECIDED)
    view = correction(gov, number_of(gov, "beslut"))
    assert (view.state.id, view.then.id, view.gone, view.home) == ("besluttet", "indstillet", False, "ÆØ-1")
    assert view.rests == view.falls == view.problems == ()
    assert correct(gov, view.event.number, reason="fejl", version=view.version).state == view.then


def test_later_steps_that_would_not_have_been_allowed_rest_on_what_is_struck(gov):
    new(gov)
    walk(gov, "ÆØ-1", DECIDED)
    assert lines(correction(gov, number_of(gov, "indstil")).rests) == [
        "Decide (the project group): recommended → decided"
    ]
    assert lines(correction(gov, number_of(gov, "beslut")).rests) == []


def test_a_step_that_rests_on_a_fact_is_named_with_it_and_one_that_does_not_is_not(gov):
    new(gov)
    walk(gov, "ÆØ-1", DECIDED)
    small = record_fact(gov, "ÆØ-1", "estimat-aar", "1/10", source="mail").event
    other = record_fact(gov, "ÆØ-1", "situation", "daglig drift", source="mail").event
    assert advance(gov, "ÆØ-1", "bestil", "kombit").allowed
    rests = lines(correction(gov, small).rests)
    assert [each.split(" (")[0] for each in rests] == ["Order from the vendor"]
    assert correction(gov, other).rests == ()


def test_striking_the_first_line_takes_the_item_away(gov):
    first = new(gov).event
    view = correction(gov, first)
    assert (view.gone, view.then) == (True, None)


def test_a_conclusion_falls_with_the_items_step_that_it_took(gov, clock):
    group(gov, clock, items=1)
    planned(gov)
    agenda(gov, "ÆØ-1")
    clock.set(DAY)
    receipt = conclude(gov, f"{MEETING}/6.1", "konkluder-prioritering")
    assert receipt.allowed
    assert [each.entity for each in correction(gov, receipt.event).falls] == ["ÆØ-1"]
    (taken,) = correction(gov, receipt.event).falls
    assert [each.number for each in correction(gov, taken.number).falls] == [receipt.event]


def test_a_fact_is_asked_for_its_right_value_and_a_step_is_not(gov):
    new(gov)
    fact = record_fact(gov, "ÆØ-1", "stoerrelse", "XL", source="mail").event
    walk(gov, "ÆØ-1", DECIDED[:1])
    asked = correction(gov, fact).asked
    assert (asked.id, asked.recorded) == ("stoerrelse", "XL")
    assert correction(gov, number_of(gov, "meld-klar")).asked is None


def test_why_a_line_cannot_be_struck_is_part_of_the_answer(gov):
    new(gov)
    fact = record_fact(gov, "ÆØ-1", "stoerrelse", "XL", source="mail").event
    by = correct(gov, fact, reason="læst forkert").event
    assert [each.en for each in correction(gov, fact).problems] == [
        f"event {fact} is corrected already; correct event {by} instead"
    ]
    refused = advance(gov, "ÆØ-1", "bestil", "kombit").event
    assert "is a refusal and changed nothing" in correction(gov, refused).problems[0].en
    whole = history(gov, "ÆØ-1")[0].number
    new(gov, "ÆØ-1/1", "spor", parent="ÆØ-1")
    assert "`ÆØ-1/1`, which belong to it" in correction(gov, whole).problems[0].en


def test_an_event_that_is_not_there_is_told(gov):
    assert problems(correction, gov, 12) == ["there is no event 12; the item's history shows the numbers"]


def test_asking_stores_nothing(gov):
    new(gov)
    walk(gov, "ÆØ-1", DECIDED)
    before = stored(gov)
    correction(gov, number_of(gov, "prioriter"))
    assert stored(gov) == before


def test_the_page_that_tells_of_a_relation_is_that_of_its_item(gov):
    new(gov)
    new(gov, "ÆØ-2")
    links = {"item": "ÆØ-1", "to": "ÆØ-2"}
    record_thing(gov, "h", "relation", links=links, facts={"kind": "beslaegtet"}, source="x")
    assert correction(gov, history(gov, "h")[0].number).home == "ÆØ-1"
    assert item(gov, "ÆØ-1").relations


def test_the_scores_of_a_ballot_are_told_only_when_its_round_is_closed(gov, clock):
    opened_round(gov, clock)
    assert cast(gov, ROUND, "Odense", {"ÆØ-1": "5", "ÆØ-2": "3"}).allowed
    scored = next(
        each.number
        for each in everything(gov).events
        if each.entity.startswith(f"{ROUND}/") and correction(gov, each.number).asked
    )
    sealed = correction(gov, scored)
    assert (sealed.asked.id, sealed.asked.recorded) == ("scores", "")
    assert "ÆØ-1" not in repr(sealed)
    assert close_round(gov, ROUND, "kombit").allowed
    assert correction(gov, scored).asked.recorded == "ÆØ-1=5; ÆØ-2=3"
