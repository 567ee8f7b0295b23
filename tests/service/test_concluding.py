"""Concluding: the step of the point and that of the item are both taken, or neither."""

import pytest

from governance.model import Conflict, StepRefused
from governance.service import (
    advance,
    cast,
    close_round,
    conclude,
    history,
    item,
    meeting,
    open_round,
    put_on_agenda,
    record_thing,
)
from tests.service.asking import problems, rows_agree_with_events, stored
from tests.service.meeting import CLOSES, DAY, MEETING, ROUND, agenda, at_once, group, planned, reasons

POINT = f"{MEETING}/6.1"
PRIORITISED, PASSED_OVER = "konkluder-prioritering", "konkluder-fravalg"


def at_the_meeting(gov, clock, items=2):
    """On the day of a meeting with items on its agenda."""
    group(gov, clock, items=items)
    planned(gov)
    agenda(gov, *[f"ÆØ-{number}" for number in range(1, items + 1)])
    clock.set(DAY)


def state(gov, id_):
    return item(gov, id_).line.state.id


def point_of(gov, id_=POINT):
    points = [point for _, points in meeting(gov, MEETING).sections for point in points]
    return next(point for point in points if point.id == id_)


def last(gov):
    return stored(gov)[0][-1]


def test_an_allowed_conclusion_takes_the_items_step_in_the_same_transaction(each_gov, clock):
    at_the_meeting(each_gov, clock)
    before = len(stored(each_gov)[0])
    receipt = conclude(each_gov, POINT, PRIORITISED)
    assert (receipt.allowed, receipt.entity, receipt.state.id) == (True, POINT, "konkluderet")
    assert state(each_gov, "ÆØ-1") == "prioriteret"
    of_item, of_point = stored(each_gov)[0][before:]
    assert (of_item.entity, of_item.payload.request.step) == ("ÆØ-1", "prioriter")
    assert of_item.payload.request.point == POINT
    assert of_item.source == f"{MEETING}, punkt 6.1"
    assert (of_point.entity, of_point.payload.request.step) == (POINT, PRIORITISED)
    assert point_of(each_gov).concluded.id == PRIORITISED
    assert rows_agree_with_events(each_gov)


def test_a_refused_step_of_the_item_leaves_the_point_open_and_is_stored(each_gov, clock):
    at_the_meeting(each_gov, clock)
    receipt = conclude(each_gov, POINT, "konkluder-indstilling")
    assert (receipt.allowed, receipt.entity) == (False, "ÆØ-1")
    assert reasons(receipt) == {"indstil/from": "K20", "prioriteret-foer-indstilling": "K04a"}
    assert isinstance(last(each_gov).payload, StepRefused)
    assert last(each_gov).entity == "ÆØ-1"
    assert point_of(each_gov).concluded is None
    assert conclude(each_gov, POINT, PRIORITISED).allowed


@pytest.mark.parametrize("day", ["2026-02-09", "2026-02-11"])
def test_a_conclusion_is_dated_on_the_day_of_the_meeting(gov, clock, day):
    at_the_meeting(gov, clock)
    clock.set(day)
    receipt = conclude(gov, POINT, PRIORITISED)
    assert reasons(receipt) == {"konkluderes-paa-moedet": None}
    assert (last(gov).entity, state(gov, "ÆØ-1")) == (POINT, "klar")


def test_minutes_entered_later_are_dated_back_to_the_meeting(gov, clock):
    at_the_meeting(gov, clock)
    clock.set("2026-02-12")
    assert conclude(gov, POINT, PRIORITISED, on=DAY).allowed
    assert history(gov, "ÆØ-1")[-1].on.en == "10 February 2026"


def test_a_cancelled_meeting_concludes_nothing(gov, clock):
    at_the_meeting(gov, clock)
    assert advance(gov, MEETING, "aflys", "kombit").allowed
    receipt = conclude(gov, POINT, PRIORITISED)
    assert reasons(receipt) == {"ingen-konklusion-paa-aflyst-moede": None}
    assert state(gov, "ÆØ-1") == "klar"


