"""Steps that were decided are not decided again on the same record, and always when it changed."""

from dataclasses import replace
from datetime import date

import pytest

from governance.record import Entity
from governance.service import advance, record_fact, steps
from governance.service.decided import Asked, open_steps, told_steps
from governance.service.itemviews import parts_of
from governance.values import day
from tests.service.asking import new

ON = day(date(2025, 11, 20))


@pytest.fixture
def asked(gov):
    """A question about an item that is put for the first time."""
    told_steps.cache_clear()
    open_steps.cache_clear()
    parts_of.cache_clear()
    entity = Entity("ÆØ-1", "aendringsoenske", "Et ønske", state="oprettet", since=ON)
    return Asked(gov.referee(gov.rulebooks.books[-1]), entity.id, ON, {entity.id: entity})


def of_another_state(asked):
    entity = replace(asked.entity, state="klar")
    return replace(asked, record={**asked.record, entity.id: entity})


def with_another_thing(asked):
    track = Entity("ÆØ-2", "delopgave", links={"parent": asked.id}, since=ON)
    return replace(asked, record={**asked.record, track.id: track})


CHANGES = {
    "the day": lambda asked: replace(asked, on=day(date(2025, 11, 21))),
    "the body": lambda asked: replace(asked, body="kombit"),
    "the rulebook": lambda asked: replace(asked, referee=type(asked.referee)(asked.referee.rulebook)),
    "the item": of_another_state,
    "another thing of the record": with_another_thing,
}


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("ask", [told_steps, open_steps, parts_of])
def test_what_a_decision_rests_on_has_its_own_answer(asked, ask, what):
    ask(asked)
    ask(CHANGES[what](asked))
    assert ask.cache_info().misses == 2


@pytest.mark.parametrize("ask", [told_steps, open_steps, parts_of])
def test_the_same_record_read_anew_is_not_decided_again(asked, ask):
    again = {id_: replace(entity) for id_, entity in asked.record.items()}
    first = ask(asked)
    assert ask(replace(asked, record=again)) is first
    assert ask.cache_info().misses == 1


def test_each_act_on_an_item_is_seen_by_the_next_question(gov):
    new(gov, "ÆØ-1")
    refused = {step.id: step.blocking for step in steps(gov, "ÆØ-1")}
    record_fact(gov, "ÆØ-1", "stoerrelse", "M", source="et referat")
    advance(gov, "ÆØ-1", "meld-klar", "kombit")
    then = {step.id: step.blocking for step in steps(gov, "ÆØ-1")}
    assert [each.rule for each in refused["prioriter"]] != [each.rule for each in then["prioriter"]]
