"""A step that adds a thing, or ends a term: stored all or none, judged again alike, and counted once."""

import shutil

import pytest

from governance.model import Added, Conflict, FactRecorded, StepTaken
from governance.record import fold
from governance.service import (
    advance,
    audit_export,
    audit_recheck,
    audit_verify,
    correct,
    item,
    record_fact,
    record_thing,
    report,
    rules_folder,
    steps,
)
from governance.service.recording import Session
from governance.service.rulefiles import load_rulebooks
from governance.values import word
from tests.service.asking import everything, new, not_kept, rows_agree_with_events
from tests.service.conftest import opened
from tests.service.tables import GROUP, taken

DISTINCT = "kommunerne-forbliver-forskellige"
SUCCESSOR = {"organisation": "Horsens", "from": "2026-01-01", "oenskede-pladsen": "ja"}


def seat(gov, id_="plads-1", **more):
    links = {"body": "referencegruppen"}
    record_thing(gov, id_, "seat", links=links, facts={}, source="listen", origin="live", **more)


def two_seats(gov):
    """A group of two, kept here from the start, with nobody in it yet."""
    said = {"links": {}, "facts": {"places": "2"}, "source": "listen", "origin": "live"}
    record_thing(gov, "referencegruppen", "body", **said)
    seat(gov)
    seat(gov, "plads-2")


def appointed(gov, id_="plads-1", **inputs):
    """A seat called for in the newsletter, and a successor appointed to it."""
    record_fact(gov, "Horsens", "tilsluttet", "ja", source="listen")
    assert advance(gov, id_, "slaa-op", "kombit", inputs={"via": "nyhedsbrev"}).allowed
    return advance(gov, id_, "udpeg", "kombit", inputs=SUCCESSOR | inputs)


def judged_again(gov, tmp_path):
    """What an export of the record comes to when it is judged anew."""
    file = tmp_path / "record.jsonl"
    file.unlink(missing_ok=True)
    assert audit_export(gov, file).problems == ()
    return audit_recheck(file).problems


def since(gov, number):
    return [(event.entity, type(event.payload)) for event in everything(gov).events if event.number > number]


# What is stored


def test_what_a_step_adds_is_a_thing_of_its_own_and_its_inputs_are_facts_of_that(each_gov):
    new(each_gov)
    receipt = advance(each_gov, "ÆØ-1", "hoer", "kombit", inputs={"question": "Kan det lade sig gøre?"})
    (step,) = [event for event in everything(each_gov).events if isinstance(event.payload, StepTaken)]
    assert step.payload.about == "ÆØ-1/consultation"
    assert since(each_gov, receipt.event) == [
        ("ÆØ-1/consultation", Added),
        ("ÆØ-1/consultation", FactRecorded),
        ("ÆØ-1/consultation", FactRecorded),
    ]
    record = fold(everything(each_gov).events)
    assert (record["ÆØ-1"].facts, record["ÆØ-1/consultation"].links) == ({}, {"item": "ÆØ-1"})
    assert record["ÆØ-1/consultation"].facts.keys() == {"question", "asked"}
    assert rows_agree_with_events(each_gov)


def test_a_step_that_ends_a_term_says_so_of_the_term_that_holds_the_seat(gov):
    seat(gov)
    links = {"seat": "plads-1", "organisation": "Horsens"}
    facts = {"from": "2024-01-01", "to": "2025-12-31"}
    record_thing(gov, "t", "term", links=links, facts=facts, source="listen", on="2024-01-01")
    receipt = advance(gov, "plads-1", "varsl", "kombit", inputs={"last_day": "2025-12-31"})
    assert (receipt.allowed, since(gov, receipt.event)) == (True, [("t", FactRecorded)])
    record = fold(everything(gov).events)
    assert (record["plads-1"].facts, record["plads-1"].state) == ({}, "udloeber")
    assert "last_day" in record["t"].facts


def test_a_refused_step_adds_nothing(gov):
    seat(gov)
    refused = advance(gov, "plads-1", "udpeg", "kombit", inputs=SUCCESSOR)
    assert not refused.allowed
    assert "slaaet-op-foer-udpegning" in not_kept(refused.findings)
    assert since(gov, refused.event) == []


