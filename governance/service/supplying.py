"""Facts that the program around us knows: written into the record before a step is judged by them.

So a decision rests on the record alone, and is made again years later without the function.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from governance.model import Event, FactRecorded, Origin, RequestError, Text
from governance.notation import write_value
from governance.record import Entity, Known
from governance.rulebook import Rulebook, Step, judged_day
from governance.service.ballots import refuse_by_hand
from governance.service.byhand import refuse_telling
from governance.service.facts import read_fact
from governance.service.opening import Governance
from governance.service.plugins import FactSource
from governance.service.recording import Session, Told
from governance.values import Span, Value
from governance.vocabulary import scope_of

log = logging.getLogger("governance.facts")


def record_supplied(open_: Session, id_: str, step: Step, said: Told) -> None:
    """Write down what the sources know of a thing before a step that asks for it is judged.

    RequestError, naming the source, when one fails, says what its fact cannot be, or contradicts what is
    recorded from elsewhere: which of the two is right is for a person to say.
    """
    day = judged_day(said.on)
    if said.origin is not Origin.LIVE or day is None or not open_.gov.facts:
        return
    book, thing = said.rulebook, open_.entity(id_)
    asked = book.facts_asked_by((step,))
    for source in _sources(open_.gov, thing, asked):
        news = _news(book, source, thing, day)
        if news is not None:
            told = replace(said, source=source.source, recorder="")
            open_.add(id_, FactRecorded(source.fact, news), told)


def supposed(gov: Governance, book: Rulebook, thing: Entity, on: Span, last: int) -> tuple[Event, ...]:
    """What would be written down if a step were taken, as events after the ``last``; nothing is stored.

    A source that cannot be used is passed over and logged: a page is shown without it, and the step that
    asks for it is refused when somebody takes it.
    """
    day = judged_day(on)
    if day is None:
        return ()
    process = book.process_for(thing.kind)
    asked = book.facts_asked_by(process.steps) if process is not None else frozenset[str]()
    found: list[Event] = []
    for source in _sources(gov, thing, asked):
        try:
            news = _news(book, source, thing, day)
        except RequestError:
            log.warning("the source of %s.%s could not be used for a page", source.scope, source.fact)
            continue
        if news is not None:
            payload = FactRecorded(source.fact, news)
            number = last + len(found) + 1
            found.append(
                Event(
                    number,
                    thing.id,
                    payload,
                    on,
                    gov.now(),
                    Origin.LIVE,
                    source.source,
                    version=thing.version,
                )
            )
    return tuple(found)


def _sources(gov: Governance, thing: Entity, asked: frozenset[str]) -> Iterator[FactSource]:
    scope = scope_of(thing.kind)
    return (each for each in gov.facts if each.scope == scope and each.fact in asked)


def _news(book: Rulebook, source: FactSource, thing: Entity, day: date) -> Value | None:
    """What a source says of a thing and the record does not say yet."""
    value = _value(book, source, thing, day)
    if value is None:
        return None
    known = thing.facts.get(source.fact)
    if known is None:
        return value
    if known.source != source.source and known.value != value:
        raise RequestError(_contradicted(source, thing, known, value))
    each_round = any(
        fact.each_round for fact in book.facts if (fact.scope, fact.id) == (source.scope, source.fact)
    )
    behind = known.value != value or (each_round and known.round != thing.round)
    return value if behind else None


def _value(book: Rulebook, source: FactSource, thing: Entity, day: date) -> Value | None:
    kind = book.kind_of(source.scope, source.fact)
    if kind is None or kind.name != source.kind:
        holds = kind.name if kind is not None else "–"
        raise RequestError(
            Text(
                f"kilden »{source.source}« giver `{source.fact}` som {source.kind}, "
                f"men reglerne siger {holds}",
                f"the source “{source.source}” gives `{source.fact}` as {source.kind}, "
                f"but the rules say {holds}",
            )
        )
    refuse_telling(book, thing.kind, source.fact)
    refuse_by_hand(book, thing.kind, thing.links, source.fact, live=True)
    try:
        supplied = source.supply(thing.id, day)
    except Exception as error:
        log.exception("the source of %s.%s failed", source.scope, source.fact)
        raise RequestError(
            Text(
                f"kilden »{source.source}« kunne ikke sige `{source.fact}` om `{thing.id}`; prøv igen senere",
                f"the source “{source.source}” could not say `{source.fact}` of `{thing.id}`; "
                "try again later",
            )
        ) from error
    if supplied is None:
        return None
    written = supplied.isoformat() if isinstance(supplied, date) else str(supplied)
    return read_fact(book, source.scope, source.fact, written)[1]


def _contradicted(source: FactSource, thing: Entity, known: Known, value: Value) -> Text:
    recorded, supplied = write_value(known.value), write_value(value)
    return Text(
        f"`{source.fact}` om `{thing.id}` er {recorded} efter »{known.source}«, men »{source.source}« siger "
        f"{supplied}; ret det ene sted, så de siger det samme",
        f"`{source.fact}` of `{thing.id}` is {recorded} by “{known.source}”, but “{source.source}” says "
        f"{supplied}; mend one of them, so that they agree",
    )
