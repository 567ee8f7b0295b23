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
CLOSED = (
    "        by: {body: kombit, ours: true}\n        from: {states: [indmeldt, under-afklaring], ours: true}\n"
)
STRICTER = [
    (
        f"        act: klarmelding\n{CLOSED}        to: klar\n",
        f"        act: klarmelding\n{CLOSED}        to: klar\n"
        "        rules:\n"
        "          - id: goalet-foerst\n"
        "            ours: true\n"
        "            force: must\n"
        "            label: {da: Et mål er skrevet ned, en: A goal is recorded}\n"
        "            requires: {recorded: maal}\n",
    )
]


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


def another_process(gov):
    """The same database opened elsewhere, by somebody who knows the folder's rules only."""
    return Governance(make_engine(gov.engine.url.render_as_string(hide_password=False)), gov.rulebooks, gov.now)


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
    assert [ruled.rule for ruled in change.findings] == ["goalet-foerst"]


def test_a_step_that_opens_is_listed_with_what_stopped_it(gov, rulebook):
    new(gov)
    from_everywhere = ("[indmeldt, under-afklaring], ours: true}\n        to: klar", "[klar], ours: true}\n        to: klar")
    take_in(gov, rulebook(from_everywhere))
    gov.now.set("2026-01-02")
    (listed,) = adoption(gov, rulebook(start="2026-02-01", name="newer")).items
    assert [(each.step.id, each.change) for each in listed.steps] == [("meld-klar", "opens")]
    assert [ruled.rule for ruled in listed.steps[0].findings] == ["meld-klar/from"]


def test_steps_that_are_new_or_gone_are_listed(gov, rulebook):
    new(gov)
    (listed,) = adoption(gov, rulebook(("step: meld-klar", "step: klarmeld"))).items
    assert [(each.step.id, each.change) for each in listed.steps] == [
        ("meld-klar", "vanishes"),
        ("klarmeld", "appears"),
    ]


def test_an_item_of_a_kind_without_a_process_is_listed(gov, rulebook):
    new(gov, "T-1", "tilbagemelding")
    gone = [("      - {id: tilbagemelding, label: {da: tilbagemelding, en: feedback}}\n", ""), (", tilbagemelding]", "]")]
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
    new(gov, stoerrelse=None) if False else new(gov)
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


def test_everything_wrong_with_its_dates_is_said_at_once(gov, rulebook):
    assert problems(adoption, gov, rulebook(start="2024-01-01", name="same") + "") == [
        "the rulebook begins 1 January 2024, but today is 20 November 2025, and past verdicts stand; "
        "let it begin later"
    ]


