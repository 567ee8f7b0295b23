"""A record that tells of one person, for the tests that erase them."""

from datetime import date

import pytest

from governance.model import Force, Origin, Request, Ruled, StepRefused, Text, Verdict
from governance.service import (
    add_item,
    add_person,
    advance,
    correct,
    note_access,
    record_fact,
    record_thing,
    set_retention,
)
from governance.service.recording import Told, session
from governance.store import drivers
from governance.values import day
from tests.service.conftest import opened

FIRST, LAST = "Qwertine", "Zappelstrup"
NAME = f"{FIRST} {LAST}"
MAIL = "qz1871@example.invalid"
OTHER = "Ludvig Brasenhoved"
PARTS = (FIRST, LAST, "qz1871")
WHY = "vedkommende har bedt om det"


@pytest.fixture(params=["sqlite delete", "sqlite wal", "postgresql"])
def record(request, tmp_path, rulebooks, clock, monkeypatch):
    """An empty record in each kind of database, with SQLite in each of its two journals."""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
    else:
        (tmp_path / "db").mkdir()
        url = f"sqlite:///{tmp_path / 'db' / 'record.sqlite'}"
        monkeypatch.setattr(drivers, "SAFE_WAL", (3, 0, 0) if "wal" in request.param else (9, 0, 0))
        monkeypatch.setattr(drivers, "BUSY_SECONDS", 1)
    made = opened(url, rulebooks, clock)
    yield made
    made.engine.dispose()


def answer(said):
    """A refusal whose sentences hold something."""
    rule = Ruled("r", None, Force.MUST, Verdict.BROKEN, Text(f"Svaret var {said}", "The answer"), None, True)
    return StepRefused(Request("indstil", "referencegruppen", day(date(2025, 9, 9))), "a", "b", (rule,))


def add_event(gov, id_, payload):
    """Store an event as it is."""
    on = day(gov.today)
    with session(gov, id_) as open_:
        open_.add(id_, payload, Told(on, Origin.LIVE, "", "", gov.rulebook(on)))


def filled(gov):
    """A record that tells of one person in every place a text can stand; gives the reference."""
    ref = add_person(gov, NAME, contact=MAIL).ref
    add_item(gov, "ÆØ-1", "aendringsoenske", f"Ønske fra {NAME.upper()}", recorder=OTHER)
    add_item(gov, "ÆØ-2", "aendringsoenske", "Et andet ønske", source=f"mail fra {MAIL}", recorder=NAME)
    advance(gov, "ÆØ-1", "meld-klar", "kombit", person=NAME, reason=f"{FIRST}\n   {LAST}s ord", key="klar")
    record_fact(gov, "ÆØ-1", "stemmer", "3", source=f"optalt af {FIRST}\u00a0{LAST}")
    record_fact(gov, "ÆØ-1", "stemmer", "4", source="optalt igen af en med en hund der hedder Vaks")
    correct(gov, 5, reason=f"{NAME.lower()} talte forkert")
    record_thing(gov, "p1", "agenda-point", links=point(gov), facts={"conclusion": "hun er syg"}, source="x")
    record_fact(gov, "p1", "conclusion", "venter på operation", source="journalen", about=ref)
    add_event(gov, "ÆØ-2", answer(f"givet af {NAME}"))
    add_event(gov, "ÆØ-2", answer("»Venter på operation«"))
    add_event(gov, "ÆØ-2", answer("intet særligt"))
    note_access(gov, f"web/{NAME}", "page items.item", "ÆØ-1", "answered")
    set_retention(gov, 6, from_="", reason=f"efter aftale med {NAME}")
    return ref


def point(gov):
    record_thing(gov, "m1", "meeting", links={"body": "referencegruppen"}, facts={}, source="x")
    return {"meeting": "m1"}
