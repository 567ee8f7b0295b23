"""The page of a round of prioritising: who has cast, a ballot, and once it is closed how it came out."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from governance import service
from governance.service import EventView, Receipt
from web.common import (
    COMMON,
    Answer,
    Outcome,
    answered,
    as_they_stand,
    asked,
    governance,
    kept,
    shown,
    thing_page,
)
from web.forms import Typed

pages = Blueprint("rounds", __name__)

SCORE = "score."
SCORES = "scores"


@pages.get("/rounds")
def board() -> str:
    """Every round on a day, the newest first."""
    on, known = asked("on"), service.known_day(governance(), asked("known"))
    return render_template(
        "rounds.html",
        rounds=service.rounds(governance(), on=on, known=known),
        on=on,
        known=known,
        kept=kept(on=on, known=known),
    )


@pages.get("/rounds/<path:id_>")
def round_(id_: str) -> Response | str:
    """A round, on a day if one is asked for."""
    return shown(id_, round_page, "rounds.round_")


@pages.post("/rounds/<path:id_>")
def act(id_: str) -> Answer:
    """One of the round's forms was sent."""
    return answered(id_, DEEDS, round_page, "rounds.round_")


def cast(id_: str, typed: Typed) -> Receipt:
    """Cast a municipality's ballot, or change the one it cast; `target` says which."""
    scores = {name.removeprefix(SCORE): text for name, text in typed.fields.items() if name.startswith(SCORE)}
    return service.cast(
        governance(),
        id_,
        typed.get("organisation"),
        scores,
        change=typed.target == "change",
        on=typed.get("on"),
        person=typed.get("person"),
        version=typed.version,
        key=typed.key,
    )


DEEDS = {**COMMON, "cast": cast}


def round_page(id_: str, typed: Typed | None, outcome: Outcome | None) -> str:
    """The round as it stands now, with a form that was sent and what came of it.

    No score is shown before it is closed, but those of a ballot that did not go through, to its sender. What
    was found of a ballot would tell its sum, so it waits too, also of what happened meanwhile.
    """
    on, known = asked("on"), asked("known")
    thing = service.item(governance(), id_, on=on, known=known)
    view = service.round_(governance(), id_, on=on, known=known)
    ballots = {step.id for step in thing.steps if any(each.id == SCORES for each in step.inputs)}
    events = thing.events if view.closed else _without_findings(thing.events)
    if outcome is not None and outcome.meanwhile is not None and not view.closed:
        outcome = replace(outcome, meanwhile=_without_findings(outcome.meanwhile))
    return thing_page(
        "round.html",
        "rounds.round_",
        thing,
        typed,
        outcome,
        round=view,
        **as_they_stand(step for step in thing.steps if step.id not in ballots),
        events=events,
        takes_ballots=any(step.starts_here for step in thing.steps if step.id in ballots),
    )


def _without_findings(events: tuple[EventView, ...]) -> tuple[EventView, ...]:
    return tuple(replace(event, findings=()) for event in events)
