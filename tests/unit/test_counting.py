"""A round is counted as its method says, ties are shown and not broken, and a wrong ballot is told why."""

from fractions import Fraction

import pytest

from governance.counting import Method, Paper, check, count
from governance.model import RequestError

SUM = Method("sum", most=Fraction(5), budget=Fraction(8))
APPROVAL = Method("approval", budget=Fraction(2))
BORDA = Method("borda")
TREES = ("eg", "bøg", "ask", "elm")


def papers(*ballots):
    return [Paper(f"kommune-{number}", scores) for number, scores in enumerate(ballots)]


def totals(method, *ballots, choices=TREES):
    return {tally.choice: tally.total for tally in count(method, choices, papers(*ballots)).tallies}


def column(name, method, *ballots):
    return [(tally.choice, getattr(tally, name)) for tally in count(method, TREES, papers(*ballots)).tallies]


def codes(method, scores):
    return [problem.code for problem in check(method, TREES, scores)]


def test_a_sum_adds_the_points_of_all_ballots():
    assert totals(SUM, {"eg": 3, "ask": 5}, {"eg": 1}) == {"eg": 4, "bøg": 0, "ask": 5, "elm": 0}


def test_an_approval_counts_the_ballots_that_name_a_choice():
    assert totals(APPROVAL, {"eg": 1, "ask": 1}, {"eg": 1, "elm": 0}) == {
        "eg": 2,
        "bøg": 0,
        "ask": 1,
        "elm": 0,
    }


def test_borda_gives_a_point_for_each_choice_ranked_below():
    assert totals(BORDA, {"eg": 1, "bøg": 2, "ask": 3, "elm": 4}) == {"eg": 3, "bøg": 2, "ask": 1, "elm": 0}


def test_what_borda_leaves_unranked_gets_nothing_or_shares_what_is_left():
    assert totals(BORDA, {"ask": 1}) == {"eg": 0, "bøg": 0, "ask": 3, "elm": 0}
    half = Fraction(1, 2)
    assert totals(Method("borda", blank="shared"), {"ask": 1, "eg": 2}) == {
        "eg": 2,
        "bøg": half,
        "ask": 3,
        "elm": half,
    }
    assert totals(Method("borda", blank="shared"), {}) == dict.fromkeys(TREES, Fraction(3, 2))


def test_equal_totals_share_a_rank_and_the_next_is_skipped():
    ballots = {"eg": 2, "bøg": 1, "ask": 2}, {"elm": 3}
    assert column("rank", SUM, *ballots) == [("elm", 1), ("eg", 2), ("ask", 2), ("bøg", 4)]
    assert column("tied_with", SUM, *ballots) == [
        ("elm", ()),
        ("eg", ("ask",)),
        ("ask", ("eg",)),
        ("bøg", ()),
    ]


def test_a_round_without_ballots_is_one_tie():
    assert column("rank", SUM) == [("eg", 1), ("bøg", 1), ("ask", 1), ("elm", 1)]


def test_a_blank_that_means_zero_was_scored_and_one_that_abstains_was_not():
    ballots = {"eg": 2, "bøg": 0}, {"eg": 1}
    abstaining = Method("sum", most=Fraction(5), blank="abstain")
    assert column("blank", SUM, *ballots) == [("eg", 0), ("bøg", 1), ("ask", 2), ("elm", 2)]
    assert column("scored", SUM, *ballots) == [("eg", 2), ("bøg", 2), ("ask", 2), ("elm", 2)]
    assert column("blank", abstaining, *ballots) == [("eg", 0), ("bøg", 1), ("ask", 2), ("elm", 2)]
    assert column("scored", abstaining, *ballots) == [("eg", 2), ("bøg", 1), ("ask", 0), ("elm", 0)]


def wanted(places, *ballots):
    result = count(Method("sum", places=places), TREES, papers(*ballots))
    return result.those("in"), result.those("line"), result.those("out")


def test_the_choices_with_most_points_are_in():
    assert wanted(2, {"eg": 1, "bøg": 3, "ask": 2}) == (("bøg", "ask"), (), ("eg", "elm"))


def test_a_tie_across_the_cut_puts_all_tied_on_the_line():
    assert wanted(2, {"eg": 2, "bøg": 3, "ask": 2}) == (("bøg",), ("eg", "ask"), ("elm",))
    assert wanted(1, {}) == ((), TREES, ())


def test_a_tie_above_or_below_the_cut_leaves_nothing_on_the_line():
    assert wanted(2, {"eg": 2, "ask": 2, "elm": 1}) == (("eg", "ask"), (), ("elm", "bøg"))
    assert wanted(1, {"eg": 2, "bøg": 1, "ask": 1}) == (("eg",), (), ("bøg", "ask", "elm"))


def test_when_as_many_are_wanted_as_there_are_all_are_in():
    assert wanted(4, {}) == (TREES, (), ())
    assert wanted(9, {}) == (TREES, (), ())
    assert wanted(0, {"eg": 1}) == ((), (), ("eg", "bøg", "ask", "elm"))


