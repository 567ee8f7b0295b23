"""Suppose that remedies were applied: the item as it would be, without anything being stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from governance.conditions.reasons import Change, Complete, Explain, Record, Remedy, Supply, Wait
from governance.model import Decision, Event, FactRecorded, Origin, Request, StepTaken
from governance.record import Entity, apply
from governance.rulebook import Rulebook, Step
from governance.values import Choice, Kind, Span, Value, day, word

NEVER = datetime(1, 1, 1, tzinfo=UTC)


def satisfying(kind: Kind, operator: str, wanted: tuple[Value, ...]) -> Value | None:
    """A known value that compares as wanted, or None when none is easily named."""
    bound = wanted[0] if wanted else None
    if operator == "recorded":
        return _any_known(kind)
    if isinstance(bound, Choice):
        return _satisfying_word(kind, operator, wanted)
    if not isinstance(bound, Span):
        return None
    if operator == "about":
        return bound if bound.low is None else Span(bound.low, bound.low)
    up = operator in ("at_least", "more_than", "no_earlier_than", "after", "is")
    end = bound.high if up else bound.low
    if end is None:
        return None
    strict = {"more_than": 1, "after": 1, "less_than": -1, "before": -1, "is_not": 1}.get(operator, 0)
    if isinstance(end, date):
        return day(end + timedelta(days=strict))
    return Span(end + strict, end + strict)


def _any_known(kind: Kind) -> Value:
    if kind.name == "number":
        return Span(Fraction(0), Fraction(0))
    if kind.name == "date":
        return day(NEVER.date())
    return (
        Choice(frozenset({kind.options[0]}), kind.options if kind.name == "scale" else ())
        if kind.options
        else word("x")
    )


def _satisfying_word(kind: Kind, operator: str, wanted: tuple[Value, ...]) -> Value | None:
    words = frozenset().union(
        *(value.options or frozenset() for value in wanted if isinstance(value, Choice))
    )
    if kind.name != "scale":
        fits = (
            sorted(words)
            if operator in ("is", "one_of")
            else [each for each in kind.options if each not in words]
        )
        return word(fits[0]) if fits else None
    places = sorted(kind.options.index(each) for each in words)
    if not places:
        return None
    fit = {
        "at_least": range(places[-1], len(kind.options)),
        "more_than": range(places[-1] + 1, len(kind.options)),
        "at_most": range(places[0] + 1),
        "less_than": range(places[0]),
        "is": places,
        "one_of": places,
    }.get(operator, [place for place in range(len(kind.options)) if place not in places])
    return next((Choice(frozenset({kind.options[place]}), kind.options) for place in fit), None)


def with_fact(entity: Entity, fact: str, value: Value, on: Span) -> Entity:
    """The item as if a fact had been recorded."""
    event = Event(_next(entity), entity.id, FactRecorded(fact, value), on, NEVER, Origin.LIVE)
    return apply(entity, event) or entity


def after_step(entity: Entity, step: Step, decision: Decision) -> Entity:
    """The item as if the step had been taken."""
    payload = StepTaken(decision.request, decision.from_state, decision.to_state, step.act, step.new_round)
    event = Event(_next(entity), entity.id, payload, decision.request.on, NEVER, Origin.LIVE)
    return apply(entity, event) or entity


def _next(entity: Entity) -> int:
    numbers = [known.event for known in entity.facts.values()] + [act.event for act in entity.acts]
    return max(numbers, default=0) + 1


def apply_remedies(
    remedies: Iterable[Remedy], entity: Entity, request: Request, rulebook: Rulebook
) -> tuple[Entity, Request] | None:
    """The item and the request once these remedies are applied; None when one is not within the asker's reach.

    Within reach are facts to record, lists to complete, dates to wait for, reasons and inputs to give;
    acts of bodies are not: they are steps of their own.
    """
    for remedy in remedies:
        match remedy:
            case Record(about, fact, operator, wanted) | Change(about, fact, operator, wanted) if (
                about == entity.id
            ):
                kind = rulebook.kind_of("item", fact)
                value = satisfying(kind, operator, wanted) if kind is not None else None
                if value is None:
                    return None
                entity = with_fact(entity, fact, value, request.on)
            case Complete(about) if about == entity.id:
                entity = replace(entity, complete_on=request.on)
            case Wait(until):
                request = replace(request, on=day(until))
            case Explain():
                request = replace(request, reason="…")
            case Supply(fact):
                kind = rulebook.kind_of("item", fact)
                value = kind.unknown() if kind is not None else Span()
                request = replace(request, inputs={**request.inputs, fact: value})
            case _:
                return None
    return entity, request
