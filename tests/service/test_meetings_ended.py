"""What became of a meeting is what its acts say; and a meeting that came to rest takes no more points."""

import io
import zipfile
from datetime import timedelta

from governance.service import (
    advance,
    agenda_proposals,
    conclude,
    meeting,
    meeting_document,
    note_attendance,
    put_on_agenda,
    record_fact,
    record_thing,
)
from governance.service.papers import meeting_paper
from tests.service.asking import problems, stored
from tests.service.meeting import BEGINS, DAY, MEETING, agenda, group, planned
from tests.service.newrules import take_in

SECOND = "møde-2"
CANCELLED = "Mødet er aflyst."
ROLES = [(f"role: {role}, ", "") for role in ("held", "minutes-approved", "cancelled")]


def on_its_day(gov, clock, items=2):
    group(gov, clock, seated=(), items=items)
    planned(gov)
    agenda(gov, *[f"ÆØ-{number}" for number in range(1, items + 1)])
    clock.set(DAY)


def minuted(gov):
    """A meeting that is held, without a word on who came, and whose only points got no conclusion."""
    for point in ("6.1", "6.2"):
        assert conclude(gov, f"{MEETING}/{point}", "ingen-konklusion").allowed
    for step in ("afhold", "skriv-referat"):
        assert advance(gov, MEETING, step, "kombit").allowed


def papers_say(gov, words):
    """Which of the agenda, the minutes and the invitation have some words in them."""
    found = set()
    for kind in ("agenda", "minutes"):
        content = meeting_document(gov, MEETING, f"{kind}-docx").content
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if words in packed.read("word/document.xml").decode():
                found.add(kind)
    if b"STATUS:CANCELLED" in meeting_document(gov, MEETING, "invitation-ics").content:
        found.add("invitation")
    return found


def test_a_meeting_held_without_a_word_on_who_came_is_not_cancelled(gov, clock):
    on_its_day(gov, clock)
    assert not meeting(gov, MEETING).held
    minuted(gov)
    assert advance(gov, MEETING, "godkend-referat", "referencegruppen").allowed
    view = meeting(gov, MEETING)
    assert (view.held, view.cancelled) == (True, False)
    assert papers_say(gov, CANCELLED) == set()


def test_a_cancelled_meeting_says_so_in_each_paper_and_is_not_approved_for_a_point_it_postponed(gov, clock):
    on_its_day(gov, clock)
    assert papers_say(gov, CANCELLED) == set()
    assert conclude(gov, f"{MEETING}/6.1", "udsaet-punkt").allowed
    note_attendance(gov, MEETING, "Odense", "til-stede")
    assert advance(gov, MEETING, "aflys", "kombit").allowed
    view = meeting(gov, MEETING)
    assert (view.held, view.cancelled, view.approved) == (False, True, None)
    assert meeting_paper(gov, MEETING, minutes=True).approval is None
    assert papers_say(gov, CANCELLED) == {"agenda", "minutes", "invitation"}
    assert not meeting(gov, MEETING, on="2026-02-09").cancelled


def test_minutes_are_approved_on_the_day_of_the_act(gov, clock):
    on_its_day(gov, clock)
    minuted(gov)
    assert meeting_paper(gov, MEETING, minutes=True).approval is None
    clock.set("2026-02-20")
    assert advance(gov, MEETING, "godkend-referat", "referencegruppen").allowed
    approval = meeting_paper(gov, MEETING, minutes=True).approval
    assert (approval.on.point.isoformat(), approval.by.da) == ("2026-02-20", "Referencegruppen")


def test_minutes_are_approved_by_the_body_that_acted_whoever_met(gov, clock):
    """KOMBIT may not; history is kept as it was, and the papers do not put it right."""
    group(gov, clock, seated=(), items=0)
    facts, links = {"date": "2025-11-05"}, {"body": "referencegruppen"}
    told = {"origin": "history", "source": "referatet"}
    record_thing(gov, SECOND, "meeting", links=links, facts=facts, on="2025-10-01", **told)
    for step, on in (
        ("afhold", "2025-11-05"),
        ("skriv-referat", "2025-11-06"),
        ("godkend-referat", "2025-12-01"),
    ):
        advance(gov, SECOND, step, "kombit", on=on, **told)
    approval = meeting_paper(gov, SECOND, minutes=True).approval
    assert (approval.on.point.isoformat(), approval.by.da) == ("2025-12-01", "KOMBIT")


