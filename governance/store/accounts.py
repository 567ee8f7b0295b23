"""Accounts, who is logged in, offices, and what programs log in with: beside the record, no part of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from secrets import choice
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, update

from governance.store.beside import LETTERS
from governance.store.erasing import overwrite_what_is_deleted
from governance.store.schema import accounts, offices, people, sessions, tokens

ID_LETTERS = 12


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account; ``name`` is that of its person. What is not there is empty; times are UTC as stored."""

    id: str
    login: str
    person: str
    created_at: str
    name: str = ""
    password: str = ""
    issuer: str = ""
    subject: str = ""
    email: str = ""
    disabled_at: str = ""


@dataclass(frozen=True, slots=True)
class SessionRow:
    """Somebody logged in; ``hash`` is that of the token, ``ended_at`` is empty while the session lasts."""

    id: str
    hash: str
    account: str
    created_at: str
    seen_at: str
    ends_at: str
    ended_at: str = ""


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """A role an account has for a body and an organisation, from a day to a day; empty is without end."""

    id: str
    account: str
    person: str
    role: str
    body: str
    organisation: str
    from_: str
    to: str
    granted_by: str
    granted_at: str
    withdrawn_by: str = ""
    withdrawn_at: str = ""


@dataclass(frozen=True, slots=True)
class TokenRow:
    """What a program logs in with: the duties it is limited to, and the last day it works."""

    id: str
    hash: str
    account: str
    name: str
    scopes: tuple[str, ...]
    last_day: str
    created_at: str
    used_at: str = ""
    revoked_at: str = ""


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whoever carries a token: the account, its offices that are not withdrawn, and what the token says.

    ``ends_at`` is a session's, whose ``scopes`` are None; ``scopes`` and ``last_day`` are those of a
    program's token, for which ``ended_at`` says when it was revoked.
    """

    id: str
    account: AccountRow
    offices: tuple[OfficeRow, ...]
    seen_at: str
    ended_at: str
    ends_at: str = ""
    last_day: str = ""
    scopes: tuple[str, ...] | None = None


def new_id(kind: str) -> str:
    """A new id: the letter of its kind, and letters nobody can guess."""
    return f"{kind}-" + "".join(choice(LETTERS) for _ in range(ID_LETTERS))


def hash_of(token: str) -> str:
    """What is kept of a token. It is random and long, so one round of a plain hash is enough."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


_ACCOUNTS = select(accounts, people.c.name).join(people, people.c.ref == accounts.c.person, isouter=True)


def _account(row: Mapping[Any, Any]) -> AccountRow:
    names = ("id", "login", "person", "created_at", "name", "password", "issuer", "subject", "email")
    return AccountRow(**{name: row[name] or "" for name in (*names, "disabled_at")})


def load_accounts(connection: Connection) -> tuple[AccountRow, ...]:
    """Every account, by login."""
    return tuple(map(_account, connection.execute(_ACCOUNTS.order_by(accounts.c.login)).mappings()))


def has_accounts(connection: Connection) -> bool:
    """Whether there is any account."""
    return connection.execute(select(accounts.c.id).limit(1)).first() is not None


def find_account(connection: Connection, named: str) -> AccountRow | None:
    """The account of an id or a login."""
    return _one(connection, or_(accounts.c.id == named, accounts.c.login == named))


def account_of_identity(connection: Connection, issuer: str, subject: str) -> AccountRow | None:
    """The account that a provider's subject is linked to."""
    return _one(connection, and_(accounts.c.issuer == issuer, accounts.c.subject == subject))


def account_of_email(connection: Connection, email: str) -> AccountRow | None:
    """The account of an e-mail address."""
    return _one(connection, accounts.c.email == email)


def _one(connection: Connection, where: ColumnElement[bool]) -> AccountRow | None:
    row = connection.execute(_ACCOUNTS.where(where)).mappings().first()
    return None if row is None else _account(row)


