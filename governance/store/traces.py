"""Where somebody's name occurs in the database, in which letters and with which spaces ever."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from governance.store.persons import texts_about
from governance.store.schema import (
    accesses,
    accounts,
    events,
    keys,
    people,
    rulebooks,
    settings,
    texts,
    tokens,
)
from governance.store.seals import TOLD

SHORT = 4
"""A word of fewer letters is looked for as a word of its own, any other wherever it stands."""

ABOUT = ("fact", "reason")
"""The texts that are somebody's when the event is said to be about them; its source is not."""

FORGOTTEN = "0" * 64
"""What a key keeps in place of the hash of what was said with it."""

Words = re.Pattern[str]
"""Words to look for in a folded text."""

_NOTHING = "(?!)"
"""The pattern that stands nowhere."""

_HASHED = re.compile(r"[0-9a-f]{32}", re.ASCII)
"""A key with a hash in it may be the hash of what was said."""

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_BATCH = 1_000


def folded(text: str) -> str:
    """A text without regard to letters' size and form, to which spaces part its words, or to unseen signs."""
    seen = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", seen).casefold().split())


def occur_in(sought: Words, text: str) -> bool:
    """Whether any of some words stands in a text."""
    return sought.search(folded(text)) is not None


def words(said: Iterable[str]) -> Words:
    """The words to look for; a short one must stand alone, with or without an s for whose something is."""
    found = sorted({folded(each) for each in said} - {""})
    parts = [
        re.escape(each) if len(each) >= SHORT else rf"(?<!\w){re.escape(each)}(?:['’]?s)?(?!\w)"
        for each in found
    ]
    return re.compile("|".join(parts) or _NOTHING)


@dataclass(frozen=True, slots=True)
class TextTrace:
    """A sealed text that says something of somebody: its digest and place, and the event it belongs to."""

    digest: str
    event: int
    entity: str
    place: str


@dataclass(frozen=True, slots=True)
class Traces:
    """What there is of somebody: the texts, the rows of other tables by key, and what cannot be removed.

    ``keys`` hold a name or a hash of what was said; the ``answered`` ones only stand beside such a hash. They
    are those of every thing touched: what a command said may stand before the one event that its key names.
    """

    texts: tuple[TextTrace, ...]
    keys: tuple[str, ...]
    answered: tuple[str, ...]
    accesses: tuple[int, ...]
    settings: tuple[tuple[str, str], ...]
    events: tuple[int, ...]
    rulebooks: tuple[str, ...]
    people: tuple[str, ...]
    accounts: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    logins: tuple[str, ...] = ()


def find_traces(connection: Connection, ref: str, said: Iterable[str]) -> Traces:
    """Everything in the database about a reference, or in which any of some words stands.

    ``events`` hold a word outside their sealed texts (in an id, a link, a value of several words), ``people``
    are others with it in their name or contact; these and ``rulebooks`` are told, not removed. So are
    ``logins``, of others' accounts with a word in them; ``accounts`` are the person's own, and ``tokens``
    others' whose name holds a word.
    """
    spoken = tuple(said)
    sought = words(spoken)
    found = tuple(_texts(connection, ref, spoken))
    touched = {trace.entity for trace in found}
    held: list[int] = []
    for row in _rows(
        connection, select(events.c.number, events.c.entity, events.c.recorder, events.c.payload)
    ):
        if row.recorder == ref or f'"{ref}"' in row.payload:
            touched.add(row.entity)
        if occur_in(sought, row.entity) or _in_payload(sought, row.payload):
            held.append(row.number)
    remembered = select(keys.c.key, events.c.entity).join(events, events.c.number == keys.c.event)
    known = _rows(connection, remembered.where(keys.c.content != FORGOTTEN))
    theirs = [row.key for row in known if row.entity in touched]
    betraying = [key for key in theirs if _HASHED.search(key)]
    named = [row.key for row in _rows(connection, select(keys.c.key)) if occur_in(sought, row.key)]
    gone = dict.fromkeys((*betraying, *named))
    return Traces(
        texts=found,
        keys=tuple(gone),
        answered=tuple(key for key in theirs if key not in gone),
        accesses=tuple(
            row.id
            for row in _rows(connection, select(accesses.c.id, accesses.c.who, accesses.c.what))
            if occur_in(sought, row.who) or occur_in(sought, row.what)
        ),
        settings=tuple(
            (row.name, row.from_)
            for row in _rows(connection, select(settings.c.name, settings.c.from_, settings.c.reason))
            if occur_in(sought, row.reason)
        ),
        events=tuple(sorted(held)),
        rulebooks=tuple(
            f"{row.id}/{row.from_}"
            for row in _rows(connection, select(rulebooks.c.id, rulebooks.c.from_, rulebooks.c.files))
            if occur_in(sought, " ".join(_strings(row.files)))
        ),
        people=tuple(
            row.ref
            for row in _rows(connection, select(people))
            if row.ref != ref and any(occur_in(sought, each) for each in (row.name, row.contact, row.former))
        ),
        **_of_accounts(connection, ref, sought),
    )


def _of_accounts(connection: Connection, ref: str, sought: Words) -> dict[str, tuple[str, ...]]:
    """The person's own accounts, and what names them in those of others."""
    own, logins = [], []
    for row in connection.execute(select(accounts).order_by(accounts.c.login)):
        if row.person == ref:
            own.append(row.id)
        elif any(occur_in(sought, each or "") for each in (row.login, row.email, row.subject)):
            logins.append(row.login)
    named = [
        row.id
        for row in connection.execute(select(tokens.c.id, tokens.c.account, tokens.c.name))
        if row.account not in own and occur_in(sought, row.name)
    ]
    return {"accounts": tuple(own), "tokens": tuple(named), "logins": tuple(logins)}


def _texts(connection: Connection, ref: str, said: tuple[str, ...]) -> Iterator[TextTrace]:
    """The texts about somebody or with their name, and the answers that repeat what was written about them.

    A reason for erasing them may name them by reference.
    """
    about = texts_about(connection, ref, ABOUT)
    theirs = {digest for digest, _ in about}
    named, spoken = words((*said, ref)), words(said)
    repeated = words((*said, *(text for _, text in about if len(text) >= SHORT)))
    columns = (texts.c.digest, texts.c.event, texts.c.place, texts.c.text, events.c.entity)
    every = select(*columns).join(events, events.c.number == texts.c.event)
    for row in _rows(connection, every.order_by(texts.c.event, texts.c.place, texts.c.digest)):
        if row.place == TOLD:
            holds = occur_in(repeated, " ".join(_strings(row.text)))
        else:
            holds = occur_in(spoken if row.entity == ref else named, row.text)
        if holds or row.digest in theirs:
            yield TextTrace(row.digest, row.event, row.entity, row.place)


def _in_payload(sought: Words, payload: str) -> bool:
    """Whether a word stands in an event outside its sealed texts."""
    if not occur_in(sought, payload) and "\\" not in payload:
        return False
    return any(occur_in(sought, each) for each in _strings(payload) if not _DIGEST.fullmatch(each))


def _strings(written: str) -> Iterator[str]:
    """Every text in a JSON text, names and values."""
    waiting: list[object] = [json.loads(written)]
    while waiting:
        match waiting.pop():
            case str(text):
                yield text
            case list(parts):
                waiting += parts
            case dict(named):
                waiting += [*named, *named.values()]


def _rows(connection: Connection, query: Select[Any]) -> Iterator[Row[Any]]:
    """The rows of a query, a batch at a time."""
    yield from connection.execute(query.execution_options(yield_per=_BATCH))
