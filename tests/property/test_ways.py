"""The way shown to a goal is as short as any, and every step of it is allowed when its turn comes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

import pytest

from governance.conditions.nodes import (
    ActDone,
    All,
    AnyOf,
    Compare,
    Condition,
    Count,
    Fact,
    Literal,
    Not,
    Recorded,
    Rows,
    Shift,
)
from governance.conditions.reasons import Change, Record, Supply
from governance.model import Added, DeclaredComplete, FactRecorded, Force, Origin, Request, StepTaken
from governance.record import Entity
from governance.referee import Referee, Route, way_to
from governance.rulebook import Input, Named, Rule, Step
from governance.values import Choice, day, is_known, number, word
from governance.vocabulary import scope_of
from tests import dubu_book
from tests.counts import count
from tests.property.cases import ITEM, SAID, Case, book
from tests.property.test_mending import apply_way
from tests.property.worlds import BODIES, DAYS, points

STATES = ("s0", "s1", "s2", "s3")
TODAY = DAYS[0]
LATER = tuple(TODAY + timedelta(days=days) for days in (3, 7, 10))
ACTS = ("act1", "act2", "act3")
REQUIRED = ("n", "w")
"""Facts that rules require something of; only these may be changed once known. What a rule asks of ``s`` is
only whether it applies."""
MOST_STEPS, MOST_SITUATIONS = 5, count(reduced=400, full=1_500)


# ------------------------------------------------------------------------------ random processes


def requirement(random: Random, depth: int = 1) -> Condition:
    kinds = ["done", "done", "done", "never", "number", "word", "date", "back", "told", "twice", "body"]
    if depth:
        kinds += ["all", "any", "any"]
    act, by = random.choice(ACTS), random.sample(BODIES, random.choice((0, 1, 1)))
    match random.choice(kinds):
        case "all":
            return All((requirement(random, 0), requirement(random, 0)))
        case "any":
            return AnyOf((requirement(random, 0), requirement(random, 0)))
        case "never":
            return Not(ActDone((act,), "item", tuple(by)))
        case "number":
            operator = random.choice(("at_least", "at_most", "is"))
            return Compare(Fact("n", "item"), operator, Literal(number(random.randint(0, 2))))
        case "word":
            return Compare(Fact("w", "item"), "is", Literal(word(random.choice("abc"))))
        case "date":
            return Compare(Fact("on", "request"), "no_earlier_than", Literal(day(random.choice(LATER))))
        case "back":
            earlier = Shift(Fact("on", "request"), Literal(number(7)), "days", back=True)
            test = Compare(Fact("on", "act"), "no_later_than", earlier)
            return ActDone((act,), "item", (), (test,))
        case "told":
            return Recorded("w", "item")
        case "twice":
            where = Compare(Fact("act", "act"), "is", Literal(word(act)))
            return Compare(Count(Rows("acts", "item", "act", where)), "at_least", Literal(number(2)))
        case "body":
            return Compare(Fact("body", "request"), "is", Literal(word(random.choice(BODIES))))
    return ActDone((act,), "item", tuple(by), any_round=random.random() < 0.2)


def random_rule(random: Random, name: str, step: str) -> Rule:
    large = Compare(Fact("s", "item"), "at_least", Literal(Choice(frozenset("L"), ("S", "M", "L"))))
    force = Force.DEFAULT if random.random() < 0.15 else Force.MUST
    return Rule(
        name,
        None,
        force,
        "item",
        requirement(random),
        SAID,
        steps=(step,),
        applies_when=large if random.random() < 0.2 else None,
        excused_by=random.choice(((), BODIES[:1])) if force is Force.DEFAULT else (),
    )


def random_step(random: Random, number_: int) -> Step:
    rules = tuple(
        random_rule(random, f"r{number_}{n}", f"step{number_}") for n in range(random.choice((0, 0, 1, 1, 2)))
    )
    inputs = tuple(
        Input(fact, random.random() < 0.7) for fact in random.sample(("n", "w"), random.choice((0, 0, 1)))
    )
    by = tuple(random.sample(BODIES, random.choice((1, 1, 2))))
    to = random.choice((*STATES[1:], None))
    froms = tuple(random.sample(STATES, random.choice((1, 2))))
    new_round = random.random() < 0.1
    return Step(
        f"step{number_}", SAID, random.choice(ACTS), by, None, froms, None, to, inputs, new_round, rules
    )


def drawn(seed: int) -> tuple[Case, str]:
    random = Random(seed)
    steps = tuple(random_step(random, n) for n in range(random.randint(3, 6)))
    states = tuple(Named(state, SAID, final=state == STATES[-1]) for state in STATES)
    made = book(())
    (process,) = made.processes
    process = replace(process, initial=STATES[0], states=states, steps=steps)
    acts = (*made.acts, replace(made.acts[0], id="act3", covers=()))
    made = replace(made, processes=(process,), acts=acts)
    case = Case(made, {}, Request("", "", day(TODAY)))
    case = case.after(ITEM, Added("wish", ITEM, {}, STATES[0]))
    origin = Origin.LIVE if random.random() < 0.7 else Origin.HISTORY
    case = replace(case, record={ITEM: replace(case.record[ITEM], origin=origin)})
    for fact in ("n", "w", "s"):
        if random.random() < 0.3:
            kind = made.kind_of("item", fact)
            case = case.after(ITEM, FactRecorded(fact, random.choice(points(kind))))
    return case, STATES[-1]


# -------------------------------------------------------------------------------- a plain search


@dataclass(frozen=True)
class Search:
    """Breadth first over everything that can be done; what prepares a step costs nothing."""

    referee: Referee
    hard: bool

    def shortest(self, case: Case, goal: str) -> tuple[int | None, bool]:
        """The fewest steps to a state, and whether everything within bounds was looked at."""
        seen = {self.key(case)}
        queue = deque([(0, case)])
        cut = False
        while queue:
            taken, here = queue.popleft()
            if here.entity.state == goal:
                return taken, True
            for there in self.prepared(here):
                if self.key(there) not in seen:
                    seen.add(self.key(there))
                    queue.appendleft((taken, there))
            if taken == MOST_STEPS or len(seen) > MOST_SITUATIONS:
                cut = True
                continue
            for there in self.stepped(here):
                if self.key(there) not in seen:
                    seen.add(self.key(there))
                    queue.append((taken + 1, there))
        return None, not cut

    @staticmethod
    def key(case: Case) -> object:
        entity = case.entity
        acts = tuple(sorted((a.act, a.body, a.on.low, a.round == entity.round) for a in entity.acts))[:4]
        facts = frozenset((name, known.value) for name, known in entity.facts.items())
        return entity.state, acts, facts, entity.complete_on, case.request.on

    def prepared(self, case: Case) -> Iterator[Case]:
        yield from (case.asks(on=day(each)) for each in WAITS if each > case.request.on.low)
        if not self.hard:
            return
        if not case.is_complete(ITEM):
            yield case.after(ITEM, DeclaredComplete())
        for fact in ("n", "w", "s"):
            known = case.entity.facts.get(fact)
            if known is None or not is_known(known.value) or fact in REQUIRED:
                for value in points(case.book.kind_of("item", fact)):
                    yield case.after(ITEM, FactRecorded(fact, value))

    def stepped(self, case: Case) -> Iterator[Case]:
        process = self.referee.process(case.entity)
        for step in process.steps:
            if case.entity.state not in step.from_states:
                continue
            inputs = {
                each.fact: self.referee.rulebook.unknown("item", each.fact)
                for each in step.inputs
                if each.fact not in case.entity.facts and each.required
            }
            for body in step.by:
                request = Request(step.id, body, case.request.on, inputs=inputs, reason="fordi")
                asked = replace(case, request=request)
                if all(is_kept(rule, asked) for rule in step.rules):
                    to = step.to or case.entity.state
                    taken = StepTaken(request, case.entity.state, to, step.act, step.new_round)
                    yield case.after(ITEM, taken)


def is_kept(rule: Rule, case: Case) -> bool:
    """Whether a rule lets its step be taken, once a reason for departing from it is given."""
    entitled = not rule.excused_by or case.request.body in rule.excused_by
    binding = rule.force is Force.MUST or (rule.force is Force.DEFAULT and not entitled)
    return not binding or not case.blocked(rule)


WAITS = tuple(sorted({*LATER, *(each + timedelta(days=7) for each in (TODAY, *LATER))}))


# ------------------------------------------------------------------------------------- properties


def walk(route: Route, case: Case, referee: Referee, random: Random) -> None:
    """Take every step of a way, after supplying what it names; each must be allowed."""
    for leg in route.legs:
        asked = {remedy.fact for remedy in leg.first if isinstance(remedy, Record | Change)}
        way = tuple(remedy for remedy in leg.first if not isinstance(remedy, Supply))
        case = apply_way(way, case, random)
        inputs = {
            remedy.fact: random.choice(points(case.book.kind_of("item", remedy.fact)))
            for remedy in leg.first
            if isinstance(remedy, Supply) and remedy.fact not in asked
        }
        said = leg.decision.request
        request = Request(leg.step.id, said.body, case.request.on, inputs=inputs, reason=case.request.reason)
        decision = referee.decide(case.entity, request, case.record)
        assert decision.allowed, (leg.step.id, [finding.rule for finding in decision.blocking])
        taken = StepTaken(request, decision.from_state, decision.to_state, leg.step.act, leg.step.new_round)
        case = case.asks(reason="").after(ITEM, taken)
    assert case.entity.state == route.goal


@pytest.mark.parametrize("part", range(4))
def test_the_way_is_as_short_as_a_plain_search_finds_and_each_step_is_allowed_in_turn(part: int) -> None:
    found = 0
    size = count(reduced=25, full=300)
    for seed in range(part * size, (part + 1) * size):
        case, goal = drawn(seed)
        referee = Referee(case.book)
        route = way_to(referee, case.entity, goal, case.request.on, case.record)
        steps, exhausted = Search(referee, hard=False).shortest(case, goal)
        if steps is None and exhausted:
            steps, exhausted = Search(referee, hard=True).shortest(case, goal)
        if route is not None:
            found += 1
            walk(route, case, referee, Random(seed))
        if steps is not None:
            assert route is not None, f"seed {seed}: a way of {steps} steps is there"
            assert len(route.legs) <= steps, f"seed {seed}"
        elif exhausted:
            assert route is None, f"seed {seed}: {[leg.step.id for leg in route.legs]}"
    assert found > size / 4


def dubu_steps_away(start: Entity) -> dict[str, int]:
    """How many steps each state of DUBU's process is away when facts stay unknown, breadth first."""
    referee, book = dubu_book.REFEREE, dubu_book.BOOK
    process = referee.process(start)
    case = Case(book, {ITEM: start}, Request("", "", day(date(2025, 9, 9))))
    queue, found = deque([(0, case)]), {start.state: 0}
    seen = {(start.state, frozenset())}
    while queue:
        taken, here = queue.popleft()
        for step in process.steps:
            if here.entity.state not in step.from_states or step.new_round:
                continue
            unknown = {each.fact: book.unknown("item", each.fact) for each in step.inputs if each.required}
            inputs = {
                fact: word("…") if isinstance(value, Choice) and value.options is None else value
                for fact, value in unknown.items()
                if fact not in here.entity.facts
            }
            request = Request(step.id, step.by[0], here.request.on, inputs=inputs)
            guarded = replace(here, request=request)
            if all(is_kept(rule, guarded) for rule in referee.rules_of(step, start.kind)):
                to = step.to or here.entity.state
                there = here.after(ITEM, StepTaken(request, here.entity.state, to, step.act, step.new_round))
                key = (to, frozenset(act.act for act in there.entity.acts if act.act in ACTS_OF_DUBU))
                if key not in seen:
                    seen.add(key)
                    found.setdefault(to, taken + 1)
                    queue.append((taken + 1, there))
    return found


