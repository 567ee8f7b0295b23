"""What requests carry, as nouns: every field that is taken, and none besides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from web.api.schemas import Says

DAY = "A day as 2026-03-01, or a month or year as 2026-03 or 2026; by default today."
MOST_ID, MOST_TITLE, MOST_NAME = 100, 500, 200

Id = Annotated[str, Says("The id of a thing.", 1, MOST_ID, example="2025-014")]
Body = Annotated[str, Says("The body that acts, by its id in the rules.", 1, MOST_ID, example="board")]
Person = Annotated[str, Says("Who acts for the body: a name, or a reference `p-…`.", most=MOST_NAME)]
On = Annotated[
    str, Says(f"When it counted. {DAY} Nothing that lies ahead.", most=MOST_ID, example="2025-09-09")
]
Asked = Annotated[str, Says(f"The day asked about. {DAY}", most=MOST_ID, example="2025-10-01")]
Known = Annotated[str, Says("Answer from what the record held at the end of this day.", most=MOST_ID)]
Source = Annotated[
    str, Says("Who says so, and where.", most=4000, example="minutes of 9 September 2025, point 3.1")
]
Facts = Annotated[
    Mapping[str, str],
    Says(
        "Facts by their id in the rules. Numbers and dates are text, so that they are exact; a value"
        " partly known as `100..200`, `XS|M`, `2025-09` or `?`.",
        most=200,
        example={"size": "M"},
    ),
]
Reason = Annotated[str, Says("The recorded ground, where the rules allow a departure from a default.")]
Title = Annotated[str, Says("A title on one line.", most=MOST_TITLE)]


@dataclass(frozen=True, slots=True)
class AsOf:
    """Which day a question is about, and from what knowledge."""

    on: Asked = ""
    known: Known = ""


@dataclass(frozen=True, slots=True)
class AsOfBody:
    """A body on a day; by default the body that has seats."""

    body: Annotated[str, Says("A body, by its id in the rules.", most=MOST_ID)] = ""
    on: Asked = ""
    known: Known = ""


@dataclass(frozen=True, slots=True)
class NewItem:
    """A new item; ``parent`` is the item it is a track of."""

    id: Id
    kind: Annotated[str, Says("The kind of item, by its id in the rules.", 1, MOST_ID, example="request")]
    title: Annotated[str, Says("Its title on one line.", 1, MOST_TITLE)]
    parent: Annotated[str, Says("The item it is a track of.", most=MOST_ID)] = ""
    facts: Facts = field(default_factory=dict)
    on: On = ""
    source: Source = ""


@dataclass(frozen=True, slots=True)
class StepWish:
    """A step that somebody wants to take: which, by which body, with the facts it asks for."""

    step: Annotated[str, Says("The step, by its id in the rules.", 1, MOST_ID, example="decide")]
    body: Body
    on: On = ""
    inputs: Facts = field(default_factory=dict)
    reason: Reason = ""
    person: Person = ""
    source: Source = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """What to suppose: another body, another day, facts, a person or a reason. Nothing is stored."""

    body: Annotated[
        str, Says("The body that would ask; by default whoever may take each step.", most=MOST_ID)
    ] = ""
    on: Asked = ""
    facts: Facts = field(default_factory=dict)
    person: Person = ""
    reason: Reason = ""


@dataclass(frozen=True, slots=True)
class NewFacts:
    """Facts about a thing with their source, written down together or not at all."""

    facts: Facts
    source: Annotated[str, Says("Who says so, and where.", 1, 4000)]
    on: On = ""
    about: Annotated[
        str, Says("The person a text is about, by reference: it goes when they are erased.", most=40)
    ] = ""


@dataclass(frozen=True, slots=True)
class Completeness:
    """That nothing more happened to a thing up to a day than what is recorded."""

    on: On = ""
    source: Source = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """That an event was wrong, why, and for a fact what is right instead, if anything."""

    reason: Annotated[str, Says("Why it was wrong.", 1, 4000)]
    value: Annotated[str | None, Says("The right value of the fact.")] = None


@dataclass(frozen=True, slots=True)
class Question:
    """A consultation: who is asked about an item, and what."""

    asked_of: Annotated[str, Says("Who is asked.", 1, 4000)]
    question: Annotated[str, Says("What they are asked.", 1, 4000)]
    body: Annotated[str, Says("The body that asks; by default the first that may.", most=MOST_ID)] = ""
    on: On = ""
    person: Person = ""
    source: Source = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a consultation was answered, and when."""

    answer: Annotated[str, Says("The answer.", 1, 4000)]
    on: On = ""
    source: Source = ""
