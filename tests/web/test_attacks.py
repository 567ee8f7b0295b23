"""What somebody tries who means harm: each is refused, stores nothing, and is shown as mere text."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from io import BytesIO
from secrets import token_hex
from threading import Barrier
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from flask import url_for

from governance.model import RequestError
from governance.service import (
    Caller,
    Identity,
    Life,
    Office,
    accounts,
    add_account,
    add_item,
    caller_of_session,
    events_page,
    grant_office,
    make_token,
    offices,
    open_round,
    seats,
    sessions,
    signed_in,
    tokens,
    withdraw_office,
)
from governance.service.sessions import HERE
from tests.callers import (
    BEGAN,
    NOBODY,
    PROJECT_GROUP,
    READER,
    SECRETARIAT,
    caller,
    member,
)
from tests.counts import count
from tests.hashing import hasher
from tests.web.conftest import TOKEN
from web import create_app
from web.settings import Settings

__all__ = ["hasher"]
ITEM, ROUND, BODY = "ÆØ-1434/1", "runde-1", "referencegruppen"
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"
BOTH = caller("alt", Office("sekretariat", from_=BEGAN), Office("administrator", from_=BEGAN))
API = "/api/v1"
LONG_LIFE = Life(timedelta(hours=1), timedelta(hours=1))


@pytest.fixture
def asking():
    """Who asks: the first of the list."""
    return [SECRETARIAT]


@pytest.fixture
def app(governance, asking):
    app = create_app(governance, settings=Settings(secret_key=token_hex(), api_rate="100000 per minute"))
    app.extensions["governance.caller"] = lambda: asking[0]
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def others(governance):
    """A round that is open, a member of it, and another organisation that sits in it too."""
    open_round(governance, ROUND, BODY, closes="2025-10-20", choices=[ITEM], on="2025-09-15")
    asked = (each.holder for each in seats(governance).seats if each.occupied == "ja")
    return member("Horsens"), next(each for each in asked if each and each != "Horsens")


def newest(governance):
    """The number of the newest event: what is refused before it is judged stores none."""
    return events_page(governance).lines[0].event.number


def sent(client, path, **body):
    """What a program sends."""
    return client.post(f"{API}{path}", json=body, headers={"If-Match": "*"})


@pytest.mark.parametrize("step", ["giv-point", " giv-point ", "ret-point\t"])
@pytest.mark.parametrize(
    ("first", "second"), [("organisation", " organisation"), (" organisation", "organisation")]
)
def test_nobody_scores_for_another_by_naming_the_organisation_twice(
    governance, client, asking, others, step, first, second
):
    asking[0], other = others
    before = newest(governance)
    for mine, its in ((first, second), (second, first)):
        inputs = {mine: "Horsens", its: other, "scores": f"{ITEM}=1"}
        answer = sent(client, f"/steps/{ROUND}", step=step, body=BODY, inputs=inputs)
        assert answer.status_code in (HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN)
    assert newest(governance) == before


def test_nobody_scores_for_another_in_any_form(governance, client, asking, others):
    asking[0], other = others
    before = newest(governance)
    score = {f"score.{ITEM}": "1", "organisation": other}
    steps = {"fact.organisation": other, "fact.scores": f"{ITEM}=1", "body": BODY}
    answers = [
        client.post(f"/rounds/{ROUND}", data={"form": "cast", "target": "cast", **score}),
        client.post(f"/rounds/{ROUND}", data={"form": "cast", "target": "change", **score}),
        client.post(f"/rounds/{ROUND}", data={"form": "advance", "target": " giv-point ", **steps}),
        client.post(f"/items/{ROUND}", data={"form": "advance", "target": "ret-point", **steps}),
        sent(client, f"/ballots/{ROUND}", organisation=other, scores={ITEM: "1"}),
        sent(client, f"/ballots/{ROUND}", organisation=f" {other}", scores={ITEM: "1"}, change=True),
        client.get(f"{API}/rounds/{ROUND}?own={other}"),
    ]
    assert {answer.status_code for answer in answers} == {HTTPStatus.FORBIDDEN}
    assert newest(governance) == before


def test_a_ballot_is_cast_in_the_name_of_no_other_body_and_on_no_earlier_day(
    governance, client, asking, others
):
    asking[0], _ = others
    before = newest(governance)
    own = {"organisation": "Horsens", "scores": {ITEM: "1"}}
    assert sent(client, f"/ballots/{ROUND}", body="kombit", **own).status_code == HTTPStatus.FORBIDDEN
    late = sent(client, f"/ballots/{ROUND}", on="2025-09-30", **own)
    assert (late.status_code, "fra i dag" in late.text) == (HTTPStatus.BAD_REQUEST, True)
    assert newest(governance) == before
    assert sent(client, f"/ballots/{ROUND}", **own).status_code == HTTPStatus.OK


@pytest.mark.parametrize("body", ["kombit", " kombit ", "kommunestyregruppen"])
def test_nobody_acts_for_a_body_they_hold_no_office_in(governance, client, asking, body):
    asking[0] = PROJECT_GROUP
    before = newest(governance)
    for step in ("afvis", " afvis ", "bestil"):
        form = {"form": "advance", "target": step, "body": body}
        assert client.post(f"/items/{ITEM}", data=form).status_code == HTTPStatus.FORBIDDEN
        assert sent(client, f"/steps/{ITEM}", step=step, body=body).status_code == HTTPStatus.FORBIDDEN
    point = "moede-2025-09-09/3.1"
    said = {"conclusion": " konkluder-prioritering ", "body": body}
    assert sent(client, f"/conclusions/{point}", **said).status_code == HTTPStatus.FORBIDDEN
    assert newest(governance) == before


def test_what_the_service_decides_is_not_taken_from_a_form(governance, client, asking):
    asking[0] = PROJECT_GROUP
    form = {"form": "advance", "target": "afvis", "body": "projektgruppen", "reason": "nej"}
    more = {"recorder": "En anden", "account": "a-1", "state": "bestilt", "scopes": "record"}
    before = newest(governance)
    told = client.post(
        f"/items/{ITEM}", data={**form, **more, "form": "tell", "source": "x", "origin": "history"}
    )
    assert told.status_code == HTTPStatus.FORBIDDEN
    named = client.post(f"/items/{ITEM}", data={**form, **more, "person": "En anden"})
    assert named.status_code == HTTPStatus.FORBIDDEN
    assert newest(governance) == before
    client.post(f"/items/{ITEM}", data={**form, **more})
    (made,) = [each.event for each in events_page(governance).lines if each.event.number > before]
    assert made.recorder == PROJECT_GROUP.person
    assert "En anden" not in repr(made)


@pytest.mark.parametrize(
    "name", ["recorder", "origin", "administrator", "account", "state", "version", "id_"]
)
def test_what_the_service_decides_is_not_taken_from_a_program(governance, client, asking, name):
    asking[0] = BOTH
    before = newest(governance)
    for path, body in {
        f"/steps/{ITEM}": {"step": "bestil", "body": "kombit"},
        f"/facts/{ITEM}": {"facts": {"estimat": "1"}, "source": "x"},
        "/accounts": {"login": "ny", "person": "Ny"},
    }.items():
        assert sent(client, path, **body, **{name: "x"}).status_code == HTTPStatus.BAD_REQUEST
    assert newest(governance) == before
    assert not accounts(governance)


def test_no_form_is_taken_without_its_own_token(governance, app, asking):
    asking[0] = BOTH
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


@pytest.fixture
def people(governance, hasher):
    """An account that is attacked and one that attacks: each with its session, its token and its office."""
    made = {login: add_account(governance, login, login.capitalize()) for login in ("offer", "tyv")}
    for login, account in made.items():
        grant_office(governance, login, "laeser", from_="2025-01-01")
        signed_in(governance, Identity(HERE, account.id), LONG_LIFE)
        make_token(governance, login, ["read"], "2025-12-31", named=login)
    return made


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


ODD = ["0001-01-01", "9999", "\x00" + SCRIPT, "9999-12-31", "2025-02-30", "x" * 10_000]


@pytest.mark.parametrize("name", ["on", "known", "from", "to"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/items",
        f"/items/{ITEM}",
        "/meetings/moede-2025-09-09",
        "/meetings",
        "/seats",
        "/seats/check",
        "/report",
        "/audit",
    ],
)
def test_an_odd_day_in_an_address_is_answered_in_words(client, path, name):
    for odd in ODD[: count(reduced=3, full=6)]:
        answer = client.get(path, query_string={name: odd})
        assert answer.status_code in (HTTPStatus.OK, HTTPStatus.BAD_REQUEST), odd[:20]
        assert "<script" not in answer.text


@pytest.mark.parametrize("id_", ["%2e%2e/x", "a%0d%0aSet-Cookie:a=b%3Cscript%3E", "%00", "x" * 3000])
@pytest.mark.parametrize(
    "path",
    [
        "items",
        "meetings",
        "seats",
        "organisations",
        "papers/agenda-pdf",
        "accounts",
        "audit",
    ],
)
def test_an_odd_id_leads_nowhere(client, asking, path, id_):
    asking[0] = BOTH
    answer = client.get(f"/{path}/{id_}")
    assert answer.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST)
    assert "a=b" not in str(answer.headers)
    assert "<script" not in answer.text


def zipped(size):
    """A workbook's shell around a part that is far larger than it says."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * size)
    return file.getvalue()


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\x.csv", "a\r\nb.csv", "x.xlsx", "/dev/stdin", ""])
@pytest.mark.parametrize("content", [zipped(20_000_000), b"PK\x03\x04broken", b"\xff\xfe\x00", b"\x00" * 100])
def test_a_file_that_is_no_table_is_refused_whatever_it_is_called(client, name, content):
    answer = client.post("/seats/plan", data={"on": "2025-09-09", "file": (BytesIO(content), name)})
    assert answer.status_code == (HTTPStatus.BAD_REQUEST if name else answer.status_code)
    assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
    assert "passwd" not in answer.text


