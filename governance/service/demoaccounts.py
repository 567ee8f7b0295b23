"""The demo's accounts: one of every kind, by role or municipality, with one password that all may know.

They can only be made in a register that `load_demo` found empty and made the demo's: never in a real one.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from governance.model import RequestError, Text
from governance.record import fold
from governance.service.accounts import accounts, add_account
from governance.service.accountviews import AccountView
from governance.service.demofile import Told, read_demo
from governance.service.offices import grant_office
from governance.service.opening import Governance, looking
from governance.service.passwords import hashed
from governance.service.reading import the_group
from governance.service.recording import one_transaction
from governance.store import write_time
from governance.store.accesses import Setting, load_settings, write_setting
from governance.store.accounts import change_account, has_accounts

DEMO_PASSWORD = "demo i september"  # noqa: S105 - everybody may know it
MADE = "demo"
"""The setting that stands in a register that is nothing but the demo."""


def mark_demo(gov: Governance) -> None:
    """Note that a register is the demo's; for `load_demo`, which has seen that it was empty."""
    with one_transaction(gov) as connection:
        at = write_time(gov.now())
        write_setting(connection, Setting(MADE, at[:10], "demo", "", "", at))


def is_demo(gov: Governance) -> bool:
    """Whether a register is nothing but the demo."""
    with looking(gov) as connection:
        return bool(load_settings(connection, MADE))


def demo_accounts(gov: Governance, folder: Path | None = None) -> tuple[AccountView, ...]:
    """Make the demo's accounts, if there are none; gives all there are. RequestError in a real register.

    They are those that the demo's file names, and one for each organisation that has sat.
    """
    with one_transaction(gov) as connection:
        inside = replace(gov, within=connection)
        if not is_demo(inside):
            raise RequestError(
                Text(
                    "registret er ikke demoens; lav konti med `governance accounts add`",
                    "the register is not the demo's; make accounts with `governance accounts add`",
                )
            )
        if not has_accounts(connection):
            _make(inside, read_demo(folder))
        return accounts(inside)


def _make(gov: Governance, told: Told) -> None:
    since = gov.rulebooks.books[0].from_.isoformat()
    kept = hashed(DEMO_PASSWORD)
    for each in told["accounts"]:
        _one(gov, each["login"], each["name"], kept)
        grant_office(gov, each["login"], each["role"], body=each.get("body", ""), from_=since)
    record = fold(the_group(gov, None).events)
    sat = {
        (term.links["organisation"], record[term.links["seat"]].links["body"])
        for term in record.values()
        if term.kind == "term"
    }
    for organisation, body in sorted(sat):
        login = organisation.casefold()
        _one(gov, login, organisation, kept)
        grant_office(gov, login, "medlem", body=body, organisation=organisation, from_=since)


def _one(gov: Governance, login: str, name: str, kept: str) -> None:
    made = add_account(gov, login, f"{name} (demo)")
    with one_transaction(gov) as connection:
        change_account(connection, made.id, password=kept)
