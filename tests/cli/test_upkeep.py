"""Looking over, backing up, putting back, and taking in new rules, as a person does it."""

import re
import shlex
import shutil
import sqlite3
from contextlib import closing

import pytest

from governance.service import rules_folder
from tests.databases import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url"]

READING = [
    ("items",),
    ("steps", "ÆØ-1"),
    ("history", "ÆØ-1"),
    ("way", "ÆØ-1", "bestilt"),
    ("seats", "show"),
    ("report",),
    ("audit", "verify"),
    ("audit", "head"),
    ("advance", "ÆØ-1", "meld-klar", "--by", "kombit"),
    ("correct", "1", "--reason", "en fejl"),
    ("rules", "adopt", rules_folder() / "2024-01-01"),
]


@pytest.mark.parametrize("words", READING, ids=lambda words: " ".join(map(str, words[:2])).split("/")[0])
def test_a_mistyped_address_makes_no_register(run, tmp_path, words):
    answer = run(*words, "--database", tmp_path / "mistyped" / "x.sqlite")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        f"der er intet register i {tmp_path / 'mistyped' / 'x.sqlite'}; "
        "lav det med `governance init`, eller skriv en anden --database\n"
    )
    assert not (tmp_path / "mistyped").exists()


@pytest.mark.parametrize(
    "words",
    [("init",), ("demo", "--no-serve"), ("add", "ÆØ-1", "--kind", "aendringsoenske", "--title", "Et ønske")],
    ids=lambda words: words[0],
)
def test_the_commands_one_begins_with_make_the_register(run, tmp_path, words):
    where = tmp_path / "new" / "x.sqlite"
    assert run(*words, "--database", where).code == 0
    assert run("items", "--database", where).code == 0


def test_the_doctor_tells_each_thing_on_a_line_and_what_to_do(demo, tmp_path):
    answer = demo("doctor")
    assert answer.code == 0
    assert "i orden   tabeller: version " in answer.out
    told = demo("doctor", "--json")
    assert (told.code, {check["level"] for check in told.json}) == (0, {"fine"})
    nothing = demo("doctor", "--database", tmp_path / "nowhere", "--language", "en")
    assert nothing.code == 1
    assert "fault    database: there is no register in" in nothing.out
    folder = tmp_path / "rules"
    folder.mkdir()
    assert "→ ret dem; `governance rules check` viser alle" in demo("doctor", "--rules", folder).out


def test_a_backup_is_taken_and_put_back(demo, tmp_path):
    events = demo("audit", "verify", "--json").json["events"]
    answer = demo("backup", tmp_path / "copy")
    assert (answer.code, events > 150) == (0, True)
    assert f"{events} begivenheder, efterprøvet. Hoved: {events}:" in " ".join(answer.out.split())
    assert demo("backup", tmp_path / "copy").code == 2
    done = demo("restore", tmp_path / "copy", "--database", tmp_path / "new.sqlite", "--json")
    assert (done.code, done.json["events"]) == (0, events)
    assert (
        demo("audit", "verify", "--database", tmp_path / "new.sqlite", "--expect", done.json["head"]).code
        == 0
    )
    assert demo("items", "--database", tmp_path / "new.sqlite").out == demo("items").out
    again = demo("restore", tmp_path / "copy", "--database", tmp_path / "new.sqlite")
    assert again.code == 2
    assert again.err.startswith("registret er ikke tomt; gendan i et nyt")
    assert demo("restore", tmp_path / "nowhere", "--database", tmp_path / "other.sqlite").code == 2


def test_postgresql_is_copied_by_its_own_program(run, postgres_url, tmp_path):
    assert run("init", "--database", postgres_url).code == 0
    answer = run("backup", tmp_path / "copy", "--database", postgres_url)
    assert (answer.code, answer.err) == (1, "intet er kopieret; PostgreSQL kopieres af sit eget program\n")
    assert shlex.split(answer.out)[0] == "pg_dump"
    answer = run("restore", tmp_path / "copy", "--database", postgres_url)
    assert (answer.code, "pg_restore" in answer.err) == (2, True)


@pytest.fixture
def new_rules(tmp_path):
    """DUBU's rules from a later date, without the state an item can be reported ready in."""
    folder = tmp_path / "2031-01-01"
    shutil.copytree(rules_folder() / "2024-01-01", folder)
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8").replace("from: 2024-01-01\n", "from: 2031-01-01\n")
        for old, new in (
            (" klar,", " parat,"),
            ("{id: klar,", "{id: parat,"),
            ("[klar,", "[parat,"),
            (" klar]", " parat]"),
            ("[klar]", "[parat]"),
            ("to: klar\n", "to: parat\n"),
        ):
            text = text.replace(old, new)
        path.write_text(
            text.replace("{id: parat, label: {da: parat,", "{id: parat, label: {da: klar,"), encoding="utf-8"
        )
    return folder


