"""The record told line by line."""

from __future__ import annotations

from unicodedata import normalize

from governance.model import Added, Event, StepRefused, StepTaken
from governance.prose import say_date
from governance.record import Record, fold, replaced
from governance.rulebook import Rulebook
from governance.service.ballots import BALLOT, ROUND
from governance.service.naming import named
from governance.service.opening import COPENHAGEN, Governance, looking
from governance.service.reading import known_on, the_names, the_thing
from governance.service.recording import THING, Seen
from governance.service.sealing import Seal, ballots_in, in_both, open_rounds
from governance.service.telling import say_event
from governance.service.views import EventView
from governance.service.words import among
from governance.store.codec import KINDS


@named
def history(gov: Governance, id: str, *, known: str = "") -> tuple[EventView, ...]:  # noqa: A002 - the word of the contract
    """Everything recorded about a thing, refusals and corrected lines too, in the order recorded.

    With ``known``, what had been recorded by the end of that day; nothing for a thing unknown then. The
    scores of a round are sealed until it is closed, whatever day is asked for.
    """
    asked = known_on(gov, known)
    id_ = normalize("NFC", id.strip())
    seen = the_thing(gov, id_, asked)
    if not seen.events:
        among(id_, the_names(gov), THING)
    book = gov.current_rulebooks(asked).books[-1]
    return event_views(gov, book, seen, fold(seen.events), id_)


def seal_of(gov: Governance, seen: Seen) -> Seal:
    """What of a thing's events is sealed: those of a ballot or round, while the round is open."""
    entered = [event for event in seen.events if isinstance(event.payload, Added)]
    kinds = {event.payload.kind for event in entered if isinstance(event.payload, Added)}
    if not kinds & {ROUND, BALLOT}:
        return Seal()
    newest = gov.current_rulebooks().books[-1]
    with looking(gov) as connection:
        rounds = open_rounds(connection, newest)
    return Seal(rounds | ballots_in(rounds, entered))


def event_views(
    gov: Governance, book: Rulebook, seen: Seen, record: Record, id_: str
) -> tuple[EventView, ...]:
    """The lines about one thing; people stand as references, and what is sealed says so."""
    seal = seal_of(gov, seen)
    wrong = replaced(seen.events)
    acts = record[id_].acts if id_ in record else ()
    late = {act.event for act in acts if act.late}
    kind = record[id_].kind if id_ in record else ""
    return tuple(
        event_view(event, book, kind, corrected=event.number in wrong, late=event.number in late)
        for event in map(seal.over, seen.events)
        if event.entity == id_
    )


def event_view(
    event: Event, book: Rulebook, kind: str, *, corrected: bool = False, late: bool = False
) -> EventView:
    """The line about one event of a thing of some kind."""
    tried = _tried(event)
    return EventView(
        number=event.number,
        entity=event.entity,
        on=say_date(event.on),
        recorded_at=event.recorded_at.astimezone(COPENHAGEN).isoformat(timespec="seconds"),
        origin=event.origin.value,
        kind=KINDS[type(event.payload)],
        what=in_both(say_event(event, book, kind)),
        source=event.source,
        recorder=event.recorder,
        findings=tried.findings if tried is not None else (),
        corrected=corrected,
        late=late,
        hash=event.hash,
        person=tried.request.person if tried is not None else "",
        changed=not isinstance(event.payload, StepRefused),
    )


def _tried(event: Event) -> StepTaken | StepRefused | None:
    return event.payload if isinstance(event.payload, StepTaken | StepRefused) else None
