"""Write down that one item has to do with another."""

from __future__ import annotations

from hashlib import sha256
from unicodedata import normalize

from governance.model import RequestError, Text
from governance.prose import say_value
from governance.record import fold
from governance.service.group import record_thing
from governance.service.opening import Governance, looking
from governance.service.views import Receipt
from governance.service.words import MOST_ID
from governance.store import ids_of, load_things
from governance.values import day

RELATION = "relation"
SHORT = 12
"""How many characters of a digest tell a name that was cut from others."""
MOST_READ = 500
"""How many relations are looked at for the words they are told in."""


def relation_kinds(gov: Governance) -> tuple[Text, ...]:
    """The words that relations are recorded with, each once, in the order of the alphabet."""
    book = gov.rulebook(day(gov.today))
    with looking(gov) as connection:
        known = fold(load_things(connection, ids_of(connection, (RELATION,))[:MOST_READ]))
    found = {say_value(each.facts["kind"].value, book) for each in known.values() if "kind" in each.facts}
    return tuple(sorted(found, key=lambda each: each.da.casefold()))


def relate(  # noqa: PLR0913 - a relation has these parts
    gov: Governance,
    item: str,
    to: str,
    kind: str,
    *,
    source: str,
    on: str = "",
    origin: str = "live",
    recorder: str = "",
    key: str = "",
) -> Receipt:
    """Write down how one item is related to another, in a word of the rulebook or one's own.

    RequestError when either is not there or both are the same, for a relation that is written down already,
    and without a source. A retry with the same ``key`` gets the first answer.
    """
    here, there = (normalize("NFC", each.strip()) for each in (item, to))
    if here == there:
        raise RequestError(
            Text(
                f"`{here}` kan ikke henvise til sig selv; skriv nummeret på en anden sag",
                f"`{here}` cannot be related to itself; write the number of another item",
            )
        )
    return record_thing(
        gov,
        _name(f"{here} – {there}", " ".join(kind.split()).replace("/", "-")),
        RELATION,
        links={"item": here, "to": there},
        facts={"kind": kind},
        on=on,
        origin=origin,
        source=source,
        recorder=recorder,
        key=key,
    )


def _name(pair: str, kind: str) -> str:
    """The same name for the same relation, so that none is written down twice."""
    whole = f"{pair}, {kind}"
    if len(whole) <= MOST_ID:
        return whole
    return f"{whole[: MOST_ID - SHORT - 1].strip()} {sha256(whole.encode()).hexdigest()[:SHORT]}"
