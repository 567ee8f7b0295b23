"""What an event says, as one line."""

from __future__ import annotations

from governance.model import (
    Added,
    Corrected,
    DeclaredComplete,
    Erased,
    Event,
    FactRecorded,
    RulebookAdopted,
    StepRefused,
    StepTaken,
    Text,
)
from governance.prose import label, say_date, say_value, step_label
from governance.prose.labels import both, fact_label, sentence, state_label
from governance.prose.values import say_day
from governance.rulebook import Rulebook
from governance.values import Kind
from governance.vocabulary import scope_of


def say_event(event: Event, book: Rulebook, kind: str) -> Text:
    """What an event says, as one line; ``kind`` is that of the thing it is about."""
    payload = event.payload
    match payload:
        case Added(what, title):
            named = Text(f": {title}", f": {title}") if title else Text("", "")
            return sentence(
                both("{kind} oprettet{title}", "{kind} entered{title}", kind=label(book, what), title=named)
            )
        case FactRecorded(fact, value):
            unit = (book.kind_of("item", fact) or book.kind_of(kind, fact) or Kind("text")).unit
            said = say_value(value, book, unit)
            return sentence(
                both("{fact}: {value}", "{fact}: {value}", fact=fact_label(book, fact), value=said)
            )
        case StepTaken() | StepRefused():
            return _say_step(payload, book, kind)
        case Corrected(number, reason, replacement):
            done = Text(f"Begivenhed {number} er rettet: {reason}", f"Event {number} is corrected: {reason}")
            if replacement is None:
                return done
            instead = say_event(
                Event(0, event.entity, replacement, event.on, event.recorded_at, event.origin), book, kind
            )
            return both("{done}. {instead}", "{done}. {instead}", done=done, instead=instead)
        case DeclaredComplete():
            when = say_date(event.on)
            return both("Intet mangler til og med {on}", "Nothing is missing up to {on}", on=when)
        case Erased(reason, texts):
            gone = len(texts)
            texts_da, texts_en = ("tekst", "text") if gone == 1 else ("tekster", "texts")
            return Text(
                f"Navn og {gone} {texts_da} slettet: {reason}", f"Name and {gone} {texts_en} erased: {reason}"
            )
        case RulebookAdopted(id_, from_, _):
            since = say_day(from_)
            return Text(
                f"Regelsættet {id_} er taget i brug fra {since.da}",
                f"The rulebook {id_} is adopted from {since.en}",
            )


def _say_step(payload: StepTaken | StepRefused, book: Rulebook, kind: str) -> Text:
    step, body = step_label(book, payload.request.step), label(book, payload.request.body)
    if isinstance(payload, StepRefused):
        return both("{body} blev nægtet: {step}", "{body} was refused: {step}", body=body, step=step)
    before, after = state_label(book, kind, payload.from_state), state_label(book, kind, payload.to_state)
    told = both("{step} ({body})", "{step} ({body})", step=step, body=body)
    if payload.from_state != payload.to_state:
        way = {"before": before, "after": after}
        told = both("{told}: {before} → {after}", "{told}: {before} → {after}", told=told, **way)
    own = {} if payload.about else payload.request.inputs
    for fact, value in own.items():
        unit = (book.kind_of(scope_of(kind), fact) or Kind("text")).unit
        said = {"fact": fact_label(book, fact), "value": say_value(value, book, unit)}
        told = both("{told}; {fact}: {value}", "{told}; {fact}: {value}", told=told, **said)
    return told
