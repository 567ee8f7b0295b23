"""Try it: what the rules would answer for another body, day or fact, with nothing stored."""

import pytest

from governance.model import RequestError
from governance.service import item, record_facts, steps, try_steps
from tests.service.asking import DECIDED, everything, new, not_kept, problems, walk

TRACK = "ÆØ-1434/1"


def allowed(view):
    return {step.id for step in view.steps if step.allowed}


def step(view, name):
    return next(each for each in view.steps if each.id == name)


def test_with_nothing_supposed_it_answers_as_the_items_page_does(demo):
    view, page = try_steps(demo, TRACK), item(demo, TRACK)
    assert allowed(view) == {each.id for each in page.line.allowed_steps}
    assert [each.findings for each in view.steps] == [each.findings for each in page.steps]


def test_nothing_is_stored_whatever_is_supposed(demo):
    before = everything(demo)
    try_steps(demo, TRACK, body="projektgruppen", facts={"stoerrelse": "XL"}, person="En ny person")
    assert everything(demo) == before


def test_another_body_is_answered_as_that_body_would_be(demo):
    view = try_steps(demo, TRACK, body="referencegruppen")
    assert allowed(view) == {each.id for each in steps(demo, TRACK, body="referencegruppen") if each.allowed}
    refused = step(view, "meld-klar").blocking
    assert [each.because.da for each in refused] == ["Skridtet tages af KOMBIT, ikke af referencegruppen"]


def test_a_supposed_fact_frees_a_step_or_stops_it_as_the_same_fact_recorded_would(gov):
    new(gov)
    walk(gov, "ÆØ-1", DECIDED)
    assert "bestil" not in allowed(try_steps(gov, "ÆØ-1"))
    small = try_steps(gov, "ÆØ-1", facts={"stoerrelse": "XS", "estimat-aar": "1/10"})
    large = try_steps(gov, "ÆØ-1", facts={"stoerrelse": "XL", "estimat-aar": "2"})
    assert "bestil" in allowed(small)
    assert [each.clause for each in step(large, "bestil").blocking] == ["K23"]
    record_facts(gov, "ÆØ-1", {"stoerrelse": "XL", "estimat-aar": "2"}, source="mail")
    assert step(try_steps(gov, "ÆØ-1"), "bestil").findings == step(large, "bestil").findings


def test_what_a_step_asks_to_be_told_is_supposed_to_be_told_with_it(demo):
    assert "varsl/inputs" in not_kept(step(try_steps(demo, "plads-1"), "varsl").findings)
    view = try_steps(demo, "plads-1", facts={"last_day": "2026-03-31"}, reason="aftalt")
    assert "varsl/inputs" not in not_kept(step(view, "varsl").findings)


def test_a_day_ahead_may_be_asked_about_and_one_before_the_item_may_not(demo):
    assert try_steps(demo, TRACK, on="2027-01-01").on == "2027-01-01"
    assert problems(try_steps, demo, TRACK, on="2024-05-01") == [
        "`ÆØ-1434/1` did not exist yet on 1 May 2024; choose a later day"
    ]


def test_everything_that_cannot_be_read_is_told_at_once(demo):
    facts = {"stoerrelse": "kæmpe", "estimat-aar": "mange", "storelse": "XL"}
    with pytest.raises(RequestError) as caught:
        try_steps(demo, TRACK, body="kombitt", facts=facts, person="p-abcdefgh")
    told = [each.da for each in caught.value.problems]
    assert len(told) == 5
    assert "mente du `kombit`?" in told[0]
    assert "mente du `stoerrelse`?" in told[3]


def test_what_is_supposed_can_be_asked_for_again(demo):
    view = try_steps(demo, TRACK, facts={"estimat-timer": "300"})
    assert [(each.id, each.value.da) for each in view.facts] == [("estimat-timer", "300 timer")]
    assert "estimat-timer" in {each.id for each in view.supposable}
