"""Engines over an empty, upgraded database of each kind."""

import sqlite3

import pytest

from governance.store import make_engine, upgrade
from governance.store.drivers import newest_sqlite
from tests.databases import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url"]


@pytest.fixture(params=["sqlite", "newer-sqlite", "postgresql"])
def database_url(request, tmp_path):
    """An empty database of each kind: the standard library's SQLite, a newer one (on WAL), PostgreSQL."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_url")
    if request.param == "newer-sqlite" and newest_sqlite() is sqlite3:
        pytest.skip("no pysqlite3")
    driver = "sqlite" if request.param == "newer-sqlite" else "sqlite+pysqlite"
    return f"{driver}:///{tmp_path / 'record.sqlite'}"


@pytest.fixture
def engine(database_url):
    """An engine whose database has its tables."""
    made = make_engine(database_url)
    upgrade(made)
    yield made
    made.dispose()
