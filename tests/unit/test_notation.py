"""Values are written as people write them, and read back as they were."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.model import RequestError
from governance.notation import MOST_TEXT, read_value, read_when, write_value
from governance.values import Choice, Kind, Span, day, month_of, number, word

NUMBER, DATE, WORD = Kind("number"), Kind("date"), Kind("word")
SIZE = Kind("scale", ("XS", "S", "M", "L"))
ANSWER = Kind("word", ("ja", "nej"))


def refusal(text: str, kind: Kind) -> RequestError:
    with pytest.raises(RequestError) as caught:
        read_value(text, kind, "estimat")
    return caught.value


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("3", NUMBER, number(3)),
        ("-3", NUMBER, number(-3)),
        ("1/4", NUMBER, number("1/4")),
        (" 1/2 .. 1 ", NUMBER, Span(Fraction(1, 2), Fraction(1))),
        ("1/2..", NUMBER, Span(Fraction(1, 2), None)),
        ("..4", NUMBER, Span(None, Fraction(4))),
        ("2025-09-09", DATE, day(date(2025, 9, 9))),
        ("2025-03", DATE, month_of(2025, 3)),
        ("2024-02", DATE, Span(date(2024, 2, 1), date(2024, 2, 29))),
        ("2025", DATE, Span(date(2025, 1, 1), date(2025, 12, 31))),
        ("..2025-09-09", DATE, Span(None, date(2025, 9, 9))),
        ("2025-03..2025-05", DATE, Span(date(2025, 3, 1), date(2025, 5, 31))),
        ("0001-01-01..9999-12-31", DATE, Span(date.min, date.max)),
        ("M", SIZE, Choice(frozenset({"M"}), SIZE.options)),
        ("XS | M", SIZE, Choice(frozenset({"XS", "M"}), SIZE.options)),
        ("ja|nej", ANSWER, Choice(frozenset({"ja", "nej"}))),
        ("Aalborg | Køge", WORD, word("Aalborg | Køge")),
        ("to\nlinjer", Kind("text"), word("to\nlinjer")),
    ],
)
def test_a_value_is_read_as_people_write_it(text, kind, value) -> None:
    assert read_value(text, kind, "estimat") == value


@pytest.mark.parametrize("text", ["", "0.25", "1/0", "3 4", "..", "4..1", "½", "1e3", "٣", "1" * 13, "x"])
def test_what_is_no_number_is_refused_with_what_would_be_one(text) -> None:
    (said,) = refusal(text, NUMBER).problems
    assert said.da == f"`{text.strip()}` kan ikke stå i `estimat`; skriv et tal som 3, 1/4 eller 1/2..1"
    assert said.en.startswith(f"`{text.strip()}` does not fit `estimat`; write a number such as 3")


@pytest.mark.parametrize(
    "text", ["", "2025-02-29", "2025-13", "25-01-01", "2025-1-1", "0000", "2025-05..2025-03", "..", "i går"]
)
def test_what_is_no_date_is_refused_with_what_would_be_one(text) -> None:
    (said,) = refusal(text, DATE).problems
    assert said.da.startswith(f"`{text}` kan ikke stå i `estimat`; skriv en dato som 2025-09-09")


@pytest.mark.parametrize("text", ["", "m", "XXL", "XS|", "XS|XXL", "XS,M"])
def test_a_word_not_offered_is_refused_with_those_that_are(text) -> None:
    (said,) = refusal(text, SIZE).problems
    assert "et af ordene XS, S, M, L (flere mulige: A|B)" in said.da


@pytest.mark.parametrize("text", ["", "   ", "a" * (MOST_TEXT + 1), "a\x00b", "a\x1bb"])
def test_a_text_is_neither_empty_nor_endless_nor_full_of_control_letters(text) -> None:
    (said,) = refusal(text, Kind("text")).problems
    assert f"en tekst på 1 til {MOST_TEXT} tegn" in said.da
    assert len(said.da) < 200


def test_a_date_for_a_request_is_read_alike() -> None:
    assert read_when(" 2025-03 ") == month_of(2025, 3)
    with pytest.raises(RequestError, match="`marts` is not a date"):
        read_when("marts")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (number("1/4"), "1/4"),
        (Span(Fraction(1, 2), Fraction(1)), "1/2..1"),
        (month_of(2025, 3), "2025-03"),
        (Span(date(2025, 1, 1), date(2025, 12, 31)), "2025"),
        (Span(date(1, 1, 1), date(1, 12, 31)), "0001"),
        (Span(date(2025, 3, 1), date(2025, 3, 30)), "2025-03-01..2025-03-30"),
        (Span(None, date(2025, 9, 9)), "..2025-09-09"),
        (Choice(frozenset({"L", "XS", "M"}), SIZE.options), "XS|M|L"),
        (Choice(frozenset({"nej", "ja"})), "ja|nej"),
        (Span(), "?"),
        (Choice(None), "?"),
    ],
)
def test_a_value_is_written_as_people_would(value, text) -> None:
    assert write_value(value) == text


fractions = st.fractions(-(10**6), 10**6, max_denominator=10**6)
points = st.dates()


def span_of(ends):
    return st.one_of(
        ends.map(lambda end: Span(end, end)),
        st.tuples(ends, ends).map(lambda pair: Span(min(pair), max(pair))),
        ends.map(lambda end: Span(end, None)),
        ends.map(lambda end: Span(None, end)),
    )


@given(span_of(fractions))
def test_a_number_written_is_read_back(value) -> None:
    assert read_value(write_value(value), NUMBER, "n") == value


@given(span_of(points))
def test_a_date_written_is_read_back(value) -> None:
    assert read_value(write_value(value), DATE, "d") == value
    assert read_when(write_value(value)) == value


@given(st.integers(1, 9999), st.integers(1, 12))
def test_a_month_written_is_read_back(year, month) -> None:
    assert read_value(write_value(month_of(year, month)), DATE, "d") == month_of(year, month)


@given(st.sets(st.sampled_from(SIZE.options), min_size=1))
def test_the_words_of_a_scale_written_are_read_back(words) -> None:
    value = Choice(frozenset(words), SIZE.options)
    assert read_value(write_value(value), SIZE, "s") == value


letters = st.characters(exclude_categories=("Cc", "Cs"))


@given(st.text(letters, min_size=1, max_size=60).map(str.strip).filter(bool))
def test_a_text_written_is_read_back(text) -> None:
    assert read_value(write_value(word(text)), Kind("text"), "t") == word(text)


@given(st.text(max_size=40), st.sampled_from([NUMBER, DATE, SIZE, ANSWER, WORD]))
def test_any_text_is_read_or_refused_with_a_sentence(text, kind) -> None:
    try:
        value = read_value(text, kind, "estimat")
    except RequestError as error:
        (said,) = error.problems
        assert said.da != said.en
        assert "estimat" in said.da
    else:
        assert read_value(write_value(value), kind, "estimat") == value
