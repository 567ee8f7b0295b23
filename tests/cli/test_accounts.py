"""Accounts, offices and access tokens by command; a password is never a word of one."""

from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from governance.cli import cli
from governance.service import Life, caller_of_session, check_password, open_governance
from tests.hashing import hasher

__all__ = ["hasher"]
pytestmark = pytest.mark.usefixtures("hasher")

GOOD = "fire ord i en række"


def soon():
    """A day that a token may last until."""
    return (datetime.now(UTC) + timedelta(days=30)).date().isoformat()


def told(*words, say):
    """A command that is told something on its standard input."""
    return CliRunner().invoke(cli, words, input=say)


def test_the_first_administrator_is_made_by_a_command_that_asks_for_the_password(run):
    answer = told("accounts", "add", "chef", "--person", "Chefen", "--administrator", say=f"{GOOD}\n{GOOD}\n")
    assert answer.exit_code == 0
    assert GOOD not in answer.output
    (made,) = run("accounts", "list", "--json").json
    assert (made["login"], made["name"], [each["role"] for each in made["offices"]]) == (
        "chef",
        "Chefen",
        ["administrator"],
    )
    gov = open_governance()
    assert check_password(gov, "chef", GOOD)
    assert caller_of_session(gov, "", Life(None, None)) is None
    gov.engine.dispose()


def test_two_passwords_that_differ_or_one_that_is_no_good_make_no_account(run):
    assert run("init").code == 0
    answer = told("accounts", "add", "chef", "--person", "Chefen", say=f"{GOOD}\nen helt anden\n")
    assert (answer.exit_code, "er ikke ens" in answer.stderr) == (2, True)
    answer = told("accounts", "add", "chef", "--person", "Chefen", "--stdin", say="kort\n")
    assert (answer.exit_code, "adgangskoden er på 4 tegn" in answer.stderr) == (2, True)
    assert "Der er ingen konti" in run("accounts", "list").out


def test_an_account_is_given_offices_and_tokens_and_loses_them(run):
    assert run("accounts", "add", "ny", "--person", "Den Nye", "--no-password").code == 0
    granted = run("offices", "grant", "ny", "mandat", "--body", "projektgruppen", "--json").json
    assert (granted["role"], granted["body"], granted["held"]) == ("mandat", "projektgruppen", True)
    assert "mandat" in run("offices", "list", "ny").out
    assert run("offices", "grant", "ny", "mandatt").err.startswith("rollen `mandatt` findes ikke; mente du")
    assert run("offices", "withdraw", granted["id"]).code == 0
    assert "trukket tilbage" in run("offices", "list").out
    made = run("tokens", "make", "ny", "robot", "--last-day", soon(), "--json").json
    assert made["token"].startswith("gov_")
    listed = run("tokens", "list", "ny").out
    assert "robot" in listed
    assert made["token"] not in listed
    assert run("tokens", "revoke", made["view"]["id"]).code == 0
    assert run("tokens", "revoke", made["view"]["id"]).code == 2
    assert run("accounts", "disable", "ny").code == 0
    assert "lukket" in run("accounts", "list").out
    assert run("accounts", "enable", "ny").code == 0
    assert told("accounts", "password", "ny", "--stdin", say=f"{GOOD}\n").exit_code == 0
