"""Accounts: who may log in. Beside the record; every change of one is noted in the access log."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from governance.model import Forbidden, RequestError, Text
from governance.rights import Duty
from governance.service.accesses import ANSWERED, note_access
from governance.service.accountviews import AccountView, account_view, office_views
from governance.service.opening import Governance, looking
from governance.service.passwords import clean_password, fits, hashed
from governance.service.people import clean_name
from governance.service.permitting import permit, permit_own
from governance.service.persons import person_of
from governance.service.recording import one_transaction
from governance.service.words import Problems, among, clean_text, printable
from governance.store import write_time
from governance.store.accounts import (
    AccountRow,
    OfficeRow,
    account_of_email,
    change_account,
    end_sessions,
    find_account,
    has_accounts,
    load_accounts,
    load_offices,
    new_id,
    write_account,
    write_office,
)
from governance.store.persons import is_ref

ACCOUNT = Text("kontoen", "account")
LOGIN = Text("login", "the login")
EMAIL = Text("e-mailen", "the e-mail")
MOST_LOGIN, MOST_EMAIL = 100, 254
_LOGIN = re.compile(r"[^\W_][\w.@-]*")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def any_account(gov: Governance) -> bool:
    """Whether anybody can log in at all yet."""
    with looking(gov) as connection:
        return has_accounts(connection)


def accounts(gov: Governance) -> tuple[AccountView, ...]:
    """Every account with the offices it has and had, by login."""
    permit(gov, Duty.KEEP)
    with looking(gov) as connection:
        rows = load_accounts(connection)
        logins = {row.id: row.login for row in rows}
        offices = office_views(gov, connection, load_offices(connection), logins)
    return tuple(account_view(row, tuple(each for each in offices if each.account == row.id)) for row in rows)


def account(gov: Governance, named: str = "") -> AccountView:
    """One account by login or id, by default the caller's own; RequestError when there is none."""
    with looking(gov) as connection:
        row = whose(gov, connection, named)
        held = load_offices(connection, row.id)
        return account_view(row, office_views(gov, connection, held, {row.id: row.login}))


def own_name(gov: Governance) -> str:
    """What the caller is called; nothing for nobody, and for whoever is trusted."""
    if gov.caller is None or not gov.caller.account:
        return ""
    with looking(gov) as connection:
        row = find_account(connection, gov.caller.account)
    return row.name if row is not None else gov.caller.person


def add_account(
    gov: Governance,
    login: str,
    person: str,
    *,
    password: str = "",
    email: str = "",
    administrator: bool = False,
) -> AccountView:
    """Let somebody log in: by a password, or by a provider that vouches for their e-mail.

    ``person`` is a name or a reference. As an ``administrator`` they may keep accounts from today.
    RequestError with all that cannot be used, or for a login or an e-mail that another account has.
    """
    permit(gov, Duty.KEEP)
    problems = Problems()
    login = problems.take(lambda: clean_login(login), "")
    name = problems.take(lambda: person.strip() if is_ref(person.strip()) else clean_name(person), "")
    email = problems.take(lambda: clean_email(email), "")
    password = problems.take(lambda: clean_password(password, login), "") if password else ""
    problems.raise_if_any()
    kept = hashed(password) if password else ""
    at = write_time(gov.now())
    with one_transaction(gov) as connection:
        _refuse_taken(connection, login, email)
        ref = person_of(connection, name)
        row = AccountRow(new_id("a"), login, ref, at, name, kept, email=email)
        write_account(connection, row)
        if administrator:
            by, today = doer(gov, connection), gov.today.isoformat()
            write_office(
                connection,
                OfficeRow(new_id("o"), row.id, ref, "administrator", "", "", today, "", by, at),
            )
        held = load_offices(connection, row.id)
        view = account_view(row, office_views(gov, connection, held, {row.id: login}))
    noted(gov, "account added", ref)
    return view


def _refuse_taken(connection: Connection, login: str, email: str) -> None:
    taken = [
        Text(
            f"{what.da} `{word}` har en anden konto; vælg en anden", f"another account has {what.en} `{word}`"
        )
        for what, word, found in (
            (LOGIN, login, find_account(connection, login)),
            (EMAIL, email, account_of_email(connection, email) if email else None),
        )
        if found is not None
    ]
    if taken:
        raise RequestError(*taken)


def set_password(gov: Governance, named: str, password: str) -> None:
    """Give an account a new password, and end its sessions; RequestError when it cannot be one.

    Forbidden for an access token, whosever account it is: whoever has the password has a longer life than it.
    """
    permit(gov, Duty.KEEP)
    permit_own(gov, outlives=True)
    with looking(gov) as connection:
        row = known(connection, named)
    kept = hashed(clean_password(password, row.login))
    with one_transaction(gov) as connection:
        change_account(connection, row.id, password=kept)
        end_sessions(connection, row.id, write_time(gov.now()))
    noted(gov, "password set", row.person)


def change_password(gov: Governance, before: str, password: str, *, session: str = "") -> None:
    """Change the caller's own password, and end their sessions but one.

    RequestError when the one ``before`` is not right, or the new one cannot be used.
    """
    with looking(gov) as connection:
        row = whose(gov, connection, "")
    permit_own(gov, outlives=True)
    problems = Problems()
    problems.take(lambda: _refuse_wrong(before, row.password), None)
    new = problems.take(lambda: clean_password(password, row.login), "")
    problems.raise_if_any()
    kept = hashed(new)
    with one_transaction(gov) as connection:
        change_account(connection, row.id, password=kept)
        end_sessions(connection, row.id, write_time(gov.now()), but=session)
    noted(gov, "password changed", row.person)


