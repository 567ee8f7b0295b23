"""What is said when the libraries that write documents are not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from governance.model import RequestError, Text

LIBRARIES = frozenset({"docx", "icalendar", "lxml", "typst"})


class DocumentsMissing(RequestError):
    """The extra ``docs`` is not installed, so this document cannot be written."""

    def __init__(self, library: str) -> None:
        super().__init__(
            Text(
                f"dokumentet kan ikke skrives, for `{library}` mangler; "
                "installer det med: pip install dubu-governance[docs]",
                f"the document cannot be written, since `{library}` is missing; "
                "install it with: pip install dubu-governance[docs]",
            )
        )


@contextmanager
def needed() -> Iterator[None]:
    """Around imports of the extra's libraries; DocumentsMissing for one that is not there."""
    try:
        yield
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        if library not in LIBRARIES:
            raise
        raise DocumentsMissing(library) from None
