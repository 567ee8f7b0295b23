"""Whoever is erased is gone from the database's own files, and the record stands."""

import subprocess
import sys
from datetime import date

import pytest
from sqlalchemy import create_engine, select, text

from governance.model import Erased, Force, Origin, Request, RequestError, Ruled, StepRefused, Text, Verdict
from governance.service import (
    accesses,
    add_item,
    add_person,
    advance,
    audit_verify,
    correct,
    erase_person,
    erasing_unfinished,
    erasure_of,
    finish_erasing,
    history,
    item,
    items,
    note_access,
    people,
    person,
    record_fact,
    record_thing,
    report,
    set_retention,
)
from governance.service import erasing as erasing_module
from governance.service.recording import Told, everything, session
from governance.store import drivers, reading, sweeping
from governance.store.erasing import remove as really_remove
from governance.store.schema import keys, texts
from governance.store.schema import people as people_table
from governance.values import day
from tests.service.asking import problems
from tests.service.conftest import opened
from tests.service.raw import files_with, holding, wal_folder

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


def everything_shown(gov):
    """Every page of the record in words."""
    ids = dict.fromkeys(event.entity for event in everything(gov).events)
    shown = [history(gov, id_) for id_ in ids]
    return str(
        [shown, item(gov, "ÆØ-1"), item(gov, "ÆØ-2"), items(gov), report(gov), accesses(gov), people(gov)]
    )


def test_nobody_finds_the_name_in_the_files_afterwards(record):
    ref = filled(record)
    assert files_with(record, *PARTS)
    done = erase_person(record, ref, reason=WHY, recorder=OTHER)
    assert (done.done, done.swept, done.left) == (True, True, ())
    assert files_with(record, *PARTS, "venter på operation") == []


def test_what_goes_is_what_is_about_them_or_has_the_name_and_nothing_else(gov):
    ref = filled(gov)
    told = erasure_of(gov, ref)
    assert [(each.event, each.entity, each.place.en) for each in told.texts] == [
        (1, "ÆØ-1", "title"),
        (2, "ÆØ-2", "source"),
        (3, "ÆØ-1", "reason"),
        (4, "ÆØ-1", "source"),
        (6, "ÆØ-1", "reason"),
        (10, "p1", "fact"),
        (11, "ÆØ-2", "sentences of the answer"),
        (12, "ÆØ-2", "sentences of the answer"),
    ]
    assert (told.done, told.keys, told.accesses, told.settings) == (False, 1, 1, 1)
    before = all_texts(gov)
    done = erase_person(gov, ref, reason=WHY)
    assert done.texts == told.texts
    gone = before - all_texts(gov)
    assert len(gone) == 8
    assert not any("hund" in each or "intet særligt" in each or each == "journalen" for each in gone)
    assert [each.name for each in people(gov)] == [OTHER]


def all_texts(gov):
    with reading(gov.engine) as connection:
        return set(connection.execute(select(texts.c.text)).scalars())


def test_everything_still_answers_and_says_that_it_is_erased(record):
    ref = filled(record)
    acted = {event.number: event for event in history(record, "ÆØ-1")}
    assert (acted[3].person, acted[1].recorder) == (NAME, OTHER)
    erase_person(record, ref, reason=WHY, recorder=OTHER)
    shown = everything_shown(record)
    assert not any(part in shown for part in PARTS)
    assert item(record, "ÆØ-1").line.title == "[slettet]"
    after = {event.number: event for event in history(record, "ÆØ-1")}
    assert (after[3].person, after[1].recorder, after[4].source) == ("[slettet]", OTHER, "[slettet]")
    told = history(record, "ÆØ-2")
    assert told[-3].findings[0].because == Text("[slettet]", "[slettet]")
    assert told[-1].findings[0].because.da == "Svaret var intet særligt"
    (line,) = history(record, ref)
    assert (line.kind, line.recorder) == ("erased", OTHER)
    assert line.what.en == f"Name and 8 texts erased: {WHY}"


def test_the_record_holds_before_and_after(record):
    ref = filled(record)
    before = audit_verify(record)
    assert before.problems == ()
    erase_person(record, ref, reason=WHY)
    after = audit_verify(record, expect=[before.head])
    assert (after.problems, after.events) == ((), before.events + 1)


def test_one_event_on_the_reference_lists_the_digests_of_what_went(gov):
    ref = filled(gov)
    done = erase_person(gov, ref, reason=WHY)
    event = everything(gov).events[-1]
    assert (event.number, event.entity, event.hash) == (done.receipt.event, ref, done.receipt.hash)
    assert event.payload == Erased(WHY, event.payload.texts)
    assert len(set(event.payload.texts)) == 8
    with reading(gov.engine) as connection:
        assert not connection.execute(select(texts).where(texts.c.digest.in_(event.payload.texts))).all()


