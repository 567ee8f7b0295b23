"""A register with accounts, for the tests of who may log in and how."""

from dataclasses import replace
from datetime import timedelta

import pytest

from governance.service import Life, add_account, caller_of_session, check_password, signed_in

GOOD = "fire ord i en række"
LIFE = Life(timedelta(minutes=60), timedelta(hours=12))


@pytest.fixture
def some(gov):
    """A register with an administrator and somebody else."""
    add_account(gov, "chef", "Chefen", password=GOOD, administrator=True)
    add_account(gov, "anden", "En Anden", password=GOOD, email="anden@kommune.dk")
    return gov


def as_(gov, login):
    """The governance as it is for somebody logged in."""
    return replace(gov, caller=caller_of_session(gov, begun(gov, login), LIFE))


def begun(gov, login, password=GOOD):
    return signed_in(gov, check_password(gov, login, password), LIFE)
