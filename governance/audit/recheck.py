"""Judge an exported record again, offline: every line, the chain, and every decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from governance.audit.books import Book, read_book
from governance.audit.chain import Expected
from governance.audit.court import Court
from governance.audit.export import FORMAT, VERSION, facts_told
from governance.audit.lines import Line, read_lines
from governance.audit.past import Past
from governance.audit.problems import Problem, Problems, differs
from governance.audit.walk import UNREADABLE, Walk, new_walk
from governance.model import Text
from governance.store import canonical

NOT_ITS_KIND = Text("er ikke af den slags, den siger", "is not of the kind it says")


@dataclass(frozen=True, slots=True)
class Recheck:
    """What a file holds, and what is wrong with it.

    ``decided`` counts the decisions made again. ``erased`` are the events in which a rule came out otherwise
    that reads a fact erased since: nobody can decide that again, so the file does not prove it. ``reworded``
    are those decided alike and told in other words than this program has, as those of an older one are.
    """

    events: int
    decided: int
    head: str
    problems: tuple[Problem, ...]
    erased: tuple[int, ...] = ()
    reworded: tuple[int, ...] = ()


def recheck(lines: Iterable[bytes], expect: Sequence[Expected] = ()) -> Recheck:
    """Everything in which a file differs from itself, or from what its own rules say of its own facts.

    When a line is damaged, the lines are all that is judged: what follows from it is not worth telling.
    """
    damage, books = Problems(), dict[str, Book]()
    walk = new_walk(books, expect)
    past = Past(walk.things)
    desk = Desk(walk, books, past, Court(walk, past))
    for line in read_lines(lines, damage):
        if not damage:
            desk.take(line)
    if not damage:
        walk.end()
    problems = (damage or walk.problems).told()
    court = desk.court
    decided = court.decided, desk.head, problems
    return Recheck(walk.chain.events, *decided, tuple(court.erased), tuple(court.reworded))


@dataclass(slots=True)
class Desk:
    """Takes the lines of a file one by one to where each belongs."""

    walk: Walk
    books: dict[str, Book]
    past: Past
    court: Court
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
                    self.walk.event(line["event"], line["texts"], self.court.judge)
                    self.past.place(line["event"]["entity"])
                case "thing":
                    self.walk.thing(line)
                    self._hold(line, {"facts": facts_told(self.walk.things.entities.get(line["id"]))})
                case "end":
                    self._hold(self.begun, self._marks())
                    self._hold(line, self._marks())
        except UNREADABLE:
            self.walk.problems.line(line["n"], NOT_ITS_KIND)

    def _marks(self) -> Line:
        """What the first and the last line must say of the whole."""
        events, things = self.walk.chain.events, len(self.walk.things.rows)
        counts = {"rulebooks": len(self.books), "events": events, "things": things}
        return {"format": FORMAT, "version": VERSION, "head": self.head, "counts": counts}

    def _hold(self, line: Line, wanted: Line) -> None:
        for name, value in wanted.items():
            if line.get(name) != value:
                self.walk.problems.line(line["n"], differs(name, line.get(name), value))
