"""Who the references stand for, where each occurs, and what is written about whom."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select, update

from governance.record import PERSON
from governance.store.beside import LETTERS
from governance.store.chain import digest
from governance.store.schema import events, people, subjects, texts, things
from governance.store.seals import ERASED

REF = re.compile(r"p-[a-z2-7]{8}", re.ASCII)
"""What the reference of a person looks like."""

BITS = 5


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as they are written down."""

    ref: str
    name: str
    contact: str


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
    return tuple(PersonRow(row.ref, row.name, row.contact) for row in found)


def find_person(connection: Connection, ref: str) -> PersonRow | None:
    """The person of a reference."""
    row = connection.execute(select(people).where(people.c.ref == ref)).first()
    return None if row is None else PersonRow(row.ref, row.name, row.contact)


def write_person(connection: Connection, person: PersonRow) -> None:
    """Write somebody down under a reference."""
    row = {"ref": person.ref, "name": person.name, "contact": person.contact}
    connection.execute(people.insert(), row)


def rename_person(connection: Connection, ref: str, name: str) -> bool:
    """Give somebody another name; false when nobody has the reference."""
    return connection.execute(update(people).where(people.c.ref == ref).values(name=name)).rowcount == 1


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
    named = or_(events.c.recorder == ref, events.c.payload.contains(f'"{ref}"', autoescape=True))
    found = select(events.c.number, events.c.entity).where(named, events.c.entity != ref)
    return tuple((row.number, row.entity) for row in connection.execute(found.order_by(events.c.number)))


def write_subject(connection: Connection, event: int, ref: str) -> None:
    """Note that an event's free text is written about somebody."""
    connection.execute(subjects.insert(), {"event": event, "ref": ref})


def subject_of(connection: Connection, event: int) -> str:
    """Whom an event's free text is about; nothing when that was not said."""
    return connection.execute(select(subjects.c.ref).where(subjects.c.event == event)).scalar() or ""


def things_about(connection: Connection, ref: str) -> tuple[str, ...]:
    """The things with a text that was written about somebody."""
    found = select(events.c.entity).join(subjects, subjects.c.event == events.c.number)
    return tuple(connection.execute(found.where(subjects.c.ref == ref).distinct()).scalars())


def texts_about(connection: Connection, ref: str, places: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The texts of some places that were written about somebody, with their digests."""
    about = select(texts.c.digest, texts.c.text).join(subjects, subjects.c.event == texts.c.event)
    found = about.where(subjects.c.ref == ref, texts.c.place.in_(list(places))).order_by(texts.c.digest)
    return tuple((row.digest, row.text) for row in connection.execute(found))
