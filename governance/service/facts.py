"""Write down what is known about a thing, and vouch that nothing is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from governance.model import Added, DeclaredComplete, Event, FactRecorded, Origin, RequestError, Text
from governance.notation import read_value
from governance.record import Entity
from governance.rulebook import Rulebook
from governance.service.ballots import refuse_by_hand
from governance.service.byhand import refuse_telling
from governance.service.meetingacts import refuse_approved
from governance.service.once import once
from governance.service.opening import Governance
from governance.service.persons import nobody
from governance.service.recording import Session, Told, session, told
from governance.service.showing import said_state
from governance.service.views import Receipt, Said
from governance.service.words import Problems, among, clean_id, in_notation, printable, storable
from governance.store import ERASED
from governance.store.nouns import is_free
from governance.store.persons import find_person
from governance.values import Span, Value, says_nothing, word
from governance.vocabulary import DERIVED, SCOPES, scope_of

FACT = Text("oplysningen", "fact")
MEETING, ATTENDANCE = "meeting", "attendance"


def fact_names(book: Rulebook, scope: str) -> list[str]:
    """The facts that may be written down about things of a scope."""
    own = [name for name in SCOPES[scope].facts if name not in DERIVED.get(scope, ())]
    return [*own, *(fact.id for fact in book.facts if fact.scope == scope)]


def read_fact(book: Rulebook, scope: str, fact: str, text: str) -> tuple[str, Value]:
    """A fact's name and value as a person wrote them; RequestError when either does not fit."""
    name = among(fact, fact_names(book, scope), FACT)
    kind = book.kind_of(scope, name)
    if kind is None or not storable(text):
        raise RequestError(
            Text(
                f"`{printable(text)}` har tegn, der ikke kan gemmes i `{name}`; fjern styretegn",
                f"`{printable(text)}` has characters `{name}` cannot hold; remove control characters",
            )
        )
    open_word = kind.name == "word" and not kind.options
    value = read_value(_called(book, text) if open_word else in_notation(text, kind), kind, name)
    if value == word(ERASED):
        raise RequestError(
            Text(
                f"`{ERASED}` står der, hvor noget er slettet; skriv `{name}` med et andet ord",
                f"`{ERASED}` stands where something was erased; write `{name}` in another word",
            )
        )
    if says_nothing(value):
        raise RequestError(
            Text(
                f"`{printable(text)}` siger intet om `{name}`; skriv, hvad der vides, eller lad være",
                f"`{printable(text)}` says nothing about `{name}`; write what is known, or leave it",
            )
        )
    if isinstance(value, Span) and any(
        isinstance(end, Fraction) and end < 0 for end in (value.low, value.high)
    ):
        raise RequestError(
            Text(
                f"`{printable(text)}` er mindre end nul; `{name}` skriver man som 0 eller mere",
                f"`{printable(text)}` is less than nothing; `{name}` is written as 0 or more",
            )
        )
    return name, value


def _called(book: Rulebook, text: str) -> str:
    """The id of the rulebook's word that is called this in either language; else the text as it stands."""
    said = text.strip().casefold()
    ids = {each.id for each in book.words if said in (each.label.da.casefold(), each.label.en.casefold())}
    return ids.pop() if len(ids) == 1 else text


@once
def record_fact(  # noqa: PLR0913 - a recording has these parts
    gov: Governance,
    entity: str,
    fact: str,
    value: str,
    *,
    source: str,
    on: str = "",
    recorder: str = "",
    version: int | None = None,
    origin: str = "live",
    about: str = "",
    key: str = "",  # noqa: ARG001 - read by once()
) -> Receipt:
    """Write down a fact with its source. ``version`` is the one that was seen: Conflict when it is past.

    An organisation the rulebook names is entered with the first fact told of it.

    ``about`` is the reference of the person a free text is about: it goes when they are erased. A retry with
    the same ``key`` gets the first answer.
    """
    said = _Saying(on, origin, source, recorder, version, about)
    return _record(gov, entity, {fact: value}, said)


@once
def record_facts(  # noqa: PLR0913 - as above
    gov: Governance,
    entity: str,
    facts: Mapping[str, str],
    *,
    source: str,
    on: str = "",
    recorder: str = "",
    version: int | None = None,
    origin: str = "live",
    about: str = "",
    key: str = "",  # noqa: ARG001 - read by once()
) -> Receipt:
    """Write down several facts of a thing at once, all or none; the receipt is that of the last.

    RequestError with everything wrong with any of them, and for none at all. The rest is as for one.
    """
    return _record(gov, entity, facts, _Saying(on, origin, source, recorder, version, about))


