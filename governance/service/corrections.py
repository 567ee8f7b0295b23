"""Put right what was recorded wrongly, by an event that names the one it replaces."""

from __future__ import annotations

from functools import partial
from itertools import takewhile

from governance.model import (
    NOBODY,
    Added,
    Corrected,
    Event,
    FactRecorded,
    RequestError,
    RulebookAdopted,
    StepRefused,
    StepTaken,
    Text,
)
from governance.record import fold, replaced
from governance.rulebook import Rulebook
from governance.service.ballots import ROUND, refuse_by_hand
from governance.service.facts import read_fact, stored
from governance.service.once import once
from governance.service.opening import Governance, looking
from governance.service.recording import Session, Told, session, told
from governance.service.views import Receipt
from governance.service.words import Problems, clean_text
from governance.store import last_number, load_between, load_corrections, load_linking, load_one
from governance.values import Span
from governance.vocabulary import EXCUSE, EXCUSED_BY, scope_of

REASON = Text("begrundelsen", "the reason")
MOST_BETWEEN = 20
"""How many events a step tells of at the most beside itself."""


@once
def correct(
    gov: Governance,
    event: int,
    *,
    reason: str,
    value: str | None = None,
    recorder: str = "",
    version: int | None = None,
    key: str = "",  # noqa: ARG001 - read by once()
) -> Receipt:
    """Say that an event was wrong; ``value`` is the fact's right value, None when it should not stand at all.

    The correction counts from the date of the event it replaces. With a step falls what it told of another
    thing. RequestError for an event that is not there, is corrected already, or changed nothing. ``version``
    is that of the thing that was seen; a retry with the same ``key`` gets the first answer.
    """
    problems = Problems()
    said = told(gov, problems, on="", origin="live", source="", recorder=recorder)
    why = problems.take(lambda: clean_text(reason, REASON, needed=True), "")
    wrong = problems.take(lambda: find_event(gov, event), None)
    if wrong is None:
        problems.raise_if_any()
    assert wrong is not None  # noqa: S101 - a missing one was a problem, raised above
    book = gov.rulebook(wrong.on if wrong.on != Span() else said.on)
    said = Told(wrong.on, wrong.origin, "", said.recorder, book)
    with session(gov, wrong.entity) as open_:
        take_refusals(problems, open_, book, wrong)
        problems.raise_if_any()
        open_.refuse_stale(wrong.entity, version, said.rulebook)
        replacement = None if value is None else _replacement(open_, wrong, value, said)
        for each in written_beside(open_, wrong):
            _refuse_orphans(open_, each)
            open_.add(each.entity, Corrected(each.number, why, None), said)
        done = open_.add(wrong.entity, Corrected(event, why, replacement), said)
        receipt = stored(open_, said.rulebook, done)
    for other in other_half(gov, wrong):
        with session(gov, other.entity) as open_:
            open_.add(other.entity, Corrected(other.number, why, None), said)
    return receipt


def other_half(gov: Governance, wrong: Event) -> list[Event]:
    """The item's step that a conclusion took with it, or the conclusion that took it: both fall together.

    They stand next to each other in the record, the item's first.
    """
    taken = wrong.payload
    if not isinstance(taken, StepTaken):
        return []
    with looking(gov) as connection:
        near = load_between(connection, wrong.number - MOST_BETWEEN, wrong.number + MOST_BETWEEN)
        settled = replaced(load_corrections(connection))
    found = [each for each in near if each.number not in settled and isinstance(each.payload, StepTaken)]
    if taken.request.point:
        later = (each for each in found if each.number > wrong.number)
        return [each for each in later if each.entity == taken.request.point][:1]
    before = (each for each in reversed(found) if each.number < wrong.number)
    return [each for each in before if _concluded_at(each) == wrong.entity][:1]


def _concluded_at(event: Event) -> str:
    return event.payload.request.point if isinstance(event.payload, StepTaken) else ""


def take_refusals(problems: Problems, open_: Session, book: Rulebook, wrong: Event) -> None:
    """Everything that forbids the correction of an event, taken among the problems of whoever asks."""
    for refuse in (_refuse_settled, _refuse_orphans, _refuse_in_force):
        problems.take(partial(refuse, open_, wrong), None)
    problems.take(lambda: _refuse_unsealing(open_, book, wrong), None)


def _refuse_unsealing(open_: Session, book: Rulebook, wrong: Event) -> None:
    """RequestError for taking back the closing of a round: its scores have been open to all."""
    thing, taken = open_.record.get(wrong.entity), wrong.payload
    if thing is None or thing.kind != ROUND or not isinstance(taken, StepTaken):
        return
    if book.is_final(ROUND, taken.to_state):
        raise RequestError(
            Text(
                "runden er talt op, og pointene er set; den åbnes ikke igen, så åbn en ny runde",
                "the round is counted and the scores were seen; it is not opened again, so open another",
            )
        )


