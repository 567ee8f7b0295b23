"""The call for new members, word for word."""

from datetime import date

import pytest

from governance.documents import Call, call_text
from governance.model import Text
from governance.values import Span, day, month_of

FULL = Call(
    Text("Referencegruppen for DUBU", "The reference group for DUBU"),
    3,
    day(date(2025, 9, 10)),
    (
        Text("Kommunen skal bruge DUBU.", "The municipality must use DUBU."),
        Text("Den må ikke allerede have en plads.", "It may not already hold a seat."),
    ),
    Text("En plads gælder normalt i to år.", "A seat is normally held for two years."),
    (Text("Kommuner i Region Nordjylland ønskes især.", "The North Denmark Region is wanted above all."),),
    day(date(2025, 10, 1)),
    "KOMBIT",
)


def test_a_call_of_which_all_is_known():
    assert call_text(FULL, "da") == (
        "Nye medlemmer søges: Referencegruppen for DUBU\n\n"
        "3 pladser er ledige fra 10. september 2025.\n\n"
        "Hvem kan søge:\n- Kommunen skal bruge DUBU.\n- Den må ikke allerede have en plads.\n\n"
        "Hvor længe:\nEn plads gælder normalt i to år.\n\n"
        "Spredning:\nKommuner i Region Nordjylland ønskes især.\n\n"
        "Frist:\n1. oktober 2025.\n\n"
        "Svar til:\nKOMBIT\n"
    )
    assert call_text(FULL, "en") == (
        "New members wanted: The reference group for DUBU\n\n"
        "3 seats are vacant from 10 September 2025.\n\n"
        "Who can apply:\n- The municipality must use DUBU.\n- It may not already hold a seat.\n\n"
        "For how long:\nA seat is normally held for two years.\n\n"
        "Spread:\nThe North Denmark Region is wanted above all.\n\n"
        "Deadline:\n1 October 2025.\n\n"
        "Answer to:\nKOMBIT\n"
    )


def test_a_call_of_which_nothing_is_known_says_so():
    assert call_text(Call("Gruppen"), "da") == (
        "Nye medlemmer søges: Gruppen\n\n"
        "Gruppen søger nye medlemmer. Hvor mange pladser der er ledige, er ikke oplyst. "
        "Fra hvornår: ikke oplyst.\n\n"
        "Hvem kan søge:\nIngen krav er oplyst.\n\n"
        "Hvor længe:\nLængden er ikke oplyst.\n\n"
        "Frist:\nDer er ikke aftalt nogen frist.\n\n"
        "Svar til:\nIkke oplyst.\n"
    )


@pytest.mark.parametrize(
    ("places", "starts", "said"),
    [
        (1, day(date(2026, 1, 1)), "Én plads er ledig fra 1. januar 2026."),
        (2, month_of(2026, 1), "2 pladser er ledige. Fra hvornår: januar 2026."),
        (0, Span(), "0 pladser er ledige. Fra hvornår: ikke oplyst."),
    ],
)
def test_how_many_places_and_from_when(places, starts, said):
    assert call_text(Call("G", places, starts), "da").split("\n\n")[1] == said


def test_a_deadline_known_roughly_is_told_roughly():
    late = Call("G", deadline=Span(None, date(2025, 12, 1)))
    assert "Frist:\nSenest 1. december 2025." in call_text(late, "da")


def test_line_ends_in_a_sentence_do_not_break_the_list():
    assert "Hvem kan søge:\nA B\n\n" in call_text(Call("G", requirements=("A\nB", "")), "da")
