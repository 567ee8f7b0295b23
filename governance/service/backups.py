"""Backups: taken while the register is in use, verified before they are called one, and put back."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import URL

from governance.audit import Audit, verify
from governance.model import RequestError, Text
from governance.rights import Duty
from governance.service.opening import Governance, database_url, told_plainly
from governance.service.permitting import permit
from governance.store import StoreError, is_register, last_number, make_engine, upgrade
from governance.store.answers import shown
from governance.store.copying import copy_at_rest, copy_in_use, filling, flush, looking_through

PART = ".governance-part"
SQLITE = b"SQLite format 3\0"
STEP = 200
"""How many events pass between two movements of a progress bar."""

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""


@dataclass(frozen=True, slots=True)
class BackupView:
    """A backup taken: the file, how many events it holds, its head. For PostgreSQL only the command."""

    file: str
    events: int = 0
    head: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True)
class RestoreView:
    """A register restored from a file: how many events it holds, and its head."""

    file: str
    database: str
    events: int
    head: str


def backup(gov: Governance, file: Path, *, progress: Progress | None = None) -> BackupView:
    """Copy the register into a new file while it is in use, and verify the copy; all or nothing.

    A PostgreSQL database is copied by its own program: the answer is the command. RequestError when there is
    such a file already, it cannot be written, or the record does not prove itself.
    """
    permit(gov, Duty.KEEP)
    if gov.engine.dialect.name != "sqlite":
        return BackupView(str(file), command=shlex.join(_dump(gov.engine.url, file)))
    file = file.expanduser().absolute()
    if os.path.lexists(file):
        raise _there_already(file)
    with _writing(file), _fresh(file) as (part, opened):
        copy_in_use(gov.engine, part)
        audit = _verified(part, file, progress)
        _publish(part, opened, file)
    return BackupView(str(file), audit.events, audit.head)


def restore(file: Path, url: str | None = None, *, progress: Progress | None = None) -> RestoreView:
    """Put a backup into an empty place: where there is no register, or one without events.

    The backup is verified first, and what came of it before it is stored. RequestError when either does not
    prove itself, or the place is not empty. What an empty register has noted of accesses is replaced.
    """
    file = file.expanduser().absolute()
    engine = _sqlite_only(database_url(url), file)
    target = Path(str(engine.url.database))
    if not _is_file(file):
        raise RequestError(
            Text(
                f"{file} er ikke en fil; skriv en sikkerhedskopi",
                f"{file} is no file; write the name of a backup",
            )
        )
    with _writing(target), _fresh(target) as (part, _):
        copy_at_rest(engine, file, part)
        with _named(part, file):
            _bring_up(part, file)
            before = _verified(part, file, progress)
        try:
            upgrade(engine)
            with filling(engine, part) as connection:
                number, _, hash_ = before.head.partition(":")
                after = _proven(verify(connection, [(int(number), hash_)]), file)
        finally:
            engine.dispose()
    return RestoreView(str(file), str(target), after.events, after.head)


def _sqlite_only(url: str, file: Path) -> Engine:
    with told_plainly():
        engine = make_engine(url)
    if engine.dialect.name == "sqlite" and engine.url.database not in (None, "", ":memory:"):
        return engine
    if engine.dialect.name == "sqlite":
        raise RequestError(Text("skriv en fil med --database", "write a file with --database"))
    command = shlex.join(_undump(engine.url, file))
    raise RequestError(
        Text(
            f"PostgreSQL gendannes i en tom database med dens eget program: {command}",
            f"PostgreSQL is restored into an empty database by its own program: {command}",
        )
    )


def _dump(url: URL, file: Path) -> list[str]:
    return ["pg_dump", "--format=custom", "--no-owner", f"--file={file}", f"--dbname={_plain(url)}"]


def _undump(url: URL, file: Path) -> list[str]:
    return ["pg_restore", "--single-transaction", "--no-owner", f"--dbname={_plain(url)}", str(file)]


def _plain(url: URL) -> str:
    """The address as PostgreSQL's own programs read it, without the password."""
    return shown(url.set(drivername="postgresql"))


