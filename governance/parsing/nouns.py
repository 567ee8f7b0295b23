"""The nouns of a rulebook, made of entries in which nothing was found wrong."""

from __future__ import annotations

from governance.model import Force, Text
from governance.parsing.entries import Entry
from governance.parsing.facts import kind_of
from governance.parsing.names import Names
from governance.rulebook import ActKind, Clause, DatedReading, FactKind, Named, ReadingChoice, Remark


def text_of(entry: Entry, key: str) -> Text:
    """The text at a key."""
    return Text(**entry.data[key])


def text_or_none(entry: Entry, key: str) -> Text | None:
    """The text at a key that may be left out."""
    return text_of(entry, key) if key in entry.data else None


def named(entry: Entry) -> Named:
    """A body, kind, state or word."""
    awaits = tuple(name for name, _ in entry.names("awaits"))
    return Named(entry.data["id"], text_of(entry, "label"), bool(entry.get("final")), awaits)


def fact_kind(entry: Entry, names: Names) -> FactKind:
    """A declared fact."""
    kind = kind_of(entry, names.declared["scales"])
    if kind is None:
        raise AssertionError("a fact without a kind was not refused")
    return FactKind(
        id=entry.data["id"],
        scope=entry.data["scope"],
        kind=kind,
        label=text_of(entry, "label"),
        plural=text_or_none(entry, "plural"),
        each_round=bool(entry.get("each_round")),
        adds_up=bool(entry.get("adds_up")),
        role=entry.get("role") or "",
    )


def act(entry: Entry) -> ActKind:
    """An act."""
    covers = tuple(name for name, _ in entry.names("covers"))
    drops = bool(entry.get("drops"))
    role = entry.get("role") or ""
    return ActKind(entry.data["id"], text_of(entry, "label"), covers, entry.get("tolerance"), drops, role)


def clause(entry: Entry) -> Clause:
    """A clause."""
    return Clause(
        id=entry.data["id"],
        section=text_of(entry, "section"),
        place=entry.data["place"],
        force=Force(entry.data["force"]),
        text=text_of(entry, "text"),
        words=entry.data["words"],
        digest=entry.data["digest"],
        check=entry.data["check"],
        part_of=entry.get("part_of"),
        partly=bool(entry.get("part")),
        why=text_or_none(entry, "why"),
        note=text_or_none(entry, "note"),
    )


def reading(entry: Entry, values: tuple[DatedReading, ...]) -> ReadingChoice:
    """A reading with the values it has."""
    return ReadingChoice(
        id=entry.data["id"],
        clause=entry.data["clause"],
        phrase=entry.data["phrase"],
        means=text_of(entry, "means"),
        values=values,
        chosen_by=text_of(entry, "chosen_by"),
        chosen_on=entry.data["chosen_on"],
        why=text_of(entry, "why"),
        alternatives=tuple(Text(**text) for text in entry.data["alternatives"]),
        unit=entry.get("unit") or "",
    )


def tension(entry: Entry) -> Remark:
    """Two clauses that stand against each other."""
    clauses = tuple(name for name, _ in entry.names("clauses"))
    return Remark(entry.data["id"], text_of(entry, "text"), clauses)