def test_a_point_is_concluded_once(gov, clock):
    at_the_meeting(gov, clock)
    assert conclude(gov, POINT, PRIORITISED).allowed
    again = conclude(gov, POINT, PASSED_OVER)
    assert f"{PASSED_OVER}/from" in reasons(again)
    assert (again.entity, state(gov, "ÆØ-1")) == (POINT, "prioriteret")


def test_only_the_group_concludes_and_kombit_may_postpone(gov, clock):
    at_the_meeting(gov, clock)
    assert reasons(conclude(gov, POINT, PRIORITISED, body="kombit")) == {f"{PRIORITISED}/by": "K20"}
    assert conclude(gov, POINT, "udsaet-punkt", body="kombit").allowed
    assert state(gov, "ÆØ-1") == "klar"


def test_a_point_about_no_item_is_noted_and_cannot_take_the_step_of_one(gov, clock):
    at_the_meeting(gov, clock)
    own = put_on_agenda(gov, MEETING, "velkomst", title="Velkomst").entity
    (said,) = problems(conclude, gov, own, PRIORITISED)
    assert said.startswith(f"the point `{own}` is about no item")
    assert reasons(conclude(gov, own, "konkluder-orientering")) == {"konkluder-orientering/inputs": None}
    assert conclude(gov, own, "konkluder-orientering", inputs={"conclusion": "Nyt fra KOMBIT"}).allowed
    assert point_of(gov, own).conclusion == "Nyt fra KOMBIT"


def test_the_point_keeps_the_words_and_the_item_the_facts(gov, clock):
    at_the_meeting(gov, clock)
    conclude(gov, POINT, PRIORITISED, inputs={"conclusion": "Med i runden", "prioritet": "1"})
    assert point_of(gov).conclusion == "Med i runden"
    assert {fact.id: fact.value.da for fact in item(gov, "ÆØ-1").facts} == {"prioritet": "1"}
    assert problems(conclude, gov, f"{MEETING}/6.2", PRIORITISED, inputs={"konklusion": "x"})


def test_a_point_of_another_meeting_is_judged_by_that_meeting(gov, clock):
    at_the_meeting(gov, clock)
    planned(gov, "møde-2", "2026-03-10")
    (other,) = agenda(gov, "ÆØ-1", meeting="møde-2")
    assert reasons(conclude(gov, other, PRIORITISED)) == {"konkluderes-paa-moedet": None}
    assert conclude(gov, POINT, PRIORITISED).allowed
    clock.set("2026-03-10")
    assert reasons(conclude(gov, other, PRIORITISED)) == {"prioriter/from": None}


def test_what_is_no_point_cannot_be_concluded_on(gov, clock):
    at_the_meeting(gov, clock)
    assert problems(conclude, gov, MEETING, PRIORITISED) == [
        f"`{MEETING}` is no agenda point; write the number of a point"
    ]
    assert problems(conclude, gov, f"{MEETING}/9.9", PRIORITISED)
    (said,) = problems(conclude, gov, POINT, "konkluder-prioriterin")
    assert "did you mean `konkluder-prioritering`" in said


def test_a_retry_with_the_same_key_gets_the_first_answer(each_gov, clock):
    at_the_meeting(each_gov, clock)
    first = conclude(each_gov, POINT, PRIORITISED, key="k")
    refused = conclude(each_gov, f"{MEETING}/6.2", "konkluder-indstilling", key="r")
    events = stored(each_gov)[0]
    clock.set("2026-02-13")
    assert conclude(each_gov, POINT, PRIORITISED, key="k") == first
    assert conclude(each_gov, f"{MEETING}/6.2", "konkluder-indstilling", key="r") == refused
    assert stored(each_gov)[0] == events


