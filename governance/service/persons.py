"""Who is meant by a name: the reference that events carry."""

from __future__ import annotations

from sqlalchemy import Connection

from governance.model import RequestError, Text
from governance.service.words import printable
from governance.store import new_person, refs_of
from governance.store.persons import is_ref


def person_of(connection: Connection, name: str) -> str:
    """The reference of a person: of the one of that name, or a new one; nothing for nobody.

    RequestError when several have the name (then the reference says who is meant), or for a reference of
    nobody.
    """
    name = " ".join(name.split())
    known = refs_of(connection, name) if name else ()
    if not known and is_ref(name):
        raise nobody(name)
    if len(known) > 1:
        refs = ", ".join(known)
        raise RequestError(
            Text(
                f"flere hedder `{name}`; skriv en af referencerne {refs}",
                f"several are called `{name}`; write one of the references {refs}",
            )
        )
    return known[0] if known else new_person(connection, name) if name else ""


def nobody(ref: str) -> RequestError:
    """The error for a reference of nobody."""
    shown = printable(ref)
    return RequestError(
        Text(
            f"der er ingen person med referencen `{shown}`; se `governance people list`",
            f"there is no person of the reference `{shown}`; see `governance people list`",
        )
    )
