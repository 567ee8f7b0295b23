"""Load what a decision needs, and store what came of it: one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from governance.model import Conflict, Corrected, Event, Origin, Payload, RequestError, Text
from governance.record import Entity, Record, apply, fold
from governance.rulebook import Rulebook
from governance.service.opening import Governance
from governance.service.telling import say_event
from governance.service.words import Problems, among, clean_text, event_date
from governance.store import (
    StoreError,
    append,
    keep_rulebook,
    load_all,
    load_family,
    names,
    new_person,
    reading,
    refs_of,
    version_of,
    versions,
    writing,
)
from governance.values import Span
from governance.vocabulary import RECORDED_KINDS

SOURCE = Text("kilden", "the source")
RECORDER = Text("den, der registrerer,", "the recorder")
THING = Text("sagen", "item")


@dataclass(frozen=True, slots=True)
class Told:
    """What every event carries besides what happened: when it counted, who says so and who wrote it down."""

    on: Span
    origin: Origin
    source: str
    recorder: str
    rulebook: Rulebook


def told(
    gov: Governance,
    problems: Problems,
    *,
    on: str,
    origin: str,
    source: str,
    recorder: str,
    source_needed: bool = False,
) -> Told:
    """Read what every event carries. RequestError when the date cannot be used: nothing can be judged."""
    kind = problems.take(lambda: Origin(among(origin, [each.value for each in Origin], ORIGIN)), Origin.LIVE)
    said = problems.take(lambda: clean_text(source, SOURCE, needed=source_needed), "")
    who = problems.take(lambda: clean_text(recorder, RECORDER, most=200), "")
    when = problems.take(lambda: event_date(on, gov.today), Span())
    if when == Span():
        problems.raise_if_any()
    book = problems.take(lambda: gov.rulebook(when), gov.rulebooks.books[0])
    return Told(when, kind, said, who, book)


ORIGIN = Text("oprindelsen", "origin")


@dataclass(slots=True)
class Session:
    """A transaction under way: the events it has loaded or added, folded, and the connection they go to."""

    gov: Governance
    connection: Connection
    events: tuple[Event, ...]
    record: Record

    def entity(self, id_: str) -> Entity:
        """A thing by id; RequestError with what may have been meant."""
        if id_ in self.record:
            return self.record[id_]
        among(id_, sorted(self.record.keys() | self.all_record().keys()), THING)
        raise KeyError(id_)  # it is in the database but not in its own family: the store is broken

    def all_record(self) -> Record:
        """Everything there is, folded; for names that may be meant."""
        return fold(load_all(self.connection, told=False))

    def exists(self, id_: str) -> bool:
        """Whether there is a thing of that id; one that a correction took away is there no more."""
        if id_ in self.record:
            return True
        return bool(self.version(id_)) and id_ in fold(load_family(self.connection, id_, ()))

    def version(self, id_: str) -> int:
        """How many events have changed a thing."""
        known = next((event.version for event in reversed(self.events) if event.entity == id_), None)
        return version_of(self.connection, id_) if known is None else known

    def person(self, name: str) -> str:
        """The reference of a person: of the one of that name, or a new one; nothing for nobody.

        RequestError when several have the name: then the reference says who is meant.
        """
        known = refs_of(self.connection, name) if name else ()
        if len(known) > 1:
            refs = ", ".join(known)
            raise RequestError(
                Text(
                    f"flere hedder `{name}`; skriv en af referencerne {refs}",
                    f"several are called `{name}`; write one of the references {refs}",
                )
            )
        return known[0] if known else new_person(self.connection, name) if name else ""

    def refuse_stale(self, id_: str, version: int | None, book: Rulebook) -> None:
        """Conflict, with what happened meanwhile, when the thing has changed since the version seen."""
        current = self.version(id_)
        if version is None or version == current:
            return
        kind = self.record[id_].kind if id_ in self.record else ""
        later = (event for event in self.events if event.entity == id_ and event.version > version)
        raise Conflict(id_, version, current, tuple(say_event(event, book, kind) for event in later))

    def refuse_before(self, entity: Entity, said: Told) -> None:
        """RequestError when something live would be dated before the thing existed."""
        since = entity.since.low
        ends = said.on.high
        if said.origin is Origin.LIVE and isinstance(since, date) and isinstance(ends, date) and ends < since:
            raise RequestError(
                Text(
                    f"`{entity.id}` findes først fra {since}; skriv en dato derefter",
                    f"`{entity.id}` exists only since {since}; write a date after that",
                )
            )

    def add(self, id_: str, payload: Payload, said: Told) -> Event:
        """Store an event about a thing, and give it as stored. Raises Conflict."""
        book = said.rulebook
        event = Event(
            max((event.number for event in self.events), default=0) + 1,
            id_,
            payload,
            said.on,
            self.gov.now(),
            said.origin,
            said.source,
            self.person(said.recorder),
            book.digest,
        )
        keep_rulebook(self.connection, book.id, book.from_.isoformat(), book.digest, dict(book.files))
        stored = append(self.connection, event, self._with(event).get(id_), self.version(id_))
        self.record = self._with(stored)
        self.events = (*self.events, stored)
        return stored

    def _with(self, event: Event) -> Record:
        """The record with one event more; a correction changes what came before, so all is folded anew."""
        if isinstance(event.payload, Corrected):
            return fold((*self.events, event))
        after = apply(self.record.get(event.entity), event)
        return self.record if after is None else {**self.record, event.entity: after}


@contextmanager
def session(gov: Governance, id_: str) -> Iterator[Session]:
    """A writing transaction with a thing's family and the group loaded."""
    with one_transaction(gov) as connection:
        events = load_family(connection, id_, RECORDED_KINDS)
        yield Session(gov, connection, events, fold(events))


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read, as of one moment: events, the versions of things, and who the references stand for."""

    events: tuple[Event, ...]
    versions: Mapping[str, int]
    names: Mapping[str, str]


def everything(gov: Governance) -> Seen:
    """All events, all versions and all names, as of one moment."""
    with _told_plainly(), nullcontext(gov.within) if gov.within else reading(gov.engine) as connection:
        return Seen(load_all(connection), versions(connection), names(connection))


@contextmanager
def one_transaction(gov: Governance) -> Iterator[Connection]:
    """The transaction under way, or one of its own: everything in it is stored, or nothing."""
    with _told_plainly(), nullcontext(gov.within) if gov.within else writing(gov.engine) as connection:
        yield connection


@contextmanager
def _told_plainly() -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        raise RequestError(error.text) from error
