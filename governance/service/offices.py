"""Offices: who may do what, for which body and organisation, from when to when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection

from governance.model import RequestError, Text
from governance.prose.values import say_day
from governance.rights import ROLES, Duty, Role
from governance.service.accounts import doer, known, noted
from governance.service.accountviews import OfficeView, office_views
from governance.service.opening import Governance, looking
from governance.service.permitting import may, permit
from governance.service.recording import one_transaction
from governance.service.words import Problems, among, query_date
from governance.store import write_time
from governance.store.accounts import (
    OfficeRow,
    find_office,
    load_accounts,
    load_offices,
    new_id,
    withdraw_offices,
    write_office,
)

ROLE = Text("rollen", "role")
BODY = Text("organet", "body")
ORGANISATION = Text("organisationen", "organisation")

DUTIES: Mapping[Duty, Text] = {
    Duty.READ: Text("se registret", "read the record"),
    Duty.ACT: Text("handle for organet", "act for the body"),
    Duty.RECORD: Text("registrere for alle organer", "record for every body"),
    Duty.SCORE: Text("give point for organisationen", "score for the organisation"),
    Duty.AUDIT: Text(
        "se alles hændelser, adgangsloggen og eksporter", "see everybody's events, the access log and exports"
    ),
    Duty.KEEP: Text("passe konti og embeder", "keep accounts and offices"),
}
"""What each duty lets somebody do, in words."""


def offices(gov: Governance, named: str = "") -> tuple[OfficeView, ...]:
    """The offices of everybody or of one account, past and withdrawn ones too; for who audits or keeps."""
    if not may(gov, Duty.KEEP).allowed:
        permit(gov, Duty.AUDIT)
    with looking(gov) as connection:
        logins = {row.id: row.login for row in load_accounts(connection)}
        account = known(connection, named).id if named else ""
        return office_views(gov, connection, load_offices(connection, account), logins)


def grant_office(
    gov: Governance,
    named: str,
    role: str,
    *,
    body: str = "",
    organisation: str = "",
    from_: str = "",
    to: str = "",
) -> OfficeView:
    """Give an account an office from a day (else today) to a day (else without end).

    RequestError with all that is wrong, and for an office that is held in that time already.
    """
    permit(gov, Duty.KEEP)
    problems = Problems()
    kind = problems.take(lambda: ROLES[among(role, ROLES, ROLE)], None)
    if kind is not None:
        body = problems.take(lambda: _body(gov, kind, body), "")
        organisation = problems.take(lambda: _organisation(gov, kind, organisation), "")
    first = problems.take(lambda: _day(from_, gov.today), gov.today)
    last = problems.take(lambda: _day(to, gov.today), None) if to.strip() else None
    if last is not None and last < first:
        problems.take(lambda: _refuse_order(first, last), None)
    with one_transaction(gov) as connection:
        row = problems.take(lambda: known(connection, named), None)
        problems.raise_if_any()
        assert row is not None  # noqa: S101 - or a problem was raised
        assert kind is not None  # noqa: S101
        office = OfficeRow(
            id=new_id("o"),
            account=row.id,
            person=row.person,
            role=kind.id,
            body=body,
            organisation=organisation,
            from_=first.isoformat(),
            to=last.isoformat() if last is not None else "",
            granted_by=doer(gov, connection),
            granted_at=write_time(gov.now()),
        )
        _refuse_twice(connection, office)
        write_office(connection, office)
        (view,) = office_views(gov, connection, [office], {row.id: row.login})
    noted(gov, f"office granted: {kind.id}", row.person)
    return view


def withdraw_office(gov: Governance, id_: str) -> OfficeView:
    """Take an office back, from this moment; the row stays and says who did. RequestError when it is gone."""
    permit(gov, Duty.KEEP)
    with one_transaction(gov) as connection:
        row = find_office(connection, id_.strip())
        if row is None or row.withdrawn_at:
            raise RequestError(
                Text(
                    "embedet findes ikke eller er allerede trukket tilbage; se listen igen",
                    "the office is not there or is withdrawn already; look at the list again",
                )
            )
        if gov.caller is not None and gov.caller.account == row.account and _keeps(row):
            raise RequestError(
                Text(
                    "dit eget embede som administrator kan du ikke trække tilbage; bed en anden om det",
                    "you cannot withdraw your own office as administrator; ask another one",
                )
            )
        withdraw_offices(connection, [row.id], doer(gov, connection), write_time(gov.now()))
        logins = {each.id: each.login for each in load_accounts(connection)}
        after = find_office(connection, row.id) or row
        (view,) = office_views(gov, connection, [after], logins)
    noted(gov, f"office withdrawn: {row.role}", row.person)
    return view


def _keeps(row: OfficeRow) -> bool:
    role = ROLES.get(row.role)
    return role is not None and Duty.KEEP in role.duties


def _said(day: str) -> str:
    """A stored day as Danes say it."""
    return say_day(date.fromisoformat(day)).da


def _refuse_twice(connection: Connection, office: OfficeRow) -> None:
    """RequestError when the same office is held in part of that time already."""
    for each in load_offices(connection, office.account):
        same = (each.role, each.body, each.organisation) == (office.role, office.body, office.organisation)
        apart = (office.to and office.to < each.from_) or (each.to and each.to < office.from_)
        if same and not each.withdrawn_at and not apart:
            until_da, until_en = (f" til {_said(each.to)}", f" to {each.to}") if each.to else ("", "")
            raise RequestError(
                Text(
                    f"kontoen har embedet fra {_said(each.from_)}{until_da}; vælg en tid udenfor, eller træk "
                    "det tilbage først",
                    f"the account holds the office from {each.from_}{until_en}; choose a time outside it, or "
                    "withdraw it first",
                )
            )


def _body(gov: Governance, role: Role, body: str) -> str:
    if not role.in_body:
        return _none(role, body, BODY)
    bodies = {each.id for book in gov.current_rulebooks().books for each in book.bodies}
    return among(_needed(role, body, BODY), sorted(bodies), BODY)


def _organisation(gov: Governance, role: Role, organisation: str) -> str:
    if not role.for_organisation:
        return _none(role, organisation, ORGANISATION)
    known_ones = {each.id for book in gov.current_rulebooks().books for each in book.organisations}
    return among(_needed(role, organisation, ORGANISATION), sorted(known_ones), ORGANISATION)


def _needed(role: Role, name: str, what: Text) -> str:
    if not name.strip():
        raise RequestError(
            Text(
                f"rollen `{role.id}` skal have {what.da}; skriv hvilken",
                f"the role `{role.id}` needs its {what.en}",
            )
        )
    return name


def _none(role: Role, name: str, what: Text) -> str:
    if name.strip():
        raise RequestError(
            Text(
                f"rollen `{role.id}` gælder overalt; lad {what.da} stå tom",
                f"the role `{role.id}` holds everywhere; leave the {what.en} blank",
            )
        )
    return ""


def _day(text: str, today: date) -> date:
    on = query_date(text, today)
    if not isinstance(on.low, date) or on.low != on.high:
        raise RequestError(
            Text(
                f"`{text.strip()}` er ikke én dag; skriv en som 31.1.2026",
                f"`{text.strip()}` is not one day",
            )
        )
    return on.low


def _refuse_order(first: date, last: date) -> None:
    raise RequestError(
        Text(
            f"den sidste dag, {say_day(last).da}, ligger før den første, {say_day(first).da}; byt dem om",
            f"the last day {last} comes before the first {first}; swap them",
        )
    )
