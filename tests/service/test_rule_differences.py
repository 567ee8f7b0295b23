"""What one dated rulebook says otherwise than another: every noun, told part by part."""

from dataclasses import fields, replace
from datetime import date

import pytest

from governance.model import Force, RequestError, Text
from governance.rulebook.differences import SORTS, differences
from governance.service import rule, rule_differences, rulebook_lines
from governance.service.ruledifferences import SORT_NAMES
from tests.service.newrules import NO_FEEDBACK, OTHER_STATE, START, STRICTER, take_in

SOFTER = [("    force: must\n    for_each: seat", "    force: should\n    for_each: seat")]


def told(view):
    return {
        (name.en, each.id): (
            each.change,
            {part.en: (before.en, after.en) for part, before, after in each.parts},
        )
        for name, found in view.groups
        for each in found
    }


def test_a_rulebook_does_not_differ_from_itself_in_another_order(rulebooks):
    (book,) = rulebooks.books
    processes = tuple(reversed(book.processes))
    turned = replace(book, clauses=tuple(reversed(book.clauses)), rules=book.rules[::-1], processes=processes)
    assert differences(book, turned) == ()


def test_whatever_a_rulebook_loses_is_told_as_removed_and_what_it_gains_as_added(rulebooks):
    (book,) = rulebooks.books
    about = {"id", "title", "document", "from_", "why_from", "digest", "to", "files"}
    for field in fields(book):
        if field.name in about or not getattr(book, field.name):
            continue
        less = replace(book, **{field.name: getattr(book, field.name)[1:]})
        assert [each.after for each in differences(book, less)].count(None) >= 1, field.name
        assert [each.before for each in differences(less, book)].count(None) >= 1, field.name


def test_a_rule_with_another_force_is_changed_and_the_force_is_named(rulebooks):
    (book,) = rulebooks.books
    first = book.rules[0]
    other = Force.MAY if first.force is not Force.MAY else Force.GOAL
    softer = replace(book, rules=(replace(first, force=other), *book.rules[1:]))
    (found,) = differences(book, softer)
    assert (found.sort, found.key) == ("rule", (first.id,))
    assert (found.before.force, found.after.force) == (first.force, other)


def test_every_sort_of_noun_has_a_name():
    assert set(SORTS) == set(SORT_NAMES)


def test_the_newest_rulebook_is_held_against_the_one_before_it(gov, rulebook):
    take_in(gov, rulebook(*STRICTER))
    view = rule_differences(gov)
    assert (view.before.from_, view.before.to, view.after.from_) == ("2024-01-01", "2025-12-31", START)
    found = told(view)
    change, parts = found["Rules", "aendringsoenske/meld-klar/maalet-foerst"]
    assert change == "added"
    assert parts["Force"] == ("nothing", "Must")
    assert parts["Clause of the document"] == ("nothing", "ours")
    assert len(found) == 1


def test_a_state_that_was_renamed_is_removed_and_added_and_its_steps_are_changed(gov, rulebook):
    take_in(gov, rulebook(*OTHER_STATE))
    found = told(rule_differences(gov))
    assert found["States", "aendringsoenske/klar"][0] == "removed"
    assert found["States", "aendringsoenske/klarmeldt"][0] == "added"
    change, parts = found["Steps", "aendringsoenske/meld-klar"]
    assert change == "changed"
    assert "Leads to" not in parts  # it is called the same
    assert parts == {"built in another way": ("told in the same words", "told in the same words")}


def test_the_other_way_round_what_was_added_is_removed(gov, rulebook):
    take_in(gov, rulebook(*NO_FEEDBACK))
    ahead, back = rule_differences(gov), rule_differences(gov, from_=START, to="2025-06-01")
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    assert {id_: turned[change] for id_, (change, _) in told(ahead).items()} == {
        id_: change for id_, (change, _) in told(back).items()
    }


def test_of_one_rulebook_alone_nothing_differs(gov):
    view = rule_differences(gov)
    assert len(rulebook_lines(gov)) == 1
    assert view.before == view.after
    assert view.groups == ()


@pytest.mark.parametrize("day", ["2020-01-01", "hej", "2025-13-01"])
def test_a_day_without_rules_or_that_is_none_is_refused(gov, day):
    with pytest.raises(RequestError):
        rule_differences(gov, from_=day)


def test_a_rule_is_told_with_the_step_it_guards_its_clause_and_its_reading(gov):
    found = rule(gov, "stoerre-godkendes")
    assert [place.rule.clause for place in found.rules] == ["K23"]
    assert [clause.id for clause in found.clauses] == ["K23"]
    assert "stoerre" in [reading.id for reading in found.readings]
    assert found.from_ == date(2024, 1, 1).isoformat()


def test_what_is_found_on_a_step_itself_leads_to_the_step(gov):
    found = rule(gov, "bestil/by")
    assert (found.id, found.label) == ("bestil", Text("Bestil hos leverandøren", "Order from the vendor"))
    assert {"K21", "K22", "K23"} <= {clause.id for clause in found.clauses}


def test_a_rule_that_is_not_there_is_refused_with_what_may_have_been_meant(gov):
    with pytest.raises(RequestError, match="did you mean `stoerre-godkendes`"):
        rule(gov, "stoerre-godkende")
