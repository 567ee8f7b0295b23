"""What is taken out of the program to show that a test would notice, and only in a worker process."""

from contextlib import contextmanager

from sqlalchemy import update

from governance.service import recording
from governance.store import events
from governance.store.schema import ledger, things


def apply(name):
    """Take something out, for as long as this process lives."""
    if name is not None:
        MUTANTS[name]()


def no_version_check():
    """The version that the user saw is not looked at."""
    _instead(recording.Session, "refuse_stale", lambda *_seen: None)


def late_lock():
    """The ledger is locked when the event is stored, not before the decision is made."""
    append = events.append

    def locked_then_append(connection, *args):
        _lock(connection)
        return append(connection, *args)

    @contextmanager
    def writing(engine):
        with engine.begin() as connection:
            yield connection

    _instead(recording, "append", locked_then_append)
    _instead(recording, "writing", writing)


def late_lock_and_no_version_check():
    """As it says: nothing holds two writers of one thing apart."""
    late_lock()
    _instead(events, "_change", _change_whatever_the_version)


def _change_whatever_the_version(connection, id_, _seen, row):
    connection.execute(update(things).where(things.c.id == id_).values(**row))


def _lock(connection):
    connection.execute(update(ledger).values(last=ledger.c.last))


def _instead(of, name, put):
    if not hasattr(of, name):
        raise AttributeError(f"{of} has no {name} to take out")
    setattr(of, name, put)


MUTANTS = {each.__name__: each for each in (no_version_check, late_lock, late_lock_and_no_version_check)}
