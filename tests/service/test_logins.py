"""Sessions, tokens and identities: how long somebody is logged in, and that an end is one at once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from governance.model import Forbidden
from governance.rights import Duty
from governance.service import (
    Identity,
    account,
    accounts,
    caller_of_session,
    caller_of_token,
    change_password,
    check_password,
    disable_account,
    enable_account,
    end_session,
    end_sessions_of,
    erase_person,
    grant_office,
    make_token,
    may,
    revoke,
    sessions,
    set_password,
    signed_in,
    tokens,
)
from governance.store import reading
from governance.store.schema import sessions as session_rows
from governance.store.schema import tokens as token_rows
from tests.hashing import hasher
from tests.service.accounted import GOOD, LIFE, as_, begun, some
from tests.service.asking import problems

__all__ = ["hasher", "some"]

pytestmark = pytest.mark.usefixtures("hasher")


def queries(gov, act):
    """How many statements something takes."""
    told = []

    def note(_connection, _cursor, statement, *_):
        told.append(statement)

    event.listen(gov.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(gov.engine, "before_cursor_execute", note)
    return [each for each in told if each.startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))]


def test_a_session_is_found_by_its_token_alone_and_costs_one_query_whatever_they_hold(some, clock):
    for day in range(1, 9):
        grant_office(some, "anden", "laeser", from_=f"2025-01-0{day}", to=f"2025-01-0{day}")
    token = begun(some, "anden")
    found = caller_of_session(some, token, LIFE)
    assert (found.account, found.person, len(found.offices), found.scopes) == (
        account(some, "anden").id,
        account(some, "anden").person,
        8,
        None,
    )
    assert len(queries(some, lambda: caller_of_session(some, token, LIFE))) == 1
    clock.now += timedelta(minutes=2)
    assert len(queries(some, lambda: caller_of_session(some, token, LIFE))) == 2
    for other in ("", token[:-1], token + "x", token.upper(), "gov_" + token):
        assert caller_of_session(some, other, LIFE) is None
    with reading(some.engine) as connection:
        kept = str(connection.execute(session_rows.select()).all())
    assert token not in kept


def test_a_session_ends_unused_or_by_its_age(some, clock):
    token = begun(some, "anden")
    for _ in range(13):
        clock.now += timedelta(minutes=50)
        assert caller_of_session(some, token, LIFE)
    clock.now += timedelta(minutes=60)
    assert caller_of_session(some, token, LIFE) is None
    token = begun(some, "anden")
    clock.now += timedelta(minutes=60)
    assert caller_of_session(some, token, LIFE) is None
    token = begun(some, "anden")
    for _ in range(14):
        clock.now += timedelta(minutes=50)
        caller_of_session(some, token, LIFE)
    clock.now += timedelta(minutes=20)
    assert caller_of_session(some, token, LIFE) is None


@pytest.mark.parametrize("end", ["log out", "disable", "password", "all"])
def test_a_session_that_was_ended_is_dead_and_stays_so(some, end):
    token, other = begun(some, "anden"), begun(some, "chef")
    if end == "log out":
        end_session(some, token)
    elif end == "disable":
        disable_account(some, "anden")
        enable_account(some, "anden")
    elif end == "password":
        set_password(some, "anden", "helt nye fire ord")
    else:
        end_sessions_of(as_(some, "anden"))
    assert caller_of_session(some, token, LIFE) is None
    assert caller_of_session(some, other, LIFE)


def test_one_s_own_sessions_are_shown_and_ended_and_another_s_are_not(some):
    here, there = begun(some, "anden"), begun(some, "anden")
    own = replace(some, caller=caller_of_session(some, here, LIFE))
    listed = sessions(own, LIFE, token=here)
    assert sorted((each.here, each.open) for each in listed) == [(False, True), (True, True)]
    theirs = begun(some, "chef")
    (of_chef,) = sessions(some, LIFE, named="chef")
    assert end_sessions_of(own, id_=of_chef.id) == 0
    assert caller_of_session(some, theirs, LIFE)
    with pytest.raises(Forbidden):
        sessions(own, LIFE, named="chef")
    with pytest.raises(Forbidden):
        end_sessions_of(own, named="chef")
    (other,) = [each for each in listed if not each.here]
    assert end_sessions_of(own, id_=other.id) == 1
    assert caller_of_session(some, there, LIFE) is None
    assert caller_of_session(some, here, LIFE)


def test_one_s_own_password_is_changed_by_whoever_knows_it_and_ends_the_other_sessions(some):
    here, there = begun(some, "anden"), begun(some, "anden")
    own = replace(some, caller=caller_of_session(some, here, LIFE))
    said = problems(change_password, own, "forkert", "kort")
    assert [each.split(";")[0] for each in said] == [
        "the present password is not right",
        "the password has 4 characters",
    ]
    (this,) = [each for each in sessions(own, LIFE, token=here) if each.here]
    change_password(own, GOOD, "helt nye fire ord", session=this.id)
    assert caller_of_session(some, here, LIFE)
    assert caller_of_session(some, there, LIFE) is None
    assert check_password(some, "anden", "helt nye fire ord")


def test_a_token_works_within_its_scope_until_its_last_day_and_is_kept_as_a_hash_only(some, clock):
    grant_office(some, "anden", "sekretariat", from_="2025-01-01")
    own = as_(some, "anden")
    made = make_token(own, "min robot", ["read", "audit"], "2025-12-01")
    assert made.token.startswith("gov_")
    found = caller_of_token(some, made.token)
    assert found.scopes == {Duty.READ, Duty.AUDIT}
    asks = replace(some, caller=found)
    assert [may(asks, duty).allowed for duty in (Duty.READ, Duty.AUDIT, Duty.RECORD)] == [True, True, False]
    with reading(some.engine) as connection:
        assert made.token.removeprefix("gov_") not in str(connection.execute(token_rows.select()).all())
    (listed,) = tokens(own)
    assert (listed.name, listed.scopes, listed.last_day, listed.open) == (
        "min robot",
        ("read", "audit"),
        "2025-12-01",
        True,
    )
    assert listed.used_at
    clock.set("2025-12-01", 22)
    assert caller_of_token(some, made.token)
    clock.set("2025-12-01", 23)
    assert caller_of_token(some, made.token) is None
    assert [each.state.en for each in tokens(some)] == ["ended"]


@pytest.mark.parametrize("end", ["revoked", "disabled", "erased"])
def test_a_token_that_was_taken_back_works_no_more(some, end):
    made = make_token(some, "robot", ["read"], "2026-01-01", named="anden")
    assert caller_of_token(some, made.token)
    if end == "revoked":
        revoke(as_(some, "anden"), made.view.id)
        (said,) = problems(revoke, some, made.view.id)
        assert said.startswith("the access token is not there or is revoked already")
    elif end == "disabled":
        disable_account(some, "anden")
    else:
        erase_person(some, account(some, "anden").person, reason="bedt om det")
    assert caller_of_token(some, made.token) is None


def test_a_token_is_made_for_oneself_and_not_by_a_token(some):
    with pytest.raises(Forbidden):
        make_token(as_(some, "chef"), "en andens", ["read"], "2026-01-01", named="anden")
    made = make_token(as_(some, "anden"), "robot", ["read"], "2026-01-01")
    robot = replace(some, caller=caller_of_token(some, made.token))
    for act, words in [
        (make_token, ("ny", ["read"], "2026-01-01")),
        (change_password, (GOOD, "helt nye fire ord")),
    ]:
        with pytest.raises(Forbidden) as error:
            act(robot, *words)
        assert "an access token is not enough" in str(error.value)
    with pytest.raises(Forbidden):
        revoke(as_(some, "anden"), made.view.id, named="chef")
    (said,) = problems(revoke, as_(some, "chef"), made.view.id)
    assert said.startswith("the access token is not there")
    revoke(as_(some, "chef"), made.view.id, named="anden")
    assert caller_of_token(some, made.token) is None


def test_what_cannot_be_a_token_is_told_all_at_once(some):
    own = as_(some, "anden")
    said = problems(make_token, own, " ", ["reed", "write"], "2025-11-19")
    assert said[0] == "the name is missing; write a text"
    assert said[1] == "there is no scope `reed`; did you mean `read`?"
    assert said[-1] == "the last day must lie from 2025-11-20 to 2026-11-21"
    assert problems(make_token, own, "x", [], "")[1] == "the last day is missing; write a date"
    assert tokens(own) == ()


def test_an_identity_from_elsewhere_is_linked_once_by_the_e_mail_an_administrator_wrote(some):
    who = Identity("https://idp", "42", "Anden@kommune.dk")
    found = caller_of_session(some, signed_in(some, who, LIFE), LIFE)
    assert found.account == account(some, "anden").id
    again = signed_in(some, Identity("https://idp", "42"), LIFE)
    assert caller_of_session(some, again, LIFE).account == found.account
    (said,) = problems(signed_in, some, Identity("https://idp", "43", "anden@kommune.dk"), LIFE)
    assert said.startswith("you are recognised, but have no account here")
    (said,) = problems(signed_in, some, Identity("https://idp", "44"), LIFE)
    assert said.startswith("you are recognised, but have no account here")
    disable_account(some, "anden")
    assert problems(signed_in, some, who, LIFE) == [
        "the account is disabled; ask an administrator to enable it"
    ]
    assert len(accounts(some)) == 2
