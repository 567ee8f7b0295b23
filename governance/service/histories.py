"""The record told line by line."""

from __future__ import annotations

from governance.model import (
    Added,
    Corrected,
    DeclaredComplete,
    Erased,
    FactRecorded,
    RulebookAdopted,
    StepRefused,
    StepTaken,
)
from governance.prose import say_date
from governance.record import Record, fold, replaced
from governance.rulebook import Rulebook
from governance.service.opening import COPENHAGEN, Governance
from governance.service.recording import THING, Seen, everything
from governance.service.telling import say_event
from governance.service.views import EventView
from governance.service.words import among

KINDS = {
    Added: "added",
    FactRecorded: "fact",
    StepTaken: "step",
    StepRefused: "refused",
    Corrected: "corrected",
    DeclaredComplete: "complete",
    Erased: "erased",
    RulebookAdopted: "adopted",
}


def history(gov: Governance, id: str) -> tuple[EventView, ...]:  # noqa: A002 - the word of the contract
    """Everything recorded about a thing, refusals and corrected lines too, in the order recorded."""
    seen = everything(gov)
    id_ = among(id, dict.fromkeys(event.entity for event in seen.events), THING)
    return event_views(gov.rulebooks.books[-1], seen, fold(seen.events), id_)


def event_views(book: Rulebook, seen: Seen, record: Record, id_: str) -> tuple[EventView, ...]:
    """The lines about one thing; a person is told by name where the name is known."""
    wrong = replaced(seen.events)
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
            recorder=seen.names.get(event.recorder, event.recorder),
            findings=event.payload.findings if isinstance(event.payload, StepTaken | StepRefused) else (),
            corrected=event.number in wrong,
            late=event.number in late,
            hash=event.hash,
        )
        for event in seen.events
        if event.entity == id_
    )
