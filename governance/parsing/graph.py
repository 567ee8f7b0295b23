"""The states and steps of a process as a graph: every state can be reached, and left or rested in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from governance.parsing.entries import Entry
from governance.parsing.faultlist import Faults, Place, quoted
from governance.parsing.names import scope_of_process

Ways = Mapping[str, frozenset[str]]


def check_steps_apart(process: Entry, faults: Faults) -> None:
    """Notes a step that has the id of an earlier one and can be taken from one of its states."""
    seen: set[tuple[str, str]] = set()
    for step in process.many("steps"):
        name = step.get("step")
        states = [state for state, _ in step.one("from").names("states")]
        again = [state for state in states if (name, state) in seen]
        if name is not None and again:
            message = f"trinnet {quoted(name)} findes allerede fra {quoted(again[0])}"
            faults.add("duplicate-step", step.at("step"), message, "giv det et andet navn, eller ret `from`")
        seen.update((name, state) for state in states if name is not None)


def check_graph(process: Entry, faults: Faults) -> None:
    """Notes states no step leads to, and states from which an item can never come to rest.

    A thing of the group may go round for ever: a seat is filled and falls vacant again.
    """
    if faults.within(process.place):
        return
    states = {state.data["id"]: state for state in process.many("states")}
    final = {name for name, state in states.items() if state.get("final")}
    ways = _ways(process, states)
    reached = reachable([process.data["initial"]], ways)
    goes_round = scope_of_process(process) != "item"
    dead_ends = {name for name in states if name not in final and not ways[name]}
    for name, state in states.items():
        place: Place = state.at("id")
        if name not in reached:
            message = f"intet trin fører til tilstanden {quoted(name)}"
            faults.add("unreachable-state", place, message, "tilføj et trin med `to`, eller fjern tilstanden")
        if name in dead_ends:
            message = f"intet trin fører væk fra tilstanden {quoted(name)}"
            faults.add("dead-end-state", place, message, "tilføj et trin, eller skriv `final: true`")
        elif name not in final and not goes_round and not reachable([name], ways) & (final | dead_ends):
            message = f"fra tilstanden {quoted(name)} kan ingen afsluttende tilstand nås"
            faults.add(
                "no-final-reachable", place, message, "tilføj et trin til en tilstand med `final: true`"
            )


def check_awaited(process: Entry, faults: Faults) -> None:
    """Notes steps that a state waits for and that do not start from it."""
    steps = process.many("steps")
    for state in process.many("states"):
        starting = [
            step.get("step")
            for step in steps
            if state.get("id") in [name for name, _ in step.one("from").names("states")]
        ]
        for name, place in state.names("awaits"):
            if name not in starting and not faults.within(process.place):
                faults.unknown("unknown-step", place, name, "et trin fra den tilstand", starting)


def reachable(begin: Iterable[str], ways: Ways) -> set[str]:
    """The states that can be reached from some, themselves included."""
    seen = set(begin)
    waiting = list(seen)
    while waiting:
        for state in ways.get(waiting.pop(), ()):
            if state not in seen:
                seen.add(state)
                waiting.append(state)
    return seen


def _ways(process: Entry, states: Iterable[str]) -> Ways:
    ways: dict[str, set[str]] = {name: set() for name in states}
    for step in process.many("steps"):
        for state, _ in step.one("from").names("states"):
            if step.get("to") not in (None, state):
                ways[state].add(step.data["to"])
    return {name: frozenset(others) for name, others in ways.items()}
