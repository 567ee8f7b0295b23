"""The commands about the rules themselves."""

import re
import shutil

import pytest

from governance.clauses import digest_of, fold
from governance.service import database_url, rules_folder


def test_the_rules_are_checked(run, tmp_path):
    assert run("rules", "check").code == 0
    assert run("rules", "check", "--json").json == {"ok": True, "faults": []}
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "rulebook.yaml").write_text("rulebook:\n  id: x\n  titel: y\n", encoding="utf-8")
    answer = run("rules", "check", tmp_path / "rules")
    assert (answer.code, answer.out) == (2, "")
    assert re.search(r"^rulebook\.yaml:3:3: unknown-key: ", answer.err, re.MULTILINE)
    told = run("rules", "check", tmp_path / "rules", "--json")
    assert told.code == 2
    assert {fault["line"] for fault in told.json["faults"]} >= {3}
    assert run("rules", "check", tmp_path / "nowhere").code == 2
    assert run("items", "--rules", tmp_path / "rules").code == 2


def test_the_rules_are_shown_in_words(run):
    answer = run("rules", "show")
    assert answer.code == 0
    assert re.search(r"^K23  skal, håndhæves: ", answer.out, re.MULTILINE)
    assert "bestil: Bestil hos leverandøren (KOMBIT, vores)" in answer.out
    assert run("rules", "show", "--on", "2019-01-01").code == 2
    assert run("rules", "show", "--json").json["id"] == "dubu"


@pytest.fixture
def adopted(run, tmp_path):
    """A register that has taken in a rulebook from a day ahead; gives the folder of the new rules."""
    folder = tmp_path / "2031-01-01"
    shutil.copytree(rules_folder() / "2024-01-01", folder)
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8")
        text = text.replace("from: 2024-01-01\n", "from: 2031-01-01\n").replace("{da: klar ", "{da: parat ")
        path.write_text(text, encoding="utf-8")
    assert run("init").code == 0
    code = run("rules", "adopt", folder, "--json").json["code"]
    assert run("rules", "adopt", folder, "--accept", code).code == 0
    return folder


@pytest.mark.parametrize("command", ["show", "trace"])
def test_the_rules_on_a_date_are_those_of_the_register_adopted_ones_too(run, adopted, tmp_path, command):
    new = ["rules", command, "--on", "2031-06-01", "--json"]
    assert run(*new).json == run("rules", command, adopted, "--on", "2031-06-01", "--json").json
    if command == "show":
        assert run(*new).json["from"] == "2031-01-01"
        assert run("rules", command, "--json").json["from"] == "2024-01-01"
        assert run(*new[:-1], rules_folder(), "--json").json["from"] == "2024-01-01"
        assert run(*new, "--database", database_url()).json["from"] == "2031-01-01"
    nowhere = run(*new[:-1], "--database", tmp_path / "nowhere.sqlite")
    assert (nowhere.code, "der er intet register i" in nowhere.err) == (2, True)
    assert not (tmp_path / "nowhere.sqlite").exists()
    did = run("access", "show", "--json").json
    assert f"rules {command}" in {line["did"] for line in did}


def test_without_a_register_the_rules_are_the_folders_and_none_is_made(run, tmp_path):
    assert run("rules", "show", "--on", "2031-06-01", "--json").json["from"] == "2024-01-01"
    assert not list(tmp_path.rglob("*.sqlite"))


def test_the_trace_holds_every_clause_against_a_document(run, tmp_path):
    assert run("rules", "trace").code == 0
    document = tmp_path / "document.txt"
    document.write_text("Et dokument, der handler om noget andet.", encoding="utf-8")
    answer = run("rules", "trace", "--document", document)
    assert answer.code == 1
    assert answer.out.count("findes ikke i dokumentet") == 33
    assert "0 af 33 er fundet i dokumentet" in answer.out
    document.write_bytes(b"\xff\xfe\x00")
    for unreadable in (document, tmp_path, tmp_path / "nowhere"):
        answer = run("rules", "trace", "--document", unreadable)
        assert (answer.code, answer.out) == (2, "")
        assert "kan ikke læses; giv en tekstfil i UTF-8" in answer.err


def test_a_clause_that_is_in_the_document_is_shown_beside_our_words(run, tmp_path):
    folder = tmp_path / "rules"
    folder.mkdir()
    sentence = "Gruppen holder to møder om året, og formanden indkalder dem."
    words = fold(sentence)
    (folder / "rulebook.yaml").write_text(
        "rulebook:\n"
        "  id: prøve\n"
        "  title: {da: Prøve, en: Trial}\n"
        "  document: {da: Vedtægten, en: The statute}\n"
        "  in_force: {from: 2024-01-01, why: {da: x, en: y}}\n"
        "clauses:\n"
        "  - id: K1\n"
        "    section: {da: Møder, en: Meetings}\n"
        "    place: 1\n"
        "    force: must\n"
        "    text: {da: Der er to møder årligt, en: There are two meetings a year}\n"
        f"    words: {len(words)}\n"
        f"    digest: {digest_of(words)}\n"
        "    check: unchecked\n"
        "    why: {da: x, en: y}\n",
        encoding="utf-8",
    )
    document = tmp_path / "vedtægt.txt"
    document.write_text("Vedtægt\n\n• " + sentence.replace(", ", ",\n") + "\n", encoding="utf-8")
    answer = run("rules", "trace", folder, "--document", document)
    assert answer.code == 0
    assert f"linje 3–4: {sentence}" in answer.out
    assert "1 af 1 er fundet i dokumentet" in answer.out


def test_the_schema_is_written_for_editors(run):
    schema = run("rules", "schema").json
    assert schema["$schema"].endswith("2020-12/schema")