def test_a_name_typed_again_is_somebody_new_and_the_old_reference_nobody(gov):
    ref = filled(gov)
    erase_person(gov, ref, reason=WHY)
    add_item(gov, "ÆØ-3", "aendringsoenske", "Ny", recorder=NAME)
    (again,) = (each for each in people(gov) if each.name == NAME)
    assert again.ref != ref
    assert problems(add_item, gov, "ÆØ-4", "aendringsoenske", "Ny", recorder=ref) == [
        f"there is no person of the reference `{ref}`; see `governance people list`"
    ]
    assert person(gov, ref).erased
    assert history(gov, "ÆØ-1")[1].person == "[slettet]"


# What is asked for


def test_the_reason_may_not_hold_the_name(gov):
    ref = filled(gov)
    before = everything(gov).events
    for reason in (f"{NAME} bad om det", NAME.upper(), f"skriv til {MAIL}", "Vaks er død"):
        (said,) = problems(erase_person, gov, ref, reason=reason, also=["vaks"])
        assert said == "the reason names the one who is erased; write it without the name"
    assert problems(erase_person, gov, ref, reason=" ") == ["the reason is missing; write a text"]
    assert everything(gov).events == before
    assert person(gov, ref).name == NAME


def test_other_words_go_when_they_are_named(gov):
    ref = filled(gov)
    assert files_with(gov, "Vaks")
    done = erase_person(gov, ref, reason=WHY, also=["VAKS"])
    assert len(done.texts) == 9
    assert files_with(gov, *PARTS, "Vaks") == []


def test_a_word_remembered_later_can_still_go(gov):
    ref = filled(gov)
    first = erase_person(gov, ref, reason=WHY)
    done = erase_person(gov, ref, reason=WHY, also=["Vaks"])
    assert done.receipt.event == first.receipt.event + 1
    assert [(each.event, each.place.en) for each in done.texts] == [(5, "source")]
    assert files_with(gov, "Vaks") == []
    assert audit_verify(gov).problems == ()


@pytest.mark.parametrize(
    ("word", "goes"),
    [
        ("Bo", ["Bo", "bo kom", "fra Bo.", "Bos hund", "Bo's hund", "med\nBO"]),
        ("Ada", ["Ada", "kære Ada"]),
        ("Lang", ["Lang", "langs", "halvlang", "LANG"]),
        ("ÅGE Ø", ["åge\t\nø", "A\u030age Ø", "åge øh"]),
        ("ﬁnn-Ole", ["finn-ole", "FINN-OLE"]),
    ],
)
def test_short_words_are_found_alone_and_others_wherever_they_stand(gov, word, goes):
    stays = ["borger", "Bodil", "Adam", "Canada", "åges", "finn ole"]
    for number, title in enumerate([*goes, *stays]):
        add_item(gov, f"ÆØ-{number}", "aendringsoenske", title)
    ref = add_person(gov, word).ref
    found = [int(each.entity.removeprefix("ÆØ-")) for each in erasure_of(gov, ref).texts]
    assert found == list(range(len(goes)))


def test_nobody_is_erased_who_is_not_there(gov):
    filled(gov)
    for ref in ("p-aaaaaaaa", NAME, "ÆØ-1", ""):
        (said,) = problems(erase_person, gov, ref, reason=WHY)
        assert said.startswith("there is no person of the reference")
        assert problems(erasure_of, gov, ref)


def test_a_word_of_one_letter_is_refused(gov):
    ref = filled(gov)
    assert problems(erase_person, gov, ref, reason=WHY, also=["x"]) == ["`x` is too short; write two or more"]


def test_others_of_the_same_name_are_told_of(gov):
    ref, other = (add_person(gov, NAME).ref for _ in range(2))
    told = erasure_of(gov, ref)
    assert [note.en for note in told.notes] == [
        f"{other} has the same name; texts with the name go, whomever of them they are about"
    ]
    erase_person(gov, ref, reason=WHY)
    assert [each.ref for each in people(gov)] == [other]


def test_somebody_may_record_that_they_are_erased_themselves(gov):
    ref = add_person(gov, NAME).ref
    done = erase_person(gov, ref, reason=WHY, recorder=NAME)
    assert everything(gov).events[-1].recorder == ref
    assert done.swept
    assert history(gov, ref)[0].recorder == "[slettet]"
    assert files_with(gov, *PARTS) == []


# What cannot go


