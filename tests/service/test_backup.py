"""Backups: whole whoever writes meanwhile, verified before they are called one, put back where nothing is."""

import random
import shlex
import subprocess
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import func, select

from governance.audit import head, verify
from governance.model import RequestError
from governance.service import add_item, audit_verify, backup, open_governance, restore
from governance.store import make_engine, reading, writing
from governance.store.copying import looking_through
from governance.store.schema import events
from governance.store.upgrade import configuration
from tests.counts import count
from tests.databases import url_of
from tests.service.asking import everything, new, problems
from tests.service.forked import back_up, put_back, started, write


def kill_at_a_moment(seconds, process, said):
    """SIGKILL, some time after it has begun."""
    assert said.recv() == "ready"
    process.join(seconds)
    process.kill()
    process.join()


def verified(path):
    """How many events a backup holds, all in order."""
    with looking_through(path) as connection:
        audit = verify(connection)
    assert audit.problems == ()
    return audit.events


@pytest.fixture
def saved(demo, tmp_path):
    """A backup of the demo."""
    path = tmp_path / "saved.backup"
    backup(demo, path)
    return path


def test_a_backup_holds_the_whole_record_and_is_its_owners_only(demo, tmp_path):
    done = backup(demo, tmp_path / "copy")
    with reading(demo.engine) as connection:
        assert done.head == head(connection)
    assert verified(tmp_path / "copy") == done.events == len(everything(demo).events)
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir() if "copy" in path.name) == ["copy"]


def test_a_backup_never_writes_over_a_file(demo, tmp_path):
    (tmp_path / "copy").write_text("something else")
    assert problems(backup, demo, tmp_path / "copy") == [
        f"{tmp_path / 'copy'} is there already; choose another name"
    ]
    assert (tmp_path / "copy").read_text() == "something else"


def test_a_backup_that_cannot_be_written_is_said_plainly(demo, tmp_path):
    (said,) = problems(backup, demo, tmp_path / "no" / "such" / "folder")
    assert said.endswith("cannot be written (No such file or directory); choose another place")


def test_a_record_that_does_not_prove_itself_is_not_called_a_backup(demo, tmp_path):
    with demo.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE things SET state = 'bestilt' WHERE id = 'ÆØ-1434'")
    (said,) = problems(backup, demo, tmp_path / "copy")
    assert "copy does not prove itself, and nothing is done: things ÆØ-1434: " in said
    assert not list(tmp_path.glob("copy*"))


def test_backups_taken_while_others_write_are_each_whole(gov, tmp_path):
    writers = [started(write, url_of(gov), name) for name in ("A", "B")]
    try:
        for number in range(count(reduced=4, full=20)):
            acknowledged = max(said.recv() for _, said in writers)
            done = backup(gov, tmp_path / f"copy-{number}")
            assert done.events >= acknowledged
            assert verified(tmp_path / f"copy-{number}") == done.events
        assert all(writer.is_alive() for writer, _ in writers)
    finally:
        for writer, _ in writers:
            writer.kill()
            writer.join()
    assert audit_verify(gov).problems == ()


def test_a_backup_that_was_killed_leaves_no_file_of_that_name_and_the_next_one_works(demo, tmp_path):
    chance = random.Random(7)
    for _ in range(count(reduced=6, full=100)):
        kill_at_a_moment(chance.random() * 0.3, *started(back_up, url_of(demo), tmp_path / "copy"))
        if (tmp_path / "copy").exists():
            verified(tmp_path / "copy")
            (tmp_path / "copy").unlink()
    assert backup(demo, tmp_path / "copy").events == verified(tmp_path / "copy")
    assert sorted(path.name for path in tmp_path.glob("copy*")) == ["copy"]


def test_a_backup_is_put_where_there_is_nothing(demo, saved, tmp_path):
    done = restore(saved, str(tmp_path / "new.sqlite"))
    again = open_governance(f"sqlite:///{tmp_path / 'new.sqlite'}", create=False)
    assert everything(again) == everything(demo)
    assert done.head == backup(again, tmp_path / "again").head
    add_item(again, "ÆØ-1", "aendringsoenske", "Et ønske")
    assert audit_verify(again, expect=[done.head]).problems == ()
    again.engine.dispose()
    assert not list(tmp_path.glob("*.part*"))


def test_a_backup_is_put_into_a_register_without_events_under_those_who_have_it_open(demo, saved, gov):
    assert everything(gov).events == ()
    restore(saved, url_of(gov))
    assert everything(gov) == everything(demo)


