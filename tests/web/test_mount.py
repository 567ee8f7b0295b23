"""The pages inside somebody else's application: under their prefix, and nothing of the host's touched."""

import re
from html import unescape

import pytest
from flask import Flask, session

from governance.service import FactSource, history
from tests.callers import SECRETARIAT
from tests.web.host_app import host_app
from web import Governance

PREFIX = "/rules/dubu"
ADDRESS = re.compile(r'\s(?:href|src|action)="([^"]*)"')
CARRIED = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
PAGES = ["/", "/items/ÆØ-1434/1", "/seats", "/meetings", "/todo", "/report", "/rules", "/help", "/nowhere"]


@pytest.fixture
def host(governance):
    return host_app(governance)


@pytest.fixture
def client(host):
    return host.test_client()


@pytest.fixture
def secretary(client):
    client.post("/login", data={"user": "sekretær"})
    return client


def form(page, target):
    """What the form of a step carries unseen."""
    part = next(part for part in page.split("<form") if f'name="target" value="{target}"' in part)
    return {name: unescape(value) for name, value in CARRIED.findall(part.partition("</form>")[0])}


@pytest.mark.parametrize("path", PAGES)
def test_every_address_of_every_page_stands_under_the_prefix(secretary, path):
    page = secretary.get(PREFIX + path).text
    assert "<main" in page
    found = [unescape(address) for address in ADDRESS.findall(page)]
    assert found
    assert [each for each in found if not each.startswith((f"{PREFIX}/", "#", "?"))] == []


def test_the_look_and_the_checks_are_served_under_the_prefix(secretary):
    page = secretary.get(f"{PREFIX}/help").text
    (sheet, *_) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert secretary.get(sheet).mimetype == "text/css"
    assert secretary.get(f"{PREFIX}/readyz").status_code == 200


def test_the_bare_prefix_leads_to_the_first_page(secretary):
    assert secretary.get(PREFIX, follow_redirects=True).status_code == 200


def test_a_step_is_taken_as_whom_the_host_says_and_told_to_its_listener(secretary, host, governance):
    item = f"{PREFIX}/items/ÆØ-1754"
    sent = form(secretary.get(item).text, "parker")
    answer = secretary.post(item, data={**sent, "body": "kombit"})
    assert answer.status_code in (303, 422)
    newest = history(governance, "ÆØ-1754")[-1]
    assert [event.number for events in host.heard for event in events] == [newest.number]
    assert newest.recorder == "Sekretæren"


def test_our_cookie_goes_to_our_pages_only_and_the_hosts_stays_its_own(secretary):
    before = secretary.get_cookie("session").value
    answer = secretary.get(f"{PREFIX}/help?lang=en")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("governance=")
    assert f"Path={PREFIX};" in f"{cookie};"
    assert 'lang="en"' in secretary.get(f"{PREFIX}/help").text
    assert secretary.get_cookie("session").value == before


def test_a_cookie_of_ours_says_nothing_as_one_of_the_hosts(secretary, host):
    answer = secretary.get(f"{PREFIX}/help?lang=en")
    ours = answer.headers["Set-Cookie"].partition(";")[0].partition("=")[2]
    stranger = host.test_client()
    stranger.set_cookie("session", ours)
    assert stranger.get("/").text == "Hello stranger"


def test_the_hosts_own_pages_are_as_they_were(client, host, governance):
    bare = Flask("bare")
    answer = client.get("/")
    assert answer.text == "Hello stranger"
    assert "Content-Security-Policy" not in answer.headers
    assert "X-Request-ID" not in answer.headers
    assert client.post("/login", data={"user": "sekretær"}).status_code == 302
    missing = client.get("/rules")
    assert (missing.status_code, "<main" in missing.text) == (404, False)
    assert client.get(f"{PREFIX}x").status_code == 404
    assert {rule.endpoint for rule in host.url_map.iter_rules()} == {"home", "login", "static"}
    assert host.before_request_funcs == bare.before_request_funcs
    assert host.after_request_funcs == bare.after_request_funcs
    assert not any(found for each in host.error_handler_spec.values() for found in each.values())
    assert host.jinja_env.globals.keys() == bare.jinja_env.globals.keys()
    assert {name for name in host.config if host.config[name] != bare.config[name]} == {"SECRET_KEY"}


def test_whoever_the_host_does_not_know_is_turned_away_and_is_offered_no_login_of_ours(client):
    answer = client.get(f"{PREFIX}/")
    assert answer.status_code == 401
    assert "ÆØ-" not in answer.text
    assert client.get(f"{PREFIX}/login").status_code == 404


def test_whoever_the_host_does_not_know_is_sent_to_its_login(governance):
    client = host_app(governance, login="/login?next={next}").test_client()
    answer = client.get(f"{PREFIX}/items/ÆØ-1754?on=2025-10-01")
    assert answer.status_code == 303
    assert answer.location == ("/login?next=%2Frules%2Fdubu%2Fitems%2F%C3%86%C3%98-1754%3Fon%3D2025-10-01")


