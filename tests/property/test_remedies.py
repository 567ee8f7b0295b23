"""With every remedy of a refusal the step is allowed; without one of them just its reason is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from governance.conditions.nodes import (
    ActDone,
    All,
    AnyOf,
    Compare,
    Each,
    Fact,
    Literal,
    Not,
    OneOf,
    Recorded,
    Rows,
    Shift,
)
from governance.conditions.reasons import ActAs, ComeTo, Complete, Do, Explain, Supply, Wait, Way
from governance.model import Added, FactRecorded, Force, Origin, Request, StepTaken
from governance.rulebook import Input, Rule
from governance.values import Choice, Span, day, number, word
from tests.counts import count
from tests.property.cases import ITEM, Case, book, rule
from tests.property.test_mending import apply_way
from tests.property.worlds import DAYS, SIZES

TODAY, LONG_AGO = DAYS[0], DAYS[0] - timedelta(days=100)
ON_REQUEST = Fact("on", "request")


def literal(value: date | int | str) -> Literal:
    if isinstance(value, date):
        return Literal(day(value))
    return Literal(number(value) if isinstance(value, int) else word(value))


def size(word_: str) -> Literal:
    return Literal(Choice(frozenset({word_}), SIZES))


def approved(random: Random) -> Rule:
    return rule("approved", ActDone(("act1",), "item", (random.choice(("b1", "b2")),)))


def another_person(random: Random) -> Rule:
    other = Not(Compare(Fact("person", "act"), "is", Fact("person", "request")))
    return rule("approved-by-another", ActDone(("act1",), "item", (), (Recorded("person", "act"), other)))


def heard(random: Random) -> Rule:
    """The hearing lies some days back: it must be held, and then waited for."""
    back = Shift(
        ON_REQUEST, literal(random.randint(1, 40)), random.choice(("days", "weeks", "months")), back=True
    )
    return rule(
        "heard", ActDone(("act2",), "item", ("b2",), (Compare(Fact("on", "act"), "no_later_than", back),))
    )


def late_enough(random: Random) -> Rule:
    first = Literal(day(TODAY + timedelta(days=random.randint(1, 60))))
    return rule("late-enough", Compare(ON_REQUEST, "no_earlier_than", first))


def opened_in_time(random: Random) -> Rule:
    first = literal(TODAY + timedelta(days=random.randint(1, 60)))
    return rule("opened", ActDone(("act2",), "item", (), (Compare(Fact("on", "act"), "after", first),)))


def large(random: Random) -> Rule:
    return rule("large", Compare(Fact("s", "item"), random.choice(("at_least", "is")), size("L")))


def counted(random: Random) -> Rule:
    operator = random.choice(("at_least", "more_than", "is"))
    return rule("counted", Compare(Fact("n", "item"), operator, literal(random.randint(2, 5))))


def chosen(random: Random) -> Rule:
    named = OneOf(Fact("w", "item"), (literal("a"), literal("b")))
    return rule("chosen", named if random.random() < 0.5 else Not(named))


def told(random: Random) -> Rule:
    return rule("told", Recorded("o", "item"))


def before_a_date(random: Random) -> Rule:
    return rule("dated", Compare(Fact("d", "item"), "before", Shift(literal(TODAY), literal(1), "years")))


def tracks_told(random: Random) -> Rule:
    rows = Rows("tracks", "item", "track")
    return rule("tracks", Each(rows, Compare(Fact("n", "track"), "at_least", literal(1))))


def never_stopped(random: Random) -> Rule:
    return rule("never-stopped", Not(ActDone(("stop",), "item")))


def excused(random: Random) -> Rule:
    never = Compare(literal(1), "is", literal(2))
    return replace(rule("usual", never), force=Force.DEFAULT, excused_by=random.choice(((), ("b1",))))


def waits(random: Random) -> Callable[[Random], Rule]:
    return random.choice((heard, late_enough, opened_in_time))


def drawn(random: Random) -> Case:
    """An item that lacks everything, and rules of which each wants something of its own."""
    kinds = [random.choice((approved, another_person)), waits(random), random.choice((large, told))]
    kinds += [counted, chosen, before_a_date, random.choice((tracks_told, never_stopped)), excused]
    picked = random.sample(kinds, random.randint(1, 5))
    made = book(tuple(each(random) for each in picked))
    if random.random() < 0.3:
        (process,) = made.processes
        (go,) = process.steps
        go = replace(go, inputs=(Input("o"),), rules=tuple(r for r in go.rules if r.id != "told"))
        made = replace(made, processes=(replace(process, steps=(go,)),))
    alone = any(each.excused_by for each in made.every_rule)
    request = Request("go", "b1" if alone else random.choice(("b1", "b2")), day(TODAY), person="x")
    case = Case(made, {}, request)
    state = random.choice(("ready", "ready", "start"))
    for name, links in ((ITEM, {}), ("T", {"parent": ITEM})):
        case = case.after(name, Added("wish", name, links, state), day(LONG_AGO))
        case = replace(case, record={**case.record, name: replace(case.record[name], origin=Origin.HISTORY)})
    if random.random() < 0.5:
        case = case.after(ITEM, FactRecorded("n", Span(None, number(9).high)), day(LONG_AGO))
        case = case.after(ITEM, FactRecorded("s", Choice(frozenset("ML"), SIZES)), day(LONG_AGO))
    return case


def applied(ways: dict[str, Way], case: Case, random: Random) -> Case:
    """Every way applied: those that wait after the others, and lists completed when all has been done."""
    remedies = [remedy for way in ways.values() for remedy in way]
    for remedy in (each for each in remedies if isinstance(each, ComeTo)):
        come = StepTaken(Request("come", "b1", case.request.on), "start", remedy.states[0], "coming")
        case = case.after(ITEM, come)
    done = [tuple(each for each in way if not isinstance(each, ComeTo | Complete)) for way in ways.values()]
    for way in sorted(done, key=lambda way: any(isinstance(remedy, Wait) for remedy in way)):
        case = apply_way(way, case, random)
    return apply_way(tuple(each for each in remedies if isinstance(each, Complete)), case, None)


def blocking(case: Case) -> set[str]:
    return {finding.rule for finding in case.decision.blocking}


@pytest.mark.parametrize("seed", range(count(reduced=60, full=3_000)))
def test_with_all_remedies_the_step_is_allowed_and_without_one_just_its_reason_is_left(seed: int) -> None:
    random = Random(seed)
    case = drawn(random)
    refusal = case.decision
    assert not refusal.allowed
    ways = {finding.rule: random.choice(finding.ways) for finding in refusal.blocking}
    mended = applied(ways, case, random)
    assert blocking(mended) == set()
    assert mended.decision.allowed
    for name, way in ways.items():
        for remedy in way:
            less = {**ways, name: tuple(each for each in way if each != remedy)}
            assert blocking(applied(less, case, random)) == {name}, f"without {remedy}"


def test_a_default_excused_by_a_reason_is_waived_only_when_one_entitled_gives_it() -> None:
    never = replace(
        rule("usual", Compare(literal(1), "is", literal(2))), force=Force.DEFAULT, excused_by=("b2",)
    )
    case = Case(book((never,)), {}, Request("go", "b1", day(TODAY)))
    case = case.after(ITEM, Added("wish", ITEM, {}, "ready"))
    (finding,) = case.decision.blocking
    assert finding.ways == ((Explain(("b2",)),),)
    assert blocking(case.asks(reason="fordi")) == {"usual"}
    assert blocking(apply_way(finding.ways[0], case, None)) == {"go/by"}


def test_a_fact_that_is_known_is_never_changed_so_that_a_rule_stops_applying() -> None:
    big = Compare(Fact("n", "item"), "at_least", literal(3))
    case = Case(
        book((rule("r", ActDone(("act1",), "item", ("b2",)), big),)), {}, Request("go", "b1", day(TODAY))
    )
    case = case.after(ITEM, Added("wish", ITEM, {}, "ready")).after(ITEM, FactRecorded("n", number(4)))
    (finding,) = case.decision.blocking
    assert finding.ways == ((Do(ITEM, ("act1",), ("b2",)),),)


def test_an_act_that_was_done_is_not_undone() -> None:
    case = Case(book((rule("r", Not(ActDone(("act1",), "item"))),)), {}, Request("go", "b1", day(TODAY)))
    case = case.after(ITEM, Added("wish", ITEM, {}, "ready"))
    done = StepTaken(Request("act1", "b1", day(TODAY)), "ready", "ready", "act1")
    (finding,) = case.after(ITEM, done).decision.blocking
    assert finding.ways == ()


def test_a_hearing_that_must_lie_two_weeks_back_is_held_and_then_waited_for() -> None:
    back = Shift(ON_REQUEST, literal(14), "days", back=True)
    hearing = ActDone(("act2",), "item", (), (Compare(Fact("on", "act"), "no_later_than", back),))
    case = Case(book((rule("r", hearing),)), {}, Request("go", "b1", day(TODAY)))
    (finding,) = case.after(ITEM, Added("wish", ITEM, {}, "ready")).decision.blocking
    assert finding.ways == ((Do(ITEM, ("act2",)), Wait(TODAY + timedelta(days=14))),)


def test_two_alternatives_are_two_ways() -> None:
    either = AnyOf(
        (
            ActDone(("act1",), "item"),
            All((Recorded("o", "item"), Compare(Fact("n", "item"), "is", literal(1)))),
        )
    )
    case = Case(book((rule("r", either),)), {}, Request("go", "b1", day(TODAY)))
    (finding,) = case.after(ITEM, Added("wish", ITEM, {}, "ready")).decision.blocking
    assert [len(way) for way in finding.ways] == [1, 2]


def test_the_wrong_body_the_wrong_state_and_a_missing_input_each_have_their_remedy() -> None:
    made = book(())
    (process,) = made.processes
    go = replace(process.steps[0], inputs=(Input("o"),))
    made = replace(made, processes=(replace(process, steps=(go,)),))
    case = Case(made, {}, Request("go", "b2", day(TODAY))).after(ITEM, Added("wish", ITEM, {}, "start"))
    assert [finding.ways for finding in case.decision.blocking] == [
        ((ActAs(("b1",)),),),
        ((ComeTo(("ready",)),),),
        ((Supply("o"),),),
    ]
