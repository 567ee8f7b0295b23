"""A plan is never beaten by trying every set, and its list is the best of all of them."""

from dataclasses import replace
from datetime import date
from itertools import combinations, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from governance.conditions.nodes import (
    All,
    AnyOf,
    Compare,
    Count,
    Distinct,
    Each,
    Exists,
    Fact,
    Literal,
    Not,
    Rows,
    Share,
)
from governance.model import Force, Origin, Verdict
from governance.roster.plan import MOST_SETS, Bench, Candidate, plan
from governance.rulebook import FactKind, Named, Rule, Rulebook
from governance.values import Choice, Kind, Span, day, is_known, number, word
from tests.counts import count
from tests.example import Pen, text

DAY = date(2025, 9, 10)
FACTS = (
    FactKind("region", "organisation", Kind("word", ("north", "south", "east")), text("region")),
    FactKind("people", "organisation", Kind("number"), text("people")),
    FactKind("joined", "organisation", Kind("word", ("ja", "nej")), text("joined")),
    FactKind("leads", "term", Kind("word", ("ja", "nej")), text("leads")),
    FactKind("band", "seat", Kind("word", ("big", "small")), text("band")),
)
BODY = Rulebook(
    "plan",
    text("P"),
    text("V"),
    date(2024, 1, 1),
    text("f"),
    "p" * 64,
    bodies=(Named("group", text("g")),),
    facts=FACTS,
)
SITTING = tuple(f"sits-{n}" for n in range(3))
MEMBERS = Rows("members", "body", "member")

words = st.sampled_from(["north", "south", "east"])
answers = st.sampled_from(["ja", "nej"])


def is_(fact, value, of="member"):
    return Compare(Fact(fact, of), "is", Literal(word(value)))


def over(limit, of="member"):
    return Compare(Fact("people", of), "more_than", Literal(number(limit)))


tests_on_a_member = st.one_of(
    st.builds(is_, st.just("region"), words),
    st.builds(is_, st.just("joined"), answers),
    st.builds(is_, st.just("leads"), answers),
    st.builds(over, st.sampled_from([10, 20])),
    st.builds(
        lambda one, other: AnyOf((one, other)),
        st.builds(over, st.just(10)),
        st.builds(is_, st.just("leads"), answers),
    ),
    st.builds(Not, st.builds(is_, st.just("joined"), answers)),
)
rows = st.one_of(st.just(MEMBERS), st.builds(lambda where: replace(MEMBERS, where=where), tests_on_a_member))
bounds = st.sampled_from(["at_least", "at_most", "is"])
numbers = st.builds(lambda n: Literal(number(n)), st.integers(0, 4))
parts = st.builds(lambda n: Literal(number(f"{n}/3")), st.integers(0, 3))
told_apart = st.sampled_from(["region", "municipality", "people"])
rules_on_members = st.one_of(
    st.builds(Compare, st.builds(Distinct, told_apart, rows), bounds, numbers),
    st.builds(Compare, st.builds(Count, rows), bounds, numbers),
    st.builds(Compare, st.builds(Count, rows, told_apart), bounds, numbers),
    st.builds(Compare, st.builds(Share, rows, tests_on_a_member), bounds, parts),
    st.builds(Compare, st.builds(lambda of, same: Share(of, None, same), rows, told_apart), bounds, parts),
    st.builds(Exists, rows, tests_on_a_member),
    st.builds(Each, rows, tests_on_a_member),
    st.builds(Exists, st.just(Rows("seats", "body", "seat")), st.just(is_("occupied", "nej", "seat"))),
)
conditions = st.one_of(
    rules_on_members,
    st.builds(lambda one, other: All((one, other)), rules_on_members, rules_on_members),
    st.builds(lambda one, other: AnyOf((one, other)), rules_on_members, rules_on_members),
    st.builds(Not, rules_on_members),
)
in_its_band = Each(
    MEMBERS, AnyOf((All((is_("band", "big", "seat"), over(10))), Not(is_("band", "big", "seat"))))
)
nested = Each(
    MEMBERS,
    Compare(
        Count(
            Rows("members", "body", "other", Compare(Fact("region", "other"), "is", Fact("region", "member")))
        ),
        "at_most",
        Literal(number(2)),
    ),
)
forces = st.sampled_from([Force.MUST, Force.DEFAULT, Force.SHOULD])
on_terms = st.one_of(
    st.builds(is_, st.just("joined"), answers, st.just("organisation")),
    st.builds(is_, st.just("leads"), answers, st.just("term")),
    st.builds(over, st.just(10), st.just("organisation")),
)


@st.composite
def rulebooks(draw):
    found = draw(
        st.lists(st.tuples(forces, st.one_of(conditions, st.sampled_from([in_its_band, nested]))), max_size=4)
    )
    rules = [Rule(f"b{n}", None, force, "body", tree, text("r")) for n, (force, tree) in enumerate(found)]
    own = draw(st.lists(st.tuples(forces, on_terms), max_size=2))
    rules += [Rule(f"t{n}", None, force, "term", tree, text("r")) for n, (force, tree) in enumerate(own)]
    return replace(BODY, rules=tuple(rules))


