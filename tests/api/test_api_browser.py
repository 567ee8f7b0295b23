"""The pages about the API in a real browser: for everybody, on a small screen and with the keyboard."""

import threading

import pytest
from werkzeug.serving import make_server

from tests.browser import OVERFLOW, violations

pytestmark = pytest.mark.browser
PAGES = ("", "docs/operations/take_step", "docs/schemas/MeetingView")


@pytest.fixture
def address(app):
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/api/v1/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("lang", ["da", "en"])
def test_nothing_keeps_anybody_out_of_the_pages_about_the_api(page, address, lang):
    page.set_viewport_size({"width": 320, "height": 800})
    for each in PAGES:
        page.goto(f"{address}{each}?lang={lang}")
        assert page.evaluate(OVERFLOW) <= 0, each
        assert violations(page) == [], each
