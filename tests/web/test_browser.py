"""The pages as people meet them: in a real browser, wide and narrow, by keyboard, in both languages."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from governance.service import add_item, advance, history, item, record_fact

pytestmark = pytest.mark.browser

TRACK = "/items/ÆØ-1434/1"
PAGES = [
    "/",
    f"{TRACK}?to=bestilt&fact=stoerrelse",
    "/items/ÆØ-1434",
    "/seats",
    "/report",
    "/rules",
    "/help",
    "/nix",
]
GROUP = [
    "/todo",
    "/meetings",
    "/meetings/moede-2025-09-09?point=moede-2025-09-09/3.1",
    "/seats/plads-2",
    "/seats/check?from=2025-09-01&to=2026-01-31",
    "/seats/forecast?on=2025-09-09",
    "/seats/plan?on=2025-10-01&candidates=Nyborg%0AAssens%0AThisted%0AMors%C3%B8",
]
EVERYTHING_OPEN = "document.querySelectorAll('details').forEach(each => each.open = true)"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ORDER = "#step-bestil"


def violations(page):
    """What axe finds wrong, by rule and place."""
    found = Axe().run(page).response["violations"]
    return [(each["id"], node["target"]) for each in found for node in each["nodes"]]


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [
        ("da", 1280, "light"),
        ("da", 360, "light"),
        ("en", 1280, "light"),
        ("en", 360, "light"),
        ("da", 1280, "dark"),
    ],
)
def test_no_page_has_an_accessibility_fault(page, address, language, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    for path in PAGES:
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={language}")
        page.evaluate(EVERYTHING_OPEN)
        assert violations(page) == [], path


def test_the_pages_that_answer_a_form_have_no_accessibility_fault(page, address):
    page.goto(address + TRACK)
    fill(page, "#step-meld-klar", on="2031-01-01")
    assert "Det kan ikke registreres" in page.inner_text("[role=alert]")
    assert violations(page) == []
    page.goto(address + TRACK)
    fill(page, "#step-meld-klar", on="2025-09-30")
    assert "klar til prioritering" in page.inner_text("[role=status]")
    assert violations(page) == []


def fill(page, step, on):
    page.click(f"{step} > summary")
    page.fill(f"{step} [name=on]", on)
    page.click(f"{step} .step-form button")


@pytest.mark.parametrize("path", [*PAGES, *GROUP])
def test_nothing_is_wider_than_a_small_phone(page, address, governance, path):
    add_item(governance, "ÆØ-" + "9" * 90, "aendringsoenske", "Ualmindeligtlangtord" * 20, on="2025-09-20")
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(address + path)
    page.evaluate(EVERYTHING_OPEN)
    assert page.evaluate(OVERFLOW) <= 0


def test_an_item_with_long_words_is_no_wider_than_a_small_phone(page, address, governance):
    id_ = "X" * 90
    add_item(governance, id_, "aendringsoenske", "Ualmindeligtlangtord" * 20, on="2025-09-20")
    record_fact(governance, id_, "forslag", "y" * 600, source="z" * 300, on="2025-09-20")
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{address}/items/{id_}")
    page.evaluate(EVERYTHING_OPEN)
    assert page.evaluate(OVERFLOW) <= 0


def test_the_browser_blocks_nothing_and_logs_no_fault(page, address):
    said = []
    page.on("console", lambda message: said.append(message.text))
    for path in [*PAGES[:-1], *GROUP]:
        page.goto(address + path)
    assert said == []


def test_ordering_a_large_track_is_refused_with_k23_in_words_without_a_script(browser, address):
    context = browser.new_context(java_script_enabled=False, locale="da-DK")
    page = context.new_page()
    page.goto(address + TRACK)
    summary = page.locator(f"{ORDER} > summary")
    assert "K23" in summary.inner_text()
    summary.click()
    reason = page.locator(f"{ORDER} .finding", has=page.locator(".clause", has_text="K23"))
    assert "først bestilles, når kommunestyregruppen har godkendt" in reason.inner_text()
    assert "Få en godkendelse fra kommunestyregruppen" in reason.inner_text()
    reason.locator(".clause").click()
    assert page.url.endswith("/rules#K23")
    context.close()


def test_a_step_is_taken_by_keyboard_alone(page, address, governance):
    page.goto(address + TRACK)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    tab_to(page, "#step-meld-klar > summary")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    tab_to(page, "#f-meld-klar-person")
    page.keyboard.type("sekretariatet")
    tab_to(page, "#step-meld-klar .step-form button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "klar til prioritering" in page.inner_text("[role=status]")
    assert item(governance, "ÆØ-1434/1").line.state.id == "klar"


def tab_to(page, selector):
    """Move the focus forward until it stands on the element."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    pytest.fail(f"the keyboard does not reach {selector}")


def test_the_whole_way_to_an_order_is_walked_on_the_pages(page, address, governance):
    way = ["meld-klar", "prioriter", "indstil", "beslut", "godkend", "bestil"]
    for step in way:
        page.goto(address + TRACK)
        fill(page, f"#step-{step}", on="2025-09-30")
        assert page.locator("[role=status]").count() == 1, step
    assert item(governance, "ÆØ-1434/1").line.state.id == "bestilt"
    taken = [event for event in history(governance, "ÆØ-1434/1") if event.kind == "step"]
    assert len(taken) == len(way)


def test_a_form_that_somebody_else_came_before_is_kept_and_can_be_sent_again(page, address, governance):
    page.goto(address + TRACK)
    advance(governance, "ÆØ-1434/1", "hoer", "kombit", on="2025-09-30")
    page.click("#step-meld-klar > summary")
    page.fill("#f-meld-klar-person", "sekretariatet")
    page.click("#step-meld-klar .step-form button")
    assert "Hør panel" in page.inner_text("[role=alert]")
    assert page.input_value("#f-meld-klar-person") == "sekretariatet"
    page.click("#step-meld-klar .step-form button")
    assert "klar til prioritering" in page.inner_text("[role=status]")


def test_the_language_is_switched_and_stays(page, address):
    page.goto(f"{address}/?kind=spor")
    page.click("text=English")
    assert page.url.endswith("/?kind=spor&lang=en")
    page.click("text=Report")
    assert page.inner_text("h1") == "Report"
    assert page.get_attribute("html", "lang") == "en"
