"""A command that carries a key is answered once: a retry gets the first answer, whatever has come since."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import wraps
from typing import Concatenate, ParamSpec

from sqlalchemy import Connection

from governance.model import Event, RequestError, StepRefused, StepTaken, Text
from governance.record import fold
from governance.service.naming import named
from governance.service.opening import Governance
from governance.service.recording import one_transaction
from governance.service.showing import said_state
from governance.service.views import Receipt
from governance.service.words import MOST_KEY, clean_key
from governance.store import answer_to, canonical, digest, load_family, load_one, remember

P = ParamSpec("P")
Command = Callable[Concatenate[Governance, P], Receipt]


def once(command: Command[P]) -> Command[P]:
    """Let a command take a ``key``: the same key with the same content gives the answer it gave first.

    All of the command is one transaction, so that it rests on the rules as they are in it; the key is stored
    in the same, so that it is there exactly when the command took effect; and the answer is told with names
    before it ends, since nothing may fail after. RequestError when a key comes again with another content.
    """
    signature, told = inspect.signature(command), named(command)

    @wraps(command)
    def keyed(gov: Governance, /, *args: P.args, **kwargs: P.kwargs) -> Receipt:
        key = clean_key(str(kwargs.get("key", "")))
        with one_transaction(gov) as connection:
            inside = gov if gov.within is not None else replace(gov, within=connection)
            if not key:
                return told(inside, *args, **kwargs)
            said = signature.bind(gov, *args, **kwargs)
            said.apply_defaults()
            content = content_of(command.__name__, said.arguments)
            known = answered(inside, connection, key, content)
            if known is not None:
                return known
            receipt = told(inside, *args, **kwargs)
            remember(connection, own_key(gov, key), content, receipt.event)
            return receipt

    return keyed


def own_key(gov: Governance, key: str) -> str:
    """A key as it is stored: with the account it is of, so that no other's is the same."""
    if gov.caller is None:
        return key
    own = canonical([gov.caller.account, key])
    return own if len(own) <= MOST_KEY else digest(own)


def content_of(command: str, arguments: Mapping[str, object]) -> str:
    """The digest of a command: what it is, and everything said with it but the key."""
    said = {
        name: dict(value) if isinstance(value, Mapping) else value
        for name, value in arguments.items()
        if name not in ("gov", "key")
    }
    return digest(canonical([command, said]))


@named
def answered(gov: Governance, connection: Connection, key: str, content: str) -> Receipt | None:
    """The answer a key was given first; None when it is new, RequestError when it was for something else."""
    known = answer_to(connection, own_key(gov, key))
    if known is None:
        return None
    before, number = known
    if before != content:
        raise RequestError(
            Text(
                f"nøglen `{key}` er brugt til noget andet (begivenhed {number}); tag en ny nøgle",
                f"the key `{key}` was used for something else (event {number}); take a new key",
            )
        )
    event = load_one(connection, number)
    if event is None:
        raise KeyError(number)  # a key without its event: the store is broken, as `audit verify` will say
    return receipt_of(gov, connection, event)


def receipt_of(gov: Governance, connection: Connection, event: Event) -> Receipt:
    """The receipt that was given for an event."""
    then = [each for each in load_family(connection, event.entity, ()) if each.number <= event.number]
    thing = fold(then).get(event.entity)
    book = gov.rulebook(event.on)
    tried = event.payload if isinstance(event.payload, StepTaken | StepRefused) else None
    return Receipt(
        event.number,
        event.entity,
        event.version,
        allowed=not isinstance(event.payload, StepRefused),
        state=said_state(book, thing.kind, thing.state) if thing is not None and thing.state else None,
        findings=tried.findings if tried is not None else (),
        hash=event.hash,
    )
