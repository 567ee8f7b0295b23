"""Every page as it looks: accessible and small in both languages, on a desk and on a phone."""

import shutil
from secrets import token_hex

import pytest

from governance.service import (
    Caller,
    Office,
    add_account,
    add_item,
    advance,
    cast,
    open_round,
    put_on_agenda,
    record_thing,
)
from tests.browser import EVERYTHING_OPEN, OVERFLOW, violations
from tests.counts import FULL
from tests.served import opened, served
from web import create_app, wire

TRACK, MEETING, HELD = "ÆØ-1434/1", "moede-2025-10-01", "moede-2025-09-09"
ITEMS = [TRACK, "ÆØ-1754", "ÆØ-1605"]
LONG = "Ualmindeligtlangtord" * 20
KILOBYTES = 150

PAGES = {
    "account.own": [{}],
    "accounts.account": [{"id_": "ACCOUNT"}],
    "accounts.board": [{}],
    "accounts.rights": [{}],
    "about.accessibility": [{}],
    "api_pages.docs": [{}],
    "api_pages.operation": [{"name": "get_item"}],
    "api_pages.schema": [{"name": "ItemView"}],
    "audit.accesses": [{}],
    "audit.event": [{"number": 60}],
    "audit.board": [{}],
    "audit.refusals": [{}],
    "audit.verify": [{}],
    "group.differences": [{}],
    "group.findings": [{"id_": "stoerre-godkendes"}],
    "group.help_page": [{}],
    "group.report": [{}],
    "group.rule": [{"id_": "stoerre-godkendes"}],
    "group.rules": [{}],
    "items.board": [{}],
    "items.item": [{"id_": TRACK, "to": "bestilt", "fact": "stoerrelse"}, {"id_": "ÆØ-1434"}],
    "meetings.board": [{}],
    "meetings.meeting": [{"id_": HELD, "point": f"{HELD}/3.1"}, {"id_": MEETING}],
    "records.complete": [{"id_": TRACK}],
    "records.correction": [{"number": 60}],
    "records.facts": [{"id_": TRACK}],
    "records.new": [{}],
    "records.relation": [{"id_": TRACK}],
    "rounds.board": [{}],
    "login.login": [{}],
    "organisations.board": [{}],
    "organisations.organisation": [{"id_": "Horsens"}],
    "rounds.round_": [{"id_": "aaben"}, {"id_": "lukket"}],
    "seats.board": [{}],
    "seats.check": [{"from": "2025-09-01", "to": "2026-01-31"}],
    "seats.forecast": [{"on": "2025-09-09"}],
    "seats.plan": [{"on": "2025-10-01", "candidates": "Nyborg\nAssens\nThisted\nMorsø"}],
    "seats.seat": [{"id_": "plads-2"}],
    "start.page": [{}],
    "todo.board": [{}],
    "trying.page": [{"id_": TRACK, "body": "kombit", "fact.stoerrelse": "XS"}],
}
"""Each page by its endpoint, with what it is asked for."""

NO_PAGES = {
    "about.was",
    "login.from_provider",
    "login.to_provider",
    "api_pages.openapi",
    "audit.export",
    "meetings.paper",
    "static",
}
"""Downloads, addresses that only lead on, and pages that take a login (see test_login_pages)."""
NOWHERE = "/nix"


