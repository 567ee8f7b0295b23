"""Who is logged in: a session begins with a login, and ends by its age, unused, or when told to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from governance.model import RequestError, Text
from governance.rights import Caller
from governance.service.accesses import ANSWERED, REFUSED, note_access
from governance.service.accounts import folded_email, folded_login, noted, whose
from governance.service.accountviews import SessionView, caller_from, session_view
from governance.service.opening import Governance, looking, told_plainly
from governance.service.passwords import fits, hashed, is_outdated
from governance.service.permitting import permit_own
from governance.store import write_time, writing
from governance.store.accesses import writing_beside
from governance.store.accounts import (
    AccountRow,
    Bearer,
    SessionRow,
    account_of_email,
    account_of_identity,
    bearer_of_session,
    change_account,
    end_sessions,
    find_account,
    hash_of,
    load_sessions,
    new_id,
    purge_sessions,
    touch_session,
    write_session,
)

HERE = ""
"""The issuer of an identity that was proven to this place itself, by a password."""

SEEN_EVERY = timedelta(minutes=1)
"""How exactly it is kept when a session was last used."""

KEPT = timedelta(days=30)
"""How long the row of a session is kept after its end."""

RANDOM_BYTES = 32


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody as a protocol of login proves them: who says so, who it is there, and an e-mail it verified.

    By a password it is ``HERE`` that says so, and the account's id.
    """

    issuer: str
    subject: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Life:
    """How long a session lasts: unused, and at the most."""

    idle: timedelta
    length: timedelta


def check_password(gov: Governance, login: str, password: str) -> Identity | None:
    """Who a login and its password prove; None when they do not fit, at the same cost for every login."""
    with looking(gov) as connection:
        row = find_account(connection, folded_login(login))
    kept = row.password if row is not None else ""
    right = fits(password, kept)
    if row is None or not right or row.disabled_at:
        _note(gov, row, "log in", REFUSED)
        return None
    if is_outdated(kept):
        with beside(gov) as connection:
            change_account(connection, row.id, password=hashed(password))
    return Identity(HERE, row.id)


def signed_in(gov: Governance, identity: Identity, life: Life) -> str:
    """Begin a session for somebody whom any protocol proved; gives the token that their browser is to carry.

    An account is found by issuer and subject, or linked to them once, by the verified e-mail that an
    administrator wrote. None is made. RequestError for who has no account, or one that is disabled.
    """
    now = gov.now()
    at = write_time(now)
    token = token_urlsafe(RANDOM_BYTES)
    with beside(gov) as connection:
        row = _account_of(connection, identity)
        if row is not None and not row.disabled_at:
            ends = write_time(now + life.length)
            write_session(connection, SessionRow(new_id("s"), hash_of(token), row.id, at, at, ends))
            purge_sessions(connection, write_time(now - KEPT))
    if row is None or row.disabled_at:
        _note(gov, row, "log in", REFUSED)
        raise RequestError(_NO_ACCOUNT if row is None else _DISABLED)
    _note(gov, row, "log in")
    return token


_NO_ACCOUNT = Text(
    "du er genkendt, men har ingen konto her; bed en administrator om en med den e-mail, du bruger",
    "you are recognised, but have no account here; ask an administrator for one with the e-mail you use",
)
_DISABLED = Text(
    "kontoen er lukket; bed en administrator åbne den",
    "the account is disabled; ask an administrator to enable it",
)


def _account_of(connection: Connection, identity: Identity) -> AccountRow | None:
    if identity.issuer == HERE:
        return find_account(connection, identity.subject)
    row = account_of_identity(connection, identity.issuer, identity.subject)
    if row is not None:
        return row
    email = folded_email(identity.email)
    by_email = account_of_email(connection, email) if email else None
    if by_email is None or by_email.issuer:
        return None
    change_account(connection, by_email.id, issuer=identity.issuer, subject=identity.subject)
    return by_email


def caller_of_session(gov: Governance, token: str, life: Life) -> Caller | None:
    """Who carries a session's token, with their offices as they are now; None when it is dead."""
    if not token:
        return None
    with looking(gov) as connection:
        bearer = bearer_of_session(connection, hash_of(token))
    now = gov.now()
    if bearer is None or bearer.account.disabled_at or not _lasts(bearer, now, life):
        return None
    if now - datetime.fromisoformat(bearer.seen_at) >= SEEN_EVERY:
        with touching(gov) as connection:
            touch_session(connection, bearer.id, write_time(now))
    return caller_from(bearer)


def end_session(gov: Governance, token: str) -> None:
    """End the session of a token, as logging out does; nothing happens when it has ended."""
    with beside(gov) as connection:
        bearer = bearer_of_session(connection, hash_of(token)) if token else None
        if bearer is not None:
            end_sessions(connection, bearer.account.id, write_time(gov.now()), id_=bearer.id)
    if bearer is not None:
        _note(gov, bearer.account, "log out")


def sessions(gov: Governance, life: Life, *, token: str = "", named: str = "") -> tuple[SessionView, ...]:
    """The sessions of the caller; another account's for whoever keeps accounts. ``token`` is this one's."""
    here = hash_of(token)
    with looking(gov) as connection:
        rows = load_sessions(connection, whose(gov, connection, named).id)
    own = next((row.id for row in rows if row.hash == here), "")
    now = gov.now()
    return tuple(session_view(row, own, lasts=_lasts(row, now, life)) for row in rows)


def end_sessions_of(gov: Governance, *, id_: str = "", but: str = "", named: str = "") -> int:
    """End one session of the caller, or all ``but`` one; another account's for whoever keeps accounts."""
    permit_own(gov)
    with beside(gov) as connection:
        row = whose(gov, connection, named)
        ended = end_sessions(connection, row.id, write_time(gov.now()), id_=id_, but=but)
    noted(gov, "sessions ended", row.person)
    return ended


def _lasts(session: SessionRow | Bearer, now: datetime, life: Life) -> bool:
    """Whether a session lasts: not ended, not too old, and not unused for too long."""
    used = datetime.fromisoformat(session.seen_at)
    return not session.ended_at and write_time(now) < session.ends_at and now < used + life.idle


@contextmanager
def beside(gov: Governance) -> Iterator[Connection]:
    """A transaction that touches nothing of the record: whoever writes that keeps nobody from logging in."""
    opened = nullcontext(gov.within) if gov.within else writing(gov.engine, queued=False)
    with told_plainly(), opened as connection:
        yield connection


@contextmanager
def touching(gov: Governance) -> Iterator[Connection]:
    """The same, where it matters less than the answer: what cannot be noted now is noted next time."""
    try:
        with writing_beside(gov.engine) as connection:
            yield connection
    except (SQLAlchemyError, OSError):
        return


def _note(gov: Governance, row: AccountRow | None, did: str, outcome: str = ANSWERED) -> None:
    """Note a login by its account; what was typed for a login that is none may be a password."""
    ref = row.person if row is not None else ""
    note_access(gov, ref or "?", did, ref, outcome)
