"""Every page and form is noted in the access log, and nobody waits for it or is stopped by it."""

import pytest

from governance import service
from governance.service import accesses, advance, history
from tests.callers import NOBODY
from web import create_app


def lines(governance):
    return [(each.who, each.did, each.what, each.outcome.en) for each in accesses(governance)]


def test_a_page_is_noted_with_the_item_it_shows(client, governance):
    client.get("/items")
    client.get("/items/ÆØ-1754")
    assert lines(governance) == [
        ("Sekretariatet", "page items.board", "", "answered"),
        ("Sekretariatet", "page items.item", "ÆØ-1754", "answered"),
    ]


def test_a_form_is_noted_with_how_it_went(send, governance):
    send("ÆØ-1754", "advance", "bestil", body="kombit", version="1")
    send("ÆØ-1754", "advance", "bestil", body="kombit")
    send("ÆØ-1754", "record", "stemmer", fact_stemmer="mange", source="x")
    tried = [(did, outcome) for _, did, _, outcome in lines(governance) if did.startswith("form")]
    assert tried == [
        ("form items.act", "overtaken"),
        ("form items.act", "refused"),
        ("form items.act", "unusable"),
    ]


def test_an_item_that_is_not_there_is_noted_without_what_was_typed(client, governance):
    assert client.get("/items/Qwertine Zappelstrup").status_code == 404
    assert lines(governance) == [("Sekretariatet", "page items.item", "", "unusable")]


@pytest.mark.parametrize("address", ["/static/style.css", "/nowhere"])
def test_the_style_and_an_address_that_leads_nowhere_are_not_noted(client, governance, address):
    client.get(address)
    assert lines(governance) == []


def test_whoever_may_not_is_noted_as_refused(governance):
    client = create_app(governance, caller_of=lambda: NOBODY).test_client()
    assert client.get("/items").status_code == 403
    assert lines(governance) == [("Ingen", "page items.board", "", "refused")]


def test_a_log_that_cannot_be_written_leaves_the_page_and_is_said_in_the_servers_log(
    client, monkeypatch, caplog
):
    monkeypatch.setattr(service, "note_access", lambda *_: "disk I/O error")
    assert client.get("/").status_code == 200
    assert "the access could not be noted: disk I/O error" in caplog.text


def test_an_items_page_names_who_acted_and_who_wrote_it_down(client, governance):
    item = "ÆØ-1754"
    advance(
        governance, item, "bestil", "kombit", person="Qwertine Zappelstrup", recorder="Ludvig Brasenhoved"
    )
    assert history(governance, item)[-1].person == "Qwertine Zappelstrup"
    page = client.get(f"/items/{item}").text
    assert "af Ludvig Brasenhoved" in page
    assert "handlede: Qwertine Zappelstrup" in page
