"""Free text beside the events: the event holds a salted digest, so that a text can go and the chain stand."""

from __future__ import annotations

from collections.abc import Mapping
from secrets import token_hex

from governance.store.chain import canonical, digest

ERASED = "[slettet]"
"""What stands where a text was erased."""

TOLD = "told"
"""The place of the sentences an event was answered with; no decision reads them."""

Sealed = dict[str, str | int]


def seal(into: list[Sealed], event: int, place: str, text: str) -> str:
    """The digest that stands for a text; the row that holds it is added to ``into``. Nothing for no text."""
    if not text:
        return ""
    salt = token_hex(16)
    found = text_digest(salt, text)
    into.append({"digest": found, "event": event, "place": place, "salt": salt, "text": text})
    return found


def text_digest(salt: str, text: str) -> str:
    """The digest of a text with its salt, kept apart: no letter may pass from one to the other."""
    return digest(canonical([salt, text]))


def unseal(digest_: str, texts: Mapping[str, str]) -> str:
    """The text a digest stands for, or the word for one that was erased."""
    return texts.get(digest_, ERASED) if digest_ else ""
