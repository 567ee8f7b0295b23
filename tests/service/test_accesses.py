"""Who read or tried what: noted beside the record, told to whom it concerns, removed when its time is up."""

import threading
from datetime import date

import pytest
from sqlalchemy import event, select

from governance.model import Text
from governance.service import (
    accesses,
    add_person,
    audit_verify,
    erase_person,
    note_access,
    open_governance,
    purge_access_log,
    record_fact,
    record_thing,
    retention,
    set_retention,
)
from governance.service.retention import months_before
from governance.store import accesses as accesses_module
from governance.store import reading, writing
from governance.store.schema import accesses as accesses_table
from tests.service.asking import new, problems, stored

NAME = "Qwertine Zappelstrup"


def told(lines):
    return [(each.who, each.did, each.what) for each in lines]


def test_a_line_says_who_did_what_to_which_thing_and_when(each_gov, clock):
    new(each_gov)
    clock.set("2025-11-20", hour=23)
    assert note_access(each_gov, "web", "page items.item", "ÆØ-1", "answered") == ""
    (line,) = accesses(each_gov)
    assert (line.at, line.who, line.did, line.what) == (
        "2025-11-21T00:30:00+01:00",
        "web",
        "page items.item",
        "ÆØ-1",
    )
    assert line.outcome == Text("besvaret", "answered")


@pytest.mark.parametrize("what", [NAME, "ÆØ-2", "p-abc", "", "x" * 5000, "a\0b", "\ud800"])
def test_what_is_no_thing_of_the_record_is_not_kept(each_gov, what):
    new(each_gov)
    assert note_access(each_gov, "somebody", "history", what, "unusable") == ""
    assert told(accesses(each_gov)) == [("somebody", "history", "")]


def test_an_odd_name_of_a_user_is_kept_as_far_as_it_can_be(each_gov):
    assert note_access(each_gov, "ole\udcff\0", "items", "", "answered") == ""
    assert [each.who for each in accesses(each_gov)] == ["ole??"]


def test_a_reference_is_kept_and_the_name_is_not(each_gov):
    ref = add_person(each_gov, NAME).ref
    note_access(each_gov, "somebody", "people show", ref, "answered")
    with reading(each_gov.engine) as connection:
        rows = connection.execute(select(accesses_table)).all()
    assert [row.what for row in rows] == [ref]
    assert NAME not in str(rows)


def test_who_looked_is_told_by_name_when_it_is_a_reference(gov):
    ref = add_person(gov, NAME).ref
    note_access(gov, ref, "page items.board", "", "answered")
    assert [each.who for each in accesses(gov)] == [NAME]
    erase_person(gov, ref, reason="bedt om det")
    assert [each.who for each in accesses(gov)] == ["[slettet]"]


def test_the_log_is_no_part_of_the_record(each_gov):
    new(each_gov)
    before = stored(each_gov)
    note_access(each_gov, "somebody", "items", "", "answered")
    assert stored(each_gov) == before
    assert audit_verify(each_gov).problems == ()


def test_a_line_costs_one_statement_and_one_look_at_the_thing(gov):
    new(gov)
    said = []
    event.listen(gov.engine, "before_cursor_execute", lambda *args: said.append(args[2].split()[0]))
    note_access(gov, "somebody", "items", "", "answered")
    note_access(gov, "somebody", "item", "ÆØ-1", "answered")
    assert [each for each in said if each in ("SELECT", "INSERT")] == ["INSERT", "SELECT", "INSERT"]


# When it cannot be written


def test_a_log_that_cannot_be_written_stops_nobody_and_says_why(tmp_path):
    path = tmp_path / "record.sqlite"
    open_governance(str(path)).engine.dispose()
    gov = open_governance(str(path))
    with gov.engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA query_only = ON")
    assert "readonly" in note_access(gov, "somebody", "items", "", "answered")
    gov.engine.dispose()


def test_a_writer_of_the_record_holds_the_log_up_only_briefly(each_gov, monkeypatch):
    monkeypatch.setattr(accesses_module, "SHORT_WAIT", 100)
    came = []
    with writing(each_gov.engine):
        looking = threading.Thread(
            target=lambda: came.append(note_access(each_gov, "somebody", "items", "", "answered"))
        )
        looking.start()
        looking.join()
    if each_gov.engine.dialect.name == "sqlite":
        assert came == ["database is locked"]
    else:
        assert came == [""]
    assert note_access(each_gov, "somebody", "items", "", "answered") == ""


def test_the_short_wait_is_for_the_log_alone(gov):
    note_access(gov, "somebody", "items", "", "answered")
    with gov.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000


def test_what_runs_inside_another_transaction_is_not_noted(gov):
    from dataclasses import replace

    with writing(gov.engine) as connection:
        assert note_access(replace(gov, within=connection), "somebody", "items", "", "answered") == ""
    assert accesses(gov) == ()


# Who may see it


@pytest.fixture
def looked(each_gov):
    """Somebody's data were looked at, and others' too; gives their reference."""
    ref = add_person(each_gov, NAME).ref
    new(each_gov, "ÆØ-1", recorder=NAME)
    new(each_gov, "ÆØ-2", recorder="Ludvig Brasenhoved")
    record_thing(each_gov, "m1", "meeting", links={"body": "referencegruppen"}, facts={}, source="x")
    record_thing(each_gov, "p1", "agenda-point", links={"meeting": "m1"}, facts={}, source="x")
    record_fact(each_gov, "p1", "conclusion", "hun er flyttet", source="s", about=ref)
    for did, what in (
        ("people show", ref),
        ("history", "ÆØ-1"),
        ("history", "ÆØ-2"),
        ("history", "p1"),
        ("people list", ""),
        ("items", ""),
    ):
        note_access(each_gov, "somebody", did, what, "answered")
    return each_gov, ref


