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
    Count,
    Distinct,
    Each,
    Exists,
    Extreme,
    Fact,
    Literal,
    Not,
    OneOf,
    Reading,
    ReadingHolds,
    Recorded,
    Rows,
    Share,
    Shift,
)
from governance.conditions.rows import Listing, Row, Scope, told
from governance.values import Choice, Kind, Span, Truth, ValueMismatch, day, month_of, number, word

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
SIZES = ("S", "M", "L")
KINDS = {
    "n": Kind("number"),
    "date": Kind("date"),
    "on": Kind("date"),
    "size": Kind("scale", SIZES),
    "town": Kind("word"),
    "person": Kind("word"),
    "vote": Kind("word", ("for", "imod")),
    "current_round": Kind("word", ("ja", "nej")),
    "stands": Kind("word", ("ja", "nej")),
    "act": Kind("word"),
    "body": Kind("word"),
}
READINGS = {
    "large": Compare(Fact("size", "item"), "at_least", Literal(Choice(frozenset("L"), SIZES))),
    "two": number(2),
}
TODAY = day(date(2025, 3, 10))


def size(*options: str) -> Choice:
    return Choice(frozenset(options), SIZES)


def on(text: str) -> Span:
    return day(date.fromisoformat(text))


def act(name: str, body: str, when: Span, stands: str = "ja", current: str = "ja", **more) -> Row:
    facts = {
        "act": word(name),
        "body": word(body),
        "on": when,
        "stands": word(stands),
        "current_round": word(current),
    }
    return told("act", f"{name}-{body}", {**facts, **more})


def track(name: str, there: Truth = T, **facts) -> Row:
    return replace(told("item", name, facts), there=there)


def scope(*, acts=(), tracks=(), closed: bool = True, **facts) -> Scope:
    lists = {"acts": Listing(tuple(acts), closed), "tracks": Listing(tuple(tracks), closed)}
    item = replace(told("item", "I", facts), lists=lists)
    request = told("request", "request", {"on": TODAY, "person": word("p1")})
    return Scope((("request", request), ("item", item)), TODAY, READINGS.__getitem__, unknown)


def unknown(_scope: str, fact: str):
    return KINDS[fact].unknown()


def literal(value) -> Literal:
    if isinstance(value, str):
        return Literal(word(value))
    return Literal(number(value) if isinstance(value, int | Fraction) else value)


LARGE = Compare(Fact("size", "item"), "at_least", Literal(size("L")))
TOWN = OneOf(Fact("town", "item"), (literal("Ask"), literal("Birk")))
NEAR = About(Fact("date", "item"), Literal(on("2025-03-20")), literal(5), Reading("two"))
TRACKS = Rows("tracks", "item", "track")
BIG_TRACK = Compare(Fact("n", "track"), "at_least", literal(3))


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


# ----------------------------------------------------------------------------------- collections


@pytest.mark.parametrize(
    ("tracks", "closed", "truth"),
    [
        ([track("A", n=number(3))], False, T),
        ([track("A", n=number(1))], True, F),
        ([track("A", n=number(1))], False, U),
        ([track("A")], True, U),
        ([track("A", there=U, n=number(3))], True, U),
        ([], True, F),
    ],
)
def test_some_row_satisfies(tracks, closed, truth) -> None:
    reason = judge(Exists(TRACKS, BIG_TRACK), scope(tracks=tracks, closed=closed))
    assert (reason.truth, reason.open_list) == (truth, not closed)
    assert reason.subject == "I"


@pytest.mark.parametrize(
    ("tracks", "closed", "truth"),
    [
        ([track("A", n=number(3)), track("B", n=number(4))], True, T),
        ([track("A", n=number(3)), track("B", n=number(1))], False, F),
        ([track("A", n=number(3))], False, U),
        ([track("A", n=number(3)), track("B")], True, U),
        ([track("A", there=U, n=number(1))], True, U),
        ([track("A", there=F, n=number(1))], True, T),
        ([], True, T),
        ([], False, U),
    ],
)
def test_every_row_satisfies(tracks, closed, truth) -> None:
    assert judge(Each(TRACKS, BIG_TRACK), scope(tracks=tracks, closed=closed)).truth is truth


def test_the_reason_of_each_names_the_rows_that_do_not_satisfy() -> None:
    reason = judge(Each(TRACKS, BIG_TRACK), scope(tracks=[track("A", n=number(3)), track("B", n=number(1))]))
    assert [(part.subject, part.truth) for part in reason.parts] == [("B", F)]
    assert reason.parts[0].parts[0].seen == number(1)


def test_a_where_never_hides_a_row_that_fails_nothing_else() -> None:
    here = replace(TRACKS, where=Compare(Fact("town", "track"), "is", literal("Ask")))
    reason = judge(Exists(here, BIG_TRACK), scope(tracks=[track("A", n=number(3), town=word("El"))]))
    assert reason.truth is F
    assert [(near.row, near.failed, near.truth) for near in reason.near] == [("A", "where", F)]


def numbers(low, high) -> Span:
    return Span(None if low is None else Fraction(low), None if high is None else Fraction(high))


