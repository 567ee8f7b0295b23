"""What an event of each kind must be, given what was known before it and the rules it names."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date
from zoneinfo import ZoneInfo

from governance.audit.problems import differs
from governance.audit.things import Things
from governance.model import (
    Added,
    Corrected,
    DeclaredComplete,
    Event,
    FactRecorded,
    Origin,
    RulebookAdopted,
    StepRefused,
    StepTaken,
    Text,
)
from governance.record import replaced
from governance.referee import is_link
from governance.rulebook import Rulebook, judged_day
from governance.store import ERASED
from governance.values import Span, Value, fitted, word
from governance.vocabulary import RECORDED_KINDS, scope_of

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
A_NEW_ONE = Text("en, der ikke fandtes", "one that was not there")
A_KNOWN_ONE = Text("en, der fandtes", "one that was there")
A_KIND = Text("en art, reglerne kender", "a kind the rules know")
A_FACT = Text("en oplysning, reglerne kender", "a fact the rules know")
NO_REFUSAL = Text("ikke en afvisning", "no refusal")
STANDING = Text("en, der ikke var rettet før", "one not corrected before")
THE_SAME_FACT = Text("den oplysning, der rettes", "the fact that is corrected")
PAST = Text("før den blev registreret", "before it was recorded")
AHEAD = Text("efter den dag, det blev taget i brug", "after the day it was adopted")

Hidden = Container[tuple[str, str]]
"""The facts, by thing and name, of which a text is gone: nobody can say what kind of value that was."""


def unfit(event: Event, rulebook: Rulebook, things: Things, hidden: Hidden) -> Iterator[Text]:
    """Everything in an event that no command would have stored, whatever it decided."""
    payload = event.payload
    match payload:
        case Added():
            yield from _added(event, payload, rulebook, things)
        case FactRecorded():
            yield from _there(event, things)
            yield from _fits(event, payload.fact, payload.value, rulebook, things, hidden)
        case DeclaredComplete():
            yield from _there(event, things)
        case StepTaken() | StepRefused():
            yield from _asked(event, payload, rulebook, things, hidden)
        case Corrected():
            yield from _corrected(event, payload, rulebook, things, hidden)


def untimely(event: Event, things: Things) -> Iterator[Text]:
    """That it is dated ahead of its recording, or, when it is live, before the thing it is about."""
    day, thing = judged_day(event.on), things.entities.get(event.entity)
    if day is not None and day > recorded_on(event):
        yield differs("on", day.isoformat(), PAST)
    since = thing.since.low if thing is not None else None
    live = event.origin is Origin.LIVE and not isinstance(event.payload, Corrected)
    if live and day is not None and isinstance(since, date) and day < since:
        yield differs("on", day.isoformat(), f">= {since}")


def recorded_on(event: Event) -> date:
    """The day in Denmark on which an event was recorded."""
    return event.recorded_at.astimezone(COPENHAGEN).date()


def adopted_wrongly(event: Event, payload: RulebookAdopted, taken: Rulebook) -> Iterator[Text]:
    """That what an adoption says is not what the rulebook says, or that it is of the past."""
    if payload.id != taken.id:
        yield differs("payload.id", payload.id, taken.id)
    if payload.from_ != taken.from_:
        yield differs("payload.from", payload.from_.isoformat(), taken.from_.isoformat())
    if event.entity != (own := f"regelsæt/{taken.id}/{taken.from_}"):
        yield differs("entity", event.entity, own)
    if taken.from_ <= recorded_on(event):
        yield differs("payload.from", taken.from_.isoformat(), AHEAD)


def _added(event: Event, payload: Added, rulebook: Rulebook, things: Things) -> Iterator[Text]:
    if event.entity in things.entities:
        yield differs("entity", event.entity, A_NEW_ONE)
    process = rulebook.process_for(payload.kind)
    if process is None and payload.kind not in RECORDED_KINDS:
        yield differs("kind", payload.kind, A_KIND)
    if payload.state != (initial := process.initial if process else ""):
        yield differs("state", payload.state, initial)
    named = {"body": {body.id for body in rulebook.bodies}, "organisation": rulebook.organisation_by_id}
    for name, target in payload.links.items():
        if target not in things.entities and target not in named.get(name, ()):
            yield differs(f"links.{name}", target, A_KNOWN_ONE)


def _there(event: Event, things: Things) -> Iterator[Text]:
    if event.entity not in things.entities:
        yield differs("entity", event.entity, A_KNOWN_ONE)


def _asked(
    event: Event, tried: StepTaken | StepRefused, rulebook: Rulebook, things: Things, hidden: Hidden
) -> Iterator[Text]:
    """Inputs are facts of the thing, or of the other thing that its step adds or ends."""
    thing = things.entities.get(event.entity)
    step = rulebook.step(thing.kind, tried.request.step, tried.from_state) if thing is not None else None
    for fact, value in tried.request.inputs.items():
        if step is not None and is_link(step, fact):
            continue
        scope = step.beside if step is not None else ""
        yield from _fits(event, fact, value, rulebook, things, hidden, scope)


def _fits(
    event: Event,
    fact: str,
    value: Value,
    rulebook: Rulebook,
    things: Things,
    hidden: Hidden,
    scope: str = "",
) -> Iterator[Text]:
    thing = things.entities.get(event.entity)
    if thing is None or (value == word(ERASED) and (event.entity, fact) in hidden):
        return
    kind = rulebook.kind_of(scope or scope_of(thing.kind), fact)
    if kind is None:
        yield differs("fact", fact, A_FACT)
    elif fitted(value, kind) is None:
        yield Text(f"`{fact}` har en værdi af en anden art", f"`{fact}` has a value of another kind")


def _corrected(
    event: Event, payload: Corrected, rulebook: Rulebook, things: Things, hidden: Hidden
) -> Iterator[Text]:
    """What is corrected is there (the walk says so), counted, and is of the same date and fact."""
    own = things.events.get(event.entity, [])
    wrong = next((each for each in own if each.number == payload.event), None)
    if wrong is None:
        return
    if isinstance(wrong.payload, StepRefused):
        yield differs("payload.event", payload.event, NO_REFUSAL)
    if payload.event in replaced(own):
        yield differs("payload.event", payload.event, STANDING)
    if event.on != wrong.on:
        yield differs("on", _dates(event.on), _dates(wrong.on))
    right = payload.replacement
    was = wrong.payload.replacement if isinstance(wrong.payload, Corrected) else wrong.payload
    if isinstance(right, FactRecorded):
        if not isinstance(was, FactRecorded) or was.fact != right.fact:
            yield differs("payload.replacement", right.fact, THE_SAME_FACT)
        yield from _fits(event, right.fact, right.value, rulebook, things, hidden)


def _dates(on: Span) -> str:
    return f"{on.low or ''}..{on.high or ''}"
