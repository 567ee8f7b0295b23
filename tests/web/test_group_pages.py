"""What the pages about the group show of the demo round: its tasks and its seats."""

import re

import pytest

from governance.service import (
    add_item,
    open_round,
    put_on_agenda,
    record_thing,
    seats,
    todo,
)
from tests.web.test_pages import words

MEETING = "moede-2025-09-09"
NEXT = "moede-2025-11-20"
TRACK = "ÆØ-1434/1"
ITEMS = [TRACK, "ÆØ-1754", "ÆØ-1605"]
FOUND = [
    "/todo",
    "/meetings",
    f"/meetings/{MEETING}",
    "/seats",
    "/seats/plads-2",
    "/seats/check",
    "/seats/forecast",
    "/seats/plan",
]


@pytest.mark.parametrize("path", FOUND)
def test_each_page_is_told_in_both_languages(client, path):
    danish, english = client.get(path), client.get(f"{path}?lang=en")
    assert (danish.status_code, english.status_code) == (200, 200)
    title = re.search(r"<h1[^>]*>([^<]*)", danish.text)[1]
    assert f"<title>{title} – " in danish.text
    assert words(danish.text) != words(english.text)


def test_what_must_be_done_is_listed_by_who_and_leads_to_what_it_is_about(client, governance):
    page = client.get("/todo").text
    for task in todo(governance).tasks:
        assert task.what.da in words(page)
    assert f'href="/items/{MEETING}"' in page
    assert "KOMBIT" in page
    leads = client.get(f"/items/{MEETING}")
    assert leads.location == f"/meetings/{MEETING}"


def test_the_menu_begins_with_what_waits_and_what_must_be_done(client):
    menu = client.get("/help").text
    start = menu.index('class="mainmenu"')
    menu = menu[start : menu.index("</nav>", start)]
    assert re.findall(r'href="([^"]+)"', menu)[:5] == [
        "/",
        "/todo",
        "/items",
        "/meetings",
        "/rounds",
    ]


def test_a_late_duty_says_so_in_words(client, governance):
    record_thing(
        governance,
        "snart",
        "meeting",
        links={"body": "referencegruppen"},
        facts={"date": "2025-10-05"},
        origin="live",
        source="plan",
    )
    page = words(client.get("/todo").text)
    assert any(task.late for task in todo(governance).tasks)
    assert "forsinket skulle være sket senest 28. september 2025" in page


def test_the_days_ahead_are_chosen_and_a_number_that_is_none_is_told(client):
    assert '<option value="90" selected>' in client.get("/todo?days=90").text
    assert '<option value="12" selected>' in client.get("/todo?days=12").text
    answer = client.get("/todo?days=mange")
    assert answer.status_code == 400
    assert "»mange« er ikke et antal dage" in words(answer.text)


def test_nothing_to_do_says_what_to_do_next(client):
    page = words(client.get("/todo?known=2025-09-30").text)
    assert "Intet venter i de dage" in page


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/meetings/moede-2025-09-99", "mente du »moede-2025-09-09«"),
        ("/seats/plads-99", "mente du »plads-"),
        ("/rounds/runde-x", "»runde-x«"),
    ],
)
def test_what_is_not_there_is_not_found_and_a_like_one_is_offered(client, path, meant):
    answer = client.get(path)
    assert answer.status_code == 404
    assert meant in words(answer.text).casefold()


@pytest.mark.parametrize("path", ["/meetings", "/seats", "/rounds"])
def test_a_thing_of_another_kind_is_shown_on_its_own_page(client, path):
    answer = client.get(f"{path}/{TRACK}?on=2025-09-30")
    assert answer.status_code == 302
    assert client.get(answer.location).status_code == 200
    assert answer.location.endswith("?on=2025-09-30")


def test_each_seat_has_its_state_and_a_page_with_its_steps(client, governance):
    page = client.get("/seats").text
    for seat in seats(governance).seats:
        assert f'href="/seats/{seat.id}"' in page
    own = words(client.get("/seats/plads-2").text)
    assert "ledig; sidst besat af Middelfart" in own
    assert "Pladsen skal slås op i nyhedsbrevet, før et nyt medlem udpeges" in own


