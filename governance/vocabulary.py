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
_TERM = {
    "municipality": WORD,
    "place": WORD,
    "from": DATE,
    "to": DATE,
    "last_day": DATE,
    "consecutive": NUMBER,
    **_EXCUSES,
}

SCOPES: Mapping[str, ScopeKind] = {
    "request": ScopeKind(
        {"on": DATE, "body": WORD, "person": WORD, "recorder": WORD},
        {"meeting": "meeting", "body": "body"},
    ),
    "item": ScopeKind(
        {"id": WORD, "kind": WORD},
        {"whole": "item"},
        {
            "acts": "act",
            "tracks": "item",
            "relations": "relation",
            "consultations": "consultation",
            "meetings": "meeting",
        },
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
    "consultation": ScopeKind(
        {"asked_of": WORD, "question": TEXT, "asked": DATE, "answer": TEXT, "answered": DATE}
    ),
    "body": ScopeKind(
        {"id": WORD, "places": NUMBER, **_EXCUSES},
        {},
        {"seats": "seat", "members": "member", "participants": "participant", "meetings": "meeting"},
    ),
    "seat": ScopeKind(
        {"id": WORD, "occupied": YES_NO, **_EXCUSES},
        {"body": "body"},
        {"acts": "act", "terms": "term", "calls": "call", "deputies": "deputy"},
    ),
    "deputy": ScopeKind({"organisation": WORD, "from": DATE, "to": DATE}, {"organisation": "organisation"}),
    "term": ScopeKind(
        _TERM,
        {"organisation": "organisation", "seat": "seat", "body": "body"},
        {"acts": "act", "others": "term"},
    ),
    "member": ScopeKind(
        _TERM, {"organisation": "organisation", "seat": "seat"}, {}, ("term", "organisation")
    ),
    "organisation": ScopeKind({"id": WORD, "kind": WORD}, {}, {"superusers": "superuser"}),
    "participant": ScopeKind(
        {"organisation": WORD, "role": WORD, "from": DATE, "to": DATE}, {"body": "body"}
    ),
    "meeting": ScopeKind(
        {"id": WORD, "date": DATE, "next_release": DATE, **_EXCUSES},
        {"body": "body"},
        {"attendances": "attendance", "points": "agenda-point", "acts": "act"},
    ),
    "attendance": ScopeKind(
        {
            "organisation": WORD,
            "role": WORD,
            "seated": YES_NO,
            "status": Kind("word", ("ventet", "til-stede", "afbud")),
        },
        {"meeting": "meeting"},
    ),
    "superuser": ScopeKind({"organisation": WORD}),
    "release": ScopeKind({"date": DATE}),
    "agenda-point": ScopeKind(
        {"id": WORD, "point": WORD, "conclusion": TEXT, "about": WORD},
        {"meeting": "meeting"},
        {"acts": "act"},
    ),
    "round": ScopeKind(
        {"id": WORD, "choices": TEXT, "closes": DATE, "counting": WORD},
        {"body": "body"},
        {"ballots": "ballot", "acts": "act"},
    ),
    "ballot": ScopeKind(
        {
            "organisation": WORD,
            "score": NUMBER,
            "scores": TEXT,
            "given": NUMBER,
            "highest": NUMBER,
            "counts": YES_NO,
        }
    ),
    "call": ScopeKind({"on": DATE, "via": WORD, "current": YES_NO}),
    "year": ScopeKind(
        {"number": NUMBER, "start": DATE, "end": DATE}, {}, {"meetings": "meeting", "terms": "term"}
    ),
}

LINKS: Mapping[str, tuple[str, ...]] = {
    "body": (),
    "seat": ("body",),
    "term": ("seat", "organisation"),
    "deputy": ("seat", "organisation"),
    "participant": ("body", "organisation"),
    "meeting": ("body",),
    "attendance": ("meeting", "organisation"),
    "superuser": ("organisation",),
    "call": ("seat",),
    "organisation": (),
    "relation": ("item", "to"),
    "consultation": ("item",),
    "release": ("body",),
    "agenda-point": ("meeting",),
    "round": ("body",),
    "ballot": ("organisation",),
}
"""The things other than items that the record holds, each with a row kind of the same name, and what each
belongs to; all of it must be told."""

MAY_LINK: Mapping[str, tuple[str, ...]] = {
    "agenda-point": ("about",),
    "round": ("meeting",),
    "ballot": ("round", "about", "meeting"),
}
"""What a thing may be told to belong to besides; ``about`` is an item that it is not a part of."""

RECORDED_KINDS = tuple(LINKS)

DERIVED: Mapping[str, frozenset[str]] = {
    "item": frozenset({"id", "kind"}),
    "body": frozenset({"id"}),
    "seat": frozenset({"id", "occupied"}),
    "call": frozenset({"current"}),
    "term": frozenset({"municipality", "place", "consecutive"}),
    "deputy": frozenset({"organisation"}),
    "participant": frozenset({"organisation"}),
    "meeting": frozenset({"id", "next_release"}),
    "attendance": frozenset({"organisation", "seated"}),
    "superuser": frozenset({"organisation"}),
    "organisation": frozenset({"id"}),
    "relation": frozenset({"to"}),
    "agenda-point": frozenset({"id", "about"}),
    "round": frozenset({"id"}),
    "ballot": frozenset({"organisation", "given", "highest", "counts"}),
    "member": frozenset({"id", "municipality", "place", "consecutive"}),
}
"""What follows from a thing's id, kind, links and other facts, and is never written down by itself."""

OF_AN_ITEM = ("relation", "consultation")
"""Of these, what belongs to an item as its tracks do. The rest is the group around all items."""

BESIDE: Mapping[str, tuple[str, ...]] = {
    "meeting": ("agenda-point",),
    "agenda-point": ("agenda-point",),
    "round": ("ballot",),
    "ballot": ("ballot",),
}
"""What only a decision about a thing of some kind rests on besides the group: loaded for it alone."""

_RARE = frozenset(kind for kinds in BESIDE.values() for kind in kinds)
GROUP_KINDS = tuple(kind for kind in RECORDED_KINDS if kind not in (*OF_AN_ITEM, *_RARE))
WHOLE_GROUP = tuple(kind for kind in RECORDED_KINDS if kind not in OF_AN_ITEM)
"""The group with all that lies beside its meetings and rounds: every kind that belongs to no item."""


def scope_of(kind: str) -> str:
    """The scope whose facts a thing of a kind has: its own for a thing of the group, else that of items."""
    return kind if kind in RECORDED_KINDS else "item"


def leads_to(scope: str) -> frozenset[str]:
    """The scopes of all rows that a rule on a row of some scope can come to, its own among them."""
    found: set[str] = set()
    waiting = {scope}
    while waiting:
        known = SCOPES[waiting.pop()]
        waiting |= {*known.links.values(), *known.lists.values(), *known.inherits} - found
        found |= waiting
    return frozenset(found | {scope})


THE_GROUP = frozenset({"meeting", "meetings", "body", "seat", "organisation"})
"""The rows and collections by which a rule on an item asks about the group."""

STEPPED_KINDS = ("seat", "term", "meeting", "agenda-point", "round")
"""The things of the group that can go through a process, as items do."""

JUDGED_KINDS = (
    "item",
    "body",
    "seat",
    "term",
    "organisation",
    "meeting",
    "agenda-point",
    "round",
    "year",
)
"""What a rule may be ``for_each`` of."""
