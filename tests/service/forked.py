"""What processes of their own do until they are killed, forked from one that has read code and rules."""

import os
import signal

from governance.service import add_item, backup, erase_person, erasing, open_governance, restore, rules_folder
from governance.service.rulefiles import load_rulebooks
from tests.faults.workers import START

load_rulebooks(rules_folder())  # read once, for all that are forked after this


def write(url, name, told):
    gov = open_governance(url)
    for number in range(100_000):
        told.send(add_item(gov, f"{name}-{number}", "aendringsoenske", "Et ønske").event)


def back_up(url, place, told):
    gov = open_governance(url)
    told.send("ready")
    backup(gov, place)


def put_back(place, url, told):
    told.send("ready")
    restore(place, url)


def erase_and_be_killed(url, ref, _told):
    """Killed after the event and before the files."""
    erasing.sweep = lambda _engine: os.kill(os.getpid(), signal.SIGKILL)
    erase_person(open_governance(url), ref, reason="bedt om det")


def started(work, *given):
    """A process that does one of these, and what it says."""
    said, told = START.Pipe(duplex=False)
    process = START.Process(target=work, args=(*given, told), daemon=True)
    process.start()
    told.close()
    return process, said