@pytest.mark.parametrize(
    ("tracks", "closed", "counted"),
    [
        ([track("A"), track("B")], True, number(2)),
        ([track("A"), track("B", there=U)], True, numbers(1, 2)),
        ([track("A")], False, numbers(1, None)),
        ([track("A", there=F)], True, number(0)),
    ],
)
def test_a_count_is_the_range_of_what_it_may_turn_out_to_be(tracks, closed, counted) -> None:
    assert value_of(Count(TRACKS), scope(tracks=tracks, closed=closed)) == counted


def test_a_count_with_a_condition_counts_those_that_pass() -> None:
    rows = replace(TRACKS, where=BIG_TRACK)
    tracks = [track("A", n=number(3)), track("B", n=number(1)), track("C")]
    assert value_of(Count(rows), scope(tracks=tracks)) == numbers(1, 2)


def towns(*names: str | None) -> list[Row]:
    return [
        track(str(place), **({} if name is None else {"town": Choice(frozenset(name.split("|")))}))
        for place, name in enumerate(names)
    ]


@pytest.mark.parametrize(
    ("names", "group", "different", "share"),
    [
        (("Ask", "Ask", "El"), number(2), number(2), number("2/3")),
        (("Ask", "El", None), numbers(1, 2), numbers(2, 3), Span(Fraction(1, 3), Fraction(2, 3))),
        (("Ask", "Ask|El"), numbers(1, 2), numbers(1, 2), Span(Fraction(1, 2), Fraction(1))),
        ((None, None), numbers(1, 2), numbers(1, 2), Span(Fraction(1, 2), Fraction(1))),
        ((), number(0), number(0), Span()),
    ],
)
def test_groups_that_share_a_value_and_how_many_values_there_are(names, group, different, share) -> None:
    seen = scope(tracks=towns(*names))
    assert value_of(Count(TRACKS, "town"), seen) == group
    assert value_of(Distinct("town", TRACKS), seen) == different
    assert value_of(Share(TRACKS, None, "town"), seen) == share


def test_of_an_open_list_only_the_least_is_known() -> None:
    seen = scope(tracks=towns("Ask", "El"), closed=False)
    assert value_of(Count(TRACKS, "town"), seen) == numbers(1, None)
    assert value_of(Distinct("town", TRACKS), seen) == numbers(2, None)
    assert value_of(Share(TRACKS, None, "town"), seen) == numbers(0, 1)


def votes(*cast: str | None, there: Truth = T) -> list[Row]:
    return [
        track(str(n), there=there, **({} if vote is None else {"vote": word(vote)}))
        for n, vote in enumerate(cast)
    ]


@pytest.mark.parametrize(
    ("tracks", "share"),
    [
        (votes("for", "for", "imod"), number("2/3")),
        (votes("for", None, "imod"), Span(Fraction(1, 3), Fraction(2, 3))),
        ([*votes("for"), *votes("imod", there=U)], Span(Fraction(1, 2), Fraction(1))),
        (votes("imod", there=U), Span()),
        ([], Span()),
    ],
)
def test_a_share_is_of_the_rows_that_are_there_and_of_nothing_it_is_unknown(tracks, share) -> None:
    said_for = Compare(Fact("vote", "track"), "is", literal("for"))
    assert value_of(Share(TRACKS, said_for), scope(tracks=tracks)) == share


@pytest.mark.parametrize(
    ("tracks", "closed", "first", "last"),
    [
        (
            [track("A", date=on("2025-01-05")), track("B", date=on("2025-02-05"))],
            True,
            on("2025-01-05"),
            on("2025-02-05"),
        ),
        (
            [track("A", date=on("2025-01-05")), track("B", there=U, date=on("2024-12-01"))],
            True,
            Span(date(2024, 12, 1), date(2025, 1, 5)),
            on("2025-01-05"),
        ),
        (
            [track("A", date=on("2025-01-05"))],
            False,
            Span(None, date(2025, 1, 5)),
            Span(date(2025, 1, 5), None),
        ),
        (
            [track("A", date=month_of(2025, 3)), track("B")],
            True,
            Span(None, date(2025, 3, 31)),
            Span(date(2025, 3, 1), None),
        ),
        ([], True, Span(), Span()),
    ],
)
def test_the_first_and_last_date_are_bounded_by_rows_that_are_certainly_there(
    tracks, closed, first, last
) -> None:
    seen = scope(tracks=tracks, closed=closed)
    assert value_of(Extreme("earliest", "date", TRACKS), seen) == first
    assert value_of(Extreme("latest", "date", TRACKS), seen) == last


def test_a_collection_nobody_mentions_is_open() -> None:
    assert value_of(Count(Rows("relations", "item", "relation")), scope()) == numbers(0, None)


def test_a_date_is_shifted_by_a_reading() -> None:
    moved = Shift(Fact("date", "item"), Reading("two"), "years")
    assert value_of(moved, scope(date=on("2024-02-29"))) == on("2026-02-28")
    assert value_of(moved, scope()) == Span()
