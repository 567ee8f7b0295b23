"""A new rulebook: its list is seen first, then it takes over on its day, in every process, and not before."""

from dataclasses import replace

import pytest

from governance.audit import verify
from governance.model import RulebookAdopted
from governance.rulebook import Rulebooks
from governance.service import (
    ListChanged,
    adopt,
    adoption,
    advance,
    correct,
    history,
    record_fact,
    record_thing,
)
from governance.service.rulefiles import kept_rulebook
from governance.store import reading, rulebook_text
from tests.service.asking import everything, new, problems, walk
from tests.service.newrules import NO_FEEDBACK, OTHER_STATE, START, STRICTER, take_in

# The list


def test_a_rulebook_that_changes_nothing_for_the_items_lists_none_of_them(gov, rulebook):
    new(gov)
    view = adoption(gov, rulebook())
    assert (view.id, view.from_, view.after, view.running, view.items) == ("dubu", START, "2024-01-01", 1, ())


def test_an_item_whose_state_the_new_rules_do_not_know_is_listed_with_the_steps_it_loses(gov, rulebook):
    for id_ in ("ÆØ-1", "ÆØ-2"):
        new(gov, id_)
    walk(gov, "ÆØ-1", [("meld-klar", "kombit")])
    (lost,) = adoption(gov, rulebook(*OTHER_STATE)).items
    assert (lost.id, lost.state.id) == ("ÆØ-1", "klar")
    assert [text.en for text in lost.unknown] == ["the state “ready to be prioritised” is not known"]
    assert {each.change for each in lost.steps} == {"closes"}
    closed = {each.step.id: [ruled.rule for ruled in each.findings] for each in lost.steps}
    assert closed["prioriter"] == ["prioriter/from"]


def test_a_step_that_closes_is_listed_with_the_rule_behind_it(gov, rulebook):
    new(gov)
    new(gov, "ÆØ-2")
    record_fact(gov, "ÆØ-2", "maal", "drift", source="mødet")
    (listed,) = adoption(gov, rulebook(*STRICTER)).items
    assert (listed.id, listed.unknown) == ("ÆØ-1", ())
    (change,) = listed.steps
    assert (change.step.id, change.change) == ("meld-klar", "closes")
    assert [ruled.rule for ruled in change.findings] == ["maalet-foerst"]


def test_a_step_that_opens_is_listed_with_the_rule_that_stopped_it(gov, rulebook):
    new(gov)
    take_in(gov, rulebook(*STRICTER))
    gov.now.set("2026-01-02")
    (listed,) = adoption(gov, rulebook(start="2026-02-01", name="newer")).items
    assert [(each.step.id, each.change) for each in listed.steps] == [("meld-klar", "opens")]
    assert [ruled.rule for ruled in listed.steps[0].findings] == ["maalet-foerst"]


def test_steps_that_are_new_or_gone_are_listed(gov, rulebook):
    new(gov)
    (listed,) = adoption(gov, rulebook(("step: meld-klar", "step: klarmeld"))).items
    assert [(each.step.id, each.change) for each in listed.steps] == [
        ("meld-klar", "vanishes"),
        ("klarmeld", "appears"),
    ]


def test_an_item_of_a_kind_without_a_process_is_listed(gov, rulebook):
    new(gov, "T-1", "tilbagemelding")
    (listed,) = adoption(gov, rulebook(*NO_FEEDBACK)).items
    assert [text.en for text in listed.unknown] == ["the kind “feedback” has no process"]
    assert {each.change for each in listed.steps} == {"vanishes"}


def test_a_recorded_word_that_is_no_longer_on_the_scale_is_listed(gov, rulebook):
    new(gov)
    new(gov, "ÆØ-2")
    record_fact(gov, "ÆØ-1", "stoerrelse", "XS", source="estimatet")
    record_fact(gov, "ÆØ-2", "stoerrelse", "M", source="estimatet")
    (listed,) = adoption(gov, rulebook(("[XS, S, M, L, XL]", "[S, M, L, XL]"))).items
    assert (listed.id, [text.en for text in listed.unknown]) == ("ÆØ-1", ["the size code cannot be `XS`"])


