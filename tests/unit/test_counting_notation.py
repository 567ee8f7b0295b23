"""A ballot is written as one line and read back; what cannot be read is told, all of it at once."""

from fractions import Fraction

import pytest

from governance.counting import read_scores, write_scores
from governance.model import RequestError

CHOICES = ("ÆØ-1765", "ÆØ-1605", "ÆØ-1434/2", "4.2")


def refusals(text):
    with pytest.raises(RequestError) as caught:
        read_scores(text, CHOICES)
    return [problem.da for problem in caught.value.problems]


def test_scores_are_read_in_the_order_of_the_choices():
    read = read_scores(" ÆØ-1434/2 = 1;4.2=0; ÆØ-1765=5 ", CHOICES)
    assert list(read.items()) == [("ÆØ-1765", 5), ("ÆØ-1434/2", 1), ("4.2", 0)]


def test_nothing_written_is_a_blank_ballot():
    assert read_scores("  ", CHOICES) == {}
    assert write_scores({}) == ""


def test_a_number_below_zero_or_not_whole_is_read_and_left_to_the_check():
    read = read_scores("4.2=-3; ÆØ-1605=1/2; ÆØ-1765=4/2", CHOICES)
    assert read == {"4.2": -3, "ÆØ-1605": Fraction(1, 2), "ÆØ-1765": 2}
    assert type(read["ÆØ-1765"]) is int


def test_letters_put_together_from_two_signs_are_the_same_letters():
    assert read_scores("A\u030a=1", ("Å",)) == {"Å": 1}


def test_scores_are_written_by_the_order_of_the_choices_or_by_name():
    scores = {"4.2": 1, "ÆØ-1605": 3, "ÆØ-1765": 5}
    assert write_scores(scores, CHOICES) == "ÆØ-1765=5; ÆØ-1605=3; 4.2=1"
    assert write_scores(scores) == "4.2=1; ÆØ-1605=3; ÆØ-1765=5"
    assert write_scores(scores, ("ÆØ-1765",)) == "ÆØ-1765=5; 4.2=1; ÆØ-1605=3"


@pytest.mark.parametrize("part", ["4.2", "4.2=", "=3", "4.2=1=2"])
def test_what_is_no_choice_and_number_cannot_be_read(part):
    assert refusals(part) == [
        f"`{part}` kan ikke læses; skriv et nummer og et tal som i A-1=3, adskilt af semikolon"
    ]


@pytest.mark.parametrize("number", ["tre", "1,5", "1/0", "٣"])
def test_points_that_are_no_number_are_told_with_their_item(number):
    assert refusals(f"4.2={number}") == [f"`{number}` er ikke et antal point til `4.2`; skriv et tal som 3"]


def test_everything_wrong_with_a_line_is_told_at_once():
    assert refusals("4.2=1; ÆØ-1606=2; 4.2=1; Birkelund=3; 7;") == [
        "`ÆØ-1606` er ikke med i runden; mente du `ÆØ-1605`?",
        "`4.2` står to gange; skriv det én gang",
        "`Birkelund` er ikke med i runden; ret det eller tag det ud",
        "`7` kan ikke læses; skriv et nummer og et tal som i A-1=3, adskilt af semikolon",
        "et semikolon har intet foran eller efter sig; tag det ud",
    ]
