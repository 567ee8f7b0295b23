"""Take a step: decided on the record as it stands, and stored whether allowed or refused."""

from __future__ import annotations

from collections.abc import Mapping

from governance.judging import judge_step
from governance.model import Origin, Request, RequestError, StepTaken, Text
from governance.record import Entity
from governance.referee import Referee
from governance.rulebook import judged_day
from governance.service.facts import FACT, read_fact, state_of
from governance.service.items import BODY
from governance.service.once import once
from governance.service.opening import Governance
from governance.service.recording import Session, Told, session, told
from governance.service.views import Receipt
from governance.service.words import Problems, among, clean_id, clean_text
from governance.values import Value
from governance.vocabulary import AROUND_AN_ITEM

STEP = Text("skridtet", "step")
REASON = Text("begrundelsen", "the reason")
PERSON = Text("personen", "the person")


@once
def advance(  # noqa: PLR0913 - a request has these parts
    gov: Governance,
    entity: str,
    step: str,
    body: str,
    *,
    on: str = "",
    inputs: Mapping[str, str] | None = None,
    reason: str = "",
    person: str = "",
    recorder: str = "",
    version: int | None = None,
    origin: str = "live",
    source: str = "",
    key: str = "",  # noqa: ARG001 - read by once()
) -> Receipt:
    """Try to take a step. A refusal is a receipt that says so, and is stored.

    What is entered as history is stored as it was and judged, never refused. Raises RequestError for what
    cannot be judged, and Conflict when the item has changed since ``version``. A retry with the same ``key``
    gets the first answer.
    """
    problems = Problems()
    told_of = origin in {each.value for each in Origin if each.told}
    said = told(gov, problems, on=on, origin=origin, source=source, recorder=recorder, source_needed=told_of)
    id_ = problems.take(lambda: clean_id(entity), "")
    body_ = problems.take(lambda: among(body, [each.id for each in said.rulebook.bodies], BODY), "")
    why = problems.take(lambda: clean_text(reason, REASON), "")
    who = problems.take(lambda: clean_text(person, PERSON, most=200), "")
    if not id_:
        problems.raise_if_any()
    with session(gov, id_, AROUND_AN_ITEM) as open_:
        thing = open_.entity(id_)
        open_.refuse_stale(id_, version, said.rulebook)
        problems.take(lambda: open_.refuse_before(thing, said), None)
        problems.take(lambda: _refuse_as_history(gov, thing, said), None)
        referee = gov.referee(said.rulebook)
        names = dict.fromkeys(each.id for each in referee.process(thing).steps)
        name = problems.take(lambda: among(step, names, STEP), "")
        facts = _read_inputs(referee, thing, name, inputs or {}, problems) if name else {}
        problems.raise_if_any()
        person, recorder = open_.person(who), open_.person(said.recorder)
        request = Request(name, body_, said.on, person, recorder, facts, why, version, said.origin)
        return _take(open_, referee, thing, request, said)


def _refuse_as_history(gov: Governance, thing: Entity, said: Told) -> None:
    """RequestError for what is happening now, or happens to an item kept here, but is told as history."""
    if said.origin is Origin.LIVE:
        return
    day = judged_day(said.on)
    if thing.origin is Origin.LIVE:
        raise RequestError(
            Text(
                f"`{thing.id}` er ført her fra begyndelsen; tag skridtet, som det sker, ikke som historie",
                f"`{thing.id}` has been kept here from the start; take the step live, not as history",
            )
        )
    if day is not None and day >= gov.today:
        raise RequestError(
            Text(
                "historie er det, der skete før i dag; skriv en tidligere dato, eller tag skridtet nu",
                "history is what happened before today; write an earlier date, or take the step now",
            )
        )


def _read_inputs(
    referee: Referee, thing: Entity, name: str, inputs: Mapping[str, str], problems: Problems
) -> dict[str, Value]:
    """The facts given to a step; RequestError, kept in ``problems``, for those it does not ask for."""
    step = referee.step_for(referee.process(thing), name, thing.state)
    asked = [each.fact for each in step.inputs]
    facts: dict[str, Value] = {}
    for fact, text in inputs.items():

        def read(fact: str = fact, text: str = text) -> tuple[str, Value]:
            return read_fact(referee.rulebook, "item", among(fact, asked, FACT), text)

        given = problems.take(read, None)
        if given is not None:
            facts[given[0]] = given[1]
    return facts


def _take(open_: Session, referee: Referee, thing: Entity, request: Request, said: Told) -> Receipt:
    then = open_.loaded.as_of(judged_day(request.on))
    payload = judge_step(referee, thing, request, then, open_.events)
    event = open_.add(thing.id, payload, said)
    state = state_of(open_, referee.rulebook, thing.id)
    taken = isinstance(payload, StepTaken)
    return Receipt(event.number, thing.id, event.version, taken, state, payload.findings, event.hash)