def write_account(connection: Connection, row: AccountRow) -> None:
    """Store a new account."""
    values = {"id": row.id, "login": row.login, "person": row.person, "created_at": row.created_at}
    maybe = {name: getattr(row, name) or None for name in ("password", "issuer", "subject", "email")}
    connection.execute(insert(accounts), {**values, **maybe, "disabled_at": row.disabled_at or None})


def change_account(connection: Connection, id_: str, **parts: str) -> None:
    """Set some columns of an account; an empty text takes away what was there."""
    values = {name: text or None for name, text in parts.items()}
    connection.execute(update(accounts).where(accounts.c.id == id_).values(**values))


def write_session(connection: Connection, row: SessionRow) -> None:
    """Store that somebody logged in."""
    values = {name: getattr(row, name) for name in ("id", "hash", "account", "created_at", "seen_at")}
    connection.execute(insert(sessions), {**values, "ends_at": row.ends_at, "ended_at": None})


def load_sessions(connection: Connection, account: str) -> tuple[SessionRow, ...]:
    """The sessions of an account, the newest first."""
    found = select(sessions).where(sessions.c.account == account).order_by(sessions.c.created_at.desc())
    return tuple(
        SessionRow(
            row.id, row.hash, row.account, row.created_at, row.seen_at, row.ends_at, row.ended_at or ""
        )
        for row in connection.execute(found.order_by(sessions.c.id))
    )


def touch_session(connection: Connection, id_: str, at: str) -> None:
    """Note that a session was used."""
    connection.execute(update(sessions).where(sessions.c.id == id_).values(seen_at=at))


def end_sessions(connection: Connection, account: str, at: str, *, id_: str = "", but: str = "") -> int:
    """End the sessions of an account that last: one, or all but one; gives how many."""
    which = [sessions.c.account == account, sessions.c.ended_at.is_(None)]
    which += [sessions.c.id == id_] if id_ else []
    which += [sessions.c.id != but] if but else []
    return connection.execute(update(sessions).where(*which).values(ended_at=at)).rowcount


def purge_sessions(connection: Connection, before: str) -> None:
    """Remove the sessions that could not be used after a moment."""
    overwrite_what_is_deleted(connection)
    connection.execute(delete(sessions).where(or_(sessions.c.ends_at < before, sessions.c.ended_at < before)))


def bearer_of_session(connection: Connection, hash_: str) -> Bearer | None:
    """Who carries the session's token of a hash: one query."""
    carried = (sessions.c.id, sessions.c.seen_at, sessions.c.ended_at, sessions.c.ends_at)
    return _bearer(connection, sessions.c.account, sessions.c.hash == hash_, carried)


def bearer_of_token(connection: Connection, hash_: str) -> Bearer | None:
    """Who carries the program's token of a hash: one query."""
    carried = (tokens.c.id, tokens.c.used_at, tokens.c.revoked_at, tokens.c.last_day, tokens.c.scopes)
    return _bearer(connection, tokens.c.account, tokens.c.hash == hash_, carried)


def _bearer(
    connection: Connection, account: Any, where: ColumnElement[bool], carried: tuple[Any, ...]
) -> Bearer | None:
    told = [column.label(f"carried_{place}") for place, column in enumerate(carried)]
    held = [column.label(f"office_{column.name}") for column in offices.columns]
    query = (
        select(accounts, people.c.name, *told, *held)
        .select_from(accounts.join(account.table, account == accounts.c.id))
        .join(people, people.c.ref == accounts.c.person, isouter=True)
        .join(
            offices, and_(offices.c.account == accounts.c.id, offices.c.withdrawn_at.is_(None)), isouter=True
        )
        .where(where)
        .order_by(offices.c.from_, offices.c.id)
    )
    rows = connection.execute(query).mappings().all()
    if not rows:
        return None
    first = rows[0]
    held_now = tuple(_office(row, "office_") for row in rows if row["office_id"] is not None)
    id_, seen_at, ended_at, limit, *scopes = (
        first[f"carried_{place}"] or "" for place in range(len(carried))
    )
    limits = {"last_day": limit, "scopes": tuple(scopes[0].split())} if scopes else {"ends_at": limit}
    return Bearer(id_, _account(first), held_now, seen_at, ended_at, **limits)


