"""The command line as a person uses it, over a file of the test's own."""

import json
from dataclasses import dataclass

import pytest
from click.testing import CliRunner

from governance.cli import cli
from governance.service import opening, rules_folder
from governance.service.rulefiles import load_rulebooks


@dataclass
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture(scope="session")
def known_rules():
    return {rules_folder(): load_rulebooks(rules_folder())}


@pytest.fixture
def run(tmp_path, monkeypatch, known_rules):
    """Run a command; the rules in the tree are read once for all tests."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("GOVERNANCE_DATABASE_URL", raising=False)
    for name in ("RULES", "SECRET_KEY", "HOSTS"):
        monkeypatch.delenv(f"GOVERNANCE_{name}", raising=False)
    monkeypatch.setenv("COLUMNS", "110")
    monkeypatch.setattr(
        opening, "load_rulebooks", lambda folder: known_rules.get(folder) or load_rulebooks(folder)
    )

    def invoke(*words):
        result = CliRunner().invoke(cli, [str(word) for word in words])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Answer(result.exit_code, result.stdout, result.stderr)

    return invoke


@pytest.fixture
def item(run):
    """An item of number ÆØ-1."""
    assert run("add", "ÆØ-1", "--kind", "aendringsoenske", "--title", "Et ønske").code == 0
    return "ÆØ-1"


@pytest.fixture(scope="session")
def demo_bytes(tmp_path_factory, known_rules):
    """The demo's database, made once."""
    from governance.service import Governance, load_demo
    from governance.store import make_engine, upgrade

    path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    engine = make_engine(f"sqlite:///{path}")
    upgrade(engine)
    load_demo(Governance(engine, known_rules[rules_folder()]))
    engine.dispose()
    return path.read_bytes()


@pytest.fixture
def demo(run, tmp_path, monkeypatch, demo_bytes):
    """The demo round as the user's database."""
    path = tmp_path / "demo.sqlite"
    path.write_bytes(demo_bytes)
    monkeypatch.setenv("GOVERNANCE_DATABASE_URL", str(path))
    return run
