"""The group itself: write down its seats, terms, meetings and who takes part."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from governance.model import Added, FactRecorded, RequestError, Text
from governance.rulebook import Rulebook
from governance.service.facts import read_fact, stored
from governance.service.items import BODY, refuse_known
from governance.service.once import once
from governance.service.opening import Governance
from governance.service.recording import Session, session, told
from governance.service.showing import is_item
from governance.service.views import Receipt
from governance.service.words import MOST_TITLE, Problems, among, clean_id, clean_text
from governance.values import Value
from governance.vocabulary import RECORDED_KINDS

LINKS: Mapping[str, tuple[str, ...]] = {
    "body": (),
    "seat": ("body",),
    "term": ("seat", "organisation"),
    "participant": ("body", "organisation"),
    "meeting": ("body",),
    "attendance": ("meeting", "organisation"),
    "superuser": ("organisation",),
    "call": ("seat",),
    "organisation": (),
    "relation": ("item", "to"),
}
"""What each kind of thing belongs to; all of it must be told."""

KIND = Text("arten", "kind of thing")
LINK = Text("tilknytningen", "link")
ORGANISATION = Text("organisationen", "organisation")
TITLE = Text("titlen", "the title")
LINKED = {
    "seat": Text("pladsen", "seat"),
    "meeting": Text("mødet", "meeting"),
    "item": Text("sagen", "item"),
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
    title_ = problems.take(lambda: clean_text(title, TITLE, most=MOST_TITLE), "")
    values = _values(book, kind_, facts, problems) if kind_ else []
    if not kind_ or not id_:
        problems.raise_if_any()
    with session(gov, _family(links, id_)) as open_:
        problems.take(lambda: refuse_known(open_, id_), None)
        linked = _links(open_, book, kind_, id_, links, problems)
        problems.raise_if_any()
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


def _family(links: Mapping[str, str], id_: str) -> str:
    return links.get("item", "") or id_


def _links(
    open_: Session, book: Rulebook, kind: str, id_: str, links: Mapping[str, str], problems: Problems
) -> dict[str, str]:
    """What a thing belongs to, each made sure of."""
    wanted = LINKS[kind]
    bodies = [body.id for body in book.bodies]
    for name in links:
        problems.take(partial(among, name, wanted, LINK), "")
    if kind == "body":
        problems.take(partial(among, id_, bodies, BODY), "")
    missing = [name for name in wanted if not links.get(name, "").strip()]
    if missing:
        problems.take(partial(_missing, kind, ", ".join(missing)), None)
    return {
        name: problems.take(partial(_linked, open_, book, name, links[name]), "")
        for name in wanted
        if name not in missing
    }


def _missing(kind: str, names: str) -> None:
    raise RequestError(Text(f"`{kind}` mangler {names}", f"`{kind}` lacks {names}"))


def _linked(open_: Session, book: Rulebook, name: str, target: str) -> str:
    record = open_.record
    if name == "body":
        return among(target, [body.id for body in book.bodies], BODY)
    if name == "organisation":
        recorded = [entity.id for entity in record.values() if entity.kind == "organisation"]
        return among(target, [*(each.id for each in book.organisations), *recorded], ORGANISATION)
    if name in ("item", "to"):
        record = {**record, **open_.all_record()}
        return among(target, [entity.id for entity in record.values() if is_item(book, entity)], LINKED[name])
    return among(target, [entity.id for entity in record.values() if entity.kind == name], LINKED[name])
