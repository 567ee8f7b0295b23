"""Lets the first, second ... nth call to the database fail, as a broken disk or line would."""

from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import event

STATEMENT, COMMIT, ANSWER = "statement", "commit", "answer"
"""What can fail: a statement, a commit before it is made, and the answer to one that is made."""


@dataclass
class Fault:
    """The call that is to fail, by its number, and what it was when it did: nothing if it never came."""

    at: int
    calls: int = 0
    struck: str = ""

    def meets(self, what):
        self.calls += 1
        if self.calls != self.at:
            return False
        self.struck = what
        return True


@contextmanager
def failing(engine, at):
    """One call on the engine fails; what follows works again. Gives the fault, to see what it struck."""
    fault, dialect = Fault(at), engine.dialect
    commit = dialect.do_commit

    def execute(cursor, *_):
        if fault.meets(STATEMENT):
            cursor.close()
            _break(dialect, cursor.connection)

    def committing(connection):
        if fault.meets(COMMIT):
            _break(dialect, connection)
        commit(connection)
        if fault.meets(ANSWER):
            _break(dialect, connection)

    kinds = ("do_execute", "do_execute_no_params", "do_executemany")
    for kind in kinds:
        event.listen(engine, kind, execute)
    dialect.do_commit = committing
    try:
        yield fault
    finally:
        for kind in kinds:
            event.remove(engine, kind, execute)
        dialect.do_commit = commit


def _break(dialect, connection):
    """The driver's own error: of the disk on SQLite, of a line that is gone on PostgreSQL."""
    if dialect.name == "postgresql":
        getattr(connection, "driver_connection", connection).close()
        raise dialect.loaded_dbapi.OperationalError("server closed the connection unexpectedly")
    error = dialect.loaded_dbapi.OperationalError("disk I/O error")
    error.sqlite_errorcode = 10
    raise error
