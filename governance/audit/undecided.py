"""Which rules nobody can judge again, because a fact they read was erased."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import fields, is_dataclass

from governance.audit.differences import LATE, Tried
from governance.conditions.nodes import nodes_of
from governance.record import Entity
from governance.rulebook import Rule, Rulebook
from governance.store import ERASED
from governance.values import word

ACTS = frozenset({"act", "acts", "stands"})
"""What a rule says that asks for acts: whether those stand rests on the facts they cover."""


def erased_facts(
    things: Iterable[Entity], of: str, tried: Tried, hidden: Container[tuple[str, str]]
) -> frozenset[str]:
    """The facts of things, and of a request about one of them, that were erased since."""
    told = [(thing.id, fact, known.value) for thing in things for fact, known in thing.told]
    told += [(of, fact, value) for fact, value in tried.request.inputs.items()]
    gone = word(ERASED)
    return frozenset(fact for id_, fact, value in told if value == gone and (id_, fact) in hidden)


def rules_that_read(rulebook: Rulebook, facts: frozenset[str], step: str) -> frozenset[str]:
    """The rules that read one of some facts, by id; with any, whether the step comes too late."""
    found = {rule.id for rule in rulebook.every_rule if facts and facts & _read(rulebook, rule)}
    return frozenset({*found, step + LATE} if found else found)


def _read(rulebook: Rulebook, rule: Rule) -> set[str]:
    """Every name a rule says, in it, in its readings, and in what the acts it asks for cover."""
    names = _names(rule.conditions)
    seen: set[str] = set()
    while new := {name for name in names if name in rulebook.reading_by_id} - seen:
        seen |= new
        for name in new:
            names |= _names(tuple(dated.meaning for dated in rulebook.reading_by_id[name].values))
    if names & ACTS:
        names |= {fact for act in rulebook.acts for fact in act.covers}
    return names


def _names(tree: object) -> set[str]:
    parts = [
        getattr(node, part.name) for node in nodes_of(tree) if is_dataclass(node) for part in fields(node)
    ]
    return {part for part in parts if isinstance(part, str)}
