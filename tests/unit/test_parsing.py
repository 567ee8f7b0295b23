"""What a rulebook says once it is read: names resolved, kinds known, dates and forces as written."""

from datetime import date
from fractions import Fraction

import pytest

from governance.conditions.nodes import (
    About,
    ActDone,
    All,
    AnyOf,
    Compare,
    Count,
    Distinct,
    Each,
    Exists,
    Extreme,
    Fact,
    Literal,
    Not,
    OneOf,
    Reading,
    ReadingHolds,
    Recorded,
    Rows,
    Share,
    Shift,
)
from governance.model import Force, Text
from governance.rulebook import DatedReading, Input
from governance.values import Choice, Kind, Span, day, number, word
from governance.vocabulary import YES_NO
from tests.unit.garden import GARDEN, changed, faults_in, read


@pytest.fixture(scope="module")
def book():
    return read()


def rule(book, name):
    return next(rule for rule in book.every_rule if rule.id == name)


def test_the_head_of_a_rulebook_is_as_written(book):
    assert (book.id, book.from_, book.to) == ("haven", date(2020, 1, 1), date(2029, 12, 31))
    assert book.why_from == Text("Stiftet da", "Founded then")
    assert [body.id for body in book.bodies] == ["bestyrelsen", "generalforsamlingen"]


def test_a_fact_holds_what_its_kind_says(book):
    kinds = {fact.id: fact.kind for fact in book.facts}
    assert kinds["hegn"] == Kind("scale", ("lav", "mellem", "hoej"))
    assert kinds["pris"] == Kind("number", (), "kroner")
    assert kinds["jord"] == Kind("word", ("toer", "fugtig"))
    assert kinds["betalt"] == YES_NO
    assert [fact.id for fact in book.facts if fact.adds_up] == ["pris"]


def test_a_clause_keeps_its_part_and_its_why(book):
    by_id = {clause.id: clause for clause in book.clauses}
    part, partly = by_id["P2a"], by_id["P3"]
    assert (part.part_of, part.partly, part.why) == ("P2", False, None)
    assert (partly.part_of, partly.partly, partly.force) == (None, True, Force.DEFAULT)
    assert partly.why == Text("Et skøn", "A judgement")


def test_a_reading_is_a_number_on_each_date_or_a_condition_about_an_item(book):
    assert book.reading_by_id["graense"].values == (
        DatedReading(number(1000), None, date(2024, 12, 31)),
        DatedReading(number(1500), date(2025, 1, 1), None),
    )
    scale = ("lav", "mellem", "hoej")
    high = Compare(Fact("hegn", "item"), "at_least", Literal(Choice(frozenset({"mellem"}), scale)))
    dear = Compare(Fact("pris", "item"), "at_least", Reading("graense"))
    assert book.reading_by_id["dyr"].values == (DatedReading(AnyOf((dear, high))),)


def test_a_process_has_its_states_and_steps(book):
    (process,) = book.processes
    assert process.initial == "ny"
    assert [state.id for state in process.states if state.final] == ["tilladt", "afslaaet"]
    apply, allow, _, wait = process.steps
    assert apply.by == ("bestyrelsen", "generalforsamlingen")
    assert apply.inputs == (Input("pris"), Input("jord", required=False))
    assert (allow.by_clause, allow.from_clause, apply.by_clause) == ("P1", "P1", None)
    assert (wait.to, wait.new_round, wait.from_states) == (None, True, ("ny", "sendt"))


def test_a_rule_under_a_step_guards_it_and_sees_the_request(book):
    guard = rule(book, "soegt-foer")
    assert (guard.for_each, guard.steps) == ("item", ("tillad",))
    assert guard.applies_when == ReadingHolds("dyr")
    late = Compare(
        Fact("on", "act"), "no_later_than", Shift(Fact("on", "request"), Reading("frist"), "days", back=True)
    )
    other = Not(Compare(Fact("person", "act"), "is", Fact("person", "request")))
    assert guard.requires == ActDone(("ansoegning",), "item", ("bestyrelsen",), (late, other))
    assert guard.otherwise == Text("Søg først", "Apply first")


