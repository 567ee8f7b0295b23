"""Accounts, offices and access tokens: one's own, and for whoever keeps them those of everybody."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated

from governance import service
from governance.service import AccountView, Duty, OfficeView, TokenView
from web.access import needs
from web.api.nouns import MOST_ID, MOST_NAME
from web.api.operations import keeps, reads
from web.api.schemas import Says
from web.common import governance

ACCOUNTS = "accounts"
Login = Annotated[str, Says("The name the account logs in by, or its id.", 1, MOST_ID)]


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account: whose, and how they log in: by a password, or by a provider that vouches for an e-mail."""

    login: Login
    person: Annotated[str, Says("Whose it is: a name, or a reference `p-…`.", 1, MOST_NAME)]
    password: Annotated[str, Says("The first password; they should change it.", most=1000)] = ""
    email: Annotated[str, Says("The e-mail that the provider vouches for.", most=MOST_NAME)] = ""


@dataclass(frozen=True, slots=True)
class NewOffice:
    """An office for an account, from a day to a day, both included."""

    account: Login
    role: Annotated[str, Says("The role, as `mandat`, `medlem` or `laeser`.", 1, MOST_ID)]
    body: Annotated[str, Says("The body it is for, where the role asks for one.", most=MOST_ID)] = ""
    organisation: Annotated[str, Says("The organisation it is for, where the role asks.", most=MOST_ID)] = ""
    from_: Annotated[str, Says("The first day; by default today.", most=MOST_ID)] = ""
    to: Annotated[str, Says("The last day; by default it lasts.", most=MOST_ID)] = ""


@dataclass(frozen=True, slots=True)
class WhoseTokens:
    """Whose tokens."""

    account: Annotated[
        str, Says("An account, for whoever keeps them; by default one's own.", most=MOST_ID)
    ] = ""


@dataclass(frozen=True, slots=True)
class Revoked:
    """That an access token works no more."""

    id: str


@reads("/account", ACCOUNTS, AccountView)
def get_own_account() -> AccountView:
    """The account of whoever asks, with the offices they hold and held."""
    return service.account(governance())


@reads("/accounts", ACCOUNTS, AccountView, many=True)
@needs(Duty.KEEP)
def list_accounts() -> tuple[AccountView, ...]:
    """Every account with the offices it has and had."""
    return service.accounts(governance())


@reads("/accounts/<string(maxlength=100):account>", ACCOUNTS, AccountView)
@needs(Duty.KEEP)
def get_account(*, account: str) -> AccountView:
    """One account, by login or id."""
    return service.account(governance(), account)


@keeps("/accounts", ACCOUNTS, AccountView, body=NewAccount)
@needs(Duty.KEEP)
def add_account(new: NewAccount) -> AccountView:
    """Let somebody log in."""
    return service.add_account(governance(), **asdict(new))


@keeps("/accounts/<string(maxlength=100):account>/disable", ACCOUNTS, AccountView)
@needs(Duty.KEEP)
def disable_account(*, account: str) -> AccountView:
    """Let an account log in no more, and end its sessions; its tokens stop working too."""
    return service.disable_account(governance(), account)


@keeps("/accounts/<string(maxlength=100):account>/enable", ACCOUNTS, AccountView)
@needs(Duty.KEEP)
def enable_account(*, account: str) -> AccountView:
    """Let a disabled account log in again."""
    return service.enable_account(governance(), account)


@reads("/offices", ACCOUNTS, OfficeView, many=True)
def list_offices() -> tuple[OfficeView, ...]:
    """The offices of everybody, past and withdrawn ones too; for who audits or keeps them."""
    return service.offices(governance())


@keeps("/offices", ACCOUNTS, OfficeView, body=NewOffice)
@needs(Duty.KEEP)
def grant_office(new: NewOffice) -> OfficeView:
    """Give an account an office."""
    return service.grant_office(
        governance(),
        new.account,
        new.role,
        body=new.body,
        organisation=new.organisation,
        from_=new.from_,
        to=new.to,
    )


@keeps("/offices/<string(maxlength=100):office>/withdraw", ACCOUNTS, OfficeView)
@needs(Duty.KEEP)
def withdraw_office(*, office: str) -> OfficeView:
    """Take an office back, from this moment."""
    return service.withdraw_office(governance(), office)


@reads("/tokens", ACCOUNTS, TokenView, many=True, query=WhoseTokens)
def list_tokens(query: WhoseTokens) -> tuple[TokenView, ...]:
    """The access tokens of whoever asks, without their secrets; making one takes a login."""
    return service.tokens(governance(), named=query.account)


@keeps("/tokens/<string(maxlength=100):token>/revoke", ACCOUNTS, Revoked)
def revoke_token(*, token: str) -> Revoked:
    """Let an access token of one's own work no more; a token may when its scope has `keep`."""
    service.revoke(governance(), token)
    return Revoked(token)
