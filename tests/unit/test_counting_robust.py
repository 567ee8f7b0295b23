"""How firmly a result stands: in points, by the ballots cast, and by those that are missing."""

from fractions import Fraction

import pytest

from governance.counting import Cut, Decisive, Margin, Method, Paper, Turn, robustness
from governance.model import RequestError

TREES = ("eg", "bøg", "ask")
NINE = [f"k{number}" for number in range(9)]


def scored(most=5, budget=8, places=None):
    limits = (None if limit is None else Fraction(limit) for limit in (most, budget))
    return Method("sum", *limits, places=places)


def judged(method, *ballots, missing=0, choices=TREES):
    cast = [Paper(NINE[number], scores) for number, scores in enumerate(ballots)]
    return robustness(method, choices, cast, NINE[: len(ballots) + missing])


def changes(found):
    return {(margin.first, margin.second): margin.changes for margin in found.margins}


def missing(found):
    return {(margin.first, margin.second): margin.missing for margin in found.margins}


def test_a_strict_order_takes_as_many_changes_as_the_points_between():
    found = judged(scored(), {"eg": 5, "bøg": 3}, {"eg": 2})
    assert changes(found) == {("eg", "bøg"): 4, ("bøg", "ask"): 3}


def test_a_tie_takes_one_change_where_there_is_a_point_to_take():
    assert changes(judged(scored(budget=4), {"eg": 2, "bøg": 2}))["eg", "bøg"] == 1


def test_a_tie_at_nothing_takes_two_changes_where_the_budget_is_spent_on_others():
    spent = judged(scored(budget=3), {"eg": 3}, {"eg": 3})
    saved = judged(scored(budget=3), {"eg": 3}, {"eg": 2})
    assert changes(spent)["bøg", "ask"] == 2
    assert changes(saved)["bøg", "ask"] == 1


def test_a_tie_that_nobody_can_break_is_told_as_none():
    assert changes(judged(scored())) == {("eg", "bøg"): None, ("bøg", "ask"): None}
    assert changes(judged(scored(most=0), {}))["eg", "bøg"] is None
    assert changes(judged(scored(budget=0), {}))["eg", "bøg"] is None
    assert changes(judged(scored(most=None, budget=None), {}))["eg", "bøg"] == 1


def test_borda_tells_points_and_says_that_changes_are_not_measured():
    found = judged(Method("borda", places=1), {"eg": 1, "bøg": 2, "ask": 3}, {"eg": 1})
    assert not found.measured
    assert found.margins[0] == Margin("eg", "bøg", Fraction(3), None, None, at_cut=True)
    assert found.cut == Cut(None, None, None)
    assert judged(scored()).measured


def test_the_pair_at_the_cut_is_marked():
    found = judged(scored(places=2), {"eg": 3, "bøg": 2})
    assert [margin.at_cut for margin in found.margins] == [False, True]
    assert [margin.at_cut for margin in judged(scored(), {"eg": 3}).margins] == [False, False]


def test_other_choices_are_in_once_the_first_left_out_reaches_the_last_that_is_in():
    found = judged(scored(places=2), {"eg": 5, "bøg": 3}, {"bøg": 1, "ask": 1})
    assert found.cut == Cut(3, ("bøg", "ask"), None)


def test_a_tie_on_the_line_is_settled_by_one_point_or_by_one_taken_from_another():
    assert judged(scored(budget=4, places=1), {"eg": 1, "bøg": 1}).cut == Cut(1, ("eg", "bøg"), None)
    spent = judged(scored(most=5, budget=4, places=2), {"eg": 4}, {"eg": 4})
    assert spent.cut == Cut(2, ("bøg", "ask"), None)


def test_the_pair_told_is_one_that_the_changes_turn():
    room_for_ask, spent = {"eg": 1, "bøg": 1}, {"ask": 1, "elm": 1, "pil": 1}
    found = judged(
        Method("approval", budget=Fraction(3), places=1), room_for_ask, spent, choices=(*TREES, "elm", "pil")
    )
    assert found.cut == Cut(1, ("ask", "eg"), None)


def test_where_a_tie_on_the_line_is_dear_a_choice_that_is_in_may_be_cheaper_to_lower():
    assert judged(scored(budget=1, places=2), {"eg": 1}).cut == Cut(1, ("eg", "bøg"), None)


def test_where_all_tied_have_all_the_points_there_are_each_one_too_many_must_lose_one():
    all_of_it = {"eg": 1, "bøg": 1, "ask": 1}
    two_too_many = judged(Method("approval", places=1), all_of_it, all_of_it)
    one_too_many = judged(Method("approval", places=2), all_of_it, all_of_it)
    assert two_too_many.cut == Cut(2, ("eg", "ask"), None)
    assert one_too_many.cut == Cut(1, ("eg", "ask"), None)