@pytest.fixture(scope="module")
def shown(round_of_september, tmp_path_factory):
    """The application over a record with rounds, a meeting to come and an item of long words; only read."""
    governance = opened(shutil.copy(round_of_september, tmp_path_factory.mktemp("look") / "copy.sqlite"))
    planned = {"links": {"body": "referencegruppen"}, "facts": {"date": "2025-10-01"}, "source": "plan"}
    record_thing(governance, MEETING, "meeting", origin="live", **planned)
    for each in ITEMS:
        put_on_agenda(governance, MEETING, "aendringsoensker", item=each)
    for name in ("aaben", "lukket"):
        open_round(
            governance, name, "referencegruppen", closes="2025-10-01", meeting=MEETING, title=f"Runden {name}"
        )
        assert cast(governance, name, "Køge", dict(zip(ITEMS, "554", strict=True))).allowed
    assert advance(governance, "lukket", "luk-runde", "kombit").allowed
    add_item(governance, "ÆØ-" + "9" * 90, "aendringsoenske", LONG, on="2025-09-20")
    account = add_account(governance, "alle-hverv", "p-alle-hverv", administrator=True)
    everywhere = Caller(account.id, "p-alle-hverv", (Office("sekretariat"), Office("administrator")))
    PAGES["accounts.account"] = [{"id_": account.id}]
    app = create_app(governance, secret_key=token_hex())
    app.extensions["governance.caller"] = lambda: everywhere
    yield app
    governance.engine.dispose()


@pytest.fixture(scope="module")
def host(shown):
    with served(shown) as address:
        yield address


def addresses(app):
    with app.test_request_context():
        return {
            endpoint: [app.url_for(endpoint, **asked) for asked in PAGES[endpoint]]
            for endpoint in PAGES
            if endpoint in app.view_functions
        }


def test_every_page_there_is_is_looked_at(shown):
    asked = {rule.endpoint for rule in shown.url_map.iter_rules() if "GET" in rule.methods}
    pages = {each for each in asked if not each.startswith(("api.", "health."))} - NO_PAGES
    assert pages - PAGES.keys() == set(), "give the page an address in PAGES"
    assert PAGES.keys() - pages == set(), "the page is gone"


@pytest.fixture
def received(page):
    """How many bytes the browser has received; it comes to every page as if for the first time."""
    bytes_ = []
    network = page.context.new_cdp_session(page)
    network.on("Network.loadingFinished", lambda told: bytes_.append(told["encodedDataLength"]))
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    return bytes_


@pytest.mark.browser
@pytest.mark.parametrize("endpoint", [*PAGES, NOWHERE])
def test_a_page_is_accessible_in_both_languages_wide_and_narrow_and_small(
    page, host, shown, received, endpoint
):
    said = []
    page.on("console", lambda told: said.append(told.text) if told.type in {"error", "warning"} else None)
    for path in addresses(shown).get(endpoint, [NOWHERE]):
        for language, judged_at in (("da", 1280), ("en", 360)):
            received.clear()
            page.goto(f"{host}{path}{'&' if '?' in path else '?'}lang={language}")
            page.evaluate(EVERYTHING_OPEN)
            for width in (1280, 360):
                page.set_viewport_size({"width": width, "height": 900})
                if FULL or width == judged_at:  # each language and each width once, or each with each
                    assert violations(page, contrast=width == judged_at) == [], (path, language, width)
                assert page.evaluate(OVERFLOW) <= 0, (path, language, width)
            page.set_viewport_size({"width": 320, "height": 700})
            assert page.evaluate(OVERFLOW) <= 0, (path, language, 320)
            print(path, language, sum(received))  # noqa: T201 -- the figures, for pytest -s
            assert 0 < sum(received) < KILOBYTES * 1000, (path, language)
    assert said == [] or endpoint == NOWHERE, "the browser blocks something"


@pytest.mark.browser
def test_where_the_design_system_could_not_be_fetched_the_pages_are_as_accessible(page, shown, monkeypatch):
    monkeypatch.setitem(shown.jinja_env.globals, "sheet", wire.PLAIN)
    pages = addresses(shown)
    with served(shown) as host:
        for path in (pages["items.board"][0], pages["items.item"][0], NOWHERE):
            page.set_viewport_size({"width": 360, "height": 900})
            page.goto(host + path)
            page.evaluate(EVERYTHING_OPEN)
            assert violations(page) == [], path
            assert page.evaluate(OVERFLOW) <= 0, path
