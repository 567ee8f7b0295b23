"""Ids said in the words and days they are made of."""

import pytest

from governance.prose.spoken import spoken


@pytest.mark.parametrize(
    ("name", "da", "en"),
    [
        ("plads-2", "plads 2", "seat 2"),
        ("plads-2/Middelfart", "Middelfart (plads 2)", "Middelfart (seat 2)"),
        ("Middelfart (plads-2)", "Middelfart (plads 2)", "Middelfart (seat 2)"),
        ("plads-9/?", "plads 9 (ukendt indehaver)", "seat 9 (holder not known)"),
        ("moede-2025-09-09", "mødet den 9. september 2025", "the meeting on 9 September 2025"),
        ("moede-2025-03", "mødet i marts 2025", "the meeting in March 2025"),
        ("moede-2025-03/Køge", "Køge (mødet i marts 2025)", "Køge (the meeting in March 2025)"),
        ("moede-2025-03/7.1", "punkt 7.1 (mødet i marts 2025)", "point 7.1 (the meeting in March 2025)"),
        ("runde-1", "runde 1", "round 1"),
        ("runde-2025-10-10", "runden den 10. oktober 2025", "the round on 10 October 2025"),
        ("møde-4", "møde 4", "meeting 4"),
        ("seat-4/3F", "3F (plads 4)", "3F (seat 4)"),
    ],
)
def test_an_id_made_of_a_word_and_a_number_or_a_day_is_said_so(name, da, en):
    assert (spoken(name).da, spoken(name).en) == (da, en)


@pytest.mark.parametrize("name", ["ÆØ-1434/1", "plads-x", "plads-²", "moede-2025-13-01", "Køge", ""])
def test_any_other_id_stands_for_itself(name):
    assert (spoken(name).da, spoken(name).en) == (name, name)