def test_of_a_meeting_whose_rules_give_its_acts_no_role_nothing_is_claimed(gov, clock, rulebook):
    take_in(gov, rulebook(*ROLES))
    on_its_day(gov, clock)
    planned(gov, SECOND)
    minuted(gov)
    assert advance(gov, MEETING, "godkend-referat", "referencegruppen").allowed
    assert advance(gov, SECOND, "aflys", "kombit").allowed
    for id_ in (MEETING, SECOND):
        view, paper = meeting(gov, id_), meeting_paper(gov, id_, minutes=True)
        assert (view.held, view.cancelled, view.approved) == (False, False, None)
        assert (paper.cancelled, paper.approval) == (False, None)


def test_the_minutes_name_the_body_that_concluded_each_point(gov, clock):
    on_its_day(gov, clock)
    assert conclude(gov, f"{MEETING}/6.1", "udsaet-punkt", body="kombit").allowed
    assert conclude(gov, f"{MEETING}/6.2", "udsaet-punkt", body="referencegruppen").allowed
    points = {
        each.number: each.conclusion
        for section in meeting_paper(gov, MEETING, minutes=True).points
        for each in section.points
    }
    assert [points[number].body.da for number in ("6.1", "6.2")] == ["KOMBIT", "referencegruppen"]


def test_a_number_is_taken_by_a_point_of_whatever_date(gov, clock):
    group(gov, clock, seated=(), items=3)
    planned(gov)
    clock.set("2026-01-20")
    assert agenda(gov, "ÆØ-1") == [f"{MEETING}/6.1"]
    earlier = put_on_agenda(gov, MEETING, "prioritering", item="ÆØ-2", on=BEGINS)
    assert earlier.entity == f"{MEETING}/6.2"
    said = problems(put_on_agenda, gov, MEETING, "prioritering", item="ÆØ-1", on=BEGINS)
    assert said == ["`ÆØ-1` is on the agenda already"]


def test_who_comes_is_noted_once_of_whatever_date(gov, clock):
    group(gov, clock, seated=(), items=0)
    planned(gov)
    clock.set("2026-01-20")
    note_attendance(gov, MEETING, "Odense", "ventet")
    said = problems(note_attendance, gov, MEETING, "Odense", "afbud", on="2026-01-10")
    assert said == [f"`{MEETING}/Odense` exists only since 2026-01-20; write a date after that"]
    note_attendance(gov, MEETING, "Odense", "afbud", on="2026-01-20")
    assert [each.status.id for each in meeting(gov, MEETING).attendances] == ["afbud"]


def test_a_cancelled_meeting_takes_no_more_points(gov, clock):
    group(gov, clock, seated=(), items=2)
    planned(gov)
    agenda(gov, "ÆØ-1")
    clock.set("2026-01-20")
    assert advance(gov, MEETING, "aflys", "kombit").allowed
    before = stored(gov)[0]
    said = [f"`{MEETING}` is cancelled and takes no more points; put the point on another meeting"]
    for on in ("", BEGINS):
        assert problems(put_on_agenda, gov, MEETING, "prioritering", item="ÆØ-2", on=on) == said
    assert stored(gov)[0] == before


def test_a_meeting_takes_points_until_it_is_held_and_then_only_as_history(gov, clock):
    on_its_day(gov, clock)
    assert put_on_agenda(gov, MEETING, "eventuelt", title="I tide").entity == f"{MEETING}/7.1"
    assert conclude(gov, f"{MEETING}/7.1", "ingen-konklusion").allowed
    minuted(gov)
    (held,) = problems(put_on_agenda, gov, MEETING, "eventuelt", title="Glemt")
    assert held.startswith(
        f"`{MEETING}` was held and takes no more points; put the point on a coming meeting"
    )
    assert advance(gov, MEETING, "godkend-referat", "referencegruppen").allowed
    (ended,) = problems(put_on_agenda, gov, MEETING, "eventuelt", title="Glemt")
    assert ended.startswith(f"`{MEETING}` is held with approved minutes and takes no more points")
    told = put_on_agenda(
        gov, MEETING, "eventuelt", title="Glemt", on=DAY, origin="history", source="referatet"
    )
    assert told.entity == f"{MEETING}/7.2"


