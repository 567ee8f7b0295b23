"""Odd dates in every address there is: each is answered, or told in one sentence that says what to write."""

import re
import shutil
from http import HTTPStatus

import pytest
from flask import url_for

from governance.service import add_account, open_round
from tests.callers import BODY, EVERYTHING
from tests.served import opened
from tests.web.test_matrix import ITEM, ROUND, TABLE
from web import create_app
from web.settings import Settings

WRONG = ["31.02.2026", "i går", "2026-13-01", "📅", "x" * 5_000, "\x00<script>"]
FIRST, LAST, VAGUE = "0001-01-01", "9999-12-31", "2026"
TOLD = re.compile("er ikke en dato; skriv en dato som")
ADDRESSES = {asked.endpoint: asked.values for asked in TABLE if asked.method == "GET"}
SPANS = ("api.", "audit.board", "audit.refusals", "audit.accesses", "seats.check", "group.differences")
"""The addresses that may read the ends of a span; the API refuses what it does not read."""


@pytest.fixture(scope="module")
def app(round_of_september, tmp_path_factory):
    """The pages and the API over the demo with a round, asked by who may see all of it; only read."""
    path = shutil.copy(round_of_september, tmp_path_factory.mktemp("odd") / "copy.sqlite")
    governance = opened(path)
    open_round(governance, ROUND, BODY, closes="2025-11-01", choices=[ITEM])
    account = add_account(governance, "en", "En").id
    app = create_app(governance, settings=Settings(secret_key="x" * 32, api_rate="100000 per minute"))
    app.extensions["governance.caller"] = lambda: EVERYTHING
    with app.test_request_context():
        app.extensions["addresses"] = {
            endpoint: url_for(endpoint, **of_a_kind(app, endpoint, values, account))
            for endpoint, values in ADDRESSES.items()
        }
    yield app
    governance.engine.dispose()


def of_a_kind(app, endpoint, values, account):
    """What an address is asked for: what the table says, and the account there is."""
    (rule,) = [each for each in app.url_map.iter_rules(endpoint) if "GET" in each.methods]
    asked = dict.fromkeys(rule.arguments, "x") | values
    keeper = {"accounts.account": "id_", "api.get_account": "account"}
    return asked | ({keeper[endpoint]: account} if endpoint in keeper else {})


@pytest.fixture(scope="module")
def ask(app):
    """Ask for the address of an endpoint with some parameters more."""
    client = app.test_client()

    def asked(endpoint, query):
        with client.get(app.extensions["addresses"][endpoint], query_string=query) as answer:
            answer.get_data()
            return answer

    return asked


def told(answer):
    """The sentences of an answer to a wrong date; a program is told of one too long, or no text, as such."""
    if answer.mimetype == "application/problem+json":
        return [each["text"]["da"] for each in answer.json["problems"]]
    return TOLD.findall(answer.text) if answer.mimetype == "text/html" else []


@pytest.fixture(scope="module")
def read(ask):
    """The names of dates that each address reads: it is told of one that there is not."""

    def reads(endpoint, name):
        return any(TOLD.search(each) for each in told(ask(endpoint, {name: WRONG[0]})))

    def names(endpoint):
        ends = ("from", "to") if endpoint.startswith(SPANS) else ()
        return [name for name in ("on", "known", *ends) if reads(endpoint, name)]

    return {endpoint: names(endpoint) for endpoint in ADDRESSES}


@pytest.mark.parametrize("endpoint", ADDRESSES)
def test_what_is_no_date_is_told_in_one_sentence(ask, read, endpoint):
    for name in read[endpoint]:
        for wrong in WRONG:
            answer = ask(endpoint, {name: wrong})
            assert answer.status_code in (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND), (name, wrong[:20])
            assert len(told(answer)) == 1, (name, wrong[:20])
            assert answer.is_json or "<script" not in answer.text


@pytest.mark.parametrize("endpoint", ADDRESSES)
def test_the_ends_of_the_calendar_and_a_whole_year_are_answered(ask, read, endpoint):
    names = read[endpoint]
    alone = [{name: FIRST} for name in names]
    together = [dict.fromkeys(names, odd) for odd in (LAST, VAGUE) if names]
    for query in alone + together:
        assert ask(endpoint, query).status_code < HTTPStatus.INTERNAL_SERVER_ERROR, query


def test_the_dates_of_most_addresses_are_read(read):
    pages, programs = (
        sum(len(names) for endpoint, names in read.items() if endpoint.startswith("api.") is ours)
        for ours in (False, True)
    )
    assert pages >= 40
    assert programs >= 40
