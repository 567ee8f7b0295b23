"""What no version can hold apart, at the same instant: one person for two bodies, two holders of one seat."""

import pytest

from governance.service import add_item
from tests.counts import count
from tests.faults.group import TOWNS, opened, with_seats
from tests.faults.standing import stands
from tests.faults.workers import command, crew

ROUNDS = count(reduced=20, full=200)
PLACES = {"one item": "", "a whole and its track": "/1"}


@pytest.fixture
def gov(postgres_url):
    with opened(postgres_url) as made:
        yield made


def acting(gov, mutant, track):
    """In each round one person recommends for the committee and decides for the board; what came of it."""
    with crew(gov.engine.url.render_as_string(hide_password=False), mutant, processes=4, threads=1) as race:
        for each in range(ROUNDS):
            matter = f"S-{each}"
            add_item(gov, matter, "sag", "Sagen")
            if track:
                add_item(gov, matter + track, "spor", "Sporet", parent=matter)
            recommend = command("advance", matter + track, "indstil", "udvalget", person="den samme")
            decide = command("advance", matter, "beslut", "bestyrelsen", person="den samme")
            first, *others = race([recommend, decide, recommend, decide])
            yield (first, others[1]), (others[0], others[2])


def both(recommended, decided):
    return any(each.to == "allowed" for each in recommended) and any(each.to == "allowed" for each in decided)


@pytest.mark.parametrize("track", PLACES.values(), ids=PLACES)
def test_nobody_acts_for_two_bodies_however_quick(gov, track):
    for recommended, decided in acting(gov, None, track):
        assert not both(recommended, decided)
        refused = decided if recommended[0].to == "allowed" else recommended
        rule = "ingen-for-to-ved-" + ("beslutning" if refused is decided else "indstilling")
        assert [(each.to, each.text) for each in refused] == [("refused", rule)] * 2
    stands(gov)


@pytest.mark.parametrize(
    ("mutant", "track"),
    [("late_lock_and_no_version_check", ""), ("late_lock", "/1")],
    ids=PLACES,
)
def test_without_the_lock_somebody_would_act_for_two_bodies(gov, mutant, track):
    assert any(both(recommended, decided) for recommended, decided in acting(gov, mutant, track))


def filling(gov, mutant=None):
    """Eight seats are held; in each round two clerks give a ninth to a town each."""
    with_seats(gov, [f"plads {each}" for each in range(ROUNDS)])
    with crew(gov.engine.url.render_as_string(hide_password=False), mutant, processes=4, threads=1) as race:
        for each in range(ROUNDS):
            seat = f"plads {each}"
            yield race([_term(seat, town, clerk) for clerk in ("a", "b") for town in TOWNS])


def _term(seat, town, clerk):
    return command(
        "record_thing",
        f"{seat}/{town}/{clerk}",
        "term",
        links={"seat": seat, "organisation": town},
        facts={"from": "2024-03-01"},
        origin="live",
        source="valget",
    )


def test_two_clerks_never_give_one_seat_to_two_holders(gov):
    for came in filling(gov):
        assert sorted(each.to for each in came) == ["allowed", "problem", "problem", "problem"], came
    events = stands(gov)
    held = [event.payload.links["seat"] for event in events if getattr(event.payload, "kind", "") == "term"]
    assert len(held) == len(set(held)) == ROUNDS


def test_without_the_lock_a_seat_would_go_to_two_holders(gov):
    assert any([each.to for each in came].count("allowed") > 1 for came in filling(gov, "late_lock"))
