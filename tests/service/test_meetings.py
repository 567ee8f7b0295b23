"""A meeting from its plan to its minutes, and its deadlines as the days go."""

import pytest

from governance.service import advance, conclude, meeting, meetings, note_attendance, open_round
from tests.service.asking import problems
from tests.service.meeting import CLOSES, DAY, MEETING, ROUND, agenda, group, planned, reasons

DISPATCH = "dagsorden-ca-ti-dage-foer"


def due(gov, **more):
    """The countdown to the dispatch: how many days are left, and how the rule stands."""
    return next(
        (each.days, each.verdict) for each in meeting(gov, MEETING, **more).due if each.rule == DISPATCH
    )


def of_rule(gov, rule=DISPATCH):
    return next(each for each in meeting(gov, MEETING).findings if each.rule == rule)


def with_points(gov, clock):
    group(gov, clock, items=2)
    planned(gov, form="fysisk", sted="kombit-koebenhavn")
    agenda(gov, "ÆØ-1", "ÆØ-2")


@pytest.mark.parametrize(
    ("day", "left", "verdict"),
    [
        ("2026-01-26", 8, "open"),
        ("2026-01-27", 7, "open"),
        ("2026-01-31", 3, "open"),
        ("2026-02-03", 0, "open"),
        ("2026-02-04", -1, "broken"),
    ],
)
def test_the_dispatch_counts_down_to_seven_days_before_and_is_late_after(gov, clock, day, left, verdict):
    """15, 14, 10, 7 and 6 days before the meeting."""
    with_points(gov, clock)
    assert due(gov, on=day) == (left, verdict)


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        ("2026-01-26", "broken"),
        ("2026-01-27", "kept"),
        ("2026-01-31", "kept"),
        ("2026-02-03", "kept"),
        ("2026-02-04", "broken"),
    ],
)
def test_an_agenda_sent_from_14_to_7_days_before_is_in_time(gov, clock, day, verdict):
    with_points(gov, clock)
    clock.set(day)
    assert advance(gov, MEETING, "indkald", "kombit").allowed
    clock.set(DAY)
    assert (of_rule(gov).verdict.value, of_rule(gov).clause) == (verdict, "K18")


def test_a_meeting_without_points_is_not_convened(gov, clock):
    group(gov, clock)
    planned(gov)
    assert reasons(advance(gov, MEETING, "indkald", "kombit")) == {"dagsorden-har-punkter": None}
    agenda(gov, "ÆØ-1")
    assert advance(gov, MEETING, "indkald", "kombit").allowed


def test_a_meeting_is_held_once_its_day_has_come(gov, clock):
    with_points(gov, clock)
    clock.set("2026-02-09")
    assert reasons(advance(gov, MEETING, "afhold", "kombit")) == {"moedet-er-naaet": None}
    clock.set(DAY)
    assert reasons(advance(gov, MEETING, "afhold", "referencegruppen")) == {"afhold/by": "K11"}
    assert advance(gov, MEETING, "afhold", "kombit").allowed


def test_minutes_are_written_when_each_point_has_its_conclusion(each_gov, clock):
    gov = each_gov
    with_points(gov, clock)
    clock.set(DAY)
    assert advance(gov, MEETING, "afhold", "kombit").allowed
    assert conclude(gov, f"{MEETING}/6.1", "konkluder-prioritering").allowed
    assert reasons(advance(gov, MEETING, "skriv-referat", "kombit")) == {"hvert-punkt-er-konkluderet": None}
    assert conclude(gov, f"{MEETING}/6.2", "udsaet-punkt").allowed
    assert advance(gov, MEETING, "skriv-referat", "kombit").allowed
    assert advance(gov, MEETING, "godkend-referat", "referencegruppen").allowed
    assert meeting(gov, MEETING).line.state.id == "refereret"
    assert meeting(gov, MEETING).line.awaits == ()


def test_a_held_meeting_cannot_be_cancelled(gov, clock):
    with_points(gov, clock)
    clock.set(DAY)
    assert advance(gov, MEETING, "afhold", "kombit").allowed
    assert "aflys/from" in reasons(advance(gov, MEETING, "aflys", "kombit"))


