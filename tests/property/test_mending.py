"""A refusal is mended by what it names and by nothing less; where it names nothing, nothing mends it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count as numbers
from random import Random

from governance.conditions.judge import holds
from governance.conditions.narrow import HAIR, meets, narrow
from governance.conditions.nodes import Condition
from governance.conditions.reasons import (
    ActAs,
    Change,
    Complete,
    Do,
    Explain,
    Reach,
    Record,
    Remedy,
    Supply,
    Wait,
    Way,
)
from governance.conditions.rows import told
from governance.model import FactRecorded
from governance.rulebook import Rule
from governance.values import (
    Choice,
    Kind,
    Span,
    Truth,
    Value,
    ValueMismatch,
    compare,
    day,
    is_known,
    number,
    word,
)
from tests.counts import count
from tests.property.cases import Case, Drawer, act_of, completed
from tests.property.worlds import ACTS, BODIES, DATES, DAYS, completed_values, names_in

# ----------------------------------------------------------------------- applying what is named


def now_known(case: Case, name: str, fact: str) -> Value:
    known = case.record[name].facts.get(fact)
    scope = "relation" if case.record[name].kind == "relation" else "item"
    return known.value if known is not None else case.book.unknown(scope, fact)


def fits(value: Value, inside: Value) -> bool:
    """Whether a known value is one of those that are still possible."""
    if isinstance(value, Choice) and isinstance(inside, Choice):
        return inside.options is None or value.options <= inside.options
    assert isinstance(inside, Span)
    low, high = Span(inside.low, inside.low), Span(inside.high, inside.high)
    return (inside.low is None or compare(value, "at_least", low) is Truth.TRUE) and (
        inside.high is None or compare(value, "at_most", high) is Truth.TRUE
    )


def values_near(kind: Kind, wanted: tuple[Value, ...]) -> list[Value]:
    ends = [end for value in wanted if isinstance(value, Span) for end in (value.low, value.high) if end]
    near: list[Value] = []
    for end in ends:
        if isinstance(end, date):
            near += [day(end + timedelta(days=n)) for n in (-1, 0, 1)]
        else:
            near += [number(end + n) for n in (-1, 0, HAIR, 1)]
    words = [word(option) for value in wanted if isinstance(value, Choice) for option in value.options or ()]
    return [*completed_values(kind, kind.unknown()), *near, *(words if kind.name == "word" else ())]


def satisfying(case: Case, asked: list[Record | Change], random: Random) -> Value:
    """A value at random that is all that is asked of one fact."""
    name, fact = asked[0].entity, asked[0].fact
    scope = "relation" if case.record[name].kind == "relation" else "item"
    kind = case.book.kind_of(scope, fact)
    wanted = tuple(value for remedy in asked for value in remedy.wanted)
    known = now_known(case, name, fact)
    changed = any(isinstance(remedy, Change) for remedy in asked)
    fitting = [
        value
        for value in values_near(kind, wanted)
        if (changed or fits(value, known))
        and all(meets(value, remedy.operator, remedy.wanted) is Truth.TRUE for remedy in asked)
    ]
    assert fitting, f"{asked} can be met"
    return random.choice(fitting)


def apply_way(way: Way, case: Case, random: Random | None) -> Case:
    """Do what a way names, in its order; without ``random`` facts become no better known than is asked."""
    settled: set[tuple[str, str]] = set()
    for remedy in way:
        match remedy:
            case Record("request", fact) | Change("request", fact):
                said = narrow(Choice(None), remedy.operator, remedy.wanted)
                case = case.asks(**{fact: said.word})
            case Record(name, fact) | Change(name, fact) if random is not None:
                if (name, fact) not in settled:
                    settled.add((name, fact))
                    asked = [
                        r
                        for r in way
                        if isinstance(r, Record | Change) and (r.entity, r.fact) == (name, fact)
                    ]
                    case = case.after(name, FactRecorded(fact, satisfying(case, asked, random)))
            case Record(name, fact, operator, wanted) | Change(name, fact, operator, wanted):
                left = narrow(now_known(case, name, fact), operator, wanted)
                if left is None and isinstance(remedy, Change):
                    left = narrow(case.book.unknown("item", fact), operator, wanted)
                if left is not None:  # else the remedy waits for one that was left out
                    case = case.after(name, FactRecorded(fact, left))
            case _:
                case = apply_other(remedy, case)
    return case


def apply_other(remedy: Remedy, case: Case) -> Case:
    match remedy:
        case Complete(name):
            return completed(case, name)
        case Wait(until):
            return case.asks(on=day(max(until, case.request.on.low)))
        case Do(name, acts, by):
            return next(
                (done for done in doings(case, name, acts, by) if passes(remedy.tests, done, name)),
                act_of(case, name, acts[0], by[0] if by else BODIES[0]),
            )
        case ActAs(bodies):
            return case.asks(body=bodies[0])
        case Explain(bodies):
            return case.asks(reason="fordi", body=bodies[0] if bodies else case.request.body)
        case Supply(fact):
            return case.asks(inputs={**case.request.inputs, fact: number(1)})
    raise AssertionError(remedy)


def doings(case: Case, name: str, acts: tuple[str, ...], by: tuple[str, ...]) -> Iterator[Case]:
    for act in acts:
        for body in by or BODIES:
            for person in ("", "x", "y", "z"):
                yield act_of(case, name, act, body, person)


def passes(tests: tuple[Condition, ...], case: Case, name: str) -> bool:
    act = case.record[name].acts[-1]
    facts: dict[str, Value] = {"act": word(act.act), "body": word(act.body), "on": act.on}
    facts |= {"person": word(act.person)} if act.person else {}
    inner = case.scope.inside("act", told("act", "", facts))
    try:
        return all(holds(test, inner) is Truth.TRUE for test in tests)
    except ValueMismatch:  # the test names a row of a list, which is not seen from here
        return False


# ------------------------------------------------------------------------------- a plain search


def moves(case: Case, names: frozenset[str]) -> Iterator[Case]:
    """Everything that can be done about what a rule mentions, one thing at a time."""
    if "on" in names:
        later = [each for each in DATES_TO_WAIT_FOR if each > case.request.on.low]
        yield from (case.asks(on=day(each)) for each in later)
    for name, entity in case.record.items():
        if not case.is_complete(name):
            yield completed(case, name)
        if entity.kind == "wish":
            for act in ACTS:
                if act in names or "acts" in names:
                    for body in BODIES:
                        for person in ("", "x", "z") if "person" in names else ("",):
                            yield act_of(case, name, act, body, person)
        for fact in ("n", "d", "s", "w", "o"):
            known = now_known(case, name, fact)
            if fact in names and not is_known(known):
                kind = case.book.kind_of("item", fact)
                for value in completed_values(kind, known):
                    yield case.after(name, FactRecorded(fact, value))


DATES_TO_WAIT_FOR = sorted(
    {each.low for each in DATES}
    | {each + timedelta(days=n) for each in DAYS for n in (1, 2, 7, 8, 14, 29, 30, 31, 60, 61)}
    | {date(2025, 2, 27), date(2025, 3, 1), date(2026, 3, 1)}
)


def mended_by_search(case: Case, rule: Rule, deep: int, most: int) -> Case | None:
    """A situation in which the rule no longer blocks, looked for breadth first, or None within bounds."""
    names = names_in((rule.requires, rule.applies_when))
    if {"condition", "days", "size"} & names:
        names |= names_in(tuple(dated.meaning for each in case.book.readings for dated in each.values))
    frontier, looked = [case], numbers()
    for _ in range(deep):
        deeper = []
        for here in frontier:
            for there in moves(here, names):
                if not there.blocked(rule):
                    return there
                if next(looked) > most:
                    return None
                deeper.append(there)
        frontier = deeper
    return None


# ----------------------------------------------------------------------------------- properties


def refused(seeds: range) -> Iterator[tuple[int, Case, Rule, tuple[Way, ...]]]:
    for seed in seeds:
        case = Drawer(Random(seed)).case(depth=1 + seed % 2)
        (rule,) = case.book.every_rule
        (finding,) = (each for each in case.decision.findings if each.rule == rule.id)
        assert finding.blocks is case.blocked(rule)
        if finding.blocks:
            yield seed, case, rule, finding.ways


def can_be_tried(way: Way) -> bool:
    return not any(isinstance(remedy, Reach) for remedy in way)


def test_a_way_mends_what_was_refused_and_nothing_in_it_can_be_left_out() -> None:
    tried = 0
    for seed, case, rule, ways in refused(range(count(reduced=600, full=10_000))):
        for way in filter(can_be_tried, ways):
            tried += 1
            mended = apply_way(way, case, Random(seed))
            assert not mended.blocked(rule), f"seed {seed}: {way} mends {rule}"
            for remedy in way:
                rest = tuple(each for each in way if each != remedy)
                assert apply_way(rest, case, None).blocked(rule), f"seed {seed}: {remedy} is needed in {way}"
    assert tried > 100


def test_where_no_way_is_named_a_search_finds_none() -> None:
    hopeless = 0
    for seed, case, rule, ways in refused(range(count(reduced=600, full=10_000))):
        if not ways:
            hopeless += 1
            found = mended_by_search(case, rule, 2, count(reduced=300, full=3_000))
            assert found is None, f"seed {seed}: {rule} can be mended: {found}"
    assert hopeless > 10
