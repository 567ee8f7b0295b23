"""Login by OpenID Connect, against a provider that answers rightly and wrongly."""

import html
from secrets import token_hex

import pytest
import requests
from joserfc.jwk import RSAKey

from governance.service import account, accounts, open_governance
from tests.hashing import hasher
from tests.served import served
from tests.web.logins import Clock, fill, log_in, token_on
from tests.web.provider import CLIENT, SECRET, running
from web import create_app, oidc
from web.settings import Settings

__all__ = ["hasher"]
pytestmark = pytest.mark.usefixtures("hasher")


@pytest.fixture(scope="module")
def one_provider():
    with running() as provider:
        yield provider


@pytest.fixture
def provider(one_provider):
    one_provider.changed.clear()
    one_provider.other_key = None
    one_provider.leaves = False
    one_provider.who = {"sub": "42", "email": "ny@kommune.dk", "email_verified": True}
    return one_provider


@pytest.fixture
def gov(tmp_path):
    made = open_governance(f"sqlite:///{tmp_path / 'record.sqlite'}", now=Clock())
    fill(made)
    yield made
    made.engine.dispose()


@pytest.fixture
def client(gov, provider):
    settings = Settings(
        secret_key=token_hex(),
        oidc_issuer=provider.address,
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
        oidc_label="Kommunens login",
    )
    return create_app(gov, settings=settings).test_client()


def there(client, following=""):
    """Go to the provider and give the address it sends one back to."""
    answer = client.get("/login/provider", query_string={"next": following} if following else {})
    assert answer.status_code == 302
    back = requests.get(answer.location, allow_redirects=False, timeout=20).headers["Location"]
    return back.removeprefix("http://localhost")


def is_in(client):
    return client.get("/account").status_code == 200


def test_whoever_the_provider_proves_comes_in_to_the_account_of_their_verified_e_mail(client, gov, provider):
    assert "Log ind med Kommunens login" in client.get("/login").text
    answer = client.get(there(client, "/report"))
    assert (answer.status_code, answer.location) == (303, "/report")
    assert "Den Nye" in client.get("/account").text
    assert account(gov, "ny").provider == provider.address
    provider.who = {"sub": "42"}
    client.post("/logout")
    assert client.get(there(client)).status_code == 303


@pytest.mark.parametrize(
    "who",
    [
        {"sub": "7", "email": "ukendt@kommune.dk", "email_verified": True},
        {"sub": "7", "email": "ny@kommune.dk", "email_verified": False},
        {"sub": "7", "email": "ny@kommune.dk"},
        {"sub": "7", "email": "ny@kommune.dk", "email_verified": "true"},
        {"sub": "7"},
    ],
)
def test_whoever_has_no_account_is_told_so_and_none_is_made(client, gov, provider, who):
    provider.who = who
    answer = client.get(there(client))
    assert answer.status_code == 400
    assert "du er genkendt, men har ingen konto her" in answer.text.casefold()
    assert len(accounts(gov)) == 3
    assert not is_in(client)


@pytest.mark.parametrize(
    "changed",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another"},
        {"iss": "https://x"},
        {"exp": 1},
        {"sub": None},
    ],
    ids=lambda changed: f"{next(iter(changed))}-{next(iter(changed.values()))}",
)
def test_a_proof_that_is_not_for_this_login_proves_nothing(client, provider, changed):
    provider.changed.update(changed)
    answer = client.get(there(client))
    assert answer.status_code == 400
    assert "passer ikke til det login" in answer.text
    assert not is_in(client)


def test_a_proof_signed_by_somebody_else_proves_nothing(client, provider):
    provider.other_key = RSAKey.generate_key(2048, {"kid": "1", "use": "sig"})
    assert client.get(there(client)).status_code == 400
    assert not is_in(client)


def test_a_forged_state_another_browser_s_answer_and_a_replayed_code_are_refused(client):
    back = there(client)
    other = client.application.test_client()
    assert other.get(back).status_code == 400
    assert client.get(back.partition("&state=")[0] + "&state=forged").status_code == 400
    assert not is_in(client)
    assert client.get(back).status_code == 303
    answer = client.get(back)
    assert answer.status_code == 400
    assert client.get("/login/provider/back?error=access_denied&state=x").status_code == 400
    assert client.get("/login/provider/back").status_code == 400


def test_a_provider_that_does_not_answer_is_said_plainly(gov):
    settings = Settings(secret_key="x" * 32, oidc_issuer="http://127.0.0.1:9", oidc_client_id=CLIENT)
    client = create_app(gov, settings=settings).test_client()
    answer = client.get("/login/provider")
    assert answer.status_code == 400
    assert "loginudbyderen svarer ikke" in answer.text.casefold()


def test_without_a_provider_there_is_no_way_to_one(gov):
    client = create_app(gov, settings=Settings(secret_key="x" * 32)).test_client()
    assert "Log ind med" not in client.get("/login").text
    assert client.get("/login/provider").status_code == 404


def logged_out(client):
    return client.post("/logout", data={"csrf_token": token_on(client, "/account")})


def test_logging_out_leads_to_the_provider_that_can_and_back_to_our_login(client, provider):
    provider.leaves = True
    client.get(there(client))
    answer = logged_out(client)
    assert not is_in(client)
    way = answer.headers["Refresh"].removeprefix("0; url=")
    assert way.startswith(f"{provider.address}/leave?")
    assert html.escape(way) in answer.text
    assert "id_token_hint" not in way
    back = requests.get(way, allow_redirects=False, timeout=20).headers["Location"]
    assert back.startswith("http://localhost/login?state=")
    assert "Du er logget ud, både her og af Kommunens login" in client.get(back).text
    assert "Du er logget ud, både" not in client.get(back).text


def test_logging_out_stays_here_where_the_provider_cannot_or_did_not_let_in(client, gov, provider):
    client.get(there(client))
    answer = logged_out(client)
    assert (answer.status_code, answer.location) == (303, "/login")
    provider.leaves = True
    log_in(client, "sekretariat")
    answer = logged_out(client)
    assert (answer.status_code, answer.location) == (303, "/login")


def test_logging_out_stays_here_where_the_provider_is_no_longer_one_of_ours(client):
    client.get(there(client))
    del client.application.extensions[oidc.CLIENT]
    answer = logged_out(client)
    assert (answer.status_code, answer.location) == (303, "/login")
    assert not is_in(client)


def test_a_browser_follows_the_way_out_and_back(client, provider, page):
    provider.leaves = True
    with served(client.application) as address:
        page.goto(f"{address}/login")
        page.get_by_role("link", name="Log ind med Kommunens login").click()
        page.get_by_role("button", name="Log ud").click()
        page.get_by_text("både her og af Kommunens login").wait_for()
        assert page.url.startswith(f"{address}/login?state=")


@pytest.mark.parametrize("state", ["", "forged"])
def test_a_state_of_no_logout_of_this_browser_says_nothing(client, state):
    assert "Du er logget ud" not in client.get(f"/login?state={state}").text
