"""An index of SQLite that is damaged hides rows; the audit has the database look through its own file."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

from governance.service import add_item, audit_verify, history, open_governance, record_fact

NOW = datetime(2025, 11, 20, 9, tzinfo=UTC)


def test_a_damaged_index_is_named_though_every_row_is_whole(tmp_path):
    path = tmp_path / "record.sqlite"
    gov = open_governance(f"sqlite+pysqlite:///{path}", now=lambda: NOW)
    add_item(gov, "ÆØ-1434", "aendringsoenske", "Et ønske")
    record_fact(gov, "ÆØ-1434", "maal", "drift", source="mødet")
    whole = len(history(gov, "ÆØ-1434"))
    gov.engine.dispose()
    with closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_events_entity'"
        ).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content = bytearray(path.read_bytes())
    page = slice((root - 1) * size, root * size)
    at = content.index("ÆØ-1434".encode(), page.start, page.stop)
    content[at + 6] ^= 1
    path.write_bytes(content)
    again = open_governance(f"sqlite+pysqlite:///{path}", now=lambda: NOW)
    problems = audit_verify(again).problems
    again.engine.dispose()
    assert whole > 1
    assert {problem.place.en for problem in problems} == {"sqlite integrity_check"}
    assert "ix_events_entity" in problems[0].text.en
