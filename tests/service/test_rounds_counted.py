"""How a closed round is counted: by the rules of that day, of what was stored, and who else could score."""

from pathlib import Path

import pytest

from governance.service import (
    add_item,
    advance,
    cast,
    close_round,
    correct,
    meeting,
    open_round,
    record_fact,
    record_thing,
    round_,
    rounds,
)
from tests.service.asking import everything, problems
from tests.service.meeting import CLOSES, MEETING, ROUND, SEATED, group, opened_round
from tests.service.newrules import take_in

LATER = "2026-03-01"
FIVE = 'en: "a municipality gives one item at most five points"\n    values: [{value: 5}]'
THREE = [(FIVE, FIVE.replace("{value: 5}", "{value: 3}"))]
SUM = (
    "    method: sum\n    blank: zero\n    most: {reading: point-pr-sag}\n    budget: {reading: pointpulje}\n"
)
RANKED = [(SUM, "    method: borda\n    blank: shared\n")]
RANKS = """counting:
  - id: paa-en-anden-maade
    ours: true
    label: {da: Rang, en: Rank}
    method: borda
    blank: shared
    cast: giv-point
    change: ret-point
"""
SECOND = [("counting:\n", RANKS)]
RENAMED = [("  - id: pointsum\n", "  - id: pointtal\n")]
GIVEN = {"Odense": {"ÆØ-1": "5", "ÆØ-2": "3"}, "Vejle": {"ÆØ-2": "1"}}
TOTALS = (("ÆØ-1", "5", 1), ("ÆØ-2", "4", 2), ("ÆØ-3", "0", 3))


def closed(gov, clock):
    """A round that was closed with the ballots given."""
    opened_round(gov, clock)
    for name, scores in GIVEN.items():
        assert cast(gov, ROUND, name, scores).allowed
    clock.set(CLOSES)
    assert close_round(gov, ROUND, "kombit").allowed


def seen(gov):
    """What the round came to: alone, in the list and at its meeting, which must agree."""
    alone = tuple((each.item.id, each.total, each.rank) for each in round_(gov, ROUND).result.tallies)
    (listed,), (met,) = rounds(gov), meeting(gov, MEETING).rounds
    assert alone == listed.totals == met.totals
    return alone


# By which rules


@pytest.mark.parametrize("changes", [THREE, RANKED, SECOND, RENAMED], ids=["limit", "method", "two", "name"])
def test_rules_adopted_after_a_round_was_closed_do_not_count_it_anew(gov, clock, rulebook, changes):
    closed(gov, clock)
    before = round_(gov, ROUND)
    take_in(gov, rulebook(*changes, start=LATER))
    clock.set(LATER)
    assert seen(gov) == TOTALS
    after = round_(gov, ROUND)
    assert (after.result, after.most, after.method) == (before.result, "5", before.method)
    assert after.result.beyond == ()


def test_a_closed_round_stays_closed_under_rules_with_other_states(gov, clock, rulebook):
    closed(gov, clock)
    take_in(gov, rulebook(("runde-lukket", "runde-afgjort"), start=LATER))
    clock.set(LATER)
    assert seen(gov) == TOTALS
    assert round_(gov, ROUND).state.label.en == "closed and counted"


def test_a_round_closed_under_the_later_rules_is_counted_by_them(gov, clock, rulebook):
    opened_round(gov, clock)
    assert cast(gov, ROUND, "Odense", GIVEN["Odense"]).allowed
    take_in(gov, rulebook(*THREE, start="2026-02-01"))
    clock.set("2026-02-02")
    assert round_(gov, ROUND).most == "3"
    assert close_round(gov, ROUND, "kombit").allowed
    view = round_(gov, ROUND)
    ((caster, wrong),) = view.result.beyond
    assert (caster, [each.en for each in wrong]) == ("Odense", ["`ÆØ-1` has 5 points; give at most 3"])
    assert view.result.tallies[0].total == "5"


