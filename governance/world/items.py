"""Items as rows: facts that count now, acts that stand, tracks that add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from governance.conditions.rows import Listing, Row
from governance.record import Act, Entity
from governance.values import Choice, Span, Truth, Value, at_most, word
from governance.world.view import NO, YES, World


def facts_of(entity: Entity, scope: str, world: World) -> dict[str, Value]:
    """The facts of a thing that count now: those of each round only while their round lasts."""
    facts: dict[str, Value] = {}
    for name, known in entity.facts.items():
        declared = world.rulebook.fact(scope, name)
        if declared is None or not declared.each_round or known.round == entity.round:
            facts[name] = known.value
    return facts


def item_row(entity: Entity, world: World) -> Row:
    """An item with its acts, tracks and relations, linked to the whole it is a track of (or to itself)."""
    own = _item(entity, world)
    fresh = {name: value for name, value in world.inputs.items() if name not in own.recorded}
    own = replace(own, facts={**own.facts, **fresh}, recorded=own.recorded | fresh.keys())
    parent = world.record.get(entity.links.get("parent", ""))
    if parent is None:
        return replace(own, links={"whole": own})
    siblings = [_item(track, world) for track in world.tracks(parent.id) if track.id != entity.id]
    return replace(own, links={"whole": _bare(parent, world, [own, *siblings])})


def _item(entity: Entity, world: World) -> Row:
    return _bare(
        entity, world, [_item(track, world) for track in world.tracks(entity.id) if track.id != entity.id]
    )


def _bare(entity: Entity, world: World, tracks: Sequence[Row]) -> Row:
    complete = world.is_complete(entity)
    facts = facts_of(entity, "item", world)
    for declared in world.rulebook.facts:
        if (
            declared.adds_up
            and declared.id not in facts
            and any(declared.id in row.recorded for row in tracks)
        ):
            facts[declared.id] = _sum([row.facts.get(declared.id, Span()) for row in tracks], closed=complete)
    recorded = frozenset(facts)
    facts |= {"id": word(entity.id), "kind": word(entity.kind)}
    related = world.of_kind("relation", item=entity.id)
    relations = tuple(
        Row("relation", each.id, {**facts_of(each, "relation", world), "to": word(each.links["to"])})
        for each in related
    )
    acts = tuple(_act_row(act, entity, world) for act in entity.acts)
    lists = {
        "acts": Listing(acts, complete),
        "tracks": Listing(tuple(tracks), complete),
        "relations": Listing(relations, complete),
    }
    return Row("item", entity.id, facts, {}, lists, recorded=recorded)


def _sum(parts: Sequence[Value], *, closed: bool) -> Span:
    """The sum of what the tracks are estimated at; a part nothing is known of is at least nothing."""
    low, high = Fraction(0), Fraction(0) if closed else None
    for part in parts:
        if not isinstance(part, Span):
            return Span()
        low += part.low if isinstance(part.low, Fraction) else 0
        high = high + part.high if high is not None and isinstance(part.high, Fraction) else None
    return Span(low, high)


def _act_row(act: Act, entity: Entity, world: World) -> Row:
    facts: dict[str, Value] = {
        "act": word(act.act),
        "body": word(act.body),
        "on": act.on,
        "current_round": YES if act.round == entity.round else NO,
        "stands": _stands(act, entity, world),
    }
    facts |= {
        name: word(value) for name, value in (("person", act.person), ("recorder", act.recorder)) if value
    }
    return Row("act", f"{entity.id}#{act.event}", facts, there=at_most(act.on, world.on))


def _stands(act: Act, entity: Entity, world: World) -> Value:
    """Whether what the act covered has stayed within what it saw."""
    kind = world.rulebook.act_by_id.get(act.act)
    if kind is None or not kind.covers:
        return YES
    tolerance = world.rulebook.reading(kind.tolerance, world.on) if kind.tolerance else None
    share = (
        tolerance.point
        if isinstance(tolerance, Span) and isinstance(tolerance.point, Fraction)
        else Fraction(0)
    )
    now = facts_of(entity, "item", world)
    grown = [_grown(act.seen.get(fact), now.get(fact), share) for fact in kind.covers]
    if Truth.TRUE in grown:
        return NO
    return Choice(frozenset({"ja", "nej"})) if Truth.UNKNOWN in grown else YES


def _grown(seen: Value | None, now: Value | None, share: Fraction) -> Truth:
    if now is None or seen == now:
        return Truth.FALSE
    if isinstance(seen, Span) and isinstance(seen.high, Fraction):
        covered: Value = Span(seen.high * (1 + share), seen.high * (1 + share))
    elif isinstance(seen, Choice) and seen.scale and seen.options:
        covered = Choice(frozenset({max(seen.options, key=seen.scale.index)}), seen.scale)
    else:
        return Truth.UNKNOWN
    return at_most(now, covered).negated
