"""Whichever call to the database fails, a command is stored whole or not at all, and its key tells which."""

from dataclasses import replace
from itertools import count as up_from

import pytest

from governance.model import RequestError
from governance.service import Erasure, import_table
from tests.counts import count
from tests.faults.commands import BESIDE, COMMANDS, KEYLESS, a_purge, an_erasure
from tests.faults.failing import ANSWER, COMMIT, STATEMENT, failing
from tests.faults.group import opened
from tests.faults.sentences import UNKNOWN
from tests.faults.standing import stands, tables

SWEEPING = count(reduced=3, full=1)
"""Every how many calls of an erasure, which rewrites the files after it, one is let fail."""


@pytest.fixture
def gov(database_url):
    with opened(database_url) as made:
        yield made


def asked(gov, command):
    """What a command answers, or what is told of it in both languages."""
    try:
        return command.sent_to(gov), ""
    except RequestError as error:
        (said,) = error.problems
        assert said.da != said.en
        return None, f"{said.da}\n{said.en}"


def receipt_of(answer):
    return answer.receipt if isinstance(answer, Erasure) else answer


@pytest.mark.parametrize(("make", "stored"), COMMANDS.items(), ids=[each.__name__ for each in COMMANDS])
def test_a_command_is_stored_whole_or_not_at_all_and_once(gov, tmp_path, make, stored):
    struck, unknown, step = set(), 0, SWEEPING if make is an_erasure else 1
    for at in up_from(1, step):
        command = replace(make(gov, f"S-{at}", tmp_path), key=f"nøgle {at}")
        before = tables(gov)
        with failing(gov.engine, at) as fault:
            answer, told = asked(gov, command)
        if not fault.struck:
            break
        struck.add(fault.struck)
        if answer is None:
            changed = tables(gov) != before
            assert not changed or told == UNKNOWN, (fault, told)
            unknown += changed
        else:  # it is done, but for what it says is left
            assert not answer.swept
            assert answer.notes
        again, _ = asked(gov, command)
        after = tables(gov)
        assert len(after["events"]) - len(before["events"]) == stored
        if stored:
            assert receipt_of(again).hash == after["ledger"][0][2]
        once_more, _ = asked(gov, command)
        assert receipt_of(once_more) == receipt_of(again)
        assert tables(gov) == after
    assert step > 1 or (struck, unknown) == ({STATEMENT, COMMIT, ANSWER}, 1)
    stands(gov)


@pytest.mark.parametrize(("make", "where"), KEYLESS.items(), ids=[each.__name__ for each in KEYLESS])
def test_what_takes_no_key_is_done_or_not_done_and_never_told_wrongly(gov, tmp_path, make, where):
    for at in up_from(1):
        command = make(gov, f"S-{at}", tmp_path)
        before = tables(gov)
        with failing(gov.engine, at) as fault:
            answer, told = asked(gov, command)
        if not fault.struck:
            break
        assert answer is None
        assert tables(gov) == before or told == UNKNOWN, (fault, told)
    assert answer is not None
    after = tables(gov)
    assert [name for name, rows in after.items() if rows != before[name]] == [where]
    assert make is not a_purge or after["accesses"] == []
    stands(gov)


@pytest.mark.parametrize(("make", "where"), BESIDE.items(), ids=[each.__name__ for each in BESIDE])
def test_a_row_beside_the_record_is_kept_or_not_and_never_told_wrongly(gov, tmp_path, make, where):
    kept = 0
    for at in up_from(1):
        command = make(gov, f"S-{at}", tmp_path)
        before = len(tables(gov)[where])
        with failing(gov.engine, at) as fault:
            answer, told = asked(gov, command)
        more = len(tables(gov)[where]) - before
        if not fault.struck:
            break
        kept += more
        assert more == 1 if answer is not None else more == 0 or told == UNKNOWN, (fault, told)
    assert (more, kept > 0) == (1, True)
    stands(gov)


def test_an_import_is_stored_whole_or_not_at_all_and_once(gov, tmp_path):
    for at in up_from(1):
        table = tmp_path / f"{at}.csv"
        rows = [f"S-{at}-{row};sag;Sagen;2024-05-01;en liste\n" for row in (1, 2)]
        table.write_text("".join(["number;kind;title;on;source\n", *rows]), encoding="utf-8")
        before = tables(gov)
        with failing(gov.engine, at) as fault:
            try:
                import_table(gov, table, "items")
            except RequestError as error:
                told = "\n".join(f"{said.da}\n{said.en}" for said in error.problems)
        if not fault.struck:
            break
        assert tables(gov) == before or told == UNKNOWN
        import_table(gov, table, "items")
        after = tables(gov)
        assert len(after["events"]) - len(before["events"]) == 2
        assert import_table(gov, table, "items").known == 2
        assert tables(gov) == after
    stands(gov)
