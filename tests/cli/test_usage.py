"""The words themselves: help and complaints in both languages, and never a traceback."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import click
import pytest

from governance.cli import cli
from governance.cli.metavars import METAVARS
from governance.cli.running import HOST, shown
from governance.service import DEMO_PASSWORD, database_url

COMMANDS = [
    "demo", "init", "serve", "add", "record", "correct", "items", "steps", "advance", "history", "way",
    "seats show", "report", "rules check", "rules trace", "rules show", "rules schema",
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_helps_in_both_languages_and_answers_as_json(run, command):
    danish = run(*command.split(), "--help")
    english = run(*command.split(), "--language", "en", "--help")
    assert (danish.code, english.code) == (0, 0)
    assert danish.out.startswith("Brug: ")
    assert english.out.startswith("Usage: ")
    assert "--json" in danish.out
    assert "Svar som JSON." in danish.out
    assert "Answer as JSON." in english.out
    assert not {"Options:", "Commands:", "Show"} & set(danish.out.split())
    assert "Valg:" not in english.out


def every_command(group=cli, words=()):
    yield words
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from every_command(command, (*words, name))
        else:
            yield (*words, name)


def command_of(words):
    command = cli
    for word in words:
        command = command.commands[word]
    return command


def spoken_words(text):
    return set(re.findall(r"[A-ZÆØÅ]+(?:[=:][A-ZÆØÅ]+)?", text))


@pytest.mark.parametrize("words", list(every_command()), ids=" ".join)
def test_no_help_holds_a_word_of_the_other_language(run, words):
    danish = run(*words, "--help").out
    english = run(*words, "--help", "--language", "en").out
    told = [text for text in METAVARS.values() if text.da != text.en and " " not in text.da]
    assert not spoken_words(danish) & {text.en for text in told} - {"ID"}
    assert not spoken_words(english) & {text.da for text in told}
    assert "required" not in danish
    assert "kræves" not in english
    assert ("[kræves]" in danish) == ("[required]" in english)
    for param in command_of(words).params:
        if param.metavar is not None:
            assert param.metavar.strip("[]") in METAVARS


def test_what_stands_for_a_word_is_told_in_the_language_of_the_help(run):
    danish, english = run("record", "--help").out, run("record", "--help", "--language", "en").out
    assert " record [VALG] SAG OPLYSNING=VÆRDI" in danish
    assert re.search(r"--source TEKST .*\[kræves\]", danish)
    assert " record [OPTIONS] ITEM FACT=VALUE" in english
    assert re.search(r"--source TEXT .*\[required\]", english)
    assert " rules [VALG] KOMMANDO [ORD]..." in run("rules", "--help").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["items", "--stat", "x"], "there is no option `--stat`"),
        (["steps"], "ITEM is missing"),
        (["steps", "nowhere"], "there is no item `nowhere`"),
        (["items", "--on", "i morgen"], "`i morgen` is not a date"),
        (["items", "--rules", "nowhere"], "nowhere"),
    ],
)
def test_what_cannot_be_used_is_told_as_json_too(run, words, said):
    run("init")
    answer = run(*words, "--json")
    assert answer.code == 2
    (problem,) = answer.json["error"]
    assert said in problem["en"]
    assert answer.err == problem["da"] + "\n"
    assert answer.json["meanwhile"] == []


def test_a_lost_race_is_told_as_json_with_what_happened_meanwhile(run, item):
    assert run("record", item, "stoerrelse=M", "--source", "x").code == 0
    answer = run("advance", item, "meld-klar", "--by", "kombit", "--version", "1", "--json")
    assert answer.code == 3
    (problem,) = answer.json["error"]
    assert problem["en"].startswith(f"`{item}` has changed: it is now version 2, you saw 1")
    (happened,) = answer.json["meanwhile"]
    assert happened.keys() == {"da", "en"}
    assert happened["da"] in answer.err


def test_the_list_of_commands_is_told_in_both_languages(run):
    assert "Kommandoer:" in run("--help").out
    assert "Show the items with their states." in run("--language", "en", "--help").out
    assert run("--version").out.startswith("governance ")


@pytest.mark.parametrize(
    ("words", "da", "en"),
    [
        (
            ("itms",),
            "kommandoen `itms` findes ikke; mente du items?",
            "there is no command `itms`; did you mean items?",
        ),
        (
            ("rules", "chek"),
            "kommandoen `chek` findes ikke; mente du check?",
            "there is no command `chek`; did you mean check?",
        ),
        (
            ("items", "--stat", "x"),
            "valget `--stat` findes ikke; mente du --state?",
            "there is no option `--stat`; did you mean --state?",
        ),
        (("steps",), "SAG mangler; se --help", "ITEM is missing; see --help"),
        (("record", "x", "a=b"), "--source mangler; se --help", "--source is missing; see --help"),
        (("items", "x"), "der er ord for meget: x; se --help", "there are words too many: x; see --help"),
        (
            ("serve", "--port", "abc"),
            "`abc` er ikke en port; skriv et helt tal",
            "`abc` is not a port; write a whole number",
        ),
        (
            ("serve", "--port", "70000"),
            "port 70000 er optaget eller kan ikke bruges",
            "port 70000 is taken or cannot be used",
        ),
        (
            ("serve", "--workers", "2"),
            "flere processer må have én nøgle til fælles; sæt GOVERNANCE_SECRET_KEY",
            "several processes must share one key; set GOVERNANCE_SECRET_KEY",
        ),
        (
            ("serve", "--workers", "0"),
            "0 processer går ikke; skriv 1 med --workers",
            "0 processes cannot be; write 1 with --workers",
        ),
        (
            ("serve", "--host", "0.0.0.0"),  # noqa: S104 - it is refused
            "sæt GOVERNANCE_HOSTS til dem, andre bruger om 0.0.0.0",
            "set GOVERNANCE_HOSTS to those that others use for 0.0.0.0",
        ),
    ],
)
def test_words_that_cannot_be_used_are_said_in_one_sentence(run, words, da, en):
    danish, english = run(*words), run(*words, "--language", "en")
    assert (danish.code, english.code) == (2, 2)
    assert da in danish.err
    assert en in english.err
    assert len(danish.err.splitlines()) == len(english.err.splitlines()) == 1
    assert danish.out == english.out == ""


def test_a_language_that_is_not_spoken_is_refused(run):
    answer = run("items", "--language", "fr")
    assert answer.code == 2
    assert answer.err == "--language: skriv en af da, en\n"


def test_nothing_said_shows_the_help_and_counts_as_no_use(run):
    assert run().code == 2


@pytest.mark.parametrize(
    "database", ["mysql://a/b", "sqlite:////dev/null/x.sqlite", "postgresql://me:hemmeligt@127.0.0.1:1/db"]
)
def test_a_database_that_cannot_be_used_is_said_without_its_password(run, database):
    answer = run("items", "--database", database)
    assert (answer.code, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 1
    assert "hemmeligt" not in answer.err


def test_an_address_is_shown_without_its_password():
    assert shown("postgresql+psycopg://me:se@cret@host/db") == "postgresql+psycopg://host/db"
    assert shown("sqlite:////home/x") == "/home/x"


def test_what_a_terminal_cannot_take_is_shown_escaped(run):
    for word in ("\udcff", "\x1b[2J", "a\u202eb"):
        answer = run("steps", word)
        assert answer.code == 2
        assert word not in answer.err
        assert answer.err.strip().isprintable()


def test_a_port_that_is_taken_is_said_plainly(run):
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        answer = run("serve", "--port", taken.getsockname()[1])
    assert answer.code == 2
    assert "er optaget eller kan ikke bruges; vælg en anden med --port" in answer.err


@pytest.mark.parametrize(
    ("words", "path", "shown"),
    [
        (("demo",), "/login", DEMO_PASSWORD),
        (("serve", "--workers", "2", "--host", "127.0.0.2"), "/readyz", '"serving":true'),
    ],
)
def test_the_pages_are_served_on_this_machine_and_stop_when_asked(tmp_path, words, path, shown):
    """The real command in a process of its own; the first as `make run` starts it."""
    command = [Path(sys.executable).with_name("governance"), *words, "--database", tmp_path / "demo.sqlite"]
    own = {"XDG_DATA_HOME": str(tmp_path), "PYTHONUNBUFFERED": "1", "GOVERNANCE_SECRET_KEY": "k" * 32}
    environment = {**os.environ, **own, "GOVERNANCE_HOSTS": "localhost,127.0.0.1,127.0.0.2"}
    server = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    )
    try:
        said = []
        for line in server.stdout:
            said.append(line)
            if line.startswith("Åbn http://"):
                break
        assert said[-1:], "the server said nothing"
        host = words[-1] if "--host" in words else HOST
        assert said[-1].startswith(f"Åbn http://{host}:"), said
        address = said[-1].split()[1]
        connection = http.client.HTTPConnection(address.removeprefix("http://").strip("/"), timeout=30)
        connection.request("GET", path)
        page = connection.getresponse()
        assert page.status == 200
        assert shown in page.read().decode()
        connection.close()
    finally:
        server.send_signal(signal.SIGTERM)
        rest = server.communicate(timeout=30)[0]
    assert server.returncode == 0, rest


def test_the_database_of_the_environment_is_used(run, tmp_path, monkeypatch):
    monkeypatch.setenv("GOVERNANCE_DATABASE_URL", str(tmp_path / "mine.sqlite"))
    assert database_url() == f"sqlite:///{tmp_path / 'mine.sqlite'}"
    assert run("init", "--json").json["database"] == str(tmp_path / "mine.sqlite")
