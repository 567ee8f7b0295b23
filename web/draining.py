"""A server that has been told to stop: what was there before is answered, what comes now is refused."""

from __future__ import annotations

from contextvars import ContextVar
from threading import Event

from flask import request
from werkzeug.exceptions import ServiceUnavailable

STOPPING = Event()
"""Set once in the life of a process, by the server that runs it."""
LATE: ContextVar[bool] = ContextVar("late", default=False)
"""Whether the request of this thread came after that."""
AGAIN = 5
"""After how many seconds to try again, when another server has taken over."""


def refuse_late() -> None:
    """Refuse what came too late; whoever asks whether the server is alive or ready is told."""
    if LATE.get() and request.blueprint != "health":
        raise ServiceUnavailable(retry_after=AGAIN)
