"""Who a thing may wait for, told by its kind and state alone, before anything about it is looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from governance.conditions.nodes import ActDone, nodes_of
from governance.rulebook import Rule, Rulebook, Step

Place = tuple[str, str]
"""A kind of things and a state they stand at."""


def waited_for(
    rulebook: Rulebook, rules_of: Callable[[Step, str], tuple[Rule, ...]]
) -> Mapping[Place, frozenset[str]]:
    """Of each place that awaits a step, every body that may be waited for there.

    They are those who may take the step, and those who do the acts that its rules, or a reading, ask for: an
    act that would free a step is always one of these. Where one does not say by whom, it is any body.
    """
    meanings = tuple(dated.meaning for reading in rulebook.readings for dated in reading.values)
    found: dict[Place, frozenset[str]] = {}
    for kind in dict.fromkeys(kind.id for process in rulebook.processes for kind in process.kinds):
        process = rulebook.process_for(kind)
        for state in process.states if process is not None else ():
            named = (rulebook.step(kind, name, state.id) for name in state.awaits)
            steps = [step for step in named if step is not None]
            asked = [(rule.requires, rule.applies_when) for step in steps for rule in rules_of(step, kind)]
            if steps:
                takers = frozenset(body for step in steps for body in step.by)
                found[kind, state.id] = takers | _doers(rulebook, (*asked, meanings))
    return found


def _doers(rulebook: Rulebook, conditions: tuple[object, ...]) -> frozenset[str]:
    acts = [node for node in nodes_of(conditions) if isinstance(node, ActDone)]
    if any(not act.by for act in acts):
        return frozenset(body.id for body in rulebook.bodies)
    return frozenset(body for act in acts for body in act.by)
