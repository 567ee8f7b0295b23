"""What was known on a day is what a copy of the database made at the end of that day still answers."""

import shutil
import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from governance.model import RequestError
from governance.service import (
    Governance,
    add_item,
    advance,
    correct,
    declare_complete,
    history,
    item,
    items,
    record_fact,
    record_thing,
    report,
    rules_folder,
    seats,
    steps,
    way,
)
from governance.service.recording import one_transaction
from governance.service.rulefiles import load_rulebooks
from governance.store import make_engine, upgrade
from tests.counts import count

BOOKS = load_rulebooks(rules_folder())
DAYS = ("2025-09-01", "2025-09-10", "2025-10-01")
TODAY = "2025-11-20"
ITEMS = {"A": ("aendringsoenske", ""), "B": ("henvendelse", ""), "A/1": ("spor", "A"), "A/2": ("spor", "A")}
SEAT = {"links": {"body": "referencegruppen"}, "facts": {}}
TERMS = {"p1/Horsens": "Horsens", "p1/Lolland": "Lolland"}
THINGS = [*ITEMS, "plads-1", *TERMS, "A-B"]
WAY = ("meld-klar", "prioriter", "indstil", "beslut", "bestil", "genaabn", "afklar")
BODIES = ("kombit", "referencegruppen", "projektgruppen")
dates = st.sampled_from(["", *DAYS, "2025-08", "2025-09"])
origins = st.sampled_from(["live", "history"])


def add(id_, on, origin):
    kind, parent = ITEMS[id_]
    return lambda gov: add_item(gov, id_, kind, f"Om {id_}", parent=parent, on=on, origin=origin)


def tell(id_, value, on):
    return lambda gov: record_fact(gov, id_, "estimat-aar", value, source="et notat", on=on, recorder="ms")


def step(id_, name, body, on, origin):
    told = {"on": on, "origin": origin, "source": "referatet", "reason": "sådan var det"}
    return lambda gov: advance(gov, id_, name, body, **told)


def take_seat(id_, on):
    links = {"seat": "plads-1", "organisation": TERMS[id_]}
    return lambda gov: record_thing(
        gov, id_, "term", links=links, facts={"from": "2024-01-01"}, source="listen", on=on
    )


def relate(on):
    links = {"item": "A", "to": "B"}
    return lambda gov: record_thing(gov, "A-B", "relation", links=links, facts={}, source="x", on=on)


commands = st.one_of(
    st.builds(add, st.sampled_from(list(ITEMS)), dates, origins),
    st.builds(tell, st.sampled_from(list(ITEMS)), st.sampled_from(["1/8", "1/2", "1/2..1"]), dates),
    st.builds(
        step, st.sampled_from(list(ITEMS)), st.sampled_from(WAY), st.sampled_from(BODIES), dates, origins
    ),
    st.builds(lambda on: lambda gov: record_thing(gov, "plads-1", "seat", source="x", on=on, **SEAT), dates),
    st.builds(take_seat, st.sampled_from(list(TERMS)), dates),
    st.builds(relate, dates),
    st.builds(lambda id_, on: lambda gov: declare_complete(gov, id_, on=on), st.sampled_from(THINGS), dates),
    st.builds(lambda number: lambda gov: correct(gov, number, reason="en fejl"), st.integers(1, 12)),
)


def opened(path):
    engine = make_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous = OFF"))
    return Governance(engine, BOOKS, lambda: noon(TODAY))


def noon(day):
    return datetime.fromisoformat(f"{day}T12:00:00+00:00")


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A file with nothing in it, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "empty.sqlite"
    gov = opened(path)
    upgrade(gov.engine)
    gov.engine.dispose()
    return path


def asked(ask, *args, **kwargs):
    """An answer without the day it is known on; nothing where there is no such thing then."""
    try:
        answer = ask(*args, **kwargs)
    except RequestError:
        return ()
    return replace(answer, known="") if hasattr(answer, "known") else answer


def answers(gov, **known):
    """Every question, about the first day and the last."""
    for id_ in THINGS:
        yield asked(history, gov, id_, **known)
    for on in (DAYS[0], TODAY):
        yield asked(items, gov, on=on, **known)
        yield asked(report, gov, on=on, **known)
        yield asked(seats, gov, on=on, **known)
        for id_ in ITEMS:
            yield asked(item, gov, id_, on=on, **known)
    yield asked(steps, gov, "A", **known)
    yield asked(way, gov, "A", "besluttet", **known)


@given(st.lists(st.lists(commands, min_size=1, max_size=7), min_size=3, max_size=3))
@settings(
    max_examples=count(reduced=12, full=150), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
def test_as_known_on_a_day_is_what_a_copy_of_that_day_answers(empty, told):
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(empty, Path(folder) / "now.sqlite")
        gov = opened(path)
        for day, does in zip(DAYS, told, strict=True):
            then = replace(gov, now=partial(noon, day))
            with one_transaction(then) as connection:
                for do in does:
                    with suppress(RequestError):
                        do(replace(then, within=connection))
            gov.engine.dispose()
            shutil.copy(path, Path(folder) / f"{day}.sqlite")
        for day in DAYS:
            copy = opened(Path(folder) / f"{day}.sqlite")
            for now, then in zip(answers(gov, known=day), answers(copy), strict=True):
                assert now == then
            copy.engine.dispose()
        assert list(answers(gov, known=TODAY)) == list(answers(gov))
        gov.engine.dispose()
