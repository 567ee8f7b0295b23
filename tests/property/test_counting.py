"""Counted rounds against brute force: every valid ballot tried, every change searched breadth first."""

from fractions import Fraction
from functools import cache
from itertools import combinations, combinations_with_replacement, pairwise, permutations, product

from hypothesis import assume, given
from hypothesis import strategies as st

from governance.counting import Method, Paper, check, count, read_scores, robustness, write_scores
from tests.counts import count as many

NAMES = "ABCD"
MOST_STATES = many(reduced=6000, full=45_000)
FARTHEST = 10**6


def sign(number):
    return (number > 0) - (number < 0)


@cache
def every_ballot(method, choices):
    """Every valid ballot as scores or ranks by position; None is left out."""
    if method.kind == "borda":
        options = [None, *range(1, len(choices) + 1)]
    else:
        top = min(limit for limit in (method.most, method.budget, FARTHEST) if limit is not None)
        top = min(top, 1) if method.kind == "approval" else top
        options = range(int(top) + 1)
    found = []
    for values in product(options, repeat=len(choices)):
        scores = {name: value for name, value in zip(choices, values, strict=True) if value is not None}
        if not check(method, choices, scores):
            found.append(values)
    return found


def worth(method, values):
    """The points of a ballot by position, said in another way than the code does."""
    if method.kind != "borda":
        return values
    size, ranked = len(values), sum(value is not None for value in values)
    shared = (
        Fraction(sum(range(size - ranked)), size - ranked)
        if method.blank == "shared" and ranked < size
        else 0
    )
    return tuple(shared if value is None else size - value for value in values)


def totals_of(method, size, profile):
    points = [worth(method, values) for values in profile]
    return tuple(sum(each[place] for each in points) for place in range(size))


def inside(totals, places):
    """A choice is in when it has a place however ties are broken."""
    if places is None:
        return None
    always = None
    for order in permutations(range(len(totals))):
        if all(totals[a] >= totals[b] for a, b in pairwise(order)):
            picked = frozenset(order[:places])
            always = picked if always is None else always & picked
    return always


@st.composite
def rounds(draw, kinds=("sum", "approval", "borda")):
    """A method, its choices, every valid ballot, and the profile cast."""
    kind = draw(st.sampled_from(kinds))
    size = draw(st.integers(1, 4))
    limit = None
    most = None
    if kind != "borda":
        limit = draw(st.none() | st.integers(0, 4).map(Fraction))
        most = draw(st.integers(0, 3).map(Fraction)) if kind == "sum" else None
        if kind == "sum" and limit is not None and draw(st.booleans()):
            most = None
    blank = draw(st.sampled_from(["zero", "shared"] if kind == "borda" else ["zero", "abstain"]))
    places = draw(st.none() | st.integers(0, size))
    method = Method(kind, most, limit, blank, places)
    choices = tuple(NAMES[:size])
    ballots = every_ballot(method, choices)
    profile = tuple(draw(st.lists(st.sampled_from(ballots), max_size=4)))
    return method, choices, ballots, profile


def papers_of(choices, profile):
    return [
        Paper(
            f"k{number}",
            {name: value for name, value in zip(choices, values, strict=True) if value is not None},
        )
        for number, values in enumerate(profile)
    ]


def neighbours(ballots, profile):
    for number, values in enumerate(profile):
        for place, step in product(range(len(values)), (1, -1)):
            changed = (*values[:place], values[place] + step, *values[place + 1 :])
            if changed in ballots:
                yield (*profile[:number], changed, *profile[number + 1 :])


def distances(ballots, profile, goals):
    """The steps to the first profile that meets each goal, breadth first; None where none ever does."""
    valid, seen, edge, met, steps = set(ballots), {profile}, [profile], {}, 0
    while edge:
        for goal, holds in goals.items():
            if goal not in met and any(holds(each) for each in edge):
                met[goal] = steps
        if len(met) == len(goals):
            break
        edge = sorted({each for old in edge for each in neighbours(valid, old)} - seen)
        seen.update(edge)
        steps += 1
    return {goal: met.get(goal) for goal in goals}


def goals_of(method, choices, profile, pairs):
    size = len(choices)
    totals = totals_of(method, size, profile)

    def turned(pair):
        first, second = (choices.index(name) for name in pair)
        was = sign(totals[first] - totals[second])

        def holds(other):
            then = totals_of(method, size, other)
            return sign(then[first] - then[second]) != was

        return holds

    before = inside(totals, method.places)
    goals = {pair: turned(pair) for pair in pairs}
    goals["cut"] = lambda other: inside(totals_of(method, size, other), method.places) != before
    return goals


@given(rounds(kinds=("sum", "approval")))
def test_the_least_number_of_changes_is_what_a_search_of_all_valid_ballots_finds(round_):
    method, choices, ballots, profile = round_
    assume(len(ballots) ** len(profile) <= MOST_STATES)
    found = robustness(method, choices, papers_of(choices, profile), ())
    pairs = [(margin.first, margin.second) for margin in found.margins]
    goals = goals_of(method, choices, profile, pairs)
    if found.cut and found.cut.pair:
        turned = goals_of(method, choices, profile, [found.cut.pair])[found.cut.pair]
        goals["pair"] = lambda other: goals["cut"](other) and turned(other)
    searched = distances(ballots, profile, goals)
    assert {(margin.first, margin.second): margin.changes for margin in found.margins} == {
        pair: searched[pair] for pair in pairs
    }
    assert (found.cut.changes if found.cut else None) == searched["cut"] == searched.get("pair")


