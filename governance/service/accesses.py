"""The access log: who read or tried what, when, and for how long that is kept. No part of the record.

It names things and references, never the people looked up; they may see when and why they were.
"""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import normalize

from sqlalchemy.exc import SQLAlchemyError

from governance.model import Text
from governance.rights import Duty
from governance.service.moments import between
from governance.service.naming import named
from governance.service.opening import Governance, looking, moment
from governance.service.permitting import permit
from governance.service.persons import nobody
from governance.service.retention import retention
from governance.service.words import Problems, clean_id, line_number, storable
from governance.store import refs_of, write_time
from governance.store.accesses import (
    Access,
    AccessesWanted,
    load_access_page,
    load_accesses,
    write_access,
    writing_beside,
)
from governance.store.persons import events_about, events_naming, find_person, is_erased

PAGE = 50
"""How many lines stand on a page."""

EVERYBODY = ("people list",)
"""What looks up everybody at once."""

ANSWERED, REFUSED, UNUSABLE, OVERTAKEN, FAILED = "answered", "refused", "unusable", "conflict", "failed"
OUTCOMES = {
    ANSWERED: Text("besvaret", "answered"),
    REFUSED: Text("afvist", "refused"),
    UNUSABLE: Text("kunne ikke bruges", "unusable"),
    OVERTAKEN: Text("overhalet", "overtaken"),
    FAILED: Text("fejlede", "failed"),
}


@dataclass(frozen=True, slots=True)
class AccessView:
    """A line of the log in Danish time; ``who`` is left out where it is not asked for."""

    at: str
    who: str
    did: str
    what: str
    outcome: Text


def note_access(gov: Governance, who: str, did: str, what: str, outcome: str) -> str:
    """Note that somebody read or tried something; gives why it could not be noted, and stops nobody."""
    if gov.within is not None:
        return ""
    shown = "".join(letter if storable(letter) else "?" for letter in who[:200])
    access = Access(write_time(gov.now()), shown, did[:100], what[:200] if storable(what) else "", outcome)
    try:
        with writing_beside(gov.engine) as connection:
            write_access(connection, access)
    except (SQLAlchemyError, OSError) as error:
        return str(getattr(error, "orig", None) or error).split("\n", maxsplit=1)[0]
    return ""


@named
def accesses(
    gov: Governance, *, what: str = "", about: str = "", from_: str = "", to: str = "", who: bool = False
) -> tuple[AccessView, ...]:
    """The lines of some days, by default of all; of one thing, or of everything one person occurs in.

    ``about`` is for a registered person who asks when and why their data were looked up: without ``who``, the
    answer does not say by whom.
    """
    permit(gov, Duty.AUDIT)
    problems = Problems()
    since, before = between(gov, problems, from_, to or gov.today.isoformat())
    thing = problems.take(lambda: clean_id(what), "") if what else ""
    problems.raise_if_any()
    with looking(gov) as connection:
        wanted: set[str] | None = {thing} if thing else None
        if about:
            if find_person(connection, about) is None and not is_erased(connection, about):
                raise nobody(about)
            theirs = {about, *(entity for _, entity in events_naming(connection, about))}
            theirs |= set(events_about(connection, about).values())
            wanted = theirs if wanted is None else wanted & theirs
        did = EVERYBODY if about and not what else ()
        found = load_accesses(connection, since=since, before=before, what=wanted, did=did)
    named = who or not about
    return tuple(_view(each, each.who if named else "") for each in found)


def _view(line: Access, who: str) -> AccessView:
    return AccessView(
        moment(line.at),
        who,
        line.did,
        line.what,
        OUTCOMES.get(line.outcome, Text(line.outcome, line.outcome)),
    )


@dataclass(frozen=True, slots=True)
class AccessPage:
    """A page of the log, newest first. ``older`` is what to ask for those before, 0 at the end.

    ``months`` is how long a line is kept.
    """

    lines: tuple[AccessView, ...]
    older: int
    months: int


@named
def accesses_page(
    gov: Governance,
    *,
    who: str = "",
    what: str = "",
    from_: str = "",
    to: str = "",
    before: str = "",
    most: int = PAGE,
) -> AccessPage:
    """The newest lines, or those before ``before``; of whoever looked, a thing, or some days.

    ``who`` is a name, a reference or what the log says. Only the rows of the page are read. RequestError with
    all that cannot be asked for.
    """
    permit(gov, Duty.AUDIT)
    problems = Problems()
    since, until = between(gov, problems, from_, to)
    below = problems.take(lambda: line_number(before), 0) if before else 0
    problems.raise_if_any()
    months = retention(gov).months
    looker = " ".join(who.split())
    with looking(gov) as connection:
        wanted = AccessesWanted(
            (looker, *refs_of(connection, looker)) if looker else (),
            normalize("NFC", what.strip()),
            since,
            until,
            below,
        )
        found = load_access_page(connection, wanted, most + 1)
    older = found[most - 1][0] if len(found) > most else 0
    return AccessPage(tuple(_view(line, line.who) for _, line in found[:most]), older, months)
