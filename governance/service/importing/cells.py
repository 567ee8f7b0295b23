"""One row of a file as the record wants it: slips put right and said, every fault with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from governance.faults import RuleError
from governance.model import RequestError, Text
from governance.notation import MOST_TEXT
from governance.referee import is_link
from governance.rulebook import Rulebook, Rulebooks
from governance.service.danish import written_date, written_number
from governance.service.facts import read_fact
from governance.service.importing.across import across
from governance.service.importing.choices import (
    by_label,
    ids_of_noun,
    in_words_of_the_file,
    option,
    refuse_other,
)
from governance.service.importing.headers import FACT, Headings
from governance.service.importing.templates import OWN_FACTS, Column
from governance.service.itemnumbers import ItemNumbers
from governance.service.words import MOST_TITLE, clean_id, clean_text, event_date
from governance.tables import Placed, Row, Table, fault
from governance.values import Kind
from governance.vocabulary import scope_of

NOUNS = {
    "kind": Text("sagstypen", "kind of item"),
    "body": Text("organet", "body"),
    "step": Text("skridtet", "step"),
    "status": Text("fremmødet", "attendance"),
}
CELL = Text("cellen", "the cell")


@dataclass(slots=True)
class Entry:
    """A row by the template's own columns and by facts, without empty cells; and what was said of it.

    ``slips`` are numbers put right; ``rewritten`` the dates and amounts put into the notation of the record,
    each with its column, as it was and as it is.
    """

    number: int
    places: Mapping[str, Placed]
    cells: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    faults: list[Text] = field(default_factory=list)
    slips: list[Text] = field(default_factory=list)
    rewritten: list[tuple[str, str, str]] = field(default_factory=list)

    def refuse(self, problems: tuple[Text, ...]) -> None:
        """What an act said of the row, each problem at the cell whose text it quotes."""
        for problem in problems:
            names = [name for name, said in {**self.facts, **self.cells}.items() if f"`{said}`" in problem.da]
            place = next((self.places[name] for name in names if name in self.places), self.places[""])
            self.faults.append(fault(place, problem.da, problem.en))


@dataclass(slots=True)
class Reader:
    """Reads rows of one table for one template, whose empty table has the ``example``."""

    headings: Headings
    table: Table
    numbers: ItemNumbers
    rulebooks: Rulebooks
    today: date
    example: Mapping[str, str]
    _nouns: dict[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)

    def read(self, row: Row) -> Entry:
        """A row as an entry; its faults are in it."""
        texts: dict[str, str] = {}
        columns: dict[str, Column] = {}
        headings: dict[str, str] = {}
        places = {"": self.table.place(row.number)}
        faults = list(row.faults)
        for heading, text in row.cells.items():
            place = self.table.place(row.number, heading)
            try:
                column = self.headings.column(heading, place)
            except RequestError as error:
                faults += error.problems
                continue
            if column is None or not text.strip():
                continue
            if column.name in texts:
                faults.append(fault(place, "kolonnen er givet to gange", "the column is given twice"))
            texts[column.name], columns[column.name], places[column.name] = text.strip(), column, place
            headings[column.name] = heading
        entry = Entry(row.number, places, faults=faults)
        if texts == self.example:
            entry.faults.append(
                fault(
                    places[""],
                    "rækken er skabelonens eksempel; slet den",
                    "the row is the template's example; delete it",
                )
            )
            return entry
        self._demand(entry, texts, row)
        book = self._book(texts.get("on", ""))
        for name, text in texts.items():
            scope = self._scope(name, texts.get("step", ""), book)
            try:
                self._put(entry, columns[name], text, book, scope)
            except RequestError as error:
                kind, heading = self._kind(columns[name], book, scope), headings[name]
                entry.faults += [
                    fault(places[name], said.da, said.en)
                    for each in error.problems
                    for said in [in_words_of_the_file(each, name, heading, kind, book)]
                ]
        for name, said in across(self.headings.template, entry.cells, entry.facts, headings, book):
            entry.faults.append(fault(places[name], said.da, said.en))
        return entry

    def book(self, entry: Entry) -> Rulebook:
        """The rulebook by whose words a row is read."""
        return self._book(entry.cells.get("on", ""))

    def _scope(self, name: str, step: str, book: Rulebook) -> str:
        """What a column is a fact of: of what its template, or the step in its row, is about.

        Nothing when it says what the thing that the step adds belongs to.
        """
        taken = self._named("step", book).get(step.casefold(), step) if step else ""
        same = [(process, each) for process in book.processes for each in process.steps if each.id == taken]
        for process, each in same:
            if name in {asked.fact for asked in each.inputs}:
                return "" if is_link(each, name) else each.beside or scope_of(process.kinds[0].id)
        return self.headings.template.facts

    def _kind(self, column: Column, book: Rulebook, scope: str) -> Kind | None:
        """What a column that is a fact holds."""
        its = column.reads == FACT or column.name in OWN_FACTS
        return book.kind_of(scope, column.name) if its else None

    def _demand(self, entry: Entry, texts: Mapping[str, str], row: Row) -> None:
        """Every cell that must hold something does."""
        named = {column.name: heading for heading, column in self.headings.met.items() if column is not None}
        for column in self.headings.template.columns:
            if column.needed and column.name not in texts and not row.faults:
                place = self.table.place(row.number, named.get(column.name, column.danish[0]))
                entry.faults.append(fault(place, "cellen er tom; skriv noget", "the cell is empty; fill it"))

    def _book(self, on: str) -> Rulebook:
        """The rulebook of the row's date, by whose words its cells are read; else the newest."""
        try:
            return self.rulebooks.on(event_date(written_date(on), self.today))
        except (RequestError, RuleError):
            return self.rulebooks.books[-1]

    def _put(self, entry: Entry, column: Column, text: str, book: Rulebook, scope: str) -> None:
        right = self._right(column, text, book, scope)
        if right != text and column.reads == "number":
            place = entry.places[column.name]
            entry.slips.append(
                fault(place, f"`{text}` læses som `{right}`", f"`{text}` is read as `{right}`")
            )
        elif right != text and not _is_choice(column, book, scope):
            entry.rewritten.append((column.name, text, right))
        self._check(column, right, book, scope)
        into = entry.facts if column.reads == FACT else entry.cells
        into[column.name] = right

    def _right(self, column: Column, text: str, book: Rulebook, scope: str) -> str:
        if column.reads == FACT and not scope:
            return self._named(column.name, book).get(text.casefold(), text)
        kind = book.kind_of(scope, column.name) if column.reads == FACT else None
        match kind.name if kind is not None else column.reads:
            case "number" if kind is None:
                return self.numbers.read(text)
            case "date":
                return written_date(text)
            case "number" | "count":
                return written_number(text)
            case "word" | "scale" if kind is not None and kind.options:
                return option(kind, text, book)
            case "kind" | "body" | "step" | "organisation" | "status":
                return self._named(column.reads, book).get(text.casefold(), text)
        return text

    def _check(self, column: Column, text: str, book: Rulebook, scope: str) -> None:
        """RequestError when a cell cannot be what its column holds."""
        if column.reads == FACT and not scope:
            clean_id(text)
        elif column.reads == FACT or column.name in OWN_FACTS:
            read_fact(book, scope, column.name, text)
        elif column.name == "on":
            event_date(text, self.today)
        elif column.reads in ("id", "number"):
            clean_id(text)
        elif column.reads in NOUNS:
            refuse_other(text, ids_of_noun(column.reads, book), NOUNS[column.reads])
        elif column.reads == "text":
            clean_text(text, CELL, most=MOST_TITLE if column.name == "title" else MOST_TEXT)

    def _named(self, noun: str, book: Rulebook) -> Mapping[str, str]:
        """The ids of a noun by their own name and their labels, in small letters; none that is ambiguous."""
        known = self._nouns.get((noun, book.digest))
        if known is None:
            known = self._nouns[noun, book.digest] = by_label(ids_of_noun(noun, book))
        return known


def _is_choice(column: Column, book: Rulebook, scope: str) -> bool:
    """Whether a cell names one of several things, which may be done by a label: that is no slip."""
    if column.reads == FACT and not scope:
        return True
    kind = book.kind_of(scope, column.name) if column.reads == FACT else None
    return column.reads in (*NOUNS, "organisation") or (kind is not None and bool(kind.options))