@given(rounds(), st.integers(0, 3))
def test_the_missing_ballots_needed_are_what_trying_every_one_of_them_finds(round_, absent):
    method, choices, ballots, profile = round_
    kinds = sorted({worth(method, values): values for values in ballots}.values(), key=repr)
    assume(len(kinds) ** absent <= MOST_STATES * 4)
    entitled = [f"k{number}" for number in range(len(profile) + absent)]
    found = robustness(method, choices, papers_of(choices, profile), entitled)
    assert found.missing == tuple(entitled[len(profile) :])
    pairs = [(margin.first, margin.second) for margin in found.margins]
    goals = goals_of(method, choices, profile, pairs)
    needed = dict.fromkeys(goals)
    for times in range(1, absent + 1):
        for more in combinations_with_replacement(kinds, times):
            for goal in [goal for goal, least in needed.items() if least is None]:
                if goals[goal]((*profile, *more)):
                    needed[goal] = times
    assert {(margin.first, margin.second): margin.missing for margin in found.margins} == {
        pair: needed[pair] for pair in pairs
    }
    assert (found.cut.missing if found.cut else None) == needed["cut"]


@given(rounds())
def test_a_ballot_is_decisive_when_a_recount_without_it_says_otherwise(round_):
    method, choices, _, profile = round_
    papers = papers_of(choices, profile)
    words = {1: "above", 0: "level", -1: "below"}
    whole = count(method, choices, papers)
    order = [tally.choice for tally in whole.tallies]
    expected = {}
    for paper in papers:
        rest = count(method, choices, [each for each in papers if each is not paper])
        was, then = ({tally.choice: tally.total for tally in each.tallies} for each in (whole, rest))
        turns = [
            (one, two, words[sign(was[one] - was[two])], words[sign(then[one] - then[two])])
            for one, two in combinations(order, 2)
            if sign(was[one] - was[two]) != sign(then[one] - then[two])
        ]
        others_in = set(whole.those("in")) != set(rest.those("in"))
        if turns or others_in:
            expected[paper.caster] = (turns, set(rest.those("in")) if others_in else None)
    found = robustness(method, choices, papers, ())
    assert {
        each.caster: (
            [(turn.first, turn.second, turn.was, turn.becomes) for turn in each.turns],
            None if each.inside is None else set(each.inside),
        )
        for each in found.decisive
    } == expected


@given(rounds())
def test_totals_ranks_and_outcomes_are_those_of_a_plain_recount(round_):
    method, choices, _, profile = round_
    result = count(method, choices, papers_of(choices, profile))
    totals = dict(zip(choices, totals_of(method, len(choices), profile), strict=True))
    sure = inside(tuple(totals.values()), method.places)
    best = sorted(totals.values(), reverse=True)
    assert [tally.choice for tally in result.tallies] == sorted(choices, key=lambda name: -totals[name])
    for tally in result.tallies:
        assert (tally.total, tally.rank) == (totals[tally.choice], best.index(tally.total) + 1)
        assert {tally.choice, *tally.tied_with} == {name for name in choices if totals[name] == tally.total}
        assert (tally.outcome == "in") == (sure is not None and choices.index(tally.choice) in sure)
    if method.places is None:
        assert {tally.outcome for tally in result.tallies} == {None}
    else:
        most_in = len(choices) - len(result.those("out"))
        assert len(result.those("in")) <= method.places
        assert most_in >= min(method.places, len(choices))


@given(rounds())
def test_equal_totals_share_rank_and_outcome(round_):
    method, choices, _, profile = round_
    tallies = count(method, choices, papers_of(choices, profile)).tallies
    for one, two in combinations(tallies, 2):
        assert (one.total == two.total) == (one.rank == two.rank)
        assert one.total != two.total or one.outcome == two.outcome


@given(rounds(), st.randoms(use_true_random=False))
def test_the_order_of_the_ballots_says_nothing(round_, chance):
    method, choices, _, profile = round_
    papers = papers_of(choices, profile)
    shuffled = [Paper(each.caster, dict(reversed(each.scores.items()))) for each in papers]
    chance.shuffle(shuffled)
    entitled = [f"k{number}" for number in range(6)]
    assert count(method, choices, shuffled) == count(method, choices, papers)
    assert robustness(method, choices, shuffled, set(entitled)) == robustness(
        method, choices, papers, entitled
    )


@given(rounds(kinds=("borda",)))
def test_no_valid_ballot_gives_more_borda_points_than_there_are(round_):
    method, choices, ballots, _ = round_
    for values in ballots:
        tallies = count(method, choices, papers_of(choices, [values])).tallies
        given_out = sum(tally.total for tally in tallies)
        whole = sum(range(len(choices)))
        assert given_out == whole if method.blank == "shared" else given_out <= whole


ids = st.text(st.sampled_from("ABZæøÆØÅ019-/."), min_size=1, max_size=12)
scores = st.fractions(-(10**12) + 1, 10**12 - 1, max_denominator=10**6).filter(
    lambda number: abs(number.numerator) < 10**12
)


@given(st.dictionaries(ids, st.integers(-999, 999) | scores, max_size=8), st.randoms(use_true_random=False))
def test_scores_are_read_back_as_they_were_written(written, chance):
    choices = list(written)
    chance.shuffle(choices)
    for line in (write_scores(written), write_scores(written, choices)):
        assert read_scores(line, choices) == written
    assert list(read_scores(write_scores(written), choices)) == choices
    assert write_scores(read_scores(write_scores(written, choices), choices)) == write_scores(written)
