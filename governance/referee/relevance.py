"""Which acts and facts the rules of a rulebook can tell apart; a search need not look at the rest."""

from __future__ import annotations

from collections.abc import Iterator

from governance.conditions.nodes import ActDone, Compare, Condition, Fact, Recorded, Rows, nodes_of
from governance.rulebook import Rulebook


def _guards(rulebook: Rulebook) -> Iterator[object]:
    for rule in rulebook.every_rule:
        if rule.steps:
            yield from nodes_of((rule.requires, rule.applies_when))
    for reading in rulebook.readings:
        yield from nodes_of(
            tuple(dated.meaning for dated in reading.values if isinstance(dated.meaning, Condition))
        )


def acts_that_matter(rulebook: Rulebook) -> frozenset[str]:
    """The acts that some rule on a step, or some reading, asks for."""
    nodes = list(_guards(rulebook))
    named = {act for node in nodes if isinstance(node, ActDone) for act in node.acts}
    asked = any(isinstance(node, Compare) and node.left == Fact("act", "act") for node in nodes)
    return frozenset(rulebook.act_by_id) if asked else frozenset(named)


def acts_of_any_round(rulebook: Rulebook) -> frozenset[str]:
    """The acts that count even from before a reopening."""
    nodes = (node for node in _guards(rulebook) if isinstance(node, ActDone) and node.any_round)
    return frozenset(act for node in nodes for act in node.acts)


def bodies_are_told_apart(rulebook: Rulebook) -> frozenset[str]:
    """The steps that may be taken by several bodies of which a rule can tell one from another."""
    nodes = list(_guards(rulebook))
    by = [(node.acts, set(node.by)) for node in nodes if isinstance(node, ActDone) and node.by]
    asked = any(isinstance(node, Fact) and node.name == "body" for node in nodes)
    return frozenset(
        step.id
        for process in rulebook.processes
        for step in process.steps
        if len(step.by) > 1
        and (
            asked
            or any(step.act in acts and 0 < len(bodies & set(step.by)) < len(step.by) for acts, bodies in by)
            or any(rule.excused_by for rule in rulebook.every_rule)
        )
    )


def acts_are_told_apart(rulebook: Rulebook) -> bool:
    """Whether a rule asks when an act was done, by whom, or how often: then a second one is not the first."""
    return any(
        (isinstance(node, Rows) and node.collection == "acts")
        or (isinstance(node, ActDone) and bool(node.tests))
        for node in _guards(rulebook)
    )


def facts_that_matter(rulebook: Rulebook) -> frozenset[str]:
    """The facts that some rule on a step, some reading, some input or some act's cover asks for."""
    nodes = list(_guards(rulebook))
    named = {node.name for node in nodes if isinstance(node, Fact)}
    named |= {node.fact for node in nodes if isinstance(node, Recorded)}
    named |= {fact for act in rulebook.acts for fact in act.covers}
    asked = {
        each.fact
        for process in rulebook.processes
        for step in process.steps
        for each in step.inputs
        if each.required
    }
    return frozenset(named | asked)
