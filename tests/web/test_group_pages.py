"""What the pages about the group show of the demo round: its tasks, meetings, rounds and seats."""

import re
import sys

import pytest

from governance.service import (
    add_item,
    advance,
    agenda_proposals,
    cast,
    meeting,
    meetings,
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


@pytest.fixture
def november(governance):
    """A meeting ahead with three items on its agenda."""
    links, facts = {"body": "referencegruppen"}, {"date": "2025-11-20"}
    record_thing(governance, NEXT, "meeting", links=links, facts=facts, origin="live", source="plan")
    for item in ITEMS:
        put_on_agenda(governance, NEXT, "aendringsoensker", item=item)
    return NEXT


@pytest.fixture
def closed(governance, november):
    """A closed round with a tie at the top: 6, 6 and 2 points from three municipalities."""
    open_round(governance, "runde-1", "referencegruppen", closes="2025-10-01", meeting=november)
    ballots = {"Horsens": ("3", "2", ""), "Køge": ("1", "4", ""), "Lolland": ("2", "", "2")}
    for name, points in ballots.items():
        assert cast(governance, "runde-1", name, dict(zip(ITEMS, points, strict=True))).allowed
    assert advance(governance, "runde-1", "luk-runde", "kombit").allowed
    return "runde-1"


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
    assert "`mange` er ikke et antal dage" in words(answer.text)


def test_nothing_to_do_says_what_to_do_next(client):
    page = words(client.get("/todo?known=2025-09-30").text)
    assert "Intet venter i de dage" in page


def test_a_ballot_missing_is_a_task_of_each_municipality(client, governance, november):
    open_round(governance, "runde-1", "referencegruppen", closes="2025-10-05", meeting=november)
    page = words(client.get("/todo").text)
    for name in ("Horsens", "Køge"):
        assert re.search(rf"{name} 1 Giv point i runden", page), name


def test_every_meeting_is_listed_with_its_state_and_next_step(client, governance):
    page = words(client.get("/meetings").text)
    for line in meetings(governance):
        assert line.title in page
    assert "Indkaldt Næste: Afhold mødet" in page


def test_a_meetings_page_has_agenda_attendance_duties_and_rules(client, governance):
    page = client.get(f"/meetings/{MEETING}").text
    view = meeting(governance, MEETING)
    told = words(page)
    for _heading, points in view.sections:
        for point in points:
            assert point.title in told
    for each in view.attendances:
        assert f'name="status.{each.organisation.id}"' in page
    assert "senest 2. september 2025" in told
    assert "29 dage over" in told
    assert "omkring lørdag den 30. august 2025, fra 26. august 2025 til 2. september 2025" in told


def test_a_duty_ahead_tells_the_days_left(client, november):
    assert "43 dage tilbage" in words(client.get(f"/meetings/{november}").text)


def test_what_is_ready_can_be_put_on_with_one_button_each(client, governance, november):
    page = client.get(f"/meetings/{november}").text
    proposals = agenda_proposals(governance, november)
    assert proposals
    for each in proposals:
        assert f'name="target" value="{each.item.id}"' in page


def test_a_conclusion_not_allowed_is_told_with_its_reason_before_it_is_tried(client, november):
    page = client.get(f"/meetings/{november}?point={november}/3.1").text
    refused = words(page[page.index("Ikke tilladt, og hvorfor") :])
    assert "En konklusion dateres den dag, mødet holdes" in refused
    assert "Gruppen kan først indstille ønsket" in refused
    assert page.count('name="form" value="conclude"') > 5


def test_points_that_are_not_chosen_stay_lean(client, november):
    page = client.get(f"/meetings/{november}").text
    assert 'value="conclude"' not in page
    assert f"point={november}/3.2" in page


def test_an_open_round_names_who_has_cast_and_never_a_score(client, governance, november):
    open_round(governance, "runde-1", "referencegruppen", closes="2025-11-19", meeting=november)
    assert cast(governance, "runde-1", "Køge", dict(zip(ITEMS, "554", strict=True))).allowed
    page = client.get("/rounds/runde-1").text
    told = words(page)
    assert "Hvem der har givet point 1 / 5" in told
    assert "Fredensborg, Glostrup, Horsens, Lolland" in told
    assert "Giv point" in told[told.index("Historik") :]
    assert not re.search(r"\b14\b", told)
    assert 'class="score-bar"' not in page


def test_a_closed_round_shows_bars_ranks_ties_in_words_and_how_firm_it_stands(client, closed):
    page = client.get(f"/rounds/{closed}").text
    widths = re.findall(r'class="fill" width="(\d+)"', page)
    assert widths == ["100", "100", "33"]
    told = words(page)
    assert "1. står lige med ÆØ-1754" in told
    assert "ÆØ-1434/1 og ÆØ-1754 står lige; 1 point givet anderledes ændrer det" in told
    assert "Uden Køge ville 2 par sager stå anderledes" in told
    assert "Gav ikke point 2 Fredensborg, Glostrup" in told
    assert 'name="form" value="cast"' not in page


def test_the_rounds_of_a_meeting_are_on_its_page_and_in_the_list(client, closed, november):
    assert f'href="/rounds/{closed}"' in client.get(f"/meetings/{november}").text
    assert f'href="/rounds/{closed}"' in client.get("/meetings").text


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/meetings/moede-2025-09-99", "mente du `moede-2025-09-09`"),
        ("/seats/plads-99", "mente du `plads-"),
        ("/rounds/runde-x", "`runde-x`"),
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


def test_a_point_that_is_not_there_leaves_the_meeting_as_it_is(client, november):
    assert client.get(f"/meetings/{november}?point=x/1").status_code == 200


def test_each_seat_has_its_state_and_a_page_with_its_steps(client, governance):
    page = client.get("/seats").text
    for seat in seats(governance).seats:
        assert f'href="/seats/{seat.id}"' in page
    own = words(client.get("/seats/plads-2").text)
    assert "ledig: Middelfart" in own
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


@pytest.mark.parametrize(
    ("kind", "begins", "name"),
    [
        ("agenda-pdf", b"%PDF-", "dagsorden-moede-2025-09-09.pdf"),
        ("minutes-docx", b"PK", "referat-moede-2025-09-09.docx"),
        ("invitation-ics", b"BEGIN:VCALENDAR", "indkaldelse-moede-2025-09-09.ics"),
    ],
)
def test_the_papers_of_a_meeting_are_fetched_from_its_page(client, kind, begins, name):
    page = client.get(f"/meetings/{MEETING}").text
    address = f"/papers/{kind}/{MEETING}"
    assert f'href="{address}"' in page
    answer = client.get(address)
    assert answer.data.startswith(begins)
    assert name in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("path", [f"/papers/agenda-exe/{MEETING}", "/papers/agenda-pdf/moede-x"])
def test_a_paper_that_there_is_none_of_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("missing", "offered"),
    [
        (["typst"], ["agenda-docx", "minutes-docx", "invitation-ics"]),
        (["lxml"], ["agenda-pdf", "minutes-pdf", "invitation-ics"]),
        (["icalendar", "docx"], ["agenda-pdf", "minutes-pdf"]),
        (["typst", "docx", "icalendar"], []),
    ],
)
def test_a_paper_is_offered_only_where_what_writes_it_is_installed(client, monkeypatch, missing, offered):
    for library in missing:
        monkeypatch.setitem(sys.modules, library, None)
    page = client.get(f"/meetings/{MEETING}").text
    assert re.findall(r'href="/papers/([a-z-]+)/', page) == offered
    assert ("der kan ikke skrives papirer" in page.casefold()) is not bool(offered)


@pytest.mark.parametrize(("date", "dated"), [("2025-12-02", True), ("2025-12", False)])
def test_an_invitation_is_offered_once_the_day_is_known(governance, client, date, dated):
    links = {"body": "referencegruppen"}
    record_thing(governance, "m", "meeting", links=links, facts={"date": date}, origin="live", source="x")
    assert ("/papers/invitation-ics/m" in client.get("/meetings/m").text) is dated
