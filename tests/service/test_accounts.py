"""Accounts and offices: who may log in, who may do what, and that a right withdrawn is gone at once."""

from dataclasses import replace
from datetime import date

import pytest

from governance.model import Forbidden
from governance.rights import Caller, Duty, Office
from governance.service import (
    DEMO_PASSWORD,
    Identity,
    accesses,
    account,
    accounts,
    add_account,
    any_account,
    audit_verify,
    backup,
    caller_of_session,
    caller_of_token,
    check_password,
    demo_accounts,
    disable_account,
    enable_account,
    end_session,
    erase_person,
    erasure_of,
    grant_office,
    make_token,
    may,
    offices,
    open_governance,
    people,
    restore,
    sessions,
    set_password,
    signed_in,
    tokens,
    withdraw_office,
)
from governance.store import reading
from governance.store.schema import accounts as account_rows
from tests.hashing import hasher
from tests.service.accounted import GOOD, LIFE, as_, begun, some
from tests.service.asking import problems

__all__ = ["hasher", "some"]

pytestmark = pytest.mark.usefixtures("hasher")

SHORT = "kort"


def test_the_first_administrator_is_made_by_whoever_is_trusted_and_keeps_accounts_from_then_on(gov):
    assert not any_account(gov)
    made = add_account(gov, "  Chef ", "Chefen", password=GOOD, administrator=True)
    assert any_account(gov)
    assert (made.login, made.name, made.has_password) == ("chef", "Chefen", True)
    assert [(each.role, each.from_, each.to, each.held) for each in made.offices] == [
        ("administrator", "2025-11-20", "", True)
    ]
    assert may(as_(gov, "chef"), Duty.KEEP).allowed
    assert not may(as_(gov, "chef"), Duty.RECORD).allowed


def test_what_cannot_be_an_account_is_told_all_at_once(some):
    said = problems(add_account, some, "to ord", "?", password=SHORT, email="ingen mail")
    assert [each.split(";")[0] for each in said] == [
        "`to ord` cannot be a login",
        "`?` cannot be read as a name",
        "`ingen mail` is no e-mail",
        "the password has 4 characters",
    ]
    said = problems(add_account, some, "ANDEN", "Ny", email="Anden@Kommune.dk")
    assert said == [
        "another account has the login `anden`",
        "another account has the e-mail `anden@kommune.dk`",
    ]
    assert [each.login for each in accounts(some)] == ["anden", "chef"]


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("elleve tegn", "the password has 11 characters; write 12 to 1000"),
        ("x" * 1001, "the password has 1001 characters"),
        ("a" * 40, "the password is easy to guess"),
        ("Chef1234567890", "the password is easy to guess"),
        ("en lang \x07 adgangskode", "the password holds characters that cannot be used"),
    ],
)
def test_a_password_that_is_no_good_is_refused_with_what_would_be(some, password, said):
    (found,) = problems(set_password, some, "chef", password)
    assert found.startswith(said)
    assert check_password(some, "chef", GOOD)


@pytest.mark.parametrize("password", ["tolv tegn nu", "å" * 4 + "1234" * 249, "a\u030aben og lukket dør"])
def test_a_password_of_twelve_to_a_thousand_characters_fits_however_its_letters_are_composed(some, password):
    import unicodedata

    set_password(some, "chef", password)
    assert check_password(some, "CHEF", unicodedata.normalize("NFC", password))
    assert check_password(some, "chef", unicodedata.normalize("NFD", password))
    assert check_password(some, "chef", GOOD) is None


def test_a_login_that_is_unknown_disabled_or_without_password_costs_as_much_as_a_wrong_password(some, hasher):
    add_account(some, "udefra", "Udefra", email="u@kommune.dk")
    disable_account(some, "anden")
    check_password(some, "ingen", "før den første")
    for login, password in [
        ("ingen", GOOD),
        ("udefra", GOOD),
        ("anden", GOOD),
        ("chef", "forkert kode"),
        ("chef", "x" * 5000),
        ("chef", "\ud800"),
    ]:
        hasher.asked.clear()
        assert check_password(some, login, password) is None
        assert hasher.asked == ["verify"], login
    hasher.asked.clear()
    assert check_password(some, "chef", GOOD)
    assert hasher.asked == ["verify"]


def test_only_whoever_keeps_accounts_changes_them(some):
    anybody = as_(some, "anden")
    office = grant_office(some, "anden", "laeser")
    for act, words in [
        (accounts, ()),
        (add_account, ("ny", "Ny")),
        (set_password, ("chef", GOOD)),
        (disable_account, ("chef",)),
        (enable_account, ("chef",)),
        (grant_office, ("anden", "administrator")),
        (withdraw_office, (office.id,)),
        (offices, ()),
        (account, ("chef",)),
    ]:
        with pytest.raises(Forbidden):
            act(anybody, *words)
    assert account(anybody).login == "anden"
    keeper = as_(some, "chef")
    assert grant_office(keeper, "anden", "revisor").granted_by == "Chefen"
    assert [each.role for each in offices(as_(some, "anden"), "anden")] == ["laeser", "revisor"]