ACTS_OF_DUBU = frozenset(
    {"indstilling", "beslutning", "godkendelse", "prioritering", "afvisning", "tilslutning", "lukning"}
)


def test_in_dubus_rulebook_no_way_is_longer_than_a_plain_search_finds() -> None:
    kind = next(kind for p in dubu_book.BOOK.processes if len(p.steps) > 20 for kind in p.kinds)
    assert scope_of(kind.id) == "item"
    process = dubu_book.BOOK.process_for(kind.id)
    item = Entity(ITEM, kind.id, ITEM, {}, process.initial)
    away = dubu_steps_away(item)
    on = day(date(2025, 9, 9))
    for state in process.states:
        if state.id in away:
            route = way_to(dubu_book.REFEREE, item, state.id, on, {ITEM: item})
            assert route is not None, state.id
            assert len(route.legs) <= away[state.id], state.id
    assert len(away) >= len(process.states) - 1


def test_a_goal_where_the_item_already_is_takes_no_step() -> None:
    case, _ = drawn(0)
    route = way_to(Referee(case.book), case.entity, STATES[0], case.request.on, case.record)
    assert route == Route(STATES[0], ())


def test_to_a_goal_no_step_leads_to_there_is_no_way() -> None:
    case, _ = drawn(0)
    assert way_to(Referee(case.book), case.entity, "nowhere", case.request.on, case.record) is None
