"""What must be done, by whom and by when: each task for the right body, and gone once it is done."""

import pytest

from governance.service import (
    advance,
    answer,
    cast,
    close_round,
    consult,
    correct,
    meetings,
    open_round,
    record_facts,
    rounds,
    todo,
)
from tests.service.asking import everything, problems, stored
from tests.service.meeting import CLOSES, DAY, MEETING, ROUND, agenda, group, planned, reasons


def tasks(gov, why, **more):
    """The tasks of one kind: who, about what, by when and whether it is late."""
    return [
        (tuple(who.id for who in task.who), task.about.id, task.until, task.late)
        for task in todo(gov, **more).tasks
        if task.why == why
    ]


def test_the_dispatch_is_kombits_duty_once_its_last_day_is_near(gov, clock):
    group(gov, clock, items=1)
    planned(gov)
    agenda(gov, "ÆØ-1")
    assert tasks(gov, "duty", on="2026-01-26") == []
    near = [(("kombit",), MEETING, "2026-02-03", False)]
    assert tasks(gov, "duty", on="2026-01-27") == near
    assert tasks(gov, "duty", on="2026-01-20", days=14) == near
    assert tasks(gov, "duty", on="2026-01-20", days=13) == []


def test_a_duty_past_its_last_day_is_late_and_comes_first(gov, clock):
    group(gov, clock, items=1)
    planned(gov)
    agenda(gov, "ÆØ-1")
    clock.set("2026-02-04")
    first = todo(gov).tasks[0]
    assert (first.why, first.late, first.clause, first.until) == ("duty", True, "K18", "2026-02-03")


def test_a_duty_that_is_done_is_gone(gov, clock):
    group(gov, clock, items=1)
    planned(gov)
    agenda(gov, "ÆØ-1")
    clock.set("2026-01-30")
    assert tasks(gov, "duty")
    assert advance(gov, MEETING, "indkald", "kombit").allowed
    assert tasks(gov, "duty") == []


def test_each_member_municipality_that_has_not_scored_is_waited_for(gov, clock):
    group(gov, clock, items=1)
    open_round(gov, ROUND, "referencegruppen", closes=CLOSES, choices=["ÆØ-1"])
    cast(gov, ROUND, "Odense", {"ÆØ-1": "1"})
    assert tasks(gov, "scores", on="2026-02-01") == []
    assert tasks(gov, "scores", on="2026-02-02") == [(("Aalborg", "Vejle"), ROUND, CLOSES, False)]
    for name in ("Aalborg", "Vejle"):
        cast(gov, ROUND, name, {"ÆØ-1": "1"})
    assert tasks(gov, "scores", on="2026-02-02") == []


def test_nobody_scores_after_the_closing_day_and_kombit_is_to_close(gov, clock):
    group(gov, clock, items=1)
    open_round(gov, ROUND, "referencegruppen", closes=CLOSES, choices=["ÆØ-1"])
    clock.set(DAY)
    assert tasks(gov, "scores") == []
    assert (("kombit",), ROUND, "", False) in tasks(gov, "awaited")
    assert close_round(gov, ROUND, "kombit").allowed
    assert ROUND not in [about for _, about, _, _ in tasks(gov, "awaited")]


def test_what_a_state_waits_for_is_the_task_of_the_body_that_may_take_it(gov, clock):
    group(gov, clock, items=1)
    planned(gov)
    waited = {(task.about.id, task.step): task.who for task in todo(gov).tasks if task.why == "awaited"}
    bodies = {key: [who.id for who in names] for key, names in waited.items()}
    assert bodies == {
        (MEETING, "indkald"): ["kombit"],
        ("ÆØ-1", "prioriter"): ["referencegruppen"],
        ("ÆØ-1", "prioriter-ikke"): ["referencegruppen"],
    }
    record_facts(gov, "ÆØ-1", {"estimat-aar": "1/10", "stoerrelse": "XS"}, source="x")
    for step, body in (
        ("prioriter", "referencegruppen"),
        ("indstil", "referencegruppen"),
        ("beslut", "projektgruppen"),
        ("bestil", "kombit"),
    ):
        now = [task.who[0].id for task in todo(gov).tasks if task.step == step]
        assert now == [body]
        assert advance(gov, "ÆØ-1", step, body).allowed
    (last,) = [task for task in todo(gov).tasks if task.about.id == "ÆØ-1"]
    assert (last.step, {who.id for who in last.who}) == ("lever", {"netcompany", "kombit"})


def test_where_an_act_is_missing_first_the_body_that_does_it_is_waited_for(gov, clock):
    group(gov, clock, items=1)
    record_facts(gov, "ÆØ-1", {"estimat-aar": "1/2", "stoerrelse": "L"}, source="x")
    for step, body in (
        ("prioriter", "referencegruppen"),
        ("indstil", "referencegruppen"),
        ("beslut", "projektgruppen"),
    ):
        assert advance(gov, "ÆØ-1", step, body).allowed
    (task,) = todo(gov).tasks
    assert (task.who[0].id, task.step) == ("kommunestyregruppen", "bestil")
    assert advance(gov, "ÆØ-1", "godkend", "kommunestyregruppen").allowed
    (task,) = todo(gov).tasks
    assert (task.who[0].id, task.step) == ("kombit", "bestil")


