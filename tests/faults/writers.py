"""Processes that write without pause and say what was acknowledged, until they or the database are killed."""

import random
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.faults.group import opened
from tests.faults.workers import PATIENCE, START, Came, Command, command, sent

LONG = 12
"""How many commands a writer has about one matter before it takes the next."""


def nth(name, number):
    """A writer's commands in their order: it enters a matter, notes on it some times, and enters another."""
    matter, key, version = f"{name}/{number // LONG}", f"{name}/{number}", number % LONG
    if version == 0:
        return command("add_item", matter, "sag", "Sagen", key=key)
    return command("advance", matter, "noter", "udvalget", reason=key, person="en", version=version, key=key)


def place_of(name, number):
    """The matter that such a command is about, and its version afterwards."""
    return f"{name}/{number // LONG}", number % LONG + 1


def _work(url, name, end):
    with opened(url) as gov:
        came, number = Came("allowed"), 0
        while came.to == "allowed":
            asked = nth(name, number)
            end.send(asked)
            came = sent(gov, asked)
            end.send(came)
            number += 1
    end.close()


@dataclass
class Writer:
    """A process that writes; what it was told, in the order of its commands, and what it asked last."""

    name: str
    process: Any
    end: Any
    told: list[Came] = field(default_factory=list)
    asked: Command | None = None

    def read(self):
        """What it says next; False when it says no more."""
        if not self.end.poll(PATIENCE):
            raise TimeoutError(f"the writer {self.name} says nothing")
        try:
            said = self.end.recv()
        except (EOFError, ConnectionResetError):
            return False
        if isinstance(said, Command):
            self.asked = said
        else:
            self.told.append(said)
        return True

    def write_for_a_while(self, random_):
        """Wait until it has been told something, and then for any moment of the commands that follow."""
        for _ in range(random_.randrange(2, 6)):
            self.read()
        self.process.join(random_.uniform(0, 0.02))

    def kill(self):
        """SIGKILL; whatever it had said by then is still read."""
        self.process.kill()
        self.finish()

    def finish(self):
        """Read to the end, which comes by itself."""
        while self.read():
            pass
        self.process.join()
        self.process.close()
        self.end.close()

    @property
    def acknowledged(self):
        return [came for came in self.told if came.to == "allowed"]

    @property
    def unknown(self):
        """The command that was sent and not acknowledged, if there is one."""
        return self.asked if self.asked != nth(self.name, len(self.acknowledged) - 1) else None


def writer(url, name):
    """Start a process that writes."""
    ours, theirs = START.Pipe(duplex=False)
    process = START.Process(target=_work, args=(url, name, theirs), daemon=True)
    process.start()
    theirs.close()
    return Writer(name, process, ours)


@contextmanager
def writers():
    """Gives a function that starts writers; those still alive at the end are killed."""
    started = []

    def start(url, name):
        started.append(writer(url, name))
        return started[-1]

    yield start
    for each in started:
        if not each.end.closed:
            each.kill()


def seeded():
    """Where the moments come from: another choice in each run, told when a test fails."""
    seed = random.SystemRandom().randrange(2**32)
    print("random seed", seed)  # noqa: T201 - pytest shows it with a failure
    return random.Random(seed)
