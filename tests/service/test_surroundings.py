"""A decision on an item rests on its family alone, one on a thing of the group on the whole group."""

import pytest

from governance.record import fold, surroundings
from governance.service import items, steps
from governance.service.showing import is_item, stepped_kinds
from governance.values import day
from governance.vocabulary import BESIDE, GROUP_KINDS, STEPPED_KINDS, scope_of
from tests.bolig_book import BOOK as OF_THE_HOUSES
from tests.dubu_book import BOOK as OF_DUBU
from tests.service.asking import everything


def test_a_decision_on_an_item_rests_on_the_group_only_where_a_rule_on_items_asks_about_it():
    assert [OF_DUBU.around(kind) for kind in ("aendringsoenske", "spor", "")] == [(), (), ()]
    assert set(GROUP_KINDS) <= set(OF_THE_HOUSES.around("forslag"))


def test_a_decision_on_a_thing_of_the_group_rests_on_the_whole_group_by_any_rules():
    assert {"term", "seat", "meeting", "organisation", "call"} <= set(GROUP_KINDS)
    for book in (OF_DUBU, OF_THE_HOUSES):
        for kind in STEPPED_KINDS:
            wanted = {*GROUP_KINDS, "agenda-point", *BESIDE.get(kind, ())}
            assert set(book.around(kind)) == wanted
    assert ("agenda-point" in OF_DUBU.around("meeting"), "ballot" in OF_DUBU.around("round")) == (True, True)


@pytest.mark.parametrize("on", ["2025-09-09", "2025-11-20"])
def test_everything_is_decided_alike_with_what_it_rests_on_and_with_all_there_is(demo, on):
    record = fold(everything(demo).events)
    book = demo.rulebooks.books[0]
    around = surroundings(record, book.around)
    referee, when = demo.referee(book), day(demo.today.fromisoformat(on))
    found = [each for each in record.values() if each.kind in stepped_kinds(book)]
    assert len([each for each in found if is_item(book, each)]) == 23
    assert len([each for each in found if scope_of(each.kind) == "seat"]) == 9
    for each in found:
        seen = around(each.id)
        assert len(seen) < 10 or not is_item(book, each)
        assert referee.next_steps(each, when, seen) == referee.next_steps(each, when, record)


def test_the_list_and_the_item_tell_the_same_steps(demo):
    for line in items(demo):
        told = {step.id for step in steps(demo, line.id) if step.allowed}
        assert {step.id for step in line.allowed_steps} == told
