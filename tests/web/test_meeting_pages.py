"""What the pages show of meetings, their points and papers, and of the rounds that prepare them."""

import re
import sys

import pytest

from governance.service import (
    advance,
    agenda_proposals,
    cast,
    meeting,
    meetings,
    open_round,
    put_on_agenda,
    record_thing,
)
from tests.web.test_pages import words

MEETING = "moede-2025-09-09"
NEXT = "moede-2025-11-20"
ITEMS = ["ÆØ-1434/1", "ÆØ-1754", "ÆØ-1605"]


def planned(governance, id_, date):
    """A meeting of the reference group, without a title."""
    links, facts = {"body": "referencegruppen"}, {"date": date}
    record_thing(governance, id_, "meeting", links=links, facts=facts, origin="live", source="kalender")


@pytest.fixture
def november(governance):
    """A meeting ahead with three items on its agenda."""
    planned(governance, NEXT, "2025-11-20")
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


def test_a_meeting_without_a_title_is_called_by_its_kind_and_day(client, governance):
    planned(governance, "m-1", "2026-03-10")
    assert "Møde 10. marts 2026" in words(client.get("/meetings").text)
    assert "<h1>Møde 10. marts 2026</h1>" in client.get("/meetings/m-1").text
    assert "<h1>Meeting 10 March 2026</h1>" in client.get("/meetings/m-1?lang=en").text


def test_everybody_who_takes_part_in_the_body_can_be_marked_observers_too(client, governance):
    planned(governance, "m-1", "2025-10-20")
    page = client.get("/meetings/m-1").text
    for who in ("KL", "Socialstyrelsen", "KOMBIT", "Horsens"):
        assert f'name="status.{who}"' in page
    assert "KL Observatør".casefold() in words(page).casefold()


def test_a_meeting_that_was_held_offers_no_more_points(client, governance):
    held = words(client.get("/meetings/moede-2024-09").text)
    assert "Mødet er afholdt og tager ikke flere punkter" in held
    assert 'name="form" value="own"' not in client.get("/meetings/moede-2024-09").text


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


def test_a_point_that_is_not_there_leaves_the_meeting_as_it_is(client, november):
    assert client.get(f"/meetings/{november}?point=x/1").status_code == 200


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
    planned(governance, "m", date)
    assert ("/papers/invitation-ics/m" in client.get("/meetings/m").text) is dated