def test_a_vacant_seat_is_to_be_called_by_kombit(gov, clock):
    group(gov, clock, items=0)
    assert advance(gov, "plads-1", "fratraed", "kombit", inputs={"last_day": "2026-01-05"}).allowed
    waiting = [task for task in todo(gov).tasks if task.why == "awaited"]
    assert [(task.who[0].id, task.about.id, task.step) for task in waiting] == [
        ("kombit", "plads-1", "slaa-op")
    ]


def test_a_term_whose_last_day_nears_is_told(gov, clock):
    group(gov, clock, items=0)
    last = {"last_day": "2026-03-01"}
    assert advance(gov, "plads-1", "varsl", "kombit", inputs=last, reason="efter ønske").allowed
    assert tasks(gov, "ending", on="2026-02-21") == []
    assert tasks(gov, "ending", on="2026-02-22") == [((), "plads-1", "2026-03-01", False)]
    assert tasks(gov, "ending", on="2026-03-02") == []


def test_who_is_consulted_is_waited_for_until_the_answer_is_there(each_gov, clock):
    gov = each_gov
    group(gov, clock, items=1)
    assert consult(gov, "ÆØ-1", "kvalitetspanelet", "Giver det mening?").allowed
    assert tasks(gov, "answer") == [(("kvalitetspanelet",), "ÆØ-1", "", False)]
    before = len(stored(gov)[0])
    clock.set("2026-01-20")
    receipt = answer(gov, "ÆØ-1/consultation", "Ja", key="k")
    assert len(stored(gov)[0]) == before + 2
    assert tasks(gov, "answer") == []
    assert answer(gov, "ÆØ-1/consultation", "Ja", key="k") == receipt
    assert tasks(gov, "answer", known="2026-01-10") == [(("kvalitetspanelet",), "ÆØ-1", "", False)]


def test_a_consultation_is_asked_where_the_process_allows_it_by_the_body_that_may(gov, clock):
    group(gov, clock, items=1)
    assert reasons(consult(gov, "ÆØ-1", "KL", "Hvad?", body="projektgruppen")) == {"hoer/by": None}
    assert advance(gov, "ÆØ-1", "prioriter", "referencegruppen").allowed
    assert reasons(consult(gov, "ÆØ-1", "KL", "Hvad?")) == {"hoer/from": None}
    planned(gov)
    assert problems(consult, gov, MEETING, "KL", "Hvad?") == [
        f"the rules have no step that consults anybody about `{MEETING}`"
    ]


def test_only_a_consultation_is_answered(gov, clock):
    group(gov, clock, items=1)
    assert problems(answer, gov, "ÆØ-1", "Ja") == [
        "`ÆØ-1` is no consultation; the item's history shows its consultations"
    ]
    assert problems(answer, gov, "ÆØ-1/consultation", "Ja")


def test_several_facts_are_written_down_at_once_or_none(each_gov, clock):
    gov = each_gov
    group(gov, clock, items=1)
    events = stored(gov)[0]
    said = problems(
        record_facts, gov, "ÆØ-1", {"estimat-aar": "1/4", "stoerrelse": "Q", "x": "1"}, source="s"
    )
    assert len(said) == 2
    assert problems(record_facts, gov, "ÆØ-1", {}, source="s") == ["name at least one fact"]
    assert stored(gov)[0] == events
    facts = {"estimat-aar": "1/4", "stoerrelse": "M"}
    first = record_facts(gov, "ÆØ-1", facts, source="s", version=2, key="k")
    assert first.version == 4
    assert record_facts(gov, "ÆØ-1", facts, source="s", version=2, key="k") == first
    assert len(stored(gov)[0]) == len(events) + 2


def test_the_tasks_are_those_that_were_known(gov, clock):
    group(gov, clock, items=1)
    clock.set("2026-01-10")
    planned(gov)
    clock.set("2026-02-01")
    assert MEETING in [task.about.id for task in todo(gov).tasks]
    earlier = todo(gov, known="2026-01-08")
    assert MEETING not in [task.about.id for task in earlier.tasks]
    assert earlier.known == "2026-01-08"


@pytest.mark.parametrize("days", [0, 10**9])
def test_any_number_of_days_can_be_asked_for(gov, clock, days):
    group(gov, clock, items=0)
    planned(gov)
    assert todo(gov, days=days).days == days


def test_an_empty_record_leaves_nothing_to_do(gov):
    assert todo(gov).tasks == ()


def test_the_closing_day_of_a_round_as_corrected_is_the_one_its_scores_are_waited_for_by(gov, clock):
    group(gov, clock, items=1)
    open_round(gov, ROUND, "referencegruppen", closes=CLOSES, choices=["ÆØ-1"])
    told = [each for each in everything(gov).events if each.entity == ROUND]
    wrong = next(each.number for each in told if getattr(each.payload, "fact", "") == "closes")
    assert correct(gov, wrong, reason="skrevet forkert", value="2026-02-11").allowed
    clock.set(DAY)
    assert tasks(gov, "scores")[0][2] == "2026-02-11"
    assert cast(gov, ROUND, "Odense", {"ÆØ-1": "1"}).allowed


def test_what_has_no_title_is_called_as_its_own_page_and_the_lists_call_it(gov, clock):
    group(gov, clock)
    planned(gov)
    open_round(gov, ROUND, "referencegruppen", closes=CLOSES, choices=["ÆØ-1"])
    clock.set("2026-02-05")
    labels = {task.about.id: task.about.label for task in todo(gov).tasks}
    assert labels[MEETING] == meetings(gov)[0].called
    assert labels[ROUND] == rounds(gov)[0].called
    assert labels[MEETING].en == "meeting 10 February 2026"