def test_a_reading_that_changes_within_a_rulebook_counts_as_on_the_day_of_the_closing(gov, clock, rulebook):
    dated = f"[{{value: 5, to: 2026-02-28}}, {{value: 3, from: {LATER}}}]"
    changed = [(FIVE, FIVE.replace("[{value: 5}]", dated))]
    opened_round(gov, clock)
    take_in(gov, rulebook(*changed, start="2026-01-10"))
    clock.set("2026-01-12")
    assert cast(gov, ROUND, "Odense", GIVEN["Odense"]).allowed
    assert open_round(gov, "runde-2", "referencegruppen", closes="2026-03-09", choices=["ÆØ-1"]).allowed
    assert close_round(gov, ROUND, "kombit").allowed
    clock.set(LATER)
    assert (round_(gov, ROUND).most, round_(gov, ROUND).result.beyond) == ("5", ())
    assert round_(gov, "runde-2").most == "3"


# By which way of counting


def test_the_way_of_counting_is_recorded_though_nobody_names_it(gov, clock):
    opened_round(gov, clock)
    assert {each.id: each.value.da for each in round_(gov, ROUND).facts}["counting"] == "pointsum"


def test_an_open_round_keeps_its_way_when_later_rules_put_another_first(gov, clock, rulebook):
    opened_round(gov, clock)
    take_in(gov, rulebook(*SECOND, start="2026-02-01"))
    clock.set("2026-02-01")
    assert round_(gov, ROUND).method.en == "The sum of the municipalities' points"
    assert open_round(gov, "runde-2", "referencegruppen", closes=CLOSES, choices=["ÆØ-1"]).allowed
    assert round_(gov, "runde-2").method.en == "Rank"


def test_a_way_of_counting_that_the_rules_lack_is_told_and_no_other_is_taken(gov, clock, rulebook):
    opened_round(gov, clock)
    take_in(gov, rulebook(*RENAMED, start="2026-02-01"))
    clock.set("2026-02-01")
    (said,) = lacking = problems(round_, gov, ROUND)
    assert said == (
        f"`{ROUND}` is counted as `pointsum`, which the rulebook from 2026-02-01 lacks; choose a day of a "
        "rulebook that has it, or open another round"
    )
    assert problems(cast, gov, ROUND, "Odense", GIVEN["Odense"]) == lacking
    assert problems(close_round, gov, ROUND, "kombit") == lacking
    assert [each.id for each in rounds(gov)] == [each.id for each in meeting(gov, MEETING).rounds] == [ROUND]
    assert close_round(gov, ROUND, "kombit", on="2026-01-31").allowed
    assert round_(gov, ROUND).closed


def test_a_round_that_cannot_be_counted_stands_in_the_list_without_totals(gov, clock, rulebook):
    opened_round(gov, clock)
    take_in(gov, rulebook(*RENAMED, start="2026-02-01"))
    clock.set("2026-02-01")
    assert advance(gov, ROUND, "luk-runde", "kombit").allowed
    assert [each.totals for each in (*rounds(gov), *meeting(gov, MEETING).rounds)] == [(), ()]
    assert problems(round_, gov, ROUND)


# Of what was stored


def told(gov, clock, **ballots):
    """A round told as history, whatever its ballots say, with two items."""
    group(gov, clock, items=2)
    clock.set(CLOSES)
    facts = {"choices": "ÆØ-1; ÆØ-2", "closes": "2026-02-01", "counting": "pointsum"}
    history = {"on": "2026-01-20", "origin": "history", "source": "referat"}
    record_thing(gov, ROUND, "round", links={"body": "referencegruppen"}, facts=facts, **history)
    for name, scores in ballots.items():
        inputs = {"organisation": name, "scores": scores}
        assert advance(gov, ROUND, "giv-point", "referencegruppen", inputs=inputs, **history).allowed
    assert advance(gov, ROUND, "luk-runde", "kombit", **{**history, "on": "2026-02-02"}).allowed


