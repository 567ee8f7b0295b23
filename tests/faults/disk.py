"""A disk small enough to be filled."""

import os
import subprocess
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.databases import TEMPORARY

BLOCK = 4096


@dataclass(frozen=True)
class Disk:
    """A folder that is a disk of its own, and the file that fills it."""

    folder: Path

    @property
    def filler(self):
        return self.folder / "filler"

    def fill(self, but):
        """Leave so many bytes, and no more, for others to write."""
        free = os.statvfs(self.folder).f_bavail * BLOCK - but
        with suppress(OSError), self.filler.open("ab", buffering=0) as file:  # others may be quicker
            for _ in range(free // BLOCK):
                file.write(bytes(BLOCK))

    def make_room(self):
        self.filler.unlink(missing_ok=True)


@contextmanager
def small_disk(size):
    """A disk of so many bytes, which is unmounted whatever happens."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk to fill")
    folder = Path(mkdtemp(prefix="disk-", dir=TEMPORARY))
    words = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0777", "tmpfs", folder]
    try:
        if subprocess.run(words, check=False, capture_output=True).returncode != 0:
            pytest.skip("this machine lets nobody mount a small disk to fill")
        try:
            yield Disk(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)
    finally:
        folder.rmdir()
