"""A duty of which the record does not say whether it is met is told near its last day, as undecided."""

import pytest

from governance.service import declare_complete, record_fact, record_thing, todo

HISTORY = {"origin": "history", "source": "et referat"}
BODY = {"body": "referencegruppen"}


def told(gov, clock):
    """A meeting and a seat entered as history: nobody vouches that nothing is missing."""
    clock.set("2025-09-08")
    record_thing(gov, "referencegruppen", "body", links={}, facts={"places": "2"}, on="2024-01-01", **HISTORY)
    for id_, day in (("m", "2025-09-09"), ("old", "2023-09-09")):
        record_thing(gov, id_, "meeting", links=BODY, facts={"date": day}, on="2024-01-01", **HISTORY)
    record_thing(gov, "plads-1", "seat", links=BODY, facts={}, on="2024-01-01", **HISTORY)
    record_fact(gov, "plads-1", "besaettes-senest", "2025-09-12", source="aftalt")


def duties(gov, clause, **more):
    """The duties of a clause: about what, by when, whether late and whether undecided."""
    return [
        (task.about.id, task.until, task.late, task.unsure)
        for task in todo(gov, **more).tasks
        if task.why == "duty" and task.clause == clause
    ]


@pytest.mark.parametrize(
    ("on", "there"),
    [
        ("2025-08-25", False),
        ("2025-08-26", True),
        ("2025-09-02", True),
        ("2025-09-08", True),
        ("2025-09-09", True),
        ("2025-09-10", False),
    ],
)
def test_a_duty_nobody_knows_is_met_is_told_within_the_days_around_its_last_day(gov, clock, on, there):
    """Sent at the latest on 2 September; a week before and a week after."""
    told(gov, clock)
    assert duties(gov, "K18", on=on) == ([("m", "2025-09-02", False, True)] if there else [])


@pytest.mark.parametrize("days", [0, 7, 370])
def test_undecided_duties_of_years_ago_stay_out(gov, clock, days):
    told(gov, clock)
    assert "old" not in [about for about, _, _, _ in duties(gov, "K18", days=days)]


def test_the_call_for_a_seat_with_an_open_record_is_undecided_until_somebody_vouches_for_it(gov, clock):
    told(gov, clock)
    assert duties(gov, "K14") == [("plads-1", "2025-09-12", False, True)]
    declare_complete(gov, "plads-1", source="sekretariatet")
    assert duties(gov, "K14") == [("plads-1", "2025-09-12", False, False)]
    assert duties(gov, "K14", on="2025-09-13") == [("plads-1", "2025-09-12", True, False)]


def test_what_is_late_comes_before_what_is_undecided(gov, clock):
    told(gov, clock)
    live = {"origin": "live", "source": "x"}
    record_thing(gov, "n", "meeting", links=BODY, facts={"date": "2025-09-10"}, **live)
    first, second = [task for task in todo(gov).tasks if task.clause == "K18"]
    assert (first.about.id, first.until, first.late, first.unsure) == ("n", "2025-09-03", True, False)
    assert (second.about.id, second.until, second.late, second.unsure) == ("m", "2025-09-02", False, True)
    assert todo(gov).tasks[0] == first
