"""Take a step: decided on the record as it stands, and stored whether allowed or refused."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from governance.judging import judge_step
from governance.model import (
    NOBODY,
    Added,
    FactRecorded,
    Origin,
    Request,
    RequestError,
    StepRefused,
    StepTaken,
    Text,
    Verdict,
)
from governance.record import Entity
from governance.referee import Referee, is_link, links_of
from governance.rights import Duty
from governance.rulebook import Rulebook, judged_day
from governance.service.ballots import BALLOT, ROUND, SCORES, cast_by, is_casting, sound_scores
from governance.service.facts import FACT, read_fact, state_of
from governance.service.group import linked_to
from governance.service.items import BODY
from governance.service.once import once
from governance.service.opening import Governance
from governance.service.permitting import acting_person, permit
from governance.service.recording import Session, Told, session, told
from governance.service.supplying import record_supplied
from governance.service.views import Receipt
from governance.service.words import Problems, among, clean_id, clean_text, printable
from governance.values import Value, word
from governance.vocabulary import EXCUSE, EXCUSED_BY, SCOPES, scope_of

STEP = Text("skridtet", "step")
REASON = Text("begrundelsen", "the reason")
PERSON = Text("personen", "the person")
ORGANISATION = "organisation"
TODAY = Text(
    "dine point gælder fra i dag; lad datoen stå tom, eller bed sekretariatet skrive en seddel fra før",
    "your scores count from today; leave the date blank, or ask the secretariat to write an earlier ballot",
)
"""Why a member dates no ballot back: else one could be cast or changed after the round's last day.

The program says so and no rule can: a rule knows the date a request carries, and no clock to hold it against.
The secretariat, which records what others did, may date a ballot as it was handed in.
"""


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
    said = told_of_step(gov, problems, on=on, origin=origin, source=source, recorder=recorder)
    id_ = problems.take(lambda: clean_id(entity), "")
    wish = Wish(step, body, inputs or {}, reason, person, version)
    if not id_:
        problems.raise_if_any()
    with session(gov, id_, said.rulebook.around) as open_:
        return take(open_, id_, asked_of(open_, id_, wish, said, problems), said)


def told_of_step(
    gov: Governance, problems: Problems, *, on: str, origin: str, source: str, recorder: str
) -> Told:
    """What the events of a step carry: a source only as history, and whoever asks may by the step's body."""
    needed = Origin.tells(origin)
    return told(
        gov,
        problems,
        on=on,
        origin=origin,
        source=source,
        recorder=recorder,
        source_needed=needed,
        duty=None,
    )


@dataclass(frozen=True, slots=True)
class Wish:
    """A step somebody wants to take, as it was written; ``with_item`` when the item's step goes with it."""

    step: str
    body: str
    inputs: Mapping[str, str]
    reason: str = ""
    person: str = ""
    version: int | None = None
    with_item: bool = False


def asked_of(open_: Session, id_: str, wish: Wish, said: Told, problems: Problems) -> Request:
    """The request that a wish comes to; RequestError with everything wrong with it, Conflict when stale.

    A ballot is stale when its own organisation has cast one since: what others cast meanwhile is no conflict.
    Forbidden when whoever asks may neither act for the body nor record what it did. Who acts is the person.
    """
    book, gov = said.rulebook, open_.gov
    body = problems.take(lambda: among(wish.body, [each.id for each in book.bodies], BODY), "")
    why = problems.take(lambda: clean_text(wish.reason, REASON), "")
    who = problems.take(lambda: clean_text(wish.person, PERSON, most=200), "")
    thing = open_.entity(id_)
    referee = gov.referee(book)
    names = dict.fromkeys(each.id for each in referee.process(thing).steps)
    name = problems.take(lambda: among(wish.step, names, STEP), "")
    wish = replace(wish, step=name, body=body, inputs=_each_once(wish.inputs), person=who)
    who = _entitled(open_, book, thing, wish, said)
    casts = is_casting(book, thing, name)
    if not casts:
        open_.refuse_stale(id_, wish.version, book)
    problems.take(lambda: open_.refuse_before(thing, said), None)
    problems.take(lambda: _refuse_as_history(gov, thing, said), None)
    if name and not wish.with_item:
        problems.take(lambda: _refuse_alone(referee, thing, name), None)
    facts = _read_inputs(open_, referee, thing, name, wish.inputs, problems) if name else {}
    problems.raise_if_any()
    if casts:
        own = cast_by(open_.record, thing, facts.get(ORGANISATION))
        open_.refuse_stale(id_, wish.version, book, adding={each.id for each in own})
    record_supplied(open_, id_, referee.step_for(referee.process(thing), name, thing.state), said)
    thing = open_.entity(id_)
    person, recorder = open_.person(who), open_.person(said.recorder)
    request = Request(name, body, said.on, person, recorder, facts, why, wish.version, said.origin)
    if said.origin.told:
        return request
    then = open_.loaded.as_of(judged_day(said.on))
    return referee.with_defaults(then.get(id_, thing), request, then)


