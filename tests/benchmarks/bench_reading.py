"""What an item and its next steps cost to read when the database holds ever more events of other items.

Each size is measured against a database that holds only a thousand, in turn, so that the machine's other work
falls on both.
"""

from contextlib import ExitStack
from statistics import median
from time import perf_counter

import pytest

from governance.service import item, steps
from tests.benchmarks.databases import demo_in
from tests.benchmarks.filling import PATTERN, enter_pattern, fill
from tests.databases import running_server

FEW = 1_000
SIZES = [100_000, 1_000_000]
ROUNDS = 60
AIM = 1.2


@pytest.fixture(params=["sqlite", "postgresql"])
def two(request, tmp_path):
    """Two databases with the same item."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            urls = [f"sqlite:///{tmp_path / name}.sqlite" for name in ("few", "many")]
        else:
            server = stack.enter_context(running_server(fsync=True))
            urls = [stack.enter_context(server.database()) for _ in range(2)]
        made = [stack.enter_context(demo_in(url)) for url in urls]
        for gov in made:
            enter_pattern(gov)
        yield made
    for path in tmp_path.iterdir():  # a gigabyte
        path.unlink()


def seconds(act):
    start = perf_counter()
    act()
    return perf_counter() - start


def compared(ask, few, many):
    """Median milliseconds where there are few others and where there are many, taken in turn."""
    taken = [[seconds(lambda gov=gov: ask(gov, PATTERN)) for gov in (few, many)] for _ in range(ROUNDS)]
    return [1000 * median(each) for each in zip(*taken, strict=True)]


def test_reading_an_item_takes_no_longer_among_a_million_events_of_others(two, capsys):
    few, many = two
    kind = few.engine.dialect.name
    fill(few, FEW)
    ratios = {}
    for size in SIZES:
        start = perf_counter()
        fill(many, size)
        filled = perf_counter() - start
        for what, ask in (("next steps", steps), ("the whole item", item)):
            small, large = compared(ask, few, many)
            ratios[what, size] = large / small
            with capsys.disabled():
                print(  # noqa: T201
                    f"\n{kind}: {what} {small:.1f} ms among {FEW:,} events, {large:.1f} ms among {size:,}, "
                    f"ratio {large / small:.2f} (aim {AIM}; filled in {filled:.0f} s)",
                    end="",
                )
    assert max(ratios.values()) <= AIM
