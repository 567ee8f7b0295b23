"""What programs log in with: made by a person for themselves, within duties, until a day, shown once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import Connection

from governance.model import Forbidden, RequestError, Text
from governance.prose.values import say_day
from governance.rights import Caller, Duty
from governance.service.accounts import noted, whose
from governance.service.accountviews import TokenView, caller_from, token_view
from governance.service.opening import Governance, looking
from governance.service.permitting import permit_own
from governance.service.recording import one_transaction
from governance.service.sessions import SEEN_EVERY, touching
from governance.service.words import Problems, among, clean_text, query_date
from governance.store import write_time
from governance.store.accounts import (
    TokenRow,
    bearer_of_token,
    hash_of,
    load_accounts,
    load_tokens,
    new_id,
    revoke_token,
    touch_token,
    write_token,
)

PREFIX = "gov_"
RANDOM_BYTES = 32
MOST_DAYS = 366
MOST_NAME = 100
NAME = Text("navnet", "the name")
SCOPE = Text("omfanget", "scope")
NONE: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token that was just made: the only time that it is shown."""

    token: str
    view: TokenView


def make_token(
    gov: Governance, name: str, scopes: Iterable[str], last_day: str, *, named: str = ""
) -> NewToken:
    """Let a program log in as the caller, within some duties and until a day.

    From the command line for the account ``named``. RequestError with all that cannot be used; Forbidden for
    another's account, or by a token.
    """
    permit_own(gov, outlives=True)
    if gov.caller is not None and named not in ("", gov.caller.account):
        raise Forbidden(
            Text(
                "en adgangsnøgle laver man kun til sig selv; log ind med den konto, den skal gælde for",
                "an access token is made only for oneself; log in with the account it is to be for",
            )
        )
    problems = Problems()
    called = problems.take(lambda: clean_text(name, NAME, most=MOST_NAME, needed=True), "")
    duties = problems.take(lambda: _scopes(scopes), NONE)
    last = problems.take(lambda: _last_day(last_day, gov.today), gov.today)
    problems.raise_if_any()
    token = PREFIX + token_urlsafe(RANDOM_BYTES)
    with one_transaction(gov) as connection:
        row = whose(gov, connection, named)
        at = write_time(gov.now())
        made = TokenRow(new_id("t"), hash_of(token), row.id, called, duties, last.isoformat(), at)
        write_token(connection, made)
    noted(gov, "token made", row.person)
    return NewToken(token, token_view(made, row.login, gov.today.isoformat()))


def tokens(gov: Governance, *, named: str = "") -> tuple[TokenView, ...]:
    """The tokens of the caller, or of another account for whoever keeps accounts; without their secrets.

    From the command line those of everybody, when no account is ``named``.
    """
    with looking(gov) as connection:
        account = _whose_tokens(gov, connection, named)
        logins = {row.id: row.login for row in load_accounts(connection)}
        rows = load_tokens(connection, account)
    today = gov.today.isoformat()
    return tuple(token_view(row, logins.get(row.account, ""), today) for row in rows)


def revoke(gov: Governance, id_: str, *, named: str = "") -> None:
    """Let a token of the caller work no more; another account's for whoever keeps accounts."""
    permit_own(gov)
    with one_transaction(gov) as connection:
        account = _whose_tokens(gov, connection, named)
        row = next((each for each in load_tokens(connection, account) if each.id == id_.strip()), None)
        if row is None or row.revoked_at:
            raise RequestError(
                Text(
                    "adgangsnøglen findes ikke eller er allerede tilbagekaldt; se listen igen",
                    "the access token is not there or is revoked already; look at the list again",
                )
            )
        revoke_token(connection, row.id, write_time(gov.now()))
        person = next(each.person for each in load_accounts(connection) if each.id == row.account)
    noted(gov, "token revoked", person)


def _whose_tokens(gov: Governance, connection: Connection, named: str) -> str:
    """The account whose tokens are meant; none, which is everybody's, only from the command line."""
    return "" if gov.caller is None and not named else whose(gov, connection, named).id


def caller_of_token(gov: Governance, token: str) -> Caller | None:
    """Who a program logs in as, limited to the token's scopes; None when the token does not work."""
    if not token.startswith(PREFIX):
        return None
    with looking(gov) as connection:
        bearer = bearer_of_token(connection, hash_of(token))
    if bearer is None or bearer.account.disabled_at or bearer.ended_at:
        return None
    now = gov.now()
    if bearer.last_day < gov.today.isoformat():
        return None
    if not bearer.seen_at or now - datetime.fromisoformat(bearer.seen_at) >= SEEN_EVERY:
        with touching(gov) as connection:
            touch_token(connection, bearer.id, write_time(now))
    return caller_from(bearer)


def _scopes(scopes: Iterable[str]) -> tuple[str, ...]:
    problems = Problems()
    known = [duty.value for duty in Duty]
    asked = [problems.take(lambda each=each: among(each, known, SCOPE), "") for each in scopes]  # type: ignore[misc]  # mypy reads no default of a lambda
    problems.raise_if_any()
    if not asked:
        raise RequestError(
            Text(
                f"omfanget mangler; vælg blandt {', '.join(known)}",
                f"the scope is missing; choose among {', '.join(known)}",
            )
        )
    return tuple(each for each in known if each in asked)


def _last_day(text: str, today: date) -> date:
    if not text.strip():
        raise RequestError(
            Text("den sidste dag mangler; skriv en dato", "the last day is missing; write a date")
        )
    last = query_date(text, today).high
    latest = today + timedelta(days=MOST_DAYS)
    if not isinstance(last, date) or not today <= last <= latest:
        raise RequestError(
            Text(
                f"den sidste dag skal ligge fra {say_day(today).da} til {say_day(latest).da}",
                f"the last day must lie from {today} to {latest}",
            )
        )
    return last
