"""A worker of the server that, told to stop, first answers every request it has begun."""

from __future__ import annotations

from concurrent.futures import Future
from types import FrameType
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from web.draining import LATE, STOPPING


class Worker(ThreadWorker):
    """Threads, as gunicorn has them, with an end in two parts.

    Told to stop, it still takes connections, so that whoever asks whether it is ready hears that it is not,
    and the pages refuse all else; when the last request that was there before has its answer, gunicorn's own
    graceful end begins, which closes the socket. ``graceful_timeout`` bounds both.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.in_time: set[int] = set()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - as signals are told
        """The signal to stop: say so, and wake the loop up."""
        STOPPING.set()
        self.method_queue.defer(lambda: None)

    def notify(self) -> None:
        """Each turn of the loop: end when nothing is left of what was there before."""
        super().notify()
        if STOPPING.is_set() and not self.in_time:
            self.alive = False

    def enqueue_req(self, conn: Any) -> None:
        """A request waits for a thread; one that came before the signal is waited for."""
        if not STOPPING.is_set():
            self.in_time.add(id(conn))
        super().enqueue_req(conn)

    def finish_request(self, conn: Any, fs: Future[Any]) -> None:
        """It has its answer."""
        self.in_time.discard(id(conn))
        super().finish_request(conn, fs)

    def handle(self, conn: Any) -> Any:
        """Answer it, in a thread."""
        LATE.set(id(conn) not in self.in_time)
        return super().handle(conn)
