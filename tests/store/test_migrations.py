"""A database of the first tables is brought to the second with everything in it, and back."""

import json
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from alembic import command
from sqlalchemy import inspect, select, text

from governance.model import (
    Added,
    Corrected,
    DeclaredComplete,
    FactRecorded,
    Force,
    Origin,
    Request,
    Ruled,
    StepRefused,
    StepTaken,
    Text,
    Verdict,
)
from governance.store import GENESIS, event_hash, load_all, make_engine, names, reading, upgrade, versions
from governance.store.schema import events, ledger, metadata, people, texts
from governance.store.seals import text_digest
from governance.store.upgrade import configuration
from governance.values import Choice, Span, word
from tests.store.first_record import enter_first, first_rows

DAY = Span(date(2025, 9, 9), date(2025, 9, 9))
SECRETARY = "Sekretæren 'på' \"kontoret\""
NOBODY_VOTED = Text("Ingen har stemt", "Nobody has voted")
VOTE = Text("Stem", "Vote")


@pytest.fixture
def first(database_url):
    """A database of the first tables with a record in it."""
    engine = make_engine(database_url)
    move(engine, "0001")
    with engine.begin() as connection:
        enter_first(connection)
    yield engine
    engine.dispose()


def move(engine, revision):
    """Take the tables up or down to a revision."""
    with engine.connect() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            up = (
                command.upgrade
                if revision != "base" and not has_newer(connection, revision)
                else command.downgrade
            )
            up(configuration(connection), revision)


def has_newer(connection, revision):
    if not inspect(connection).has_table("alembic_version"):
        return False
    return (connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "") > revision


def check(engine):
    """Hold the tables against those the code describes."""
    with engine.connect() as connection:
        command.check(configuration(connection))


def read(engine):
    """Every event with names for references, and without what the chain gives it."""
    with reading(engine) as connection:
        known = names(connection)
        return [named(event, known) for event in load_all(connection)]


def named(event, known):
    payload = event.payload
    if isinstance(payload, StepTaken | StepRefused):
        who = payload.request
        payload = change(
            payload,
            request=change(who, person=known.get(who.person, ""), recorder=known.get(who.recorder, "")),
        )
    return change(event, payload=payload, recorder=known.get(event.recorder, ""), version=0, hash="")


def change(noun, **parts):
    from dataclasses import replace

    return replace(noun, **parts)


def chain_holds(engine):
    """Recompute the whole chain, and hold each text against its digest."""
    with reading(engine) as connection:
        previous, at = GENESIS, ""
        for number, row in enumerate(connection.execute(select(events).order_by("number")).mappings(), 1):
            assert (row["number"], row["previous"]) == (number, previous)
            assert row["hash"] == event_hash(row)
            assert row["recorded_at"] >= at
            assert len(row["recorded_at"]) == 32
            previous, at = row["hash"], row["recorded_at"]
        last = connection.execute(select(ledger)).mappings().one()
        assert dict(last) == {"id": 1, "last": number, "head": previous, "at": at}
        for each in connection.execute(select(texts)):
            assert each.digest == text_digest(each.salt, each.text)
    return True


