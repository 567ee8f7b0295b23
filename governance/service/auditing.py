"""Prove the record: verify it, give its head to keep elsewhere, export it, and judge an export again."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import IO

from sqlalchemy import Connection

from governance.audit import Audit, Problem, Recheck, export, head, recheck, verify
from governance.model import RequestError, Text
from governance.rights import Duty
from governance.service.opening import Governance
from governance.service.permitting import permit
from governance.service.words import printable
from governance.store import StoreError, last_number, reading

EXPECTED = re.compile(r"([0-9]{1,15}):([0-9a-f]{12,64})")
MOST_LINE = 64_000_000
STEP = 200
"""How many events pass between two movements of a progress bar."""

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""


CHECKS = {
    "events": Text(
        "hver begivenhed: kæden af hasher, teksterne, versionerne, det rettede og de regler, den nævner",
        "every event: the chain of hashes, the texts, the versions, what is corrected, the rules it names",
    ),
    "things": Text(
        "hver ting står, som dens begivenheder gør den", "every thing stands as its events make it"
    ),
    "listing": Text(
        "listen over sager har hver sag, som dens begivenheder gør den",
        "the list of items has every item as its events make it",
    ),
    "tallies": Text(
        "tallene ved siden af listen er dem, den giver", "the counts beside the list are those it gives"
    ),
    "rulebooks": Text(
        "hvert gemt regelsæt er et, begivenhederne nævner", "every rulebook kept is one that events name"
    ),
    "ledger": Text("hovedet er den sidste begivenheds", "the head is that of the last event"),
    "keys": Text("hver kommandos nøgle peger på en begivenhed", "the key of every command names an event"),
    "people": Text("ingen, der er slettet, har igen et navn", "nobody who was erased has a name again"),
    "sqlite": Text("databasens fil er hel", "the file of the database is whole"),
}
"""What a record is held against, by what a problem is found among."""


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """One of the things a record is held against, and what was wrong with it."""

    id: str
    label: Text
    problems: tuple[Problem, ...]


def audit_checks(audit: Audit) -> tuple[AuditCheck, ...]:
    """What an audit found, check by check, and whatever else it found; what went well has no problems."""
    others = {each.among: Text(each.among, each.among) for each in audit.problems if each.among not in CHECKS}
    return tuple(
        AuditCheck(id_, label, tuple(each for each in audit.problems if each.among == id_))
        for id_, label in (CHECKS | others).items()
    )


def audit_verify(gov: Governance, *, expect: Sequence[str] = (), progress: Progress | None = None) -> Audit:
    """Hold the whole record against itself, and against older heads or receipts ``NUMBER:HASH``."""
    permit(gov, Duty.AUDIT)
    wanted = _expected(expect)
    with _reading(gov) as connection:
        return verify(connection, wanted, _steps(progress, last_number(connection)))


def audit_head(gov: Governance) -> str:
    """The head ``NUMBER:HASH`` to keep outside: with it a lost tail or a rewritten chain is seen later."""
    permit(gov, Duty.AUDIT)
    with _reading(gov) as connection:
        return head(connection)


def audit_export(gov: Governance, file: Path, *, progress: Progress | None = None) -> Audit:
    """Write the record into one self-contained file, all or none; a record with faults is not written.

    RequestError when there is such a file already, or it cannot be written.
    """
    permit(gov, Duty.AUDIT)
    try:
        if file.exists():
            raise RequestError(
                Text(
                    f"{file} findes allerede; vælg et andet navn",
                    f"{file} is there already; choose another name",
                )
            )
        with NamedTemporaryFile(dir=file.absolute().parent, prefix=f".{file.name}.", delete=False) as beside:
            try:
                audit = _export(gov, beside.file, progress)
                os.fsync(beside.fileno())
                if not audit.problems:
                    Path(beside.name).rename(file)
            finally:
                Path(beside.name).unlink(missing_ok=True)
    except OSError as error:
        raise RequestError(
            Text(
                f"{file} kan ikke skrives ({error.strerror}); vælg et andet sted",
                f"{file} cannot be written ({error.strerror}); choose another place",
            )
        ) from error
    return audit


def audit_file(gov: Governance) -> tuple[Audit, IO[bytes]]:
    """The record as one self-contained file to read from its beginning, which is empty when it has faults.

    The file is gone once it is closed.
    """
    permit(gov, Duty.AUDIT)
    file = TemporaryFile()  # noqa: SIM115 - who asked for it reads and closes it
    audit = _export(gov, file, None)
    file.seek(0)
    return audit, file


def audit_recheck_record(gov: Governance, *, expect: Sequence[str] = ()) -> Recheck:
    """Judge every decision of the record again, from an export that is made for it and thrown away."""
    permit(gov, Duty.AUDIT)
    wanted = _expected(expect)
    audit, file = audit_file(gov)
    with file:
        if audit.problems:
            return Recheck(audit.events, 0, audit.head, audit.problems)
        return recheck(_lines(file, 0, None), wanted)


def _export(gov: Governance, file: IO[bytes], progress: Progress | None) -> Audit:
    with _reading(gov) as connection:
        audit = export(connection, file, _steps(progress, 2 * last_number(connection)))
    file.flush()
    return audit


def audit_recheck(file: Path, *, expect: Sequence[str] = (), progress: Progress | None = None) -> Recheck:
    """Judge an exported file again, without a database. RequestError when it cannot be read."""
    wanted = _expected(expect)
    try:
        with file.open("rb") as lines:
            return recheck(_lines(lines, file.stat().st_size, progress), wanted)
    except OSError as error:
        raise RequestError(
            Text(
                f"{file} kan ikke læses ({error.strerror}); skriv en fil fra `governance audit export`",
                f"{file} cannot be read ({error.strerror}); name a file from `governance audit export`",
            )
        ) from error


def _lines(file: IO[bytes], size: int, progress: Progress | None) -> Iterator[bytes]:
    done = 0
    while line := file.readline(MOST_LINE):
        done += len(line)
        if progress is not None:
            progress(done, size)
        yield line


def _steps(progress: Progress | None, total: int) -> Callable[[int], None] | None:
    if progress is None:
        return None

    def told(done: int) -> None:
        if done % STEP == 0 or done == total:
            progress(done, total)

    return told


def _expected(words: Sequence[str]) -> list[tuple[int, str]]:
    """Heads and receipts as they were given."""
    found = [(word, EXPECTED.fullmatch(word.strip().lower())) for word in words]
    bad = [printable(word) for word, match in found if match is None]
    if bad:
        raise RequestError(
            *(
                Text(
                    f"`{word}` er ikke et hoved; skriv NUMMER:HASH med mindst 12 tegn af hashen",
                    f"`{word}` is no head; write NUMBER:HASH with at least 12 characters of the hash",
                )
                for word in bad
            )
        )
    return [(int(match[1]), match[2]) for _, match in found if match is not None]


@contextmanager
def _reading(gov: Governance) -> Iterator[Connection]:
    try:
        with reading(gov.engine) as connection:
            yield connection
    except StoreError as error:
        raise RequestError(error.text) from error
