"""Which rulebook judged is judged too: the one in force, and no other under its name."""

import json

from governance.audit import recheck
from governance.audit.books import read_book
from governance.service import adopt, adoption, advance, correct, record_fact
from governance.service.rulefiles import load_rulebooks
from governance.store import canonical, digest
from tests.audit.forging import event_of, forged, found
from tests.audit.record import RULES, exported


def with_rules(lines, *edit):
    """The file with other rules throughout, under their own digest."""
    rulebook = next(json.loads(line)["line"] for line in lines if b'"is":"rulebook"' in line)
    text = rulebook["files"]["lauget.yaml"].replace(*edit)
    assert text != rulebook["files"]["lauget.yaml"]
    row = {"files": canonical({"lauget.yaml": text}), "digest": "", "id": "lauget", "from_": "2024-01-01"}
    new = digest(f"lauget.yaml {digest(text)}\n")
    assert "rulebooks.files" in read_book(row).faults[0].da

    def edit_line(line):
        if line["is"] == "rulebook":
            line |= {"digest": new, "files": {"lauget.yaml": text}}
        if line["is"] == "event" and line["event"]["rulebook"]:
            line["event"]["rulebook"] = new
        if line["is"] == "event" and line["event"]["kind"] == "adopted":
            line["event"]["payload"]["digest"] = new

    return forged(lines, edit_line)


def test_rules_changed_all_the_way_through_show_in_what_they_decide(lines):
    problems = found(with_rules(lines, "at_most: 100", "at_most: 10"))
    assert ("begivenhed 9", "`billig: verdict` er `kept`, men skulle være `waived`") in problems


def test_rules_that_had_not_come_into_force_are_named(lines):
    problems = found(with_rules(lines, "{from: 2024-01-01", "{from: 2025-03-05"))
    named = {
        place for place, text in problems if text.endswith("men skulle være et regelsæt i kraft på datoen")
    }
    assert {"begivenhed 3", "begivenhed 7"} <= named
    assert named.isdisjoint({"begivenhed 22", "begivenhed 25"})


def test_a_decision_by_no_rules_at_all_is_named(lines):
    def edit(_payload, line):
        line["event"]["rulebook"] = ""

    said = "`rulebook` er ``, men skulle være et regelsæt i kraft på datoen"
    assert ("begivenhed 9", said) in found(forged(lines, event_of(9, edit)))


def test_a_decision_by_the_old_rules_after_new_ones_took_over_is_named(own, tmp_path):
    new = tmp_path / "new"
    new.mkdir()
    text = (RULES / "2024-01-01" / "lauget.yaml").read_text(encoding="utf-8")
    (new / "lauget.yaml").write_text(text.replace("from: 2024-01-01", "from: 2025-03-25"), encoding="utf-8")
    adopt(own, str(new), adoption(own, str(new)).code)
    own.now.go(26)
    taken = advance(own, "ÆØ-2", "beslut", "bestyrelsen", reason="Det haster")
    lines = exported(own)
    assert (recheck(lines).problems, taken.event) == ((), 32)
    old = own.rulebooks.books[0].digest

    def edit(_payload, line):
        line["event"]["rulebook"] = old

    said = f"`rulebook` er `{old}`, men skulle være et regelsæt i kraft på datoen"
    assert found(forged(lines, event_of(32, edit))) == [("begivenhed 32", said)]


def adopted(own, folder, from_="2025-03-25", edit=("", "")):
    """The guild's rules from another day, taken in."""
    folder.mkdir()
    text = (RULES / "2024-01-01" / "lauget.yaml").read_text(encoding="utf-8")
    text = text.replace("from: 2024-01-01", f"from: {from_}").replace(*edit)
    (folder / "lauget.yaml").write_text(text, encoding="utf-8")
    return adopt(own, str(folder), adoption(own, str(folder)).code)


def test_a_rulebook_taken_out_before_its_day_judges_nothing(own, tmp_path):
    correct(own, adopted(own, tmp_path / "new").event, reason="For tidligt")
    own.now.go(28)
    advance(own, "ÆØ-2", "beslut", "bestyrelsen", reason="Det haster")
    assert recheck(exported(own)).problems == ()


def test_a_rulebook_taken_out_and_another_of_its_name_taken_in_is_no_fault(own, tmp_path):
    correct(own, adopted(own, tmp_path / "new").event, reason="Med en fejl")
    adopted(own, tmp_path / "newer", edit=("at_most: 100", "at_most: 500"))
    own.now.go(28)
    advance(own, "ÆØ-2", "beslut", "bestyrelsen", reason="Det haster")
    assert recheck(exported(own)).problems == ()


def test_two_texts_used_under_one_name_are_named(own, tmp_path):
    """Rules in force that were edited in place judge what comes after them."""
    folder = tmp_path / "rules" / "2024-01-01"
    folder.mkdir(parents=True)
    text = (RULES / "2024-01-01" / "lauget.yaml").read_text(encoding="utf-8")
    (folder / "lauget.yaml").write_text(text.replace("at_most: 100", "at_most: 500"), encoding="utf-8")
    book = load_rulebooks(tmp_path / "rules").books[0]
    record_fact(own, "ÆØ-2", "art", "stor", source="Et brev")
    row = {"digest": book.digest, "id": book.id, "from_": "2024-01-01", "files": dict(book.files)}
    lines = [json.loads(line)["line"] for line in exported(own)]
    at = next(place for place, line in enumerate(lines) if line["is"] == "rulebook")
    lines.insert(at + 1, {"is": "rulebook", **row})

    def edit(line):
        if line["is"] == "event" and line["event"]["number"] == 31:
            line["event"]["rulebook"] = book.digest
        if "counts" in line:
            line["counts"]["rulebooks"] = 2

    old = own.rulebooks.books[0].digest
    problems = found(forged([json.dumps({"line": line}).encode() for line in lines], edit))
    said = f"`rulebook` er `{book.digest}`, men skulle være det, der før blev brugt under samme navn"
    assert (old != book.digest, problems) == (True, [("begivenhed 31", said)])


def test_the_old_rules_used_after_new_ones_that_only_a_folder_has_are_named(own, tmp_path):
    """No event took them in; that one was judged by them is enough."""
    adopted(own, tmp_path / "new")
    own.now.go(26)
    record_fact(own, "ÆØ-2", "art", "stor", source="Et brev")
    advance(own, "ÆØ-2", "beslut", "bestyrelsen", reason="Det haster")
    old = own.rulebooks.books[0].digest

    def edit(line):
        if line["is"] == "event" and line["event"]["number"] == 31:
            line["event"] |= {"kind": "complete", "payload": {}, "entity": "ÆØ-3", "version": 6}
            line["event"]["rulebook"] = old
        if line["is"] == "event" and line["event"]["number"] == 33:
            line["event"]["rulebook"] = old

    said = f"`rulebook` er `{old}`, men skulle være et regelsæt i kraft på datoen"
    assert ("begivenhed 33", said) in found(forged(exported(own), edit))