def test_a_record_of_the_first_tables_is_read_whole_after_the_way_up(first):
    upgrade(first)
    found = read(first)
    assert [event.number for event in found] == list(range(1, 13))
    by = {event.number: event for event in found}
    assert by[1].payload == Added("oenske", "Et ønske", {"parent": "B"}, "indmeldt")
    assert (by[1].recorder, by[1].source, by[1].rulebook) == (SECRETARY, "et referat", "")
    assert by[2].payload == FactRecorded("note", word('{"text": "ikke en digest"}'))
    assert by[3].payload == FactRecorded("stemmer", Span(Fraction(0), None))
    assert by[4].payload == FactRecorded("stoerrelse", Choice(frozenset({"M"}), ("XS", "M")))
    r1 = Ruled("r1", None, Force.MUST, Verdict.BROKEN, NOBODY_VOTED, VOTE, blocks=True)
    tried = Request("indstil", "udvalget", Span(None, date(2025, 9, 9)), reason="prøver")
    assert by[5].payload == StepRefused(tried, "indmeldt", "indstillet", (r1,))
    assert (by[5].on, by[7].on) == (Span(None, date(2025, 9, 9)), Span(date(2025, 9, 1), None))
    asked = Request(
        "indstil",
        "udvalget",
        DAY,
        "Ådne Ørn",
        SECRETARY,
        {
            "note": word("fri tekst\nover to linjer\t👩‍👩‍👧"),
            "stemmer": Span(Fraction(1, 2), Fraction(3, 2)),
            "stoerrelse": Choice(frozenset({"XS"}), ("XS", "M")),
            "svar": Choice(frozenset({"ja", "nej"})),
        },
        "fordi; DROP TABLE events; -- \\u0041",
        3,
        Origin.LIVE,
    )
    kept = (
        Ruled("r1", "K1", Force.MUST, Verdict.KEPT, NOBODY_VOTED, VOTE),
        Ruled("r2", "K1", Force.MUST, Verdict.KEPT, Text("Alt er i orden «ÆØÅ»", "All is well")),
    )
    assert by[6].payload == StepTaken(asked, "indmeldt", "indstillet", "indstilling", True, kept)
    alone = Request("indstil", "udvalget", DAY, "Ådne Ørn", "Ådne Ørn")
    assert by[8].payload == StepTaken(alone, "", "", "møde")
    right = FactRecorded("note", word("rigtig"))
    assert by[9].payload == Corrected(2, "forkert; Ådne Ørn tog fejl", right)
    assert by[10].payload == Corrected(8, "aldrig sket")
    assert by[11].payload == Corrected(7, "en anden titel", Added("møde", "Mødet"))
    assert by[12].payload == DeclaredComplete()
    assert (by[12].recorder, by[12].source, by[12].origin) == ("Ådne Ørn", "x" * 4000, Origin.HISTORY)
    assert by[1].recorded_at == datetime(2025, 9, 9, 12, tzinfo=UTC)
    check(first)


def test_the_chain_of_a_record_carried_over_holds_and_its_time_never_goes_back(first):
    upgrade(first)
    assert chain_holds(first)
    with reading(first) as connection:
        assert versions(connection) == {"A": 7, "B": 4}
        own = connection.execute(select(events.c.number, events.c.version).where(events.c.entity == "A"))
        assert [tuple(row) for row in own] == [
            (1, 1),
            (2, 2),
            (3, 3),
            (4, 4),
            (5, 4),
            (6, 5),
            (9, 6),
            (12, 7),
        ]


def test_names_and_free_text_stand_beside_the_events_after_the_way_up(first):
    upgrade(first)
    with reading(first) as connection:
        rows = json.dumps([dict(row) for row in connection.execute(select(events)).mappings()])
        beside = {row.text for row in connection.execute(select(texts))}
        assert sorted(connection.execute(select(people.c.name)).scalars()) == [SECRETARY, "Ådne Ørn"]
    for said in (
        "Et ønske",
        "Ådne Ørn",
        "Sekretæren",
        "DROP TABLE",
        "to linjer",
        "rigtig",
        "tog fejl",
        "Stem",
    ):
        assert json.dumps(said)[1:-1] not in rows, said
    assert {"Et ønske", "et referat", "rigtig", "prøver", "forkert; Ådne Ørn tog fejl"} <= beside
    assert "Mødet" in beside


def test_the_first_tables_get_back_every_row_as_it_was(first):
    upgrade(first)
    move(first, "0001")
    rows = [dict(row) | {"at": None} for row in first_rows()]
    with first.connect() as connection:
        back = [
            dict(row) for row in connection.execute(text("SELECT * FROM events ORDER BY number")).mappings()
        ]
        assert connection.execute(text("SELECT id, last FROM ledger")).all() == [(1, 12)]
    for old, new in zip(rows, back, strict=True):
        for name in new:
            if name == "recorded_at":
                assert datetime.fromisoformat(new[name]) >= datetime.fromisoformat(old[name])
            elif name == "payload":
                assert json.loads(new[name]) == json.loads(old[name])
            else:
                assert (None if new[name] is None else str(new[name])) == (
                    None if old[name] is None else str(old[name])
                )


