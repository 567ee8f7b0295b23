"""Load what a decision needs, and store what came of it: one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from governance.model import Conflict, Event, Origin, Payload, RequestError, Text
from governance.record import Entity, Record, fold
from governance.rulebook import Rulebook
from governance.service.opening import Governance
from governance.service.words import Problems, among, clean_text, event_date
from governance.store import StoreError, append, load_all, load_family, reading, versions, writing
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
    """A transaction under way: the events it has loaded or added, and the connection they go to."""

    gov: Governance
    connection: Connection
    events: tuple[Event, ...]
    versions: dict[str, int]

    @property
    def record(self) -> Record:
        """Everything loaded, folded."""
        return fold(self.events)

    def entity(self, id_: str) -> Entity:
        """A thing by id; RequestError with what may have been meant."""
        record = self.record
        if id_ in record:
            return record[id_]
        among(id_, sorted(record.keys() | self.all_record().keys()), THING)
        raise KeyError(id_)  # it is in the database but not in its own family: the store is broken

    def all_record(self) -> Record:
        """Everything there is, folded; for names that may be meant."""
        return fold(load_all(self.connection))

    def exists(self, id_: str) -> bool:
        """Whether there is a thing of that id; one that a correction took away is there no more."""
        return id_ in self.versions and id_ in fold(load_family(self.connection, id_, ()))

    def refuse_stale(self, id_: str, version: int | None) -> None:
        """Conflict when the thing has changed since the version that was seen."""
        current = self.versions.get(id_, 0)
        if version is not None and version != current:
            raise Conflict(id_, version, current)

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

    def add(self, id_: str, payload: Payload, said: Told) -> tuple[Event, int]:
        """Store an event about a thing; gives it with the thing's version. Raises Conflict."""
        seen = self.versions.get(id_, 0)
        number = max((event.number for event in self.events), default=0) + 1
        event = Event(
            number,
            id_,
            payload,
            said.on,
            self.gov.now(),
            said.origin,
            said.source,
            said.recorder,
            said.rulebook.digest,
        )
        after = fold((*self.events, event)).get(id_)
        stored, version = append(self.connection, event, after, seen)
        self.events = (*self.events, stored)
        self.versions[id_] = version
        return stored, version


@contextmanager
def session(gov: Governance, id_: str) -> Iterator[Session]:
    """A writing transaction with a thing's family and the group loaded."""
    with one_transaction(gov) as connection:
        events = load_family(connection, id_, RECORDED_KINDS)
        yield Session(gov, connection, events, dict(versions(connection)))


def everything(gov: Governance) -> tuple[tuple[Event, ...], Mapping[str, int]]:
    """All events and all versions, as of one moment."""
    with _told_plainly(), nullcontext(gov.within) if gov.within else reading(gov.engine) as connection:
        return load_all(connection), versions(connection)


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
