"""Erase a person: their name and contact, and every free text about them, from the database's own files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection

from governance.model import Erased, RequestError, Text
from governance.rights import Duty
from governance.service.erasures import Erasure, Sought, seek, told_of
from governance.service.once import answered, content_of, own_key, receipt_of
from governance.service.opening import Governance, looking
from governance.service.people import MOST_NAME
from governance.service.permitting import permit
from governance.service.recording import Told, one_transaction, session, told
from governance.service.views import Receipt
from governance.service.words import Problems, clean_key, clean_text
from governance.store import StoreError, load_things, remember, write_time
from governance.store.accounts import remove_accounts
from governance.store.erasing import owe_sweep, remove, sweep_owed
from governance.store.sweeping import sweep
from governance.store.traces import folded, occur_in

REASON = Text("begrundelsen", "the reason")
ALSO = Text("et ord, der også skal væk,", "a word that is to go too")
LEAST_WORD = 2
NONE: tuple[str, ...] = ()


def erasure_of(gov: Governance, ref: str, *, also: Iterable[str] = ()) -> Erasure:
    """What erasing somebody would remove, and what it could not; nothing is done."""
    permit(gov, Duty.RECORD)
    others = _others(also)
    with looking(gov) as connection:
        sought = seek(connection, ref, others)
        return told_of(gov, ref, sought, None, swept=not sweep_owed(connection))


def erase_person(
    gov: Governance,
    ref: str,
    *,
    reason: str,
    also: Iterable[str] = (),
    recorder: str = "",
    key: str = "",
) -> Erasure:
    """Remove a person's name and contact, and the texts about them or with the name or a word of ``also``.

    One event on the reference says that it was done, with the digests of the texts. Then the files are
    rewritten; when that is broken off, the same command again goes on with it. A retry with the same ``key``
    gets the first receipt, unless there is more to remove by now, as with other words; the key keeps none.
    """
    problems = Problems()
    said = told(gov, problems, on="", origin="live", source="", recorder=recorder)
    why = problems.take(lambda: clean_text(reason, REASON, needed=True), "")
    others = problems.take(lambda: _others(also), NONE)
    key = problems.take(lambda: clean_key(key), "")
    problems.raise_if_any()
    with one_transaction(gov) as connection:
        inside = replace(gov, within=connection)
        content = content_of("erase_person", {"ref": ref, "reason": why, "recorder": said.recorder})
        receipt = answered(inside, connection, key, content) if key else None
        sought = seek(connection, ref, others)
        if receipt is None or sought.anything:
            known, receipt = receipt, _erase(inside, connection, ref, sought, why, said)
            if key and known is None:
                remember(connection, own_key(gov, key), content, receipt.event)
        done = told_of(gov, ref, sought, receipt, swept=False)
    return finish(gov, done)


def _erase(
    gov: Governance, connection: Connection, ref: str, sought: Sought, why: str, said: Told
) -> Receipt:
    """Store that it is done, and do it; when nothing is left to remove, the receipt of the last time."""
    if occur_in(sought.words, why):
        raise RequestError(
            Text(
                "begrundelsen nævner den, der slettes; skriv den uden navn",
                "the reason names the one who is erased; write it without the name",
            )
        )
    if not sought.anything:
        last = [event for event in load_things(connection, [ref]) if isinstance(event.payload, Erased)][-1]
        return receipt_of(gov, connection, last)
    with session(gov, ref) as open_:
        digests = tuple(trace.digest for trace in sought.traces.texts)
        event = open_.add(ref, Erased(why, digests), said)
    remove(connection, ref, sought.traces, sought.words)
    remove_accounts(connection, ref, event.recorder, write_time(event.recorded_at))
    owe_sweep(connection, write_time(event.recorded_at))
    return receipt_of(gov, connection, event)


def finish(gov: Governance, done: Erasure) -> Erasure:
    """An erasure with its files swept, or why they are not yet."""
    if gov.within is not None:
        return done
    try:
        notes = sweep(gov.engine)
    except StoreError as error:
        return replace(done, notes=(*done.notes, error.text))
    return replace(done, notes=(*done.notes, *notes), swept=True)


def erasing_unfinished(gov: Governance) -> str:
    """Since when something erased may still stand in the files (UTC); nothing when all is swept."""
    with looking(gov) as connection:
        return sweep_owed(connection)


def _others(also: Iterable[str]) -> tuple[str, ...]:
    others = tuple(clean_text(each, ALSO, most=MOST_NAME, needed=True) for each in also)
    for each in others:
        if len(folded(each)) < LEAST_WORD:
            raise RequestError(
                Text(
                    f"`{each}` er for kort; skriv mindst to tegn", f"`{each}` is too short; write two or more"
                )
            )
    return others
