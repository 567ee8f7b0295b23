"""What the steps of places, meetings, their points and rounds come to, on every way they can be taken."""

from datetime import UTC, date, datetime

import pytest

from governance.model import Added, Event, FactRecorded, Origin, Request, StepTaken
from governance.notation import read_value
from governance.record import fold
from governance.values import day
from governance.verify import walk
from tests.dubu_book import BOOK, REFEREE

ON = day(date(2025, 9, 9))
NOW = datetime(2025, 9, 9, 12, tzinfo=UTC)
THINGS = {"M": "meeting", "P": "agenda-point", "R": "round", "S": "seat"}
LINKS = {
    "meeting": {"body": "B"},
    "agenda-point": {"meeting": "M"},
    "round": {"body": "B"},
    "seat": {"body": "B"},
}
FACTS = {"meeting": ("date", "2025-09-09"), "round": ("closes", "2025-09-09")}


def event(number, entity, payload):
    return Event(number, entity, payload, ON, NOW, Origin.LIVE)


def told(*ids, concluded=False):
    """A record with these things as they begin; the point is put off when ``concluded``."""
    payloads = [("B", Added("body"))]
    for id_ in ids:
        kind = THINGS[id_]
        payloads.append(
            (id_, Added(kind, links=LINKS[kind], state=REFEREE.rulebook.process_for(kind).initial))
        )
        if kind in FACTS:
            name, text = FACTS[kind]
            payloads.append((id_, FactRecorded(name, read_value(text, BOOK.kind_of(kind, name), name))))
    if concluded:
        put_off = Request("udsaet-punkt", "kombit", ON)
        payloads.append(("P", StepTaken(put_off, "paa-dagsordenen", "punkt-udsat", "udsaettelse")))
    return fold([event(number, *each) for number, each in enumerate(payloads, 1)])


def reached(record, id_):
    return {state for state, _ in walk(REFEREE, record[id_], ON, record).trails}


def states_of(kind):
    return {state.id for state in BOOK.process_for(kind).states}


def test_a_meeting_comes_into_every_state_once_its_point_is_put_off():
    assert reached(told("M", "P", concluded=True), "M") == states_of("meeting")


def test_while_a_point_waits_there_are_no_minutes_on_any_way():
    assert states_of("meeting") - reached(told("M", "P"), "M") == {"referat-skrevet", "refereret"}


def test_without_a_point_no_agenda_is_sent_on_any_way():
    assert states_of("meeting") - reached(told("M"), "M") == {"indkaldt"}


def test_a_meeting_that_was_held_is_cancelled_on_no_way():
    record = told("M", "P", concluded=True)
    for state, acts in walk(REFEREE, record["M"], ON, record).trails:
        assert state != "aflyst" or "moede-afholdt" not in {act for act, _ in acts}


def test_a_point_is_concluded_once_whatever_was_concluded():
    record = told("M", "P")
    found = walk(REFEREE, record["P"], ON, record)
    assert {state for state, _ in found.trails} == states_of("agenda-point")
    assert all(len(trail.steps) <= 1 for trail in found.trails.values())


@pytest.mark.parametrize("id_", THINGS)
def test_the_next_steps_of_a_thing_of_the_group_are_what_deciding_them_gives(id_):
    record = told(*THINGS)
    listed = REFEREE.next_steps(record[id_], ON, record)
    offered = {step.id for step in REFEREE.process(record[id_]).steps if not step.history}
    assert {each.request.step for each in listed} == offered
    for each in listed:
        assert REFEREE.decide(record[id_], each.request, record) == each
