"""The disk of the database is full: it is said plainly, nothing is half written, and room is all it takes."""

import shutil
import subprocess
from contextlib import contextmanager, suppress

from governance.service import add_item
from tests.counts import count
from tests.databases import AS_USER, quick_folder, running_server
from tests.faults.disk import BLOCK, small_disk
from tests.faults.group import opened
from tests.faults.sentences import BROKEN_OFF, FULL, UNKNOWN
from tests.faults.standing import stands, tables
from tests.faults.workers import command, sent
from tests.faults.writers import nth

ROOMS = [blocks * BLOCK for blocks in range(count(reduced=12, full=32))]
LONG = "En begrundelse, der fylder. " * 140  # near the most that a reason may be


def note(matter, version):
    key = f"{matter}/{version}"
    return command("advance", matter, "noter", "udvalget", reason=LONG, person="en", version=version, key=key)


def write_until_it_fails(gov, matter):
    """Gives the command that failed and what it came to, after making sure that it changed no table."""
    version, before = 1, tables(gov)
    while (came := sent(gov, note(matter, version))).to == "allowed":
        version, before = version + 1, tables(gov)
    assert tables(gov) == before
    return note(matter, version), came


def fails_and_works_again(gov, disk, rooms):
    """With more room left each time: what no longer fits fails, and is stored once there is room."""
    for each, room in enumerate(rooms):
        add_item(gov, f"S-{each}", "sag", "Sagen")
        disk.fill(but=room)
        failed, came = write_until_it_fails(gov, f"S-{each}")
        assert (came.to, came.text) == ("problem", FULL)
        disk.make_room()
        again = sent(gov, failed)
        assert (again.to, again.version) == ("allowed", failed.named["version"] + 1)
        assert sent(gov, failed) == again
        assert stands(gov)[-1].hash == again.hash


def test_a_file_on_a_full_disk():
    with small_disk(2**24) as disk, opened(f"sqlite:///{disk.folder / 'record.sqlite'}") as gov:
        fails_and_works_again(gov, disk, ROOMS)


@contextmanager
def tablespace(server, folder):
    """A place of the server's on a disk of its own; its log stays where there is room."""
    own = folder / "own"
    own.mkdir()
    if AS_USER:
        shutil.chown(own, "postgres", "postgres")
    server.tell(f"CREATE TABLESPACE small LOCATION '{own}'")
    try:
        yield "TABLESPACE small"
    finally:
        server.tell("DROP TABLESPACE small")


def test_a_server_whose_tables_are_on_a_full_disk(postgres_server):
    with (
        small_disk(2**24) as disk,
        tablespace(postgres_server, disk.folder) as there,
        postgres_server.database(there) as url,
        opened(url) as gov,
    ):
        fails_and_works_again(gov, disk, ROOMS[::4])


def test_a_server_whose_log_fills_the_disk_stops_and_comes_back_with_all_it_acknowledged():
    """Nobody knows what came of the last command; its key tells, once there is room."""
    never_tidied = "-c max_wal_size=1GB -c restart_after_crash=off"
    with (
        small_disk(2**24) as disk,
        running_server(
            fsync=True,
            folder=quick_folder(),
            initdb=["--wal-segsize=1", "--waldir", disk.folder / "log"],
            more=never_tidied,
        ) as server,
        server.database() as url,
        opened(url) as gov,
    ):
        disk.fill(but=BLOCK)
        acknowledged = []
        while (came := sent(gov, nth("S", len(acknowledged)))).to == "allowed":
            acknowledged.append(came.hash)
        assert came.to == "problem"
        assert came.text in (BROKEN_OFF, UNKNOWN)
        with suppress(subprocess.CalledProcessError):  # it is down, or about to be
            server.stop()
        disk.make_room()
        server.start()
        again = sent(gov, nth("S", len(acknowledged)))
        assert again.to == "allowed"
        assert [event.hash for event in stands(gov)] == [*acknowledged, again.hash]
