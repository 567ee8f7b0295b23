"""A record as the first version of the tables held it, row by row, with every kind of event."""

import json

from sqlalchemy import text

RULES = "a" * 64
FIRST = {"because": {"da": "Ingen har stemt", "en": "Nobody has voted"}, "mend": {"da": "Stem", "en": "Vote"}}
SECOND = {"because": {"da": "Alt er i orden «ÆØÅ»", "en": "All is well"}, "mend": None}
KEPT = {"clause": "K1", "force": "must", "verdict": "kept", "blocks": False}
BROKEN = {"clause": None, "force": "must", "verdict": "broken", "blocks": True}


def request(**more):
    return {
        "step": "indstil",
        "body": "udvalget",
        "on": {"dates": ["2025-09-09", "2025-09-09"]},
        "person": "",
        "recorder": "",
        "inputs": {},
        "reason": "",
        "version": None,
        "origin": "live",
        **more,
    }


ASKED = request(
    person="Ådne Ørn",
    recorder="Sekretæren 'på' \"kontoret\"",
    inputs={
        "note": {"words": ["fri tekst\nover to linjer\t👩‍👩‍👧"], "scale": []},
        "stemmer": {"numbers": ["1/2", "3/2"]},
        "stoerrelse": {"words": ["XS"], "scale": ["XS", "M"]},
        "svar": {"words": ["ja", "nej"], "scale": []},
    },
    reason="fordi; DROP TABLE events; -- \\u0041",
    version=3,
)

EVENTS = [
    ("A", "added", {"kind": "oenske", "title": "Et ønske", "links": {"parent": "B"}, "state": "indmeldt"}),
    ("A", "fact", {"fact": "note", "value": {"words": ['{"text": "ikke en digest"}'], "scale": []}}),
    ("A", "fact", {"fact": "stemmer", "value": {"numbers": ["0", None]}}),
    ("A", "fact", {"fact": "stoerrelse", "value": {"words": ["M"], "scale": ["XS", "M"]}}),
    ("A", "refused", {
        "request": request(reason="prøver", on={"dates": [None, "2025-09-09"]}),
        "from": "indmeldt", "to": "indstillet", "findings": [{"rule": "r1", **BROKEN, **FIRST}],
    }),
    ("A", "step", {
        "request": ASKED, "from": "indmeldt", "to": "indstillet", "act": "indstilling", "new_round": True,
        "findings": [{"rule": "r1", **KEPT, **FIRST}, {"rule": "r2", **KEPT, **SECOND}],
    }),
    ("B", "added", {"kind": "møde", "title": "", "links": {}, "state": ""}),
    ("B", "step", {
        "request": request(person="Ådne Ørn", recorder="Ådne Ørn"), "from": "", "to": "", "act": "møde",
        "new_round": False, "findings": [],
    }),
    ("A", "corrected", {
        "event": 2, "reason": "forkert; Ådne Ørn tog fejl",
        "replacement": {"kind": "fact", "payload": {
            "fact": "note", "value": {"words": ["rigtig"], "scale": []},
        }},
    }),
    ("B", "corrected", {"event": 8, "reason": "aldrig sket"}),
    ("B", "corrected", {
        "event": 7, "reason": "en anden titel",
        "replacement": {"kind": "added", "payload": {
            "kind": "møde", "title": "Mødet", "links": {}, "state": "",
        }},
    }),
    ("A", "complete", {}),
]  # fmt: skip
THINGS = [("A", "oenske", "B", "indstillet", 7), ("B", "møde", "B", "", 4)]
BESIDE = {
    1: ("Sekretæren 'på' \"kontoret\"", "et referat"),
    8: ("Ådne Ørn", ""),
    12: ("Ådne Ørn", "x" * 4000),
}


def first_rows():
    """The events' rows by column."""
    for number, (entity, kind, payload) in enumerate(EVENTS, start=1):
        recorder, source = BESIDE.get(number, ("", ""))
        yield {
            "number": number,
            "entity": entity,
            "kind": kind,
            "payload": json.dumps(payload, sort_keys=True, ensure_ascii=False, separators=(",", ":")),
            "on_low": None if number == 5 else "2025-09-01",
            "on_high": None if number == 7 else "2025-09-09",
            "recorded_at": f"2025-09-{10 if number == 4 else 9 + number // 6:02}T12:00:00+00:00",
            "origin": "history" if number > 6 else "live",
            "source": source,
            "recorder": recorder,
            "rulebook": RULES if number > 1 else "",
        }


def enter_first(connection):
    """Write the record into the first tables."""
    for id_, kind, family, state, version in THINGS:
        connection.execute(
            text("INSERT INTO things VALUES (:id, :kind, :family, :state, :version)"),
            {"id": id_, "kind": kind, "family": family, "state": state, "version": version},
        )
    for row in first_rows():
        columns = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        connection.execute(text(f"INSERT INTO events ({columns}) VALUES ({values})"), row)  # noqa: S608 - names of ours
    connection.execute(text("UPDATE ledger SET last = :last"), {"last": len(EVENTS)})