def test_an_office_is_checked_against_the_rulebook_and_everything_wrong_is_told_at_once(some):
    said = problems(
        grant_office,
        some,
        "andem",
        "medlen",
        from_="2025-13-01",
        to="marts 2026",
    )
    assert said[0] == "there is no role `medlen`; did you mean `medlem`?"
    assert said[-1] == "there is no account `andem`; did you mean `anden`?"
    assert len(said) == 4
    said = problems(grant_office, some, "anden", "medlem", body="referencegrupen", organisation="Horsen")
    assert said == [
        "there is no body `referencegrupen`; did you mean `referencegruppen`?",
        "there is no organisation `Horsen`; did you mean `Horsens`?",
    ]
    said = problems(grant_office, some, "anden", "sekretariat", body="kombit")
    assert said == ["the role `sekretariat` holds everywhere; leave the body blank"]
    assert problems(grant_office, some, "anden", "mandat") == ["the role `mandat` needs its body"]
    (said,) = problems(grant_office, some, "anden", "laeser", from_="2026-01-02", to="1.1.2026")
    assert said.startswith("the last day 2026-01-01 comes before the first 2026-01-02")
    assert offices(some, "anden") == ()


def test_the_same_office_is_not_held_twice_in_the_same_time(some):
    grant_office(some, "anden", "laeser", from_="2025-01-01", to="2025-12-31")
    (said,) = problems(grant_office, some, "anden", "laeser", from_="2025-12-31")
    assert said.startswith("the account holds the office from 2025-01-01 to 2025-12-31")
    assert grant_office(some, "anden", "laeser", from_="2026-01-01").state.en == "begins later"
    assert grant_office(some, "anden", "revisor").held


def test_an_office_counts_on_its_days_and_a_withdrawn_one_refuses_the_very_next_request(some, clock):
    office = grant_office(some, "anden", "sekretariat", from_="2025-11-20", to="2025-11-21")
    token = begun(some, "anden")

    def may_record():
        return may(replace(some, caller=caller_of_session(some, token, LIFE)), Duty.RECORD).allowed

    assert may_record()
    clock.set("2025-11-22")
    token = begun(some, "anden")
    assert not may_record()
    clock.set("2025-11-21")
    assert may_record()
    withdrawn = withdraw_office(as_(some, "chef"), office.id)
    assert (withdrawn.state.en, withdrawn.withdrawn_by) == ("withdrawn", "Chefen")
    assert not may_record()
    assert [each.state.en for each in offices(some, "anden")] == ["withdrawn"]
    (said,) = problems(withdraw_office, some, office.id)
    assert said.startswith("the office is not there or is withdrawn already")


def test_nobody_shuts_themselves_out(some):
    keeper = as_(some, "chef")
    assert problems(disable_account, keeper, "chef") == [
        "you cannot disable your own account; ask another administrator"
    ]
    (office,) = offices(some, "chef")
    (said,) = problems(withdraw_office, keeper, office.id)
    assert said.startswith("you cannot withdraw your own office as administrator")
    assert withdraw_office(some, office.id).state.en == "withdrawn"


def test_logins_and_changes_stand_in_the_access_log_without_what_was_typed(some):
    check_password(some, "hemmeligt kodeord", "x")
    check_password(some, "anden", "forkert")
    end_session(some, begun(some, "anden"))
    grant_office(as_(some, "chef"), "anden", "laeser")
    lines = [(each.did, each.outcome.en) for each in accesses(some)]
    assert lines[-6:] == [
        ("log in", "refused"),
        ("log in", "refused"),
        ("log in", "answered"),
        ("log out", "answered"),
        ("log in", "answered"),
        ("office granted: laeser", "answered"),
    ]
    assert "hemmeligt" not in str(accesses(some))
    ref = account(some, "anden").person
    assert {each.what for each in accesses(some, about=ref) if each.did.startswith("office")} == {ref}


