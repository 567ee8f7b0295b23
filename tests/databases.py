"""Databases for the tests: SQLite files, and PostgreSQL servers of this run's own where one is installed."""

import os
import shutil
import subprocess
import tempfile
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text

from governance.store import make_engine, upgrade

PROGRAMS = [Path("/usr/lib/postgresql") / version / "bin" for version in ("18", "17", "16", "15")]
MEMORY, TEMPORARY = Path("/dev/shm"), Path("/tmp")  # noqa: S108 - a folder of its own is made in either
ROOM = 2**30
AS_USER = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}


def quick_folder():
    """Where a short-lived server is best kept: in memory, if there is room for it."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else TEMPORARY


def _programs():
    return next((folder for folder in PROGRAMS if (folder / "postgres").exists()), None)


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server in a folder of its own, with its socket; as root it runs as `postgres`."""

    home: Path
    programs: Path
    settings: str

    def __str__(self):
        return str(self.home)

    def run(self, program, *words):
        command = [self.programs / program, "-D", self.home / "data", *words]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT}
        subprocess.run(command, check=True, cwd=self.home, **quiet, **AS_USER)

    def start(self):
        self.run("pg_ctl", "-w", "-l", self.home / "log", "-o", self.settings, "start")

    def stop(self):
        """At once, as if the machine went down: nothing is tidied up."""
        self.run("pg_ctl", "-w", "-m", "immediate", "stop")

    def url(self, database, socket=None):
        return f"postgresql+psycopg://governance@/{database}?host={socket or self.home}"

    @contextmanager
    def database(self, more=""):
        """The address of a new, empty database."""
        name = f"t{uuid.uuid4().hex}"
        self.tell(f"CREATE DATABASE {name} {more}")
        try:
            yield self.url(name)
        finally:
            self.tell(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def register(self):
        """The address of a new register with nothing recorded in it."""
        with self.database(f"TEMPLATE {_template(self)}") as url:
            yield url

    def tell(self, statement):
        """One statement to the server itself."""
        admin = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with admin.connect() as connection:
            connection.execute(text(statement))


@contextmanager
def running_server(*, fsync, folder=TEMPORARY, initdb=(), more=""):
    """A new server, removed afterwards; ``fsync`` off is quicker and for tests that kill no server."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    home = Path(tempfile.mkdtemp(prefix="pg-", dir=folder))  # a socket's path must be short
    settings = f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync={'on' if fsync else 'off'}"
    server = Server(home, programs, f"{settings} {more}")
    try:
        if AS_USER:
            shutil.chown(home, "postgres", "postgres")
        server.run("initdb", "-U", "governance", "-E", "UTF8", "--auth=trust", "--locale=C", *initdb)
        server.start()
        yield server
    finally:
        if (home / "data" / "postmaster.pid").exists():
            server.stop()
        shutil.rmtree(home, ignore_errors=True)


@cache
def _template(server):
    """The name of a database with its tables made, which others are copies of."""
    server.tell("CREATE DATABASE empty_register")
    _make_tables(server.url("empty_register"))
    return "empty_register"


def _make_tables(url):
    engine = make_engine(url)
    upgrade(engine)
    engine.dispose()


@cache
def empty_file(driver="sqlite"):
    """The file of a register with nothing recorded in it: its tables are made once."""
    with tempfile.TemporaryDirectory(dir=quick_folder()) as folder:
        path = Path(folder) / "empty.sqlite"
        _make_tables(f"{driver}:///{path}")
        return path.read_bytes()


def url_of(gov):
    """The address of a register, with its password, for another process."""
    return gov.engine.url.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def postgres_server():
    """A server that lives as long as the tests."""
    with running_server(fsync=False) as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server):
    """A new, empty database on the server."""
    with postgres_server.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path):
    """An empty database of each kind; SQLite is that of the standard library, which users have."""
    if request.param == "sqlite":
        return f"sqlite+pysqlite:///{tmp_path / 'record.sqlite'}"
    return request.getfixturevalue("postgres_url")


@pytest.fixture(params=["sqlite", "postgresql"])
def register_url(request, tmp_path):
    """An empty register of each kind; SQLite is that of the standard library, which users have."""
    if request.param == "postgresql":
        with request.getfixturevalue("postgres_server").register() as url:
            yield url
        return
    path = tmp_path / "record.sqlite"
    driver = "sqlite+pysqlite"
    path.write_bytes(empty_file(driver))
    yield f"{driver}:///{path}"
