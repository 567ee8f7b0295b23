"""People: names stand apart from the events, which hold references only."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from governance.model import RequestError, Text
from governance.rights import Duty
from governance.service.once import own_key
from governance.service.opening import Governance, looking
from governance.service.permitting import permit
from governance.service.persons import nobody, readable_name
from governance.service.recording import one_transaction
from governance.service.words import clean_key, clean_text
from governance.store.beside import new_person, refs_of
from governance.store.persons import (
    PersonRow,
    events_naming,
    find_person,
    is_erased,
    is_ref,
    persons,
    ref_for,
    write_person,
)
from governance.store.persons import rename_person as write_name
from governance.store.seals import ERASED
from governance.store.traces import TextTrace, find_traces

NAME = Text("navnet", "the name")
CONTACT = Text("kontakten", "the contact")
MOST_NAME = 200

PLACES = {
    "title": Text("titel", "title"),
    "source": Text("kilde", "source"),
    "reason": Text("begrundelse", "reason"),
    "fact": Text("oplysning", "fact"),
    "told": Text("svarets sætninger", "sentences of the answer"),
}


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in a list; ``same_name`` are the references of others who are called the same."""

    ref: str
    name: str
    contact: str
    same_name: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """Where somebody occurs: an event and the thing it is about, and for a text its place in it."""

    event: int
    entity: str
    place: Text | None = None


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person, the names they had, the events they acted in or recorded, and the texts about them."""

    ref: str
    name: str
    contact: str
    erased: bool
    events: tuple[Mention, ...]
    texts: tuple[Mention, ...]
    same_name: tuple[str, ...] = ()
    former: tuple[str, ...] = ()


def add_person(gov: Governance, name: str, *, contact: str = "", key: str = "") -> PersonLine:
    """Write somebody down and give them a reference. A retry with the same ``key`` gives the same person.

    RequestError when the key was for somebody else, or for somebody who is erased.
    """
    permit(gov, Duty.RECORD)
    name, contact = clean_name(name), clean_text(contact, CONTACT, most=MOST_NAME)
    key = clean_key(key)
    with one_transaction(gov) as connection:
        if not key:
            return _line(connection, PersonRow(new_person(connection, name, contact), name, contact))
        wanted = PersonRow(ref_for(own_key(gov, key)), name, contact)
        known = find_person(connection, wanted.ref)
        if known is None and not is_erased(connection, wanted.ref):
            write_person(connection, wanted)
        elif known is None or name not in known.names or contact != known.contact:
            raise RequestError(
                Text(
                    f"nøglen `{key}` er brugt til en anden person ({wanted.ref}); tag en ny nøgle",
                    f"the key `{key}` was used for another person ({wanted.ref}); take a new key",
                )
            )
        return _line(connection, known or wanted)


def people(gov: Governance) -> tuple[PersonLine, ...]:
    """Everybody who is written down, by name."""
    permit(gov, Duty.AUDIT)
    with looking(gov) as connection:
        everybody = persons(connection)
    by_name: dict[str, list[str]] = {}
    for each in everybody:
        by_name.setdefault(each.name, []).append(each.ref)
    return tuple(
        PersonLine(
            each.ref, each.name, each.contact, tuple(ref for ref in by_name[each.name] if ref != each.ref)
        )
        for each in everybody
    )


def person(gov: Governance, ref: str) -> PersonView:
    """A person with every place they occur in; RequestError when there is none of that reference."""
    permit(gov, Duty.AUDIT)
    with looking(gov) as connection:
        found = find_person(connection, ref)
        if found is None and not is_erased(connection, ref):
            raise nobody(ref)
        shown = found or PersonRow(ref, ERASED, "")
        said = (*found.names, found.contact) if found is not None else ()
        return PersonView(
            ref=ref,
            name=shown.name,
            contact=shown.contact,
            erased=found is None,
            events=tuple(Mention(number, entity) for number, entity in events_naming(connection, ref)),
            texts=tuple(mention(trace) for trace in find_traces(connection, ref, said).texts),
            same_name=_line(connection, shown).same_name if found is not None else (),
            former=shown.former,
        )


def rename_person(gov: Governance, ref: str, name: str) -> PersonLine:
    """Give somebody another name. The old one is kept as a former name, by which erasing finds texts too."""
    permit(gov, Duty.RECORD)
    name = clean_name(name)
    with one_transaction(gov) as connection:
        renamed = write_name(connection, ref, name)
        if renamed is None:
            raise nobody(ref)
        return _line(connection, renamed)


def mention(trace: TextTrace) -> Mention:
    """Where a text stands."""
    return Mention(trace.event, trace.entity, PLACES.get(trace.place, Text(trace.place, trace.place)))


def clean_name(name: str) -> str:
    """A name with single spaces; RequestError when it is none, or looks like a reference."""
    cleaned = " ".join(clean_text(name, NAME, most=MOST_NAME, needed=True).split())
    if is_ref(cleaned):
        raise RequestError(
            Text(
                f"`{cleaned}` ligner en reference; skriv et navn",
                f"`{cleaned}` looks like a reference; write a name",
            )
        )
    return readable_name(cleaned)


def _line(connection: Connection, row: PersonRow) -> PersonLine:
    others = tuple(ref for ref in refs_of(connection, row.name) if ref != row.ref)
    return PersonLine(row.ref, row.name, row.contact, others)
