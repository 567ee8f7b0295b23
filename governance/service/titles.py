"""What a thing is called where people read: its title, or its kind and what tells it from others."""

from __future__ import annotations

from governance.model import Text
from governance.prose import label, say_date
from governance.prose.labels import both
from governance.prose.spoken import spoken
from governance.record import Entity
from governance.rulebook import Rulebook
from governance.service.ballots import CLOSES, ROUND
from governance.values import Span

MEETING = "meeting"


def called(book: Rulebook, thing: Entity) -> Text:
    """The title of a thing; of a meeting without one its day, of a round the day it closes, else the id."""
    if thing.title:
        return Text(thing.title, thing.title)
    kind = label(book, thing.kind)
    if thing.kind == MEETING:
        when = thing.span("date")
        return kind if when == Span() else both("{kind} {day}", "{kind} {day}", kind=kind, day=say_date(when))
    if thing.kind == ROUND and CLOSES in thing.facts:
        closes = say_date(thing.span(CLOSES))
        return both("{kind} til {day}", "{kind} until {day}", kind=kind, day=closes)
    return spoken(thing.id)
