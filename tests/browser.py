"""A real headless Chromium for tests of the pages: the fixtures `browser` and `page`."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DEBIAN = "/usr/bin/chromium"
EVERYTHING_OPEN = "document.querySelectorAll('details').forEach(each => each.open = true)"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


def find_chromium() -> str | None:
    """Where Chromium is on this machine, None when it is not installed."""
    return DEBIAN if os.access(DEBIAN, os.X_OK) else shutil.which("chromium")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium, started once a module.

    Not once a session: Playwright keeps an event loop running in this thread until it is closed,
    and tests that start one of their own (`asyncio.run`) would fail beside it.
    """
    executable = find_chromium()
    if executable is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    downloads = tmp_path_factory.mktemp("downloads")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=Path(executable), args=FLAGS, downloads_path=downloads
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page with its own cookies, closed after the test; it asks for Danish."""
    context = browser.new_context(locale="da-DK", timezone_id="Europe/Copenhagen")
    yield context.new_page()
    context.close()


def violations(page: Page, *, contrast: bool = True) -> list[tuple[str, object]]:
    """What axe finds that WCAG 2.1 A and AA forbid, by rule and place.

    The contrast of colours is most of what axe takes time for; it can be left out where it was judged before.
    """
    rules = {} if contrast else {"color-contrast": {"enabled": False}}
    options = {"runOnly": WCAG, "resultTypes": ["violations"], "rules": rules}
    found = Axe().run(page, options=options).response["violations"]
    return [(each["id"], node["target"]) for each in found for node in each["nodes"]]


def tab_to(page: Page, selector: str) -> None:
    """Move the focus forward until it stands on the element."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    pytest.fail(f"the keyboard does not reach {selector}")
