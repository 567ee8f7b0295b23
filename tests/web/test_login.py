"""Logging in and out of the pages: who comes in, who does not, and what a cookie is worth."""

import re
from dataclasses import replace
from secrets import token_hex
from urllib.parse import quote

import pytest
from flask.sessions import SecureCookieSessionInterface

from governance.service import (
    accesses,
    disable_account,
    make_token,
    offices,
    open_governance,
    revoke,
    withdraw_office,
)
from tests.hashing import hasher
from tests.web.logins import GOOD, Clock, cookie_of, fill, log_in, send, token_on
from web import create_app
from web.settings import Settings

__all__ = ["hasher"]
pytestmark = pytest.mark.usefixtures("hasher")


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def gov(tmp_path, clock):
    made = open_governance(f"sqlite:///{tmp_path / 'record.sqlite'}", now=clock)
    yield made
    made.engine.dispose()


@pytest.fixture
def app(gov):
    fill(gov)
    return create_app(gov, settings=Settings(secret_key=token_hex()))


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def logged_in(client):
    assert log_in(client, "sekretariat").status_code == 303
    return client


def refused(client):
    answer = client.get("/report")
    return (answer.status_code, answer.headers.get("Location")) == (303, "/login?next=/report")


def test_whoever_is_not_logged_in_sees_no_page_and_is_led_back_to_where_they_wanted(client):
    answer = client.get("/report?on=2025-09-09&known=")
    assert answer.status_code == 303
    page = client.get(answer.location).text
    asked = re.search(r'name="next" value="([^"]*)"', page)[1].replace("&amp;", "&")
    assert asked == "/report?on=2025-09-09&known="
    answer = log_in(client, "sekretariat", next=asked)
    assert (answer.status_code, answer.location) == (303, asked)
    assert client.get(answer.location).status_code == 200
    assert "Sekretariatet" in client.get("/report").text


@pytest.mark.parametrize(
    ("login", "password"), [("sekretariat", "forkert kode"), ("ingen", GOOD), ("", ""), ("sekretariat", "")]
)
def test_a_wrong_login_and_a_wrong_password_get_the_same_answer(client, login, password):
    answer = log_in(client, login, password)
    assert answer.status_code == 401
    assert "login og adgangskode passer ikke sammen" in answer.text.casefold()
    assert refused(client)


def test_a_copied_cookie_is_dead_after_logout(app, logged_in):
    copy = cookie_of(logged_in)
    assert send(logged_in, "/account", "").status_code == 400
    answer = logged_in.post("/logout", data={"csrf_token": token_on(logged_in, "/account")})
    assert (answer.status_code, answer.location) == (303, "/login")
    thief = app.test_client()
    thief.set_cookie("governance", copy)
    assert refused(thief)


def test_logging_out_takes_a_form_of_ours(logged_in):
    assert logged_in.get("/logout").status_code == 405
    assert logged_in.post("/logout").status_code == 400
    assert not refused(logged_in)


def test_a_cookie_planted_before_the_login_is_worth_nothing_after_it(app, client):
    client.get("/login")
    planted = cookie_of(client)
    victim = app.test_client()
    victim.set_cookie("governance", planted)
    log_in(victim, "sekretariat")
    assert cookie_of(victim) != planted
    assert refused(client)
    inside = SecureCookieSessionInterface().get_signing_serializer(app)
    before, after = inside.loads(planted), inside.loads(cookie_of(victim))
    assert "login" not in before
    assert before["csrf_token"] != after.get("csrf_token")


def test_a_new_login_ends_the_one_the_cookie_held(app, logged_in):
    old = cookie_of(logged_in)
    log_in(logged_in, "chef")
    other = app.test_client()
    other.set_cookie("governance", old)
    assert refused(other)


def test_a_login_form_of_another_site_is_refused(client):
    assert client.post("/login", data={"login": "sekretariat", "password": GOOD}).status_code == 400
    assert refused(client)