def _each_once(inputs: Mapping[str, str]) -> Mapping[str, str]:
    """The facts given, by name without blanks; RequestError for one that is given twice.

    What is asked about a right must be what is stored.
    """
    found: dict[str, str] = {}
    for name, text in inputs.items():
        cleaned = unicodedata.normalize("NFC", name.strip())
        if cleaned in found:
            shown = printable(cleaned)
            raise RequestError(
                Text(
                    f"`{shown}` er givet to gange; giv det én gang", f"`{shown}` is given twice; give it once"
                )
            )
        found[cleaned] = text
    return found


def _entitled(open_: Session, book: Rulebook, thing: Entity, wish: Wish, said: Told) -> str:
    """Who acts, once it is sure that whoever asks may: score by a ballot's step, else act for the body."""
    gov, organisation = open_.gov, wish.inputs.get(ORGANISATION, "").strip()
    own = thing.links.get("body", "")
    if said.origin.told:
        found = permit(gov, Duty.RECORD)
    elif is_casting(book, thing, wish.step) and wish.body == own:
        day = judged_day(said.on)
        found = permit(gov, Duty.SCORE, body=own, organisation=organisation, acted=day)
        if gov.caller is not None and not found.records and day != gov.today:
            raise RequestError(TODAY)
    else:
        found = permit(gov, Duty.ACT, body=wish.body, acted=judged_day(said.on))
    return acting_person(gov, found, wish.person)


def _refuse_alone(referee: Referee, thing: Entity, name: str) -> None:
    """RequestError for a conclusion that takes an item's step with it, asked for without the item."""
    step = referee.step_for(referee.process(thing), name, thing.state)
    if step.takes:
        raise RequestError(
            Text(
                f"»{step.label.da}« tager sagens skridt med; skriv det med `governance meetings conclude`",
                f"“{step.label.en}” takes the item along; write it with `governance meetings conclude`",
            )
        )


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
    open_: Session, referee: Referee, thing: Entity, name: str, inputs: Mapping[str, str], problems: Problems
) -> dict[str, Value]:
    """The facts given to a step; RequestError, kept in ``problems``, for those it does not ask for."""
    book = referee.rulebook
    step = referee.step_for(referee.process(thing), name, thing.state)
    scope = step.beside or scope_of(thing.kind)
    asked = [each.fact for each in step.inputs]

    def read(fact: str, text: str) -> tuple[str, Value]:
        fact = among(fact, asked, FACT)
        if is_link(step, fact):
            return fact, word(linked_to(open_, book, fact, text))
        if (thing.kind, scope, fact) == (ROUND, BALLOT, SCORES):
            text = sound_scores(book, thing, text)
        return read_fact(book, scope, fact, text)

    given = [problems.take(partial(read, fact, text), None) for fact, text in inputs.items()]
    return dict(each for each in given if each is not None)


def judged(open_: Session, id_: str, request: Request, said: Told) -> StepTaken | StepRefused:
    """What a request comes to on the record as it is; nothing is stored."""
    then = open_.loaded.as_of(judged_day(request.on))
    referee = open_.gov.referee(said.rulebook)
    return judge_step(referee, open_.entity(id_), request, then, open_.events)


def take(open_: Session, id_: str, request: Request, said: Told) -> Receipt:
    """Judge a request and store what came of it, with the other thing that its step adds or ends."""
    referee, thing = open_.gov.referee(said.rulebook), open_.entity(id_)
    payload = judged(open_, id_, request, said)
    event = open_.add(thing.id, payload, said)
    state = state_of(open_, referee.rulebook, thing.id)
    taken = isinstance(payload, StepTaken)
    if isinstance(payload, StepTaken) and payload.about not in ("", NOBODY):
        _write_beside(open_, referee, thing, payload, said)
    return Receipt(event.number, thing.id, event.version, taken, state, payload.findings, event.hash)


def _write_beside(open_: Session, referee: Referee, thing: Entity, taken: StepTaken, said: Told) -> None:
    """Store what the step was about besides: the thing it added, or what is now known of the one it ended."""
    step, request = (
        referee.step_for(referee.process(thing), taken.request.step, taken.from_state),
        taken.request,
    )
    if step.adds:
        if open_.exists(taken.about):
            raise RequestError(
                Text(
                    f"skridtet vil tilføje `{taken.about}`, men der er allerede en sag af det navn",
                    f"the step would add `{taken.about}`, but there is an item of that name already",
                )
            )
        process = referee.rulebook.process_for(step.adds)
        state = process.initial if process is not None else ""
        open_.add(taken.about, Added(step.adds, "", links_of(thing, step, request), state), said)
    for name, value in request.inputs.items():
        if not is_link(step, name):
            open_.add(taken.about, FactRecorded(name, value), said)
    excused = any(finding.verdict is Verdict.WAIVED for finding in taken.findings)
    if excused and EXCUSE in SCOPES[step.beside].facts:
        open_.add(taken.about, FactRecorded(EXCUSE, word(request.reason)), said)
        open_.add(taken.about, FactRecorded(EXCUSED_BY, word(request.body)), said)
