"""Who is meant by a name: the reference that events carry."""

from __future__ import annotations

import unicodedata

from sqlalchemy import Connection

from governance.model import RequestError, Text
from governance.service.words import printable
from governance.store import ERASED, new_person, refs_of
from governance.store.persons import is_ref


def person_of(connection: Connection, name: str) -> str:
    """The reference of a person: of the one of that name, or a new one; nothing for nobody.

    RequestError when several have the name (then the reference says who is meant), or for a reference of
    nobody.
    """
    name = " ".join(name.split())
    return known_person(connection, name) or (new_person(connection, readable_name(name)) if name else "")


def known_person(connection: Connection, name: str) -> str:
    """The reference of the one person of a name; nothing when nobody is written down by it.

    RequestError when several have the name, or for a reference of nobody.
    """
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
    return known[0] if known else ""


def readable_name(name: str) -> str:
    """A name as it is; RequestError when it has no letter or an unseen sign, or says that it was erased."""
    categories = {unicodedata.category(letter) for letter in name}
    if "Cf" in categories or name == ERASED or not any(each.startswith("L") for each in categories):
        shown = printable(name)
        raise RequestError(
            Text(
                f"`{shown}` kan ikke læses som et navn; skriv det med bogstaver og uden usynlige tegn",
                f"`{shown}` cannot be read as a name; write it in letters and without unseen signs",
            )
        )
    return name


def nobody(ref: str) -> RequestError:
    """The error for a reference of nobody."""
    shown = printable(ref)
    return RequestError(
        Text(
            f"der er ingen person med referencen `{shown}`; se `governance people list`",
            f"there is no person of the reference `{shown}`; see `governance people list`",
        )
    )
