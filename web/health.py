"""Whether the process lives, and whether it may be sent requests; for machines, in the words of machines."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, current_app, jsonify

from governance.service import readiness
from web.access import public
from web.draining import STOPPING

pages = Blueprint("health", __name__)
NOT_READY = 503


@pages.get("/healthz")
@public
def alive() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@pages.get("/readyz")
@public
def ready() -> tuple[Response, int]:
    """Each check by name, true or false and no more; 503 when one is false."""
    checks = {"serving": not STOPPING.is_set(), **asdict(readiness(current_app.extensions["governance"]))}
    return jsonify(checks), 200 if all(checks.values()) else NOT_READY