def test_facts_and_collections_name_the_row_they_belong_to(book):
    requires = rule(book, "nok-medlemmer").requires
    members = Rows("members", "body", "member")
    paid = Rows("members", "body", "member", Compare(Fact("betalt", "member"), "is", Literal(word("ja"))))
    superusers = Count(Rows("superusers", "organisation", "superuser"))
    more = Compare(Fact("haver", "member"), "more_than", Literal(number(12)))
    assert requires == All(
        (
            Compare(Distinct("egn", paid), "at_least", Literal(number(2))),
            Compare(Share(members, same="municipality"), "at_most", Literal(number(Fraction(1, 3)))),
            Each(Rows("members", "body", "den"), Compare(superusers, "at_least", Literal(number(1)))),
            Exists(members, more),
            Compare(
                Extreme("earliest", "date", Rows("meetings", "body", "meeting")),
                "after",
                Literal(day(date(2020, 1, 1))),
            ),
        )
    )


def test_a_default_has_its_dates_its_deadline_and_who_may_excuse_it(book):
    called = rule(book, "indkaldt-i-tide")
    assert (called.force, called.excused_by) == (Force.DEFAULT, ("generalforsamlingen",))
    assert (called.from_, called.to) == (date(2021, 1, 1), date(2028, 12, 31))
    assert called.due == Fact("date", "meeting")
    two_weeks_before = Shift(Fact("date", "meeting"), Literal(number(2)), "weeks", back=True)
    about = About(Fact("on", "act"), two_weeks_before, Literal(number(3)), Reading("frist"))
    assert called.requires == ActDone(("ansoegning",), "meeting", (), (about,))


def test_a_rule_of_ours_names_its_steps_and_links(book):
    ours = rule(book, "hegn-ikke-hoejt")
    assert (ours.clause, ours.steps, ours.only) == (None, ("soeg", "tillad"), ("hegn",))
    soil, fence, whole, by_board = ours.requires.parts
    assert soil == OneOf(Fact("jord", "item"), (Literal(word("toer")), Literal(word("fugtig"))))
    assert fence == Not(Recorded("hegn", "item"))
    assert whole.left == Fact("hegn", "whole")
    assert by_board.tests == (Compare(Fact("body", "act"), "is", Literal(word("bestyrelsen"))),)


def test_an_organisations_facts_hold_between_their_dates(book):
    north = book.organisation_by_id["Nordhaven"]
    assert north.facts["haver"] == (DatedReading(number(40)),)
    assert [dated.meaning for dated in north.facts["egn"]] == [word("nord"), word("syd")]


def test_a_fact_without_a_row_named_is_the_nearest_rows(book):
    del book
    dear = "{exists: acts, satisfy: {fact: pris, of: item, at_least: 1}}"
    nested = f"{{exists: tracks, where: {{fact: jord, is: toer}}, satisfy: {dear}}}"
    text = changed("{fact: jord, one_of: [toer, fugtig]}", nested)
    tracks = rule(read(text), "hegn-ikke-hoejt").requires.parts[0]
    assert tracks.rows.where.left == Fact("jord", "item")
    assert tracks.rows == Rows("tracks", "item", "item", tracks.rows.where)
    assert tracks.satisfy.rows == Rows("acts", "item", "act")


def test_a_row_hides_another_of_its_name():
    hidden = "{exists: acts, as: item, satisfy: {fact: pris, at_least: 1}}"
    found = faults_in(changed("{fact: jord, one_of: [toer, fugtig]}", hidden))
    assert [fault.code for fault in found] == ["unknown-fact"]


def test_a_reading_may_be_a_word_of_a_scale_and_be_held_against_a_fact_of_it():
    text = GARDEN.replace("[{value: 7}]", "[{value: hoej}]").replace("    unit: dage\n", "")
    text = text.replace("minus: {days: {reading: frist}}", "minus: {days: 1}")
    text = text.replace("later: {days: {reading: frist}}", "later: {days: 1}")
    text = text.replace("of: whole, at_most: mellem", "of: whole, at_most: {reading: frist}")
    (dated,) = read(text).reading_by_id["frist"].values
    assert dated.meaning == Choice(frozenset({"hoej"}), ("lav", "mellem", "hoej"))


def test_a_word_a_reading_can_be_must_be_one_the_fact_can_hold():
    text = GARDEN.replace("[{value: 7}]", "[{value: grus}]").replace("    unit: dage\n", "")
    text = text.replace("minus: {days: {reading: frist}}", "minus: {days: 1}")
    text = text.replace("later: {days: {reading: frist}}", "later: {days: 1}")
    text = text.replace("{fact: jord, one_of: [toer, fugtig]}", "{fact: jord, is: {reading: frist}}")
    assert [fault.code for fault in faults_in(text)] == ["unknown-word"]


def test_a_number_is_exact_and_a_date_is_a_day(book):
    graense = book.reading("graense", Span(date(2024, 12, 1), date(2025, 1, 31)))
    assert graense == Span(Fraction(1000), Fraction(1500))
