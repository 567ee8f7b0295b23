"""Take in a whole table in one transaction: all of its rows, or none.

Nobody else can write to the record meanwhile; whoever tries waits.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import Connection

from governance.audit import head
from governance.model import RequestError, Ruled, Text, Verdict
from governance.rights import Duty
from governance.service.importing.cells import Entry, Reader
from governance.service.importing.choices import examples
from governance.service.importing.entering import content_of, enter, key_of
from governance.service.importing.headers import headings_of, read_headings
from governance.service.importing.holding import Held
from governance.service.importing.references import is_told, kinds_of, strangers
from governance.service.importing.tally import MOST_TOLD, Tally
from governance.service.importing.templates import TEMPLATES, Template
from governance.service.itemnumbers import item_numbers
from governance.service.opening import Governance
from governance.service.permitting import permit
from governance.service.recording import one_transaction
from governance.service.words import among
from governance.store import answer_to, ids_as_entered, last_number, remember
from governance.tables import Table, fault, open_table

OFTEN = 100

TEMPLATE = Text("skabelonen", "template")

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ImportView:
    """What an import did, or would do: ``stored`` is false for a dry run.

    ``new`` rows were entered, ``known`` ones were there already, ``passed`` ones say nothing to take in.
    ``events`` is how many lines of the record they became, ``verdicts`` how the steps among them were judged.
    ``slips`` are what was put right, the first of ``slip_count``. ``head`` is the import's receipt,
    ``NUMBER:HASH`` of the last event after it, to keep outside; empty for a dry run.
    """

    template: str
    stored: bool
    new: int
    known: int
    passed: int
    events: int
    verdicts: Mapping[str, int]
    slips: tuple[Text, ...]
    slip_count: int
    notes: tuple[Text, ...]
    head: str = ""


def template_named(name: str) -> Template:
    """A template by name; RequestError with what may have been meant."""
    return TEMPLATES[among(name, TEMPLATES, TEMPLATE)]


def import_table(
    gov: Governance,
    path: Path,
    template: str,
    *,
    source: str = "",
    recorder: str = "",
    dry_run: bool = False,
    progress: Progress = lambda _done, _size: None,
) -> ImportView:
    """Enter the rows of a table as history, all or none; ``dry_run`` does the same and takes it back.

    A row that was entered before, by this or another file, is there already; one that says something else of
    the same is an error. RequestError tells every fault, each with its row and column, up to a number.
    """
    permit(gov, Duty.RECORD)
    kind = template_named(template)
    numbers = item_numbers(gov.folder)
    with open_table(path) as table, one_transaction(gov) as connection:
        savepoint = connection.begin_nested()
        inside = replace(gov, within=connection, held=Held(connection))
        books = inside.current_rulebooks()
        headings = headings_of(kind, books)
        read_headings(headings, table)
        example = {name: text for name, text in examples(kind, books.books[-1]).items() if text}
        reader = Reader(headings, table, numbers, books, gov.today, example)
        before = last_number(connection)
        items = [each for book in books.books for each in kinds_of("item", book)]
        entered = len(ids_as_entered(connection, items)) if kind.name == "items" else None
        run = _Run(inside, connection, kind, reader, source, recorder, before, entered)
        run.rows(table, progress)
        run.tally.raise_if_any()
        after = last_number(connection)
        proof = "" if dry_run else head(connection)
        if dry_run:
            savepoint.rollback()
        notes = (*table.notes, *_unread(tuple(headings.unread)), *run.tally.notes())
    told = run.tally
    return ImportView(
        kind.name,
        not dry_run,
        told.new,
        told.known,
        told.passed,
        after - before,
        {verdict.value: count for verdict, count in told.verdicts.items()},
        tuple(told.slips),
        told.slip_count,
        notes,
        proof,
    )


def _unread(names: tuple[str, ...]) -> tuple[Text, ...]:
    said = ", ".join(f"`{name}`" for name in names)
    return (Text(f"kolonnerne {said} læses ikke", f"the columns {said} are not read"),) if names else ()


@dataclass(slots=True)
class _Run:
    """An import under way: after the event ``before``, and so many ``items`` if it adds to them."""

    gov: Governance
    connection: Connection
    template: Template
    reader: Reader
    source: str
    recorder: str
    before: int
    items: int | None
    tally: Tally = field(default_factory=Tally)

    def rows(self, table: Table, progress: Progress) -> None:
        """Enter every row; what cannot be read any further is told as the last fault."""
        try:
            for count, row in enumerate(table.rows):
                if self.reader.headings.passes(row.cells):
                    self.tally.passed += 1
                    continue
                entry = self.reader.read(row)
                self.tally.slipped(entry.slips)
                self.tally.rewrote(entry.rewritten)
                if not entry.faults:
                    self._enter(entry)
                elif self.tally.fault_count < MOST_TOLD:
                    self._look_up(entry)
                self.tally.refuse(entry.faults)
                if count % OFTEN == 0:
                    progress(table.done(), table.size)
        except RequestError as error:
            self.tally.refuse(list(error.problems))
        progress(table.size, table.size)

    def _enter(self, entry: Entry) -> None:
        key, content = key_of(self.template, entry), content_of(entry)
        known = answer_to(self.connection, key)
        if known is not None and known[0] == content:
            self.tally.known += 1
            return
        if known is not None:
            said = _earlier(entry) if known[1] > self.before else _otherwise(entry, known[1])
            entry.faults.append(said)
            return
        try:
            receipt = enter(self.gov, self.template, entry, self.source, self.recorder)
        except RequestError as error:
            told = self._look_up(entry) if self.tally.fault_count < MOST_TOLD else ()
            entry.refuse(
                tuple(
                    each
                    for each in error.problems
                    if not any(is_told(each, column, entry.cells) for column in told)
                )
            )
            return
        remember(self.connection, key, content, receipt.event)
        self.tally.new += 1
        if receipt.findings:
            self.tally.verdicts[_worst(receipt.findings)] += 1

    def _look_up(self, entry: Entry) -> Collection[str]:
        """Say what the row names that is not there; gives the columns that do."""
        found = strangers(self.connection, self.template, entry.cells, self.reader.book(entry), self.items)
        entry.faults += [fault(entry.places[name], each.da, each.en) for name, each in found.items()]
        return found


def _earlier(entry: Entry) -> Text:
    return fault(
        entry.places[""],
        "det samme står tidligere i filen med andet indhold; slet den ene række, eller ret den",
        "the same stands earlier in the file with other content; delete one of the rows, or put it right",
    )


def _otherwise(entry: Entry, event: int) -> Text:
    return fault(
        entry.places[""],
        f"det samme er indlæst før med andet indhold (begivenhed {event}); ret det med "
        f"`governance correct {event}`",
        f"the same was taken in before with other content (event {event}); put it right by "
        f"`governance correct {event}`",
    )


def _worst(findings: tuple[Ruled, ...]) -> Verdict:
    """How a step came out: broken or unknown where that would have stopped it, else kept."""
    blocking = {finding.verdict for finding in findings if finding.blocks}
    return next((each for each in (Verdict.BROKEN, Verdict.UNKNOWN) if each in blocking), Verdict.KEPT)
