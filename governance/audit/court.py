"""Decide again what was decided, as the rules of its day did on what was known then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from governance.audit.differences import Tried, differences, reworded
from governance.audit.kinds import adopted_wrongly, unfit, untimely
from governance.audit.past import Past
from governance.audit.problems import differs
from governance.audit.undecided import erased_facts, rules_that_read
from governance.audit.walk import Walk
from governance.judging import judge_step
from governance.model import (
    Event,
    Origin,
    RequestError,
    RulebookAdopted,
    StepRefused,
    StepTaken,
    Text,
)
from governance.record import Entity, replaced
from governance.referee import Referee
from governance.rulebook import Rulebook, judged_day
from governance.values import ValueMismatch

IN_FORCE = Text("et regelsæt i kraft på datoen", "a rulebook in force on the date")
ONE_TEXT = Text("det, der før blev brugt under samme navn", "the one used under the same name before")
NO_ITEM = Text("handler om en sag, der ikke fandtes", "is about an item that was not there")


@dataclass(slots=True)
class Court:
    """Judges events one by one.

    ``erased`` are those that came out otherwise for want of an erased fact, ``reworded`` those told in other
    words than this program has: an older one's, or somebody else's.
    """

    walk: Walk
    past: Past
    decided: int = 0
    erased: list[int] = field(default_factory=list)
    reworded: list[int] = field(default_factory=list)
    used: dict[str, Rulebook] = field(default_factory=dict)
    adoptions: list[Event] = field(default_factory=list)
    referees: dict[str, Referee] = field(default_factory=dict)

    def judge(self, event: Event) -> None:
        """Decide an event again, before it has changed anything."""
        payload, rulebook = event.payload, self._rulebook(event.rulebook)
        found = list(untimely(event, self.past.things))
        if event.rulebook or not isinstance(payload, RulebookAdopted):
            found += self._in_force(event, rulebook)
        if rulebook is not None:
            found += unfit(event, rulebook, self.past.things, self.walk.hidden)
            self.used[event.rulebook] = rulebook
            if isinstance(payload, StepTaken | StepRefused):
                found += self._decide(event, payload, rulebook)
        if isinstance(payload, RulebookAdopted):
            taken = self._rulebook(payload.digest)
            found += adopted_wrongly(event, payload, taken) if taken is not None else ()
        if isinstance(payload, RulebookAdopted) or event.entity in {each.entity for each in self.adoptions}:
            self.adoptions.append(event)
        for text in found:
            self.walk.problems.event(event.number, text)

    def _rulebook(self, digest: str) -> Rulebook | None:
        book = self.walk.books.get(digest)
        return None if book is None else book.rulebook

    def _known(self) -> dict[str, Rulebook]:
        """The rulebooks that an event was judged by, and those adopted and not withdrawn, by digest."""
        wrong = replaced(self.adoptions)
        standing = [each for each in self.adoptions if each.number not in wrong]
        digests = [each.payload.digest for each in standing if isinstance(each.payload, RulebookAdopted)]
        adopted = {digest: self._rulebook(digest) for digest in digests}
        return {**self.used, **{digest: book for digest, book in adopted.items() if book is not None}}

    def _in_force(self, event: Event, rulebook: Rulebook | None) -> Iterator[Text]:
        """The rulebook is the newest one known that covers the date, and the only one of its name and day."""
        day = judged_day(event.on)
        if rulebook is None or day is None or not rulebook.covers(day):
            yield differs("rulebook", event.rulebook, IN_FORCE)
            return
        known = self._known()
        if any(book.from_ > rulebook.from_ and book.covers(day) for book in known.values()):
            yield differs("rulebook", event.rulebook, IN_FORCE)
        named = {digest for digest, book in known.items() if _name(book) == _name(rulebook)}
        if event.rulebook not in named and named:
            yield differs("rulebook", event.rulebook, ONE_TEXT)

    def _decide(self, event: Event, payload: Tried, rulebook: Rulebook) -> list[Text]:
        self.decided += 1
        thing = self.past.things.entities.get(event.entity)
        if thing is None:
            return [NO_ITEM]
        record = self.past.record(event.entity, judged_day(event.on), rulebook)
        facts = erased_facts((*record.values(), thing), thing.id, payload, self.walk.hidden)
        referee = self.referees.setdefault(event.rulebook, Referee(rulebook))
        try:
            again = judge_step(
                referee, thing, payload.request, record, self.past.known(event.entity, rulebook)
            )
        except RequestError as error:
            found = list(error.problems)
            if facts & payload.request.inputs.keys():
                self.erased.append(event.number)
                found = []
        except ValueMismatch as error:
            found = [Text(str(error), str(error))]
        else:
            found = self._differences(event, payload, again, thing, facts)
        return [*_as_asked(event, payload, thing), *found]

    def _differences(
        self, event: Event, stored: Tried, again: Tried, thing: Entity, facts: frozenset[str]
    ) -> list[Text]:
        """How a decision came out otherwise, in all that does not rest on ``facts`` erased since."""
        every, referee = list(differences(stored, again)), self.referees[event.rulebook]
        if not every and reworded(stored, again):
            self.reworded.append(event.number)
        undecided = rules_that_read(referee.rulebook, facts, stored.request.step)
        if not every or not undecided:
            return every
        found = list(differences(stored, _of_one_kind(stored, again, referee, thing), undecided))
        if found != every:
            self.erased.append(event.number)
        return found


def _name(book: Rulebook) -> tuple[str, date]:
    return book.id, book.from_


def _of_one_kind(stored: Tried, again: Tried, referee: Referee, thing: Entity) -> Tried:
    """A step refused again as if it were taken, where it was taken, so that all of it can be compared."""
    if not isinstance(stored, StepTaken) or isinstance(again, StepTaken):
        return again
    step = referee.step_for(referee.process(thing), again.request.step, again.from_state)
    request, to, stays, about = again.request, again.to_state, step.to is None, stored.about
    return StepTaken(request, again.from_state, to, step.act, step.new_round, again.findings, stays, about)


def _as_asked(event: Event, payload: Tried, thing: Entity) -> Iterator[Text]:
    """The event says of itself what the request in it says; only an item told as history has more of it."""
    request = payload.request
    for name in ("on", "origin", "recorder"):
        if getattr(event, name) != getattr(request, name):
            yield differs(name, getattr(event, name), getattr(request, name))
    if event.origin.told and thing.origin is Origin.LIVE:
        yield differs("origin", event.origin.value, thing.origin.value)