def test_a_cancelled_meeting_has_no_deadlines(gov, clock):
    with_points(gov, clock)
    assert advance(gov, MEETING, "aflys", "kombit").allowed
    assert meeting(gov, MEETING).due == ()


def test_the_meetings_stand_latest_first_with_what_each_waits_for(gov, clock):
    with_points(gov, clock)
    planned(gov, "møde-2", "2026-06")
    planned(gov, "møde-0", "2025-09-09")
    lines = meetings(gov)
    assert [each.id for each in lines] == ["møde-2", MEETING, "møde-0"]
    assert [(each.points, each.state.id) for each in lines][1] == (2, "planlagt")
    assert [each.id for each in lines[1].awaits] == ["indkald"]
    assert [each.said_date.en for each in lines] == ["June 2026", "10 February 2026", "9 September 2025"]


def test_before_the_meeting_nothing_can_be_concluded_and_on_its_day_what_the_item_allows(gov, clock):
    with_points(gov, clock)
    first = point(gov)
    assert first.concluded is None
    assert not [each for each in first.conclusions if each.allowed]
    clock.set(DAY)
    allowed = {each.step.id: each.takes.id for each in point(gov).conclusions if each.allowed and each.takes}
    assert allowed["konkluder-prioritering"] == "prioriter"
    refused = [each for each in point(gov).conclusions if not each.allowed and each.takes]
    assert {each.takes.id for each in refused if each.step.allowed} >= {"indstil"}


def test_on_a_date_that_is_not_one_day_only_the_points_asked_for_are_judged(gov, clock):
    with_points(gov, clock)
    clock.set(DAY)
    month = DAY[:7]
    assert point(gov, on=month).conclusions == ()
    assert point(gov, judged=month).conclusions == ()
    chosen = point(gov)
    assert point(gov, on=month, points=[chosen.id]).conclusions
    assert {each.step.id for each in chosen.conclusions if each.allowed} >= {"konkluder-prioritering"}


def test_after_the_meeting_each_point_shows_what_was_concluded(gov, clock):
    with_points(gov, clock)
    clock.set(DAY)
    said = {"conclusion": "Tages med"}
    assert conclude(gov, f"{MEETING}/6.1", "konkluder-prioritering", inputs=said).allowed
    after = point(gov)
    assert (after.concluded.id, after.conclusion) == ("konkluder-prioritering", "Tages med")
    assert (after.state.id, after.item_state.id, after.conclusions) == ("konkluderet", "prioriteret", ())


def point(gov, number="6.1", **more):
    points = [each for _, points in meeting(gov, MEETING, **more).sections for each in points]
    return next(each for each in points if each.number == number)


def test_a_meeting_shows_its_rounds_its_members_and_its_steps(gov, clock):
    with_points(gov, clock)
    open_round(gov, ROUND, "referencegruppen", closes=CLOSES, meeting=MEETING)
    note_attendance(gov, MEETING, "Odense", "ventet")
    view = meeting(gov, MEETING)
    assert [(each.id, each.totals) for each in view.rounds] == [(ROUND, ())]
    assert [each.id for each in view.members] == ["Aalborg", "Odense", "Vejle"]
    assert {step.id for step in view.steps if step.allowed} == {"indkald", "aflys"}
    assert [event.kind for event in view.events][:1] == ["added"]


def test_a_meeting_as_it_was_known(gov, clock):
    with_points(gov, clock)
    clock.set("2026-01-30")
    assert advance(gov, MEETING, "indkald", "kombit").allowed
    assert meeting(gov, MEETING).line.state.id == "indkaldt"
    clock.set("2026-02-01")
    then = meeting(gov, MEETING, known="2026-01-20")
    assert (then.line.state.id, then.known) == ("planlagt", "2026-01-20")
    assert [each.state.id for each in meetings(gov, known="2026-01-20")] == ["planlagt"]
    assert meetings(gov, known="2026-01-01") == ()
    assert problems(meeting, gov, MEETING, known="2026-01-01")
