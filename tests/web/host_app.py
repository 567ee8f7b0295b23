"""Somebody else's application with the pages in it: what a host writes, no more."""

from flask import Flask, redirect, request, session, url_for

from governance.service import Caller, Office
from web import Governance

USERS = {
    "sekretær": Caller("sekretær", "Sekretæren", (Office("sekretariat"),)),
    "læser": Caller("læser", "Læseren", (Office("laeser"),)),
}


def host_app(gov, **more):
    """A host with one page and a login of its own; ``heard`` is what its listener was told."""
    app = Flask(__name__)
    app.secret_key = "the host's own"  # noqa: S105 - of a test
    app.heard = []

    @app.get("/")
    def home():
        return f"Hello {session.get('user', 'stranger')}"

    @app.post("/login")
    def login():
        session["user"] = request.form["user"]
        return redirect(url_for("home"))

    Governance(
        app,
        url_prefix="/rules/dubu",
        governance=gov,
        caller_of=lambda _request: USERS.get(session.get("user")),
        listeners=[app.heard.append],
        **more,
    )
    return app
