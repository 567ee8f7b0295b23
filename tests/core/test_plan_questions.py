"""What must be found out about candidates first."""

from governance.conditions.nodes import (
    AnyOf,
    Compare,
    Exists,
    Fact,
    Reading,
)
from governance.model import Force
from governance.roster.plan import Questions, plan
from governance.rulebook import DatedReading, ReadingChoice
from governance.values import number
from tests.core.vacancies import DAY, JOINED, MEMBERS, NORTH, SIDES, bench, book, is_, names, rule, town
from tests.example import text


def asked(questions):
    return [(each.organisation, each.fact[1]) for each in questions]


def test_nothing_is_asked_when_everything_is_known():
    found = plan(bench(book(JOINED), seats=1), [town("A", joined="ja"), town("B", joined="ja")])
    assert found.questions == Questions()


def test_what_the_best_set_needs_is_asked_first_and_the_rest_only_if_that_turns_out_badly():
    found = plan(bench(book(JOINED), seats=1), [town("A"), town("B")])
    assert names(found.best[0]) == ["A"]
    assert asked(found.questions.settle) == [("A", "joined")]
    assert asked(found.questions.better) == []
    assert asked(found.questions.later) == [("B", "joined")]


def test_a_question_that_cannot_change_what_the_rules_say_of_the_best_set_is_spared():
    either = rule(
        "either", Force.MUST, AnyOf((is_("joined", "ja", "organisation"), is_("leads", "ja", "term"))), "term"
    )
    found = plan(bench(book(either), seats=1), [town("A"), town("B")])
    assert asked(found.questions.settle) == [("A", "joined")]


def test_who_would_make_a_better_set_if_the_answer_is_good_is_asked_about_next():
    found = plan(
        bench(book(JOINED, SIDES), NORTH),
        [town("A", joined="ja", side="north"), town("B", joined="ja", side="south"), town("C", side="east")],
    )
    assert names(found.best[0]) == ["A", "B"]
    assert asked(found.questions.settle) == []
    assert asked(found.questions.better) == [("C", "joined")]


def test_numbers_are_asked_about_by_what_the_rules_hold_them_against():
    said = text("stor")
    big = ReadingChoice("big", "C", "stor", said, (DatedReading(number(10)),), said, DAY, said, ())
    large = rule(
        "large", Force.MUST, Exists(MEMBERS, Compare(Fact("people", "member"), "more_than", Reading("big")))
    )
    found = plan(bench(book(large, readings=(big,)), seats=1), [town("A"), town("B", people=3)])
    assert asked(found.questions.settle) == [("A", "people")]
