"""The pages of accounts: one's own, everybody's for whoever keeps them, and who may do what."""

import re
from secrets import token_hex

import pytest

from governance.service import account, caller_of_token, offices, open_governance, tokens
from tests.browser import OVERFLOW, violations
from tests.hashing import hasher
from tests.served import TOKEN, served
from tests.web.logins import GOOD, Clock, cookie_of, fill, log_in, send
from web import create_app
from web.settings import Settings

__all__ = ["hasher"]
pytestmark = pytest.mark.usefixtures("hasher")
NEW = "helt nye fire ord"


@pytest.fixture
def gov(tmp_path):
    made = open_governance(f"sqlite:///{tmp_path / 'record.sqlite'}", now=Clock())
    fill(made)
    yield made
    made.engine.dispose()


@pytest.fixture
def app(gov):
    return create_app(gov, settings=Settings(secret_key=token_hex(), login_rate="100 per minute"))


@pytest.fixture
def as_(app):
    """A browser in which somebody is logged in."""

    def logged_in(login):
        client = app.test_client()
        assert log_in(client, login).status_code == 303
        return client

    return logged_in


def test_a_password_is_changed_by_whoever_knows_it_and_their_other_logins_end(as_):
    here, there = as_("ny"), as_("ny")
    wrong = {"before": "forkert", "password": NEW, "again": NEW}
    assert "er ikke rigtig" in send(here, "/account", "password", **wrong).text
    unalike = {"before": GOOD, "password": NEW, "again": "noget andet"}
    assert "er ikke ens" in send(here, "/account", "password", **unalike).text
    assert send(here, "/account", "password", before=GOOD, password=NEW, again=NEW).status_code == 303
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303
    assert log_in(there, "ny", NEW).status_code == 303


def test_a_token_is_shown_once_and_revoked_after_a_question(as_, gov):
    client = as_("sekretariat")
    made = send(client, "/account", "token", name="robot", scope="read", last_day="2025-12-31")
    token = re.search(r"gov_[\w-]+", made.text)[0]
    assert caller_of_token(gov, token)
    page = client.get("/account").text
    assert token not in page
    assert '<td data-label="Omfang">Se registret</td>' in page
    (known,) = tokens(gov, named="sekretariat")
    asked = send(client, "/account", "revoke", target=known.id)
    assert "Tilbagekald adgangsnøglen?" in asked.text
    assert caller_of_token(gov, token)
    assert send(client, "/account", "revoke", target=known.id, sure="yes").status_code == 303
    assert caller_of_token(gov, token) is None


def test_an_administrator_makes_an_account_gives_it_an_office_and_takes_it_back(as_, gov):
    client = as_("chef")
    bad = send(client, "/accounts", "add", login="to ord", name="En Tredje", password=NEW)
    assert bad.status_code == 400
    assert 'value="En Tredje"' in bad.text
    made = send(client, "/accounts", "add", login="tredje", name="En Tredje", password=NEW)
    assert made.status_code == 303
    here = made.location
    bad = send(client, here, "grant", role="medlem", body="referencegruppen", organisation="Horsen")
    assert "mente du »Horsens«" in bad.text
    grant = {"role": "medlem", "body": "referencegruppen", "organisation": "Horsens"}
    assert send(client, here, "grant", **grant).status_code == 303
    (office,) = offices(gov, "tredje")
    assert (office.granted_by, office.held) == ("Chefen", True)
    assert "Horsens" in client.get("/rights").text
    assert "Træk embedet tilbage?" in send(client, here, "withdraw", target=office.id).text
    assert send(client, here, "withdraw", target=office.id, sure="yes").status_code == 303
    assert not offices(gov, "tredje")[0].held
    assert send(client, here, "disable", sure="yes").status_code == 303
    assert account(gov, "tredje").disabled_at


@pytest.mark.parametrize("login", ["sekretariat", "ny"])
def test_nobody_else_keeps_accounts(as_, gov, login):
    client = as_(login)
    other = f"/accounts/{account(gov, 'chef').id}"
    for path in ("/accounts", other):
        assert client.get(path).status_code == 403
        assert send(client, "/account", "").status_code == 400
    before = offices(gov)
    for path in ("/accounts", other):
        page = TOKEN.search(client.get("/account").text)[1]
        sent = {"csrf_token": page, "form": "grant", "role": "administrator", "login": "x", "name": "x"}
        assert client.post(path, data=sent).status_code == 403
    assert offices(gov) == before
    assert client.get("/rights").status_code == {"sekretariat": 200, "ny": 403}[login]


@pytest.mark.browser
def test_the_pages_of_accounts_are_accessible_wide_and_narrow(page, app, as_, gov):
    client = as_("chef")
    paths = ["/account", "/accounts", f"/accounts/{account(gov, 'sekretariat').id}", "/rights", "/login"]
    with served(app) as host:
        page.context.add_cookies([{"name": "governance", "value": cookie_of(client), "url": host}])
        for path in paths:
            for language in ("da", "en"):
                page.set_viewport_size({"width": 1280, "height": 900})
                page.goto(f"{host.rstrip('/')}{path}?lang={language}")
                assert violations(page) == [], path
            page.set_viewport_size({"width": 320, "height": 640})
            assert page.evaluate(OVERFLOW) in (False, 0, []), path
