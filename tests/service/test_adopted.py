"""A rulebook that was taken in judges from its first day in every process; what was judged before stands."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from governance.cli.speaking import plain
from governance.model import RequestError
from governance.record import fold
from governance.rulebook import Rulebooks
from governance.service import (
    Governance,
    advance,
    audit_export,
    audit_recheck,
    item,
    items,
    report,
    rules,
    rules_folder,
    steps,
)
from governance.service.rulefiles import load_rulebooks
from governance.store import make_engine
from governance.values import day
from tests.service.asking import everything, new, not_kept, problems, walk
from tests.service.newrules import NO_FEEDBACK, OTHER_STATE, START, STRICTER, take_in


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
    take_in(gov, rulebook(*NO_FEEDBACK))
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
