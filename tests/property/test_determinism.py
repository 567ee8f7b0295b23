"""The same request on the same record and rules gives the same decision, byte for byte."""

import os
import subprocess
import sys
from pathlib import Path

from tests.counts import count

ROOT = Path(__file__).parents[2]
CASES = count(reduced=25, full=1_000)


def told(hash_seed: str, zone: str) -> bytes:
    """Every decision on the made-up cases, told by a process of its own."""
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.property.told", str(CASES)],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env=environment,
    )
    return done.stdout


def test_four_hash_seeds_and_two_time_zones_give_the_same_bytes() -> None:
    first = told("0", "Europe/Copenhagen")
    assert first.count(b"Decision(") > CASES
    for hash_seed, zone in (
        ("1", "Pacific/Kiritimati"),
        ("2", "Europe/Copenhagen"),
        ("4242", "Pacific/Kiritimati"),
    ):
        assert told(hash_seed, zone) == first, f"hash seed {hash_seed} in {zone}"