def test_where_all_or_none_are_wanted_nothing_changes_who_is_in():
    for places in (0, 3, 4):
        assert judged(scored(places=places), {"eg": 1}, missing=3).cut == Cut(None, None, None)
    assert judged(scored(), {"eg": 1}).cut is None


def test_a_cast_ballot_is_decisive_when_a_pair_would_stand_otherwise_without_it():
    found = judged(scored(), {"eg": 3}, {"bøg": 2}, {"ask": 1, "bøg": 0})
    assert found.decisive == (
        Decisive("k0", (Turn("eg", "bøg", "above", "below"), Turn("eg", "ask", "above", "below")), None),
        Decisive("k1", (Turn("bøg", "ask", "above", "below"),), None),
    )


def test_a_cast_ballot_that_breaks_a_tie_or_makes_one_is_decisive():
    made = judged(scored(), {"eg": 2}, {"bøg": 2})
    assert [each.turns for each in made.decisive] == [
        (Turn("eg", "bøg", "level", "below"), Turn("eg", "ask", "above", "level")),
        (Turn("eg", "bøg", "level", "above"), Turn("bøg", "ask", "above", "level")),
    ]


def test_a_decisive_ballot_tells_who_would_be_in_without_it():
    found = judged(scored(places=1), {"eg": 3}, {"bøg": 2})
    assert [(each.caster, each.inside) for each in found.decisive] == [("k0", ("bøg",)), ("k1", None)]


def test_a_ballot_without_which_all_stands_as_it_does_is_not_decisive():
    assert judged(scored(places=1), {"eg": 5, "bøg": 1}, {"eg": 5, "bøg": 1}, {}).decisive == ()


def test_the_missing_are_the_entitled_who_have_not_cast():
    assert judged(scored(), {"eg": 1}, missing=2).missing == ("k1", "k2")
    assert judged(scored(), {"eg": 1}).missing == ()


def test_so_many_missing_ballots_turn_a_pair_as_can_give_the_points_between():
    cast = {"eg": 5}, {"eg": 5}, {"eg": 1}
    assert missing(judged(scored(), *cast, missing=3))["eg", "bøg"] == 3
    assert missing(judged(scored(), *cast, missing=2))["eg", "bøg"] is None
    assert missing(judged(scored(budget=4), {"eg": 4}, missing=1))["eg", "bøg"] == 1
    assert missing(judged(scored(budget=4), {"eg": 4}, {"eg": 1}, missing=1))["eg", "bøg"] is None
    assert missing(judged(scored(None, None), *cast, missing=1))["eg", "bøg"] == 1


def test_a_missing_ballot_breaks_a_tie_where_it_may_give_a_point():
    assert missing(judged(scored(), missing=1))["eg", "bøg"] == 1
    assert missing(judged(scored(most=0), missing=1))["eg", "bøg"] is None
    assert missing(judged(scored()))["eg", "bøg"] is None


def test_a_missing_borda_ballot_gives_a_choice_as_many_points_as_there_are_others():
    cast = {"eg": 1, "ask": 2, "bøg": 3}, {"eg": 1, "ask": 2, "bøg": 3}
    assert missing(judged(Method("borda"), *cast, missing=2)) == {("eg", "ask"): 1, ("ask", "bøg"): 1}
    assert missing(judged(Method("borda"), *cast, cast[0], missing=2)) == {
        ("eg", "ask"): 2,
        ("ask", "bøg"): 2,
    }


def test_missing_ballots_change_who_is_in_by_lifting_the_first_left_out_or_settling_a_tie():
    cast = {"eg": 5, "bøg": 1}, {"eg": 1}
    assert judged(scored(places=1), *cast, missing=1).cut == Cut(5, ("eg", "bøg"), 1)
    assert judged(scored(places=1), *cast, {"eg": 1}, missing=1).cut == Cut(6, ("eg", "bøg"), None)
    assert judged(scored(places=2), {"eg": 5, "bøg": 1}, {"eg": 1}, missing=1).cut == Cut(
        1, ("bøg", "ask"), 1
    )
    assert judged(scored(places=1), {"eg": 1, "bøg": 1}, missing=1).cut == Cut(1, ("eg", "bøg"), 1)


def test_a_wrong_ballot_is_not_measured():
    with pytest.raises(RequestError, match="k0: `eg` has 6 points; give at most 5"):
        judged(scored(), {"eg": 6})
