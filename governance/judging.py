"""What becomes of a request: decided on what was known of its day, and what is stored of it.

Pure, so that a step taken now and one decided again years later go through the same lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from governance.model import (
    NOBODY,
    Decision,
    Event,
    Force,
    Origin,
    Request,
    RequestError,
    Ruled,
    StepRefused,
    StepTaken,
    Text,
    Verdict,
)
from governance.prose import ruled, step_label
from governance.record import Act, Entity, Record, apply, fold
from governance.referee import Referee, added_id, supposing
from governance.rulebook import Step
from governance.values import Span


def judge_step(
    referee: Referee, thing: Entity, request: Request, record: Record, events: Sequence[Event]
) -> StepTaken | StepRefused:
    """The step taken or refused, with every finding told.

    ``events`` are those of the thing's family and of the group, ``record`` is their fold by the day of the
    request and ``thing`` the item as it is now. History is judged, never refused. Raises RequestError for a
    request that cannot be judged.
    """
    if thing.id not in record and request.origin is Origin.LIVE:
        raise RequestError(
            Text(
                f"`{thing.id}` fandtes ikke endnu den dag; skriv en senere dato",
                f"`{thing.id}` did not exist yet on that day; write a later date",
            )
        )
    then = referee.placed(record.get(thing.id, thing))
    decision = referee.decide(then, request, record)
    step = referee.step_for(referee.process(then), request.step, then.state)
    findings = ruled(decision, referee.rulebook)
    request = replace(decision.request, inputs=dict(decision.request.inputs))
    before, after = decision.from_state, decision.to_state
    late = _rewriting(referee, thing, decision, step, events)
    if request.origin is Origin.LIVE and (late is not None or not decision.allowed):
        return StepRefused(request, before, after, findings if late is None else (*findings, late))
    about = _about(referee, then, step, request, record, events)
    return StepTaken(request, before, after, step.act, step.new_round, findings, step.to is None, about)


def _about(
    referee: Referee, then: Entity, step: Step, request: Request, record: Record, events: Sequence[Event]
) -> str:
    """The id of the other thing that a step adds or ends; ``NOBODY`` when it is not known which that is.

    What a step adds gets an id that nothing known has, also where that is dated after the step.
    """
    if not step.beside:
        return ""
    beside = supposing(then, request, record).beside(referee.rulebook)
    if beside is None or not all(beside.links.values()):
        return NOBODY
    if not step.adds:
        return beside.id
    return added_id(then, step, request, {event.entity for event in events})


def _rewriting(
    referee: Referee, thing: Entity, decision: Decision, step: Step, events: Sequence[Event]
) -> Ruled | None:
    """Why an act dated before others may not be added without a reason: it takes away what they relied on.

    Each later act is decided again on the record as it was, with and without this one before it.
    """
    request = decision.request
    if request.origin is not Origin.LIVE or request.reason or not decision.allowed:
        return None
    broken = [
        act
        for act in thing.acts
        if _after(act.on, request.on) and _undoes(referee, thing, act, request, step, events)
    ]
    if not broken:
        return None
    said = [(act.event, step_label(referee.rulebook, act.step)) for act in broken]
    da = ", ".join(f"{label.da} (begivenhed {number})" for number, label in said)
    en = ", ".join(f"{label.en} (event {number})" for number, label in said)
    because = Text(
        f"Skridtet er dateret før {da}, som da ikke havde været tilladt",
        f"The step is dated before {en}, which would then not have been allowed",
    )
    mend = Text("Skriv en begrundelse, eller ret datoen", "Give a reason, or correct the date")
    return Ruled(f"{request.step}/late", None, Force.DEFAULT, Verdict.BROKEN, because, mend, blocks=True)


def _after(one: Span, other: Span) -> bool:
    return isinstance(one.low, date) and isinstance(other.high, date) and one.low > other.high


def _undoes(
    referee: Referee, thing: Entity, act: Act, request: Request, step: Step, events: Sequence[Event]
) -> bool:
    """Whether an act was allowed, and would not have been after the request."""
    event = next(event for event in events if event.number == act.event)
    record = fold(each for each in events if each.number < act.event)
    before = record.get(thing.id)
    if before is None or not isinstance(event.payload, StepTaken):
        return False
    beside = supposing(before, request, record).beside(referee.rulebook)
    about = beside.id if beside is not None else ""
    late = StepTaken(request, before.state, step.to or before.state, step.act, step.new_round, about=about)
    with_late = apply(before, replace(event, payload=late, on=request.on, origin=Origin.LIVE)) or before
    added = {} if beside is None else {beside.id: beside}
    was = referee.decide(before, event.payload.request, record)
    now = referee.decide(with_late, event.payload.request, {**record, **added, thing.id: with_late})
    return was.allowed and not now.allowed
