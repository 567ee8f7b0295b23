"""Items as rows: facts that count now, acts that stand, tracks that add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from governance.conditions.rows import Listing, Row, told
from governance.record import Act, Entity, Known, happened_by
from governance.rulebook import judged_day
from governance.values import Choice, Span, Truth, Value, at_most, fitted, word
from governance.world.view import NO, YES, World


def facts_of(entity: Entity, scope: str, world: World, upto: int | None = None) -> dict[str, Value]:
    """The facts of a thing that count on the date: of each the latest dated no later, in its round.

    With ``upto``, only what had been recorded by that event. A word recorded on the scale of other rules is
    put on that of these where it can be; a value that fits nowhere is left for the rule that asks to refuse.
    """
    day = judged_day(world.on)
    newest: dict[str, Known] = {}
    for name, known in entity.told:
        declared = world.rulebook.fact(scope, name)
        of_another_round = declared is not None and declared.each_round and known.round != entity.round
        recorded_later = upto is not None and known.event > upto
        if of_another_round or recorded_later or not happened_by(known.on, day):
            continue
        if name not in newest or _dated(known) >= _dated(newest[name]):
            newest[name] = known
    return {name: _as_declared(scope, name, known.value, world) for name, known in newest.items()}


def _as_declared(scope: str, name: str, value: Value, world: World) -> Value:
    kind = world.rulebook.kind_of(scope, name)
    return (fitted(value, kind) if kind is not None else None) or value


def _dated(known: Known) -> date:
    return judged_day(known.on) or date.min


def item_row(entity: Entity, world: World) -> Row:
    """An item with its acts, tracks and relations, linked to the whole it is a track of (or to itself)."""
    own = _item(entity, world)
    fresh = {name: value for name, value in world.inputs.items() if name not in own.recorded}
    own = replace(own, facts={**own.facts, **fresh}, recorded=own.recorded | fresh.keys())
    above = world.above(entity)
    if not above:
        return replace(own, links={"whole": own})
    if len(above) > 1:
        return replace(own, links={"whole": _item(above[-1], world)})
    siblings = [_item(track, world) for track in world.tracks(above[0].id) if track.id != entity.id]
    return replace(own, links={"whole": _bare(above[0], world, [own, *siblings])})


def _item(entity: Entity, world: World) -> Row:
    return _bare(
        entity, world, [_item(track, world) for track in world.tracks(entity.id) if track.id != entity.id]
    )


def _bare(entity: Entity, world: World, tracks: Sequence[Row]) -> Row:
    complete = world.is_complete(entity)
    facts = facts_of(entity, "item", world)
    adding = [row for row in tracks if row.id not in _dropped(entity, world)]
    for name in world.rulebook.adding_up:
        parts = [row.facts.get(name) for row in adding]
        facts |= _added_up(name, facts.get(name), parts, closed=complete)
    recorded = frozenset(facts)
    facts |= {"id": word(entity.id), "kind": word(entity.kind)}
    related = world.of_kind("relation", item=entity.id)
    relations = tuple(
        told("relation", each.id, {**facts_of(each, "relation", world), "to": word(each.links["to"])})
        for each in related
    )
    consultations = tuple(
        told("consultation", each.id, facts_of(each, "consultation", world))
        for each in world.of_kind("consultation", item=entity.id)
    )
    whole = Row("item", entity.id, facts, recorded=recorded)
    lists = {
        "acts": act_rows(entity, world),
        "tracks": Listing(tuple(replace(track, links={"whole": whole}) for track in tracks), complete),
        "relations": Listing(relations, complete),
        "consultations": Listing(consultations, complete),
    }
    return Row("item", entity.id, facts, {}, lists, recorded=recorded)


def _dropped(whole: Entity, world: World) -> frozenset[str]:
    """The tracks of a whole that their latest act took out of it: withdrawn, or rejected."""
    drops = {act.id for act in world.rulebook.acts if act.drops}
    tracks = world.tracks(whole.id) if drops else ()
    return frozenset(track.id for track in tracks if track.acts and track.acts[-1].act in drops)


def _added_up(
    name: str, own: Value | None, parts: Sequence[Value | None], *, closed: bool
) -> dict[str, Value]:
    """A whole's own figure, or the sum of its tracks' where it has none or they certainly come to more.

    A track of which nothing is known is at least nothing.
    """
    known = [part for part in parts if isinstance(part, Span)]
    if not known:
        return {}
    low = sum((part.low for part in known if isinstance(part.low, Fraction)), Fraction(0))
    highs = [part.high for part in known if isinstance(part.high, Fraction)]
    whole = closed and len(highs) == len(parts)
    total = Span(low, sum(highs, Fraction(0)) if whole else None)
    if own is None or at_most(total, own) is Truth.FALSE:
        return {name: total}
    return {}


def _figures(entity: Entity, world: World, upto: int | None = None) -> dict[str, Value]:
    """An item's facts with those that add up, now or as recorded by an event."""
    facts = facts_of(entity, "item", world, upto)
    gone = _dropped(entity, world)
    tracks = [
        _figures(track, world, upto)
        for track in world.tracks(entity.id)
        if track.id != entity.id and track.id not in gone
    ]
    for name in world.rulebook.adding_up:
        parts = [track.get(name) for track in tracks]
        facts |= _added_up(name, facts.get(name), parts, closed=world.is_complete(entity))
    return facts


def act_rows(entity: Entity, world: World) -> Listing:
    """What was done to a thing."""
    acts = tuple(_act_row(act, entity, world) for act in entity.acts)
    return Listing(acts, world.is_complete(entity))


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
    return told("act", f"{entity.id}#{act.event}", facts, at_most(act.on, world.on))


def _stands(act: Act, entity: Entity, world: World) -> Value:
    """Whether what the act covered, of the item and of the whole it is a track of, is within what it saw."""
    kind = world.rulebook.act_by_id.get(act.act)
    if kind is None or not kind.covers:
        return YES
    tolerance = world.rulebook.reading(kind.tolerance, world.on) if kind.tolerance else None
    share = (
        tolerance.point
        if isinstance(tolerance, Span) and isinstance(tolerance.point, Fraction)
        else Fraction(0)
    )
    grown = []
    for thing in (entity, *world.above(entity)):
        seen, now = _figures(thing, world, act.event), _figures(thing, world)
        grown += [_grown(seen.get(fact), now.get(fact), share) for fact in kind.covers]
    if Truth.TRUE in grown:
        return NO
    return Choice(frozenset({"ja", "nej"})) if Truth.UNKNOWN in grown else YES


def _grown(seen: Value | None, now: Value | None, share: Fraction) -> Truth:
    if now is None or seen == now:
        return Truth.FALSE
    if isinstance(seen, Span) and isinstance(seen.high, Fraction):
        covered: Value = Span(seen.high * (1 + share), seen.high * (1 + share))
    elif isinstance(seen, Choice) and seen.options and isinstance(now, Choice) and seen.scale == now.scale:
        covered = Choice(frozenset({max(seen.options, key=seen.scale.index)}), seen.scale)
    else:
        return Truth.UNKNOWN
    return at_most(now, covered).negated
