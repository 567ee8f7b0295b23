"""What is written down about a thing: its history, its facts, what was wrong, and what was asked."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated

from governance import service
from governance.service import CorrectionView, EventView
from web.api.nouns import MOST_ID, Completeness, Correction, Known, NewFacts, On, Question, Reply
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

RECORD = "record"


@dataclass(frozen=True, slots=True)
class KnownThen:
    """From what knowledge."""

    known: Known = ""


@dataclass(frozen=True, slots=True)
class NewRelation:
    """How an item is related to another."""

    to: Annotated[str, Says("The other item.", 1, MOST_ID)]
    kind: Annotated[str, Says("How: a word of the rules, or one's own.", 1, MOST_ID)]
    source: Annotated[str, Says("Who says so, and where.", 1, 4000)]
    on: On = ""


@reads("/history/<path:id>", RECORD, EventView, many=True, query=KnownThen)
def get_history(query: KnownThen, *, id_: str) -> tuple[EventView, ...]:
    """Everything recorded about a thing, refusals and corrected lines too, in the order recorded."""
    return service.history(governance(), id_, known=query.known)


@writes("/facts/<path:id>", RECORD, NewFacts, seen=True)
def record_facts(new: NewFacts, *, id_: str) -> Made:
    """Write down facts about a thing, all or none."""
    return done(service.record_facts(governance(), id_, **asdict(new), version=version_seen(), key=key()))


@writes("/completeness/<path:id>", RECORD, Completeness, seen=True)
def declare_complete(new: Completeness, *, id_: str) -> Made:
    """Vouch that nothing more happened to a thing up to a day than what is recorded."""
    return done(service.declare_complete(governance(), id_, **asdict(new), version=version_seen(), key=key()))


@reads("/corrections/<int:event>", RECORD, CorrectionView, headers=TAG_HEADER)
def get_correction(*, event: int) -> tuple[CorrectionView, dict[str, str]]:
    """What striking an event would do, and what forbids it; its `ETag` is what the correction must name."""
    view = service.correction(governance(), event)
    return view, tagged(view.version)


@writes("/corrections/<int:event>", RECORD, Correction, seen=True)
def correct_event(new: Correction, *, event: int) -> Made:
    """Say that an event was wrong, and what is right instead; `If-Match` is the version of its thing."""
    return done(service.correct(governance(), event, **asdict(new), version=version_seen(), key=key()))


@writes("/relations/<path:id>", RECORD, NewRelation)
def relate(new: NewRelation, *, id_: str) -> Made:
    """Write down how one item is related to another."""
    return done(service.relate(governance(), id_, **asdict(new), key=key()))


@writes("/consultations/<path:id>", RECORD, Question, may_see=True, refuses=True)
def consult(new: Question, *, id_: str) -> Made:
    """Ask somebody about an item; decided as any step."""
    return done(service.consult(governance(), id_, **asdict(new), version=version_if_seen(), key=key()))


@writes("/answers/<path:id>", RECORD, Reply, may_see=True)
def answer_consultation(new: Reply, *, id_: str) -> Made:
    """Write down the answer to a consultation, and when it came."""
    return done(
        service.answer(
            governance(), id_, new.answer, on=new.on, source=new.source, version=version_if_seen(), key=key()
        )
    )