def test_a_scale_that_gains_a_word_leaves_what_is_recorded_where_it_is(gov, rulebook):
    new(gov)
    record_fact(gov, "ÆØ-1", "stoerrelse", "XL", source="estimatet")
    folder = rulebook(("[XS, S, M, L, XL]", "[XS, S, M, L, XL, XXL]"))
    assert adoption(gov, folder).items == ()
    walk(gov, "ÆØ-1", [("meld-klar", "kombit"), ("prioriter", "referencegruppen")])
    take_in(gov, folder)
    gov.now.set("2026-01-05")
    walk(gov, "ÆØ-1", [("indstil", "referencegruppen"), ("beslut", "projektgruppen")])
    refused = advance(gov, "ÆØ-1", "bestil", "kombit")
    assert not refused.allowed
    assert "could not be judged" not in " ".join(each.because.en for each in refused.findings)


def test_finished_items_are_not_under_way(gov, rulebook):
    new(gov)
    walk(gov, "ÆØ-1", [("traek-tilbage", "kombit")])
    view = adoption(gov, rulebook(*OTHER_STATE))
    assert (view.running, view.items) == (0, ())


# The group


def entered(gov, kind, count, **facts):
    for number in range(1, count + 1):
        links = {"body": "referencegruppen"}
        record_thing(gov, f"{kind}-{number}", kind, links=links, facts=facts, source="listen")


def test_things_of_the_group_that_the_new_rules_treat_alike_are_not_listed(gov, rulebook):
    entered(gov, "seat", 9)
    entered(gov, "meeting", 1, date="2026-03-03")
    view = adoption(gov, rulebook(*STRICTER))
    assert (view.running, view.items) == (10, ())


def test_a_meeting_whose_state_the_new_rules_do_not_know_is_listed_and_no_seat_is(gov, rulebook):
    entered(gov, "seat", 9)
    entered(gov, "meeting", 1, date="2026-03-03")
    changes = [("planlagt", "aftalt")]
    (listed,) = adoption(gov, rulebook(*changes)).items
    assert (listed.id, listed.state.id, listed.lost) == ("meeting-1", "planlagt", True)
    assert [text.en for text in listed.unknown] == ["the state “planned” is not known"]
    assert {(each.step.id, each.change) for each in listed.steps} == {("aflys", "closes")}


def test_a_fact_of_the_group_that_the_new_rules_do_not_know_is_listed(gov, rulebook):
    entered(gov, "seat", 2)
    record_fact(gov, "seat-2", "kandidater", "Ærø", source="mailen")
    changes = [
        ("{fact: kandidater, again", "{fact: ansoegere, again"),
        ("{id: kandidater,", "{id: ansoegere,"),
    ]
    (listed,) = adoption(gov, rulebook(*changes)).items
    assert (listed.id, listed.lost) == ("seat-2", False)
    assert [text.en for text in listed.unknown] == ["the candidates is not known"]


def test_a_held_meeting_is_not_under_way_once_its_minutes_are_approved(gov, rulebook):
    entered(gov, "meeting", 1, date="2025-11-03")
    walk(gov, "meeting-1", [("aflys", "kombit")])
    assert adoption(gov, rulebook(("planlagt", "aftalt"))).running == 0


# What cannot be taken in


def test_a_rulebook_that_begins_today_or_before_is_refused_with_all_that_is_wrong(gov, rulebook):
    changed = rulebook(("aars-budget", "aarsbudget"), start="2024-01-01")
    begins = "the rulebook begins 1 January 2024, but today is 20 November 2025, and past verdicts stand"
    assert problems(adoption, gov, changed) == [
        f"{begins}; let it begin later",
        "there is a rulebook, dubu, from 1 January 2024 already; a new one must begin later",
    ]
    assert len(problems(adoption, gov, rulebook(start="2025-11-20", name="today"))) == 1
    assert adoption(gov, rulebook(start="2025-11-21", name="tomorrow")).items == ()


def test_a_rulebook_follows_the_one_before_without_a_gap_or_an_overlap(gov, rulebook, rulebooks):
    ended = replace(rulebooks.books[0], to=gov.today.replace(month=12, day=31))
    gov = replace(gov, rulebooks=Rulebooks((ended,)))
    said = "dubu is in force until 31 December 2025; let the new one begin the day after"
    for start in ("2025-12-01", "2026-01-02"):
        assert problems(adoption, gov, rulebook(start=start, name=start)) == [said]
    assert adoption(gov, rulebook()).from_ == START


