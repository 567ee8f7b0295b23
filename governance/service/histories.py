"""The record told line by line."""

from __future__ import annotations

from unicodedata import normalize

from governance.model import Event, StepRefused, StepTaken
from governance.prose import say_date
from governance.record import Record, fold, replaced
from governance.rulebook import Rulebook
from governance.service.naming import named
from governance.service.opening import COPENHAGEN, Governance
from governance.service.reading import known_on, the_names, the_thing
from governance.service.recording import THING, Seen
from governance.service.telling import say_event
from governance.service.views import EventView
from governance.service.words import among
from governance.store.codec import KINDS


@named
def history(gov: Governance, id: str, *, known: str = "") -> tuple[EventView, ...]:  # noqa: A002 - the word of the contract
    """Everything recorded about a thing, refusals and corrected lines too, in the order recorded.

    With ``known``, what had been recorded by the end of that day; nothing for a thing unknown then.
    """
    asked = known_on(gov, known)
    id_ = normalize("NFC", id.strip())
    seen = the_thing(gov, id_, asked)
    if not seen.events:
        among(id_, the_names(gov), THING)
    return event_views(gov.current_rulebooks(asked).books[-1], seen, fold(seen.events), id_)


def event_views(book: Rulebook, seen: Seen, record: Record, id_: str) -> tuple[EventView, ...]:
    """The lines about one thing; people stand as references."""
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
            recorder=event.recorder,
            findings=tried.findings if tried is not None else (),
            corrected=event.number in wrong,
            late=event.number in late,
            hash=event.hash,
            person=tried.request.person if tried is not None else "",
        )
        for event, tried in ((event, _tried(event)) for event in seen.events if event.entity == id_)
    )


def _tried(event: Event) -> StepTaken | StepRefused | None:
    return event.payload if isinstance(event.payload, StepTaken | StepRefused) else None
