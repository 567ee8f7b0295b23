"""A conclusion and the item's step it took fall together, and a counted round is not opened again."""

import pytest

from governance.service import advance, conclude, correct, meeting, open_round, round_
from tests.service.asking import problems, rows_agree_with_events
from tests.service.meeting import CLOSES, DAY, MEETING, ROUND, agenda, group, planned


def concluded(gov, clock):
    group(gov, clock)
    planned(gov)
    (point,) = agenda(gov, "ÆØ-1")
    clock.set(DAY)
    receipt = conclude(gov, point, "konkluder-undersoegelse")
    assert receipt.allowed
    return point, receipt.event


def shown(gov, point):
    points = [each for _, points in meeting(gov, MEETING).sections for each in points if each.id == point]
    return points[0]


@pytest.mark.parametrize("half", [0, -1])
def test_correcting_either_half_of_a_conclusion_takes_back_both(each_gov, clock, half):
    gov = each_gov
    point, number = concluded(gov, clock)
    assert shown(gov, point).item_state.id == "under-afklaring"
    correct(gov, number + half, reason="forkert punkt")
    after = shown(gov, point)
    assert (after.concluded, after.item_state.id) == (None, "klar")
    assert rows_agree_with_events(gov)
    assert conclude(gov, point, "konkluder-undersoegelse").allowed


def test_correcting_another_step_takes_back_nothing_else(gov, clock):
    point, _ = concluded(gov, clock)
    other = advance(gov, "ÆØ-2", "afklar", "kombit").event
    correct(gov, other, reason="forkert sag")
    assert shown(gov, point).concluded is not None
    assert shown(gov, point).item_state.id == "under-afklaring"


def test_the_closing_of_a_round_is_not_taken_back_once_the_scores_were_seen(gov, clock):
    group(gov, clock)
    open_round(gov, ROUND, "referencegruppen", closes=CLOSES, choices=["ÆØ-1", "ÆØ-2"])
    closed = advance(gov, ROUND, "luk-runde", "kombit").event
    (said,) = problems(correct, gov, closed, reason="for tidligt")
    assert "the scores were seen" in said
    assert round_(gov, ROUND).closed
