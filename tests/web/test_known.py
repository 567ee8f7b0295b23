"""The pages as they were known on an earlier day: said so, and nothing can be recorded from them."""

import shutil
from datetime import UTC, datetime

import pytest

from governance.service import advance, open_governance, record_fact
from tests.callers import SECRETARIAT
from tests.web.test_pages import words
from web import create_app

KNOWN = "2025-10-31"
SAID = "Vist, som registreringen stod ved udgangen af 31. oktober 2025"
ITEM = "/items/ÆØ-1434/1"
MEETING = "/meetings/moede-2025-09-09"
FORMS = ["/meetings", ITEM, f"{ITEM}?to=bestilt&fact=stoerrelse", MEETING, "/seats/plads-2"]
PAGES = ["/items", "/todo", *FORMS, "/seats", "/seats/check", "/seats/forecast", "/report"]


@pytest.fixture(scope="module")
def pages(round_of_september, tmp_path_factory):
    """The round of September, with a fact and a step recorded since; only read."""
    path = shutil.copy(round_of_september, tmp_path_factory.mktemp("known") / "copy.sqlite")
    gov = open_governance(f"sqlite:///{path}", now=lambda: datetime(2025, 11, 20, 9, tzinfo=UTC))
    record_fact(gov, "ÆØ-1434/1", "stoerrelse", "XL", source="et nyt notat", on="2025-10-05")
    assert advance(gov, "ÆØ-1434/1", "afklar", "kombit").allowed
    yield create_app(gov, secret_key="x" * 32, caller_of=lambda: SECRETARIAT)
    gov.engine.dispose()


@pytest.fixture
def client(pages):
    return pages.test_client()


def known(path, day=KNOWN):
    return f"{path}{'&' if '?' in path else '?'}known={day}"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_that_it_is_as_known_on_an_earlier_day_and_offers_no_form_to_record(client, path):
    page = client.get(known(path))
    assert page.status_code == 200
    assert SAID in words(page.text)
    assert 'method="post"' not in page.text
    english = client.get(known(path) + "&lang=en").text
    assert "Shown as the record stood at the end of 31 October 2025" in words(english)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("day", ["", "2025-11-20", "2099-01-01"])
def test_a_page_of_what_is_known_now_says_nothing_of_it(client, path, day):
    page = client.get(known(path, day)).text
    assert SAID[:30] not in words(page)
    assert 'id="as-known"' not in page
    assert ('method="post"' in page) == (path in FORMS)


def test_what_was_recorded_since_is_not_shown_as_known_before(client):
    now, then = (words(client.get(path).text) for path in (ITEM, known(ITEM)))
    assert "Redigeringsværktøj som en del af DUBU Under afklaring" in now
    assert "Redigeringsværktøj som en del af DUBU Indmeldt" in then
    assert "et nyt notat" in now
    assert "et nyt notat" not in then


def test_links_and_forms_of_an_earlier_day_stay_on_that_day(client):
    board = client.get(known("/items")).text
    assert f'/items/%C3%86%C3%98-1434/1?known={KNOWN}"' in board
    assert f'<input type="hidden" name="known" value="{KNOWN}">' in board
    page = client.get(known(ITEM)).text
    assert f'/items/%C3%86%C3%98-1434?known={KNOWN}"' in page
    assert f'<input type="hidden" name="known" value="{KNOWN}">' in page
    assert f"to=bestilt&amp;known={KNOWN}#way" in page
    assert f'href="{client.get("/seats").request.path}?on=' in client.get(known("/seats")).text
    assert f"known={KNOWN}&amp;lang=en" in page


def test_a_day_that_cannot_be_read_is_told_as_such(client):
    for path in PAGES:
        answer = client.get(known(path, "engang"))
        assert answer.status_code == 400
        assert "»engang« er ikke en dato" in words(answer.text)


def test_an_item_that_was_not_known_yet_is_told_as_such(client):
    answer = client.get(known(ITEM, "2025-09-30"))
    assert answer.status_code == 400
    assert "efter hvad der var skrevet ned til og med 30. september 2025" in words(answer.text)
