"""The organisations: their list, one with what is known of it, and a fact written down by whoever may."""

import pytest

from tests.callers import NOBODY, PROJECT_GROUP, READER
from tests.web.test_pages import words
from web import create_app


def pages(governance, caller):
    return create_app(governance, secret_key="x" * 32, caller_of=lambda: caller).test_client()


def test_every_organisation_stands_with_what_is_known_and_the_seats_it_holds(client):
    page = words(client.get("/organisations").text)
    assert "102 af 102" in page
    assert "Horsens Kommune Kommunekoden: 0615; Regionen: Region Midtjylland; Indbyggertallet: 90.966" in page
    sitting = words(client.get("/organisations?state=sits").text)
    assert "5 af 102" in sitting
    assert "Glostrup" in sitting
    assert "Aarhus" not in sitting


def test_the_list_is_narrowed_and_says_when_nothing_fits(client):
    assert "1 af 102" in words(client.get("/organisations?q=HORSENS&kind=kommune").text)
    assert "Ingen organisation passer" in words(client.get("/organisations?q=findes-ikke").text)
    assert client.get("/organisations?kind=komune").status_code == 400


def test_an_organisation_shows_its_terms_and_what_holds_between_dates(client):
    page = words(client.get("/organisations/Middelfart?on=2025-09-09").text)
    assert "Plads 2 Senest 9. september 2025 9. september 2025 har den" in page
    after = words(client.get("/organisations/Middelfart?on=2025-09-10").text)
    assert "9. september 2025 har den ikke" in after
    koege = words(client.get("/organisations/Køge?on=2026-06-01").text)
    assert "Regionen Region Sjælland Til og med 31. december 2026" in koege
    assert "Fra 1. januar 2027 · ikke denne dag" in koege
    assert "Deltager i" in words(client.get("/organisations/KL").text)
    assert "What is recorded" in words(client.get("/organisations/KL?lang=en").text)


def test_an_organisation_that_is_not_there_is_not_found_and_a_like_one_is_offered(client):
    answer = client.get("/organisations/Horsen")
    assert answer.status_code == 404
    assert "mente du »Horsens«?" in words(answer.text)


def test_a_fact_is_written_down_as_a_dane_types_it_and_shown_with_its_source(client, fill):
    path = "/organisations/Horsens?fact=inhabitants"
    sent = {"fact.inhabitants": "91.250,0", "source": "Danmarks Statistik", "on": "1. september 2025"}
    answer = fill(path, "record", "inhabitants", **sent)
    assert answer.status_code == 303
    page = words(client.get("/organisations/Horsens").text)
    assert "Indbyggertallet 91.250 1. september 2025 · Danmarks Statistik" in page
    again = fill(path, "record", "inhabitants", **{**sent, "fact.inhabitants": "91400"})
    assert again.status_code == 303
    assert "1 tidligere værdi" in words(client.get("/organisations/Horsens").text)


def test_what_cannot_be_a_fact_is_told_and_stays_in_the_form(fill):
    sent = {"fact.inhabitants": "91.250", "source": "Danmarks Statistik", "on": "1.9.25"}
    answer = fill("/organisations/Horsens?fact=inhabitants", "record", "inhabitants", **sent)
    assert answer.status_code == 400
    assert "årstal på to cifre" in words(answer.text)
    assert 'value="91.250"' in answer.text
    sent["on"] = "1.9.2025"
    clear = fill("/organisations/Horsens?fact=inhabitants", "record", "inhabitants", **sent)
    assert "»91.250« kan læses på to måder; skriv 91250 uden tegn" in words(clear.text)


@pytest.mark.parametrize("caller", [READER, PROJECT_GROUP])
def test_whoever_may_not_record_sees_the_page_and_why_there_is_no_form(governance, caller):
    page = pages(governance, caller).get("/organisations/Horsens?fact=region").text
    assert "Du kan ikke registrere en oplysning her" in words(page)
    assert 'name="fact.region"' not in page


@pytest.mark.parametrize("path", ["/organisations", "/organisations/Horsens"])
def test_whoever_may_not_read_is_turned_away(governance, path):
    assert pages(governance, NOBODY).get(path).status_code == 403
