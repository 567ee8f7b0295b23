"""Open a governance: its database, its rulebooks and its clock. The only place where the three meet."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, partial
from importlib.resources import files as package_files
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine

from governance.faults import RuleError
from governance.model import RequestError, Text, Unanswered, Unusable
from governance.prose.values import say_day
from governance.referee import Referee
from governance.rights import Caller
from governance.rulebook import Rulebook, Rulebooks, judged_day
from governance.service.families import Loaded
from governance.service.plugins import (
    FactSource,
    Listener,
    installed_facts,
    installed_listeners,
    rules_called,
)
from governance.service.rulefiles import kept_rulebook, load_rulebooks, with_adopted
from governance.store import (
    StoreError,
    adopted,
    is_register,
    keep_rulebook,
    make_engine,
    reading,
    rulebook_text,
    unkept_rulebooks,
    upgrade,
    writing,
)
from governance.store.answers import shown
from governance.values import Span

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
DATABASE_VARIABLE = "GOVERNANCE_DATABASE_URL"
RULES_VARIABLE = "GOVERNANCE_RULES"


def utc_now() -> datetime:
    """The clock."""
    return datetime.now(UTC)


def moment(stamp: str) -> str:
    """A stored moment in Danish time; nothing for none."""
    return datetime.fromisoformat(stamp).astimezone(COPENHAGEN).isoformat(timespec="seconds") if stamp else ""


def end_of(day: date) -> datetime:
    """The moment a day ends in Denmark; for the last day of the calendar, its last moment in UTC."""
    if day == date.max:
        return datetime.max.replace(tzinfo=UTC)
    return datetime.combine(day + timedelta(days=1), time(), COPENHAGEN).astimezone(UTC)


class NoRegister(RequestError):
    """Nothing is kept at the address."""


@contextmanager
def told_plainly() -> Iterator[None]:
    """What is wrong with the database, as Unusable; Unanswered when nobody knows what was stored."""
    try:
        yield
    except StoreError as error:
        raise (Unanswered if error.unknown_outcome else Unusable)(error.text) from error


class Holder(Protocol):
    """Keeps families of items, and the group around them, from one act of a transaction to the next."""

    def around(self, id_: str) -> Loaded:
        """The family of a thing with the group around it."""

    def forget(self) -> None:
        """Let go of everything, before an act that is not written through."""


@dataclass(frozen=True)
class Governance:
    """A record, the rulebooks it is judged by, and the clock that says when something is recorded.

    ``within`` is a transaction under way that everything is to be part of; by default each act has its own.
    ``held`` keeps what its acts load from one to the next. ``folder`` is where the rulebooks were read from.
    ``listeners`` are told of what is stored, and ``facts`` are what the program around us knows.
    ``caller`` is whoever asks, held to their rights and written down as the recorder; None is trusted, as the
    command line and a program that embeds the engine are.
    """

    engine: Engine
    rulebooks: Rulebooks = field(repr=False)
    now: Callable[[], datetime] = utc_now
    within: Connection | None = None
    held: Holder | None = None
    folder: Path | None = field(default=None, repr=False)
    listeners: tuple[Listener, ...] = ()
    facts: tuple[FactSource, ...] = ()
    caller: Caller | None = field(default=None, repr=False)
    referees: dict[str, Referee] = field(default_factory=dict, repr=False, compare=False)

    @property
    def today(self) -> date:
        """The date in Denmark, never past the last of the calendar."""
        try:
            return self.now().astimezone(COPENHAGEN).date()
        except OverflowError:
            return date.max

    def referee(self, book: Rulebook) -> Referee:
        """The referee of one of the rulebooks, built once."""
        known = self.referees.get(book.digest)
        if known is None or known.rulebook is not book:
            known = self.referees[book.digest] = Referee(book)
        return known

    def current_rulebooks(self, known: date | None = None) -> Rulebooks:
        """The folder's rulebooks and those the record has taken in by now, in whichever process.

        With ``known``, those it had taken in by the end of that day.
        """
        if self.within is not None:
            return self._rulebooks_within if known is None else self._with_adopted(self.within, known)
        with told_plainly(), reading(self.engine) as connection:
            return self._with_adopted(connection, known)

    @cached_property
    def _rulebooks_within(self) -> Rulebooks:
        """Those of the transaction under way, in which nobody else can take in another."""
        assert self.within is not None  # noqa: S101 - who asks has looked
        return self._with_adopted(self.within)

    def _with_adopted(self, connection: Connection, known: date | None = None) -> Rulebooks:
        text = partial(rulebook_text, connection)
        taken = adopted(connection, None if known is None else end_of(known))
        books = [kept_rulebook(each.digest, text) for each in taken]
        return with_adopted(self.rulebooks, books) if books else self.rulebooks

    def rulebook(self, on: Span, known: date | None = None) -> Rulebook:
        """The rulebook in force on a date; RequestError when none covers it, never the nearest one.

        With ``known``, as the record knew them at the end of that day.
        """
        rulebooks = self.current_rulebooks(known)
        try:
            return rulebooks.on(on)
        except RuleError:
            covered = ", ".join(f"{book.from_} – {book.to or ''}".strip() for book in rulebooks.books)
            at = judged_day(on)
            said = say_day(at) if at is not None else Text("en dato uden slutning", "a date without an end")
            raise RequestError(
                Text(
                    f"intet regelsæt dækker {said.da}; regelsættene dækker {covered}",
                    f"no rulebook covers {said.en}; the rulebooks cover {covered}",
                )
            ) from None


@contextmanager
def looking(gov: Governance) -> Iterator[Connection]:
    """The transaction under way, or a reading one of its own that sees one moment of the record."""
    with told_plainly(), nullcontext(gov.within) if gov.within else reading(gov.engine) as connection:
        yield connection


def open_governance(
    url: str | None = None,
    rules: Path | None = None,
    *,
    create: bool = True,
    now: Callable[[], datetime] = utc_now,
    listeners: Sequence[Listener] = (),
    facts: Sequence[FactSource] = (),
) -> Governance:
    """Open the database, bring its tables up to date, and read the rulebooks.

    ``url`` is a database address or a file's path; by default that of the environment, else a file among the
    user's data. ``rules`` is a folder of rulebooks, or the name of one that an installed package offers; by
    default that of the environment, else DUBU's. ``listeners`` and ``facts`` join those that installed
    packages offer. Raises RuleError for rule files that cannot be used, RequestError for a database or an
    extension that cannot, and NoRegister for one that is not there when it is not to be made (``create``).
    """
    folder = rules_called(rules) if rules is not None else rules_folder()
    rulebooks = load_rulebooks(folder)
    with told_plainly():
        engine = make_engine(database_url(url, make_folder=create))
        there = create or is_register(engine)
        if there and upgrade(engine):
            _keep_rulebooks(engine, rulebooks)
    if not there:
        raise NoRegister(no_register(engine))
    return Governance(
        engine,
        rulebooks,
        now,
        folder=folder,
        listeners=(*installed_listeners(), *listeners),
        facts=(*installed_facts(), *facts),
    )


def _keep_rulebooks(engine: Engine, rulebooks: Rulebooks) -> None:
    """Keep the texts that events of an older version of the tables name, where they are the folder's."""
    with writing(engine) as connection:
        unkept = unkept_rulebooks(connection)
        for book in rulebooks.books:
            if book.digest in unkept:
                keep_rulebook(connection, book.id, book.from_.isoformat(), book.digest, dict(book.files))


