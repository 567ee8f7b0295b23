"""A long import gives what the same acts give one by one, in memory that does not grow with the file."""

import gc
import random
import tracemalloc
from dataclasses import replace
from datetime import date, timedelta

import pytest

from governance.service import add_item, advance, import_table, record_fact, record_thing, rules_folder
from governance.service.importing import holding
from governance.service.recording import one_transaction
from governance.tables import write_table
from tests.counts import count
from tests.service.asking import everything
from tests.service.conftest import Clock, opened
from tests.service.tables import record

BODIES = ["referencegruppen", "projektgruppen", "kommunestyregruppen", "kombit", "netcompany"]
MUNICIPALITIES = ["Horsens", "Middelfart", "Lolland", "Køge", "Fredensborg", "Aalborg"]
FIRST = date(2024, 2, 1)


def group_rows():
    """A body with seats, terms, meetings and who came."""
    seats = [{"seat": f"plads-{i}", "body": "referencegruppen", "on": "2024-01-01"} for i in range(6)]
    terms = [
        {"seat": f"plads-{i}", "organisation": name, "from": f"2024-0{i + 1}-01"}
        for i, name in enumerate(MUNICIPALITIES)
    ]
    meetings = [
        {"meeting": f"m{i}", "body": "referencegruppen", "date": str(FIRST + timedelta(days=60 * i))}
        for i in range(8)
    ]
    came = [
        {"meeting": f"m{i}", "organisation": name, "status": ["til-stede", "afbud"][(i + k) % 2]}
        for i in range(8)
        for k, name in enumerate(MUNICIPALITIES)
    ]
    return {"seats": seats, "terms": terms, "meetings": meetings, "attendance": came}


def item_rows(items):
    kinds = ["aendringsoenske", "henvendelse", "tilbagemelding"]
    return [
        {
            "number": f"ÆØ-{10_000 + i}",
            "kind": kinds[i % 3],
            "title": f"Ønske {i}",
            "parent": "",
            "on": "2024-01-15" if i % 4 else "2024",
            "stoerrelse": ["XS", "M", "XS|M", ""][i % 4],
        }
        for i in range(items)
    ]


def event_rows(book, events, items, rng):
    """Steps in every order, by every body, some late: history is judged, never refused."""
    rows = []
    processes = {kind.id: process for process in book.processes for kind in process.kinds}
    kinds = {row["number"]: row["kind"] for row in item_rows(items)}
    for _ in range(events):
        number = f"ÆØ-{10_000 + rng.randrange(items)}"
        process = processes[kinds[number]]
        step = rng.choice(process.steps)
        body = rng.choice([*step.by] * 3 + BODIES)
        on = FIRST + timedelta(days=rng.randrange(500))
        when = rng.choice([str(on), str(on), f"{on:%Y-%m}", f"..{on}"])
        reason = "aftalt" if rng.random() < 0.1 else ""
        rows.append({"item": number, "step": step.id, "body": body, "on": when, "reason": reason})
    for i in range(8):
        on = str(FIRST + timedelta(days=60 * i))
        rows.append({"item": f"m{i}", "step": "afhold", "body": "kombit", "on": on, "reason": ""})
    rng.shuffle(rows)
    for number, row in enumerate(rows):
        row["which"] = str(number)
    return rows


def import_rows(gov, tmp_path, template, rows):
    path = tmp_path / f"{template}.csv"
    path.unlink(missing_ok=True)
    write_table(path, list(rows[0]), rows)
    view = import_table(gov, path, template, source="liste")
    assert view.new == len(rows)


