"""What stands for a word in the help, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from governance.model import Text

METAVARS: Mapping[str, Text] = {
    word: Text(da, word)
    for word, da in (
        ("ADDRESS", "ADRESSE"),
        ("BODY", "ORGAN"),
        ("CODE", "KODE"),
        ("CONCLUSION", "KONKLUSION"),
        ("CONSULTATION", "HØRING"),
        ("DIR", "MAPPE"),
        ("EVENT", "BEGIVENHED"),
        ("FACT=VALUE", "OPLYSNING=VÆRDI"),
        ("FILE", "FIL"),
        ("ID", "ID"),
        ("ITEM", "SAG"),
        ("ITEM=SCORE...", "SAG=POINT..."),
        ("LOGIN", "LOGIN"),
        ("MEETING", "MØDE"),
        ("MONTHS", "MÅNEDER"),
        ("NAME", "NAVN"),
        ("NAME=ID", "NAVN=ID"),
        ("NAME=VALUE", "NAVN=VÆRDI"),
        ("NUMBER", "TAL"),
        ("NUMBER:HASH", "NUMMER:HASH"),
        ("ORGANISATION", "ORGANISATION"),
        ("PAPER", "PAPIR"),
        ("PATH", "STI"),
        ("POINT", "PUNKT"),
        ("REF", "REF"),
        ("ROLE", "ROLLE"),
        ("ROUND", "RUNDE"),
        ("SECTION", "AFSNIT"),
        ("STATE", "TILSTAND"),
        ("STATUS", "FREMMØDE"),
        ("STEP", "SKRIDT"),
        ("TEXT", "TEKST"),
        ("WHAT", "HVAD"),
        ("WHOM", "HVEM"),
        ("WORD", "ORD"),
        ("OPTIONS", "VALG"),
        ("COMMAND [ARGS]...", "KOMMANDO [ORD]..."),
    )
}
"""Commands name these by their English word; `Option` and the usage line say them in the run's language."""


def metavar(word: str) -> Text:
    """What stands for a word, with the brackets of one that may be left out; choices stand for themselves."""
    bare = word[1:-1] if word.startswith("[") and word.endswith("]") else word
    found = METAVARS.get(bare)
    if found is None:
        return Text(word, word)
    return found if bare == word else Text(f"[{found.da}]", f"[{found.en}]")
