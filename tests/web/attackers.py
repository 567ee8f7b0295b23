"""Somebody at the pages and the API who means harm, over a register in which nothing may change."""

from datetime import timedelta
from secrets import token_hex

import pytest

from governance.service import Identity, Life, add_account, events_page, grant_office, make_token, signed_in
from governance.service.sessions import HERE
from tests.callers import SECRETARIAT
from web import create_app
from web.settings import Settings

API = "/api/v1"
LONG_LIFE = Life(timedelta(hours=1), timedelta(hours=1))


@pytest.fixture
def asking():
    """Who asks: the first of the list."""
    return [SECRETARIAT]


@pytest.fixture
def app(governance, asking):
    app = create_app(governance, settings=Settings(secret_key=token_hex(), api_rate="100000 per minute"))
    app.extensions["governance.caller"] = lambda: asking[0]
    app.config["WTF_CSRF_ENABLED"] = False
    return app


def newest(governance):
    """The number of the newest event: what is refused before it is judged stores none."""
    return events_page(governance).lines[0].event.number


def sent(client, path, **body):
    """What a program sends."""
    return client.post(f"{API}{path}", json=body, headers={"If-Match": "*"})


@pytest.fixture
def people(governance, hasher):
    """An account that is attacked and one that attacks: each with its session, its token and its office."""
    made = {login: add_account(governance, login, login.capitalize()) for login in ("offer", "tyv")}
    for login, account in made.items():
        grant_office(governance, login, "laeser", from_="2025-01-01")
        signed_in(governance, Identity(HERE, account.id), LONG_LIFE)
        make_token(governance, login, ["read"], "2025-12-31", named=login)
    return made