@dataclass(frozen=True, slots=True)
class _Saying:
    """How facts are told: when they counted, by whom, from where, and what was seen."""

    on: str
    origin: str
    source: str
    recorder: str
    version: int | None
    about: str


def _record(gov: Governance, entity: str, facts: Mapping[str, str], how: _Saying) -> Receipt:
    problems = Problems()
    said = told(
        gov,
        problems,
        on=how.on,
        origin=how.origin,
        source=how.source,
        recorder=how.recorder,
        source_needed=True,
    )
    id_ = problems.take(lambda: clean_id(entity), "")
    if not facts:
        problems.take(_refuse_nothing, None)
    problems.raise_if_any()
    with session(gov, id_) as open_:
        if id_ in said.rulebook.organisation_by_id and not open_.exists(id_):
            # History: that nothing else is recorded of it does not mean that there is nothing.
            open_.add(id_, Added("organisation"), replace(said, origin=Origin.HISTORY))
        thing = open_.entity(id_)
        open_.refuse_stale(id_, how.version, said.rulebook)
        open_.refuse_before(thing, said)
        refuse_settled_attendance(open_, said, thing.kind, thing.links)
        read = [
            problems.take(partial(_read, open_, said, thing, fact, text, how.about), None)
            for fact, text in facts.items()
        ]
        problems.raise_if_any()
        events = [
            open_.add(id_, FactRecorded(each[0], each[1], how.about), said)
            for each in read
            if each is not None
        ]
        return stored(open_, said.rulebook, events[-1])


def refuse_settled_attendance(open_: Session, said: Told, kind: str, links: Mapping[str, str]) -> None:
    """RequestError for an attendance at a meeting whose minutes are approved, unless told as history."""
    meeting = open_.find(links[MEETING]) if kind == ATTENDANCE and not said.origin.told else None
    if meeting is not None:
        refuse_approved(said.rulebook, meeting)


def _refuse_nothing() -> None:
    raise RequestError(Text("nævn mindst én oplysning", "name at least one fact"))


def _read(open_: Session, said: Told, thing: Entity, fact: str, text: str, about: str) -> tuple[str, Value]:
    book = said.rulebook
    if not said.origin.told:
        refuse_telling(book, thing.kind, fact.strip())
    live = Origin.LIVE in (thing.origin, said.origin)
    refuse_by_hand(book, thing.kind, thing.links, fact.strip(), live=live)
    name, value = read_fact(book, scope_of(thing.kind), fact, text)
    if about:
        refuse_about(open_, about, name, value)
    return name, value


def refuse_about(open_: Session, ref: str, fact: str, value: Value) -> None:
    """RequestError when a fact cannot be about a person: there is none such, or it is no text that can go."""
    if find_person(open_.connection, ref) is None:
        raise nobody(ref)
    if not is_free(value):
        raise RequestError(
            Text(
                f"`{fact}` er ikke en fri tekst, så den kan ikke slettes igen; udelad --about",
                f"`{fact}` is no free text, so that it could not be erased again; leave --about out",
            )
        )


@once
def declare_complete(
    gov: Governance,
    entity: str,
    *,
    on: str = "",
    source: str = "",
    recorder: str = "",
    version: int | None = None,
    key: str = "",  # noqa: ARG001 - read by once()
) -> Receipt:
    """Vouch that nothing more happened to a thing up to a date than what is recorded.

    ``version`` is the one that was seen; a retry with the same ``key`` gets the first answer.
    """
    problems = Problems()
    said = told(gov, problems, on=on, origin="live", source=source, recorder=recorder)
    id_ = problems.take(lambda: clean_id(entity), "")
    problems.raise_if_any()
    with session(gov, id_) as open_:
        open_.refuse_before(open_.entity(id_), said)
        open_.refuse_stale(id_, version, said.rulebook)
        return stored(open_, said.rulebook, open_.add(id_, DeclaredComplete(), said))


def stored(open_: Session, book: Rulebook, event: Event) -> Receipt:
    """The receipt for something that was simply written down."""
    state = state_of(open_, book, event.entity)
    return Receipt(
        event.number, event.entity, event.version, allowed=True, state=state, findings=(), hash=event.hash
    )


def state_of(open_: Session, book: Rulebook, id_: str) -> Said | None:
    """Where an item is now; None for a thing without states."""
    thing = open_.record.get(id_)
    state = open_.gov.referee(book).placed(thing).state if thing is not None else ""
    return said_state(book, thing.kind, state) if thing is not None and state else None