@st.composite
def facts(draw):
    told = {}
    for fact in FACTS[:4]:
        if draw(st.integers(0, 3)) == 0:
            continue
        match fact.kind.name:
            case "number":
                value = draw(
                    st.sampled_from([number(5), number(10), number(25), Span(number(5).low, number(25).low)])
                )
            case _:
                few = draw(st.sets(st.sampled_from(fact.kind.options), min_size=1, max_size=2))
                value = Choice(frozenset(few))
        told[fact.scope, fact.id] = value
    return told


@st.composite
def benches(draw):
    """A group of two who sit and up to three vacancies, with up to seven candidates."""
    vacant = draw(st.integers(1, 3))
    pen = Pen(origin=Origin.HISTORY)
    pen.add("group", "body")
    if draw(st.booleans()):
        pen.complete("group", day(date(2025, 1, 2)))
    for place in range(2 + vacant):
        pen.add(f"seat-{place}", "seat", body="group")
        if draw(st.booleans()):
            pen.fact(f"seat-{place}", "band", word(draw(st.sampled_from(["big", "small"]))))
    for place in range(draw(st.integers(0, 2))):
        pen.add(SITTING[place], "organisation")
        pen.add(f"term-{place}", "term", seat=f"seat-{place}", organisation=SITTING[place])
        if draw(st.booleans()):
            pen.fact(f"term-{place}", "from", day(date(2025, 1, 1)))
        for (scope, fact), value in draw(facts()).items():
            pen.fact(f"term-{place}" if scope == "term" else SITTING[place], fact, value)
    book = draw(rulebooks())
    candidates = [Candidate(f"town-{n}", draw(facts())) for n in range(draw(st.integers(vacant, 7)))]
    seats = tuple(f"seat-{2 + n}" for n in range(vacant))
    return Bench(pen.record(DAY), book, "group", DAY, seats), candidates


def every_set(bench, candidates):
    """All sets, each in its best order of seats, best first, then by the order of the file."""
    ranked = []
    told_apart = any(rule.requires == in_its_band for rule in bench.rulebook.rules)
    orders = list(permutations(bench.seats)) if told_apart else [bench.seats]
    for chosen in combinations(range(len(candidates)), len(bench.seats)):
        for order in orders:
            seated = list(zip(order, (candidates[place] for place in chosen), strict=True))
            _, terms, rank = bench.judged(seated)
            if not any(each.force is Force.MUST and each.verdict is Verdict.BROKEN for each in terms):
                ranked.append((rank, chosen))
    return sorted(ranked)


@settings(max_examples=count(reduced=50, full=1500))
@given(benches())
def test_the_best_set_is_never_beaten_and_the_list_is_the_best_of_all_sets(case):
    bench, candidates = case
    found = plan(bench, candidates)
    names = [each.organisation for each in candidates]
    every = every_set(bench, candidates)
    shown = [(s.rank, tuple(sorted(names.index(name) for _, name in s.sitting))) for s in found.best]
    assert shown == sorted(shown)
    assert bool(shown) is bool(every)
    if every:
        assert shown[0] == every[0]
    kinds = {name: at for at, alike in enumerate(found.classes) for name in alike.members}
    best = {}
    for rank, chosen in every:
        picks = tuple(sorted(kinds[names[place]] for place in chosen))
        best.setdefault((rank, picks), chosen)
    assert all(shown_set in every for shown_set in shown)
    if len({pick.seats for each in found.best for pick in each.picks}) <= 1:
        wanted = [(rank, chosen) for (rank, _), chosen in best.items()]
        assert shown == sorted(wanted)[:MOST_SETS]


@given(benches())
def test_alike_means_that_no_rule_can_tell_one_from_the_other(case):
    bench, candidates = case
    by_name = {each.organisation: each for each in candidates}
    for found in plan(bench, candidates).best[:4]:
        for pick in found.picks:
            inside = {name for _, name in found.sitting}
            taken = [name for name in pick.of.members if name in inside]
            for other in [name for name in pick.of.members if name not in inside][:2]:
                seated = [
                    (seat, by_name[other if name == taken[0] else name]) for seat, name in found.sitting
                ]
                assert bench.judged(seated)[2] == found.rank


@given(benches())
def test_every_fact_not_known_of_those_who_may_be_chosen_is_asked_about_once(case):
    bench, candidates = case
    found = plan(bench, candidates)
    asked = [*found.questions.settle, *found.questions.better, *found.questions.later]
    unknown = [
        (name, fact)
        for alike in found.classes
        for fact, value in alike.facts
        for name in alike.members
        if not is_known(told(bench, candidates, name, fact))
    ]
    assert sorted((each.organisation, each.fact) for each in asked) == (sorted(unknown) if found.best else [])
    inside = {name for _, name in found.best[0].sitting} if found.best else set()
    assert {each.organisation for each in found.questions.settle} <= inside
    assert not {each.organisation for each in found.questions.better} & inside


def told(bench, candidates, name, fact):
    facts = next(each.facts for each in candidates if each.organisation == name)
    return facts.get(fact, bench.rulebook.unknown(*fact))