def test_attendance_stands_once_the_minutes_are_approved(gov, clock):
    on_its_day(gov, clock)
    minuted(gov)
    note_attendance(gov, MEETING, "KL", "afbud")
    assert advance(gov, MEETING, "godkend-referat", "referencegruppen").allowed
    (said,) = problems(note_attendance, gov, MEETING, "KL", "til-stede")
    assert said.startswith(f"the minutes of `{MEETING}` were approved")
    assert said.endswith("correct the event that says so")
    (before,) = [each.status.id for each in meeting(gov, MEETING).attendances if each.organisation.id == "KL"]
    assert before == "afbud"


def left_open(gov, clock):
    """Items that one meeting postponed and a second follows up; parked, they stand nowhere by their state."""
    group(gov, clock, seated=(), items=3)
    planned(gov)
    planned(gov, SECOND, "2026-06-10")
    agenda(gov, "ÆØ-1", "ÆØ-2", "ÆØ-3")
    for number in (1, 2, 3):
        assert advance(gov, f"ÆØ-{number}", "parker", "kombit").allowed
    clock.set(DAY)
    for number in (1, 2, 3):
        assert conclude(gov, f"{MEETING}/6.{number}", "udsaet-punkt").allowed


def followed_up(gov):
    return [each.item.id for each in agenda_proposals(gov, SECOND)]


def test_an_item_that_was_withdrawn_since_it_was_postponed_is_not_followed_up(gov, clock):
    left_open(gov, clock)
    assert followed_up(gov) == ["ÆØ-1", "ÆØ-2", "ÆØ-3"]
    clock.set("2026-03-01")
    assert advance(gov, "ÆØ-2", "traek-tilbage", "kombit").allowed
    assert followed_up(gov) == ["ÆØ-1", "ÆØ-3"]


def test_an_item_that_had_come_to_rest_when_it_was_postponed_is_not_followed_up(gov, clock):
    left_open(gov, clock)
    late = {"on": "2026-02-01", "reason": "Skrevet sent"}
    assert advance(gov, "ÆØ-2", "traek-tilbage", "kombit", **late).allowed
    assert followed_up(gov) == ["ÆØ-1", "ÆØ-3"]


def test_an_item_that_something_was_done_with_since_is_not_followed_up(gov, clock):
    """On the same day what was recorded later came later; an act of an earlier day came before."""
    left_open(gov, clock)
    for step, body in (("genoptag", "kombit"), ("parker", "kombit")):
        assert advance(gov, "ÆØ-1", step, body).allowed
        assert advance(gov, "ÆØ-3", step, body, on="2026-02-09", reason="Skrevet sent").allowed
    assert followed_up(gov) == ["ÆØ-2", "ÆØ-3"]


def test_a_fact_of_an_attendance_stands_too_once_the_minutes_are_approved(gov, clock):
    on_its_day(gov, clock)
    minuted(gov)
    receipt = note_attendance(gov, MEETING, "KL", "afbud")
    assert advance(gov, MEETING, "godkend-referat", "referencegruppen").allowed
    (said,) = problems(record_fact, gov, receipt.entity, "status", "til-stede", source="x")
    assert said.startswith(f"the minutes of `{MEETING}` were approved")
    links = {"meeting": MEETING, "organisation": "Odense"}
    facts = {"status": "til-stede"}
    named = f"{MEETING}/Odense-2"
    told = {"links": links, "facts": facts, "source": "x"}
    (said,) = problems(record_thing, gov, named, "attendance", **told, origin="live")
    assert said.startswith(f"the minutes of `{MEETING}` were approved")
    before = (gov.today - timedelta(days=1)).isoformat()
    assert record_fact(
        gov, receipt.entity, "status", "til-stede", source="x", origin="history", on=before
    ).allowed
