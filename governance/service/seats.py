"""The seats of a body on a date."""

from __future__ import annotations

from governance.conditions.rows import Row
from governance.model import Finding, Text
from governance.notation import write_value
from governance.prose import NOT_RECORDED, label, say_date, say_value
from governance.prose.labels import both
from governance.record import Record, fold
from governance.roster import seats_on
from governance.rulebook import Rulebook
from governance.service.findings import finding_view
from governance.service.items import BODY
from governance.service.naming import named
from governance.service.opening import Governance
from governance.service.reading import known_on, said_day, the_group
from governance.service.showing import fact_views, said
from governance.service.views import Said, SeatsView, SeatView
from governance.service.words import among, query_day
from governance.values import Choice, Span, Truth, day
from governance.world import holds_seat

PAIR = 2


@named
def seats(gov: Governance, body: str = "", *, on: str = "", known: str = "") -> SeatsView:
    """The seats of a body on a date; by default the body that has seats.

    With ``known``, as the record told them at the end of that day.
    """
    day_, asked = query_day(on, gov.today), known_on(gov, known)
    at = day(day_)
    book = gov.rulebook(at, asked)
    record = fold(the_group(gov, asked).events, by=day_)
    name = body_asked(book, record, body)
    roster = seats_on(record, book, day_, name)
    return SeatsView(
        body=said(book, name),
        on=day_.isoformat(),
        seats=tuple(
            line for row in roster.body.lists["seats"].rows for line in _lines(book, record, row, at)
        ),
        participants=tuple(_participant(book, row) for row in roster.body.lists["participants"].rows),
        facts=fact_views(book, record[name]) if name in record else (),
        findings=tuple(finding_view(book, each, _subject(record, each)) for each in roster.findings),
        known=said_day(asked),
    )


def body_asked(book: Rulebook, record: Record, body: str) -> str:
    """The body asked for, by default the one that has seats, else the rulebook's first.

    RequestError for a body there is not.
    """
    bodies = [each.id for each in book.bodies]
    seated = [each.links["body"] for each in record.values() if each.kind == "seat"]
    return among(body, bodies, BODY) if body else next(iter([*seated, *bodies]), "")


def _subject(record: Record, finding: Finding) -> str:
    entity = record.get(finding.subject)
    if entity is not None and entity.kind == "term":
        return f"{entity.links['organisation']} ({entity.links['seat']})"
    return finding.subject


def _lines(book: Rulebook, record: Record, row: Row, at: Span) -> list[SeatView]:
    """A seat with the term that holds it, or may hold it, or else held it last; a line for each at once."""
    terms = row.lists["terms"].rows
    held = [term for term in terms if holds_seat(term, at) is not Truth.FALSE] or list(terms[-1:])
    occupied = _yes_no(row.facts.get("occupied"))
    if not held:
        unknown = Text("", "")
        return [SeatView(row.id, occupied, "", (), unknown, unknown, "")]
    sure = sum(holds_seat(term, at) is Truth.TRUE for term in held)
    remark = _at_once(len(held), sure=sure == len(held)) if len(held) > 1 else None
    return [_line(book, record, row.id, occupied, term, remark) for term in held]


def _at_once(holders: int, *, sure: bool) -> Text:
    count = Text("to", "two") if holders == PAIR else Text(str(holders), str(holders))
    said = both("{count} samtidig", "{count} at once", count=count)
    return said if sure else both("måske {said}", "maybe {said}", said=said)


def _line(
    book: Rulebook, record: Record, seat: str, occupied: str, holder: Row, remark: Text | None
) -> SeatView:
    organisation = holder.links["organisation"]
    said_by = dict.fromkeys(known.source for known in record[holder.id].facts.values())
    return SeatView(
        id=seat,
        occupied=occupied,
        holder=organisation.id,
        about=_about(book, organisation),
        from_=_dated(holder, "from"),
        to=_dated(holder, "last_day", "to"),
        source="; ".join(each for each in said_by if each),
        remark=remark,
    )


def _about(book: Rulebook, organisation: Row) -> tuple[tuple[Text, Text], ...]:
    """The holder's facts that some rule on the group asks about."""
    asked = book.facts_asked_of_the_group
    facts = [fact for fact in book.facts if fact.scope == "organisation" and fact.id in asked]
    return tuple(
        (
            fact.label,
            say_value(organisation.facts[fact.id], book, fact.kind.unit)
            if fact.id in organisation.facts
            else NOT_RECORDED,
        )
        for fact in facts
    )


def _dated(term: Row, *names: str) -> Text:
    for name in names:
        value = term.facts.get(name)
        if isinstance(value, Span) and value != Span():
            return say_date(value)
    return Text("", "")


def _yes_no(value: object) -> str:
    word = value.word if isinstance(value, Choice) else None
    return word if word is not None else "?"


def _participant(book: Rulebook, row: Row) -> tuple[Said, Said]:
    organisation, role = (row.facts.get(name) for name in ("organisation", "role"))
    name = organisation.word or "?" if isinstance(organisation, Choice) else "?"
    part = write_value(role) if role is not None else "?"
    return Said(name, label(book, name)), Said(part, label(book, part))
