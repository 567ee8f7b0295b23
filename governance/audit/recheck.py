"""Judge an exported record again, offline: every line, the chain, and every decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from governance.audit.books import Book, read_book
from governance.audit.chain import Expected
from governance.audit.differences import Tried, differences
from governance.audit.export import FORMAT, VERSION, facts_told
from governance.audit.lines import Line, read_lines
from governance.audit.past import Past
from governance.audit.problems import Problem, Problems, differs
from governance.audit.walk import UNREADABLE, Walk, new_walk
from governance.judging import judge_step
from governance.model import Added, Event, RequestError, StepRefused, StepTaken, Text
from governance.record import Record
from governance.referee import Referee
from governance.rulebook import judged_day
from governance.store import ERASED, canonical
from governance.values import ValueMismatch, word

NO_RULES = Text("dens regelsæt dækker ikke datoen", "its rulebook does not cover the date")
NOT_ITS_KIND = Text("er ikke af den slags, den siger", "is not of the kind it says")


@dataclass(frozen=True, slots=True)
class Recheck:
    """What a file holds, and what is wrong with it.

    ``decided`` counts the decisions made again. ``erased`` are the events that came out otherwise because a
    fact was erased since: nobody can decide them again.
    """

    events: int
    decided: int
    head: str
    problems: tuple[Problem, ...]
    erased: tuple[int, ...] = ()


def recheck(lines: Iterable[bytes], expect: Sequence[Expected] = ()) -> Recheck:
    """Everything in which a file differs from itself, or from what its own rules say of its own facts.

    When a line is damaged, the lines are all that is judged: what follows from it is not worth telling.
    """
    damage, books = Problems(), dict[str, Book]()
    walk = new_walk(books, expect)
    court = Court(walk, books, Past(walk.things))
    for line in read_lines(lines, damage):
        if not damage.found:
            court.take(line)
    if not damage.found:
        walk.end()
    problems = (damage if damage.found else walk.problems).told()
    return Recheck(walk.chain.events, court.decided, court.head, problems, tuple(court.erased))


@dataclass(slots=True)
class Court:
    """Takes the lines of a file one by one, and decides again what was decided."""

    walk: Walk
    books: dict[str, Book]
    past: Past
    decided: int = 0
    erased: list[int] = field(default_factory=list)
    referees: dict[str, Referee] = field(default_factory=dict)
    begun: Line = field(default_factory=dict)

    @property
    def head(self) -> str:
        """The number and hash of the last event."""
        return f"{self.walk.chain.last}:{self.walk.chain.head}"

    def take(self, line: Line) -> None:
        """Hold a line against those before it."""
        try:
            match line["is"]:
                case "header":
                    self.begun = line
                case "rulebook":
                    self.books[line["digest"]] = read_book({**line, "files": canonical(line["files"])})
                case "event":
                    self.walk.event(line["event"], line["texts"], self._judge)
                    self.past.place(line["event"]["entity"])
                case "thing":
                    self.walk.thing(line)
                    facts = facts_told(self.walk.things.entities.get(line["id"]))
                    self._hold(line, {"facts": facts})
                case "end":
                    counts = {"rulebooks": len(self.books), "events": self.walk.chain.events}
                    counts["things"] = len(self.walk.things.rows)
                    marks = {"format": FORMAT, "version": VERSION, "head": self.head, "counts": counts}
                    self._hold(self.begun, marks)
                    self._hold(line, marks)
        except UNREADABLE:
            self.walk.problems.line(line["n"], NOT_ITS_KIND)

    def _hold(self, line: Line, wanted: Line) -> None:
        for name, value in wanted.items():
            if line.get(name) != value:
                self.walk.problems.line(line["n"], differs(name, line.get(name), value))

    def _judge(self, event: Event) -> None:
        """Decide an event again, as the rules of its day did on what was known."""
        payload, book = event.payload, self.books.get(event.rulebook)
        if book is None or book.rulebook is None:
            return
        rulebook, day = book.rulebook, judged_day(event.on)
        if day is None or not rulebook.covers(day):
            self.walk.problems.event(event.number, NO_RULES)
        if isinstance(payload, Added):
            process = rulebook.process_for(payload.kind)
            if payload.state != (initial := process.initial if process else ""):
                self.walk.problems.event(event.number, differs("state", payload.state, initial))
        if isinstance(payload, StepTaken | StepRefused):
            self._decide(event, payload, self.referees.setdefault(event.rulebook, Referee(rulebook)))

    def _decide(self, event: Event, payload: Tried, referee: Referee) -> None:
        self.decided += 1
        record = self.past.record(event.entity, judged_day(event.on))
        try:
            thing = self.walk.things.entities[event.entity]
            again = judge_step(referee, thing, payload.request, record, self.past.known(event.entity))
            found = list(differences(payload, again))
        except RequestError as error:
            found = list(error.problems)
        except (KeyError, ValueMismatch):
            found = [NOT_ITS_KIND]
        if found and _rests_on_erased(record, payload):
            self.erased.append(event.number)
            return
        for text in found:
            self.walk.problems.event(event.number, text)


def _rests_on_erased(record: Record, payload: Tried) -> bool:
    values = [known.value for entity in record.values() for _, known in entity.told]
    return word(ERASED) in [*values, *payload.request.inputs.values()]
