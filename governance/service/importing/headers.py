"""Which column of a file is which of a template: by its English or Danish name, or a fact's id or label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from governance.model import RequestError, Text
from governance.rulebook import Process, Rulebook, Rulebooks
from governance.service.facts import fact_names
from governance.service.importing.templates import EVENTS, MEETINGS, Column, Template, heading
from governance.service.words import printable
from governance.tables import Placed, Table, at, fault
from governance.vocabulary import STEPPED_KINDS

FACT = "fact"
PASSING = ("events", "seats", "terms")
SEATED = ("seat", "term")


@dataclass(slots=True)
class Headings:
    """What each heading of a file stands for: a column of the template, a fact, or nothing that is read.

    ``unread`` are those met that only an export writes; ``names`` the English names of those met. Of the
    steps ``told`` an export only tells: the things that take them have no table to be taken in from.
    """

    template: Template
    known: Mapping[str, Column]
    besides: Mapping[str, str]
    told: frozenset[str] = frozenset()
    met: dict[str, Column | None] = field(default_factory=dict)
    unread: dict[str, None] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def column(self, heading: str, place: Placed) -> Column | None:
        """The column a heading stands for; None for one that is left unread. RequestError for others."""
        if heading in self.met:
            return self.met[heading]
        key = _folded(heading)
        found = self.known.get(key)
        if key in self.besides and (found is None or found.reads == FACT):
            found, self.unread[heading] = None, None
        elif found is None:
            raise RequestError(fault(place, *_unknown(heading, self.known)))
        self.met[heading] = found
        return found

    def passes(self, cells: Mapping[str, str]) -> bool:
        """Whether a row of an export tells of something else than this template takes in."""
        if self.template.name not in PASSING:
            return False
        said = {self._named(heading): text for heading, text in cells.items() if text.strip()}
        if self.template.name == "events":
            told = "was" in said and said.get("step") in self.told
            return told or said.get("was", "step") != "step" or said.get("corrected") == "ja"
        if self.template.name == "seats":
            return "organisation" in said
        return "body" in said and "organisation" not in said

    def _named(self, heading: str) -> str:
        """The English name of a heading, of the template or of an export."""
        if heading not in self.names:
            key = _folded(heading)
            column = self.known.get(key)
            self.names[heading] = self.besides.get(key) or (column.name if column is not None else "")
        return self.names[heading]


def headings_of(template: Template, books: Rulebooks) -> Headings:
    """Every heading that may stand over a column of a template."""
    known: dict[str, Column] = {}
    own = {column.name for column in template.columns}
    for book in reversed(books.books):
        labels = {fact.id: fact.label for fact in book.facts if fact.scope == template.facts}
        names = fact_names(book, template.facts) if template.facts else []
        for name in (*(_inputs(book) if template is EVENTS else ()), *names):
            if name not in own:
                label = labels.get(name, heading(name))
                column = Column(name, (name,), reads=FACT)
                known |= {_folded(each): column for each in (label.da, label.en, name)}
    for column in template.columns:
        known |= {_folded(each): column for each in (*column.danish, column.name)}
    return Headings(template, known, _besides(template, books), _only_told(books))


def _inputs(book: Rulebook) -> list[str]:
    return [each.fact for process in book.processes for step in process.steps for each in step.inputs]


def _only_told(books: Rulebooks) -> frozenset[str]:
    """The steps of things of the group; meetings have a table of their own."""
    processes = [process for book in books.books for process in book.processes]
    tabled = [process.steps for process in processes if not _is_untabled(process)]
    told = [process.steps for process in processes if _is_untabled(process)]
    return frozenset(step.id for steps in told for step in steps) - {
        step.id for steps in tabled for step in steps
    }


def _is_untabled(process: Process) -> bool:
    return any(kind.id in STEPPED_KINDS and kind.id != MEETINGS.kind for kind in process.kinds)


def read_headings(headings: Headings, table: Table) -> None:
    """Hold a file's heading row against the template; RequestError with everything wrong with it."""
    problems: list[Text] = []
    met: dict[str, str] = {}
    for name in table.columns:
        if not name:
            continue
        place = table.place(1, name)
        try:
            column = headings.column(name, place)
        except RequestError as error:
            problems += error.problems
            continue
        if column is not None and column.name in met:
            other = met[column.name]
            problems.append(
                fault(place, f"kolonnen er den samme som `{other}`", f"the column is the same as `{other}`")
            )
        elif column is not None:
            met[column.name] = name
    if table.columns:
        problems += [
            fault(at(1), f"kolonnen `{column.danish[0]}` mangler", f"the column `{column.name}` is missing")
            for column in headings.template.columns
            if column.needed and column.name not in met
        ]
    if problems:
        raise RequestError(*problems)


def _besides(template: Template, books: Rulebooks) -> Mapping[str, str]:
    """What an export writes besides; seats and terms stand in one table."""
    scopes = [scope for scope in SEATED if scope != template.facts] if template.facts in SEATED else []
    names = [name for scope in scopes for book in books.books for name in fact_names(book, scope)]
    names += template.passes
    return {_folded(each): name for name in names for each in (name, heading(name).da)}


def _folded(heading: str) -> str:
    return " ".join(heading.replace("_", " ").split()).casefold()


def _unknown(heading: str, known: Mapping[str, Column]) -> tuple[str, str]:
    near = get_close_matches(_folded(heading), known, n=1)
    shown = printable(heading)
    meant = (f"; mente du `{near[0]}`?", f"; did you mean `{near[0]}`?") if near else ("", "")
    return f"kolonnen `{shown}` kendes ikke{meant[0]}", f"the column `{shown}` is not known{meant[1]}"