def _refuse_wrong(before: str, known_hash: str) -> None:
    if not fits(before, known_hash):
        raise RequestError(
            Text(
                "den nuværende adgangskode er ikke rigtig; skriv den, du logger ind med",
                "the present password is not right; write the one you log in with",
            )
        )


def disable_account(gov: Governance, named: str) -> AccountView:
    """Let an account log in no more, and end its sessions; tokens stop working too. Its offices stay."""
    permit(gov, Duty.KEEP)
    at = write_time(gov.now())
    with _changing(gov, named) as (connection, row):
        if gov.caller is not None and gov.caller.account == row.id:
            raise RequestError(
                Text(
                    "din egen konto kan du ikke lukke; bed en anden administrator om det",
                    "you cannot disable your own account; ask another administrator",
                )
            )
        if row.disabled_at:
            raise RequestError(
                Text(
                    f"kontoen `{row.login}` er allerede lukket",
                    f"the account `{row.login}` is disabled already",
                )
            )
        change_account(connection, row.id, disabled_at=at)
        end_sessions(connection, row.id, at)
    noted(gov, "account disabled", row.person)
    return account(gov, row.id)


def enable_account(gov: Governance, named: str) -> AccountView:
    """Let a disabled account log in again."""
    permit(gov, Duty.KEEP)
    with _changing(gov, named) as (connection, row):
        if not row.disabled_at:
            raise RequestError(
                Text(f"kontoen `{row.login}` er ikke lukket", f"the account `{row.login}` is not disabled")
            )
        change_account(connection, row.id, disabled_at="")
    noted(gov, "account enabled", row.person)
    return account(gov, row.id)


@contextmanager
def _changing(gov: Governance, named: str) -> Iterator[tuple[Connection, AccountRow]]:
    with one_transaction(gov) as connection:
        yield connection, known(connection, named)


def known(connection: Connection, named: str) -> AccountRow:
    """The account of a login or id; RequestError with the one that may have been meant."""
    found = find_account(connection, folded_login(named)) or find_account(connection, named.strip())
    if found is None:
        among(folded_login(named), [row.login for row in load_accounts(connection)], ACCOUNT)
        raise KeyError(named)  # a login is found by its name: the store is broken
    return found


def whose(gov: Governance, connection: Connection, named: str) -> AccountRow:
    """An account: the caller's own when none is named, any other only for whoever keeps accounts."""
    own = gov.caller.account if gov.caller is not None else ""
    if named and named != own:
        permit(gov, Duty.KEEP)
        return known(connection, named)
    found = find_account(connection, own) if own else None
    if found is None:
        raise Forbidden(
            Text(
                "du er ikke logget ind med en konto her; log ind, eller nævn kontoen",
                "you are not logged in with an account of this place; log in, or name the account",
            )
        )
    return found


def doer(gov: Governance, connection: Connection) -> str:
    """The reference of whoever does this; nothing from the command line."""
    return person_of(connection, gov.caller.person) if gov.caller is not None else ""


def noted(gov: Governance, did: str, ref: str, outcome: str = ANSWERED) -> None:
    """Note in the access log what was done to whose account."""
    note_access(gov, gov.caller.person if gov.caller is not None else "", did, ref, outcome)


def folded_login(login: str) -> str:
    """A login as it is stored: logins that look alike are the same, however they were typed or pasted."""
    seen = (each for each in unicodedata.normalize("NFKC", login) if unicodedata.category(each) != "Cf")
    return unicodedata.normalize("NFKC", "".join(seen).strip().casefold())


def folded_email(email: str) -> str:
    """An e-mail as it is stored, in small letters; none for one whose letters only look plain.

    Else whoever has a mailbox named with a Kelvin sign came into the account of its namesake with a k.
    """
    if any(unicodedata.normalize("NFKC", each).isascii() for each in email.strip() if not each.isascii()):
        return ""
    return unicodedata.normalize("NFC", email.strip()).lower()


def clean_login(login: str) -> str:
    """A login of Latin letters, digits and ``.@_-``, in small letters; RequestError for anything else."""
    cleaned = folded_login(login)
    shown = printable(cleaned)
    latin = all(each.isascii() or unicodedata.name(each, "").startswith("LATIN ") for each in cleaned)
    if len(cleaned) > MOST_LOGIN or not latin or not _LOGIN.fullmatch(cleaned) or is_ref(cleaned):
        raise RequestError(
            Text(
                f"`{shown}` kan ikke være et login; skriv latinske bogstaver, tal og .@_- "
                f"(højst {MOST_LOGIN})",
                f"`{shown}` cannot be a login; write Latin letters, digits and .@_- (up to {MOST_LOGIN})",
            )
        )
    return cleaned


def clean_email(email: str) -> str:
    """An e-mail address in small letters, or none; RequestError for what is not one."""
    written = clean_text(email, EMAIL, most=MOST_EMAIL)
    cleaned = folded_email(email)
    if written and not _EMAIL.fullmatch(cleaned):
        raise RequestError(
            Text(
                f"`{printable(written)}` er ikke en e-mail; skriv en som navn@kommune.dk",
                f"`{printable(written)}` is no e-mail; write one such as name@example.org",
            )
        )
    return cleaned
