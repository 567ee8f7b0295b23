"""Try it: the page answers as the rules would, keeps what was typed in its address, and stores nothing."""

import html
import re

import pytest

from governance.service import add_item, history

TRACK = "ÆØ-1434/1"
PATH = f"/items/{TRACK}/try"


def words(page):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def test_nothing_supposed_is_how_the_record_stands(client):
    page = words(client.get(PATH).text)
    assert "Intet gemmes." in page
    assert "sådan står registret" in page
    assert "Ville være tilladt 7" in page


def test_what_is_supposed_is_told_with_the_steps_it_makes_a_difference_to(client, governance):
    before = history(governance, TRACK)
    page = words(client.get(PATH, query_string={"body": "referencegruppen", "fact.stoerrelse": "XS"}).text)
    assert "Antaget: referencegruppen spørger, 1. oktober 2025; størrelseskoden: XS" in page
    assert "Meld klar til prioritering KOMBIT → fører til klar til prioritering ikke længere tilladt" in page
    assert history(governance, TRACK) == before


def test_a_step_that_becomes_allowed_says_so(client):
    page = words(client.get(PATH, query_string={"fact.forslag": "Et forslag"}).text)
    assert re.search(r"Forelæg gruppen et forslag [^✕]*nu tilladt", page)


def test_everything_wrong_is_told_at_once_and_what_was_typed_is_kept(client):
    asked = {"body": "kombitt", "on": "i morgen", "fact.estimat-aar": "mange", "person": "<Nogen>"}
    answer = client.get(PATH, query_string={**asked, "on": "2025-10-02"})
    assert answer.status_code == 400
    told = words(answer.text)
    assert "mente du kombit" in told.replace("»", "")
    assert "»mange«" in told
    assert 'value="mange"' in answer.text
    assert 'value="&lt;Nogen&gt;"' in answer.text
    day = client.get(PATH, query_string=asked)
    assert day.status_code == 400
    assert 'value="i morgen"' in day.text


def test_a_day_ahead_is_answered_and_one_before_the_item_is_told(client):
    assert "1. januar 2027" in words(client.get(PATH, query_string={"on": "2027-01-01"}).text)
    answer = client.get(PATH, query_string={"on": "2024-02-01"})
    assert answer.status_code == 400
    assert "fandtes ikke endnu 1. februar 2024" in words(answer.text)


def test_the_address_says_it_all_in_the_other_language_too(client):
    page = client.get(PATH, query_string={"body": "kombit", "fact.stoerrelse": "XS"}).text
    switch = re.search(r'<a href="([^"]+)" lang="en"', page)[1]
    assert "body=kombit" in switch
    assert "fact.stoerrelse=XS" in switch
    assert "Nothing is stored." in words(client.get(html.unescape(switch)).text)


def test_an_item_that_is_not_there_is_not_found(client):
    assert client.get("/items/ÆØ-1/try").status_code == 404


@pytest.mark.parametrize("text", ["x" * 5000, "<script>alert(1)</script>"])
def test_long_and_hostile_texts_are_only_ever_text(client, text):
    page = client.get(PATH, query_string={"fact.forslag": text, "reason": text}).text
    assert "<script" not in page
    assert html.escape(text, quote=False)[:50] in page


def test_an_items_page_leads_to_it(client, governance):
    add_item(governance, "ÆØ-7", "aendringsoenske", "Et ønske", on="2025-09-30")
    assert 'href="/items/%C3%86%C3%98-7/try"' in client.get("/items/ÆØ-7").text


def test_a_seat_is_tried_with_the_organisations_to_choose_from(client):
    page = client.get("/items/plads-2/try").text
    assert 'name="fact.organisation" value="" autocomplete="off" list="organisations"' in page
    assert '<option value="Nyborg"></option>' in page.partition('<datalist id="organisations">')[2]
