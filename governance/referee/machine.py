"""The only module that builds and drives ``transitions``: one machine a rulebook, items never registered.

The machine holds which step leads from which state to which; whether it may be taken is asked of the
decision, through callables of our own. No string from a rule file ever reaches it as a callback.
"""

from __future__ import annotations

from dataclasses import dataclass

from transitions import EventData, Machine, MachineError

from governance.rulebook import Process, Rulebook


@dataclass(slots=True)
class Attempt:
    """A throw-away model: the state an item is in and whether its decision allows the step."""

    state: str
    allowed: bool


def _is_allowed(event: EventData) -> bool:
    attempt = event.model
    return isinstance(attempt, Attempt) and attempt.allowed


def _qualified(process: Process, name: str) -> str:
    return f"{process.id}/{name}"


def build_machine(rulebook: Rulebook) -> Machine:
    """The machine of every process of a rulebook."""
    states = [_qualified(process, state.id) for process in rulebook.processes for state in process.states]
    machine = Machine(
        model=None,
        states=states,
        initial=states[0] if states else "none",
        auto_transitions=False,
        send_event=True,
    )
    for process in rulebook.processes:
        for step in process.steps:
            for source in step.from_states:
                machine.add_transition(
                    _qualified(process, step.id),
                    _qualified(process, source),
                    _qualified(process, step.to or source),
                    conditions=_is_allowed,
                )
    return machine


def move(machine: Machine, process: Process, step: str, state: str, *, allowed: bool) -> str | None:
    """The state a step leads to; None when the machine has no such move or its decision refuses it."""
    event = machine.events.get(_qualified(process, step))
    if event is None:
        return None
    attempt = Attempt(_qualified(process, state), allowed)
    try:
        moved = event.trigger(attempt)
    except (MachineError, ValueError):  # no such step from the state, or a state that these rules do not know
        return None
    return attempt.state.removeprefix(f"{process.id}/") if moved else None
