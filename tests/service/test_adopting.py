"""A new rulebook: its list is seen first, then it takes over on its day, in every process, and not before."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from governance.audit import verify
from governance.cli.speaking import plain
from governance.model import RequestError, RulebookAdopted
from governance.record import fold
from governance.rulebook import Rulebooks
from governance.service import (
    Governance,
    ListChanged,
    adopt,
    adoption,
    advance,
    audit_export,
    audit_recheck,
    correct,
    history,
    item,
    items,
    record_fact,
    report,
    rules,
    rules_folder,
    steps,
)
from governance.service.recording import everything
from governance.service.rulefiles import kept_rulebook, load_rulebooks
from governance.store import make_engine, reading, rulebook_text
from governance.values import day
from tests.service.asking import new, not_kept, problems, walk

START = "2026-01-01"
OTHER_STATE = [
    ("{id: klar,", "{id: klarmeldt,"),
    ("klar,", "klarmeldt,"),
    ("klar]", "klarmeldt]"),
    ("to: klar\n", "to: klarmeldt\n"),
]
BEGINS = (
    "        act: klarmelding\n"
    "        by: {body: kombit, ours: true}\n"
    "        from: {states: [indmeldt, under-afklaring], ours: true}\n"
    "        to: klar\n"
)
GOAL_FIRST = (
    f"{BEGINS}        rules:\n"
    "          - id: maalet-foerst\n"
    "            ours: true\n"
    "            force: must\n"
    "            label: {da: Et mål er skrevet ned, en: A goal is recorded}\n"
    "            requires: {recorded: maal}\n"
)
STRICTER = [(BEGINS, GOAL_FIRST)]


@pytest.fixture
def rulebook(tmp_path):
    """Make a rulebook of a later date out of DUBU's, with some words changed."""

    def make(*changes, start=START, name="new"):
        folder = tmp_path / name
        shutil.copytree(rules_folder() / "2024-01-01", folder)
        for path in folder.iterdir():
            text = path.read_text(encoding="utf-8")
            for old, instead in [("from: 2024-01-01\n", f"from: {start}\n"), *changes]:
                text = text.replace(old, instead)
            path.write_text(text, encoding="utf-8")
        return str(folder)

    return make


def take_in(gov, folder, **more):
    return adopt(gov, folder, adoption(gov, folder).code, **more)


def told(view):
    return json.dumps(plain(view), ensure_ascii=False)


@pytest.fixture
def another_process():
    """Open the same database as somebody elsewhere does, who knows the folder's rules only."""
    opened = []

    def open_it(gov):
        url = gov.engine.url.render_as_string(hide_password=False)
        opened.append(Governance(make_engine(url), gov.rulebooks, gov.now))
        return opened[-1]

    yield open_it
    for each in opened:
        each.engine.dispose()


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
    gone = [
        ("      - {id: tilbagemelding, label: {da: tilbagemelding, en: feedback}}\n", ""),
        (", tilbagemelding]", "]"),
    ]
    (listed,) = adoption(gov, rulebook(*gone)).items
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


# From then on


def test_every_process_judges_by_it_from_its_first_day_and_none_before(each_gov, rulebook, another_process):
    gov, long_running = each_gov, another_process(each_gov)
    for id_ in ("ÆØ-1", "ÆØ-2", "ÆØ-3"):
        new(gov, id_)
    assert steps(long_running, "ÆØ-1")
    take_in(gov, rulebook(*STRICTER))
    assert advance(long_running, "ÆØ-1", "meld-klar", "kombit").allowed
    gov.now.set("2026-01-01")
    for process in (long_running, gov, another_process(gov)):
        assert rules(process).from_ == START
        refused = advance(process, "ÆØ-2", "meld-klar", "kombit")
        assert [each.rule for each in refused.blocking] == ["maalet-foerst"]
    assert advance(long_running, "ÆØ-3", "meld-klar", "kombit", on="2025-12-31").allowed


def test_past_verdicts_stay_byte_for_byte(demo, rulebook, tmp_path):
    days = ("2024-06-01", "2025-09-10", "2025-11-20", "2025-12-31")
    before = [told(report(demo, on=each)) for each in days]
    audit_export(demo, tmp_path / "before.jsonl")
    take_in(demo, rulebook(*OTHER_STATE, *STRICTER))
    assert [told(report(demo, on=each)) for each in days] == before
    demo.now.set("2026-02-01")
    assert [told(report(demo, on=each)) for each in days] == before
    audit_export(demo, tmp_path / "after.jsonl")
    was, is_ = (audit_recheck(tmp_path / name) for name in ("before.jsonl", "after.jsonl"))
    assert (was.problems, is_.problems) == ((), ())


