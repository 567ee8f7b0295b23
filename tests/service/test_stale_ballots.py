"""Two who change one organisation's ballot: the later is told; what others cast meanwhile is no conflict."""

import pytest

from governance.model import Conflict
from governance.service import advance, cast, round_
from tests.service.meeting import ROUND, opened_round

FIRST, MINE, THEIRS = {"ÆØ-1": "5"}, {"ÆØ-1": "1"}, {"ÆØ-2": "4"}


@pytest.fixture
def seen(gov, clock):
    """The version of a round in which Odense has scored."""
    opened_round(gov, clock)
    assert cast(gov, ROUND, "Odense", FIRST).allowed
    return round_(gov, ROUND).version


def test_a_change_of_a_ballot_that_was_changed_meanwhile_is_refused_and_says_so(gov, seen):
    theirs = cast(gov, ROUND, "Odense", THEIRS, change=True, version=seen)
    assert theirs.allowed
    with pytest.raises(Conflict) as stale:
        cast(gov, ROUND, "Odense", MINE, change=True, version=seen)
    assert stale.value.events == (theirs.event,)
    assert [each.en for each in stale.value.meanwhile] == ["Change scores (the reference group)"]
    assert round_(gov, ROUND, own="Odense").own == THEIRS
    assert cast(gov, ROUND, "Odense", MINE, change=True, version=theirs.version).allowed
    assert round_(gov, ROUND, own="Odense").own == MINE


def test_what_other_organisations_cast_meanwhile_is_no_conflict(gov, seen):
    assert cast(gov, ROUND, "Vejle", FIRST, version=seen).allowed
    assert cast(gov, ROUND, "Aalborg", FIRST, version=seen).allowed
    assert cast(gov, ROUND, "Odense", MINE, change=True, version=seen).allowed


def test_a_refused_try_of_the_same_organisation_is_no_conflict(gov, seen):
    assert not cast(gov, ROUND, "Odense", {"ÆØ-1": "99"}, change=True, version=seen).allowed
    assert cast(gov, ROUND, "Odense", MINE, change=True, version=seen).allowed


def test_a_first_ballot_that_somebody_cast_meanwhile_is_stale(gov, seen):
    assert cast(gov, ROUND, "Vejle", FIRST, version=seen).allowed
    with pytest.raises(Conflict):
        cast(gov, ROUND, "Vejle", MINE, version=seen)


def test_a_ballot_cast_as_any_step_is_stale_in_the_same_way(gov, seen):
    ballot = {"organisation": " Odense ", "scores": "ÆØ-1=1"}
    assert cast(gov, ROUND, "Odense", THEIRS, change=True).allowed
    with pytest.raises(Conflict):
        advance(gov, ROUND, "ret-point", "referencegruppen", inputs=ballot, version=seen)
    other = {**ballot, "organisation": "Vejle"}
    assert advance(gov, ROUND, "giv-point", "referencegruppen", inputs=other, version=seen).allowed


@pytest.mark.parametrize("version", [-1, 0, 99])
def test_a_version_that_the_round_never_had_is_stale(gov, seen, version):
    with pytest.raises(Conflict):
        cast(gov, ROUND, "Vejle", FIRST, version=version)
