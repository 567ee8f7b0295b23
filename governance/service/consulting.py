"""Consultations on an item: ask somebody, and write down the answer."""

from __future__ import annotations

from governance.model import RequestError, Text
from governance.rights import Duty
from governance.rulebook import Process, Step
from governance.service.acting import advance
from governance.service.facts import record_facts
from governance.service.opening import Governance, looking
from governance.service.permitting import permit
from governance.service.reading import find_item
from governance.service.showing import CONSULTATION
from governance.service.views import Receipt
from governance.service.words import clean_id
from governance.store import kind_of


def consult(  # noqa: PLR0913 - a question has these parts
    gov: Governance,
    item: str,
    asked_of: str,
    question: str,
    *,
    body: str = "",
    on: str = "",
    person: str = "",
    recorder: str = "",
    source: str = "",
    version: int | None = None,
    key: str = "",
) -> Receipt:
    """Ask somebody about an item, by the step of its process that adds a consultation; decided as any step.

    By default for the first of the bodies that may take it. RequestError when the process has none. Whoever
    may not act for the body is told so before anything else, also where the item cannot say which it is: then
    it is the first that the newest rules let consult. Conflict when the item has changed since ``version``.
    """
    entitled = (each.by[0] for process in gov.rulebooks.books[-1].processes for each in _asking(process))
    permit(gov, Duty.ACT, body=body.strip() or next(entitled, ""))
    found = find_item(gov, item, on)
    asking = _asking(found.book.process_for(found.entity.kind))
    if not asking:
        raise RequestError(
            Text(
                f"reglerne har intet skridt, der hører nogen om `{found.entity.id}`",
                f"the rules have no step that consults anybody about `{found.entity.id}`",
            )
        )
    here = next((each for each in asking if found.entity.state in each.from_states), asking[0])
    return advance(
        gov,
        found.entity.id,
        here.id,
        body or here.by[0],
        on=on,
        inputs={"asked_of": asked_of, "question": question},
        person=person,
        recorder=recorder,
        source=source,
        version=version,
        key=key,
    )


def _asking(process: Process | None) -> list[Step]:
    """The steps of a process that consult somebody."""
    return [each for each in process.steps if each.adds == CONSULTATION] if process is not None else []


def answer(  # noqa: PLR0913 - an answer has these parts
    gov: Governance,
    consultation: str,
    text: str,
    *,
    on: str = "",
    source: str = "",
    recorder: str = "",
    version: int | None = None,
    key: str = "",
) -> Receipt:
    """Write down the answer to a consultation and when it came, ``on`` or today: both or neither.

    RequestError for a thing that is no consultation. Conflict when it has changed since ``version``.
    """
    permit(gov, Duty.RECORD)
    id_ = clean_id(consultation)
    with looking(gov) as connection:
        kind = kind_of(connection, id_)
    if kind and kind != CONSULTATION:
        raise RequestError(
            Text(
                f"`{id_}` er ikke en høring; se sagens høringer med `governance history`",
                f"`{id_}` is no consultation; the item's history shows its consultations",
            )
        )
    facts = {"answer": text, "answered": on or gov.today.isoformat()}
    said_by = source or "governance"
    return record_facts(gov, id_, facts, on=on, source=said_by, recorder=recorder, version=version, key=key)
