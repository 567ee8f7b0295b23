"""Whose fact a fact is: what is asked of a row is told as its own, and of other things with their name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from governance.conditions.nodes import (
    Condition,
    Count,
    Distinct,
    Each,
    Exists,
    Extreme,
    Fact,
    Literal,
    Reading,
    Recorded,
    Rows,
    Share,
)
from governance.model import Text
from governance.prose.labels import SINGLE
from governance.prose.nouns import SCOPES
from governance.vocabulary import SCOPES as KNOWN

HOME = frozenset(
    {
        "item",
        "request",
        "act",
        "member",
        "attendance",
        "participant",
        "relation",
        "call",
        "superuser",
        "seat",
        "term",
        "meeting",
        "agenda-point",
        "round",
        "release",
        "ballot",
        "deputy",
        "consultation",
        "year",
    }
)
"""The things whose facts need no name where nothing else is spoken of."""
OUTER = "*"
"""Marks a thing that is spoken of from inside the rows of a collection, where it must be named."""
KIND_OF: Mapping[str, str] = {
    listed: kind for scope in KNOWN.values() for listed, kind in scope.lists.items()
}
ALIASES: Mapping[str, str] = {
    one.da.partition(" ")[2]: KIND_OF[listed] for listed, one in SINGLE.items() if listed in KIND_OF
}
"""What a rule likes to call a row, by the Danish word for one of its kind."""


def say_thing(name: str) -> Text:
    """The thing a rule names, by its scope or by the name the rule gives a row."""
    thing = name.rstrip(OUTER)
    return SCOPES.get(thing) or SCOPES.get(ALIASES.get(thing, "")) or Text(thing, thing)


def own(condition: Condition, rows: Rows) -> Condition:
    """What is asked of a row, told as its own; what it is held against says whose it is."""
    told: Condition = _told(condition, rows.name, KIND_OF.get(rows.collection, rows.name), inside=False)
    return told


def _told(node: Any, name: str, kind: str, *, inside: bool) -> Any:
    if isinstance(node, Fact | Recorded):
        if node.of == name and not inside:
            return replace(node, of=kind)
        of = kind if node.of == name else node.of
        return replace(node, of=f"{of}{OUTER}") if node.of == name or of in HOME - {"request"} else node
    if isinstance(node, tuple):
        return tuple(_told(each, name, kind, inside=inside) for each in node)
    if not is_dataclass(node) or isinstance(node, type | Literal | Reading):
        return node
    below = inside or isinstance(node, Exists | Each | Count | Share | Distinct | Extreme)
    parts = {each.name: _told(getattr(node, each.name), name, kind, inside=below) for each in fields(node)}
    return replace(node, **parts)
