"""Declarative governance rules: who may recommend, decide and approve what, and why not.

The engine knows no particular group. A group's terms of reference are a folder of rule files.
"""

from typing import TYPE_CHECKING

__version__: str

if not TYPE_CHECKING:

    def __getattr__(name: str) -> str:
        # Read when asked for, so that importing the pure core reads no file.
        if name == "__version__":
            from importlib.metadata import version  # noqa: PLC0415 - see above

            return version("dubu-governance")
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
