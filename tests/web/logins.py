"""Logging in to the pages as a browser does, over a register with accounts."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from governance.service import add_account, grant_office
from tests.served import TOKEN

GOOD = "fire ord i en række"


@dataclass
class Clock:
    """What time it is."""

    now: datetime = field(default=datetime(2025, 10, 1, 9, tzinfo=UTC))

    def __call__(self):
        return self.now

    def go_on(self, **more):
        """Let time pass."""
        self.now += timedelta(**more)


def fill(gov):
    """An administrator, the secretariat, and one who may nothing."""
    add_account(gov, "chef", "Chefen", password=GOOD, administrator=True)
    add_account(gov, "sekretariat", "Sekretariatet", password=GOOD)
    grant_office(gov, "sekretariat", "sekretariat", from_="2025-01-01")
    add_account(gov, "ny", "Den Nye", password=GOOD, email="ny@kommune.dk")


def token_on(client, path):
    return TOKEN.search(client.get(path).text)[1]


def log_in(client, login, password=GOOD, **more):
    """Fill in the login page and send it."""
    sent = {"csrf_token": token_on(client, "/login"), "login": login, "password": password, **more}
    return client.post("/login", data=sent)


def send(client, path, form, **fields):
    """Send one of the forms of a page."""
    return client.post(path, data={"csrf_token": token_on(client, path), "form": form, **fields})


def cookie_of(client):
    return client.get_cookie("governance").value
