"""How accounts, offices, sessions and tokens are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from governance.model import Text
from governance.prose import label
from governance.rights import ROLES, Caller, Duty, Office
from governance.service.opening import Governance, moment
from governance.store.accounts import AccountRow, Bearer, OfficeRow, SessionRow, TokenRow
from governance.store.persons import told_names

COMING = Text("begynder senere", "begins later")
HELD = Text("gælder", "held")
PAST = Text("udløbet", "ended")
WITHDRAWN = Text("trukket tilbage", "withdrawn")
NONE = Text("", "")


@dataclass(frozen=True, slots=True)
class OfficeView:
    """An office: whose, what it is, from when to when, who granted and who withdrew it, and how it stands.

    ``open`` says whether it could be withdrawn. Moments are in Danish time, persons told by name.
    """

    id: str
    account: str
    login: str
    name: str
    role: str
    label: Text
    body: str
    body_label: Text
    organisation: str
    from_: str
    to: str
    granted_by: str
    granted_at: str
    withdrawn_by: str
    withdrawn_at: str
    state: Text
    held: bool
    open: bool


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account: who it is, how they can log in, since when, and the offices they hold or held.

    ``provider`` is where they log in from, if not by password; ``disabled_at`` is empty while they can.
    """

    id: str
    login: str
    person: str
    name: str
    has_password: bool
    provider: str
    email: str
    created_at: str
    disabled_at: str
    offices: tuple[OfficeView, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionView:
    """Somebody logged in: since when, last seen when, until when at the most, and whether it is this one."""

    id: str
    created_at: str
    seen_at: str
    ends_at: str
    open: bool
    here: bool


@dataclass(frozen=True, slots=True)
class TokenView:
    """A program's access: its name, the duties it is limited to, its last day, and whether it works."""

    id: str
    login: str
    name: str
    scopes: tuple[str, ...]
    last_day: str
    created_at: str
    used_at: str
    revoked_at: str
    state: Text
    open: bool


def account_view(row: AccountRow, offices: tuple[OfficeView, ...] = ()) -> AccountView:
    """An account as it is shown."""
    return AccountView(
        id=row.id,
        login=row.login,
        person=row.person,
        name=row.name,
        has_password=bool(row.password),
        provider=row.issuer,
        email=row.email,
        created_at=moment(row.created_at),
        disabled_at=moment(row.disabled_at),
        offices=offices,
    )


def office_views(
    gov: Governance, connection: Connection, rows: Iterable[OfficeRow], logins: Mapping[str, str]
) -> tuple[OfficeView, ...]:
    """Offices as they are shown today; ``logins`` are those of the accounts that are there."""
    known = tuple(rows)
    refs = {ref for row in known for ref in (row.person, row.granted_by, row.withdrawn_by) if ref}
    names = told_names(connection, refs)
    today = gov.today.isoformat()
    return tuple(_office_view(gov, row, logins.get(row.account, ""), names, today) for row in known)


def _office_view(
    gov: Governance, row: OfficeRow, login: str, names: Mapping[str, str], today: str
) -> OfficeView:
    role = ROLES.get(row.role)
    book = gov.rulebooks.books[-1]
    state = _state(row, today)
    return OfficeView(
        id=row.id,
        account=row.account,
        login=login,
        name=names.get(row.person, ""),
        role=row.role,
        label=role.label if role is not None else Text(row.role, row.role),
        body=row.body,
        body_label=label(book, row.body) if row.body else NONE,
        organisation=row.organisation,
        from_=row.from_,
        to=row.to,
        granted_by=names.get(row.granted_by, ""),
        granted_at=moment(row.granted_at),
        withdrawn_by=names.get(row.withdrawn_by, ""),
        withdrawn_at=moment(row.withdrawn_at),
        state=state,
        held=state is HELD,
        open=state in (HELD, COMING),
    )


def _state(row: OfficeRow, today: str) -> Text:
    if row.withdrawn_at:
        return WITHDRAWN
    if today < row.from_:
        return COMING
    return PAST if row.to and row.to < today else HELD


def session_view(row: SessionRow, here: str, *, lasts: bool) -> SessionView:
    """A session as it is shown."""
    return SessionView(
        id=row.id,
        created_at=moment(row.created_at),
        seen_at=moment(row.seen_at),
        ends_at=moment(row.ends_at),
        open=lasts,
        here=row.id == here,
    )


def token_view(row: TokenRow, login: str, today: str) -> TokenView:
    """A program's access as it is shown."""
    state = Text("tilbagekaldt", "revoked") if row.revoked_at else PAST if row.last_day < today else HELD
    return TokenView(
        id=row.id,
        login=login,
        name=row.name,
        scopes=row.scopes,
        last_day=row.last_day,
        created_at=moment(row.created_at),
        used_at=moment(row.used_at),
        revoked_at=moment(row.revoked_at),
        state=state,
        open=state is HELD,
    )


def caller_from(bearer: Bearer) -> Caller:
    """Whoever carries a session or a token, with every office that is not withdrawn."""
    offices = tuple(
        Office(
            each.role,
            each.body,
            each.organisation,
            date.fromisoformat(each.from_),
            date.fromisoformat(each.to) if each.to else None,
        )
        for each in bearer.offices
    )
    scopes = frozenset(Duty(each) for each in bearer.scopes) if bearer.scopes is not None else None
    return Caller(bearer.account.id, bearer.account.person, offices, scopes)
