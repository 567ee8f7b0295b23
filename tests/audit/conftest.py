"""The small record, written once into each kind of database."""

import pytest

from governance.audit import verify
from governance.store import reading
from tests.audit.record import exported, opened, superuser, write_record
from tests.databases import postgres_server

__all__ = ["postgres_server"]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def gov(request, tmp_path_factory):
    """The small record in each kind of database. No test changes it."""
    if request.param == "sqlite":
        made = opened(f"sqlite:///{tmp_path_factory.mktemp('audit') / 'record.sqlite'}")
        write_record(made)
        yield made
        made.engine.dispose()
        return
    with request.getfixturevalue("postgres_server").database() as url:
        made = opened(url)
        write_record(made)
        yield made
        made.engine.dispose()


@pytest.fixture
def own(tmp_path):
    """A small record of the test's own."""
    made = opened(f"sqlite:///{tmp_path / 'own.sqlite'}")
    write_record(made)
    yield made
    made.engine.dispose()


@pytest.fixture(scope="session")
def lines(tmp_path_factory):
    """An export of it."""
    made = opened(f"sqlite:///{tmp_path_factory.mktemp('lines') / 'record.sqlite'}")
    write_record(made)
    yield exported(made)
    made.engine.dispose()


@pytest.fixture
def connection(gov):
    """A superuser's transaction over it, rolled back afterwards."""
    with superuser(gov.engine) as made:
        yield made


@pytest.fixture(scope="session")
def audited(gov):
    """What the audit finds in the record as it was written."""
    with reading(gov.engine) as connection:
        return verify(connection)
