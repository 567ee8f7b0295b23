"""Two times: what counted on a day, and what the record held at the end of a day."""

import shutil
from datetime import UTC, date, datetime

import pytest

from governance.model import Verdict
from governance.service import (
    adopt,
    adoption,
    advance,
    correct,
    declare_complete,
    history,
    item,
    items,
    known_day,
    record_fact,
    record_thing,
    report,
    rules_folder,
    seats,
    steps,
    way,
)
from governance.service.opening import end_of
from tests.service.asking import DECIDED, READY, new, problems, walk

BEGUN, LATER, NOW = "2025-09-01", "2025-10-01", "2025-11-20"


def sizes(gov, **asked):
    return [fact.value.en for fact in item(gov, "ÆØ-1", **asked).facts]


def allowed(gov, **asked):
    return {step.id for step in steps(gov, "ÆØ-1", **asked) if step.allowed}


@pytest.fixture
def told_late(each_gov, clock):
    """A size that held from the beginning, and was written down a month later."""
    clock.set(BEGUN)
    new(each_gov)
    clock.set(LATER)
    record_fact(each_gov, "ÆØ-1", "stoerrelse", "M", source="et referat", on=BEGUN)
    clock.set(NOW)
    return each_gov


def test_what_was_written_down_later_counted_then_but_was_not_known_then(told_late):
    assert sizes(told_late, on="2025-09-10") == ["M"]
    assert sizes(told_late, on="2025-09-10", known="2025-09-30") == []
    assert sizes(told_late, on="2025-09-10", known=LATER) == ["M"]
    assert item(told_late, "ÆØ-1", known="2025-09-30").line.version == 1
    assert item(told_late, "ÆØ-1", on="2025-09-10").line.version == 2


def test_what_was_known_does_not_count_before_its_day(each_gov, clock):
    clock.set(BEGUN)
    new(each_gov)
    clock.set(LATER)
    record_fact(each_gov, "ÆØ-1", "stoerrelse", "M", source="et referat")
    clock.set(NOW)
    assert [line.version for line in items(each_gov, on="2025-09-10", known=LATER)] == [2]
    assert sizes(each_gov, on="2025-09-10", known=LATER) == []
    assert sizes(each_gov, known=LATER) == ["M"]


def test_a_correction_made_later_is_not_known_then(told_late, clock):
    correct(told_late, 2, reason="læst forkert", value="L")
    clock.set("2025-11-21")
    assert sizes(told_late, on="2025-09-10") == ["L"]
    assert sizes(told_late, on="2025-09-10", known="2025-11-19") == ["M"]
    assert [event.corrected for event in history(told_late, "ÆØ-1")] == [False, True, False]
    assert [event.corrected for event in history(told_late, "ÆØ-1", known="2025-11-19")] == [False, False]


def test_an_item_that_a_correction_took_away_is_there_as_known_before(each_gov, clock):
    clock.set(BEGUN)
    new(each_gov)
    clock.set(LATER)
    correct(each_gov, 1, reason="en anden gruppes sag")
    clock.set(NOW)
    assert items(each_gov) == ()
    assert [line.id for line in items(each_gov, known=BEGUN)] == ["ÆØ-1"]
    assert item(each_gov, "ÆØ-1", known=BEGUN).known == BEGUN
    assert problems(item, each_gov, "ÆØ-1") == ["there is no item `ÆØ-1`"]


def test_a_step_is_open_as_known_when_the_acts_before_it_had_been_written_down(each_gov, clock):
    clock.set(BEGUN)
    new(each_gov)
    clock.set(LATER)
    walk(each_gov, "ÆØ-1", READY, on="2025-09-05")
    clock.set(NOW)
    assert "beslut" in allowed(each_gov, on="2025-09-10")
    assert "beslut" not in allowed(each_gov, on="2025-09-10", known="2025-09-10")
    assert "meld-klar" in allowed(each_gov, on="2025-09-10", known="2025-09-10")
    assert [leg.step.id for leg in way(each_gov, "ÆØ-1", "besluttet").legs] == ["beslut"]
    legs = way(each_gov, "ÆØ-1", "besluttet", on="2025-09-10", known="2025-09-10").legs
    assert legs[-1].step.id == "beslut"
    assert len(legs) > 1
    (line,) = items(each_gov, on="2025-09-10", known="2025-09-10")
    assert {step.id for step in line.allowed_steps} == allowed(each_gov, on="2025-09-10", known="2025-09-10")