@pytest.mark.parametrize("nth", [1, 2, 3])
@pytest.mark.parametrize("fault", [Conflict("ÆØ-1", 0, 1), KeyboardInterrupt()])
def test_a_fault_anywhere_in_it_leaves_nothing_of_the_step(each_gov, monkeypatch, nth, fault):
    new(each_gov)
    before, add, done = everything(each_gov), Session.add, []

    def failing(*args):
        done.append(args)
        if len(done) > nth:
            raise fault
        return add(*args)

    monkeypatch.setattr(Session, "add", failing)
    with pytest.raises(type(fault)):
        advance(each_gov, "ÆØ-1", "hoer", "kombit", inputs={"question": "Kan det?"})
    monkeypatch.undo()
    assert (everything(each_gov), audit_verify(each_gov).problems) == (before, ())
    assert advance(each_gov, "ÆØ-1", "hoer", "kombit", inputs={"question": "Kan det?"}).allowed
    assert rows_agree_with_events(each_gov)


# Put right


def test_with_a_step_falls_the_thing_that_it_added(each_gov, tmp_path):
    two_seats(each_gov)
    receipt = appointed(each_gov)
    assert "plads-1/Horsens" in fold(everything(each_gov).events)
    correct(each_gov, receipt.event, reason="forkert kommune")
    record = fold(everything(each_gov).events)
    assert ("plads-1/Horsens" in record, record["plads-1"].state) == (False, "slaaet-op")
    assert rows_agree_with_events(each_gov)
    again = advance(each_gov, "plads-1", "udpeg", "kombit", inputs=SUCCESSOR)
    assert again.allowed
    assert "plads-1/Horsens-2" in fold(everything(each_gov).events)
    assert judged_again(each_gov, tmp_path) == ()


def test_with_a_step_falls_the_end_that_it_gave_a_term_and_nothing_told_of_it_since(gov):
    seat(gov)
    links = {"seat": "plads-1", "organisation": "Horsens"}
    facts = {"from": "2024-01-01", "to": "2025-12-31"}
    record_thing(gov, "t", "term", links=links, facts=facts, source="listen", on="2024-01-01")
    receipt = advance(gov, "plads-1", "varsl", "kombit", inputs={"last_day": "2025-12-31"})
    record_fact(gov, "t", "ledelse", "ja", source="mailen")
    correct(gov, receipt.event, reason="bliver alligevel")
    record = fold(everything(gov).events)
    assert (record["t"].facts.keys(), record["plads-1"].state) == ({"from", "to", "ledelse"}, "oprettet")
    assert rows_agree_with_events(gov)


# Judged again


def test_an_appointment_is_judged_again_to_the_same_decision(each_gov, tmp_path):
    two_seats(each_gov)
    assert appointed(each_gov).allowed
    assert not advance(each_gov, "plads-1", "tiltraed", "kombit").allowed
    assert DISTINCT in not_kept(appointed(each_gov, "plads-2").findings)
    assert judged_again(each_gov, tmp_path) == ()


def test_a_report_counts_the_member_that_the_step_added_once(gov):
    two_seats(gov)
    assert appointed(gov).allowed
    (clause,) = [each for each in report(gov).clauses if each.id == "K06"]
    (distinct,) = [each for each in clause.findings if each.rule == DISTINCT]
    assert (distinct.subject, distinct.verdict.value) == ("plads-1", "kept")


def test_a_report_sees_a_second_member_of_the_municipality_that_was_told_of_later(gov, clock):
    two_seats(gov)
    assert appointed(gov).allowed
    clock.set("2025-11-21")
    links, facts = {"seat": "plads-2", "organisation": "Horsens"}, {"from": "2024-01-01", "to": "2026-12-31"}
    record_thing(gov, "t", "term", links=links, facts=facts, source="listen", on="2024-01-01")
    (clause,) = [each for each in report(gov).clauses if each.id == "K06"]
    assert [each.verdict.value for each in clause.findings if each.rule == DISTINCT] == ["broken"]


