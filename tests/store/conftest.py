"""Engines over an empty, upgraded database of each kind."""

import pytest

from governance.store import make_engine, upgrade
from tests.databases import database_url, postgres_server, postgres_url

__all__ = ["database_url", "postgres_server", "postgres_url"]


@pytest.fixture
def engine(database_url):
    """An engine whose database has its tables."""
    made = make_engine(database_url)
    upgrade(made)
    yield made
    made.dispose()