def test_an_erased_person_s_account_sessions_and_tokens_go_and_their_offices_stay_withdrawn(each_gov):
    add_account(each_gov, "frida", "Frida Klokkeblomst", password=GOOD, email="frida@kommune.dk")
    add_account(each_gov, "andre", "Andre", password=GOOD, email="klokkeblomst@kommune.dk")
    grant_office(each_gov, "frida", "laeser", from_="2025-01-01")
    token = begun(each_gov, "frida")
    make_token(each_gov, "Klokkeblomsts robot", ["read"], "2026-01-01", named="andre")
    make_token(each_gov, "robot", ["read"], "2026-01-01", named="frida")
    ref = account(each_gov, "frida").person
    told = erasure_of(each_gov, ref, also=["Klokkeblomst"])
    assert (told.accounts, told.tokens) == (1, 1)
    assert [each.en for each in told.left] == ["the login or e-mail of the account andre"]
    done = erase_person(each_gov, ref, reason="bedt om det", also=["Klokkeblomst"])
    assert done.swept
    assert caller_of_session(each_gov, token, LIFE) is None
    assert [each.login for each in accounts(each_gov)] == ["andre"]
    assert [(each.name, each.login) for each in tokens(each_gov)] == [("[slettet]", "andre")]
    (office,) = offices(each_gov)
    assert (office.login, office.name, office.state.en) == ("", "[slettet]", "withdrawn")
    assert audit_verify(each_gov).problems == ()


def test_a_restored_register_has_the_accounts_and_nobody_logged_in(some, tmp_path):
    token = begun(some, "anden")
    backup(some, tmp_path / "copy")
    restore(tmp_path / "copy", str(tmp_path / "new.sqlite"))
    again = open_governance(f"sqlite:///{tmp_path / 'new.sqlite'}", now=some.now)
    assert [each.login for each in accounts(again)] == ["anden", "chef"]
    assert caller_of_session(again, token, LIFE) is None
    assert check_password(again, "anden", GOOD)
    again.engine.dispose()


def test_accounts_work_alike_on_each_kind_of_database(each_gov):
    add_account(each_gov, "chef", "Chefen", password=GOOD, administrator=True)
    token = begun(each_gov, "chef")
    asks = replace(each_gov, caller=caller_of_session(each_gov, token, LIFE))
    add_account(asks, "anden", "En Anden", email="anden@kommune.dk")
    add_account(asks, "tredje", "En Tredje")
    office = grant_office(asks, "anden", "medlem", body="referencegruppen", organisation="Horsens")
    assert withdraw_office(asks, office.id).withdrawn_by == "Chefen"
    made = make_token(asks, "robot", ["read"], "2026-01-01")
    assert caller_of_token(each_gov, made.token).account == asks.caller.account
    assert signed_in(each_gov, Identity("https://idp", "1", "anden@kommune.dk"), LIFE)
    end_session(each_gov, token)
    assert caller_of_session(each_gov, token, LIFE) is None


def test_the_demo_has_an_account_of_every_kind_and_a_member_for_each_municipality_it_knows(demo):
    made = demo_accounts(demo)
    assert demo_accounts(demo) == made
    members = [each for each in made if each.offices[0].role == "medlem"]
    assert {each.offices[0].organisation for each in members} == {
        *("Horsens", "Middelfart", "Lolland", "Køge", "Fredensborg", "Aalborg", "Glostrup", "Fredericia")
    }
    assert {each.offices[0].role for each in made} == {
        *("sekretariat", "mandat", "medlem", "laeser", "revisor", "administrator")
    }
    assert all(each.name.endswith("(demo)") for each in made)
    assert may(as_demo(demo, "sekretariatet"), Duty.RECORD).allowed
    assert may(as_demo(demo, "projektgruppen"), Duty.ACT, body="projektgruppen").allowed
    assert not may(as_demo(demo, "projektgruppen"), Duty.ACT, body="referencegruppen").allowed


def as_demo(gov, login):
    return replace(gov, caller=caller_of_session(gov, begun(gov, login, DEMO_PASSWORD), LIFE))


def test_demo_accounts_cannot_be_made_in_a_register_that_is_not_the_demo_s(gov, rulebooks):
    from governance.service import add_person, load_demo

    (said,) = problems(demo_accounts, gov)
    assert said.startswith("the register is not the demo's")
    add_person(gov, "Nogen Rigtig")
    load_demo(gov)
    (said,) = problems(demo_accounts, gov)
    assert said.startswith("the register is not the demo's")
    assert [each.name for each in people(gov)] == ["Nogen Rigtig"]


def test_a_caller_from_a_host_s_own_loader_has_no_account_here(gov):
    asks = replace(gov, caller=Caller("vært", "Vært", (Office("laeser", from_=date(2020, 1, 1)),)))
    for act in (account, tokens, lambda gov: sessions(gov, LIFE)):
        with pytest.raises(Forbidden, match="not logged in with an account of this place"):
            act(asks)


def test_no_row_of_an_account_holds_a_password_in_clear(some):
    with reading(some.engine) as connection:
        rows = connection.execute(account_rows.select()).all()
    assert GOOD not in str(rows)