def test_the_seats_and_the_report_are_told_as_known(each_gov, clock):
    clock.set(BEGUN)
    told = {"source": "listen", "on": "2024-09-01"}
    record_thing(each_gov, "plads-1", "seat", links={"body": "referencegruppen"}, facts={}, **told)
    declare_complete(each_gov, "plads-1")
    clock.set(LATER)
    links = {"seat": "plads-1", "organisation": "Horsens"}
    facts = {"from": "2024-09-01", "to": "2025-08-31"}
    record_thing(each_gov, "p1/Horsens", "term", links=links, facts=facts, **told)
    clock.set(NOW)

    def seen(**asked):
        (seat,) = seats(each_gov, on="2024-12-01", **asked).seats
        (k12,) = [
            clause for clause in report(each_gov, on="2025-09-15", **asked).clauses if clause.id == "K12"
        ]
        return seat.holder, k12.verdict

    assert seen() == ("Horsens", Verdict.BROKEN)
    assert seen(known=BEGUN) == ("", Verdict.NOT_APPLICABLE)
    assert seen(known=LATER) == seen()
    assert seats(each_gov, known=BEGUN).known == report(each_gov, known=BEGUN).known == BEGUN


def test_a_rulebook_adopted_later_judges_nothing_as_known_before(each_gov, clock, tmp_path):
    folder = tmp_path / "new"
    shutil.copytree(rules_folder() / "2024-01-01", folder)
    path = folder / "rulebook.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("from: 2024-01-01", "from: 2026-01-01"), encoding="utf-8")
    old = report(each_gov).rulebook
    adopt(each_gov, str(folder), adoption(each_gov, str(folder)).code)
    clock.set("2026-02-10")
    judging = {
        known: report(each_gov, on="2026-02-01", known=known).rulebook for known in ("", "2025-11-19", NOW)
    }
    assert judging["2025-11-19"] == old
    assert judging[""] == judging[NOW] != old


def test_a_day_ends_at_midnight_in_denmark(each_gov, clock):
    clock.now = datetime(2025, 10, 9, 21, 59, tzinfo=UTC)
    new(each_gov)
    clock.now = datetime(2025, 10, 9, 22, 1, tzinfo=UTC)
    record_fact(each_gov, "ÆØ-1", "stoerrelse", "M", source="x", on="2025-10-09")
    clock.set(NOW)
    assert sizes(each_gov, known="2025-10-09") == []
    assert sizes(each_gov, known="2025-10-10") == ["M"]


def test_before_the_first_event_nothing_is_known(told_late):
    assert items(told_late, known="2025-08-31") == ()
    assert history(told_late, "ÆØ-1", known="2025-08-31") == ()
    assert seats(told_late, known="1900").seats == ()
    for ask in (item, steps):
        (said,) = problems(ask, told_late, "ÆØ-1", on="2025-09-10", known="2025-08-31")
        assert "as far as was written down by the end of 31 August 2025" in said
    assert problems(item, told_late, "ÆØ-1", on="2025-08-31") == [
        "`ÆØ-1` did not exist yet on 31 August 2025; choose a later day"
    ]


def test_today_and_a_day_ahead_are_what_is_known_now(told_late):
    for known in ("", NOW, "2025-11", "2099", "9999-12-31"):
        assert known_day(told_late, known) == ""
        assert item(told_late, "ÆØ-1", known=known) == item(told_late, "ÆØ-1")
    assert known_day(told_late, "2025-10") == "2025-10-31"
    assert known_day(told_late, "..2025-09-30") == "2025-09-30"


@pytest.mark.parametrize("known", ["engang", "2025-13-01", "2025-09-01..", "31-13-2025", "0000-01-01"])
def test_a_day_that_cannot_be_read_is_told_as_such(gov, known):
    for ask in (items, seats, report):
        assert problems(ask, gov, known=known)
    for ask in (item, steps, history):
        assert problems(ask, gov, "ÆØ-1", known=known)
    assert problems(way, gov, "ÆØ-1", "besluttet", known=known)


def test_an_unknown_item_is_told_with_what_it_may_have_been(each_gov):
    new(each_gov, "ÆØ-1716")
    for ask in (item, steps, history):
        assert problems(ask, each_gov, "ØÆ-1716") == ["there is no item `ØÆ-1716`; did you mean `ÆØ-1716`?"]
    assert problems(way, each_gov, "1716", "besluttet") == [
        "there is no item `1716`; did you mean `ÆØ-1716`?"
    ]


def test_a_refused_step_is_told_with_its_reasons_as_known(each_gov, clock):
    clock.set(BEGUN)
    new(each_gov)
    assert not advance(each_gov, "ÆØ-1", "bestil", "kombit").allowed
    clock.set(LATER)
    walk(each_gov, "ÆØ-1", DECIDED)
    clock.set(NOW)
    _, refused = item(each_gov, "ÆØ-1", known=BEGUN).events
    assert refused.kind == "refused"
    assert {each.rule: each.verdict for each in refused.findings}["bestil/from"] is Verdict.BROKEN
    assert item(each_gov, "ÆØ-1", known=BEGUN).machine.visited == ("indmeldt",)


def test_the_last_hour_of_the_calendar_is_a_day_like_another(gov, clock):
    clock.now = datetime(9999, 12, 31, 23, 30, tzinfo=UTC)
    assert gov.today == date.max
    assert end_of(date.max) == datetime.max.replace(tzinfo=UTC)
    assert end_of(date(2025, 6, 1)) == datetime(2025, 6, 1, 22, tzinfo=UTC)
    assert items(gov) == ()
    assert items(gov, known="9999-12-31") == ()
