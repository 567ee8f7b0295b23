"""The wheel, installed into an empty environment away from the sources, carries the rules and the pages."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from web import wire
from web.look import fetch

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.wheel

SERVE = """
import re
from urllib.parse import urljoin
from web import create_app
from datetime import date
from governance.service import Caller, Office
reader = Caller("", "", (Office("laeser", from_=date(2020, 1, 1)),))
client = create_app(caller_of=lambda: reader).test_client()
page = client.get("/items")
assert page.status_code == 200, page.status
assert "ÆØ-1434" in page.text
styles = [part for part in page.text.split('"') if part.endswith(".css")]
asked = set()
for style in styles:
    sheet = client.get(style)
    assert (sheet.status_code, sheet.mimetype) == (200, "text/css"), style
    asked |= {urljoin(style, each) for each in re.findall(r"url\\(([^)#]+)\\)", sheet.text)}
kinds = {"woff2": "font/woff2", "svg": "image/svg+xml", "png": "image/png"}
for address in asked:
    file = client.get(address)
    assert (file.status_code, file.mimetype) == (200, kinds[address.rpartition(".")[2]]), address
print("served", *styles, len(asked))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The scripts folder of an environment that holds the wheel and what it needs."""
    place = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(place)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = place.glob("*.whl")
    venv.create(place / "env", with_pip=True)
    scripts = place / "env" / ("Scripts" if os.name == "nt" else "bin")
    pip = [scripts / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    done = subprocess.run(
        [*pip, "-c", ROOT / "constraints.txt", wheel], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return scripts


def run(scripts: Path, folder: Path, *words: str):
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("GOVERNANCE", "PYTHON"))
    }
    environment["GOVERNANCE_DATABASE_URL"] = f"sqlite:///{folder}/wheel.db"
    return subprocess.run(
        [scripts / words[0], *words[1:]],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_wheel_brings_its_rules_and_answers_on_the_command_line(installed, tmp_path):
    made = run(installed, tmp_path, "governance", "init", "--demo")
    assert made.returncode == 0, made.stderr
    listed = run(installed, tmp_path, "governance", "items", "--json")
    assert "ÆØ-1434/1" in listed.stdout
    refused = run(
        installed, tmp_path, "governance", "advance", "ÆØ-1434/1", "bestil", "--by", "kombit", "--json"
    )
    assert refused.returncode == 1, refused.stderr
    assert "K23" in json.dumps(json.loads(refused.stdout))
    checked = run(installed, tmp_path, "governance", "rules", "check")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_wheel_brings_its_pages_with_their_look(installed, tmp_path):
    assert run(installed, tmp_path, "governance", "init", "--demo").returncode == 0
    served = run(installed, tmp_path, "python", "-c", SERVE)
    assert served.returncode == 0, served.stderr
    assert "served" in served.stdout
    if wire.sheet() == wire.PLAIN:
        pytest.skip("the design system is not fetched here, so the wheel cannot carry it")
    assert "/dkfds/css/dkfds.css" in served.stdout
    assert int(served.stdout.split()[-1]) > len(fetch.FACES) * len(fetch.RANGES)
