"""What was recorded wrongly is put right by an event of its own, and what was wrong stays readable."""

import pytest

from governance.service import advance, correct, history, item, items, record_fact
from tests.service.asking import new, problems, rows_agree_with_events, value_of, walk


def test_a_correction_names_the_event_it_replaces_and_takes_its_place(gov):
    new(gov, on="2025-09-01")
    wrong = record_fact(gov, "ÆØ-1", "stemmer", "61", source="optællingen", on="2025-09-09").event
    receipt = correct(gov, wrong, reason="cifrene var byttet om", value="16")
    assert receipt.version == 3
    assert value_of(gov, "ÆØ-1", "stemmer") == "16"
    told = {event.number: event for event in history(gov, "ÆØ-1")}
    assert told[wrong].corrected
    assert not told[receipt.event].corrected
    assert told[receipt.event].on == told[wrong].on
    assert "cifrene var byttet om" in told[receipt.event].what.da
    assert rows_agree_with_events(gov)


def test_a_corrected_step_counts_no_more(gov):
    new(gov)
    walk(gov, "ÆØ-1", [("meld-klar", "kombit")])
    receipt = correct(gov, 2, reason="det var en anden sag")
    assert receipt.state.id == "indmeldt"
    assert rows_agree_with_events(gov)
    walk(gov, "ÆØ-1", [("meld-klar", "kombit")])


def test_an_item_entered_by_mistake_is_there_no_more_and_may_be_entered_again(gov):
    new(gov)
    correct(gov, 1, reason="oprettet ved en fejl")
    assert items(gov) == ()
    assert problems(item, gov, "ÆØ-1") == ["there is no item `ÆØ-1`"]
    assert rows_agree_with_events(gov)
    assert new(gov).version == 3
    assert [line.id for line in items(gov)] == ["ÆØ-1"]
    assert rows_agree_with_events(gov)


def test_an_item_with_tracks_cannot_fall_away(gov):
    new(gov, "ÆØ-1434")
    new(gov, "ÆØ-1434/1", "spor", parent="ÆØ-1434")
    assert problems(correct, gov, 1, reason="en fejl") == [
        "`ÆØ-1434` cannot fall away before `ÆØ-1434/1`, which belong to it, are corrected"
    ]


@pytest.mark.parametrize("id_", ["Æ%_", 'a"b', "a\\b", "a/b"])
def test_what_belongs_to_a_thing_is_found_by_its_whole_id_and_not_by_what_is_like_it(each_gov, id_):
    new(each_gov, id_)
    new(each_gov, "ÆQQ")
    new(each_gov, id_ + "1", "spor", parent="ÆQQ")
    mine = new(each_gov, "Y-1", "spor", parent=id_)
    assert problems(correct, each_gov, 1, reason="en fejl") == [
        f"`{id_}` cannot fall away before `Y-1`, which belong to it, are corrected"
    ]
    correct(each_gov, mine.event, reason="en fejl")
    assert correct(each_gov, 1, reason="en fejl").allowed


def test_an_older_value_is_not_put_before_a_newer_one(gov):
    new(gov)
    for size in ("S", "M"):
        record_fact(gov, "ÆØ-1", "stoerrelse", size, source="x")
    assert problems(correct, gov, 2, reason="en fejl", value="XS") == [
        "event 3 has given a newer value since; correct that one, or correct event 2 without giving a value"
    ]
    correct(gov, 2, reason="en fejl")
    assert value_of(gov, "ÆØ-1", "stoerrelse") == "M"


def test_a_correction_can_itself_be_corrected(gov):
    new(gov)
    record_fact(gov, "ÆØ-1", "stoerrelse", "S", source="x")
    first = correct(gov, 2, reason="en fejl", value="M").event
    assert problems(correct, gov, 2, reason="igen", value="L") == [
        "event 2 is corrected already; correct event 3 instead"
    ]
    correct(gov, first, reason="det var rigtigt før")
    assert value_of(gov, "ÆØ-1", "stoerrelse") == "S"


@pytest.mark.parametrize(
    ("number", "value", "said"),
    [
        (99, None, "there is no event 99; the item's history shows the numbers"),
        (1, "3", "event 1 is no fact with a value; correct it without giving a value"),
        (2, None, "event 2 is a refusal and changed nothing; there is nothing to correct"),
        (-1, None, "there is no event -1; the item's history shows the numbers"),
        (10**30, None, f"there is no event {10**30}; the item's history shows the numbers"),
    ],
)
def test_what_cannot_be_corrected_is_refused(gov, number, value, said):
    new(gov)
    assert not advance(gov, "ÆØ-1", "bestil", "kombit").allowed
    assert problems(correct, gov, number, reason="x", value=value) == [said]


def test_a_correction_needs_a_reason(gov):
    new(gov)
    missing = "the reason is missing; write a text"
    assert problems(correct, gov, 1, reason=" ") == [missing]
    correct(gov, 1, reason="en fejl")
    settled = "event 1 is corrected already; correct event 2 instead"
    assert problems(correct, gov, 1, reason=" ") == [missing, settled]
    nowhere = "there is no event 9; the item's history shows the numbers"
    assert problems(correct, gov, 9, reason=" ") == [missing, nowhere]
