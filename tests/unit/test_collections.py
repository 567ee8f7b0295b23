"""Conditions and values over collections, open or closed, with rows perhaps there."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from governance.conditions.judge import judge, value_of
from governance.conditions.nodes import (
    Compare,
    Count,
    Distinct,
    Each,
    Exists,
    Extreme,
    Fact,
    Reading,
    Rows,
    Share,
    Shift,
)
from governance.conditions.rows import Row
from governance.values import Choice, Span, Truth, month_of, number, word
from tests.unit.rows import (
    F,
    T,
    U,
    literal,
    on,
    scope,
    track,
)

TRACKS = Rows("tracks", "item", "track")
BIG_TRACK = Compare(Fact("n", "track"), "at_least", literal(3))


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
