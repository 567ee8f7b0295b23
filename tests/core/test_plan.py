"""Successors for vacant seats: which sets are best, and who cannot be chosen."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from governance.conditions.nodes import (
    All,
    AnyOf,
    Compare,
    Count,
    Each,
    Exists,
    Fact,
    Literal,
    ReadingHolds,
    Rows,
    Share,
)
from governance.model import Force, Origin, RequestError, Verdict
from governance.roster.plan import Candidate, plan
from governance.rulebook import DatedReading, Organisation, ReadingChoice
from governance.values import Span, day, number, word
from tests.core.vacancies import (
    DAY,
    JOINED,
    MEMBERS,
    NORTH,
    SIDES,
    TOWNS,
    bench,
    book,
    distinct,
    is_,
    names,
    rule,
    town,
)
from tests.example import Pen, text


def test_the_best_set_brings_back_what_is_missing():
    found = plan(
        bench(book(SIDES), NORTH),
        [town("A", side="north"), town("B", side="south"), town("C", side="south"), town("D", side="east")],
    )
    assert names(found.best[0]) == ["B", "D"]
    assert (found.before[0].verdict, found.best[0].body[0].verdict) == (Verdict.BROKEN, Verdict.KEPT)
    first = found.best[0].picks
    assert [(pick.count, pick.of.members) for pick in first] == [(1, ("B", "C")), (1, ("D",))]


def test_a_broken_should_that_is_nearer_to_kept_comes_first():
    found = plan(
        bench(book(rule("sides", Force.SHOULD, distinct("side", 4))), NORTH),
        [town("A", side="north"), town("B", side="north"), town("C", side="south"), town("D", side="east")],
    )
    assert [(names(each), each.rank.short) for each in found.best] == [
        (["C", "D"], Fraction(1, 4)),
        (["A", "C"], Fraction(1, 2)),
        (["A", "D"], Fraction(1, 2)),
        (["A", "B"], Fraction(3, 4)),
    ]


def test_how_near_a_term_is_to_a_should_counts_exactly():
    big = Compare(Fact("people", "organisation"), "at_least", Literal(number(10)))
    found = plan(
        bench(book(rule("big", Force.SHOULD, big, "term")), seats=1),
        [town("A", people=12), town("B", people=4), town("C", people=9), town("D", people=7)],
    )
    assert [(names(each), each.rank.short) for each in found.best] == [
        (["A"], 0),
        (["C"], Fraction(1, 10)),
        (["D"], Fraction(3, 10)),
        (["B"], Fraction(3, 5)),
    ]


def test_a_must_outweighs_every_should_and_an_unknown_must_is_better_than_a_broken_one():
    leads = rule("led", Force.MUST, Exists(MEMBERS, is_("leads", "ja")))
    found = plan(
        bench(book(leads, SIDES), seats=1),
        [town("A", "nej", side="south"), town("B", side="north"), town("C", "ja", side="north")],
    )
    assert [names(each) for each in found.best] == [["C"], ["B"], ["A"]]
    assert [each.rank.keeps_musts for each in found.best] == [True, False, False]


def test_of_sets_judged_alike_the_one_of_which_more_is_known_comes_first_then_the_first_in_the_file():
    either = rule("either", Force.SHOULD, Each(MEMBERS, AnyOf((is_("side", "south"), is_("leads", "ja")))))
    found = plan(
        bench(book(either), seats=1),
        [town("A", side="south"), town("B", "nej", side="south"), town("C", "nej", side="south")],
    )
    assert [(names(each), each.rank.facts_unknown) for each in found.best] == [(["B"], 0), (["A"], 1)]
    assert [each.members for each in found.classes] == [("A",), ("B", "C")]


def test_who_sits_already_or_breaks_a_must_of_its_term_is_left_out_with_the_reason():
    found = plan(
        bench(book(JOINED), NORTH, seats=2),
        [town("Nord", joined="ja"), town("A", joined="nej"), town("B"), town("C", joined="ja")],
    )
    assert [names(each) for each in found.best] == [["C"], ["B"]]
    sits, unfit = found.left_out
    assert (sits.organisation, sits.held) == ("Nord", "seat-0")
    assert (unfit.organisation, unfit.finding.rule, unfit.finding.subject) == ("A", "joined", "A")


def test_a_limit_on_terms_in_a_row_leaves_out_who_has_had_them():
    twice = rule(
        "twice", Force.MUST, Compare(Fact("consecutive", "term"), "at_most", Literal(number(1))), "term"
    )
    place = bench(book(twice), ("Nord", {}), seats=1)
    pen = Pen()
    pen.add("group", "body")
    pen.add("seat-0", "seat", body="group")
    pen.add("old", "term", seat="seat-0", organisation="Nord")
    pen.fact("old", "from", day(date(2023, 9, 10)))
    pen.fact("old", "to", day(date(2025, 9, 9)))
    found = plan(replace(place, record=pen.record(DAY), seats=("seat-0",)), [town("Nord"), town("A")])
    assert [(out.organisation, out.finding.rule) for out in found.left_out] == [("Nord", "twice")]
    assert names(found.best[0]) == ["A"]


def test_when_too_few_can_be_chosen_there_is_no_set():
    found = plan(bench(book(JOINED), seats=2), [town("A", joined="nej"), town("B", joined="ja")])
    assert (found.best, [out.organisation for out in found.left_out]) == ((), ["A"])


def test_what_a_file_says_counts_from_the_day_and_before_what_is_recorded():
    place = bench(book(JOINED), ("Nord", {}), seats=2)
    pen = Pen(origin=Origin.HISTORY)
    pen.add("A", "organisation")
    pen.fact("A", "joined", word("nej"), day(DAY))
    record = {**place.record, **pen.record(DAY)}
    known = replace(place, record=record)
    assert plan(known, [Candidate("A")]).left_out[0].finding.rule == "joined"
    assert names(plan(known, [town("A", joined="ja")]).best[0]) == ["A"]


def test_a_fact_that_is_dated_counts_as_of_the_day():
    moving = Organisation(
        "A",
        "town",
        {
            "side": (
                DatedReading(word("south"), None, date(2026, 12, 31)),
                DatedReading(word("north"), date(2027, 1, 1)),
            )
        },
    )
    place = bench(book(SIDES, organisations=(moving,)), NORTH, seats=2)
    assert plan(place, [Candidate("A")]).best[0].rank.short == Fraction(1, 3)
    later = replace(place, on=date(2027, 1, 1))
    assert plan(later, [Candidate("A")]).best[0].rank.short == Fraction(2, 3)


def test_numbers_are_told_apart_only_by_the_side_of_each_threshold_they_fall_on():
    large = rule(
        "large",
        Force.SHOULD,
        Exists(MEMBERS, Compare(Fact("people", "member"), "more_than", Literal(number(10)))),
    )
    found = plan(
        bench(book(large), seats=1),
        [town("A", people=5), town("B", people=9), town("C", people=11), town("D")],
    )
    assert [each.members for each in found.classes] == [("A", "B"), ("C",), ("D",)]
    assert found.classes[0].facts == ((("organisation", "people"), Span(Fraction(5), Fraction(9))),)


def test_a_condition_that_is_a_reading_is_looked_into():
    said = text("spredt")
    spread = ReadingChoice(
        "spread", "C", "spredt", said, (DatedReading(distinct("side", 3)),), said, DAY, said, ()
    )
    found = plan(
        bench(book(rule("spread", Force.SHOULD, ReadingHolds("spread")), readings=(spread,)), NORTH),
        [town("A", side="north"), town("B", side="south"), town("C", side="east")],
    )
    assert names(found.best[0]) == ["B", "C"]


def test_a_share_and_the_largest_group_are_counted():
    most = rule("most", Force.MUST, Compare(Count(MEMBERS, "side"), "at_most", Literal(number(1))))
    half = rule(
        "half", Force.SHOULD, Compare(Share(MEMBERS, is_("leads", "ja")), "at_least", Literal(number("1/2")))
    )
    found = plan(
        bench(book(most, half), NORTH),
        [
            town("A", "ja", side="north"),
            town("B", "nej", side="south"),
            town("C", "ja", side="south"),
            town("D", "ja", side="east"),
        ],
    )
    assert [names(each) for each in found.best][:2] == [["C", "D"], ["B", "D"]]
    assert [(each.rank.musts_broken, each.rank.shoulds_unknown) for each in found.best][:3] == [
        (0, 0),
        (0, 1),
        (1, 0),
    ]


def test_how_many_share_a_side_matters_and_not_only_that_some_do():
    most = rule("most", Force.MUST, Compare(Count(MEMBERS, "side"), "at_most", Literal(number(2))))
    found = plan(
        bench(book(most), NORTH, seats=4),
        [town("A", side="north"), town("B", side="north"), town("C", side="south"), town("D", side="south")],
    )
    assert [(names(each), each.rank.keeps_musts) for each in found.best] == [
        (["A", "C", "D"], True),
        (["A", "B", "C"], False),
    ]


def test_how_many_members_fall_short_of_a_should_matters():
    lead = rule("lead", Force.SHOULD, Each(MEMBERS, is_("leads", "ja")))
    found = plan(bench(book(lead), seats=2), [town("A", "nej"), town("B", "nej"), town("C", "ja")])
    assert [(names(each), each.rank.short) for each in found.best] == [(["A", "C"], 1), (["A", "B"], 2)]


def test_where_a_rule_asks_about_the_seat_each_candidate_gets_one_that_fits():
    fits = rule(
        "fits",
        Force.MUST,
        Each(
            MEMBERS,
            AnyOf(
                (
                    All(
                        (
                            is_("band", "big", "seat"),
                            Compare(Fact("people", "member"), "at_least", Literal(number(10))),
                        )
                    ),
                    All(
                        (
                            is_("band", "small", "seat"),
                            Compare(Fact("people", "member"), "less_than", Literal(number(10))),
                        )
                    ),
                )
            ),
        ),
    )
    found = plan(
        bench(book(fits), seats=3, seat_0="small", seat_1="big", seat_2="small"),
        [town("A", people=50), town("B", people=5), town("C", people=40), town("D", people=7)],
    )
    assert set(found.best[0].sitting) == {("seat-1", "A"), ("seat-0", "B"), ("seat-2", "D")}
    assert found.best[0].rank.keeps_musts
    assert {pick.seats for pick in found.best[0].picks} == {("seat-1",), ("seat-0", "seat-2")}


def test_who_may_take_only_some_of_the_seats_gets_one_of_them():
    here = rule(
        "here", Force.MUST, AnyOf((is_("joined", "ja", "organisation"), is_("id", "seat-2", "seat"))), "term"
    )
    place = bench(book(here), NORTH)
    found = plan(place, [town("A", joined="nej"), town("B", joined="ja"), town("C", joined="nej")])
    assert [set(each.sitting) for each in found.best] == [
        {("seat-1", "B"), ("seat-2", "A")},
    ]
    assert not found.left_out
    nobody = plan(place, [town("A", joined="nej"), town("C", joined="nej")])
    assert (nobody.best, nobody.left_out) == ((), ())


NESTED = Each(
    MEMBERS,
    Compare(
        Count(Rows("members", "body", "other", Compare(Fact("side", "other"), "is", Fact("side", "member")))),
        "at_most",
        Literal(number(1)),
    ),
)


def test_a_rule_that_holds_members_against_each_other_is_exact_too():
    found = plan(
        bench(book(rule("apart", Force.MUST, NESTED)), NORTH),
        [town("A", side="north"), town("B", side="south"), town("C", side="south"), town("D", side="east")],
    )
    assert [names(each) for each in found.best][:2] == [["B", "D"], ["C", "D"]]
    assert found.best[0].rank.keeps_musts
    assert not found.best[2].rank.keeps_musts


def test_what_is_too_much_to_be_reckoned_exactly_is_said_with_the_rule_that_makes_it_so():
    place = bench(book(rule("apart", Force.MUST, NESTED)), seats=9)
    with pytest.raises(RequestError) as error:
        plan(place, [town(f"T{n}", side="north") for n in range(40)])
    (problem,) = error.value.problems
    assert problem.en == (
        "40 candidates for 9 seats are more than can be reckoned exactly; "
        "`apart` looks at each candidate by itself; give a shorter list of candidates, or fewer seats"
    )


def test_a_named_set_is_judged_in_the_order_of_the_seats_whoever_is_in_it():
    place = bench(book(JOINED, TOWNS), NORTH)
    found = plan(
        place,
        [town("Nord"), town("A", joined="nej"), town("B", joined="ja"), town("C", joined="ja")],
        [["A", "Nord"]],
    )
    (named,) = found.named
    assert named.sitting == (("seat-1", "A"), ("seat-2", "Nord"))
    assert {each.rule: each.verdict for each in named.body} == {"own-towns": Verdict.BROKEN}
    assert named.rank > found.best[0].rank
