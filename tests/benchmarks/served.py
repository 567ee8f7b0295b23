"""The pages as the benchmark serves them: with one trivial page beside them, behind the same guards."""

from flask import render_template_string

from tests.callers import SECRETARIAT
from web import create_app


def app():
    """What gunicorn is told to serve; the database and the key are those of the environment."""
    made = create_app(caller_of=lambda: SECRETARIAT)

    @made.get("/trivial")
    def trivial():
        return render_template_string(
            "<!doctype html><html lang='da'><title>{{ said }}</title><p>{{ said }}</p></html>", said="Sager"
        )

    return made
