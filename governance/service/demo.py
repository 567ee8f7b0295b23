"""The demo round: facts told in a file beside the rulebooks, entered as history like any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from governance.model import StepTaken
from governance.notation import read_when
from governance.service.acting import advance
from governance.service.agendas import put_on_agenda
from governance.service.demoaccounts import mark_demo
from governance.service.demofile import Told, read_demo
from governance.service.facts import record_fact
from governance.service.group import record_thing
from governance.service.items import add_item
from governance.service.opening import Governance, looking
from governance.service.people import people
from governance.service.recording import one_transaction
from governance.service.views import Receipt
from governance.store import last_number, load_one, versions
from governance.store.accounts import has_accounts


def load_demo(gov: Governance, folder: Path | None = None) -> int:
    """Enter the demo's facts, as events of origin *history*, all or none; gives how many events were stored.

    Nothing happens when the demo is there already. A register that was empty is the demo's from then on.
    """
    told = read_demo(folder)
    with one_transaction(gov) as connection:
        before = last_number(connection)
        inside = replace(gov, within=connection)
        if before == 0 and not people(inside) and not has_accounts(connection):
            mark_demo(inside)
        if told["items"][0]["id"] in versions(connection):
            return 0
        for load in (
            _places,
            _meetings,
            _seats,
            _participants,
            _announced,
            _expected,
            _items,
            _facts,
            _steps,
            _relations,
            _agendas,
        ):
            load(inside, told)
        return last_number(connection) - before


def _source(told: Told) -> str:
    source = told.get("source", "")
    return source if isinstance(source, str) else f"{source['document']}, punkt {source['point']}"


def _known_since(happened: Sequence[Told]) -> str:
    """When an item was entered, if that is told; else no later than the first thing told of it."""
    entered = next((each["on"] for each in happened if each["what"] == "indmeldt"), None)
    if entered is not None:
        return str(entered)
    ends = [read_when(str(each["on"])).high for each in happened]
    known = sorted(str(end) for end in ends if end is not None)
    return f"..{known[0]}" if known else ""


def _day_of(meeting: Told) -> str:
    """When a meeting was entered: on its day when it was held, else no later than it."""
    on = str(meeting["date"])
    return on if read_when(on).point is None else f"..{on}"


def _meetings(gov: Governance, told: Told) -> None:
    for meeting in told["meetings"]:
        record_thing(
            gov,
            meeting["id"],
            "meeting",
            links={"body": meeting["body"]},
            facts={"date": str(meeting["date"])},
            title=meeting["title"]["da"],
            on=_day_of(meeting),
            source=meeting["source"],
        )


def _agendas(gov: Governance, told: Told) -> None:
    """The points of the agendas told, and then how far each meeting came."""
    for each in told["agenda"]:
        meeting = next(meeting for meeting in told["meetings"] if meeting["id"] == each["meeting"])
        for point in each["points"]:
            put_on_agenda(
                gov,
                each["meeting"],
                point["section"],
                item=point.get("item", ""),
                title=point.get("title", ""),
                point=point["point"],
                on=_day_of(meeting),
                origin="history",
                source=each["source"],
            )
    for meeting in told["meetings"]:
        said = {"on": _day_of(meeting), "origin": "history", "source": meeting["source"]}
        advance(gov, meeting["id"], meeting["step"], told["by"], **said)


def _seats(gov: Governance, told: Told) -> None:
    """Seats and who sits in them; who is listed sat there no later than the day of the list."""
    day = max(str(seat["known_on"]) for seat in told["seats"] if "known_on" in seat)
    source = told["expected"][0]["source"]
    body = told["meetings"][-1]["body"]
    for seat in told["seats"]:
        record_thing(gov, seat["seat"], "seat", links={"body": body}, facts={}, on=day, source=source)
        if "organisation" not in seat:
            continue
        said = {"on": day, "origin": "history", "source": source}
        term = {"organisation": seat["organisation"], "from": f"..{seat['known_on']}"}
        if "notice" in seat:
            term["to"] = f"..{seat['ended_no_later_than']}"
        advance(gov, seat["seat"], seat["step"], told["by"], inputs=term, **said)
        if "notice" in seat:
            inputs = {"last_day": seat["last_day"]}
            advance(gov, seat["seat"], seat["notice"], told["by"], inputs=inputs, **said)


def _places(gov: Governance, told: Told) -> None:
    """How many seats the body has, as its terms of reference say."""
    for each in told["places"]:
        facts = {"places": str(each["places"])}
        on = told["meetings"][0]["date"]
        record_thing(gov, each["body"], "body", links={}, facts=facts, on=on, source=each["source"])


def _participants(gov: Governance, told: Told) -> None:
    body = told["meetings"][-1]["body"]
    for each in told["participants"]:
        links = {"body": body, "organisation": each["organisation"]}
        source = told["expected"][0]["source"]
        on = told["meetings"][-1]["date"]
        if each["expected_at"]:
            id_, facts = f"{body}/{each['organisation']}", {"role": each["role"]}
            record_thing(gov, id_, "participant", links=links, facts=facts, on=on, source=source)


def _announced(gov: Governance, told: Told) -> None:
    """A call that was announced but is not known to have been made is told of the body, not as a call."""
    meeting = told["meetings"][-1]
    for each in told["announced"]:
        record_fact(
            gov,
            meeting["body"],
            each["fact"],
            each["text"]["da"],
            source=_source(each),
            on=meeting["date"],
            origin="history",
        )


def _expected(gov: Governance, told: Told) -> None:
    for each in told["expected"]:
        on = next(meeting["date"] for meeting in told["meetings"] if meeting["id"] == each["meeting"])
        for status, organisations in (("ventet", each["organisations"]), ("afbud", each["apologies"])):
            for organisation in organisations:
                links = {"meeting": each["meeting"], "organisation": organisation}
                id_ = f"{each['meeting']}/{organisation}"
                facts = {"status": status}
                record_thing(gov, id_, "attendance", links=links, facts=facts, on=on, source=each["source"])


def _items(gov: Governance, told: Told) -> None:
    whole_of = {track: item["id"] for item in told["items"] for track in item.get("tracks", ())}
    for item in sorted(told["items"], key=lambda item: item["id"] in whole_of):
        add_item(
            gov,
            item["id"],
            item["kind"],
            item["title"],
            parent=whole_of.get(item["id"], ""),
            on=_known_since(item.get("happened", ())),
            origin="history",
            source=_source(item),
        )


def _facts(gov: Governance, told: Told) -> None:
    day = str(told["meetings"][-1]["date"])
    for item in told["items"]:
        for fact, value in item["facts"].items():
            record_fact(
                gov, item["id"], fact, str(value), source=_source(item), on=f"..{day}", origin="history"
            )


def _steps(gov: Governance, told: Told) -> None:
    for item in told["items"]:
        for each in item.get("happened", ()):
            if "step" in each:
                said = {"on": str(each["on"]), "origin": "history", "source": each["ref"]}
                inputs = each.get("inputs", {})
                receipt = advance(gov, item["id"], each["step"], each["by"], inputs=inputs, **said)
                if "answered" in each:
                    _answered(gov, receipt, each)


def _answered(gov: Governance, receipt: Receipt, each: Told) -> None:
    """That the consultation a step began was answered, as the item's own facts tell."""
    with looking(gov) as connection:
        event = load_one(connection, receipt.event)
    payload = event.payload if event is not None else None
    if isinstance(payload, StepTaken):
        answered, source = str(each["answered"]), each["ref"]
        on = str(each["on"])
        record_fact(gov, payload.about, "answered", answered, source=source, on=on, origin="history")


def _relations(gov: Governance, told: Told) -> None:
    day = str(told["meetings"][-1]["date"])
    wholes = {track for item in told["items"] for track in item.get("tracks", ())}
    for item in told["items"]:
        for each in item.get("relations", ()):
            if item["id"] not in wholes:
                links = {"item": item["id"], "to": each["to"]}
                id_ = f"{item['id']} – {each['to']}"
                facts = {"kind": each["kind"]}
                record_thing(
                    gov, id_, "relation", links=links, facts=facts, on=f"..{day}", source=_source(item)
                )
