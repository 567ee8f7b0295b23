"""The scopes a rule can speak of, and what the engine knows of each before a rulebook declares more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from governance.values import Kind

WORD = Kind("word")
DATE = Kind("date")
NUMBER = Kind("number")
TEXT = Kind("text")
YES_NO = Kind("word", ("ja", "nej"))


@dataclass(frozen=True, slots=True)
class ScopeKind:
    """What one kind of row has: facts by kind, single links and collections by the scope they lead to."""

    facts: Mapping[str, Kind] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, str] = field(default_factory=dict)
    inherits: tuple[str, ...] = ()


EXCUSE, EXCUSED_BY = "excuse", "excused_by"
"""The recorded reason for departing from a default, and the body that gave it."""

_EXCUSES = {EXCUSE: TEXT, EXCUSED_BY: WORD}
_TERM = {"municipality": WORD, "from": DATE, "to": DATE, "last_day": DATE, **_EXCUSES}

SCOPES: Mapping[str, ScopeKind] = {
    "request": ScopeKind({"on": DATE, "body": WORD, "person": WORD, "recorder": WORD}),
    "item": ScopeKind(
        {"id": WORD, "kind": WORD},
        {"whole": "item"},
        {"acts": "act", "tracks": "item", "relations": "relation"},
    ),
    "act": ScopeKind(
        {
            "act": WORD,
            "body": WORD,
            "person": WORD,
            "recorder": WORD,
            "on": DATE,
            "current_round": YES_NO,
            "stands": YES_NO,
        }
    ),
    "relation": ScopeKind({"kind": WORD, "to": WORD}),
    "body": ScopeKind(
        {"id": WORD, "places": NUMBER, **_EXCUSES},
        {},
        {"seats": "seat", "members": "member", "participants": "participant", "meetings": "meeting"},
    ),
    "seat": ScopeKind(
        {"id": WORD, "occupied": YES_NO, **_EXCUSES}, {"body": "body"}, {"terms": "term", "calls": "call"}
    ),
    "term": ScopeKind(_TERM, {"organisation": "organisation", "seat": "seat"}, {"acts": "act"}),
    "member": ScopeKind(
        _TERM, {"organisation": "organisation", "seat": "seat"}, {}, ("term", "organisation")
    ),
    "organisation": ScopeKind({"id": WORD, "kind": WORD}, {}, {"superusers": "superuser"}),
    "participant": ScopeKind(
        {"organisation": WORD, "role": WORD, "from": DATE, "to": DATE}, {"body": "body"}
    ),
    "meeting": ScopeKind(
        {"id": WORD, "date": DATE, **_EXCUSES}, {"body": "body"}, {"attendances": "attendance", "acts": "act"}
    ),
    "attendance": ScopeKind(
        {"organisation": WORD, "role": WORD, "status": Kind("word", ("ventet", "til-stede", "afbud"))},
        {"meeting": "meeting"},
    ),
    "superuser": ScopeKind({"organisation": WORD}),
    "agenda-point": ScopeKind({"point": WORD, "conclusion": TEXT}),
    "ballot": ScopeKind({"organisation": WORD, "score": NUMBER}),
    "call": ScopeKind({"on": DATE, "via": WORD}),
    "year": ScopeKind({"number": NUMBER, "start": DATE, "end": DATE}, {}, {"meetings": "meeting"}),
}

RECORDED_KINDS = (
    "body",
    "seat",
    "term",
    "participant",
    "meeting",
    "attendance",
    "superuser",
    "call",
    "organisation",
    "relation",
    "agenda-point",
    "ballot",
)
"""Things other than items that the record holds, each with a row kind of the same name."""

OF_AN_ITEM = ("relation",)
"""Of these, what belongs to an item as its tracks do. The rest is the group around all items."""

BESIDE = ("agenda-point", "ballot")
"""Of these, what is kept and shown but held against nothing yet: no decision loads it."""

GROUP_KINDS = tuple(kind for kind in RECORDED_KINDS if kind not in (*OF_AN_ITEM, *BESIDE))


def reached(*scopes: str) -> frozenset[str]:
    """The scopes a condition that starts from these can come to, by links and collections."""
    found: set[str] = set()
    new = set(scopes)
    while new:
        found |= new
        new = {
            to for each in new for to in (*SCOPES[each].links.values(), *SCOPES[each].lists.values())
        } - found
    return frozenset(found)


AROUND_AN_ITEM = tuple(kind for kind in GROUP_KINDS if kind in reached("request", "item"))
"""What a decision on an item can rest on besides its family; the rest of the group is not loaded for it."""

JUDGED_KINDS = ("item", "body", "seat", "term", "organisation", "meeting", "year")
"""What a rule may be ``for_each`` of."""
