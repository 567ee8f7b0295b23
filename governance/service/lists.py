"""The call for new members, and the list of ordered changes, filled in from the record."""

from __future__ import annotations

from datetime import UTC, datetime

from governance import documents
from governance.conditions.nodes import nodes_of
from governance.documents import Call, Order, Orders
from governance.model import Force, RequestError, Text
from governance.prose import label, say_value
from governance.prose.labels import sentence
from governance.record import Entity, fold
from governance.roster import due_on, judges
from governance.rulebook import Rule, Rulebook, judged_day
from governance.service.naming import named
from governance.service.opening import Governance, looking
from governance.service.papers import Document
from governance.service.reading import known_on, the_group, the_record
from governance.service.seats import body_asked
from governance.service.showing import is_item, said_state
from governance.service.words import query_date, query_day
from governance.store import last_recorded
from governance.values import Span, Value, day, word
from governance.world import World, body_row, facts_of

TEXT_TYPE = "text/plain; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SEAT, TERM = "seat", "term"


@named
def call_document(
    gov: Governance,
    body: str = "",
    *,
    answer_to: str = "",
    language: str = "da",
    on: str = "",
    known: str = "",
) -> Document:
    """The call for new members of a body as text for a newsletter: places, demands, term, spread, deadline.

    What is asked of a new member is what the rules on the steps that begin a term ask; the spread is what
    the rules on the body aim for. A deadline is named only where one is agreed.
    """
    day_, asked = query_day(on, gov.today), known_on(gov, known)
    book = gov.rulebook(day(day_), asked)
    record = fold(the_group(gov, asked).events, by=day_)
    name = body_asked(book, record, body)
    world = World(record, book, day(day_))
    row = body_row(name, world)
    vacant = [each for each in row.lists["seats"].rows if each.facts.get("occupied") == word("nej")]
    if not vacant:
        raise RequestError(
            Text(
                "ingen plads er ledig den dag; vælg en dag, hvor en er (`governance seats forecast`)",
                "no seat is vacant on that day; choose one on which some are (`governance seats forecast`)",
            )
        )
    steps = [
        step
        for process in book.processes
        for step in process.steps
        if step.adds == TERM and any(rule.force is Force.MUST for rule in step.rules)
    ]
    demands = [rule for step in steps for rule in step.rules if _is_of_the_new(rule)]
    spread = [r for r in book.rules if r.for_each == "body" and r.force is Force.SHOULD and judges(r, row)]
    due = [due_on(rule, each, world) for rule in book.rules if rule.for_each == SEAT for each in vacant]
    deadlines = [each for each in due if each.point is not None]
    call = Call(
        group=sentence(label(book, name)),
        places=len(vacant),
        requirements=tuple(dict.fromkeys(sentence(r.label) for r in demands if r.force is Force.MUST)),
        term=next((sentence(rule.label) for rule in demands if rule.force is Force.DEFAULT), ""),
        spread=tuple(dict.fromkeys(sentence(rule.label) for rule in spread)),
        deadline=min(deadlines, key=lambda each: str(each.low), default=Span()),
        answer_to=answer_to,
    )
    content = documents.call_text(call, language).encode()
    return Document(content, "opslag.txt" if language == "da" else "call.txt", TEXT_TYPE)


def _is_of_the_new(rule: Rule) -> bool:
    """Whether a rule on an appointment speaks of the one appointed, and not of how it comes about."""
    return any(getattr(node, "of", "") in (TERM, "organisation", "body") for node in nodes_of(rule.requires))


@named
def orders_document(gov: Governance, *, language: str = "da", on: str = "", known: str = "") -> Document:
    """The items that are ordered on a date, with when each was decided, approved and ordered, as XLSX."""
    when, asked = query_date(on, gov.today), known_on(gov, known)
    book = gov.rulebook(when, asked)
    record = fold(the_record(gov, asked).events, by=judged_day(when))
    world = World(record, book, when)
    with looking(gov) as connection:
        written = last_recorded(connection) or datetime(1970, 1, 1, tzinfo=UTC)
    found = (_order(book, world, each) for each in record.values() if is_item(book, each))
    rows = sorted((order for order in found if order is not None), key=lambda order: order.number)
    group = body_asked(book, record, "")
    orders = Orders(sentence(label(book, group)) if group else book.title, written, tuple(rows))
    name = "bestillinger.xlsx" if language == "da" else "orders.xlsx"
    return Document(documents.orders_xlsx(orders, language), name, XLSX)


def _order(book: Rulebook, world: World, each: Entity) -> Order | None:
    """An item as a line of the list; None when nothing was ordered in its present round."""
    roles = {act.id: act.role for act in book.acts if act.role}
    done = {roles[act.act]: act for act in each.acts if act.round == each.round and act.act in roles}
    if "ordered" not in done:
        return None
    facts = facts_of(each, "item", world)
    kinds = {fact.role: fact for fact in book.facts if fact.scope == "item" and fact.role}

    def known(role: str) -> Value | None:
        return facts.get(kinds[role].id) if role in kinds else None

    def said(role: str) -> Text | str:
        value = known(role)
        return say_value(value, book) if value is not None else ""

    estimate = known("estimate")
    dates = {role: done[role].on if role in done else Span() for role in ("decided", "approved", "ordered")}
    return Order(
        number=each.id,
        title=each.title,
        kind=label(book, each.kind),
        **dates,
        size=said("size"),
        estimate=estimate if isinstance(estimate, Span) else Span(),
        unit=label(book, kinds["estimate"].kind.unit) if "estimate" in kinds else "",
        state=said_state(book, each.kind, each.state).label,
        left=said("left"),
        source=_source(each, done["ordered"].event),
    )


def _source(each: Entity, event: int) -> str:
    sources = (known.source for _, known in each.told if known.event == event)
    return next(sources, "") or f"#{event}"
