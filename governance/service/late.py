"""Acts entered after later ones: allowed, but with a reason when later acts relied on their absence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from governance.model import Decision, Event, Force, Origin, Request, Ruled, StepTaken, Text, Verdict
from governance.prose import step_label
from governance.record import Entity, apply, fold, replaced
from governance.referee import Referee
from governance.rulebook import Step
from governance.service.recording import Session
from governance.values import Span


def rewriting(
    open_: Session, referee: Referee, thing: Entity, decision: Decision, step: Step
) -> Ruled | None:
    """Why an act dated before others may not be added without a reason: it takes away what they relied on.

    Each later act is decided again on the record as it was, with and without this one before it.
    """
    request = decision.request
    if request.reason:
        return None
    broken = [
        event
        for event in _later(open_, thing, request)
        if _undoes(open_, referee, thing, event, request, step)
    ]
    if not broken:
        return None
    said = [(event.number, step_label(referee.rulebook, _step_of(event))) for event in broken]
    da = ", ".join(f"{label.da} (begivenhed {number})" for number, label in said)
    en = ", ".join(f"{label.en} (event {number})" for number, label in said)
    because = Text(
        f"Skridtet er dateret før {da}, som da ikke havde været tilladt",
        f"The step is dated before {en}, which would then not have been allowed",
    )
    mend = Text("Skriv en begrundelse, eller ret datoen", "Give a reason, or correct the date")
    return Ruled(f"{request.step}/late", None, Force.DEFAULT, Verdict.BROKEN, because, mend, blocks=True)


def _later(open_: Session, thing: Entity, request: Request) -> list[Event]:
    """The item's acts that count and are dated after the request."""
    wrong = replaced(open_.events)
    return [
        event
        for event in open_.events
        if event.entity == thing.id
        and isinstance(event.payload, StepTaken)
        and event.number not in wrong
        and _after(event.on, request.on)
    ]


def _after(one: Span, other: Span) -> bool:
    return isinstance(one.low, date) and isinstance(other.high, date) and one.low > other.high


def _step_of(event: Event) -> str:
    return event.payload.request.step if isinstance(event.payload, StepTaken) else ""


def _undoes(
    open_: Session, referee: Referee, thing: Entity, event: Event, request: Request, step: Step
) -> bool:
    payload = event.payload
    if not isinstance(payload, StepTaken):
        return False
    record = fold(each for each in open_.events if each.number < event.number)
    before = record.get(thing.id)
    if before is None:
        return False
    late = StepTaken(request, before.state, step.to or before.state, step.act, step.new_round)
    with_late = apply(before, replace(event, payload=late, on=request.on, origin=Origin.LIVE)) or before
    was = referee.decide(before, payload.request, record)
    now = referee.decide(with_late, payload.request, {**record, thing.id: with_late})
    return was.allowed and not now.allowed
