"""A person at the pages with a keyboard and nothing else, in a browser that runs no script."""

import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Locator

from governance.service import DEMO_PASSWORD

PICTURES = os.environ.get("GOVERNANCE_PICTURES", "")
"""A folder for a picture of each page a person has looked at, when somebody wants to look too."""
FAR = 250
BETWEEN = re.compile(r"\W+")
HERE = "control => control === document.activeElement"
BACK = """control => {
    const here = document.activeElement;
    return here !== document.body && !!(here.compareDocumentPosition(control) & 2);
}"""


class Person:
    """Somebody of a role, by the login of the demo's account, at a window of some width."""

    def __init__(self, browser: Browser, address: str, login: str, width: int) -> None:
        self.login, self.width = login, width
        self.context = browser.new_context(
            base_url=address,
            java_script_enabled=False,
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
            viewport={"width": width, "height": 800},
        )
        self.page = self.context.new_page()

    def open(self, path: str) -> None:
        """Write an address in the browser's address bar."""
        self.page.goto(path)

    @property
    def path(self) -> str:
        return unquote(urlsplit(self.page.url).path)

    def find(self, role: str, name: str, within: str = "body") -> Locator:
        """The one control on the page with a role and an accessible name, but for a hint in brackets."""
        area = self.page.locator(within)
        words = BETWEEN.sub(r"\\W+", name)
        found = (
            area.locator("summary").filter(has_text=name, visible=True)
            if role == "summary"
            else area.get_by_role(role, name=re.compile(rf"^{words}( \(.*\))?$"))
        )
        if found.count() != 1:
            there = area.first.aria_snapshot()
            pytest.fail(
                f"{self.login}: {found.count()} of {role} “{name}” on {self.path}, which has\n{there}"
            )
        return found

    def reach(self, role: str, name: str, within: str = "body") -> Locator:
        """Tab to a control, forward or back; fails when the keyboard does not get there."""
        found = self.find(role, name, within)
        control = found.element_handle()
        key = "Shift+Tab" if control.evaluate(BACK) else "Tab"
        for _ in range(FAR):
            if control.evaluate(HERE):
                return found
            self.page.keyboard.press(key)
        return pytest.fail(f"{self.login}: the keyboard does not reach {role} “{name}” on {self.path}")

    def press(self, role: str, name: str, within: str = "body") -> None:
        """Tab to a link or a button and press Enter; waits for the page it leads to."""
        self.reach(role, name, within)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def unfold(self, name: str, within: str = "body") -> None:
        """Tab to a fold and open it, if it is not open."""
        fold = self.reach("summary", name, within)
        if not fold.evaluate("summary => summary.parentElement.open"):
            self.page.keyboard.press("Space")

    def write(self, name: str, text: str, within: str = "body") -> None:
        """Tab to a field and write in it instead of what stood there; a date as its digits."""
        self.reach("textbox", name, within)
        if "date" not in (self.page.evaluate("document.activeElement.type")):
            self.page.keyboard.press("ControlOrMeta+a")
            self.page.keyboard.press("Delete")
        self.page.keyboard.type(text)

    def choose(self, name: str, words: str, within: str = "body") -> None:
        """Tab to a list and write the beginning of one of its words."""
        field = self.reach("combobox", name, within)
        self.page.keyboard.type(words)
        assert field.evaluate("list => list.selectedOptions[0].label").startswith(words)

    def go_to(self, name: str) -> None:
        """Go to a page by the main menu, which is folded on a phone."""
        self.open("/")
        if self.page.locator(".menu-fold > summary").is_visible():
            self.unfold("Menu", "header")
        menu = ".menu-fold" if self.page.locator(".menu-fold > summary").is_visible() else ".navigation-menu"
        self.press("link", name, menu)

    def log_in(self, password: str = DEMO_PASSWORD) -> None:
        """Fill in the page to log in and send it."""
        if not self.path.startswith("/login"):
            self.open("/")
        self.write("Login", self.login)
        self.write("Adgangskode", password)
        self.press("button", "Log ind", "main")

    def said(self) -> str:
        """The page's own words, as a person sees them."""
        return " ".join(self.page.inner_text("main").split())

    def step(self, name: str) -> str:
        """What the page says of a step."""
        return " ".join(self.page.inner_text(f"#step-{name}").split())

    def rows(self, section: str) -> list[str]:
        """What each row of the table under a heading says."""
        rows = self.page.locator(f"section[aria-labelledby={section}] tbody tr").all_inner_texts()
        return [" ".join(row.split()) for row in rows]

    def told(self, role: str = "status") -> str:
        """What the page says at the top of what came of a form: ``status`` or ``alert``."""
        return " ".join(" ".join(self.page.locator(f"main [role={role}]").all_inner_texts()).split())

    def look(self, name: str) -> None:
        """Keep a picture of the whole page, if pictures are wanted."""
        if PICTURES:
            where = Path(PICTURES) / f"{self.width}-{name}.png"
            self.page.screenshot(path=where, full_page=True)