def no_register(engine: Engine) -> Text:
    """The sentence for an address that nothing is kept at."""
    place = shown(engine.url)
    return Text(
        f"der er intet register i {place}; lav det med `governance init`, eller skriv en anden --database",
        f"there is no register in {place}; make it with `governance init`, or write another --database",
    )


def database_url(url: str | None = None, *, make_folder: bool = True) -> str:
    """The address of the database; a bare path is an SQLite file. The folder of a file is made."""
    chosen = url or os.environ.get(DATABASE_VARIABLE) or str(user_data() / "governance.sqlite")
    if "://" in chosen:
        return chosen
    path = Path(chosen).expanduser().absolute()
    try:
        if make_folder:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise RequestError(
            Text(
                f"mappen {path.parent} kan ikke laves ({error.strerror}); vælg en anden database",
                f"the folder {path.parent} cannot be made ({error.strerror}); choose another database",
            )
        ) from error
    return f"sqlite:///{path}"


def demo_url() -> str:
    """The address of the demo's database: a file of its own beside the user's."""
    return database_url(str(user_data() / "demo.sqlite"))


def user_data() -> Path:
    """Where this system keeps a user's data for this program."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "governance"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "governance"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "governance"


def rules_folder() -> Path:
    """The folder of rulebooks: the environment's, else DUBU's in the source tree or the installed package."""
    chosen = os.environ.get(RULES_VARIABLE)
    if chosen:
        return rules_called(Path(chosen).expanduser())
    package = Path(str(package_files("governance")))
    beside = package.parent / "rules" / "dubu"
    return beside if beside.is_dir() else package / "_rules" / "dubu"
