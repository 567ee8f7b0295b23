"""The pages as people meet them: in a real browser, wide and narrow, by keyboard, in both languages."""

import pytest

from governance.service import add_item, advance, history, item, record_fact
from tests.browser import EVERYTHING_OPEN, OVERFLOW, tab_to, violations

pytestmark = pytest.mark.browser

TRACK = "/items/ÆØ-1434/1"
ORDER = "#step-bestil"


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


def test_an_item_with_long_words_is_no_wider_than_a_small_phone(page, address, governance):
    id_ = "X" * 90
    add_item(governance, id_, "aendringsoenske", "Ualmindeligtlangtord" * 20, on="2025-09-20")
    record_fact(governance, id_, "forslag", "y" * 600, source="z" * 300, on="2025-09-20")
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{address}/items/{id_}")
    page.evaluate(EVERYTHING_OPEN)
    assert page.evaluate(OVERFLOW) <= 0


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
    assert page.evaluate("document.activeElement.className") == "skipnav"
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
    page.goto(f"{address}/items?kind=spor")
    page.click("text=English")
    assert page.url.endswith("/items?kind=spor&lang=en")
    page.click("text=Report")
    assert page.inner_text("h1") == "Report"
    assert page.get_attribute("html", "lang") == "en"
