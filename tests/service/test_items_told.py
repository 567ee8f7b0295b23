"""What an item's page is told besides its steps: acts, how large it is, what may be told as history."""

from governance.model import Verdict
from governance.service import add_item, history, item, record_fact, record_facts, relate
from tests.service.asking import DECIDED, new, problems, stored, walk


def test_an_item_is_entered_with_what_is_known_of_it_or_not_at_all(gov):
    facts = {"stoerrelse": "XL", "estimat-aar": "1"}
    receipt = add_item(gov, "ÆØ-1", "aendringsoenske", "Et ønske", facts=facts, source="mail")
    assert receipt.event == history(gov, "ÆØ-1")[-1].number
    assert {each.id: each.value.en for each in item(gov, "ÆØ-1").facts} == {
        "stoerrelse": "XL",
        "estimat-aar": "1 year's development budget",
    }
    before = stored(gov)
    told = problems(add_item, gov, "ÆØ-1", "ønske", " ", facts={"stoerrelse": "stor"}, parent="ÆØ-9")
    assert stored(gov) == before
    assert [each.split(";")[0].split(" ")[0:3] for each in told] == [
        ["the", "source", "is"],
        ["there", "is", "no"],
        ["the", "title", "is"],
        ["`stor`", "does", "not"],
        ["`ÆØ-1`", "is", "there"],
        ["there", "is", "no"],
    ]


def test_the_acts_of_an_item_stand_newest_first_by_body_with_whether_they_still_hold(gov):
    new(gov)
    record_facts(gov, "ÆØ-1", {"stoerrelse": "M", "estimat-aar": "1/2"}, source="mail")
    walk(gov, "ÆØ-1", [*DECIDED, ("godkend", "kommunestyregruppen")])
    acts = item(gov, "ÆØ-1").acts
    assert [each.body.id for each in acts] == [
        "kommunestyregruppen",
        "projektgruppen",
        "referencegruppen",
        "referencegruppen",
        "kombit",
    ]
    assert [each.stands for each in acts] == [Verdict.KEPT, None, None, None, None]
    record_fact(gov, "ÆØ-1", "estimat-aar", "3", source="mail")
    assert item(gov, "ÆØ-1").acts[0].stands is Verdict.BROKEN


def test_how_large_a_whole_is_tells_its_tracks_and_what_they_come_to(gov):
    new(gov)
    for number, size in (("1", "1/4"), ("2", "1/2")):
        new(gov, f"ÆØ-1/{number}", "spor", parent="ÆØ-1")
        record_fact(gov, f"ÆØ-1/{number}", "estimat-aar", size, source="mail")
    (measure,) = item(gov, "ÆØ-1").estimates
    assert (measure.id, measure.own, measure.figure.en) == (
        "estimat-aar",
        None,
        "¾ year's development budget",
    )
    assert [(track.id, value.en) for track, value in measure.tracks] == [
        ("ÆØ-1/1", "¼ year's development budget"),
        ("ÆØ-1/2", "½ year's development budget"),
    ]
    assert item(gov, "ÆØ-1/1").estimates[0].own.source == "mail"


def test_history_may_be_told_of_what_was_entered_as_history_and_of_nothing_else(gov, demo):
    new(gov)
    assert item(gov, "ÆØ-1").telling == ()
    told = item(demo, "plads-1").telling
    assert [(each.id, each.only) for each in told][:2] == [("indsaet", True), ("varsl", False)]
    assert [each.id for each in told[0].inputs] == ["organisation", "from", "to"]


def test_a_relation_is_written_down_once_with_its_source(gov):
    new(gov)
    new(gov, "ÆØ-2/" + "9" * 80)
    to = "ÆØ-2/" + "9" * 80
    relate(gov, "ÆØ-1", f" {to} ", "hører til / følger", source="mail")
    assert [(other.id, how) for other, how in item(gov, "ÆØ-1").relations] == [(to, "hører til / følger")]
    assert "is there already" in problems(relate, gov, "ÆØ-1", to, "hører til / følger", source="mail")[0]
    assert "cannot be related to itself" in problems(relate, gov, "ÆØ-1", "ÆØ-1", "x", source="mail")[0]
    told = problems(relate, gov, "ÆØ-1", "ÆØ-7", "", source="")
    assert len(told) == 3
