"""A real headless Chromium for tests of the pages: the fixtures `browser` and `page`."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
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