def test_a_login_ends_unused_and_by_its_age_and_the_page_says_so(logged_in, clock):
    clock.go_on(minutes=59)
    assert logged_in.get("/report").status_code == 200
    clock.go_on(minutes=60)
    answer = logged_in.get("/report", follow_redirects=True)
    assert "Du er logget ud" in answer.text
    log_in(logged_in, "sekretariat")
    for _ in range(14):
        clock.go_on(minutes=50)
        logged_in.get("/report")
    clock.go_on(minutes=21)
    assert refused(logged_in)


def test_a_right_withdrawn_and_an_account_disabled_refuse_the_very_next_request(logged_in, gov):
    assert logged_in.get("/report").status_code == 200
    (office,) = offices(gov, "sekretariat")
    withdraw_office(gov, office.id)
    answer = logged_in.get("/report")
    assert answer.status_code == 403
    assert "du har intet embede i dag" in answer.text.casefold()
    assert logged_in.get("/account").status_code == 200
    disable_account(gov, "sekretariat")
    assert refused(logged_in)


def test_a_form_sent_after_the_login_ended_stores_nothing_and_shows_what_was_written(logged_in, clock):
    token = token_on(logged_in, "/account")
    clock.go_on(hours=2)
    sent = {"csrf_token": token, "form": "token", "name": "Min <lange> tekst", "password": "hemmelig"}
    answer = logged_in.post("/account", data=sent)
    assert answer.status_code == 401
    assert "Min &lt;lange&gt; tekst" in answer.text
    assert "hemmelig" not in answer.text
    assert "Intet er gemt" in answer.text


@pytest.mark.parametrize(
    "evil",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "https://evil.example/",
        "http:/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/\tevil",
        "///evil.example",
        "/report\r\nSet-Cookie: a=b",
        "/report\x00",
        " //evil.example",
        "",
        "/" + "x" * 3000,
    ],
)
def test_a_login_leads_nowhere_but_into_these_pages(client, evil):
    page = client.get(f"/login?next={quote(evil)}").text
    assert 'name="next" value=""' in page
    answer = log_in(client, "sekretariat", next=evil)
    assert answer.status_code == 303
    assert answer.location in ("/", "/todo")
    assert "a=b" not in str(answer.headers)


@pytest.mark.parametrize("evil", ["%2F%2Fevil.example", "/%5Cevil.example", "/%2Fevil.example"])
def test_an_address_that_is_written_in_escapes_stays_within_these_pages(client, evil):
    location = log_in(client, "sekretariat", next=evil).location
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


def test_a_thousand_guesses_are_refused_with_how_long_to_wait(client, hasher):
    settings = client.application.extensions["governance.settings"]
    client.application.extensions["governance.settings"] = replace(settings, login_rate="10 per day")
    token = token_on(client, "/login")
    codes = []
    hasher.asked.clear()
    alone = [
        client.post("/login", data={"csrf_token": token, "login": "chef", "password": "x"}).status_code
        for _ in range(50)
    ]
    assert (alone.count(401), alone.count(429)) == (10, 40)
    for guess in range(1000):
        answer = client.post(
            "/login",
            data={"csrf_token": token, "login": "chef", "password": f"gæt {guess}"},
            environ_base={"REMOTE_ADDR": f"192.0.{guess % 200}.{guess % 250}"},
        )
        codes.append(answer.status_code)
    assert (codes.count(401), codes.count(429)) == (90, 910)
    assert hasher.asked.count("verify") == 100
    assert answer.headers["Retry-After"] == "86400"
    assert "For mange forsøg" in answer.text


def test_guesses_from_one_address_are_counted_whoever_they_are_for(client):
    token = token_on(client, "/login")
    codes = [
        client.post("/login", data={"csrf_token": token, "login": f"login{n}", "password": "x"}).status_code
        for n in range(102)
    ]
    assert codes == [401] * 100 + [429] * 2