def one_by_one(gov, rows):
    """The same rows by hand, each loading what it needs; one transaction only to save the disk."""
    said = {"source": "liste", "origin": "imported"}
    for row in rows["seats"]:
        record_thing(gov, row["seat"], "seat", links={"body": row["body"]}, facts={}, on=row["on"], **said)
    for row in rows["terms"]:
        links = {"seat": row["seat"], "organisation": row["organisation"]}
        id_ = f"{row['seat']}/{row['organisation']}/{row['from']}"
        record_thing(gov, id_, "term", links=links, facts={"from": row["from"]}, on=row["from"], **said)
    dates = {row["meeting"]: row["date"] for row in rows["meetings"]}
    for row in rows["meetings"]:
        facts = {"date": row["date"]}
        record_thing(
            gov, row["meeting"], "meeting", links={"body": row["body"]}, facts=facts, on=row["date"], **said
        )
    for row in rows["attendance"]:
        links = {"meeting": row["meeting"], "organisation": row["organisation"]}
        id_, on = f"{row['meeting']}/{row['organisation']}", dates[row["meeting"]]
        record_thing(gov, id_, "attendance", links=links, facts={"status": row["status"]}, on=on, **said)
    for row in rows["items"]:
        add_item(gov, row["number"], row["kind"], row["title"], on=row["on"], **said)
        if row["stoerrelse"]:
            size = row["stoerrelse"]
            record_fact(gov, row["number"], "stoerrelse", size, on=row["on"], **said)
    for row in rows["events"]:
        on, reason = row["on"], row["reason"]
        advance(gov, row["item"], row["step"], row["body"], on=on, reason=reason, **said)


@pytest.mark.parametrize("kept", [3, holding.MOST_FAMILIES])
def test_an_import_gives_the_same_verdicts_as_the_same_acts_one_by_one(
    tmp_path, rulebooks, monkeypatch, kept
):
    monkeypatch.setattr(holding, "MOST_FAMILIES", kept)
    events = count(reduced=300 if kept == 3 else 500, full=5_000 if kept == 3 else 95_000)
    items = events // 12
    rows = {
        **group_rows(),
        "items": item_rows(items),
        "events": event_rows(rulebooks.books[-1], events, items, random.Random(kept)),
    }
    many = opened(f"sqlite:///{tmp_path / 'many.sqlite'}", rulebooks, Clock())
    for template, table in rows.items():
        import_rows(replace(many, folder=rules_folder()), tmp_path, template, table)
    one = opened(f"sqlite:///{tmp_path / 'one.sqlite'}", rulebooks, Clock())
    with one_transaction(one) as connection:
        one_by_one(replace(one, within=connection), rows)
    imported, entered = everything(many).events, everything(one).events
    assert [replace(event, hash="") for event in imported] == [replace(event, hash="") for event in entered]
    assert len(imported) > events
    assert record(many) == record(one)


def test_memory_does_not_grow_with_the_rows(tmp_path, rulebooks, monkeypatch):
    """The group is as small in both; of families no more than a few are kept."""
    monkeypatch.setattr(holding, "MOST_FAMILIES", count(reduced=8, full=64))
    least = count(reduced=200, full=4_000)
    peaks = []
    for times in (1, 2):
        gov = opened(f"sqlite:///{tmp_path / f'{times}.sqlite'}", rulebooks, Clock())
        items, events = 12 * times * least // 150, times * least
        rows = item_rows(items)
        steps = event_rows(rulebooks.books[-1], events, items, random.Random(1))[:events]
        steps = sorted((row for row in steps if row["item"].startswith("ÆØ")), key=lambda row: row["item"])
        import_rows(gov, tmp_path, "items", rows)
        path = tmp_path / "events.csv"
        path.unlink(missing_ok=True)
        write_table(path, list(steps[0]), steps)
        del rows, steps
        import_table(
            gov, path, "events", source="liste", dry_run=True
        )  # compiles what it says to the database
        tracemalloc.start()  # a collection gives back the small tuples that Python keeps for itself
        import_table(gov, path, "events", source="liste", progress=lambda _done, _size: gc.collect())
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        gov.engine.dispose()
    assert peaks[1] <= 1.2 * peaks[0], peaks
