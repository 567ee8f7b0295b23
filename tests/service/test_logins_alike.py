"""Logins that look alike are one; e-mails that only look alike are two."""

import pytest

from governance.service import Identity, account, add_account, check_password, signed_in
from tests.service.accounted import GOOD, LIFE, some
from tests.service.asking import problems

__all__ = ["some"]
ALIKE = ["Anden", "anden  ", "\u00a0anden", "\uff41nden", "an\u00adden", "anden\u200b", "\ufeffanden"]


@pytest.mark.parametrize("typed", ALIKE)
def test_a_login_is_found_however_it_was_typed_or_pasted(some, typed):
    found = check_password(some, typed, GOOD)
    assert found == check_password(some, "anden", GOOD)
    assert found is not None


@pytest.mark.parametrize("typed", ALIKE)
def test_no_second_account_has_a_login_that_looks_the_same(some, typed):
    assert problems(add_account, some, typed, "Ny") == ["another account has the login `anden`"]


@pytest.mark.parametrize(
    "login", ["\u0430nden", "and\u03bfn", "an\u0434en"], ids=["cyrillic", "greek", "mixed"]
)
def test_a_login_in_letters_of_another_script_is_refused(some, login):
    (said,) = problems(add_account, some, login, "Ny")
    assert "write Latin letters" in said


@pytest.mark.parametrize("login", ["søren.å", "þórður", "jürgen-2"])
def test_a_login_in_any_latin_letters_is_taken(some, login):
    assert add_account(some, login.upper(), "Ny").login == login


@pytest.mark.parametrize("email", ["Anden@Kommune.DK", " anden@kommune.dk "])
def test_a_provider_may_write_an_e_mail_in_other_letters(some, email):
    assert signed_in(some, Identity("https://udbyder", "42", email), LIFE)
    assert signed_in(some, Identity("https://udbyder", "42", email.swapcase()), LIFE)
    assert account(some, "anden").provider == "https://udbyder"


def test_an_e_mail_that_only_looks_like_that_of_an_account_opens_it_not(some):
    add_account(some, "mike", "Mike", email="mike@kommune.dk")
    for alike in ("mi\u212ae@kommune.dk", "\uff4dike@kommune.dk", "mike@\u212aommune.dk"):
        (said,) = problems(signed_in, some, Identity("https://udbyder", alike, alike), LIFE)
        assert "you are recognised, but have no account here" in said
        (told,) = problems(add_account, some, "anden-mike", "Mike To", email=alike)
        assert "is no e-mail" in told
    assert account(some, "mike").provider == ""