def find_event(gov: Governance, number: int) -> Event:
    """An event by number; RequestError when there is none."""
    with looking(gov) as connection:
        found = load_one(connection, number) if 0 < number <= last_number(connection) else None
    if found is None:
        raise RequestError(
            Text(
                f"begivenhed {number} findes ikke; se numrene i sagens historik",
                f"there is no event {number}; the item's history shows the numbers",
            )
        )
    return found


def _refuse_settled(open_: Session, wrong: Event) -> None:
    """RequestError for an event that is corrected already, or that changed nothing."""
    number = wrong.number
    if number in replaced(open_.events):
        by = max(
            each.number
            for each in open_.events
            if isinstance(each.payload, Corrected) and each.payload.event == number
        )
        raise RequestError(
            Text(
                f"begivenhed {number} er allerede rettet; ret i stedet begivenhed {by}",
                f"event {number} is corrected already; correct event {by} instead",
            )
        )
    if isinstance(wrong.payload, StepRefused):
        raise RequestError(
            Text(
                f"begivenhed {number} er en afvisning og ændrede intet; der er intet at rette",
                f"event {number} is a refusal and changed nothing; there is nothing to correct",
            )
        )


def _replacement(open_: Session, wrong: Event, value: str, said: Told) -> FactRecorded:
    """The right value for what was recorded; only a fact has one."""
    payload = wrong.payload
    if isinstance(payload, Corrected) and payload.replacement is not None:
        payload = payload.replacement
    thing = fold(open_.events).get(wrong.entity)
    if thing is not None and isinstance(payload, FactRecorded):
        refuse_by_hand(said.rulebook, thing.kind, thing.links, payload.fact)
    if not isinstance(payload, FactRecorded) or thing is None:
        raise RequestError(
            Text(
                f"begivenhed {wrong.number} er ikke en oplysning med en værdi; ret den uden at give en værdi",
                f"event {wrong.number} is no fact with a value; correct it without giving a value",
            )
        )
    newest = thing.facts.get(payload.fact)
    if newest is not None and newest.event > wrong.number:
        raise RequestError(
            Text(
                f"begivenhed {newest.event} har siden givet en nyere værdi; ret den, "
                f"eller ret begivenhed {wrong.number} uden at give en værdi",
                f"event {newest.event} has given a newer value since; correct that one, "
                f"or correct event {wrong.number} without giving a value",
            )
        )
    fact, right = read_fact(said.rulebook, scope_of(thing.kind), payload.fact, value)
    return FactRecorded(fact, right, payload.about)


def written_beside(open_: Session, wrong: Event) -> list[Event]:
    """What a step told of the other thing it was about, right after itself: it falls with the step."""
    taken = wrong.payload
    if not isinstance(taken, StepTaken) or taken.about in ("", NOBODY):
        return []
    names = [*taken.request.inputs, EXCUSE, EXCUSED_BY]
    later = load_between(open_.connection, wrong.number + 1, wrong.number + 1 + len(names))
    own = list(takewhile(lambda event: event.entity == taken.about and event.on == wrong.on, later))
    facts = len(taken.request.inputs)
    told = [each for place, each in enumerate(own) if place < facts or _is_excuse(each)]
    if own and isinstance(own[0].payload, Added):
        told = own[:1]
    settled = replaced((*open_.events, *load_corrections(open_.connection)))
    return [each for each in told if each.number not in settled]


def _is_excuse(event: Event) -> bool:
    return isinstance(event.payload, FactRecorded) and event.payload.fact in (EXCUSE, EXCUSED_BY)


def _refuse_orphans(open_: Session, wrong: Event) -> None:
    """RequestError when other things belong to one that would be there no more."""
    if not isinstance(wrong.payload, Added):
        return
    linking = fold(load_linking(open_.connection, wrong.entity)).values()
    belong = [thing.id for thing in linking if wrong.entity in thing.links.values()]
    if belong:
        names = ", ".join(f"`{name}`" for name in belong)
        raise RequestError(
            Text(
                f"`{wrong.entity}` kan ikke falde bort, før {names}, der hører til den, er rettet",
                f"`{wrong.entity}` cannot fall away before {names}, which belong to it, are corrected",
            )
        )


def _refuse_in_force(open_: Session, wrong: Event) -> None:
    """RequestError for a rulebook that has judged already, or to bring one back without its list."""
    payload = wrong.payload
    if isinstance(payload, Corrected):
        before = next((event.payload for event in open_.events if event.number == payload.event), None)
        if isinstance(before, RulebookAdopted):
            raise RequestError(
                Text(
                    "regelsættet er taget ud; tag det ind igen med `governance rules adopt`",
                    "the rulebook was taken out; take it in again with `governance rules adopt`",
                )
            )
    if isinstance(payload, RulebookAdopted) and payload.from_ <= open_.gov.today:
        raise RequestError(
            Text(
                f"regelsættet {payload.id} fra {payload.from_} er i kraft; tag i stedet et nyt i brug",
                f"the rulebook {payload.id} from {payload.from_} is in force; adopt a new one instead",
            )
        )
