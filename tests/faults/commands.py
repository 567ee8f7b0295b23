"""Every command that writes, each about a matter of its own that is made ready first."""

from dataclasses import replace
from datetime import timedelta

from governance.service import (
    add_account,
    add_item,
    add_person,
    adoption,
    note_access,
    record_fact,
    retention,
)
from tests.faults.group import RULES, with_seats
from tests.faults.workers import command


def an_item(gov, name, _folder):
    return command("add_item", name, "sag", "Sagen", recorder=f"skriver {name}")


def a_track(gov, name, _folder):
    add_item(gov, name, "sag", "Sagen")
    return command("add_item", f"{name}/1", "spor", "Sporet", parent=name, source="en kilde")


def a_term_with_facts(gov, name, _folder):
    with_seats(gov, [name])
    links, facts = {"seat": name, "organisation": "Ask"}, {"from": "2024-03-01", "to": "2026-03-01"}
    return command(
        "record_thing", f"{name}/Ask", "term", links=links, facts=facts, origin="live", source="valget"
    )


def a_fact(gov, name, _folder):
    add_item(gov, name, "sag", "Sagen")
    return command("record_fact", name, "bemaerkning", "Se her", source="en mail", version=1)


def a_step(gov, name, _folder):
    add_item(gov, name, "sag", "Sagen")
    said = {"inputs": {"pris": "7"}, "reason": "Fordi", "person": f"ene {name}", "recorder": f"anden {name}"}
    return command("advance", name, "noter", "udvalget", version=1, **said)


def a_step_refused(gov, name, _folder):
    add_item(gov, name, "sag", "Sagen")
    return command("advance", name, "beslut", "udvalget", person="en", version=1)


def a_correction(gov, name, _folder):
    add_item(gov, name, "sag", "Sagen")
    wrong = record_fact(gov, name, "pris", "7", source="en mail").event
    return command("correct", wrong, reason="læst forkert", value="8", version=2)


def a_completion(gov, name, _folder):
    add_item(gov, name, "sag", "Sagen", origin="history", on="2024-05-01", source="referatet")
    return command("declare_complete", name, source="arkivet")


def a_person(gov, name, _folder):
    return command("add_person", name, contact=f"{name}@example.org")


def an_erasure(gov, name, _folder):
    ref = add_person(gov, f"Navnet {name}").ref
    add_item(gov, name, "sag", f"Sagen, som Navnet {name} rejste", recorder=ref)
    return command("erase_person", ref, reason="bedt om det")


def an_adoption(gov, name, folder):
    """A rulebook that takes over a day after the one before it."""
    begins = gov.today + timedelta(days=len(gov.current_rulebooks().books))
    rules = (RULES / "2024-01-01" / "rules.yaml").read_text(encoding="utf-8")
    own = folder / name
    own.mkdir()
    (own / "rules.yaml").write_text(rules.replace("from: 2024-01-01", f"from: {begins}"), encoding="utf-8")
    return command("adopt", str(own), adoption(gov, str(own)).code, source="rådet")


def a_new_name(gov, name, _folder):
    return command("rename_person", add_person(gov, name).ref, f"Nye {name}")


def a_retention(gov, _name, _folder):
    begins = gov.today + timedelta(days=len(retention(gov).settings))
    return command("set_retention", 12, from_=begins.isoformat(), reason="aftalt", by="sekretariatet")


def a_purge(gov, _name, _folder):
    then = gov.now() - timedelta(days=800)
    assert not note_access(replace(gov, now=lambda: then), "nogen", "items", "", "answered")
    return command("purge_access_log")


def an_account(_gov, name, _folder):
    return command("add_account", name, f"Navnet {name}")


def a_first_office(gov, name, _folder):
    add_account(gov, name, f"Navnet {name}")
    return command("grant_office", name, "laeser")


def a_token(gov, name, _folder):
    add_account(gov, name, f"Navnet {name}")
    last = (gov.today + timedelta(days=30)).isoformat()
    return command("make_token", "robotten", ["read"], last, named=name)


COMMANDS = {
    an_item: 1,
    a_track: 1,
    a_term_with_facts: 3,
    a_fact: 1,
    a_step: 1,
    a_step_refused: 1,
    a_correction: 1,
    a_completion: 1,
    a_person: 0,
    an_erasure: 1,
    an_adoption: 1,
}
"""How many events each stores. All of these take a key."""

KEYLESS = {a_new_name: "people", a_retention: "settings", a_purge: "accesses"}
"""Those that set something to what it then is, so that doing it again does no more; with its table."""

BESIDE = {an_account: "accounts", a_first_office: "offices", a_token: "tokens"}
"""Those that keep a row beside the record, with its table; that it was done is noted after."""
