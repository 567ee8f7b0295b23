"""A whole and its tracks: what a track adds to it, and no longer adds."""

from governance.model import Added, Request
from governance.referee import supposing
from governance.values import number
from governance.world import World, row_for
from tests.bolig_book import BOOK, REFEREE
from tests.example import Pen, on

COUNCIL = "faellesraadet"
TODAY = on(2026, 5, 2)


def test_a_track_that_was_dropped_adds_no_more_to_its_whole():
    pen = Pen()
    pen.add(COUNCIL, "body")
    pen.write("forslag-1", Added("forslag", "", {}, "stillet"), on(2026, 1, 1))
    for track, price in (("tag-1", 120000), ("tag-2", 90000)):
        pen.write(track, Added("del", "", {"parent": "forslag-1"}, "stillet"), on(2026, 1, 1))
        pen.fact(track, "pris", number(price), on(2026, 1, 1))
    here = World(pen.record(), BOOK, TODAY)
    assert row_for(here.record["forslag-1"], here).facts["pris"] == number(210000)
    request = Request("afvis", COUNCIL, TODAY)
    dropped = supposing(here.record["tag-2"], request, here.record)
    step = REFEREE.step_for(BOOK.process_for("del"), "afvis", "stillet")
    after = dropped.taken(step, REFEREE.decide(here.record["tag-2"], request, here.record))
    there = World(after.record, BOOK, TODAY)
    assert row_for(there.record["forslag-1"], there).facts["pris"] == number(120000)
