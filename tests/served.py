"""The demo round of DUBU as it stood on 1 October 2025, made once a run, and its pages on a real server."""

import re
import threading
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from werkzeug.serving import make_server

from governance.service import load_demo, open_governance

NOW = datetime(2025, 10, 1, 9, tzinfo=UTC)
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def opened(path):
    return open_governance(f"sqlite:///{path}", now=lambda: NOW)


@pytest.fixture(scope="session")
def round_of_september(tmp_path_factory):
    """The file of the demo round, to be copied and not to be written in."""
    path = tmp_path_factory.mktemp("round") / "round.sqlite"
    governance = opened(path)
    load_demo(governance)
    governance.engine.dispose()
    return path


@contextmanager
def served(app):
    """The address of an application's pages on a real server, as long as it is needed."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