def _office(row: Mapping[Any, Any], prefix: str = "") -> OfficeRow:
    named = {column.name.rstrip("_"): row[prefix + column.name] or "" for column in offices.columns}
    return OfficeRow(**{("from_" if name == "from" else name): text for name, text in named.items()})


def load_offices(connection: Connection, account: str = "") -> tuple[OfficeRow, ...]:
    """The offices there are and were, of everybody or of an account, by account, day and role."""
    by_day = (offices.c.account, offices.c.from_, offices.c.granted_at)
    found = select(offices).order_by(*by_day, offices.c.role, offices.c.id)
    if account:
        found = found.where(offices.c.account == account)
    return tuple(_office(row) for row in connection.execute(found).mappings())


def find_office(connection: Connection, id_: str) -> OfficeRow | None:
    """The office of an id."""
    row = connection.execute(select(offices).where(offices.c.id == id_)).mappings().first()
    return None if row is None else _office(row)


def write_office(connection: Connection, row: OfficeRow) -> None:
    """Store an office that is granted."""
    names = ("id", "account", "person", "role", "body", "organisation", "from_", "granted_by", "granted_at")
    connection.execute(
        insert(offices), {name: getattr(row, name) for name in names} | {"to_": row.to or None}
    )


def withdraw_offices(connection: Connection, which: Iterable[str], by: str, at: str) -> None:
    """Withdraw offices that are not withdrawn yet; the rows stay."""
    for id_ in which:
        known = update(offices).where(offices.c.id == id_, offices.c.withdrawn_at.is_(None))
        connection.execute(known.values(withdrawn_by=by, withdrawn_at=at))


def write_token(connection: Connection, row: TokenRow) -> None:
    """Store a program's token."""
    values = {
        name: getattr(row, name) for name in ("id", "hash", "account", "name", "last_day", "created_at")
    }
    connection.execute(insert(tokens), {**values, "scopes": " ".join(row.scopes)})


def load_tokens(connection: Connection, account: str = "") -> tuple[TokenRow, ...]:
    """The tokens of everybody or of an account, the newest first."""
    found = select(tokens).order_by(tokens.c.created_at.desc(), tokens.c.id)
    if account:
        found = found.where(tokens.c.account == account)
    return tuple(
        TokenRow(
            row.id,
            row.hash,
            row.account,
            row.name,
            tuple(row.scopes.split()),
            row.last_day,
            row.created_at,
            row.used_at or "",
            row.revoked_at or "",
        )
        for row in connection.execute(found)
    )


def touch_token(connection: Connection, id_: str, at: str) -> None:
    """Note that a token was used."""
    connection.execute(update(tokens).where(tokens.c.id == id_).values(used_at=at))


def revoke_token(connection: Connection, id_: str, at: str) -> None:
    """Let a token work no more."""
    known = update(tokens).where(tokens.c.id == id_, tokens.c.revoked_at.is_(None))
    connection.execute(known.values(revoked_at=at))


def remove_accounts(connection: Connection, person: str, by: str, at: str) -> None:
    """Remove the accounts of a person, their sessions and tokens; their offices are withdrawn and stay."""
    overwrite_what_is_deleted(connection)
    theirs = select(accounts.c.id).where(accounts.c.person == person)
    for table in (sessions, tokens):
        connection.execute(delete(table).where(table.c.account.in_(theirs)))
    held = select(offices.c.id).where(offices.c.person == person, offices.c.withdrawn_at.is_(None))
    withdraw_offices(connection, connection.execute(held).scalars().all(), by, at)
    connection.execute(delete(accounts).where(accounts.c.person == person))
