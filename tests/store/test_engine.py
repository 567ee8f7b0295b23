"""Every connection has the settings a safe record rests on, and what goes wrong is one sentence."""

import sqlite3
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import event as listens
from sqlalchemy import make_url, text

from governance.store import StoreError, drivers, is_register, make_engine, reading, upgrade, writing
from governance.store.answers import shown
from governance.store.condition import GUARDS, guards_of, settings_of
from governance.store.drivers import SAFE_WAL, newest_sqlite, sqlite_settings, version_of
from governance.store.schema import people

NEWER = newest_sqlite() is not sqlite3
OLD_ONE = version_of(sqlite3) < SAFE_WAL
ADDRESSES = [
    "sqlite+pysqlite",
    pytest.param("sqlite", marks=pytest.mark.skipif(not NEWER, reason="no pysqlite3")),
]
WRITE = text("UPDATE ledger SET at = at")


@pytest.fixture(params=ADDRESSES)
def on_file(request, tmp_path):
    """An address of a file, for the standard library's SQLite and for a newer one."""
    return f"{request.param}:///{tmp_path / 'record.sqlite'}"


@pytest.fixture
def opened():
    """Engines that are disposed of afterwards."""
    engines = []

    def open_it(url, *, ready=True):
        engines.append(make_engine(url))
        if ready:
            upgrade(engines[-1])
        return engines[-1]

    yield open_it
    for engine in engines:
        engine.dispose()


def refusal(engine, block=writing):
    with pytest.raises(StoreError) as error, block(engine) as connection:
        connection.execute(WRITE)
    assert error.value.text.da != error.value.text.en
    return error.value


# Which driver, which settings


def module(version):
    return SimpleNamespace(sqlite_version=version)


@pytest.mark.parametrize(
    ("other", "chosen"),
    [("99.0.0", "other"), ("3.0.0", "own"), (sqlite3.sqlite_version, "own"), (None, "own")],
)
def test_the_newest_sqlite_is_used(monkeypatch, other, chosen):
    def import_it(name):
        assert name == "pysqlite3.dbapi2"
        if other is None:
            raise ImportError
        return module(other)

    monkeypatch.setattr(drivers, "import_module", import_it)
    assert (newest_sqlite() is sqlite3) is (chosen == "own")


@pytest.mark.parametrize(
    ("version", "mode", "synchronous"),
    [
        ((3, 40, 1), "delete", "3"),
        ((3, 51, 2), "delete", "3"),
        ((3, 51, 3), "wal", "2"),
        ((4, 0, 0), "wal", "2"),
    ],
)
def test_wal_is_used_only_where_it_is_free_of_its_fault(version, mode, synchronous):
    settings = sqlite_settings(version)
    assert (settings["journal_mode"], settings["synchronous"]) == (mode, synchronous)
    assert (settings["foreign_keys"], settings["busy_timeout"]) == ("1", "30000")


def test_every_connection_has_the_settings(on_file, opened):
    engine = opened(on_file)
    with reading(engine) as first, reading(engine) as second:
        for connection in (first, second):
            found = dict(settings_of(connection))
            version = tuple(map(int, found.pop("sqlite_version").split(".")))
            assert found == sqlite_settings(version)


def test_every_connection_to_postgresql_has_the_settings(postgres_url, opened):
    admin = opened(postgres_url)
    with admin.begin() as connection:
        name = connection.execute(text("SELECT current_database()")).scalar_one()
        for setting in ("synchronous_commit = off", "default_transaction_isolation = 'serializable'"):
            connection.execute(text(f"ALTER DATABASE {name} SET {setting}"))
    with reading(opened(postgres_url)) as connection:
        found = settings_of(connection)
    assert (found["synchronous_commit"], found["lock_timeout"]) == ("on", "30s")
    assert found["default_transaction_isolation"] == "read committed"


def test_the_guards_that_are_looked_for_are_those_of_the_migrations(engine):
    with reading(engine) as connection:
        assert guards_of(connection) == GUARDS[engine.dialect.name]


@pytest.mark.skipif(not NEWER, reason="no pysqlite3")
def test_on_wal_writers_and_readers_go_on_together(tmp_path, opened):
    engine = opened(f"sqlite:///{tmp_path / 'record.sqlite'}")
    with writing(engine) as connection, reading(engine) as beside:
        connection.execute(WRITE)
        assert beside.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert beside.execute(text("SELECT last FROM ledger")).scalar() == 0


