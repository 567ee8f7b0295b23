"""The database goes away while the pages are served: a page says so, names no address, and it comes back."""

from secrets import token_hex

import pytest

from tests.served import TOKEN
from tests.web.test_pages import words
from web import create_app

CARD = "ÆØ-1754"
FORM = {"form": "record", "target": "situation", "fact.situation": "daglig drift", "source": "mail"}


@pytest.fixture
def away(governance, tmp_path):
    """Take the database away; gives what is still to be called to have it back."""
    file, aside = tmp_path / "copy.sqlite", tmp_path / "aside"

    def taken():
        governance.engine.dispose()
        file.rename(aside)
        file.mkdir()
        return back

    def back():
        file.rmdir()
        aside.rename(file)

    return taken


def tells_nothing(answer):
    return not any(each in answer.text for each in ("sqlite", "copy.", "unable to open", "Traceback"))


@pytest.mark.parametrize(
    "path", ["/", "/todo", "/items", f"/items/{CARD}", "/meetings", "/rules", "/nothing"]
)
def test_a_page_without_its_database_says_so_and_comes_back(client, away, path, caplog):
    before = client.get(path).status_code
    back = away()
    answer = client.get(path)
    assert answer.status_code == (404 if path == "/nothing" else 503)
    assert tells_nothing(answer)
    if path != "/nothing":
        assert "Registret kan ikke nås lige nu" in words(answer.text)
        assert "cannot be used" in caplog.text
    back()
    assert client.get(path).status_code == before


def test_a_form_sent_meanwhile_can_be_sent_again_as_it_was(client, away):
    token = TOKEN.search(client.get(f"/items/{CARD}").text)[1]
    back = away()
    answer = client.post(f"/items/{CARD}", data={**FORM, "csrf_token": token})
    assert answer.status_code == 503
    assert tells_nothing(answer)
    assert 'name="fact.situation" value="daglig drift"' in answer.text
    back()
    again = {**FORM, "csrf_token": TOKEN.search(answer.text)[1]}
    assert client.post(f"/items/{CARD}", data=again).status_code == 303


def test_a_stranger_is_told_no_address_and_a_password_stands_in_no_page(governance, away):
    client = create_app(governance, secret_key=token_hex()).test_client()
    token = TOKEN.search(client.get("/login").text)[1]
    away()
    sent = {"csrf_token": token, "login": "anna", "password": "hemmeligt-ord"}
    for answer in (client.get("/login"), client.post("/login", data=sent)):
        assert answer.status_code == 503
        assert tells_nothing(answer)
        assert "hemmeligt-ord" not in answer.text


def test_a_program_is_told_to_send_the_same_again(governance, away):
    client = create_app(governance, secret_key=token_hex()).test_client()
    away()
    answer = client.get("/api/v1/items", headers={"Authorization": "Bearer gov_x"})
    assert (answer.status_code, answer.content_type) == (503, "application/problem+json")
    assert answer.json["type"].endswith("#unanswered")
    assert tells_nothing(answer)