def test_without_a_number_wanted_nothing_is_in_or_out():
    assert {outcome for _, outcome in column("outcome", SUM, {"eg": 1})} == {None}


def test_a_round_with_a_wrong_ballot_is_not_counted_and_all_is_told():
    wrong = [Paper("Lolland", {"eg": 6}), Paper("Horsens", {"eg": -1}), Paper("Horsens", {})]
    with pytest.raises(RequestError) as caught:
        count(SUM, TREES, wrong)
    assert [problem.da for problem in caught.value.problems] == [
        "Lolland: `eg` har fået 6 point; giv højst 5",
        "Horsens: `eg` har fået -1 point; giv 0 eller flere",
        "Horsens: har 2 stemmesedler; der skal være én",
    ]


@pytest.mark.parametrize(
    ("method", "sound", "wrong", "code"),
    [
        (SUM, {"eg": 1}, {"pil": 1}, "unknown-choice"),
        (SUM, {"eg": 0}, {"eg": -1}, "negative"),
        (SUM, {"eg": 5}, {"eg": 6}, "over-most"),
        (APPROVAL, {"eg": 1}, {"eg": 2}, "over-most"),
        (SUM, {"eg": Fraction(2)}, {"eg": Fraction(3, 2)}, "not-whole"),
        (SUM, {"eg": 5, "ask": 3}, {"eg": 5, "ask": 4}, "over-budget"),
        (APPROVAL, {"eg": 1, "ask": 1}, {"eg": 1, "ask": 1, "elm": 1}, "over-budget"),
        (BORDA, {"eg": 1}, {"eg": 1, "pil": 2}, "unknown-choice"),
        (BORDA, {"eg": 2, "ask": 1}, {"eg": 1, "ask": 1}, "rank-twice"),
        (BORDA, {"eg": 2, "ask": 1}, {"eg": 3, "ask": 1}, "rank-gap"),
    ],
)
def test_a_ballot_that_breaks_the_method_is_told_by_code(method, sound, wrong, code):
    assert codes(method, sound) == []
    assert codes(method, wrong) == [code]


def test_an_unknown_choice_still_holds_its_rank():
    assert codes(BORDA, {"pil": 1, "eg": 2}) == ["unknown-choice"]


def test_a_rank_is_a_whole_number_from_one():
    assert codes(BORDA, {"eg": 1, "ask": 0}) == ["below-one", "rank-gap"]
    assert codes(BORDA, {"eg": Fraction(3, 2), "ask": 1}) == ["not-whole", "rank-gap"]


def test_an_unlimited_sum_takes_any_points():
    assert codes(Method("sum"), {"eg": 10**9, "ask": 10**9}) == []
    assert codes(Method("sum", most=Fraction(0)), {"eg": 0}) == []
    assert codes(Method("sum", most=Fraction(0)), {"eg": 1}) == ["over-most"]


def test_a_limit_between_two_whole_numbers_is_the_lower_one():
    halves = Method("sum", most=Fraction(5, 2), budget=Fraction(7, 2))
    assert codes(halves, {"eg": 2, "ask": 1}) == []
    assert [problem.text.da for problem in check(halves, TREES, {"eg": 3, "ask": 1})] == [
        "`eg` har fået 3 point; giv højst 2",
        "der er givet 4 point i alt, 1 for meget; giv højst 3",
    ]


def test_all_that_is_wrong_with_a_ballot_is_told_at_once_in_the_order_of_the_choices():
    found = check(SUM, TREES, {"bog": 2, "elm": 6, "eg": Fraction(-1, 2), "ask": 5})
    assert [(problem.code, problem.text.da) for problem in found] == [
        ("unknown-choice", "`bog` er ikke med i runden; mente du `bøg`?"),
        ("not-whole", "`eg` har fået -1/2; skriv et helt tal"),
        ("negative", "`eg` har fået -1/2 point; giv 0 eller flere"),
        ("over-most", "`elm` har fået 6 point; giv højst 5"),
        ("over-budget", "der er givet 13 point i alt, 5 for meget; giv højst 8"),
    ]
    assert found[-1].text.en == "13 points given in all, 5 too many; give at most 8"


def test_a_wrong_ranking_names_the_choices_and_the_ranks():
    found = check(BORDA, TREES, {"eg": 4, "bøg": 4, "ask": 1})
    assert [problem.text.da for problem in found] == [
        "`eg`, `bøg` har samme nummer, 4; giv hver sit nummer",
        "numrene springer 2 over; brug 1, 2, 3 og frem uden huller",
    ]


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"kind": "plurality"}, "is no method"),
        ({"kind": "sum", "blank": "shared"}, "is no blank of `sum`"),
        ({"kind": "borda", "blank": "abstain"}, "is no blank of `borda`"),
        ({"kind": "borda", "budget": Fraction(3)}, "neither `most` nor `budget`"),
        ({"kind": "approval", "most": Fraction(2)}, "`most` of `approval` is 1"),
        ({"kind": "sum", "places": -1}, "never below zero"),
    ],
)
def test_a_method_whose_parts_do_not_fit_cannot_be_made(parts, message):
    with pytest.raises(ValueError, match=message):
        Method(**parts)
