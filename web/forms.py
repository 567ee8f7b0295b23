"""What a form sent, kept as it was typed so that it can be shown again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from werkzeug.datastructures import MultiDict

from governance.model import RequestError, Text

FACT = "fact."
UNSEEN = frozenset({"csrf_token", "form", "target", "version", "once", "sure", "place"})
SECRET = frozenset({"password", "before", "again"})
"""The fields of a form that are never shown again."""
MOST_DIGITS = 9
MOST_ONCE = 40


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of a sent form; an empty one stands for a form nobody has filled in yet.

    ``inputs`` are the facts the form asked for, by id, without those left blank; ``version`` is that of the
    item its sender had before them. ``key`` is the same
    when the same form is sent twice, and another when anything in it was changed.
    """

    form: str = ""
    target: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    version: int | None = None
    key: str = ""

    def is_for(self, form: str, target: str) -> bool:
        """Whether this is what was typed into that form."""
        return (self.form, self.target) == (form, target)

    def get(self, name: str, default: str = "") -> str:
        """One field, stripped."""
        return self.fields.get(name, default).strip()


def written(sent: MultiDict[str, str]) -> list[tuple[str, str]]:
    """What somebody wrote in a form that cannot be taken, to be shown to them by field; no password."""
    left_out = UNSEEN | SECRET
    fields = sent.items(multi=True)
    return [(name.removeprefix(FACT), text) for name, text in fields if text and name not in left_out]


def read_typed(sent: MultiDict[str, str]) -> Typed:
    """The fields of the form that was sent; several marks of one fact mean that it is one of them."""
    fields = {name: "|".join(values).replace("\r\n", "\n") for name, values in sent.lists()}
    inputs = {
        name.removeprefix(FACT): value.strip()
        for name, value in fields.items()
        if name.startswith(FACT) and value.strip()
    }
    return Typed(
        form=fields.get("form", ""),
        target=fields.get("target", ""),
        fields=fields,
        inputs=inputs,
        version=number(fields.get("version", "")),
        key=_key(fields),
    )


def _key(fields: Mapping[str, str]) -> str:
    once = fields.get("once", "")[:MOST_ONCE]
    said = "\0".join(f"{name}={value}" for name, value in sorted(fields.items()) if name != "csrf_token")
    return f"form/{once}/{sha256(said.encode('utf-8', 'replace')).hexdigest()[:32]}" if once else ""


def number(text: str) -> int | None:
    """A number the form carries unseen; RequestError when it was changed on the way."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise RequestError(
            Text(
                "formularen er ændret undervejs; hent siden igen",
                "the form was changed on its way; load the page again",
            )
        )
    return int(text)
