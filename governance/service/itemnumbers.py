"""Slips in the numbers of items, which ``import.yaml`` beside a group's rulebooks says how to put right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from governance.files import Document, parse_document
from governance.model import RequestError, Text
from governance.parsing.faultlist import Faults
from governance.parsing.faultlist import Place as InFile

FILE = "import.yaml"
KEYS = ("prefix", "separator", "digits", "also_written", "without_prefix")
MOST_DIGITS = 9
_DASHES = r"[-\u2010-\u2015\u2212_]"


@dataclass(frozen=True, slots=True)
class ItemNumbers:
    """How the numbers of items are written in a group: a prefix, a separator and so many digits."""

    prefix: str = ""
    separator: str = ""
    least: int = 1
    most: int = MOST_DIGITS
    also_written: tuple[str, ...] = ()
    without_prefix: bool = False

    def read(self, text: str) -> str:
        """The number that was meant; the text itself where it is not a number of this kind."""
        told = unicodedata.normalize("NFC", text.strip())
        if not self.prefix:
            return told
        head, slash, track = told.partition("/")
        found = re.fullmatch(rf"([^\W\d_]*)\s*{_DASHES}?\s*(\d{{{self.least},{self.most}}})", head.strip())
        if found is None or not found[2].isascii():
            return told
        prefixes = {each.casefold() for each in (self.prefix, *self.also_written)}
        if found[1].casefold() not in prefixes and (found[1] or not self.without_prefix):
            return told
        return f"{self.prefix}{self.separator}{found[2]}{slash}{track.strip()}"


def item_numbers(folder: Path | None) -> ItemNumbers:
    """What a folder of rulebooks says of item numbers; nothing is put right where it says nothing.

    RuleError for a file that cannot be used.
    """
    path = None if folder is None else folder / FILE
    if path is None or not path.is_file():
        return ItemNumbers()
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RequestError(
            Text(f"{path} kan ikke læses ({error.strerror})", f"{path} cannot be read ({error.strerror})")
        ) from None
    return _read(parse_document(FILE, content))


def _read(document: Document) -> ItemNumbers:
    faults = Faults([document])
    said = _mapping(document.data, InFile(0), ("item_numbers",), faults).get("item_numbers", {})
    place = InFile(0, ("item_numbers",))
    told = _mapping(said, place, KEYS, faults)
    digits = _mapping(told.get("digits", {}), place.at("digits"), ("least", "most"), faults)
    least, most = (
        _digits(digits.get(name, instead), place.at("digits", name), faults)
        for name, instead in (("least", 1), ("most", MOST_DIGITS))
    )
    if least > most:
        faults.add("conflicting-keys", place.at("digits"), f"`least` ({least}) er over `most` ({most})")
    written = told.get("also_written", [])
    if not isinstance(written, list) or not all(isinstance(each, str) and each.strip() for each in written):
        faults.add("wrong-type", place.at("also_written"), "her skal stå en liste af tekster")
        written = []
    bare = told.get("without_prefix", False)
    if not isinstance(bare, bool):
        faults.add("wrong-type", place.at("without_prefix"), "her skal stå true eller false")
    texts = {}
    for name in ("prefix", "separator"):
        texts[name] = told.get(name, "")
        if not isinstance(texts[name], str):
            faults.add("wrong-type", place.at(name), "her skal stå en tekst")
    if told and not texts["prefix"]:
        faults.add("missing-key", place, "`prefix` mangler", "skriv det, et nummer begynder med")
    faults.raise_if_any()
    return ItemNumbers(texts["prefix"], texts["separator"], least, most, tuple(written), bare is True)


def _mapping(value: object, place: InFile, keys: tuple[str, ...], faults: Faults) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        faults.add("wrong-type", place, "her skal stå nøgler med værdier", "skriv `nøgle: værdi`")
        return {}
    for key in value:
        if key not in keys:
            faults.unknown("unknown-key", place.at(key), key, "en nøgle her", keys, key=True)
    return value


def _digits(value: object, place: InFile, faults: Faults) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST_DIGITS:
        return value
    faults.add("wrong-type", place, f"her skal stå et helt tal fra 1 til {MOST_DIGITS}")
    return 1
