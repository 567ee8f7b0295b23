"""The databases the benchmarks measure in, each with the demo round; every commit is written to disk."""

from contextlib import contextmanager
from datetime import UTC, datetime

from governance.service import Governance, load_demo, rules_folder
from governance.service.rulefiles import load_rulebooks
from governance.store import make_engine, upgrade

NOW = datetime(2025, 11, 20, 9, 30, tzinfo=UTC)


@contextmanager
def demo_in(url):
    """The demo round in a new database."""
    engine = make_engine(url)
    upgrade(engine)
    gov = Governance(engine, load_rulebooks(rules_folder()), lambda: NOW)
    load_demo(gov)
    yield gov
    engine.dispose()
