"""What rests on an erased fact cannot be decided again; everything else still is."""

import pytest

from governance.audit import recheck
from governance.model import RequestError
from governance.service import correct, record_fact
from tests.audit.forging import event_of, forged, found, reworded
from tests.audit.record import erase, exported, run


def erase_place(gov, place, entity):
    """Erase the texts of one place about a thing."""
    with gov.engine.begin() as connection:
        run(connection, "INSERT INTO people VALUES ('p-zzzzzzzz', 'Nogen', '', '')")
    return erase(gov, "Nogen", entity, place)


def test_a_decision_is_made_again_when_only_its_sentences_were_erased(own):
    erase_place(own, "told", "ÆØ-2")
    answer = recheck(exported(own))
    assert (answer.problems, answer.erased, answer.decided) == ((), (), 10)


def test_a_decision_that_rested_on_an_erased_fact_is_told_apart_from_a_changed_one(own):
    erase_place(own, "fact", "ÆØ-1")
    answer = recheck(exported(own))
    assert answer.problems == ()
    assert answer.erased == (6, 9)


def verdict_of(of, /, **new):
    """An edit of one verdict of a decision."""

    def edit(payload, _line):
        verdict = next(each for each in payload["findings"]["verdicts"] if each["rule"] == of)
        verdict |= new

    return edit


def test_a_fact_that_only_says_it_is_erased_excuses_nothing(lines):
    """Event 17 says how two matters clash; its word is there, and no event erased it."""

    def edit(line):
        if line["is"] == "event" and line["event"]["number"] == 17:
            text = next(text for text in line["texts"] if text["place"] == "fact")
            line["event"]["payload"]["value"]["text"] = reworded(text, "[slettet]")
        event_of(19, verdict_of("kun-smaa", verdict="broken", blocks=True))(line)

    answer = recheck(forged(lines, edit))
    said = "`kun-smaa: verdict` er `broken`, men skulle være `kept`"
    assert answer.erased == ()
    assert ("begivenhed 19", said) in [(each.place.da, each.text.da) for each in answer.problems]


@pytest.mark.parametrize(
    ("rule", "new", "part"),
    [
        ("beslut/from", {"verdict": "broken", "blocks": True}, "verdict"),
        ("billig", {"verdict": "kept"}, "verdict"),
        ("ingen-strid", {"force": "may"}, "force"),
        ("kun-smaa", {"force": "may"}, "force"),
        ("kun-smaa", {"rule": "en-anden"}, "rule"),
        ("kun-smaa", {"blocks": True}, "blocks"),
    ],
)
def test_what_does_not_rest_on_the_erased_fact_is_still_compared(own, rule, new, part):
    """The sort of ÆØ-2 is gone, which only one rule reads; event 19 refused its decision."""
    erase_place(own, "fact", "ÆØ-2")
    problems = found(forged(exported(own), event_of(19, verdict_of(rule, **new))))
    assert {place for place, _ in problems} == {"begivenhed 19"}
    assert any(f"{part}`" in text for _, text in problems)


def test_where_a_step_went_is_compared_though_a_fact_was_erased(own):
    erase_place(own, "fact", "ÆØ-1")
    for part, other in (("from", "ny"), ("to", "ny"), ("act", "andet")):
        edit = event_of(9, lambda payload, _line, part=part, other=other: payload.update({part: other}))
        assert "begivenhed 9" in {place for place, _ in found(forged(exported(own), edit))}


def test_an_erased_source_excuses_nothing_since_no_rule_reads_it(own):
    erase_place(own, "source", "ÆØ-2")
    answer = recheck(forged(exported(own), event_of(19, verdict_of("kun-smaa", verdict="open"))))
    assert answer.erased == ()
    assert [each.place.da for each in answer.problems] == ["begivenhed 19"]


def test_a_verdict_of_a_rule_that_reads_the_erased_fact_is_not_called_proved(own):
    erase_place(own, "fact", "ÆØ-2")
    answer = recheck(forged(exported(own), event_of(19, verdict_of("kun-smaa", verdict="waived"))))
    assert (answer.problems, answer.erased) == ((), (19,))


def test_nobody_can_write_that_a_fact_is_erased(own):
    said = "`[slettet]` står der, hvor noget er slettet; skriv `kind` med et andet ord"
    with pytest.raises(RequestError) as refused:
        record_fact(own, "ÆØ-2 – ÆØ-1", "kind", "[slettet]", source="Et brev")
    assert [problem.da for problem in refused.value.problems] == [said]
    with pytest.raises(RequestError) as refused:
        correct(own, 17, reason="Læst forkert", value="[slettet]")
    assert [problem.da for problem in refused.value.problems] == [said]
