"""The audit on the command line: what is said, in which language, and the exit code."""

import sqlite3
from io import StringIO

import pytest

from governance import service
from governance.cli.progress import progress_bar
from governance.cli.speaking import Out
from governance.model import Text
from governance.service import Recheck


@pytest.fixture
def head(run, item):
    """The head after an item was added."""
    answer = run("audit", "head")
    assert answer.code == 0
    return answer.out.strip()


def lines(answer):
    return " ".join(answer.out.split())


def test_a_record_in_order_is_said_to_be_with_the_head_to_keep(run, head):
    answer = run("audit", "verify")
    assert answer.code == 0
    assert lines(answer) == f"Alt stemmer: 1 begivenheder. Hoved, gem det et andet sted: {head}"
    english = run("audit", "verify", "--language", "en")
    assert lines(english) == f"All holds: 1 events. The head, to keep elsewhere: {head}"
    assert run("audit", "verify", "--json").json == {"events": 1, "head": head, "problems": []}
    assert run("audit", "head", "--json").json == {"head": head}


def test_the_receipt_of_a_command_and_an_older_head_may_be_expected(run, head):
    answer = run("complete", "ÆØ-1", "--json")
    receipt = f"2:{answer.json['hash']}"
    assert run("audit", "verify", "--expect", head, "--expect", receipt).code == 0
    assert run("audit", "verify", "--expect", receipt[:14]).code == 0


def test_what_is_wrong_is_named_and_the_exit_code_says_so(run, head, tmp_path):
    path = tmp_path / "data" / "governance" / "governance.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE things SET state = 'besluttet'")
    connection.close()
    answer = run("audit", "verify")
    assert answer.code == 1
    assert lines(answer) == (
        "things ÆØ-1: `state` er `besluttet`, men skulle være `indmeldt` 1 fejl i 1 begivenheder"
    )
    (problem,) = run("audit", "verify", "--json").json["problems"]
    assert problem["place"]["en"] == "things ÆØ-1"
    assert run("audit", "export", tmp_path / "record.jsonl").code == 1
    assert not (tmp_path / "record.jsonl").exists()


def test_an_expected_head_that_is_not_there_is_named(run, head):
    answer = run("audit", "verify", "--expect", "1:" + "0" * 12, "--expect", "7:" + "a" * 64)
    assert answer.code == 1
    assert "begivenhed 1: `hash` er" in lines(answer)
    assert f"begivenhed 7: `hash` `{'a' * 64}` mangler" in lines(answer)


def test_an_expectation_that_cannot_be_one_is_input_that_cannot_be_used(run, head):
    answer = run("audit", "verify", "--expect", "yesterday")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("`yesterday` er ikke et hoved; skriv NUMMER:HASH")


def test_a_file_is_written_and_judged_again_without_the_database(demo, tmp_path, monkeypatch):
    file = tmp_path / "record.jsonl"
    events = demo("audit", "verify", "--json").json["events"]
    written = demo("audit", "export", file)
    assert (written.code, events > 150) == (0, True)
    assert lines(written).startswith(f"Skrevet i {file}. Alt stemmer: {events} begivenheder.")
    monkeypatch.setenv("GOVERNANCE_DATABASE_URL", str(tmp_path / "nowhere" / "no.sqlite"))
    steps = file.read_text(encoding="utf-8").count('"kind":"step"')
    again = demo("audit", "recheck", file)
    assert (again.code, steps > 15) == (0, True)
    assert lines(again).startswith(f"{steps} afgørelser er truffet igen. Alt stemmer")
    assert not (tmp_path / "nowhere").exists()
    assert demo("audit", "recheck", file, "--expect", "3:" + "b" * 12).code == 1
    found = demo("audit", "recheck", file, "--json").json
    assert (found["decided"], found["erased"], found["problems"]) == (steps, [], [])


def test_a_damaged_file_is_named_by_its_line(demo, tmp_path):
    file = tmp_path / "record.jsonl"
    demo("audit", "export", file)
    file.write_bytes(file.read_bytes().replace(b'"n":20', b'"n":21', 1))
    answer = demo("audit", "recheck", file)
    assert answer.code == 1
    assert lines(answer).startswith("linje 20: er ikke, som den blev skrevet")


def test_what_rests_on_something_erased_is_not_said_to_be_proved(run, tmp_path, monkeypatch):
    again = Recheck(events=9, decided=3, head="9:" + "a" * 64, problems=(), erased=(6, 8))
    monkeypatch.setattr(service, "audit_recheck", lambda *_, **__: again)
    answer = run("audit", "recheck", tmp_path / "record.jsonl")
    assert answer.code == 1
    assert "Alt, der kan afgøres igen, stemmer: 9 begivenheder" in lines(answer)
    assert lines(answer).endswith("som regler hviler på, er slettet: begivenhed 6, 8")
    told = run("audit", "recheck", tmp_path / "record.jsonl", "--json")
    assert (told.code, told.json["erased"]) == (1, [6, 8])


def test_a_file_that_is_there_or_not_there_is_said_in_one_sentence(run, head, tmp_path):
    file = tmp_path / "record.jsonl"
    assert run("audit", "export", file).code == 0
    again = run("audit", "export", file)
    assert (again.code, again.err.strip()) == (2, f"{file} findes allerede; vælg et andet navn")
    nothing = run("audit", "recheck", tmp_path / "nothing.jsonl")
    assert nothing.code == 2
    assert "kan ikke læses" in nothing.err


class Terminal(StringIO):
    """A screen, or a file."""

    def __init__(self, *, tty):
        super().__init__()
        self.tty = tty

    def isatty(self):
        return self.tty


@pytest.mark.parametrize("tty", [True, False])
def test_long_work_shows_how_far_it_is_on_a_terminal_and_nowhere_else(monkeypatch, tty):
    screen = Terminal(tty=tty)
    monkeypatch.setattr("sys.stderr", screen)
    with progress_bar(Out("da", as_json=False), Text("Efterprøver", "Verifying")) as progress:
        progress(5, 10)
        progress(11, 10)
    assert ("Efterprøver" in screen.getvalue(), "100%" in screen.getvalue()) == (tty, tty)


def test_an_export_to_a_name_no_file_can_have_is_said_in_one_sentence(run, tmp_path):
    run("init", "--demo")
    answer = run("audit", "export", tmp_path / ("a" * 300))
    assert (answer.code, answer.out) == (2, "")
    assert "kan ikke skrives" in answer.err
