"""What the item page, the lists and what waits cost against a trivial page, among a thousand and many items.

Two servers stand over two databases, each gunicorn with two workers of threads as it is served for real; four
connections that are kept open ask one page of one server at a time, each page in turn, several times over, so
that the machine's other work falls on all. Every page passes the same guards and is noted in the access log.
"""

import os
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from socket import create_server
from statistics import median, quantiles
from threading import Thread
from time import monotonic, perf_counter, sleep

import pytest

from governance.service import add_item
from tests.benchmarks.databases import demo_in
from tests.benchmarks.filling import PATTERN, enter_pattern, fill

FEW, MANY = 1_000, int(os.environ.get("GOVERNANCE_BENCH_ITEMS", "100000"))
EVENTS = 10
ASKING, REQUESTS, ROUNDS = 4, 10, 5
PAGES = {
    "trivial": "/trivial",
    "item": f"/items/{PATTERN}",
    "list": "/items",
    "list by title": "/items?sort=-title&page=3",
    "list by state": "/items?sort=state&page=3",
    "board": "/items?view=board",
    "search": "/items?q=andet-1234",
    "start": "/",
    "to do": "/todo",
}
AIM_OF_THE_ITEM, AIM_AMONG_MANY = 1 / 3, 1.2
LEAST_OF_THE_ITEM = 1 / 5
"""What is asserted: below what was measured, since the machine is shared; the aim is printed beside."""


@contextmanager
def serving(url):
    """The port of a server over a database, once it answers."""
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    told = {
        "GOVERNANCE_DATABASE_URL": url,
        "GOVERNANCE_SECRET_KEY": "k" * 64,
        "GOVERNANCE_LOG_LEVEL": "ERROR",
    }
    words = ["--config", "python:web.serving", "--workers", "2", "--bind", f"127.0.0.1:{port}"]
    made = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *words, "tests.benchmarks.served:app()"],
        env={**os.environ, **told},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = monotonic() + 60
        while True:
            try:
                asked(port, "/trivial", 1)
                break
            except OSError:
                assert made.poll() is None
                assert monotonic() < until
                sleep(0.2)
        yield port
    finally:
        made.terminate()
        made.wait(60)


def asked(port, path, times):
    """Ask a page so many times on one connection; gives the seconds of each answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    taken = []
    for _ in range(times):
        start = perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, body[:500]
        taken.append(perf_counter() - start)
    connection.close()
    return taken


def loaded(port, path):
    """Ask a page on several connections at once; requests a second, and the seconds of each."""
    taken = []
    askers = [Thread(target=lambda: taken.extend(asked(port, path, REQUESTS))) for _ in range(ASKING)]
    start = perf_counter()
    for each in askers:
        each.start()
    for each in askers:
        each.join()
    assert len(taken) == ASKING * REQUESTS
    return len(taken) / (perf_counter() - start), taken


@pytest.fixture
def servers(tmp_path):
    """The ports of two servers: among few items and among many."""
    with ExitStack() as stack:
        urls = []
        for items in (FEW, MANY):
            url = f"sqlite:///{tmp_path / f'{items}.sqlite'}"
            with demo_in(url) as gov:
                enter_pattern(gov)
                add_item(gov, "ÆØ-1000000", "aendringsoenske", "Et ønske til")
                fill(gov, items * EVENTS)
            urls.append(url)
        yield [stack.enter_context(serving(url)) for url in urls]
    for path in tmp_path.iterdir():
        path.unlink()


def test_the_item_page_and_the_list_against_a_trivial_page(servers, capsys):
    rates = {(page, place): [] for page in PAGES for place in (0, 1)}
    times = {each: [] for each in rates}
    for port in servers:
        for path in PAGES.values():
            asked(port, path, 4)
    for _ in range(ROUNDS):
        for page, path in PAGES.items():
            for place, port in enumerate(servers):
                rate, taken = loaded(port, path)
                rates[page, place].append(rate)
                times[page, place] += taken
    told = []
    for (page, place), found in rates.items():
        cut = quantiles(times[page, place], n=100)
        share = median(found) / median(rates["trivial", place])
        told.append(
            f"{page:14} among {(FEW, MANY)[place]:>7,}: {median(found):6.1f}/s, p50 {1000 * cut[49]:6.1f}, "
            f"p99 {1000 * cut[98]:6.1f} ms, {share:.3f} of the trivial page's rate"
        )
    slower = {page: median(times[page, 1]) / median(times[page, 0]) for page in PAGES}
    with capsys.disabled():
        print("", *told, sep="\n")  # noqa: T201
        for page, ratio in slower.items():
            print(f"{page:14} {ratio:.2f} times the median among few (aim {AIM_AMONG_MANY})")  # noqa: T201
        print(f"the item page's aim is {AIM_OF_THE_ITEM:.2f} of the trivial page's rate")  # noqa: T201
    for place in (0, 1):
        assert median(rates["item", place]) / median(rates["trivial", place]) >= LEAST_OF_THE_ITEM
    assert slower["item"] <= AIM_AMONG_MANY
    assert slower["list"] <= AIM_AMONG_MANY
