"""What a meeting is called, who may come, and what it no longer takes once it was held."""

from governance.service import record_thing
from tests.web.test_pages import words


def test_a_meeting_without_a_title_is_called_by_its_kind_and_day(client, governance):
    record_thing(
        governance,
        "m-1",
        "meeting",
        links={"body": "referencegruppen"},
        facts={"date": "2026-03-10"},
        origin="live",
        source="kalender",
    )
    assert "Møde 10. marts 2026" in words(client.get("/meetings").text)
    assert "<h1>Møde 10. marts 2026</h1>" in client.get("/meetings/m-1").text
    assert "<h1>Meeting 10 March 2026</h1>" in client.get("/meetings/m-1?lang=en").text


def test_everybody_who_takes_part_in_the_body_can_be_marked_observers_too(client, governance):
    record_thing(
        governance,
        "m-1",
        "meeting",
        links={"body": "referencegruppen"},
        facts={"date": "2025-10-20"},
        origin="live",
        source="kalender",
    )
    page = client.get("/meetings/m-1").text
    for who in ("KL", "Socialstyrelsen", "KOMBIT", "Horsens"):
        assert f'name="status.{who}"' in page
    assert "KL Observatør".casefold() in words(page).casefold()


def test_a_meeting_that_was_held_offers_no_more_points(client, governance):
    held = words(client.get("/meetings/moede-2024-09").text)
    assert "Mødet er afholdt og tager ikke flere punkter" in held
    assert 'name="form" value="own"' not in client.get("/meetings/moede-2024-09").text