def test_a_ballot_told_beyond_the_limits_counts_as_it_was_and_is_named(gov, clock):
    told(gov, clock, Odense="ÆØ-1=19; ÆØ-2=4", Vejle="ÆØ-2=5")
    result = round_(gov, ROUND).result
    assert [(each.item.id, each.total) for each in result.tallies] == [("ÆØ-1", "19"), ("ÆØ-2", "9")]
    ((caster, wrong),) = result.beyond
    assert caster == "Odense"
    assert [each.da for each in wrong] == [
        "`ÆØ-1` har fået 19 point; giv højst 5",
        "der er givet 23 point i alt, 3 for meget; giv højst 20",
    ]
    assert rounds(gov)[0].totals == (("ÆØ-1", "19", 1), ("ÆØ-2", "9", 2))


def test_ballots_within_the_limits_are_not_named(gov, clock):
    told(gov, clock, Odense="ÆØ-1=5; ÆØ-2=4", Vejle="ÆØ-2=5")
    assert round_(gov, ROUND).result.beyond == ()


# Who could have scored


def unsure(gov, clock, *more):
    """A round with two sure members or more, one whose term has perhaps begun, and a seat of nobody known."""
    group(gov, clock, seated=(*SEATED[:2], *more), items=2)
    history = {"origin": "history", "source": "x", "on": "2026-01-05"}
    for number in (8, 9):
        links = {"body": "referencegruppen"}
        record_thing(gov, f"plads-{number}", "seat", links=links, facts={}, **history)
    term = {"seat": "plads-8", "organisation": "Aalborg"}
    record_thing(gov, "periode-8", "term", links=term, facts={"from": "2026"}, **history)
    assert open_round(gov, ROUND, "referencegruppen", closes=CLOSES, choices=["ÆØ-1", "ÆØ-2"]).allowed


def test_members_who_are_perhaps_there_are_told_apart_from_those_who_are(gov, clock):
    unsure(gov, clock)
    view = round_(gov, ROUND)
    assert (view.missing, view.perhaps) == (("Odense", "Vejle"), ("Aalborg", "plads-9/?"))


def test_where_it_is_known_who_sits_nobody_is_told_as_perhaps(gov, clock):
    opened_round(gov, clock)
    view = round_(gov, ROUND)
    assert (view.missing, view.perhaps) == (tuple(sorted(SEATED)), ())


def test_a_ballot_that_perhaps_is_missing_can_turn_the_result_and_the_sentence_says_so(gov, clock):
    unsure(gov, clock)
    assert cast(gov, ROUND, "Odense", {"ÆØ-1": "5"}).allowed
    assert cast(gov, ROUND, "Vejle", {"ÆØ-1": "4"}).allowed
    assert close_round(gov, ROUND, "kombit").allowed
    result = round_(gov, ROUND).result
    assert (result.missing, result.perhaps, result.margins[0].missing) == ((), ("Aalborg", "plads-9/?"), 2)
    assert result.margins[0].said.en.endswith("; 2 ballots only perhaps missing can turn it")
    assert result.margins[0].said.da.endswith("; 2 sedler, der kun måske mangler, kan ændre det")


def test_ballots_that_are_missing_and_perhaps_missing_turn_the_result_together(gov, clock):
    unsure(gov, clock, "Horsens")
    for name in ("Odense", "Vejle"):
        assert cast(gov, ROUND, name, {"ÆØ-1": "4"}).allowed
    assert close_round(gov, ROUND, "kombit").allowed
    result = round_(gov, ROUND).result
    assert (result.missing, result.margins[0].missing) == (("Horsens",), 2)
    said = result.margins[0].said
    assert said.en.endswith("; 2 missing ballots, 1 of them only perhaps, can turn it")
    assert said.da.endswith("; 2 manglende sedler, hvoraf 1 kun måske mangler, kan ændre det")


