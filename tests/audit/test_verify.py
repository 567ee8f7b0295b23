"""Whatever a superuser changes past the guards, verify names it, and the first bad record first."""

import json
import random

import pytest
from sqlalchemy.exc import DataError, ProgrammingError

from governance.audit import head, verify
from governance.audit.chain import Chain
from governance.audit.problems import MOST, Problems
from governance.store import GENESIS, event_hash, reading
from tests.audit.record import (
    COLUMNS,
    WORDS,
    change,
    changed,
    edit_payload,
    first,
    flipped,
    insert,
    opened,
    places,
    rehash,
    rows,
    run,
    sample,
    superuser,
)
from tests.counts import count

EVERY = range(1, 31)


def test_the_record_as_it_was_written_proves_itself(gov, audited):
    assert (audited.events, audited.problems) == (30, ())
    with reading(gov.engine) as connection:
        assert head(connection) == audited.head


def test_an_empty_record_proves_itself(tmp_path):
    gov = opened(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    with reading(gov.engine) as connection:
        assert verify(connection, [(0, GENESIS)]).problems == ()
        assert head(connection) == f"0:{GENESIS}"
    gov.engine.dispose()


def test_taking_the_guards_away_is_no_change_yet(connection):
    assert verify(connection).problems == ()


# ------------------------------------------------------------------------------------------------- events


@pytest.mark.parametrize("column", COLUMNS)
def test_any_column_of_any_event_changed_is_named(gov, column):
    for number in sample(column, EVERY, count(reduced=5, full=30)):
        with superuser(gov.engine) as connection:
            row = rows(connection, "events", "number")[number - 1]
            change(connection, "events", column, changed(row[column]), "number", number)
            place, text = first(connection)
        assert place == f"begivenhed {number}", (number, text)


@pytest.mark.parametrize("column", COLUMNS)
def test_any_column_of_an_event_emptied_is_named(gov, column):
    for number in sample(column, EVERY, count(reduced=2, full=30)):
        with superuser(gov.engine) as connection:
            had = rows(connection, "events", "number")[number - 1][column]
            change(connection, "events", column, None, "number", number)
            if had is not None:
                found = [text.place.da for text in verify(connection).problems]
                assert f"begivenhed {number}" in found


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("value", [7, 1.5, b"\xff\xfe", "", "{", "null", "[]", "🜁" * 10, "x\0y"])
def test_a_column_of_another_type_is_named_and_breaks_nothing(gov, column, value):
    for number in (7, 1)[: count(reduced=1, full=2)]:
        with superuser(gov.engine) as connection:
            before, blob = rows(connection, "events", "number")[number - 1][column], isinstance(value, bytes)
            new = "CAST(:value AS BLOB)" if blob and gov.engine.dialect.name == "sqlite" else ":value"
            try:
                set_ = f"UPDATE events SET {column} = {new} WHERE number = :number"  # noqa: S608 - names of ours
                run(connection, set_, value=value, number=number)
            except (DataError, ProgrammingError):  # PostgreSQL's columns keep their types
                continue
            found = [problem.place.da for problem in verify(connection).problems]
        if value != before:
            assert f"begivenhed {number}" in found


def test_single_bytes_flipped_in_events_are_named(gov):
    dice = random.Random(3)
    for _ in range(count(reduced=60, full=2000)):
        with superuser(gov.engine) as connection:
            row = dice.choice(rows(connection, "events", "number"))
            column = dice.choice([name for name in WORDS if row[name]])
            value = flipped(row[column], dice.randrange(len(row[column].encode())), dice.randrange(8))
            if gov.engine.dialect.name == "postgresql":
                try:
                    value = value.decode()
                except UnicodeDecodeError:
                    continue
                if "\0" in value:
                    continue
            change(connection, "events", column, value, "number", row["number"])
            assert first(connection)[0] == f"begivenhed {row['number']}", (column, value)


def test_a_flip_at_every_byte_of_every_event_is_named(connection):
    """All positions, at the chain itself, with the bytes as the database would give them."""
    previous, at, tried = GENESIS, "", 0
    for row in rows(connection, "events", "number"):
        for column in WORDS:
            for place in range(len((row[column] or "").encode())):
                value = flipped(row[column], place, place % 7).decode("utf-8", "surrogateescape")
                problems = Problems()
                Chain(problems, last=row["number"] - 1, head=previous, at=at).take({**row, column: value})
                assert problems.told()[0].place.da == f"begivenhed {row['number']}"
                tried += 1
        previous, at = row["hash"], row["recorded_at"]
    assert tried > 10_000


@pytest.mark.parametrize("number", EVERY[: -1 : count(reduced=4, full=1)])
def test_an_event_removed_is_named(connection, number):
    run(connection, "DELETE FROM events WHERE number = :number", number=number)
    assert first(connection) == (f"begivenhed {number}", "mangler")


def test_the_last_event_removed_is_named_by_what_it_left_behind(connection):
    run(connection, "DELETE FROM events WHERE number = 30")
    assert {"begivenhed 30", "ledger 1"} <= set(places(connection))
    run(connection, "DELETE FROM texts WHERE event = 30")
    assert {"ledger 1"} <= set(places(connection))


@pytest.mark.parametrize(("one", "other"), [(3, 4), (6, 7), (14, 29), (1, 30)])
def test_two_events_swapped_are_named(connection, one, other):
    for number, new in ((one, 1000), (other, one), (1000, other)):
        change(connection, "events", "number", new, "number", number)
    assert first(connection)[0] == f"begivenhed {one}"


def test_the_contents_of_two_events_swapped_are_named(connection):
    both = {row["number"]: row["payload"] for row in rows(connection, "events") if row["kind"] == "fact"}
    (one, first_), (other, second) = sorted(both.items())[:2]
    change(connection, "events", "payload", second, "number", one)
    change(connection, "events", "payload", first_, "number", other)
    assert first(connection)[0] == f"begivenhed {one}"


@pytest.mark.parametrize("number", [1, 5, 16, 30])
def test_an_event_inserted_between_others_is_named(connection, number):
    copied = rows(connection, "events", "number")[number - 1]
    run(connection, "UPDATE events SET number = number + 1000 WHERE number >= :number", number=number)
    run(connection, "UPDATE events SET number = number - 999 WHERE number >= 1000")
    insert(connection, "events", copied | {"recorder": "p-aaaaaaaa"})
    assert first(connection)[0] == f"begivenhed {number}"


def test_an_event_appended_without_a_hash_is_named(connection):
    last = rows(connection, "events", "number")[-1]
    insert(connection, "events", last | {"number": 31})
    assert first(connection)[0] == "begivenhed 31"


def test_an_event_appended_with_its_hash_is_named_by_the_ledger(connection, audited):
    last = rows(connection, "events", "number")[-1]
    new = last | {"number": 31, "previous": last["hash"], "kind": "complete", "payload": "{}", "source": ""}
    new |= {"entity": "ÆØ-2", "version": 5, "rulebook": "", "hash": ""}
    new["hash"] = event_hash(new)
    insert(connection, "events", new)
    assert "ledger 1" in places(connection)
    assert "things ÆØ-2" in places(connection)


def test_an_event_stored_twice_is_named(connection):
    insert(connection, "events", rows(connection, "events", "number")[11])
    assert first(connection)[0] == "begivenhed 12"


def test_recorded_time_never_goes_back(connection):
    change(connection, "events", "recorded_at", "2024-01-01T00:00:00.000000+00:00", "number", 9)
    rehash(connection)
    place, text = first(connection)
    assert (place, text.startswith("`recorded_at` er `2024-01-01T00:00:00.000000+00:00`")) == (
        "begivenhed 9",
        True,
    )


@pytest.mark.parametrize("at", ["2025-03-01T09:00:00.000000", "2025-02-30T09:00:00.000000+00:00", "i går"])
def test_a_recorded_time_that_is_none_is_named(connection, at):
    change(connection, "events", "recorded_at", at, "number", 9)
    rehash(connection)
    assert first(connection) == (
        "begivenhed 9",
        f"`recorded_at` er `{at}`, men skulle være et tidspunkt i UTC",
    )


@pytest.mark.parametrize(
    "payload", ["{}", "[]", '{"fact": "art"}', '{"fact":"art","value":{"numbers":["1/0",null]}}', "[" * 5000]
)
def test_a_payload_that_cannot_be_read_is_named_even_when_all_is_chained_anew(connection, payload):
    change(connection, "events", "payload", payload, "number", 4)
    rehash(connection)
    found = [p.text.da for p in verify(connection).problems if p.place.da == "begivenhed 4"]
    assert any("læselig og på fast form" in text for text in found)


def test_a_payload_in_another_form_is_named_even_when_all_is_chained_anew(connection):
    said = json.loads(rows(connection, "events", "number")[4]["payload"])
    change(connection, "events", "payload", json.dumps(said), "number", 5)
    rehash(connection)
    place, text = first(connection)
    assert (place, text.endswith("men skulle være læselig og på fast form")) == ("begivenhed 5", True)


@pytest.mark.parametrize("version", [1, 2, 4, 99])
def test_a_version_that_does_not_follow_is_named_even_when_all_is_chained_anew(connection, version):
    change(connection, "events", "version", version, "number", 5)
    rehash(connection)
    assert first(connection) == ("begivenhed 5", f"`version` er `{version}`, men skulle være `3`")


@pytest.mark.parametrize("number", [2, 8, 9, 14, 99])
def test_a_correction_of_what_is_no_earlier_event_of_the_thing_is_named(connection, number):
    edit_payload(connection, 8, lambda said: said.update(event=number))
    place, text = first(connection)
    assert place == "begivenhed 8"
    assert text == f"`payload.event` er `{number}`, men skulle være en tidligere om ÆØ-1"


def test_a_chain_that_begins_anew_in_the_middle_is_named(connection):
    """Every hash is that of its row, and what came before is cut off."""
    before = rows(connection, "events", "number")[8]["hash"]
    run(connection, "CREATE TABLE cut AS SELECT * FROM events WHERE number < 10")
    run(connection, "DELETE FROM events WHERE number < 10")
    rehash(connection)
    run(connection, "INSERT INTO events SELECT * FROM cut")
    said = f"`previous` er `{GENESIS}`, men skulle være `{before}`"
    assert [(each.place.da, each.text.da) for each in verify(connection).problems] == [
        ("begivenhed 10", said)
    ]


# -------------------------------------------------------------------------------------------------- texts


@pytest.mark.parametrize("column", ["digest", "event", "place", "salt", "text"])
def test_any_column_of_any_text_changed_is_named_at_its_event(gov, column):
    with reading(gov.engine) as connection:
        texts = rows(connection, "texts", "event, digest")
    for row in sample(column, texts, count(reduced=8, full=100)):
        with superuser(gov.engine) as connection:
            change(connection, "texts", column, changed(row[column]), "digest", row["digest"])
            assert first(connection)[0] == f"begivenhed {row['event']}"


@pytest.mark.parametrize("column", ["digest", "place", "salt", "text"])
def test_single_bytes_flipped_in_texts_are_named_at_their_event(gov, column):
    if gov.engine.dialect.name == "postgresql":
        pytest.skip("the server keeps odd bytes out of text")
    dice = random.Random(column)
    with reading(gov.engine) as connection:
        texts = rows(connection, "texts", "event, digest")
    for _ in range(count(reduced=15, full=500)):
        row = dice.choice(texts)
        with superuser(gov.engine) as connection:
            value = flipped(row[column], dice.randrange(len(row[column].encode())), dice.randrange(8))
            change(connection, "texts", column, value, "digest", row["digest"])
            assert first(connection)[0] == f"begivenhed {row['event']}"


def test_any_text_removed_without_an_event_that_says_so_is_named(gov):
    with reading(gov.engine) as connection:
        texts = rows(connection, "texts", "event, digest")
    for row in sample(1, texts, count(reduced=12, full=100)):
        with superuser(gov.engine) as connection:
            run(connection, "DELETE FROM texts WHERE digest = :digest", digest=row["digest"])
            said = (f"begivenhed {row['event']}", f"texts {row['digest'][:12]}: mangler")
            assert first(connection) == said


@pytest.mark.parametrize("event", [0, 3, 31, None])
def test_a_text_that_no_event_names_is_named(connection, event):
    row = {"digest": "a" * 64, "event": event, "place": "reason", "salt": "b" * 32, "text": "Nyt"}
    insert(connection, "texts", row)
    place, text = first(connection)
    assert (place, text) == (
        f"begivenhed {event or 0}",
        "texts aaaaaaaaaaaa: nævnes ikke af en begivenhed",
    )


def test_an_erased_text_that_is_there_again_is_named(connection):
    erased = json.loads(rows(connection, "events", "number")[29]["payload"])["texts"]
    sources = {row["source"]: row["number"] for row in rows(connection, "events")}
    digest = next(each for each in erased if each in sources)
    row = {"digest": digest, "event": sources[digest], "place": "source", "salt": "b" * 32, "text": "Nyt"}
    insert(connection, "texts", row)
    assert places(connection) == [f"begivenhed {sources[digest]}", "begivenhed 30"]


def test_when_everything_is_wrong_no_more_is_told_than_can_be_read(connection):
    run(connection, "UPDATE events SET version = 1000, recorder = 'x', previous = '', payload = ''")
    for _ in range(6):
        run(connection, "INSERT INTO events SELECT * FROM events")
    told = [problem.place.da.split()[0] for problem in verify(connection).problems]
    assert (told.count("begivenhed") <= 2 * MOST, told[:MOST]) == (True, ["begivenhed"] * MOST)


def test_stray_texts_however_many_hide_no_event_that_was_changed(connection):
    for number in range(1_200):
        row = {"digest": f"{number:064}", "event": 3, "place": "reason", "salt": "b" * 32, "text": "Nyt"}
        insert(connection, "texts", row)
    run(connection, "UPDATE things SET state = 'besluttet' WHERE id = 'ÆØ-2'")
    change(connection, "events", "recorder", "p-aaaaaaaa", "number", 25)
    assert first(connection)[0] == "begivenhed 25"
    assert places(connection)[-1] == "things ÆØ-2"
