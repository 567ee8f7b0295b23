"""Whatever a program sends, it is answered with a clear problem, and never with a fault of ours."""

import pytest

from governance.service import item

TRACK = "ÆØ-1434/1"
STEPS = f"/api/v1/steps/{TRACK}"
READY = '{"step": "meld-klar", "body": "kombit"}'


@pytest.fixture
def headers(tokens):
    return {"Authorization": f"Bearer {tokens['sekretariat']}", "If-Match": "*"}


@pytest.fixture
def send(app, headers):
    def sent(content, address=STEPS, media_type="application/json", **more):
        return app.test_client().post(
            address, data=content, content_type=media_type, headers={**headers, **more}
        )

    return sent


def said(answer):
    assert answer.content_type == "application/problem+json"
    return " ".join(each["text"]["en"] for each in answer.json["problems"])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "the content is no JSON: line 1, character 1"),
        ('{"step":\n  }', "the content is no JSON: line 2, character 3"),
        ("[]", "the content is no object"),
        ('"words"', "the content is no object"),
        ("null", "the content is no object"),
        ("{}", "`step` is missing"),
        ("[" * 30_000, "the content is nested too deeply"),
        ('{"step": ' * 6_000, "the content is nested too deeply"),
        ('{"step": NaN}', "`NaN` is no number in JSON"),
        ('{"step": ' + "9" * 5_000 + "}", "a number of too many digits"),
        ('{"step": 1e999, "body": "kombit"}', "`step` is no text"),
        ('{"step": "a", "step": "b"}', "`step` stands twice in one object"),
        ('{"step": "\\u0000", "body": "kombit"}', "`step` holds characters that cannot be stored"),
        ('{"step": "\\ud800", "body": "kombit"}', "`step` holds characters that cannot be stored"),
        ('{"step": null, "body": "kombit"}', "`step` cannot be null"),
        ('{"step": "", "body": "kombit"}', "`step` is not between 1 and 100"),
        ('{"step": "' + "x" * 101 + '", "body": "kombit"}', "`step` is not between 1 and 100"),
        ('{"step": "a", "body": "kombit", "inputs": {"stoerrelse": 3}}', "`inputs.stoerrelse` is no text"),
        ('{"step": "a", "body": "kombit", "inputs": []}', "`inputs` is no object"),
        ('{"step": "a", "body": "kombit", "inputs": {"\\udfff": ""}}', "cannot be stored"),
        (b"\xff\xfe{}", "the content is not UTF-8"),
        ("{}".encode("utf-16"), "the content is not UTF-8"),
    ],
)
def test_content_that_is_no_request_is_400_with_its_place(send, content, sentence):
    answer = send(content)
    assert answer.status_code == 400
    assert sentence in said(answer)
    assert all(each["at"] for each in answer.json["problems"])


@pytest.mark.parametrize("name", ["recorder", "state", "version", "origin", "caller", "key", "__class__"])
def test_what_the_service_decides_cannot_be_set_from_outside(send, governance, name):
    before = item(governance, TRACK)
    answer = send(READY[:-1] + f', "{name}": "x"}}')
    assert answer.status_code == 400
    assert answer.json["problems"][0]["at"] == f"#/{name}"
    assert f"`{name}` is not known here" in said(answer)
    assert item(governance, TRACK) == before


def test_all_that_is_wrong_is_told_at_once(send):
    answer = send('{"step": 1, "inputs": {"a": 2}, "state": "bestilt"}')
    assert {each["at"] for each in answer.json["problems"]} == {"#/step", "#/body", "#/inputs/a", "#/state"}


@pytest.mark.parametrize(
    "media_type", ["", "text/plain", "application/x-www-form-urlencoded", "application/xml"]
)
def test_content_of_another_type_is_415(send, media_type):
    assert send(READY, media_type=media_type).status_code == 415


def test_too_much_content_is_413(send):
    assert send('{"step": "' + "x" * 70_000 + '"}').status_code == 413


def test_an_unknown_word_in_an_address_is_refused(api, headers):
    answer = api.http.get("/api/v1/items?recorder=x", headers=headers)
    assert (answer.status_code, answer.json["problems"][0]["at"]) == (400, "?recorder")


@pytest.mark.parametrize(
    "address",
    ["/api/v1/items/%00", "/api/v1/items/a%00b", "/api/v1/items/%ED%A0%80", f"/api/v1/items/{'x' * 3000}"],
)
def test_an_id_that_nothing_can_have_is_404(api, headers, address):
    assert api.http.get(address, headers=headers).status_code == 404


def test_head_is_answered_as_get_for_what_is_not_there(api, headers):
    for address in ("items/nej", "meetings/nej", "rounds/nej", "organisations/nej", "corrections/999999"):
        asked = [method(f"/api/v1/{address}", headers=headers) for method in (api.http.get, api.http.head)]
        assert [each.status_code for each in asked] == [404, 404], address


@pytest.mark.parametrize("event", ["1000000000", "1518146490767", "9" * 90])
def test_a_correction_of_an_event_that_there_cannot_be_is_answered_as_documented(api, headers, event):
    address = f"/api/v1/corrections/{event}"
    assert api.http.get(address, headers=headers).status_code == 404
    answer = api.http.post(address, json={"reason": "fejl"}, headers=headers)
    assert answer.status_code == 400
    assert said(answer) == f"there is no event {event}; the item's history shows the numbers"


@pytest.mark.parametrize(
    "query", ["on=%00", "on=2025-13-01", "on=0000", "known=x", "on=" + "9" * 90, "state=%00"]
)
def test_a_day_that_is_none_is_400(api, headers, query):
    answer = api.http.get(f"/api/v1/items?{query}", headers=headers)
    assert answer.status_code == 400
    assert said(answer)


@pytest.mark.parametrize("number", ["x", "-1", "1e2", "9" * 5000, "", "1.5", "51"])
def test_a_number_that_is_none_is_400(api, headers, number):
    assert api.http.get(f"/api/v1/seats/forecast?years={number}", headers=headers).status_code == 400


@pytest.mark.parametrize("key", ["x" * 201, "", "\x7f"])
def test_a_key_that_cannot_be_one_is_400(send, key):
    assert send(READY, **{"Idempotency-Key": key}).status_code == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_a_method_an_address_has_not_is_405_and_says_which_it_has(app, headers, method):
    answer = app.test_client().open(STEPS, method=method, headers=headers)
    assert (answer.status_code, answer.content_type) == (405, "application/problem+json")
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


def test_a_cookie_opens_nothing_and_a_form_needs_no_token_of_its_own(app):
    client = app.test_client()
    client.set_cookie("governance", "anything")
    assert client.get("/api/v1/items").status_code == 401
    assert client.post(STEPS, data=READY, content_type="application/json").status_code == 401


def test_a_fault_of_ours_is_a_problem_that_says_nothing_of_how(app, headers, monkeypatch):
    monkeypatch.setattr("governance.service.rules", lambda *_, **__: 1 / 0)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = app.test_client().get("/api/v1/rules", headers=headers)
    assert (answer.status_code, answer.json["type"]) == (500, "/api/v1/#ours")
    assert "ZeroDivision" not in answer.text