def test_where_not_even_those_turn_the_result_the_sentence_says_how_many_they_are(gov, clock):
    unsure(gov, clock)
    for name in ("Odense", "Vejle"):
        assert cast(gov, ROUND, name, {"ÆØ-1": "5"}).allowed
    assert close_round(gov, ROUND, "kombit").allowed
    assert round_(gov, ROUND).result.margins[0].missing == 2
    later = {"origin": "history", "source": "x", "on": "2026-01-05"}
    record_fact(gov, "periode-8", "from", LATER, **later)
    result = round_(gov, ROUND).result
    assert (result.perhaps, result.margins[0].missing) == (("plads-9/?",), None)
    assert result.margins[0].said.en.endswith("; no missing ballot can turn it, nor the one perhaps missing")
    assert result.margins[0].said.da.endswith(
        "; ingen manglende seddel kan ændre det, heller ikke den ene, der måske mangler"
    )


def test_where_everybody_is_known_no_ballot_is_only_perhaps_missing(gov, clock):
    opened_round(gov, clock)
    assert cast(gov, ROUND, "Odense", {"ÆØ-1": "4"}).allowed
    assert close_round(gov, ROUND, "kombit").allowed
    result = round_(gov, ROUND).result
    assert (result.missing, result.perhaps) == (("Aalborg", "Vejle"), ())
    assert result.margins[0].said.en.endswith("; 1 missing ballot can turn it")


# The closing day


def closing_event(gov):
    """The event that recorded the closing day."""
    told_ = [e for e in everything(gov).events if e.entity == ROUND]
    return next(e.number for e in told_ if getattr(e.payload, "fact", "") == "closes")


def test_the_closing_day_is_not_moved_by_hand_and_can_be_corrected_with_a_reason(gov, clock):
    opened_round(gov, clock)
    clock.set("2026-02-10")
    (said,) = settled = problems(record_fact, gov, ROUND, "closes", "2026-02-20", source="x")
    assert said == (
        "the closing day of a round is settled when it is opened; if it was written wrong, correct it with a "
        "reason (`governance correct`)"
    )
    past = {"source": "x", "origin": "history", "on": "2026-01-20"}
    assert problems(record_fact, gov, ROUND, "closes", "2026-02-20", **past) == settled
    assert not cast(gov, ROUND, "Odense", GIVEN["Odense"]).allowed
    assert correct(gov, closing_event(gov), reason="skrevet forkert", value="2026-02-20").allowed
    assert round_(gov, ROUND).closes == "2026-02-20"
    assert cast(gov, ROUND, "Odense", GIVEN["Odense"]).allowed


def test_the_closing_day_of_a_round_told_as_history_may_be_told_later(gov, clock):
    told(gov, clock, Odense="ÆØ-1=5")
    past = {"source": "referat", "origin": "history", "on": "2026-01-20"}
    assert record_fact(gov, ROUND, "closes", "2026-02-02", **past).allowed
    assert problems(record_fact, gov, ROUND, "closes", "2026-02-03", source="referat")
    assert round_(gov, ROUND).closes == "2026-02-02"


def test_rules_that_say_no_way_of_counting_open_no_round(gov, clock, rulebook):
    clock.set("2026-01-05")
    add_item(gov, "ÆØ-1", "aendringsoenske", "Et ønske")
    section = (
        (Path(rulebook(name="look")) / "rounds.yaml").read_text(encoding="utf-8").partition("\ncounting:")
    )
    take_in(gov, rulebook(("".join(section[1:]), "\n"), start="2026-02-01"))
    opened = {"closes": "2026-02-09", "choices": ["ÆØ-1"]}
    assert open_round(gov, "r", "referencegruppen", **opened).allowed
    clock.set("2026-02-01")
    assert problems(open_round, gov, "r2", "referencegruppen", **opened) == [
        "the rulebook from 2026-02-01 does not say how rounds are counted; write it in `counting`"
    ]
