"""DUBU's rules over an empty record, with a clock the test sets."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from governance.service import Governance, load_demo, rules_folder
from governance.service.rulefiles import load_rulebooks
from governance.store import make_engine, upgrade
from tests.databases import database_url, empty_file, postgres_server, postgres_url, register_url
from tests.service.newrules import START

__all__ = ["database_url", "postgres_server", "postgres_url", "register_url"]


@dataclass
class Clock:
    """What time it is."""

    now: datetime = datetime(2025, 11, 20, 9, 30, tzinfo=UTC)

    def __call__(self):
        return self.now

    def set(self, day, hour=9):
        """Go to an hour of a day, in UTC."""
        self.now = datetime.fromisoformat(f"{day}T{hour:02}:30:00+00:00")


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="session")
def rulebooks():
    return load_rulebooks(rules_folder())


def opened(url, rulebooks, clock):
    engine = make_engine(url)
    upgrade(engine)
    return Governance(engine, rulebooks, clock)


@pytest.fixture
def gov(tmp_path, rulebooks, clock):
    """An empty record in a file."""
    path = tmp_path / "record.sqlite"
    path.write_bytes(empty_file())
    made = opened(f"sqlite:///{path}", rulebooks, clock)
    yield made
    made.engine.dispose()


@pytest.fixture
def each_gov(register_url, rulebooks, clock):
    """An empty record in each kind of database."""
    made = opened(register_url, rulebooks, clock)
    yield made
    made.engine.dispose()


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory, rulebooks):
    """A file with the demo round, to be copied."""
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    made = opened(f"sqlite:///{path}", rulebooks, Clock())
    load_demo(made)
    made.engine.dispose()
    return path


@pytest.fixture
def demo(demo_file, tmp_path, rulebooks, clock):
    """The demo round."""
    path = tmp_path / "demo.sqlite"
    path.write_bytes(demo_file.read_bytes())
    made = opened(f"sqlite:///{path}", rulebooks, clock)
    yield made
    made.engine.dispose()


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
