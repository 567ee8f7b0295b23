"""What one governed advance costs, against the same SQL through the raw driver.

Each step is taken through the service in one database, and its statements, with the parameters they had, are
then sent through the driver itself in one transaction in a twin of that database: the same rows read and
fetched, the same rows written, the same commit on disk. The two go in turn, so that the machine's other work
falls on both.
"""

import shutil
from contextlib import contextmanager
from statistics import median
from time import perf_counter

import psycopg
import pytest
from sqlalchemy import event
from sqlalchemy.engine import make_url

from governance.service import add_item, advance
from tests.benchmarks.databases import demo_in
from tests.databases import running_server

WAY = [
    ("meld-klar", "kombit"),
    ("prioriter", "referencegruppen"),
    ("indstil", "referencegruppen"),
    ("beslut", "projektgruppen"),
]
WARM, ITEMS = 5, 40
AIM = {"sqlite": 3.5, "postgresql": 2.2}
HELD = {"sqlite": 3.5, "postgresql": 3.5}


@contextmanager
def sqlite_twins(folder):
    """A file, its twin, and the twin's driver with the settings the file is opened with."""
    with demo_in(f"sqlite:///{folder / 'one.sqlite'}") as gov:
        gov.engine.dispose()
        shutil.copy(folder / "one.sqlite", folder / "two.sqlite")
        driver = gov.engine.dialect.dbapi
        raw = driver.connect(folder / "two.sqlite", isolation_level=None)
        with gov.engine.connect() as connection:
            for name in ("journal_mode", "synchronous", "foreign_keys"):
                value = connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                raw.execute(f"PRAGMA {name} = {value}")
        yield gov, raw
        raw.close()


@contextmanager
def postgresql_twins():
    """A database, its twin, and the twin's driver; the server writes to disk."""
    with running_server(fsync=True) as server, server.database() as url, demo_in(url) as gov:
        gov.engine.dispose()
        with server.database(f"TEMPLATE {gov.engine.url.database}") as twin:
            name = make_url(twin).database
            with psycopg.connect(host=str(server), user="governance", dbname=name) as raw:
                yield gov, raw


@contextmanager
def statements(engine):
    """What is sent to the driver, with its parameters."""
    sent = []

    def note(_connection, _cursor, statement, parameters, _context, _many):
        sent.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def replay(raw, sent):
    """Seconds to send the same through the driver, fetch what it answers, and commit."""
    start = perf_counter()
    cursor = raw.cursor()
    for statement, parameters in sent:
        cursor.execute(statement, parameters)
        if cursor.description is not None:
            cursor.fetchall()
    raw.commit()
    return perf_counter() - start


@pytest.fixture(params=["sqlite", "postgresql"])
def twins(request, tmp_path):
    """A database on disk, and the raw driver on its twin."""
    with sqlite_twins(tmp_path) if request.param == "sqlite" else postgresql_twins() as made:
        yield made


def test_an_advance_against_the_same_statements_of_the_raw_driver(twins, capsys):
    gov, raw = twins
    kind = gov.engine.dialect.name
    governed, floor, counts = [], [], set()
    for number in range(WARM + ITEMS):
        with statements(gov.engine) as sent:
            add_item(gov, f"maal-{number}", "aendringsoenske", "Et ønske")
        replay(raw, sent)
        for step, body in WAY:
            with statements(gov.engine) as sent:
                start = perf_counter()
                receipt = advance(gov, f"maal-{number}", step, body)
                taken = perf_counter() - start
            assert receipt.allowed
            bare = replay(raw, sent)
            if number >= WARM:
                governed.append(taken)
                floor.append(bare)
                counts.add(len(sent))
    ratio = median(governed) / median(floor)
    with capsys.disabled():
        print(  # noqa: T201
            f"\n{kind}: an advance {1000 * median(governed):.1f} ms, its {min(counts)} statements bare "
            f"{1000 * median(floor):.1f} ms, ratio {ratio:.2f} (aim {AIM[kind]}), of {len(floor)}"
        )
    assert len(counts) == 1
    assert ratio <= HELD[kind]