def test_every_fault_in_its_files_is_told(gov, rulebook):
    from governance.faults import RuleError

    folder = rulebook(("initial: indmeldt", "initial: modtaget"), ("force: default", "force: perhaps"))
    with pytest.raises(RuleError) as error:
        adoption(gov, folder)
    assert {"unknown-state", "unknown-word"} & {fault.code for fault in error.value.faults}
    assert len(error.value.faults) > 1


def test_a_folder_of_several_rulebooks_is_asked_about(gov, rulebook, tmp_path):
    for name in ("one", "two"):
        rulebook(name=f"many/{name}")
    assert problems(adoption, gov, str(tmp_path / "many")) == [
        f"{tmp_path / 'many'} holds several rulebooks (one, two); write the folder of the one"
    ]


# Taking it in


def test_nothing_is_stored_without_the_code_of_the_list(each_gov, rulebook):
    new(each_gov)
    folder = rulebook(*OTHER_STATE)
    before = everything(each_gov).events
    for code in ("", "123456789abc"):
        with pytest.raises(ListChanged) as changed:
            adopt(each_gov, folder, code)
        assert changed.value.adoption == adoption(each_gov, folder)
    assert everything(each_gov).events == before


def test_a_list_that_has_changed_since_it_was_seen_is_not_accepted(gov, rulebook):
    new(gov)
    folder = rulebook(*OTHER_STATE)
    seen = adoption(gov, folder)
    assert seen.items == ()
    walk(gov, "ÆØ-1", [("meld-klar", "kombit")])
    with pytest.raises(ListChanged) as changed:
        adopt(gov, folder, seen.code)
    assert [each.id for each in changed.value.adoption.items] == ["ÆØ-1"]
    assert adopt(gov, folder, changed.value.adoption.code).allowed


def test_a_code_is_good_for_the_rulebook_it_was_given_for(gov, rulebook):
    code = adoption(gov, rulebook()).code
    with pytest.raises(ListChanged):
        adopt(gov, rulebook(start="2026-02-01", name="another"), code)


def test_taking_in_is_one_event_with_the_text_and_the_record_still_proves_itself(each_gov, rulebook):
    new(each_gov)
    receipt = take_in(
        each_gov, rulebook(*STRICTER), source="beslutning i styregruppen", recorder="sekretariatet"
    )
    event = everything(each_gov).events[-1]
    assert isinstance(event.payload, RulebookAdopted)
    assert (receipt.event, receipt.hash, receipt.entity) == (
        event.number,
        event.hash,
        f"regelsæt/dubu/{START}",
    )
    assert (event.source, event.recorder[:2]) == ("beslutning i styregruppen", "p-")
    with reading(each_gov.engine) as connection:
        kept = kept_rulebook(event.payload.digest, lambda digest: rulebook_text(connection, digest))
        assert verify(connection).problems == ()
    assert kept.from_.isoformat() == START
    (line,) = history(each_gov, receipt.entity)
    assert line.what.en == "The rulebook dubu is adopted from 1 January 2026"


def test_a_retry_with_the_same_key_gets_the_first_answer(gov, rulebook):
    folder = rulebook()
    code = adoption(gov, folder).code
    first = adopt(gov, folder, code, key="k")
    assert adopt(gov, folder, code, key="k") == first
    assert problems(adopt, gov, folder, code) == [f"dubu from {START} is adopted already"]


def test_a_rulebook_can_be_taken_out_before_its_first_day_and_not_after(gov, rulebook):
    first = take_in(gov, rulebook(*STRICTER))
    out = correct(gov, first.event, reason="en fejl i reglerne")
    assert problems(correct, gov, out.event, reason="alligevel") == [
        "the rulebook was taken out; take it in again with `governance rules adopt`"
    ]
    assert gov.current_rulebooks() == gov.rulebooks
    again = take_in(gov, rulebook(name="mended"))
    assert (again.entity, again.version) == (first.entity, 3)
    gov.now.set("2026-01-01")
    assert problems(correct, gov, again.event, reason="for sent") == [
        f"the rulebook dubu from {START} is in force; adopt a new one instead"
    ]
