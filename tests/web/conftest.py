"""The pages over DUBU's demo round on a database of their own, as they stood on 1 October 2025."""

import html
import re
import shutil
from secrets import token_hex

import pytest

from tests.callers import SECRETARIAT
from tests.served import TOKEN, opened, served
from web import create_app

HIDDEN, NAME, VALUE = (
    re.compile(r"<input[^>]*>"),
    re.compile(r'name="([^"]*)"'),
    re.compile(r'value="([^"]*)"'),
)
SENT = re.compile(r'name="(version)" value="(\d+)"')


@pytest.fixture
def governance(round_of_september, tmp_path):
    governance = opened(shutil.copy(round_of_september, tmp_path / "copy.sqlite"))
    yield governance
    governance.engine.dispose()


@pytest.fixture(scope="session")
def pages(round_of_september):
    """The application, whose addresses take longer to make than most pages."""
    governance = opened(round_of_september)
    yield create_app(governance, secret_key=token_hex(), caller_of=lambda: SECRETARIAT)
    governance.engine.dispose()


@pytest.fixture
def app(pages, governance, monkeypatch):
    """The application over the test's own register."""
    monkeypatch.setitem(pages.extensions, "governance", governance)
    return pages


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def send(client):
    """Send one of an item's forms as a browser would: with what the page carried, and the fields given."""

    def sent(item, form, target, **fields):
        address = f"/items/{item}"
        page = client.get(address).text
        carried = {"csrf_token": TOKEN.search(page)[1], **dict(SENT.findall(page))}
        renamed = {name.replace("fact_", "fact."): value for name, value in fields.items()}
        return client.post(address, data={**carried, "form": form, "target": target, **renamed})

    return sent


@pytest.fixture
def fill(client):
    """Send a form of a page as a browser would: what the form carries unseen, and the fields given."""

    def filled(path, form, target="", *, step="", **fields):
        page = client.get(path).text
        wanted = {"form": form, "target": target} | ({"step": step} if step else {})
        for part in page.split("<form")[1:]:
            tags = [tag for tag in HIDDEN.findall(part.partition("</form>")[0]) if 'type="hidden"' in tag]
            unseen = {NAME.search(tag)[1]: html.unescape(VALUE.search(tag)[1]) for tag in tags}
            if wanted.items() <= unseen.items():
                return client.post(path.partition("?")[0], data={**unseen, **fields})
        return pytest.fail(f"{path} has no form {wanted}")

    return filled


@pytest.fixture
def address(app):
    """The address of the pages on a real server."""
    with served(app) as where:
        yield where
