"""Ballots as they were stored, even beyond the method; and ballots that perhaps exist."""

from fractions import Fraction

import pytest

from governance.counting import Method, Paper, count, robustness
from governance.model import RequestError

TREES = ("eg", "bøg", "ask")
FIVE_OF_EIGHT = Method("sum", Fraction(5), Fraction(8), places=1)
BEYOND = [Paper("a", {"eg": 9}), Paper("b", {"bøg": 4})]


def margins(found):
    return [(margin.apart, margin.changes, margin.missing) for margin in found.margins]


def test_a_ballot_beyond_the_method_is_counted_as_stored_only_where_that_is_asked_for():
    for act in (
        lambda: count(FIVE_OF_EIGHT, TREES, BEYOND),
        lambda: robustness(FIVE_OF_EIGHT, TREES, BEYOND, ()),
    ):
        with pytest.raises(RequestError) as error:
            act()
        assert len(error.value.problems) == 2
    result = count(FIVE_OF_EIGHT, TREES, BEYOND, stored=True)
    assert [(tally.choice, tally.total) for tally in result.tallies] == [("eg", 9), ("bøg", 4), ("ask", 0)]
    assert margins(robustness(FIVE_OF_EIGHT, TREES, BEYOND, (), stored=True)) == [(5, 5, None), (4, 4, None)]


def test_sound_ballots_count_the_same_as_stored():
    sound = [Paper("a", {"eg": 5, "bøg": 3}), Paper("b", {"bøg": 2})]
    assert count(FIVE_OF_EIGHT, TREES, sound, stored=True) == count(FIVE_OF_EIGHT, TREES, sound)
    asked = (FIVE_OF_EIGHT, TREES, sound, ("a", "b", "c"))
    assert robustness(*asked, stored=True) == robustness(*asked)


def test_ranks_beyond_the_choices_count_as_stored_too():
    result = count(Method("borda", blank="shared"), TREES, [Paper("a", {"eg": 5, "bøg": 5})], stored=True)
    assert {tally.choice: tally.total for tally in result.tallies} == {"eg": -2, "bøg": -2, "ask": 0}


@pytest.mark.parametrize(("given", "changes"), [(7, 1), (8, 2), (9, 3), (11, 5)])
def test_a_ballot_that_spent_too_much_gives_another_point_only_once_it_is_within_the_budget(given, changes):
    """A tie at nothing breaks by a point for one of the two: what was spent too much is taken back first."""
    method = Method("sum", None, Fraction(8))
    found = robustness(method, TREES, [Paper("a", {"eg": given})], (), stored=True)
    assert found.margins[1].changes == changes


def test_a_ballot_that_may_exist_counts_as_one_that_may_be_missing():
    cast = [Paper("a", {"eg": 5, "bøg": 1}), Paper("b", {"eg": 5})]
    asked = (FIVE_OF_EIGHT, TREES, cast)
    assert margins(robustness(*asked, ("a", "b"))) == [(9, 9, None), (1, 1, None)]
    assert margins(robustness(*asked, ("a", "b", "c"))) == [(9, 9, None), (1, 1, 1)]
    both = robustness(*asked, ("a", "b", "c"), ("c", "x/?", "b"))
    assert (both.missing, both.perhaps) == (("c",), ("x/?",))
    assert margins(both) == [(9, 9, 2), (1, 1, 1)]
    assert both.cut == robustness(*asked, ("a", "b", "c", "d")).cut
