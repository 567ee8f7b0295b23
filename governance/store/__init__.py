"""The record on disk: chained events that are only ever added, and what stands beside them."""

from governance.store.adopted import adopted, rulebook_text
from governance.store.beside import (
    answer_to,
    keep_rulebook,
    names,
    new_person,
    refs_of,
    remember,
    unkept_rulebooks,
)
from governance.store.chain import GENESIS, canonical, digest, event_hash
from governance.store.codec import read_event, write_event, write_time
from governance.store.engine import make_engine, reading, writing
from governance.store.errors import StoreError
from governance.store.events import (
    append,
    ids_as_entered,
    ids_of,
    kind_of,
    last_number,
    last_recorded,
    load_all,
    load_between,
    load_corrections,
    load_families,
    load_family,
    load_lacking,
    load_linking,
    load_numbered,
    load_of,
    load_one,
    load_things,
    version_of,
    versions,
)
from governance.store.schema import metadata
from governance.store.seals import ERASED
from governance.store.upgrade import is_register, upgrade

__all__ = [
    "ERASED",
    "GENESIS",
    "StoreError",
    "adopted",
    "answer_to",
    "append",
    "canonical",
    "digest",
    "event_hash",
    "ids_as_entered",
    "ids_of",
    "is_register",
    "keep_rulebook",
    "kind_of",
    "last_number",
    "last_recorded",
    "load_all",
    "load_between",
    "load_corrections",
    "load_families",
    "load_family",
    "load_lacking",
    "load_linking",
    "load_numbered",
    "load_of",
    "load_one",
    "load_things",
    "make_engine",
    "metadata",
    "names",
    "new_person",
    "read_event",
    "reading",
    "refs_of",
    "remember",
    "rulebook_text",
    "unkept_rulebooks",
    "upgrade",
    "version_of",
    "versions",
    "write_event",
    "write_time",
    "writing",
]
