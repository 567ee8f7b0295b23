"""The other thing a step is about: one it would add, or the term it would bring to an end."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from datetime import date
from itertools import count

from governance.model import Request
from governance.record import Entity, Known
from governance.rulebook import Step, judged_day
from governance.values import Choice, Span, Truth, Value
from governance.vocabulary import LINKS, MAY_LINK, scope_of
from governance.world import World, facts_of, holds_seat, term_row

TERM = "term"


def with_beside(
    entity: Entity, step: Step | None, request: Request, world: World, number: int
) -> Entity | None:
    """The thing as it would be once the step is taken, from what the request says; None for other steps.

    Of a step that ends a term it is the term that holds the seat, or may hold it, or else held it last.
    """
    if step is None or not step.beside:
        return None
    if step.ends:
        held = held_term(entity, world)
        return None if held is None else _with_facts(held, request, number)
    links = links_of(entity, step, request)
    blank = dict.fromkeys(LINKS[step.adds], "")
    new = Entity(
        added_id(entity, step, request, world.record),
        step.adds,
        links={**blank, **links},
        version=1,
        origin=request.origin,
        since=request.on,
    )
    return _with_facts(new, request, number)


def links_of(entity: Entity, step: Step, request: Request) -> dict[str, str]:
    """What the thing that a step adds belongs to: the thing that takes it, and what the request says."""
    said = {name: word for name, value in request.inputs.items() if (word := _link(step, name, value))}
    return {**said, scope_of(entity.kind): entity.id}


def is_link(step: Step, name: str) -> bool:
    """Whether an input says what the added thing belongs to."""
    return bool(step.adds) and name in (*LINKS[step.adds], *MAY_LINK.get(step.adds, ()))


def _link(step: Step, name: str, value: Value) -> str:
    return (value.word or "") if is_link(step, name) and isinstance(value, Choice) else ""


def _with_facts(thing: Entity, request: Request, number: int) -> Entity:
    known = {
        name: Known(value, request.on, "", number, thing.round)
        for name, value in request.inputs.items()
        if name not in LINKS.get(thing.kind, ())
    }
    return replace(thing, facts={**thing.facts, **known}, told=(*thing.told, *known.items()))


def added_id(entity: Entity, step: Step, request: Request, taken: Container[str]) -> str:
    """The id of the thing that a step adds: after what it belongs to, and one that is not taken."""
    first = f"{entity.id}/{links_of(entity, step, request).get('organisation', step.adds)}"
    if first not in taken:
        return first
    return next(id_ for n in count(2) if (id_ := f"{first}-{n}") not in taken)


def held_term(seat: Entity, world: World) -> Entity | None:
    """The term that holds a seat on the date, or may hold it, or else held it last."""
    terms = sorted(world.of_kind(TERM, seat=seat.id), key=lambda term: _begins(term, world))
    held = [(holds_seat(term_row(term, world), world.on), term) for term in terms]
    ordered = [term for wanted in (Truth.TRUE, Truth.UNKNOWN) for there, term in held if there is wanted]
    return next(iter([*ordered, *reversed(terms)]), None)


def _begins(term: Entity, world: World) -> date:
    """The last day a term can have begun; one of which nothing is known comes before the others."""
    begins = facts_of(term, TERM, world).get("from", Span())
    return (judged_day(begins) if isinstance(begins, Span) else None) or date.min
