"""The calls for a seat: told as things of their own, or as the acts its rules ask for."""

from __future__ import annotations

from governance.conditions.nodes import ActDone, Rows, nodes_of
from governance.conditions.rows import Listing, Row
from governance.roster.coming import Call, Calling
from governance.roster.findings import judges
from governance.roster.spans import due_on
from governance.rulebook import Rule, Rulebook
from governance.values import Span, any_of, at_most, word
from governance.world import World


def calling_of(seat: Row, since: Span, world: World) -> Calling:
    """The calls for a seat, told as things of their own or as acts of the kinds its rules ask for."""
    rules = _asking(world.rulebook, seat)
    asked = {act for rule in rules for node in nodes_of(rule.requires) for act in _asked(node)}
    acts = {word(act) for act in asked - _of_other_things(world.rulebook)}
    rows = [row for row in _listed(seat, "acts") if row.facts.get("act") in acts]
    made = [Call(_day(row, world), row.facts.get("via")) for row in (*_listed(seat, "calls"), *rows)]
    made.sort(key=lambda call: (str(call.on.high or ""), str(call.on.low or "")))
    dues = [due for rule in rules if (due := due_on(rule, seat, world)) != Span()]
    return Calling(
        since=since,
        made=tuple(made),
        called=any_of(at_most(since, call.on) for call in made),
        asked_by=rules,
        deadline=min(dues, key=lambda due: str(due.high or due.low), default=Span()),
    )


def _asking(rulebook: Rulebook, seat: Row) -> tuple[Rule, ...]:
    """The rules on a seat that ask for a call, or for an act that may be one."""
    return tuple(
        rule
        for rule in rulebook.rules
        if rule.for_each == "seat" and not rule.steps and judges(rule, seat) and _asks(rule)
    )


def _asks(rule: Rule) -> bool:
    return any(
        _asked(node) or (isinstance(node, Rows) and node.collection == "calls")
        for node in nodes_of(rule.requires)
    )


def _asked(node: object) -> tuple[str, ...]:
    return node.acts if isinstance(node, ActDone) and node.of == "seat" else ()


def _of_other_things(rulebook: Rulebook) -> set[str]:
    """The acts that add a thing of their own, be it a call or a term, or end one."""
    steps = (step for process in rulebook.processes for step in process.steps)
    return {step.act for step in steps if step.beside}


def _listed(seat: Row, name: str) -> tuple[Row, ...]:
    return seat.lists.get(name, Listing()).rows


def _day(row: Row, world: World) -> Span:
    """When a call was made, else when it was told."""
    on = row.facts.get("on")
    entity = world.record.get(row.id)
    if isinstance(on, Span):
        return on
    return entity.since if entity is not None else Span()
