"""The group's work done in a real browser: a round, a meeting and a seat, wide, narrow and by keyboard."""

import pytest

from governance.service import (
    advance,
    cast,
    item,
    meeting,
    open_round,
    put_on_agenda,
    record_thing,
    round_,
    seats,
)
from tests.browser import EVERYTHING_OPEN, OVERFLOW, tab_to

pytestmark = pytest.mark.browser

TODAY = "2025-10-01"
TRACK = "ÆØ-1434/1"
ITEMS = [TRACK, "ÆØ-1754", "ÆØ-1605"]
BODY = "referencegruppen"
MEETING = "/meetings/moede-2025-10-01"


@pytest.fixture
def planned(governance):
    """A meeting today with three items on its agenda."""
    links, facts = {"body": BODY}, {"date": TODAY}
    record_thing(
        governance, "moede-2025-10-01", "meeting", links=links, facts=facts, origin="live", source="plan"
    )
    for each in ITEMS:
        put_on_agenda(governance, "moede-2025-10-01", "aendringsoensker", item=each)
    return "moede-2025-10-01"


@pytest.fixture
def rounds(governance, planned):
    """An open round, and one that is closed with a tie."""
    for name in ("aaben", "lukket"):
        open_round(governance, name, BODY, closes=TODAY, meeting=planned, title=f"Runden {name}")
        assert cast(governance, name, "Køge", dict(zip(ITEMS, "554", strict=True))).allowed
    assert advance(governance, "lukket", "luk-runde", "kombit").allowed
    return ["/rounds/aaben", "/rounds/lukket"]


def test_nothing_of_the_group_is_wider_than_a_small_phone(page, address, governance, rounds):
    long = "Ualmindeligtlangtord" * 20
    links, facts = {"body": BODY}, {"date": "2025-10-08"}
    record_thing(
        governance, "m" * 90, "meeting", links=links, facts=facts, title=long, origin="live", source="x"
    )
    put_on_agenda(governance, "m" * 90, "velkomst", title=long)
    page.set_viewport_size({"width": 320, "height": 700})
    for path in [
        *rounds,
        f"{MEETING}?point=moede-2025-10-01/3.1",
        f"/meetings/{'m' * 90}",
        "/meetings",
        "/todo",
    ]:
        page.goto(address + path)
        page.evaluate(EVERYTHING_OPEN)
        assert page.evaluate(OVERFLOW) <= 0, path


def test_the_menu_is_usable_on_a_phone(page, address):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{address}/todo")
    page.click(".menu-fold > summary")
    for name in ("Sager", "Møder", "Pladser", "Hjælp"):
        box = page.locator(".menu-fold").get_by_role("link", name=name, exact=True).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        assert box["height"] >= 24


def vote(page, who, *points, change=False):
    how = "change" if change else "cast"
    if change:
        page.click("text=Ret en seddel")
    page.select_option(f"#{how}-who", who)
    for number, point in enumerate(points, start=1):
        page.fill(f"#{how}-{number}", point)
    page.click("text=Ret seddelen" if change else "text=Aflever seddelen")


def test_a_round_is_opened_scored_and_closed_and_its_bars_seen(page, address, governance, planned):
    page.goto(address + MEETING)
    page.click("text=Åbn en runde")
    page.fill("#r-id", "runde-a")
    page.click("button:has-text('Åbn runden')")
    assert page.url.endswith("/rounds/runde-a")
    vote(page, "Horsens", "5", "2", "")
    assert "Registreret som begivenhed" in page.inner_text("[role=status]")
    vote(page, "Køge", "9", "9", "9")
    refused = page.inner_text("[role=alert]")
    assert "Pointene i alt er 27, mere end 20" in refused
    assert page.input_value("#cast-1") == "9"
    vote(page, "Køge", "1", "4", "")
    vote(page, "Køge", "2", "5", "", change=True)
    assert page.inner_text(".chips.cast").count("\n") == 1
    page.click("#step-luk-runde > summary")
    page.click("#step-luk-runde .step-form button")
    assert "lukket og talt op" in page.inner_text(".state-now").casefold()
    bars = page.locator(".score-bar .fill").evaluate_all("bars => bars.map(b => b.getAttribute('width'))")
    assert bars == ["100", "100", "0"]
    assert "står lige med ÆØ-1754" in page.inner_text(".result")
    assert [each.total for each in round_(governance, "runde-a").result.tallies] == ["7", "7", "0"]