def test_a_hearing_entered_late_is_a_thing_of_its_own_beside_the_later_one(gov, tmp_path):
    new(gov, on="2025-09-01")
    assert advance(gov, "ÆØ-1", "hoer", "kombit", on="2025-10-01").allowed
    assert advance(gov, "ÆØ-1", "hoer", "kombit", on="2025-09-15").allowed
    record = fold(everything(gov).events)
    asked = {id_: str(thing.since.low) for id_, thing in record.items() if thing.kind == "consultation"}
    assert asked == {"ÆØ-1/consultation": "2025-10-01", "ÆØ-1/consultation-2": "2025-09-15"}
    assert judged_again(gov, tmp_path) == ()


def test_a_step_of_a_meeting_taken_in_from_a_table_sees_the_points_of_its_agenda(gov, tmp_path):
    taken(gov, tmp_path, "meetings", GROUP["meetings"])
    taken(gov, tmp_path, "agenda", "møde;punkt;titel;kilde\nmoede-1;1;Velkomst;referat\n")
    table = "sag;skridt;organ;dato;kilde\nmoede-1;indkald;kombit;2025-03-12;k\n"
    table += "moede-1;afhold;kombit;2025-03-13;k\n"
    assert taken(gov, tmp_path, "events", table).new == 2
    (called, _) = [event.payload for event in everything(gov).events if isinstance(event.payload, StepTaken)]
    assert "dagsorden-har-punkter" not in not_kept(called.findings)
    assert judged_again(gov, tmp_path) == ()


# What was entered before its kind had a process


@pytest.fixture
def before(tmp_path, clock):
    """A record under rules without a course for seats, which get one on 1 January 2026."""
    folder = tmp_path / "rules"
    for start in ("2024-01-01", "2026-01-01"):
        shutil.copytree(rules_folder() / "2024-01-01", folder / start)
        book = folder / start / "rulebook.yaml"
        text = book.read_text(encoding="utf-8").replace("from: 2024-01-01\n", f"from: {start}\n")
        book.write_text(text, encoding="utf-8")
    (folder / "2024-01-01" / "seats.yaml").unlink()
    gov = opened(f"sqlite:///{tmp_path / 'before.sqlite'}", load_rulebooks(folder), clock)
    seat(gov)
    clock.set("2026-01-05")
    yield gov
    gov.engine.dispose()


def test_a_seat_entered_before_seats_had_a_course_stands_at_its_beginning(before):
    assert fold(everything(before).events)["plads-1"].state == ""
    shown = item(before, "plads-1")
    assert (shown.line.state.id, shown.machine.current, shown.machine.visited) == (
        "oprettet",
        "oprettet",
        ("oprettet",),
    )
    here = {step.id for step in steps(before, "plads-1") if step.starts_here}
    assert "slaa-op" in here
    assert "tiltraed" not in here


def test_it_takes_its_first_step_from_there_and_is_judged_again_alike(before, tmp_path):
    refused = advance(before, "plads-1", "tiltraed", "kombit")
    assert (refused.allowed, refused.state.id) == (False, "oprettet")
    assert "tiltraed/from" in not_kept(refused.findings)
    receipt = advance(before, "plads-1", "slaa-op", "kombit", inputs={"via": "nyhedsbrev"})
    assert (receipt.allowed, receipt.state.id) == (True, "slaaet-op")
    tried = [event.payload for event in everything(before).events if hasattr(event.payload, "from_state")]
    assert [each.from_state for each in tried] == ["oprettet", "oprettet"]
    assert rows_agree_with_events(before)
    assert judged_again(before, tmp_path) == ()
    assert [each for each in report(before).ours if each.rule == "place-in-the-rules"] == []


@pytest.mark.parametrize("called", ["nyhedsbrev", " Nyhedsbrevet", "the newsletter"])
def test_a_word_of_the_rules_is_known_by_what_it_is_called(before, called):
    receipt = advance(before, "plads-1", "slaa-op", "kombit", inputs={"via": called})
    assert receipt.allowed, not_kept(receipt.findings)
    (tried,) = [event.payload for event in everything(before).events if hasattr(event.payload, "from_state")]
    assert tried.request.inputs["via"] == word("nyhedsbrev")


def test_another_word_than_the_rules_name_is_kept_as_written_and_told(before):
    receipt = advance(before, "plads-1", "slaa-op", "kombit", inputs={"via": "Opslagstavlen"})
    assert not receipt.allowed
    assert "opslaget-staar-i-nyhedsbrevet" in not_kept(receipt.findings)
