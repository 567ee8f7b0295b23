"""The pages under a real gunicorn: how it starts, what it writes, and how it ends."""

import json
import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from types import SimpleNamespace

import pytest

from web import serving

TREE = Path(__file__).parents[2]
MANY = 10_000
"""Requests after which a server that has been told to stop should have noticed."""


@pytest.fixture
def pipes(tmp_path):
    """Two named pipes: from the slow page, and to it."""
    for name in ("begun", "go-on"):
        os.mkfifo(tmp_path / name)
    return tmp_path / "begun", tmp_path / "go-on"


@pytest.fixture
def environment(tmp_path, pipes):
    begun, go_on = map(str, pipes)
    return {
        **os.environ,
        "PYTHONPATH": str(TREE),
        "GOVERNANCE_DATABASE_URL": f"sqlite:///{tmp_path / 'record.sqlite'}",
        "GOVERNANCE_SECRET_KEY": "k" * 32,
        "BEGUN": begun,
        "GO_ON": go_on,
    }


@pytest.fixture
def serve(environment, tmp_path):
    """Start a server on a socket of the test's; gives it and its port. What is left of it is killed."""
    started = []

    def served(*more):
        with socket.create_server(("127.0.0.1", 0)) as listener, (tmp_path / "log").open("wb") as log:
            command = ["gunicorn", "--config", "python:web.serving", "--bind", f"fd://{listener.fileno()}"]
            process = subprocess.Popen(
                [sys.executable, "-m", *command, *more, "tests.web.slow_app:slow_app()"],
                env=environment,
                cwd=TREE,
                stderr=log,
                pass_fds=[listener.fileno()],
            )
            started.append(process)
            return process, listener.getsockname()[1]

    yield served
    for process in started:
        process.kill()
        process.wait()


def asked(port, path, **headers):
    """The status, headers and text of an answer."""
    connection = HTTPConnection("localhost", port, timeout=60)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read().decode()
    connection.close()
    return found


def test_a_server_told_to_stop_answers_what_it_has_begun_and_refuses_the_rest(serve, pipes, tmp_path):
    process, port = serve()
    begun, go_on = pipes
    with ThreadPoolExecutor() as threads:
        slow = threads.submit(asked, port, "/slow")
        assert begun.read_text() == "begun"
        assert asked(port, "/readyz")[0] == 200
        process.send_signal(signal.SIGTERM)
        status, _, text = next(found for _ in range(MANY) if (found := asked(port, "/readyz"))[0] != 200)
        assert (status, json.loads(text)) == (
            503,
            {"serving": False, "database": True, "tables": True, "rules": True},
        )
        assert asked(port, "/healthz")[0] == 200
        refused = asked(port, "/help")
        assert (refused[0], refused[1]["Retry-After"]) == (503, "5")
        go_on.write_text("done")
        assert slow.result()[::2] == (200, "done")
    assert process.wait(timeout=60) == 0
    with pytest.raises(ConnectionError):
        asked(port, "/readyz")
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    requests = [(line["route"], line["status"]) for line in lines if line["event"] == "request"]
    assert ("/slow", 200) in requests
    assert ("/help", 503) in requests
    assert ("/healthz", 200) not in requests


def test_two_workers_share_what_signs_the_cookies(serve):
    _, port = serve("--workers", "2")
    cookie = asked(port, "/help?lang=en")[1]["Set-Cookie"].partition(";")[0]
    assert all('lang="en"' in asked(port, "/help", Cookie=cookie)[2] for _ in range(8))


def test_several_workers_without_a_key_are_not_started_and_told_why(environment):
    command = [sys.executable, "-m", "gunicorn", "--config", "python:web.serving", "--workers", "2"]
    run = subprocess.run(
        [*command, "web:create_app()"],
        env=environment | {"GOVERNANCE_SECRET_KEY": ""},
        cwd=TREE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode != 0
    assert "several processes must share one key" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("workers", [1, 2])
def test_a_server_whose_settings_cannot_be_used_is_not_started(monkeypatch, workers):
    monkeypatch.setenv("GOVERNANCE_PROXIES", "many")
    with pytest.raises(SystemExit, match="GOVERNANCE_PROXIES is `many`"):
        serving.on_starting(SimpleNamespace(cfg=SimpleNamespace(workers=workers)))