def test_a_meeting_is_convened_held_and_concluded_without_a_script(browser, address, governance, planned):
    context = browser.new_context(java_script_enabled=False, locale="da-DK")
    page = context.new_page()
    for step in ("indkald", "afhold"):
        page.goto(address + MEETING)
        page.click(f"#step-{step} > summary")
        page.click(f"#step-{step} .step-form button")
    page.select_option("[name='status.Horsens']", "til-stede")
    page.select_option("[name='status.Køge']", "afbud")
    page.click("text=Registrér fremmødet")
    assert len(meeting(governance, planned).attendances) == 2
    page.click("text=Konkludér på punkt 3.1, eller se hvorfor ikke")
    refused = page.locator("#conclude-konkluder-indstilling")
    assert "Gruppen kan først indstille ønsket" in refused.locator("> summary").inner_text()
    refused.locator("> summary").click()
    refused.locator("button").click()
    assert "Nægtet: Indstillet til projektgruppen" in page.inner_text("[role=alert]")
    assert item(governance, TRACK).line.state.id == "indmeldt"
    allowed = page.locator("#conclude-konkluder-undersoegelse")
    allowed.locator("> summary").click()
    allowed.locator("textarea[name='fact.conclusion']").fill("Undersøges til næste møde")
    allowed.locator("button").click()
    assert "Undersøges til næste møde" in page.inner_text("#point-3-1")
    assert item(governance, TRACK).line.state.id == "under-afklaring"
    context.close()


def take(page, step, **fields):
    if not page.locator(f"#step-{step}").get_attribute("open"):
        page.click(f"#step-{step} > summary")
    more = page.locator(f"#step-{step} details.more:has(.step-form)")
    if more.count() and more.first.get_attribute("open") is None:
        more.first.locator("> summary").click()
    for name, text in fields.items():
        field = page.locator(f"#f-{step}-fact-{name.replace('_', '-')}")
        (field.select_option if field.evaluate("f => f.tagName") == "SELECT" else field.fill)(text)
    page.click(f"#step-{step} .step-form button")


def test_a_seat_is_called_and_a_successor_refused_and_then_appointed(page, address, governance):
    links, facts = {}, {"tilsluttet": "ja"}
    record_thing(
        governance, "Nyborg", "organisation", links=links, facts=facts, origin="live", source="KOMBIT"
    )
    first = {"organisation": "Skive", "from": "2025-09-01"}
    said = {"on": "2025-09-01", "origin": "history", "source": "KOMBIT"}
    assert advance(governance, "plads-9", "indsaet", "kombit", inputs=first, **said).allowed
    page.goto(f"{address}/seats")
    page.click("a[href*='plads-2']")
    wish = {"organisation": "Nyborg", "from": TODAY, "oenskede_pladsen": "ja"}
    take(page, "udpeg", **wish)
    assert "Pladsen skal slås op i nyhedsbrevet" in page.inner_text("[role=alert]")
    page.goto(f"{address}/seats/plads-2")
    take(page, "slaa-op", via="nyhedsbrev")
    assert "slået op" in page.inner_text(".state-now").casefold()
    take(page, "udpeg", **wish)
    assert "genbesat" in page.inner_text(".state-now").casefold()
    assert "Nyborg" in {each.holder for each in seats(governance, on=TODAY).seats}
    page.goto(f"{address}/seats")
    assert page.locator(".seat-line text.certain", has_text="Nyborg").count() == 1


def test_an_item_is_put_on_the_agenda_by_keyboard_alone(page, address, governance):
    links, facts = {"body": BODY}, {"date": "2025-10-08"}
    record_thing(governance, "naeste", "meeting", links=links, facts=facts, origin="live", source="plan")
    page.goto(f"{address}/meetings/naeste")
    tab_to(page, "form:has([name=target][value='ÆØ-1434']) button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "ÆØ-1434" in page.inner_text("#point-3-1")
    assert meeting(governance, "naeste").line.points == 1


def test_a_picture_wider_than_the_phone_scrolls_in_its_own_frame(page, address):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{address}/seats")
    frame = page.locator("section[aria-labelledby=times] .scroller").first
    assert frame.evaluate("f => f.scrollWidth > f.clientWidth && f.tabIndex === 0")
    assert page.evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize("width", [660, 768, 1024])
def test_the_table_of_the_seats_fits_whatever_lies_between_phone_and_desk(page, address, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/seats")
    assert page.evaluate(OVERFLOW) <= 0


def test_a_printed_meeting_has_its_attendance_and_no_button(page, address):
    page.emulate_media(media="print")
    page.goto(f"{address}/meetings/moede-2025-09-09")
    assert page.is_visible("[name='status.Horsens']")
    assert page.locator("button:visible").count() == 0