def test_a_stranger_elsewhere_keeps_nobody_out_of_their_account(client):
    token = token_on(client, "/login")
    for _ in range(30):
        client.post(
            "/login",
            data={"csrf_token": token, "login": "sekretariat", "password": "x"},
            environ_base={"REMOTE_ADDR": "192.0.2.66"},
        )
    assert log_in(client, "sekretariat").status_code == 303


@pytest.mark.parametrize(
    "typed", ["Sekretariat ", "\uff53ekretariat", "sekre\u00adtariat", "SEKRETARIAT\u200b"]
)
def test_a_login_typed_otherwise_counts_as_the_same(client, typed):
    token = token_on(client, "/login")
    sent = {"csrf_token": token, "login": "sekretariat", "password": "x"}
    assert [client.post("/login", data=sent).status_code for _ in range(10)] == [401] * 10
    assert client.post("/login", data={**sent, "login": typed}).status_code == 429


def test_the_language_is_kept_over_login_and_logout(client):
    client.get("/login?lang=en")
    log_in(client, "sekretariat")
    assert "My account" in client.get("/account").text
    client.post("/logout", data={"csrf_token": token_on(client, "/account")})
    assert "Log in" in client.get("/login").text


def test_the_login_page_says_which_command_makes_the_first_administrator(gov):
    client = create_app(gov, settings=Settings(secret_key="x" * 32)).test_client()
    assert "governance accounts add LOGIN --person NAME --administrator" in client.get("/login").text
    fill(gov)
    assert "accounts add" not in client.get("/login").text


@pytest.mark.parametrize("https", [True, False])
def test_the_cookie_is_kept_from_scripts_and_other_sites_and_behind_tls_from_the_open_line(gov, https):
    fill(gov)
    client = create_app(gov, settings=Settings(secret_key="x" * 32, https=https)).test_client()
    said = client.get("/login").headers["Set-Cookie"]
    assert "HttpOnly" in said
    assert "SameSite=Lax" in said
    assert ("Secure" in said) == https


def test_the_api_takes_a_token_and_no_cookie_and_the_pages_a_cookie_and_no_token(app, gov, logged_in):
    assert logged_in.get("/api/v1/items").status_code == 401
    made = make_token(gov, "robot", ["read"], "2025-12-31", named="sekretariat")
    carried = {"Authorization": f"Bearer {made.token}"}
    stranger = app.test_client()
    assert stranger.get("/api/v1/items", headers=carried).status_code == 200
    assert stranger.get("/report", headers=carried).status_code == 303
    for wrong in (f"Basic {made.token}", made.token, f"Bearer {made.token}x", "Bearer ", "Bearer gov_"):
        assert stranger.get("/api/v1/items", headers={"Authorization": wrong}).status_code == 401, wrong
    revoke(gov, made.view.id)
    assert stranger.get("/api/v1/items", headers=carried).status_code == 401


def test_what_is_asked_of_the_api_is_limited_by_its_token(gov):
    fill(gov)
    settings = Settings(secret_key="x" * 32, api_rate="3 per minute")
    client = create_app(gov, settings=settings).test_client()
    tokens = [make_token(gov, str(n), ["read"], "2025-12-31", named="sekretariat").token for n in range(2)]
    codes = [
        [
            client.get("/api/v1/items", headers={"Authorization": f"Bearer {token}"}).status_code
            for _ in range(5)
        ]
        for token in tokens
    ]
    assert codes == [[200, 200, 200, 429, 429]] * 2


def test_every_login_is_noted_and_nothing_of_what_was_typed_wrongly(client, gov):
    log_in(client, "min hemmelige adgangskode", "x")
    log_in(client, "sekretariat")
    told = [(each.who, each.did, each.outcome.en) for each in accesses(gov) if each.did.startswith("log")]
    assert told == [("?", "log in", "refused"), ("Sekretariatet", "log in", "answered")]
    assert "hemmelige" not in str(accesses(gov))