def test_of_two_who_conclude_at_once_one_wins(each_gov, clock):
    at_the_meeting(each_gov, clock)

    won = at_once(
        lambda: conclude(each_gov, POINT, PRIORITISED), lambda: conclude(each_gov, POINT, PASSED_OVER)
    )
    assert sorted(won) == [False, True]
    wanted = "prioriteret" if won[0] else "ikke-prioriteret"
    assert state(each_gov, "ÆØ-1") == wanted
    assert point_of(each_gov).concluded.id == (PRIORITISED if won[0] else PASSED_OVER)
    assert rows_agree_with_events(each_gov)


def test_a_stale_version_of_the_point_is_a_conflict_that_changes_nothing(gov, clock):
    at_the_meeting(gov, clock)
    events = stored(gov)[0]
    with pytest.raises(Conflict):
        conclude(gov, POINT, PRIORITISED, version=1)
    assert stored(gov)[0] == events


def voted(gov, clock, *, close=True):
    """A meeting after a round in which ÆØ-1 got 7 points, ÆØ-2 got 4 and ÆØ-3 none."""
    group(gov, clock)
    planned(gov)
    agenda(gov, "ÆØ-1", "ÆØ-2", "ÆØ-3")
    open_round(gov, ROUND, "referencegruppen", closes=CLOSES, meeting=MEETING)
    cast(gov, ROUND, "Odense", {"ÆØ-1": "5"})
    cast(gov, ROUND, "Vejle", {"ÆØ-1": "1"})
    cast(gov, ROUND, "Vejle", {"ÆØ-1": "2", "ÆØ-2": "4"}, change=True)
    if close:
        assert close_round(gov, ROUND, "kombit").allowed
    clock.set(DAY)


def facts(gov, id_):
    return {fact.id: (fact.value.da, fact.on.en, fact.source) for fact in item(gov, id_).facts}


def test_the_votes_of_the_closed_round_stand_on_the_item_with_their_date(each_gov, clock):
    voted(each_gov, clock)
    assert conclude(each_gov, POINT, PRIORITISED).allowed
    assert conclude(each_gov, f"{MEETING}/6.2", PASSED_OVER).allowed
    assert conclude(each_gov, f"{MEETING}/6.3", PASSED_OVER).allowed
    dated = "10 February 2026"
    assert facts(each_gov, "ÆØ-1") == {
        "stemmer": ("7", dated, f"{MEETING}, punkt 6.1"),
        "prioritet": ("1", dated, f"{MEETING}, punkt 6.1"),
    }
    assert facts(each_gov, "ÆØ-2") == {"stemmer": ("4", dated, f"{MEETING}, punkt 6.2")}
    assert facts(each_gov, "ÆØ-3") == {"stemmer": ("0", dated, f"{MEETING}, punkt 6.3")}


def test_votes_told_by_hand_do_not_stand_against_the_round(gov, clock):
    voted(gov, clock)
    assert problems(conclude, gov, POINT, PRIORITISED, inputs={"stemmer": "99"}) == [
        f"`stemmer` follows from the round of {MEETING}; leave it out"
    ]
    assert state(gov, "ÆØ-1") == "klar"


def test_an_open_round_tells_no_votes_and_they_may_be_told(gov, clock):
    voted(gov, clock, close=False)
    assert conclude(gov, POINT, PRIORITISED, inputs={"stemmer": "16"}).allowed
    assert facts(gov, "ÆØ-1")["stemmer"][0] == "16"
    assert conclude(gov, f"{MEETING}/6.2", PRIORITISED).allowed
    assert facts(gov, "ÆØ-2") == {}


def test_the_round_of_another_meeting_does_not_count_here(gov, clock):
    voted(gov, clock)
    planned(gov, "møde-2")
    (other,) = agenda(gov, "ÆØ-1", meeting="møde-2")
    assert conclude(gov, other, PRIORITISED).allowed
    assert facts(gov, "ÆØ-1") == {}


def test_a_meeting_of_no_day_concludes_nothing(gov, clock):
    group(gov, clock)
    links = {"body": "referencegruppen"}
    record_thing(gov, MEETING, "meeting", links=links, facts={}, origin="live", source="x")
    agenda(gov, "ÆØ-1")
    assert reasons(conclude(gov, POINT, PRIORITISED)) == {"konkluderes-paa-moedet": None}
