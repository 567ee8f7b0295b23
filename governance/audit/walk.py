"""Follow the record event by event, from wherever it is read: a database, or a file long after."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

from governance.audit.books import Book
from governance.audit.chain import MISSING, Chain, Expected, Row
from governance.audit.problems import Problems, differs, lacks
from governance.audit.sealed import NOT_NAMED, Texts, facts_in, sealed_in
from governance.audit.things import Things
from governance.model import Corrected, Erased, Event, RulebookAdopted, StepRefused, Text
from governance.store import StoreError, canonical, read_event

UNREADABLE = (StoreError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What reading may come to when somebody has written into the record what is none."""
TWICE = Text("står to gange", "stands twice")
A_PAYLOAD = Text("læselig og på fast form", "readable and in the fixed form")


@dataclass(slots=True)
class Walk:
    """Where the walk has come to: the chain, the texts, the things, and the rulebooks named so far."""

    problems: Problems
    books: Mapping[str, Book]
    chain: Chain
    texts: Texts
    things: Things
    named: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)
    wordless: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def hidden(self) -> set[tuple[str, str]]:
        """The facts, by thing and name, of which a text is gone that no event so far says is erased.

        One that an event told of is a word to all that came after it, and to them nothing is hidden.
        """
        return {fact for digest, fact in self.wordless.items() if digest in self.texts.missing}

    def event(self, row: Row, beside: Sequence[Row], judge: Callable[[Event], None] | None = None) -> None:
        """Hold one event and its texts against everything ahead of it.

        ``judge`` is given the event while things are still as they were. Its source is left a digest.
        """
        if not self.chain.take(row):
            return
        try:
            payload = json.loads(row["payload"])
            texts = self.texts.take(row["number"], sealed_in(payload, row["source"]), beside)
            event = replace(read_event(row, texts), source=row["source"])
            gone = {digest: name for digest, name in facts_in(payload) if digest in self.texts.missing}
            self.wordless |= {digest: (event.entity, name) for digest, name in gone.items()}
            self._ruled(event)
            self._follows(event)
            if judge is not None:
                judge(event)
            self.things.take(event)
            readable = canonical(payload) == row["payload"]
        except UNREADABLE:
            readable = False
        if not readable:
            self.problems.event(row["number"], differs("payload", row["payload"], A_PAYLOAD))

    def thing(self, row: Row) -> None:
        """Hold the row of a thing against what its events make of it."""
        if row["id"] in self.held:
            self.problems.row("things", row["id"], TWICE)
        self.held.add(row["id"])
        made = self.things.rows.get(row["id"])
        if made is None:
            self.problems.row("things", row["id"], NOT_NAMED)
        for name, value in asdict(made).items() if made else ():
            if row[name] != value:
                self.problems.row("things", row["id"], differs(name, row[name], value))

    def end(self) -> None:
        """Say what should have come and never did."""
        self.chain.end()
        self.texts.end()
        for digest in self.books:
            if digest not in self.named:
                self.problems.row("rulebooks", digest, NOT_NAMED)
        for id_ in self.things.rows:
            if id_ not in self.held:
                self.problems.row("things", id_, MISSING)

    def _ruled(self, event: Event) -> None:
        """The first event that names a rulebook answers for what is wrong with it."""
        adopted = event.payload.digest if isinstance(event.payload, RulebookAdopted) else ""
        for digest in (event.rulebook, adopted):
            if not digest or digest in self.named:
                continue
            self.named.add(digest)
            book = self.books.get(digest, Book(faults=(lacks("rulebooks.digest", digest),)))
            for fault in book.faults:
                self.problems.event(event.number, fault)

    def _follows(self, event: Event) -> None:
        """Its version is the next of its thing, and what it corrects or erases is there to be."""
        known, payload = self.things.rows.get(event.entity), event.payload
        wanted = (known.version if known else 0) + (not isinstance(payload, StepRefused))
        if event.version != wanted:
            self.problems.event(event.number, differs("version", event.version, wanted))
        if isinstance(payload, Erased):
            self.texts.erased(event.number, payload.texts)
        own = self.things.events.get(event.entity, ())
        if isinstance(payload, Corrected) and all(each.number != payload.event for each in own):
            earlier = Text(f"en tidligere om {event.entity}", f"an earlier one about {event.entity}")
            self.problems.event(event.number, differs("payload.event", payload.event, earlier))


def new_walk(
    books: Mapping[str, Book], expect: Sequence[Expected], whole: Container[str] | None = None
) -> Walk:
    """A walk that has not begun; ``whole`` are the things of which all events must be remembered."""
    problems = Problems()
    return Walk(problems, books, Chain(problems, expect), Texts(problems), Things(whole))
