"""The whole record a page at a time, newest first, and one event with all that proves it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from unicodedata import normalize

from sqlalchemy import Connection

from governance.model import Corrected, Event, RequestError, StepRefused, StepTaken, Text
from governance.prose import label, say_value, step_label
from governance.prose.labels import fact_label
from governance.record import replaced
from governance.rights import Duty
from governance.rulebook import Rulebook
from governance.service.ballots import BALLOT, ROUND
from governance.service.histories import event_view
from governance.service.moments import between
from governance.service.naming import named
from governance.service.opening import Governance, looking
from governance.service.permitting import permit
from governance.service.sealing import Seal, ballots_in, open_rounds
from governance.service.showing import said, stepped_kinds
from governance.service.views import EventView, Said
from governance.service.words import Problems, among, line_number, printable
from governance.store import last_number, load_numbered, load_of, refs_of
from governance.store.eventpages import Wanted, kinds_of, page_of, stored_of
from governance.values import Kind
from governance.vocabulary import scope_of

PAGE = 50
"""How many events stand on a page."""

EVENT_KINDS = {
    "added": Text("oprettet", "entered"),
    "fact": Text("oplysning", "fact"),
    "step": Text("skridt", "step"),
    "refused": Text("afvisning", "refusal"),
    "corrected": Text("rettelse", "correction"),
    "complete": Text("registrering erklæret fuldstændig", "record declared complete"),
    "erased": Text("sletning", "erasure"),
    "adopted": Text("regelsæt taget i brug", "rulebook adopted"),
}
"""The kinds of events, and what they are called."""
KIND = Text("slags begivenhed", "kind of event")


@dataclass(frozen=True, slots=True)
class AuditLine:
    """An event with the kind of the thing it is about; ``has_page`` when the thing goes through a process."""

    event: EventView
    kind: Said
    has_page: bool


@dataclass(frozen=True, slots=True)
class EventsPage:
    """A page of the record, newest first. ``older`` is the number to ask for those before, 0 at the end.

    ``total`` is how many events the whole record has, whatever was asked for.
    """

    lines: tuple[AuditLine, ...]
    older: int
    total: int


@dataclass(frozen=True, slots=True)
class ProvedEvent:
    """One event with what proves it: the hash before it, and the rulebook it was recorded under.

    ``told`` is what was asked of the step, part by part. ``book_from`` is the first day of the rulebook,
    empty when it is not among those that are kept. ``corrects`` and ``corrected_by`` are numbers, 0 for none.
    """

    line: AuditLine
    previous: str
    rulebook: str
    book: str
    book_from: str
    told: tuple[tuple[Text, Text], ...]
    corrects: int
    corrected_by: int
    last: int

    @property
    def proof(self) -> str:
        """The receipt to keep: ``governance audit verify --expect`` holds the record against it."""
        return f"{self.line.event.number}:{self.line.event.hash}"


@named
def events_page(  # noqa: PLR0913 - each is one thing to ask for
    gov: Governance,
    *,
    thing: str = "",
    kind: str = "",
    recorder: str = "",
    from_: str = "",
    to: str = "",
    before: str = "",
    most: int = PAGE,
) -> EventsPage:
    """The newest events, or those before the number ``before``; of a thing, kind, recorder or days recorded.

    ``recorder`` is a name or a reference. Refusals asked for by their kind are told with their findings. Only
    the rows of the page are read. RequestError with all that cannot be asked for.
    """
    permit(gov, Duty.AUDIT)
    problems = Problems()
    if kind:
        problems.take(lambda: among(kind, EVENT_KINDS, KIND), "")
    since, until = between(gov, problems, from_, to)
    below = problems.take(lambda: line_number(before), 0) if before else 0
    problems.raise_if_any()
    book = gov.current_rulebooks().books[-1]
    with looking(gov) as connection:
        recorders = refs_of(connection, " ".join(recorder.split())) if recorder.strip() else ()
        total = last_number(connection)
        wanted = Wanted(
            normalize("NFC", thing.strip()),
            kind,
            recorders,
            since,
            until,
            below,
        )
        if recorder.strip() and not recorders:
            return EventsPage((), 0, total)
        numbers = page_of(connection, wanted, most + 1)
        lines = _lines(connection, book, numbers[:most], told=kind == "refused")
    return EventsPage(lines, numbers[most - 1] if len(numbers) > most else 0, total)


@named
def audit_event(gov: Governance, number: str) -> ProvedEvent:
    """The event of a number. RequestError when there is none."""
    permit(gov, Duty.AUDIT)
    wanted = line_number(number)
    books = gov.current_rulebooks().books
    with looking(gov) as connection:
        last = last_number(connection)
        lines = _lines(connection, books[-1], [wanted], told=True)
        stored = stored_of(connection, wanted)
        if not lines or stored is None:
            raise RequestError(_no_event(number, last))
        (event,) = load_numbered(connection, [wanted], told=False)
        corrections = load_of(connection, "corrected", [event.entity])
        seal = _seal(connection, books[-1], [event], {event.entity: lines[0].kind.id})
    payload = event.payload
    book = next((each for each in books if each.digest == stored.rulebook), None)
    return ProvedEvent(
        lines[0],
        stored.previous,
        stored.rulebook,
        book.id if book else "",
        book.from_.isoformat() if book else "",
        tuple(_told(seal.over(event), book or books[-1], lines[0].kind.id)),
        payload.event if isinstance(payload, Corrected) else 0,
        next((each.number for each in corrections if _corrects(each, wanted)), 0),
        last,
    )


def _corrects(event: Event, number: int) -> bool:
    return isinstance(event.payload, Corrected) and event.payload.event == number


def _no_event(number: str, last: int) -> Text:
    return Text(
        f"der er ingen begivenhed {printable(number)}; den seneste er {last}",
        f"there is no event {printable(number)}; the latest is {last}",
    )


def _lines(
    connection: Connection, book: Rulebook, numbers: Collection[int], *, told: bool
) -> tuple[AuditLine, ...]:
    """The lines of some events, the newest first; what of them is sealed says so."""
    if not numbers:
        return ()
    found = load_numbered(connection, numbers, told=told)
    things = {event.entity for event in found}
    kinds = kinds_of(connection, things)
    wrong = replaced(load_of(connection, "corrected", things))
    seal = _seal(connection, book, found, kinds)
    stepped = set(stepped_kinds(book))
    return tuple(
        AuditLine(
            event_view(seal.over(event), book, kinds.get(event.entity, ""), corrected=event.number in wrong),
            said(book, kinds.get(event.entity, "")),
            kinds.get(event.entity) in stepped,
        )
        for event in reversed(found)
    )


def _seal(connection: Connection, book: Rulebook, found: Iterable[Event], kinds: Mapping[str, str]) -> Seal:
    """What of some events is sealed: those of ballots and rounds that are open."""
    about = {event.entity for event in found}
    ballots = {id_ for id_ in about if kinds.get(id_) == BALLOT}
    if not ballots and not any(kinds.get(id_) == ROUND for id_ in about):
        return Seal()
    rounds = open_rounds(connection, book)
    return Seal(rounds | ballots_in(rounds, load_of(connection, "added", ballots)))


def _told(event: Event, book: Rulebook, kind: str) -> Iterable[tuple[Text, Text]]:
    """What was asked of a step: which, by whom, for what reason and with which inputs."""
    payload = event.payload
    if not isinstance(payload, StepTaken | StepRefused):
        return
    request = payload.request
    yield Text("Skridt", "Step"), step_label(book, request.step)
    yield Text("Organ", "Body"), label(book, request.body)
    if request.reason:
        yield Text("Begrundelse", "Reason"), Text(request.reason, request.reason)
    if request.point:
        yield Text("Dagsordenspunkt", "Agenda point"), Text(request.point, request.point)
    for fact, value in request.inputs.items():
        unit = (book.kind_of(scope_of(kind), fact) or Kind("text")).unit
        yield fact_label(book, fact), say_value(value, book, unit)
