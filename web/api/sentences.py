"""What is wrong with a request before anything judges it, in both languages, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from governance.model import RequestError, Text
from governance.service import Audit, Receipt


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a request.

    ``at`` is its place: ``#/inputs/size`` in the content, ``?on`` in the address, a header's name, the id of
    the rule that refuses; empty where the sentence says it.
    """

    at: str
    text: Text


class Unreadable(Exception):
    """A request that is not what the document says; ``faults`` are all that is wrong."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{each.at} {each.text.en}" for each in faults))


class NotThere(Exception):
    """Nothing is at the address that was asked for."""

    def __init__(self, problems: tuple[Text, ...]) -> None:
        self.problems = problems
        super().__init__(RequestError(*problems))


class Refused(Exception):
    """A step that the rules do not allow; the refusal is stored."""

    def __init__(self, receipt: Receipt) -> None:
        self.receipt = receipt
        super().__init__(receipt.proof)


class Faulty(Exception):
    """A record that does not check out, so that it is not given away; ``audit`` says why."""

    def __init__(self, audit: Audit) -> None:
        self.audit = audit
        super().__init__(f"{len(audit.problems)} faults")


class Unseen(Exception):
    """A change that needs the version its sender saw."""


PLAIN = {
    "missing": Text("mangler; skriv det", "is missing; write it"),
    "null": Text(
        "kan ikke være null; udelad det, eller skriv en værdi",
        "cannot be null; leave it out or write a value",
    ),
    "words": Text("er ikke en tekst; skriv den i anførselstegn", "is no text; write it in quotes"),
    "unstorable": Text(
        "indeholder tegn, der ikke kan gemmes (NUL eller et halvt tegn); fjern dem",
        "holds characters that cannot be stored (NUL or half a character); remove them",
    ),
    "whole": Text("er ikke et helt tal; skriv fx 7", "is no whole number; write 7, say"),
    "flag": Text("er hverken true eller false", "is neither true nor false"),
    "list": Text("er ikke en liste; skriv [ … ]", "is no list; write [ … ]"),
    "object": Text("er ikke et objekt; skriv { … }", "is no object; write { … }"),
    "unknown": Text("kendes ikke her; fjern det", "is not known here; remove it"),
}
"""Each reason by its code, told after the name of the field."""


def printable_text(text: str) -> bool:
    """Whether every character of a text can be stored: no NUL, no half of a character."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def shown(name: str) -> str:
    """A name out of a request as a sentence shows it: no longer than a line, nothing unprintable."""
    return "".join(
        letter if letter.isprintable() and letter != "`" else letter.encode("unicode_escape").decode("ascii")
        for letter in name[:60]
    )


def told(code: str) -> Text:
    """The sentence of a reason."""
    word, _, rest = code.partition(" ")
    if word == "among":
        return Text(f"findes ikke; der er {', '.join(rest.split())}", f"is none of {', '.join(rest.split())}")
    if word == "within":
        least, most = rest.split()
        if least == "None":
            return Text(f"er for langt eller stort; højst {most}", f"is too long or large; at most {most}")
        return Text(f"ligger ikke mellem {least} og {most}", f"is not between {least} and {most}")
    return PLAIN.get(code, Text("kan ikke bruges", "cannot be used"))


ENTRY = 3
"""How deep the entries of a mapping stand: below where it was sent, the field and the entry's name."""


def _is_marshmallows(name: object, at: tuple[str, ...]) -> bool:
    """Whether a name is none of the sender's: that of a whole, or of an entry's key or value."""
    return name == "_schema" or (len(at) >= ENTRY and name in ("key", "value"))


def wrongs(messages: Any, at: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Text]]:
    """Each reason with its path, from the nested messages of a schema."""
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            yield from wrongs(inner, at if _is_marshmallows(name, at) else (*at, str(name)))
        return
    for each in messages if isinstance(messages, list) else [messages]:
        if isinstance(each, (Mapping, list)):
            yield from wrongs(each, at)
        else:
            yield at, told(str(each))
