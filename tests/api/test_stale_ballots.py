"""A ballot says which version of its round it rests on, and is stale when its own organisation cast since."""

import pytest

from governance.service import cast, open_round

CHOICE = "ÆØ-1434"
KOEGE = {"organisation": "Køge", "scores": {CHOICE: "5"}}


@pytest.fixture
def seen(api, governance):
    """The tag of a round in which Køge has scored."""
    open_round(governance, "runde-x", "referencegruppen", closes="2025-10-20", choices=[CHOICE])
    assert cast(governance, "runde-x", "Køge", {CHOICE: "1"}).allowed
    return api.call("get_round", id="runde-x").headers["ETag"]


def test_a_ballot_of_an_organisation_that_cast_since_meets_412_and_others_do_not(api, governance, seen):
    assert cast(governance, "runde-x", "Køge", {CHOICE: "2"}, change=True).allowed
    stale = api.call("cast_ballot", {**KOEGE, "change": True}, id="runde-x", If_Match=seen)
    assert stale.status_code == 412
    assert [each["en"] for each in stale.json["conflict"]["meanwhile"]] == [
        "Change scores (the reference group)"
    ]
    assert stale.headers["ETag"] == api.call("get_round", id="runde-x").headers["ETag"]
    other = {"organisation": "Horsens", "scores": {CHOICE: "5"}}
    assert api.call("cast_ballot", other, id="runde-x", If_Match=seen).status_code == 200


def test_a_ballot_that_does_not_say_what_it_saw_meets_428(api, seen):
    assert api.call("cast_ballot", {**KOEGE, "change": True}, id="runde-x").status_code == 428
    anyhow = api.call("cast_ballot", {**KOEGE, "change": True}, id="runde-x", If_Match="*")
    assert anyhow.status_code == 200