def test_new_rules_are_shown_first_and_taken_in_with_the_code_of_the_list(run, item, new_rules):
    first = run("rules", "adopt", new_rules)
    assert first.code == 0
    assert "0 af de 1 forløb, der er i gang, ændres" in first.out
    command = shlex.split(first.out.splitlines()[-1])
    assert command[:3] == ["governance", "rules", "adopt"]
    assert run("advance", item, "meld-klar", "--by", "kombit").code == 0
    changed = run(*command[1:])
    assert changed.code == 3
    assert "listen er en anden og har nu koden" in changed.err
    assert "1 af de 1 forløb, der er i gang, ændres" in changed.out
    assert "de nye regler: tilstanden »klar til prioritering« kendes ikke" in changed.out
    assert re.search(r" lukker: [^:]*Prioritér", changed.out)
    assert "Alle grunde: --all" in changed.out
    taken = run(*shlex.split(changed.out.splitlines()[-1])[1:], "--source", "styregruppen")
    assert taken.code == 0
    assert taken.out.startswith("regelsæt/dubu/2031-01-01: taget i brug (begivenhed 3, version 1)")
    assert run("history", "regelsæt/dubu/2031-01-01").code == 0
    assert run("rules", "adopt", new_rules).code == 2
    assert run("steps", item, "--on", "2031-01-01").code == 0
    report = run("report", "--on", "2031-01-01", "--json").json
    assert [each["subject"] for each in report["ours"] if each["rule"] == "place-in-the-rules"] == [item]


def test_the_reasons_behind_a_state_the_new_rules_lack_are_told_in_words_when_asked_for(run, item, new_rules):
    run("advance", item, "meld-klar", "--by", "kombit")
    short, whole = run("rules", "adopt", new_rules), run("rules", "adopt", new_rules, "--all")
    assert (short.code, whole.code) == (0, 0)
    assert len(short.out.splitlines()) < len(whole.out.splitlines())
    assert "Prioritér (prioriter): lukker" in whole.out
    told = " ".join(whole.out.split())
    assert "klar til prioritering" in told.partition("Prioritér (prioriter): lukker")[2]
    assert not re.search(r"Sagen er klar(?! til prioritering)", told)
    assert short.out.splitlines()[-1] == whole.out.splitlines()[-1]


def test_a_list_that_changed_is_told_as_json_with_the_problem_beside_it(run, item, new_rules):
    answer = run("rules", "adopt", new_rules, "--accept", "0" * 12, "--json")
    assert answer.code == 3
    assert answer.json["running"] == 1
    assert answer.json["error"][0]["da"] in answer.err


def test_the_list_is_for_programs_too_and_names_the_database_it_is_for(run, item, new_rules, tmp_path):
    told = run("rules", "adopt", new_rules, "--json")
    assert (told.code, told.json["from"], told.json["items"]) == (0, "2031-01-01", [])
    assert run("init", "--database", tmp_path / "a file").code == 0
    answer = run("rules", "adopt", new_rules, "--database", tmp_path / "a file", "--language", "en")
    assert shlex.split(answer.out.splitlines()[-1])[4:6] == ["--database", str(tmp_path / "a file")]


def test_rules_that_cannot_be_taken_in_are_told_fault_by_fault(run, item, tmp_path):
    old = run("rules", "adopt", rules_folder() / "2024-01-01")
    assert old.code == 2
    assert "regelsættet begynder 1. januar 2024" in old.err
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "rulebook.yaml").write_text("rulebook:\n  id: x\n  titel: y\n", encoding="utf-8")
    assert "unknown-key" in run("rules", "adopt", tmp_path / "rules").err


def test_a_name_that_is_too_long_for_a_backup_is_a_sentence(demo, tmp_path):
    answer = demo("backup", tmp_path / ("x" * 300))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.endswith("kan ikke skrives (File name too long); vælg et andet sted\n")


def test_init_on_a_database_of_somebody_else_changes_nothing(run, tmp_path):
    theirs = tmp_path / "customers.sqlite"
    with closing(sqlite3.connect(theirs)) as connection:
        connection.execute("CREATE TABLE customers (id INTEGER)")
        connection.commit()
    before = theirs.read_bytes()
    answer = run("init", "--database", theirs)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        f"databasen {theirs} er i brug til andet end et register; intet er ændret; vælg en anden\n"
    )
    assert theirs.read_bytes() == before
