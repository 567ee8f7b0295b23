"""A made-up association whose record the fault tests write, and how to open it."""

from contextlib import contextmanager
from pathlib import Path

from governance.service import open_governance, record_thing
from governance.service.rulefiles import load_rulebooks

RULES = Path(__file__).parent / "rules"
BODIES = ("udvalget", "bestyrelsen")
TOWNS = ("Ask", "Birk")

load_rulebooks(RULES)  # read once; the workers, which are forked after this, need not read it again


@contextmanager
def opened(url):
    """The association over a database, closed afterwards."""
    gov = open_governance(url, RULES)
    try:
        yield gov
    finally:
        gov.engine.dispose()


def with_seats(gov, names):
    """The committee with these seats, all of them vacant."""
    for name in names:
        record_thing(gov, name, "seat", links={"body": "udvalget"}, facts={}, origin="live", source="listen")