def test_what_the_record_cannot_lose_is_told_and_not_hidden(gov):
    add_item(gov, f"ÆØ-{LAST}", "aendringsoenske", "Et ønske")
    other = add_person(gov, "Kim", contact=f"c/o {NAME}").ref
    ref = add_person(gov, LAST).ref
    left = [each.en for each in erasure_of(gov, ref).left]
    assert left == [
        "event 1: in an id, a link or an answer of several words; events cannot be changed",
        f"the name or contact of {other}",
    ]
    done = erase_person(gov, ref, reason=WHY)
    assert [each.en for each in done.left] == left
    assert files_with(gov, LAST)


def test_a_rule_file_with_the_name_is_told(gov):
    record_fact_with_rules(gov)
    ref = add_person(gov, "Referencegruppen").ref
    left = [each.en for each in erasure_of(gov, ref).left]
    assert "the stored rulebook dubu/2024-01-01" in left
    assert any(each.startswith("the rule file dubu/2024-01-01/") for each in left)


def record_fact_with_rules(gov):
    add_item(gov, "ÆØ-1", "aendringsoenske", "Et ønske")


def test_a_digest_that_happens_to_spell_a_name_is_no_trace(gov):
    filled(gov)
    start = everything(gov).events[0].payload
    with reading(gov.engine) as connection:
        digest = connection.execute(select(texts.c.digest).where(texts.c.event == 1)).scalar()
    assert start.title
    assert erasure_of(gov, add_person(gov, digest[10:16]).ref).left == ()


def test_the_answer_says_what_is_outside_the_promise(each_gov):
    ref = filled(each_gov)
    done = erase_person(each_gov, ref, reason=WHY)
    assert "kopier og eksporter" in done.outside.da
    assert ("WAL" in done.outside.en) == (each_gov.engine.dialect.name == "postgresql")


# Again, and broken off


def test_the_same_again_stores_nothing_more(gov):
    ref = filled(gov)
    first = erase_person(gov, ref, reason=WHY)
    again = erase_person(gov, ref, reason=WHY)
    assert again.receipt == first.receipt
    assert (again.done, again.swept, again.texts) == (True, True, ())


def test_a_key_gives_the_first_receipt_and_another_content_is_refused(gov):
    ref = filled(gov)
    first = erase_person(gov, ref, reason=WHY, key="slet")
    assert erase_person(gov, ref, reason=WHY, key="slet").receipt == first.receipt
    (said,) = problems(erase_person, gov, ref, reason="noget andet", key="slet")
    assert said.startswith("the key `slet` was used for something else")


def test_keys_that_could_betray_a_name_are_forgotten(gov):
    ref = filled(gov)
    add_item(gov, "ÆØ-9", "aendringsoenske", "Ny", key=f"fra {NAME}")
    add_item(gov, "ÆØ-10", "aendringsoenske", "Ny", key="en helt anden")
    erase_person(gov, ref, reason=WHY)
    with reading(gov.engine) as connection:
        assert set(connection.execute(select(keys.c.key)).scalars()) == {"en helt anden"}


def test_the_access_log_and_the_settings_keep_their_lines_without_the_name(gov):
    ref = filled(gov)
    erase_person(gov, ref, reason=WHY)
    assert [(each.who, each.what) for each in accesses(gov)] == [("[slettet]", "ÆØ-1")]


def test_an_erasure_broken_off_before_the_files_are_swept_is_finished_by_repeating_it(record, monkeypatch):
    ref = filled(record)

    def broken_off(_engine):
        raise KeyboardInterrupt

    monkeypatch.setattr(erasing_module, "sweep", broken_off)
    with pytest.raises(KeyboardInterrupt):
        erase_person(record, ref, reason=WHY)
    monkeypatch.undo()
    assert erasing_unfinished(record)
    number = everything(record).events[-1].number
    done = erase_person(record, ref, reason=WHY)
    assert (done.swept, done.receipt.event, erasing_unfinished(record)) == (True, number, "")
    assert files_with(record, *PARTS) == []


KILLED = """
import os, sys
from governance.service import erasing, erase_person, open_governance
erasing.sweep = lambda engine: os.kill(os.getpid(), 9)
erase_person(open_governance(sys.argv[1]), sys.argv[2], reason="bedt om det")
"""


def test_a_process_killed_between_the_event_and_the_files_leaves_the_rest_to_the_next(each_gov):
    ref = filled(each_gov)
    url = each_gov.engine.url.render_as_string(hide_password=False)
    each_gov.engine.dispose()
    killed = subprocess.run([sys.executable, "-c", KILLED, url, ref], check=False)
    assert killed.returncode == -9
    assert isinstance(everything(each_gov).events[-1].payload, Erased)
    assert erasing_unfinished(each_gov)
    assert finish_erasing(each_gov) == ()
    assert not erasing_unfinished(each_gov)
    assert files_with(each_gov, *PARTS) == []
    assert audit_verify(each_gov).problems == ()


