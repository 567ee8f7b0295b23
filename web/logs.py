"""One line of JSON for each request, and for each fault where it happened; nothing in them is personal.

No address is written, only the pattern of the route it led to; no name, no typed text, no value of a variable
and no message of an exception, since each may quote one.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Iterator, Mapping, MutableMapping
from time import perf_counter
from types import TracebackType
from typing import Any
from uuid import uuid4

import structlog
from flask import Flask, Response, g, request
from structlog.processors import JSONRenderer, TimeStamper
from structlog.stdlib import BoundLogger, ProcessorFormatter, add_log_level, add_logger_name, filter_by_level

NAME = "governance.requests"
WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
MOST_FRAMES = 30

_STAMP = TimeStamper(fmt="iso", utc=True)

log: BoundLogger = structlog.wrap_logger(
    logging.getLogger(NAME),
    processors=[filter_by_level, add_log_level, add_logger_name, _STAMP, JSONRenderer(sort_keys=True)],
    wrapper_class=BoundLogger,
)

Fault = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]


class Logged(Flask):
    """An application whose faults are written without what was in its variables."""

    def log_exception(self, exc_info: Fault) -> None:
        """Write down a fault that no page was made for."""
        log.error("fault", request_id=request_id(), route=route(), faults=list(told(exc_info[1])))


def begin() -> None:
    """Note when the request came and what it is called: as it says itself when that can be used."""
    g.begun = perf_counter()
    said = request.headers.get("X-Request-ID", "")
    g.request_id = said if WELL_FORMED.fullmatch(said) else uuid4().hex


def request_id() -> str:
    """What this request is called in the logs; nothing before it has begun."""
    return str(g.get("request_id", ""))


def route() -> str:
    """The pattern of the address, with the names of what varies in it; ``-`` when it leads nowhere."""
    return request.url_rule.rule if request.url_rule is not None else "-"


def end(response: Response) -> Response:
    """Write the line of a request, and tell its sender what it is called; not of a check that went well."""
    if "begun" not in g:
        begin()
    response.headers["X-Request-ID"] = request_id()
    if request.blueprint == "health" and response.status_code == 200:  # noqa: PLR2004 - it went well
        return response
    log.info(
        "request",
        request_id=request_id(),
        method=request.method if request.method in METHODS else "-",
        route=route(),
        status=response.status_code,
        milliseconds=round(1000 * (perf_counter() - g.begun), 1),
    )
    return response


def told(error: BaseException | None) -> Iterator[dict[str, object]]:
    """A fault and those it came of: of which kind, and where, the innermost last."""
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]
        yield {
            "kind": type(error).__name__,
            "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
        }
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _without_values(_logger: object, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """What a library writes: a fault as ours are, and the server's own complaint without the address."""
    fault = event.pop("exc_info", None)
    if fault:
        event["faults"] = list(told(fault[1]))
    if str(event["event"]).startswith("Invalid request"):
        event["event"] = "invalid request"
    return event


def configuration(level: str) -> Mapping[str, Any]:
    """What `logging.config.dictConfig` takes: lines of JSON on stderr."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "ours": {"format": "%(message)s"},
            "theirs": {
                "()": ProcessorFormatter,
                "foreign_pre_chain": [add_log_level, add_logger_name, _STAMP, _without_values],
                "processors": [ProcessorFormatter.remove_processors_meta, JSONRenderer(sort_keys=True)],
            },
        },
        "handlers": {
            "ours": {"class": "logging.StreamHandler", "formatter": "ours"},
            "theirs": {"class": "logging.StreamHandler", "formatter": "theirs"},
        },
        "root": {"level": level, "handlers": ["theirs"]},
        "loggers": {
            NAME: {"level": level, "handlers": ["ours"], "propagate": False},
            "gunicorn.error": {"level": level, "handlers": ["theirs"], "propagate": False},
            "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},
        },
    }


def register(app: Flask) -> None:
    """Write of every request; first in and last out, so that what others make of it is told."""
    app.before_request(begin)
    app.after_request(end)
