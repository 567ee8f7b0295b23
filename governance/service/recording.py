"""Load what a decision needs, and store what came of it: one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

from governance.model import Conflict, Event, Origin, Payload, RequestError, StepTaken, Text
from governance.prose.values import say_day
from governance.record import Entity, Record, fold
from governance.rights import Duty
from governance.rulebook import Rulebook
from governance.service.ballots import BALLOT, ROUND
from governance.service.families import HELD_KINDS, Family, Loaded
from governance.service.opening import Governance, looking, told_plainly
from governance.service.permitting import permit
from governance.service.persons import person_of
from governance.service.plugins import tell
from governance.service.sealing import Seal, ballots_in, open_rounds
from governance.service.telling import say_event
from governance.service.words import Problems, among, clean_text, event_date
from governance.store import (
    append,
    ids_of,
    keep_rulebook,
    kind_of,
    load_family,
    load_things,
    version_of,
    writing,
)
from governance.values import Span
from governance.vocabulary import GROUP_KINDS

SOURCE = Text("kilden", "the source")
RECORDER = Text("den, der registrerer,", "the recorder")
THING = Text("sagen", "item")
ADDED = "governance_added"
"""The option of a connection that holds the events of the transaction on it, for the listeners."""


@dataclass(frozen=True, slots=True)
class Told:
    """What every event carries besides what happened: when it counted, who says so and who wrote it down."""

    on: Span
    origin: Origin
    source: str
    recorder: str
    rulebook: Rulebook


def told(  # noqa: PLR0913 - what every event carries
    gov: Governance,
    problems: Problems,
    *,
    on: str,
    origin: str,
    source: str,
    recorder: str,
    source_needed: bool = False,
    duty: Duty | None = Duty.RECORD,
) -> Told:
    """Read what every event carries. RequestError when the date cannot be used: nothing can be judged.

    Forbidden unless the caller may do what the events come of, by default record; None leaves that to be
    asked where more is known. A caller is their own recorder.
    """
    if duty is not None:
        permit(gov, duty)
    if gov.caller is not None:
        recorder = gov.caller.person
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
    loaded: Loaded

    @property
    def events(self) -> tuple[Event, ...]:
        """The events loaded or added."""
        return tuple(self.loaded.events)

    @property
    def record(self) -> Record:
        """What they come to."""
        return self.loaded.record

    def entity(self, id_: str) -> Entity:
        """A thing by id; RequestError with what may have been meant."""
        if id_ in self.record:
            return self.record[id_]
        among(id_, self.ids(but=id_), THING)
        raise KeyError(id_)  # it is in the database but not in its own family: the store is broken

    def find(self, id_: str) -> Entity | None:
        """A thing by id wherever it is; None when there is none, or a correction took it away."""
        if id_ in self.record:
            return self.record[id_]
        return fold(load_family(self.connection, id_, ())).get(id_) if self.version(id_) else None

    def ids(self, kinds: Collection[str] | None = None, *, but: str) -> Sequence[str]:
        """The ids of everything there is, or of things of some kinds, ``but`` one; for what may be meant."""
        return [each for each in ids_of(self.connection, kinds) if each != but]

    def exists(self, id_: str) -> bool:
        """Whether there is a thing of that id; one that a correction took away is there no more."""
        return self.find(id_) is not None

    def version(self, id_: str) -> int:
        """How many events have changed a thing."""
        known = self.loaded.version(id_)
        return version_of(self.connection, id_) if known is None else known

    def person(self, name: str) -> str:
        """The reference of a person: of the one of that name, or a new one; nothing for nobody."""
        return person_of(self.connection, name)

    def refuse_stale(
        self, id_: str, version: int | None, book: Rulebook, *, adding: Collection[str] | None = None
    ) -> None:
        """Conflict, with what happened meanwhile, when the thing has changed since the version seen.

        Where ``adding`` names things that its steps may have added, only when one of these was added since.
        """
        current = self.version(id_)
        if version is None or version == current:
            return
        kind = self.record[id_].kind if id_ in self.record else ""
        later = [event for event in self.events if event.entity == id_ and event.version > version]
        if adding is not None and 0 < version < current:
            later = [
                each for each in later if isinstance(each.payload, StepTaken) and each.payload.about in adding
            ]
            if not later:
                return
        seal = Seal(frozenset({id_}) if kind == BALLOT else frozenset())
        told_of = tuple(say_event(seal.over(event), book, kind) for event in later)
        raise Conflict(id_, version, current, told_of, tuple(event.number for event in later))

    def refuse_before(self, entity: Entity, said: Told) -> None:
        """RequestError when something live would be dated before the thing existed."""
        since = entity.since.low
        ends = said.on.high
        if said.origin is Origin.LIVE and isinstance(since, date) and isinstance(ends, date) and ends < since:
            raise RequestError(
                Text(
                    f"`{entity.id}` findes først fra {say_day(since).da}; skriv en dato derefter",
                    f"`{entity.id}` exists only since {since}; write a date after that",
                )
            )

    def add(self, id_: str, payload: Payload, said: Told) -> Event:
        """Store an event about a thing, and give it as stored. Raises Conflict."""
        book = said.rulebook
        event = Event(
            self.loaded.last + 1,
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
        stored = append(self.connection, event, self.loaded.after(event), self.version(id_))
        self.loaded.take(stored)
        if self.gov.listeners:
            added: list[Event] = self.connection.get_execution_options().get(ADDED, [])
            added.append(stored)
        return stored


@contextmanager
def session(
    gov: Governance, id_: str, around: Callable[[str], tuple[str, ...]] = lambda _: GROUP_KINDS
) -> Iterator[Session]:
    """A writing transaction with a thing's family loaded, and what is ``around`` its kind: the group."""
    with one_transaction(gov) as connection:
        yield Session(gov, connection, _loaded(gov, connection, id_, around))


