"""Passwords hashed cheaply, so that a test waits for none; and how many hashes were asked for."""

from dataclasses import dataclass, field

import pytest
from argon2 import PasswordHasher

from governance.service import passwords


@dataclass
class Counting:
    """A cheap hasher that tells what was asked of it."""

    inner: PasswordHasher = field(
        default_factory=lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    )
    asked: list = field(default_factory=list)

    def __hash__(self):
        return id(self)

    def hash(self, password):
        self.asked.append("hash")
        return self.inner.hash(password)

    def verify(self, known, password):
        self.asked.append("verify")
        return self.inner.verify(known, password)

    def check_needs_rehash(self, known):
        return self.inner.check_needs_rehash(known)


@pytest.fixture
def hasher(monkeypatch):
    """The cheap hasher in place of the real one."""
    counting = Counting()
    monkeypatch.setattr(passwords, "HASHER", counting)
    return counting
