"""Which votes go with a conclusion: those of rounds closed by its day, and of one round only."""

from governance.service import cast, close_round, conclude, item, open_round
from tests.service.asking import problems, stored
from tests.service.meeting import DAY, MEETING, agenda, group, planned
from tests.service.newrules import take_in

POINT, SECOND = f"{MEETING}/6.1", f"{MEETING}/6.2"
PRIORITISED, PASSED_OVER = "konkluder-prioritering", "konkluder-fravalg"
CLOSED_LATER = "2026-02-12"


def met(gov, clock, *rounds, closed=DAY):
    """A meeting over two items, and rounds of some items each; every one gives its items 3, 2 ... points."""
    group(gov, clock, items=2)
    planned(gov)
    agenda(gov, "ÆØ-1", "ÆØ-2")
    for number, choices in enumerate(rounds, 1):
        id_ = f"runde-{number}"
        opened = {"closes": CLOSED_LATER, "meeting": MEETING, "choices": choices}
        assert open_round(gov, id_, "referencegruppen", **opened).allowed
        points = {choice: str(3 - place) for place, choice in enumerate(choices)}
        assert cast(gov, id_, "Odense", points).allowed
    clock.set(closed)
    for number in range(1, len(rounds) + 1):
        assert close_round(gov, f"runde-{number}", "kombit").allowed


def facts(gov, id_):
    return {fact.id: fact.value.da for fact in item(gov, id_).facts}


# Closed when


def test_a_round_closed_after_the_conclusion_tells_it_no_votes(gov, clock):
    met(gov, clock, ["ÆØ-1", "ÆØ-2"], closed=CLOSED_LATER)
    assert conclude(gov, POINT, PRIORITISED, on=DAY).allowed
    assert facts(gov, "ÆØ-1") == {}
    assert conclude(gov, SECOND, PRIORITISED, on=DAY, inputs={"stemmer": "16", "prioritet": "1"}).allowed
    assert facts(gov, "ÆØ-2") == {"stemmer": "16", "prioritet": "1"}


def test_a_round_closed_on_the_day_of_the_conclusion_does_also_when_it_is_entered_later(gov, clock):
    met(gov, clock, ["ÆØ-1", "ÆØ-2"], closed=DAY)
    clock.set(CLOSED_LATER)
    assert conclude(gov, SECOND, PRIORITISED, on=DAY).allowed
    assert facts(gov, "ÆØ-2") == {"stemmer": "2", "prioritet": "2"}


# Which of several


def test_of_two_rounds_over_the_same_item_neither_wins(gov, clock):
    met(gov, clock, ["ÆØ-1", "ÆØ-2"], ["ÆØ-2", "ÆØ-1"])
    before = stored(gov)[0]
    both = f"`runde-1` and `runde-2` have each counted `ÆØ-1` for {MEETING}; "
    assert problems(conclude, gov, POINT, PRIORITISED) == [f"{both}write `prioritet`, `stemmer` with --set"]
    some = {"stemmer": "5"}
    assert problems(conclude, gov, POINT, PRIORITISED, inputs=some) == [f"{both}write `prioritet` with --set"]
    assert stored(gov)[0] == before
    assert conclude(gov, POINT, PRIORITISED, inputs={"stemmer": "5", "prioritet": "1"}).allowed
    assert facts(gov, "ÆØ-1") == {"stemmer": "5", "prioritet": "1"}


def test_only_what_the_step_asks_for_need_be_told(gov, clock):
    met(gov, clock, ["ÆØ-1", "ÆØ-2"], ["ÆØ-2", "ÆØ-1"])
    assert problems(conclude, gov, POINT, PASSED_OVER) == [
        f"`runde-1` and `runde-2` have each counted `ÆØ-1` for {MEETING}; write `stemmer` with --set"
    ]
    assert conclude(gov, POINT, "udsaet-punkt").allowed


def test_two_rounds_over_an_item_each_both_tell(gov, clock):
    met(gov, clock, ["ÆØ-1"], ["ÆØ-2"])
    assert conclude(gov, POINT, PRIORITISED).allowed
    assert conclude(gov, SECOND, PRIORITISED).allowed
    assert facts(gov, "ÆØ-1") == facts(gov, "ÆØ-2") == {"stemmer": "3", "prioritet": "1"}


def test_of_two_rounds_of_which_one_is_open_the_closed_one_tells(gov, clock):
    met(gov, clock, ["ÆØ-1", "ÆØ-2"])
    opened = {"closes": CLOSED_LATER, "meeting": MEETING, "choices": ["ÆØ-1"]}
    assert open_round(gov, "runde-2", "referencegruppen", **opened).allowed
    assert conclude(gov, POINT, PRIORITISED).allowed
    assert facts(gov, "ÆØ-1") == {"stemmer": "3", "prioritet": "1"}
    told = f"`stemmer` follows from the round of {MEETING}; leave it out"
    assert problems(conclude, gov, SECOND, PRIORITISED, inputs={"stemmer": "9"}) == [told]


def test_the_votes_of_a_round_are_counted_by_the_rules_it_was_closed_by(gov, clock, rulebook):
    met(gov, clock, ["ÆØ-1", "ÆØ-2"], closed="2026-02-09")
    limits = "    most: {reading: point-pr-sag}\n    budget: {reading: pointpulje}\n"
    method = f"    method: sum\n    blank: zero\n{limits}"
    ranked = (method, "    method: borda\n    blank: shared\n")
    take_in(gov, rulebook(ranked, ("id: pointsum", "id: rang"), start=DAY))
    clock.set(DAY)
    assert conclude(gov, SECOND, PRIORITISED).allowed
    assert facts(gov, "ÆØ-2") == {"stemmer": "2", "prioritet": "2"}