def _bring_up(part: Path, file: Path) -> None:
    """Let a copy from an older version have the tables of this one; RequestError when it is no register."""
    engine = make_engine(f"sqlite:///{part}")
    try:
        if not is_register(engine):
            raise RequestError(
                Text(f"{file} er ikke en sikkerhedskopi af et register", f"{file} is no backup of a register")
            )
        upgrade(engine)
    finally:
        engine.dispose()


def _verified(part: Path, file: Path, progress: Progress | None) -> Audit:
    with looking_through(part) as connection:
        total = last_number(connection)

        def told(done: int) -> None:
            if progress is not None and (done % STEP == 0 or done == total):
                progress(done, total)

        return _proven(verify(connection, progress=told), file)


def _proven(audit: Audit, file: Path) -> Audit:
    for problem in audit.problems:
        name, place, what = file.name, problem.place, problem.text
        raise RequestError(
            Text(
                f"{name} beviser ikke sig selv, og intet er gjort: {place.da}: {what.da}; "
                "se `governance audit verify`",
                f"{name} does not prove itself, and nothing is done: {place.en}: {what.en}; "
                "see `governance audit verify`",
            )
        )
    return audit


@contextmanager
def _named(part: Path, file: Path) -> Iterator[None]:
    """Name the file that somebody knows, not the copy of it that is looked through."""
    try:
        yield
    except StoreError as error:
        da, en = (said.replace(str(part), str(file)) for said in (error.text.da, error.text.en))
        raise StoreError(Text(da, en)) from error


@contextmanager
def _fresh(file: Path) -> Iterator[tuple[Path, int]]:
    """A new, hidden file beside another, and what it is open as; what a killed run left there is removed."""
    part = file.with_name(f".{file.name}{PART}")
    if _left_by_us(part):
        _remove(part)
    opened = os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    try:
        yield part, opened
    finally:
        if _is_still(part, opened):
            _remove(part)
        os.close(opened)


def _left_by_us(part: Path) -> bool:
    """Whether a file of that name is one of a backup that was killed: a database, or not yet anything."""
    if not part.is_file() or part.is_symlink():
        return False
    with part.open("rb") as file:
        start = file.read(len(SQLITE))
    return start in (b"", SQLITE, bytes(len(SQLITE)))


def _remove(part: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        Path(f"{part}{ending}").unlink(missing_ok=True)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # the name is too long
        return False


def _is_still(part: Path, opened: int) -> bool:
    return part.exists() and os.path.samestat(part.stat(), os.fstat(opened))


def _publish(part: Path, opened: int, file: Path) -> None:
    """Give the finished copy its name, unless something has it by now."""
    if not _is_still(part, opened):
        raise RequestError(
            Text(
                f"en anden sikkerhedskopi til {file} er begyndt imens; brug den, eller vælg et andet navn",
                f"another backup to {file} has begun meanwhile; use that, or choose another name",
            )
        )
    try:
        os.link(part, file)
    except FileExistsError:
        raise _there_already(file) from None
    except OSError:  # a file system without hard links
        if os.path.lexists(file):
            raise _there_already(file) from None
        part.rename(file)
    flush(file.parent)


def _there_already(file: Path) -> RequestError:
    return RequestError(
        Text(f"{file} findes allerede; vælg et andet navn", f"{file} is there already; choose another name")
    )


@contextmanager
def _writing(file: Path) -> Iterator[None]:
    try:
        with told_plainly():
            yield
    except OSError as error:
        raise RequestError(
            Text(
                f"{file} kan ikke skrives ({error.strerror}); vælg et andet sted",
                f"{file} cannot be written ({error.strerror}); choose another place",
            )
        ) from error
