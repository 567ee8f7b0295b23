"""The sessions, tokens and ids of others open nothing, and what is done twice at once is done once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http import HTTPStatus
from secrets import token_hex
from threading import Barrier

from flask import url_for

from governance.model import RequestError
from governance.service import (
    Caller,
    Identity,
    Office,
    accounts,
    add_item,
    caller_of_session,
    offices,
    sessions,
    signed_in,
    tokens,
    withdraw_office,
)
from governance.service.sessions import HERE
from tests.callers import BEGAN, EVERYTHING, NOBODY, READER, SECRETARIAT
from tests.hashing import hasher
from tests.served import TOKEN
from tests.web.attackers import API, LONG_LIFE, app, asking, newest, people, sent
from web import create_app
from web.settings import Settings

__all__ = ["app", "asking", "hasher", "people"]
ITEM = "ÆØ-1434/1"


def test_no_form_is_taken_without_its_own_token(governance, app, asking):
    asking[0] = EVERYTHING
    app.config["WTF_CSRF_ENABLED"] = True
    client, stranger = app.test_client(), app.test_client()
    foreign = TOKEN.search(stranger.get(f"/items/{ITEM}").text)[1]
    before = newest(governance)
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in rule.methods]
    pages = [rule for rule in rules if not rule.endpoint.startswith("api.")]
    assert len(pages) > 15
    for rule in pages:
        with app.test_request_context():
            address = url_for(
                rule.endpoint,
                **{
                    name: 1 if name == "number" else ITEM
                    for name in rule.arguments
                    if name != "id_" or not rule.endpoint.startswith("accounts")
                }
                | ({"id_": "x"} if rule.endpoint.startswith("accounts") and rule.arguments else {}),
            )
        for token in ("", "x", foreign):
            answer = client.post(
                address, data={"csrf_token": token, "form": "record", "id": "ny", "login": "ny"}
            )
            assert answer.status_code == HTTPStatus.BAD_REQUEST, rule.endpoint
    assert newest(governance) == before
    assert not accounts(governance)


def test_made_up_tokens_are_counted_by_the_address_they_come_from(governance):
    settings = Settings(secret_key=token_hex(), api_rate="3 per minute")
    client = create_app(governance, settings=settings).test_client()
    codes = [
        client.get(f"{API}/items", headers={"Authorization": f"Bearer gov_{n}"}).status_code for n in range(5)
    ]
    assert codes == [401] * 3 + [429] * 2


def test_the_ids_of_others_open_nothing(governance, client, asking, people):
    asking[0] = Caller(people["tyv"].id, "Tyv", (Office("laeser", from_=BEGAN),))
    (session,), (token,), (office,) = (
        sessions(governance, LONG_LIFE, named="offer"),
        tokens(governance, named="offer"),
        offices(governance, "offer"),
    )
    for form in ("end", "revoke"):
        for target in (session.id, token.id, f" {token.id} ", people["offer"].id):
            client.post("/account", data={"form": form, "target": target, "sure": "yes", "named": "offer"})
    victim = people["offer"].id
    answers = [
        client.get(f"{API}/tokens?account=offer"),
        client.get(f"{API}/accounts/{victim}"),
        client.get(f"/accounts/{victim}"),
        client.post(f"/accounts/{victim}", data={"form": "password", "password": "fire ord i en række"}),
        sent(client, f"/offices/{office.id}/withdraw"),
        sent(client, f"/accounts/{victim}/disable"),
        sent(client, "/offices", account="tyv", role="administrator"),
    ]
    assert {answer.status_code for answer in answers} == {HTTPStatus.FORBIDDEN}
    assert sent(client, f"/tokens/{token.id}/revoke").status_code >= HTTPStatus.BAD_REQUEST
    assert sessions(governance, LONG_LIFE, named="offer")[0].open
    assert tokens(governance, named="offer") == (token,)
    assert offices(governance, "offer") == (office,)


def test_a_token_cannot_make_itself_a_longer_life(governance, client, asking, people):
    asking[0] = Caller(people["tyv"].id, "Tyv", (Office("laeser", from_=BEGAN),), frozenset())
    form = {"form": "token", "name": "x", "scope": "read", "last_day": "2025-12-31"}
    assert client.post("/account", data=form).status_code == HTTPStatus.FORBIDDEN
    assert len(tokens(governance, named="tyv")) == 1


def test_a_right_withdrawn_between_the_page_and_its_form_refuses_the_form(governance, client, asking):
    page = client.get(f"/items/{ITEM}")
    assert page.status_code == HTTPStatus.OK
    before = newest(governance)
    asking[0] = replace(SECRETARIAT, offices=READER.offices)
    form = {"form": "advance", "target": "bestil", "body": "kombit", "reason": "som jeg skrev"}
    answer = client.post(f"/items/{ITEM}", data=form)
    assert answer.status_code == HTTPStatus.FORBIDDEN
    asking[0] = NOBODY
    assert client.post(f"/items/{ITEM}", data=form).status_code == HTTPStatus.FORBIDDEN
    assert newest(governance) == before


def together(*deeds):
    """What deeds come to that begin at the same moment: their answers, or what they were refused by."""
    barrier = Barrier(len(deeds))

    def begun(deed):
        barrier.wait(timeout=30)
        try:
            return deed()
        except RequestError as error:
            return error

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(begun, deeds))


def test_two_logins_at_once_are_two_sessions_and_an_office_is_withdrawn_once(governance, people):
    who = Identity(HERE, people["offer"].id)
    first, second = together(*[lambda: signed_in(governance, who, LONG_LIFE)] * 2)
    assert first != second
    assert all(caller_of_session(governance, each, LONG_LIFE) for each in (first, second))
    (office,) = offices(governance, "offer")
    came = together(*[lambda: withdraw_office(governance, office.id)] * 2)
    assert sum(isinstance(each, RequestError) for each in came) == 1


def test_the_same_key_at_once_from_two_people_is_two_commands_and_from_one_is_one(governance, app):
    def add(who):
        gov = replace(governance, caller=replace(SECRETARIAT, account=who, person=who.capitalize()))
        return lambda: add_item(gov, f"ÆØ-{who}", "aendringsoenske", "Ny", key="den samme")

    before = newest(governance)
    en, to, again = together(add("en"), add("to"), add("en"))
    assert [each.entity for each in (en, to)] == ["ÆØ-en", "ÆØ-to"]
    assert again == en
    assert newest(governance) == before + 2
