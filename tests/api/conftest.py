"""The API over DUBU's demo round, as it stood on 1 October 2025, asked with tokens."""

import shutil
from datetime import UTC, datetime
from secrets import token_hex

import pytest
from flask import request

from governance.service import load_demo, open_governance
from tests.api.client import Client
from tests.callers import ADMINISTRATOR, AUDITOR, NOBODY, PROJECT_GROUP, READER, SECRETARIAT, member
from web import create_app

NOW = datetime(2025, 10, 1, 9, tzinfo=UTC)
TOKENS = {
    "sekretariat": SECRETARIAT,
    "projektgruppe": PROJECT_GROUP,
    "horsens": member("Horsens"),
    "laeser": READER,
    "revisor": AUDITOR,
    "administrator": ADMINISTRATOR,
    "ingen": NOBODY,
}


def bearer():
    """Whoever the token of the request belongs to."""
    return TOKENS.get(request.headers.get("Authorization", "").removeprefix("Bearer "))


def opened(path):
    return open_governance(f"sqlite:///{path}", now=lambda: NOW)


@pytest.fixture(scope="session")
def round_of_september(tmp_path_factory):
    path = tmp_path_factory.mktemp("round") / "round.sqlite"
    governance = opened(path)
    load_demo(governance)
    governance.engine.dispose()
    return path


@pytest.fixture
def governance(round_of_september, tmp_path):
    governance = opened(shutil.copy(round_of_september, tmp_path / "copy.sqlite"))
    yield governance
    governance.engine.dispose()


@pytest.fixture
def app(governance):
    return create_app(governance, secret_key=token_hex(), caller_of=bearer)


@pytest.fixture
def api(app):
    """A client of the secretariat's, written from the document."""
    return Client(app, "sekretariat")


@pytest.fixture
def as_(app):
    """A client of somebody else's."""
    return lambda token: Client(app, token)
