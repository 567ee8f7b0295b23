"""Rounds of prioritising: sealed until they are closed, then counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Annotated

from flask import url_for

from governance import service
from governance.service import RoundLine, RoundView
from web.api.nouns import MOST_ID, AsOf, Body, Id, On, Person, Reason, Source, Title
from web.api.operations import (
    TAG_HEADER,
    Made,
    done,
    key,
    reads,
    tagged,
    version_if_seen,
    version_seen,
    writes,
)
from web.api.schemas import Says
from web.common import governance

ROUNDS = "rounds"


@dataclass(frozen=True, slots=True)
class RoundAsked(AsOf):
    """As of which day and knowledge a round is told, and for which organisation's own ballot."""

    own: Annotated[
        str, Says("The organisation whose own ballot is asked for, by whoever may see it.", most=MOST_ID)
    ] = ""


@dataclass(frozen=True, slots=True)
class NewRound:
    """A round over some items, by default those on the agenda of its meeting."""

    id: Id
    body: Annotated[str, Says("The body whose members score.", 1, MOST_ID)]
    closes: Annotated[str, Says("The day it closes.", 1, MOST_ID, example="2025-11-25")]
    choices: Annotated[tuple[str, ...], Says("The items to score.", most=200)] = ()
    meeting: Annotated[str, Says("The meeting it is for.", most=MOST_ID)] = ""
    counting: Annotated[
        str, Says("How it is counted, by id in the rules; by default their first.", most=MOST_ID)
    ] = ""
    title: Title = ""
    on: On = ""
    source: Source = ""


@dataclass(frozen=True, slots=True)
class Ballot:
    """The scores of an organisation, by item; `change` for the ballot it has cast already."""

    organisation: Annotated[str, Says("The organisation that scores.", 1, MOST_ID)]
    scores: Annotated[Mapping[str, str], Says("Points by item.", most=200, example={"2025-014": "5"})]
    change: Annotated[bool, Says("Change the ballot cast before.")] = False
    on: On = ""
    body: Annotated[str, Says("The body that casts it; by default as the rules say.", most=MOST_ID)] = ""
    person: Person = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """Who closes a round."""

    body: Body
    on: On = ""
    reason: Reason = ""
    person: Person = ""
    source: Source = ""


@reads("/rounds", ROUNDS, RoundLine, many=True, query=AsOf)
def list_rounds(query: AsOf) -> tuple[RoundLine, ...]:
    """All rounds, the newest first, with the totals of those that are closed."""
    return service.rounds(governance(), on=query.on, known=query.known)


@writes("/rounds", ROUNDS, NewRound, created=True)
def open_round(new: NewRound) -> Made:
    """Open a round."""
    receipt = service.open_round(governance(), **asdict(new), key=key())
    return done(receipt, url_for("api.get_round", id=receipt.entity))


@reads("/rounds/<path:id>", ROUNDS, RoundView, query=RoundAsked, headers=TAG_HEADER)
def get_round(query: RoundAsked, *, id_: str) -> tuple[RoundView, dict[str, str]]:
    """A round: who has cast, and once it is closed the result, its ties and how firmly it stands."""
    view = service.round_(governance(), id_, on=query.on, known=query.known, own=query.own)
    return view, tagged(view.version)


@writes("/ballots/<path:id>", ROUNDS, Ballot, seen=True, refuses=True)
def cast_ballot(new: Ballot, *, id_: str) -> Made:
    """Cast an organisation's ballot or change it, by the round's rules.

    `If-Match` is the round's: stale when this organisation has cast a ballot since, whoever else has.
    """
    return done(service.cast(governance(), id_, **asdict(new), version=version_seen(), key=key()))


@writes("/closings/<path:id>", ROUNDS, Closing, may_see=True, refuses=True)
def close_round(new: Closing, *, id_: str) -> Made:
    """Close a round by the step of its process that ends it; decided as any step."""
    return done(service.close_round(governance(), id_, **asdict(new), version=version_if_seen(), key=key()))