def test_down_and_up_again_the_same_events_are_read(first):
    upgrade(first)
    before = read(first)
    move(first, "0001")
    upgrade(first)
    assert read(first) == before
    assert chain_holds(first)
    check(first)


def test_what_was_erased_stays_erased_on_the_way_down_and_up(first):
    upgrade(first)
    with first.begin() as connection:
        connection.execute(people.delete().where(people.c.name == "Ådne Ørn"))
        connection.execute(texts.delete().where(texts.c.text.contains("Ådne") | (texts.c.place == "told")))
        (ref,) = connection.execute(select(events.c.recorder).where(events.c.number == 8)).scalars()
    with reading(first) as connection:
        before = load_all(connection)
    move(first, "0001")
    upgrade(first)
    with reading(first) as connection:
        after = load_all(connection)
        assert set(names(connection).values()) == {SECRETARY}
    assert [event.payload.findings for event in after[4:6]] == [
        event.payload.findings for event in before[4:6]
    ]
    assert after[5].payload.findings[0].because == Text("[slettet]", "[slettet]")
    assert after[8].payload.reason == "[slettet]"
    assert {after[7].recorder, after[7].payload.request.person, after[11].recorder} == {ref}


def test_whom_a_text_is_about_is_left_out_on_the_way_down(first):
    upgrade(first)
    about = {"about": "p-abcdefgh"}
    with first.begin() as connection:
        row = dict(connection.execute(select(events).where(events.c.number == 2)).mappings().one())
        fact = json.loads(row["payload"])
        right = {"kind": "fact", "payload": fact | about}
        told = [
            ("fact", fact | about),
            ("corrected", {"event": 13, "reason": {"text": ""}, "replacement": right}),
        ]
        for number, (kind, payload) in enumerate(told, 13):
            new = {"number": number, "kind": kind, "payload": json.dumps(payload)}
            connection.execute(events.insert(), row | new)
    move(first, "0001")
    with first.connect() as connection:
        left = connection.execute(
            text("SELECT payload FROM events WHERE number IN (2, 13, 14) ORDER BY number")
        )
        old, new, corrected = (json.loads(payload) for payload in left.scalars())
    assert new == old
    assert corrected["replacement"]["payload"] == old


@pytest.mark.parametrize("kind", ["erased", "adopted"])
def test_the_way_down_is_refused_when_the_first_tables_have_no_word_for_an_event(first, kind):
    upgrade(first)
    with first.begin() as connection:
        row = dict(connection.execute(select(events).where(events.c.number == 12)).mappings().one())
        connection.execute(events.insert(), row | {"number": 13, "kind": kind, "version": 8})
    with pytest.raises(RuntimeError, match="which 0001 cannot hold"):
        move(first, "0001")
    with reading(first) as connection:
        assert connection.execute(text("SELECT count(*) FROM events")).scalar() == 13


def test_empty_tables_go_up_down_to_nothing_and_up_again(database_url):
    engine = make_engine(database_url)
    for revision in ("0001", "0002", "0001", "base"):
        move(engine, revision)
    with engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) == {"alembic_version"}
        if engine.dialect.name == "postgresql":
            ours = "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            assert connection.execute(text(ours)).all() == []
        else:
            assert (
                connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all() == []
            )
    upgrade(engine)
    check(engine)
    with engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) == {"alembic_version", *metadata.tables}
        assert connection.execute(select(ledger)).all() == [(1, 0, GENESIS, "")]
    engine.dispose()


def test_a_way_up_that_breaks_off_leaves_the_first_tables_as_they_were(first):
    with first.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO events SELECT 13, entity, kind, 'no JSON', on_low, on_high, recorded_at, "
                "origin, source, recorder, rulebook FROM events WHERE number = 12"
            )
        )
    with pytest.raises(json.JSONDecodeError):
        upgrade(first)
    with first.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM events")).scalar() == 13
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0001"
        assert "people" not in inspect(connection).get_table_names()
