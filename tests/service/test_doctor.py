"""The look-over: every thing that must be as it should be, and what to do about the one that is not."""

import shutil
from datetime import timedelta

import pytest
from sqlalchemy import text

from governance.service import FAULT, FINE, WARNING, adopt, adoption, doctor, open_governance, rules_folder
from governance.store import make_engine
from tests.databases import url_of
from tests.service.asking import new


def looked_over(gov, rules=None):
    checks = doctor(url_of(gov), rules, now=gov.now)
    assert all(said.da.strip() and said.en.strip() for check in checks for said in (check.name, check.found))
    assert all(
        (check.mend is None) <= (check.level == FINE or check.name.en == "database") for check in checks
    )
    return checks


def wrong(checks):
    """What is not fine: level, what it is about, what was found."""
    return [(check.level, check.name.en, check.found.en) for check in checks if check.level != FINE]


def test_an_installation_that_is_well_is_told_line_by_line(each_gov):
    new(each_gov)
    checks = looked_over(each_gov)
    settings = {"fsync off"} if each_gov.engine.dialect.name == "postgresql" else set()
    assert {name for _, name, _ in wrong(checks)} == ({"setting"} if settings else set())
    names = [check.name.en for check in checks]
    for name in (
        "rules",
        "database",
        "tables",
        "guards",
        "events",
        "rulebook",
        "clock",
        "erasing",
        "access log",
    ):
        assert name in names
    (record,) = [check.found.en for check in checks if check.name.en == "events"]
    assert record.startswith("1; the head is 1:")


def test_a_server_that_does_not_wait_for_the_disk_is_a_fault(postgres_server, rulebooks, clock):
    with postgres_server.database() as url:
        open_governance(url).engine.dispose()
        assert [each for each in wrong(doctor(url)) if each[0] == FAULT] == [
            (FAULT, "setting", "fsync is off, but must be on")
        ]


def test_nothing_is_made_where_there_is_nothing(tmp_path):
    checks = doctor(str(tmp_path / "folder" / "x.sqlite"))
    ((level, name, found),) = wrong(checks)
    assert (level, name) == (FAULT, "database")
    assert found.startswith("there is no register in ")
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_opened_is_a_fault_and_no_error(tmp_path):
    (tmp_path / "letter").write_text("this is a letter, not a database, and it is long enough to look at")
    for url in (str(tmp_path / "letter"), "mysql://x/y", f"postgresql://me:secret@/db?host={tmp_path}"):
        ((level, name, found),) = wrong(doctor(url))
        assert (level, name) == (FAULT, "database")
        assert "secret" not in found


def test_faulty_rules_are_a_fault_and_the_rest_is_looked_at_all_the_same(gov, tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "rulebook.yaml").write_text("rulebook:\n  id: x\n  titel: y\n", encoding="utf-8")
    checks = looked_over(gov, tmp_path / "rules")
    ((level, name, _),) = wrong(checks)
    assert (level, name) == (FAULT, "rules")
    assert "clock" in [check.name.en for check in checks]


def test_tables_of_another_version_are_told_and_left_as_they_are(gov):
    for version, level in (("9999", FAULT), ("0001", WARNING)):
        with gov.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :one"), {"one": version})
        ((found, name, _),) = wrong(looked_over(gov))
        assert (found, name) == (level, "tables")


@pytest.mark.parametrize("trigger", ["events_no_update", "events_no_replace", "texts_no_update"])
def test_a_guard_that_is_gone_is_a_fault(gov, trigger):
    with gov.engine.begin() as connection:
        connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
    assert wrong(looked_over(gov)) == [(FAULT, "guards", f"{trigger} missing: events can be changed")]


def test_a_guard_that_is_switched_off_is_a_fault(postgres_server):
    with postgres_server.database() as url:
        open_governance(url).engine.dispose()
        engine = make_engine(url)
        with engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE events DISABLE TRIGGER events_only_grow")
        engine.dispose()
        assert (FAULT, "guards", "events_only_grow missing: events can be changed") in wrong(doctor(url))


def test_a_clock_behind_the_record_is_told(gov, clock):
    new(gov)
    for behind, level in ((timedelta(minutes=1), WARNING), (timedelta(hours=1), FAULT)):
        clock.now -= behind
        ((found, name, _),) = wrong(looked_over(gov))
        assert (found, name) == (level, "clock")


def test_a_log_kept_for_too_long_is_told(gov, clock):
    with gov.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO accesses (at, who, did, what, outcome) "
            "VALUES ('2024-01-01T00:00:00.000000+00:00', '', 'items', '', 'answered')"
        )
    assert wrong(looked_over(gov)) == [
        (WARNING, "access log", "1 lines are older than the 13 months they may be kept")
    ]


def test_a_text_of_a_rulebook_that_is_gone_is_a_fault(gov):
    new(gov)
    with gov.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER rulebooks_no_delete")
        connection.exec_driver_sql("DELETE FROM rulebooks")
    found = [found for level, name, found in wrong(looked_over(gov)) if name == "rulebook"]
    assert found == [f"the text of {gov.rulebooks.books[0].digest[:12]}, by which was judged, is not kept"]


@pytest.fixture
def rules(tmp_path):
    """A folder of rules to change."""
    folder = tmp_path / "rules"
    shutil.copytree(rules_folder() / "2024-01-01", folder / "2024-01-01")
    return folder


def edit(folder, old, instead):
    path = folder / "rulebook.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, instead), encoding="utf-8")


def test_a_rulebook_edited_after_it_judged_is_told(gov, rules):
    new(gov)
    assert wrong(looked_over(gov, rules)) == []
    edit(rules / "2024-01-01", "DUBUs referencegruppe", "Gruppen")
    assert wrong(looked_over(gov, rules)) == [
        (WARNING, "rulebook", "the rulebook from 2024-01-01 was edited after it had judged")
    ]


def test_a_folder_that_differs_from_what_was_taken_in_is_told(gov, rules):
    shutil.copytree(rules / "2024-01-01", rules / "2026-01-01")
    edit(rules / "2026-01-01", "from: 2024-01-01", "from: 2026-01-01")
    new_rules = str(rules / "2026-01-01")
    adopt(gov, new_rules, adoption(gov, new_rules).code)
    taken = [check.found.en for check in looked_over(gov, rules) if check.name.en == "rulebook"]
    assert [line.partition(": ")[2] for line in taken] == [
        "in the folder, its text is kept",
        "adopted, its text is kept",
    ]
    edit(rules / "2026-01-01", "DUBUs referencegruppe", "Gruppen")
    assert wrong(looked_over(gov, rules)) == [
        (
            WARNING,
            "rulebook",
            "the folder's rulebook from 2026-01-01 is not the one adopted, which is in force",
        )
    ]
