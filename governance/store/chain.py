"""The chain: every event carries the hash of the one before it and its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

GENESIS = "0" * 64
"""What stands before the first event."""


def canonical(value: object) -> str:
    """JSON with sorted keys and no spaces, letters as they are: the same value is the same text."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest(text: str) -> str:
    """SHA-256 of a text, in hex."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def event_hash(row: Mapping[str, object]) -> str:
    """The hash of an event's row: of all its columns but the hash itself, by name."""
    return digest(canonical({name: value for name, value in row.items() if name != "hash"}))


def rulebook_files(files: Mapping[str, str]) -> str:
    """The text a rulebook is stored as: its files by name."""
    return canonical(dict(files))
