"""What happens when successors for the seats are asked for by a form, with or without candidates."""

import io

from tests.served import TOKEN
from tests.web.test_pages import words

TODAY = "2025-10-01"


def planning(client, **fields):
    token = TOKEN.search(client.get("/seats/plan").text)[1]
    return client.post(
        "/seats/plan", data={"csrf_token": token, "on": TODAY, **fields}, content_type="multipart/form-data"
    )


def test_a_plan_asked_for_with_an_empty_form_is_made_as_the_page_says(client):
    page = planning(client, on="").text
    assert 'class="found" role="status"' in page
    assert 'class="found" role="status"' not in client.get("/seats/plan").text


def test_candidates_written_as_a_list_are_planned_with_and_a_named_set_compared(client):
    names = "Nyborg\nAssens\nMorsø\nThisted\nBillund"
    answer = planning(client, candidates=names, sets="Nyborg, Assens, Billund")
    assert answer.status_code == 200
    told = words(answer.text)
    assert "5 kandidater" in told
    assert "Nyborg, Assens, Billund: dårligere end det bedste" in told


def test_candidates_come_from_a_csv_file_with_what_is_known_of_them(client):
    table = "organisation;tilsluttet\nNyborg;ja\nAssens;ja\nMorsø;\nThisted;nej\n".encode()
    answer = planning(client, file=(io.BytesIO(table), "kandidater.csv"))
    assert answer.status_code == 200
    told = words(answer.text)
    assert "4 kandidater" in told
    assert "Tilslutning til DUBU: Morsø" in told


def test_candidates_that_are_none_are_told_row_by_row_and_the_text_kept(client):
    answer = planning(client, candidates="Nyborg\nNybro")
    assert answer.status_code == 400
    told = words(answer.text)
    assert "»Nybro«" in told
    assert "candidates.csv" not in told
    assert ">\nNyborg\nNybro</textarea>" in answer.text


def test_a_file_larger_than_a_form_is_refused(client):
    assert planning(client, file=(io.BytesIO(b"x" * 70_000), "stor.csv")).status_code == 413
