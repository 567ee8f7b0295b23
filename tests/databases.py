"""Databases for the tests: SQLite files, and a PostgreSQL server of this run's own where one is installed."""

import os
import shutil
import subprocess
import tempfile
import uuid
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

PROGRAMS = [Path("/usr/lib/postgresql") / version / "bin" for version in ("18", "17", "16", "15")]


def _programs():
    return next((folder for folder in PROGRAMS if (folder / "postgres").exists()), None)


@pytest.fixture(scope="session")
def postgres_server():
    """The socket's folder of a server that lives as long as the tests; as root it runs as `postgres`."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    as_user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    home = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path must be short
    if as_user:
        shutil.chown(home, "postgres", "postgres")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT, "cwd": home, **as_user}
    initdb = [programs / "initdb", "-D", home / "data", "-U", "governance", "-E", "UTF8"]
    initdb += ["--auth=trust", "--locale=C"]
    subprocess.run(initdb, check=True, **quiet)
    settings = f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync=off"
    control = [programs / "pg_ctl", "-D", home / "data", "-w", "-l", home / "log"]
    subprocess.run([*control, "-o", settings, "start"], check=True, **quiet)
    yield home
    subprocess.run([*control, "-m", "immediate", "stop"], check=True, **quiet)
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server):
    """A new, empty database on the server."""
    name = f"t{uuid.uuid4().hex}"
    address = f"postgresql+psycopg://governance@/{{}}?host={postgres_server}"
    admin = create_engine(address.format("postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield address.format(name)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path):
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'record.sqlite'}"
    return request.getfixturevalue("postgres_url")