@pytest.mark.parametrize("path", ["/seats/plan", f"/items/{ITEM}", "/account", "/audit/verify"])
def test_more_than_a_form_holds_is_refused(client, path):
    big = {"file": (BytesIO(b"x" * 70_000), "x.csv")}
    assert client.post(path, data=big).status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert client.post(path, data={"a": "x" * 70_000}).status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_a_script_in_any_text_is_shown_as_text_everywhere(governance, client, asking, hasher):
    asking[0] = BOTH
    meeting = "moede-2025-12-02"
    wrote = [
        sent(client, "/items", id="ÆØ-<b>9</b>", kind="aendringsoenske", title=SCRIPT, source=SCRIPT),
        sent(client, "/relations/" + ITEM, to="ÆØ-1434", kind="x", source=SCRIPT),
        sent(client, f"/completeness/{ITEM}", source=SCRIPT),
        sent(
            client, f"/consultations/{ITEM}", asked_of=SCRIPT, question=SCRIPT, source=SCRIPT, person=SCRIPT
        ),
        sent(client, f"/answers/{ITEM}", answer=SCRIPT, source=SCRIPT),
        sent(client, f"/steps/{ITEM}", step="afvis", body="kombit", reason=SCRIPT, person=SCRIPT),
        sent(client, "/meetings", body=BODY, date="2025-12-02", title=SCRIPT, source=SCRIPT),
        sent(client, f"/points/{meeting}", section="eventuelt", title=SCRIPT, source=SCRIPT),
        sent(client, "/rounds", id=ROUND, body=BODY, closes="2025-11-01", choices=[ITEM], title=SCRIPT),
        sent(client, "/accounts", login="ny", person=SCRIPT),
        client.post("/accounts", data={"login": SCRIPT, "name": SCRIPT, "email": SCRIPT}),
        client.post(
            f"/items/{ITEM}", data={"form": "record", "target": "note", "fact.note": SCRIPT, "source": SCRIPT}
        ),
        client.post("/seats/plan", data={"seats": SCRIPT, "candidates": SCRIPT, "sets": SCRIPT}),
    ]
    assert {each.status_code for each in wrote} <= {200, 201, 303, 400, 403, 422}
    kept = {each.request.path: each.status_code for each in wrote}
    assert kept[f"{API}/items"] == kept[f"{API}/meetings"] == kept[f"{API}/rounds"] == 201, kept
    numbers = [each.event.number for each in events_page(governance).lines][:40]
    pages = [
        "/",
        "/items",
        f"/items?q={SCRIPT}",
        f"/items/{ITEM}",
        "/items/ÆØ-<b>9</b>",
        f"/items/{ITEM}/try",
    ]
    pages += [
        "/todo",
        "/meetings",
        f"/meetings/{meeting}",
        "/rounds",
        f"/rounds/{ROUND}",
        "/report",
        "/rights",
    ]
    pages += [
        "/accounts",
        "/account",
        "/audit",
        "/audit/refusals",
        "/audit/accesses",
        "/seats",
        f"/login?next={SCRIPT}",
    ]
    pages += [f"/things/{ITEM}/facts", f"/things/{ITEM}/relate", *(f"/audit/{number}" for number in numbers)]
    seen = [(path, client.get(path)) for path in pages] + [(each.request.path, each) for each in wrote]
    for path, answer in seen:
        assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, path
        if answer.mimetype != "text/html":
            assert answer.mimetype in ("application/json", "application/problem+json"), path
            continue
        assert "<script" not in answer.text, path
        assert "<img" not in answer.text, path
        assert "<b>9" not in answer.text, path
    assert sum("{{7*7}}" in answer.text for _, answer in seen) > 10
    for kind in ("agenda-pdf", "agenda-docx", "minutes-pdf", "minutes-docx", "invitation"):
        paper = client.get(f"/papers/{kind}/{meeting}")
        assert paper.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, kind
        assert "<script" not in str(paper.headers)
