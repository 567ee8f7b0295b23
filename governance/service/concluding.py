"""Conclude on a point of an agenda: the point's step, and the step it takes with it on the item."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from governance.model import RequestError, StepRefused, Text
from governance.record import Entity, fold
from governance.referee import Referee
from governance.rulebook import Rulebook, Step, judged_day
from governance.service.acting import Wish, asked_of, judged, take, told_of_step
from governance.service.agendas import POINT, number_of
from governance.service.ballots import BALLOT, ROUND, results_of
from governance.service.once import once
from governance.service.opening import Governance
from governance.service.recording import Session, Told, session
from governance.service.views import Receipt
from governance.service.words import Problems, among, clean_id
from governance.store import load_family

CONCLUSION = Text("konklusionen", "conclusion")


@once
def conclude(  # noqa: PLR0913 - a conclusion has these parts
    gov: Governance,
    point: str,
    conclusion: str,
    *,
    body: str = "",
    on: str = "",
    inputs: Mapping[str, str] | None = None,
    reason: str = "",
    person: str = "",
    recorder: str = "",
    source: str = "",
    version: int | None = None,
    origin: str = "live",
    key: str = "",  # noqa: ARG001 - read by once()
) -> Receipt:
    """Conclude on a point: its step and the item's are both taken, or neither.

    What the rules do not allow is refused there and then, and the refusal stored where it came up: on the
    item when its step is refused, else on the point. The votes of the meeting's round, closed by that day, go
    with the item's step where it asks for them. RequestError for a point without an item that the conclusion
    needs, and for several such rounds over the item unless ``inputs`` tell what they came to.
    """
    problems = Problems()
    said = told_of_step(gov, problems, on=on, origin=origin, source=source, recorder=recorder)
    id_ = problems.take(lambda: clean_id(point), "")
    if not id_:
        problems.raise_if_any()
    asked, referee, around = dict(inputs or {}), gov.referee(said.rulebook), said.rulebook.around
    with session(gov, id_, around) as open_:
        thing = open_.entity(id_)
        step = _conclusion(referee, thing, conclusion)
        item = _item_of(thing, step)
        own = {each.fact for each in step.inputs} if item else asked.keys()
        said_of_point = {name: text for name, text in asked.items() if name in own}
        wish = Wish(step.id, body or step.by[0], said_of_point, reason, person, version, with_item=True)
        request = asked_of(open_, id_, wish, said, problems)
        if not item or isinstance(judged(open_, id_, request, said), StepRefused):
            return take(open_, id_, request, said)
        votes = _votes(open_, thing, item, said)
    with session(gov, item, around) as beside:
        rest = {name: text for name, text in asked.items() if name not in own}
        known = _asked_for(said.rulebook, beside.entity(item), step.takes, votes, rest.keys(), thing)
        taking = Wish(step.takes, wish.body, known | rest, reason, person)
        referring = _referring(said, thing)
        act = replace(asked_of(beside, item, taking, referring, Problems()), point=id_)
        receipt = take(beside, item, act, referring)
    if not receipt.allowed:
        return receipt
    with session(gov, id_, around) as again:
        return take(again, id_, request, said)


def _conclusion(referee: Referee, thing: Entity, name: str) -> Step:
    """The step of the point that is so called; RequestError for a thing that is no point."""
    if thing.kind != POINT:
        raise RequestError(
            Text(
                f"`{thing.id}` er ikke et dagsordenspunkt; skriv punktets nummer",
                f"`{thing.id}` is no agenda point; write the number of a point",
            )
        )
    process = referee.process(thing)
    among(name, dict.fromkeys(step.id for step in process.steps), CONCLUSION)
    return referee.step_for(process, name.strip(), thing.state)


def _item_of(thing: Entity, step: Step) -> str:
    """The item whose step the conclusion takes; empty when it takes none."""
    item = thing.links.get("about", "")
    if step.takes and not item:
        raise RequestError(
            Text(
                f"punktet `{thing.id}` handler ikke om en sag, og »{step.label.da}« er en sags skridt; "
                "vælg en konklusion uden",
                f"the point `{thing.id}` is about no item, and “{step.label.en}” is a step of one; "
                "choose a conclusion without",
            )
        )
    return item if step.takes else ""


def _votes(open_: Session, point: Entity, item: str, said: Told) -> dict[str, dict[str, str]]:
    """What the rounds of the point's meeting came to for the item, of those closed by the day of the act."""
    meeting = point.links["meeting"]
    events = load_family(open_.connection, meeting, (ROUND, BALLOT))
    record = fold(events, by=judged_day(said.on))
    return results_of(record, item, meeting, open_.gov.rulebook, said.on)


def _refuse_counted(names: Collection[str], point: Entity) -> None:
    """RequestError for a fact told by hand that follows from the round of the meeting."""
    meeting = point.links["meeting"]
    if names:
        said = ", ".join(f"`{name}`" for name in sorted(names))
        raise RequestError(
            Text(
                f"{said} følger af runden til {meeting}; udelad det",
                f"{said} follows from the round of {meeting}; leave it out",
            )
        )


def _refuse_several(names: Collection[str], rounds: Collection[str], point: Entity) -> None:
    """RequestError for facts that several rounds of the meeting tell, each its own."""
    if names:
        said = ", ".join(f"`{name}`" for name in sorted(names))
        da, en = (f" {word} ".join(f"`{each}`" for each in sorted(rounds)) for word in ("og", "and"))
        about = point.links["about"]
        raise RequestError(
            Text(
                f"{da} har hver talt `{about}` op til {point.links['meeting']}; skriv selv {said} med --set",
                f"{en} have each counted `{about}` for {point.links['meeting']}; write {said} with --set",
            )
        )


def _asked_for(
    book: Rulebook,
    item: Entity,
    step: str,
    votes: Mapping[str, Mapping[str, str]],
    given: Collection[str],
    point: Entity,
) -> dict[str, str]:
    """Of the votes what the item's step asks for and one round alone tells; what several do must be given."""
    found = book.step(item.kind, step, item.state)
    asked = [each.fact for each in found.inputs] if found is not None else []
    telling = {name: [id_ for id_, told in votes.items() if name in told] for name in asked}
    several = {name: rounds for name, rounds in telling.items() if len(rounds) > 1 and name not in given}
    _refuse_several(several, {id_ for rounds in several.values() for id_ in rounds}, point)
    known = {name: votes[rounds[0]][name] for name, rounds in telling.items() if len(rounds) == 1}
    _refuse_counted(known.keys() & set(given), point)
    return known


def _referring(said: Told, point: Entity) -> Told:
    """The source of the item's act names the point, where nobody named another."""
    if said.source:
        return said
    return replace(said, source=f"{point.links['meeting']}, punkt {number_of(point) or point.id}")
