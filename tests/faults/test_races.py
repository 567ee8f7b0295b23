"""Thirty-two people at once: of those who saw one version exactly one wins, whichever the database."""

from collections import Counter

import pytest

from governance.model import StepTaken
from governance.service import add_item
from tests.counts import count
from tests.databases import url_of
from tests.faults.group import BODIES, opened
from tests.faults.standing import stands
from tests.faults.workers import PROCESSES, THREADS, command, crew

ROUNDS = count(reduced=20, full=200)
RACERS = PROCESSES * THREADS


@pytest.fixture
def gov(database_url):
    with opened(database_url) as made:
        yield made


@pytest.fixture
def on_postgres(postgres_url):
    with opened(postgres_url) as made:
        yield made


def notes(item, version):
    """The same item, the same version, from every racer; half of them for each body."""
    return [
        command("advance", item, "noter", BODIES[place % 2], person=f"person {place}", version=version)
        for place in range(RACERS)
    ]


def items_and_versions(gov, rounds):
    """What each round is about: an item for some rounds, then another, so that none grows long."""
    for each in range(rounds):
        item, version = f"S-{each // 10}", each % 10 + 1
        if version == 1:
            add_item(gov, item, "sag", "Sagen")
        yield item, version


def steps_in(events):
    return [event for event in events if isinstance(event.payload, StepTaken)]


def test_of_all_who_saw_one_version_exactly_one_wins_and_the_rest_are_told_of_a_conflict(gov):
    with crew(url_of(gov)) as race:
        for item, version in items_and_versions(gov, ROUNDS):
            came = race(notes(item, version))
            assert Counter(each.to for each in came) == {"allowed": 1, "conflict": RACERS - 1}, came
            (won,) = (each for each in came if each.to == "allowed")
            assert won.version == version + 1
            meanwhile = f"Notér ({BODIES[came.index(won) % 2]})"
            assert {each.text for each in came if each.to == "conflict"} == {meanwhile}
    assert len(steps_in(stands(gov))) == ROUNDS


def test_one_command_sent_many_times_at_once_is_stored_once_and_answered_alike(gov):
    add_item(gov, "S-1", "sag", "Sagen")
    with crew(url_of(gov)) as race:
        for each in range(count(reduced=3, full=30)):
            again = command(
                "advance", "S-1", "noter", "udvalget", person="en", version=each + 1, key=str(each)
            )
            (came,) = set(race([again] * RACERS))
            assert (came.to, came.version) == ("allowed", each + 2)
    assert len(stands(gov)) == each + 2


def test_those_who_write_about_different_things_all_win(gov):
    for place in range(RACERS):
        add_item(gov, f"S-{place}", "sag", "Sagen")
    with crew(url_of(gov)) as race:
        came = race(
            [
                command("advance", f"S-{place}", "noter", "udvalget", person="en", version=1)
                for place in range(RACERS)
            ]
        )
    assert Counter(each.to for each in came) == {"allowed": RACERS}, came
    assert len(stands(gov)) == 2 * RACERS


def test_without_the_version_check_every_racer_would_win(gov):
    add_item(gov, "S-1", "sag", "Sagen")
    with crew(url_of(gov), "no_version_check") as race:
        came = race(notes("S-1", 1))
    assert Counter(each.to for each in came)["allowed"] > 1


def test_the_version_alone_lets_one_win_where_the_lock_comes_too_late(on_postgres):
    rounds = count(reduced=5, full=50)
    with crew(url_of(on_postgres), "late_lock") as race:
        for item, version in items_and_versions(on_postgres, rounds):
            came = race(notes(item, version))
            assert Counter(each.to for each in came) == {"allowed": 1, "conflict": RACERS - 1}, came
    assert len(steps_in(stands(on_postgres))) == rounds


def test_with_neither_lock_nor_version_two_would_win(on_postgres):
    with crew(url_of(on_postgres), "late_lock_and_no_version_check") as race:
        assert any(
            Counter(each.to for each in race(notes(item, version)))["allowed"] > 1
            for item, version in items_and_versions(on_postgres, ROUNDS)
        )