def test_an_item_the_new_rules_have_no_state_for_stays_and_is_refused_and_reported(gov, rulebook):
    new(gov)
    walk(gov, "ÆØ-1", [("meld-klar", "kombit")])
    take_in(gov, rulebook(*OTHER_STATE))
    gov.now.set("2026-01-01")
    assert fold(everything(gov).events)["ÆØ-1"].state == "klar"
    assert not any(step.allowed for step in steps(gov, "ÆØ-1"))
    refused = advance(gov, "ÆØ-1", "prioriter", "referencegruppen")
    assert not refused.allowed
    assert "prioriter/from" in not_kept(refused.findings)
    assert (item(gov, "ÆØ-1").line.state.id, [line.id for line in items(gov)]) == ("klar", ["ÆØ-1"])
    (listed,) = [each for each in report(gov).ours if each.rule == "place-in-the-rules"]
    assert (listed.subject, listed.verdict.value) == ("ÆØ-1", "unknown")
    assert [each for each in report(gov, on="2025-12-31").ours if each.rule == "place-in-the-rules"] == []
    knows = rulebook(("{id: klar,", "{id: klar,"), start="2026-03-01", name="knows")
    take_in(gov, knows)
    gov.now.set("2026-03-01")
    assert advance(gov, "ÆØ-1", "prioriter", "referencegruppen").allowed


def test_an_item_whose_kind_the_new_rules_have_dropped_is_refused_and_reported(gov, rulebook):
    new(gov, "T-1", "tilbagemelding")
    take_in(
        gov,
        rulebook(
            ("      - {id: tilbagemelding, label: {da: tilbagemelding, en: feedback}}\n", ""),
            (", tilbagemelding]", "]"),
        ),
    )
    gov.now.set("2026-01-01")
    assert problems(advance, gov, "T-1", "meld-klar", "kombit") == [
        "`tilbagemelding` has no process in the rulebook"
    ]
    assert problems(item, gov, "T-1") == [
        "`T-1` is a `tilbagemelding`, and the rulebook from 2026-01-01 has no process for it"
    ]
    assert item(gov, "T-1", on="2025-12-31").line.state.id == "indmeldt"
    assert [each.subject for each in report(gov).ours if each.rule == "place-in-the-rules"] == ["T-1"]


# Beside the folder


def test_a_rulebook_in_the_folder_and_taken_in_counts_once(gov, rulebook, tmp_path):
    folder = rulebook(*STRICTER, name="rules/2026-01-01")
    shutil.copytree(rules_folder() / "2024-01-01", tmp_path / "rules" / "2024-01-01")
    both = replace(gov, rulebooks=load_rulebooks(tmp_path / "rules"))
    receipt = take_in(both, folder)
    assert receipt.allowed
    assert [str(book.from_) for book in both.current_rulebooks().books] == ["2024-01-01", START]
    assert both.current_rulebooks().books[1] is both.rulebooks.books[1]


def test_what_was_taken_in_stands_when_the_folder_says_otherwise_later(gov, rulebook, tmp_path):
    take_in(gov, rulebook(*STRICTER))
    changed = Path(rulebook(name="rules/2026-01-01"))
    edited = replace(gov, rulebooks=Rulebooks((*gov.rulebooks.books, *load_rulebooks(changed).books)))
    digests = {str(book.from_): book.digest for book in gov.current_rulebooks().books}
    assert {str(book.from_): book.digest for book in edited.current_rulebooks().books} == digests
    assert edited.rulebook(day(edited.rulebooks.books[1].from_)).digest == digests[START]


def test_a_rulebook_whose_text_is_gone_is_said_plainly(gov, rulebook):
    take_in(gov, rulebook(*STRICTER))
    with gov.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER rulebooks_no_delete")
        connection.exec_driver_sql("DELETE FROM rulebooks WHERE from_ = '2026-01-01'")
    from governance.service import rulefiles

    rulefiles._kept.clear()
    with pytest.raises(RequestError, match="is adopted, but its text is gone; see `governance audit verify`"):
        items(gov)