def test_the_time_line_draws_each_standing_and_its_table_says_the_same(client):
    page = client.get("/seats").text
    begin = page.index('<svg class="seat-line"')
    picture = page[begin : page.index("</svg>", begin)]
    for held in ("certain", "perhaps", "vacant", "unknown"):
        assert f'<g class="held {held}"' in picture
    for told in ("måske Middelfart", "ledig", "vides ikke", "3 perioder slutter", "i dag"):
        assert f">{told}</text>" in picture
    assert "Referencegruppens møde den 9. september 2025 (9. september 2025)" in words(page)
    assert "Ledig, 10. september 2025 – 1. oktober 2027" in words(page)


def test_a_span_is_judged_stretch_by_stretch(client):
    page = words(client.get("/seats/check?from=2025-09-01&to=2026-01-31").text)
    assert "overholdt 9. september 2025 referencegruppen" in page
    assert "brudt 10. september 2025 – 31. januar 2026 referencegruppen" in page
    assert "På mindst én dag er en skal-regel" in page


def test_a_span_that_ends_before_it_begins_is_told(client):
    answer = client.get("/seats/check?from=2026-01-01&to=2025-12-01")
    assert answer.status_code == 400
    assert "byt om på dagene" in words(answer.text)


def test_the_forecast_marks_the_cluster_and_that_no_call_is_recorded(client):
    page = words(client.get("/seats/forecast?on=2025-09-09").text)
    assert "Flere perioder slutter samtidig: september 2025" in page
    assert "Aalborg" in page
    assert "Middelfart" in page
    assert "Region Nordjylland" in page
    assert "pslag" in page


def test_a_cluster_that_is_past_is_told_with_the_vacant_seats_and_no_longer_warned_of(client):
    page = words(client.get("/seats/forecast?on=2025-10-01").text)
    assert "Flere perioder slutter samtidig" not in page
    assert "Flere perioder sluttede samtidig: 9. september 2025, Middelfart, Aalborg, Fredericia." in page


@pytest.mark.parametrize("years", ["0", "x", "51", "²"])
def test_years_that_cannot_be_foreseen_are_told(client, years):
    assert client.get("/seats/forecast", query_string={"years": years}).status_code == 400


def test_the_plan_has_the_best_sets_and_what_must_be_found_out_first(client):
    page = words(client.get("/seats/plan?on=2025-10-01").text)
    assert "De bedste sæt 20" in page
    assert "Det skal undersøges først" in page
    assert "98 kandidater" in page


def test_earlier_values_of_a_fact_are_kept_on_the_items_page(client, send):
    for size in ("M", "L"):
        send(TRACK, "record", "stoerrelse", fact_stoerrelse=size, source="en mail", on="2025-09-20")
    page = words(client.get(f"/items/{TRACK}").text)
    assert "L 20. september 2025" in page
    assert "1 tidligere værdi M 20. september 2025 · en mail" in page


def test_titles_of_the_group_are_only_ever_text(client, governance):
    hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{ 7*7 }} %s"
    add_item(governance, 'S"<b>', "aendringsoenske", hostile, on="2025-09-20")
    links = {"body": "referencegruppen"}
    record_thing(
        governance,
        'M"<b>',
        "meeting",
        links=links,
        facts={"date": "2025-10-08"},
        title=hostile,
        origin="live",
        source="x",
    )
    put_on_agenda(governance, 'M"<b>', "aendringsoensker", item='S"<b>')
    open_round(governance, 'R"<b>', "referencegruppen", closes="2025-10-07", meeting='M"<b>', title=hostile)
    for path in ("/todo", "/meetings", "/meetings/M%22%3Cb%3E", "/rounds/R%22%3Cb%3E", "/seats"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "<script" not in answer.text
        assert "<img" not in answer.text
        assert '"<b>' not in answer.text
