"""The API over DUBU's demo round, as it stood on 1 October 2025, asked with tokens."""

import shutil
from secrets import token_hex

import pytest

from governance.service import (
    Duty,
    add_account,
    grant_office,
    make_token,
)
from tests.api.client import Client
from tests.served import opened
from web import create_app
from web.settings import Settings

OFFICES = {
    "sekretariat": {"role": "sekretariat"},
    "projektgruppe": {"role": "mandat", "body": "projektgruppen"},
    "horsens": {"role": "medlem", "body": "referencegruppen", "organisation": "Horsens"},
    "laeser": {"role": "laeser"},
    "revisor": {"role": "revisor"},
    "administrator": {"role": "administrator"},
    "ingen": {},
}
"""The office of each account; one of each kind, and one without."""


@pytest.fixture(scope="session")
def with_accounts(round_of_september, tmp_path_factory):
    """The file of the demo round with an account of each kind, and the access token of each by its login."""
    path = shutil.copy(round_of_september, tmp_path_factory.mktemp("accounts") / "accounts.sqlite")
    governance = opened(path)
    tokens = {login: token_of(governance, login, **office) for login, office in OFFICES.items()}
    governance.engine.dispose()
    return path, tokens


@pytest.fixture(scope="session")
def tokens(with_accounts):
    """An access token of each account, by its login, for everything its offices let it do."""
    return with_accounts[1]


def token_of(governance, login, role="", scopes=tuple(duty.value for duty in Duty), **office):
    """The token of a new account with an office."""
    add_account(governance, login, login.capitalize(), email=f"{login}@example.dk")
    if role:
        grant_office(governance, login, role, from_="2025-01-01", **office)
    return make_token(governance, "test", scopes, "2025-12-31", named=login).token


@pytest.fixture
def governance(with_accounts, tmp_path):
    governance = opened(shutil.copy(with_accounts[0], tmp_path / "copy.sqlite"))
    yield governance
    governance.engine.dispose()


def answering(governance, rate="100000 per minute"):
    """The application as it is served, asked with the tokens that the register knows."""
    return create_app(governance, secret_key=token_hex(), settings=Settings(api_rate=rate))


@pytest.fixture
def app(governance):
    return answering(governance)


@pytest.fixture
def api(app, tokens):
    """A client of the secretariat's, written from the document."""
    return Client(app, tokens["sekretariat"])


@pytest.fixture
def as_(app, tokens):
    """A client of somebody else's."""
    return lambda login: Client(app, tokens.get(login, ""))
