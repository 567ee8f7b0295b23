"""The call for new members, as plain text for a newsletter."""

from __future__ import annotations

from collections.abc import Iterator

from governance.documents.papers import Call
from governance.documents.wording import join, known_day, say, say_line, say_when
from governance.model import Text
from governance.values import Span

ASKED = Text("Hvem kan søge", "Who can apply")
TERM = Text("Hvor længe", "For how long")
SPREAD = Text("Spredning", "Spread")
DEADLINE = Text("Frist", "Deadline")
ANSWER = Text("Svar til", "Answer to")


def call_text(call: Call, language: str) -> str:
    """The call in paragraphs apart by an empty line; what is not known is said to be so."""
    return "\n\n".join(_paragraphs(call, language)) + "\n"


def _paragraphs(call: Call, language: str) -> Iterator[str]:
    group = say_line(call.group, language)
    yield join((say(Text("Nye medlemmer søges", "New members wanted"), language), group), ": ")
    yield f"{say(_opening(call.places), language)}{_from(call.starts, language)}."
    nothing = Text("Ingen krav er oplyst.", "No requirements are stated.")
    yield _under(ASKED, [say_line(each, language) for each in call.requirements], language, nothing)
    unsaid = Text("Længden er ikke oplyst.", "The length is not stated.")
    yield _under(TERM, [say_line(call.term, language)], language, unsaid)
    wanted = [each for words in call.spread if (each := say_line(words, language))]
    if wanted:
        yield _under(SPREAD, wanted, language, Text("", ""))
    unset = Text("Der er ikke aftalt nogen frist.", "No deadline has been agreed.")
    until = say_when(call.deadline, language, Text("", ""))
    yield _under(DEADLINE, [until and f"{until[:1].upper()}{until[1:]}."], language, unset)
    nowhere = Text("Ikke oplyst.", "Not stated.")
    yield _under(ANSWER, [say_line(call.answer_to, language)], language, nowhere)


def _opening(places: int | None) -> Text:
    if places is None:
        return Text(
            "Gruppen søger nye medlemmer. Hvor mange pladser der er ledige, er ikke oplyst",
            "The group seeks new members. How many seats are vacant is not stated",
        )
    if places == 1:
        return Text("Én plads er ledig", "One seat is vacant")
    return Text(f"{places} pladser er ledige", f"{places} seats are vacant")


def _from(starts: Span, language: str) -> str:
    """From a day; what is known roughly, or not, is told apart."""
    when = say_when(starts, language)
    if known_day(starts):
        return f" {say(Text('fra', 'from'), language)} {when}"
    return f". {say(Text('Fra hvornår', 'From when'), language)}: {when}"


def _under(heading: Text, lines: list[str], language: str, instead: Text) -> str:
    """A heading with a sentence under it, or several in a list."""
    said = [line for line in lines if line] or [say(instead, language)]
    told = said if len(said) == 1 else [f"- {line}" for line in said]
    return "\n".join((f"{say(heading, language)}:", *told))
