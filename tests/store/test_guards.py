"""What the database itself refuses, whoever asks."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from governance.store import GENESIS, make_engine, upgrade
from governance.store.schema import events, ledger, metadata, people, rulebooks, settings, texts, things

HASH, OTHER = "a" * 64, "b" * 64
AT = "2025-09-09T12:00:00.000000+00:00"
GOOD = {
    "ledger": {"id": 1, "last": 1, "head": HASH, "at": AT},
    "things": {"id": "A", "kind": "oenske", "family": "A", "state": "", "version": 1},
    "events": {
        "number": 1,
        "entity": "A",
        "kind": "fact",
        "payload": "{}",
        "on_low": "2025-09-09",
        "on_high": "2025-09-09",
        "recorded_at": AT,
        "origin": "live",
        "source": "",
        "recorder": "p-abcdefgh",
        "rulebook": HASH,
        "version": 1,
        "previous": GENESIS,
        "hash": HASH,
    },
    "texts": {
        "digest": HASH,
        "event": 1,
        "place": "fact",
        "salt": "c" * 32,
        "text": "x",
    },
    "listing": {
        "id": "A",
        "kind": "oenske",
        "state": "",
        "by_number": "a",
        "by_title": "t",
        "words": "t",
        "changed": 1,
    },
    "tallies": {"kind": "oenske", "state": "", "number": 1},
    "people": {"ref": "p-abcdefgh", "name": "N", "contact": "", "former": ""},
    "rulebooks": {"digest": HASH, "id": "dubu", "from_": "2024-01-01", "files": "{}"},
    "keys": {"key": "k", "content": HASH, "event": 1},
    "accesses": {"id": 1, "at": AT, "who": "w", "did": "items", "what": "", "outcome": "answered"},
    "settings": {"name": "n", "from_": "2024-01-01", "value": "13", "by": "", "reason": "r", "at": AT},
    "accounts": {
        "id": "a-b",
        "login": "navn",
        "person": "p-b",
        "password": "$argon2id$x",
        "issuer": "https://a",
        "subject": "1",
        "email": "a@b",
        "created_at": AT,
        "disabled_at": AT,
    },
    "sessions": {
        "id": "s-b",
        "hash": HASH,
        "account": "a-b",
        "created_at": AT,
        "seen_at": AT,
        "ends_at": AT,
        "ended_at": None,
    },
    "offices": {
        "id": "o-b",
        "account": "a-b",
        "person": "p-b",
        "role": "laeser",
        "body": "",
        "organisation": "",
        "from_": "2024-01-01",
        "to_": "2024-12-31",
        "granted_by": "",
        "granted_at": AT,
        "withdrawn_by": None,
        "withdrawn_at": None,
    },
    "tokens": {
        "id": "t-b",
        "hash": HASH,
        "account": "a-b",
        "name": "n",
        "scopes": "read",
        "last_day": "2024-12-31",
        "created_at": AT,
        "used_at": None,
        "revoked_at": None,
    },
}
ILLEGAL = [
    *[("ledger", {"id": 2}), ("ledger", {"last": -1}), ("ledger", {"head": "a" * 63})],
    *[("things", {"id": ""}), ("things", {"version": 0})],
    *[("events", {name: value}) for name, values in {
        "number": [0, -1],
        "version": [0],
        "kind": ["", "changed", "FACT"],
        "origin": ["", "told"],
        "payload": ["", "[]", "null", "{"],
        "recorded_at": ["", "2025-09-09", "x" * 31],
        "source": ["et referat", "a" * 63],
        "rulebook": ["a" * 63, "0002"],
        "hash": ["", "a" * 63, GENESIS],
        "previous": ["", "a" * 63, HASH],
        "on_low": ["2025", "2025-09-10", ""],
        "on_high": ["", "2025-09-08", "2025-9-9"],
    }.items() for value in values],
    *[("texts", {"text": ""}), ("texts", {"salt": ""}), ("texts", {"digest": "a"})],
    *[("people", {"ref": "N"}), ("people", {"ref": ""})],
    *[("rulebooks", {"digest": "a"}), ("rulebooks", {"from_": "2024"})],
    *[("keys", {"key": ""}), ("keys", {"content": ""})],
    *[("accesses", {"at": "i går"}), ("settings", {"at": ""}), ("settings", {"from_": "i morgen"})],
    *[("accounts", {"id": "b"}), ("accounts", {"login": ""}), ("accounts", {"person": "N"})],
    *[("accounts", {"password": "hemmelig"}), ("accounts", {"password": ""})],
    *[("accounts", {"issuer": None}), ("accounts", {"created_at": ""}), ("accounts", {"disabled_at": ""})],
    *[("sessions", {name: "x"}) for name in ("id", "hash", "created_at", "seen_at", "ends_at", "ended_at")],
    *[("offices", {name: "x"}) for name in ("id", "person", "from_", "to_", "granted_at")],
    *[("offices", {"role": ""}), ("offices", {"to_": "2023-12-31"}), ("offices", {"withdrawn_at": AT})],
    *[("tokens", {name: "x"}) for name in ("id", "hash", "last_day", "created_at", "used_at", "revoked_at")],
    *[("tokens", {"name": ""}), ("tokens", {"scopes": ""})],
]  # fmt: skip


@pytest.fixture
def filled(engine):
    """One row in every table."""
    with engine.begin() as connection:
        connection.execute(ledger.delete())
        for table in metadata.sorted_tables:
            connection.execute(table.insert(), GOOD[table.name])
    return engine


def unlike(table, part):
    """A row that differs from the good one in its key too, so that only its shape is refused."""
    own = {"events": {"number": 2}, "things": {"id": "B"}, "texts": {"digest": OTHER}, "keys": {"key": "l"}}
    more = {
        "people": {"ref": "p-b"},
        "rulebooks": {"digest": OTHER},
        "settings": {"name": "m"},
        "accesses": {"id": 2},
        "accounts": {"id": "a-c", "login": "m", "subject": "2", "email": "c@d"},
        "sessions": {"id": "s-c", "hash": OTHER},
        "offices": {"id": "o-c"},
        "tokens": {"id": "t-c", "hash": OTHER},
        "listing": {"id": "B"},
        "tallies": {"state": "ny"},
    }
    return GOOD[table] | (own | more).get(table, {}) | part


def test_every_table_takes_a_row_of_the_right_shape(filled):
    with filled.begin() as connection:
        for table in metadata.sorted_tables:
            if table.name != "ledger":
                connection.execute(table.insert(), unlike(table.name, {}))


def test_a_row_of_an_illegal_shape_is_refused(filled):
    with filled.begin() as connection:
        connection.execute(ledger.delete())
    taken = [each for each in ILLEGAL if not is_refused(filled, *each)]
    assert taken == []


def is_refused(engine, table, part):
    try:
        with engine.begin() as connection:
            connection.execute(metadata.tables[table].insert(), unlike(table, part))
    except DBAPIError as error:
        return "check constraint" in str(error.orig).casefold()
    return False


ABOUT_NOTHING = {
    "events": {"entity": "nobody"},
    "texts": {"event": 9},
    "keys": {"event": 9},
    "sessions": {"account": "a-nobody"},
    "tokens": {"account": "a-nobody"},
}


@pytest.mark.parametrize(("table", "part"), ABOUT_NOTHING.items())
def test_a_row_about_nothing_is_refused(filled, table, part):
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"), filled.begin() as connection:
        connection.execute(metadata.tables[table].insert(), unlike(table, part))


EMPTY_HANDED = [  # also when no row is meant: PostgreSQL asks before it looks
    (events, "events are only added", {"source": OTHER}),
    (rulebooks, "rulebooks are only added", {"files": "{ }"}),
    (texts, "texts are added or erased, not changed", {"text": "y"}),
]


def refused(engine, said, change):
    with pytest.raises(DBAPIError, match=said), engine.begin() as connection:
        connection.execute(change)
    with engine.connect() as connection:
        for table in (events, rulebooks, texts):
            assert [dict(row) for row in connection.execute(select(table)).mappings()] == [GOOD[table.name]]


@pytest.mark.parametrize(("table", "said", "part"), EMPTY_HANDED, ids=lambda each: str(each)[:10])
def test_nothing_of_the_record_is_changed(filled, table, said, part):
    for column in table.columns:
        refused(filled, said, table.update().values({column.name: GOOD[table.name][column.name]}))
    refused(filled, said, table.update().values(part))


@pytest.mark.parametrize(("table", "said", "part"), EMPTY_HANDED[:2], ids=lambda each: str(each)[:10])
def test_nothing_of_the_record_is_removed(filled, table, said, part):
    refused(filled, said, table.delete())


@pytest.mark.parametrize(("table", "said", "part"), EMPTY_HANDED, ids=lambda each: str(each)[:10])
def test_nothing_of_the_record_is_replaced_or_emptied_at_a_stroke(filled, table, said, part):
    if filled.dialect.name == "postgresql":
        refused(filled, said, text(f"TRUNCATE {table.name} CASCADE"))
    else:
        refused(filled, said, table.insert().prefix_with("OR REPLACE").values(GOOD[table.name] | part))
        with filled.connect() as connection:
            connection.exec_driver_sql("PRAGMA recursive_triggers = OFF")
        key = next(iter(table.primary_key)).name
        insert = table.insert().values(GOOD[table.name] | part)
        upsert = text(f"{insert.compile(filled, compile_kwargs={'literal_binds': True})} "
                      f"ON CONFLICT ({key}) DO UPDATE SET {key} = excluded.{key}")  # fmt: skip
        refused(filled, said, upsert)


def test_a_text_and_a_name_may_be_erased(filled):
    with filled.begin() as connection:
        connection.execute(texts.delete())
        connection.execute(people.delete())
        assert connection.execute(select(events)).all()
        assert connection.execute(select(things)).all()
        assert connection.execute(select(settings)).all()


def test_postgresql_keeps_no_sample_of_a_name_or_text_among_its_statistics(postgres_url):
    engine = make_engine(postgres_url)
    upgrade(engine)
    with engine.begin() as connection:
        for number in range(40):
            name = f"Navn {number % 4}"
            row = {"ref": f"p-{number}", "name": name, "contact": "x@y", "former": "Før"}
            connection.execute(people.insert(), row)
        connection.execute(text("ANALYZE people"))
        kept = connection.execute(text("SELECT attname FROM pg_stats WHERE tablename = 'people'")).scalars()
        assert set(kept) == {"ref"}
    engine.dispose()
