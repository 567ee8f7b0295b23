"""What stands beside the events: who the references are, the rulebooks by digest, the commands answered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from secrets import choice

from sqlalchemy import Connection, bindparam, select

from governance.model import Text
from governance.store.chain import rulebook_files
from governance.store.errors import StoreError
from governance.store.schema import events, keys, people, rulebooks

LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
REF_LETTERS = 8
_KEPT = select(rulebooks.c.digest).where(
    rulebooks.c.id == bindparam("named"), rulebooks.c.from_ == bindparam("begins")
)


def new_person(connection: Connection, name: str, contact: str = "") -> str:
    """Write down who somebody is; gives the reference that events name them by."""
    ref = "p-" + "".join(choice(LETTERS) for _ in range(REF_LETTERS))
    connection.execute(people.insert(), {"ref": ref, "name": name, "contact": contact, "former": ""})
    return ref


def refs_of(connection: Connection, name: str) -> tuple[str, ...]:
    """The references of everybody of that name, and the reference itself if it is one."""
    known = select(people.c.ref).where((people.c.name == name) | (people.c.ref == name))
    return tuple(connection.execute(known.order_by(people.c.ref)).scalars())


def names(connection: Connection, refs: Collection[str] | None = None) -> Mapping[str, str]:
    """Who every reference stands for, or some of them."""
    known = select(people.c.ref, people.c.name)
    if refs is not None:
        known = known.where(people.c.ref.in_(list(refs)))
    return {row.ref: row.name for row in connection.execute(known)}


def keep_rulebook(
    connection: Connection, id_: str, from_: str, digest: str, files: Mapping[str, str]
) -> None:
    """Keep the text of a rulebook that an event is about to name; nothing happens when it is kept already.

    StoreError when events name another text of the same rulebook: what has judged is not edited. In a record
    where that happened all the same, the text used last is the one that counts.
    """
    kept = set(connection.execute(_KEPT, {"named": id_, "begins": from_}).scalars())
    if kept == {digest}:
        return
    if kept and _used_last(connection, kept) not in (None, digest):
        raise StoreError(_edited(id_, from_))
    if digest not in kept:
        row = {"digest": digest, "id": id_, "from_": from_, "files": rulebook_files(files)}
        connection.execute(rulebooks.insert(), row)


def _used_last(connection: Connection, digests: Collection[str]) -> str | None:
    """Which of some rulebooks the latest event that names one of them names."""
    named = select(events.c.rulebook).where(events.c.rulebook.in_(list(digests)))
    return connection.execute(named.order_by(events.c.number.desc()).limit(1)).scalar()


def _edited(id_: str, from_: str) -> Text:
    return Text(
        f"regelsættet {id_} fra {from_} er ændret, efter at det er brugt; læg de gamle filer tilbage, "
        "og tag et nyt i brug fra en kommende dag med `governance rules adopt`",
        f"the rulebook {id_} from {from_} was edited after it was used; put the old files back, "
        "and take a new one in from a coming day with `governance rules adopt`",
    )


def unkept_rulebooks(connection: Connection) -> frozenset[str]:
    """The digests that events name without their text being kept, as before texts were."""
    named = select(events.c.rulebook).distinct().where(events.c.rulebook.not_in(select(rulebooks.c.digest)))
    return frozenset(connection.execute(named).scalars()) - {""}


def answer_to(connection: Connection, key: str) -> tuple[str, int] | None:
    """What a command of that key was, as a digest, and the event that answered it."""
    found = connection.execute(select(keys.c.content, keys.c.event).where(keys.c.key == key)).first()
    return None if found is None else (found.content, found.event)


def remember(connection: Connection, key: str, content: str, event: int) -> None:
    """Keep which event answered a command."""
    connection.execute(keys.insert(), {"key": key, "content": content, "event": event})
