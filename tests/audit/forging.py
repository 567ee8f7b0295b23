"""An export as somebody would write it who changed it all the way through."""

import json

from governance.audit import recheck
from governance.audit.lines import write_line
from governance.store import GENESIS, canonical, event_hash
from governance.store.seals import text_digest


def forged(lines, edit):
    """The file as somebody would write it who changed it all the way through: lines, chain and head.

    ``edit`` is given every line, with the payload of an event as data.
    """
    said = [json.loads(line)["line"] for line in lines]
    for line in said:
        if line["is"] == "event":
            line["event"]["payload"] = json.loads(line["event"]["payload"])
        edit(line)
    previous, number = GENESIS, 0
    for line in said:
        if line["is"] == "event":
            event = line["event"]
            event["payload"] = canonical(event["payload"])
            event["previous"] = previous
            previous = event["hash"] = event_hash(event)
            number = event["number"]
    for line in said:
        if "head" in line:
            line["head"] = f"{number}:{previous}"
    return [write_line(number, line["is"], line) for number, line in enumerate(said, 1)]


def event_of(number, edit):
    """An edit of one event."""

    def only(line):
        if line["is"] == "event" and line["event"]["number"] == number:
            edit(line["event"]["payload"], line)

    return only


def found(lines):
    return [(problem.place.da, problem.text.da) for problem in recheck(lines).problems]


def places(lines):
    return {place for place, _ in found(lines)}


def reworded(text, new):
    """A text said otherwise; gives its new digest."""
    text["text"] = new
    text["digest"] = text_digest(text["salt"], new)
    return text["digest"]
