"""An erasure reaches the files, however it is broken off, and says so while it has not."""

import signal

import pytest
from sqlalchemy import create_engine, select, text

from governance.model import Erased, RequestError
from governance.service import audit_verify, erase_person
from governance.service import erasing as erasing_module
from governance.service.erasing import erasing_unfinished
from governance.store import reading, sweeping
from governance.store.schema import people as people_table
from tests.service.asking import everything
from tests.service.conftest import opened
from tests.service.erased import PARTS, WHY, filled, record
from tests.service.forked import erase_and_be_killed, started
from tests.service.raw import files_with, holding, wal_folder

__all__ = ["record"]


def test_nobody_finds_the_name_in_the_files_afterwards(record):
    ref = filled(record)
    assert files_with(record, *PARTS)
    done = erase_person(record, ref, reason=WHY, recorder="Ludvig Brasenhoved")
    assert (done.done, done.swept, done.left) == (True, True, ())
    assert files_with(record, *PARTS, "venter på operation") == []


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


def test_a_process_killed_between_the_event_and_the_files_leaves_the_rest_to_the_next(each_gov):
    ref = filled(each_gov)
    url = each_gov.engine.url.render_as_string(hide_password=False)
    each_gov.engine.dispose()
    killed, _ = started(erase_and_be_killed, url, ref)
    killed.join()
    assert killed.exitcode == -signal.SIGKILL
    assert isinstance(everything(each_gov).events[-1].payload, Erased)
    assert erasing_unfinished(each_gov)
    assert erase_person(each_gov, ref, reason=WHY).swept
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
            again = erase_person(record, ref, reason=WHY)
            assert (again.receipt, again.swept) == (done.receipt, False)
            assert blocked in again.notes[-1].en
    assert erase_person(record, ref, reason=WHY).swept
    assert files_with(record, *PARTS) == []


def journal(gov):
    if gov.engine.dialect.name != "sqlite":
        return ""
    with gov.engine.connect() as connection:
        return connection.exec_driver_sql("PRAGMA journal_mode").scalar()


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
    swept = "texts, listing, people, keys, accesses, settings, accounts, sessions, tokens"
    assert done.notes[-1].en.startswith(f"the tables {swept} can only")
    clerk.engine.dispose()
    assert erase_person(own, ref, reason=WHY).swept
    assert files_with(own, *PARTS) == []
    own.engine.dispose()
