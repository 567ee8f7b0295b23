"""Partly known values compare as true or false only when the answer is the same for all they can be."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.values import (
    Choice,
    Kind,
    Span,
    Truth,
    ValueMismatch,
    all_of,
    any_of,
    at_most,
    compare,
    day,
    hull,
    is_known,
    month_of,
    number,
    one_of,
    same,
    says_nothing,
    shift,
    word,
)

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
SCALE = ("XS", "S", "M", "L", "XL")


def size(*options: str) -> Choice:
    return Choice(frozenset(options), SCALE)


def numbers(low: int | None, high: int | None) -> Span:
    return Span(None if low is None else Fraction(low), None if high is None else Fraction(high))


def on(text: str) -> Span:
    return day(date.fromisoformat(text))


@pytest.mark.parametrize(
    ("truths", "both", "either"),
    [
        ((), T, F),
        ((T,), T, T),
        ((T, U), U, T),
        ((T, F), F, T),
        ((U, F), F, U),
        ((U,), U, U),
        ((F, F), F, F),
    ],
)
def test_and_and_or_are_kleenes(truths, both, either) -> None:
    assert (all_of(truths), any_of(truths)) == (both, either)


def test_not_leaves_unknown_unknown() -> None:
    assert [truth.negated for truth in (T, F, U)] == [F, T, U]


@pytest.mark.parametrize(
    ("left", "operator", "right", "truth"),
    [
        (number(3), "at_least", number(3), T),
        (number(3), "more_than", number(3), F),
        (number("1/4"), "less_than", number("1/3"), T),
        (numbers(2, 4), "at_least", number(2), T),
        (numbers(2, 4), "at_least", number(3), U),
        (numbers(2, 4), "at_least", number(5), F),
        (numbers(2, 4), "more_than", numbers(4, 9), F),
        (numbers(2, 4), "less_than", numbers(4, 9), U),
        (numbers(None, 4), "at_most", number(4), T),
        (numbers(None, 4), "at_least", number(0), U),
        (numbers(2, None), "at_most", number(1), F),
        (Span(), "is", number(1), U),
        (numbers(1, 2), "is", numbers(3, 4), F),
        (numbers(1, 2), "is", numbers(2, 4), U),
        (number(2), "is", number(2), T),
        (on("2025-03-01"), "before", on("2025-03-01"), F),
        (on("2025-03-01"), "no_later_than", on("2025-03-01"), T),
        (month_of(2025, 3), "before", on("2025-04-01"), T),
        (month_of(2025, 3), "after", on("2025-03-15"), U),
        (month_of(2025, 3), "no_earlier_than", on("2025-04-01"), F),
        (size("M"), "at_least", size("L"), F),
        (size("XS", "M"), "at_least", size("L"), F),
        (size("M", "XL"), "at_least", size("L"), U),
        (size("L", "XL"), "at_least", size("L"), T),
        (size(*SCALE), "at_most", size("XL"), T),
        (word("a"), "is", word("a"), T),
        (word("a"), "is", word("b"), F),
        (Choice(frozenset({"a", "b"})), "is", word("a"), U),
        (Choice(frozenset({"a", "b"})), "is", Choice(frozenset({"c"})), F),
        (Choice(None), "is", word("a"), U),
    ],
)
def test_a_comparison_is_definite_only_when_it_is_so_for_the_whole_range(
    left, operator, right, truth
) -> None:
    assert compare(left, operator, right) is truth


@pytest.mark.parametrize(
    ("left", "operator", "right"),
    [
        (word("M"), "at_least", word("L")),
        (size("M"), "at_least", Choice(frozenset({"M"}), ("M", "L"))),
        (number(1), "before", on("2025-01-01")),
        (number(1), "is", on("2025-01-01")),
        (word("a"), "is", number(1)),
        (number(1), "is_nearly", number(1)),
    ],
)
def test_values_of_different_kinds_are_never_compared(left, operator, right) -> None:
    with pytest.raises(ValueMismatch):
        compare(left, operator, right)


def test_a_word_that_can_only_be_one_of_the_options_is_one_of_them() -> None:
    either = Choice(frozenset({"a", "b"}))
    assert one_of(either, [word("a"), word("b"), word("c")]) is T
    assert one_of(either, [word("a")]) is U
    assert one_of(either, [word("c")]) is F
    assert one_of(numbers(1, 2), [number(1), number(2)]) is U
    assert one_of(Choice(None), [word("a")]) is U


@pytest.mark.parametrize(
    ("value", "known", "nothing"),
    [
        (number(1), True, False),
        (numbers(1, 2), False, False),
        (Span(), False, True),
        (word("a"), True, False),
        (Choice(None), False, True),
        (size(*SCALE), False, True),
        (size("M", "L"), False, False),
    ],
)
def test_known_is_one_value_and_nothing_is_any(value, known, nothing) -> None:
    assert (is_known(value), says_nothing(value)) == (known, nothing)


@pytest.mark.parametrize(
    ("kind", "unknown"),
    [
        (Kind("number"), Span()),
        (Kind("date"), Span()),
        (Kind("scale", SCALE), size(*SCALE)),
        (Kind("word", ("ja", "nej")), Choice(frozenset({"ja", "nej"}))),
        (Kind("word"), Choice(None)),
        (Kind("text"), Choice(None)),
    ],
)
def test_the_unknown_value_of_a_kind_says_nothing_beyond_the_kind(kind, unknown) -> None:
    assert kind.unknown() == unknown


def test_the_hull_covers_all_and_nothing_more() -> None:
    assert hull([numbers(1, 2), numbers(4, 6)]) == numbers(1, 6)
    assert hull([numbers(1, None), numbers(0, 2)]) == numbers(0, None)
    assert hull([size("S"), size("XL")]) == size("S", "XL")
    assert hull([word("a"), Choice(None)]) == Choice(None)
    with pytest.raises(ValueMismatch):
        hull([word("a"), number(1)])


@pytest.mark.parametrize(
    ("base", "amount", "unit", "back", "moved"),
    [
        ("2024-02-28", 1, "days", False, "2024-02-29"),
        ("2025-02-28", 1, "days", False, "2025-03-01"),
        ("2024-02-29", 1, "years", False, "2025-02-28"),
        ("2024-02-29", 4, "years", False, "2028-02-29"),
        ("2024-02-29", 1, "years", True, "2023-02-28"),
        ("2025-01-31", 1, "months", False, "2025-02-28"),
        ("2024-01-31", 1, "months", False, "2024-02-29"),
        ("2025-03-31", 1, "months", True, "2025-02-28"),
        ("2025-11-30", 3, "months", False, "2026-02-28"),
        ("2025-01-15", 1, "months", True, "2024-12-15"),
        ("2025-09-09", 10, "days", True, "2025-08-30"),
        ("2025-09-09", 2, "weeks", False, "2025-09-23"),
        ("0001-01-02", 1, "days", True, "0001-01-01"),
        ("9999-12-30", 1, "days", False, "9999-12-31"),
    ],
)
def test_dates_are_moved_by_the_calendar(base, amount, unit, back, moved) -> None:
    assert shift(on(base), number(amount), unit, back=back) == on(moved)


@pytest.mark.parametrize("unit", ["days", "weeks", "months", "years"])
def test_a_date_past_the_calendar_is_only_known_to_lie_beyond_its_end(unit) -> None:
    beyond = shift(day(date.max), number(1), unit)
    assert beyond == Span(date.max, None)
    assert compare(beyond, "after", on("2025-01-01")) is T
    assert shift(day(date.min), number(1), unit, back=True) == Span(None, date.min)
    assert shift(on("2025-01-01"), number(10**9), unit) == Span(date.max, None)


def test_a_partly_known_date_is_moved_at_both_ends_by_a_partly_known_amount() -> None:
    assert shift(month_of(2025, 3), numbers(1, 2), "days") == Span(date(2025, 3, 2), date(2025, 4, 2))
    assert shift(month_of(2025, 3), numbers(1, 2), "days", back=True) == Span(
        date(2025, 2, 27), date(2025, 3, 30)
    )
    assert shift(Span(None, date(2025, 3, 1)), number(1), "days") == Span(None, date(2025, 3, 2))
    assert shift(Span(date(2025, 3, 1), date.max), number(1), "days") == Span(date(2025, 3, 2), None)


def test_only_dates_are_moved_and_only_by_numbers() -> None:
    for base, amount in ((word("a"), number(1)), (on("2025-01-01"), word("a"))):
        with pytest.raises(ValueMismatch):
            shift(base, amount, "days")


def test_a_month_is_all_its_days() -> None:
    assert month_of(2024, 2) == Span(date(2024, 2, 1), date(2024, 2, 29))
    assert month_of(9999, 12) == Span(date(9999, 12, 1), date(9999, 12, 31))


dates = st.dates(date(1900, 1, 1), date(2100, 1, 1))
spans = st.lists(dates, min_size=2, max_size=2).map(lambda ends: Span(min(ends), max(ends)))
amounts = st.integers(0, 500)
units = st.sampled_from(["days", "weeks", "months", "years"])


@given(spans, st.data(), amounts, units, st.booleans())
def test_a_date_in_a_span_is_moved_into_the_span_moved(span, data, amount, unit, back) -> None:
    inside = data.draw(st.dates(span.low, span.high))
    moved = shift(day(inside), number(amount), unit, back=back)
    whole = shift(span, number(amount), unit, back=back)
    assert whole.low <= moved.low <= whole.high


@given(dates, amounts, units)
def test_moving_on_and_back_loses_at_most_three_days(start, amount, unit) -> None:
    there = shift(day(start), number(amount), unit)
    back = shift(there, number(amount), unit, back=True)
    assert timedelta(0) <= start - back.low <= timedelta(days=3)


@given(spans, spans)
def test_at_most_one_of_before_same_and_after_is_true(left, right) -> None:
    truths = [compare(left, operator, right) for operator in ("before", "is", "after")]
    assert truths.count(T) <= 1
    assert any_of(truths) is not F
    assert (compare(left, "before", right) is T) is (compare(right, "no_later_than", left) is F)
    assert at_most(left, right).negated is compare(left, "after", right)
    assert same(left, right) is same(right, left)
