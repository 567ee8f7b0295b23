"""The group itself: write down its seats, terms, meetings and who takes part."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from unicodedata import normalize

from governance.conditions.rows import Row
from governance.model import Added, FactRecorded, RequestError, Text
from governance.rulebook import Rulebook
from governance.service.ballots import refuse_by_hand
from governance.service.byhand import refuse_entering
from governance.service.facts import read_fact, refuse_settled_attendance, stored
from governance.service.items import BODY, refuse_known
from governance.service.once import once
from governance.service.opening import Governance
from governance.service.recording import Session, Told, session, told
from governance.service.showing import item_kinds
from governance.service.views import Receipt
from governance.service.words import Problems, among, clean_id, clean_title
from governance.values import Span, Truth, Value, any_of, day
from governance.vocabulary import LINKS, MAY_LINK, RECORDED_KINDS
from governance.world import World, holds_seat, term_row

KIND = Text("arten", "kind of thing")
LINK = Text("tilknytningen", "link")
ORGANISATION = Text("organisationen", "organisation")
TITLE = Text("titlen", "the title")
LINKED = {
    "seat": Text("pladsen", "seat"),
    "meeting": Text("mødet", "meeting"),
    "round": Text("runden", "round"),
    "item": Text("sagen", "item"),
    "about": Text("sagen", "item"),
    "to": Text("sagen", "item"),
}


@once
def record_thing(  # noqa: PLR0913 - a thing is told in these parts
    gov: Governance,
    id: str,  # noqa: A002 - the word of the contract, and what callers say
    kind: str,
    *,
    links: Mapping[str, str],
    facts: Mapping[str, str],
    title: str = "",
    on: str = "",
    origin: str = "history",
    source: str,
    recorder: str = "",
    key: str = "",  # noqa: ARG001 - read by once()
) -> Receipt:
    """Write down a thing of the group, what it belongs to and what is known of it, all in one transaction.

    The receipt is that of the last event. A retry with the same ``key`` gets the first answer.
    RequestError when it is there already, or belongs to something that is not there.
    """
    problems = Problems()
    said_ = told(gov, problems, on=on, origin=origin, source=source, recorder=recorder, source_needed=True)
    book = said_.rulebook
    id_ = problems.take(lambda: clean_id(id), "")
    kind_ = problems.take(lambda: among(kind, RECORDED_KINDS, KIND), "")
    title_ = problems.take(lambda: clean_title(title, TITLE), "")
    values = _values(book, kind_, facts, problems) if kind_ else []
    problems.take(lambda: refuse_by_hand(book, kind_, links, ""), None)
    if not said_.origin.told:
        problems.take(lambda: refuse_entering(book, kind_), None)
    if not kind_ or not id_:
        problems.raise_if_any()
    with session(gov, _family(links, id_)) as open_:
        problems.take(lambda: refuse_known(open_, id_), None)
        linked = _links(open_, book, kind_, id_, links, problems)
        problems.take(lambda: _refuse_taken(open_, said_, kind_, linked, dict(values)), None)
        problems.raise_if_any()
        refuse_settled_attendance(open_, said_, kind_, linked)
        process = book.process_for(kind_)
        state = process.initial if process is not None else ""
        event = open_.add(id_, Added(kind_, title_, linked, state), said_)
        for name, value in values:
            event = open_.add(id_, FactRecorded(name, value), said_)
        return stored(open_, book, event)


def _values(
    book: Rulebook, kind: str, facts: Mapping[str, str], problems: Problems
) -> list[tuple[str, Value]]:
    read: list[tuple[str, Value] | None] = [
        problems.take(partial(read_fact, book, kind, fact, text), None) for fact, text in facts.items()
    ]
    return [each for each in read if each is not None]


def _refuse_taken(
    open_: Session, said_: Told, kind: str, links: Mapping[str, str], facts: Mapping[str, Value]
) -> None:
    """RequestError when a term begins in a seat that somebody holds; history is kept as it was told."""
    if kind != "term" or said_.origin.told:
        return
    new = Row("term", "", {"from": said_.on, **facts})
    world = World(open_.record, said_.rulebook, day(open_.gov.today))
    others = [term_row(term, world) for term in world.of_kind("term", seat=links["seat"])]
    holders = [each for each in others if _meet(each, new) is Truth.TRUE]
    if holders:
        seat, term = links["seat"], holders[0].id
        raise RequestError(
            Text(
                f"pladsen `{seat}` er besat; skriv først den sidste dag (`last_day`) på perioden `{term}`",
                f"the seat `{seat}` is held; first record the last day (`last_day`) of the term `{term}`",
            )
        )


def _meet(one: Row, other: Row) -> Truth:
    """Whether two terms are in force at once: the one that begins last begins while the other lasts."""
    return any_of((holds_seat(one, _begins(other)), holds_seat(other, _begins(one))))


def _begins(term: Row) -> Span:
    begins = term.facts.get("from", Span())
    return begins if isinstance(begins, Span) else Span()


def _family(links: Mapping[str, str], id_: str) -> str:
    return links.get("item", "") or id_


def _links(
    open_: Session, book: Rulebook, kind: str, id_: str, links: Mapping[str, str], problems: Problems
) -> dict[str, str]:
    """What a thing belongs to, each made sure of."""
    wanted, may = LINKS[kind], MAY_LINK.get(kind, ())
    bodies = [body.id for body in book.bodies]
    for name in links:
        problems.take(partial(among, name, (*wanted, *may), LINK), "")
    if kind == "body":
        problems.take(partial(among, id_, bodies, BODY), "")
    missing = [name for name in wanted if not links.get(name, "").strip()]
    if missing:
        problems.take(partial(_missing, kind, ", ".join(missing)), None)
    return {
        name: problems.take(partial(linked_to, open_, book, name, links[name]), "")
        for name in (*wanted, *may)
        if links.get(name, "").strip()
    }


def _missing(kind: str, names: str) -> None:
    raise RequestError(Text(f"`{kind}` mangler {names}", f"`{kind}` lacks {names}"))


def linked_to(open_: Session, book: Rulebook, name: str, target: str) -> str:
    """The id of what a thing is told to belong to; RequestError with what may have been meant."""
    if name == "body":
        return among(target, [body.id for body in book.bodies], BODY)
    target = normalize("NFC", target.strip())
    there = open_.find(target)
    kinds = item_kinds(book) if name in ("item", "to", "about") else (name,)
    if there is not None and there.kind in kinds:
        return there.id
    if name == "organisation":
        recorded = [entity.id for entity in open_.record.values() if entity.kind == "organisation"]
        return among(target, [*book.organisation_by_id, *recorded], ORGANISATION)
    return among(target, open_.ids(kinds, but=target), LINKED[name])
