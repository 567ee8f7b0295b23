"""An access token does what its scope names and nothing besides, its owner's own account included."""

from dataclasses import replace

import pytest

from governance.model import Forbidden
from governance.rights import Duty, own_permission
from governance.service import (
    Caller,
    Office,
    add_account,
    caller_of_token,
    change_password,
    end_sessions_of,
    make_token,
    revoke,
    set_password,
    tokens,
)

BUT_KEEP = [duty for duty in Duty if duty is not Duty.KEEP]


@pytest.fixture
def token(gov):
    """Makes a token of one account within a scope, and asks as the program that carries it."""
    add_account(gov, "anna", "Anna Ager")

    def made(*scopes):
        new = make_token(gov, "robot", [each.value for each in scopes], "2026-11-20", named="anna")
        return replace(gov, caller=caller_of_token(gov, new.token))

    return made


@pytest.mark.parametrize("outlives", [False, True])
def test_who_logged_in_may_manage_their_own_account(outlives):
    assert own_permission(Caller("anna"), outlives=outlives).allowed


@pytest.mark.parametrize("scope", BUT_KEEP)
def test_a_token_without_the_keeping_of_accounts_ends_no_login_and_no_token(gov, token, scope):
    robot = token(scope)
    (own,) = tokens(gov, named="anna")
    for deed in (lambda: revoke(robot, own.id), lambda: end_sessions_of(robot)):
        with pytest.raises(Forbidden) as refused:
            deed()
        assert "make one whose scope has `keep`" in refused.value.problems[0].en
    assert [each.open for each in tokens(gov, named="anna")] == [True]


def test_a_token_with_the_keeping_of_accounts_revokes_its_owners_tokens(gov, token):
    robot = token(Duty.READ, Duty.KEEP)
    (own,) = tokens(gov, named="anna")
    end_sessions_of(robot)
    revoke(robot, own.id)
    assert [each.open for each in tokens(gov, named="anna")] == [False]


def test_no_token_makes_what_outlives_it(token):
    robot = token(*Duty)
    robot = replace(robot, caller=replace(robot.caller, offices=(Office("administrator"),)))
    for deed in (
        lambda: make_token(robot, "ny", ["read"], "2026-11-20"),
        lambda: change_password(robot, "før", "fire ord i en række"),
        lambda: set_password(robot, "anna", "fire ord i en række"),
    ):
        with pytest.raises(Forbidden) as refused:
            deed()
        assert "log in yourself" in refused.value.problems[0].en
