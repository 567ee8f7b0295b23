"""A database that is not a register, or not the one it says it is, is refused and left as it was."""

import pytest
from alembic import command
from sqlalchemy import inspect, text
from sqlalchemy.exc import OperationalError

from governance.store import StoreError, make_engine, reading, upgrade
from governance.store.answers import cannot_open
from governance.store.upgrade import configuration


@pytest.fixture
def bare(database_url):
    """An engine whose database has no tables."""
    made = make_engine(database_url)
    yield made
    made.dispose()


def told(engine, *statements):
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def tables(engine):
    with reading(engine) as connection:
        return sorted(inspect(connection).get_table_names())


def refusal(engine):
    """What is said of it; no table is added or removed."""
    before = tables(engine)
    with pytest.raises(StoreError) as error:
        upgrade(engine)
    assert tables(engine) == before
    assert error.value.text.da != error.value.text.en
    return error.value.text.en


VERSION = "CREATE TABLE alembic_version (version_num varchar(32))"


@pytest.mark.parametrize(
    "statements",
    [
        ["CREATE TABLE customers (id integer)"],
        [VERSION, "CREATE TABLE customers (id integer)"],
        [VERSION, "INSERT INTO alembic_version VALUES ('0002')"],
        [VERSION, "INSERT INTO alembic_version VALUES ('0001')", "CREATE TABLE customers (id integer)"],
        [VERSION, "INSERT INTO alembic_version VALUES ('abc')"],
    ],
)
def test_tables_are_never_added_to_somebody_elses(bare, statements):
    told(bare, *statements)
    said = refusal(bare)
    assert "is used for something other than a register; nothing is changed; choose another" in said


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE alembic_version SET version_num = '0001'",
        "DROP TABLE keys",
    ],
)
def test_tables_that_are_not_of_the_version_they_say_are_refused(engine, change):
    told(engine, change)
    said = refusal(engine)
    assert "but they are not; nothing is changed; restore a backup into a new one" in said


def test_a_register_that_no_longer_says_its_version_is_left_alone(engine):
    told(engine, "DELETE FROM alembic_version")
    assert "used for something other than a register" in refusal(engine)


def test_first_tables_that_are_not_there_are_not_carried_over(bare):
    with bare.begin() as connection:
        command.upgrade(configuration(connection), "0001")
    told(bare, "DROP TABLE events")
    assert "says that its tables are of version 0001, but they are not" in refusal(bare)


def test_a_server_that_takes_no_connection_is_said_with_what_to_do(tmp_path, postgres_server):
    for url, said in (
        (f"postgresql://me:secret@/db?host={tmp_path}", "the server took no connection"),
        (postgres_server.url("nowhere"), 'database "nowhere" does not exist'),
    ):
        with pytest.raises(StoreError) as error:
            upgrade(make_engine(url))
        assert said in error.value.text.en
        assert "check that it runs, and that address, database, user and password" in error.value.text.en
        assert "se efter, at den kører" in error.value.text.da
        assert "secret" not in error.value.text.en


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (10, "the disk did not answer as it should"),
        (10 | 3 << 8, "the disk did not answer as it should"),
        (14, "the file cannot be opened; check that it is a file"),
        (26, "the file is no SQLite database; choose another file"),
        (1, "nothing is stored; see `governance doctor`, and try again"),
    ],
)
def test_what_sqlite_says_is_told_with_what_to_do(tmp_path, code, said):
    engine = make_engine(f"sqlite:///{tmp_path / 'record.sqlite'}")
    why = OperationalError("SELECT", None, Exception("its own words"))
    why.orig.sqlite_errorcode = code
    found = cannot_open(engine, why)
    assert said in found.text.en
    assert f"{tmp_path / 'record.sqlite'} cannot be used" in found.text.en
    assert found.text.en.endswith("(its own words)")
    assert found.text.da.endswith("(its own words)")
    assert not found.unknown_outcome


def test_a_folder_is_no_database(tmp_path):
    with pytest.raises(StoreError, match="the file cannot be opened; check that it is a file"):
        upgrade(make_engine(f"sqlite:///{tmp_path}"))


def test_a_table_that_went_away_is_said(engine):
    told(engine, "DROP TABLE accesses")
    with pytest.raises(StoreError, match="lacks tables of the register"), reading(engine) as connection:
        connection.execute(text("SELECT * FROM accesses"))
