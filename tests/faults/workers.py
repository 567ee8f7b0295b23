"""Processes with several threads each that send commands to one database at the same instant."""

import multiprocessing
import threading
from contextlib import contextmanager
from dataclasses import dataclass

from governance import service
from governance.model import Conflict, RequestError
from tests.faults import mutants
from tests.faults.group import opened

# A server that has loaded the code forks each worker: a start takes milliseconds, and inherits no connection.
START = multiprocessing.get_context("forkserver")
START.set_forkserver_preload(
    ["governance.service", "alembic.command", "psycopg", "tests.faults.group", "tests.service.forked"]
)

PROCESSES, THREADS = 8, 4
PATIENCE = 120  # seconds until a worker that nobody answers gives up, so that a fault ends the test


@dataclass(frozen=True)
class Command:
    """A use case by name, with what it is given."""

    name: str
    args: tuple
    named: dict
    key: str = ""

    def sent_to(self, gov):
        key = {"key": self.key} if self.key else {}
        return getattr(service, self.name)(gov, *self.args, **self.named, **key)


@dataclass(frozen=True)
class Came:
    """What a command came to: allowed, refused, conflict, problem, or an error no user should see.

    ``text`` names the rules that refused, or holds what was told.
    """

    to: str
    event: int = 0
    version: int = 0
    hash: str = ""
    text: str = ""


def command(name, *args, key="", **named):
    return Command(name, args, named, key)


def sent(gov, asked):
    """Send a command and say what it came to."""
    try:
        receipt = asked.sent_to(gov)
    except Conflict as conflict:
        return Came("conflict", text="\n".join(said.da for said in conflict.meanwhile))
    except RequestError as error:
        return Came("problem", text="\n".join(f"{said.da}\n{said.en}" for said in error.problems))
    except Exception as error:  # noqa: BLE001 - whatever reaches a user is what the test asks about
        return Came("error", text=repr(error))
    to = "allowed" if receipt.allowed else "refused"
    why = "\n".join(found.rule for found in receipt.blocking)
    return Came(to, receipt.event, receipt.version, receipt.hash, why)


@contextmanager
def crew(url, mutant=None, *, processes=PROCESSES, threads=THREADS):
    """Workers that stand ready; gives a function that sends one command each at once.

    ``mutant`` names what is taken out of the program in the workers, see `mutants`.
    """
    line = START.Barrier(processes * threads)
    pipes = [START.Pipe() for _ in range(processes * threads)]
    theirs = [end for _, end in pipes]
    started = [
        START.Process(target=_work, args=(url, mutant, line, theirs[first : first + threads]), daemon=True)
        for first in range(0, len(pipes), threads)
    ]
    try:
        for process in started:
            process.start()
        for end in theirs:
            end.close()
        yield lambda commands: _round([ours for ours, _ in pipes], commands)
    finally:
        for ours, _ in pipes:
            ours.close()
        for process in started:
            process.join(PATIENCE)
            process.kill()
            process.join()
            process.close()


def _round(ends, commands):
    for end, asked in zip(ends, commands, strict=True):
        end.send(asked)
    return [_answer(end) for end in ends]


def _answer(end):
    if not end.poll(PATIENCE):
        raise TimeoutError("a worker does not answer")
    return end.recv()


def _work(url, mutant, line, ends):
    mutants.apply(mutant)
    with opened(url) as gov:
        threads = [threading.Thread(target=_serve, args=(gov, line, end)) for end in ends]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def _serve(gov, line, end):
    while True:
        try:
            asked = end.recv()
        except EOFError:
            return
        line.wait(PATIENCE)
        end.send(sent(gov, asked))
