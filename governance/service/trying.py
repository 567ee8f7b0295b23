"""Try it: which steps would be allowed for another body, on another day, or if more were known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from governance.model import Decision, FactRecorded, Request, Text
from governance.prose import say_date, say_value
from governance.prose.labels import fact_label
from governance.record import Entity, Record
from governance.referee import Referee, is_link, supposing
from governance.rulebook import Rulebook, Step
from governance.service.facts import FACT, fact_names, read_fact
from governance.service.items import BODY
from governance.service.naming import named
from governance.service.opening import Governance, looking
from governance.service.persons import known_person
from governance.service.reading import find_item
from governance.service.showing import day_span, input_view, item_line, said, step_view
from governance.service.views import FactView, InputView, TryView
from governance.service.words import Problems, among, clean_text
from governance.values import Kind, Span, Value, word
from governance.vocabulary import scope_of

PERSON = Text("personen", "the person")
REASON = Text("begrundelsen", "the reason")


@named
def try_steps(
    gov: Governance,
    id: str,  # noqa: A002 - the word of the contract
    *,
    body: str = "",
    on: str = "",
    facts: Mapping[str, str] | None = None,
    person: str = "",
    reason: str = "",
) -> TryView:
    """Every step of a thing's process as it would be decided if so and so were the case; nothing is stored.

    ``body`` asks for every step, by default whoever may take each. ``facts`` are supposed recorded on the day
    ``on``, or said with the steps that ask for them; the day may lie ahead. RequestError with everything that
    cannot be read, and for a thing that is not there.
    """
    found = find_item(gov, id, on)
    book, entity, referee = found.book, found.entity, gov.referee(found.book)
    problems = Problems()
    asking = problems.take(lambda: among(body, [each.id for each in book.bodies], BODY), "") if body else ""
    why = problems.take(lambda: clean_text(reason, REASON), "")
    name = problems.take(lambda: " ".join(clean_text(person, PERSON, most=200).split()), "")
    steps = [step for step in referee.process(entity).steps if not step.history]
    values = _values(book, entity, steps, facts or {}, problems)
    with looking(gov) as connection:
        who = problems.take(lambda: known_person(connection, name), "") or name
    problems.raise_if_any()
    supposed, record = _supposed(book, entity, values, found.on, found.record)
    wish = Request("", asking, found.on, who, reason=why)
    return TryView(
        line=item_line(book, supposed, entity.version, referee.open_steps(entity, found.on, found.record)),
        on=day_span(found.on),
        body=said(book, asking) if asking else None,
        facts=tuple(_told(book, entity, steps, fact, values[fact], found.on) for fact in values),
        steps=tuple(
            step_view(
                referee, supposed, _decided(referee, supposed, replace(wish, step=step), values, record)
            )
            for step in dict.fromkeys(each.id for each in steps)
        ),
        bodies=tuple(said(book, each.id) for each in book.bodies),
        supposable=_supposable(referee, entity, steps, values),
    )


def _scope_for(book: Rulebook, entity: Entity, steps: Iterable[Step], fact: str) -> str:
    """The scope a fact is read in: the thing's own, or that of another thing a step asks for it of."""
    own = scope_of(entity.kind)
    asking = (step.beside for step in steps if step.beside and fact in {each.fact for each in step.inputs})
    return own if fact in fact_names(book, own) else next(asking, own)


def _values(
    book: Rulebook, entity: Entity, steps: list[Step], facts: Mapping[str, str], problems: Problems
) -> dict[str, Value]:
    """What is supposed, by fact; RequestError, kept in ``problems``, for what is no fact or does not fit."""
    own = fact_names(book, scope_of(entity.kind))
    asked = dict.fromkeys(each.fact for step in steps for each in step.inputs)
    names = [*own, *(fact for fact in asked if fact not in own)]

    def read(fact: str, text: str) -> tuple[str, Value]:
        name = among(fact, names, FACT)
        if any(is_link(step, name) for step in steps):
            return name, word(text.strip())
        return read_fact(book, _scope_for(book, entity, steps, name), name, text)

    read_all = [problems.take(partial(read, fact, text), None) for fact, text in facts.items()]
    return dict(each for each in read_all if each is not None)


def _supposed(
    book: Rulebook, entity: Entity, values: Mapping[str, Value], on: Span, record: Record
) -> tuple[Entity, Record]:
    """The thing as if its own facts had been recorded on the day, and the record with it."""
    here = supposing(entity, Request("", "", on), record)
    own = fact_names(book, scope_of(entity.kind))
    for fact, value in values.items():
        if fact in own:
            here = here.after(here.entity, FactRecorded(fact, value))
    return here.entity, here.record


def _decided(
    referee: Referee, entity: Entity, request: Request, values: Mapping[str, Value], record: Record
) -> Decision:
    """A step decided, with what is supposed of whatever it asks to be told anew."""
    step = referee.step_for(referee.process(entity), request.step, entity.state)
    asked = {each.fact for each in step.inputs if step.beside or each.again}
    inputs = {fact: value for fact, value in values.items() if fact in asked}
    told = replace(request, body=request.body or step.by[0], inputs=inputs)
    return referee.decide(entity, referee.with_defaults(entity, told, record), record)


def _told(book: Rulebook, entity: Entity, steps: list[Step], fact: str, value: Value, on: Span) -> FactView:
    kind = book.kind_of(_scope_for(book, entity, steps, fact), fact) or Kind("text")
    return FactView(fact, fact_label(book, fact), say_value(value, book, kind.unit), say_date(on), "", 0)


def _supposable(
    referee: Referee, entity: Entity, steps: list[Step], values: Mapping[str, Value]
) -> tuple[InputView, ...]:
    """The facts worth supposing: those that some rule or step asks for, and those that are supposed."""
    book, scope = referee.rulebook, scope_of(entity.kind)
    asked = dict.fromkeys(each.fact for step in steps for each in step.inputs)
    own = [name for name in fact_names(book, scope) if name in {*referee.facts_that_matter, *asked, *values}]
    beside = [fact for fact in asked if fact not in own]
    return tuple(
        input_view(book, entity, fact, _scope_for(book, entity, steps, fact)) for fact in [*own, *beside]
    )
