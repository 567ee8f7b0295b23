"""The record on disk: events that are only ever added, and one row a thing with its state and version."""

from governance.store.codec import read_event, write_event
from governance.store.engine import make_engine, reading, writing
from governance.store.errors import StoreError
from governance.store.events import append, last_number, load_all, load_family, versions
from governance.store.schema import metadata
from governance.store.upgrade import upgrade

__all__ = [
    "StoreError",
    "append",
    "last_number",
    "load_all",
    "load_family",
    "make_engine",
    "metadata",
    "read_event",
    "reading",
    "upgrade",
    "versions",
    "write_event",
    "writing",
]
