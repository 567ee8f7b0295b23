"""What a correction would do, before anybody makes it: what falls, what rests on it, where the thing ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from governance.model import Corrected, Event, FactRecorded, RequestError, StepTaken
from governance.record import Entity, Record, fold, replaced
from governance.rulebook import Rulebook, judged_day
from governance.service.corrections import (
    find_event,
    other_half,
    take_refusals,
    written_beside,
)
from governance.service.families import Family
from governance.service.histories import history, seal_of
from governance.service.naming import named
from governance.service.opening import Governance, looking
from governance.service.recording import Seen, Session
from governance.service.sealing import Seal
from governance.service.showing import input_view, said_state
from governance.service.views import CorrectionView, EventView, InputView, Said
from governance.service.words import Problems
from governance.store import load_family
from governance.vocabulary import GROUP_KINDS, scope_of

NEVER = datetime(1, 1, 1, tzinfo=UTC)


@named
def correction(gov: Governance, event: int) -> CorrectionView:
    """What striking an event would do; nothing is stored, and what forbids it is among the answer.

    RequestError for an event that is not there.
    """
    wrong = find_event(gov, event)
    with looking(gov) as connection:
        open_ = Session(
            gov, connection, Family(load_family(connection, wrong.entity, GROUP_KINDS, told=True))
        )
        book = gov.rulebook(wrong.on) if judged_day(wrong.on) is not None else gov.rulebooks.books[-1]
        problems = Problems()
        take_refusals(problems, open_, book, wrong)
        falls = [*written_beside(open_, wrong), *other_half(gov, wrong)]
        number = max(open_.loaded.last, *(each.number for each in open_.events)) + 1
        struck = (*open_.events, _striking(wrong, number))
        before, after = open_.record.get(wrong.entity), fold(struck).get(wrong.entity)
        return CorrectionView(
            event=_line(gov, wrong),
            falls=tuple(_line(gov, each) for each in falls),
            rests=tuple(_line(gov, each) for each in _resting(gov, open_.events, wrong)),
            state=_stands(gov, book, before),
            then=_stands(gov, book, after),
            gone=after is None,
            asked=_asked(book, wrong, before, seal_of(gov, Seen(open_.events))),
            home=_home(book, open_.record, wrong.entity),
            version=open_.version(wrong.entity),
            problems=problems.found,
        )


def _striking(wrong: Event, number: int) -> Event:
    return Event(number, wrong.entity, Corrected(wrong.number, "?"), wrong.on, NEVER, wrong.origin)


def _line(gov: Governance, event: Event) -> EventView:
    return next(each for each in history(gov, event.entity) if each.number == event.number)


def _resting(gov: Governance, events: tuple[Event, ...], wrong: Event) -> Iterator[Event]:
    """The later steps of its family that were allowed, and would not have been without it alone."""
    settled = replaced(events)
    for act in events:
        if act.number <= wrong.number or act.number in settled or not isinstance(act.payload, StepTaken):
            continue
        earlier = [each for each in events if each.number < act.number]
        was = _allowed(gov, act, fold(earlier))
        if was and not _allowed(gov, act, fold([*earlier, _striking(wrong, act.number)])):
            yield act


def _allowed(gov: Governance, act: Event, record: Record) -> bool:
    """Whether a step as it was asked for is allowed on a record; not where it cannot even be asked."""
    thing = record.get(act.entity)
    if thing is None or not isinstance(act.payload, StepTaken):
        return False
    try:
        return gov.referee(gov.rulebook(act.on)).decide(thing, act.payload.request, record).allowed
    except RequestError:
        return False


def _stands(gov: Governance, book: Rulebook, thing: Entity | None) -> Said | None:
    state = gov.referee(book).placed(thing).state if thing is not None else ""
    return said_state(book, thing.kind, state) if thing is not None and state else None


def _asked(book: Rulebook, wrong: Event, thing: Entity | None, seal: Seal) -> InputView | None:
    """How to ask for the right value, of an event that recorded one; what is sealed is not told."""
    payload = wrong.payload.replacement if isinstance(wrong.payload, Corrected) else wrong.payload
    if not isinstance(payload, FactRecorded) or thing is None:
        return None
    asked = input_view(book, thing, payload.fact, scope_of(thing.kind))
    return asked if seal.over(wrong) == wrong else replace(asked, recorded="")


def _home(book: Rulebook, record: Record, id_: str) -> str:
    """The thing whose page tells of it: itself where it goes through a process, else what it belongs to."""
    thing = record.get(id_)
    if thing is None:
        return ""
    for each in (id_, *thing.links.values()):
        if each in record and book.process_for(record[each].kind) is not None:
            return each
    return ""
