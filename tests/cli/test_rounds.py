"""Rounds on the command line: cast, changed, sealed, closed and told."""

from datetime import timedelta

import pytest

from tests.cli.test_meetings import TODAY, group, kept, planned

__all__ = ["group", "kept"]

CLOSES = TODAY + timedelta(days=10)
OPEN = ("rounds", "open", "runde-1", "--body", "referencegruppen", "--closes", CLOSES)
CAST = ("rounds", "cast", "runde-1", "--as")


@pytest.fixture
def round_(group):
    """An open round over both items."""
    answer = group(*OPEN, "--item", "ÆØ-1", "--item", "ÆØ-2")
    assert answer.code == 0, answer.err
    assert "Kvittering: " in answer.out
    return group


def test_a_round_is_over_the_items_of_its_meeting_unless_some_are_named(group):
    planned(group, CLOSES + timedelta(days=1))
    group("meetings", "put", "møde-1", "prioritering", "--item", "ÆØ-2")
    assert group(*OPEN, "--meeting", "møde-1").code == 0
    view = group("rounds", "show", "runde-1", "--json").json
    assert [each["id"] for each in view["choices"]] == ["ÆØ-2"]
    assert "runde-1" in group("meetings", "show", "møde-1").out


def test_a_round_over_nothing_cannot_be_opened(group):
    answer = group(*OPEN)
    assert (answer.code, answer.out) == (2, "")
    assert group(*OPEN, "--item", "ÆØ-1", "--counting", "x").code == 2
    assert group("rounds", "list").out == "Der er ingen runder.\n"


def test_a_ballot_is_cast_and_changed_with_a_receipt(round_):
    cast = round_(*CAST, "Odense", "ÆØ-1=3", "ÆØ-2=5")
    assert cast.code == 0
    assert "runde-1: Odense har givet point" in cast.out
    assert "Kvittering: " in cast.out
    twice = round_(*CAST, "Odense", "ÆØ-1=3")
    assert twice.code == 1
    assert "point fra Odense er afvist" in twice.out
    assert "K20, brudt: " in twice.out
    assert round_(*CAST, "Odense", "ÆØ-1=4", "--change").code == 0
    own = round_("rounds", "show", "runde-1", "--own", "Odense").out
    assert "Odense har givet: ÆØ-1 4" in own


def test_a_ballot_of_somebody_without_a_seat_is_refused(round_):
    answer = round_(*CAST, "KL", "ÆØ-1=3", "--language", "en")
    assert answer.code == 1
    assert "the scores of KL are refused" in answer.out
    assert "K20, " in answer.out


@pytest.mark.parametrize("scores", [("ÆØ-9=1",), ("ÆØ-1",), ("ÆØ-1=x",), ("ÆØ-1=1", "ÆØ-1=2"), ()])
def test_what_is_no_ballot_is_told_in_one_sentence(round_, scores):
    answer = round_(*CAST, "Odense", *scores)
    assert (answer.code, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 1


def test_scores_are_sealed_until_the_round_is_closed(round_):
    round_(*CAST, "Odense", "ÆØ-1=3", "ÆØ-2=5")
    shown = round_("rounds", "show", "runde-1").out
    assert "Pointene er forseglet, til runden lukkes." in shown
    assert "Har givet point: Odense" in shown
    assert "Mangler: Aalborg, Vejle" in shown
    assert "ÆØ-1 3" not in shown
    assert "Vejle har ikke givet point" in round_("rounds", "show", "runde-1", "--own", "Vejle").out
    assert "De givne point: forseglet, til runden lukkes" in round_("history", "runde-1/Odense").out
    english = round_("history", "runde-1/Odense", "--language", "en").out
    assert "sealed until the round closes" in english
    assert "forseglet" not in english
    assert "ÆØ-2=5" not in round_("export", "events", "--out", "-").out
    assert "runde-1" not in round_("export", "ballots", "--out", "-").out


def test_a_closed_round_shows_bars_ties_and_how_firmly_they_stand(round_):
    round_(*CAST, "Odense", "ÆØ-1=4", "ÆØ-2=2")
    round_(*CAST, "Vejle", "ÆØ-2=2")
    assert round_("rounds", "close", "runde-1", "--by", "referencegruppen").code == 1
    closed = round_("rounds", "close", "runde-1", "--by", "kombit")
    assert closed.code == 0
    assert "runden er lukket" in closed.out
    told = round_("rounds", "show", "runde-1").out
    assert "  1. ÆØ-1 4 ████████████████████████ Ønske 1" in told
    assert "ÆØ-1 og ÆØ-2 står lige; reglerne siger ikke, hvem der går forrest." in told
    assert "1 manglende seddel kan ændre det." in told
    assert "Uden Odense ville ét par sager stå anderledes." in told
    assert "Gav ikke point: Aalborg." in told
    assert "runde-1: lukket og talt op" in round_("rounds", "list").out
    assert "1. ÆØ-1 4; 1. ÆØ-2 4" in round_("rounds", "list").out
    assert "ÆØ-1=4" in round_("history", "runde-1/Odense").out
    assert "runde-1/Odense/ÆØ-1" in round_("export", "ballots", "--out", "-").out
    assert round_("rounds", "close", "runde-1", "--by", "kombit").code == 1


def test_bars_are_as_long_as_their_part_of_the_highest_total(round_):
    round_(*CAST, "Odense", "ÆØ-1=4", "ÆØ-2=1")
    round_("rounds", "close", "runde-1", "--by", "kombit")
    told = round_("rounds", "show", "runde-1", "--language", "en").out.splitlines()
    assert [line.count("█") for line in told if "█" in line] == [24, 6]


def test_the_steps_and_history_of_a_round_are_those_of_any_thing(round_):
    assert "luk-runde: Luk runden (KOMBIT)" in round_("steps", "runde-1").out
    assert round_("way", "runde-1", "runde-lukket").code == 0
    given = ("--fact", "organisation=Odense", "--fact", "scores=ÆØ-1=2")
    assert round_("advance", "runde-1", "giv-point", "--by", "referencegruppen", *given).code == 0
    wrong = ("--fact", "organisation=Vejle", "--fact", "scores=ÆØ-7=2")
    assert round_("advance", "runde-1", "giv-point", "--by", "referencegruppen", *wrong).code == 2
    assert "Giv point (referencegruppen)" in round_("history", "runde-1").out


def test_what_is_no_round_is_refused(group):
    for words in (("show", "ÆØ-1"), ("close", "ÆØ-1", "--by", "kombit"), ("cast", "x", "a=1", "--as", "KL")):
        answer = group("rounds", *words)
        assert (answer.code, answer.out) == (2, "")


def test_rounds_as_they_were_known(round_):
    yesterday = TODAY - timedelta(days=1)
    assert round_("rounds", "list", "--known", yesterday, "--json").json == []
    assert round_("rounds", "show", "runde-1", "--known", yesterday).code == 2
