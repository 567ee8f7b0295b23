"""Every command and example in the docs is run as it stands there."""

import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from flask import Flask

from governance.cli import cli, running
from governance.files import folder_digest, parse_document, read_folder
from governance.parsing import parse_rulebook
from governance.service import Caller, Office, open_governance

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MANUAL = (ROOT / "governance" / "README.md").read_text(encoding="utf-8")
RULES_README = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands(text: str) -> list[str]:
    lines = [line for block in blocks(text, "console") for line in block.splitlines()]
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ governance")]


def run(line: str, database: Path):
    words = shlex.split(line, comments=True)
    if ">" in words:
        words = words[: words.index(">")]
    words = [str(ROOT / word) if word.startswith("rules/") else word for word in words]
    environ = {
        "GOVERNANCE_DATABASE_URL": f"sqlite:///{database}",
        "GOVERNANCE_HOSTS": "governance.example.dk",
        "GOVERNANCE_SECRET_KEY": "x" * 32,
    }
    return CliRunner().invoke(cli, words[1:], env=environ, input="en lang hemmelighed\n" * 2)


@pytest.fixture
def served(tmp_path, monkeypatch):
    """What a server was told to be, in an empty folder."""
    told = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(running, "run_server", lambda *how: told.append(how[:2]))
    monkeypatch.setattr(running, "free_port", lambda *_asked: 8000)
    return told


def run_all(lines: list[str], database: Path) -> None:
    """Every command on one database: none is unusable, and what is said to be refused is."""
    for line in lines:
        result = run(line, database)
        assert result.exit_code in (0, 1), f"{line}: {result.output}"
        assert ("refused" in line) <= (result.exit_code == 1), f"{line}: {result.output}"


def test_every_command_of_the_readme_runs(tmp_path, served):
    lines = commands(README)
    assert len(lines) >= 6
    run_all(lines, tmp_path / "readme.db")
    assert served == [("127.0.0.1:8000", 1), ("0.0.0.0:8000", 2)]


def test_every_command_of_the_manual_runs_and_a_refusal_is_where_it_says(tmp_path, served):
    lines = commands(MANUAL)
    assert len(lines) >= 20
    run_all(lines, tmp_path / "manual.db")
    assert served == []


@pytest.mark.parametrize("line", [line for line in commands(RULES_README) if "FILE" not in line])
def test_every_command_of_the_rule_authors_page_runs(tmp_path, line):
    result = run(line, tmp_path / "rules.db")
    assert result.exit_code == 0, result.output


def test_the_example_society_of_the_rule_authors_page_is_a_rulebook_without_faults():
    files: dict[str, str] = {}
    for block in blocks(RULES_README, "yaml"):
        name = re.match(r"# file: (\S+)\n", block)
        assert name, f"a block without a file name:\n{block}"
        files[name[1]] = block
    documents = tuple(parse_document(name, text.encode()) for name, text in sorted(files.items()))
    book = parse_rulebook(documents, folder_digest(documents))
    rules = {"stoerre-kraever-samtykke", "hoejst-to-perioder-i-traek", "bestyrelsen-moedes"}
    assert {rule.id for rule in book.every_rule} == rules
    assert [each.method for each in book.counting] == ["approval"]
    assert book.process_for("indkoeb") is not None


def test_the_rule_shown_in_the_readme_is_the_rule_that_ships():
    (shown,) = blocks(README, "yaml")
    shipped = (ROOT / "rules" / "dubu" / "2024-01-01" / "process.yaml").read_text(encoding="utf-8")
    for line in shown.splitlines():
        assert line.strip() in shipped, line


def test_the_python_of_the_readme_runs_on_the_demo(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run("governance init --demo", tmp_path / "our.db").exit_code == 0
    code, _ = blocks(README, "python")
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - the example itself is what is tested
    printed = capsys.readouterr().out
    assert "Order from the vendor" in printed
    assert "False" in printed
    assert "K23" in printed


def test_the_pages_stand_in_another_application_as_the_readme_says(tmp_path, monkeypatch):
    _, code = blocks(README, "python")
    monkeypatch.setenv("GOVERNANCE_DATABASE_URL", f"sqlite:///{tmp_path}/host.db")
    app, reader = Flask("host"), Caller("a", "Læser", (Office("laeser"),))
    app.secret_key = "x" * 32
    known = {"app": app, "our_caller": lambda _: reader, "told_of_events": print}
    exec(compile(code, "README.md", "exec"), known)  # noqa: S102 - the example itself is what is tested
    assert app.test_client().get("/governance/rules").status_code == 200
    assert app.test_client().get("/rules").status_code == 404


def test_every_key_of_the_condition_table_is_read_by_the_parser():
    table = RULES_README.split("## 5.")[1].split("## 6.")[0]
    conditions = re.findall(r"\| `(\{.*?\})`", table)
    assert len(conditions) >= 8
    keys = set(re.findall(r"[{ ](\w+):", " ".join(conditions)))
    shipped = {
        path.name: path.read_text(encoding="utf-8") for path in (ROOT / "rules" / "dubu").rglob("*.yaml")
    }
    schema = CliRunner().invoke(cli, ["rules", "schema"]).output
    for key in keys:
        assert f'"{key}"' in schema or any(f"{key}:" in text for text in shipped.values()), key


def leaves(command: click.Command, name: str) -> list[str]:
    if isinstance(command, click.Group):
        return [
            path for sub, each in command.commands.items() for path in leaves(each, f"{name} {sub}".strip())
        ]
    return [name]


def test_every_command_stands_in_the_manual():
    """A group's commands may stand one after the other: `people add`, `list`."""
    paragraphs = MANUAL.split("\n\n")
    for name in leaves(cli, ""):
        words = name.split()
        assert any(
            all(re.search(rf"\b{word}\b", paragraph) for word in words)
            for paragraph in paragraphs
            if "`" in paragraph
        ), name


def test_every_setting_stands_in_the_readme():
    sources = "".join(
        path.read_text(encoding="utf-8")
        for top in ("governance", "web")
        for path in (ROOT / top).rglob("*.py")
    )
    settings = set(re.findall(r'"(GOVERNANCE_[A-Z_]+)"', sources))
    assert settings >= {"GOVERNANCE_DATABASE_URL"}
    for name in settings:
        assert name in README, name


@pytest.mark.parametrize("folder", [ROOT, ROOT / "governance", ROOT / "rules"])
def test_every_file_a_page_links_to_exists(folder):
    page = (folder / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page):
        assert (folder / target).exists(), target


def test_make_knows_the_two_commands_of_the_readme():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"\$ make (\S+)", README)
    assert {"run", "test"} <= set(targets)
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_shipped_rulebook_opens_by_default(tmp_path):
    gov = open_governance(f"sqlite:///{tmp_path}/x.db")
    digest = folder_digest(read_folder(ROOT / "rules" / "dubu" / "2024-01-01"))
    assert [book.digest for book in gov.rulebooks.books] == [digest]


def test_every_part_of_the_house_stands_on_its_map_and_nothing_else():
    named = set(re.findall(r"`(\w+)`", MANUAL.split("| | |")[1].split("\n\n")[0]))
    parts = {path.stem if path.suffix else path.name for path in (ROOT / "governance").iterdir()}
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(each["layers"] for each in contract["contracts"] if each["id"] == "layers")
    assert named - {"web"} <= parts
    assert set(re.findall(r"\w+", " ".join(layers))) - {"temporal"} - named == {"clauses", "faults"}
