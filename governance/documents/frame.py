"""What agenda and minutes share: the meeting's facts, who takes part, the points and their tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from governance.documents.blocks import Block, Field, Fields, Heading, Paper, Prose
from governance.documents.papers import Fact, Meeting, Participant, Point, Words
from governance.documents.tables import drawn
from governance.documents.wording import (
    NONE_RECORDED,
    NOT_TOLD,
    in_utc,
    join,
    say,
    say_briefly,
    say_hours,
    say_line,
    say_or,
    say_with_weekday,
)
from governance.model import Text

DEEPEST = 4
CANCELLED = Text("Mødet er aflyst.", "The meeting is cancelled.")
UNNAMED = Text("uden titel", "untitled")

AfterPoint = Callable[[Point], Iterable[Field]]


def paper(kind: Text, meeting: Meeting, language: str, blocks: Iterable[Block]) -> Paper:
    """The paper of a kind on a meeting: its facts, then the blocks."""
    group, title = say_line(meeting.group, language), say_line(meeting.title, language)
    name = say(kind, language)
    return Paper(
        "en" if language == "en" else "da",
        join((name, group), " · "),
        title or say(UNNAMED, language),
        group,
        join((name, say_briefly(title, language)), " · "),
        in_utc(meeting.written),
        (*_facts(meeting, language), *blocks),
    )


def _facts(meeting: Meeting, language: str) -> Iterator[Block]:
    if meeting.cancelled:
        yield Prose(say(CANCELLED, language))
    yield Fields(
        (
            _field(Text("Dato", "Date"), say_with_weekday(meeting.on, language), language),
            _field(Text("Tid", "Time"), say_hours(meeting.starts, meeting.ends, language), language),
            _field(Text("Sted", "Place"), say_or(meeting.place, language), language),
            _field(Text("Mødeform", "Form"), say_or(meeting.form, language), language),
        )
    )


def _field(label: Text, value: str, language: str) -> Field:
    return Field(say(label, language), value)


def by_role(participants: Sequence[Participant], language: str) -> tuple[tuple[str, str], ...]:
    """Each role with those who have it, both in the order first met."""
    roles: dict[str, list[str]] = {}
    for each in participants:
        roles.setdefault(say_line(each.role, language), []).append(_participant(each, language))
    return tuple((role, ", ".join(names)) for role, names in roles.items())


def _participant(each: Participant, language: str) -> str:
    aside = join((say_line(each.person, language), say_line(each.note, language)))
    name = say_line(each.organisation, language) or say(NOT_TOLD, language)
    return f"{name} ({aside})" if aside else name


def listed(participants: Sequence[Participant], language: str, instead: Text = NONE_RECORDED) -> str:
    """Those of each role in a paragraph of their own, or what to say when there is nobody."""
    said = (join((role, names), ": ") for role, names in by_role(participants, language))
    return "\n".join(said) or say(instead, language)


def points(given: Iterable[Point], language: str, after: AfterPoint, level: int = 2) -> Iterator[Block]:
    """Points with those under them; ``after`` gives what is said last of each."""
    for point in given:
        yield Heading(min(level, DEEPEST), _heading(point, language))
        if text := say(point.text, language):
            yield Prose(text)
        yield from _background(point.facts, language)
        for table in point.tables:
            yield from drawn(table, language)
        ending = tuple(after(point))
        if put := tuple(_put_to_the_group(point, language)):
            yield Fields(put, joined=bool(ending))
        if ending:
            yield Fields(ending, marked=True)
        yield from points(point.points, language, after, level + 1)


def _heading(point: Point, language: str) -> str:
    """3.1. ÆØ-1765 – Mulighed for ..."""
    title = say_line(point.title, language) or say(UNNAMED, language)
    item, number = say_line(point.item, language), say_line(point.number, language)
    named = title if title.startswith(item) else f"{item} – {title}"
    return join((f"{number}." if number[-1:].isdigit() else number, named), " ")


def _background(facts: Sequence[Fact], language: str) -> Iterator[Block]:
    """The facts with their sources; a source all of them share is told once, under them."""
    sources = [say_line(fact.source, language) for fact in facts]
    shared = sources[0] if len(facts) > 1 and len(set(sources)) == 1 else ""
    rows = tuple(
        Field(
            say_line(fact.label, language),
            say_or(fact.value, language),
            _sourced(source, language) if source != shared else "",
        )
        for fact, source in zip(facts, sources, strict=True)
    )
    if rows:
        yield Fields(rows)
    if shared:
        yield Prose(_sourced(shared, language), quiet=True)


def _sourced(source: str, language: str) -> str:
    word = say(Text("kilde", "source"), language)
    return f"({word}: {source})" if source else ""


def _put_to_the_group(point: Point, language: str) -> Iterator[Field]:
    labelled: tuple[tuple[Text, Words], ...] = (
        (Text("Spørgsmål", "Question"), point.question),
        (Text("Forslag", "Proposal"), point.proposal),
        (Text("Indstilling", "Recommendation"), point.recommendation),
        (Text("Fremlægges af", "Presented by"), point.presenter),
    )
    for label, words in labelled:
        if value := say(words, language):
            yield Field(say(label, language), value)
