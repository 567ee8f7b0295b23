"""Decide again what was decided, as the rules of its day did on what was known then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from governance.audit.books import Book
from governance.audit.differences import Tried, differences
from governance.audit.past import Past
from governance.audit.problems import Problems, differs
from governance.judging import judge_step
from governance.model import Added, Event, Origin, RequestError, RulebookAdopted, StepRefused, StepTaken, Text
from governance.record import Entity, Record
from governance.referee import Referee
from governance.rulebook import Rulebook, judged_day
from governance.store import ERASED
from governance.values import ValueMismatch, word

IN_FORCE = Text("et regelsæt i kraft på datoen", "a rulebook in force on the date")
PAST = Text("før den blev registreret", "before it was recorded")
NO_ITEM = Text("handler om en sag, der ikke fandtes", "is about an item that was not there")
A_DAY = timedelta(days=1)  # the record is in UTC, and a day begins earlier in Denmark


@dataclass(slots=True)
class Court:
    """Judges events one by one. ``erased`` are those that came out otherwise for want of an erased fact."""

    problems: Problems
    books: Mapping[str, Book]
    past: Past
    decided: int = 0
    erased: list[int] = field(default_factory=list)
    adopted: list[Rulebook] = field(default_factory=list)
    referees: dict[str, Referee] = field(default_factory=dict)

    def judge(self, event: Event) -> None:
        """Decide an event again, before it has changed anything."""
        payload, rulebook = event.payload, self._rulebook(event.rulebook)
        if isinstance(payload, RulebookAdopted) and (taken := self._rulebook(payload.digest)) is not None:
            self.adopted.append(taken)
        if not isinstance(payload, Added | StepTaken | StepRefused):
            return
        found = list(self._in_time(event, rulebook))
        if rulebook is not None and isinstance(payload, Added):
            process = rulebook.process_for(payload.kind)
            if payload.state != (initial := process.initial if process else ""):
                found.append(differs("state", payload.state, initial))
        elif rulebook is not None and isinstance(payload, StepTaken | StepRefused):
            found += self._decide(event, payload, rulebook)
        for text in found:
            self.problems.event(event.number, text)

    def _rulebook(self, digest: str) -> Rulebook | None:
        book = self.books.get(digest)
        return None if book is None else book.rulebook

    def _in_time(self, event: Event, rulebook: Rulebook | None) -> Iterator[Text]:
        """The rulebook is the newest one known that covers the date, and the date was not ahead."""
        day = judged_day(event.on)
        later = [book for book in self.adopted if rulebook and book.from_ > rulebook.from_]
        if rulebook is None or day is None or not rulebook.covers(day) or any(b.covers(day) for b in later):
            yield differs("rulebook", event.rulebook, IN_FORCE)
        begun = event.on.low
        if isinstance(begun, date) and begun > event.recorded_at.date() + A_DAY:
            yield differs("on", begun.isoformat(), PAST)

    def _decide(self, event: Event, payload: Tried, rulebook: Rulebook) -> list[Text]:
        self.decided += 1
        thing = self.past.things.entities.get(event.entity)
        if thing is None:
            return [NO_ITEM]
        referee = self.referees.setdefault(event.rulebook, Referee(rulebook))
        record = self.past.record(event.entity, judged_day(event.on))
        try:
            again = judge_step(referee, thing, payload.request, record, self.past.known(event.entity))
            found = list(differences(payload, again))
        except RequestError as error:
            found = list(error.problems)
        except ValueMismatch as error:
            found = [Text(str(error), str(error))]
        if found and _rests_on_erased(record, payload):
            self.erased.append(event.number)
            found = []
        return [*_as_asked(event, payload, thing), *found]


def _as_asked(event: Event, payload: Tried, thing: Entity) -> Iterator[Text]:
    """The event says of itself what the request in it says; only an item told as history has more of it."""
    request = payload.request
    for name in ("on", "origin", "recorder"):
        if getattr(event, name) != getattr(request, name):
            yield differs(name, getattr(event, name), getattr(request, name))
    if event.origin.told and thing.origin is Origin.LIVE:
        yield differs("origin", event.origin.value, thing.origin.value)


def _rests_on_erased(record: Record, payload: Tried) -> bool:
    values = [known.value for entity in record.values() for _, known in entity.told]
    return word(ERASED) in [*values, *payload.request.inputs.values()]