@pytest.mark.skipif(not NEWER, reason="no pysqlite3")
def test_a_new_file_that_another_is_about_to_write_is_waited_for(tmp_path, opened, monkeypatch):
    holder = newest_sqlite().connect(tmp_path / "record.sqlite", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    waits = []
    monkeypatch.setattr(drivers, "sleep", lambda pause: waits.append(pause) or holder.execute("COMMIT"))
    with reading(opened(f"sqlite:///{tmp_path / 'record.sqlite'}")) as connection:
        assert settings_of(connection)["journal_mode"] == "wal"
    assert waits == [drivers.PAUSE]
    holder.close()


# A connection that did not take them


@pytest.mark.skipif(not OLD_ONE, reason="the standard library's SQLite may use WAL")
def test_a_file_that_a_newer_one_holds_on_wal_is_not_used_by_an_older(tmp_path, opened):
    opened(f"sqlite+pysqlite:///{tmp_path / 'record.sqlite'}").dispose()
    holder = sqlite3.connect(tmp_path / "record.sqlite")
    assert holder.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    holder.execute("SELECT * FROM ledger").fetchall()
    said = refusal(opened(f"sqlite+pysqlite:///{tmp_path / 'record.sqlite'}", ready=False)).text.en
    assert "cannot be used safely: journal_mode is wal, but must be delete; close other programs" in said
    holder.close()
    with reading(opened(f"sqlite+pysqlite:///{tmp_path / 'record.sqlite'}")) as connection:
        assert settings_of(connection)["journal_mode"] == "delete"


def test_a_file_that_cannot_take_the_settings_is_refused(on_file, opened):
    engine = opened(on_file)
    with reading(engine) as connection:
        other = "delete" if settings_of(connection)["journal_mode"] == "wal" else "wal"
    engine.dispose()
    with sqlite3.connect(engine.url.database) as raw:
        raw.execute(f"PRAGMA journal_mode = {other}")
    raw.close()
    kind, _, path = on_file.partition(":///")
    engine = opened(f"{kind}:///file:{path}?mode=ro&uri=true", ready=False)
    assert "cannot be used" in refusal(engine, reading).text.en


# What goes wrong, in words


def test_a_file_that_can_only_be_read_is_said(on_file, opened):
    opened(on_file).dispose()
    kind, _, path = on_file.partition(":///")
    engine = opened(f"{kind}:///file:{path}?mode=ro&uri=true", ready=False)
    assert refusal(engine).text.en.startswith("the database can only be read; nothing is stored")
    with reading(engine) as connection:
        assert connection.execute(text("SELECT last FROM ledger")).scalar() == 0


def test_a_server_that_can_only_be_read_is_said(postgres_url, opened):
    admin = opened(postgres_url)
    with admin.begin() as connection:
        name = connection.execute(text("SELECT current_database()")).scalar_one()
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    assert refusal(opened(postgres_url, ready=False)).text.en.startswith("the database can only be read")


def test_whoever_waits_too_long_is_told_that_somebody_else_is_writing(database_url, opened, monkeypatch):
    monkeypatch.setattr(drivers, "BUSY_SECONDS", 0)
    monkeypatch.setattr(drivers, "POSTGRESQL", {**drivers.POSTGRESQL, "lock_timeout": "10ms"})
    first, second = opened(database_url), opened(database_url)
    with writing(first):
        error = refusal(second)
    assert error.text.en == "the database is busy with somebody else; nothing is stored, try again"
    assert not error.unknown_outcome
    with writing(second) as connection:
        connection.execute(WRITE)


def test_a_process_whose_connections_are_all_waiting_says_that_it_is_busy(database_url, opened):
    engine = opened(database_url)
    engine.pool._timeout = 0.01
    held = [engine.connect() for _ in range(15)]
    assert "busy" in refusal(engine, reading).text.en
    for each in held:
        each.close()


def test_a_full_disk_is_said_and_nothing_is_half_written(on_file, opened):
    engine = opened(on_file)

    @listens.listens_for(engine, "begin")
    def no_room(connection):
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    engine.dispose()
    row = {"ref": "p-aaaaaaaa", "name": "x" * 500_000, "contact": "", "former": ""}
    with pytest.raises(StoreError) as error, writing(engine) as connection:
        connection.execute(people.insert(), row)
    assert error.value.text.en.startswith("the disk of the database is full; nothing is stored")
    with reading(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM people")).scalar() == 0


def write_and_lose(engine, other, *, at_the_end):
    """A write whose connection the server cuts off, before its last statement or before its COMMIT."""
    with writing(engine) as connection:
        pid = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        connection.execute(WRITE)
        with other.begin() as beside:
            beside.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
        if not at_the_end:
            connection.execute(WRITE)


def test_a_connection_lost_before_the_end_has_stored_nothing(postgres_url, opened):
    engine, other = opened(postgres_url), opened(postgres_url)
    with pytest.raises(StoreError) as error:
        write_and_lose(engine, other, at_the_end=False)
    assert error.value.text.en == "the connection to the database was lost; nothing is stored, try again"
    assert not error.value.unknown_outcome
    with writing(engine) as connection:
        connection.execute(WRITE)


def test_a_connection_lost_at_the_end_leaves_it_unknown_and_says_how_to_find_out(postgres_url, opened):
    engine, other = opened(postgres_url), opened(postgres_url)
    with pytest.raises(StoreError) as error:
        write_and_lose(engine, other, at_the_end=True)
    assert error.value.unknown_outcome
    assert "send again with the same key" in error.value.text.en
    assert "send igen med samme nøgle" in error.value.text.da


def test_a_damaged_file_is_said(on_file, opened):
    engine = opened(on_file)
    engine.dispose()
    with Path(engine.url.database).open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 40_960)
    said = refusal(engine).text.en
    assert "damaged" in said or "cannot be used" in said


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite:////srv/record.sqlite", "/srv/record.sqlite"),
        ("postgresql://me:secret@host:5433/db?password=secret&sslmode=require",
         "postgresql://me@host:5433/db?sslmode=require"),
    ],
)  # fmt: skip
def test_an_address_is_shown_without_any_password(url, said):
    assert shown(make_url(url)) == said


def test_asking_whether_there_is_a_register_makes_no_file(database_url, opened, tmp_path):
    assert not is_register(opened(database_url, ready=False))
    assert list(tmp_path.iterdir()) == []
    assert is_register(opened(database_url))


def test_threads_of_one_process_share_the_engine(on_file, opened):
    engine, done = opened(on_file), []

    def write():
        with writing(engine) as connection:
            connection.execute(WRITE)
        done.append(1)

    threads = [threading.Thread(target=write) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == len(threads)
