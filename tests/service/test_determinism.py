"""The same events and rules give the same record and the same report, whatever the machine's settings.

Chance is in the salts of texts only; the program puts a counter in its place.
"""

import os
import subprocess
import sys

from tests.counts import count

PROGRAM = """
import hashlib
from itertools import count
from datetime import UTC, datetime
from sqlalchemy import select
from governance.service import advance, load_demo, open_governance, report
from governance.store import reading, seals
from governance.store.schema import events

salts = count()
seals.token_hex = lambda _bytes: f"{next(salts):032}"
gov = open_governance("sqlite://", now=lambda: datetime(2025, 11, 20, 23, 30, tzinfo=UTC))
load_demo(gov)
advance(gov, "ÆØ-1434/1", "bestil", "netcompany")
with reading(gov.engine) as connection:
    rows = connection.execute(select(events).order_by(events.c.number)).all()
print(hashlib.sha256(repr((rows, report(gov, on="2025-09-10"))).encode()).hexdigest())
"""


def test_other_hash_seeds_and_time_zones_give_the_same_record_and_report():
    settings = [("0", "UTC"), ("99", "Pacific/Auckland"), ("1", "Pacific/Auckland"), ("7", "UTC")]
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed, zone in settings[: count(reduced=2, full=4)]
    ]
    said = [run.communicate()[0] for run in runs]
    assert [run.returncode for run in runs] == [0] * len(runs)
    assert len(set(said)) == 1, said
    assert len(said[0].strip()) == 64
