"""The candidates: from a table, or every organisation of the kind that sits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from governance.conditions.rows import Row
from governance.model import RequestError, Text
from governance.record import Record
from governance.roster.plan import Candidate
from governance.rulebook import FactKind, Rulebook
from governance.service.danish import written_date, written_number
from governance.service.facts import read_fact
from governance.service.importing.choices import by_label, in_words_of_the_file, option
from governance.service.importing.templates import ORGANISATION
from governance.service.words import Problems, among, printable
from governance.tables import Placed, Table, at, fault, open_table
from governance.tables import Row as Line
from governance.values import Choice, Truth, Value

WHO = Text("organisationen", "organisation")
CANDIDATE = Text("kandidaten", "candidate")
SCOPES = ("organisation", "term")
MOST_CANDIDATES = 1000
MOST_FAULTS = 100


def read_candidates(
    given: Path | bytes, book: Rulebook, record: Record
) -> tuple[list[Candidate], tuple[Text, ...]]:
    """The candidates of a table in the order of its rows, and how it was understood.

    ``given`` is a file, or the content of one in CSV, which stands in a file only while it is read. An empty
    cell is a fact that is not known. RequestError with everything that is wrong, row by row.
    """
    if isinstance(given, bytes):
        with TemporaryDirectory(prefix="governance-plan-") as folder:
            path = Path(folder) / "candidates.csv"
            path.write_bytes(given)
            return read_candidates(path, book, record)
    with open_table(given) as table:
        reader = _Reader(table, book, record)
        found = reader.read()
        return found, table.notes


@dataclass(slots=True)
class _Reader:
    """Reads one table; ``met`` are the candidates so far with their rows."""

    table: Table
    book: Rulebook
    record: Record
    faults: list[Text] = field(default_factory=list)
    met: dict[str, int] = field(default_factory=dict)

    def read(self) -> list[Candidate]:
        """Every candidate; RequestError with all faults."""
        columns = _columns(self.book)
        headings: dict[str, FactKind | None] = {}
        for name in self.table.columns:
            if name:
                self._heading(name, columns, headings, 1)
        if self.table.columns and None not in headings.values() and not self.faults:
            self._refuse(at(1), "kolonnen `organisation` mangler", "the column `organisation` is missing")
        found: list[Candidate | None] = []
        for line in () if self.faults else self.table.rows:
            if len(found) == MOST_CANDIDATES or len(self.faults) >= MOST_FAULTS:
                break
            found.append(self._row(line, columns, headings))
        else:
            line = None
        if not found and not self.faults:
            self._refuse(
                at(1),
                "her er ingen kandidater; skriv en række for hver",
                "there are no candidates here; write a row for each",
            )
        if line is not None and len(found) == MOST_CANDIDATES:
            self._refuse(
                at(line.number),
                f"her er flere end {MOST_CANDIDATES} kandidater; der kan højst være så mange",
                f"there are more than {MOST_CANDIDATES} candidates here; there can be no more",
            )
        if self.faults:
            raise RequestError(*self.faults)
        return [each for each in found if each is not None]

    def _refuse(self, place: Placed, da: str, en: str) -> None:
        self.faults.append(fault(place, da, en))

    def _heading(
        self,
        name: str,
        columns: Mapping[str, FactKind | None],
        headings: dict[str, FactKind | None],
        row: int,
    ) -> None:
        """What a heading stands for: a fact, or None for the organisation."""
        key, place = _folded(name), self.table.place(row, name)
        if key not in columns:
            near = get_close_matches(key, columns, n=1)
            da, en = (f"; mente du `{near[0]}`?", f"; did you mean `{near[0]}`?") if near else ("", "")
            shown = printable(name)
            return self._refuse(
                place, f"kolonnen `{shown}` kendes ikke{da}", f"the column `{shown}` is not known{en}"
            )
        same = next((other for other, fact in headings.items() if fact == columns[key]), None)
        if same is not None:
            return self._refuse(
                place, f"kolonnen er den samme som `{same}`", f"the column is the same as `{same}`"
            )
        headings[name] = columns[key]
        return None

    def _row(
        self, line: Line, columns: Mapping[str, FactKind | None], known: Mapping[str, FactKind | None]
    ) -> Candidate | None:
        before = len(self.faults)
        self.faults += line.faults
        headings = dict(known)
        if not self.table.columns:
            for name in line.cells:
                self._heading(name, columns, headings, line.number)
        who, facts = "", {}
        for name, text in line.cells.items():
            if name not in headings or not text.strip():
                continue
            fact, place = headings[name], self.table.place(line.number, name)
            try:
                if fact is None:
                    who = self._organisation(text)
                else:
                    facts[fact.scope, fact.id] = self._value(fact, text)
            except RequestError as error:
                for problem in error.problems:
                    said = problem
                    if fact is not None:
                        said = in_words_of_the_file(problem, fact.id, name, fact.kind, self.book)
                    self._refuse(place, said.da, said.en)
        if not who and len(self.faults) == before:
            heading = next((name for name, fact in headings.items() if fact is None), "organisation")
            self._refuse(
                self.table.place(line.number, heading),
                "cellen er tom; skriv, hvem kandidaten er",
                "the cell is empty; write who the candidate is",
            )
        if who and who in self.met:
            first = self.met[who]
            self._refuse(
                self.table.place(line.number),
                f"`{who}` står allerede i række {first}; slet den ene",
                f"`{who}` is there already, in row {first}; delete one",
            )
        if who:
            self.met.setdefault(who, line.number)
        return Candidate(who, facts) if len(self.faults) == before else None

    def _organisation(self, text: str) -> str:
        recorded = [entity.id for entity in self.record.values() if entity.kind == "organisation"]
        known = {id_: Text(id_, id_) for id_ in (*self.book.organisation_by_id, *recorded)}
        return among(by_label(known).get(text.strip().casefold(), text), known, WHO)

    def _value(self, fact: FactKind, text: str) -> Value:
        right = text.strip()
        if fact.kind.options:
            right = option(fact.kind, right, self.book)
        elif fact.kind.name in ("number", "date"):
            right = (written_number if fact.kind.name == "number" else written_date)(right)
        return read_fact(self.book, fact.scope, fact.id, right)[1]


def _columns(book: Rulebook) -> Mapping[str, FactKind | None]:
    """Every heading that may stand over a column: a fact by id or label, None for the organisation."""
    columns: dict[str, FactKind | None] = {}
    for fact in reversed([fact for fact in book.facts if fact.scope in SCOPES]):
        columns |= dict.fromkeys(map(_folded, (fact.label.da, fact.label.en, fact.id)), fact)
    return columns | dict.fromkeys(map(_folded, (ORGANISATION.name, *ORGANISATION.danish)))


def _folded(heading: str) -> str:
    return " ".join(heading.replace("_", " ").split()).casefold()


def of_the_same_kind(book: Rulebook, body: Row) -> list[Candidate]:
    """Every organisation of the rulebook of the kinds that sit in a body, else of those that once sat."""
    members = [each for each in body.lists["members"].rows if each.there is not Truth.FALSE]
    terms = [term for seat in body.lists["seats"].rows for term in seat.lists["terms"].rows]
    kinds = _kinds(members) or _kinds(terms)
    found = [Candidate(each.id) for each in book.organisations if each.kind in kinds]
    if not found:
        raise RequestError(
            Text(
                "der er ingen at gå ud fra, for det vides ikke, hvem der sidder; giv en fil med --candidates",
                "there is nobody to go by, because it is not known who sits; give a file by --candidates",
            )
        )
    return found


def _kinds(rows: Sequence[Row]) -> frozenset[str]:
    organisations = (row.links["organisation"] for row in rows if "organisation" in row.links)
    kinds = (each.facts.get("kind") for each in organisations)
    return frozenset(kind.word for kind in kinds if isinstance(kind, Choice) and kind.word is not None)


def sets_named(texts: Sequence[str], names: Sequence[str], seats: int) -> list[list[str]]:
    """The sets that were named, each "A, B, C"; RequestError with everything wrong with them."""
    problems = Problems()
    nobody: list[str] = []
    found = [problems.take(partial(_set, text, names, seats), nobody) for text in texts]
    problems.raise_if_any()
    return found


def _set(text: str, names: Sequence[str], seats: int) -> list[str]:
    problems = Problems()
    known = by_label({name: Text(name, name) for name in names})
    parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    found = [
        problems.take(partial(among, known.get(part.casefold(), part), names, CANDIDATE), part)
        for part in parts
    ]
    shown = printable(text, 80)
    for twice in dict.fromkeys(name for name in found if found.count(name) > 1):
        problems.take(partial(_twice, twice, shown), None)
    if len(found) != seats:
        problems.take(partial(_number, shown, len(found), seats), None)
    problems.raise_if_any()
    return found


def _twice(name: str, text: str) -> None:
    raise RequestError(
        Text(f"`{name}` står to gange i `{text}`", f"`{name}` is there twice in `{text}`"),
    )


def _number(text: str, named: int, seats: int) -> None:
    raise RequestError(
        Text(
            f"`{text}` nævner {named}, og der er {seats} pladser; nævn lige så mange",
            f"`{text}` names {named}, and there are {seats} seats; name as many",
        )
    )
