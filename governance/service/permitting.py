"""What whoever asks may do: asked by every use case that writes, and by the views of what could be done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from governance.model import Forbidden, Text
from governance.prose import label
from governance.record import fold
from governance.rights import Duty, Office, Permission, own_permission, permission
from governance.service.opening import Governance, looking
from governance.store import load_family
from governance.values import Truth, day
from governance.vocabulary import GROUP_KINDS
from governance.world import World
from governance.world.sitting import seated

TRUSTED = Permission(allowed=True, because=Text("uden login", "without a login"))


def may(
    gov: Governance, duty: Duty, *, body: str = "", organisation: str = "", acted: date | None = None
) -> Permission:
    """Whether the caller may do something today, or something that counts from the day it was ``acted``.

    Reads the seats only where somebody scores for an organisation of theirs.
    """
    if gov.caller is None:
        return TRUSTED
    at = acted or gov.today

    def holds(body: str, organisation: str) -> Truth:
        return _seated(gov, body, organisation, at)

    book = gov.rulebooks.books[-1]
    return permission(
        gov.caller,
        duty,
        gov.today,
        acted=acted,
        body=body,
        organisation=organisation,
        seated=holds,
        called=lambda name: label(book, name) if name else Text("organet", "the body"),
    )


def permit(
    gov: Governance, duty: Duty, *, body: str = "", organisation: str = "", acted: date | None = None
) -> Permission:
    """The same, and Forbidden when they may not."""
    found = may(gov, duty, body=body, organisation=organisation, acted=acted)
    if not found.allowed:
        raise Forbidden(found.because)
    return found


def permit_own(gov: Governance, *, outlives: bool = False) -> None:
    """Forbidden when the caller may not manage their own account, or not what ``outlives`` their token."""
    found = own_permission(gov.caller, outlives=outlives) if gov.caller is not None else TRUSTED
    if not found.allowed:
        raise Forbidden(found.because)


def held(gov: Governance) -> tuple[Office, ...]:
    """The offices the caller holds today."""
    offices = gov.caller.offices if gov.caller is not None else ()
    return tuple(each for each in offices if each.holds_on(gov.today))


def acts_for(gov: Governance) -> tuple[str, ...]:
    """The bodies the caller may act for today, of those they hold an office in."""
    bodies = dict.fromkeys(each.body for each in held(gov) if each.body)
    return tuple(body for body in bodies if may(gov, Duty.ACT, body=body).allowed)


def scores_for(gov: Governance, body: str) -> tuple[str, ...]:
    """The organisations a caller may score for in a body today, by an office of their own."""
    own = (each.organisation for each in held(gov) if each.body == body and each.organisation)
    found = {each: may(gov, Duty.SCORE, body=body, organisation=each) for each in dict.fromkeys(own)}
    return tuple(each for each, right in found.items() if right.allowed and not right.records)


def castable(gov: Governance, body: str, organisations: Iterable[str]) -> tuple[str, ...]:
    """Those organisations whose ballot the caller may cast: their own, or each where they may record."""
    if may(gov, Duty.RECORD).allowed:
        return tuple(organisations)
    own = scores_for(gov, body)
    return tuple(each for each in organisations if each in own)


def acting_person(gov: Governance, found: Permission, person: str) -> str:
    """Who acted: as the recorder says, or else the caller themselves, who can name nobody but themselves."""
    caller = gov.caller
    if caller is None or found.records:
        return person
    if person.strip() and person.strip() != caller.person:
        raise Forbidden(
            Text(
                "du handler selv og kan ikke skrive, at en anden gjorde; lad personen stå tom",
                "you act yourself and cannot write that somebody else did; leave the person blank",
            )
        )
    return caller.person


def _seated(gov: Governance, body: str, organisation: str, at: date) -> Truth:
    with looking(gov) as connection:
        events = load_family(connection, "", GROUP_KINDS)
    book = gov.rulebook(day(at))
    return seated(body, organisation, day(at), World(fold(events, by=at), book, day(at)))
