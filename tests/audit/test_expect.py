"""What a chain cannot see by itself: a record made anew throughout, or cut short. A head kept outside can."""

import pytest

from governance.audit import verify
from governance.audit import walk as walking
from governance.model import RequestError
from governance.service import add_item, audit_head, audit_verify, record_fact
from governance.store import GENESIS, reading
from tests.audit.record import change, edit_payload, opened, rehash, rows, run


def kept(connection, number):
    """The head at an event, as somebody kept it."""
    return number, rows(connection, "events", "number")[number - 1]["hash"]


def places(connection, *expect):
    return [problem.place.da for problem in verify(connection, expect).problems]


def another_recorder(connection):
    change(connection, "events", "recorder", "p-aaaaaaaa", "number", 9)
    rehash(connection)


def another_price(connection):
    edit_payload(connection, 18, lambda said: said["request"]["inputs"]["pris"].update(numbers=["2", "2"]))


def another_time(connection):
    at = rows(connection, "events", "number")[8]["recorded_at"]
    change(connection, "events", "recorded_at", at, "number", 10)
    rehash(connection)


@pytest.mark.parametrize("tamper", [another_recorder, another_price, another_time])
def test_a_record_chained_anew_looks_whole_but_not_to_who_kept_an_older_head(connection, tamper):
    before, receipt, head = kept(connection, 5), kept(connection, 20), kept(connection, 30)
    tamper(connection)
    assert places(connection) == []
    assert places(connection, before) == []
    assert places(connection, head) == ["begivenhed 30"]
    assert places(connection, before, receipt, head) == ["begivenhed 20", "begivenhed 30"]


@pytest.mark.parametrize("digits", [12, 20, 64])
def test_the_beginning_of_a_hash_will_do(connection, digits):
    number, hash_ = kept(connection, 12)
    assert places(connection, (number, hash_[:digits])) == []
    another_price(connection)
    number, other = kept(connection, 20)
    assert places(connection, (number, hash_[:digits])) == ["begivenhed 20"]
    assert places(connection, (number, other[:digits])) == []


def test_a_lost_tail_looks_whole_but_not_to_who_kept_a_later_head_or_receipt(tmp_path):
    """A database put back as it was yesterday: everything in it is in order, and something is gone."""
    path = tmp_path / "record.sqlite"
    gov = opened(f"sqlite:///{path}")
    add_item(gov, "ÆØ-1", "sag", "Et ønske")
    before = audit_head(gov)
    gov.engine.dispose()
    yesterday = path.read_bytes()
    receipt = record_fact(gov, "ÆØ-1", "art", "lille", source="Ansøgningen")
    after = audit_head(gov)
    gov.engine.dispose()
    path.write_bytes(yesterday)
    again = opened(f"sqlite:///{path}")
    assert audit_verify(again, expect=[before]).problems == ()
    assert receipt.proof == after
    (lost,) = audit_verify(again, expect=[before, receipt.proof]).problems
    assert (lost.place.da, lost.text.da) == (
        "begivenhed 2",
        f"`hash` `{receipt.hash}` mangler",
    )
    again.engine.dispose()


def test_the_head_of_an_empty_record_is_met_by_every_record(connection):
    assert places(connection, (0, GENESIS)) == []
    assert places(connection, (0, "f" * 64)) == ["begivenhed 0"]


@pytest.mark.parametrize("word", ["", "5", "5:", "5:abc", "5:" + "x" * 64, ":" + "a" * 64, "-1:" + "a" * 64])
def test_a_head_that_cannot_be_one_is_refused_with_what_would_be_right(gov, word):
    with pytest.raises(RequestError, match="is no head; write NUMBER:HASH with at least 12 characters"):
        audit_verify(gov, expect=[word])


def test_every_head_that_cannot_be_one_is_told_at_once(gov):
    with pytest.raises(RequestError) as error:
        audit_verify(gov, expect=["one", "5:" + "a" * 64, "other"])
    assert len(error.value.problems) == 2


# ----------------------------------------------------------------- blind verifiers, so that the tests can see


def blind_to_hashes(patch):
    patch.setattr("governance.audit.chain.event_hash", lambda row: row["hash"])


def blind_to_order(patch):
    patch.setattr("governance.audit.chain.Chain._timed", lambda *_: None)


def blind_to_texts(patch):
    patch.setattr("governance.audit.sealed.text_digest", lambda salt, text: BLIND)


def blind_to_things(patch):
    patch.setattr(walking.Walk, "thing", lambda walk, row: walk.held.add(row["id"]))


def blind_to_rules(patch):
    patch.setattr("governance.audit.books.folder_digest", lambda _: BLIND)


class Anything(str):
    """What is the same as everything."""

    __slots__ = ()

    def __ne__(self, other):
        return False

    __hash__ = str.__hash__


BLIND = Anything("x")


def flip_a_payload(connection):
    payload = rows(connection, "events", "number")[4]["payload"]
    change(connection, "events", "payload", payload.replace("120", "121"), "number", 5)


def turn_back_the_clock(connection):
    change(connection, "events", "recorded_at", "2024-01-01T00:00:00.000000+00:00", "number", 9)
    rehash(connection)


def rewrite_a_text(connection):
    run(connection, "UPDATE texts SET text = 'Andet' WHERE place = 'title' AND event = 10")


def set_a_state(connection):
    change(connection, "things", "state", "besluttet", "id", "ÆØ-2")


def rewrite_a_rule(connection):
    files = rows(connection, "rulebooks")[0]["files"]
    change(connection, "rulebooks", "files", files.replace("at_most: 100", "at_most: 900"))


@pytest.mark.parametrize(
    ("blind", "tamper"),
    [
        (blind_to_hashes, flip_a_payload),
        (blind_to_order, turn_back_the_clock),
        (blind_to_texts, rewrite_a_text),
        (blind_to_things, set_a_state),
        (blind_to_rules, rewrite_a_rule),
    ],
)
def test_a_verifier_without_one_of_its_checks_misses_what_that_check_is_for(
    connection, monkeypatch, blind, tamper
):
    tamper(connection)
    assert verify(connection).problems
    blind(monkeypatch)
    assert [p for p in verify(connection).problems if p.place.da.startswith(("begivenhed", "things"))] == []


def test_what_the_tests_changed_was_not_kept(gov, audited):
    with reading(gov.engine) as connection:
        assert verify(connection, [(30, audited.head.partition(":")[2])]) == audited