def test_a_register_with_events_people_or_settings_is_left_alone(saved, gov):
    new(gov)
    before = everything(gov)
    said = ["the register is not empty; restore into a new one (--database), and leave this one"]
    assert problems(restore, saved, url_of(gov)) == said
    assert everything(gov) == before


def test_a_restore_that_was_killed_leaves_nothing_or_everything(saved, demo, tmp_path):
    whole, chance, target = len(everything(demo).events), random.Random(11), tmp_path / "new.sqlite"
    for _ in range(count(reduced=6, full=100)):
        kill_at_a_moment(chance.random() * 0.6, *started(put_back, saved, str(target)))
        if target.exists():
            gov = open_governance(f"sqlite:///{target}")
            found = audit_verify(gov)
            gov.engine.dispose()
            assert (found.problems, found.events in (0, whole)) == ((), True)
            for path in tmp_path.glob("new.sqlite*"):
                path.unlink()
    assert restore(saved, str(target)).events == whole


def test_a_damaged_backup_is_refused_or_the_damage_is_nowhere_in_it(saved, demo, tmp_path):
    whole, chance = saved.read_bytes(), random.Random(3)
    refused = 0
    for number in range(count(reduced=12, full=400)):
        place = chance.randrange(len(whole))
        damaged = tmp_path / "damaged"
        damaged.write_bytes(
            whole[:place] + bytes([whole[place] ^ 1 << chance.randrange(8)]) + whole[place + 1 :]
        )
        target = tmp_path / f"{number}.sqlite"
        try:
            restore(damaged, str(target))
        except RequestError:
            refused += 1
            if target.exists():
                assert not _events_in(target)
            continue
        restored = open_governance(f"sqlite:///{target}")
        assert everything(restored).events == everything(demo).events
        assert audit_verify(restored).problems == ()
        restored.engine.dispose()
    assert refused > number / 4


def _events_in(target):
    engine = make_engine(f"sqlite:///{target}")
    with reading(engine) as connection:
        found = connection.execute(select(func.count()).select_from(events)).scalar()
    engine.dispose()
    return found


def test_what_is_no_backup_is_refused_in_one_sentence(saved, tmp_path):
    cut, letter, foreign = (tmp_path / name for name in ("cut", "letter", "foreign"))
    cut.write_bytes(saved.read_bytes()[:100_000])
    letter.write_text("this is a letter, not a database, and it is long enough to look at")
    engine = make_engine(f"sqlite:///{foreign}")
    with writing_something(engine):
        pass
    for path in (cut, letter, foreign, tmp_path, tmp_path / "nowhere"):
        assert len(problems(restore, path, str(tmp_path / "new.sqlite"))) == 1, path
        assert not (tmp_path / "new.sqlite").exists()


def writing_something(engine):
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE letters (id INTEGER)")
    engine.dispose()
    return reading(engine)


def test_a_bare_copy_of_a_register_in_use_is_refused(saved, tmp_path):
    Path(f"{saved}-wal").write_bytes(b"pages that belong to it")
    (said,) = problems(restore, saved, str(tmp_path / "new.sqlite"))
    assert said.endswith("copy with `governance backup`")


def test_a_backup_from_an_older_version_is_brought_up_to_date(tmp_path):
    old = make_engine(f"sqlite:///{tmp_path / 'old'}")
    with old.begin() as connection:
        command.upgrade(configuration(connection), "0001")
    old.dispose()
    before = (tmp_path / "old").read_bytes()
    assert restore(tmp_path / "old", str(tmp_path / "new.sqlite")).events == 0
    assert (tmp_path / "old").read_bytes() == before


def test_memory_is_no_place_to_restore_into(saved):
    assert problems(restore, saved, "sqlite://") == ["write a file with --database"]


def test_a_postgresql_dump_restored_into_another_database_proves_itself(
    postgres_server, tmp_path, rulebooks, clock
):
    from governance.service import Governance, load_demo
    from governance.store import upgrade

    def ran(words):
        subprocess.run([postgres_server.programs / words[0], *words[1:]], check=True, capture_output=True)

    with postgres_server.database() as url, postgres_server.database() as other:
        gov = Governance(make_engine(url), rulebooks, clock)
        upgrade(gov.engine)
        load_demo(gov)
        done = backup(gov, tmp_path / "dump")
        assert (done.events, "pg_dump" in done.command) == (0, True)
        with writing(gov.engine) as connection:
            kept = head(connection)
        ran(shlex.split(done.command))
        (said,) = problems(restore, tmp_path / "dump", other)
        ran(shlex.split(said.partition(": ")[2]))
        restored = Governance(make_engine(other), rulebooks, clock)
        assert audit_verify(restored, expect=[kept]).problems == ()
        assert everything(restored) == everything(gov)
        add_item(restored, "ÆØ-1", "aendringsoenske", "Et ønske")
        for each in (gov, restored):
            each.engine.dispose()