def _loaded(
    gov: Governance, connection: Connection, id_: str, around: Callable[[str], tuple[str, ...]]
) -> Loaded:
    """What an act rests on: from what a long transaction holds, unless that holds too little for it."""
    held = gov.held.around(id_) if gov.held is not None else None
    thing = held.record.get(id_) if held is not None else None
    kinds = around(thing.kind if thing is not None else kind_of(connection, id_))
    if held is not None and gov.held is not None:
        if set(kinds) <= set(HELD_KINDS):
            return held
        gov.held.forget()
    return Family(load_family(connection, id_, kinds))


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read, as of one moment."""

    events: tuple[Event, ...]

    @property
    def versions(self) -> Mapping[str, int]:
        """The version of every thing by id: that after its last event."""
        return {event.entity: event.version for event in self.events}


P = ParamSpec("P")
A = TypeVar("A")


def in_one_moment(ask: Callable[Concatenate[Governance, P], A]) -> Callable[Concatenate[Governance, P], A]:
    """Let a question see one moment of the record in all that it reads, in one transaction."""

    @wraps(ask)
    def asked(gov: Governance, /, *args: P.args, **kwargs: P.kwargs) -> A:
        with looking(gov) as connection:
            return ask(replace(gov, within=connection), *args, **kwargs)

    return asked


@contextmanager
def one_transaction(gov: Governance) -> Iterator[Connection]:
    """The transaction under way, or one of its own: everything in it is stored, or nothing."""
    if gov.within is not None:
        with told_plainly():
            yield gov.within
        return
    added: list[Event] = []
    with told_plainly(), writing(gov.engine) as connection:
        connection.execution_options(**{ADDED: added})
        yield connection
        told_of = _sealed(gov, connection, added)
    tell(gov.listeners, told_of)


def _sealed(gov: Governance, connection: Connection, added: list[Event]) -> tuple[Event, ...]:
    """The events of a transaction as anybody may see them."""
    kinds = {event.entity: kind_of(connection, event.entity) for event in added}
    ballots = [id_ for id_, kind in kinds.items() if kind == BALLOT]
    if not ballots and ROUND not in kinds.values():
        return tuple(added)
    rounds = open_rounds(connection, replace(gov, within=connection).current_rulebooks().books[-1])
    seal = Seal(rounds | ballots_in(rounds, load_things(connection, ballots)))
    return tuple(map(seal.over, added))