def test_a_registered_person_sees_when_and_why_but_not_who(looked):
    gov, ref = looked
    assert told(accesses(gov, about=ref)) == [
        ("", "people show", ref),
        ("", "history", "ÆØ-1"),
        ("", "history", "p1"),
        ("", "people list", ""),
    ]
    assert {each.who for each in accesses(gov, about=ref, who=True)} == {"somebody"}


def test_that_can_still_be_told_after_they_are_erased(looked):
    gov, ref = looked
    before = accesses(gov, about=ref)
    erase_person(gov, ref, reason="bedt om det")
    assert accesses(gov, about=ref) == before
    assert problems(accesses, gov, about="p-aaaaaaaa")


def test_the_log_of_one_thing_and_of_some_days(looked, clock):
    gov, ref = looked
    clock.set("2025-11-25")
    note_access(gov, "another", "history", "ÆØ-1", "answered")
    assert [each.who for each in accesses(gov, what="ÆØ-1")] == ["somebody", "another"]
    assert told(accesses(gov, from_="2025-11-21")) == [("another", "history", "ÆØ-1")]
    assert len(accesses(gov, to="2025-11-24")) == 6
    assert len(accesses(gov, from_="2025-11")) == 7
    assert told(accesses(gov, what="ÆØ-2", about=ref)) == []
    assert problems(accesses, gov, from_="i går", to="x") == [
        "`i går` is not a date; write a date such as 2025-09-09, 2025-09, 2025 or ..2025-09-09",
        "`x` is not a date; write a date such as 2025-09-09, 2025-09, 2025 or ..2025-09-09",
    ]


# How long it is kept


def test_it_is_kept_for_thirteen_months_until_something_else_is_set(gov):
    assert (retention(gov).months, retention(gov).settings) == (13, ())


def test_a_retention_holds_from_its_date_on(each_gov, clock):
    set_retention(each_gov, 6, from_="2025-12-01", reason="kortere", by=NAME)
    set_retention(each_gov, 12, from_="", reason="et år")
    assert retention(each_gov).months == 12
    clock.set("2025-11-30")
    assert retention(each_gov).months == 12
    clock.set("2025-12-01")
    found = retention(each_gov)
    assert (found.months, found.from_) == (6, "2025-12-01")
    assert [(each.value, each.by) for each in found.settings] == [("12", ""), ("6", NAME)]


@pytest.mark.parametrize(
    ("months", "from_", "reason", "said"),
    [
        (0, "", "x", "0 months cannot be used; write 1 to 120"),
        (121, "", "x", "121 months cannot be used; write 1 to 120"),
        (6, "2025-11-19", "x", "2025-11-19 has passed; the retention can be set from 2025-11-20 on"),
        (6, "", "", "the reason is missing; write a text"),
    ],
)
def test_a_retention_that_cannot_be_is_refused(gov, months, from_, reason, said):
    assert problems(set_retention, gov, months, from_=from_, reason=reason) == [said]
    assert retention(gov).settings == ()


def test_what_is_set_from_a_date_is_not_set_over(gov):
    set_retention(gov, 6, from_="", reason="x")
    assert problems(set_retention, gov, 7, from_="", reason="x") == [
        "a retention is set from 2025-11-20 already; choose a later date"
    ]
    assert retention(gov).months == 6


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2025-11-20", 13, "2024-10-20"),
        ("2025-03-31", 1, "2025-02-28"),
        ("2024-03-31", 1, "2024-02-29"),
        ("2025-01-01", 1, "2024-12-01"),
        ("2025-12-31", 12, "2024-12-31"),
        ("2025-06-15", 120, "2015-06-15"),
    ],
)
def test_a_month_earlier_is_the_same_day_or_the_last_of_a_shorter_month(day, months, before):
    assert months_before(date.fromisoformat(day), months).isoformat() == before


def test_a_purge_removes_what_is_older_and_leaves_the_record(each_gov, clock):
    new(each_gov)
    before = audit_verify(each_gov).head
    for day, hour in (("2025-11-20", 9), ("2025-12-19", 22), ("2025-12-19", 23), ("2025-12-21", 9)):
        clock.set(day, hour=hour)
        note_access(each_gov, day, "items", "", "answered")
    clock.set("2027-01-20")
    counted = purge_access_log(each_gov, dry_run=True)
    assert (counted.lines, counted.before, counted.months, counted.done) == (2, "2025-12-20", 13, False)
    assert len(accesses(each_gov)) == 4
    done = purge_access_log(each_gov)
    assert (done.lines, done.done) == (2, True)
    assert [each.at for each in accesses(each_gov)] == [
        "2025-12-20T00:30:00+01:00",
        "2025-12-21T10:30:00+01:00",
    ]
    assert audit_verify(each_gov, expect=[before]).problems == ()
    assert purge_access_log(each_gov).lines == 0


def test_a_purge_goes_by_the_retention_in_force_that_day(gov, clock):
    note_access(gov, "somebody", "items", "", "answered")
    set_retention(gov, 1, from_="2026-02-01", reason="kortere")
    clock.set("2026-01-31")
    assert purge_access_log(gov).lines == 0
    clock.set("2026-02-01")
    assert purge_access_log(gov).lines == 1


def test_what_is_purged_is_overwritten_in_the_file(gov, clock, tmp_path):
    note_access(gov, "vakker-bruger", "items", "", "answered")
    clock.set("2027-01-20")
    purge_access_log(gov)
    assert b"vakker-bruger" not in (tmp_path / "record.sqlite").read_bytes()
