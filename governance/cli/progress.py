"""A bar for long work, where somebody can see it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import click

from governance.cli.speaking import Out
from governance.model import Text


@contextmanager
def progress_bar(out: Out, label: Text) -> Iterator[Callable[[int, int], None]]:
    """Gives what is told how much is done and of how much; it shows it only on a terminal."""
    shows: list[Any] = []
    with ExitStack() as open_:

        def show(done: int, total: int) -> None:
            if not sys.stderr.isatty():
                return
            if not shows:
                bar: Any = click.progressbar(length=max(total, 1), label=out(label), file=sys.stderr)
                shows.append(open_.enter_context(bar))
            shows[0].update(min(done, total) - shows[0].pos)

        yield show
