"""The pages with one that is answered only when the test says so, for the tests of a server's end."""

import os
from pathlib import Path

from tests.callers import SECRETARIAT
from web import create_app
from web.access import public


def slow_app():
    """Its one page more tells the first pipe that it has begun, and waits for the second."""
    app = create_app(caller_of=lambda: SECRETARIAT)

    @app.get("/slow")
    @public
    def slow():
        Path(os.environ["BEGUN"]).write_text("begun")
        return Path(os.environ["GO_ON"]).read_text()

    return app
