"""What guards every request, and what the pages are made of."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from governance.service import rules
from tests.served import TOKEN
from web import create_app

WEB = Path(create_app.__code__.co_filename).parent
DANISH = WEB / "translations" / "da" / "LC_MESSAGES"
PAGES = [
    "/",
    "/items/ÆØ-1434/1?to=bestilt&fact=stoerrelse",
    "/seats",
    "/todo",
    "/meetings",
    "/meetings/moede-2025-09-09?point=moede-2025-09-09/3.1",
    "/seats/plads-2",
    "/seats/check?from=2025-09-01&to=2026-01-31",
    "/seats/forecast?on=2025-09-09",
    "/seats/plan",
    "/report",
    "/rules",
    "/help",
    "/items/x",
]


def test_another_sites_name_for_this_machine_is_refused(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("path", PAGES)
def test_a_page_runs_no_script_and_brings_no_style_of_its_own(client, path):
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert not re.search(
        r"<script|<style|\sstyle=|\son\w+=|javascript:|https?://(?!www\.w3\.org/)", answer.text
    )


@pytest.mark.parametrize("path", PAGES)
def test_every_place_on_a_page_is_there_once_and_every_link_to_one_leads_somewhere(client, path):
    page = client.get(path).text
    places = re.findall(r'\sid="([^"]+)"', page)
    assert len(places) == len(set(places))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(places)
    for clause in re.findall(r'href="/rules#([^"]+)"', page):
        assert f'id="{clause}"' in client.get("/rules").text


def test_a_cookie_is_kept_from_scripts_and_other_sites(client):
    cookie = client.get("/?lang=en").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_the_pages_are_danish_until_somebody_chooses(client):
    assert '<html lang="da">' in client.get("/").text
    assert '<html lang="en">' in client.get("/?lang=en").text
    assert '<html lang="en">' in client.get("/help").text
    assert '<html lang="da">' in client.get("/help?lang=da").text
    assert '<html lang="da">' in client.get("/help?lang=tlh").text


def test_the_language_switch_keeps_what_was_asked_for(client):
    assert 'href="/items?kind=spor&amp;lang=en"' in client.get("/items?kind=spor").text


def test_a_fault_of_ours_is_told_in_plain_words_without_its_insides(app, monkeypatch):
    monkeypatch.setattr("web.group.service.report", lambda *_args, **_named: 1 // 0)
    answer = app.test_client().get("/report")
    assert answer.status_code == 500
    assert "Noget gik galt hos os" in answer.text
    assert "ZeroDivision" not in answer.text


def test_a_form_larger_than_a_form_is_refused(client):
    assert client.post("/items/x", data={"reason": "x" * 70_000}).status_code == 413


def test_no_page_names_a_state_or_a_body(governance):
    view = rules(governance)
    states = {state.id for process in view.processes for state in process.states}
    named = states | {body.id for body in view.bodies}
    for source in [*WEB.glob("*.py"), *WEB.glob("templates/*.html")]:
        quoted = set(re.findall(r"""["']([\w-]+)["']""", source.read_text(encoding="utf-8")))
        assert not quoted & named, source.name


def test_every_text_of_the_pages_has_its_danish():
    method = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
    keywords = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
    found = {message for _, _, message, _, _ in extract_from_dir(WEB, method, keywords=keywords)}
    with (DANISH / "messages.po").open("rb") as file:
        catalog = read_po(file, locale="da")
    told = {
        message.id if isinstance(message.id, str) else tuple(message.id): message
        for message in catalog
        if message.id
    }
    assert found == told.keys()
    for message in told.values():
        strings = (message.string,) if isinstance(message.string, str) else message.string
        assert all(strings), message.id
        assert not message.fuzzy
        assert not list(message.check(catalog))


def strings(catalog):
    """What a catalogue says for each text, without its header; plurals by their first form."""
    return {m.id if isinstance(m.id, str) else m.id[0]: tuple(m.string) for m in catalog if m.id}


def test_the_compiled_texts_are_those_written():
    with (DANISH / "messages.po").open("rb") as po, (DANISH / "messages.mo").open("rb") as mo:
        written, compiled = read_po(po, locale="da"), read_mo(mo)
    assert strings(written) == strings(compiled)


@pytest.mark.parametrize(
    "address", ["/?endpoint=x", "/?_method=DELETE", "/?_anchor=a", "/seats?on=9999-12-31"]
)
def test_an_odd_address_is_answered_as_any_other(client, address):
    assert client.get(address).status_code == 200


def test_a_form_whose_version_was_changed_on_its_way_is_not_taken(client):
    page = client.get("/items/ÆØ-1434/1").text
    token = TOKEN.search(page)[1]
    sent = {"csrf_token": token, "form": "advance", "target": "afklar", "version": "x"}
    assert client.post("/items/ÆØ-1434/1", data=sent).status_code == 400
