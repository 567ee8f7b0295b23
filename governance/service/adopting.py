"""Take in a new rulebook: what it would change is shown first, and only that list is taken in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection

from governance.model import RequestError, RulebookAdopted, Text
from governance.prose.values import say_day
from governance.record import RULEBOOK, fold
from governance.rights import Duty
from governance.rulebook import Rulebook
from governance.service.items import RULEBOOK_IDS
from governance.service.once import once
from governance.service.opening import Governance, looking
from governance.service.permitting import permit
from governance.service.recording import session, told
from governance.service.rulefiles import load_rulebook
from governance.service.takeover import Affected, affected, running
from governance.service.views import Receipt
from governance.service.words import Problems
from governance.store import adopted, canonical, digest, keep_rulebook, load_all
from governance.values import day

CODE_LETTERS = 12


@dataclass(frozen=True, slots=True)
class AdoptionView:
    """What taking in a rulebook would mean. ``code`` stands for the rulebook and the list.

    ``items`` are what changes of the ``running`` items and things of the group. ``after`` is the rulebook it
    takes over from.
    """

    id: str
    title: Text
    from_: str
    digest: str
    after: str
    running: int
    items: tuple[Affected, ...]
    code: str


class ListChanged(RequestError):
    """What was accepted is not, or no longer, what would change; ``adoption`` is the list now."""

    def __init__(self, adoption: AdoptionView) -> None:
        self.adoption = adoption
        super().__init__(
            Text(
                f"listen er en anden og har nu koden {adoption.code}; intet er taget i brug; se listen igen",
                f"the list is another one, now with the code {adoption.code}; nothing is adopted; look again",
            )
        )


def entity_of(book: Rulebook) -> str:
    """The id of a rulebook in the record."""
    return f"{RULEBOOK_IDS}{book.id}/{book.from_}"


def adoption(gov: Governance, folder: str) -> AdoptionView:
    """What taking in the rulebook of a folder would change; nothing is stored.

    Raises RuleError with every fault in its files, and RequestError with all that is wrong with its dates.
    """
    permit(gov, Duty.RECORD)
    with looking(gov) as connection:
        return _adoption(replace(gov, within=connection), connection, load_rulebook(Path(folder)))


@once
def adopt(
    gov: Governance,
    folder: str,
    accept: str,
    *,
    source: str = "",
    recorder: str = "",
    key: str = "",  # noqa: ARG001 - read by once()
) -> Receipt:
    """Take in the rulebook of a folder: from its first day it judges, in every process.

    ``accept`` is the code of the list that was seen; ListChanged when the list is another. Otherwise raises
    what `adoption` does. A retry with the same ``key`` gets the first answer.
    """
    permit(gov, Duty.RECORD)
    book = load_rulebook(Path(folder))
    problems = Problems()
    said = told(gov, problems, on="", origin="live", source=source, recorder=recorder)
    problems.raise_if_any()
    with session(gov, entity_of(book)) as open_:
        found = _adoption(gov, open_.connection, book)
        if found.code != accept.strip().lower():
            raise ListChanged(found)
        files = dict(book.files)
        keep_rulebook(open_.connection, book.id, book.from_.isoformat(), book.digest, files)
        event = open_.add(entity_of(book), RulebookAdopted(book.id, book.from_, book.digest), said)
        return Receipt(event.number, event.entity, event.version, True, None, (), event.hash)  # noqa: FBT003 - allowed


def _adoption(gov: Governance, connection: Connection, book: Rulebook) -> AdoptionView:
    events = load_all(connection, told=False)
    record = fold(events, by=gov.today)
    known = record.get(entity_of(book))
    taken = {each.digest for each in adopted(connection)}
    problems = Problems()
    problems.take(lambda: _refuse_dates(gov, book), None)
    if book.digest in taken:
        problems.take(lambda: _refuse_taken(book), None)
    if known is not None and known.kind != RULEBOOK:
        problems.take(lambda: _refuse_id(known.id), None)
    problems.raise_if_any()
    old, new = gov.referee(gov.rulebook(day(gov.today))), gov.referee(book)
    items = running(record, old, new)
    changed = affected(events, items, (old, gov.today), (new, book.from_))
    return AdoptionView(
        book.id,
        book.title,
        book.from_.isoformat(),
        book.digest,
        old.rulebook.from_.isoformat(),
        len(items),
        changed,
        _code(book, changed),
    )


def _code(book: Rulebook, items: tuple[Affected, ...]) -> str:
    """The digest of what is accepted: which rulebook, and which item changes how; no sentence with a date."""
    listed = [
        [
            item.id,
            item.state.id,
            [text.en for text in item.unknown],
            [[each.step.id, each.change, [ruled.rule for ruled in each.findings]] for each in item.steps],
        ]
        for item in items
    ]
    return digest(canonical([book.digest, listed]))[:CODE_LETTERS]


def _refuse_dates(gov: Governance, book: Rulebook) -> None:
    """RequestError with everything that keeps a rulebook from taking over on its first day."""
    found = []
    begins, today = say_day(book.from_), say_day(gov.today)
    if book.from_ <= gov.today:
        found.append(
            Text(
                f"regelsættet begynder {begins.da}, men i dag er {today.da}, og fortidens domme står; "
                "lad det begynde senere",
                f"the rulebook begins {begins.en}, but today is {today.en}, and past verdicts stand; "
                "let it begin later",
            )
        )
    others = [each for each in gov.current_rulebooks().books if each.digest != book.digest]
    last = max(others, key=lambda each: each.from_, default=None)
    if last is not None and book.from_ <= last.from_:
        ends = say_day(last.from_)
        found.append(
            Text(
                f"der er allerede et regelsæt, {last.id}, fra {ends.da}; et nyt må begynde senere",
                f"there is a rulebook, {last.id}, from {ends.en} already; a new one must begin later",
            )
        )
    elif last is not None and last.to is not None and book.from_ != last.to + timedelta(days=1):
        ends = say_day(last.to)
        found.append(
            Text(
                f"{last.id} gælder til og med {ends.da}; lad det nye begynde dagen efter",
                f"{last.id} is in force until {ends.en}; let the new one begin the day after",
            )
        )
    if found:
        raise RequestError(*found)


def _refuse_taken(book: Rulebook) -> None:
    raise RequestError(
        Text(
            f"{book.id} fra {say_day(book.from_).da} er allerede taget i brug",
            f"{book.id} from {book.from_} is adopted already",
        )
    )


def _refuse_id(id_: str) -> None:
    raise RequestError(
        Text(
            f"`{id_}` er en sag; giv regelsættet et andet navn",
            f"`{id_}` is an item; give the rulebook another name",
        )
    )
