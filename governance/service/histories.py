"""The record told line by line."""

from __future__ import annotations

from collections.abc import Iterable

from governance.model import (
    Added,
    Corrected,
    DeclaredComplete,
    Event,
    FactRecorded,
    StepRefused,
    StepTaken,
    Text,
)
from governance.prose import label, say_date, say_value, step_label
from governance.prose.labels import both, fact_label, sentence, state_label
from governance.record import Record, fold, replaced
from governance.rulebook import Rulebook
from governance.service.opening import COPENHAGEN, Governance
from governance.service.recording import THING, everything
from governance.service.views import EventView
from governance.service.words import among
from governance.values import Kind

KINDS = {
    Added: "added",
    FactRecorded: "fact",
    StepTaken: "step",
    StepRefused: "refused",
    Corrected: "corrected",
    DeclaredComplete: "complete",
}


def history(gov: Governance, id: str) -> tuple[EventView, ...]:  # noqa: A002 - the word of the contract
    """Everything recorded about a thing, refusals and corrected lines too, in the order recorded."""
    events, _ = everything(gov)
    record = fold(events)
    id_ = among(id, dict.fromkeys(event.entity for event in events), THING)
    return event_views(gov.rulebooks.books[-1], events, record, id_)


def event_views(book: Rulebook, events: Iterable[Event], record: Record, id_: str) -> tuple[EventView, ...]:
    """The lines about one thing."""
    all_events = tuple(events)
    wrong = replaced(all_events)
    acts = record[id_].acts if id_ in record else ()
    late = {act.event for act in acts if act.late}
    kind = record[id_].kind if id_ in record else ""
    return tuple(
        EventView(
            number=event.number,
            entity=event.entity,
            on=say_date(event.on),
            recorded_at=event.recorded_at.astimezone(COPENHAGEN).isoformat(timespec="seconds"),
            origin=event.origin.value,
            kind=KINDS[type(event.payload)],
            what=say_event(event, book, kind),
            source=event.source,
            recorder=event.recorder,
            findings=event.payload.findings if isinstance(event.payload, StepTaken | StepRefused) else (),
            corrected=event.number in wrong,
            late=event.number in late,
        )
        for event in all_events
        if event.entity == id_
    )


def say_event(event: Event, book: Rulebook, kind: str) -> Text:
    """What an event says, as one line; ``kind`` is that of the thing it is about."""
    payload = event.payload
    match payload:
        case Added(what, title):
            named = Text(f": {title}", f": {title}") if title else Text("", "")
            return sentence(
                both("{kind} oprettet{title}", "{kind} entered{title}", kind=label(book, what), title=named)
            )
        case FactRecorded(fact, value):
            unit = (book.kind_of("item", fact) or book.kind_of(kind, fact) or Kind("text")).unit
            said = say_value(value, book, unit)
            return sentence(
                both("{fact}: {value}", "{fact}: {value}", fact=fact_label(book, fact), value=said)
            )
        case StepTaken() | StepRefused():
            return _say_step(payload, book, kind)
        case Corrected(number, reason, replacement):
            done = Text(f"Begivenhed {number} er rettet: {reason}", f"Event {number} is corrected: {reason}")
            if replacement is None:
                return done
            instead = say_event(
                Event(0, event.entity, replacement, event.on, event.recorded_at, event.origin), book, kind
            )
            return both("{done}. {instead}", "{done}. {instead}", done=done, instead=instead)
        case DeclaredComplete():
            when = say_date(event.on)
            return both("Intet mangler til og med {on}", "Nothing is missing up to {on}", on=when)


def _say_step(payload: StepTaken | StepRefused, book: Rulebook, kind: str) -> Text:
    step, body = step_label(book, payload.request.step), label(book, payload.request.body)
    if isinstance(payload, StepRefused):
        return both("{body} blev nægtet: {step}", "{body} was refused: {step}", body=body, step=step)
    before, after = state_label(book, kind, payload.from_state), state_label(book, kind, payload.to_state)
    if payload.from_state == payload.to_state:
        return both("{step} ({body})", "{step} ({body})", step=step, body=body)
    return both(
        "{step} ({body}): {before} → {after}",
        "{step} ({body}): {before} → {after}",
        step=step,
        body=body,
        before=before,
        after=after,
    )