def test_what_a_user_of_the_host_may_not_do_is_refused(client, governance):
    before = len(history(governance, "ÆØ-1754"))
    item = f"{PREFIX}/items/ÆØ-1754"
    client.post("/login", data={"user": "sekretær"})
    sent = form(client.get(item).text, "parker")
    client.post("/login", data={"user": "læser"})
    assert client.get(item).status_code == 200
    assert client.post(item, data={**sent, "body": "kombit"}).status_code == 403
    assert len(history(governance, "ÆØ-1754")) == before


def test_a_form_from_elsewhere_is_refused_though_the_host_knows_the_user(secretary, governance):
    before = len(history(governance, "ÆØ-1754"))
    sent = {"form": "advance", "target": "bestil", "body": "kombit"}
    assert secretary.post(f"{PREFIX}/items/ÆØ-1754", data=sent).status_code == 400
    assert len(history(governance, "ÆØ-1754")) == before


def test_the_host_is_asked_about_its_request_and_not_about_its_body(governance):
    asked = []
    app = Flask("host")
    app.secret_key = "k"  # noqa: S105 - of a test

    def caller_of(request):
        asked.append((request.method, request.path, request.headers.get("X-User"), request.get_data()))

    Governance(app, governance=governance, caller_of=caller_of)
    app.test_client().get("/governance/items/x", data={"form": "a"}, headers={"X-User": "sekretær"})
    assert asked == [("GET", "/governance/items/x", "sekretær", b"")]


def test_a_program_is_known_by_its_headers_and_no_cookie_reaches_the_api(governance):
    app = Flask("host")
    app.secret_key = "k"  # noqa: S105 - of a test

    def caller_of(request):
        known = request.headers.get("Authorization") == "Bearer of-the-host" or session.get("user")
        return SECRETARIAT if known else None

    @app.get("/login")
    def login():
        session["user"] = "sekretær"
        return ""

    Governance(app, governance=governance, caller_of=caller_of)
    client = app.test_client()
    client.get("/login")
    assert client.get("/governance/seats").status_code == 200
    assert client.get("/governance/api/v1/items").status_code == 401
    told = client.get("/governance/api/v1/items", headers={"Authorization": "Bearer of-the-host"})
    assert told.status_code == 200


def test_a_fact_the_host_knows_is_shown_with_its_source(governance):
    source = FactSource("item", "stoerrelse", "scale", "værtens sagssystem", lambda *_: "S")
    client = host_app(governance, facts=[source]).test_client()
    client.post("/login", data={"user": "sekretær"})
    assert "værtens sagssystem" in client.get(f"{PREFIX}/items/ÆØ-1754").text


def test_a_host_without_users_of_its_own_has_our_login_under_the_prefix(governance):
    app = Flask("host")
    app.secret_key = "k"  # noqa: S105 - of a test
    Governance(app, governance=governance)
    client = app.test_client()
    answer = client.get("/governance/items/x?on=2025-10-01")
    assert (answer.status_code, answer.location) == (
        303,
        "/governance/login?next=/governance/items/x?on%3D2025-10-01",
    )
    page = client.get(answer.location).text
    assert 'action="/governance/login' in page
    assert client.get("/login").status_code == 404


def test_two_hosts_may_share_one_extension(governance):
    extension = Governance()
    for name in ("one", "two"):
        app = Flask(name)
        app.secret_key = name
        extension.init_app(app, url_prefix=f"/{name}", governance=governance, caller_of=lambda _: None)
        assert app.test_client().get(f"/{name}/healthz").text == "ok\n"
        assert app.extensions["governance"].prefix == f"/{name}"


def test_the_hosts_own_configuration_says_where_the_record_is(tmp_path):
    app = Flask("host")
    app.secret_key = "k"  # noqa: S105 - of a test
    app.config["GOVERNANCE_DATABASE_URL"] = f"sqlite:///{tmp_path / 'host.sqlite'}"
    Governance(app, caller_of=lambda _: None)
    assert (tmp_path / "host.sqlite").exists()
    app.extensions["governance"].pages.extensions["governance"].engine.dispose()


@pytest.mark.parametrize("prefix", ["", "/", "rules", "/rules/", "//evil.example", "/a b", "/æ"])
def test_a_prefix_that_cannot_be_one_is_refused(governance, prefix):
    app = Flask("host")
    app.secret_key = "k"  # noqa: S105 - of a test
    with pytest.raises(ValueError, match="cannot be a prefix"):
        Governance(app, url_prefix=prefix, governance=governance)


def test_a_host_without_a_key_is_refused(governance):
    with pytest.raises(ValueError, match="no secret key"):
        Governance(Flask("host"), governance=governance)
