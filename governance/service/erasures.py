"""What erasing a person removes, or would remove, and what no command can."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from governance.model import Text
from governance.service.opening import Governance
from governance.service.people import Mention, mention
from governance.service.persons import nobody
from governance.service.views import Receipt
from governance.store.beside import refs_of
from governance.store.persons import find_person, is_erased
from governance.store.sweeping import OUTSIDE
from governance.store.traces import Traces, Words, find_traces, occur_in, words


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is erased, or would be: the texts by place, and how many other rows name the person.

    ``left`` says where the name or a word still stands because the record cannot lose it, ``notes`` what to
    know, ``outside`` what no command reaches. ``swept`` is false while the files may still hold what is gone.
    """

    ref: str
    done: bool
    receipt: Receipt | None
    texts: tuple[Mention, ...]
    keys: int
    accesses: int
    settings: int
    accounts: int
    tokens: int
    left: tuple[Text, ...]
    notes: tuple[Text, ...]
    outside: Text
    swept: bool


@dataclass(frozen=True, slots=True)
class Sought:
    """Whom to erase: the words to look for, what was found, and others of the same name."""

    known: bool
    words: Words
    traces: Traces
    same_name: tuple[str, ...]

    @property
    def anything(self) -> bool:
        """Whether there is anything to remove."""
        traces = self.traces
        return self.known or any((traces.texts, traces.keys, traces.accesses, traces.settings, traces.tokens))


def seek(connection: Connection, ref: str, others: Sequence[str]) -> Sought:
    """Look for somebody and some words; RequestError when there is nobody of that reference."""
    person = find_person(connection, ref)
    if person is None and not is_erased(connection, ref):
        raise nobody(ref)
    names = person.names if person is not None else ()
    own = (*names, person.contact) if person is not None else ()
    same = dict.fromkeys(each for name in names for each in refs_of(connection, name))
    traces = find_traces(connection, ref, (*own, *others))
    return Sought(
        person is not None, words((*own, *others)), traces, tuple(each for each in same if each != ref)
    )


def told_of(gov: Governance, ref: str, sought: Sought, receipt: Receipt | None, *, swept: bool) -> Erasure:
    """What was found, as it is answered."""
    traces = sought.traces
    return Erasure(
        ref=ref,
        done=receipt is not None,
        receipt=receipt,
        texts=tuple(mention(trace) for trace in traces.texts),
        keys=len(traces.keys) + len(traces.answered),
        accesses=len(traces.accesses),
        settings=len(traces.settings),
        accounts=len(traces.accounts),
        tokens=len(traces.tokens),
        left=tuple(_left(gov, sought)),
        notes=tuple(_notes(sought)),
        outside=OUTSIDE[gov.engine.dialect.name],
        swept=swept,
    )


def _left(gov: Governance, sought: Sought) -> Iterator[Text]:
    """Where a word stands that the record cannot lose, or that is somebody else's."""
    traces = sought.traces
    if traces.events:
        numbers = ", ".join(map(str, traces.events))
        yield Text(
            f"begivenhed {numbers}: i et nummer, en henvisning eller et svar med flere ord; "
            "begivenheder kan ikke ændres",
            f"event {numbers}: in an id, a link or an answer of several words; events cannot be changed",
        )
    for book in traces.rulebooks:
        yield Text(f"det gemte regelsæt {book}", f"the stored rulebook {book}")
    for files in gov.rulebooks.books:
        for name, written in files.files:
            if occur_in(sought.words, written):
                yield Text(
                    f"regelfilen {files.id}/{files.from_}/{name}",
                    f"the rule file {files.id}/{files.from_}/{name}",
                )
    for ref in traces.people:
        yield Text(f"navn eller kontakt for {ref}", f"the name or contact of {ref}")
    for login in traces.logins:
        yield Text(f"login eller e-mail for kontoen {login}", f"the login or e-mail of the account {login}")


def _notes(sought: Sought) -> Iterator[Text]:
    if sought.same_name:
        others = ", ".join(sought.same_name)
        yield Text(
            f"{others} har samme navn; tekster med navnet går, hvem af dem de end handler om",
            f"{others} has the same name; texts with the name go, whomever of them they are about",
        )
    facts = [str(trace.event) for trace in sought.traces.texts if trace.place == "fact"]
    if facts:
        numbers = ", ".join(facts)
        yield Text(
            f"oplysninger i begivenhed {numbers} går; regler, der hviler på dem, dømmer derefter uden",
            f"facts of event {numbers} go; rules that rest on them judge without them from then on",
        )