def test_while_somebody_else_reads_the_erasure_is_stored_and_the_files_wait(record, monkeypatch):
    monkeypatch.setattr(sweeping, "PATIENCE", 0.2)
    ref = filled(record)
    blocked = (
        "the database is busy with somebody else" if record.engine.dialect.name == "sqlite" else "open since"
    )
    with reading(record.engine) as other:
        other.execute(select(people_table)).all()
        if journal(record) == "delete":  # there a reader keeps every writer out
            with pytest.raises(RequestError, match="busy"):
                erase_person(record, ref, reason=WHY)
        else:
            done = erase_person(record, ref, reason=WHY)
            assert (done.done, done.swept) == (True, False)
            assert blocked in done.notes[-1].en
            with pytest.raises(RequestError, match=blocked):
                finish_erasing(record)
    assert erase_person(record, ref, reason=WHY).swept
    assert files_with(record, *PARTS) == []


def journal(gov):
    if gov.engine.dialect.name != "sqlite":
        return ""
    with gov.engine.connect() as connection:
        return connection.exec_driver_sql("PRAGMA journal_mode").scalar()


def plainly(connection, ref, traces, sought):
    """Erase as one would who has not read SQLite's manual."""
    really_remove(connection, ref, traces, sought)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = OFF")


def test_deleting_alone_would_leave_the_name_in_the_files(record, monkeypatch):
    ref = filled(record)
    monkeypatch.setattr(erasing_module, "sweep", lambda _engine: ())
    if record.engine.dialect.name == "sqlite":
        from governance.store import erasing as store_erasing

        monkeypatch.setattr(store_erasing, "overwrite_what_is_deleted", lambda _connection: None)
        with record.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA secure_delete = OFF")
    erase_person(record, ref, reason=WHY)
    assert files_with(record, *PARTS)


def test_postgresqls_log_of_what_is_written_ahead_can_be_swept_by_its_administrator(rulebooks, clock):
    from tests.databases import running_server

    with running_server(fsync=False) as server, server.database() as url:
        gov = opened(url, rulebooks, clock)
        erase_person(gov, filled(gov), reason=WHY)
        assert holding([wal_folder(gov)], PARTS)  # as the answer says: outside the promise
        with gov.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for said in ("ALTER SYSTEM SET wal_recycle = off", "ALTER SYSTEM SET min_wal_size = '32MB'"):
                connection.execute(text(said))
            for said in ("SELECT pg_reload_conf()", "SELECT pg_switch_wal()", "CHECKPOINT"):
                connection.execute(text(said))
        assert holding([wal_folder(gov)], PARTS) == []
        gov.engine.dispose()


def made(server, *statements):
    """Let the administrator do something on a server."""
    admin = create_engine(server.url("postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for each in statements:
            connection.execute(text(each))
    admin.dispose()


def test_an_owner_who_is_no_administrator_sweeps_all_but_the_checkpoint(postgres_server, rulebooks, clock):
    made(postgres_server, "CREATE ROLE owner LOGIN", "CREATE DATABASE owned OWNER owner")
    gov = opened(postgres_server.url("owned").replace("governance@", "owner@"), rulebooks, clock)
    done = erase_person(gov, filled(gov), reason=WHY)
    assert done.swept
    assert [note.en for note in done.notes[-1:]] == [sweeping.NO_CHECKPOINT.en]
    gov.engine.dispose()
    admin = opened(postgres_server.url("owned"), rulebooks, clock)
    assert files_with(admin, *PARTS) == []
    admin.engine.dispose()


def test_who_only_writes_the_tables_leaves_the_sweep_to_their_owner(
    postgres_url, postgres_server, rulebooks, clock
):
    own = opened(postgres_url, rulebooks, clock)
    ref = filled(own)
    made(postgres_server, "CREATE ROLE clerk LOGIN")
    with own.engine.begin() as connection:
        for what in ("SELECT, INSERT, UPDATE, DELETE ON ALL TABLES", "SELECT ON ALL SEQUENCES"):
            connection.execute(text(f"GRANT {what} IN SCHEMA public TO clerk"))
    clerk = opened(postgres_url.replace("governance@", "clerk@"), rulebooks, clock)
    done = erase_person(clerk, ref, reason=WHY)
    assert (done.done, done.swept) == (True, False)
    assert done.notes[-1].en.startswith("the tables texts, people, keys, accesses, settings can only")
    clerk.engine.dispose()
    assert finish_erasing(own) == ()
    assert files_with(own, *PARTS) == []
    own.engine.dispose()
