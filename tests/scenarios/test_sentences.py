"""What sentences put into the record: other things, facts told anew, conclusions with their item."""

import pytest

from governance.values import word
from tests.scenarios.sentences import HISTORY, Teller
from tests.scenarios.test_scenarios import DUBU


def telling(*sentences: str) -> Teller:
    teller = Teller(DUBU.vocabulary, DUBU.referee)
    for sentence in sentences:
        teller.tell(sentence)
    return teller


def test_what_is_left_is_what_the_newest_delivery_of_a_part_says() -> None:
    teller = telling("ÆØ-1 er meldt ind som ændringsønske")
    for said in ("2025-08-01 og mangler to undertyper", "2025-10-01 og mangler en undertype"):
        teller.tell(f"{HISTORY}Netcompany har leveret en del af ÆØ-1 den {said}")
    assert teller.record["ÆØ-1"].facts["restarbejde"].value == word("en undertype")


def test_everybody_asked_about_an_item_has_a_question_of_their_own() -> None:
    teller = telling("ÆØ-1 er meldt ind som ændringsønske")
    for asked in (
        "styrelsen om ÆØ-1: er det lovligt?",
        "kvalitetssikringspanelet om ÆØ-1: er det fagligt i orden?",
    ):
        teller.tell(f"KOMBIT har den 2025-03-12 spurgt {asked}")
    asked = [thing for thing in teller.record.values() if thing.kind == "consultation"]
    assert {thing.facts["question"].value.word for thing in asked} == {
        "er det lovligt?",
        "er det fagligt i orden?",
    }
    assert {thing.links["item"] for thing in asked} == {"ÆØ-1"}


def test_a_conclusion_takes_the_item_along_or_is_not_taken() -> None:
    teller = telling(
        "ÆØ-1 er meldt ind som ændringsønske",
        "KOMBIT har meldt ÆØ-1 klar den 2025-08-20",
        "møde-1 er planlagt til 2025-09-09",
        "punkt-1 på møde-1 handler om ÆØ-1",
    )
    with pytest.raises(AssertionError, match=r"kan ikke være sket: .*prioriteret-foer-indstilling"):
        teller.tell("referencegruppen har konkluderet punkt-1 den 2025-09-09: indstillet til projektgruppen")
    teller.tell("referencegruppen har konkluderet punkt-1 den 2025-09-09: prioriteret i denne runde")
    assert (teller.record["punkt-1"].state, teller.record["ÆØ-1"].state) == ("konkluderet", "prioriteret")
