"""Things of the group are recorded whole, and belong to what is there."""

import shutil
from dataclasses import replace

import pytest

from governance.model import Origin
from governance.service import history, record_fact, record_thing, rules_folder, seats
from governance.service.rulefiles import load_rulebooks
from tests.service.asking import problems, rows_agree_with_events, stored


def seat(gov, id_="plads-1", **more):
    return record_thing(
        gov, id_, "seat", links={"body": "referencegruppen"}, facts={}, source="listen", **more
    )


def test_a_thing_of_the_group_is_stored_with_all_its_facts_or_not_at_all(gov):
    seat(gov)
    term = {"seat": "plads-1", "organisation": "Horsens"}
    receipt = record_thing(
        gov, "p1/Horsens", "term", links=term, facts={"from": "2024-02-29", "to": "2026-02"}, source="listen"
    )
    assert receipt.version == 3
    assert rows_agree_with_events(gov)
    assert problems(
        record_thing,
        gov,
        "p1/Køge",
        "term",
        links={**term, "organisation": "Køge"},
        facts={"from": "2023-02-29"},
        source="x",
    )
    assert "p1/Køge" not in stored(gov)[1]
    assert all(event.origin is Origin.HISTORY for event in stored(gov)[0])


def test_a_thing_belongs_to_what_is_there(gov):
    seat(gov)
    assert problems(
        record_thing,
        gov,
        "t",
        "term",
        links={"seat": "plads-2", "organisation": "Horsen", "x": "y"},
        facts={},
        source="x",
    ) == [
        "there is no link `x`; there are seat, organisation",
        "there is no seat `plads-2`; did you mean `plads-1`?",
        "there is no organisation `Horsen`; did you mean `Horsens`?",
    ]
    assert problems(record_thing, gov, "m", "meeting", links={}, facts={}, source="x") == [
        "`meeting` lacks body"
    ]
    assert problems(record_thing, gov, "b", "body", links={}, facts={}, source="x")[0].startswith(
        "there is no body `b`"
    )
    assert problems(seat, gov) == [
        "`plads-1` is there already; choose another number, or correct the one there is"
    ]
    assert problems(record_thing, gov, "t", "spor", links={}, facts={}, source="x")[0].startswith(
        "there is no kind of thing `spor`"
    )


def test_an_organisation_may_be_recorded_and_then_hold_a_seat(gov):
    seat(gov)
    record_thing(gov, "Nyby", "organisation", links={}, facts={"kind": "kommune"}, source="x")
    links = {"seat": "plads-1", "organisation": "Nyby"}
    assert record_thing(gov, "p1/Nyby", "term", links=links, facts={}, source="x").allowed


def live_term(gov, organisation, **facts):
    links = {"seat": "plads-1", "organisation": organisation}
    id_ = f"plads-1/{organisation}"
    return record_thing(gov, id_, "term", links=links, facts=facts, source="udpegning", origin="live")


TAKEN = "the seat `plads-1` is held; first record the last day (`last_day`) of the term `plads-1/Horsens`"


BY_STEP = "`term` is written down by the step `udpeg`, which the rules judge; history with --origin history"


@pytest.fixture
def free(gov, tmp_path):
    """Under rules without a process for seats, where a term is written down by hand."""
    folder = tmp_path / "uden-pladser"
    shutil.copytree(rules_folder(), folder)
    (folder / "2024-01-01" / "seats.yaml").unlink()
    return replace(gov, rulebooks=load_rulebooks(folder))


def test_where_a_step_begins_a_term_it_is_not_written_down_by_hand_but_as_history(gov):
    seat(gov)
    assert problems(live_term, gov, "Horsens", **{"from": "2024-03-01"}) == [BY_STEP]
    held(gov, Horsens={"from": "2024-03-01"})
    by_hand = problems(record_fact, gov, "p1/Horsens", "last_day", "2030-01-01", source="brev")
    assert by_hand == [BY_STEP.replace("`term`", "`term.last_day`").replace("udpeg", "varsl` or `fratraed")]
    told = record_fact(gov, "p1/Horsens", "last_day", "2025-01-01", source="liste", origin="history")
    assert told.allowed
    assert record_fact(gov, "p1/Horsens", "ledelse", "ja", source="kommunen").allowed


def test_a_seat_has_one_holder_at_a_time(free):
    gov = free
    seat(gov)
    live_term(gov, "Horsens", **{"from": "2024-03-01"})
    assert problems(live_term, gov, "Køge", **{"from": "2025-11-20"}) == [TAKEN]
    assert problems(live_term, gov, "Køge", **{"from": "2024-02-01"}) == [TAKEN]
    record_fact(gov, "plads-1/Horsens", "last_day", "2025-11-19", source="brev")
    assert live_term(gov, "Køge", **{"from": "2025-11-20"}).allowed


def test_a_term_that_ended_before_the_holder_began_may_still_be_entered(free):
    gov = free
    seat(gov)
    live_term(gov, "Horsens", **{"from": "2024-03-01"})
    assert live_term(gov, "Køge", **{"from": "2022-03-01", "to": "2024-02-29"}).allowed


def test_two_holders_at_once_are_kept_when_history_tells_of_them(free):
    gov = free
    seat(gov)
    live_term(gov, "Horsens", **{"from": "2024-03-01"})
    links = {"seat": "plads-1", "organisation": "Køge"}
    told = record_thing(gov, "k", "term", links=links, facts={"from": "2025-01-01"}, source="gammel liste")
    assert told.allowed


def held(gov, **facts):
    for organisation, when in facts.items():
        links = {"seat": "plads-1", "organisation": organisation}
        record_thing(
            gov, f"p1/{organisation}", "term", links=links, facts=when, source="listen", on="2024-01-01"
        )


def test_a_seat_that_history_gives_two_holders_at_once_has_a_line_for_each(gov):
    seat(gov, on="2024-01-01")
    held(gov, Horsens={"from": "2024-03-01", "to": "2025-06-01"}, Nyborg={"from": "2025-01-01"})
    lines = seats(gov, on="2025-03-01").seats
    assert [(line.id, line.holder, line.occupied) for line in lines] == [
        ("plads-1", "Horsens", "ja"),
        ("plads-1", "Nyborg", "ja"),
    ]
    assert [(line.remark.da, line.remark.en) for line in lines] == [("to samtidig", "two at once")] * 2
    (alone,) = seats(gov, on="2024-12-31").seats
    assert (alone.holder, alone.remark) == ("Horsens", None)


def test_two_who_may_have_held_a_seat_at_once_are_both_shown_as_that(gov):
    seat(gov, on="2024-01-01")
    held(gov, Horsens={"from": "2024-03-01", "to": "2025-01..2025-06"}, Nyborg={"from": "2025-02-01"})
    lines = seats(gov, on="2025-03-01").seats
    assert [line.holder for line in lines] == ["Horsens", "Nyborg"]
    assert {line.remark.en for line in lines} == {"maybe two at once"}


def test_what_is_entered_is_called_by_its_kind_in_both_languages(gov):
    seat(gov, on="2024-01-01")
    held(gov, Horsens={"from": "2024-03-01"})
    told = [history(gov, id_)[0].what for id_ in ("plads-1", "p1/Horsens")]
    assert [(what.da, what.en) for what in told] == [
        ("Plads oprettet", "Seat entered"),
        ("Periode oprettet", "Term entered"),
    ]
