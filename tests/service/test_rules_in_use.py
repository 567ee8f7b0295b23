"""A rulebook that has judged is not edited in place: a new one takes over from a coming day."""

import shutil
from dataclasses import replace

import pytest

from governance.service import (
    adopt,
    adoption,
    advance,
    audit_verify,
    correct,
    item,
    record_fact,
    report,
    rules_folder,
    steps,
)
from governance.service.rulefiles import load_rulebooks
from governance.store import reading, writing
from governance.store.condition import kept_rulebooks
from tests.service.asking import everything, new, problems

SAID = (
    "the rulebook dubu from 2024-01-01 was edited after it was used; put the old files back, "
    "and take a new one in from a coming day with `governance rules adopt`"
)
EDITED = [SAID]


@pytest.fixture
def edited(tmp_path):
    """The same register opened with DUBU's rules, a name in them changed."""

    def make(gov, name="Gruppen"):
        folder = tmp_path / name
        shutil.copytree(rules_folder() / "2024-01-01", folder)
        path = folder / "rulebook.yaml"
        text = path.read_text(encoding="utf-8")
        assert "DUBUs referencegruppe" in text
        path.write_text(text.replace("DUBUs referencegruppe", name), encoding="utf-8")
        return replace(gov, rulebooks=load_rulebooks(folder), folder=folder, referees={})

    return make


def kept(gov):
    with reading(gov.engine) as connection:
        return [each.digest for each in kept_rulebooks(connection)]


def test_nothing_is_written_by_rules_that_were_edited_after_they_were_used(each_gov, edited):
    new(each_gov)
    before, other = everything(each_gov).events, edited(each_gov)
    assert problems(advance, other, "ÆØ-1", "meld-klar", "kombit") == EDITED
    assert problems(new, other, "ÆØ-2") == EDITED
    assert problems(record_fact, other, "ÆØ-1", "stoerrelse", "M", source="x") == EDITED
    assert problems(correct, other, 1, reason="en fejl") == EDITED
    assert everything(each_gov).events == before
    assert len(kept(each_gov)) == 1
    assert audit_verify(each_gov).problems == ()


def test_the_record_can_still_be_read_and_the_old_files_put_back(each_gov, edited):
    new(each_gov)
    other = edited(each_gov)
    assert problems(new, other, "ÆØ-2") == EDITED
    assert item(other, "ÆØ-1").line.id == "ÆØ-1"
    assert steps(other, "ÆØ-1")
    assert advance(each_gov, "ÆØ-1", "meld-klar", "kombit").allowed


def test_rules_that_nothing_was_judged_by_may_be_edited(each_gov, edited):
    other = edited(each_gov)
    new(other)
    assert kept(each_gov) == [other.rulebooks.books[0].digest]


def test_rules_that_were_taken_out_before_their_day_bind_nobody(gov, rulebook):
    for name in ("first", "second"):
        folder = rulebook(("DUBUs referencegruppe", name), name=name)
        taken = adopt(gov, folder, adoption(gov, folder).code)
        if name == "first":
            correct(gov, taken.event, reason="en fejl i reglerne")
    gov.now.set("2026-01-05")
    assert new(gov).allowed
    assert everything(gov).events[-1].rulebook == gov.current_rulebooks().books[1].digest


def test_a_record_in_which_it_happened_before_goes_on_with_the_rules_used_last(gov, edited):
    """Versions before this one wrote down both texts, and the report tells it."""
    new(gov)
    assert advance(gov, "ÆØ-1", "meld-klar", "kombit").allowed
    other = edited(gov)
    with writing(gov.engine) as connection:
        connection.exec_driver_sql("DROP TRIGGER rulebooks_no_update")
        connection.exec_driver_sql("UPDATE rulebooks SET id = 'earlier'")
    new(other, "ÆØ-2")
    with writing(gov.engine) as connection:
        connection.exec_driver_sql("UPDATE rulebooks SET id = 'dubu'")
    assert len(kept(gov)) == 2
    assert new(other, "ÆØ-3").allowed
    assert problems(new, gov, "ÆØ-4") == EDITED
    assert problems(new, edited(gov, "Udvalget"), "ÆØ-4") == EDITED
    changed = [each for each in report(other).ours if each.rule == "rulebook-unchanged"]
    assert [each.subject for each in changed] == ["ÆØ-1"]