def test_no_password_stands_in_the_command_for_postgresql(tmp_path):
    from governance.rulebook import Rulebooks
    from governance.service import Governance

    url = "postgresql://me:secret@localhost:5433/db?password=secret"
    done = backup(Governance(make_engine(url), Rulebooks(())), tmp_path / "a file")
    assert "secret" not in done.command
    assert shlex.split(done.command)[-1] == "--dbname=postgresql://me@localhost:5433/db"
    (said,) = problems(restore, tmp_path / "a file", url)
    assert "secret" not in said
    assert "pg_restore" in said


def test_files_that_a_backup_did_not_make_are_left_alone(demo, saved, tmp_path):
    beside = [".part", ".part-wal", ".part-shm", ".part-journal"]
    for name in ("copy", "new.sqlite"):
        for ending in beside:
            (tmp_path / f"{name}{ending}").write_text("precious")
    backup(demo, tmp_path / "copy")
    restore(saved, str(tmp_path / "new.sqlite"))
    for name in ("copy", "new.sqlite"):
        assert {(tmp_path / f"{name}{ending}").read_text() for ending in beside} == {"precious"}
    hidden = tmp_path / ".other.governance-part"
    hidden.write_text("a letter that somebody keeps there")
    (said,) = problems(backup, demo, tmp_path / "other")
    assert said == f"{tmp_path / 'other'} cannot be written (File exists); choose another place"
    assert hidden.read_text() == "a letter that somebody keeps there"
    hidden.unlink()
    hidden.symlink_to(saved)
    assert len(problems(backup, demo, tmp_path / "other")) == 1
    assert verified(saved)


def test_what_a_killed_backup_left_is_hidden_and_removed_by_the_next(demo, tmp_path):
    (tmp_path / ".copy.governance-part").write_bytes(b"")
    (tmp_path / ".copy.governance-part-journal").write_bytes(b"pages")
    assert backup(demo, tmp_path / "copy").events
    assert sorted(path.name for path in tmp_path.glob("*copy*")) == ["copy"]


def test_a_link_that_leads_nowhere_is_not_taken_for_a_free_name(demo, tmp_path):
    (tmp_path / "copy").symlink_to(tmp_path / "nowhere")
    assert problems(backup, demo, tmp_path / "copy") == [
        f"{tmp_path / 'copy'} is there already; choose another name"
    ]


def test_a_name_that_is_too_long_is_said_plainly(demo, saved, tmp_path):
    long = tmp_path / ("x" * 300)
    (said,) = problems(backup, demo, long)
    assert said == f"{long} cannot be written (File name too long); choose another place"
    (said,) = problems(restore, long, str(tmp_path / "new.sqlite"))
    assert said == f"{long} is no file; write the name of a backup"
    (said,) = problems(restore, saved, str(long))
    assert said == f"{long} cannot be written (File name too long); choose another place"


def test_a_restore_names_the_file_that_is_wrong_and_not_where_it_was_to_go(saved, tmp_path):
    cut, letter, foreign, first = (tmp_path / name for name in ("cut", "letter", "foreign", "first"))
    cut.write_bytes(saved.read_bytes()[:100_000])
    letter.write_text("this is a letter, not a database, and it is long enough to look at")
    for path, version in ((foreign, "0002"), (first, "0001")):
        engine = make_engine(f"sqlite:///{path}")
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE alembic_version (version_num)")
            connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (version,))
        engine.dispose()
    for path in (cut, letter, foreign, first):
        (said,) = problems(restore, path, str(tmp_path / "new.sqlite"))
        assert str(path) in said
        assert "new.sqlite" not in said
        assert "sqlite://" not in said
        assert "governance-part" not in said
    other = tmp_path / "other.sqlite"
    other.write_text("this is a letter, not a database, and it is long enough to look at")
    (said,) = problems(restore, saved, str(other))
    assert said.startswith(f"the database {other} cannot be used: the file is no SQLite database")


def test_a_copy_that_does_not_prove_itself_is_called_by_the_name_of_the_file(demo, tmp_path):
    backup(demo, tmp_path / "copy")
    engine = make_engine(f"sqlite:///{tmp_path / 'copy'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE things SET state = 'bestilt' WHERE id = 'ÆØ-1434'")
    engine.dispose()
    (said,) = problems(restore, tmp_path / "copy", str(tmp_path / "new.sqlite"))
    assert said.startswith("copy does not prove itself, and nothing is done: ")
