"""Every kind of condition: when it holds, when it fails, when it cannot be known, and the reason it gives."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from governance.conditions.judge import holds, judge, value_of
from governance.conditions.nodes import (
    About,
    ActDone,
    All,
    AnyOf,
    Compare,
    Fact,
    Literal,
    Not,
    OneOf,
    Reading,
    ReadingHolds,
    Recorded,
    Shift,
)
from governance.conditions.rows import told
from governance.values import Choice, Span, ValueMismatch, month_of, number, word
from tests.unit.rows import (
    SIZES,
    F,
    T,
    U,
    act,
    literal,
    on,
    scope,
    size,
    track,
)

LARGE = Compare(Fact("size", "item"), "at_least", Literal(size("L")))
TOWN = OneOf(Fact("town", "item"), (literal("Ask"), literal("Birk")))
NEAR = About(Fact("date", "item"), Literal(on("2025-03-20")), literal(5), Reading("two"))


# -------------------------------------------------------------------------- comparing one value


@pytest.mark.parametrize(
    ("known", "truth"),
    [({"size": size("L")}, T), ({"size": size("M")}, F), ({"size": size("M", "L")}, U), ({}, U)],
)
def test_a_comparison_tells_what_was_seen_and_what_was_wanted(known, truth) -> None:
    reason = judge(LARGE, scope(**known))
    assert (reason.truth, reason.subject) == (truth, "I")
    assert (reason.seen, reason.wanted) == (known.get("size", size(*SIZES)), size("L"))


@pytest.mark.parametrize(
    ("town", "truth"),
    [
        (word("Ask"), T),
        (word("El"), F),
        (Choice(frozenset({"Ask", "Birk"})), T),
        (Choice(frozenset({"Ask", "El"})), U),
    ],
)
def test_one_of_holds_when_all_it_can_be_is_listed(town, truth) -> None:
    reason = judge(TOWN, scope(town=town))
    assert (reason.truth, reason.seen, reason.wanted) == (truth, town, Choice(frozenset({"Ask", "Birk"})))


@pytest.mark.parametrize(
    ("when", "truth"),
    [
        (on("2025-03-15"), T),
        (on("2025-03-22"), T),
        (on("2025-03-14"), F),
        (on("2025-03-23"), F),
        (month_of(2025, 3), U),
        (month_of(2025, 4), F),
    ],
)
def test_about_reaches_so_many_days_before_and_after(when, truth) -> None:
    reason = judge(NEAR, scope(date=when))
    assert (reason.truth, reason.seen) == (truth, when)
    assert reason.wanted == Span(date(2025, 3, 15), date(2025, 3, 22))


def test_about_an_unknown_date_is_unknown() -> None:
    assert holds(NEAR, scope()) is U


def test_recorded_asks_the_record_and_is_never_unknown() -> None:
    asked = Recorded("n", "item")
    assert judge(asked, scope(n=Span(Fraction(1), None))).truth is T
    reason = judge(asked, scope())
    assert (reason.truth, reason.subject, reason.seen) == (F, "I", None)


def test_a_fact_of_a_link_nobody_recorded_is_unknown_not_that_of_a_link_further_out() -> None:
    inner = track("T")
    whole = told("item", "W", {"n": number(9)})
    outer = scope()
    item = replace(outer.row("item"), links={"whole": whole})
    seen = replace(outer, named=(("item", item), ("track", inner)))
    assert seen.fact("n", "whole") == Span()
    assert seen.row("whole").id == ""
    assert replace(seen, named=(("item", item),)).fact("n", "whole") == number(9)


# ---------------------------------------------------------------------------------- connectives


@pytest.mark.parametrize(
    ("known", "both", "either"),
    [
        ({"size": size("L"), "town": word("Ask")}, T, T),
        ({"size": size("L")}, U, T),
        ({"size": size("S")}, F, U),
        ({"size": size("S"), "town": word("El")}, F, F),
    ],
)
def test_all_and_any_keep_the_reason_of_every_part(known, both, either) -> None:
    for condition, truth in ((All((LARGE, TOWN)), both), (AnyOf((LARGE, TOWN)), either)):
        reason = judge(condition, scope(**known))
        assert reason.truth is truth
        assert [part.condition for part in reason.parts] == [LARGE, TOWN]


@pytest.mark.parametrize(("known", "truth"), [({"size": size("S")}, T), ({"size": size("L")}, F), ({}, U)])
def test_not_turns_true_and_false_round_and_keeps_the_reason(known, truth) -> None:
    reason = judge(Not(LARGE), scope(**known))
    assert reason.truth is truth
    assert reason.parts[0].truth is truth.negated


@pytest.mark.parametrize(("known", "truth"), [({"size": size("L")}, T), ({"size": size("S")}, F), ({}, U)])
def test_a_reading_that_is_a_condition_is_judged_as_it_is_read(known, truth) -> None:
    reason = judge(ReadingHolds("large"), scope(**known))
    assert (reason.truth, reason.parts[0].condition) == (truth, LARGE)


def test_a_reading_is_a_condition_or_a_value_never_taken_for_the_other() -> None:
    with pytest.raises(ValueMismatch, match="two is a value"):
        judge(ReadingHolds("two"), scope())
    with pytest.raises(ValueMismatch, match="large is a condition"):
        value_of(Reading("large"), scope())


# ----------------------------------------------------------------------------------------- acts

APPROVED = ActDone(("approval",), "item", ("council",))


def test_an_act_by_the_right_body_in_this_round_counts() -> None:
    assert judge(APPROVED, scope(acts=[act("approval", "council", on("2025-03-01"))])).truth is T


def test_no_act_in_a_complete_record_was_not_done_and_in_an_open_one_is_unknown() -> None:
    closed, open_ = judge(APPROVED, scope()), judge(APPROVED, scope(closed=False))
    assert (closed.truth, closed.open_list) == (F, False)
    assert (open_.truth, open_.open_list, open_.subject) == (U, True, "I")


@pytest.mark.parametrize(
    ("done", "failed"),
    [
        (act("approval", "board", on("2025-03-01")), "by"),
        (act("approval", "council", on("2025-03-01"), current="nej"), "round"),
        (act("approval", "council", on("2025-03-01"), stands="nej"), "stands"),
        (replace(act("approval", "council", on("2025-04-01")), there=F), "there"),
    ],
)
def test_an_act_that_fails_one_test_is_shown_as_a_near_miss(done, failed) -> None:
    reason = judge(APPROVED, scope(acts=[done]))
    assert reason.truth is F
    assert [(near.row, near.failed, near.truth) for near in reason.near] == [(done.id, failed, F)]
    assert dict(reason.near[0].words)["on"] == done.facts["on"]


def test_an_act_that_fails_two_tests_or_is_another_act_is_no_near_miss() -> None:
    acts = [
        act("approval", "board", on("2025-03-01"), stands="nej"),
        act("decision", "council", on("2025-03-01")),
    ]
    reason = judge(APPROVED, scope(acts=acts))
    assert (reason.truth, reason.near) == (F, ())


def test_an_act_that_may_no_longer_stand_is_unknown_and_near() -> None:
    doubtful = replace(act("approval", "council", on("2025-03-01")), id="a1")
    doubtful = replace(doubtful, facts={**doubtful.facts, "stands": Choice(frozenset({"ja", "nej"}))})
    reason = judge(APPROVED, scope(acts=[doubtful]))
    assert reason.truth is U
    assert [(near.row, near.failed, near.truth) for near in reason.near] == [("a1", "stands", U)]


def test_an_act_from_before_a_reopening_counts_only_where_any_round_does() -> None:
    earlier = [act("approval", "council", on("2024-01-01"), current="nej")]
    assert holds(APPROVED, scope(acts=earlier)) is F
    assert holds(replace(APPROVED, any_round=True), scope(acts=earlier)) is T


@pytest.mark.parametrize(
    ("when", "truth"),
    [(on("2025-03-01"), T), (on("2025-03-09"), F), (month_of(2025, 3), U), (month_of(2025, 2), T)],
)
def test_a_test_on_the_date_of_an_act_is_judged_on_that_act(when, truth) -> None:
    back = Shift(Fact("on", "request"), literal(7), "days", back=True)
    in_time = replace(APPROVED, tests=(Compare(Fact("on", "act"), "no_later_than", back),))
    reason = judge(in_time, scope(acts=[act("approval", "council", when)]))
    assert reason.truth is truth
    assert [near.failed for near in reason.near] == ([] if truth is T else ["where"])


@pytest.mark.parametrize(("person", "truth"), [(word("p2"), T), (word("p1"), F), (None, U)])
def test_an_act_by_another_person_than_the_one_who_asks(person, truth) -> None:
    other = Not(Compare(Fact("person", "act"), "is", Fact("person", "request")))
    asked = replace(APPROVED, tests=(other,))
    more = {} if person is None else {"person": person}
    assert holds(asked, scope(acts=[act("approval", "council", on("2025-03-01"), **more)])) is truth
