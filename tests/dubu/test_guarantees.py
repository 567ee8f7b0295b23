"""What DUBU's rulebook guarantees, proved by walking every situation an item can come into."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from governance.model import Added, Event, FactRecorded, Origin
from governance.notation import read_value
from governance.record import fold
from governance.referee import Referee
from governance.values import day
from governance.verify import attempts, counterexample, stuck, walk
from tests.dubu_book import BOOK, REFEREE

ON = day(date(2025, 9, 9))
NOW = datetime(2025, 9, 9, 12, tzinfo=UTC)
SIZES = {
    "small by its size code": {"stoerrelse": "S"},
    "small by its estimate": {"estimat-aar": "1/5"},
    "large by its size code": {"stoerrelse": "L"},
    "large by its estimate": {"estimat-aar": "1/2..1"},
    "of a size that may be either": {"stoerrelse": "M|L"},
    "of unknown size": {},
}
LARGE_OR_UNKNOWN = [name for name in SIZES if not name.startswith("small")]


def record_of(kind: str, facts: dict[str, str]):
    events = [Event(1, "X", Added(kind, "X", {}, "indmeldt"), ON, NOW, Origin.LIVE)]
    for number, (name, text) in enumerate(facts.items(), 2):
        value = read_value(text, BOOK.kind_of("item", name), name)
        events.append(Event(number, "X", FactRecorded(name, value), ON, NOW, Origin.LIVE))
    return fold(events)


@pytest.fixture(scope="module", params=SIZES)
def walked(request):
    record = record_of("aendringsoenske", SIZES[request.param])
    return request.param, walk(REFEREE, record["X"], ON, record)


def test_every_state_of_the_process_but_those_of_tracks_is_reached(walked):
    process = REFEREE.rulebook.process_for("aendringsoenske")
    reached = {state for state, _ in walked[1].trails}
    assert {state.id for state in process.states} - reached == {"opdelt"}


def test_nothing_is_ordered_without_a_recommendation_and_a_decision(walked):
    name, found = walked

    def in_order(situation) -> bool:
        state, acts = situation
        needed = {("indstilling", "referencegruppen"), ("beslutning", "projektgruppen")}
        return state != "bestilt" or needed <= acts

    assert counterexample(found, in_order) is None, name


def test_nothing_large_or_of_unknown_size_is_ordered_without_the_steering_groups_approval(walked):
    name, found = walked

    def approved(situation) -> bool:
        state, acts = situation
        return state != "bestilt" or ("godkendelse", "kommunestyregruppen") in acts

    trail = counterexample(found, approved)
    assert (trail is None) == (name in LARGE_OR_UNKNOWN), name


def test_from_every_situation_a_final_state_can_be_reached(walked):
    _, found = walked
    process = REFEREE.rulebook.process_for("aendringsoenske")
    final = {state.id for state in process.states if state.final}
    assert stuck(found, lambda situation: situation[0] in final) == ()


def test_next_steps_and_decide_never_disagree(walked):
    _, found = walked
    for trail in found.trails.values():
        record = {"X": trail.entity}
        listed = REFEREE.next_steps(trail.entity, ON, record)
        assert len(listed) == len({step.id for step in REFEREE.process(trail.entity).steps})
        for decision in listed:
            assert REFEREE.decide(trail.entity, decision.request, record) == decision
        open_to_some_body = {
            tried.request.step for tried in attempts(REFEREE, trail.entity, ON, record) if tried.allowed
        }
        supplied = {decision.request.step for decision in listed if not _only_inputs_missing(decision)}
        assert {d.request.step for d in listed if d.allowed} == open_to_some_body & supplied


def _only_inputs_missing(decision) -> bool:
    return {finding.rule for finding in decision.blocking} == {f"{decision.request.step}/inputs"}


def test_the_walk_finds_the_way_around_when_the_rule_on_larger_tasks_is_taken_out():
    process = REFEREE.rulebook.process_for("aendringsoenske")
    lax = replace(
        process,
        steps=tuple(replace(step, rules=()) if step.id == "bestil" else step for step in process.steps),
    )
    others = tuple(each for each in BOOK.processes if each.id != process.id)
    referee = Referee(replace(BOOK, processes=(lax, *others)))
    record = record_of("aendringsoenske", {"stoerrelse": "L"})
    found = walk(referee, record["X"], ON, record)
    trail = counterexample(
        found,
        lambda situation: situation[0] != "bestilt" or ("godkendelse", "kommunestyregruppen") in situation[1],
    )
    assert trail is not None
    assert trail.steps[-1] == ("bestil", "kombit")
