"""A decision on an item rests on its family alone, so nothing else is read for it."""

import pytest

from governance.record import fold, surroundings
from governance.service import items, steps
from governance.service.showing import is_item
from governance.values import day
from governance.vocabulary import AROUND_AN_ITEM, GROUP_KINDS, SCOPES, reached
from tests.service.asking import everything


def test_no_rule_on_an_item_can_speak_of_the_group():
    assert reached("request", "item") == {"request", "item", "act", "relation"}
    assert AROUND_AN_ITEM == ()
    assert set(GROUP_KINDS) & reached("body") == {
        "attendance", "call", "meeting", "organisation", "participant", "seat", "superuser", "term", "body",
    }  # fmt: skip
    assert reached(*SCOPES) == set(SCOPES)


@pytest.mark.parametrize("on", ["2025-09-09", "2025-11-20"])
def test_an_item_is_decided_alike_with_its_family_and_with_everything(demo, on):
    record = fold(everything(demo).events)
    around = surroundings(record, AROUND_AN_ITEM)
    book = demo.rulebooks.books[0]
    referee, when = demo.referee(book), day(demo.today.fromisoformat(on))
    found = [each for each in record.values() if is_item(book, each)]
    assert len(found) == 23
    for each in found:
        family = around(each.id)
        assert len(family) < 10
        assert referee.next_steps(each, when, family) == referee.next_steps(each, when, record)


def test_the_list_and_the_item_tell_the_same_steps(demo):
    for line in items(demo):
        told = {step.id for step in steps(demo, line.id) if step.allowed}
        assert {step.id for step in line.allowed_steps} == told
