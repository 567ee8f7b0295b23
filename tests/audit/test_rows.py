"""Whatever a superuser changes in the rows beside the events, verify names it."""

import json

import pytest

from governance.audit import verify
from governance.store import reading
from tests.audit.record import change, first, insert, places, rows, run, superuser


@pytest.mark.parametrize("column", ["id", "kind", "family", "state", "version"])
def test_any_column_of_any_thing_changed_without_an_event_is_named(gov, column):
    with reading(gov.engine) as connection:
        things = rows(connection, "things", "id")
    for row in things:
        with superuser(gov.engine) as connection:
            new = row[column] + 1 if column == "version" else "besluttet" if column == "state" else "andet"
            if row[column] == new:
                continue
            change(connection, "things", column, new, "id", row["id"])
            found = verify(connection).problems
            assert f"things {row['id']}" in [problem.place.da for problem in found]
            assert all(problem.place.da.startswith("things ") for problem in found)


def test_a_state_set_without_an_event_says_what_the_events_give(connection):
    change(connection, "things", "state", "besluttet", "id", "ÆØ-2")
    assert first(connection) == ("things ÆØ-2", "`state` er `besluttet`, men skulle være `indstillet`")


def test_a_thing_without_events_and_one_without_a_row_are_named(connection):
    run(connection, "DELETE FROM things WHERE id = 'ÆØ-2'")
    row = {"id": "ÆØ-9", "kind": "sag", "family": "ÆØ-9", "state": "ny", "version": 1}
    insert(connection, "things", row)
    found = [(problem.place.da, problem.text.da) for problem in verify(connection).problems]
    assert found == [("things ÆØ-9", "nævnes ikke af en begivenhed"), ("things ÆØ-2", "mangler")]


def test_a_thing_with_two_rows_is_named(connection):
    insert(connection, "things", next(row for row in rows(connection, "things") if row["id"] == "ÆØ-2"))
    assert first(connection) == ("things ÆØ-2", "står to gange")


@pytest.mark.parametrize(("column", "value"), [("id", 2), ("last", 29), ("head", "f" * 64), ("at", "")])
def test_the_ledger_changed_is_named(connection, column, value):
    change(connection, "ledger", column, value)
    place, text = first(connection)
    assert (place.startswith("ledger"), f"`{column}` er `{value}`" in text) == (True, True)


def test_a_ledger_without_its_row_or_with_another_is_named(connection):
    insert(connection, "ledger", {"id": 2, "last": 5, "head": "f" * 64, "at": ""})
    assert "ledger 2" in places(connection)
    run(connection, "DELETE FROM ledger")
    assert first(connection) == ("ledger 1", "mangler")


@pytest.mark.parametrize("number", [0, -1, 31, None])
def test_a_key_that_points_to_no_event_is_named(connection, number):
    change(connection, "keys", "event", number, "key", "indstil")
    assert first(connection)[0] == "keys indstil"


def test_a_key_turned_to_another_event_is_not_found(connection):
    """A key is for retries and proves nothing: its content is no part of the event it names."""
    change(connection, "keys", "event", 1, "key", "indstil")
    assert verify(connection).problems == ()


@pytest.mark.parametrize("content", ["", "f" * 63, "F" * 64, None])
def test_a_key_whose_content_is_no_digest_is_named(connection, content):
    change(connection, "keys", "content", content, "key", "indstil")
    assert first(connection)[0] == "keys indstil"


@pytest.mark.parametrize("edit", [("ours: true", "ours: false"), ("at_most: 100", "at_most: 900"), ("{", "")])
def test_a_rulebook_whose_text_was_changed_is_named_at_the_first_event_that_names_it(connection, edit):
    row = rows(connection, "rulebooks")[0]
    assert edit[0] in row["files"]
    change(connection, "rulebooks", "files", row["files"].replace(*edit, 1), "digest", row["digest"])
    assert first(connection)[0] == "begivenhed 1"


@pytest.mark.parametrize("value", [None, "", "[]", "{}", '{"a":1}', '{"a.yaml":"\\ud800"}', "[" * 5000])
def test_a_rulebook_that_cannot_be_read_is_named(connection, value):
    change(connection, "rulebooks", "files", value)
    assert first(connection)[0] == "begivenhed 1"


@pytest.mark.parametrize(
    ("column", "value"), [("id", "andet"), ("from_", "2020-01-01"), ("digest", "a" * 64)]
)
def test_a_rulebook_filed_as_another_is_named(connection, column, value):
    change(connection, "rulebooks", column, value)
    place, text = first(connection)
    assert (place, f"rulebooks.{column}" in text) == ("begivenhed 1", True)


def test_a_rulebook_kept_in_another_form_is_named(connection):
    files = json.loads(rows(connection, "rulebooks")[0]["files"])
    change(connection, "rulebooks", "files", json.dumps(files, indent=1))
    assert first(connection) == ("begivenhed 1", "regelsættets filer kan ikke læses")


def test_a_rulebook_removed_and_one_that_no_event_names_are_named(connection):
    row = rows(connection, "rulebooks")[0]
    insert(connection, "rulebooks", row | {"digest": "b" * 64})
    assert first(connection) == ("rulebooks " + "b" * 64, "nævnes ikke af en begivenhed")
    run(connection, "DELETE FROM rulebooks")
    assert first(connection)[0] == "begivenhed 1"
