"""Whatever is killed, and whenever: what was acknowledged is there, nothing twice, and the chain stands."""

import pytest

from tests.counts import count
from tests.databases import quick_folder, running_server
from tests.faults.group import opened
from tests.faults.standing import stands
from tests.faults.workers import sent
from tests.faults.writers import place_of, seeded, writers

TIMES = count(reduced=20, full=200)


@pytest.fixture(scope="module")
def durable():
    """A server that syncs, as a real one does. No power is cut, so that memory keeps what a disk would."""
    with running_server(fsync=True, folder=quick_folder()) as server:
        yield server


def holds(gov, written):
    """Every acknowledged event is there with its hash; what was cut off is there once or not at all."""
    events = stands(gov)
    by_number = {event.number: event for event in events}
    for each in written:
        own = [event for event in events if event.entity.startswith(f"{each.name}/")]
        assert [(event.entity, event.version) for event in own] == [
            place_of(each.name, number) for number in range(len(own))
        ]
        assert len(own) - len(each.acknowledged) in ((0, 1) if each.unknown else (0,))
        for number, came in enumerate(each.acknowledged):
            found = by_number[came.event]
            assert (found.entity, found.version, found.hash) == (*place_of(each.name, number), came.hash)


def settle(gov, written):
    """Every command that was cut off is sent again with its key: it is there once, as its answer says."""
    for each in written:
        if each.unknown:
            came = sent(gov, each.unknown)
            assert came.to == "allowed", came
            each.told.append(came)
    holds(gov, written)


def test_killed_writers_leave_a_file_with_all_they_were_told_and_nothing_half(tmp_path):
    url = f"sqlite:///{tmp_path / 'record.sqlite'}"
    moments, written = seeded(), []
    with opened(url) as gov, writers() as start:
        survivor = start(url, "den der skriver videre")
        for each in range(TIMES):
            victim = start(url, f"offer {each}")
            victim.write_for_a_while(moments)
            victim.kill()
            written.append(victim)
            before = len(survivor.told)
            while len(survivor.told) == before:
                assert survivor.read(), survivor.told[-1]
        survivor.kill()
        holds(gov, [*written, survivor])
        settle(gov, [*written, survivor])
        with gov.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def test_a_server_stopped_under_load_comes_back_with_all_it_acknowledged_and_nothing_twice(durable):
    moments, written = seeded(), []
    with durable.database() as url, writers() as start:
        with opened(url):
            pass
        for each in range(TIMES):
            pair = [start(url, f"skriver {each} {name}") for name in "ab"]
            for one in pair:
                one.write_for_a_while(moments)
            durable.stop()
            for one in pair:
                one.finish()
                assert [came.to for came in one.told if came.to != "allowed"] in ([], ["problem"]), one.told
            durable.start()
            written += pair
        with opened(url) as gov:
            holds(gov, written)
            settle(gov, written)
