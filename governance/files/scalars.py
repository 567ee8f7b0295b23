"""What one key or one value of a rule file means."""

import re
from typing import NoReturn

from ruamel.yaml.events import ScalarEvent

from governance.files.collector import Collector, Position, quoted
from governance.files.text import named, place

MOST_TEXT = 4_000
MOST_KEY = 128
MOST_DIGITS = 12

_WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_FOREIGN = re.compile(r"[^\x00-\x7f\xa1-\xff]")


def value_of(event: ScalarEvent, at: Position, faults: Collector) -> object:
    """Text, or what plain `true`, `false`, `null`, `~`, nothing and whole numbers stand for.

    Everything else that is plain (`no`, `12:30`, `1/4`, `1.5`, `0x10`, `2025-09-09`) is text.
    """
    text: str = event.value
    if len(text) > MOST_TEXT:
        refuse_long(faults, at, text)
    if not _is_plain(event):
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE_NUMBER.fullmatch(text):
        return _number(text, at, faults)
    if " " not in text and "\n" not in text:
        _refuse_foreign(event, "er det tekst, så sæt den i anførselstegn", faults)
    return text


def key_of(event: ScalarEvent, at: Position, faults: Collector) -> str:
    """A key's text; notes a key that is not text, or that may be mistaken for another."""
    text: str = event.value
    if _is_plain(event) and (text in _WORDS or _WHOLE_NUMBER.fullmatch(text)):
        message = f"nøglen {quoted(text)} er ikke tekst"
        faults.add(
            "yaml-key-not-text",
            at,
            message,
            "sæt den i anførselstegn" if text else "skriv nøglen før kolonet",
        )
    elif text == "<<":
        message = "`<<` fletter nøgler ind, og det må en regelfil ikke"
        faults.add("yaml-merge-key", at, message, "skriv nøglerne ud")
    elif len(text) > MOST_KEY:
        message = f"nøglen {quoted(text)} har `{len(text)}` tegn, og en nøgle må højst have {MOST_KEY}"
        faults.add("yaml-too-long-key", at, message, "forkort den")
    else:
        _refuse_foreign(event, "skriv nøglen med latinske bogstaver", faults)
    return text


def refuse_long(faults: Collector, at: Position, text: str) -> NoReturn:
    """Stops at a text that is too long."""
    message = f"teksten {quoted(text)} har flere end {MOST_TEXT} tegn"
    faults.stop("yaml-too-long-scalar", at, message, "forkort den, eller afslut den tidligere")


def _is_plain(event: ScalarEvent) -> bool:
    return event.style is None


def _number(text: str, at: Position, faults: Collector) -> int:
    if len(text.lstrip("-")) <= MOST_DIGITS:
        return int(text)
    message = f"tallet {quoted(text)} har flere end {MOST_DIGITS} cifre"
    faults.add("yaml-too-long-integer", at, message, "er det tekst, så sæt den i anførselstegn")
    return 0


def _refuse_foreign(event: ScalarEvent, mend: str, faults: Collector) -> None:
    if event.value.isascii():
        return
    start, end = event.start_mark, event.end_mark
    found = _FOREIGN.search(start.buffer, start.index, end.index)
    if found:
        message = f"{named(found[0])} i {quoted(event.value)} er ikke et latinsk bogstav, men kan ligne et"
        faults.add("yaml-foreign-letter", place(start.buffer, found.start()), message, mend)
