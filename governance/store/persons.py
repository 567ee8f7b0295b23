"""Who the references stand for, where each occurs, and what is written about whom."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, and_, or_, select, update

from governance.record import PERSON
from governance.store.beside import LETTERS
from governance.store.chain import digest
from governance.store.schema import events, people, texts, things
from governance.store.seals import ERASED

REF = re.compile(r"p-[a-z2-7]{8}", re.ASCII)
"""What the reference of a person looks like."""

BITS = 5

WRITTEN = ("fact", "corrected")
"""The kinds of events whose texts may be about somebody, who has no part in the event by that."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as they are written down; ``former`` are the names they had before."""

    ref: str
    name: str
    contact: str
    former: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What they are called and were called."""
        return (self.name, *self.former)


def is_ref(text: str) -> bool:
    """Whether a text is a person's reference, of whomever or nobody."""
    return REF.fullmatch(text) is not None


def ref_for(key: str) -> str:
    """The reference that a key gives a new person, so that a retry gives them the same one."""
    number = int(digest(f"person/{key}"), 16)
    return "p-" + "".join(LETTERS[number >> BITS * place & 31] for place in range(8))


def persons(connection: Connection) -> tuple[PersonRow, ...]:
    """Everybody who is written down, by name."""
    found = connection.execute(select(people).order_by(people.c.name, people.c.ref))
    return tuple(_person(row) for row in found)


def find_person(connection: Connection, ref: str) -> PersonRow | None:
    """The person of a reference."""
    row = connection.execute(select(people).where(people.c.ref == ref)).first()
    return None if row is None else _person(row)


def _person(row: Row[Any]) -> PersonRow:
    return PersonRow(row.ref, row.name, row.contact, tuple(row.former.splitlines()))


def write_person(connection: Connection, person: PersonRow) -> None:
    """Write somebody new down under a reference."""
    row = {"ref": person.ref, "name": person.name, "contact": person.contact, "former": ""}
    connection.execute(people.insert(), row)


def rename_person(connection: Connection, ref: str, name: str) -> PersonRow | None:
    """Give somebody another name, and keep the one they had; None when nobody has the reference."""
    known = find_person(connection, ref)
    if known is None:
        return None
    before = dict.fromkeys((*known.former, " ".join(known.name.split())))
    former = tuple(each for each in before if each != name)
    changed = update(people).where(people.c.ref == ref)
    connection.execute(changed.values(name=name, former="\n".join(former)))
    return replace(known, name=name, former=former)


def is_erased(connection: Connection, ref: str) -> bool:
    """Whether the person of a reference was erased."""
    erased = select(things.c.id).where(things.c.id == ref, things.c.kind == PERSON)
    return connection.execute(erased).first() is not None


def told_names(connection: Connection, refs: Collection[str]) -> Mapping[str, str]:
    """What stands where each reference stands: the name, or the word for one that was erased."""
    gone = select(things.c.id).where(things.c.id.in_(list(refs)), things.c.kind == PERSON)
    known = select(people.c.ref, people.c.name).where(people.c.ref.in_(list(refs)))
    erased = dict.fromkeys(connection.execute(gone).scalars(), ERASED)
    return erased | {row.ref: row.name for row in connection.execute(known)}


def events_naming(connection: Connection, ref: str) -> tuple[tuple[int, str], ...]:
    """The events that name a person by reference, with what each is about."""
    within = events.c.payload.contains(f'"{ref}"', autoescape=True)
    named = or_(events.c.recorder == ref, and_(within, events.c.kind.not_in(WRITTEN)))
    found = select(events.c.number, events.c.entity).where(named, events.c.entity != ref)
    return tuple((row.number, row.entity) for row in connection.execute(found.order_by(events.c.number)))


def events_about(connection: Connection, ref: str) -> Mapping[int, str]:
    """The events with a text that was written about somebody, each with the thing it is about.

    Whoever recorded the text said so; a correction of such an event is one too.
    """
    said = events.c.payload.contains(f'"about":"{ref}"', autoescape=True)
    may_be = select(events.c.number, events.c.entity, events.c.payload).where(
        or_(events.c.kind == "corrected", and_(events.c.kind == "fact", said))
    )
    about: dict[int, str] = {}
    for row in connection.execute(may_be.order_by(events.c.number)):
        payload = json.loads(row.payload)
        if payload.get("about") == ref or payload.get("event") in about:
            about[row.number] = row.entity
    return about


def texts_about(connection: Connection, ref: str, places: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The texts of some places that were written about somebody, with their digests."""
    theirs = texts.c.event.in_(list(events_about(connection, ref)))
    found = select(texts.c.digest, texts.c.text).where(theirs, texts.c.place.in_(list(places)))
    return tuple((row.digest, row.text) for row in connection.execute(found.order_by(texts.c.digest)))
