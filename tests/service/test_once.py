"""A command with a key is answered once, whatever happens between the tries."""

import pytest

from governance.model import Conflict
from governance.service import add_item, advance, correct, declare_complete, record_fact, record_thing
from tests.service.asking import new, problems, rows_agree_with_events, stored

ITEM = ("ÆØ-1", "aendringsoenske", "Et ønske")


def item_first(gov):
    new(gov)


COMMANDS = {
    "add_item": (lambda gov: None, lambda gov, key: add_item(gov, *ITEM, key=key)),
    "record_thing": (
        lambda gov: None,
        lambda gov, key: record_thing(
            gov, "plads-1", "seat", links={"body": "referencegruppen"}, facts={}, source="x", key=key
        ),
    ),
    "record_fact": (
        item_first,
        lambda gov, key: record_fact(gov, "ÆØ-1", "estimat-aar", "1/2", source="x", version=1, key=key),
    ),
    "advance": (
        item_first,
        lambda gov, key: advance(gov, "ÆØ-1", "meld-klar", "kombit", version=1, key=key),
    ),
    "refused": (
        item_first,
        lambda gov, key: advance(gov, "ÆØ-1", "bestil", "netcompany", version=1, key=key),
    ),
    "correct": (
        item_first,
        lambda gov, key: correct(gov, 1, reason="skrevet forkert", version=1, key=key),
    ),
    "declare_complete": (
        item_first,
        lambda gov, key: declare_complete(gov, "ÆØ-1", version=1, key=key),
    ),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_retry_with_the_same_key_gets_the_first_answer_and_stores_nothing(each_gov, clock, command):
    before, act = COMMANDS[command]
    before(each_gov)
    first = act(each_gov, "k-1")
    events = stored(each_gov)[0]
    clock.set("2025-11-27")
    again = act(each_gov, "k-1")
    assert again == first
    assert stored(each_gov)[0] == events
    assert rows_agree_with_events(each_gov)


def test_a_retry_is_answered_as_the_first_try_though_the_item_has_moved_on(gov):
    new(gov)
    first = advance(gov, "ÆØ-1", "meld-klar", "kombit", version=1, key="k")
    advance(gov, "ÆØ-1", "prioriter", "referencegruppen")
    again = advance(gov, "ÆØ-1", "meld-klar", "kombit", version=1, key="k")
    assert (again, again.state.id) == (first, "klar")
    assert first.proof == f"2:{stored(gov)[0][1].hash}"


def test_a_key_that_comes_again_with_another_content_is_an_error(gov):
    new(gov)
    advance(gov, "ÆØ-1", "meld-klar", "kombit", key="k")
    assert problems(advance, gov, "ÆØ-1", "prioriter", "referencegruppen", key="k") == [
        "the key `k` was used for something else (event 2); take a new key"
    ]
    assert problems(add_item, gov, "ÆØ-2", "aendringsoenske", "Et ønske", key="k")
    assert len(stored(gov)[0]) == 2


def test_what_is_left_out_is_the_same_as_what_is_said_by_default(gov):
    new(gov)
    first = advance(gov, "ÆØ-1", "meld-klar", "kombit", key="k")
    assert advance(gov, "ÆØ-1", step="meld-klar", body="kombit", on="", reason="", key="k") == first


def test_a_command_that_could_not_be_used_leaves_its_key_free(gov):
    assert problems(advance, gov, "ÆØ-1", "meld-klar", "kombit", key="k")
    new(gov)
    assert advance(gov, "ÆØ-1", "meld-klar", "kombit", key="k").allowed


def test_without_a_key_a_retry_is_told_what_happened_meanwhile(gov):
    new(gov)
    advance(gov, "ÆØ-1", "meld-klar", "kombit", version=1)
    with pytest.raises(Conflict) as conflict:
        advance(gov, "ÆØ-1", "meld-klar", "kombit", version=1)
    assert (conflict.value.seen, conflict.value.current) == (1, 2)
    (meanwhile,) = conflict.value.meanwhile
    assert "→" in meanwhile.da


@pytest.mark.parametrize("key", ["x" * 201, "a\0b"])
def test_a_key_that_cannot_be_kept_is_refused_in_words(gov, key):
    assert problems(add_item, gov, *ITEM, key=key)
    assert not stored(gov)[0]


@pytest.mark.parametrize("id_", ["p-abcdefgh", "regelsæt/dubu/2027-01-01"])
def test_an_item_cannot_have_a_number_that_persons_or_rulebooks_have(gov, id_):
    said = problems(add_item, gov, id_, "aendringsoenske", "Et ønske")
    assert said == [f"`{id_}` is a number that persons and rulebooks have; choose another"]
