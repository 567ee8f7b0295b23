"""What is said when the libraries that write documents are not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from governance.model import RequestError, Text

LIBRARIES = {"pdf": ("typst",), "docx": ("docx", "lxml"), "ics": ("icalendar",)}
"""What writes each kind of file, by the ending of its name."""


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


def writable(ending: str) -> bool:
    """Whether what writes a kind of file is installed."""
    return all(find_spec(library) is not None for library in LIBRARIES[ending])


@contextmanager
def needed() -> Iterator[None]:
    """Around imports of the extra's libraries; DocumentsMissing for one that is not there."""
    try:
        yield
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        if not any(library in each for each in LIBRARIES.values()):
            raise
        raise DocumentsMissing(library) from None
